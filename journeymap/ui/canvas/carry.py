"""Carrying by keyboard: one step of Alt+arrow as a Change. No Qt in here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.model import commands, lanes
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Card, Id, Lane, Opportunity, PainPoint, Phase, State, Touchpoint
from journeymap.ui.canvas import cells
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.layout import Layout


def carried(layout: Layout, document: Document, id_: Id, here: Cell, dx: int, dy: int) -> tuple[Change, Cell]:
    """A record one step on, and the cell where it then stands. An empty Change where it cannot go further."""
    record = document.record(id_)
    match record:
        case Touchpoint() if dx:
            return _touchpoint(document, record, dx), here
        case Phase() if dx:
            return _in_row(
                document, id_, [one.id for one in document.referring(Phase, "state_id", record.state_id)], dx
            ), here
        case Lane() if dy:
            return _in_row(document, id_, [one.id for one in document.all(Lane)], dy), here
        case Card() | PainPoint() | Opportunity():
            return _to_cell(layout, document, record, here, dx, dy)
    return Change(), here


def _touchpoint(document: Document, record: Touchpoint, dx: int) -> Change:
    row = [one.id for one in document.referring(Touchpoint, "phase_id", record.phase_id)]
    at = row.index(record.id)
    if 0 <= at + dx < len(row):
        before = row[at - 1] if dx < 0 else (row[at + 2] if at + 2 < len(row) else None)
        return commands.move_touchpoint(document, record.id, record.phase_id, before)
    state = document.one(Phase, record.phase_id).state_id
    order = [one.id for one in document.referring(Phase, "state_id", document.one(State, state).id)]
    there = order.index(record.phase_id) + dx
    if not 0 <= there < len(order):
        return Change()
    inside = document.referring(Touchpoint, "phase_id", order[there])
    return commands.move_touchpoint(document, record.id, order[there], inside[0].id if dx > 0 and inside else None)


def _in_row(document: Document, id_: Id, row: list[Id], by: int) -> Change:
    at = row.index(id_)
    if not 0 <= at + by < len(row):
        return Change()
    before = row[at - 1] if by < 0 else (row[at + 2] if at + 2 < len(row) else None)
    return commands.move(document, id_, before)


def _to_cell(
    layout: Layout, document: Document, record: Card | PainPoint | Opportunity, here: Cell, dx: int, dy: int
) -> tuple[Change, Cell]:
    if dx:
        there = cells.step(layout, document, here, dx, 0)
        if there.touchpoint is None or there.touchpoint == record.touchpoint_id:
            return Change(), here
        if isinstance(record, Card):
            return commands.move_card(document, record.id, record.lane_id, there.touchpoint), there
        return commands.edit(document, record.id, touchpoint_id=there.touchpoint), there
    if not isinstance(record, Card):
        return Change(), here
    shown = [row.lane_id for row in layout.rows if document.one(Lane, row.lane_id).kind in lanes.CARDS]
    at = shown.index(record.lane_id) + dy if record.lane_id in shown else -1
    if not 0 <= at < len(shown):
        return Change(), here
    return commands.move_card(document, record.id, shown[at], record.touchpoint_id), Cell(
        shown[at], record.touchpoint_id
    )
