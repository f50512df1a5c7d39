"""The choosing half of the import dialog: the source and how it is read, a role above each column, figures, touchpoints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from journeymap.data import Recipe, Source
from journeymap.data.address import Address, located
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Id, Touchpoint
from journeymap.ui.dialogs import asking, counting, matches
from journeymap.ui.dialogs.body import Body, rule
from journeymap.ui.dialogs.choices import Choices
from journeymap.ui.dialogs.counting import Counted, Looked
from journeymap.ui.dialogs.editing import Editing
from journeymap.ui.dialogs.foot import Foot
from journeymap.ui.dialogs.rolemenu import role_menu
from journeymap.ui.dialogs.source import SourceHead
from journeymap.ui.dialogs.table import Table
from journeymap.ui.dialogs.work import Work
from journeymap.ui.map import OpenMap

if TYPE_CHECKING:
    from journeymap.ui.dialogs.measure import MeasurePopover

SLOW_MS = 200
"""Work that takes longer shows its progress."""


class Choosing(QDialog):
    """The source, its rows and their roles, and the small windows in which these are chosen. What becomes of the choices is
    for the dialog that is made of it.
    """

    def __init__(
        self, open_map: OpenMap, path: Path | Address, parent: QWidget | None = None, *, instead: Id = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Import – {map}").format(map=open_map.document.map.title or open_map.session.path.name))
        self.setAccessibleName(self.windowTitle())
        self._map, self.path, self._instead = open_map, located(path), instead
        self.choices: Choices | None = None
        self.counted: Counted | None = None
        self.table: Table | None = None
        self.editing = Editing(self, lambda: self._map.document)
        self._looking, self._counting = Work(self), Work(self)
        self._slow = timer(self, SLOW_MS, self._show_progress)
        self._again = bool(instead)
        self._touched = False
        self.resize(parent.window().size() if parent is not None else QSize(1600, 1000))
        self._lay_out()
        self.head.read_wanted.connect(self._read_again)
        self.head.dates_wanted.connect(self._write_dates)
        self.head.recipe_wanted.connect(self._take_recipe)
        self.head.recipes = lambda: counting.recipes(self._map.document)
        self.band.asked.connect(self.ask_figure)
        self.band.added.connect(self._add_figure)
        self.summary.matching.meant.connect(self._mean)
        self.foot.save_recipe.clicked.connect(self._save_recipe)

    def chosen(self) -> None:
        """A choice was made."""
        raise NotImplementedError

    def count(self) -> None:
        """Counts under the present choices."""
        raise NotImplementedError

    def _show_progress(self) -> None:
        self.foot.show_progress(shown=self._looking.running or self._counting.running)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SourceHead(self.path, self)
        self.message = self.head.message
        column.addWidget(self.head)
        self.stack = QStackedWidget(self)
        self.body = Body(self.stack)
        self.band, self.reasons, self.summary = self.body.band, self.body.reasons, self.body.summary
        self.stack.addWidget(self.body)
        column.addWidget(self.stack, 1)
        column.addWidget(rule(self))
        self.foot = Foot(self)
        self.foot.save_recipe.setEnabled(False)  # until there is a table that it tells how to read
        self.go = self.foot.go
        column.addWidget(self.foot)

    # ------------------------------------------------------------ looking

    def look(
        self,
        source: Source | None = None,
        recipe: tuple[str, Recipe] | None = None,
        *,
        guessed: bool = False,
        kept: Choices | None = None,
    ) -> None:
        """Looks at the file anew: `source` says how to read it, `recipe` what its columns are; `guessed` takes none,
        `kept` what was chosen before, where its columns are still there.
        """
        self.editing.close()
        self._counting.stop()
        self.go.setEnabled(False)
        document = Document(self._map.document)
        self._slow.start()
        self._looking.start(
            lambda _progress, cancelled: counting.look(
                self.path, document, source, recipe, guessed=guessed, kept=kept, cancelled=cancelled
            )
        )

    def _former(self) -> tuple[str, Recipe] | None:
        """The recipe of the data that are imported again."""
        found = self._map.document.get(DataSet, self._instead) if self._instead else None
        return (found.name, Recipe.from_toml(found.recipe)) if found is not None else None

    def _read_again(self, source: Source) -> None:
        """Another way of reading; what was chosen stays where its columns do."""
        self._touched = True
        self.look(source, guessed=True, kept=self.choices)

    def _write_dates(self, pattern: str) -> None:
        if self.choices is not None:
            self.choices.write_dates(pattern)

    def _take_recipe(self, named: tuple[str, Recipe] | None) -> None:
        if named is None:
            self.look(guessed=True)
        else:
            self.look(named[1].source, named)

    def _save_recipe(self) -> None:
        if self.choices is not None:
            self.head.save(self.choices.to_recipe())

    def _looked(self, looked: Looked) -> None:
        self.choices = looked.choices
        self.choices.changed = self.chosen
        self.foot.save_recipe.setEnabled(True)
        self.head.show_source(self.choices, looked.recipe_name)
        self._new_table()
        self._show_choices()
        self.message.say("")
        self.head.say(looked.problem, "info")
        self.head.offer_again(looked.known_as if not self._again else "")
        if not looked.problem and not (looked.known_as and not self._again):
            self.count()

    def _new_table(self) -> None:
        assert self.choices is not None
        self.table = self.body.show_table(self.choices)
        self.table.role_asked.connect(self._ask_role)
        self.table.question_asked.connect(self.ask_question)
        self.table.stood.connect(self._say_why)
        if not self.head.reading.isVisible():
            self.table.setFocus()

    def _say_why(self, section: int) -> None:
        if self.choices is not None:
            self.reasons.show_column(self.choices, section)

    # ------------------------------------------------------------ choosing

    def _show_choices(self) -> None:
        if self.choices is None or self.table is None:
            return
        self.table.follow()
        self.band.show_figures(self.choices.figures)
        self.head.show_dates(self.choices)
        self._say_why(self.table.currentIndex().column())
        names = list(dict.fromkeys(one.name for one in self._map.document.all(Touchpoint) if one.name))
        self.summary.show_matches(matches.matches(self.choices, names), names)

    def _mean(self, name: str, meant: str | None) -> None:
        if self.choices is not None:
            matches.mean(self.choices, name, meant)

    def _ask_role(self, section: int, at: QPoint) -> None:
        assert self.choices is not None
        column = self.choices.columns[section]
        role_menu(self.choices, column, lambda: self.ask_question(section, at), self).popup(at)

    def ask_question(self, section: int, at: QPoint) -> None:
        """Opens the small window of a figure's column; another column has none."""
        if self.choices is not None:
            self.editing.ask_column(self.choices, section, at)

    def ask_figure(self, place: int, at: QPoint) -> None:
        """Opens the small window of a figure that stands in no single column, or is a column's second."""
        if self.choices is not None:
            self.editing.ask_figure(self.choices, place, at)

    def _add_figure(self, kpi: str) -> None:
        if self.choices is not None:
            place = self.choices.add(asking.fresh(kpi, self.choices))
            self.ask_figure(place, self.band.below(place))

    @property
    def popover(self) -> MeasurePopover | None:
        """The small window of a figure, while it is open."""
        return self.editing.popover


def timer(parent: QWidget, interval: int, act: object) -> QTimer:
    """A single shot after a pause in milliseconds."""
    found = QTimer(parent)
    found.setSingleShot(True)
    found.setInterval(interval)
    found.timeout.connect(act)
    return found
