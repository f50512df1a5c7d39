"""What the map shows of its data: figures per touchpoint, phase and journey, and the measured emotions.

Figures are computed from the count cubes whenever they are asked for, never stored. `follow` recomputes only what a
change can have touched, so that an edit on a large map stays quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import kpi
from journeymap.model.change import NOTHING, Change
from journeymap.model.cube import EVERYBODY, UNDATED, Block
from journeymap.model.document import Document
from journeymap.model.emotion import MeasuredEmotion, measured_emotions
from journeymap.model.measured import (
    CubeOf,
    Figure,
    blank,
    block_of,
    filled,
    measured,
    period_text,
    privacy_limit,
    targets_at,
    typed,
    whole_period,
)
from journeymap.model.records import (
    DataSet,
    Id,
    KpiTarget,
    Map,
    Measure,
    Persona,
    Phase,
    State,
    Touchpoint,
    TypedKpi,
)
from journeymap.model.tally import Length, Period, by_segment, periods, tally

__all__ = [
    "CubeOf", "Figure", "Figures", "MeasuredEmotion", "Row", "as_json", "figures", "follow", "kpis", "period_text",
    "touchpoint_figures",
]  # fmt: skip

Place: TypeAlias = tuple[Id | None, Id | None]
"""(touchpoint, phase) of a KPI; both None: the journey."""
JOURNEY: Place = (None, None)
Placed: TypeAlias = Measure | TypedKpi | KpiTarget
P = TypeVar("P", Measure, TypedKpi, KpiTarget)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a map. Touchpoints and phases without one are not in the mappings; ask `at`."""

    touchpoint: Mapping[Id, tuple[Figure, ...]] = field(default_factory=lambda: NOTHING)
    phase: Mapping[Id, tuple[Figure, ...]] = field(default_factory=lambda: NOTHING)
    journey: tuple[Figure, ...] = ()
    emotion: Mapping[tuple[Id, Id], MeasuredEmotion] = field(default_factory=lambda: NOTHING)

    def at(self, touchpoint_id: Id) -> tuple[Figure, ...]:
        """The figures of a touchpoint; none where it has no data."""
        return self.touchpoint.get(touchpoint_id, ())


# ---------------------------------------------------------------- the whole map, and what changed of it


def figures(document: Document, cube_of: CubeOf) -> Figures:
    """Every figure and measured emotion of the map."""
    return _renewed(Figures(), document, cube_of, {_place(each) for each in _entries(document)}, everyone=True)


def follow(before: Figures, document: Document, change: Change, cube_of: CubeOf) -> Figures:
    """The figures after `change` (already in `document`); `before` itself where it touches none of them."""
    whole = (*change.added.values(), *change.removed.values())
    after = [record for id_ in change.updated if (record := document.record(id_)) is not None]
    limit_moved = any(isinstance(record, Map) and "privacy_limit" in change.updated[record.id] for record in after)
    if limit_moved or any(isinstance(record, DataSet) for record in after):
        return figures(document, cube_of)
    places = {_place(record) for record in (*whole, *after) if isinstance(record, Placed)}
    for record in after:
        edits = change.updated[record.id]
        if isinstance(record, Placed):  # where it stood before
            touchpoint_id = edits["touchpoint_id"][0] if "touchpoint_id" in edits else record.touchpoint_id
            phase_id = edits["phase_id"][0] if "phase_id" in edits else record.phase_id
            places.add(_at_most_one(cast("Id | None", touchpoint_id), cast("Id | None", phase_id)))
    people = any(
        isinstance(record, Persona) and (record.id not in change.updated or _rebound(change, record))
        for record in (*whole, *after)
    )
    gone = {record.id for record in change.removed.values() if isinstance(record, Touchpoint | Phase)}
    if not places and not people and not gone:
        return before
    places |= {(id_, None) for id_ in gone if id_ in before.touchpoint}
    places |= {(None, id_) for id_ in gone if id_ in before.phase}
    return _renewed(before, document, cube_of, places, everyone=people)


def touchpoint_figures(
    document: Document, cube_of: CubeOf, touchpoint_id: Id
) -> tuple[tuple[Figure, ...], dict[tuple[Id, Id], MeasuredEmotion]]:
    """The figures of one touchpoint, and its measured emotions by (persona, touchpoint)."""
    cube_of = cache(cube_of)
    return _at(document, cube_of, (touchpoint_id, None)), _emotions(document, cube_of, touchpoint_id)


def _renewed(before: Figures, document: Document, cube_of: CubeOf, places: set[Place], *, everyone: bool) -> Figures:
    cube_of = cache(cube_of)  # a cube is opened once, and keeps the blocks that it has read
    touchpoint, phase, journey = dict(before.touchpoint), dict(before.phase), before.journey
    for place in places:
        found = _at(document, cube_of, place)
        if place == JOURNEY:
            journey = found
            continue
        mapping, key = (touchpoint, place[0]) if place[0] is not None else (phase, place[1])
        assert key is not None
        mapping[key] = found
        if not found:
            del mapping[key]
    touched = set(touchpoint) if everyone else {id_ for id_, _phase in places if id_ is not None}
    emotion = {} if everyone else {key: each for key, each in before.emotion.items() if key[1] not in touched}
    for id_ in touched:
        emotion.update(_emotions(document, cube_of, id_))
    return Figures(touchpoint, phase, journey, emotion)


def _at(document: Document, cube_of: CubeOf, place: Place) -> tuple[Figure, ...]:
    shown = [measured(document, each, block_of(cube_of, each, EVERYBODY)) for each in _of(document, Measure, place)]
    shown += [typed(each) for each in _of(document, TypedKpi, place)]
    return tuple(targets_at({each.kpi: each.value for each in _of(document, KpiTarget, place)}, shown))


def _emotions(document: Document, cube_of: CubeOf, touchpoint_id: Id) -> dict[tuple[Id, Id], MeasuredEmotion]:
    found = measured_emotions(document, cube_of, touchpoint_id)
    return {(each.persona_id, touchpoint_id): each for each in found}


def _of(document: Document, kind: type[P], place: Place) -> list[P]:
    """The records of a kind that stand at a place, in their order."""
    touchpoint_id, phase_id = place
    if touchpoint_id is not None:
        return document.referring(kind, "touchpoint_id", touchpoint_id)
    if phase_id is not None:
        found = document.referring(kind, "phase_id", phase_id)
        return [record for record in found if record.touchpoint_id is None]
    return [record for record in document.all(kind) if _place(record) == JOURNEY]


def _entries(document: Document) -> Iterable[Measure | TypedKpi]:
    yield from document.all(Measure)
    yield from document.all(TypedKpi)


def _place(record: Placed) -> Place:
    return _at_most_one(record.touchpoint_id, record.phase_id)


def _at_most_one(touchpoint_id: Id | None, phase_id: Id | None) -> Place:
    return (touchpoint_id, None if touchpoint_id is not None else phase_id)


def _rebound(change: Change, persona: Persona) -> bool:
    return not {"segment_column", "segment_value"}.isdisjoint(change.updated[persona.id])


# ---------------------------------------------------------------- the table of figures


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of figures: a figure with the names that a reader needs; None where it has none."""

    figure: Figure
    touchpoint: str | None
    phase: str | None
    dataset: str | None


def kpis(document: Document, cube_of: CubeOf, by: str | None = None, period: Length | None = None) -> list[Row]:
    """The figures of the map in reading order, the journey's first; by segment value and calendar period if asked.

    Groups without an answer are left out, groups below the privacy limit have no value. A figure typed in has neither
    segments nor periods and stands only in the plain table. Raises Failure where no data set has the column `by`.
    """
    cube_of = cache(cube_of)
    columns = sorted({column for data_set in document.all(DataSet) for column in data_set.segments})
    if by is not None and by not in columns:
        known = ", ".join(columns) or _("none")
        raise Failure(
            _("No data set has the segment column “{column}”; there are: {known}.").format(column=by, known=known)
        )
    found: list[Row] = []
    for place in _reading_order(document):
        shown: list[Figure] = []
        for measure in _of(document, Measure, place):
            shown += _broken_down(document, measure, block_of(cube_of, measure, by or EVERYBODY), by, period)
        if by is None and period is None:
            shown += [typed(entry) for entry in _of(document, TypedKpi, place)]
        found += [_row(document, figure) for figure in shown]
    return found


def as_json(row: Row) -> dict[str, Any]:
    """The row as `journeymap kpis --json` prints it."""
    figure = row.figure
    return {
        "touchpoint": row.touchpoint,
        "phase": row.phase,
        "kpi": figure.kpi,
        "statistic": figure.statistic,
        "value": _rounded(figure.value),
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
        "n": figure.n,
        "n_effective": _rounded(figure.n_effective),
        "unit": figure.unit,
        "scale": list(figure.scale) or None,
        "period": figure.period,
        "segment": dict(figure.segment),
        "dataset": row.dataset,
        "note": "; ".join(part for part in (figure.formula, figure.note) if part),
    }


def _broken_down(
    document: Document, measure: Measure, block: Block | None, by: str | None, length: Length | None
) -> list[Figure]:
    data_set = document.get(DataSet, measure.data_set_id)
    whole = whole_period(data_set, block)
    covered = whole.key if whole is not None else ""
    if block is None or (by is None and length is None):
        plain = [] if by is not None else [measured(document, measure, block, trend=False)]
        return [replace(figure, period=covered) for figure in plain]
    found: list[Figure] = []
    limit = privacy_limit(document)
    empty = blank(measure, kpi.KPIS.get(measure.kpi))
    for period in _stretches(block, length):
        groups = by_segment(block, period) if by is not None else {"": tally(block, period)}
        undated = period is not None and period.first == UNDATED
        for value, counts in groups.items():
            if not counts.answers:
                continue
            figure = filled(empty, measure, counts, limit)
            note = "; ".join(part for part in (figure.note, _("without a date") if undated else "") if part)
            name = covered if period is None else "" if undated else period.key
            segment = ((by, value),) if by is not None else ()
            found.append(replace(figure, period=name, segment=segment, note=note))
    return found


def _stretches(block: Block, length: Length | None) -> list[Period | None]:
    """What the block is divided into: nothing, or calendar periods and what has no date."""
    if length is None:
        return [None]
    undated = [Period(UNDATED, UNDATED)] if len(block.day) and block.day[0] == UNDATED else []
    return [*periods(block, length), *undated]


def _reading_order(document: Document) -> Iterable[Place]:
    yield JOURNEY
    for state in document.all(State):
        for phase in document.referring(Phase, "state_id", state.id):
            yield (None, phase.id)
            for touchpoint in document.referring(Touchpoint, "phase_id", phase.id):
                yield (touchpoint.id, None)


def _row(document: Document, figure: Figure) -> Row:
    touchpoint = document.get(Touchpoint, figure.touchpoint_id)
    phase = document.get(Phase, figure.phase_id)
    data_set = document.get(DataSet, figure.data_set_id)
    return Row(
        figure,
        touchpoint.name if touchpoint is not None else None,
        phase.name if phase is not None else None,
        data_set.name if data_set is not None else None,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
