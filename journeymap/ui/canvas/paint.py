"""The drawing list on a QPainter: one function per kind of item, the same list that paper gets.

Why no QGraphicsScene: the layout already knows what is visible by bisection and what lies under the pointer, and one
drawing list must serve screen and paper; a scene would be a second copy of both.

A `Brush` carries the painter, the theme and the scale of the surface. Hairlines and edges of boxes snap to device
pixels; texts stand where the measurer put them. A `Kit` keeps pens and outlines from frame to frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import floor
from typing import Any, Final, Protocol

from msgspec import Struct, field
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTransform

from journeymap.model.picture import Box, Chart, Ellipse, Group, Image, Item, Line, Path, Stroke, Text, placed
from journeymap.ui.canvas import trail
from journeymap.ui.fonts import font, load_wide
from journeymap.ui.icons import outline

_WIDE_FROM: Final = "\u2300"
"""From here on a sign may be one that only the fonts of last resort have."""

NEARLY: Final = 0.5 + 1e-6
"""What lies half-way goes the same way, however a sum of places has been rounded."""

NUDGE: Final = 1 / 256
"""The same for letters, which Qt puts on pixels: a little to the right and down, in device pixels."""

Pictures = Callable[[str, float], QImage | None]
"""From a content hash, and a width in device pixels that it should at least have, to the picture; None where it is not
there.
"""


class Ink(Protocol):
    """Where colours come from: `ui.theme.Theme`, or a fixed table."""

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        """The colour of a token or of "#RRGGBB"."""
        ...


def no_pictures(content_hash: str, wide: float) -> QImage | None:  # noqa: ARG001
    """For maps without attachments."""
    return None


class Kit(Struct):
    """Pens and outlines made once and used in every frame; a new one for another theme or zoom.

    Outlines are kept by the identity of their item, which is held along so that the identity stays its own.
    """

    pens: dict[tuple[Stroke, float], QPen] = field(default_factory=dict)
    paths: dict[int, tuple[Item, QPainterPath]] = field(default_factory=dict)
    parts: dict[int, tuple[Item, list[trail.Piece] | None]] = field(default_factory=dict)

    def path(self, item: Path | Text, made: Callable[[], QPainterPath]) -> QPainterPath:
        """The outline of an item."""
        found = self.paths.get(id(item))
        if found is None:
            if len(self.paths) > 4000:
                self.paths.clear()
            found = self.paths[id(item)] = (item, made())
        return found[1]

    def pieces(self, item: Path) -> list[trail.Piece] | None:
        """The steps of a long line, each with its place along it; None where it is to be drawn whole."""
        found = self.parts.get(id(item))
        if found is None:
            if len(self.parts) > 4000:
                self.parts.clear()
            found = self.parts[id(item)] = (
                item,
                trail.pieces(item.steps, dashed=bool(item.stroke and item.stroke.dash)),
            )
        return found[1]


class Brush(Struct):
    """A painter with what the items need; `scale` is device pixels per unit of the picture, `ratio` device pixels
    per logical pixel.
    """

    painter: QPainter
    ink: Ink
    scale: float = 1.0
    ratio: float = 1.0
    dx: float = 0.0  # of the group being painted, in logical pixels
    dy: float = 0.0
    pictures: Pictures = no_pictures
    least: float = 0.0  # texts smaller than this are left out (from far away)
    kit: Kit = field(default_factory=Kit)
    left: float = float("-inf")  # what can be seen, in the coordinates of the items being painted
    right: float = float("inf")

    def place(self, x: float, y: float, zoom: float, seen: tuple[float, float] | None = None) -> None:
        """Puts the origin of the next items at (x, y) logical pixels, enlarged by `zoom`; `seen` is the range of x, in
        logical pixels, outside of which nothing need be painted.
        """
        self.dx, self.dy, self.scale = x, y, zoom * self.ratio
        self.painter.setTransform(QTransform(zoom, 0, 0, zoom, x, y))
        if seen is not None:
            self.left, self.right = (seen[0] - x) / zoom, (seen[1] - x) / zoom

    # Not `round`: it goes to even numbers at a half, so a line would jump while the map scrolls.

    def snap_x(self, x: float, half: float = 0.0) -> float:
        """The nearest x whose device pixel edge (plus `half`) it is."""
        at = self.dx * self.ratio
        return (floor(x * self.scale + at + NEARLY) + half - at) / self.scale

    def snap_y(self, y: float, half: float = 0.0) -> float:
        """The nearest y whose device pixel edge (plus `half`) it is."""
        at = self.dy * self.ratio
        return (floor(y * self.scale + at + NEARLY) + half - at) / self.scale


WIDE = 1600.0
"""From this width on a group's items are looked at one by one, whether they can be seen."""


def group(brush: Brush, what: Group) -> None:
    """Paints the items of a group; the brush stands at its origin."""
    if what.width < WIDE:
        items(brush, what.items)
    else:
        items(brush, (item for item in what.items if _seen(brush, item)))


def items(brush: Brush, what: Iterable[Item]) -> None:
    """Paints items in their order."""
    for item in what:
        _PAINTERS[type(item)](brush, item)


def _seen(brush: Brush, item: Item) -> bool:
    match item:
        case Line():
            return min(item.x1, item.x2) <= brush.right and max(item.x1, item.x2) >= brush.left
        case Ellipse():
            return item.x - item.rx <= brush.right and item.x + item.rx >= brush.left
        case Text():
            return item.x - item.width - 4 <= brush.right and item.x + item.width + 4 >= brush.left
    return True


# ---------------------------------------------------------------- pens


def pen(brush: Brush, stroke: Stroke) -> QPen:
    """A pen for a stroke; a hair is one device pixel at least."""
    found = brush.kit.pens.get((stroke, brush.scale))
    if found is None:
        found = brush.kit.pens[stroke, brush.scale] = _pen(brush, stroke)
    return found


def _pen(brush: Brush, stroke: Stroke) -> QPen:
    width = stroke.width
    if stroke.hair:
        width = max(width, 1 / brush.scale) if brush.scale < 1 else max(1, round(width * brush.scale)) / brush.scale
    made = QPen(brush.ink.colour(stroke.colour), width)
    made.setCapStyle(trail.CAPS[stroke.cap])
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin if stroke.cap == "round" else Qt.PenJoinStyle.MiterJoin)
    if stroke.dash:
        # Qt counts dashes in widths of the pen.
        made.setDashPattern([max(length / stroke.width, 0.01) for length in stroke.dash])
    return made


def _faint(ink: Ink, token: str, opacity: float) -> QColor:
    """A faint line as it is seen on the wash of a phase, where they all are: one that lets the ground through takes Qt
    seven times as long.
    """
    line, ground = ink.colour(token), ink.colour("wash")
    parts = ((ground.redF(), line.redF()), (ground.greenF(), line.greenF()), (ground.blueF(), line.blueF()))
    return QColor.fromRgbF(*(under + (over - under) * opacity for under, over in parts))


def _odd(brush: Brush, width: float) -> float:
    """Half a device pixel where a line of that width must stand on the middle of pixels."""
    return 0.5 if max(1, round(width * brush.scale)) % 2 else 0.0


def outside(width: float, scale: float) -> int:
    """How many device pixels of a border of that width lie outside of its box: one alone is drawn within it."""
    return max(1, round(width * scale)) // 2


# ---------------------------------------------------------------- items


def _box(brush: Brush, item: Box) -> None:
    painter = brush.painter
    half = _odd(brush, item.stroke.width) if item.stroke else 0.0
    left, top = brush.snap_x(item.x, half), brush.snap_y(item.y, half)
    shape = QRectF(
        left,
        top,
        brush.snap_x(item.x + item.width, -half if half else 0.0) - left,
        brush.snap_y(item.y + item.height, -half if half else 0.0) - top,
    )
    if item.radius:
        painter.setPen(pen(brush, item.stroke) if item.stroke else Qt.PenStyle.NoPen)
        painter.setBrush(brush.ink.colour(item.fill, item.opacity) if item.fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(shape, item.radius, item.radius)
        return
    if item.fill:
        painter.fillRect(shape, brush.ink.colour(item.fill, item.opacity))
    if item.stroke:
        painter.setPen(pen(brush, item.stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(shape)


def _line(brush: Brush, item: Line) -> None:
    x1, y1, x2, y2 = item.x1, item.y1, item.x2, item.y2
    half = _odd(brush, item.stroke.width)
    if x1 == x2:
        x1 = x2 = brush.snap_x(x1 - half / brush.scale, half)
    if y1 == y2:
        y1 = y2 = brush.snap_y(y1 - half / brush.scale, half)
    brush.painter.setPen(pen(brush, item.stroke))
    brush.painter.drawLine(QLineF(x1, y1, x2, y2))


def _path(brush: Brush, item: Path) -> None:
    painter = brush.painter
    if item.fill:
        painter.fillPath(brush.kit.path(item, lambda: outline(item.steps)), brush.ink.colour(item.fill, item.opacity))
    if not item.stroke:
        return
    made = QPen(pen(brush, item.stroke))
    if item.opacity < 1 and not item.fill:
        made.setColor(_faint(brush.ink, item.stroke.colour, item.opacity))
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    parts = brush.kit.pieces(item)
    if parts is None:
        painter.strokePath(brush.kit.path(item, lambda: outline(item.steps)), made)
        return
    reach = 8 * made.widthF()
    left, right = brush.left - reach, brush.right + reach
    if not item.stroke.dash:
        for shape in trail.seen(parts, left, right):
            painter.strokePath(shape, made)
        return
    for shape in trail.dashes(parts, item.stroke, left, right):
        painter.fillPath(shape, made.color())


def _ellipse(brush: Brush, item: Ellipse) -> None:
    painter = brush.painter
    painter.setPen(pen(brush, item.stroke) if item.stroke else Qt.PenStyle.NoPen)
    painter.setBrush(brush.ink.colour(item.fill, item.opacity) if item.fill else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(item.x, item.y), item.rx, item.ry)


def _text(brush: Brush, item: Text) -> None:
    if item.size < brush.least:
        return
    if not item.text.isascii() and max(item.text) >= _WIDE_FROM:
        load_wide()
    painter = brush.painter
    face = font(item.size, item.weight, item.figures)
    x = item.x
    if item.anchor != "start":
        # The measurer's width leaves kerning out; at a right edge the real end of the letters counts.
        width = QFontMetricsF(face).horizontalAdvance(item.text)
        x -= width if item.anchor == "end" else width / 2
    painter.setFont(face)
    if item.rotate:
        painter.save()
        painter.translate(item.x, item.y)
        painter.rotate(item.rotate)
        painter.translate(-item.x, -item.y)
    if item.halo:
        _halo(brush, item, x)
    painter.setPen(brush.ink.colour(item.colour))
    # Letters stand on whole pixels: what lies half-way must not depend on how a sum of places has been rounded.
    painter.drawText(QPointF(x + NUDGE / brush.scale, item.y + NUDGE / brush.scale), item.text)
    if item.rotate:
        painter.restore()


def _halo(brush: Brush, item: Text, x: float) -> None:
    def letters() -> QPainterPath:
        shape = QPainterPath()
        shape.addText(0, 0, font(item.size, item.weight, item.figures), item.text)
        return shape

    made = QPen(brush.ink.colour(item.halo or "stage0"), item.size / 3)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    brush.painter.strokePath(brush.kit.path(item, letters).translated(x, item.y), made)


def _image(brush: Brush, item: Image) -> None:
    found = brush.pictures(item.content_hash, item.width * brush.scale)
    place = QRectF(item.x, item.y, item.width, item.height)
    if found is None or found.isNull():
        brush.painter.setPen(pen(brush, Stroke("border", 1, hair=True)))
        brush.painter.setBrush(Qt.BrushStyle.NoBrush)
        brush.painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    brush.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if not item.round:
        whole = QRectF(*placed(item, found.width(), found.height()))
        seen, scale = whole & place, found.width() / whole.width()
        part = QRectF(
            (seen.x() - whole.x()) * scale, (seen.y() - whole.y()) * scale, seen.width() * scale, seen.height() * scale
        )
        brush.painter.drawImage(seen, found, part)
        return
    scale = max(place.width() / found.width(), place.height() / found.height())
    wide, high = found.width() * scale, found.height() * scale
    inside = QRectF(place.center().x() - wide / 2, place.center().y() - high / 2, wide, high)
    # A brush and not a clip: its edge is smooth.
    filled = QBrush(found)
    filled.setTransform(QTransform(scale, 0, 0, scale, inside.left(), inside.top()))
    brush.painter.setPen(Qt.PenStyle.NoPen)
    brush.painter.setBrush(filled)
    brush.painter.drawEllipse(place)


def _chart(brush: Brush, item: Chart) -> None:
    items(brush, item.items)


_PAINTERS: Mapping[type, Callable[[Brush, Any], None]] = {
    Box: _box,
    Line: _line,
    Path: _path,
    Ellipse: _ellipse,
    Text: _text,
    Image: _image,
    Chart: _chart,
}
