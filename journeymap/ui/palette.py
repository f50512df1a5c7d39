"""Find or do anything: one line that finds actions and records, by the words in their names (`lookup`)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from journeymap.i18n import _
from journeymap.ui import icons, theme
from journeymap.ui.lookup import Lookup

LONGEST = 52
"""Longer names end in an ellipsis."""


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
        self._list.setIconSize(QSize(16, 16))
        self._list.setStyleSheet("background: transparent;")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _item: self._choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._line)
        column.addWidget(self._list)
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
            item = QListWidgetItem(icons.icon(entry.icon, theme.colour("text2")), entry.text)
            short = entry.text if len(entry.text) <= LONGEST else entry.text[: LONGEST - 1].rstrip() + "…"
            item.setText(f"{short}   ·   {entry.beside}" if entry.beside else short)
            item.setData(Qt.ItemDataRole.UserRole, entry.do)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(max(1, self._list.count()) * max(26, self._list.sizeHintForRow(0)) + 4)
        self.resize(self.width(), self._list.height() + self._line.sizeHint().height() + 24)

    def _choose(self) -> None:
        item = self._list.currentItem()
        self._leave()
        if item is not None:
            item.data(Qt.ItemDataRole.UserRole)()

    def _leave(self) -> None:
        self.hide()
        self._around.setFocus()
