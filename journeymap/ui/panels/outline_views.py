"""The lists of the outline as they are looked at: their keys, the chevron, the eye, what is scrolled into sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QTreeView, QWidget

from journeymap.ui.panels import rows
from journeymap.ui.panels.lists import FOLDED
from journeymap.ui.panels.opened import GROUP, WHAT

Hint = QAbstractItemView.ScrollHint

WIDTH = 216
"""Of the outline, as it is designed."""


_ASKS: Final = {
    (Qt.Key.Key_Delete, False): "delete", (Qt.Key.Key_Backspace, False): "delete",
    (Qt.Key.Key_Up, True): "up", (Qt.Key.Key_Down, True): "down", (Qt.Key.Key_Insert, False): "add",
    (Qt.Key.Key_Insert, True): "phase",
}  # fmt: skip
"""What a key asks for, alone or with Alt."""


def _asked(event: QKeyEvent) -> str | None:
    return _ASKS.get((Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)))


def _renames(view: QAbstractItemView, event: QKeyEvent) -> bool:
    """Whether a key begins to name the current row."""
    renaming = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}
    return renaming and view.state() != QAbstractItemView.State.EditingState and view.currentIndex().isValid()


class JourneyTree(QTreeView):
    """Keys and the chevron; `wanted(str)` asks for delete, up, down, add or phase."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losing = False

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Hears of rows that go before its selection does, which then chooses another current one."""
        if model is not None:
            model.rowsAboutToBeRemoved.connect(self._lose)
            model.rowsRemoved.connect(self._lost)
        super().setModel(model)

    def _lose(self) -> None:
        self._losing = True

    def _lost(self) -> None:
        self._losing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 rename, Delete deletes, Alt+arrows move, Insert adds."""
        if _renames(self, event):
            self.edit(self.currentIndex())
        elif (ask := _asked(event)) is not None:
            self.wanted.emit(ask)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a chevron opens or closes the phase."""
        index = self.indexAt(event.position().toPoint())
        wide = rows.FOLD if index.data(WHAT) == GROUP else rows.FOLD_POINT
        on_chevron = index.isValid() and event.position().x() < wide
        if on_chevron and not index.flags() & Qt.ItemFlag.ItemNeverHasChildren:
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def scrollTo(self, index: rows.Index, hint: Hint = Hint.EnsureVisible) -> None:
        """What is far away comes to the middle, with its neighbours around it. Above the first row of a phase its name is
        shown too, where there is room for both.
        """
        if self._losing:
            return  # all rows would be laid out, and again without those that go; whoever selects scrolls afterwards
        if hint == Hint.EnsureVisible and self._is_far(index):
            top = index
            for _row in range(self.viewport().height() // rows.HEIGHT // 2):
                top = above if (above := self.indexAbove(top)).isValid() else top
            super().scrollTo(top, Hint.PositionAtTop)  # and no row is cut
        if index.row() == 0 and index.parent().isValid():
            super().scrollTo(index.parent(), hint)
        super().scrollTo(index, hint)

    def _is_far(self, index: rows.Index) -> bool:
        """More than half of what is seen away from it."""
        place, seen = self.visualRect(index), self.viewport().height()
        return not -seen / 2 <= place.top() <= seen * 1.5

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room is used for what was scrolled out of it."""
        super().resizeEvent(event)
        here = self.visualRect(self.currentIndex())
        if event.size().height() > event.oldSize().height() and here.intersects(self.viewport().rect()):
            self.scrollTo(self.currentIndex())

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:  # type: ignore[override]
        """The delegate draws the chevron."""


class RecordList(QListView):
    """Keys and the eye; `wanted(str)` asks for delete, up or down; `toggled(index, field)` for the eye or the fold."""

    wanted = Signal(str)
    toggled = Signal(QModelIndex, str)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(WIDTH, rows.HEIGHT * self.model().rowCount())

    def minimumSizeHint(self) -> QSize:
        """Three rows stay visible."""
        return QSize(120, rows.HEIGHT * min(self.model().rowCount(), 3))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space hides and shows, Left and Right fold, the rest as in the tree."""
        index = self.currentIndex()
        if _renames(self, event):
            self.edit(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self.toggled.emit(index, "hidden")
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and index.isValid():
            if bool(index.data(FOLDED)) != (event.key() == Qt.Key.Key_Left):
                self.toggled.emit(index, "folded")
        elif (ask := _asked(event)) is not None:
            self.wanted.emit(ask)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the eye hides or shows."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() > self.viewport().width() - 8 - rows.EYE:
            self.toggled.emit(index, "hidden")
            return
        super().mousePressEvent(event)
