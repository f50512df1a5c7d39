"""Where the map stands in the window: zoom and scroll, with the phases held at the top and the lane names at the left.

Map units are those of the layout (pixels at 100 %); screen units are logical pixels of the viewport.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF

LEAST, MOST = 0.05, 4.0
"""The range of zoom."""

STEPS = (0.05, 0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 0.85, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Where the zoom keys stop."""

AFTER = 108
"""Free room after the last column and below the last lane, in logical pixels: what stands there can be scrolled out
from under the overview in the corner.
"""


class Sheet(Protocol):
    """What a view must know of a layout."""

    @property
    def width(self) -> float:
        """Of the whole drawing, lane names included."""
        ...

    @property
    def height(self) -> float:
        """Of the whole drawing, phases included."""
        ...

    @property
    def head_height(self) -> float:
        """Of the band of phases."""
        ...

    @property
    def names_width(self) -> float:
        """Of the column of lane names."""
        ...


class View(Struct, frozen=True):
    """Zoom, scroll (whole logical pixels) and the size of the viewport; immutable, so that gestures can go back."""

    zoom: float = 1.0
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0

    # ------------------------------------------------------------ mapping

    def left(self, sheet: Sheet) -> int:
        """Width of the lane names on the screen."""
        return round(sheet.names_width * self.zoom)

    def top(self, sheet: Sheet) -> int:
        """Height of the band of phases on the screen."""
        return round(sheet.head_height * self.zoom)

    def body(self, sheet: Sheet) -> QRect:
        """The part of the viewport in which the grid scrolls."""
        left, top = self.left(sheet), self.top(sheet)
        return QRect(left, top, max(0, self.width - left), max(0, self.height - top))

    def to_map(self, at: QPointF, sheet: Sheet) -> tuple[float, float]:
        """The place on the map under a point of the screen; over names and phases the scroll does not count."""
        x = at.x() if at.x() < self.left(sheet) else at.x() + self.x
        y = at.y() if at.y() < self.top(sheet) else at.y() + self.y
        return x / self.zoom, y / self.zoom

    def to_screen(self, x: float, y: float) -> QPointF:
        """Where a place of the grid stands on the screen."""
        return QPointF(x * self.zoom - self.x, y * self.zoom - self.y)

    def on_screen(self, place: QRectF) -> QRectF:
        """Where a rectangle of the grid stands on the screen."""
        return QRectF(self.to_screen(place.left(), place.top()), self.to_screen(place.right(), place.bottom()))

    # ------------------------------------------------------------ limits

    def range(self, sheet: Sheet) -> tuple[int, int]:
        """The largest scroll to the right and down; where the map goes on at the right, the overview lies over its foot."""
        over, below = (
            round(size * self.zoom) - room for size, room in ((sheet.width, self.width), (sheet.height, self.height))
        )
        return max(0, over + AFTER if over > 0 else 0), max(0, below + (AFTER if max(over, below) > 0 else AFTER // 4))

    def held(self, sheet: Sheet) -> View:
        """The same view within the map's limits."""
        right, down = self.range(sheet)
        return replace(self, x=min(max(0, self.x), right), y=min(max(0, self.y), down))

    # ------------------------------------------------------------ moves

    def with_place(self, zoom: float, place: tuple[float, float], at: QPointF) -> View:
        """Another zoom, with a place of the map at a point of the screen."""
        return replace(self, zoom=zoom, x=round(place[0] * zoom - at.x()), y=round(place[1] * zoom - at.y()))

    def stepped(self, direction: int) -> float:
        """The next zoom at which the keys stop, larger for +1 and smaller for −1."""
        if direction > 0:
            return next((step for step in STEPS if step > self.zoom * 1.01), MOST)
        return next((step for step in reversed(STEPS) if step < self.zoom / 1.01), LEAST)

    def fitted(self, sheet: Sheet, *, by_height: bool = True) -> View:
        """The whole map in the viewport (or all its width), never above 100 %, and where less, so that no bar is left."""
        room = min(self.width / max(1.0, sheet.width), 1.0)
        if by_height:
            room = min(room, (self.height - AFTER // 4) / max(1.0, sheet.height))
        return replace(self, zoom=max(LEAST, room), x=0, y=0)

    def holds(self, sheet: Sheet, zoom: float) -> bool:
        """Whether the whole map fits into the viewport at that zoom (where `sheet` is drawn)."""
        return sheet.width * zoom <= self.width + 0.5 and sheet.height * zoom <= self.height - AFTER // 4 + 0.5

    def showing(self, where: QRectF, sheet: Sheet, margin: int = 24) -> View:
        """Scrolled as little as needed so that a rectangle of the grid is seen, with some room around it."""
        body, place = self.body(sheet), self.on_screen(where)
        left = _shift(place.left() - margin, place.right() + margin, body.left(), body.right())
        up = _shift(place.top() - margin / 3, place.bottom() + margin / 3, body.top(), body.bottom())
        return replace(self, x=self.x + left, y=self.y + up).held(sheet)


def _shift(low: float, high: float, from_: int, to: int) -> int:
    if low < from_ or high - low > to - from_:
        return round(low - from_)
    return round(high - to) if high > to else 0
