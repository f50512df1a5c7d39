"""The grid as the keyboard walks it: rows and stops, and what stands where they cross. No Qt in here.

A row is a lane, or None for the band of phases. A stop is a column: a touchpoint, or a phase that has none yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journeymap.model import lanes
from journeymap.model.document import Document
from journeymap.model.picture import Group
from journeymap.model.records import (
    Attachment,
    Card,
    Emotion,
    Id,
    Lane,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Record,
    State,
    Touchpoint,
    UserStory,
)
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.layout import Layout


class Stop(NamedTuple):
    """A column of the grid; `touchpoint` is None in a phase without touchpoints."""

    touchpoint: Id | None
    phase: Id


class Block(NamedTuple):
    """A phase on the map: its columns `first` … `last` (last < first where it has none) and the ground it covers."""

    phase: Id
    first: int
    last: int
    x: float
    width: float


def blocks(layout: Layout) -> list[Block]:
    """The phases from left to right."""
    found: list[Block] = []
    columns, at, heads = layout.columns, 0, layout.head
    for i, group in enumerate(heads):
        first, phase = at, group.meaning.record or ""
        while at < len(columns) and columns[at].phase_id == phase:
            at += 1
        right = heads[i + 1].x if i + 1 < len(heads) else layout.width
        found.append(Block(phase, first, at - 1, group.x, right - group.x))
    return found


def rows(layout: Layout, document: Document) -> list[Id | None]:
    """The rows from top to bottom: the band of phases, then every lane that has cells."""
    shown = (document.get(Lane, row.lane_id) for row in layout.rows)
    return [None, *(lane.id for lane in shown if lane is not None and lane.kind not in lanes.LINES)]


def cell(lane: Id | None, stop: Stop) -> Cell:
    """The cell where a row and a column cross."""
    if lane is None:
        return Cell(None, None, stop.phase)
    return Cell(lane, stop.touchpoint, None if stop.touchpoint else stop.phase)


def stop_of(document: Document, here: Cell) -> Stop | None:
    """The column in which a cell stands (of a phase its first); None among the lane names."""
    touchpoint = document.get(Touchpoint, here.touchpoint)
    if touchpoint is not None:
        return Stop(touchpoint.id, touchpoint.phase_id)
    return _edge(document, here.phase, 0) if here.phase in document and here.phase else None


def _edge(document: Document, phase: Id, end: int) -> Stop:
    """The first (0) or last (−1) column of a phase."""
    inside = document.referring(Touchpoint, "phase_id", phase)
    return Stop(inside[end].id if inside else None, phase)


def _phases(document: Document) -> list[Id]:
    """The phases that are shown: those of the first state."""
    states = document.all(State)
    return [phase.id for phase in document.referring(Phase, "state_id", states[0].id)] if states else []


def beside(document: Document, stop: Stop, dx: int, *, by_phase: bool = False) -> Stop:
    """The column `dx` on (any large number: the last), which stays at the end; `by_phase` steps over whole phases."""
    order = _phases(document)
    if stop.phase not in order:
        return stop
    at = order.index(stop.phase)
    if by_phase:
        return _edge(document, order[min(max(0, at + dx), len(order) - 1)], 0)
    if abs(dx) > 1:
        return _edge(document, order[-1], -1) if dx > 0 else _edge(document, order[0], 0)
    inside = [one.id for one in document.referring(Touchpoint, "phase_id", stop.phase)]
    there = inside.index(stop.touchpoint) + dx if stop.touchpoint in inside else -1
    if 0 <= there < len(inside):
        return Stop(inside[there], stop.phase)
    if not 0 <= at + dx < len(order):
        return stop
    return _edge(document, order[at + dx], 0 if dx > 0 else -1)


def step(layout: Layout, document: Document, here: Cell, dx: int, dy: int) -> Cell:
    """The cell next to `here`, which stays where the grid ends; in the band of phases sideways is the next phase."""
    order, down = _phases(document), rows(layout, document)
    if not order:
        return here
    row = down.index(here.lane) if here.lane in down else 0
    lane = down[min(max(0, row + dy), len(down) - 1)]
    stop = stop_of(document, here)
    if stop is None:  # among the lane names, or nowhere yet
        if here.lane is not None and dx <= 0:
            name = down[min(max(1, row + dy), len(down) - 1)]
            return Cell(name) if name is not None else here
        return cell(here.lane, _edge(document, order[0], 0))
    if not dx:
        return cell(lane, stop)
    there = beside(document, stop, dx, by_phase=here.lane is None)
    if dx == -1 and there == stop and here.lane is not None:
        return Cell(here.lane)
    return cell(lane, there)


def contents(document: Document, here: Cell) -> list[Id]:
    """The records in a cell, in reading order; the phase in the band of phases, the lane among the names."""
    lane, touchpoint = document.get(Lane, here.lane), document.get(Touchpoint, here.touchpoint)
    if lane is None:
        return [here.phase] if here.phase in document and here.phase else []
    if touchpoint is None:
        return [] if here.phase else [lane.id]
    return [record.id for record in _in_lane(document, lane, touchpoint)]


def _in_lane(document: Document, lane: Lane, touchpoint: Touchpoint) -> list[Record]:
    at = touchpoint.id
    match lane.kind:
        case lanes.JOURNEY | lanes.CHANNELS | lanes.FIGURES | lanes.DEPARTMENTS:
            return [touchpoint]
        case lanes.EMOTION:
            known = {mood.persona_id: mood for mood in document.referring(Emotion, "touchpoint_id", at)}
            return [known[persona.id] for persona in document.all(Persona) if persona.id in known]
        case lanes.PAINS:
            return [*document.referring(PainPoint, "touchpoint_id", at)]
        case lanes.OPPORTUNITIES:
            return [*document.referring(Opportunity, "touchpoint_id", at)]
        case lanes.QUOTES:
            return [*document.referring(Quote, "touchpoint_id", at)]
        case lanes.STORIES:
            return [*document.referring(UserStory, "touchpoint_id", at)]
        case lanes.STORYBOARD | lanes.FILES:
            shown = document.referring(Attachment, "touchpoint_id", at)
            return [picture for picture in shown if picture.lane_id == lane.id]
    return [card for card in document.referring(Card, "touchpoint_id", at) if card.lane_id == lane.id]


def cell_of(document: Document, group: Group) -> Cell | None:
    """The cell in which a group stands; None for what is in no cell."""
    meaning = group.meaning
    record = document.record(meaning.record) if meaning.record else None
    if isinstance(record, Phase):
        return Cell(None, None, record.id)
    if meaning.touchpoint is not None and meaning.lane is not None:
        return Cell(meaning.lane, meaning.touchpoint)
    return Cell(record.id) if isinstance(record, Lane) and meaning.role == "lane" else None


def at(layout: Layout, x: float, y: float) -> Cell | None:
    """The cell at a place of the map; None beyond the grid."""
    if y < layout.head_height:
        block = next((block for block in blocks(layout) if block.x <= x < block.x + block.width), None)
        return Cell(None, None, block.phase) if block is not None else None
    row = next((row for row in layout.rows if row.y <= y < row.y + row.height), None)
    if row is None:
        return None
    if x < layout.names_width:
        return Cell(row.lane_id)
    for block in blocks(layout):
        if block.x <= x < block.x + block.width:
            inside = layout.columns[block.first : block.last + 1]
            column = min(inside, key=lambda one: abs(one.x + one.width / 2 - x), default=None)
            return cell(row.lane_id, Stop(column.touchpoint_id if column else None, block.phase))
    return None


def phase_of(document: Document, here: Cell) -> Phase | None:
    """The phase in whose columns a cell stands."""
    touchpoint = document.get(Touchpoint, here.touchpoint)
    return document.get(Phase, touchpoint.phase_id if touchpoint is not None else here.phase)


def same_height(old: Layout, new: Layout, y: float) -> float:
    """The height in one layout that shows what stands at `y` in another: the same share of the same row."""
    if old is new or y <= old.head_height:
        return y
    places = {row.lane_id: row for row in new.rows}
    above = new.head_height
    for row in old.rows:
        there = places.get(row.lane_id)
        if y < row.y + row.height:
            if there is None:
                return above
            return there.y + there.height * (y - row.y) / row.height if row.height else there.y
        above = there.y + there.height if there is not None else above
    return above
