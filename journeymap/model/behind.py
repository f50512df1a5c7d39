"""What stands behind personas: the respondents who are like each, and their figures beside everybody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.model import breakdown, measured, segments
from journeymap.model.cube import Cube
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.measured import Figure
from journeymap.model.records import Id, Persona, Phase, Touchpoint
from journeymap.model.segments import Group


class Beside(Struct, frozen=True):
    """A figure of those who are like a persona, and the same of everybody; `place`: where it was asked, "" on the journey."""

    place: str
    hers: Figure
    everybody: Figure

    @property
    def apart(self) -> float:
        """How far the two lie apart, in half widths of her interval."""
        hers, all_ = self.hers, self.everybody
        if hers.value is None or all_.value is None or hers.low is None or hers.high is None:
            return 0.0
        return abs(hers.value - all_.value) / max((hers.high - hers.low) / 2, 1e-9)


class Behind(Struct, frozen=True):
    """By persona: her groups of respondents, the largest first; her figures, those furthest from everybody's first."""

    groups: Mapping[Id, tuple[Group, ...]] = field(default_factory=dict)
    figures: Mapping[Id, tuple[Beside, ...]] = field(default_factory=dict)


def behind(document: Document, cube_of: Callable[[Id], Cube], figures: Figures) -> Behind:
    """Reads it for all personas. Groups that are too small to be shown have neither number nor figures."""
    people = [one for one in document.all(Persona) if one.segment_column in segments.columns(document)]
    everybody: dict[tuple[Id | None, str], Figure] = {
        (one.measure_id, one.statistic): one
        for one in (*figures.journey, *(f for part in (figures.phase, figures.touchpoint) for f in _all(part)))
    }
    rows = {column: breakdown.kpis(document, cube_of, by=column) for column in {one.segment_column for one in people}}
    groups = {one.id: tuple(segments.like(document, cube_of, one)) for one in people}
    found: dict[Id, tuple[Beside, ...]] = {}
    for persona in people:
        wanted = ((persona.segment_column, persona.segment_value),)
        pairs = [
            Beside(_place(document, row.figure), _held(row.figure, all_), all_)
            for row in rows[persona.segment_column]
            if row.figure.segment == wanted
            and row.figure.value is not None
            and row.figure.measure_id is not None
            and (all_ := everybody.get((row.figure.measure_id, row.figure.statistic))) is not None
            and all_.value is not None
        ]
        found[persona.id] = tuple(sorted(pairs, key=lambda one: -one.apart))
    return Behind(groups, found)


def _all(part: Mapping[Id, tuple[Figure, ...]]) -> list[Figure]:
    return [figure for figures in part.values() for figure in figures]


def _held(hers: Figure, everybody: Figure) -> Figure:
    """Her figure against the target that holds for everybody."""
    against = replace(hers, target=everybody.target, better=everybody.better)
    return replace(against, status=measured.status(against))


def _place(document: Document, figure: Figure) -> str:
    touchpoint, phase = document.get(Touchpoint, figure.touchpoint_id), document.get(Phase, figure.phase_id)
    place = touchpoint or phase
    return place.name if place is not None else ""
