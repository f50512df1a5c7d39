"""How the cells of the table look, and how they are edited: a field, with what is known offered; lists line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from journeymap.ui.controls import ink
from journeymap.ui.panels.table_columns import Column

if TYPE_CHECKING:
    from journeymap.ui.panels.table import TouchpointTable

Index = QModelIndex | QPersistentModelIndex
EDITOR, LINES, LINE = 220, 5, 20


class Cells(QStyledItemDelegate):
    """Draws and edits the cells of a table of touchpoints."""

    def __init__(self, table: TouchpointTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line of text; the first row of a phase stands under a stronger rule."""
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, ink.colour("brand1"))
        painter.fillRect(
            QRectF(box.left(), box.top(), box.width(), 1), ink.colour("border" if self._begins(index) else "hair")
        )
        strong = self._column(index).key == "name"
        text = str(index.data() or "")
        ink.write(
            painter, box.adjusted(8, 0, -8, 0), text, weight=500 if strong else 400, tint="text" if strong else "text2"
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            ink.focus_ring(painter, box.adjusted(1, 2, -1, -1), 4)

    def _column(self, index: Index) -> Column:
        return self._table.touchpoints.columns[index.column()]

    def _begins(self, index: Index) -> bool:
        """Whether a phase begins with this row."""
        model = self._table.touchpoints
        phase = model.column("phase")
        return index.row() > 0 and model.text(index.row(), phase) != model.text(index.row() - 1, phase)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field; for a list one of several lines."""
        del option
        column = self._column(index)
        if column.several:
            lines = QPlainTextEdit(parent)
            lines.setTabChangesFocus(True)
            lines.setAccessibleName(column.title)
            lines.setObjectName("cell-lines")
            lines.document().setDocumentMargin(2)
            return lines
        field = QLineEdit(parent)
        field.setAccessibleName(column.title)
        field.setStyleSheet("QLineEdit { border-radius: 4px; }")
        if column.offers is not None:
            completer = QCompleter(list(dict.fromkeys(column.offers(self._table.touchpoints.document))), field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            field.setCompleter(completer)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What holds."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """One change, where it differs."""
        text = editor.text() if isinstance(editor, QLineEdit) else ""
        if isinstance(editor, QPlainTextEdit):
            text = editor.toPlainText()
        if text.strip() != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, text, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """In the cell; a list has room for some lines."""
        around = editor.parentWidget()
        room = around.rect() if around is not None else option.rect
        wide = min(max(option.rect.width(), EDITOR), room.width())
        left = max(0, min(option.rect.left(), room.width() - wide))
        if not isinstance(editor, QPlainTextEdit):
            editor.setGeometry(left, option.rect.top(), wide, option.rect.height())
            return
        count = min(LINES, max(2, str(index.data(Qt.ItemDataRole.EditRole) or "").count("\n") + 2))
        high = count * LINE + 12
        editor.setGeometry(left, max(0, min(option.rect.top(), room.height() - high)), wide, high)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter keeps and goes down (Shift+Enter begins a line), Tab keeps and goes right, Escape gives up."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if isinstance(editor, QPlainTextEdit) and shift:
                    return False
                self._keep(editor, 0, 1)
            case Qt.Key.Key_Tab:
                self._keep(editor, 1, 0)
            case Qt.Key.Key_Backtab:
                self._keep(editor, -1, 0)
            case _:
                return super().eventFilter(editor, event)
        return True

    def _keep(self, editor: QWidget, dx: int, dy: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self._table.setFocus()
        self._table.step(dx, dy)
