"""Selecting what lies in a rectangle."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from journeymap.model.picture import Group
from journeymap.model.records import Id
from journeymap.ui import theme
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch

ROLES = frozenset({"touchpoint", "card", "pain", "opportunity", "action", "chip"})
"""What a band can take hold of."""


class Band(Gesture):
    """Drawn from empty ground: what it touches is selected; with Shift it is added, with Ctrl turned round."""

    def begin(self, at: Touch) -> None:
        """Fixes the first corner on the map, so that scrolling does not move it."""
        self._corner = (at.x, at.y)
        self._restore: tuple[Id, ...] = self.canvas.selection.ids
        self._rect = QRectF()

    def move(self, at: Touch) -> None:
        """Selects what is touched now; Shift and Ctrl count as they are held now."""
        x, y = self._corner
        left, top, width, height = min(x, at.x), min(y, at.y), abs(x - at.x), abs(y - at.y)
        self._rect = QRectF(left, top, width, height)
        caught = dict.fromkeys(
            group.meaning.record
            for group in self.canvas.sheet.visible(left, top, width, height)
            if group.meaning.role in ROLES and group.meaning.record and _touches(group, self._rect)
        )
        if at.copies:
            kept = [id_ for id_ in self._restore if id_ not in caught]
            self.canvas.selection.select(*kept, *(id_ for id_ in caught if id_ not in self._restore))
        else:
            self.canvas.selection.select(*(self._restore if at.adds else ()), *caught)

    def cancel(self) -> None:
        """Selects again what was selected."""
        self.canvas.selection.select(*self._restore)

    def paint(self, painter: QPainter) -> None:
        """The rectangle."""
        rect = self.canvas.view.on_screen(self._rect)
        painter.setPen(QPen(theme.colour("brand"), 1))
        painter.setBrush(theme.colour("brand", 0.08))
        painter.drawRect(rect)


def _touches(group: Group, rect: QRectF) -> bool:
    """Whether a group lies in a rectangle at least in part; a layout gives whole columns."""
    return (
        group.x < rect.right()
        and group.x + group.width > rect.left()
        and group.y < rect.bottom()
        and group.y + group.height > rect.top()
    )
