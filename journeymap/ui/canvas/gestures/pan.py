"""Moving the paper: middle button, or left button with the space bar held."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt

from journeymap.ui.canvas.gestures.gesture import Gesture, Touch


class Pan(Gesture):
    """The map follows the pointer; cancelled, it goes back to where it was."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = ""

    def begin(self, at: Touch) -> None:
        """Remembers where the paper was taken."""
        self._from, self._view = at.screen, self.canvas.view

    def move(self, at: Touch) -> None:
        """Follows the pointer."""
        way = (at.screen - self._from).toPoint()
        self.canvas.look(replace(self._view, x=self._view.x - way.x(), y=self._view.y - way.y()))

    def cancel(self) -> None:
        """Goes back."""
        self.canvas.look(self._view)
