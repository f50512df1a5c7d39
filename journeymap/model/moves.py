"""From one period of a series to the next: what moved, beyond chance or not; and how the two lie in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from journeymap.model import comparison, hiding, kpi, series
from journeymap.model.comparison import Difference, Word
from journeymap.model.cube import EVERYBODY, UNDATED, Block
from journeymap.model.document import Document
from journeymap.model.figures import at_place
from journeymap.model.measured import CubeOf, Figure, blank, filled
from journeymap.model.records import DataSet, Id, Measure, Phase, Touchpoint
from journeymap.model.tally import Counts, Period, tally

BlockOf = Callable[[Measure], Block | None]


class Move(Struct, frozen=True):
    """One question at one place: its figure in the last period and in the new one. `difference` and `word` are None
    where the two cannot be held against one another; the words hold among all moves.
    """

    place: str
    before: Figure
    after: Figure
    difference: Difference | None = None
    word: Word | None = None


class Overlap(Struct, frozen=True):
    """Days that both data sets cover, and on how many of them both have the same number of answers to every question."""

    days: Period
    alike: int

    @property
    def count(self) -> int:
        """How many days."""
        return self.days.last - self.days.first + 1


def past_blocks(document: Document, cube_of: CubeOf, data_set: DataSet) -> dict[Id, Block]:
    """The blocks of everybody in all data sets of a series, by measure: what `moves` compares the new answers with."""
    found = {}
    for one in series.members(document, series.series_of(data_set)):
        blocks = cube_of(one.id).blocks
        for measure in document.referring(Measure, "data_set_id", one.id):
            block = blocks.get((measure.id, EVERYBODY))
            if block is not None:
                found[measure.id] = block
    return found


def moves(document: Document, measures: Sequence[Measure], block_of: BlockOf) -> list[Move]:
    """The moves to `measures` from the newest answers before them that are defined alike; `document` has both.

    Where the days overlap, only the new answers behind the older ones count: the two have to be other answers.
    """
    found: list[Move] = []
    for measure in measures:
        earlier = series.before(
            document, measure, at_place(document, Measure, (measure.touchpoint_id, measure.phase_id))
        )
        if not earlier or measure.definition == kpi.SUMMED:
            continue
        counts = _both(document, earlier[-1], measure, block_of)
        if counts is None:
            continue
        limit = hiding.limit(document, measure.data_set_id)
        figures = [_figure(one, each, limit) for one, each in zip((earlier[-1], measure), counts, strict=True)]
        gap = None
        if all(figure.value is not None for figure in figures):
            gap = comparison.difference(measure, counts[0], counts[1], other=earlier[-1])
        found.append(Move(place_name(document, measure), figures[0], figures[1], gap))
    said = iter(comparison.words([move.difference for move in found if move.difference is not None]))
    return [replace(move, word=next(said)) if move.difference is not None else move for move in found]


def overlap(document: Document, older: DataSet, newer: DataSet, block_of: BlockOf) -> Overlap | None:
    """The days that two data sets share; None where there are none."""
    days = series.shared(older, newer)
    if days is None:
        return None
    sizes = [_by_day(document.referring(Measure, "data_set_id", one.id), block_of, days) for one in (older, newer)]
    asked = sizes[0].keys() & sizes[1].keys()
    alike = sum(
        all(sizes[0][key].get(day, 0) == sizes[1][key].get(day, 0) for key in asked)
        for day in range(days.first, days.last + 1)
    )
    return Overlap(days, alike if asked else 0)


def place_name(document: Document, measure: Measure) -> str:
    """The name of the touchpoint or phase of a measure; "" for the journey."""
    record = document.get(Touchpoint, measure.touchpoint_id) or document.get(Phase, measure.phase_id)
    return record.name if record is not None else ""


def redefined(document: Document, measures: Iterable[Measure]) -> list[tuple[Measure, Measure]]:
    """(newest before, new) of questions that are defined otherwise than before: never held against one another."""
    found = []
    for measure in measures:
        here = at_place(document, Measure, (measure.touchpoint_id, measure.phase_id))
        same = [
            one
            for one in here
            if one.data_set_id != measure.data_set_id and series.question(one) == series.question(measure)
        ]
        home = document.get(DataSet, measure.data_set_id)
        mine = [one for one in same if home is not None and _follows(document, one, home)]
        if mine and not series.alike(mine[-1], measure):
            found.append((mine[-1], measure))
    return found


def _follows(document: Document, older: Measure, home: DataSet) -> bool:
    other = document.get(DataSet, older.data_set_id)
    return other is not None and series.series_of(other) == series.series_of(home)


def _both(document: Document, old: Measure, new: Measure, block_of: BlockOf) -> tuple[Counts, Counts] | None:
    blocks = block_of(old), block_of(new)
    sets = document.get(DataSet, old.data_set_id), document.get(DataSet, new.data_set_id)
    if blocks[0] is None or blocks[1] is None or sets[0] is None or sets[1] is None:
        return None
    shared = series.shared(sets[0], sets[1])
    newer = blocks[1] if shared is None else series.after(blocks[1], shared.last)
    counts, whole = (tally(blocks[0]), tally(newer)), tally(blocks[1])
    rest = whole.answers - counts[1].answers  # could be worked out from the two
    if 0 < rest < hiding.limit(document, new.data_set_id):
        return None
    return counts if counts[1].answers else None


def _figure(measure: Measure, counts: Counts, limit: int) -> Figure:
    return filled(blank(measure, kpi.KPIS.get(measure.kpi)), measure, counts, limit)


def _by_day(measures: Sequence[Measure], block_of: BlockOf, days: Period) -> dict[object, dict[int, int]]:
    found: dict[object, dict[int, int]] = {}
    for measure in measures:
        block = block_of(measure)
        if block is None:
            continue
        sizes = found.setdefault(series.question(measure), {})
        for day, n in zip(block.day, block.n, strict=True):
            if day != UNDATED and days.first <= day <= days.last:
                sizes[day] = sizes.get(day, 0) + n
    return found
