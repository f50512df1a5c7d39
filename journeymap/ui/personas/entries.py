"""A list edited by keyboard: goals, needs, frustrations, channels, accessibility needs of a persona.

Enter goes on to a new line below, Backspace or Delete takes an empty line away, the arrows walk, Alt+arrows and the grip
move a line; several lines can be pasted. A line that is still empty is nobody's record yet.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Persona, Trait
from journeymap.ui.controls import ink
from journeymap.ui.controls.fields import ProseField
from journeymap.ui.panels.form import Desk, line

NEW = ""
"""Stands for the line that is nobody's record yet."""
Say = Callable[[str], None]
SHEET = """
QPlainTextEdit[look="entry"] { padding: 2px 7px; }
QPlainTextEdit[look="entry"]:focus { padding: 1px 6px; }
*[look="entry"]:!hover:!focus { border-color: transparent; background: transparent; }
*[look="entry"]:disabled { border-color: transparent; background: transparent; }
"""
"""Lines look like text until they are pointed at, and stand closer than fields; set on the panel that holds them."""


class EntryField(ProseField):
    """One line of a list. Signals beside those of `ProseField`: `entered()`, `emptied(step)`, `walked(step)`,
    `shifted(step)`, `poured(lines)` when several lines are pasted.
    """

    entered = Signal()
    emptied = Signal(int)
    walked = Signal(int)
    shifted = Signal(int)
    poured = Signal(list)

    _around = 10
    """Closer than fields of a form: it is a list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list."""
        key, held = Qt.Key(event.key()), event.modifiers()
        arrows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        empty = not self.toPlainText()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held & Qt.KeyboardModifier.ShiftModifier:
            self.commit()
            self.entered.emit()
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete} and empty:
            self.emptied.emit(-1 if key == Qt.Key.Key_Backspace else 1)
        elif key in arrows and held & Qt.KeyboardModifier.AltModifier:
            self.commit()
            self.shifted.emit(arrows[key])
        elif key in arrows and not held and self._at_edge(arrows[key]):
            self.walked.emit(arrows[key])
        else:
            super().keyPressEvent(event)

    def _at_edge(self, step: int) -> bool:
        """Whether an arrow would leave the field: the caret stands in the first or last line as it is broken."""
        there = QTextCursor(self.textCursor())
        way = QTextCursor.MoveOperation.Up if step < 0 else QTextCursor.MoveOperation.Down
        return not there.movePosition(way)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Several lines that are pasted become several entries."""
        lines = [part.strip(" \t•–-*") for part in source.text().splitlines() if part.strip(" \t•–-*")]
        if len(lines) > 1:
            self.poured.emit(lines)
        else:
            super().insertFromMimeData(source)


class Grip(QWidget):
    """The dash before an entry, by which it is dragged. `dragged(y)` and `dropped(y)` in global coordinates; `left()`."""

    dragged = Signal(int)
    dropped = Signal(int)
    left = Signal()

    def __init__(self, tint: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._tint, self._start = tint, -1
        self._moving = False
        self.setFixedWidth(18)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(_("Drag to another place. Alt+↑ and Alt+↓ move it too."))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.globalPosition().toPoint().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows where it would go."""
        y = event.globalPosition().toPoint().y()
        if self._start >= 0 and (self._moving or abs(y - self._start) > 4):
            self._moving = True
            self.grabKeyboard()
            self.dragged.emit(y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Moves it there."""
        moving = self._end()
        if moving:
            self.dropped.emit(event.globalPosition().toPoint().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape and self._end():
            self.left.emit()

    def _end(self) -> bool:
        moving, self._moving, self._start = self._moving, False, -1
        if moving:
            self.releaseKeyboard()
        return moving

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dash; a grip under the pointer."""
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            ink.icon(painter, "drag", QPointF(9, 13), 12, "text3")
        else:
            painter.fillRect(6, 12, 6, 2, ink.colour(self._tint()))

    def event(self, event: QEvent) -> bool:
        """Looks different under the pointer."""
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self.update()
        return super().event(event)


class _Row(QWidget):
    def __init__(self, owner: EntryList, prompt: str) -> None:
        super().__init__(owner)
        row = line(self, spacing=0)
        self.grip = Grip(owner.tint, self)
        self.field = EntryField(owner.title, self, prompt=prompt)
        self.field.setProperty("look", "entry")
        row.addWidget(self.grip)
        row.addWidget(self.field, 1)


class EntryList(QWidget):
    """The entries of one kind: `EntryList(desk, persona_id, kind, title, prompt, say)`."""

    def __init__(self, desk: Desk, persona: Id, kind: str, title: str, prompt: str, say: Say) -> None:
        super().__init__()
        self.title = title
        self._desk, self._persona, self._kind, self._prompt, self._say = desk, persona, kind, prompt, say
        self._rows: dict[Id, _Row] = {}
        self._before: Id | None = None  # where the new line stands; None: at the end
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._mark = QFrame(self)
        self._mark.setFixedHeight(2)
        self._mark.hide()
        self.setEnabled(not desk.open_map.session.read_only)
        self.refresh()

    # ------------------------------------------------------------ showing

    def ids(self) -> list[Id]:
        """The records, in order."""
        mine = self._desk.document.referring(Trait, "persona_id", self._persona)
        return [one.id for one in mine if one.kind == self._kind]

    def tint(self) -> str:
        """The persona's colour."""
        persona = self._desk.document.get(Persona, self._persona)
        return f"p{persona.hue if persona is not None else 1}"

    def field(self, id_: Id = NEW) -> EntryField:
        """The field of an entry, or of the new line."""
        return self._rows[id_].field

    def refresh(self) -> None:
        """Shows the entries as they are now."""
        ids = self.ids()
        if self._before is not None and self._before not in ids:
            self._before = None
        at = ids.index(self._before) if self._before is not None else len(ids)
        wanted = [*ids[:at], NEW, *ids[at:]]
        for id_ in [one for one in self._rows if one not in wanted]:
            gone = self._rows.pop(id_)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, id_ in enumerate(wanted):
            row = self._rows.get(id_) or self._made(id_)
            if self._column.indexOf(row) != place:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)
                row.show()
            trait = self._desk.document.get(Trait, id_) if id_ else None
            if trait is not None:
                row.field.show_value(trait.text)
            row.grip.update()
        self._rows[NEW].grip.setVisible(True)
        self._rows[NEW].setVisible(self.isEnabled() or not ids)

    def _made(self, id_: Id) -> _Row:
        row = self._rows[id_] = _Row(self, self._prompt)
        field = row.field
        field.committed.connect(partial(self._commit, id_))
        field.entered.connect(partial(self._next, id_))
        field.emptied.connect(partial(self._remove, id_))
        field.walked.connect(partial(self._walk, id_))
        field.poured.connect(partial(self._pour, id_))
        if id_:
            field.shifted.connect(partial(self._shift, id_))
            field.drafted.connect(partial(self._desk.keep, id_, "text"))
            field.dropped.connect(partial(self._desk.drop, id_, "text"))
            row.grip.dragged.connect(self._show_mark)
            row.grip.left.connect(self._mark.hide)
            row.grip.dropped.connect(partial(self._drop, id_))
            trait, draft = self._desk.document.get(Trait, id_), self._desk.draft(id_, "text")
            if draft is not None and trait is not None and draft != trait.text:
                field.show_draft(draft)
        return row

    # ------------------------------------------------------------ doing

    def _do(self, make: Callable[[Document], Change]) -> bool:
        reason = self._desk.do(make)
        self._say(reason)
        return not reason

    def _commit(self, id_: Id, text: str) -> None:
        """What was typed; an entry without words is taken away."""
        words = text.strip()
        if not id_:
            if words and self._do(
                lambda document: commands.add_trait(document, self._persona, self._kind, words, before_id=self._before)
            ):
                self.field().show_value("")
                self.field().clear()
                self.refresh()
            return
        self._desk.drop(id_, "text")
        if not words:
            self._do(lambda document: commands.delete(document, id_))
        else:
            self._do(lambda document: commands.edit(document, id_, text=words))
        self.refresh()

    def _next(self, id_: Id) -> None:
        """Enter: the new line stands below, and has the keyboard."""
        ids = self.ids()
        if id_ in ids:
            place = ids.index(id_) + 1
            self._before = ids[place] if place < len(ids) else None
            self.refresh()
        self.field().setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, id_: Id, step: int) -> None:
        """An empty line goes; the keyboard stays near."""
        order = self._order()
        at = order.index(id_)
        near = order[max(at - 1, 0)] if step < 0 else order[min(at + 1, len(order) - 1)]
        if id_:
            self.field(id_).show_value("")  # not to be committed as well when it loses the keyboard
            self._desk.drop(id_, "text")
            if not self._do(lambda document: commands.delete(document, id_)):
                self.refresh()
                return
            self.refresh()
        elif self._before is not None:
            self._before = None
            self.refresh()
        if near in self._rows and near != id_:
            self._stand(near, end=step < 0)
        elif not id_ and step < 0 and len(order) > 1 and at > 0:
            self._stand(order[at - 1], end=True)

    def _stand(self, id_: Id, *, end: bool) -> None:
        field = self.field(id_)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.moveCursor(QTextCursor.MoveOperation.End if end else QTextCursor.MoveOperation.Start)

    def _order(self) -> list[Id]:
        rows = {row: id_ for id_, row in self._rows.items()}
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        return [rows[widget] for item in items if item and (widget := item.widget()) in rows]

    def _walk(self, id_: Id, step: int) -> None:
        order = self._order()
        at = order.index(id_) + step
        if 0 <= at < len(order):
            self._stand(order[at], end=step < 0)
        else:
            self.focusNextPrevChild(step > 0)

    def _shift(self, id_: Id, step: int) -> None:
        """Alt+arrow: one place up or down."""
        ids = self.ids()
        if id_ not in ids:
            return
        to = ids.index(id_) + step
        if 0 <= to < len(ids):
            after = to + (1 if step > 0 else 0)
            before = ids[after] if after < len(ids) else None
            self._do(lambda document: commands.move(document, id_, before))
            self.refresh()
            self.field(id_).setFocus()

    def _pour(self, id_: Id, lines: list[str]) -> None:
        """Pasted lines become entries below this one, as one step."""
        ids = self.ids()
        before = self._before
        if id_ in ids:
            self.field(id_).commit()
            place = ids.index(id_) + 1
            before = ids[place] if place < len(ids) else None
        self._do(lambda document: commands.add_traits(document, self._persona, self._kind, lines, before_id=before))
        self.refresh()

    # ------------------------------------------------------------ dragging

    def _place_at(self, y: int) -> tuple[Id | None, int]:
        """Before which entry a global y means, and where the mark stands."""
        here = self.mapFromGlobal(QPoint(0, y)).y()
        for id_ in self.ids():
            row = self._rows[id_]
            if here < row.y() + row.height() / 2:
                return id_, row.y()
        ids = self.ids()
        last = self._rows[ids[-1]] if ids else self._rows[NEW]
        return None, last.y() + last.height()

    def _show_mark(self, y: int) -> None:
        _before, at = self._place_at(y)
        self._mark.setGeometry(18, max(at - 1, 0), self.width() - 18, 2)
        self._mark.setStyleSheet(f"background: {ink.colour('brand').name()};")
        self._mark.raise_()
        self._mark.show()

    def _drop(self, id_: Id, y: int) -> None:
        self._mark.hide()
        before, _at = self._place_at(y)
        self._do(lambda document: commands.move(document, id_, before))
        self.refresh()
