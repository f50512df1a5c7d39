"""How rows of the outline look, and how they are renamed in place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from journeymap.i18n import _
from journeymap.model import lanes
from journeymap.ui.controls import ink, marks
from journeymap.ui.panels.lists import FOLDED, HIDDEN, HUE
from journeymap.ui.panels.opened import CONTENT, LANE, NUMBER, POINT, TRUTH, VERDICT, WHAT, WHOSE

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 28
EYE = 28
"""Width of the place at the right where the eye is clicked."""
FOLD = 30
"""Width of the place at the left where a phase is opened and closed."""
FOLD_POINT = 16
"""The same for a touchpoint, whose number stands beside it."""


class Rows(QStyledItemDelegate):
    """What all rows share: ground, selection, the field for renaming."""

    left = 30
    right = 8

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high."""
        del option, index
        return QSize(80, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then what the kind of row draws."""
        box = QRectF(option.rect).adjusted(8, 0, -8, 0)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            ink.panel(painter, box, "brand2")
        elif state & QStyle.StateFlag.State_MouseOver:
            ink.panel(painter, box, "hover")
        self.draw(painter, box, option, index)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            ink.focus_ring(painter, box, 6)

    def draw(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws a row's content into `box`."""
        raise NotImplementedError

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field in the row."""
        del option, index
        field = QLineEdit(parent)
        field.setAccessibleName(_("Name"))
        field.setStyleSheet("QLineEdit { min-height: 22px; border-radius: 5px; padding: 0 4px; }")
        return field

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Renames where the text differs."""
        if isinstance(editor, QLineEdit) and editor.text() != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Where the name stands."""
        del index
        editor.setGeometry(option.rect.adjusted(8 + self.left - 6, 1, -10, -1))


class JourneyRows(Rows):
    """Phases with chevron and count; touchpoints with number, moment of truth and their worst verdict; below an opened
    touchpoint what stands there, with the icon of its lane or the mark of its persona.
    """

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Where the name or text stands."""
        super().updateEditorGeometry(editor, option, index)
        if index.data(WHAT) == CONTENT:
            editor.setGeometry(option.rect.adjusted(8 + 44, 1, -10, -1))
        elif index.data(WHAT) == POINT:
            editor.setGeometry(option.rect.adjusted(8 + _room(index), 1, -10, -1))

    def _content(self, painter: QPainter, box: QRectF, index: Index) -> None:
        """A quiet line with the lane's icon; the prompt where nothing stands there yet."""
        at, hue = QPointF(box.left() + 38, box.center().y()), index.data(WHOSE)
        if hue:
            marks.persona(painter, at, hue, 4.2)
        else:
            ink.icon(painter, lanes.icon(index.data(LANE)), at, 13, "text3")
        text = index.data()
        words = text or lanes.name(index.data(LANE))
        place = QRectF(box.left() + 50, box.top(), box.width() - 56, box.height())
        ink.write(painter, place, words, tint="text2" if text else "text3", size=11)

    def draw(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        """A phase or a touchpoint."""
        name = index.data() or _("No name")
        tint = "text" if index.data() else "text3"
        number = str(index.data(NUMBER) or "")
        middle = box.center().y()
        what = index.data(WHAT)
        if what == CONTENT:
            self._content(painter, box, index)
            return
        view = option.widget
        opened = isinstance(view, QTreeView) and view.isExpanded(index)
        if what == POINT:
            if opened or option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
                beside = QPointF(box.left() - 4, middle)  # of the number and of the selection's edge
                ink.icon(painter, "caret-down" if opened else "caret-right", beside, 9, "control")
            room = _room(index)
            ink.write(
                painter, QRectF(box.left(), box.top(), room, box.height()), number, tint="text3", figures=True,
                align=Qt.AlignmentFlag.AlignRight,
            )  # fmt: skip
            right = box.right() - 6
            verdict = index.data(VERDICT)
            if verdict:
                marks.status(painter, QPointF(right - 6, middle), verdict)
            right -= 18
            if index.data(TRUTH):
                marks.ribbon(painter, QPointF(right - 4, middle))
                right -= 16
            place = QRectF(box.left() + room + 8, box.top(), right - box.left() - room - 8, box.height())
            ink.write(painter, place, name, tint=tint)
            return
        ink.icon(painter, "caret-down" if opened else "caret-right", QPointF(box.left() + 14, middle), 12)
        width = box.width() - self.left - 34
        ink.write(painter, QRectF(box.left() + 28, box.top(), width, box.height()), name, weight=600, tint=tint)
        ink.write(
            painter, box.adjusted(0, 0, -8, 0), number, tint="text3", figures=True, align=Qt.AlignmentFlag.AlignRight
        )


def _room(index: Index) -> int:
    """How much room a touchpoint's number takes; names of up to 99 stand in one line."""
    return max(24, 6 + 8 * len(str(index.data(NUMBER) or "")))


class ListRows(Rows):
    """A persona's marker or a lane's grip, the name, and the eye."""

    left = 28
    right = EYE

    def draw(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        """A persona or a lane."""
        del option
        hidden = bool(index.data(HIDDEN))
        middle = box.center().y()
        hue = index.data(HUE)
        if hue:
            marks.persona(painter, QPointF(box.left() + 14, middle), hue, 4.8, hollow=hidden)
        else:
            ink.icon(
                painter,
                "caret-right" if index.data(FOLDED) else "drag",
                QPointF(box.left() + 14, middle),
                12,
                "control",
            )
        eye = QPointF(box.right() - EYE / 2, middle)
        ink.icon(painter, "eye-off" if hidden else "eye", eye, 16, "text3")
        name = index.data() or _("No name")
        width = box.width() - self.left - EYE
        place = QRectF(box.left() + self.left, box.top(), width, box.height())
        ink.write(painter, place, name, tint="text3" if hidden or not index.data() else "text")
