"""Carrying what stands in cells: texts, pains, pictures and the like go to other touchpoints, and to other lanes that
may hold them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from journeymap.i18n import _
from journeymap.model import commands, lens
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.layout import Layout
from journeymap.model.picture import Meaning
from journeymap.model.records import Id
from journeymap.ui import theme
from journeymap.ui.canvas import cells, marks
from journeymap.ui.canvas.gestures.carry import MOST_GHOSTS, Carry
from journeymap.ui.canvas.gestures.gesture import Touch
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

Places = dict[Id, tuple[Id, Id]]
"""From a record to the lane and touchpoint of its cell."""


class DragCard(Carry):
    """All go as far as the one that was taken hold of; those of its lane follow it into another lane."""

    def __init__(self, canvas: Canvas, ids: tuple[Id, ...], meaning: Meaning) -> None:
        super().__init__(canvas, ids)
        self._from = Cell(lens.real(meaning.lane), meaning.touchpoint)
        self._to: Cell | None = None
        self._places: Places = {}
        self._order: Sequence[Id] = ()
        self._index: dict[Id, int] = {}

    def begin(self, at: Touch) -> None:
        """Remembers where each of them stands."""
        super().begin(at)
        self._were = standing(self.canvas.sheet, self.canvas.map.document, self.ids, self._from)

    def move(self, at: Touch) -> None:
        """Finds the cell under the pointer, where they can stand."""
        super().move(at)
        cell = cells.at(self.canvas.sheet, at.x, at.y)
        self._places = self._landing(cell)
        lead = self._places.get(self.ids[0])
        self._to = Cell(*lead) if lead is not None else None

    def _landing(self, cell: Cell | None) -> Places:
        """Where each would stand; nothing where that would change nothing."""
        if cell is None or cell.touchpoint is None or self._from.touchpoint is None:
            return {}
        document, now = self.canvas.map.document, self.canvas.sheet.order
        if now is not self._order:  # thousands of them, and hundreds of moves of the pointer
            self._order, self._index = now, {id_: n for n, id_ in enumerate(now)}
        order, at = self._order, self._index
        if cell.touchpoint not in at or self._from.touchpoint not in at:
            return {}
        known = {id_: place for id_, place in self._were.items() if place[1] in at}
        columns = [at[touchpoint] for _lane, touchpoint in known.values()]
        far = at[cell.touchpoint] - at[self._from.touchpoint]
        far = max(-min(columns, default=0), min(len(order) - 1 - max(columns, default=0), far))
        found = {}
        for id_, (lane, touchpoint) in known.items():
            row = cell.lane if lane == self._from.lane and commands.holds(document, cell.lane, id_) else lane
            found[id_] = (row or lane, order[at[touchpoint] + far])
        return found if self.copies or any(self._were[id_] != place for id_, place in found.items()) else {}

    def end(self, at: Touch) -> None:
        """Moves or copies them; the keyboard goes along."""
        canvas, places = self.canvas, self._places
        if not places:
            return
        done: list[Change] = []

        def command() -> Change:
            done.append(commands.carry(canvas.map.document, places, copy=at.copies))
            return done[0]

        if canvas.map.do(command) and done[0]:
            ids = list(done[0].added)[: len(places)] if at.copies else list(places)
            canvas.selection.select(*ids, cell=self._to)

    def words(self) -> str:
        """Whether they are copied."""
        return _("Copy here") if self.copies and self._places else ""

    def paint_target(self, painter: QPainter) -> None:
        """The cells where they would stand."""
        seen = QRectF(self.canvas.viewport().rect())
        painter.setPen(QPen(theme.colour("brand"), 2))
        painter.setBrush(theme.colour("brand", 0.08))
        for place in list(dict.fromkeys(self._places.values()))[:MOST_GHOSTS]:
            rect = marks.cell_rect(self.canvas, Cell(*place))
            if rect is not None and self.canvas.view.on_screen(rect).intersects(seen):
                painter.drawRoundedRect(self.canvas.view.on_screen(rect).adjusted(3, 3, -3, -3), 6, 6)


def standing(layout: Layout, document: Document, ids: tuple[Id, ...], lead: Cell) -> Places:
    """In which cell each record stands; `lead` is that of the first, whose lane is known."""
    rows = [row.lane_id for row in layout.rows]
    found: Places = {}
    for id_ in ids:
        record = document.record(id_)
        touchpoint = getattr(record, "touchpoint_id", None)
        lane = getattr(record, "lane_id", None) or next(
            (row for row in rows if commands.holds(document, row, id_)), None
        )
        if id_ == ids[0]:
            lane, touchpoint = lead.lane, touchpoint or lead.touchpoint
        if lane is not None and touchpoint is not None:
            found[id_] = (lane, touchpoint)
    return found
