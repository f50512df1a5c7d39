"""Dragging the heads: a phase by its chevron to another place among the phases, a lane by its name among the lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from journeymap.i18n import _
from journeymap.model import commands, lanes, lens
from journeymap.model.records import Id, Lane, Phase
from journeymap.ui import theme
from journeymap.ui.canvas import cells
from journeymap.ui.canvas.gestures.carry import shadow
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch
from journeymap.ui.fonts import font
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

NOWHERE = ""
"""In place of the record before which something would stand: it would stay where it is."""


class _Reorder(Gesture):
    """The name follows the pointer, what it heads is tinted, a line shows where it would go."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: Canvas, id_: Id) -> None:
        super().__init__(canvas)
        self.id = id_
        self.before: Id | None = NOWHERE
        self.mark = 0.0
        self.at = QPointF()

    def begin(self, at: Touch) -> None:
        """Takes hold of the name."""
        self.at = at.screen

    def move(self, at: Touch) -> None:
        """Finds the gap that is nearest to the pointer."""
        self.at = at.screen
        self.before, self.mark = self.landing(at)

    def landing(self, at: Touch) -> tuple[Id | None, float]:
        """Before which one it would stand (None: last; NOWHERE: it stays), and where the line is in map units."""
        raise NotImplementedError

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Moves it, where that changes anything; it is selected."""
        if self.before == NOWHERE:
            return
        canvas = self.canvas
        if canvas.map.do(lambda: commands.move(canvas.map.document, self.id, self.before)):
            canvas.selection.select(self.id, cell=self.cell())
            canvas.reveal(self.cell())

    def cell(self) -> Cell:
        """Where the keyboard stands afterwards."""
        raise NotImplementedError


class DragPhase(_Reorder):
    """The columns of the phase go with it."""

    scrolls = "x"

    def cell(self) -> Cell:
        """The phase in its band."""
        return Cell(None, None, self.id)

    def landing(self, at: Touch) -> tuple[Id | None, float]:
        """The middle of each phase decides."""
        document = self.canvas.map.document
        mine = document.one(Phase, self.id).state_id
        every = cells.blocks(self.canvas.sheet)
        found = [one for one in every if (phase := document.get(Phase, one.phase)) and phase.state_id == mine]
        x = (at.screen.x() + self.canvas.view.x) / self.canvas.view.zoom
        rest = [block for block in found if block.phase != self.id]
        n = next((n for n, block in enumerate(rest) if x < block.x + block.width / 2), len(rest))
        home = next((n for n, block in enumerate(found) if block.phase == self.id), len(found))
        if n == home or not rest:
            return NOWHERE, 0.0
        if n == len(rest):
            return None, rest[-1].x + rest[-1].width
        return rest[n].phase, rest[n].x

    def paint_over(self, painter: QPainter) -> None:
        """Tint, line and name."""
        canvas, view = self.canvas, self.canvas.view
        block = next((one for one in cells.blocks(canvas.sheet) if one.phase == self.id), None)
        phase = canvas.map.document.get(Phase, self.id)
        if block is None or phase is None:
            return
        left, high = view.left(canvas.sheet), float(view.height)
        painter.save()
        painter.setClipRect(left, 0, view.width - left, view.height)
        painter.fillRect(QRectF(block.x * view.zoom - view.x, 0, block.width * view.zoom, high), _tint())
        if self.before != NOWHERE:
            _line(painter, QPointF(self.mark * view.zoom - view.x, 4), QPointF(self.mark * view.zoom - view.x, high))
        painter.restore()
        _name(painter, self.at, phase.name or _("No name"), "phase", "on_phase")


class DragLane(_Reorder):
    """All that stands in the lane goes with it."""

    scrolls = "y"

    def cell(self) -> Cell:
        """The lane among the names."""
        return Cell(self.id)

    def landing(self, at: Touch) -> tuple[Id | None, float]:
        """The middle of each row decides."""
        sheet = self.canvas.sheet
        y = (at.screen.y() + self.canvas.view.y) / self.canvas.view.zoom
        rest = [row for row in sheet.rows if row.lane_id != self.id]
        n = next((n for n, row in enumerate(rest) if y < row.y + row.height / 2), len(rest))
        home = next((n for n, row in enumerate(sheet.rows) if row.lane_id == self.id), len(rest))
        if n == home or not rest:
            return NOWHERE, 0.0
        if n == len(rest):
            return None, rest[-1].y + rest[-1].height
        return lens.real(rest[n].lane_id), rest[n].y

    def paint_over(self, painter: QPainter) -> None:
        """Tint, line and name."""
        canvas, view = self.canvas, self.canvas.view
        row = next((one for one in canvas.sheet.rows if one.lane_id == self.id), None)
        lane = canvas.map.document.get(Lane, self.id)
        if row is None or lane is None:
            return
        top, wide = view.top(canvas.sheet), float(view.width)
        painter.save()
        painter.setClipRect(0, top, view.width, view.height - top)
        painter.fillRect(QRectF(0, row.y * view.zoom - view.y, wide, row.height * view.zoom), _tint())
        if self.before != NOWHERE:
            _line(painter, QPointF(4, self.mark * view.zoom - view.y), QPointF(wide, self.mark * view.zoom - view.y))
        painter.restore()
        _name(painter, self.at, lanes.title(lane), "card", "text")


def _tint() -> QColor:
    return theme.colour("brand", 0.10)


def _line(painter: QPainter, start: QPointF, end: QPointF) -> None:
    painter.setPen(QPen(theme.colour("brand"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(start, end)


def _name(painter: QPainter, at: QPointF, text: str, ground: str, ink: str) -> None:
    """The name on a small plate under the pointer."""
    painter.setFont(font(13, 600))
    faced = painter.fontMetrics()
    shown = faced.elidedText(text, Qt.TextElideMode.ElideRight, 220)
    plate = QRectF(at.x() - 14, at.y() - 14, faced.horizontalAdvance(shown) + 28, 30)
    shadow(painter, plate)
    painter.setPen(QPen(theme.colour("border"), 1))
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(plate, 6, 6)
    painter.setPen(theme.colour(ink))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)
