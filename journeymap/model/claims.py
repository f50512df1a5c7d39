"""How surprising a low figure is: one-sided p-values of counts, for claims that must hold (`proposals`).

Each is the chance of a value this bad or worse if nothing were wrong. Shares use the binomial distribution itself and
ranks a correction for skewness, because far in the tail, where many looks push the bar, the plain normal
approximation would claim nearly twice too often for high shares.
"""

from __future__ import annotations

import math

from journeymap.model import intervals, kpi
from journeymap.model.records import Measure
from journeymap.model.tally import Counts


def worse_than(measure: Measure, counts: Counts, target: float) -> float:
    """The chance of answers this bad if the measure's true value were `target`; 1 where nothing can be said."""
    if not counts.answers:
        return 1.0
    match kpi.statistic(measure):
        case "share":
            return _share(measure, counts, target / 100)
        case "nps":
            return _nps(measure, counts, target / 100)
        case "mean":
            return _mean(measure, counts, target)
    return _quantile(measure, counts, target)


def worse_than_rest(here: list[tuple[float, float]], rest: list[tuple[float, float]], n: float, n_rest: float) -> float:
    """The chance of answers this low here if they were drawn from the same answers as the rest.

    `here`, `rest`: (code, weight), more is better; `n`, `n_rest`: effective numbers of answers. The rank-sum test of
    Wilcoxon (Biometrics Bulletin 1 (1945) 80–83) with midranks for ties, whose normal tail is corrected for skewness
    by the first Edgeworth term (Cramér, Mathematical Methods of Statistics (1946), 17.7), the skewness being that of a
    sample drawn without replacement. It uses the whole scale, and so sees a shift that a share of satisfied
    answers, cut at one code, misses.
    """
    mine, others = _scaled(here, n), _scaled(rest, n_rest)
    codes = sorted({*mine, *others})
    both = [(mine.get(code, 0.0), mine.get(code, 0.0) + others.get(code, 0.0)) for code in codes]
    size = n + n_rest
    if n <= 0 or n_rest <= 0 or size <= 3:
        return 1.0
    ranks, below = [], 0.0
    for _here, together in both:
        ranks.append(below + (together + 1) / 2)
        below += together
    middle = (size + 1) / 2
    spread = sum(together * (rank - middle) ** 2 for (_h, together), rank in zip(both, ranks, strict=True)) / size
    if spread <= 0:
        return 1.0
    lean = sum(together * (rank - middle) ** 3 for (_h, together), rank in zip(both, ranks, strict=True)) / size
    mean = sum(here_ * rank for (here_, _t), rank in zip(both, ranks, strict=True)) / n
    z = (mean - middle) / math.sqrt(spread / n * n_rest / (size - 1))
    skewness = lean / spread**1.5 * (n_rest - n) / (size - 2) * math.sqrt((size - 1) / (n * n_rest))
    return _tail(z, skewness)


def _share(measure: Measure, counts: Counts, target: float) -> float:
    part = counts.among(kpi.positive(measure)) / sum(counts.weights)
    if kpi.better(measure) == "lower":
        part, target = 1 - part, 1 - target
    size = counts.effective
    return intervals.binomial_cdf(part * size, size, min(1.0, max(0.0, target)))


def _nps(measure: Measure, counts: Counts, target: float) -> float:
    """From the interval: the level at which its upper limit would just reach the target."""
    promoters, detractors = kpi.nps_shares(measure, counts)
    if promoters - detractors >= target:
        return 1.0
    size = counts.effective
    reach = intervals.solve(lambda z: intervals.difference(promoters, detractors, size, z)[1] - target, 1e-6, 40.0)
    return intervals.normal_cdf(-reach)


def _mean(measure: Measure, counts: Counts, target: float) -> float:
    centre, variance = kpi.moments(measure, counts)
    size = counts.effective
    gap = centre - target if kpi.better(measure) == "higher" else target - centre
    if gap >= 0 or size <= 1:
        return 1.0
    if variance <= 1e-12 * (1 + centre * centre):
        # All alike: had the mean been the target, at least this part of the answers had to lie beyond.
        limits = kpi.bounds(measure)
        end = None if limits is None else limits[1] if kpi.better(measure) == "higher" else limits[0]
        return 1.0 if end is None or end == centre else max(0.0, 1 - abs(gap) / abs(end - centre)) ** size
    t = gap / math.sqrt(variance / (size - 1))
    plain = intervals.student_cdf(t, size - 1)
    # A mean looks low too often where the long tail is on the good side (Hall, Annals of Statistics 16 (1988) 927–953).
    lean = _skewness(counts) * (-1 if measure.is_reversed else 1) * (1 if kpi.better(measure) == "higher" else -1)
    density = math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    return min(1.0, plain + max(0.0, lean) * (2 * t * t + 1) * density / (6 * math.sqrt(size)))


def _skewness(counts: Counts) -> float:
    """Of the answers as they stand in the file; quantities by their bins."""
    weights, whole = counts.weights, sum(counts.weights)
    centre = sum(code * w for code, w in zip(counts.codes, weights, strict=True)) / whole
    square = sum((code - centre) ** 2 * w for code, w in zip(counts.codes, weights, strict=True)) / whole
    cube = sum((code - centre) ** 3 * w for code, w in zip(counts.codes, weights, strict=True)) / whole
    return cube / square**1.5 if square > 0 else 0.0


def _quantile(measure: Measure, counts: Counts, target: float) -> float:
    """The sign test: how many answers reach the target, of those that would have to."""
    p = kpi.QUANTILES[kpi.statistic(measure)]
    higher = kpi.better(measure) == "higher"
    pairs = kpi.upright(measure, counts)
    good = sum(weight for code, weight in pairs if (code >= target if higher else code <= target))
    size = counts.effective
    return intervals.binomial_cdf(good / sum(counts.weights) * size, size, 1 - p if higher else p)


def _scaled(pairs: list[tuple[float, float]], size: float) -> dict[float, float]:
    whole = sum(weight for _code, weight in pairs)
    return {code: weight * size / whole for code, weight in pairs} if whole > 0 else {}


def _tail(z: float, skewness: float) -> float:
    plain = intervals.normal_cdf(z)
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    # Far out the one term can pass zero; there the plain tail is tiny anyway.
    return min(1.0, max(plain / 100, plain - density * skewness * (z * z - 1) / 6))
