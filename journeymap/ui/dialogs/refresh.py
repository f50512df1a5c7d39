"""Refresh: next month's file for data that the map has. First what differs, then one button, one step.

What the file calls otherwise is asked about, question by question; nothing is taken before it is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journeymap.data import refresh as data
from journeymap.data.comments import bring, listen
from journeymap.data.difference import days as days_said
from journeymap.data.difference import names, period, rows, scales
from journeymap.data.recognising import Fit
from journeymap.data.refresh import Refresh, Said
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import hiding, kpi, wording
from journeymap.model.cube import Block
from journeymap.model.document import Conflict, Document
from journeymap.model.moves import past_blocks
from journeymap.model.records import Id, Touchpoint
from journeymap.ui.controls.buttons import Pill, Segmented
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import BULLET, Message, SectionHead, Words
from journeymap.ui.dialogs.foot import Foot
from journeymap.ui.dialogs.moved import Moved
from journeymap.ui.dialogs.work import Cancelled, Progress, Work
from journeymap.ui.map import OpenMap

WIDE, HIGH = 900, 700
SLOW_MS = 200
SAME, OTHER = "same", "other"


class Ask(QWidget):
    """One question: what it is about, and two answers of which none is chosen yet. `answered()` when one is."""

    answered = Signal()

    def __init__(self, text: str, note: str, same: str, other: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(16)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Words(text, self, wrap=True))
        said.addWidget(Words(note, self, size=11, tint="text3", wrap=True))
        row.addLayout(said, 1)
        self.choice = Segmented([(SAME, same), (OTHER, other)], text, self)
        self.choice.setFixedWidth(230)
        self.choice.show_value("")
        self.choice.chosen.connect(self._chosen)
        row.addWidget(self.choice)

    def _chosen(self, value: str) -> None:
        self.choice.show_value(value)
        self.answered.emit()

    @property
    def value(self) -> str:
        """SAME, OTHER, or "" as long as nobody has said."""
        return self.choice.value()


class RefreshDialog(QDialog):
    """`RefreshDialog(open_map, paths, fits, parent)`; `fits` are the data sets that the files may continue, likeliest
    first. `refreshed(data set id)` after the data are on the map; `other_wanted()`: they are other data.
    """

    refreshed = Signal(str)
    other_wanted = Signal()

    def __init__(
        self, open_map: OpenMap, paths: Sequence[Path], fits: Sequence[Fit], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Refresh – {map}").format(map=open_map.document.map.title or open_map.session.path.name))
        self.setAccessibleName(self.windowTitle())
        self._map, self.paths, self.fits = open_map, list(paths), list(fits)
        self.fit = self.fits[0]
        self.found: Refresh | None = None
        self.columns: dict[str, Ask] = {}
        self.new: dict[str, Ask] = {}
        self.touchpoints: dict[str, tuple[str, Ask]] = {}
        self._again = False
        self._past: Mapping[Id, Block] = {}
        self._work = Work(self)
        self._work.done.connect(self._counted)
        self._work.failed.connect(self._refused)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._lay_out()
        self._work.progressed.connect(self.foot.say)
        self._slow.timeout.connect(lambda: self.foot.show_progress(shown=self._work.running))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        room = self.screen().availableGeometry() if self.screen() is not None else None
        self.resize(QSize(WIDE, HIGH).boundedTo(room.size() * 0.96) if room is not None else QSize(WIDE, HIGH))
        self.choose(self.fit)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(_rule(self))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QFrame(scroll)
        page.setProperty("look", "panel")
        scroll.setWidget(page)
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(24, 12, 24, 16)
        self._page.setSpacing(0)
        self.asking = QWidget(page)
        self._asks = QVBoxLayout(self.asking)
        self._asks.setContentsMargins(0, 0, 0, 8)
        self._asks.setSpacing(0)
        self._asks.addWidget(SectionHead(_("To be answered first"), self.asking, size=16))
        self._page.addWidget(self.asking)
        self._page.addWidget(SectionHead(_("What differs"), page, size=16))
        self.said = Words(_("Counting …"), page, wrap=True)
        self._page.addWidget(self.said)
        self._page.addSpacing(12)
        self.moved_head = SectionHead(_("What moved"), page, size=16)
        self._page.addWidget(self.moved_head)
        self.moved = Moved(page)
        self._page.addWidget(self.moved)
        self._page.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(_rule(self))
        self.foot = Foot(self)
        self.foot.save_recipe.relabel(_("Import as other data …"), icon="table")
        self.foot.save_recipe.setToolTip(_("These data do not continue any that the map has."))
        self.foot.save_recipe.clicked.connect(self._other)
        self.foot.cancel.clicked.connect(self.close)
        self.foot.halt.clicked.connect(self._halt)
        self.go = self.foot.go
        self.go.relabel(_("Refresh"))
        self.go.clicked.connect(self.bring_in)
        column.addWidget(self.foot)

    def _head(self) -> QWidget:
        head = QFrame(self)
        head.setProperty("look", "panel")
        rows_ = QVBoxLayout(head)
        rows_.setContentsMargins(24, 16, 24, 12)
        rows_.setSpacing(2)
        top = QHBoxLayout()
        self.title = Words("", head, size=19, weight=600)
        top.addWidget(self.title, 1)
        self.which = ChoiceField(_("The data that this file continues"), head)
        self.which.setMinimumWidth(200)
        self.which.show_options([(fit.data_set.id, fit.data_set.name) for fit in self.fits], self.fit.data_set.id)
        self.which.setVisible(len(self.fits) > 1)
        self.which.chosen.connect(self._which)
        top.addWidget(self.which)
        rows_.addLayout(top)
        self.about = Words("", head, tint="text2")
        rows_.addWidget(self.about)
        below = QHBoxLayout()
        self.message = Message(head)
        below.addWidget(self.message, 1)
        self.again = Pill(_("Import it once more"), head, tone="link")
        self.again.clicked.connect(self._once_more)
        self.again.hide()
        below.addWidget(self.again)
        rows_.addLayout(below)
        return head

    # ------------------------------------------------------------ choosing

    def _which(self, id_: object) -> None:
        self.choose(next(fit for fit in self.fits if fit.data_set.id == id_))

    def choose(self, fit: Fit) -> None:
        """Takes the file for the next one of these data."""
        self.fit = fit
        self.which.show_options([(one.data_set.id, one.data_set.name) for one in self.fits], fit.data_set.id)
        self.title.setText(_("Refresh “{name}”").format(name=fit.data_set.name))
        self._past = past_blocks(self._map.document, self._map.session.cube, fit.data_set)
        for ask in (*self.columns.values(), *self.new.values(), *(ask for _old, ask in self.touchpoints.values())):
            self._drop(ask)
        self.columns, self.new, self.touchpoints = {}, {}, {}
        for old, new in fit.proposed.items():
            note = _("The last file had a column “{old}”; this one has “{new}”.").format(old=old, new=new)
            self.columns[old] = self._ask(
                _("Is “{new}” the same as “{old}”?").format(new=new, old=old), note, _("Gone")
            )
        for question in fit.new:
            where = question.touchpoint or question.phase or _("the whole journey")
            text = _("Count the new column “{column}”?").format(column=question.column)
            note = _("It looks like {kpi} at “{place}”.").format(kpi=kpi.definition(question.kpi).label(), place=where)
            self.new[question.column] = self._ask(text, note, _("Leave it out"), _("Count it"))
        self.count()

    def _ask(self, text: str, note: str, other: str, same: str = "") -> Ask:
        ask = Ask(text, note, same or _("The same"), other, self.asking)
        ask.answered.connect(self.count)
        self._asks.addWidget(ask)
        return ask

    def _drop(self, ask: Ask) -> None:
        self._asks.removeWidget(ask)
        ask.hide()
        ask.deleteLater()

    @property
    def unanswered(self) -> int:
        """How many questions wait for an answer."""
        asks = (*self.columns.values(), *self.new.values(), *(ask for _old, ask in self.touchpoints.values()))
        return sum(not ask.value for ask in asks)

    def decided(self) -> Said:
        """What has been answered so far."""
        proposed = self.fit.proposed
        return Said(
            {old: proposed[old] if ask.value == SAME else "" for old, ask in self.columns.items() if ask.value},
            {new: old if ask.value == SAME else new for new, (old, ask) in self.touchpoints.items() if ask.value},
            tuple(column for column, ask in self.new.items() if ask.value == SAME),
        )

    # ------------------------------------------------------------ counting

    def count(self) -> None:
        """Counts the file under what has been answered, in a thread."""
        document, said, paths, fit = Document(self._map.document), self.decided(), self.paths, self.fit
        past, again = self._past, self._again
        self.found = None
        self._show_button()
        self.message.say("")
        self._slow.start()
        self._work.start(
            lambda progress, cancelled: _refreshed(document, past, paths, fit, said, again, progress, cancelled)
        )

    def _counted(self, found: Refresh) -> None:
        self._slow.stop()
        self.foot.show_progress(shown=False)
        self.found = found
        for new, old in found.touchpoints.items():
            if new not in self.touchpoints:
                text = _("Is the touchpoint “{new}” the same as “{old}”?").format(new=new, old=old)
                note = _("“{old}” is in no row of this file, “{new}” is not on the map yet.").format(old=old, new=new)
                self.touchpoints[new] = (old, self._ask(text, note, _("A new one")))
        data_set = found.intake.data_set
        before, after = (period(one) or one.name for one in (self.fit.data_set, data_set))
        files = ", ".join(path.name for path in self.paths)
        self.about.setText(_("{file} · {after}, after {before}").format(file=files, after=after, before=before))
        self.said.setText("\n".join(f"{BULLET}{sentence}" for sentence in self._sentences(found)))
        certain = sum(move.word in {"better", "worse"} for move in found.moves)
        self.moved_head.end.setText(
            ngettext("{n} of {all} beyond chance", "{n} of {all} beyond chance", certain).format(
                n=certain, all=len(found.moves)
            )
            if found.moves
            else _("nothing to compare")
        )
        self.moved.show_moves(found.moves)
        self._show_button()

    def _sentences(self, found: Refresh) -> list[str]:
        """What differs, without what is asked above and not answered yet."""
        waiting = {old for old, ask in self.columns.items() if not ask.value}
        for new, (old, ask) in self.touchpoints.items():
            waiting |= set() if ask.value else {old, new}

        def settled(all_: Sequence[str]) -> tuple[str, ...]:
            return tuple(name for name in all_ if name not in waiting)

        told = replace(
            found, touchpoints={}, new=(), vanished=settled(found.vanished),
            new_touchpoints=settled(found.new_touchpoints), vanished_touchpoints=settled(found.vanished_touchpoints),
        )  # fmt: skip
        odd = tuple(f"“{column}”:" for column in found.strange)  # said already
        warnings = [sentence for sentence in found.intake.warnings if not (odd and sentence.startswith(odd))]
        return [*names(told), *scales(found), *days_said(found), rows(found), *warnings]

    def _refused(self, reason: str) -> None:
        self._slow.stop()
        self.foot.show_progress(shown=False)
        self.found = None
        self.said.setText(_("Not counted."))
        self.moved.show_moves(())
        self.message.say(reason)
        self.again.setVisible(not self._again and reason == data.already(self._map.document, self.paths))
        self._show_button()

    def _once_more(self) -> None:
        self._again = True
        self.again.hide()
        self.count()

    def _halt(self) -> None:
        self._work.stop()
        self._refused(_("Counting was stopped. The map is as it was."))

    def _show_button(self) -> None:
        waiting = self.unanswered
        self.asking.setVisible(bool(self.columns or self.new or self.touchpoints))
        self.go.setEnabled(self.found is not None and not waiting and not self._map.session.read_only)
        if waiting:
            self.go.relabel(
                ngettext("Refresh: {n} answer is open", "Refresh: {n} answers are open", waiting).format(n=waiting)
            )
        elif self.found is not None:
            n = int(self.found.intake.account["rows_used"])
            self.go.relabel(ngettext("Refresh with {n} row", "Refresh with {n} rows", n).format(n=wording.count(n)))
        else:
            self.go.relabel(_("Refresh"))

    # ------------------------------------------------------------ the end

    def bring_in(self) -> None:
        """Puts the new data on the map, as one step."""
        if self.found is None or self.unanswered:
            return
        intake = self.found.intake
        try:
            self._map.session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        except Conflict:
            self.message.say(_("The map was changed meanwhile; the data are counted again for it."), "info")
            self.count()
            return
        except Failure as problem:
            self.message.say(str(problem))
            return
        self.refreshed.emit(intake.data_set.id)
        self.close()

    def _other(self) -> None:
        self.close()
        self.other_wanted.emit()

    def reject(self) -> None:
        """Escape or the window's cross: stops what is under way."""
        self._slow.stop()
        self._work.finish()
        super().reject()


def _refreshed(
    document: Document, past: Mapping[Id, Block], paths: Sequence[Path], fit: Fit, said: Said, again: bool,
    progress: Progress, cancelled: Cancelled,
) -> Refresh:  # fmt: skip
    """The counted refresh, with what its comments say. `document` is a copy that no other thread touches."""
    found = data.refresh(document, past, paths, fit, said, again=again, progress=progress, cancelled=cancelled)
    if not found.recipe.columns.comments:
        return found
    touchpoints = document.all(Touchpoint)
    heard = listen(
        paths, found.recipe, [one.name for one in touchpoints], limit=hiding.limit(document), progress=progress,
        cancelled=cancelled,
    )  # fmt: skip
    return replace(found, intake=bring(found.intake, heard, touchpoints))


def _rule(parent: QWidget) -> QFrame:
    rule = QFrame(parent)
    rule.setProperty("look", "rule")
    return rule
