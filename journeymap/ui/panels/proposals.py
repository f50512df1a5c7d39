"""Pains that the data propose: what is certain, what is only worth a look, the evidence in a sentence, accept or dismiss."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import commands, wording
from journeymap.model.change import Change
from journeymap.model.proposals import Proposal, proposals
from journeymap.model.records import DataSet, Dismissal, KpiTarget, Measure, PainPoint, Touchpoint
from journeymap.ui.controls import ink, marks
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, SectionHead, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.doing import attempt
from journeymap.ui.selection import Selection

_TOUCHES = (DataSet, Measure, KpiTarget, PainPoint, Dismissal, Touchpoint)


class _Dots(QWidget):
    def __init__(self, severity: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._severity = severity
        self.setFixedSize(46, 20)
        self.setAccessibleName(_("Severity {n} of 5").format(n=severity))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        marks.severity(QPainter(self), QPointF(0, 10), self._severity)


class ProposalRow(QFrame):
    """One proposal."""

    def __init__(self, owner: ProposalList, proposal: Proposal) -> None:
        super().__init__(owner)
        self.proposal = proposal
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 10)
        column.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(8)
        touchpoint = owner.open_map.document.get(Touchpoint, proposal.touchpoint_id)
        where = Pill(touchpoint.name if touchpoint is not None else "", self, tone="quiet", height=22)
        where.clicked.connect(lambda: owner.show_touchpoint(proposal.touchpoint_id))
        top.addWidget(_Dots(proposal.severity, self))
        if proposal.frequency is not None:
            top.addWidget(
                Words(_("{share} dissatisfied").format(share=wording.share(proposal.frequency)), self, tint="text2")
            )
        top.addWidget(where)
        top.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.accept = Pill(_("Accept as a pain"), self, tone="plain", weight=500)
        self.dismiss = Pill(_("Dismiss"), self, tone="quiet")
        self.accept.setAccessibleDescription(proposal.text)
        self.dismiss.setAccessibleDescription(proposal.text)
        self.accept.clicked.connect(lambda: owner.accept(proposal))
        self.dismiss.clicked.connect(lambda: owner.dismiss(proposal))
        foot.addWidget(self.accept)
        foot.addWidget(self.dismiss)
        foot.addStretch(1)
        column.addLayout(top)
        column.addWidget(Words(proposal.text, self, weight=600, wrap=True))
        column.addWidget(Words(proposal.evidence, self, tint="text2", wrap=True))
        column.addSpacing(4)
        column.addLayout(foot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline below."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, ink.colour("hair"))


class ProposalList(QWidget):
    """All open proposals; certain ones first. Computed when it is first shown, and after a change that bears on them."""

    def __init__(self, open_map: OpenMap, selection: Selection | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_map, self._selection = open_map, selection
        self.rows: list[ProposalRow] = []
        self._stale = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.message = Message(self)
        self._column.addWidget(self.message)
        open_map.changed.connect(self._follow)
        self.refresh()

    def found(self) -> list[Proposal]:
        """What the data propose now."""
        return proposals(self.open_map.document, self.open_map.figures, self.open_map.session.cube)

    def refresh(self) -> None:
        """Shows what the data propose now."""
        self._stale = False
        while self._column.count() > 1:
            item = self._column.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        found = self.found()
        for title, certain in ((_("Pains that the data show"), True), (_("Worth a look"), False)):
            mine = [proposal for proposal in found if proposal.certain is certain]
            if mine:
                self._group(title, mine, certain=certain)
        if not found and self.open_map.document.count(DataSet):
            self._column.addWidget(
                Words(_("The data propose no pain that is not on the map already."), self, tint="text3", wrap=True)
            )

    def _group(self, title: str, mine: list[Proposal], *, certain: bool) -> None:
        head = SectionHead(title, self, size=16)
        count = ngettext("{n} proposal", "{n} proposals", len(mine)).format(n=len(mine))
        head.end.setText(count if certain else _("low, but it may be chance"))
        self._column.addWidget(head)
        for proposal in mine:
            row = ProposalRow(self, proposal)
            row.setEnabled(not self.open_map.session.read_only)
            self.rows.append(row)
            self._column.addWidget(row)

    def accept(self, proposal: Proposal) -> None:
        """Puts it on its touchpoint."""
        self.message.say(attempt(self.open_map, lambda document: commands.accept(document, proposal)))

    def dismiss(self, proposal: Proposal) -> None:
        """Turns it down for good."""
        self.message.say(attempt(self.open_map, lambda document: commands.dismiss(document, proposal)))

    def show_touchpoint(self, id_: str) -> None:
        """Selects where it hurts."""
        if self._selection is not None:
            self._selection.select(id_)

    def showEvent(self, event: object) -> None:
        """What was missed while it was hidden."""
        del event
        if self._stale:
            self.refresh()

    def _follow(self, change: Change) -> None:
        records = [*change.added.values(), *change.removed.values()]
        records += [one for id_ in change.updated if (one := self.open_map.document.record(id_)) is not None]
        if not any(isinstance(record, _TOUCHES) for record in records):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
