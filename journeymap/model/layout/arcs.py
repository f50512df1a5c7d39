"""Branches and loops, routed above the cards: nested by length, labels set into their lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from journeymap.i18n import _
from journeymap.model import shapes, wording
from journeymap.model.curves import rounded
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Ellipse, Group, Meaning, Point, Stroke
from journeymap.model.records import Id, Link, Touchpoint
from journeymap.model.text import fit, width

LABEL_PITCHES: Final = 3.0
"""A label is at most as wide as its arc or as so many columns."""


class Arc(Struct):
    """A link as it is drawn: from `x1` to `x2` at `level` (1 lies lowest); an open end leaves the page."""

    link: Link
    x1: float
    x2: float
    loop: bool
    opens: str = ""  # "" | "start" | "end": the end whose touchpoint is on another page
    words: str = ""  # all that the label would say
    label: str = ""  # what of it has room
    label_x: float = 0.0  # its middle
    label_width: float = 0.0
    level: int = 0

    @property
    def left(self) -> float:
        """The left end of arc and label."""
        return min(self.x1, self.x2, self.label_x - self.label_width / 2 if self.label else self.x1)

    @property
    def right(self) -> float:
        """The right end of arc and label."""
        return max(self.x1, self.x2, self.label_x + self.label_width / 2 if self.label else self.x1)


def arcs(grid: Grid) -> list[Arc]:
    """Every link that has an end among the columns, with level and place of its label, from left to right."""
    found = _ends(grid)
    for arc in found:
        _label(grid, arc)
    _stack(grid, found)
    _place_labels(grid, found)
    found.sort(key=lambda arc: (arc.left, arc.link.id))
    return found


def _ends(grid: Grid) -> list[Arc]:
    found = []
    leaving: dict[tuple[Id, bool], int] = {}
    arriving: dict[tuple[Id, bool], int] = {}
    for i in sorted(grid.index[id_] for id_ in grid.linked):
        column = grid.columns[i]
        contents = grid.contents[column.touchpoint_id]
        for link in contents.links:
            j, number = grid.index.get(link.target_id), grid.number(link.target_id)
            if number is None:
                continue
            loop = link.kind == "loop" or number <= column.number
            x1 = column.x + column.width * _port(0.66 if loop else 0.74, leaving, (column.touchpoint_id, loop))
            if j is not None:
                aim = grid.columns[j]
                x2 = aim.x + aim.width * _port(0.30 if loop else 0.34, arriving, (aim.touchpoint_id, loop))
                found.append(Arc(link, x1, x2, loop))
            else:
                edge = grid.left if number < column.number else grid.right
                found.append(Arc(link, x1, edge, loop, "end"))
        for link in contents.arrivals:
            number = grid.number(link.source_id)
            if link.source_id in grid.index or number is None:
                continue
            loop = link.kind == "loop" or column.number <= number
            x2 = grid.columns[i].x + column.width * _port(
                0.30 if loop else 0.34, arriving, (column.touchpoint_id, loop)
            )
            edge = grid.left if number < column.number else grid.right
            found.append(Arc(link, edge, x2, loop, "start"))
    return found


def _port(share: float, taken: dict[tuple[Id, bool], int], key: tuple[Id, bool]) -> float:
    """Where on a card's upper edge a link meets it: the usual place, or beside the links that are there already."""
    count = taken.get(key, 0)
    taken[key] = count + 1
    step = 0.05 * ((count + 1) // 2) * (-1 if count % 2 else 1)
    return share + max(-0.2, min(0.2, step))


def _label(grid: Grid, arc: Arc) -> None:
    """The words of an arc, cut to its length or three columns, and where they would stand best."""
    metrics, link = grid.metrics, arc.link
    words = link.label
    if link.share is not None and wording.share(link.share) not in words:
        words = (
            _("{label}: {share}").format(label=words, share=wording.share(link.share))
            if words
            else wording.share(link.share)
        )
    if not words:
        return
    arc.words = words
    inner = abs(arc.x2 - arc.x1) - 8 * metrics.k
    room = min(max(inner, LABEL_PITCHES * metrics.pitch), grid.right - grid.left) - 6 * metrics.k
    arc.label = fit(words, room, metrics.s, 500).lines[0]
    arc.label_width = width(arc.label, metrics.s, 500) + 6 * metrics.k
    half = arc.label_width / 2
    middle = (arc.x1 + arc.x2) / 2
    if arc.loop and inner > arc.label_width + 2 * metrics.pitch:
        middle = arc.x1 + (half + 0.4 * metrics.pitch) * (1 if arc.x2 > arc.x1 else -1)
    arc.label_x = min(max(middle, grid.left + half), grid.right - half)


def _stack(grid: Grid, found: list[Arc]) -> None:
    """Levels: the shortest lie lowest, longer ones above whatever they pass over."""
    starts = grid.columns.places if found else []
    tops = [0] * len(starts)
    for arc in sorted(found, key=lambda arc: (arc.right - arc.left, arc.left, arc.link.id)):
        first = max(0, bisect_right(starts, arc.left) - 1)
        last = max(first, bisect_left(starts, arc.right) - 1)
        arc.level = max(tops[first : last + 1], default=0) + 1
        tops[first : last + 1] = [arc.level] * (last + 1 - first)


def _place_labels(grid: Grid, found: list[Arc]) -> None:
    """Moves labels along their arcs into the gaps between the upright lines of arcs that lie further out; a label that
    fits into none is cut to the widest. So no line ever crosses a text.
    """
    uprights = sorted((x, arc.level) for arc in found for x in (arc.x1, arc.x2))
    places = [x for x, _ in uprights]
    for arc in found:
        if not arc.label:
            continue
        low, high = arc.left, arc.right
        near = uprights[bisect_left(places, low) : bisect_right(places, high)]
        gaps = _gaps(low, high, [x for x, level in near if level > arc.level], 3 * grid.metrics.k)
        wide = [gap for gap in gaps if gap[1] - gap[0] >= arc.label_width - 1e-6]
        if not wide:
            gap = max(gaps, key=lambda one: one[1] - one[0])
            _cut(grid, arc, gap[1] - gap[0])
            wide = [gap]
        half = arc.label_width / 2
        tries = [min(max(arc.label_x, left + half), right - half) for left, right in wide]
        arc.label_x = min(tries, key=lambda x, arc=arc: abs(x - arc.label_x))  # type: ignore[misc]


def _gaps(low: float, high: float, lines: list[float], margin: float) -> list[tuple[float, float]]:
    """What lies free between `lines` (in order) from `low` to `high`."""
    edges = [low, *(edge for x in lines for edge in (x - margin, x + margin)), high]
    return [(left, max(left, right)) for left, right in zip(edges[0::2], edges[1::2], strict=True)]


def _cut(grid: Grid, arc: Arc, room: float) -> None:
    """As much of the words as has room; none where not even the sign of leaving out has."""
    metrics = grid.metrics
    inner = room - 6 * metrics.k
    arc.label = fit(arc.words, inner, metrics.s, 500).lines[0] if inner >= width("…", metrics.s, 500) else ""
    arc.label_width = width(arc.label, metrics.s, 500) + 6 * metrics.k if arc.label else 0.0


def levels(found: list[Arc]) -> int:
    """How many levels the arcs need."""
    return max((arc.level for arc in found), default=0)


def between(found: list[Arc], left: float, right: float) -> Iterator[Arc]:
    """The arcs that show between `left` and `right`."""
    for arc in found:
        if arc.left > right:
            break
        if arc.right >= left:
            yield arc


def draw(grid: Grid, lane_id: Id, arc: Arc, base: float) -> Group:
    """An arc over cards whose upper edge is `base`."""
    metrics, k = grid.metrics, grid.metrics.k
    reach = arc.level * metrics.arc_step
    above = max(metrics.s * 0.8, 3 * k)
    x0 = arc.left - 3 * k
    hue = grid.hue(arc.link.persona_id)
    colour = f"p{hue}t" if hue and not arc.loop else "text2"
    pen = Pen(metrics)
    stroke = Stroke(colour, k, (3.2 * k, 2 * k) if arc.loop else ())
    points: list[Point] = []
    if arc.opens != "start":
        points.append((arc.x1 - x0, above + reach))
    points += [(arc.x1 - x0, above), (arc.x2 - x0, above)]
    if arc.opens != "end":
        points.append((arc.x2 - x0, above + reach - 2 * k))
    pen.path(rounded(points, 4 * k), None, stroke)
    if arc.link.kind == "switch" and not arc.opens:
        # The customer leaves one channel for another: a ring where that happens.
        pen.add([Ellipse(arc.x1 - x0, above + reach - 1.6 * k, 1.6 * k, 1.6 * k, "card", Stroke(colour, k))])
    if arc.opens == "end":
        pen.add([shapes.head(arc.x2 - x0, above, 1 if arc.x2 > arc.x1 else -1, 0, 4.2 * k, colour)])
    else:
        pen.add([shapes.head(arc.x2 - x0, above + reach - 0.4 * k, 0, 1, 4.2 * k, colour)])
    if arc.label:
        full = arc.words if arc.label != arc.words else ""
        pen.box(
            arc.label_x - arc.label_width / 2 - x0, above - metrics.s * 0.75, arc.label_width, metrics.s * 1.5, "wash"
        )
        at = arc.label_x - arc.label_width / 2 + 3 * k - x0
        pen.text(at, above + metrics.s * 0.35, arc.label, metrics.s, 500, colour)
        if full:
            pen.mark_cut(full)
    meaning = Meaning("link", arc.link.id, lane_id, arc.link.source_id, "label", _spoken(grid, arc.link))
    return pen.group(meaning, x0, base - reach - above, arc.right + 3 * k - x0, above + reach, 3)


def _spoken(grid: Grid, link: Link) -> str:
    ends = [grid.document.get(Touchpoint, id_) for id_ in (link.source_id, link.target_id)]
    names = [one.name if one is not None else "" for one in ends]
    words = _("From {source} to {target}").format(source=names[0], target=names[1])
    return f"{words}: {link.label}" if link.label else words
