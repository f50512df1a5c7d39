"""How large a map is set on one page: the widest columns that fit, and the type as small as that needs, not smaller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from journeymap.formats.sheet.folding import SMALLEST, STRIP_GAP, Subject, layouts_of, shape, way
from journeymap.model.layout import Layout
from journeymap.model.layout.states import States
from journeymap.model.metrics import LEAST_PITCH, Metrics, fitting, paper

LEAST_FOLDED: Final = 60.0
"""The column pitch of a map folded onto one page, points of A3."""


def on_one_page(subject: Subject, width: float, height: float, most: float) -> list[Layout]:
    """The whole map in `width` × `height` points, as large as fits and at most `most` times A3.

    One row where its type can be read (7 pt) or where more rows would not make it larger; else several on the page.
    Taller rooms give the emotion lane and the air between lanes what is left.
    """
    columns, phases = _size(subject)

    def at(k: float) -> Layout:
        return subject.layout(_flat(fitting(columns, phases, width, k)))

    least = paper(1.0)
    needed = least.names + columns * LEAST_PITCH + max(0, phases - 1) * least.phase_gap
    start = max(SMALLEST, min(most, width / needed))
    roomy = subject.layout(fitting(columns, phases, width, start))
    layout = roomy if _fits(roomy, width, height) else _largest(at, start, width, height)
    if layout.metrics.k < 0.99 and not isinstance(layout, States):
        several = _several(subject, layout, width, height, most)
        if several and several[0].metrics.k > layout.metrics.k * 1.1:
            return several
    return [_stretched(subject, layout, height)]


def _size(subject: Subject) -> tuple[int, int]:
    """How many columns and phases stand side by side."""
    if len(subject.lens.states) > 1:
        both = subject.layout(paper(1.0))
        if isinstance(both, States):
            return both.slots
    groups = shape(subject)
    return sum(map(len, groups)), len(groups)


def _flat(metrics: Metrics) -> Metrics:
    """A flatter emotion lane and less air: what gives way before the type does."""
    return replace(metrics, emotion=metrics.emotion * 0.66, lane_pad=metrics.lane_pad * 0.7)


def _several(subject: Subject, one: Layout, width: float, height: float, most: float) -> list[Layout] | None:
    """The map in several rows on one page, at the largest type that fits; None where nothing larger than `one` does.

    A row is about as tall as the single row would be at that type, so that the first guess is nearly right.
    """
    tall = one.height / one.metrics.k
    k = most
    while k > one.metrics.k:
        chosen = way(subject, width, k, LEAST_FOLDED)
        if len(chosen.strips) * (tall + STRIP_GAP) * k <= height * 1.04:
            layouts = layouts_of(subject, chosen)
            if sum(layout.height + STRIP_GAP * k for layout in layouts) - STRIP_GAP * k <= height:
                return layouts
        k *= 0.97
    return None


def _largest(at: Callable[[float], Layout], start: float, width: float, height: float) -> Layout:
    """The layout at the largest factor up to `start` whose width and height fit, within two per cent."""
    layout, k = at(start), start
    if _fits(layout, width, height):
        return layout
    low, high = SMALLEST, start
    for _ in range(7):
        guess = k * min(0.98, (height / layout.height) ** 0.75, width / layout.width)
        k = min(max(guess, low), high)
        layout = at(k)
        if _fits(layout, width, height):
            break
        high = k
    low, best = k, layout
    for _ in range(3):  # a little back up: the guess may have gone too far down
        if high / low < 1.02:
            break
        k = (low * high) ** 0.5
        layout = at(k)
        if _fits(layout, width, height):
            low, best = k, layout
        else:
            high = k
    return best


def _fits(layout: Layout, width: float, height: float) -> bool:
    return layout.width <= width + 0.5 and layout.height <= height + 0.5


def _stretched(subject: Subject, layout: Layout, height: float) -> Layout:
    """Gives spare height to the emotion lane and to the air between lanes, within what looks well."""
    spare, metrics = height - layout.height, layout.metrics
    if spare < 4 * metrics.k:
        return layout
    full = paper(metrics.k).emotion
    air = min(spare * 0.4 / (2 * max(1, len(layout.rows))), 6 * metrics.k)
    for emotion, pad in ((0.6, air), (0.9, 0.0), (0.5, 0.0)):
        extra = min(spare * emotion, full * 1.7 - metrics.emotion)
        taller = replace(metrics, emotion=metrics.emotion + extra, lane_pad=metrics.lane_pad + pad)
        other = subject.layout(taller)
        if other.height <= height + 0.5:
            return other
    return layout
