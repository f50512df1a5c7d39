"""How large a map is set on a page: the widest columns that fit, and the type as small as that needs, not smaller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from journeymap.formats import compose
from journeymap.model import journey
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.metrics import LEAST_PITCH, Metrics, fitting, paper
from journeymap.model.records import Id, Touchpoint

SMALLEST: Final = 0.02
"""A factor below which a page would be a grey field; a map that needs less is still drawn, at this size."""
STRIP_GAP: Final = 16.0
"""Between two rows of a folded map, points of A3."""
_COMFORT: Final = 64.6
"""The column pitch of a folded map, points of A3."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows of a folded map by page."""

    pages: list[list[Layout]]
    k: float


def shape(document: Document) -> list[list[Id]]:
    """The touchpoints of the printed state by phase; phases without one are left out where others have some."""
    state = compose.state_of(document)
    if state is None:
        return []
    groups = [
        [one.id for one in document.referring(Touchpoint, "phase_id", phase.id)]
        for phase in journey.phases(document, state.id)
    ]
    return [group for group in groups if group]


def on_one_page(document: Document, figures: Figures, width: float, height: float, most: float) -> Layout:
    """The whole map in `width` × `height` points, as large as fits and at most `most` times A3.

    Taller rooms give the emotion lane what is left, up to half as much again.
    """
    groups = shape(document)
    columns, phases = sum(map(len, groups)), len(groups)

    def at(k: float) -> Layout:
        return Layout(document, figures, fitting(columns, phases, width, k))

    least = paper(1.0)
    needed = least.names + columns * LEAST_PITCH + max(0, phases - 1) * least.phase_gap
    start = max(SMALLEST, min(most, width / needed))
    layout = _largest(at, start, width, height)
    return _stretched(document, figures, layout, height)


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


def _stretched(document: Document, figures: Figures, layout: Layout, height: float) -> Layout:
    spare = height - layout.height
    metrics = layout.metrics
    if spare < 4 * metrics.k:
        return layout
    taller = replace(metrics, emotion=metrics.emotion + min(spare, metrics.emotion / 2))
    other = Layout(document, figures, taller)
    return other if other.height <= height + 0.5 else layout


# ---------------------------------------------------------------- folded into rows


def folded(document: Document, figures: Figures, width: float, first: float, other: float, k: float) -> Folded:
    """The map in rows of whole phases, else of whole touchpoints; a page holds rows up to `first`, then `other`, points.

    The type keeps the factor `k` unless one row alone is taller than a page.
    """
    while True:
        metrics, strips = _strips(document, width, k)
        layouts = [Layout(document, figures, metrics, touchpoints=strip) for strip in strips]
        layouts = layouts or [Layout(document, figures, metrics)]
        tallest = max(layout.height for layout in layouts)
        if tallest <= other + 0.5 or k <= SMALLEST:
            return Folded(_paged(layouts, first, other, STRIP_GAP * k), k)
        k = max(SMALLEST, k * max(0.5, min(0.97, (other / tallest) ** 0.8)))


def _strips(document: Document, width: float, k: float) -> tuple[Metrics, list[list[Id]]]:
    """Equal columns for all rows, and the touchpoints of each row."""
    base = paper(k)
    groups = shape(document)
    pitch = _COMFORT * k
    room = width - base.names
    strips: list[list[list[Id]]] = []
    for group in _cut(groups, max(1, int(room // pitch))):
        if strips and _long([*strips[-1], group], pitch, base.phase_gap) <= room:
            strips[-1].append(group)
        else:
            strips.append([group])
    widest = [
        (room - (len(strip) - 1) * base.phase_gap) / max(1, sum(map(len, strip))) for strip in strips
    ]  # the pitch at which each row alone would fill the page
    pitch = max(pitch, min([*widest, 110 * k]))
    return paper(k, pitch / k), [[id_ for group in strip for id_ in group] for strip in strips]


def _cut(groups: Sequence[list[Id]], most: int) -> list[list[Id]]:
    """Phases that are longer than a row, in parts of nearly equal length."""
    found = []
    for group in groups:
        parts = -(-len(group) // most)
        size = -(-len(group) // parts)
        found += [group[i : i + size] for i in range(0, len(group), size)]
    return found


def _long(strip: Sequence[list[Id]], pitch: float, gap: float) -> float:
    return sum(map(len, strip)) * pitch + (len(strip) - 1) * gap


def _paged(layouts: list[Layout], first: float, other: float, gap: float) -> list[list[Layout]]:
    pages: list[list[Layout]] = [[]]
    room = first
    for layout in layouts:
        if layout.height > room + 0.5 and (pages[-1] or len(pages) == 1):
            pages.append([])
            room = other
        pages[-1].append(layout)
        room -= layout.height + gap
    return pages
