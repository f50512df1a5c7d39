"""The small window of how a source is read: sheet, signs, header rows, time zone, which rows, a second file beside it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from journeymap.data import Source
from journeymap.data.recipe.source import Join
from journeymap.i18n import _
from journeymap.ui.controls.fields import ChoiceField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs.parts import labelled

WIDTH = 420
MOST_HEADERS = 9


class ReadingPopover(QFrame):
    """Edits how a file is read: `edited(Source)` after each choice, `dates(format)` for the way dates are written."""

    edited = Signal(object)
    dates = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self.setFixedWidth(WIDTH)
        self.source = Source()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(4)
        self._column.addWidget(Words(_("How the file is read"), self, size=16, weight=600))
        self.decimal = self._choice("decimal", _("Decimal sign"))
        self.rows = self._choice("header_rows", _("Header rows"))
        self.date_format = self._text(_("Dates"), _("as they are; else such as %d.%m.%Y"))
        self.date_format.committed.connect(lambda text: self.dates.emit(text.strip()))
        self.timezone = self._text(_("Time zone"), _("such as Europe/Berlin"))
        self.timezone.committed.connect(lambda text: self._set(timezone=text.strip()))
        self.filter = self._text(_("Rows to use"), _("all; else Status != 'Test' and Age >= 18"))
        self.filter.committed.connect(lambda text: self._set(filter=text.strip()))
        self.join = self._text(_("Other files"), _("users.csv by user_id; shops.xlsx, Open by shop"))
        self.join.setToolTip(
            _("Files of the same folder whose columns stand beside these: file, sheet, by which column")
        )
        self.join.committed.connect(self._take_join)
        self.people = self._choice("people", _("Who answered"))
        self.message = Message(self)
        self._column.addWidget(self.message)

    def _choice(self, key: str, label: str) -> ChoiceField:
        field = ChoiceField(label, self)
        field.chosen.connect(lambda value: self._set(**{key: _header(value) if key == "header_rows" else value or ""}))
        self._column.addWidget(labelled(label, field, self))
        return field

    def _text(self, label: str, prompt: str) -> TextField:
        field = TextField(label, self, prompt=prompt, flat=False)
        self._column.addWidget(labelled(label, field, self))
        return field

    def show_source(self, source: Source, date_format: str, *, dated: bool, columns: Sequence[str]) -> None:
        """Shows what holds."""
        self.source = source
        self.decimal.show_options([("", _("as it is seen")), (".", _("Point")), (",", _("Comma"))], source.decimal)
        rows = "" if source.header_rows is None else str(source.header_rows)
        self.rows.show_options(
            [("", _("as it is seen")), ("0", _("none")), *((str(n), str(n)) for n in range(1, MOST_HEADERS + 1))], rows
        )
        self.date_format.show_value(date_format)
        self.date_format.setEnabled(dated)
        self.timezone.show_value(source.timezone)
        self.filter.show_value(source.filter)
        self.filter.setToolTip(_("Columns: {names}").format(names=", ".join(columns[:30])))
        self.join.show_value("; ".join(map(_said, source.join)))
        people = [("", _("not said")), ("customers", _("Customers")), ("employees", _("Employees: larger groups"))]
        self.people.show_options(people, source.people)

    def open_at(self, at: QPoint) -> None:
        """Shows it there, or as near as the screen allows."""
        self.adjustSize()
        screen = self.screen()
        if screen is not None:
            at.setX(min(at.x(), screen.availableGeometry().right() - self.width() - 8))
        self.move(at)
        self.show()
        self.decimal.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take_join(self, text: str) -> None:
        joins = []
        for part in filter(None, map(str.strip, text.split(";"))):
            file, by, key = part.rpartition(" by ")
            name, _comma, sheet = file.partition(",")
            if not by or not key.strip() or not name.strip():
                self.message.say(_("Write other files like: users.csv by user_id; shops.xlsx, Open by shop."))
                return
            joins.append(Join(name.strip(), key.strip(), sheet.strip()))
        self._set(join=tuple(joins))

    def _set(self, **fields: object) -> None:
        self.message.say("")
        self.source = replace(self.source, **fields)
        self.edited.emit(self.source)


def _said(join: Join) -> str:
    """One of the other files as it is typed."""
    return f"{join.file}, {join.sheet} by {join.on}" if join.sheet else f"{join.file} by {join.on}"


def _header(value: object) -> int | None:
    return int(str(value)) if value not in {None, ""} else None
