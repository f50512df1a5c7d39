"""How the cells of the register look, and how they are edited in place: with what is usual offered while one types."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from journeymap.i18n import _
from journeymap.model import register
from journeymap.ui.controls import ink
from journeymap.ui.panels.register_rows import (
    BASIS,
    DATA,
    ENTRY,
    FIELDS,
    LINE,
    NONE,
    OPEN,
    PHASE,
    PURPOSE,
    RETENTION,
    TOUCHPOINT,
    Line,
    no_special,
)

Index = QModelIndex | QPersistentModelIndex
HEIGHTS = {PHASE: 34, ENTRY: 64, OPEN: 38, NONE: 38}
LINE_HEIGHT = 17
LINES = 3
EDITOR = 240
"""A field is as wide as its cell, but never narrower than this."""


def choices(column: int) -> list[str]:
    """What is offered in a column; anything else may be typed too."""
    if column == RETENTION:
        return register.retentions()
    if column == BASIS:
        bases = [register.basis(key) for key in register.BASES]
        return [*bases, *(register.condition(key) for key in register.CONDITIONS), no_special()]
    return []


class Cells(QStyledItemDelegate):
    """Draws the cells of the register and edits them in place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one kind are as high."""
        del option
        line = index.data(LINE)
        return QSize(80, HEIGHTS[line.kind] if isinstance(line, Line) else HEIGHTS[ENTRY])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one cell."""
        box, line = QRectF(option.rect), index.data(LINE)
        if not isinstance(line, Line):
            return
        if line.kind == PHASE:
            painter.fillRect(box.adjusted(0, 4, 0, 0), ink.colour("sunk"))
            if index.column() == TOUCHPOINT:
                ink.write(painter, box.adjusted(8, 4, -8, 0), str(index.data()), weight=600)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, ink.colour("brand1"))
        if line.first or index.column() != TOUCHPOINT:
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), ink.colour("hair"))
        _cell(painter, box.adjusted(8, 0, -8, 0), index, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            ink.focus_ring(painter, box.adjusted(0, 1, 0, 0), 4)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field; where there are usual answers they hang below it and are narrowed down by typing."""
        del option
        field = QLineEdit(parent)
        field.setStyleSheet("QLineEdit { border-radius: 4px; }")
        field.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        offered = choices(index.column())
        if offered:
            completer = QCompleter(offered, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(len(offered))
            if (popup := completer.popup()) is not None:
                popup.setObjectName("offered")
                popup.setAccessibleName(field.accessibleName())
                popup.setMinimumWidth(round(max(ink.text_width(one) for one in offered)) + 48)
            field.setCompleter(completer)
            completer.activated.connect(lambda _text: self._picked(field))
            QTimer.singleShot(0, field, lambda: _offer(field, completer))
        return field

    def _picked(self, field: QLineEdit) -> None:
        self.commitData.emit(field)
        self.closeEditor.emit(field)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What holds."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """One change, where it differs."""
        if isinstance(editor, QLineEdit) and editor.text() != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """In the cell."""
        del index
        around = editor.parentWidget()
        room = around.width() if around is not None else option.rect.right()
        wide = min(max(option.rect.width() - 2, EDITOR), room)
        left = min(option.rect.left() + 1, room - wide)
        editor.setGeometry(left, option.rect.center().y() - 17, wide, 36)


def _offer(field: QLineEdit, completer: QCompleter) -> None:
    """Opens the list of usual answers, all of them, before anything is typed."""
    if field.isVisible() and field.hasFocus() and field.selectedText() == field.text():
        completer.setCompletionPrefix("")
        completer.complete()


def _cell(painter: QPainter, box: QRectF, index: Index, line: Line) -> None:
    column = index.column()
    if column == TOUCHPOINT:
        if line.first:
            _stack(painter, box, str(index.data()), weight=600)
        return
    if line.kind in {OPEN, NONE}:
        if column == DATA:
            said, tint = (_("No entry yet"), "pain") if line.kind == OPEN else (_("No personal data here"), "text2")
            ink.write(painter, box, said, tint=tint)
        return
    assert line.entry is not None
    lacks = register.lacking(line.entry)
    text, name = str(index.data()), FIELDS[column]
    shown, tint = (_("not stated"), "pain") if name in lacks else (text, "text2" if column == PURPOSE else "text")
    if column != BASIS:
        _stack(painter, box, shown, tint=tint, weight=500 if column == DATA and name not in lacks else 400)
        return
    below = _("special categories?") if "special" in lacks else register.condition_short(line.entry.special)
    _stack(painter, box, shown, below, tint=tint, below_tint="pain" if "special" in lacks else "text2")


def _stack(
    painter: QPainter, box: QRectF, text: str, below: str = "", *, weight: int = 400, tint: str = "text",
    below_tint: str = "text2",
) -> None:  # fmt: skip
    """Up to three lines of text, the last one smaller where there is a remark, in the middle of the cell."""
    shown = ink.broken(text, box.width(), 13, weight, LINES - bool(below))
    height = LINE_HEIGHT * (len(shown) + bool(below))
    y = box.center().y() - height / 2
    for part in shown:
        ink.write(painter, QRectF(box.left(), y, box.width(), LINE_HEIGHT), part, 13, weight, tint)
        y += LINE_HEIGHT
    if below:
        ink.write(painter, QRectF(box.left(), y, box.width(), LINE_HEIGHT), below, 12, tint=below_tint)
