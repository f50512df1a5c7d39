"""Carrying touchpoints: their columns go to another place or phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.records import Id, Phase, Touchpoint
from journeymap.ui import theme
from journeymap.ui.canvas import cells
from journeymap.ui.canvas.gestures.carry import Carry
from journeymap.ui.canvas.gestures.gesture import Touch
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


class DragTouchpoint(Carry):
    """An insertion mark shows between which columns, and in which phase, they would stand."""

    def begin(self, at: Touch) -> None:
        """Nowhere yet."""
        super().begin(at)
        self._target: tuple[Id, Id | None] | None = None
        self._mark = 0.0

    def move(self, at: Touch) -> None:
        """Finds the gap that is nearest to the pointer."""
        super().move(at)
        self._target, self._mark = landing(self.canvas, at.x, at.y)

    def end(self, at: Touch) -> None:
        """Moves or copies them, where that changes anything; the keyboard goes along."""
        canvas, target = self.canvas, self._target
        if target is None:
            return
        document, lane = canvas.map.document, canvas.selection.cell.lane
        done: list[Change] = []

        def command() -> Change:
            act = commands.copy_touchpoints if at.copies else commands.move_touchpoints
            done.append(act(document, self.ids, *target))
            return done[0]

        if canvas.map.do(command) and done[0]:
            copies = [id_ for id_, one in done[0].added.items() if isinstance(one, Touchpoint)]
            ids = copies or [id_ for id_ in self.ids if id_ in document]
            canvas.selection.select(*ids, cell=Cell(lane, ids[0]) if ids else None)
            canvas.reveal(canvas.selection.cell)

    def words(self) -> str:
        """The phase where that changes, and whether they are copied."""
        if self._target is None:
            return ""
        document, phase = self.canvas.map.document, self._target[0]
        found = document.get(Phase, phase)
        name = (found.name if found is not None else "") or _("No name")
        mine = {one.phase_id for id_ in self.ids if (one := document.get(Touchpoint, id_)) is not None}
        if self.copies:
            return _("Copy to {phase}").format(phase=name)
        return name if mine != {phase} else ""

    def paint_target(self, painter: QPainter) -> None:
        """A line in the gap."""
        if self._target is None or not self._homes:
            return
        view, layout, home = self.canvas.view, self.canvas.sheet, self._homes[0]
        x = view.to_screen(self._mark, 0).x()
        top, bottom = view.to_screen(0, home.top() - 8).y(), view.to_screen(0, home.bottom() + 8).y()
        painter.setPen(QPen(theme.colour("brand"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x, max(top, view.top(layout) + 4)), QPointF(x, bottom))


def landing(canvas: Canvas, x: float, y: float) -> tuple[tuple[Id, Id | None] | None, float]:
    """Where a touchpoint dropped at (`x`, `y`) in map units would stand: (phase, the touchpoint it would stand before or None
    for last), and the x of the mark. None before there are phases.
    """
    layout = canvas.sheet
    block = min(cells.blocks_at(layout, y), key=lambda one: max(one.x - x, x - one.x - one.width, 0.0), default=None)
    if block is None:
        return None, 0.0
    inside = layout.columns[block.first : block.last + 1]
    for column in inside:
        if x < column.x + column.width / 2:
            return (block.phase, column.touchpoint_id), column.x - 6
    return (block.phase, None), (inside[-1].x + inside[-1].width + 6 if inside else block.x + 6)
