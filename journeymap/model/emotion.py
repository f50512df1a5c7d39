"""Measured emotion: what the answers of a persona's own segment say, on the scale of the emotion curve.

The value is the linear map of a *mean* to −2..+2 (1–5: x − 3; 0–10: x ÷ 2.5 − 2), never of a share of satisfied
answers, and its interval is mapped likewise. Of sentiment it is 2 × (share of praise − share of blame). It is computed here and never mixed with what a workshop assumes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from journeymap.model import hiding, kpi, series
from journeymap.model.cube import EVERYBODY
from journeymap.model.document import Document
from journeymap.model.measured import CubeOf, block_of
from journeymap.model.records import Id, Measure, Persona
from journeymap.model.tally import Counts, by_segment, tally

_RANK: Final = {"rating": 0, "csat": 0, "nps": 1, "ces": 2, "sentiment": 3}


class MeasuredEmotion(Struct, frozen=True):
    """What a persona's respondents felt at a touchpoint, −2..+2, with its 95 % interval and the KPI it was read from."""

    persona_id: Id
    touchpoint_id: Id
    value: float
    low: float | None
    high: float | None
    n: int
    kpi: str
    measure_id: Id | None = None

    @property
    def hollow(self) -> bool:
        """Whether there are few answers."""
        return self.n < 30


def feeling(score: float, scale: Sequence[float]) -> float:
    """A mean on `scale` (lowest, …, highest) as an emotion, −2..+2."""
    return 4 * (score - scale[0]) / (scale[-1] - scale[0]) - 2


def measured_emotions(document: Document, cube_of: CubeOf, touchpoint_id: Id) -> list[MeasuredEmotion]:
    """The measured emotions at a touchpoint of those personas whose like have answered there.

    Read from a satisfaction scale (rating or CSAT item) where there is one, else from the NPS item, else from the
    effort item, else from the sentiment of comments where that holds; among equals from the one that most of her
    respondents answered. Items of two codes have no mean
    worth the name and are left out. A persona without a segment stands for everybody where she is the map's only one.
    """
    personas = document.all(Persona)
    columns = {
        persona.id: persona.segment_column or (EVERYBODY if len(personas) == 1 else None) for persona in personas
    }
    best: dict[Id, tuple[tuple[int, int], Measure, Counts]] = {}
    for measure in series.current(document, document.referring(Measure, "touchpoint_id", touchpoint_id)):
        scale = _scale(measure)
        if measure.definition == kpi.SUMMED or measure.kpi not in _RANK or scale is None or scale[-1] - scale[0] < 2:
            continue
        least = hiding.limit(document, measure.data_set_id)
        asked = {column for column in columns.values() if column is not None}
        groups = {column: _groups(cube_of, measure, column, least) for column in asked}
        for persona in personas:
            column = columns[persona.id]
            counts = groups[column].get(persona.segment_value if column else "") if column is not None else None
            if counts is not None:
                rank = (_RANK[measure.kpi], -counts.answers)
                if persona.id not in best or rank < best[persona.id][0]:
                    best[persona.id] = (rank, measure, counts)
    return [_felt(id_, touchpoint_id, measure, counts) for id_, (_order, measure, counts) in best.items()]


def _felt(persona_id: Id, touchpoint_id: Id, measure: Measure, counts: Counts) -> MeasuredEmotion:
    scale = _scale(measure) or kpi.NPS_SCALE
    mean = kpi.mean(measure, counts)
    value, low, high = (None if x is None else feeling(x, scale) for x in (mean.value, mean.low, mean.high))
    assert value is not None  # there are answers
    return MeasuredEmotion(persona_id, touchpoint_id, value, low, high, counts.answers, measure.kpi, measure.id)


def _groups(cube_of: CubeOf, measure: Measure, column: str, least: int) -> dict[str, Counts]:
    """The answers by segment value (or of everybody), without the groups that are not shown."""
    block = block_of(cube_of, measure, column)
    if block is None:
        return {}
    found = by_segment(block) if column else {"": tally(block)}
    sizes = {value: counts.answers for value, counts in found.items()}
    gone = hiding.hidden(sizes, [list(sizes)], least)
    return {value: counts for value, counts in found.items() if counts.answers and value not in gone}


def _scale(measure: Measure) -> Sequence[float] | None:
    if len(measure.scale) >= 2:
        return measure.scale
    return kpi.NPS_SCALE if measure.kpi == "nps" else None
