"""How surprising a low figure is: one-sided p-values of counts, for claims that must hold (`proposals`).

Each is the chance of a value this bad or worse if nothing were wrong. Shares use the binomial distribution itself and
ranks a correction for skewness, because far in the tail, where many looks push the bar, the plain normal
approximation would claim nearly twice too often for high shares.
"""

from __future__ import annotations

import math
from itertools import accumulate

from journeymap.model import intervals, kpi, waits
from journeymap.model.records import Measure
from journeymap.model.tally import Counts


def worse_than(measure: Measure, counts: Counts, target: float) -> float:
    """The chance of answers this bad if the measure's true value were `target`; 1 where nothing can be said."""
    if kpi.open_cases(measure, counts) and kpi.statistic(measure) in kpi.QUANTILES:
        return _waited(measure, counts, target)
    counts = kpi.closed(measure, counts)
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
    Wilcoxon (Biometrics Bulletin 1 (1945) 80–83) with midranks for ties, its normal tail corrected for skewness and
    peakedness of the ranks (`_tail`). It uses the whole scale, and so sees a shift that a share of satisfied answers,
    cut at one code, misses. Where only two codes were given, Fisher's exact test.
    """
    mine, others = _scaled(here, n), _scaled(rest, n_rest)
    codes = sorted({code for side in (mine, others) for code, size in side.items() if size > 0})
    size = n + n_rest
    if n <= 0 or n_rest <= 0 or size <= 3 or len(codes) < 2:
        return 1.0
    if len(codes) == 2:
        return _exact(mine.get(codes[0], 0.0), others.get(codes[0], 0.0), n, n_rest)
    together = [mine.get(code, 0.0) + others.get(code, 0.0) for code in codes]
    starts = list(accumulate(together, initial=0.0))
    distances = [start + (each + 1) / 2 - (size + 1) / 2 for start, each in zip(starts, together, strict=False)]

    def moment(power: int) -> float:
        return sum(each * distance**power for each, distance in zip(together, distances, strict=True)) / size

    spread = moment(2)
    mean = sum(mine.get(code, 0.0) * distance for code, distance in zip(codes, distances, strict=True)) / n
    # Of a sample without replacement, as shares of the moments of what it is drawn from; exact for the first two.
    left = n_rest / (size - 1)
    z = mean / math.sqrt(spread / n * left)
    skewness = moment(3) / spread**1.5 * (n_rest - n) / (size - 2) * math.sqrt((size - 1) / (n * n_rest))
    peak = max(0.0, moment(4) / spread**2 - 3) / n * left
    return _tail(z, skewness, peak)


def _exact(low_here: float, low_rest: float, n: float, n_rest: float) -> float:
    """Fisher's exact test: the chance of at least so many low answers here, given how many there are in all."""
    mine, size = round(n), round(n + n_rest)
    low = round(low_here + low_rest)
    whole = _choices(size, mine)
    counts = range(min(round(low_here), low), min(mine, low) + 1)
    chances = (_choices(low, k) + _choices(size - low, mine - k) - whole for k in counts if 0 <= mine - k <= size - low)
    return min(1.0, sum(map(math.exp, chances)))


def _choices(n: int, k: int) -> float:
    """The logarithm of n over k."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


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
    lean = kpi.skewness(measure, counts) * (1 if kpi.better(measure) == "higher" else -1)
    density = math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    return min(1.0, plain + max(0.0, lean) * (2 * t * t + 1) * density / (6 * math.sqrt(size)))


def _quantile(measure: Measure, counts: Counts, target: float) -> float:
    """The sign test: how many answers reach the target, of those that would have to."""
    p = kpi.QUANTILES[kpi.statistic(measure)]
    higher = kpi.better(measure) == "higher"
    pairs = kpi.upright(measure, counts)
    good = sum(weight for code, weight in pairs if (code >= target if higher else code <= target))
    size = counts.effective
    return intervals.binomial_cdf(good / sum(counts.weights) * size, size, 1 - p if higher else p)


def _waited(measure: Measure, counts: Counts, target: float) -> float:
    """The same with cases that are still open, each as one that has lasted at least so long."""
    share, size = waits.ended_by(target, counts)
    return intervals.binomial_cdf(share * size, size, kpi.QUANTILES[kpi.statistic(measure)]) if size > 0 else 1.0


def _scaled(pairs: list[tuple[float, float]], size: float) -> dict[float, float]:
    whole = sum(weight for _code, weight in pairs)
    return {code: weight * size / whole for code, weight in pairs} if whole > 0 else {}


def _tail(z: float, skewness: float, peak: float) -> float:
    """P(Z ≤ z) of a nearly normal Z by Edgeworth's expansion (Cramér, Mathematical Methods of Statistics (1946), 17.7),
    never below the plain normal tail: far out the terms can err, and an error must not make a claim.
    """
    plain = intervals.normal_cdf(z)
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    terms = skewness * (z**2 - 1) / 6 + peak * (z**3 - 3 * z) / 24 + skewness**2 * (z**5 - 10 * z**3 + 15 * z) / 72
    return min(1.0, max(plain, plain - density * terms))
