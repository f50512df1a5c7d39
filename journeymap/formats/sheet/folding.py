"""A map folded into rows, one below the other, over as many pages as it takes; no text is cut.

What gives way, in this order: the emotion lane gets flatter; a row goes over several pages lane by lane, the journey
repeated, so that its columns keep their names; last, where a single lane is taller than a page, the type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from journeymap.formats import compose
from journeymap.model import journey, lanes
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.layout.states import layout_of, state_name
from journeymap.model.lens import Lens, lens, real
from journeymap.model.metrics import Metrics, paper
from journeymap.model.records import Id, Lane, State, Touchpoint, View

SMALLEST: Final = 0.02
"""A factor below which a page would be a grey field; a map that needs less is still drawn, at this size."""
POSTER_SHARE: Final = 0.572
"""How far the type of large paper may be reduced to save pages: on A0 the body is then 14 pt still."""
STRIP_GAP: Final = 16.0
"""Between two rows of a folded map, points of A3."""
PITCHES: Final = (64.6, 76.0, 90.0, 110.0)
"""Column pitches that a folded map tries, points of A3."""
FLAT: Final = 0.6
"""What a flatter emotion lane keeps of its height."""


class Folded(Struct, frozen=True):
    """Rows of a folded map by page, and their factor."""

    pages: list[list[Layout]]
    k: float


class Room(NamedTuple):
    """The width of a page, and the height for rows on the first and on every other page, in points."""

    width: float
    first: float
    other: float

    def holds(self, layouts: Sequence[Layout]) -> bool:
        """Whether every row fits on a page, the first one on the first."""
        return layouts[0].height <= self.first and all(layout.height <= self.other for layout in layouts[1:])


class Way(Struct, frozen=True):
    """One way to fold: the metrics, the touchpoints of every row, and the lanes of every part of a row."""

    metrics: Metrics
    strips: list[list[Id]]
    parts: list[frozenset[Id]]

    def flatter(self, share: float) -> Way:
        """The same with the emotion lane at `share` of its height."""
        return replace(self, metrics=replace(self.metrics, emotion=self.metrics.emotion * share))


class Subject(Struct, frozen=True):
    """What is printed: a map with its figures, as a view shows it; None is the whole map."""

    document: Document
    figures: Figures
    view: View | None = None

    @property
    def lens(self) -> Lens:
        """What the view shows."""
        return lens(self.document, self.view, self.figures)

    @property
    def around(self) -> Document:
        """The map as the head speaks of it: of two states it names both."""
        states = [self.document.get(State, id_) for id_ in self.lens.states]
        if len(states) < 2 or states[0] is None:
            return self.document
        named = replace(states[0], name=", ".join(state_name(state) for state in states))
        return Document(named if record.id == named.id else record for record in self.document)

    def layout(self, metrics: Metrics, touchpoints: Sequence[Id] | None = None) -> Layout:
        """All of it, or some of its touchpoints, set in some metrics."""
        return layout_of(self.document, self.figures, metrics, self.view, touchpoints=touchpoints)


def shape(subject: Subject, state_id: Id | None = None) -> list[list[Id]]:
    """The touchpoints of a state (None: the printed one) by phase; phases of which nothing is shown are left out."""
    document, state, seen = subject.document, compose.state_of(subject.document), subject.lens
    wanted = state_id or next(iter(seen.states), state.id if state is not None else None)
    if wanted is None:
        return []
    groups = [
        [
            one.id
            for one in document.referring(Touchpoint, "phase_id", phase.id)
            if seen.touchpoints is None or one.id in seen.touchpoints
        ]
        for phase in journey.phases(document, wanted)
    ]
    return [group for group in groups if group]


def folded(subject: Subject, room: Room, k: float) -> Folded:
    """The map in rows of whole phases, else of whole touchpoints, at the factor `k` unless one lane is too tall for it.

    On large paper the type may become smaller, though never less than a poster needs, where that saves pages.
    Columns are as wide as it takes to cut no text, up to 110 pt of A3.
    """

    def at(factor: float, pitches: Sequence[float] = PITCHES[:1]) -> Folded:
        return _at_most(subject, room, factor, pitches)

    best, least = at(k), max(1.0, k * POSTER_SHARE)
    if best.k >= k and len(best.pages) > 1 and least < k:
        fewest = len(at(least).pages)
        low, high = (least, k) if fewest < len(best.pages) else (k, k)
        while high / low > 1.1:
            middle = (low * high) ** 0.5
            low, high = (middle, high) if len(at(middle).pages) <= fewest else (low, middle)
        k = low
    return at(k, PITCHES)


def _at_most(subject: Subject, room: Room, k: float, pitches: Sequence[float]) -> Folded:
    """The map in rows at the factor `k`, or below it where one lane alone would be taller than a page."""
    while True:
        for pitch in pitches:
            layouts = _rows(subject, room, k, pitch)
            if layouts is None:
                break
            if pitch == pitches[-1] or not any(layout.picture().cut for layout in layouts):
                return Folded(_paged(layouts, room, STRIP_GAP * k), k)
        if k <= SMALLEST:
            return Folded(_paged(layouts_of(subject, way(subject, room.width, k, PITCHES[0])), room, 0), k)
        k = max(SMALLEST, k * 0.94)


def _rows(subject: Subject, room: Room, k: float, pitch: float) -> list[Layout] | None:
    """The rows at this type and pitch, none taller than its page; None where a single lane is."""
    whole = way(subject, room.width, k, pitch)
    found: list[list[Layout]] = []
    for share in (1.0, FLAT):
        layouts = layouts_of(subject, whole.flatter(share))
        if room.holds(layouts):
            return layouts
        parts = _parts(subject.document, layouts, room)
        if parts:
            layouts = layouts_of(subject, replace(whole.flatter(share), parts=parts))
            if room.holds(layouts):
                found.append(layouts)
    return min(found, key=len, default=None)


def _parts(document: Document, layouts: Sequence[Layout], room: Room) -> list[frozenset[Id]]:
    """The lanes in parts that fit below the journey, which begins every part; none where a lane is too tall."""
    heights: dict[Id, float] = {}
    for layout in layouts:
        rows_of: dict[Id, dict[Id, float]] = {}
        for row in layout.rows:
            rows_of.setdefault(real(row.lane_id) or row.lane_id, {})[row.lane_id] = row.height
        for lane_id, several in rows_of.items():  # a view may make several rows of one lane
            heights[lane_id] = max(heights.get(lane_id, 0.0), sum(several.values()))
    rows = [lane for lane in document.all(Lane) if lane.id in heights]
    lead = [lane for lane in rows if lane.kind == lanes.JOURNEY]
    above = max(layout.head_height for layout in layouts) + sum(heights[lane.id] for lane in lead)
    parts: list[list[Lane]] = []
    free, limit = 0.0, room.first
    for unit in _units([lane for lane in rows if lane not in lead]):
        height = sum(heights[lane.id] for lane in unit)
        if height > free:
            parts.append([])
            free, limit = limit - above, room.other
        if height > free:
            return []
        parts[-1] += unit
        free -= height
    return [frozenset(lane.id for lane in (*lead, *part)) for part in parts]


def _units(rows: Sequence[Lane]) -> list[list[Lane]]:
    """Lanes with the dividing lines that stand above them."""
    units: list[list[Lane]] = []
    for lane in rows:
        if units and units[-1][-1].kind in lanes.LINES:
            units[-1].append(lane)
        else:
            units.append([lane])
    return units


def layouts_of(subject: Subject, chosen: Way) -> list[Layout]:
    """The layouts of a way to fold, row by row, part by part."""
    shown = [replace(subject, document=_only(subject.document, part)) for part in chosen.parts] or [subject]
    strips: list[list[Id] | None] = [*chosen.strips] or [None]
    return [one.layout(chosen.metrics, strip) for strip in strips for one in shown]


def _only(document: Document, part: frozenset[Id]) -> Document:
    """The document as it would be with the other lanes hidden."""
    return Document(
        replace(record, hidden=record.hidden or record.id not in part) if isinstance(record, Lane) else record
        for record in document
    )


def way(subject: Subject, width: float, k: float, least: float) -> Way:
    """Equal columns for all rows, at least `least` wide (points of A3), and the touchpoints of each row.

    Of two states the second begins a row of its own.
    """
    base = paper(k)
    room, pitch = width - base.names, least * k
    shapes = [shape(subject, state) for state in subject.lens.states] or [shape(subject)]
    cuts = [_cut(groups, max(1, int(room // pitch))) for groups in shapes]
    strips = [strip for groups in cuts for strip in _balanced(groups, room, pitch, base.phase_gap)]
    widest = [
        (room - (len(strip) - 1) * base.phase_gap) / max(1, _columns(strip)) for strip in strips
    ]  # the pitch at which each row alone would fill the page
    pitch = max(pitch, min([*widest, PITCHES[-1] * k]))
    return Way(paper(k, pitch / k), [[id_ for group in strip for id_ in group] for strip in strips], [])


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


def _paged(layouts: Sequence[Layout], room: Room, gap: float) -> list[list[Layout]]:
    pages: list[list[Layout]] = [[]]
    free = room.first
    for layout in layouts:
        if pages[-1] and layout.height > free + 0.5:
            pages.append([])
            free = room.other
        pages[-1].append(layout)
        free -= layout.height + gap
    return pages
