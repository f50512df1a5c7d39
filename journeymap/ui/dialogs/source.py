"""The head of the import dialog: the file, how it is read, which recipe; each can be corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from journeymap.data import Recipe, Source, read_recipe, write_recipe
from journeymap.data.address import Address
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import wording
from journeymap.ui.controls.buttons import IconButton, Pill
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs.choices import Choices, date_words
from journeymap.ui.dialogs.reading import ReadingPopover
from journeymap.ui.dialogs.recipetext import RecipeText

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

    def __init__(self, path: Path | Address, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._path = path if isinstance(path, Path) else Path(path.stem)
        self._source = Source()
        self._choices: Choices | None = None
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
        self.reading = ReadingPopover(self)
        self.reading.edited.connect(self._read)
        self.reading.dates.connect(self.dates_wanted)
        self.text = RecipeText(self)

    def _build_pills(self, row: QHBoxLayout) -> None:
        self.sheet, self.delimiter = Pill("", self, caret=True, icon="table"), Pill("", self, caret=True)
        self.encoding, self.dates = Pill("", self, caret=True), Pill("", self, caret=True)
        self.recipe = Pill(_("Suggested"), self, caret=True)
        self.more = IconButton("gear", _("How the file is read (Alt+F)"), self)
        self.more.clicked.connect(self._ask_reading)
        self.more.setShortcut("Alt+F")
        self.more.hide()
        self._recipe_name = Words(_("Recipe"), self, tint="text2")
        for pill, name, key, ask in (
            (self.sheet, _("Table"), "Alt+T", self._ask_sheet), (self.delimiter, _("Delimiter"), "Alt+D", self._ask_delimiter),
            (self.encoding, _("Encoding"), "Alt+E", self._ask_encoding), (self.dates, _("Dates"), "Alt+W", self._ask_dates),
            (self.recipe, _("Recipe"), "Alt+R", self._ask_recipe),
        ):  # fmt: skip
            pill.setAccessibleDescription(name)
            pill.setToolTip(_("{name} ({key})").format(name=name, key=key))
            QShortcut(QKeySequence(key), self, partial(_press, pill))  # a button's own goes with its text
            pill.clicked.connect(ask)
            pill.setVisible(pill is self.recipe)
        self.sheet.setMaximumWidth(200)
        self.recipe.setMaximumWidth(220)
        for widget in (self.sheet, self.delimiter, self.encoding, self.dates, self.more, self._recipe_name, self.recipe):  # fmt: skip
            row.addWidget(widget)

    # ------------------------------------------------------------ showing

    def show_source(self, choices: Choices, recipe_name: str) -> None:
        """Shows how the file is read, and by which recipe."""
        self._choices = choices
        sample = choices.sample
        self._source = choices.recipe.source
        columns = ngettext("{n} column", "{n} columns", len(sample.columns)).format(
            n=wording.count(len(sample.columns))
        )
        if sample.count is None:
            parts = [_("{columns}.").format(columns=columns)]
        else:
            rows = ngettext("{n} row", "{n} rows", sample.count).format(n=wording.count(sample.count))
            parts = [_("{rows}, {columns}.").format(rows=rows, columns=columns)]
        if sample.facts.dialect:
            parts.append(_("Recognised as {dialect}.").format(dialect=sample.facts.dialect))
        if not recipe_name:
            parts.append(_("Roles are suggested from names and values."))
        self.about.setText(" ".join(parts))
        self.recipe.relabel(recipe_name or _("Suggested"))
        self.sheet.relabel(self._source.sheet or sample.facts.table or _("First table"))
        self.sheet.setVisible(len(sample.facts.tables) > 1)
        self.delimiter.relabel(delimiters().get(sample.delimiter, sample.delimiter))
        self.encoding.relabel(sample.encoding.upper())
        self.delimiter.setVisible(sample.kind in {"text", "gzip", "archive"})
        self.encoding.setVisible(sample.kind in {"text", "gzip", "archive"})
        self.more.show()
        self.show_dates(choices)

    def show_dates(self, choices: Choices) -> None:
        """Shows how dates are read, where there are any."""
        dated = bool(choices.single("date"))
        self.dates.setVisible(dated)
        pattern = choices.recipe.columns.date_format
        self.dates.relabel(date_words(pattern) if pattern else _("Dates as they are"))
        self.reading.show_source(choices.recipe.source, pattern, dated=dated, columns=choices.sample.columns)

    def say(self, sentence: str, kind: str = "error") -> None:
        """Says a sentence where it belongs: beside the fields of reading while they are open, else here."""
        if sentence and self.reading.isVisible():
            self.reading.message.say(sentence, kind)
            self.reading.adjustSize()
        self.message.say(sentence, kind)

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
        self.message.say("")
        for widget in (
            self.sheet, self.delimiter, self.encoding, self.dates, self.more, self._recipe_name, self.recipe, self.again
        ):  # fmt: skip
            widget.hide()

    # ------------------------------------------------------------ choosing

    def _ask(self, pill: QWidget, choices: Sequence[tuple[str, Callable[[], None]]], chosen: str) -> QMenu:
        menu = QMenu(self)
        for name, act in choices:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.triggered.connect(lambda _on=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(_below(pill))
        return menu

    def _ask_sheet(self) -> None:
        names = self._choices.sample.facts.tables if self._choices is not None else ()
        self._ask(self.sheet, [(name, partial(self.read_as, "sheet", name)) for name in names], self.sheet.text())

    def _ask_delimiter(self) -> None:
        choices = [(name, partial(self.read_as, "delimiter", sign)) for sign, name in delimiters().items()]
        self._ask(self.delimiter, choices, self.delimiter.text())

    def _ask_encoding(self) -> None:
        choices = [(name.upper(), partial(self.read_as, "encoding", name)) for name in ENCODINGS]
        self._ask(self.encoding, choices, self.encoding.text())

    def _ask_dates(self) -> None:
        choices = [(_("Dates as they are"), partial(self.dates_wanted.emit, ""))]
        choices += [(date_words(pattern), partial(self.dates_wanted.emit, pattern)) for pattern in DATES]
        self._ask(self.dates, choices, self.dates.text())

    def _ask_reading(self) -> None:
        self.reading.message.say("")
        self.reading.open_at(_below(self.more))

    def read_as(self, what: str, value: str) -> None:
        """Reads the file with another delimiter, encoding or sheet."""
        self._read(replace(self._source, **{what: value}))

    def _read(self, source: Source) -> None:
        self._source = source
        self.read_wanted.emit(source)

    def _ask_recipe(self) -> None:
        choices: list[tuple[str, Callable[[], None]]] = [(_("Suggested"), partial(self.recipe_wanted.emit, None))]
        choices += [(name, partial(self._take, name, recipe)) for name, recipe in self.recipes()]
        menu = self._ask(self.recipe, choices, self.recipe.text())
        menu.addSeparator()
        menu.addAction(_("From a file …")).triggered.connect(self._open)
        if self._choices is not None:
            menu.addAction(_("Show its text …")).triggered.connect(self.show_text)
            menu.addAction(_("Save as a file …")).triggered.connect(self._save_mine)

    def show_text(self) -> None:
        """The recipe as it would be kept, to be read and copied."""
        if self._choices is not None:
            self.text.show_recipe(self._choices.to_recipe(), _below(self.recipe))

    def _take(self, name: str, recipe: Recipe) -> None:
        self.recipe_wanted.emit((name, recipe))

    def _open(self) -> None:
        start = str(self._path.parent)
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Recipe"), start, _("Recipes ({files})").format(files="*.toml")
        )
        if not path:
            return
        try:
            self._take(Path(path).stem, read_recipe(Path(path)))
        except Failure as problem:
            self.message.say(str(problem))

    def _save_mine(self) -> None:
        if self._choices is not None:
            self.save(self._choices.to_recipe())

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


def _press(pill: Pill) -> None:
    """As the mouse would: not where it is hidden."""
    if pill.isVisible():
        pill.click()


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height() + 2))
