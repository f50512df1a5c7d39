"""What the map shows of its data: figures per touchpoint, phase and journey, and the measured emotions.

Figures are computed from the count cubes whenever they are asked for, never stored. `follow` recomputes only what a
change can have touched, so that an edit on a large map stays quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias, TypeVar, cast

from msgspec import Struct, field

from journeymap.model import series
from journeymap.model.change import NOTHING, Change
from journeymap.model.cube import EVERYBODY
from journeymap.model.document import Document
from journeymap.model.emotion import MeasuredEmotion, measured_emotions
from journeymap.model.measured import (
    CubeOf,
    Figure,
    block_of,
    measured,
    period_text,
    targets_at,
    typed,
)
from journeymap.model.records import (
    DataSet,
    Id,
    KpiTarget,
    Map,
    Measure,
    Persona,
    Phase,
    Touchpoint,
    TypedKpi,
)

__all__ = ["CubeOf", "Figure", "Figures", "MeasuredEmotion", "figures", "follow", "period_text", "touchpoint_figures"]

Place: TypeAlias = tuple[Id | None, Id | None]
"""(touchpoint, phase) of a KPI; both None: the journey."""
JOURNEY: Place = (None, None)
Placed: TypeAlias = Measure | TypedKpi | KpiTarget
P = TypeVar("P", Measure, TypedKpi, KpiTarget)


class Figures(Struct, frozen=True):
    """All figures of a map. Touchpoints and phases without one are not in the mappings; ask `at`."""

    touchpoint: Mapping[Id, tuple[Figure, ...]] = field(default_factory=lambda: NOTHING)
    phase: Mapping[Id, tuple[Figure, ...]] = field(default_factory=lambda: NOTHING)
    journey: tuple[Figure, ...] = ()
    emotion: Mapping[tuple[Id, Id], MeasuredEmotion] = field(default_factory=lambda: NOTHING)

    def at(self, touchpoint_id: Id) -> tuple[Figure, ...]:
        """The figures of a touchpoint; none where it has no data."""
        return self.touchpoint.get(touchpoint_id, ())


# ---------------------------------------------------------------- the whole map, and what changed of it


def figures(document: Document, cube_of: CubeOf, *, trend: bool = True) -> Figures:
    """Every figure and measured emotion of the map; without their trends, a third of the work, where nobody looks at them."""
    places = {_place(each) for each in _entries(document)}
    return _renewed(Figures(), document, cube_of, places, everyone=True, trend=trend)


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


def _renewed(
    before: Figures, document: Document, cube_of: CubeOf, places: set[Place], *, everyone: bool, trend: bool = True
) -> Figures:
    cube_of = cache(cube_of)  # a cube is opened once, and keeps the blocks that it has read
    touchpoint, phase, journey = dict(before.touchpoint), dict(before.phase), before.journey
    for place in places:
        found = _at(document, cube_of, place, trend=trend)
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


def _at(document: Document, cube_of: CubeOf, place: Place, *, trend: bool = True) -> tuple[Figure, ...]:
    here = at_place(document, Measure, place)
    shown = [
        measured(
            document, each, block_of(cube_of, each, EVERYBODY), trend=trend,
            past=[] if not trend else [(one, block_of(cube_of, one, EVERYBODY)) for one in series.before(document, each, here)],
        )
        for each in series.current(document, here)
    ]  # fmt: skip
    shown += [typed(each) for each in at_place(document, TypedKpi, place)]
    return tuple(targets_at({each.kpi: each.value for each in at_place(document, KpiTarget, place)}, shown))


def _emotions(document: Document, cube_of: CubeOf, touchpoint_id: Id) -> dict[tuple[Id, Id], MeasuredEmotion]:
    found = measured_emotions(document, cube_of, touchpoint_id)
    return {(each.persona_id, touchpoint_id): each for each in found}


def at_place(document: Document, kind: type[P], place: Place) -> list[P]:
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
