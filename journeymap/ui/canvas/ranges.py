"""Jumps over phases, and ranges of cells as Shift and Ctrl+A select them. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from journeymap.model.document import Document
from journeymap.model.records import Id
from journeymap.ui.canvas import cells
from journeymap.ui.canvas.cells import Stop
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.layout import Layout
    from journeymap.model.layout.grid import Band


def stands(layout: Layout, document: Document, here: Cell) -> bool:
    """Whether a cell stands in a column of what is shown, not among the lane names."""
    return _stop(layout, document, here) is not None


def jump(layout: Layout, document: Document, here: Cell, way: int) -> Cell:
    """The first touchpoint of the next phase (+1), in the last phase its end; or (−1) the first of this phase, from
    there that of the phase before.
    """
    band, stop = _band(layout, document, here), _stop(layout, document, here)
    if band is None or stop is None:
        return here
    order = [_inside(layout, band, place) for place in range(len(band.blocks))]
    at = next(place for place, block in enumerate(band.blocks) if block.phase.id == stop.phase)
    if way > 0:
        there = order[at + 1][0] if at + 1 < len(order) else order[at][-1]
    else:
        there = order[at][0] if stop != order[at][0] or at == 0 else order[at - 1][0]
    return cells.cell(here.drawn, there)


def between(layout: Layout, document: Document, one: Cell, other: Cell) -> list[Id]:
    """The records of all cells between two corners in one band, row by row; those of the second corner first."""
    band = _band(layout, document, other)
    first = cells.contents(document, other)[:1]
    down = cells.rows(band, document) if band is not None else []
    if band is None or one.drawn not in down or other.drawn not in down:
        return first
    top, bottom = sorted((down.index(one.drawn), down.index(other.drawn)))
    rows = down[top : bottom + 1]
    ends = [_stop(layout, document, one), _stop(layout, document, other)]
    if None in ends:  # among the lane names
        found = (id_ for row in rows if row is not None for id_ in cells.contents(document, cells.in_row(row)))
        return [*dict.fromkeys((*first, *found))]
    stops = [stop for place in range(len(band.blocks)) for stop in _inside(layout, band, place)]
    left, right = sorted(stops.index(end) if end in stops else len(stops) for end in ends if end is not None)
    return [*dict.fromkeys((*first, *_records(document, rows, stops[left : right + 1])))]


def area(layout: Layout, document: Document, one: Cell, other: Cell) -> list[list[Cell]]:
    """The cells between two corners in the grid, row by row; none among lane names or across states."""
    band = _band(layout, document, other)
    ends = [_stop(layout, document, one), _stop(layout, document, other)]
    down = cells.rows(band, document) if band is not None else []
    if band is None or None in ends or one.drawn not in down or other.drawn not in down:
        return []
    stops = [stop for place in range(len(band.blocks)) for stop in _inside(layout, band, place)]
    top, bottom = sorted((down.index(one.drawn), down.index(other.drawn)))
    left, right = sorted(stops.index(end) if end in stops else len(stops) for end in ends if end is not None)
    return [[cells.cell(lane, stop) for stop in stops[left : right + 1]] for lane in down[top : bottom + 1]]


def row(layout: Layout, document: Document, here: Cell) -> list[Id]:
    """Everything in the row of a cell; among the lane names every lane."""
    band = _band(layout, document, here)
    if band is None:
        return []
    first = cells.contents(document, here)[:1]
    if _stop(layout, document, here) is None:
        down = [row for row in cells.rows(band, document) if row is not None]
        found = [id_ for row in down for id_ in cells.contents(document, cells.in_row(row))]
    else:
        stops = [stop for place in range(len(band.blocks)) for stop in _inside(layout, band, place)]
        found = [*_records(document, [here.drawn], stops)]
    return [*dict.fromkeys((*first, *found))]


def everything(layout: Layout, document: Document, here: Cell) -> list[Id]:
    """Everything in the columns: touchpoints, and what stands below them."""
    first = cells.contents(document, here)[:1] if here.lane is not None and here.touchpoint else []
    found: list[Id] = []
    for band in layout.bands:
        stops = [stop for place in range(len(band.blocks)) for stop in _inside(layout, band, place) if stop.touchpoint]
        found += _records(document, [row for row in cells.rows(band, document) if row is not None], stops)
    return [*dict.fromkeys((*first, *found))]


def _records(document: Document, rows: list[Id | None], stops: list[Stop]) -> Iterator[Id]:
    for lane in rows:
        for stop in stops:
            yield from cells.contents(document, cells.cell(lane, stop))


def _band(layout: Layout, document: Document, here: Cell) -> Band | None:
    """The band in which a cell stands; the first for a lane's name."""
    phase = cells.phase_of(document, here)
    bands = layout.bands
    if phase is None:
        return bands[0] if bands and here.lane is not None else None
    return next((band for band in bands if any(block.phase.id == phase.id for block in band.blocks)), None)


def _stop(layout: Layout, document: Document, here: Cell) -> Stop | None:
    """The column of a cell, of a phase its first; None among the lane names and where it is not shown."""
    phase, band = cells.phase_of(document, here), _band(layout, document, here)
    if phase is None or band is None:
        return None
    at = next(place for place, block in enumerate(band.blocks) if block.phase.id == phase.id)
    return Stop(here.touchpoint, phase.id) if here.touchpoint else _inside(layout, band, at)[0]


def _inside(layout: Layout, band: Band, place: int) -> list[Stop]:
    """The columns of a phase; one without a touchpoint where it has none."""
    block = band.blocks[place]
    inside = layout.order[block.first : block.last + 1]
    return [Stop(id_, block.phase.id) for id_ in inside] or [Stop(None, block.phase.id)]
