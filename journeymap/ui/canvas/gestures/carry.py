"""What all carrying shares: a picture of the thing follows the pointer, hollow ghosts stay where things were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from journeymap.model.picture import Box, Group
from journeymap.model.records import Id
from journeymap.ui import theme
from journeymap.ui.canvas import marks, paint
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch
from journeymap.ui.fonts import font

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

MOST_GHOSTS: Final = 80
"""So many hollow ghosts are drawn at most; they are those in sight."""

ROOM: Final = 6
"""Logical pixels around words that stand on the map without a card of their own, while they are carried on one."""


class Carry(Gesture):
    """`ids` are carried, the one that was taken hold of first. With Ctrl held they are copied instead."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: Canvas, ids: tuple[Id, ...]) -> None:
        super().__init__(canvas)
        self.ids = ids
        self.copies = False
        self._pixmap = QPixmap()
        self._grip = QPointF()
        self._homes: list[QRectF] = []
        self._size = QRectF()
        self._room = 0
        self.at = QPointF()

    def begin(self, at: Touch) -> None:
        """Takes a picture of what is carried."""
        group = at.group
        if group is None:
            return
        view = self.canvas.view
        home = QRectF(group.x, group.y, group.width, group.height)
        self._homes = [home, *self._others(home)]
        self._room = 0 if on_a_card(group) else ROOM
        self._size = self._around(view.on_screen(home))
        self._grip = at.screen - self._size.topLeft()
        self.at = at.screen
        self._pixmap = snapshot(self.canvas, group, self._room)

    def _around(self, place: QRectF) -> QRectF:
        return place.adjusted(-self._room, -self._room, self._room, self._room)

    def _others(self, home: QRectF) -> list[QRectF]:
        """Where the rest of what is carried stands, as far as it is in sight."""
        seen = QRectF(self.canvas.viewport().rect())
        found = []
        for id_ in self.ids[1:]:
            place = marks.record_rect(self.canvas, id_)
            if place is not None and place != home and self.canvas.view.on_screen(place).intersects(seen):
                found.append(place)
                if len(found) >= MOST_GHOSTS:
                    break
        return found

    def move(self, at: Touch) -> None:
        """Follows the pointer."""
        self.at = at.screen
        self.copies = at.copies
        shape = Qt.CursorShape.DragCopyCursor if self.copies else self.cursor
        self.canvas.viewport().setCursor(shape)

    def paint(self, painter: QPainter) -> None:
        """Ghosts, target and the thing itself; of several a stack with their number."""
        if not self._homes:
            return
        if not self.copies:
            painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(theme.colour("stage0", 0.75))
            for home in self._homes:
                painter.drawRoundedRect(self._around(self.canvas.view.on_screen(home)), 6, 6)
        self.paint_target(painter)
        floating = QRectF(self.at - self._grip, self._size.size())
        shadow(painter, floating)
        for step in (2, 1) if len(self.ids) > 2 else (1,) if len(self.ids) > 1 else ():
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.setBrush(theme.colour("card"))
            painter.drawRoundedRect(floating.translated(4 * step, 4 * step), 6, 6)
        painter.drawPixmap(floating.topLeft(), self._pixmap)  # opaque: two texts through each other are none
        if self._room:
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(floating, 6, 6)
        if len(self.ids) > 1:
            _count(painter, floating, len(self.ids))
        words = self.words()
        if words:
            below = floating.bottomLeft() + QPointF(-20, 32)
            marks.bubble(painter, below, words, QRectF(self.canvas.view.body(self.canvas.sheet)))

    def words(self) -> str:
        """What would happen, beside the pointer; "" where the picture says it."""
        return ""

    def paint_target(self, painter: QPainter) -> None:
        """Shows where it would land."""


def _count(painter: QPainter, floating: QRectF, count: int) -> None:
    """How many are carried, on a disc at the corner."""
    painter.setFont(font(11, 600))
    words = str(count)
    wide = max(20.0, painter.fontMetrics().horizontalAdvance(words) + 12.0)
    disc = QRectF(floating.left() - wide / 2, floating.top() - 10, wide, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("brand"))
    painter.drawRoundedRect(disc, 10, 10)
    painter.setPen(theme.colour("on_brand"))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, words)


def on_a_card(group: Group) -> bool:
    """Whether what a group shows stands on a filled box as wide as itself."""
    return any(isinstance(one, Box) and one.fill and one.width >= group.width * 0.9 for one in group.items)


def snapshot(canvas: Canvas, group: Group, room: int = 0) -> QPixmap:
    """A picture of one group as it stands on the screen, on its own ground, with `room` logical pixels around it."""
    ratio, zoom = canvas.devicePixelRatioF(), canvas.view.zoom
    wide, high = group.width * zoom + 2 * room, group.height * zoom + 2 * room
    made = QPixmap(round((wide + 2) * ratio), round((high + 2) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("card"))
    painter.drawRoundedRect(QRectF(0, 0, wide, high), 6 if room else 6 * zoom, 6 if room else 6 * zoom)
    brush = paint.Brush(painter, theme.current(), ratio=ratio)
    brush.place(room, room, zoom)
    paint.group(brush, group)
    painter.end()
    return made


def shadow(painter: QPainter, rect: QRectF) -> None:
    """0 8 24 as a few rings; the only shadow that is drawn by hand."""
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in (10, 7, 4, 2):
        shade = QColor(0, 0, 0) if theme.current().dark else QColor(27, 27, 25)
        shade.setAlphaF(0.10 if theme.current().dark else 0.03)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect.adjusted(-spread, -spread + 6, spread, spread + 6), 6 + spread, 6 + spread)
