"""Which strip draws which kind of lane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from journeymap.model import lanes
from journeymap.model.layout import attached
from journeymap.model.layout.arc import Arc
from journeymap.model.layout.cards import CARDS
from journeymap.model.layout.channels import Channels
from journeymap.model.layout.charts import Charts
from journeymap.model.layout.departments import Departments
from journeymap.model.layout.dividers import Divider
from journeymap.model.layout.emotion import Emotions
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.heat import Heat
from journeymap.model.layout.journey import Journey
from journeymap.model.layout.kind import Kind
from journeymap.model.layout.moods import Moods
from journeymap.model.layout.pains import ACTIONS, OPPORTUNITIES, PAINS
from journeymap.model.layout.phase_figures import Chips
from journeymap.model.layout.solo import Several
from journeymap.model.layout.strip import Strip
from journeymap.model.layout.summary import BLOCKS, DOTS, STATUSES, Tiles
from journeymap.model.layout.texts import BARS, CELLS, POLICIES, STAFF, SYSTEMS, THOUGHTS
from journeymap.model.layout.voices import QUOTES, STORIES
from journeymap.model.lens import Row
from journeymap.model.records import Id, Lane

KINDS: Final[dict[str, Kind]] = {
    **attached.KINDS,
    lanes.JOURNEY: CARDS,
    lanes.THOUGHTS: THOUGHTS,
    lanes.NEEDS: THOUGHTS,
    lanes.QUOTES: QUOTES,
    lanes.STORIES: STORIES,
    lanes.PAINS: PAINS,
    lanes.OPPORTUNITIES: OPPORTUNITIES,
    lanes.ACTIONS: ACTIONS,
    lanes.FRONT_STAGE: CELLS,
    lanes.TEXT: CELLS,
    lanes.STAFF: STAFF,
    lanes.BACK_STAGE: BARS,
    lanes.SUPPORT: BARS,
    lanes.SYSTEMS: SYSTEMS,
    lanes.POLICIES: POLICIES,
}
"""Lanes of cells; a kind that a newer file brings is drawn as plain texts."""


FROM_AFAR: Final[dict[str, frozenset[str]]] = {
    "summary": frozenset({lanes.JOURNEY, lanes.EMOTION, lanes.PAINS, lanes.DEPARTMENTS}),
    "sketch": frozenset({lanes.JOURNEY, lanes.EMOTION, lanes.FIGURES}),
}
"""The lanes that are drawn at all in summaries and sketches."""


def _from_afar(grid: Grid, lane: Lane, moods: Moods) -> Strip | None:
    """The strip of a lane as a summary or sketch; None where it looks as it does in full."""
    match grid.metrics.level, lane.kind:
        case "summary", lanes.JOURNEY:
            return Tiles(grid, lane, moods)
        case "summary", lanes.PAINS:
            return Strip(grid, lane, DOTS)
        case "sketch", lanes.JOURNEY:
            return Strip(grid, lane, BLOCKS)
        case "sketch", lanes.FIGURES:
            return Strip(grid, lane, STATUSES)
    return None


def strip(grid: Grid, lane: Lane, moods: Moods, like: Strip | None = None) -> Strip:
    """The strip of a lane; `like` is that of another drawing."""
    afar = _from_afar(grid, lane, moods)
    if afar is not None:
        return afar
    if lane.kind in lanes.LINES:
        return Divider(grid, lane)
    match lane.kind:
        case lanes.JOURNEY:
            return Journey(grid, lane)
        case lanes.FIGURES:
            return Chips(grid, lane)
        case lanes.CHANNELS:
            return Channels(grid, lane)
        case lanes.ARC:
            return Arc(grid, lane)
        case lanes.CHART:
            return Charts(grid, lane)
        case lanes.EMOTION:
            return Emotions(grid, lane, moods)
        case lanes.DEPARTMENTS:
            return Departments(grid, lane, moods)
    return Strip(grid, lane, KINDS.get(lane.kind, CELLS), like)


def strips(
    grid: Grid, moods: Several, shown: Sequence[Row], before: Sequence[Strip] = (), like: Sequence[Strip] = ()
) -> list[Strip]:
    """The strips of the rows in order; those of `before` whose lane is the same are kept. `like`: those of another drawing."""
    kept: dict[Id, Strip] = {one.lane.id: one for one in before}
    alike: dict[Id, Strip] = {one.lane.id: one for one in like}
    found = []
    afar = FROM_AFAR.get(grid.metrics.level)
    for row in shown:
        lane = row.lane
        if afar is not None and lane.kind not in afar and row.kpi is None:
            continue
        known = kept.get(lane.id)
        if known is not None and known.lane.kind == lane.kind:
            known.lane = lane
            found.append(known)
        else:
            found.append(_of_row(grid, row, moods, alike.get(lane.id)))
    return found


def _of_row(grid: Grid, row: Row, moods: Several, like: Strip | None) -> Strip:
    if row.kpi is not None:
        return Heat(grid, row.lane, row.kpi)
    if row.persona_id is not None:
        alone = moods.of(row.persona_id)
        return Emotions(alone.grid, row.lane, alone)
    return strip(grid, row.lane, moods, like)
