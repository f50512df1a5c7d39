"""The grid as the keyboard walks it: rows and stops, and what stands where they cross. No Qt in here.

A row is a lane, or None for the band of phases. A stop is a column: a touchpoint, or a phase that has none yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journeymap.model import lanes, lens
from journeymap.model.document import Document
from journeymap.model.layout.contents import gather
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
    Touchpoint,
    TypedKpi,
    UserStory,
)
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.layout import Layout
    from journeymap.model.layout.grid import Band


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
    """The phases from left to right; where two states are drawn, first those of the upper one."""
    return [block for band in layout.bands for block in _blocks(layout, band)]


def blocks_at(layout: Layout, y: float) -> list[Block]:
    """The phases of the state that is drawn at a height of the map."""
    band = next((band for band in reversed(layout.bands) if y >= band.top), layout.bands[0])
    return _blocks(layout, band)


def _blocks(layout: Layout, band: Band) -> list[Block]:
    """The phases of one band, each reaching to where the next begins."""
    shown = band.blocks
    ends = [*(block.x for block in shown[1:]), layout.width][: len(shown)]  # an empty map has none
    return [
        Block(block.phase.id, block.first, block.last, block.x, end - block.x)
        for block, end in zip(shown, ends, strict=True)
    ]


def rows(band: Band, document: Document) -> list[Id | None]:
    """The rows of a band from top to bottom: the phases, then every row of a lane that has cells."""
    shown = ((row.lane_id, document.get(Lane, lens.real(row.lane_id))) for row in band.rows)
    return [None, *(id_ for id_, lane in shown if lane is not None and lane.kind not in lanes.LINES)]


def cell(row: Id | None, stop: Stop) -> Cell:
    """The cell where a row and a column cross."""
    if row is None:
        return Cell(None, None, stop.phase)
    return in_row(row, stop.touchpoint, None if stop.touchpoint else stop.phase)


def in_row(row: Id, touchpoint: Id | None = None, phase: Id | None = None) -> Cell:
    """A cell of a row: one that a view has made keeps its name beside that of its lane."""
    lane = lens.real(row)
    return Cell(lane, touchpoint, phase, row if row != lane else None)


def stop_of(document: Document, here: Cell) -> Stop | None:
    """The column in which a cell stands (of a phase its first); None among the lane names."""
    touchpoint = document.get(Touchpoint, here.touchpoint)
    if touchpoint is not None:
        return Stop(touchpoint.id, touchpoint.phase_id)
    if here.phase is None or here.phase not in document:
        return None
    inside = document.referring(Touchpoint, "phase_id", here.phase)
    return Stop(inside[0].id if inside else None, here.phase)


class _Walk(NamedTuple):
    """The band in which the keyboard stands, and its place among all of them."""

    layout: Layout
    place: int

    @property
    def band(self) -> Band:
        return self.layout.bands[self.place]

    @property
    def phases(self) -> list[Id]:
        return [block.phase.id for block in self.band.blocks]

    def inside(self, phase: Id) -> list[Id]:
        """The touchpoints of a phase that are shown."""
        block = next(block for block in self.band.blocks if block.phase.id == phase)
        return [*self.layout.order[block.first : block.last + 1]]

    def edge(self, phase: Id, end: int) -> Stop:
        """The first (0) or last (−1) column of a phase."""
        inside = self.inside(phase)
        return Stop(inside[end] if inside else None, phase)


def _walk(layout: Layout, document: Document, here: Cell) -> _Walk:
    phase = phase_of(document, here)
    for place, band in enumerate(layout.bands):
        if phase is not None and any(block.phase.id == phase.id for block in band.blocks):
            return _Walk(layout, place)
    return _Walk(layout, 0)


def _stop(walk: _Walk, document: Document, here: Cell) -> Stop | None:
    """The column in which a cell stands (of a phase its first); None among the lane names, and where it is not shown."""
    phase = phase_of(document, here)
    if phase is None or phase.id not in walk.phases:
        return None
    return Stop(here.touchpoint, phase.id) if here.touchpoint else walk.edge(phase.id, 0)


def _beside(walk: _Walk, stop: Stop, dx: int, *, by_phase: bool = False) -> Stop:
    """The column `dx` on (any large number: the last), which stays at the end; `by_phase` steps over whole phases."""
    order = walk.phases
    at = order.index(stop.phase)
    if by_phase:
        return walk.edge(order[min(max(0, at + dx), len(order) - 1)], 0)
    if abs(dx) > 1:
        return walk.edge(order[-1], -1) if dx > 0 else walk.edge(order[0], 0)
    inside = walk.inside(stop.phase)
    there = inside.index(stop.touchpoint) + dx if stop.touchpoint in inside else -1
    if 0 <= there < len(inside):
        return Stop(inside[there], stop.phase)
    if not 0 <= at + dx < len(order):
        return stop
    return walk.edge(order[at + dx], 0 if dx > 0 else -1)


def step(layout: Layout, document: Document, here: Cell, dx: int, dy: int) -> Cell:
    """The cell next to `here`, which stays where the grid ends; in the band of phases sideways is the next phase.

    Below the last row of a state begins the next state, where two are shown.
    """
    walk = _walk(layout, document, here)
    order, down = walk.phases, rows(walk.band, document)
    if not order:
        return here
    row = down.index(here.drawn) if here.drawn in down else 0
    stop = _stop(walk, document, here)
    if stop is None:  # among the lane names, or nowhere yet
        if here.lane is not None and dx <= 0 and here.touchpoint is None:
            name = down[min(max(1, row + dy), len(down) - 1)]
            return in_row(name) if name is not None else here
        return cell(here.drawn if here.drawn in down else None, walk.edge(order[0], 0))
    if not dx:
        if not 0 <= row + dy < len(down) and abs(dy) == 1 and 0 <= walk.place + dy < len(layout.bands):
            return _across(_Walk(layout, walk.place + dy), document, stop, last=dy < 0)
        return cell(down[min(max(0, row + dy), len(down) - 1)], stop)
    there = _beside(walk, stop, dx, by_phase=here.lane is None)
    if dx == -1 and there == stop and here.lane is not None:
        return in_row(here.drawn) if here.drawn else here
    return cell(here.drawn, there)


def _across(walk: _Walk, document: Document, stop: Stop, *, last: bool) -> Cell:
    """The cell of another state that lies straight below or above a column."""
    order = walk.phases
    if not order:
        return Cell()
    from_ = walk.layout.place(stop.touchpoint or stop.phase)
    x = from_.x if from_ is not None else 0.0
    near = [Stop(id_, phase) for phase in order for id_ in walk.inside(phase)]
    places = {stop: place.x for stop in near if (place := walk.layout.place(stop.touchpoint or "")) is not None}
    there = min(places, key=lambda one: abs(places[one] - x), default=walk.edge(order[0], 0))
    down = rows(walk.band, document)
    return cell(down[-1] if last else None, there)


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
        case lanes.JOURNEY | lanes.CHANNELS | lanes.ARC | lanes.CHART | lanes.DEPARTMENTS:
            return [touchpoint]
        case lanes.FIGURES:
            return [*document.referring(TypedKpi, "touchpoint_id", at)] or [touchpoint]
        case lanes.ACTIONS:
            return [*gather(document, touchpoint).actions]
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
        return in_row(meaning.lane, meaning.touchpoint)
    return in_row(meaning.lane) if meaning.role == "lane" and meaning.lane is not None else None


def at(layout: Layout, x: float, y: float) -> Cell | None:
    """The cell at a place of the map; None beyond the grid."""
    band = next((band for band in reversed(layout.bands) if y >= band.top), layout.bands[0])
    block = next((block for block in _blocks(layout, band) if block.x <= x < block.x + block.width), None)
    if y < band.top + layout.head_height:
        return Cell(None, None, block.phase) if block is not None else None
    row = next((row for row in band.rows if row.y <= y < row.y + row.height), None)
    if row is None:
        return None
    if x < layout.names_width:
        return in_row(row.lane_id)
    if block is None:
        return None
    inside = layout.columns[block.first : block.last + 1]
    column = min(inside, key=lambda one: abs(one.x + one.width / 2 - x), default=None)
    return cell(row.lane_id, Stop(column.touchpoint_id if column else None, block.phase))


def phase_of(document: Document, here: Cell) -> Phase | None:
    """The phase in whose columns a cell stands."""
    touchpoint = document.get(Touchpoint, here.touchpoint)
    return document.get(Phase, touchpoint.phase_id if touchpoint is not None else here.phase)


def same_height(old: Layout, new: Layout, y: float) -> float:
    """The height in one layout that shows what stands at `y` in another: the same share of the same row."""
    if old is new or y <= old.head_height:
        return y
    places = {(row.lane_id, row.band): row for row in new.rows}
    above = new.head_height
    for row in old.rows:
        there = places.get((row.lane_id, row.band))
        if y < row.y + row.height:
            if there is None:
                return above
            return there.y + there.height * (y - row.y) / row.height if row.height else there.y
        above = there.y + there.height if there is not None else above
    return above
