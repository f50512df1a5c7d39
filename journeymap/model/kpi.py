"""What each KPI is: definition, formula, statistic, and its estimate from answers by code. Pure functions.

Percentages are 0..100, an NPS is −100..100, means are in the units of the scale. A reversed scale (1 is best) is
mirrored here, so that more is always better: the mean of a reversed 1–5 item with code 2 is 4.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import intervals, levels, waits
from journeymap.model.levels import Levels
from journeymap.model.records import Measure
from journeymap.model.tally import Counts

Better = Literal["higher", "lower"]


class Kpi(Struct, frozen=True):
    """A KPI by its public name: label (called, since it depends on the language), unit of the value, which way is
    better, the statistic it has unless a measure says otherwise, and whether answers are judgements on a scale.
    """

    name: str
    label: Callable[[], str]
    unit: str
    better: Better
    statistic: str
    scaled: bool = False


class Estimate(Struct, frozen=True):
    """A value with its 95 % interval; None where there are no answers, or too few for an interval."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float


NOTHING: Final = Estimate(None, None, None, 0, 0.0)
"""The estimate of no answers."""

KPIS: Final[dict[str, Kpi]] = {
    kpi.name: kpi
    for kpi in (
        Kpi("nps", lambda: _("NPS"), "points", "higher", "nps", scaled=True),
        Kpi("csat", lambda: _("CSAT"), "%", "higher", "share", scaled=True),
        Kpi("ces", lambda: _("CES"), "%", "higher", "share", scaled=True),
        Kpi("rating", lambda: _("Rating"), "", "higher", "mean", scaled=True),
        Kpi("response_time", lambda: _("Response time"), "h", "lower", "median"),
        Kpi("churn", lambda: _("Churn"), "%", "lower", "share"),
        Kpi("retention", lambda: _("Retention"), "%", "higher", "share"),
        Kpi("clv", lambda: _("Customer value"), "", "higher", "mean"),
        Kpi("conversion", lambda: _("Conversion"), "%", "higher", "share"),
        Kpi("bounce", lambda: _("Bounce rate"), "%", "lower", "share"),
        Kpi("dropoff", lambda: _("Drop-off"), "%", "lower", "share"),
        Kpi("sentiment", lambda: _("Sentiment"), "%", "higher", "share"),
        Kpi("number", lambda: _("Number"), "", "higher", "mean"),
    )
}
"""Every KPI name of the recipe, in the order in which figures stand at a touchpoint."""

AT_START, LISTED, CLOCK, HISTORIC, FORMULA, STEPS = "start", "listed", "clock", "historic", "formula", "steps"
OFFICE: Final = "office"
"""Published forms of a KPI (`Measure.definition`). Churn and retention: of the customers at the start, or of those listed.
Response time: the clock between two times, or only the hours of business, which stand behind the word. Value: what customers have spent, or revenue × years × margin − cost; behind
the word its inputs may stand: years, margin, acquisition cost, discount rate. Conversion and drop-off: between steps.
"""
SUMMED: Final = "summed"
"""Figures that were summed up before they came here: nobody knows how many answers stand behind one."""

QUANTILES: Final = {"median": 0.5, "p90": 0.9}
_TIMES: Final = frozenset({"ms", "s", "sec", "min", "h", "hours", "d", "days", "weeks", "months"})
NPS_SCALE: Final = (0.0, 10.0)


# ---------------------------------------------------------------- definitions


def definition(name: str) -> Kpi:
    """The KPI of that name. Raises Failure."""
    try:
        return KPIS[name]
    except KeyError:
        known = ", ".join(KPIS)
        raise Failure(_("There is no KPI called “{name}”; known are {known}.").format(name=name, known=known)) from None


def statistic(measure: Measure) -> str:
    """How a measure is summed up: as it says, but an NPS is always one, and what has a mean by its nature (a rating,
    a number) is a share only where the satisfied codes are stated.
    """
    default = definition(measure.kpi).statistic
    unsaid = measure.statistic == "share" and default != "share" and not measure.positive
    return default if measure.kpi == "nps" or unsaid else measure.statistic or default


def label(measure: Measure) -> str:
    """What a measure is called: by its own name, or its KPI's. The share of the listed is no churn rate and not called one."""
    named = {
        ("churn", LISTED): _("Listed customers who left"),
        ("retention", LISTED): _("Listed customers who stayed"),
        ("clv", HISTORIC): _("Customer value so far"),
    }
    form = measure.definition.partition(" ")[0]
    return measure.name or named.get((measure.kpi, form)) or definition(measure.kpi).label()


def comparable(measure: Measure) -> tuple[object, ...]:
    """What two figures have to share to be ranked, drawn or compared with one another."""
    return (measure.kpi, statistic(measure), measure.scale, measure.is_reversed, measure.definition, unit(measure))


def unit(measure: Measure) -> str:
    """The unit of a measure's value: its own, else "%" for shares and "points" for an NPS."""
    return measure.unit or {"share": "%", "nps": "points"}.get(statistic(measure), "")


def better(measure: Measure) -> Better:
    """Which way is better. A plain number says it by its unit: of a time, less is better."""
    return "lower" if measure.kpi == "number" and measure.unit in _TIMES else definition(measure.kpi).better


def bounds(measure: Measure) -> tuple[float, float] | None:
    """The lowest and highest value that a measure can have, or None for quantities without a scale."""
    match statistic(measure):
        case "share":
            return (0.0, 100.0)
        case "nps":
            return (-100.0, 100.0)
    return (measure.scale[0], measure.scale[-1]) if len(measure.scale) >= 2 else None


def check(measure: Measure) -> None:
    """Whether a measure's KPI can be computed as it is defined. Raises Failure, with what must be said."""
    definition(measure.kpi)
    how = statistic(measure)
    if how == "nps" and (measure.scale or NPS_SCALE) != NPS_SCALE:
        raise Failure(
            _(
                "An NPS needs answers from 0 to 10; “{column}” goes from {low} to {high}. Use a rating or a CSAT."
            ).format(column=measure.column, low=_plain(measure.scale[0]), high=_plain(measure.scale[-1]))
        )
    if how == "share":
        positive(measure)
    elif how not in {"nps", "mean", *QUANTILES}:
        raise Failure(
            _("“{statistic}” is no statistic; use share, mean, median or p90.").format(statistic=measure.statistic)
        )
    if measure.is_reversed and how != "share" and len(measure.scale) < 2 and how != "nps":
        raise Failure(
            _("“{column}” is reversed and so needs its scale, for example [1, 5].").format(column=measure.column)
        )


@lru_cache(maxsize=1024)
def positive(measure: Measure) -> frozenset[float]:
    """The codes, as they stand in the file, that count as satisfied (or, for CES, as easy).

    As the measure says; else the top one of 2–3 codes, the top two of 4–7; on a reversed scale the lowest.
    A CES share is defined for 1–5 (4 and 5). Raises Failure where it must be stated.
    """
    if measure.positive:
        return frozenset(measure.positive)
    codes = _codes(measure)
    count = len(codes)
    if 2 <= count <= 7 and not (measure.kpi == "ces" and count != 5):
        best = codes if measure.is_reversed else codes[::-1]
        return frozenset(best[: 1 if count <= 3 else 2])
    if measure.kpi == "ces" and count:
        hint = _("“{column}” has {count} codes; a CES share is defined for 1–5. State positive, or use the mean.")
    elif count:
        hint = _("“{column}” has {count} codes; state which count as satisfied, for example positive = [9, 10].")
    else:
        hint = _("“{column}” needs a scale, for example [1, 5], or positive: the answers that count as satisfied.")
    raise Failure(hint.format(column=measure.column, count=count))


@lru_cache(maxsize=1024)
def negative(measure: Measure) -> frozenset[float] | None:
    """The codes, as they stand in the file, that count as dissatisfied, or None where answers are no judgements.

    NPS: the detractors, 0–6. Else the mirror image of the satisfied codes: as many from the other end of the scale
    (bottom two of 1–5), fewer where the two would meet; where none are defined, the codes below the middle of the scale.
    """
    if not definition(measure.kpi).scaled:
        return None
    codes = _codes(measure)
    if measure.kpi == "nps":
        return frozenset(code for code in codes or map(float, range(11)) if _upright(measure, code) <= 6)
    if len(codes) < 2:
        return None
    try:
        satisfied = positive(measure)
    except Failure:
        middle = (codes[0] + codes[-1]) / 2
        return frozenset(code for code in codes if _upright(measure, code) < middle)
    low, high = codes[0], codes[-1]
    return frozenset(code for code in codes if low + high - code in satisfied) - satisfied


def formula(measure: Measure) -> str:
    """How the value comes about, in a few words: "share of answers 4, 5"."""
    match statistic(measure):
        case "nps":
            text = _("share of 9–10 minus share of 0–6")
        case "share" if measure.kpi in _EVENTS:
            return _event(measure)
        case "share":
            text = _("share of answers {codes}").format(codes=", ".join(map(_plain, sorted(positive(measure)))))
        case "median":
            return _of(measure, _("median"))
        case "p90":
            return _of(measure, _("90th percentile"))
        case _:
            if measure.kpi in _EVENTS:
                return _("mean of rates, not a share")
            if len(measure.scale) < 2:
                return _of(measure, _("mean"))
            text = _("mean, {low} to {high}").format(low=_plain(measure.scale[0]), high=_plain(measure.scale[-1]))
    return _("{formula}, scale reversed").format(formula=text) if measure.is_reversed else text


_EVENTS: Final = frozenset({"churn", "retention", "conversion", "bounce", "dropoff"})


def _event(measure: Measure) -> str:
    match measure.kpi, measure.definition:
        case "churn", "start":
            return _("customers lost ÷ customers at the start")
        case "churn", _:
            return _("customers who left ÷ customers listed")
        case "retention", "start":
            return _("customers at the start who stayed ÷ customers at the start")
        case "retention", _:
            return _("customers who stayed ÷ customers listed")
        case "dropoff", _:
            return _("left between two steps ÷ reached the first")
        case "bounce", _:
            return _("left at once ÷ visits")
    return _("reached the last step ÷ entered") if measure.definition == STEPS else _("visits that convert ÷ visits")


def _of(measure: Measure, statistic_: str) -> str:
    """The statistic of a quantity with what the quantity is."""
    form, *numbers = measure.definition.split() or [""]
    if form == CLOCK:
        return _("{statistic}, clock hours between the two times").format(statistic=statistic_)
    if form == OFFICE:
        hours = " ".join(numbers)
        return _("{statistic}, business hours ({hours}) between the two times").format(
            statistic=statistic_, hours=hours
        )
    if form not in {HISTORIC, FORMULA}:
        return statistic_
    what = _("sum of a customer’s transactions") if form == HISTORIC else _("annual revenue")
    if numbers:
        years, margin, cost, discount = map(float, numbers)
        what += f" × {years:g} " + _("years") if years != 1 else ""
        what += f" × {100 * margin:g} % " + _("margin") if margin != 1 else ""
        what += f" − {cost:g}" if cost else ""
        what += _(", discounted at {rate:g} % a year").format(rate=100 * discount) if discount else ""
    return _("{statistic} of {what}").format(statistic=statistic_, what=what)


def customer_value(revenue: float, years: float, cost: float, margin: float = 1.0, discount: float = 0.0) -> float:
    """A customer's value: annual revenue × margin × years (discounted from the end of each year on) − acquisition cost.

    Revenue is not value: with a margin of 1 it is what she brings in, not what she is worth (domain D12).
    """
    worth = years if discount == 0 else (1 - (1 + discount) ** -years) / discount
    return float(revenue * margin * worth - cost)


# ---------------------------------------------------------------- estimates


def closed(measure: Measure, counts: Counts) -> Counts:
    """The answers without the open cases of a response time, which stand below zero, under what they have waited."""
    first = bisect_left(counts.codes, 0.0) if measure.kpi == "response_time" else 0
    if not first:
        return counts
    w, w2, x, xx = (part[first:] for part in (counts.w, counts.w2, counts.x, counts.xx))
    return Counts(counts.codes[first:], counts.n[first:], w, w2, x, xx)


def open_cases(measure: Measure, counts: Counts) -> int:
    """How many cases of a response time had begun and not ended."""
    return counts.answers - closed(measure, counts).answers


def value(measure: Measure, counts: Counts) -> float | None:
    """The measure's value alone; None without answers. Raises Failure where the KPI is not defined for it."""
    check(measure)
    if _waits(measure, counts):
        return waits.quantile(QUANTILES[statistic(measure)], waits.steps(counts))
    counts = closed(measure, counts)
    if not counts.answers:
        return None
    match statistic(measure):
        case "nps":
            promoters, detractors = nps_shares(measure, counts)
            return 100 * promoters - 100 * detractors
        case "share":
            return 100 * _part(positive(measure), counts)
        case "mean":
            return moments(measure, counts)[0]
    return levels.of_quantile(QUANTILES[statistic(measure)], upright(measure, counts), counts).value


def estimate(measure: Measure, counts: Counts, z: float = intervals.Z) -> Estimate:
    """The measure's value with its interval, at the level that `z` stands for (95 % unless said).

    Raises Failure where the KPI is not defined for it (see `check`).
    """
    return _estimate(at_levels(measure, counts), z)


def at_levels(measure: Measure, counts: Counts) -> Levels:
    """The same at any level: the answers are gone through once. Raises Failure."""
    check(measure)
    how = statistic(measure)
    if _waits(measure, counts):
        return levels.of_waits(QUANTILES[how], counts, closed(measure, counts))
    counts = closed(measure, counts)
    if not counts.answers:
        return levels.NOTHING
    match how:
        case "nps":
            return levels.of_nps(*nps_shares(measure, counts), counts)
        case "share":
            return levels.of_share(_part(positive(measure), counts), counts)
        case "mean":
            return _mean(measure, counts)
    return levels.of_quantile(QUANTILES[how], upright(measure, counts), counts)


def share(codes: Iterable[float], counts: Counts, z: float = intervals.Z) -> Estimate:
    """The share of answers with one of `codes`, in percent, with Wilson's interval."""
    return _estimate(levels.of_share(_part(codes, counts), counts), z) if counts.answers else NOTHING


def mean(measure: Measure, counts: Counts, z: float = intervals.Z) -> Estimate:
    """The mean of the answers, upright (more is better) where the scale is reversed, with Student's interval; of
    quantities, whose tail may be long on one side, with Hall's.
    """
    return _estimate(_mean(measure, counts), z) if counts.answers else NOTHING


def _mean(measure: Measure, counts: Counts) -> Levels:
    centre, variance = moments(measure, counts)
    if len(measure.scale) < 2:
        return levels.of_skewed_mean(centre, variance, skewness(measure, counts), counts)
    return levels.of_mean(centre, variance, (measure.scale[0], measure.scale[-1]), counts)


def moments(measure: Measure, counts: Counts) -> tuple[float, float]:
    """Weighted mean (upright) and variance Σw(x−mean)²/Σw of at least one answer, from exact sums where kept."""
    weights = counts.weights
    whole = sum(weights)
    if counts.x:
        centre = sum(counts.x) / whole
        variance = sum(counts.xx) / whole - centre * centre
    else:
        centre = sum(code * w for code, w in zip(counts.codes, weights, strict=True)) / whole
        variance = sum((code - centre) ** 2 * w for code, w in zip(counts.codes, weights, strict=True)) / whole
    return _upright(measure, centre), max(0.0, variance)


def skewness(measure: Measure, counts: Counts) -> float:
    """The skewness of at least one answer, upright; of quantities by their bins."""
    pairs = upright(measure, counts)
    whole = sum(weight for _code, weight in pairs)
    centre = sum(code * weight for code, weight in pairs) / whole
    square = sum((code - centre) ** 2 * weight for code, weight in pairs) / whole
    cube = sum((code - centre) ** 3 * weight for code, weight in pairs) / whole
    return float(cube / square**1.5) if square > 0 else 0.0


def too_skewed(measure: Measure, counts: Counts) -> bool:
    """Whether even Hall's interval of a mean of quantities covers less than it says: fewer answers than 5 × skewness².

    In the manner of Cochran's rule for the plain interval (25 × skewness², Sampling Techniques, 3rd ed. (1977), 2.15);
    the bar was found by simulation (`benchmarks/coverage.py`): above it 92 % and more are covered, below it less.
    """
    counts = closed(measure, counts)
    if statistic(measure) != "mean" or len(measure.scale) >= 2 or not counts.answers:
        return False
    return counts.effective < 5 * skewness(measure, counts) ** 2


def distribution(measure: Measure, counts: Counts) -> list[tuple[float, float]]:
    """(code as it stands in the file, share of answers 0..1) for every code of the scale, worst first."""
    whole = sum(counts.weights)
    codes = sorted({*counts.codes, *_codes(measure)}, key=lambda code: _upright(measure, code))
    return [(code, counts.among((code,)) / whole if whole else 0.0) for code in codes]


def upright(measure: Measure, counts: Counts) -> list[tuple[float, float]]:
    """(code, weight) of the answers with the scale turned so that more is better, worst first."""
    pairs = zip(counts.codes, counts.weights, strict=True)
    return sorted((_upright(measure, code), weight) for code, weight in pairs)


def nps_shares(measure: Measure, counts: Counts) -> tuple[float, float]:
    """The shares (0..1) of promoters (9–10) and detractors (0–6) among at least one answer."""
    pairs = upright(measure, counts)
    whole = sum(weight for _code, weight in pairs)
    promoters = sum(weight for code, weight in pairs if code >= 9)
    return promoters / whole, sum(weight for code, weight in pairs if code <= 6) / whole


def _part(codes: Iterable[float], counts: Counts) -> float:
    return min(1.0, counts.among(codes) / sum(counts.weights))


def _waits(measure: Measure, counts: Counts) -> bool:
    """Whether it is a median or percentile of times of which some have not ended."""
    return statistic(measure) in QUANTILES and bool(open_cases(measure, counts)) and bool(closed(measure, counts).codes)


def _estimate(found: Levels, z: float) -> Estimate:
    return Estimate(found.value, *(found.usual if z == intervals.Z else found.at(z)), found.n, found.n_effective)


def _upright(measure: Measure, code: float) -> float:
    """The code, mirrored on a reversed scale. The scale of an NPS is 0–10 where it is not said."""
    if not measure.is_reversed:
        return code
    scale = measure.scale if len(measure.scale) >= 2 else NPS_SCALE
    return scale[0] + scale[-1] - code


def _codes(measure: Measure) -> tuple[float, ...]:
    """Every code of the scale, ascending, in steps of one; empty without a scale of whole steps."""
    if len(measure.scale) < 2:
        return ()
    low, high = measure.scale[0], measure.scale[-1]
    steps = high - low
    return tuple(low + i for i in range(int(steps) + 1)) if steps == int(steps) and 0 < steps <= 1000 else ()


def _plain(number: float) -> str:
    return f"{number:g}"
