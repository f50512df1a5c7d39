"""Two values of one KPI against one another: the interval of the difference, and a word that holds among many looks.

The difference is that of independent answers (other people, other months). Its interval is MOVER's from the intervals of
the two, whatever the statistic; its p-value is the level at which that interval just reaches zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import intervals, kpi
from journeymap.model.levels import Ends, Levels
from journeymap.model.records import Measure
from journeymap.model.tally import Counts

Word = Literal["better", "worse", "no clear change"]

CHANCE = 0.05
"""Of any false word among all comparisons that are shown together."""
_FURTHEST = 8.0  # standard errors; the chance beyond is 1e-15


class Difference(Struct, frozen=True):
    """after − before in the unit of the KPI, its 95 % interval, and the chance of so much if nothing had changed.

    `better`: which way is better. The interval is None where one of the two has none.
    """

    value: float
    low: float | None
    high: float | None
    p: float
    better: kpi.Better


def difference(
    measure: Measure, before: Counts, after: Counts, *, other: Measure | None = None, for_words: bool = False
) -> Difference | None:
    """From `before` (answers to `other`, or to the same measure) to `after`; None where one of them has no value.

    `for_words`: a chance that can bear no word, above 5 %, is not sought and reads 1; a table has thousands of those.
    Raises Failure where the two measures are defined differently: such figures are never compared unsaid.
    """
    old = other or measure
    if kpi.comparable(old) != kpi.comparable(measure):
        raise Failure(
            _(
                "“{one}” and “{two}” are not measured alike ({first}; {second}), so their difference means nothing."
            ).format(one=kpi.label(old), two=kpi.label(measure), first=kpi.formula(old), second=kpi.formula(measure))
        )
    return between(measure, kpi.at_levels(old, before), kpi.at_levels(measure, after), for_words=for_words)


def between(measure: Measure, first: Levels, second: Levels, *, for_words: bool = False) -> Difference | None:
    """The same of two values that are known already, measured alike."""
    if first.value is None or second.value is None:
        return None
    gap = second.value - first.value
    ends = _ends(first, second, first.usual, second.usual)
    if ends is None:
        return Difference(gap, None, None, 1.0, kpi.better(measure))
    p = 1.0 if for_words and ends[0] <= 0 <= ends[1] else _chance(first, second, gap)
    return Difference(gap, *_within(measure, ends), p, kpi.better(measure))


def words(differences: Sequence[Difference]) -> list[Word]:
    """What may be said of each, among all of them: better and worse only where Holm's correction leaves no doubt."""
    adjusted = intervals.holm([each.p for each in differences])
    return [_word(each, p) for each, p in zip(differences, adjusted, strict=True)]


def spoken(word: Word) -> str:
    """The word in the language of the moment."""
    return {"better": _("better"), "worse": _("worse"), "no clear change": _("no clear change")}[word]


def _word(each: Difference, p: float) -> Word:
    if p >= CHANCE or each.value == 0:
        return "no clear change"
    return "better" if (each.value > 0) == (each.better == "higher") else "worse"


def _ends(first: Levels, second: Levels, old: Ends, new: Ends) -> intervals.Interval | None:
    parts = (first.value, *old, second.value, *new)
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return intervals.of_difference((known[0], known[1], known[2]), (known[3], known[4], known[5]))


def _chance(first: Levels, second: Levels, gap: float) -> float:
    """Two-sided: the level at which zero lies on the end of the interval."""

    def reach(z: float) -> float:
        ends = _ends(first, second, first.at(z), second.at(z))
        if ends is None:  # at that level no order statistic exists: the interval has no end, and zero lies in it
            return 1.0
        return -ends[0] if gap > 0 else ends[1]

    if gap == 0 or reach(1e-6) >= 0:
        return 1.0
    if reach(_FURTHEST) < 0:
        return 2 * intervals.normal_cdf(-_FURTHEST)
    return 2 * intervals.normal_cdf(-_crossing(reach))


def _crossing(reach: Callable[[float], float]) -> float:
    low, high = 1e-6, _FURTHEST
    for _step in range(24):  # to a millionth of a standard error
        middle = (low + high) / 2
        low, high = (middle, high) if reach(middle) < 0 else (low, middle)
    return low


def _within(measure: Measure, ends: intervals.Interval) -> intervals.Interval:
    """No difference passes the width of the scale."""
    limits = kpi.bounds(measure)
    if limits is None:
        return ends
    width = limits[1] - limits[0]
    return max(-width, ends[0]), min(width, ends[1])
