"""The same question at several touchpoints, taken together: the answers of a phase.

The same people may have answered at several touchpoints, and their answers are alike; counted as if they came from
different people they would claim too much. The effective number of answers allows for it, from the pairwise sums.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from journeymap.model import kpi, series
from journeymap.model.cube import Cube, Pair
from journeymap.model.document import Document
from journeymap.model.records import Id, Measure, Touchpoint
from journeymap.model.tally import Counts, total


def alike(document: Document, phase_id: Id) -> list[list[Measure]]:
    """The measures at the touchpoints of a phase, put together where the question is the same: two and more."""
    groups: dict[object, list[Measure]] = defaultdict(list)
    for touchpoint in document.referring(Touchpoint, "phase_id", phase_id):
        for measure in series.current(document, document.referring(Measure, "touchpoint_id", touchpoint.id)):
            if measure.definition != kpi.SUMMED and measure.kpi in kpi.KPIS and kpi.definition(measure.kpi).scaled:
                groups[measure.data_set_id, *kpi.comparable(measure), measure.positive].append(measure)
    return [group for group in groups.values() if len({one.touchpoint_id for one in group}) > 1]


def together(parts: Sequence[Counts], effect: float) -> Counts:
    """Answers of several groups as one, with an effective number smaller by the design effect (at least 1)."""
    counts = total(parts)
    if effect <= 1 or not counts.codes:
        return counts
    weights = counts.weights
    return replace(counts, w=weights, w2=tuple(effect * each for each in counts.w2 or weights))


def design_effect(measures: Iterable[Measure], cube: Cube) -> float:
    """By how much the variance of the pooled answers exceeds that of as many people who answered once.

    1 + 2 Σ n_ab r_ab / Σ n_a over the pairs of questions (Kish, Survey Sampling (1965), section 5.6): n_ab people
    answered both, and r_ab is how alike they answered.
    """
    own = {measure.id: measure.n for measure in measures}
    shared = sum(pair.n * max(0.0, correlation(pair) or 0.0) for pair in cube.pairs if pair.a in own and pair.b in own)
    whole = sum(own.values())
    return 1 + 2 * shared / whole if whole else 1.0


def correlation(pair: Pair) -> float | None:
    """Pearson's correlation of two measures over those who answered both; None where one of them does not vary."""
    if pair.n < 2:
        return None
    xx = pair.xx - pair.x * pair.x / pair.n
    yy = pair.yy - pair.y * pair.y / pair.n
    if xx <= 1e-9 * max(1.0, pair.xx) or yy <= 1e-9 * max(1.0, pair.yy):
        return None
    return max(-1.0, min(1.0, (pair.xy - pair.x * pair.y / pair.n) / math.sqrt(xx * yy)))
