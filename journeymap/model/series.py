"""Data sets that follow one another: the same questions asked again, month after month, are one series.

A data set never changes. The next month's file becomes a data set of its own that names the same series. What the map
shows of a question is the newest answer to it; the older ones are its past: the trend, and what the new is compared
with. They are never added up unasked, and never put together where a question is defined differently.

Days that two data sets of a series both cover count once, as the newer one has them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from journeymap.model import kpi
from journeymap.model.cube import UNDATED, Block
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Id, Measure
from journeymap.model.tally import Period, day_number, span

_LONGEST: Final = {"day": 1, "week": 7, "month": 31}
"""Days in a cell of a grain."""


def series_of(data_set: DataSet) -> str:
    """The series of a data set; one that follows no other is a series of its own, called by its id."""
    return data_set.series or data_set.id


def members(document: Document, series: str) -> list[DataSet]:
    """The data sets of a series, oldest first: by their last day, or as they were imported where one has no dates."""
    found = [one for one in document.all(DataSet) if series_of(one) == series]
    return sorted(found, key=lambda one: one.last_day) if all(one.last_day for one in found) else found


def newest(document: Document) -> list[DataSet]:
    """The newest data set of every series, in the order of the map."""
    last = {series_of(one): one for one in document.all(DataSet)}
    ends = {members(document, series)[-1].id for series in last}
    return [one for one in document.all(DataSet) if one.id in ends]


def question(measure: Measure) -> tuple[object, ...]:
    """What two measures of a series share that ask the same thing at the same place."""
    place = (measure.touchpoint_id, None if measure.touchpoint_id else measure.phase_id)
    return (*place, measure.kpi, measure.column, measure.name, measure.statistic)


def alike(one: Measure, other: Measure) -> bool:
    """Whether two measures are defined alike, so that one can be held against the other."""
    return kpi.comparable(one) == kpi.comparable(other) and one.positive == other.positive


def current(document: Document, measures: Sequence[Measure]) -> list[Measure]:
    """Those of `measures` that no later data set of their series measures again; in their order."""
    ranks = _ranks(document)
    if not ranks:
        return list(measures)
    last: dict[object, int] = {}
    keyed = []
    for measure in measures:
        series, rank = ranks.get(measure.data_set_id, (measure.data_set_id, 0))
        key = (series, *question(measure))
        last[key] = max(last.get(key, 0), rank)
        keyed.append((measure, key, rank))
    return [measure for measure, key, rank in keyed if rank == last[key]]


def before(document: Document, measure: Measure, among: Sequence[Measure]) -> list[Measure]:
    """The earlier answers to the same question, defined alike, of those in `among`; oldest first."""
    ranks = _ranks(document)
    if measure.data_set_id not in ranks:
        return []
    series, mine = ranks[measure.data_set_id]
    found = []
    for other in among:
        home, rank = ranks.get(other.data_set_id, ("", 0))
        if home == series and rank < mine and question(other) == question(measure) and alike(other, measure):
            found.append((rank, other))
    return [other for _rank, other in sorted(found, key=lambda each: each[0])]


def joined(document: Document, line: Sequence[Measure], block_of: Callable[[Measure], Block | None]) -> Block | None:
    """The answers of a line of measures, oldest first, as one block in which every day counts once."""
    blocks = [(one, block) for one in line if (block := block_of(one)) is not None]
    if len(blocks) < 2:
        return blocks[0][1] if blocks else None
    ends = [_days(document.get(DataSet, one.data_set_id), block) for one, block in blocks]
    parts = []
    for place, (one, block) in enumerate(blocks):
        later = [days.first for days in ends[place + 1 :] if days is not None]
        grain = _grain(document, one)
        parts.append((block, _kept_until(ends[place], min(later, default=None), grain)))
    return _together(parts)


def dated(document: Document, line: Sequence[Measure]) -> bool:
    """Whether every data set behind a line of measures has days."""
    sets = [document.get(DataSet, one.data_set_id) for one in line]
    return all(one is not None and one.last_day for one in sets)


def shared(older: DataSet, newer: DataSet) -> Period | None:
    """The days that two data sets both cover."""
    one, two = _days(older, None), _days(newer, None)
    if one is None or two is None:
        return None
    first, last = max(one.first, two.first), min(one.last, two.last)
    return Period(first, last) if first <= last else None


def after(block: Block, day: int) -> Block:
    """The cells of a block behind a day; those without a date are left out."""
    keep = [place for place, each in enumerate(block.day) if each > day and each != UNDATED]
    return _picked(block, keep)


# ---------------------------------------------------------------- within


def _ranks(document: Document) -> dict[Id, tuple[str, int]]:
    """Data set → (series, place in it), of the series that have several; usually there are none."""
    sets = document.all(DataSet)
    if all(not one.series for one in sets):
        return {}
    return _ranked(tuple((one.id, series_of(one), one.last_day) for one in sets))


@lru_cache(maxsize=16)
def _ranked(sets: tuple[tuple[Id, str, str], ...]) -> dict[Id, tuple[str, int]]:
    """The same for (id, series, last day) of the data sets in their order; asked at every touchpoint."""
    homes: dict[str, list[tuple[Id, str]]] = {}
    for id_, series, last_day in sets:
        homes.setdefault(series, []).append((id_, last_day))
    found: dict[Id, tuple[str, int]] = {}
    for series, inside in homes.items():
        days = all(last_day for _id, last_day in inside)
        ordered = sorted(inside, key=lambda each: each[1]) if days else inside
        found |= {id_: (series, rank) for rank, (id_, _last_day) in enumerate(ordered)}
    return found


def _days(data_set: DataSet | None, block: Block | None) -> Period | None:
    if data_set is not None and data_set.first_day and data_set.last_day:
        return Period(day_number(data_set.first_day), day_number(data_set.last_day))
    ends = span(block) if block is not None else None
    return Period(*ends) if ends is not None else None


def _grain(document: Document, measure: Measure) -> int:
    data_set = document.get(DataSet, measure.data_set_id)
    return _LONGEST.get(data_set.grain if data_set is not None else "", 1)


def _kept_until(own: Period | None, later: int | None, grain: int) -> int | None:
    """Cells before this day are kept; None: all. A cell that reaches into the days of a newer file goes, where the two
    overlap; months that merely meet within a week keep the week.
    """
    if later is None or own is None or own.last < later:
        return None
    return later - grain + 1


def _picked(block: Block, keep: Sequence[int]) -> Block:
    def of(column: array) -> array:  # type: ignore[type-arg]
        return array(column.typecode, [column[place] for place in keep]) if len(column) else array(column.typecode)

    return Block(
        block.values, block.codes, of(block.day), of(block.value), of(block.code), of(block.n),
        of(block.w), of(block.w2), of(block.x), of(block.xx),
    )  # fmt: skip


def _together(parts: Sequence[tuple[Block, int | None]]) -> Block:
    """Blocks one behind the other; of each the cells before a day (with a day, those without a date go as well)."""
    values = tuple(dict.fromkeys(value for block, _until in parts for value in block.values))
    codes = tuple(sorted({code for block, _until in parts for code in block.codes}))
    weighted = any(len(block.w) for block, _until in parts)
    exact = any(len(block.x) for block, _until in parts)
    at_value, at_code = ({each: place for place, each in enumerate(group)} for group in (values, codes))
    cells: list[tuple[int, int, int, int, float, float, float, float]] = []
    for block, until in parts:
        for i, day in enumerate(block.day):
            if until is not None and (day >= until or day == UNDATED):
                continue
            code, n = block.codes[block.code[i]], block.n[i]
            w, w2 = (block.w[i], block.w2[i]) if len(block.w) else (float(n), float(n))
            x, xx = (block.x[i], block.xx[i]) if len(block.x) else (code * w, code * code * w)
            cells.append((day, at_value[block.values[block.value[i]]], at_code[code], n, w, w2, x, xx))
    cells.sort(key=lambda cell: cell[:3])
    columns = list(zip(*cells, strict=True)) if cells else [()] * 8
    whole = [array(kind, column) for kind, column in zip("iiiq", columns[:4], strict=True)]
    real = [array("d", column if on else ()) for column, on in zip(columns[4:], (weighted, weighted, exact, exact), strict=True)]  # fmt: skip
    return Block(values, codes, whole[0], whole[1], whole[2], whole[3], *real)
