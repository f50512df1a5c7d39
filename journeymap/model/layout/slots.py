"""Places that the grids of two states share, so that counterparts stand below each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from journeymap.model import journey
from journeymap.model.document import Document
from journeymap.model.metrics import Metrics
from journeymap.model.records import Id, Touchpoint


class Slots(NamedTuple):
    """For every touchpoint and phase its slot, counted from the left; phases begin at some of them in either state.

    `spans`: first slot of a phase, and the slot behind its last. `gaps`: how many phases have begun up to each slot.
    """

    of: dict[Id, int]
    spans: dict[Id, tuple[int, int]]
    gaps: tuple[int, ...]

    def x(self, touchpoint_id: Id, metrics: Metrics) -> float:
        """The left edge of a touchpoint's card."""
        return self._x(self.of[touchpoint_id], metrics)

    def ground(self, phase_id: Id, metrics: Metrics) -> tuple[float, float]:
        """Left edge and width of a phase."""
        first, end = self.spans[phase_id]
        left = self._x(first, metrics) - metrics.gap / 2
        return left, self._x(end - 1, metrics) + metrics.pitch - metrics.gap / 2 - left

    def right(self, metrics: Metrics) -> float:
        """Where the last slot ends."""
        count = len(self.gaps)
        return self._x(count - 1, metrics) + metrics.pitch - metrics.gap / 2 if count else 0.0

    def _x(self, slot: int, metrics: Metrics) -> float:
        return metrics.names + metrics.gap / 2 + slot * metrics.pitch + self.gaps[slot] * metrics.phase_gap


_Column = tuple[Id, Id]
"""A phase, and a touchpoint in it; twice the phase where it has none."""


def slots(document: Document, upper: Id, lower: Id, shown: frozenset[Id] | None = None) -> Slots:
    """The slots of two states: counterparts share one as far as their order allows, what stands between takes turns.

    `shown`: only these touchpoints; phases without any of them have no place then.
    """
    above, below = _columns(document, upper, shown), _columns(document, lower, shown)
    of, spans, begins = dict[Id, int](), dict[Id, tuple[int, int]](), set[int]()
    at = i = j = 0
    for next_i, next_j in [*_anchors(document, above, below), (len(above), len(below))]:
        for rest, place in ((above[i:next_i], at), (below[j:next_j], at)):
            for n, column in enumerate(rest):
                _put(column, place + n, of, spans, begins)
        at += max(next_i - i, next_j - j)
        if next_i < len(above):
            _put(above[next_i], at, of, spans, begins)
            _put(below[next_j], at, of, spans, begins)
            at += 1
        i, j = next_i + 1, next_j + 1
    spans = _until_the_next(spans, (above, below))
    gaps, count = [], 0
    for slot in range(at):
        count += slot in begins and slot > 0
        gaps.append(count)
    return Slots(of, spans, tuple(gaps))


def _columns(document: Document, state: Id, shown: frozenset[Id] | None) -> list[_Column]:
    found: list[_Column] = []
    for phase in journey.phases(document, state):
        inside = document.referring(Touchpoint, "phase_id", phase.id)
        seen = [(phase.id, one.id) for one in inside if shown is None or one.id in shown]
        found += seen or ([(phase.id, phase.id)] if shown is None else [])
    return found


def _put(column: _Column, slot: int, of: dict[Id, int], spans: dict[Id, tuple[int, int]], begins: set[int]) -> None:
    phase, touchpoint = column
    of[touchpoint] = slot
    if phase not in spans:
        begins.add(slot)
    spans[phase] = (spans.get(phase, (slot, slot))[0], slot + 1)


def _until_the_next(spans: dict[Id, tuple[int, int]], states: Sequence[Sequence[_Column]]) -> dict[Id, tuple[int, int]]:
    """Phases reach as far as the next one begins, so that the band of phases has no holes."""
    found = dict(spans)
    for columns in states:
        order = [*dict.fromkeys(phase for phase, _touchpoint in columns)]
        for phase, behind in pairwise(order):
            found[phase] = (spans[phase][0], spans[behind][0])
    return found


def _anchors(document: Document, above: Sequence[_Column], below: Sequence[_Column]) -> list[tuple[int, int]]:
    """Pairs of counterparts (place above, place below), both rising: as many as can be had at once."""
    place = {touchpoint: n for n, (_phase, touchpoint) in enumerate(above)}
    pairs: dict[int, int] = {}
    for n, (_phase, touchpoint) in enumerate(below):
        record = document.get(Touchpoint, touchpoint)
        if record is not None and record.counterpart_id in place:
            pairs.setdefault(place[record.counterpart_id], n)
    back = {touchpoint: n for n, (_phase, touchpoint) in enumerate(below)}
    for n, (_phase, touchpoint) in enumerate(above):
        record = document.get(Touchpoint, touchpoint)
        if record is not None and record.counterpart_id in back:
            pairs.setdefault(n, back[record.counterpart_id])
    return _rising(sorted(pairs.items()))


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second parts rise."""
    ends: list[int] = []  # the least second part with which a run of that length ends
    last: list[int] = []  # and the pair with which it does
    before: list[int] = []
    for n, (_one, other) in enumerate(pairs):
        at = bisect_left(ends, other)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(other)
            last.append(n)
        else:
            ends[at], last[at] = other, n
    found, n = [], last[-1] if last else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
