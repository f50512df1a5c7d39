"""What every gesture is: it shows what will happen, changes nothing until its end, and can always be cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from journeymap.model.picture import Group

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


class Touch(Struct, frozen=True):
    """Where the pointer is: on the screen (logical pixels of the viewport), on the map, and over which group."""

    screen: QPointF
    x: float
    y: float
    group: Group | None
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def adds(self) -> bool:
        """Whether the selection is to be extended."""
        return bool(self.keys & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))

    @property
    def copies(self) -> bool:
        """Whether what is carried is to be copied; in a band, whether it turns the selection round."""
        return bool(self.keys & Qt.KeyboardModifier.ControlModifier)


class Gesture:
    """A movement of the pointer with the button held. Only `end` may change the map, by one Change.

    `begin` comes when the pointer has left the place of the press, `cancel` instead of `end` on Escape, on loss of
    focus and when the map changes under the hand; after either the gesture is gone, so nothing has to be put back.
    """

    cursor = Qt.CursorShape.ArrowCursor
    scrolls = "xy"  # the ways in which the map scrolls when the pointer reaches its edge: "xy", "x", "y", ""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def begin(self, at: Touch) -> None:
        """The pointer has moved away from the press at `at`."""

    def move(self, at: Touch) -> None:
        """The pointer is at `at` now."""

    def end(self, at: Touch) -> None:
        """The button was released at `at`."""

    def cancel(self) -> None:
        """Nothing is to happen."""

    def paint(self, painter: QPainter) -> None:
        """Shows, over the grid and in screen coordinates, what would happen now."""

    def paint_over(self, painter: QPainter) -> None:
        """The same over phases and lane names too."""
