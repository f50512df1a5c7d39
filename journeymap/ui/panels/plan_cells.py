"""How the cells of the plan look, and how they are edited in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from journeymap.i18n import _
from journeymap.model import wording
from journeymap.model.records import Action
from journeymap.ui.controls import ink, marks
from journeymap.ui.panels.plan_rows import (
    ACTION,
    COST,
    DUE,
    FREQUENCY,
    LINE,
    OWNER,
    PAIN,
    SEVERITY,
    STATUS,
    Line,
    PlanModel,
    state_names,
)

Index = QModelIndex | QPersistentModelIndex
ROW = 60
LINE_HEIGHT = 17


class Cells(QStyledItemDelegate):
    """Draws the cells of the plan and edits them in place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high."""
        del option, index
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one cell."""
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, ink.colour("brand1"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink.colour("hair"))
        line, model = index.data(LINE), index.model()
        if isinstance(line, Line) and isinstance(model, PlanModel):
            inner = box.adjusted(8, 0, -8, 0)
            if index.column() in _OF_PAIN:
                if line.pain is not None and line.first:
                    _OF_PAIN[index.column()](painter, inner, index, line, model)
            else:
                _of_action(painter, inner, index, model.action(index), model)
        if option.state & QStyle.StateFlag.State_HasFocus:
            ink.focus_ring(painter, box.adjusted(0, 0, 0, -1), 4)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list for the status, a field for the rest."""
        del option
        if index.column() == STATUS:
            box = QComboBox(parent)
            for key, name in state_names().items():
                box.addItem(name, key)
            box.activated.connect(lambda _place: self._pick(box))
            return box
        field = QLineEdit(parent)
        field.setStyleSheet("QLineEdit { border-radius: 4px; }")
        field.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        return field

    def _pick(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What holds."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """One change, where it differs."""
        text = str(editor.currentData()) if isinstance(editor, QComboBox) else ""
        text = editor.text() if isinstance(editor, QLineEdit) else text
        if text != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, text, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """In the cell."""
        del index
        editor.setGeometry(option.rect.adjusted(1, 7, -1, -8))


def _pain(painter: QPainter, box: QRectF, index: Index, line: Line, model: PlanModel) -> None:
    top = "pain" if line.rank in {1, 2} else "text"
    ink.write(painter, box, str(line.rank), 16, 700, top, figures=True)
    _stack(painter, box.adjusted(28, 0, 0, 0), model.text(index), model.place(line), weight=600)


def _stack(painter: QPainter, box: QRectF, text: str, below: str = "", *, weight: int = 400, lines: int = 2) -> None:
    """One or two lines of text and a small one below, together in the middle of the cell."""
    shown = ink.broken(text, box.width(), 13, weight, lines)
    height = LINE_HEIGHT * len(shown) + 16 * bool(below)
    y = box.center().y() - height / 2
    for part in shown:
        ink.write(painter, QRectF(box.left(), y, box.width(), LINE_HEIGHT), part, 13, weight)
        y += LINE_HEIGHT
    ink.write(painter, QRectF(box.left(), y, box.width(), 16), below, 11, tint="text3")


def _severity(painter: QPainter, box: QRectF, _index: Index, line: Line, _model: PlanModel) -> None:
    if line.pain is not None:
        marks.severity(painter, QPointF(box.left(), box.center().y()), line.pain.severity)


def _share(painter: QPainter, box: QRectF, _index: Index, line: Line, _model: PlanModel) -> None:
    if line.pain is None or line.pain.frequency is None:
        ink.write(painter, box, _("not known"), tint="text3")
        return
    n = line.pain.pain.frequency_n
    middle = box.translated(0, -8) if n else box
    wide = max(line.pain.frequency * (box.width() - 42), 2)
    ink.panel(painter, QRectF(box.left(), middle.center().y() - 5, wide, 10), "pain", radius=2)
    tint = "text2" if line.pain.measured else "text"
    ink.write(painter, middle.adjusted(wide + 8, 0, 8, 0), wording.share(line.pain.frequency), tint=tint, figures=True)
    if n:
        below = QRectF(box.left(), middle.center().y() + 9, box.width(), 16)
        ink.write(painter, below, _("n {n}").format(n=wording.count(n)), 11, tint="text3", figures=True)


_OF_PAIN: dict[int, Callable[[QPainter, QRectF, Index, Line, PlanModel], None]] = {
    PAIN: _pain,
    SEVERITY: _severity,
    FREQUENCY: _share,
}


def _of_action(painter: QPainter, box: QRectF, index: Index, action: Action | None, model: PlanModel) -> None:
    column = index.column()
    if action is None:
        if column == ACTION:
            ink.write(painter, box, _("Answer it with an action …"), tint="text3")
    elif column == ACTION:
        number = f"A{action.number}"
        ink.write(painter, box, number, weight=700, tint="brand")
        left = ink.text_width(number, weight=700) + 8
        _stack(painter, box.adjusted(left, 0, 0, 0), action.title or _("No title yet"))
    elif column == OWNER:
        department = model.department(action)
        _stack(painter, box, department or action.owner or "–", action.owner if department else "", lines=1)
    elif column == DUE and action.due:
        day, _space, year = model.text(index).rpartition(" ")
        _stack(painter, box, day or year, year if day else "", lines=1)
    elif column == STATUS:
        marks.progress(painter, QPointF(box.left() + 8, box.center().y()), action.status)
        ink.write(painter, box.adjusted(22, 0, 0, 0), state_names().get(action.status, action.status))
    else:
        text = wording.number(action.cost) if column == COST and action.cost is not None else model.text(index)
        ink.write(painter, box, text or "–", tint="text" if text else "text3", figures=True)
