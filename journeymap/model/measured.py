"""From one measure, or one typed-in KPI, to the `Figure` that stands on the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import hiding, intervals, kpi, series, wording
from journeymap.model.cube import Block, Cube
from journeymap.model.days import day
from journeymap.model.document import Document
from journeymap.model.kpi import Better
from journeymap.model.levels import Levels
from journeymap.model.records import DataSet, Id, Measure, TypedKpi
from journeymap.model.tally import Counts, Period, by_period, day_date, day_number, span, tally

CubeOf: TypeAlias = Callable[[Id], Cube]
Status = Literal["met", "open", "missed", "none"]

FEW = 30
"""Fewer (effective) answers than these are drawn hollow."""
SPARK = 8


class Figure(Struct, frozen=True):
    """A KPI's value with all that makes it honest. Percentages are 0..100, an NPS is −100..100.

    `value` is None where it is hidden (privacy), where there are no answers, or where the KPI is not defined for the
    data; `note` says which. `n` is None where it is unknown or hidden. `spark`: the values of the last periods, oldest
    first, None where one has none to show. `segment`: (column, value) pairs. `better`: higher | lower.
    `dissatisfied`: share (0..1) of bottom answers, None where answers are no judgements on a scale.
    """

    kpi: str
    name: str
    statistic: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    n_effective: float | None = None
    unit: str = ""
    scale: tuple[float, ...] = ()
    period: str = ""
    segment: tuple[tuple[str, str], ...] = ()
    data_set_id: Id | None = None
    measure_id: Id | None = None
    touchpoint_id: Id | None = None
    phase_id: Id | None = None
    target: float | None = None
    status: Status = "none"
    better: Better = "higher"
    spark: tuple[float | None, ...] = ()
    note: str = ""
    formula: str = ""
    typed_id: Id | None = None
    dissatisfied: float | None = None

    @property
    def hollow(self) -> bool:
        """Whether there are few answers (n, or effective n, below 30)."""
        fewest = self.n if self.n_effective is None else self.n_effective
        return fewest is not None and fewest < FEW

    @property
    def hatched(self) -> bool:
        """Whether nobody knows how many answers stand behind the value: it takes no part in verdicts or rankings."""
        return self.value is not None and self.n is None


def measured(
    document: Document,
    measure: Measure,
    block: Block | None,
    *,
    trend: bool = True,
    past: Sequence[tuple[Measure, Block | None]] = (),
) -> Figure:
    """The figure of a measure over all its answers, not yet held against a target; `block`: that of everybody.

    `past`: the earlier answers of its series to the same question, oldest first; they are in the trend, not in the value.
    """
    data_set = document.get(DataSet, measure.data_set_id)
    figure = blank(measure, kpi.definition(measure.kpi) if measure.kpi in kpi.KPIS else None)
    period = covered(data_set, block)
    if block is None:
        return replace(figure, period=period, note=_("no answers"))
    limit = hiding.limit(document, measure.data_set_id)
    figure = replace(figure, period=period, **estimated(measure, tally(block), limit))
    if not trend or figure.value is None:
        return figure
    return replace(figure, spark=_trend(document, [*past, (measure, block)], limit))


def blank(measure: Measure, definition: kpi.Kpi | None) -> Figure:
    """A measure's figure before anything is counted. `definition` is None where the KPI's name is unknown."""
    return Figure(
        kpi=measure.kpi,
        name=kpi.label(measure) if definition else measure.name or measure.kpi,
        statistic=kpi.statistic(measure) if definition else measure.statistic,
        value=None,
        unit=kpi.unit(measure) if definition else measure.unit,
        scale=measure.scale,
        data_set_id=measure.data_set_id,
        measure_id=measure.id,
        touchpoint_id=measure.touchpoint_id,
        phase_id=measure.phase_id,
        better=kpi.better(measure) if definition else "higher",
    )


def filled(figure: Figure, measure: Measure, counts: Counts, limit: int, found: Levels | None = None) -> Figure:
    """The figure with the estimate of `counts` (`found` where it is known), or the reason why there is none."""
    return replace(figure, **estimated(measure, counts, limit, found))


def estimated(measure: Measure, counts: Counts, limit: int, found: Levels | None = None) -> dict[str, Any]:
    """The fields of that figure that the answers tell."""
    try:
        found = found or kpi.at_levels(measure, counts)
    except Failure as failure:
        return {"note": str(failure)}
    formula, bottom = kpi.formula(measure), kpi.negative(measure)
    remarks = _remarks(measure, counts, limit)
    counts = kpi.closed(measure, counts)
    if not counts.answers:
        return {"n": 0, "n_effective": 0.0, "note": "; ".join([_("no answers"), *remarks]), "formula": formula}
    if measure.definition == kpi.SUMMED:
        return {"value": found.value, "formula": formula, "note": _("summed up before; number of answers unknown")}
    if counts.answers < limit:
        return {"note": hiding.small(limit), "formula": formula}
    if found.value is None:
        remarks.append(_("too many are open to tell"))
    return {
        "value": found.value,
        "low": found.usual[0],
        "high": found.usual[1],
        "n": found.n,
        "n_effective": found.n_effective,
        "formula": formula,
        "note": "; ".join(remarks),
        "dissatisfied": counts.among(bottom) / sum(counts.weights) if bottom is not None else None,
    }


def _remarks(measure: Measure, counts: Counts, limit: int) -> list[str]:
    """What has to be said beside a value: skewness, cases still open, and of a response time the other statistics."""
    said = [_("too skewed for this n: the interval is too narrow")] if kpi.too_skewed(measure, counts) else []
    if measure.kpi != "response_time":
        return said
    done, still = kpi.closed(measure, counts), kpi.open_cases(measure, counts)
    how = kpi.statistic(measure)
    if done.answers >= limit and how == "median":
        p90 = kpi.value(replace(measure, statistic="p90"), counts)
        mean = kpi.value(replace(measure, statistic="mean"), done)
        if p90 is not None and mean is not None:
            said.append(
                _("90th percentile {p90}, mean {mean}").format(p90=wording.plain(p90, 3), mean=wording.plain(mean, 3))
            )
    if still:
        said.append(ngettext("{n} case is still open", "{n} cases are still open", still).format(n=still))
        said.append(
            _("mean of those that have ended") if how == "mean" else _("open ones counted by what they have waited")
        )
    return said


def typed(entry: TypedKpi) -> Figure:
    """The figure of a KPI typed in by hand. Where n is known and a share has no interval, Wilson's is given."""
    definition = kpi.KPIS.get(entry.kpi)
    statistic = definition.statistic if definition else ""
    low, high = entry.low, entry.high
    if low is None and high is None and entry.n and statistic == "share" and 0 <= entry.value <= 100:
        low, high = (100 * limit for limit in intervals.wilson(entry.value / 100, entry.n))
    source = _("typed in: {source}").format(source=entry.source) if entry.source else _("typed in")
    return Figure(
        kpi=entry.kpi,
        name=entry.name or (definition.label() if definition else entry.kpi),
        statistic=statistic,
        value=entry.value,
        low=low,
        high=high,
        n=entry.n,
        n_effective=None if entry.n is None else float(entry.n),
        unit=entry.unit or (definition.unit if definition else ""),
        period=entry.period,
        touchpoint_id=entry.touchpoint_id,
        phase_id=entry.phase_id,
        better=definition.better if definition else "higher",
        note=source if entry.n is not None else _("{source}; number of answers unknown").format(source=source),
        typed_id=entry.id,
    )


def status(figure: Figure) -> Status:
    """Against the target: met or missed where the whole interval lies on one side, open where it lies within it.

    "none" without a target, without an interval, or where the number of answers is unknown.
    """
    target, low, high = figure.target, figure.low, figure.high
    if target is None or low is None or high is None or figure.n is None:
        return "none"
    if figure.better == "lower":
        low, high, target = -high, -low, -target
    return "met" if low >= target else "missed" if high < target else "open"


def _trend(document: Document, line: Sequence[tuple[Measure, Block | None]], limit: int) -> tuple[float | None, ...]:
    """The values of a whole series: by quarter or month, each day once; where days do not tell, one a data set."""
    measure, block = line[-1]
    if len(line) < 2:
        return sparkline(measure, block, limit) if block is not None else ()
    measures, blocks = [one for one, _block in line], {one.id: block for one, block in line}
    whole = series.joined(document, measures, lambda one: blocks[one.id])
    found = sparkline(measure, whole, limit) if whole is not None and series.dated(document, measures) else ()
    if found:
        return found
    counted = [tally(block) for _one, block in line if block is not None]
    values = tuple(kpi.value(measure, each) if each.answers >= limit else None for each in counted[-SPARK:])
    return values if sum(value is not None for value in values) >= 2 else ()


def sparkline(measure: Measure, block: Block, limit: int) -> tuple[float | None, ...]:
    """The values of the last eight quarters, or months where fewer than three quarters have answers.

    Empty where that would be fewer than two values; None in a period that is hidden.
    """
    ends = span(block)
    if ends is None:
        return ()
    groups = by_period(block, "quarter")
    if sum(counts.answers > 0 for _period, counts in groups) < 3:
        groups = by_period(block, "month")
    gone = _gone(measure, groups, limit)
    values = tuple(
        kpi.value(measure, counts) if counts.answers and period not in gone else None
        for period, counts in groups[-SPARK:]
    )
    return values if sum(value is not None for value in values) >= 2 else ()


def _gone(measure: Measure, groups: Sequence[tuple[Period, Counts]], limit: int) -> set[Period]:
    """The periods of a trend that are not shown: too small, or a smaller one could be worked out from them."""
    if measure.definition == kpi.SUMMED:
        return set()
    sizes: dict[tuple[Period | None, str], int] = {
        (period, ""): kpi.closed(measure, counts).answers for period, counts in groups
    }
    length = groups[0][0].length
    return {period for period, _all in hiding.hidden(sizes, hiding.families(sizes, length), limit) if period}


def block_of(cube_of: CubeOf, measure: Measure, column: str) -> Block | None:
    """The measure's block of a segment column (or EVERYBODY), None where the cube has none."""
    return cube_of(measure.data_set_id).blocks.get((measure.id, column))


# ---------------------------------------------------------------- periods in words


def covered(data_set: DataSet | None, block: Block | None) -> str:
    """The period of a data set in words, from its first to its last day; "" where it has no dates."""
    period = whole_period(data_set, block)
    return period_text(period) if period is not None else ""


def whole_period(data_set: DataSet | None, block: Block | None) -> Period | None:
    """From the first to the last day of a data set, or of the block where the data set does not say."""
    if data_set is not None and data_set.first_day and data_set.last_day:
        return Period(day_number(data_set.first_day), day_number(data_set.last_day))
    ends = span(block) if block is not None else None
    return Period(*ends) if ends is not None else None


def period_text(period: Period) -> str:
    """A stretch of days in words: "1 Oct 2025 – 30 Sep 2026"."""
    first, last = day_date(period.first), day_date(period.last)
    if first == last:
        return day(last)
    return f"{day(first, year=first.year != last.year)} – {day(last)}"


def targets_at(targets: Mapping[str, float], figures: list[Figure]) -> list[Figure]:
    """The figures of one place with its targets. A KPI's target is meant for its usual statistic where that is there."""
    found = []
    if not targets:
        return figures
    for figure in figures:
        definition = kpi.KPIS.get(figure.kpi)
        usual = {other.statistic for other in figures if other.kpi == figure.kpi}
        foreign = definition and definition.statistic in usual and figure.statistic != definition.statistic
        aimed = replace(figure, target=None if foreign else targets.get(figure.kpi))
        found.append(replace(aimed, status=status(aimed)))
    return found
