"""Carrying by keyboard: one step of Alt+arrow as a Change. No Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeymap.model import commands, journey
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Lane, Phase, Record, State, Touchpoint
from journeymap.ui.canvas import cells
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.layout import Layout


def carried_all(
    layout: Layout, document: Document, ids: tuple[Id, ...], here: Cell, dx: int, dy: int
) -> tuple[Change, Cell]:
    """Everything that is selected one step on, as one Change: touchpoints side by side, or what hangs in cells. An
    empty one where one of them cannot go further, or where they are of kinds that do not move together.
    """
    if len(ids) == 1:
        return carried(layout, document, ids[0], here, dx, dy)
    records = [document.record(id_) for id_ in ids]
    if all(isinstance(record, Touchpoint) for record in records):
        return (block(document, ids, dx) if dx else Change()), here
    places: dict[Id, tuple[Id, Id]] = {}
    there = here
    for record in records:
        if not isinstance(record, commands.HUNG):
            return Change(), here
        lane = getattr(record, "lane_id", None) or here.lane
        _change, cell = _to_cell(layout, document, record, Cell(lane, getattr(record, "touchpoint_id", None)), dx, dy)
        if not _change or cell.lane is None or cell.touchpoint is None:
            return Change(), here
        places[record.id] = (cell.lane, cell.touchpoint)
        there = cell if record.id == ids[0] else there
    return commands.carry(document, places), there


def block(document: Document, ids: Sequence[Id], dx: int) -> Change:
    """Touchpoints that are moved together end up side by side, one step from where the outermost stood."""
    chosen = frozenset(ids)
    order = [one.id for one in journey.every_touchpoint(document) if one.id in chosen]
    edge = document.one(Touchpoint, order[-1] if dx > 0 else order[0])
    row = [one.id for one in document.referring(Touchpoint, "phase_id", edge.phase_id)]
    rest = [id_ for id_ in row if id_ not in chosen]
    behind = row[row.index(edge.id) + 1 :] if dx > 0 else [id_ for id_ in row[: row.index(edge.id)] if id_ in rest]
    if behind:
        at = rest.index(behind[0]) + 1 if dx > 0 else rest.index(behind[-1])
        return commands.move_touchpoints(document, order, edge.phase_id, rest[at] if at < len(rest) else None)
    state = document.one(Phase, edge.phase_id).state_id
    phases = [one.id for one in document.referring(Phase, "state_id", state)]
    there = phases.index(edge.phase_id) + dx
    if not 0 <= there < len(phases):
        return Change()
    first = next(iter(document.referring(Touchpoint, "phase_id", phases[there])), None) if dx > 0 else None
    return commands.move_touchpoints(document, order, phases[there], first.id if first is not None else None)


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
        case _ if isinstance(record, commands.HUNG):
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


def _to_cell(layout: Layout, document: Document, record: Record, here: Cell, dx: int, dy: int) -> tuple[Change, Cell]:
    """Sideways to the next touchpoint; up and down to the next shown lane that may hold it."""
    lane, at = here.lane, str(getattr(record, "touchpoint_id", ""))
    if dx:
        there = cells.step(layout, document, here, dx, 0)
        if there.touchpoint is None or there.touchpoint == at:
            return Change(), here
        return commands.hang(document, record.id, getattr(record, "lane_id", lane), there.touchpoint), there
    own = getattr(record, "lane_id", None)
    shown = [row.lane_id for row in layout.rows if commands.holds(document, row.lane_id, record.id)]
    place = shown.index(own) + dy if own in shown else -1
    if not 0 <= place < len(shown):
        return Change(), here
    return commands.hang(document, record.id, shown[place], at), Cell(shown[place], at)
