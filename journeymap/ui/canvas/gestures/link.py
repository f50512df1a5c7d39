"""Drawing a link from a card's handle: forwards it is a branch, backwards a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.records import Id, Touchpoint
from journeymap.ui import theme
from journeymap.ui.canvas import cells, marks
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


class DrawLink(Gesture):
    """An arc follows the pointer; the card under it is framed and named as branch or loop."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas, source: Id) -> None:
        super().__init__(canvas)
        self._source = source
        self._target: Id | None = None
        self._at = QPointF()

    def move(self, at: Touch) -> None:
        """Finds the card under the pointer; its whole column counts."""
        self._at = at.screen
        cell = cells.at(self.canvas.sheet, at.x, at.y)
        found = cell.touchpoint if cell is not None else None
        self._target = found if found != self._source else None

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Adds the link; the new record is selected."""
        document = self.canvas.map.document
        if self._target is None or document.get(Touchpoint, self._target) is None:
            return
        change = commands.link(document, self._source, self._target, kind=self._kind())
        if self.canvas.map.perform(change):
            self.canvas.selection.select(*change.added)

    def _kind(self) -> str:
        across = [column.touchpoint_id for column in self.canvas.sheet.columns]
        backwards = self._target in across and across.index(self._target) < across.index(self._source)
        return "loop" if backwards else "branch"

    def paint(self, painter: QPainter) -> None:
        """The arc, the target, and what it would be."""
        start = marks.handle_at(self.canvas, self._source)
        if start is None:
            return
        end, loop = self._at, self._kind() == "loop"
        if self._target is not None:
            place = marks.record_rect(self.canvas, self._target)
            if place is not None:
                rect = self.canvas.view.on_screen(place)
                end = QPointF(rect.left() + rect.width() * (0.30 if loop else 0.34), rect.top())
                _frame(painter, rect)
        lift = 34.0
        path = QPainterPath(start)
        path.cubicTo(start - QPointF(0, lift), end - QPointF(0, lift), end)
        pen = QPen(theme.colour("brand"), 2)
        if self._target is not None and loop:
            pen.setDashPattern([4, 2.5])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setBrush(theme.colour("brand"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(end, 4, 4)
        if self._target is not None:
            inside = QRectF(self.canvas.view.body(self.canvas.sheet))
            marks.bubble(painter, self._at, _("Loop back") if loop else _("Branch"), inside)


def _frame(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(QPen(theme.colour("brand"), 2))
    painter.setBrush(theme.colour("brand", 0.08))
    painter.drawRoundedRect(rect, 6, 6)
