"""The map's parts on their surfaces: grid, band of phases, lane names, each culled to what is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter

from journeymap.model.picture import Group
from journeymap.ui import theme
from journeymap.ui.canvas import paint
from journeymap.ui.canvas.surface import Surface
from journeymap.ui.canvas.view import View

if TYPE_CHECKING:
    from journeymap.model.layout import Layout

GROUND = "stage0"
TEXT_FROM = 3.5
"""Letters smaller than this on the screen (logical pixels) are not drawn: nobody can read them."""


class Drawing:
    """Three kept surfaces of one layout; `damage` says what is stale, `paint` shows them for a view."""

    def __init__(self, pictures: paint.Pictures = paint.no_pictures) -> None:
        self._pictures = pictures
        self._body, self._head, self._names = Surface(), Surface(), Surface()
        self._zoom = 1.0

    def spoil(self) -> None:
        """Everything must be painted anew."""
        for surface in (self._body, self._head, self._names):
            surface.spoil()

    def damage(self, rects: Iterable[QRectF], layout: Layout) -> None:
        """These rectangles of the grid (map units) must be painted anew; phases and names too."""
        left, top = round(layout.names_width * self._zoom), round(layout.head_height * self._zoom)
        for rect in rects:
            on = QRectF(
                rect.x() * self._zoom, rect.y() * self._zoom, rect.width() * self._zoom, rect.height() * self._zoom
            )
            self._body.spoil(on.translated(-left, -top).toAlignedRect().adjusted(-2, -2, 2, 2))

    def spoil_edges(self) -> None:
        """Phases and lane names must be painted anew."""
        self._head.spoil()
        self._names.spoil()

    def paint_body(self, painter: QPainter, view: View, layout: Layout, ratio: float) -> None:
        """Shows the grid."""
        self._zoom = view.zoom
        body, at = view.body(layout), QPoint(view.x, view.y)

        def fill(on: QPainter, rect: QRect) -> None:
            origin = QPoint(body.left(), body.top()) + at
            asked = _in_map(rect.translated(origin), view.zoom)
            self._fill(on, rect, layout.visible(*asked.getRect()), view.zoom, -origin, ratio)

        if not body.isEmpty():
            painter.drawPixmap(body.topLeft(), self._body.shown(body.size(), at, ratio, self._key(view), fill))

    def paint_edges(self, painter: QPainter, view: View, layout: Layout, ratio: float) -> None:
        """Shows the band of phases, the lane names, and the corner between them."""
        body, key = view.body(layout), self._key(view)
        left, top = body.left(), body.top()

        def head(on: QPainter, rect: QRect) -> None:
            origin = QPoint(left + view.x, 0)
            asked = _in_map(rect.translated(origin), view.zoom)
            self._fill(on, rect, _touching(layout.head, asked), view.zoom, -origin, ratio)

        def names(on: QPainter, rect: QRect) -> None:
            origin = QPoint(0, top + view.y)
            asked = _in_map(rect.translated(origin), view.zoom)
            self._fill(on, rect, _touching(layout.names, asked), view.zoom, -origin, ratio)

        if top > 0:
            size = QSize(body.width(), top)
            painter.drawPixmap(left, 0, self._head.shown(size, QPoint(view.x, 0), ratio, key, head))
        if left > 0:
            size = QSize(left, body.height())
            painter.drawPixmap(0, top, self._names.shown(size, QPoint(0, view.y), ratio, key, names))
        painter.fillRect(0, 0, left, top, theme.colour(GROUND))
        painter.fillRect(0, max(0, top - 1), left, 1, theme.colour("hair"))
        painter.fillRect(left - 1, 0, 1, top, theme.colour("hair"))

    def _key(self, view: View) -> object:
        return (view.zoom, theme.current())

    def _fill(
        self, on: QPainter, rect: QRect, groups: Iterable[Group], zoom: float, origin: QPoint, ratio: float
    ) -> None:
        on.fillRect(rect, theme.colour(GROUND))
        brush = paint.Brush(
            on, theme.current(), ratio=ratio, pictures=self._pictures, least=TEXT_FROM / zoom if zoom < 1 else 0.0
        )
        for group in sorted(groups, key=_layer):
            brush.place(group.x * zoom + origin.x(), group.y * zoom + origin.y(), zoom)
            paint.group(brush, group)


def _layer(group: Group) -> int:
    return group.layer


def _in_map(rect: QRect, zoom: float) -> QRectF:
    return QRectF(rect.x() / zoom, rect.y() / zoom, rect.width() / zoom, rect.height() / zoom)


def _touching(groups: Iterable[Group], rect: QRectF) -> Iterable[Group]:
    right, bottom = rect.right(), rect.bottom()
    return (
        group
        for group in groups
        if group.x < right
        and group.x + group.width > rect.x()
        and group.y < bottom
        and group.y + group.height > rect.y()
    )
