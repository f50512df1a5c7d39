"""The head of the import dialog: the file, how it is read, which recipe; each can be corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from journeymap.data import Recipe, Source, read_recipe, write_recipe
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import wording
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs.choices import Choices, date_words

ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-15", "mac-roman")
DATES = ("%d.%m.%Y", "%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y")


def delimiters() -> dict[str, str]:
    """The delimiters that can be chosen, by their character."""
    return {";": _("Semicolon"), ",": _("Comma"), "\t": _("Tab"), "|": _("Bar")}


class SourceHead(QFrame):
    """Signals: `read_wanted(Source)`, `dates_wanted(format)`, `recipe_wanted((name, Recipe) or None for a guess)`."""

    read_wanted = Signal(object)
    dates_wanted = Signal(str)
    recipe_wanted = Signal(object)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._path = path
        self._source = Source()
        self.recipes: Callable[[], Sequence[tuple[str, Recipe]]] = tuple
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 10, 24, 8)
        outer.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.title = Words(path.name, self, size=19, weight=600)
        self.about = Words(_("Reading the file …"), self, tint="text2")
        names.addWidget(self.title)
        names.addWidget(self.about)
        row.addLayout(names, 1)
        self._build_pills(row)
        outer.addLayout(row)
        self.message = Message(self)
        self.again = Pill(_("Import them once more"), self, tone="plain")
        self.again.hide()
        outer.addWidget(self.message)
        outer.addWidget(self.again)

    def _build_pills(self, row: QHBoxLayout) -> None:
        self.delimiter, self.encoding = Pill("", self, caret=True), Pill("", self, caret=True)
        self.dates, self.recipe = Pill("", self, caret=True), Pill(_("Suggested"), self, caret=True)
        self._recipe_name = Words(_("Recipe"), self, tint="text2")
        for pill, name, ask in (
            (self.delimiter, _("Delimiter"), self._ask_delimiter), (self.encoding, _("Encoding"), self._ask_encoding),
            (self.dates, _("Dates"), self._ask_dates), (self.recipe, _("Recipe"), self._ask_recipe),
        ):  # fmt: skip
            pill.setAccessibleDescription(name)
            pill.setToolTip(name)
            pill.clicked.connect(ask)
            pill.setVisible(pill is self.recipe)
        for widget in (self.delimiter, self.encoding, self.dates, self._recipe_name, self.recipe):
            row.addWidget(widget)

    # ------------------------------------------------------------ showing

    def show_source(self, choices: Choices, recipe_name: str) -> None:
        """Shows how the file is read, and by which recipe."""
        sample = choices.sample
        self._source = choices.recipe.source
        rows = wording.count(sample.count) if sample.count is not None else _("many")
        said = _("{rows} rows, {columns} columns. Role and measure suggested from names and values.")
        self.about.setText(said.format(rows=rows, columns=len(sample.columns)))
        self.recipe.relabel(recipe_name or _("Suggested"))
        self.delimiter.relabel(delimiters().get(sample.delimiter, sample.delimiter))
        self.encoding.relabel(sample.encoding.upper())
        self.delimiter.show()
        self.encoding.show()
        self.show_dates(choices)

    def show_dates(self, choices: Choices) -> None:
        """Shows how dates are read, where there are any."""
        self.dates.setVisible(any(column.kind == "date" for column in choices.columns))
        pattern = choices.recipe.columns.date_format
        self.dates.relabel(date_words(pattern) if pattern else _("Dates as they are"))

    def offer_again(self, known_as: str) -> None:
        """Says that the map has these data already, and offers to import them all the same."""
        self.again.setVisible(bool(known_as))
        if known_as:
            self.message.say(
                _("These data are on the map already, as “{name}”. Nothing is imported twice by accident.").format(
                    name=known_as
                ),
                "warning",
            )

    def finish(self) -> None:
        """Nothing is to be corrected any more."""
        for widget in (self.delimiter, self.encoding, self.dates, self._recipe_name, self.recipe, self.again):
            widget.hide()

    # ------------------------------------------------------------ choosing

    def _ask_delimiter(self) -> None:
        menu = QMenu(self)
        for character, name in delimiters().items():
            menu.addAction(name).triggered.connect(partial(self.read_as, "delimiter", character))
        menu.popup(_below(self.delimiter))

    def _ask_encoding(self) -> None:
        menu = QMenu(self)
        for name in ENCODINGS:
            menu.addAction(name.upper()).triggered.connect(partial(self.read_as, "encoding", name))
        menu.popup(_below(self.encoding))

    def read_as(self, what: str, value: str, _checked: object = None) -> None:
        """Reads the file with another delimiter or encoding."""
        self._source = replace(self._source, **{what: value})  # type: ignore[arg-type]
        self.read_wanted.emit(self._source)

    def _ask_dates(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("See for yourself")).triggered.connect(lambda: self.dates_wanted.emit(""))
        for pattern in DATES:
            menu.addAction(date_words(pattern)).triggered.connect(partial(self._write_dates, pattern))
        menu.popup(_below(self.dates))

    def _write_dates(self, pattern: str, _checked: object = None) -> None:
        self.dates_wanted.emit(pattern)

    def _ask_recipe(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Suggested")).triggered.connect(lambda: self.recipe_wanted.emit(None))
        for name, recipe in self.recipes():
            menu.addAction(name).triggered.connect(partial(self._take, name, recipe))
        menu.addSeparator()
        menu.addAction(_("From a file …")).triggered.connect(self._open)
        menu.popup(_below(self.recipe))

    def _take(self, name: str, recipe: Recipe, _checked: object = None) -> None:
        self.recipe_wanted.emit((name, recipe))

    def _open(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Recipe"), "", _("Recipes ({files})").format(files="*.toml"))
        if not path:
            return
        try:
            self._take(Path(path).stem, read_recipe(Path(path)))
        except Failure as problem:
            self.message.say(str(problem))

    def save(self, recipe: Recipe) -> None:
        """Writes the recipe to a file that a person chooses."""
        kinds = _("Recipes ({files})").format(files="*.toml")
        suggested = str(self._path.with_suffix(".toml"))
        path, _kind = QFileDialog.getSaveFileName(self, _("Recipe"), suggested, kinds)
        if not path:
            return
        try:
            write_recipe(Path(path), recipe)
        except Failure as problem:
            self.message.say(str(problem))
        else:
            self.message.say(_("The recipe is in {path}.").format(path=Path(path).name), "info")


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height() + 2))
