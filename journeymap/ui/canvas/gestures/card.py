"""Carrying things: a touchpoint's card to another place or phase, a text or pain to another cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from journeymap.model import commands, lanes
from journeymap.model.change import Change
from journeymap.model.picture import Group, Meaning
from journeymap.model.records import Card, Id, Lane, Opportunity, PainPoint
from journeymap.ui import theme
from journeymap.ui.canvas import cells, marks, paint
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

CARRIED = (Card, PainPoint, Opportunity)
"""What can be carried from cell to cell."""


class _Carry(Gesture):
    """A picture of the thing follows the pointer, a hollow ghost stays where it was."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: Canvas, id_: Id) -> None:
        super().__init__(canvas)
        self._id = id_
        self._pixmap = QPixmap()
        self._grip = QPointF()
        self._home = QRectF()
        self._at = QPointF()

    def begin(self, at: Touch) -> None:
        """Takes a picture of what is carried."""
        group = at.group
        if group is None:
            return
        view = self.canvas.view
        self._home = QRectF(group.x, group.y, group.width, group.height)
        self._grip = at.screen - view.to_screen(group.x, group.y)
        self._at = at.screen
        self._pixmap = snapshot(self.canvas, group)

    def move(self, at: Touch) -> None:
        """Follows the pointer."""
        self._at = at.screen

    def paint(self, painter: QPainter) -> None:
        """Ghost, target and the thing itself."""
        rect = self.canvas.view.on_screen(self._home)
        painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("stage0", 0.75))
        painter.drawRoundedRect(rect, 6, 6)
        self.paint_target(painter)
        top_left = self._at - self._grip
        floating = QRectF(top_left, rect.size())
        _shadow(painter, floating)
        painter.setOpacity(0.95)
        painter.drawPixmap(top_left, self._pixmap)
        painter.setOpacity(1.0)

    def paint_target(self, painter: QPainter) -> None:
        """Shows where it would land."""


class DragTouchpoint(_Carry):
    """Moves a touchpoint's column: an insertion mark shows between which columns, and in which phase, it would stand."""

    def begin(self, at: Touch) -> None:
        """Also finds the group of the card itself."""
        super().begin(at)
        self._target: tuple[Id, Id | None] | None = None
        self._mark = 0.0

    def move(self, at: Touch) -> None:
        """Finds the gap that is nearest to the pointer."""
        super().move(at)
        self._target, self._mark = landing(self.canvas, at.x)

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Moves it, where that changes anything."""
        change = self._change()
        if change:
            self.canvas.map.perform(change)
            self.canvas.reveal(self.canvas.selection.cell)

    def _change(self) -> Change:
        if self._target is None:
            return Change()
        phase, before = self._target
        return commands.move_touchpoint(self.canvas.map.document, self._id, phase, before)

    def paint_target(self, painter: QPainter) -> None:
        """A line in the gap, and the name of the phase where that changes."""
        if self._target is None:
            return
        view, layout = self.canvas.view, self.canvas.sheet
        x = view.to_screen(self._mark, 0).x()
        top, bottom = view.to_screen(0, self._home.top() - 8).y(), view.to_screen(0, self._home.bottom() + 8).y()
        painter.setPen(QPen(theme.colour("brand"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x, max(top, view.top(layout) + 4)), QPointF(x, bottom))


class DragCard(_Carry):
    """Moves a text, pain or opportunity to another touchpoint, a text also to another lane of texts."""

    def __init__(self, canvas: Canvas, id_: Id, meaning: Meaning) -> None:
        super().__init__(canvas, id_)
        self._from = Cell(meaning.lane, meaning.touchpoint)
        self._to: Cell | None = None

    def move(self, at: Touch) -> None:
        """Finds the cell under the pointer, where this can stand."""
        super().move(at)
        self._to = self._allowed(cells.at(self.canvas.sheet, at.x, at.y))

    def _allowed(self, cell: Cell | None) -> Cell | None:
        if cell is None or cell.touchpoint is None or cell == self._from:
            return None
        document = self.canvas.map.document
        if not isinstance(document.record(self._id), Card):
            return Cell(self._from.lane, cell.touchpoint) if cell.touchpoint != self._from.touchpoint else None
        lane = document.get(Lane, cell.lane)
        return cell if lane is not None and lane.kind in lanes.CARDS else None

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Moves it; the keyboard goes along."""
        if self._to is None or self._to.touchpoint is None:
            return
        document = self.canvas.map.document
        if isinstance(document.record(self._id), Card) and self._to.lane is not None:
            change = commands.move_card(document, self._id, self._to.lane, self._to.touchpoint)
        else:
            change = commands.edit(document, self._id, touchpoint_id=self._to.touchpoint)
        if self.canvas.map.perform(change):
            self.canvas.selection.select(self._id, cell=self._to)

    def paint_target(self, painter: QPainter) -> None:
        """The cell where it would stand."""
        place = marks.cell_rect(self.canvas, self._to) if self._to is not None else None
        if place is not None:
            painter.setPen(QPen(theme.colour("brand"), 2))
            painter.setBrush(theme.colour("brand", 0.08))
            painter.drawRoundedRect(self.canvas.view.on_screen(place).adjusted(3, 3, -3, -3), 6, 6)


def landing(canvas: Canvas, x: float) -> tuple[tuple[Id, Id | None] | None, float]:
    """Where a touchpoint dropped at `x` (map units) would stand: (phase, the touchpoint it would stand before or None
    for last), and the x of the mark. None before there are phases.
    """
    layout = canvas.sheet
    block = min(cells.blocks(layout), key=lambda one: max(one.x - x, x - one.x - one.width, 0.0), default=None)
    if block is None:
        return None, 0.0
    inside = layout.columns[block.first : block.last + 1]
    for column in inside:
        if x < column.x + column.width / 2:
            return (block.phase, column.touchpoint_id), column.x - 6
    return (block.phase, None), (inside[-1].x + inside[-1].width + 6 if inside else block.x + 6)


def snapshot(canvas: Canvas, group: Group) -> QPixmap:
    """A picture of one group as it stands on the screen, on its own ground."""
    ratio, zoom = canvas.devicePixelRatioF(), canvas.view.zoom
    made = QPixmap(round((group.width * zoom + 2) * ratio), round((group.height * zoom + 2) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("card"))
    painter.drawRoundedRect(QRectF(0, 0, group.width * zoom, group.height * zoom), 6 * zoom, 6 * zoom)
    brush = paint.Brush(painter, theme.current(), ratio=ratio)
    brush.place(0, 0, zoom)
    paint.group(brush, group)
    painter.end()
    return made


def _shadow(painter: QPainter, rect: QRectF) -> None:
    """0 8 24 as a few rings; the only shadow that is drawn by hand."""
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in (10, 7, 4, 2):
        shade = QColor(0, 0, 0) if theme.current().dark else QColor(27, 27, 25)
        shade.setAlphaF(0.10 if theme.current().dark else 0.03)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect.adjusted(-spread, -spread + 6, spread, spread + 6), 6 + spread, 6 + spread)
