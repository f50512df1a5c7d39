"""How large a map is set on a page: the widest columns that fit, and the type as small as that needs, not smaller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from journeymap.formats import compose
from journeymap.model import journey, lanes
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.metrics import LEAST_PITCH, Metrics, fitting, paper
from journeymap.model.records import Id, Lane, Touchpoint

SMALLEST: Final = 0.02
"""A factor below which a page would be a grey field; a map that needs less is still drawn, at this size."""
POSTER_SHARE: Final = 0.572
"""How far the type of large paper may be reduced to save pages: on A0 the body is then 14 pt still."""
STRIP_GAP: Final = 16.0
"""Between two rows of a folded map, points of A3."""
_LEAST_FOLDED: Final = 60.0
"""The column pitch of a map folded onto one page, points of A3."""
_PITCHES: Final = (64.6, 76.0, 90.0, 110.0)
"""Column pitches that a folded map tries, points of A3."""


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


def on_one_page(document: Document, figures: Figures, width: float, height: float, most: float) -> list[Layout]:
    """The whole map in `width` × `height` points, as large as fits and at most `most` times A3.

    One row where its type can be read (7 pt) or where more rows would not make it larger; else several on the page.
    Taller rooms give the emotion lane and the air between lanes what is left.
    """
    groups = shape(document)
    columns, phases = sum(map(len, groups)), len(groups)

    def at(k: float) -> Layout:
        return Layout(document, figures, _flat(fitting(columns, phases, width, k)))

    least = paper(1.0)
    needed = least.names + columns * LEAST_PITCH + max(0, phases - 1) * least.phase_gap
    start = max(SMALLEST, min(most, width / needed))
    roomy = Layout(document, figures, fitting(columns, phases, width, start))
    layout = roomy if _fits(roomy, width, height) else _largest(at, start, width, height)
    if layout.metrics.k < 0.99:
        several = _several(document, figures, layout, width, height, most)
        if several and several[0].metrics.k > layout.metrics.k * 1.1:
            return several
    return [_stretched(document, figures, layout, height)]


def _flat(metrics: Metrics) -> Metrics:
    """A flatter emotion lane and less air: what gives way before the type does."""
    return replace(metrics, emotion=metrics.emotion * 0.66, lane_pad=metrics.lane_pad * 0.7)


def _several(
    document: Document, figures: Figures, one: Layout, width: float, height: float, most: float
) -> list[Layout] | None:
    """The map in several rows on one page, at the largest type that fits; None where nothing larger than `one` does.

    A row is about as tall as the single row would be at that type, so that the first guess is nearly right.
    """
    tall = one.height / one.metrics.k
    k = most
    while k > one.metrics.k:
        strips = _way(document, width, k, _LEAST_FOLDED).strips
        if len(strips) * (tall + STRIP_GAP) * k <= height * 1.04:
            layouts = _layouts(document, figures, _way(document, width, k, _LEAST_FOLDED))
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


def _stretched(document: Document, figures: Figures, layout: Layout, height: float) -> Layout:
    """Gives spare height to the emotion lane and to the air between lanes, within what looks well."""
    spare, metrics = height - layout.height, layout.metrics
    if spare < 4 * metrics.k:
        return layout
    full = paper(metrics.k).emotion
    air = min(spare * 0.4 / (2 * max(1, len(layout.rows))), 6 * metrics.k)
    for emotion, pad in ((0.6, air), (0.9, 0.0), (0.5, 0.0)):
        extra = min(spare * emotion, full * 1.7 - metrics.emotion)
        taller = replace(metrics, emotion=metrics.emotion + extra, lane_pad=metrics.lane_pad + pad)
        other = Layout(document, figures, taller)
        if other.height <= height + 0.5:
            return other
    return layout


# ---------------------------------------------------------------- folded into rows


@dataclass(frozen=True, slots=True)
class _Rows:
    """One way to fold: the metrics, the touchpoints of every row, and the lanes of every part of a row."""

    metrics: Metrics
    strips: list[list[Id]]
    parts: list[frozenset[Id]]


def folded(document: Document, figures: Figures, width: float, first: float, other: float, k: float) -> Folded:
    """The map in rows of whole phases, else of whole touchpoints; a page holds rows up to `first`, then `other`, points.

    A row that is too tall gets a flatter emotion lane, then goes over several pages lane by lane, the journey
    repeated; only where a single lane is taller than a page the type falls below the factor `k`. On large paper the
    type may become smaller, though never less than a poster needs, where that saves pages. Columns are as wide as it
    takes to cut no text, up to 110 pt of A3.
    """

    def at(factor: float, pitches: Sequence[float] = _PITCHES[:1]) -> Folded:
        return _at_most(document, figures, width, first, other, factor, pitches)

    best, least = at(k), max(1.0, k * POSTER_SHARE)
    if best.k >= k and len(best.pages) > 1 and least < k:
        fewest = len(at(least).pages)
        low, high = (least, k) if fewest < len(best.pages) else (k, k)
        while high / low > 1.1:
            middle = (low * high) ** 0.5
            low, high = (middle, high) if len(at(middle).pages) <= fewest else (low, middle)
        k = low
    return at(k, _PITCHES)


def _at_most(
    document: Document, figures: Figures, width: float, first: float, other: float, k: float, pitches: Sequence[float]
) -> Folded:
    """The map in rows at the factor `k`, or below it where one lane alone would be taller than a page."""
    while True:
        for pitch in pitches:
            layouts = _rows(document, figures, width, min(first, other), k, pitch)
            if layouts is None:
                break
            if pitch == pitches[-1] or not any(layout.picture().cut for layout in layouts):
                return Folded(_paged(layouts, first, other, STRIP_GAP * k), k)
        if k <= SMALLEST:
            layouts = _layouts(document, figures, _way(document, width, k, _PITCHES[0]))
            return Folded(_paged(layouts, first, other, 0), k)
        k = max(SMALLEST, k * 0.94)


def _rows(
    document: Document, figures: Figures, width: float, room: float, k: float, pitch: float
) -> list[Layout] | None:
    """The rows at this type and pitch, none taller than `room`; None where a single lane is."""
    way = _way(document, width, k, pitch)
    for share in (1.0, 0.6):
        flat = replace(way, metrics=replace(way.metrics, emotion=way.metrics.emotion * share))
        layouts = _layouts(document, figures, flat)
        if max(layout.height for layout in layouts) <= room:
            return layouts
    heights: dict[Id, float] = {}
    for layout in layouts:
        for row in layout.rows:
            heights[row.lane_id] = max(heights.get(row.lane_id, 0.0), row.height)
    parts = _parts(document, heights, room - max(layout.head_height for layout in layouts))
    if parts is None:
        return None
    layouts = _layouts(document, figures, replace(flat, parts=parts))
    return layouts if max(layout.height for layout in layouts) <= room else None


def _parts(document: Document, heights: dict[Id, float], room: float) -> list[frozenset[Id]] | None:
    """The lanes in parts that fit into `room`; every part begins with the journey, so that its columns have names."""
    rows = [lane for lane in document.all(Lane) if lane.id in heights]
    journey_id = next((lane.id for lane in rows if lane.kind == lanes.JOURNEY), None)
    lead = heights.get(journey_id or "", 0.0)
    parts: list[list[Lane]] = []
    used = room + 1
    for lane in rows:
        if lane.id == journey_id:
            continue
        height = heights[lane.id]
        if lead + height > room:
            return None
        if used + height > room:
            parts.append([])
            used = lead
        parts[-1].append(lane)
        used += height
    for part, after in pairwise(parts):  # a dividing line belongs to what follows it
        while part and part[-1].kind in lanes.LINES:
            after.insert(0, part.pop())
    return [frozenset({lane.id for lane in part} | ({journey_id} if journey_id else set())) for part in parts if part]


def _layouts(document: Document, figures: Figures, way: _Rows) -> list[Layout]:
    shown = [_only(document, part) for part in way.parts] or [document]
    strips: list[list[Id] | None] = [*way.strips] or [None]
    return [Layout(one, figures, way.metrics, touchpoints=strip) for strip in strips for one in shown]


def _only(document: Document, part: frozenset[Id]) -> Document:
    """The document as it would be with the other lanes hidden."""
    return Document(
        replace(record, hidden=record.hidden or record.id not in part) if isinstance(record, Lane) else record
        for record in document
    )


def _way(document: Document, width: float, k: float, least: float) -> _Rows:
    """Equal columns for all rows, at least `least` wide (points of A3), and the touchpoints of each row."""
    base = paper(k)
    room, pitch = width - base.names, least * k
    strips = _balanced(_cut(shape(document), max(1, int(room // pitch))), room, pitch, base.phase_gap)
    widest = [
        (room - (len(strip) - 1) * base.phase_gap) / max(1, _columns(strip)) for strip in strips
    ]  # the pitch at which each row alone would fill the page
    pitch = max(pitch, min([*widest, _PITCHES[-1] * k]))
    return _Rows(paper(k, pitch / k), [[id_ for group in strip for id_ in group] for strip in strips], [])


def _balanced(groups: list[list[Id]], room: float, pitch: float, gap: float) -> list[list[list[Id]]]:
    """Phases in as few rows as `room` allows, and among those the rows as equal in length as they can be."""
    fewest = _greedy(groups, room, pitch, gap)
    for columns in range(1, int(room // pitch) + 1):
        strips = _greedy(groups, min(room, columns * pitch + len(groups) * gap), pitch, gap)
        if len(strips) == len(fewest) and max(map(_columns, strips), default=0) <= columns:
            return strips
    return fewest


def _greedy(groups: list[list[Id]], room: float, pitch: float, gap: float) -> list[list[list[Id]]]:
    strips: list[list[list[Id]]] = []
    for group in groups:
        if strips and _long([*strips[-1], group], pitch, gap) <= room:
            strips[-1].append(group)
        else:
            strips.append([group])
    return strips


def _columns(strip: Sequence[list[Id]]) -> int:
    return sum(map(len, strip))


def _cut(groups: Sequence[list[Id]], most: int) -> list[list[Id]]:
    """Phases that are longer than a row, in parts of nearly equal length."""
    found = []
    for group in groups:
        parts = -(-len(group) // most)
        size = -(-len(group) // parts)
        found += [group[i : i + size] for i in range(0, len(group), size)]
    return found


def _long(strip: Sequence[list[Id]], pitch: float, gap: float) -> float:
    return _columns(strip) * pitch + (len(strip) - 1) * gap


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
