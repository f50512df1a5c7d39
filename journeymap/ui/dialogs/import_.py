"""The import dialog: the file's own rows, a role above each column, and at the right what comes of it, counted live.

Nothing is guessed in secret: the suggestion is shown, corrected by a person, counted anew in a thread after each
choice, and only the button puts it on the map, as one step that can be undone.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journeymap.data import Question, Recipe, Source
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import wording
from journeymap.model.document import Conflict, Document
from journeymap.model.figures import Figure
from journeymap.ui.dialogs import counting
from journeymap.ui.dialogs.choices import MEASURE, Choices, places, roles
from journeymap.ui.dialogs.counting import Counted, Looked
from journeymap.ui.dialogs.foot import Foot
from journeymap.ui.dialogs.measure import MeasurePopover
from journeymap.ui.dialogs.outcome import Outcome, changes
from journeymap.ui.dialogs.source import SourceHead
from journeymap.ui.dialogs.summary import Summary
from journeymap.ui.dialogs.table import Table
from journeymap.ui.dialogs.work import Work
from journeymap.ui.map import OpenMap

PAUSE_MS = 250
"""Counting begins when nothing was chosen for this long."""
SLOW_MS = 200
"""Work that takes longer shows its progress."""


class ImportDialog(QDialog):
    """`ImportDialog(open_map, path, parent)`; `imported(data set id)` after it has put data on the map."""

    imported = Signal(str)

    def __init__(self, open_map: OpenMap, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Import – {map}").format(map=open_map.document.map.title or open_map.session.path.name))
        self.setAccessibleName(self.windowTitle())
        self._map, self.path = open_map, Path(path)
        self.choices: Choices | None = None
        self.counted: Counted | None = None
        self.table: Table | None = None
        self.popover: MeasurePopover | None = None
        self._again = False
        self._looking, self._counting = Work(self), Work(self)
        self._pause = _timer(self, PAUSE_MS, self.count)
        self._slow = _timer(self, SLOW_MS, self._show_progress)
        self.resize(parent.window().size() if parent is not None else QSize(1600, 1000))
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+R"), self, self.count)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self.summary.figures.chosen.connect(self._jump)
        self._looking.done.connect(self._looked)
        self._looking.failed.connect(self._refused)
        self._counting.done.connect(self._known)
        self._counting.failed.connect(self._refused)
        self._counting.progressed.connect(self.foot.say)
        self.look()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SourceHead(self.path, self)
        self.head.read_wanted.connect(self.look)
        self.head.dates_wanted.connect(self._write_dates)
        self.head.recipe_wanted.connect(self._take_recipe)
        self.head.again.clicked.connect(self._import_again)
        self.head.recipes = lambda: counting.recipes(self._map.document)
        self.message = self.head.message
        column.addWidget(self.head)
        self.stack = QStackedWidget(self)
        body = QWidget(self.stack)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._place = QVBoxLayout()
        row.addLayout(self._place, 1)
        row.addWidget(_rule(body, upright=True))
        self.summary = Summary(body)
        row.addWidget(self.summary)
        self.stack.addWidget(body)
        column.addWidget(self.stack, 1)
        column.addWidget(_rule(self))
        self.foot = Foot(self)
        self.go = self.foot.go
        self.go.clicked.connect(self.bring_in)
        self.foot.cancel.clicked.connect(self.close)
        self.foot.halt.clicked.connect(self._halt)
        self.foot.save_recipe.clicked.connect(self._save_recipe)
        column.addWidget(self.foot)

    # ------------------------------------------------------------ looking

    def look(
        self, source: Source | None = None, recipe: tuple[str, Recipe] | None = None, *, guessed: bool = False
    ) -> None:
        """Looks at the file anew: `source` says how to read it, `recipe` what its columns are; `guessed` takes none."""
        self._close_popover()
        self._counting.stop()
        self.go.setEnabled(False)
        document = Document(self._map.document)
        self._slow.start()
        self._looking.start(
            lambda _progress, _cancelled: counting.look(self.path, document, source, recipe, guessed=guessed)
        )

    def _take_recipe(self, named: tuple[str, Recipe] | None) -> None:
        if named is None:
            self.look(guessed=True)
        else:
            self.look(named[1].source, named)

    def _write_dates(self, pattern: str) -> None:
        if self.choices is not None:
            self.choices.write_dates(pattern)

    def _save_recipe(self) -> None:
        if self.choices is not None:
            self.head.save(self.choices.to_recipe())

    def _looked(self, looked: Looked) -> None:
        self._hide_progress()
        self.choices = looked.choices
        self.choices.changed = self._chosen
        self.head.show_source(self.choices, looked.recipe_name)
        self._new_table()
        self.head.show_dates(self.choices)
        self.message.say(looked.problem)
        self.head.offer_again(looked.known_as if not self._again else "")
        if not looked.problem and not (looked.known_as and not self._again):
            self.count()

    def _new_table(self) -> None:
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        assert self.choices is not None
        self.table = Table(self.choices, self)
        self.table.role_asked.connect(self._ask_role)
        self.table.question_asked.connect(self.ask_question)
        self._place.addWidget(self.table)
        self.table.setFocus()

    def _jump(self, measure_id: str) -> None:
        """From a figure to its column."""
        measures = self.counted.intake.measures if self.counted is not None else ()
        name = next((one.column for one in measures if one.id == measure_id), None)
        if name is not None and self.table is not None:
            self.table.show_column(name)

    def _import_again(self) -> None:
        self._again = True
        self.head.again.hide()
        self.message.say("")
        self.count()

    def _refused(self, reason: str) -> None:
        self._hide_progress()
        self.message.say(reason)
        self.counted = None
        self._show_button()
        if self.choices is None:
            self.head.about.setText(_("This file cannot be read as a table. The map is as it was."))
        else:
            self._show_live(_("not counted"))

    # ------------------------------------------------------------ choosing

    def _chosen(self) -> None:
        """A choice was made: shown at once, counted when the hand rests."""
        self.counted = None
        self.message.say("")
        if self.table is not None:
            self.table.follow()
        if self.choices is not None:
            self.head.show_dates(self.choices)
        self._show_button()
        self._show_live("")
        self._pause.start()

    def _ask_role(self, section: int, at: QPoint) -> None:
        assert self.choices is not None
        column = self.choices.columns[section]
        menu = QMenu(self)
        for role in roles().values():
            action = menu.addAction(role.name)
            action.setCheckable(True)
            action.setChecked(role.kind == column.kind)
            action.triggered.connect(partial(self._choose, column.name, role.kind))
        if column.kind == MEASURE:
            menu.addSeparator()
            menu.addAction(_("Edit the figure …")).triggered.connect(lambda: self.ask_question(section, at))
        menu.popup(at)

    def _choose(self, name: str, kind: str, _checked: object = None) -> None:
        assert self.choices is not None
        self.choices.choose(name, kind)

    def ask_question(self, section: int, at: QPoint) -> None:
        """Opens the small window of a figure's column; another column has none."""
        assert self.choices is not None
        column = self.choices.columns[section]
        self._close_popover()
        if column.kind != MEASURE or column.question is None:
            return
        long_form = any(one.kind == "touchpoint" for one in self.choices.columns)
        self.popover = MeasurePopover(column.question, places(self._map.document), self, long_form=long_form)
        self.popover.edited.connect(self._asked)
        self._show_live("")
        self.popover.open_at(at)

    def _asked(self, question: Question) -> None:
        assert self.choices is not None
        self.choices.ask(question.column, question)

    def _close_popover(self) -> None:
        if self.popover is not None:
            self.popover.close()
            self.popover.deleteLater()
            self.popover = None

    # ------------------------------------------------------------ counting

    def count(self) -> None:
        """Counts the whole file under the present choices, in a thread."""
        if self.choices is None:
            return
        recipe = self.choices.to_recipe()
        if not recipe.questions:
            self._refused(_("No column is a figure yet. Give at least one the role “Figure”."))
            return
        document, name, again = Document(self._map.document), self.path.stem, self._again
        self._slow.start()
        self._counting.start(
            lambda progress, cancelled: counting.count(
                document, self.path, recipe, name, progress, cancelled, again=again
            )
        )

    def _known(self, counted: Counted) -> None:
        self._hide_progress()
        self.counted = counted
        intake, account = counted.intake, counted.intake.account
        self.summary.show_figures(counted.figures)
        self.summary.show_account(
            account["rows_read"], account["rows_used"], account["rows_dropped"], account["no_touchpoint"]
        )
        kinds = {column.name: column.kind for column in self.choices.columns} if self.choices is not None else {}
        self.summary.show_personal(
            [(name, why, kinds.get(name) == "personal") for name, why in intake.personal.items()]
        )
        self.summary.show_change(changes(counted), intake.warnings)
        if self.table is not None:
            self.table.follow(dict(counted.bars))
        self._show_button()
        self._show_live("")

    def _show_button(self) -> None:
        counted = self.counted
        self.go.setEnabled(counted is not None and not self._map.session.read_only)
        if counted is None:
            self.go.relabel(_("Import"))
            return
        n = used(counted)
        self.go.relabel(ngettext("Import {n} answer", "Import {n} answers", n).format(n=wording.count(n)))

    def _show_live(self, note: str) -> None:
        if self.popover is None:
            return
        figure = figure_of(self.counted, self.popover.question) if self.counted is not None else None
        self.popover.live.show_figure(figure, note)

    def _show_progress(self) -> None:
        self.foot.show_progress(shown=self._looking.running or self._counting.running)

    def _hide_progress(self) -> None:
        self._slow.stop()
        self.foot.show_progress(shown=False)

    def _halt(self) -> None:
        self._looking.stop()
        self._counting.stop()
        self._refused(_("Counting was stopped. The map is as it was; choose something or press Ctrl+R to count again."))

    # ------------------------------------------------------------ the end

    def bring_in(self) -> None:
        """Puts the data on the map, as one step."""
        if self.counted is None:
            return
        intake = self.counted.intake
        try:
            self._map.session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        except Conflict:
            self.message.say(_("The map was changed meanwhile; the data are counted again for it."), "info")
            self.count()
            return
        except Failure as problem:
            self.message.say(str(problem))
            return
        self.imported.emit(intake.data_set.id)
        self._show_outcome()

    def _show_outcome(self) -> None:
        assert self.counted is not None
        self._close_popover()
        page = Outcome(self._map, self.counted, self)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.head.finish()
        self.foot.finish()
        self.go.relabel(_("Done"))
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.close)
        self.go.setFocus()

    def reject(self) -> None:
        """Escape or the window's cross: stops what is under way."""
        self._close_popover()
        self._pause.stop()
        self._looking.finish()
        self._counting.finish()
        super().reject()


def figure_of(counted: Counted, question: Question) -> Figure | None:
    """The first figure that a question has come to."""
    mine = {one.id for one in counted.intake.measures if one.column == question.column}
    return next((figure for _name, figure in counted.figures if figure.measure_id in mine), None)


def used(counted: Counted) -> int:
    """The rows that a figure is made of."""
    return int(counted.intake.account["rows_used"]) - int(counted.intake.account["no_touchpoint"])


def _rule(parent: QWidget, *, upright: bool = False) -> QFrame:
    rule = QFrame(parent)
    rule.setProperty("look", "rule")
    if upright:
        rule.setFixedWidth(1)
        rule.setStyleSheet("QFrame { max-height: 16777215px; }")
    return rule


def _timer(parent: QWidget, interval: int, act: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(act)
    return timer
