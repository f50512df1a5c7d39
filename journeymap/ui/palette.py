"""Find or do anything: one line that finds actions and records, by the words in their names (`lookup`)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from journeymap.i18n import _
from journeymap.ui import theme
from journeymap.ui.controls import ink
from journeymap.ui.controls.heads import Words
from journeymap.ui.lookup import Lookup

ROW = 28
BESIDE = int(Qt.ItemDataRole.UserRole) + 1
"""Holds the quiet word beside an entry: what kind of thing it is."""


class _Rows(QStyledItemDelegate):
    """Icon, name, and at the right what kind of thing it is."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as a row of a tree."""
        return QSize(80, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws it."""
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            ink.panel(painter, box, "brand2")
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ink.panel(painter, box, "hover")
        ink.icon(painter, str(index.data(Qt.ItemDataRole.DecorationRole)), QPointF(box.left() + 18, box.center().y()))
        beside = str(index.data(BESIDE) or "")
        wide = ink.text_width(beside) + 1
        room = box.adjusted(34, 0, -10, 0)
        ink.write(painter, QRectF(room.right() - wide, box.top(), wide, box.height()), beside, tint="text3")
        ink.write(painter, room.adjusted(0, 0, -wide - 12 if beside else 0, 0), str(index.data()))


class Finder(QFrame):
    """Floats under the command bar; arrows choose, Enter does, Escape closes."""

    def __init__(self, parent: QWidget, look_up: Callable[[], Lookup]) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("finder")
        self.setProperty("look", "card")
        self._look_up = look_up
        self._found: Lookup = Lookup(())
        self._line, self._list = QLineEdit(), QListWidget()
        self._line.setPlaceholderText(_("Find or do anything"))
        self._line.setAccessibleName(_("Find or do anything"))
        self._line.textChanged.connect(self._search)
        self._line.installEventFilter(self)
        self._list.setItemDelegate(_Rows(self._list))
        self._none = Words(_("Nothing has such a name."), tint="text3")
        self._none.setContentsMargins(10, 4, 10, 4)
        self._list.setStyleSheet("background: transparent;")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _item: self._choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._line)
        column.addWidget(self._list)
        column.addWidget(self._none)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(QPoint(0, 8))
        shadow.setColor(theme.colour("text", 0.18))
        self.setGraphicsEffect(shadow)
        self.hide()

    def open(self, right: int, top: int) -> None:
        """Opens with its upper right corner there, in the parent's pixels."""
        self.ask(_("Find or do anything"), self._look_up(), right, top)

    def ask(self, prompt: str, found: Lookup, right: int, top: int) -> None:
        """Opens on something else that is to be chosen by name."""
        self._line.setPlaceholderText(prompt)
        self._found = found
        width = min(440, self._around.width() - 24)
        self.setGeometry(max(12, right - width), top, width, 420)
        self._line.clear()
        self._search("")
        self.show()
        self.raise_()
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line that move the choice."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    step = 1 if event.key() == Qt.Key.Key_Down else -1
                    self._list.setCurrentRow(min(max(0, self._list.currentRow() + step), self._list.count() - 1))
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._choose()
                    return True
                case Qt.Key.Key_Escape:
                    self._leave()
                    return True
        elif event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def _search(self, words: str) -> None:
        self._list.clear()
        for entry in self._found.find(words):
            item = QListWidgetItem(entry.text)
            item.setToolTip(entry.text)
            item.setData(Qt.ItemDataRole.DecorationRole, entry.icon)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (entry.text, entry.beside))))
            item.setData(Qt.ItemDataRole.UserRole, entry.do)
            item.setData(BESIDE, entry.beside)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(self._list.count() * ROW)
        self._list.setVisible(self._list.count() > 0)
        self._none.setVisible(self._list.count() == 0)
        column = self.layout()
        if column is not None:
            column.activate()
            self.resize(self.width(), column.sizeHint().height())

    def _choose(self) -> None:
        item = self._list.currentItem()
        self._leave()
        if item is not None:
            item.data(Qt.ItemDataRole.UserRole)()

    def _leave(self) -> None:
        self.hide()
        self._around.setFocus()
