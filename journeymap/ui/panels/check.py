"""What an expert would criticise on this map: each remark with a way to its place and, where a machine can, its mending.

`CheckPanel(open_map, selection)` is a page for the middle of the window. Signal `leads(record)`: show it on the map.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import checker
from journeymap.model.checker import Remark
from journeymap.model.checker.report import places
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, SectionHead, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.doing import attempt
from journeymap.ui.selection import Selection

WIDEST = 760
"""A page of prose is no wider than this: longer lines are hard to follow."""

NAMED = 4
"""Places that are named one by one."""


class _Sign(QWidget):
    """A filled triangle for a mistake, a ring for a hint: told apart by shape, not by colour alone."""

    def __init__(self, level: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._mistake = level == "mistake"
        self.setFixedSize(20, 22)
        self.setAccessibleName(_("Mistake") if self._mistake else _("Hint"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mistake:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.colour("missed"))
            painter.drawPolygon(QPolygonF([QPointF(7, 5), QPointF(13.5, 16.5), QPointF(0.5, 16.5)]))
        else:
            painter.setPen(ink.colour("text3"))
            painter.drawEllipse(QPointF(7, 11), 5, 5)


class RemarkRow(QFrame):
    """One remark."""

    def __init__(self, owner: CheckPanel, remark: Remark) -> None:
        super().__init__(owner)
        self.remark = remark
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 14)
        row.setSpacing(8)
        row.addWidget(_Sign(remark.level, self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Words(remark.text, self, weight=600, wrap=True))
        column.addWidget(Words(remark.why, self, tint="text2", wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.cure: Pill | None = None
        if remark.cure:
            self.cure = Pill(remark.cure, self, tone="plain", weight=500)
            self.cure.setEnabled(not owner.open_map.session.read_only)
            self.cure.setAccessibleDescription(remark.text)
            self.cure.clicked.connect(lambda: owner.mend(remark))
            foot.addWidget(self.cure)
        self.places: list[Pill] = []
        for id_, name in zip(remark.records, places(owner.open_map.document, remark, NAMED), strict=False):
            pill = Pill(_("Take me there") if len(remark.records) == 1 else _short(name), self, tone="plain")
            pill.setAccessibleDescription(name)
            pill.setToolTip(name)
            pill.clicked.connect(lambda _checked=False, id_=id_: owner.leads.emit(id_))
            self.places.append(pill)
            foot.addWidget(pill)
        more = len(remark.records) - len(self.places)
        if more > 0:
            foot.addWidget(Words(ngettext("and {n} more", "and {n} more", more).format(n=more), self, tint="text3"))
        foot.addStretch(1)
        if foot.count() > 1:
            column.addSpacing(6)
            column.addLayout(foot)
        row.addLayout(column, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline below."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, ink.colour("hair"))


class CheckPanel(QFrame):
    """All remarks; looked for anew a moment after a change, when somebody looks."""

    leads = Signal(str)

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(_("Check"))
        self.open_map, self._selection = open_map, selection
        self.rows: list[RemarkRow] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll)
        page = QWidget(self._scroll)
        self._scroll.setWidget(page)
        middle = QHBoxLayout(page)
        middle.setContentsMargins(24, 20, 24, 24)
        inside = QWidget(page)
        inside.setMaximumWidth(WIDEST)
        middle.addWidget(inside, 1)
        middle.addStretch(0)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(Words(_("What an expert would say"), inside, size=23, weight=600))
        self.about = Words("", inside, tint="text2", wrap=True)
        self._column.addWidget(self.about)
        self._column.addSpacing(8)
        self.message = Message(inside)
        self._column.addWidget(self.message)
        self._fixed = self._column.count()
        self._column.addStretch(1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(150)
        self._later.timeout.connect(self.refresh)
        self._stale = False
        open_map.changed.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Looks anew."""
        self._stale = False
        focused = next((n for n, row in enumerate(self.rows) if row.isAncestorOf(self.focusWidget() or self)), None)
        while self._column.count() > self._fixed + 1:
            item = self._column.takeAt(self._fixed)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = checker.remarks(self.open_map.document, self.open_map.figures)
        self.rows = []
        at = self._fixed
        for level, title in (("mistake", _("Mistakes")), ("hint", _("Worth a thought"))):
            mine = [remark for remark in found if remark.level == level]
            if mine:
                self._column.insertWidget(at, SectionHead(title, self, size=16))
                at += 1
            for remark in mine:
                row = RemarkRow(self, remark)
                self.rows.append(row)
                self._column.insertWidget(at, row)
                at += 1
        self.about.setText(_about(found, len(self.open_map.layout.columns)))
        if focused is not None and self.rows:
            row = self.rows[min(focused, len(self.rows) - 1)]
            for pill in (row.cure, *row.places):
                if pill is not None:
                    pill.setFocus()
                    break

    def mend(self, remark: Remark) -> None:
        """Puts it right, as one step that can be undone."""
        self.message.say(attempt(self.open_map, lambda document: checker.mend(document, remark)))

    def showEvent(self, event: object) -> None:
        """What was missed while it was hidden."""
        del event
        if self._stale:
            self.refresh()

    def _follow(self) -> None:
        if self.isVisible():
            self._later.start()
        else:
            self._stale = True


def _about(found: list[Remark], columns: int) -> str:
    if columns < checker.ENOUGH:
        return _("The map has just been begun. From {n} touchpoints on there will be something to say.").format(
            n=checker.ENOUGH
        )
    if not found:
        return _(
            "Nothing to criticise: one persona’s journey, with owners, evidence, and something that follows from it."
        )
    count = sum(remark.level == "mistake" for remark in found)
    said = ngettext("{n} mistake that experts know well", "{n} mistakes that experts know well", count).format(n=count)
    hints = len(found) - count
    told = ngettext("{n} hint", "{n} hints", hints).format(n=hints)
    return " · ".join(part for part, there in ((said, count), (told, hints)) if there)


def _short(name: str) -> str:
    return name if len(name) <= 28 else name[:27].rstrip() + "…"
