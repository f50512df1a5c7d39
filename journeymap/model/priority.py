"""Which pain first: severity × frequency × importance, with every factor visible (domain D12, "priority of a pain")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.records import Id, PainPoint, Touchpoint

MOMENT_OF_TRUTH: Final = 1.5
NO_WEIGHTS: Final[Mapping[Id, float]] = MappingProxyType({})


class Ranked(Struct, frozen=True):
    """A pain with its factors: severity 1..5; frequency 0..1, None where nobody knows it, and then there is no score;
    importance = reach × moment × driver. `measured`: the frequency comes from the figures of its touchpoint, not from
    the pain. `reach_known`: False where everybody is taken to pass.
    """

    pain: PainPoint
    severity: int
    frequency: float | None
    importance: float
    score: float | None
    reach: float
    moment: float
    driver: float
    measured: bool
    reach_known: bool


def ranked(
    document: Document,
    figures: Figures,
    pains: Iterable[PainPoint] | None = None,
    drivers: Mapping[Id, float] = NO_WEIGHTS,
) -> list[Ranked]:
    """The pains (all of the map unless given) with their priority, the highest first; those without a score after
    them, by severity × importance; equals by their number.

    A pain that says no frequency has that of its touchpoint: the share of dissatisfied respondents, of the question
    that most have answered. An unknown reach counts as everybody. `drivers`: weight of a touchpoint in overall
    satisfaction, 1 where unknown.
    """
    wanted = document.all(PainPoint) if pains is None else pains
    return sorted(
        (_rank(document, figures, pain, drivers.get(pain.touchpoint_id, 1.0)) for pain in wanted), key=_urgency
    )


def _rank(document: Document, figures: Figures, pain: PainPoint, driver: float) -> Ranked:
    touchpoint = document.get(Touchpoint, pain.touchpoint_id)
    frequency = pain.frequency if pain.frequency is not None else _dissatisfied(figures, pain.touchpoint_id)
    reach = touchpoint.reach if touchpoint is not None else None
    moment = MOMENT_OF_TRUTH if touchpoint is not None and touchpoint.moment_of_truth else 1.0
    importance = (1.0 if reach is None else reach) * moment * driver
    return Ranked(
        pain=pain,
        severity=pain.severity,
        frequency=frequency,
        importance=importance,
        score=None if frequency is None else pain.severity * frequency * importance,
        reach=1.0 if reach is None else reach,
        moment=moment,
        driver=driver,
        measured=pain.frequency is None and frequency is not None,
        reach_known=reach is not None,
    )


def _dissatisfied(figures: Figures, touchpoint_id: Id) -> float | None:
    known = [(figure.n or 0, figure.dissatisfied) for figure in figures.at(touchpoint_id)]
    shares = [(n, share) for n, share in known if share is not None]
    return max(shares, key=lambda each: each[0])[1] if shares else None


def _urgency(each: Ranked) -> tuple[bool, float, int, str]:
    score = each.score if each.score is not None else each.severity * each.importance
    return (each.score is None, -score, each.pain.number, each.pain.id)
