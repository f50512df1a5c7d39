"""How long cases take where some are still open: the product-limit estimate, and what it says of medians and percentiles.

An open case has waited so long and not ended; its time is at least that. Left out, the slow ones would be missing and
every figure too good. Kaplan and Meier, Journal of the American Statistical Association 53 (1958) 457–481; the interval
of a quantile by Brookmeyer and Crowley, Biometrics 38 (1982) 29–41, on the log(−log) scale with Greenwood's variance.

In counts a closed case stands under its time, an open one under what it has waited, below zero.
"""

from __future__ import annotations

import math
from collections import defaultdict

from msgspec import Struct

from journeymap.model import intervals
from journeymap.model.tally import Counts


class Step(Struct, frozen=True):
    """After `time`, `open` (0..1) of all cases are still open; `spread`: Greenwood's sum, Var(open) / open²; `risk`: how
    many cases (effective) had waited as long and not ended before.
    """

    time: float
    open: float
    spread: float
    risk: float


def steps(counts: Counts) -> list[Step]:
    """The curve, one step for each time at which cases ended. Weighted cases count as the effective number of cases."""
    ended: dict[float, float] = defaultdict(float)
    gone: dict[float, float] = defaultdict(float)
    whole = sum(counts.weights)
    part = counts.effective / whole if whole else 0.0
    for code, weight in zip(counts.codes, counts.weights, strict=True):
        (ended if code >= 0 else gone)[abs(code)] += weight * part
    risk, still, spread = counts.effective, 1.0, 0.0
    found = []
    for time in sorted({*ended, *gone}):
        # Who has waited exactly as long as another took was at risk with her: she leaves after the ending.
        if ends := ended.get(time, 0.0):
            left = max(0.0, risk - ends)
            left = left if left > 1e-9 * risk else 0.0
            still *= left / risk
            spread = spread + ends / (risk * left) if left else math.inf
            found.append(Step(time, still, spread, risk))
        risk -= ended.get(time, 0.0) + gone.get(time, 0.0)
    return found


def quantile(p: float, curve: list[Step]) -> float | None:
    """The time in which the part `p` (0..1) of the cases end; None where too many are still open to tell."""
    for place, step in enumerate(curve):
        if step.open <= 1 - p + 1e-12:
            level = abs(step.open - (1 - p)) <= 1e-12 and place + 1 < len(curve)
            return (step.time + curve[place + 1].time) / 2 if level else step.time
    return None


def limits(p: float, curve: list[Step], z: float = intervals.Z) -> tuple[float | None, float | None]:
    """The interval of that time: from the first time that is not surely too early to the first that surely is too late;
    None where the curve ends before.
    """
    low = high = None
    for step in curve:
        least, most = band(step, z)
        if low is None and least <= 1 - p:
            low = step.time
        if most <= 1 - p:
            high = step.time
            break
    return low, high


def band(step: Step, z: float = intervals.Z) -> intervals.Interval:
    """The interval of the share still open after a step; of a curve that has come to nothing it reaches up to Wilson's
    limit of none among the last at risk, so that a few last cases do not close an open end.
    """
    if step.open <= 0:
        return 0.0, 1.0 if step.risk <= 0 else intervals.wilson(0.0, step.risk, z)[1]
    if step.open >= 1:
        return intervals.wilson(1.0, step.risk, z)[0], 1.0
    half = z * math.sqrt(step.spread) / abs(math.log(step.open))
    return step.open ** math.exp(half), step.open ** math.exp(-half)


def ended_by(time: float, counts: Counts) -> tuple[float, float]:
    """The share (0..1) of cases that end within `time`, and how many whole cases would tell it as surely: Greenwood's
    variance set equal to that of a plain share (Peto and others, British Journal of Cancer 35 (1977) 1–39).
    """
    before = [step for step in steps(counts) if step.time <= time]
    if not before or before[-1].open >= 1:
        waited = sum(w for code, w in zip(counts.codes, counts.weights, strict=True) if abs(code) > time)
        whole = sum(counts.weights)
        return 0.0, counts.effective * waited / whole if whole else 0.0
    last = before[-1]
    if last.open <= 0:
        return 1.0, last.risk
    return 1 - last.open, (1 - last.open) / (last.open * last.spread)
