"""Key drivers: which touchpoint moves the overall judgement most, with intervals, beside how well it does.

From the pairwise sums of the cube, never from rows. For each question at a touchpoint: its correlation with the overall
judgement (Fisher's interval) and its relative weight, the share of the explained variance that is its own although the
questions go together (Johnson, Multivariate Behavioral Research 35 (2000) 1–19). A driver is no cause.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model import intervals, kpi, series
from journeymap.model.cube import EVERYBODY, Pair
from journeymap.model.document import Document
from journeymap.model.measured import FEW, CubeOf, block_of
from journeymap.model.pooled import correlation
from journeymap.model.records import Id, Measure, Touchpoint
from journeymap.model.tally import tally

if TYPE_CHECKING:
    import numpy as np

Quarter = Literal["fix first", "keep it up", "can wait", "more than needed"]

_PREFERRED: Final = ("rating", "csat", "nps", "ces")
_DRAWS: Final = 400
_SEED: Final = 20_260


class Driver(Struct, frozen=True):
    """One question at a touchpoint. `correlation` with the overall judgement, upright, with its 95 % interval, over the
    `n` people who answered both. `weight`: its part (0..1) of what all explain together, None where questions were not
    asked together. `performance`: its mean as part of its scale, 0..1, with its interval over `answers` (effective).
    `sure`: both intervals lie in its quarter whole; else which quarter it is cannot be told.
    """

    touchpoint_id: Id
    measure_id: Id
    n: int
    correlation: float
    low: float
    high: float
    weight: float | None
    weight_low: float | None
    weight_high: float | None
    performance: float
    quarter: Quarter
    performance_low: float | None = None
    performance_high: float | None = None
    answers: float = 0.0
    sure: bool = False

    @property
    def importance(self) -> float:
        """What stands on the axis of importance: the weight, or the correlation where there is none."""
        return self.correlation if self.weight is None else self.weight

    @property
    def importance_ends(self) -> intervals.Interval:
        """The interval of the importance."""
        if self.weight_low is None or self.weight_high is None:
            return self.low, self.high
        return self.weight_low, self.weight_high

    @property
    def hollow(self) -> bool:
        """Whether there are few answers."""
        return min(float(self.n), self.answers) < FEW


class Drivers(Struct, frozen=True):
    """The drivers of one overall judgement, strongest first; `explained`: R² of all together, None without weights.

    `strongest`: the touchpoints of which one moves it most, with 95 % certainty: a single one where it can be told.
    `left_out`: touchpoints with too few people who answered both, and how many they are. The bars divide the picture:
    the mean importance, the mean performance. `scales`: on how many different scales performance was asked.
    """

    overall_id: Id
    name: str
    explained: float | None
    drivers: tuple[Driver, ...]
    strongest: tuple[Id, ...] = ()
    left_out: tuple[tuple[Id, int], ...] = ()
    importance_bar: float = 0.0
    performance_bar: float = 0.0
    scales: int = 1

    @property
    def weighed(self) -> bool:
        """Whether importance is a part of what all explain, and not each one's own correlation."""
        return self.explained is not None


def key_drivers(document: Document, cube_of: CubeOf) -> list[Drivers]:
    """The drivers in every data set that asked for an overall judgement and for at least two touchpoints.

    The overall judgement stands on the journey: a rating or CSAT before an NPS or CES. A question that carries several
    KPIs counts once. Pairs of fewer than 30 people are left out. Of a series the newest data set speaks.
    """
    cube_of = cache(cube_of)
    found = []
    for data_set in series.newest(document):
        measures = [one for one in document.referring(Measure, "data_set_id", data_set.id) if _judges(one)]
        pairs = {frozenset((pair.a, pair.b)): pair for pair in cube_of(data_set.id).pairs}
        whole = [one for one in measures if one.touchpoint_id is None and one.phase_id is None]
        whole.sort(key=lambda one: (_PREFERRED.index(one.kpi), -one.n))
        parts = _one_each([one for one in measures if one.touchpoint_id is not None])
        if whole and len(parts) >= 2 and (drivers := _drivers(cube_of, whole[0], parts, pairs)):
            found.append(drivers)
    return found


def driver_weights(found: Sequence[Drivers]) -> Mapping[Id, float]:
    """How much more a touchpoint moves the overall judgement than the average one: 1 is average (for `priority.ranked`)."""
    weights: dict[Id, list[float]] = defaultdict(list)
    for drivers in found:
        average = fmean(max(0.0, driver.importance) for driver in drivers.drivers)
        for driver in drivers.drivers:
            if average > 0:
                weights[driver.touchpoint_id].append(max(0.0, driver.importance) / average)
    return {id_: fmean(each) for id_, each in weights.items()}


def spoken(quarter: Quarter) -> str:
    """The quarter of the importance–performance picture in the language of the moment."""
    return {
        "fix first": _("fix first"), "keep it up": _("keep it up"), "can wait": _("can wait"),
        "more than needed": _("more than needed"),
    }[quarter]  # fmt: skip


def verdict(driver: Driver) -> str:
    """The quarter in words, or that it cannot be told."""
    return (
        spoken(driver.quarter)
        if driver.sure
        else _("perhaps {quarter}: cannot be told").format(quarter=spoken(driver.quarter))
    )


def finding(document: Document, found: Drivers) -> str:
    """Which touchpoint moves the overall judgement most, in a sentence that the intervals bear out."""
    names = [document.one(Touchpoint, id_).name for id_ in found.strongest]
    if len(names) == 1:
        return _("“{name}” goes with {overall} most.").format(name=names[0], overall=found.name)
    if len(names) > 4:
        return _("Which of {n} touchpoints goes with {overall} most cannot be told.").format(
            n=len(names), overall=found.name
        )
    listed = _("{first} or {last}").format(first=", ".join(names[:-1]), last=names[-1])
    return _("Which goes with {overall} most cannot be told: {names}.").format(overall=found.name, names=listed)


def _judges(measure: Measure) -> bool:
    return (
        measure.definition != kpi.SUMMED
        and measure.kpi in _PREFERRED
        and (len(measure.scale) >= 2 or measure.kpi == "nps")
    )


def _one_each(measures: Sequence[Measure]) -> list[Measure]:
    """One measure of each question at each touchpoint: a column may carry a CSAT and a rating."""
    found: dict[object, Measure] = {}
    for measure in sorted(measures, key=lambda one: _PREFERRED.index(one.kpi)):
        found.setdefault((measure.touchpoint_id, measure.column), measure)
    return list(found.values())


def _upright(one: Measure, other: Measure, pair: Pair | None) -> float | None:
    if pair is None or pair.n < FEW:
        return None
    found = correlation(pair)
    return None if found is None else found * (-1 if one.is_reversed != other.is_reversed else 1)


def _drivers(
    cube_of: CubeOf, overall: Measure, parts: Sequence[Measure], pairs: Mapping[frozenset[Id], Pair]
) -> Drivers | None:
    def linked(one: Measure, other: Measure) -> float | None:
        return _upright(one, other, pairs.get(frozenset((one.id, other.id))))

    asked = [part for part in parts if part.column != overall.column]
    known = [(part, r) for part in asked if (r := linked(part, overall)) is not None]
    if len(known) < 2:
        return None
    few = [(part, pair.n) for part in asked if (pair := pairs.get(frozenset((part.id, overall.id)))) and pair.n < FEW]
    among = [[1.0 if one is other else linked(one, other) for other, _r in known] for one, _r0 in known]
    sizes = [pairs[frozenset((part.id, overall.id))].n for part, _r in known]
    complete = all(each is not None for line in among for each in line) and min(sizes) > 2 * len(known)
    weighed = _weights(among, [r for _part, r in known], min(sizes)) if complete else None
    scores = [_performance(cube_of, part) for part, _r in known]
    importance = weighed.shares if weighed else [r for _part, r in known]
    bars = (fmean(importance), fmean(score[0] for score in scores))
    found = []
    for i, (part, r) in enumerate(known):
        assert part.touchpoint_id is not None
        low, high = fisher(r, sizes[i])
        weight, least, most = (weighed.shares[i], weighed.low[i], weighed.high[i]) if weighed else (None, None, None)
        score, worst, best, answers = scores[i]
        found.append(
            Driver(part.touchpoint_id, part.id, sizes[i], r, low, high, weight, least, most, score,
                   _quarter(importance[i] >= bars[0], score >= bars[1]), worst, best, answers)
        )  # fmt: skip
    order = sorted(range(len(found)), key=lambda i: -importance[i])
    strongest = _strongest([found[i] for i in order], [weighed.first[i] for i in order] if weighed else [])
    return Drivers(
        overall.id,
        overall.name or overall.column or kpi.label(overall),
        weighed.explained if weighed else None,
        tuple(replace(found[i], sure=_sure(found[i], bars)) for i in order),
        strongest,
        tuple((part.touchpoint_id, n) for part, n in few if part.touchpoint_id is not None),
        *bars,
        len({(part.kpi == "nps", part.scale) for part, _r in known}),
    )


def _sure(driver: Driver, bars: intervals.Interval) -> bool:
    """Whether no bar lies within an interval of the driver."""
    low, high = driver.importance_ends
    worst, best = driver.performance_low, driver.performance_high
    apart = not low < bars[0] < high
    return apart and worst is not None and best is not None and not worst < bars[1] < best


def _strongest(ranked: Sequence[Driver], first: Sequence[float]) -> tuple[Id, ...]:
    """Of which touchpoints one surely moves the overall judgement most. With weights: the fewest that came first in
    95 % of the draws; without: those whose interval reaches that of the first.
    """
    if not first:
        reach = ranked[0].low
        return tuple(dict.fromkeys(driver.touchpoint_id for driver in ranked if driver.high >= reach))
    found: list[Id] = []
    told = 0.0
    for part, driver in sorted(zip(first, ranked, strict=True), key=lambda each: -each[0]):
        if told >= intervals.LEVEL:
            break
        found.append(driver.touchpoint_id)
        told += part
    return tuple(dict.fromkeys(found))


def fisher(r: float, n: int) -> intervals.Interval:
    """The 95 % interval of a correlation of `n` > 3 pairs. Fisher, Metron 1 (1921) 3–32."""
    turned = math.atanh(max(-0.999999, min(0.999999, r)))
    half = intervals.Z / math.sqrt(n - 3)
    return math.tanh(turned - half), math.tanh(turned + half)


def _performance(cube_of: CubeOf, measure: Measure) -> tuple[float, float | None, float | None, float]:
    """The mean as part of its scale, its interval, and the effective number of answers."""
    block = block_of(cube_of, measure, EVERYBODY)
    assert block is not None  # it has pairs
    scaled = replace(measure, scale=measure.scale if len(measure.scale) >= 2 else kpi.NPS_SCALE)
    low, high = scaled.scale[0], scaled.scale[-1]
    mean = kpi.mean(scaled, tally(block))
    assert mean.value is not None  # somebody has answered
    ends = [None if each is None else (each - low) / (high - low) for each in (mean.low, mean.high)]
    return (mean.value - low) / (high - low), ends[0], ends[1], mean.n_effective


def _quarter(important: bool, good: bool) -> Quarter:
    if important:
        return "keep it up" if good else "fix first"
    return "more than needed" if good else "can wait"


# ---------------------------------------------------------------- relative weights


class _Weighed(Struct, frozen=True):
    shares: list[float]
    low: list[float]
    high: list[float]
    explained: float
    first: list[float]
    """In what part of the draws each was the largest."""


def _weights(among: Sequence[Sequence[float | None]], with_overall: Sequence[float], n: int) -> _Weighed:
    """Relative weights as parts of R², with percentile intervals of a parametric bootstrap: correlations of `n` people
    drawn from a normal population with the correlations seen (seeded, so that a second look says the same).
    """
    import numpy as np

    count = len(with_overall)
    whole = np.eye(count + 1)
    whole[:count, :count] = np.asarray(among, dtype=float)
    whole[:count, count] = whole[count, :count] = with_overall
    whole = _positive(whole)
    seen = _johnson(whole[:count, :count], whole[:count, count])
    root = np.linalg.cholesky(whole)
    chance = np.random.default_rng(_SEED)
    drawn = np.empty((_DRAWS, count))
    for i in range(_DRAWS):
        spread = _wishart_root(chance, count + 1, n - 1)
        product = root @ spread
        covariance = product @ product.T
        scale = np.sqrt(np.diag(covariance))
        again = covariance / np.outer(scale, scale)
        weights = _johnson(again[:count, :count], again[:count, count])
        drawn[i] = weights / max(weights.sum(), 1e-12)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    shares = seen / max(seen.sum(), 1e-12)
    first = np.bincount(drawn.argmax(axis=1), minlength=count) / _DRAWS
    return _Weighed(shares.tolist(), np.minimum(low, shares).tolist(), np.maximum(high, shares).tolist(), float(min(1.0, seen.sum())), first.tolist())  # fmt: skip


def _wishart_root(chance: Any, size: int, freedom: int) -> np.ndarray[Any, Any]:
    """Bartlett's triangle: its product with its transpose is a Wishart matrix about freedom × identity."""
    import numpy as np

    lower = np.tril(chance.standard_normal((size, size)), -1)
    lower[np.diag_indices(size)] = np.sqrt(chance.chisquare(freedom - np.arange(size)))
    return lower  # type: ignore[no-any-return]


def _positive(matrix: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The matrix with eigenvalues of at least 1e-6 and ones on the diagonal: pairs of different people need not agree."""
    import numpy as np

    values, vectors = np.linalg.eigh(matrix)
    mended = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    scale = np.sqrt(np.diag(mended))
    return np.asarray(mended / np.outer(scale, scale))


def _johnson(among: np.ndarray[Any, Any], with_overall: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    import numpy as np

    values, vectors = np.linalg.eigh(among)
    root = (vectors * np.sqrt(np.maximum(values, 1e-12))) @ vectors.T
    slopes = np.linalg.solve(root, with_overall)
    return np.asarray((root**2) @ (slopes**2))
