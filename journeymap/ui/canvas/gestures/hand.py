"""The hand: turns presses, moves and releases into one gesture at a time, with one way to cancel it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from journeymap.ui.canvas.gestures.gesture import Gesture, Touch
from journeymap.ui.canvas.view import View

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

EDGE = 36
"""From how many pixels before the edge a held pointer scrolls the map."""


class Hand(QObject):
    """At most one gesture; `press` names it, it begins once the pointer has moved far enough to mean it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pressed: Touch | None = None
        self._meant: Callable[[], Gesture] | None = None
        self._gesture: Gesture | None = None
        self._last: Touch | None = None
        self._crept: View | None = None  # where the map stood before it scrolled under the gesture
        self._scroll = QTimer(self)
        self._scroll.setInterval(16)
        self._scroll.timeout.connect(self._creep)

    @property
    def busy(self) -> bool:
        """Whether a gesture has begun."""
        return self._gesture is not None

    @property
    def held(self) -> bool:
        """Whether the button is down for a gesture, begun or not."""
        return self._pressed is not None

    def press(self, at: Touch, meant: Callable[[], Gesture] | None) -> None:
        """The button goes down; `meant` makes the gesture once the pointer moves."""
        self.cancel()
        self._pressed, self._meant = at, meant

    def move(self, at: Touch) -> None:
        """The pointer moves with the button down."""
        if self._pressed is None:
            return
        self._last = at
        if self._gesture is None:
            far = (at.screen - self._pressed.screen).manhattanLength() >= QApplication.startDragDistance()
            if not far or self._meant is None:
                return
            self._gesture = self._meant()
            self._canvas.viewport().setCursor(self._gesture.cursor)
            self._gesture.begin(self._pressed)
            if self._gesture.scrolls:
                self._scroll.start()
        self._gesture.move(at)
        self._canvas.viewport().update()

    def release(self, at: Touch) -> bool:
        """The button goes up. True where that ended a gesture, False for a plain click."""
        gesture = self._gesture
        if gesture is None:
            self._forget()
            return False
        # Forget first: the change that `end` makes must not look like a change under the hand.
        self._forget()
        gesture.end(at)
        return True

    def cancel(self) -> bool:
        """The one way out of a gesture without an effect. True where there was one."""
        gesture, crept = self._gesture, self._crept
        was = self._pressed is not None
        if was:
            self._forget()
        if gesture is not None:
            gesture.cancel()
        if crept is not None:
            self._canvas.look(replace(crept, zoom=self._canvas.view.zoom))
        return was

    def paint(self, painter: QPainter) -> None:
        """Shows what the gesture would do."""
        if self._gesture is not None:
            self._gesture.paint(painter)

    def paint_over(self, painter: QPainter) -> None:
        """Shows it over phases and lane names too."""
        if self._gesture is not None:
            self._gesture.paint_over(painter)

    def _forget(self) -> None:
        self._scroll.stop()
        if self._gesture is not None:
            self._canvas.viewport().unsetCursor()
        self._pressed = self._meant = self._gesture = self._last = self._crept = None
        self._canvas.viewport().update()

    def _creep(self) -> None:
        if self._gesture is None or self._last is None:
            return
        body, at = self._canvas.view.body(self._canvas.sheet), self._last.screen
        ways = self._gesture.scrolls
        dx = _pull(at.x(), body.left(), body.right()) if "x" in ways else 0
        dy = _pull(at.y(), body.top(), body.bottom()) if "y" in ways else 0
        before = self._canvas.view
        if (dx or dy) and self._canvas.scroll_by(dx, dy):
            self._crept = self._crept or before
            self.move(self._canvas.touch(QPointF(at), self._last.keys))


def _pull(at: float, low: int, high: int) -> int:
    if at < low + EDGE:
        return -min(24, round((low + EDGE - at) / 2))
    return min(24, round((at - high + EDGE) / 2)) if at > high - EDGE else 0
