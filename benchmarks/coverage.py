"""How often 95 % intervals hold: exact where every outcome can be gone through, else simulated with seeds.

Printed in percent. The bounds that `tests/model/test_coverage.py` puts on them are those of the domain (D12).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from journeymap.model import intervals, kpi
from journeymap.model.records import Measure
from journeymap.model.tally import Counts

NPS_SHAPES = (
    (0.95, 0.01), (0.90, 0.02), (0.85, 0.05), (0.70, 0.10), (0.60, 0.20), (0.50, 0.25), (0.40, 0.40), (0.30, 0.50),
    (0.15, 0.70), (0.05, 0.90),
)  # fmt: skip
"""(promoters, detractors) of ten kinds of answers."""


def shares(n: int) -> dict[float, float]:
    """Exact coverage of a share's interval for p = .05, .06 … .95."""
    ends = [intervals.wilson(k / n, n) for k in range(n + 1)]
    found = {}
    for p in (each / 100 for each in range(5, 96)):
        found[p] = sum(_binomial(k, n, p) for k, (low, high) in enumerate(ends) if low <= p <= high)
    return found


def _binomial(k: int, n: int, p: float) -> float:
    log = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(log + k * math.log(p) + (n - k) * math.log1p(-p))


def nps(n: int) -> dict[tuple[float, float], float]:
    """Exact coverage of an NPS for ten shapes, over every number of promoters and detractors."""
    found = dict.fromkeys(NPS_SHAPES, 0.0)
    for promoters in range(n + 1):
        for detractors in range(n + 1 - promoters):
            low, high = intervals.difference(promoters / n, detractors / n, n)
            rest = n - promoters - detractors
            ways = math.lgamma(n + 1) - sum(math.lgamma(each + 1) for each in (promoters, detractors, rest))
            for shape in found:
                if low <= shape[0] - shape[1] <= high:
                    passive = 1 - sum(shape)
                    found[shape] += math.exp(
                        ways
                        + promoters * math.log(shape[0])
                        + detractors * math.log(shape[1])
                        + rest * math.log(passive)
                    )
    return found


def quantiles(n: int, p: float) -> float:
    """Exact coverage of order statistics, for any continuous answers: P(low rank ≤ number below < high rank)."""
    low, high = intervals.quantile_ranks(n, p)
    above = intervals.binomial_cdf(high - 1, n, p) if high is not None else 1.0
    return above - (intervals.binomial_cdf(low - 1, n, p) if low else 0.0)


def lognormal_means(n: int, sigma: float = 1.0, draws: int = 3000, seed: int = 1) -> dict[str, float]:
    """Simulated coverage of the mean of skewed quantities, as the map shows it: of all, of those shown without the words
    "too skewed", and the part that has the words.
    """
    truth, made = math.exp(sigma * sigma / 2), Measure("m", "d", kpi="clv", statistic="mean")
    chance = np.random.default_rng(seed)
    hits = said = plain_hits = 0
    for _draw in range(draws):
        counts = counted(np.round(chance.lognormal(0, sigma, n), 6))
        found = kpi.estimate(made, counts)
        hit = found.low is not None and found.high is not None and found.low <= truth <= found.high
        skewed = kpi.too_skewed(made, counts)
        hits, said, plain_hits = hits + hit, said + skewed, plain_hits + (hit and not skewed)
    silent = draws - said
    return {"all": hits / draws, "without the words": plain_hits / silent if silent else 1.0, "words": said / draws}


def weighted_shares(n: int = 300, p: float = 0.4, draws: int = 4000, seed: int = 2, spread: float = 0.6) -> float:
    """Simulated coverage of a weighted share: weights lognormal, without connection to the answers."""
    chance = np.random.default_rng(seed)
    weights = chance.lognormal(0, spread, (draws, n))
    answers = chance.random((draws, n)) < p
    whole, square = weights.sum(axis=1), (weights**2).sum(axis=1)
    values = (weights * answers).sum(axis=1) / whole
    ends = (
        intervals.wilson(float(value), intervals.effective(float(w), float(w2)))
        for value, w, w2 in zip(values, whole, square, strict=True)
    )
    return sum(low <= p <= high for low, high in ends) / draws


def waits(n: int, p: float, *, open_: float = 0.25, draws: int = 3000, seed: int = 5) -> float:
    """Simulated coverage of a quantile of lognormal times of which the part `open_` is still open: cases began evenly
    over a stretch of time and are looked at on one day.
    """
    chance, made = (
        np.random.default_rng(seed),
        Measure("m", "d", kpi="response_time", statistic="median" if p == 0.5 else "p90"),
    )
    probe = chance.lognormal(0, 1, 200_000)
    stretch = intervals.solve(lambda length: open_ - _still(probe, length), 0.5, 200.0)
    truth, hits = math.exp(intervals.normal_quantile(p)), 0
    for _draw in range(draws):
        times, ages = chance.lognormal(0, 1, n), chance.uniform(0, stretch, n)
        found = kpi.estimate(made, counted(np.round(np.where(times <= ages, times, -ages), 9)))
        hits += (found.low is None or found.low <= truth) and (found.high is None or truth <= found.high)
    return hits / draws


def _still(times: np.ndarray[Any, Any], stretch: float) -> float:
    """The part of cases that is open when they began evenly over a stretch."""
    return float(np.minimum(times / stretch, 1.0).mean())


def counted(values: np.ndarray[Any, Any]) -> Counts:
    """Answers as an import counts them."""
    codes, n = np.unique(values, return_counts=True)
    return Counts(tuple(codes.tolist()), tuple(n.tolist()))


def _percent(values: Sequence[float]) -> list[float]:
    return [round(100 * value, 2) for value in (min(values), max(values))]


def main() -> None:
    """Prints the coverage of every kind of interval, in percent; two numbers are the least and the most."""
    print(json.dumps({
        "shares, n 50, p .05–.95": {"each": _percent(list(shares(50).values())), "mean": round(100 * float(np.mean(list(shares(50).values()))), 2)},
        "shares, n 500, p .05–.95": _percent(list(shares(500).values())),
        "NPS, n 50, ten shapes": _percent(list(nps(50).values())),
        "median, n 10–500": _percent([quantiles(n, 0.5) for n in (10, 25, 50, 100, 200, 500)]),
        "p90, n 10–500": _percent([quantiles(n, 0.9) for n in (10, 25, 50, 100, 200, 500)]),
        "mean, lognormal σ 1": {n: {k: round(100 * v, 1) for k, v in lognormal_means(n).items()} for n in (50, 200)},
        "median with a quarter open, n 50, 200": _percent([waits(n, 0.5) for n in (50, 200)]),
        "p90 with a tenth open, n 50, 200": _percent([waits(n, 0.9, open_=0.1) for n in (50, 200)]),
        "weighted share, n 300": round(100 * weighted_shares(), 2),
    }, ensure_ascii=False))  # fmt: skip


if __name__ == "__main__":
    main()
