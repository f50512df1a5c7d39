"""Where a record is drawn: a lane, a phase, a touchpoint's cell, or whatever stands in one."""

from __future__ import annotations

from collections.abc import Sequence

from journeymap.model.layout.grid import Grid, Rect
from journeymap.model.layout.strip import Strip
from journeymap.model.records import Action, Id, Phase


def place(grid: Grid, shown: Sequence[Strip], head: Rect, id_: Id, lane_id: Id | None = None) -> Rect | None:
    """The rectangle of a record in a drawing of these strips below `head`; with a lane, the cell of a touchpoint in it.

    None where it is not drawn.
    """
    strip = next((one for one in shown if one.lane.id == (lane_id or id_)), None)
    i = grid.index.get(id_)
    if strip is not None and i is not None:
        return Rect(grid.columns[i].x, strip.y, grid.columns[i].width, strip.height)
    if strip is not None and lane_id is None:
        return Rect(0.0, strip.y, head.width, strip.height)
    for block in grid.blocks if grid.document.get(Phase, id_) is not None else ():
        if block.phase.id == id_:
            return Rect(block.x, head.y, block.width, head.height)
    return _found(grid, shown, id_, lane_id)


def _found(grid: Grid, shown: Sequence[Strip], id_: Id, lane_id: Id | None) -> Rect | None:
    for i in _hosts(grid, id_):
        for strip in shown:
            if lane_id is None or strip.lane.id == lane_id:
                for group in strip.groups(i, i):
                    if group.meaning.record == id_:
                        return Rect(group.x, group.y, group.width, group.height)
    return None


def _hosts(grid: Grid, id_: Id) -> list[int]:
    """The columns in which a record may stand."""
    record = grid.document.record(id_)
    ids = {id_} | {getattr(record, name, None) for name in ("touchpoint_id", "source_id", "kpi_touchpoint_id")}
    if isinstance(record, Action):
        ids |= {one for one, contents in grid.contents.items() if record in contents.actions}
    return sorted(i for one in ids if (i := grid.index.get(one)) is not None)
