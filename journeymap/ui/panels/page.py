"""A page of the inspector: heading, sections with a rule between them, a way back to what the record belongs to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.records import Id, Touchpoint
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import IconButton, Painted, Pill
from journeymap.ui.controls.fields import ProseField
from journeymap.ui.controls.heads import Message, Rule, SectionHead, Words
from journeymap.ui.panels.form import INDENT, Desk, Form, column, line, refresh


class Page(QWidget):
    """All of one record. Subclasses build in `build`; `refresh` shows the map as it is now."""

    def __init__(self, desk: Desk, id_: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.id = desk, id_
        self._column = column(self, margins=(8, 12, 8, 24))
        self._parts: list[QWidget] = []
        self.message = Message(self)
        self.build()
        self._column.addWidget(self.message)
        self._column.addStretch(1)

    def build(self) -> None:
        """Adds the sections."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Shows the map as it is now."""
        for part in self._parts:
            refresh(part)

    def part(self, widget: QWidget) -> None:
        """Adds a widget that refreshes itself."""
        self._parts.append(widget)
        self._column.addWidget(widget)

    def section(
        self, title: str, *, add: str = "", act: Callable[[], None] | None = None, end: str = "", rule: bool = True
    ) -> SectionHead:
        """Adds a rule and a section head; `act` is what its plus does."""
        if rule:
            self._column.addWidget(Rule(self))
        editable = act is not None and not self.desk.open_map.session.read_only
        head = SectionHead(title, self, add=add if editable else "")
        head.setContentsMargins(INDENT, 0, 0, 0)
        head.end.setText(end)
        if act is not None:
            head.added.connect(act)
        self._column.addWidget(head)
        return head

    def heading(self, form: Form, number: str = "", *, name: str = "name", prompt: str = "") -> ProseField:
        """The record's name, large; `number` stands quietly before it."""
        holder = QWidget(self)
        row = line(holder, spacing=0)
        if number:
            words = Words(number, holder, size=16, weight=600, tint="text3", figures=True)
            words.setFixedHeight(38)
            row.addSpacing(INDENT)
            row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        field = ProseField(prompt or _("Name"), form, prompt=prompt or _("Name"), size=19, weight=600)
        row.addWidget(field, 1)
        message = Message(self)
        form.bind(field, name, message)
        self._column.addWidget(holder)
        self._column.addWidget(message)
        return field

    def say(self, reason: str) -> None:
        """Says at the foot of the page why something was refused."""
        self.message.say(reason)

    def back(self, id_: Id, text: str) -> None:
        """A way back to what this belongs to."""
        button = Pill(text, self, icon="caret-left", tone="quiet")
        button.clicked.connect(lambda: self.desk.selection.select(id_))
        self._column.addWidget(button)

    def remover(self, text: str) -> None:
        """Deletes this page's record, at the foot of the page; undo brings it back."""
        if self.desk.open_map.session.read_only:
            return
        button = Pill(text, self, icon="trash", tone="quiet")
        button.clicked.connect(lambda: self.say(self.desk.do(lambda document: commands.delete(document, self.id))))
        self._column.addWidget(Rule(self))
        self._column.addWidget(button)


class Leading(Painted):
    """A row that leads to another record: number, text and a quiet remark at the right."""

    def __init__(self, act: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number = self._end = ""
        self._tint = "brand"
        self.clicked.connect(act)

    def show_row(self, number: str, text: str, end: str = "", *, tint: str = "brand") -> None:
        """Shows this."""
        self._number, self._end, self._tint = number, end, tint
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(" ".join(part for part in (number, text, end) if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        if self.underMouse():
            ink.panel(painter, self.box(), "hover")
        box = self.box().adjusted(INDENT - 1, 0, -6, 0)
        ink.icon(painter, "arrow-right", QPointF(box.left() + 8, box.center().y()), 14, "text3")
        left = box.left() + 22
        if self._number:
            wide = ink.text_width(self._number, weight=700)
            ink.write(painter, QRectF(left, 0, wide + 2, box.height()), self._number, weight=700, tint=self._tint)
            left += wide + 6
        room = box.right() - left
        if self._end:
            wide = min(ink.text_width(self._end), room / 2)
            ink.write(
                painter, QRectF(box.right() - wide, 0, wide, box.height()), self._end, tint="text3",
                align=Qt.AlignmentFlag.AlignRight,
            )  # fmt: skip
            room -= wide + 8
        ink.write(painter, QRectF(left, 0, room, box.height()), self.text(), tint="text2")
        if self.hasFocus():
            ink.focus_ring(painter, self.box(), 6)


def remove_button(page: Page, id_: Id, name: str, parent: QWidget) -> IconButton:
    """A small cross that deletes one child record."""
    button = IconButton("close", name, parent, side=22, size=12)
    button.clicked.connect(lambda: page.say(page.desk.do(lambda document: commands.delete(document, id_))))
    button.setEnabled(not page.desk.open_map.session.read_only)
    return button


def touchpoint_title(page: Page, id_: Id | None) -> str:
    """What to write on the way back to a touchpoint."""
    touchpoint = page.desk.document.get(Touchpoint, id_)
    return (touchpoint.name or _("Touchpoint")) if touchpoint is not None else _("Map")
