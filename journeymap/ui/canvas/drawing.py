"""The map's parts on their surfaces: grid, band of phases, lane names, each culled to what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import takewhile
from math import ceil, floor
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QRegion

from journeymap.model.picture import Box, Group
from journeymap.ui import theme
from journeymap.ui.canvas import paint
from journeymap.ui.canvas.surface import Run, Stretch, Surface
from journeymap.ui.canvas.view import View

if TYPE_CHECKING:
    from journeymap.model.layout import Damage, Layout
    from journeymap.model.layout.damage import Slide

GROUND = "stage0"
TEXT_FROM = 3.5
"""Letters smaller than this on the screen (logical pixels) are not drawn: nobody can read them."""

REACH: Final = 3.0
"""So far beyond its box a group may leave ink, px: letters are wider than measured where they are small."""

FAR: Final = 1 << 28
"""Further in pixels than any map is long."""


class Drawing:
    """Kept surfaces of one layout; `damage` says what is stale, `paint` shows them for a view."""

    def __init__(self, pictures: paint.Pictures = paint.no_pictures) -> None:
        self._pictures = pictures
        self._body, self._names = Surface(), Surface()
        self._zoom = 1.0
        self._kit = paint.Kit()
        self._for: object = None
        self._wash: QRectF | None = None
        self._before: tuple[View, Layout] | None = None

    def spoil(self) -> None:
        """Everything must be painted anew."""
        for surface in (self._body, self._names):
            surface.spoil()

    def damage(self, damage: Damage, layout: Layout) -> None:
        """What a change has left stale must be painted anew."""
        if damage.everything:
            self.spoil()
            return
        left, top = round(layout.names_width * self._zoom), round(layout.head_height * self._zoom)
        if damage.slides:
            rows = _runs(damage.down, self._zoom, top, sharp=True)
            self._body.slide(_runs(damage.across, self._zoom, left), rows)
            self._names.slide([(-FAR, FAR, 0)], rows)
            self._wash_slides(damage.across)
        for x, y, width, height in damage.rects:
            # Rows end exactly at each other: a pixel more would draw the neighbours' rows too.
            high, low = _nearest(y * self._zoom) - top, _nearest((y + height) * self._zoom) - top
            self._body.spoil(QRectF(x * self._zoom - left, high, width * self._zoom, low - high).toAlignedRect())
        if damage.names:
            self._names.spoil()

    @property
    def blurred(self) -> bool:
        """Whether some of the grid is still a stretched picture; painting again makes it sharper."""
        return self._body.blurred

    def paint_body(
        self,
        painter: QPainter,
        view: View,
        layout: Layout,
        ratio: float,
        wash: QRectF | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        """Shows the grid; `wash` is the selected column in map units, tinted behind its cards.

        Not `at_once`: after a zoom what was shown is stretched first, and made sharp by painting again.
        """
        before, self._before = self._before, (view, layout)
        self._zoom = view.zoom
        self._wash_over(wash, layout)
        body, at = view.body(layout), QPoint(view.x, view.y)

        def fill(on: QPainter, rect: QRect) -> None:
            origin = QPoint(body.left(), body.top()) + at
            asked = _in_map(rect.translated(origin), view.zoom)
            inside = 0.5 / view.zoom  # the rows above and below end where this one begins
            asked = asked.adjusted(0, inside, 0, -inside)
            groups = layout.visible(asked.x(), asked.y(), asked.width(), asked.height())
            self._fill(on, rect, _reaching(groups, asked, view.zoom, ratio), view.zoom, -origin, ratio)

        if not body.isEmpty():
            stretch = None if at_once or before is None else _stretch(*before, view, layout)
            picture = self._body.shown(body.size(), at, ratio, self._key(view), fill, stretch)
            painter.drawPixmap(body.topLeft(), picture)

    def _wash_over(self, wash: QRectF | None, layout: Layout) -> None:
        if wash == self._wash:
            return
        left, top = round(layout.names_width * self._zoom), round(layout.head_height * self._zoom)
        tinted = [
            QRegion(_on_surface(rect, self._zoom).translated(-left, -top) if rect is not None else QRect())
            for rect in (self._wash, wash)
        ]
        for rect in cast("Iterable[QRect]", tinted[0] ^ tinted[1]):
            self._body.spoil(rect.adjusted(-2, 0, 2, 0))
        self._wash = wash

    def _wash_slides(self, across: Iterable[Slide]) -> None:
        """The tint of the selected column moves with it."""
        if self._wash is None:
            return
        middle = self._wash.center().x()
        here = next((slide for slide in across if slide.start <= middle <= slide.end), None)
        self._wash = self._wash.translated(here.by, 0.0) if here is not None else None

    def paint_edges(self, painter: QPainter, view: View, layout: Layout, ratio: float) -> None:
        """Shows the band of phases, the lane names, and the corner between them."""
        body, key = view.body(layout), self._key(view)
        left, top = body.left(), body.top()

        def names(on: QPainter, rect: QRect) -> None:
            origin = QPoint(0, top + view.y)
            asked = _in_map(rect.translated(origin), view.zoom)
            # Grounds come first, and only those reach under the names: nothing behind them needs to be drawn up.
            behind = takewhile(_is_ground, layout.visible(0.0, asked.y(), 0.0, asked.height()))
            grounds = (group for group in behind if group.x <= 0.0)
            written = _reaching(layout.names, asked, view.zoom, ratio)
            self._fill(on, rect, (*grounds, *written), view.zoom, -origin, ratio)

        if top > 0:
            self._paint_head(painter, view, layout, ratio)
        if left > 0:
            size = QSize(left, body.height())
            painter.drawPixmap(0, top, self._names.shown(size, QPoint(0, view.y), ratio, key, names))
        painter.fillRect(0, 0, left, top, theme.colour(GROUND))
        if layout.corner and left > 0 and top > 0:
            painter.save()
            painter.setClipRect(0, 0, left, top)
            self._fill(painter, QRect(0, 0, left, top), layout.corner, view.zoom, QPoint(), ratio)
            painter.restore()
        painter.fillRect(0, max(0, top - 1), left, 1, theme.colour("hair"))
        painter.fillRect(left - 1, 0, 1, top, theme.colour("hair"))

    def _paint_head(self, painter: QPainter, view: View, layout: Layout, ratio: float) -> None:
        """The phases are few and their words follow the view, so they are painted anew each time."""
        left, zoom = view.left(layout), view.zoom
        strip = QRect(left, 0, view.width - left, view.top(layout))
        painter.save()
        painter.setClipRect(strip)
        groups = layout.head_between((left + view.x) / zoom, (view.width + view.x) / zoom)
        self._fill(painter, strip, groups, zoom, QPoint(-view.x, 0), ratio)
        painter.restore()
        painter.fillRect(left, strip.height() - 1, strip.width(), 1, theme.colour("hair"))

    def _key(self, view: View) -> object:
        key = (view.zoom, theme.current())
        if key != self._for:
            self._for, self._kit = key, paint.Kit()
        return key

    def _fill(
        self, on: QPainter, rect: QRect, groups: Iterable[Group], zoom: float, origin: QPoint, ratio: float
    ) -> None:
        on.fillRect(rect, theme.colour(GROUND))
        brush = paint.Brush(
            on,
            theme.current(),
            ratio=ratio,
            pictures=self._pictures,
            least=TEXT_FROM / zoom if zoom < 1 else 0.0,
            kit=self._kit,
        )
        seen = (rect.left() - 8.0, rect.right() + 8.0)
        waiting = self._wash
        for group in sorted(groups, key=_layer):
            if waiting is not None and group.layer > 1:
                self._tint(on, waiting, zoom, origin)
                waiting = None
            brush.place(group.x * zoom + origin.x(), group.y * zoom + origin.y(), zoom, seen)
            paint.group(brush, group)

    @staticmethod
    def _tint(on: QPainter, wash: QRectF, zoom: float, origin: QPoint) -> None:
        on.resetTransform()
        on.fillRect(_on_surface(wash, zoom).translated(origin), theme.colour("brand", 0.055))


def _runs(slides: Collection[Slide], zoom: float, begins: int, *, sharp: bool = False) -> list[Run]:
    """Stretches of the drawing in pixels of a surface that begins at `begins`; those that moved by parts of pixels do
    not hold. Not `sharp`: a pixel within which a stretch begins or ends holds only where another one goes on.
    """
    starts, ends = {slide.start for slide in slides}, {slide.end for slide in slides}
    found = []
    for start, end, by in slides:
        low = _pixel(start * zoom, _nearest if sharp or start in ends else ceil)
        high = _pixel(end * zoom, _nearest if sharp or end in starts else floor)
        if abs(by * zoom - round(by * zoom)) < 1e-6:
            found.append((low - begins, high - begins, round(by * zoom)))
    return found


def _pixel(at: float, whole: Callable[[float], int]) -> int:
    return whole(round(min(FAR, max(-FAR, at)), 6))


def _nearest(value: float) -> int:
    """Not `round`: it goes to even numbers at a half, and what lies beside each other moves by whole pixels."""
    return floor(value + 0.5)


def _stretch(before: View, old: Layout, now: View, new: Layout) -> Stretch | None:
    """Where the grid as it was shown stands now; columns keep their places on the map, rows nearly so."""
    was, body = before.body(old), now.body(new)
    if before.zoom == now.zoom or was.isEmpty():
        return None
    scale = now.zoom / before.zoom
    left = (was.left() + before.x) * scale - now.x - body.left()
    top = (before.y * scale * new.height / max(1.0, old.height)) - now.y
    return Stretch(QRectF(left, top, was.width() * scale, was.height() * scale), theme.colour(GROUND))


def _on_surface(rect: QRectF, zoom: float) -> QRect:
    left, top = _nearest(rect.left() * zoom), _nearest(rect.top() * zoom)
    return QRect(left, top, _nearest(rect.right() * zoom) - left, _nearest(rect.bottom() * zoom) - top)


def _is_ground(group: Group) -> bool:
    return group.meaning.role in {"ground", "decoration"}


def _layer(group: Group) -> int:
    return group.layer


def _in_map(rect: QRect, zoom: float) -> QRectF:
    return QRectF(rect.x() / zoom, rect.y() / zoom, rect.width() / zoom, rect.height() / zoom)


def _reaching(groups: Iterable[Group], rect: QRectF, zoom: float, ratio: float) -> Iterator[Group]:
    """Those that leave ink in a rectangle. What stands on a ground of its own, as cards do, keeps within its border."""
    left, top, right, foot, more = rect.left(), rect.top(), rect.right(), rect.bottom(), REACH / zoom
    for group in groups:
        if group.y - more < foot and group.y + group.height + more > top:
            across = _border(group, zoom * ratio)
            across = more if across is None else across
            if group.x - across < right and group.x + group.width + across > left:
                yield group


def _border(group: Group, scale: float) -> float | None:
    """How far the border of the ground reaches out of the group, at `scale` device pixels a unit; None where it has none."""
    ground = group.items[0] if group.items else None
    if not isinstance(ground, Box) or ground.x != 0.0 or ground.width != group.width:
        return None
    return paint.outside(ground.stroke.width, scale) / scale if ground.stroke else 0.0
