"""A link on the screen: its line, its two ends that can be taken to other cards, and how it looks when selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from journeymap.model.picture import Box, Group, Path
from journeymap.model.records import Id, Link
from journeymap.ui import theme
from journeymap.ui.icons import outline

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

GRIP: Final = 5.0
"""Radius of the grips at the ends, in logical pixels."""

LIFT: Final = 14.0
"""So far above its card, in logical pixels, a link's first end is taken hold of."""


class Way(Struct, frozen=True):
    """A link as it is drawn now, in screen coordinates."""

    path: QPainterPath
    start: QPointF
    end: QPointF
    place: QRectF
    words: QRectF  # where its words stand; empty where it has none

    @property
    def grips(self) -> tuple[tuple[QPointF, str], ...]:
        """Where its ends are taken hold of; the first a little up its line, off the handle for new links."""
        up = min(LIFT, max(0.0, self.start.y() - self.path.boundingRect().top()))
        return ((self.end, "target_id"), (self.start - QPointF(0, up), "source_id"))

    @property
    def middle(self) -> QPointF:
        """Above the middle of its line, where its words are."""
        return QPointF((self.start.x() + self.end.x()) / 2, self.place.top() + 8)


def way(canvas: Canvas, link_id: Id | None) -> Way | None:
    """The line of a link; None where it is not drawn."""
    group = _group(canvas, link_id)
    if group is None:
        return None
    line = next((item for item in group.items if isinstance(item, Path) and item.stroke is not None), None)
    if line is None:
        return None
    zoom, corner = canvas.view.zoom, canvas.view.to_screen(group.x, group.y)
    path = QTransform(zoom, 0, 0, zoom, corner.x(), corner.y()).map(outline(list(line.steps)))
    last = path.elementAt(path.elementCount() - 1)
    first = path.elementAt(0)
    place = canvas.view.on_screen(QRectF(group.x, group.y, group.width, group.height))
    label = next((item for item in group.items if isinstance(item, Box)), None)
    words = QRectF() if label is None else QRectF(group.x + label.x, group.y + label.y, label.width, label.height)
    return Way(path, QPointF(first.x, first.y), QPointF(last.x, last.y), place, canvas.view.on_screen(words))


def _group(canvas: Canvas, link_id: Id | None) -> Group | None:
    place = canvas.sheet.place(link_id) if link_id is not None else None
    if place is None or canvas.map.document.get(Link, link_id) is None:
        return None
    found = canvas.sheet.visible(place.x, place.y, place.width, place.height)
    return next((group for group in found if group.meaning.record == link_id), None)


def grip(canvas: Canvas, at: QPointF) -> tuple[Id, str] | None:
    """The end of the selected link under a point of the screen: (link, "source_id" or "target_id")."""
    chosen = canvas.selection.first
    if canvas.map.document.get(Link, chosen) is None or chosen is None:
        return None
    found = way(canvas, chosen)
    if found is None:
        return None
    point, end = min(found.grips, key=lambda one: (one[0] - at).manhattanLength())
    return (chosen, end) if (point - at).manhattanLength() <= 1.6 * GRIP else None


def paint(canvas: Canvas, painter: QPainter, link_id: Id) -> None:
    """A selected link: its line in the brand's colour, with a grip at each end."""
    found = way(canvas, link_id)
    if found is None:
        return
    painter.save()
    if not found.words.isEmpty():
        # Its words are set into the line.
        around = QPainterPath()
        around.addRect(found.place.adjusted(-8, -8, 8, 8))
        hole = QPainterPath()
        hole.addRect(found.words)
        painter.setClipPath(around - hole, Qt.ClipOperation.IntersectClip)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("brand"), 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(found.path)
    painter.restore()
    painter.setPen(QPen(theme.colour("brand"), 1.5))
    painter.setBrush(theme.colour("card"))
    for end, _name in found.grips:
        painter.drawEllipse(end, GRIP, GRIP)
