"""Intervals and corrections: pure functions of counts, with nothing but the standard library.

All intervals are two-sided at 95 %. Shares are 0..1. `n` may be an effective sample size and need not be whole
(Kish: `effective`). The square-and-add interval follows Newcombe, Statistics in Medicine 17 (1998) 873–890.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

LEVEL: Final = 0.95
Z: Final = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""

Interval = tuple[float, float]


# ---------------------------------------------------------------- shares and differences of shares


def wilson(share: float, n: float, z: float = Z) -> Interval:
    """The score interval of a share (0..1) seen in `n` > 0 answers.

    Wilson, Journal of the American Statistical Association 22 (1927) 209–212.
    """
    square = z * z / n
    middle = (share + square / 2) / (1 + square)
    half = math.sqrt(max(0.0, share * (1 - share) / n + square / (4 * n))) * z / (1 + square)
    # At 0 and 1 the limit is the share itself; rounding must not push it past.
    low = 0.0 if share <= 0 else max(0.0, min(share, middle - half))
    high = 1.0 if share >= 1 else min(1.0, max(share, middle + half))
    return low, high


def difference(first: float, second: float, n: float, z: float = Z) -> Interval:
    """The interval of first − second, two shares of the same `n` answers (an NPS is promoters − detractors).

    Newcombe's square-and-add of the two Wilson limits (MOVER; Zou and Donner, Statistics in Medicine 27 (2008)
    1693–1702), with the correlation of two cells of a multinomial: −√(p₁p₂ / ((1−p₁)(1−p₂))).
    """
    low1, high1 = wilson(first, n, z)
    low2, high2 = wilson(second, n, z)
    rest = (1 - first) * (1 - second)
    correlation = -min(1.0, math.sqrt(first * second / rest)) if rest > 0 else 0.0
    down, up = first - low1, high1 - first
    other_up, other_down = high2 - second, second - low2
    below = down * down - 2 * correlation * down * other_up + other_up * other_up
    above = up * up - 2 * correlation * up * other_down + other_down * other_down
    middle = first - second
    return max(-1.0, middle - math.sqrt(max(0.0, below))), min(1.0, middle + math.sqrt(max(0.0, above)))


def of_difference(before: tuple[float, float, float], after: tuple[float, float, float]) -> Interval:
    """The interval of after − before, two independent values, from (value, low, high) of each: square-and-add (MOVER).

    Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10, for shares; Zou and Donner (2008) for any other.
    """
    (old, old_low, old_high), (new, new_low, new_high) = before, after
    gap = new - old
    return gap - math.hypot(new - new_low, old_high - old), gap + math.hypot(new_high - new, old - old_low)


def effective(w: float, w2: float) -> float:
    """The effective sample size (Σw)² / Σw². Kish, Survey Sampling (1965), section 11.7."""
    return w * w / w2 if w2 > 0 else 0.0


# ---------------------------------------------------------------- means


def mean(value: float, variance: float, n: float, limits: Interval | None = None, z: float = Z) -> Interval | None:
    """Student's interval of a mean; `variance` is Σw(x−mean)²/Σw, not yet corrected for the lost degree of freedom.

    `limits` are the ends of the scale, which a mean cannot pass. Where all answers are equal, Student's interval has
    no width, which claims too much: on a scale, each side then moves by as much as unseen answers at that end could
    move it (Wilson's limit of 0 of n). Fewer than two effective answers tell no spread: then the scale is all that is
    known. None where there is no scale to fall back on.
    """
    if variance <= 1e-12 * (1 + value * value):
        return None if limits is None or n <= 0 else _equal(value, n, limits, z)
    if n < 2:
        return limits
    half = student_quantile(normal_cdf(z), n - 1) * math.sqrt(variance / (n - 1))
    low, high = value - half, value + half
    return (low, high) if limits is None else (max(limits[0], low), min(limits[1], high))


def skewed_mean(value: float, variance: float, skewness: float, n: float, z: float = Z) -> Interval | None:
    """The interval of a mean of quantities without ends, such as times and money, whose long tail lies on one side.

    Hall's cubic transformation of Student's statistic (Journal of the Royal Statistical Society B 54 (1992) 221–228):
    g(T) = T + γT²/3 + γ²T³/27 + γ/(6n) is all but free of the skewness γ and is inverted at ±t/√n. As near to its level
    as the bootstrap-t, and the same at every look. None where nothing tells the spread.
    """
    if n < 2 or variance <= 1e-12 * (1 + value * value):
        return None
    t = student_quantile(normal_cdf(z), n - 1) / math.sqrt(n)
    spread = math.sqrt(variance * n / (n - 1))
    if abs(skewness) < 1e-6:
        return value - t * spread, value + t * spread

    def turned(x: float) -> float:
        inside = 1 + skewness * (x - skewness / (6 * n))
        return 3 / skewness * (math.copysign(abs(inside) ** (1 / 3), inside) - 1)

    return value - spread * turned(t), value - spread * turned(-t)


def _equal(value: float, n: float, limits: Interval, z: float) -> Interval:
    unseen = wilson(0.0, n, z)[1]
    return value - unseen * (value - limits[0]), value + unseen * (limits[1] - value)


NEAR: Final = 0.1
"""Below this |t| the middle of Student's distribution is nearer than its tail."""


def student_cdf(t: float, df: float) -> float:
    """P(T ≤ t) of Student's distribution with `df` > 0 degrees of freedom (DLMF 8.17, through the beta integral)."""
    if abs(t) < NEAR:  # there the other end of the integral is exact
        half = beta(0.5, df / 2, t * t / (df + t * t)) / 2
        return 0.5 + half if t > 0 else 0.5 - half
    tail = beta(df / 2, 0.5, df / (df + t * t)) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=4096)
def student_quantile(p: float, df: float) -> float:
    """The t with P(T ≤ t) = p, for 0.5 < p < 1 and df ≥ 0.1; tested against scipy to 1e-6.

    Starts from the expansion of Abramowitz and Stegun 26.7.5 and is then mended by Newton steps on `student_cdf`,
    kept within a bracket where few degrees of freedom make the start a poor one.
    """
    z = _about(p)
    square = z * z
    terms = (
        (square + 1) / 4,
        ((5 * square + 16) * square + 3) / 96,
        (((3 * square + 19) * square + 17) * square - 15) / 384,
        ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160,
    )
    t = z * (1 + sum(term / df**power for power, term in enumerate(terms, 1)))
    low, high = 0.0, math.inf
    log_scale = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    for _ in range(200):
        error = student_cdf(t, df) - p
        low, high = (low, t) if error > 0 else (t, high)
        after = t - error / math.exp(log_scale - (df + 1) / 2 * math.log1p(t * t / df))
        if not low <= after <= high:
            after = 2 * t if high == math.inf else (low + high) / 2
        t, before = after, t
        if abs(t - before) <= 1e-7 * (1 + t):  # a Newton step of that size leaves an error of its square
            break
    return t


def normal_cdf(z: float) -> float:
    """P(Z ≤ z) of the standard normal distribution."""
    return math.erfc(-z / math.sqrt(2)) / 2


def _about(p: float) -> float:
    """The z with P(Z ≤ z) = p to five digits, for 0.5 < p < 1 (Abramowitz and Stegun 26.2.23, and one step of Newton's)."""
    t = math.sqrt(-2 * math.log(1 - p))
    z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t**3)
    return z - (normal_cdf(z) - p) * math.sqrt(2 * math.pi) * math.exp(z * z / 2)


@lru_cache(maxsize=64)
def normal_quantile(p: float) -> float:
    """The z with P(Z ≤ z) = p, 0 < p < 1, by bisection on `normal_cdf`."""
    return solve(lambda z: normal_cdf(z) - p, -40.0, 40.0)


# ---------------------------------------------------------------- medians and percentiles


def quantile_ranks(n: int, p: float, z: float = Z) -> tuple[int, int | None]:
    """Ranks (1-based) of the order statistics that enclose the p-quantile of `n` ≥ 1 answers; 0 or None: no such rank.

    The 2.5 % quantile of the binomial distribution (n, p), and its 97.5 % quantile plus one.
    """
    tail = normal_cdf(-z)
    low, high = binomial_quantile(tail, n, p), binomial_quantile(1 - tail, n, p) + 1
    return low, (high if high <= n else None)


def binomial_quantile(q: float, n: int, p: float) -> int:
    """The smallest k with P(X ≤ k) ≥ q for X binomial (n, p)."""
    low, high = 0, n
    while low < high:
        k = (low + high) // 2
        if binomial_cdf(k, n, p) >= q:
            high = k
        else:
            low = k + 1
    return low


def binomial_cdf(k: float, n: float, p: float) -> float:
    """P(X ≤ k) for X binomial (n, p), continued smoothly to fractional n and k (weighted answers). DLMF 8.17.5."""
    if k >= n:
        return 1.0
    return beta(n - k, k + 1, 1 - p) if k >= 0 else 0.0


def beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), a and b > 0, by the continued fraction of DLMF 8.17.22.

    The fraction is evaluated by Lentz's method as modified by Thompson and Barnett (1986).
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    value = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d or tiny)
            c = 1 + term / c or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return min(1.0, math.exp(front) * value / a)


# ---------------------------------------------------------------- many looks


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's adjusted p-values, in the order given: at most that chance of any false claim among all.

    Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
    """
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, i in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = highest
    return adjusted


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values, in the order given: at most that share of false entries in a list, on average.

    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289–300.
    """
    count = len(p_values)
    adjusted = [0.0] * count
    lowest = 1.0
    for rank, i in reversed(list(enumerate(sorted(range(count), key=p_values.__getitem__), 1))):
        lowest = min(lowest, p_values[i] * (count / rank))
        adjusted[i] = lowest
    return adjusted


def solve(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function passes zero between `low` and `high`, by bisection to the last bit."""
    while True:
        middle = (low + high) / 2
        if middle in {low, high}:
            return middle
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
