"""How good the sentiment is on comments of this kind: against a score that the same people gave in the same row.

Balanced accuracy (the mean of the shares of bad, middling and good comments that are seen as such) against the answer
that most comments have, which always comes to 1 ÷ kinds. Its interval puts together the Wilson limits of the kinds as
Newcombe does for a difference (MOVER). Sentiment is a KPI only where the lower limit beats the majority answer and no
frequent kind is mostly missed; everywhere else it is no figure and proposes no pain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import sqrt
from typing import Final

from msgspec import Struct

from journeymap.data.comments.sentiment import NEGATIVE, NEUTRAL, POSITIVE
from journeymap.i18n import _
from journeymap.model.intervals import wilson

LEAST: Final = 10
"""Labelled comments of a kind that there must be for it to count."""
_FREQUENT: Final = 0.1


class Judgement(Struct, frozen=True):
    """Balanced accuracy (0..1) with its 95 % interval on `n` labelled comments; `majority`: that of the commonest
    answer. `value` is None where labels are too few, or all of one kind.
    """

    value: float | None
    low: float | None
    high: float | None
    majority: float | None
    n: int
    holds: bool
    recalls: tuple[tuple[float, int, float], ...] = ()  # kind, labelled comments, share seen as such

    @property
    def why(self) -> str:
        """In one sentence, why sentiment is shown as a figure here, or why it is not."""
        if self.value is None or self.low is None or self.high is None or self.majority is None:
            return _("Sentiment is no figure here: too few comments have a score beside them to check it against.")
        numbers = {
            "value": round(100 * self.value),
            "low": round(100 * self.low),
            "high": round(100 * self.high),
            "majority": round(100 * self.majority),
            "n": self.n,
        }
        if self.holds:
            return _(
                "Sentiment was checked against {n} scores: {value} % (95 % interval {low} to {high}) of balanced accuracy, where guessing the commonest comes to {majority} %."
            ).format(**numbers)
        if self.low > self.majority:
            return _(
                "Sentiment is no figure here: checked against {n} scores, it mostly misses a kind of comment that is frequent."
            ).format(**numbers)
        return _(
            "Sentiment is no figure here: checked against {n} scores, it has {value} % (95 % interval {low} to {high}) of balanced accuracy, where guessing the commonest comes to {majority} %."
        ).format(**numbers)


def judgement(pairs: Iterable[tuple[float, float]]) -> Judgement:
    """From (sentiment, label) pairs, each NEGATIVE, NEUTRAL or POSITIVE. Kinds with fewer than ten labels do not count."""
    labelled: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for seen, label in pairs:
        labelled[label] += 1
        right[label] += seen == label
    kinds = [kind for kind in (NEGATIVE, NEUTRAL, POSITIVE) if labelled[kind] >= LEAST]
    n = sum(labelled[kind] for kind in kinds)
    if len(kinds) < 2:
        return Judgement(None, None, None, None, n, holds=False)
    recalls = tuple((kind, labelled[kind], right[kind] / labelled[kind]) for kind in kinds)
    value = sum(recall for _kind, _n, recall in recalls) / len(kinds)
    limits = [(recall, *wilson(recall, count)) for _kind, count, recall in recalls]
    low = value - sqrt(sum((recall - least) ** 2 for recall, least, _most in limits)) / len(kinds)
    high = value + sqrt(sum((most - recall) ** 2 for recall, _least, most in limits)) / len(kinds)
    majority = 1 / len(kinds)
    missed = any(count >= _FREQUENT * n and recall < majority for _kind, count, recall in recalls)
    return Judgement(value, low, high, majority, n, holds=low > majority and not missed, recalls=recalls)


def label(score: float, low: float, high: float, *, mirrored: bool, nps: bool) -> float:
    """What a score says of the comment beside it: the upper and lower two fifths of its scale, or an NPS's groups."""
    if nps:
        return POSITIVE if score >= 9 else NEUTRAL if score >= 7 else NEGATIVE
    part = (score - low) / (high - low)
    part = 1 - part if mirrored else part
    return POSITIVE if part >= 0.6 - 1e-9 else NEGATIVE if part <= 0.4 + 1e-9 else NEUTRAL
