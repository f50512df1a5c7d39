"""Fields for the parts of a figure: who (a column and its codes), several columns in their order, what answers mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from journeymap.data.recipe.question import Who
from journeymap.i18n import _
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import IconButton, Painted, Switch
from journeymap.ui.controls.fields import ChoiceField, TextField
from journeymap.ui.controls.heads import Words
from journeymap.ui.dialogs import asking

Option = tuple[str | None, str]
NAMES = 112
"""The width of the names before the fields."""
FEW = 8
"""So many different values are offered as buttons; more are typed."""


class Code(Painted):
    """One answer code that counts or does not."""

    def __init__(self, text: str, parent: QWidget, *, tip: str = "") -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(tip or text)
        self.setToolTip(tip or text)
        self.setFixedSize(min(max(28, round(ink.text_width(text)) + 14), 180), 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        on = self.isChecked()
        ink.panel(
            painter, self.box(), "brand" if on else "hover" if self.underMouse() else "card", None if on else "border"
        )
        ink.write(
            painter, self.box().adjusted(4, 0, -4, 0), self.text(), 13, 600 if on else 400, "on_brand" if on else "text",
            Qt.AlignmentFlag.AlignHCenter, figures=True,
        )  # fmt: skip
        if self.hasFocus():
            if on:
                ink.panel(painter, self.box().adjusted(2, 2, -2, -2), None, "on_brand", 4)
            else:
                ink.focus_ring(painter, self.box(), 6)


class CodeGrid(QWidget):
    """Codes side by side, broken into lines. `pressed` after each press; `chosen()` are those that count."""

    pressed = Signal()

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self._width = width
        self._codes: list[Code] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 2, 0, 2)
        self._rows.setSpacing(4)

    def show_codes(self, codes: Sequence[tuple[str, str, bool]], *, fixed: bool = False) -> None:
        """(text, tip, counts) of each code; `fixed` ones cannot be pressed."""
        if [one.text() for one in self._codes] != [text for text, _tip, _on in codes]:
            self._lay_out(codes)
        for button, (_text, _tip, on) in zip(self._codes, codes, strict=True):
            button.setChecked(on)
            button.setEnabled(not fixed)

    def _lay_out(self, codes: Sequence[tuple[str, str, bool]]) -> None:
        clear(self._rows)
        self._codes = []
        row, room = None, 0
        for text, tip, _on in codes:
            button = Code(text, self, tip=tip)
            button.clicked.connect(self.pressed)
            self._codes.append(button)
            if row is None or room < button.width():
                row, room = QHBoxLayout(), self._width
                row.setSpacing(4)
                row.setAlignment(Qt.AlignmentFlag.AlignLeft)
                self._rows.addLayout(row)
            row.addWidget(button)
            button.show()
            room -= button.width() + 4

    def chosen(self) -> list[str]:
        """The texts of those that count."""
        return [button.text() for button in self._codes if button.isChecked()]


class WhoField(QWidget):
    """Who left, joined, stayed: a column and which of its values say so, or for the date column from when to when.

    `edited(Who or None)` after each choice.
    """

    edited = Signal(object)

    def __init__(self, name: str, columns: Sequence[str], texts: Callable[[str], list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts
        self.who: Who | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self.column = ChoiceField(name, self)
        self._options = column_options(columns)
        self.column.chosen.connect(self._take)
        rows.addWidget(self.column)
        self.codes = CodeGrid(self, 190)
        self.codes.pressed.connect(lambda: self._tell(codes=tuple(self.codes.chosen())))
        self.typed = TextField(_("{name}: values").format(name=name), self, prompt=_("any yes"), flat=False)
        self.typed.committed.connect(lambda text: self._tell(codes=split(text)))
        self.first = TextField(_("{name}: from").format(name=name), self, prompt=_("from 2026-01-01"), flat=False)
        self.last = TextField(_("{name}: to").format(name=name), self, prompt=_("to 2026-06-30"), flat=False)
        self.first.committed.connect(lambda text: self._tell(first=text.strip()))
        self.last.committed.connect(lambda text: self._tell(last=text.strip()))
        for widget in (self.codes, self.typed, self.first, self.last):
            rows.addWidget(widget)

    def show_who(self, who: Who | None, date: str) -> None:
        """Shows what holds; `date` is the column of dates."""
        self.who = who
        self.column.show_options(self._options, who.column if who else "")
        texts = self._texts(who.column) if who else []
        dated = who is not None and who.column == date and bool(date)
        few = who is not None and not dated and 0 < len(texts) <= FEW
        said = {str(code) if isinstance(code, str) else f"{code:g}" for code in who.codes} if who else set()
        if few:
            self.codes.show_codes([(text, "", text in said) for text in texts])
        self.codes.setVisible(few)
        self.typed.setVisible(who is not None and not few and not dated)
        self.typed.show_value(", ".join(sorted(said)))
        for field, day in ((self.first, who.first if who else ""), (self.last, who.last if who else "")):
            field.setVisible(dated)
            field.show_value(day)

    def _take(self, name: object) -> None:
        self.edited.emit(Who(str(name)) if name else None)

    def _tell(self, **fields: Any) -> None:
        if self.who is not None:
            self.edited.emit(replace(self.who, **fields))


class Ordered(QWidget):
    """Several names in their order, each of which can go up or away, and a last field that adds one.

    `edited(names)` after each choice.
    """

    edited = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.names: tuple[str, ...] = ()
        self._options: list[str] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 2, 0, 2)
        self._rows.setSpacing(2)
        self.adding = ChoiceField(_("{name}: add").format(name=name), self, creates=True, prompt=_("Add …"))
        self.adding.chosen.connect(lambda one: self._add(str(one or "")))
        self.adding.named.connect(self._add)
        self._rows.addWidget(self.adding)

    def show_names(self, names: Sequence[str], options: Sequence[str]) -> None:
        """Shows these; `options` are what else there is."""
        self.adding.show_options([(one, one) for one in options if one not in names], None)
        if tuple(names) == self.names and self._rows.count() == len(names) + 1:
            return
        self.names = tuple(names)
        while self._rows.count() > 1:
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(self.names):
            self._rows.insertWidget(place, self._line(place, one))

    def _line(self, place: int, name: str) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Words(f"{place + 1}", line, tint="text3", figures=True))
        row.addSpacing(8)
        words = Words(name, line)
        row.addWidget(words, 1)
        up = IconButton("arrow-up", _("{name}: earlier").format(name=name), line)
        up.setEnabled(place > 0)
        up.clicked.connect(lambda: self._move(place))
        away = IconButton("close", _("{name}: take out").format(name=name), line)
        away.clicked.connect(lambda: self._tell([*self.names[:place], *self.names[place + 1 :]]))
        row.addWidget(up)
        row.addWidget(away)
        return line

    def _add(self, name: str) -> None:
        if name and name not in self.names:
            self._tell([*self.names, name])

    def _move(self, place: int) -> None:
        names = list(self.names)
        names[place - 1], names[place] = names[place], names[place - 1]
        self._tell(names)

    def _tell(self, names: Sequence[str]) -> None:
        self.edited.emit(tuple(names))


class Answers(QWidget):
    """Each answer in words, or off the scale, and what it means. `meant(text, meaning)` when a person picks another."""

    meant = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.fields: dict[str, ChoiceField] = {}

    def show_answers(self, answers: Sequence[tuple[str, str]], codes: Sequence[float]) -> None:
        """(text, meaning) of each; `codes` are those of the scale."""
        if list(self.fields) != [text for text, _meaning in answers]:
            self._lay_out([text for text, _meaning in answers])
        options: list[Option] = [(f"{code:g}", f"{code:g}") for code in codes]
        for text, meaning in answers:
            known = {value for value, _name in options}
            odd: list[Option] = [] if meaning in known or meaning in words() else [(meaning, meaning)]
            self.fields[text].show_options([*options, *odd, *words().items()], meaning)

    def _lay_out(self, texts: Sequence[str]) -> None:
        clear(self._grid)
        self.fields = {}
        for row, text in enumerate(texts):
            said = Words(text, self)
            field = ChoiceField(_("“{text}” means").format(text=text), self)
            field.setFixedWidth(128)
            field.chosen.connect(lambda meaning, text=text: self.meant.emit(text, str(meaning)))
            self._grid.addWidget(said, row, 0)
            self._grid.addWidget(field, row, 1)
            said.show()
            field.show()
            self.fields[text] = field


def labelled(label: str, widget: QWidget, parent: QWidget) -> QWidget:
    """A field with its name before it, in one line."""
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    said = Words(label, holder, tint="text2")
    said.setFixedSize(NAMES, 32)
    row.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
    narrow = isinstance(widget, Switch)
    row.addWidget(widget, 0 if narrow else 1)
    if narrow:
        row.addStretch(1)
    return holder


def headed(label: str, widget: QWidget, parent: QWidget) -> QWidget:
    """A field with its name above it, where it needs the whole width."""
    holder = QWidget(parent)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(0)
    column.addWidget(Words(label, holder, tint="text2"))
    column.addWidget(widget)
    return holder


def words() -> dict[str | None, str]:
    """What an answer can mean beside a code."""
    return {
        asking.NO_ANSWER: _("No answer"),
        asking.NO_MATTER: _("Does not apply"),
        asking.UNREAD: _("Unreadable"),
    }


def column_options(columns: Sequence[str], nothing: str = "–") -> list[Option]:
    """The columns to choose from, and none of them."""
    return [("", nothing), *((name, name) for name in columns)]


def split(text: str) -> tuple[str | float, ...]:
    """Codes as a person types them: parted by commas, numbers where they are."""
    found: list[float | str] = []
    for part in text.replace(";", ",").split(","):
        plain = part.strip()
        if plain:
            try:
                found.append(float(plain))
            except ValueError:
                found.append(plain)
    return tuple(found)


def clear(layout: QVBoxLayout | QHBoxLayout | QGridLayout) -> None:
    """Takes everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, (QVBoxLayout, QHBoxLayout, QGridLayout)):
            clear(inner)
