"""Pulling the right edge of a text or bar: over how many columns it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from journeymap.i18n import ngettext
from journeymap.model import commands
from journeymap.model.document import Document
from journeymap.model.layout import Layout
from journeymap.model.records import Card, Id
from journeymap.ui import theme
from journeymap.ui.canvas import cells, marks
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

NEAR: Final = 7.0
"""From how many logical pixels before its right edge a card can be widened."""


def near(canvas: Canvas, at: Touch) -> Id | None:
    """The card whose right edge is under the pointer."""
    group = at.group
    if group is None or canvas.view.zoom < 0.4:
        return None
    card = canvas.map.document.get(Card, group.meaning.record)
    right = canvas.view.to_screen(group.x + group.width, group.y).x()
    return card.id if card is not None and 0 <= right - at.screen.x() <= min(NEAR, group.width / 4) else None


def room(layout: Layout, document: Document, card: Card) -> int:
    """How many columns a card can cover: up to the next filled cell of its lane, or the end."""
    order = layout.order
    start = order.index(card.touchpoint_id) if card.touchpoint_id in order else len(order)
    count = 1
    while start + count < len(order) and not cells.contents(document, Cell(card.lane_id, order[start + count])):
        count += 1
    return count


class DragSpan(Gesture):
    """The edge follows the pointer column by column; a frame shows what the card would cover."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, canvas: Canvas, card_id: Id) -> None:
        super().__init__(canvas)
        self._id = card_id
        self._span = 0
        self._at: Touch | None = None

    def move(self, at: Touch) -> None:
        """Counts the columns up to the pointer, as far as they are free."""
        self._at = at
        card, columns = self.canvas.map.document.get(Card, self._id), self.canvas.sheet.columns
        if card is None:
            return
        start = next((n for n, one in enumerate(columns) if one.touchpoint_id == card.touchpoint_id), None)
        if start is None:
            return
        wanted = sum(column.x + column.width / 2 < at.x for column in columns[start:])
        self._span = max(1, min(wanted, room(self.canvas.sheet, self.canvas.map.document, card)))

    def end(self, at: Touch) -> None:
        """Covers them."""
        self.move(at)
        if self._span:
            self.canvas.map.do(lambda: commands.span_card(self.canvas.map.document, self._id, self._span))

    def paint(self, painter: QPainter) -> None:
        """A frame over the columns, and their number at the pointer."""
        card = self.canvas.map.document.get(Card, self._id)
        place = marks.record_rect(self.canvas, self._id, card.lane_id if card is not None else None)
        columns = self.canvas.sheet.columns
        start = next((n for n, one in enumerate(columns) if card and one.touchpoint_id == card.touchpoint_id), None)
        if card is None or place is None or start is None or not self._span:
            return
        last = columns[min(start + self._span, len(columns)) - 1]
        frame = QRectF(place.x(), place.y(), last.x + last.width - place.x(), place.height())
        painter.setPen(QPen(theme.colour("brand"), 2))
        painter.setBrush(theme.colour("brand", 0.08))
        painter.drawRoundedRect(self.canvas.view.on_screen(frame).adjusted(-2, -2, 2, 2), 6, 6)
        if self._at is not None:
            words = ngettext("{n} column", "{n} columns", self._span).format(n=self._span)
            marks.bubble(painter, self._at.screen, words, QRectF(self.canvas.view.body(self.canvas.sheet)))
