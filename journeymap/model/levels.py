"""Values with their intervals at any level of confidence.

A comparison asks for the interval of the same answers at two dozen levels. What the level does not change (shares,
moments, running sums, the curve of waiting times) is counted once here, and kept in the function that is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TypeAlias

from msgspec import Struct

from journeymap.model import intervals, waits
from journeymap.model.cube import HALF_BIN
from journeymap.model.tally import Counts

Ends: TypeAlias = tuple[float | None, float | None]


class Levels(Struct, frozen=True):
    """A value with the number of answers behind it; `at(z)`: its interval at the level that z stands for; `usual`: at 95 %.

    The value is None where there are no answers, an end of the interval where there are too few for one.
    """

    value: float | None
    n: int
    n_effective: float
    at: Callable[[float], Ends]
    usual: Ends


NOTHING = Levels(None, 0, 0.0, lambda _z: (None, None), (None, None))
"""That of no answers."""


def of_share(part: float, counts: Counts) -> Levels:
    """A share (0..1) in percent, with Wilson's interval."""
    size = counts.effective
    return _levels(100 * part, counts, lambda z: _percent(intervals.wilson(part, size, z)))


def of_nps(promoters: float, detractors: float, counts: Counts) -> Levels:
    """An NPS from its two shares (0..1), with the square-and-add interval of their difference."""
    size = counts.effective
    gap = 100 * promoters - 100 * detractors
    return _levels(gap, counts, lambda z: _percent(intervals.difference(promoters, detractors, size, z)))


def of_mean(centre: float, variance: float, limits: intervals.Interval, counts: Counts) -> Levels:
    """A mean on a scale with these ends, with Student's interval."""
    size = counts.effective
    return _levels(centre, counts, lambda z: intervals.mean(centre, variance, size, limits, z) or (None, None))


def of_skewed_mean(centre: float, variance: float, skewness: float, counts: Counts) -> Levels:
    """A mean of quantities, whose tail may be long on one side, with Hall's interval."""
    size = counts.effective
    return _levels(centre, counts, lambda z: intervals.skewed_mean(centre, variance, skewness, size, z) or (None, None))


def of_quantile(p: float, pairs: Sequence[tuple[float, float]], counts: Counts) -> Levels:
    """The p-quantile, interpolated between answers, with the interval of order statistics; of quantities in bins, from
    the outer edges of the bins. `pairs`: (code, weight), worst first.

    Weighted answers stand at their share of the weight, and the ranks are those of the effective number of answers.
    """
    sums = list(accumulate(weight for _code, weight in pairs))
    size = max(1, round(counts.effective))

    def at(rank: float) -> float:
        """The answer at a rank of 1..size."""
        return pairs[bisect_left(sums, rank / size * sums[-1] * (1 - 1e-12))][0]

    def ends(z: float) -> Ends:
        first, last = intervals.quantile_ranks(size, min(p, 1.0), z)
        return _edges(at(first) if first else None, at(last) if last else None, counts)

    place = 1 + p * (size - 1)
    lower = int(place)
    middle = at(lower) + (place - lower) * (at(min(size, lower + 1)) - at(lower))
    return _levels(middle, counts, ends)


def of_waits(p: float, counts: Counts, closed: Counts) -> Levels:
    """The p-quantile of times with open cases among `counts`; the value is None where too many are open to tell it."""
    curve = waits.steps(counts)
    return _levels(waits.quantile(p, curve), closed, lambda z: _edges(*waits.limits(p, curve, z), counts))


def _levels(value: float | None, counts: Counts, at: Callable[[float], Ends]) -> Levels:
    return Levels(value, counts.answers, counts.effective, at, at(intervals.Z))


def _percent(interval: intervals.Interval) -> intervals.Interval:
    return 100 * interval[0], 100 * interval[1]


def _edges(low: float | None, high: float | None, counts: Counts) -> Ends:
    """The ends of an interval between centres of bins, moved to the outer edges of the bins."""
    if not counts.x:
        return low, high
    return (
        None if low is None else min(low * HALF_BIN, low / HALF_BIN),
        None if high is None else max(high * HALF_BIN, high / HALF_BIN),
    )
