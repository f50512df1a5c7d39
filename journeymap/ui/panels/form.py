"""A form over one record: every field is one edit through the session, refused in words below the field.

Typing is drafted after a second and becomes a change on Enter or on leaving; a draft that a crash left behind is shown
as unfinished text until it is kept or dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Value
from journeymap.ui.controls.buttons import Segmented, Switch
from journeymap.ui.controls.fields import ChoiceField, ProseField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels import reading
from journeymap.ui.panels.doing import attempt
from journeymap.ui.selection import Selection

LABEL = 85
LONGEST_LABEL = 116
INDENT = 11
"""Text outside fields begins here, where the text inside a field without a label begins."""
BESIDE = 252
"""Label and field together; values that need more stand below their label."""
INSET = 9
"""What is seen of a field that is no text begins so far in, where the text of the others begins."""
FLAT = """
*[look="flat"]:!hover:!focus { border-color: transparent; background: transparent; }
*[look="flat"]:disabled { border-color: transparent; background: transparent; }
QPlainTextEdit[look="flat"] { padding: 5px 4px 5px 8px; }
QPlainTextEdit[look="flat"]:focus { padding: 4px 3px 4px 7px; }
"""
"""Fields look like text until they are pointed at; set on the panel that holds them."""

Options = Callable[[Document], Sequence[tuple[str | None, str]]]


class Shown(Protocol):
    """Anything on a page that can be asked to show the map as it is now."""

    def refresh(self) -> None:
        """Shows what the map holds."""


class Desk(Struct):
    """What a page works with: the open map and the selection."""

    open_map: OpenMap
    selection: Selection

    @property
    def document(self) -> Document:
        """The map's records."""
        return self.open_map.document

    def do(self, make: Callable[[Document], Change]) -> str:
        """Performs what a command makes; "" or why not."""
        return attempt(self.open_map, make)

    def draft(self, id_: Id, name: str) -> str | None:
        """Half-typed text that the file keeps for a field."""
        known = self.open_map.session.drafts()
        return next((one.text for one in known if (one.record_id, one.field) == (id_, name)), None)

    def keep(self, id_: Id, name: str, text: str) -> None:
        """Keeps half-typed text in the file."""
        if not self.open_map.session.read_only:
            self.open_map.session.keep_draft(id_, name, text)

    def drop(self, id_: Id, name: str) -> None:
        """Forgets it."""
        self.open_map.session.drop_draft(id_, name)


class Form(QWidget):
    """Rows of label and field over the record `id_`; `refresh` shows what the map holds."""

    def __init__(self, desk: Desk, id_: Id, parent: QWidget | None = None, *, label: int = LABEL) -> None:
        super().__init__(parent)
        self.desk, self.id = desk, id_
        self._label = label
        self._labels: list[Words] = []
        self._showing: list[Callable[[], None]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setEnabled(not desk.open_map.session.read_only)

    @property
    def label_width(self) -> int:
        """How wide the labels are by now."""
        return self._label

    def refresh(self) -> None:
        """Shows what the map holds."""
        if self.desk.document.record(self.id) is not None:
            for show in self._showing:
                show()

    def value(self, name: str) -> Value:
        """A field of the record as it is now."""
        value: Value = getattr(self.desk.document.record(self.id), name, None)
        return value

    # ------------------------------------------------------------ rows

    def add(self, label: str, widget: QWidget, *, stretch: bool = True) -> Message:
        """A row with any widget; the returned message stands below it."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if label:
            words = Words(label, holder, tint="text3")
            words.setFixedHeight(32)
            self._labels.append(words)
            self._align(words.sizeHint().width() + 8)
            row.addSpacing(INDENT)
            row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(widget, 1 if stretch else 0, Qt.AlignmentFlag(0) if stretch else Qt.AlignmentFlag.AlignVCenter)
        if not stretch:
            row.insertSpacing(row.count() - 1, INSET)
            row.addStretch(1)
        row.addStrut(32)  # no minimum of the holder's own: it would win over that of a higher field
        message = Message(self)
        self._column.addWidget(holder)
        self._column.addWidget(message)
        return message

    def _align(self, wide: int) -> None:
        """All labels as wide as the longest, so that the fields begin in one line."""
        self._label = max(self._label, min(wide, LONGEST_LABEL))
        for words in self._labels:
            words.setFixedWidth(self._label)

    def text(
        self,
        name: str,
        label: str,
        *,
        prompt: str = "",
        read: reading.Read = str.strip,
        write: reading.Write = reading.show,
    ) -> TextField:
        """A field of one line."""
        widget = TextField(label or prompt, self, prompt=prompt)
        self.bind(widget, name, self.add(label, widget), read, write)
        return widget

    def prose(self, name: str, label: str, *, prompt: str = "", weight: int = 400) -> ProseField:
        """A field of several lines."""
        widget = ProseField(label or prompt, self, prompt=prompt, weight=weight)
        self.bind(widget, name, self.add(label, widget), str.strip, reading.show)
        return widget

    def bind(
        self,
        widget: TextField | ProseField,
        name: str,
        message: Message,
        read: reading.Read = str.strip,
        write: reading.Write = reading.show,
    ) -> None:
        """Ties a text field to a field of the record."""
        key = (self.id, name)

        def commit(text: str) -> None:
            try:
                value = read(text)
            except Failure as problem:
                message.say(str(problem))
                widget.show_draft(text)
                self.desk.keep(*key, text)
                return
            message.say(self.desk.do(lambda document: commands.edit(document, self.id, **{name: value})))
            if message.text():
                widget.show_draft(text)
                self.desk.keep(*key, text)
            else:
                self.desk.drop(*key)
                show()

        def show() -> None:
            widget.show_value(write(self.value(name)))

        def drop() -> None:
            message.say("")
            self.desk.drop(*key)

        widget.committed.connect(commit)
        widget.drafted.connect(lambda text: self.desk.keep(*key, text))
        widget.dropped.connect(drop)
        self._showing.append(show)
        show()
        draft = self.desk.draft(*key)
        if draft is not None and draft != widget.text():
            widget.show_draft(draft)
            message.say(_("Typed but not finished. Enter keeps it, Escape goes back."), "info")

    def choice(self, name: str, label: str, options: Options, *, empty: str = "") -> ChoiceField:
        """One of several values; with `empty` also none."""
        widget = ChoiceField(label, self)
        message = self.add(label, widget)

        def show() -> None:
            listed = list(options(self.desk.document))
            value = self.value(name)
            if empty:
                listed.insert(0, ("" if isinstance(value, str) and value == "" else None, empty))
            widget.show_options(listed, value if value is None or isinstance(value, str) else str(value))

        def commit(value: object) -> None:
            known = value if value is None or isinstance(value, str) else str(value)
            message.say(self.desk.do(lambda document: commands.edit(document, self.id, **{name: known})))
            show()

        widget.chosen.connect(commit)
        self._showing.append(show)
        show()
        return widget

    def named(
        self,
        name: str,
        label: str,
        options: Options,
        setter: Callable[[Document, Id, str | None], Change],
        *,
        prompt: str = "",
    ) -> ChoiceField:
        """A reference found by its name; a name that is not there yet makes the record."""
        widget = ChoiceField(label, self, creates=True, prompt=prompt)
        message = self.add(label, widget)

        def show() -> None:
            value = self.value(name)
            widget.show_options(options(self.desk.document), value if isinstance(value, str) else None)

        def commit(value: object) -> None:
            text = None if value is None else dict(options(self.desk.document)).get(str(value))
            message.say(self.desk.do(lambda document: setter(document, self.id, text)))
            show()

        def create(text: str) -> None:
            message.say(self.desk.do(lambda document: setter(document, self.id, text)))
            show()

        widget.chosen.connect(commit)
        widget.named.connect(create)
        self._showing.append(show)
        show()
        return widget

    def segmented(self, name: str, label: str, options: Sequence[tuple[str, str]]) -> Segmented:
        """One of two or three values side by side, below the label where the words are long."""
        holder = QWidget(self)
        row = line(holder)
        widget = Segmented(options, label, holder, even=False, side=3)
        beside = self._label + widget.sizeHint().width() <= BESIDE
        row.addSpacing(INSET if beside else INDENT)
        row.addWidget(widget, 1)
        if not beside:
            self.add(label, QWidget(self))
        message = self.add(label if beside else "", holder)

        def commit(value: str) -> None:
            message.say(self.desk.do(lambda document: commands.edit(document, self.id, **{name: value})))
            widget.show_value(str(self.value(name)))

        widget.chosen.connect(commit)
        self._showing.append(lambda: widget.show_value(str(self.value(name))))
        self._showing[-1]()
        return widget

    def switch(self, name: str, label: str) -> Switch:
        """Yes or no."""
        widget = Switch(label, self)
        message = self.add(label, widget, stretch=False)

        def commit(on: bool) -> None:
            message.say(self.desk.do(lambda document: commands.edit(document, self.id, **{name: on})))
            widget.setChecked(bool(self.value(name)))

        widget.clicked.connect(commit)
        self._showing.append(lambda: widget.setChecked(bool(self.value(name))))
        self._showing[-1]()
        return widget


class Several(QWidget):
    """A list of child records, one widget each: rows come and go with the records, the others stay as they are."""

    def __init__(
        self, ids: Callable[[], Sequence[Id]], make: Callable[[Id], QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ids, self._make = ids, make
        self._rows: dict[Id, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.refresh()

    def row(self, id_: Id) -> QWidget | None:
        """The widget of a record."""
        return self._rows.get(id_)

    def refresh(self) -> None:
        """Adds, drops and orders rows as the records are now, and refreshes each."""
        wanted = list(self._ids())
        for id_ in [one for one in self._rows if one not in wanted]:
            gone = self._rows.pop(id_)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, id_ in enumerate(wanted):
            row = self._rows.get(id_)
            if row is None:
                row = self._rows[id_] = self._make(id_)
                self._column.insertWidget(place, row)
                row.show()
            elif self._column.indexOf(row) != place:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)
            refresh(row)


def refresh(widget: QWidget) -> None:
    """Asks a widget of a page to show the map as it is now, if it can."""
    show = getattr(widget, "refresh", None)
    if callable(show):
        show()


def column(parent: QWidget, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> QVBoxLayout:
    """A plain column."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    return made


def line(parent: QWidget | None = None, *, spacing: int = 8) -> QHBoxLayout:
    """A plain row."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def clear(layout: QBoxLayout) -> None:
    """Empties a layout of its widgets."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
