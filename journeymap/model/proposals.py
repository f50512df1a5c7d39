"""From figures to proposed pains: which low figures are surely low, and which are only worth a look.

A figure is held against its target; where there is none, against the same question at the other touchpoints of the
same data set. Every comparison counts as a look, and a claim must hold among all of them (Holm, at the 2.5 % that the
95 % interval leaves on one side). Without that, one survey in three with eighteen equal touchpoints "finds" a bad one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model import claims, intervals, kpi, wording
from journeymap.model.cube import EVERYBODY
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.measured import CubeOf, Figure, block_of
from journeymap.model.records import DataSet, Dismissal, Id, Measure, PainPoint, Touchpoint
from journeymap.model.tally import Counts, tally, total

CHANCE: Final = 0.025
"""Of any false claim among all looks."""
GLANCE: Final = 0.05
"""A single look this surprising is worth a second."""
MATTERS: Final = 0.05
"""Of the range of a KPI: a smaller distance to the other touchpoints is no pain, however certain."""


class Proposal(Struct, frozen=True):
    """A pain that the data suggest. `severity` 1..5; frequency (0..1) with its interval and n: the share of
    respondents at the touchpoint who are dissatisfied, None where answers are no judgements. `certain`: the claim
    holds among all looks; else it is worth a look. `source` is the same at every refresh of the data.
    """

    touchpoint_id: Id
    text: str
    severity: int
    frequency: float | None
    frequency_low: float | None
    frequency_high: float | None
    frequency_n: int | None
    certain: bool
    evidence: str
    source: str


class Look(Struct, frozen=True):
    """One comparison: a figure against its target, or against `rest`, the value at the other touchpoints.

    `p`: chance of answers this bad if nothing were wrong. `below`: how far on the bad side, as part of the range.
    """

    figure: Figure
    measure: Measure
    counts: Counts
    rest: float | None
    p: float
    below: float


def proposals(document: Document, figures: Figures, cube_of: CubeOf) -> list[Proposal]:
    """The pains that the data suggest and that nobody has accepted or dismissed yet: the certain and worst first."""
    known = {pain.source for pain in document.all(PainPoint)} | {each.source for each in document.all(Dismissal)}
    looked = looks(document, figures, cube_of)
    best: dict[str, tuple[tuple[bool, float, float], Proposal]] = {}
    for look, adjusted in zip(looked, intervals.holm([look.p for look in looked]), strict=True):
        certain = adjusted < CHANCE and (look.rest is None or look.below >= MATTERS)
        source = source_of(look.measure)
        if source in known or not (certain or worth_a_look(look)):
            continue
        proposal = _proposal(document, look, certain, source)
        weight = proposal.severity * (proposal.frequency if proposal.frequency is not None else 0.5)
        rank = (not certain, -weight, adjusted)
        if source not in best or rank < best[source][0]:
            best[source] = (rank, proposal)
    return [proposal for _rank, proposal in sorted(best.values(), key=lambda each: each[0])]


def source_of(measure: Measure) -> str:
    """What a proposal is known by: the KPI, the touchpoint and the question, not the data set or its figures."""
    return f"{measure.kpi}|{measure.touchpoint_id}|{measure.column or measure.name}"


def looks(document: Document, figures: Figures, cube_of: CubeOf) -> list[Look]:
    """Every comparison that is made: measured figures at touchpoints that have a value and something to compare with."""
    cube_of = cache(cube_of)
    seen: list[tuple[Figure, Measure, Counts]] = []
    for figure in (each for group in figures.touchpoint.values() for each in group):
        measure = document.get(Measure, figure.measure_id)
        block = block_of(cube_of, measure, EVERYBODY) if measure is not None and figure.value is not None else None
        if measure is not None and block is not None and not figure.hatched:
            seen.append((figure, measure, tally(block)))
    alike: dict[object, dict[Id | None, list[Counts]]] = defaultdict(lambda: defaultdict(list))
    for _figure, measure, counts in seen:
        alike[_question(measure)][measure.touchpoint_id].append(counts)
    rests = {question: _rests(places) for question, places in alike.items()}
    found = [
        _against_target(*entry) if entry[0].target is not None else _against_rest(*entry, rests[_question(entry[1])])
        for entry in seen
    ]
    return [look for look in found if look is not None]


def _rests(places: Mapping[Id | None, Sequence[Counts]]) -> dict[Id | None, Counts]:
    """The answers of everywhere else, for each touchpoint; none where fewer than two others have the question.

    From both ends, so that 200 touchpoints are added up 400 times and not 40,000 times, and nothing is subtracted.
    """
    if len(places) < 3:
        return {}
    here = [total(parts) for parts in places.values()]
    before = list(accumulate(here, initial=Counts()))
    behind = list(accumulate(reversed(here), initial=Counts()))[::-1]
    return {place: before[i] + behind[i + 1] for i, place in enumerate(places)}


def worth_a_look(look: Look) -> bool:
    """Whether an uncertain figure is low enough to be mentioned: a surprise if it were the only look, or a value in
    the worse half of its range.
    """
    if look.below <= 0:
        return False
    limits = kpi.bounds(look.measure)
    assert look.figure.value is not None
    low_half = limits is not None and look.figure.value < (limits[0] + limits[1]) / 2
    return (look.p < GLANCE and look.below >= MATTERS) or (low_half and kpi.definition(look.measure.kpi).scaled)


def dissatisfied(measure: Measure, counts: Counts) -> kpi.Estimate:
    """The share (percent) of respondents with one of the bottom codes, with Wilson's interval."""
    codes = kpi.negative(measure)
    return kpi.share(codes, counts) if codes is not None else kpi.NOTHING


def severity(measure: Measure, counts: Counts) -> int:
    """How badly it hurts those whom it hurts, 1..5: how far down the dissatisfied answered (how many they are is
    the frequency). All on the lowest code: 5; all just below the indifferent: about 2 or 3. 3 where a scale cannot tell.
    """
    codes = kpi.negative(measure)
    if codes is None or len(codes) < 2:
        return 3
    rising = kpi.upright(measure, Counts(tuple(codes), (1,) * len(codes)))
    steps = {code: (len(rising) - place) / len(rising) for place, (code, _one) in enumerate(rising)}
    unhappy = [(steps[code], weight) for code, weight in kpi.upright(measure, counts) if code in steps]
    whole = sum(weight for _step, weight in unhappy)
    return round(1 + 4 * sum(step * weight for step, weight in unhappy) / whole) if whole > 0 else 3


# ---------------------------------------------------------------- comparisons


def _question(measure: Measure) -> tuple[object, ...]:
    return (measure.data_set_id, *kpi.comparable(measure))


def _against_target(figure: Figure, measure: Measure, counts: Counts) -> Look:
    assert figure.target is not None
    return Look(
        figure, measure, counts, None, claims.worse_than(measure, counts, figure.target), _below(figure, figure.target)
    )


def _against_rest(figure: Figure, measure: Measure, counts: Counts, rests: Mapping[Id | None, Counts]) -> Look | None:
    """None where fewer than two other touchpoints have the question, or answers are no judgements."""
    together = rests.get(measure.touchpoint_id)
    if not kpi.definition(measure.kpi).scaled or together is None:
        return None
    rest = kpi.value(measure, together)
    if rest is None:
        return None
    here, there = kpi.upright(measure, counts), kpi.upright(measure, together)
    p = claims.worse_than_rest(here, there, counts.effective, together.effective)
    return Look(figure, measure, counts, rest, p, _below(figure, rest))


def _below(figure: Figure, other: float) -> float:
    """How far a figure lies on the bad side of another value, as part of its range (of the value without a range)."""
    assert figure.value is not None
    gap = other - figure.value if figure.better == "higher" else figure.value - other
    if figure.statistic == "share":
        return gap / 100
    if figure.statistic == "nps":
        return gap / 200
    width = figure.scale[-1] - figure.scale[0] if len(figure.scale) >= 2 else abs(other)
    return gap / width if width else 0.0


# ---------------------------------------------------------------- words


def _proposal(document: Document, look: Look, certain: bool, source: str) -> Proposal:
    unhappy = dissatisfied(look.measure, look.counts)
    assert look.measure.touchpoint_id is not None
    share, low, high = (None if each is None else each / 100 for each in (unhappy.value, unhappy.low, unhappy.high))
    return Proposal(
        look.measure.touchpoint_id,
        _text(look),
        severity(look.measure, look.counts),
        share,
        low,
        high,
        unhappy.n if share is not None else None,
        certain,
        evidence(document, look, certain),
        source,
    )


def _text(look: Look) -> str:
    texts = {
        "nps": _("Customers would not recommend it"),
        "csat": _("Customers are not satisfied"),
        "rating": _("Customers rate it low"),
        "ces": _("It is hard to get done"),
        "sentiment": _("Customers complain in what they write"),
    }
    text = texts.get(look.measure.kpi, _("{figure} misses its target").format(figure=look.figure.name))
    named = look.measure.name and look.measure.kpi in texts
    return _("{question}: {text}").format(question=look.measure.name, text=text) if named else text


def evidence(document: Document, look: Look, certain: bool) -> str:
    """One sentence: where, value, interval, number of answers, compared with what, how sure, period and data set."""
    figure = look.figure
    touchpoint = document.get(Touchpoint, look.measure.touchpoint_id)
    data_set = document.get(DataSet, look.measure.data_set_id)
    if look.rest is None and figure.target is not None:
        other = wording.value(replace(figure, value=figure.target))
        sure, unsure = _("surely worse than the target of {other}"), _("worth a look: the target is {other}")
    else:
        other = wording.value(replace(figure, value=look.rest))
        sure = _("surely worse than the other touchpoints together ({other})")
        unsure = _("worth a look: the other touchpoints together have {other}")
    origin = ", ".join(part for part in (figure.period, data_set.name if data_set is not None else "") if part)
    return _("{kpi} at {touchpoint}: {value} (95 % interval {interval}, {answers}), {claim}; {origin}.").format(
        kpi=figure.name,
        touchpoint=touchpoint.name if touchpoint is not None else "",
        value=wording.value(figure),
        interval=_interval(figure),
        answers=wording.answers(figure),
        claim=(sure if certain else unsure).format(other=other),
        origin=origin or _("no dates"),
    )


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return _("unknown")
    return _("{low} to {high}").format(
        low=wording.value(replace(figure, value=figure.low)), high=wording.value(replace(figure, value=figure.high))
    )
