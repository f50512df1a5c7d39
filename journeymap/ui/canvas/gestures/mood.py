"""Dragging the assumed emotion up and down; a measured one is a fact and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from journeymap.i18n import _
from journeymap.model import commands, wording
from journeymap.model.records import Emotion, Id, Persona, Touchpoint
from journeymap.ui import theme
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

BOUND = 2.0
"""The scale is −2 … +2."""


class DragMood(Gesture):
    """The value stands beside the pointer; it snaps to half steps, with Shift to tenths."""

    cursor = Qt.CursorShape.SizeVerCursor
    scrolls = ""

    def __init__(self, canvas: Canvas, id_: Id) -> None:
        super().__init__(canvas)
        self._mood = canvas.map.document.one(Emotion, id_)
        self._value = self._mood.value
        # What is aimed at stands in the column of the touchpoint as it is.
        self._before = canvas.map.document.one(Touchpoint, self._mood.touchpoint_id).counterpart_id
        self._at = QPointF()

    def begin(self, at: Touch) -> None:
        """Starts at the value that is there."""
        self._at = at.screen

    def move(self, at: Touch) -> None:
        """Reads the value at the pointer's height."""
        self._at = at.screen
        fine = bool(at.keys & Qt.KeyboardModifier.ShiftModifier)
        found = self.canvas.sheet.mood_at(at.y, self._mood.touchpoint_id, self._mood.persona_id)
        if found is not None:
            steps = 10 if fine else 2
            self._value = round(min(BOUND, max(-BOUND, found)) * steps) / steps

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Sets the value."""
        document = self.canvas.map.document
        change = commands.set_emotion(document, self._mood.persona_id, self._mood.touchpoint_id, self._value)
        if change and self.canvas.map.perform(change):
            self.canvas.selection.select(self._mood.id)

    def paint(self, painter: QPainter) -> None:
        """The old place hollow, the new one, dashes to the neighbours, and both values."""
        here = self._point(self._mood.touchpoint_id, self._value)
        was = self._point(self._mood.touchpoint_id, self._mood.value)
        persona = self.canvas.map.document.get(Persona, self._mood.persona_id)
        if here is None or was is None or persona is None:
            return
        hue = theme.colour(f"p{persona.hue}")
        pen = QPen(hue, 1.6)
        pen.setDashPattern([3.4, 2.6])
        painter.setPen(pen)
        for other in self._neighbours():
            painter.drawLine(here, other)
        painter.setPen(QPen(hue, 1, Qt.PenStyle.DotLine))
        painter.drawLine(was, here)
        painter.setBrush(theme.colour("wash"))
        painter.setPen(QPen(hue, 1.5))
        painter.drawEllipse(was, 4.5, 4.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"p{persona.hue}", 0.22))
        painter.drawEllipse(here, 12, 12)
        painter.setBrush(theme.colour("wash"))
        painter.setPen(QPen(hue, 2.2))
        painter.drawEllipse(here, 6.5, 6.5)
        said = _("{value} assumed, was {before}") if self._before is None else _("{value} to-be, was {before}")
        said = said.format(value=signed(self._value), before=signed(self._mood.value))
        marks.bubble(painter, QPointF(here.x(), self._at.y()), said, QRectF(self.canvas.view.body(self.canvas.sheet)))

    def _neighbours(self) -> list[QPointF]:
        document = self.canvas.map.document
        order = self.canvas.sheet.order
        if self._mood.touchpoint_id not in order:
            return []
        at, found = order.index(self._mood.touchpoint_id), []
        for way in (reversed(order[:at]), iter(order[at + 1 :])):
            moods = (commands.emotion(document, self._mood.persona_id, id_) for id_ in way)
            other = next((mood for mood in moods if mood is not None), None)
            point = self._point(other.touchpoint_id, other.value) if other is not None else None
            if point is not None:
                found.append(point)
        return found

    def _point(self, touchpoint: Id, value: float) -> QPointF | None:
        places = {touchpoint, self._before}
        sheet = self.canvas.sheet
        column = next((sheet.columns[n] for n, id_ in enumerate(sheet.order) if id_ in places), None)
        y = sheet.mood_level(value, touchpoint, self._mood.persona_id)
        if column is None or y is None:
            return None
        return self.canvas.view.to_screen(column.x + column.width / 2, y)


def signed(value: float) -> str:
    """A mood as people read it: +0.5, −1.0, 0.0."""
    return wording.mood(value)
