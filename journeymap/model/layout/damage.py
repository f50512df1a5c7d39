"""What a change leaves stale of a drawing, and what of it still holds, where it stood or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import Final, NamedTuple

from msgspec import Struct

from journeymap.model.layout.columns import Column
from journeymap.model.layout.grid import Grid, Rect
from journeymap.model.layout.strip import Strip
from journeymap.model.layout.window import Window
from journeymap.model.records import Lane

MANY: Final = 64
"""More rectangles than these are handed over as one."""


class Slide(NamedTuple):
    """A stretch of a drawing that still holds: from where to where it reached, and how far it has moved since."""

    start: float
    end: float
    by: float = 0.0


WHOLE: Final = (Slide(-inf, inf),)
"""All of it, where it stood."""


class Damage(Struct, frozen=True):
    """What must be painted anew. `everything`: sizes or places changed; else `rects` of the body, `head`, `names`.

    Before that, what was painted moves: of the body holds what lies both in a stretch of `across` and in one of `down`,
    of the names what lies in one of `down`. What no such stretch has come to stand on is stale like `rects`.
    """

    everything: bool = False
    head: bool = False
    names: bool = False
    rects: tuple[Rect, ...] = ()
    across: tuple[Slide, ...] = WHOLE
    down: tuple[Slide, ...] = WHOLE

    def __bool__(self) -> bool:
        return bool(self.everything or self.head or self.names or self.rects or self.slides)

    @property
    def slides(self) -> bool:
        """Whether something moves, or holds no more, apart from `rects`."""
        return self.across != WHOLE or self.down != WHOLE


class Place(NamedTuple):
    """A row as it is drawn: what it depends on, and where it stands."""

    lane: Lane
    y: float
    height: float
    lead: float
    empty: bool


class Shape(Struct, frozen=True):
    """Sizes and places of what stands around the cells."""

    right: float
    head_height: float
    rows: tuple[Place, ...]


def shape(grid: Grid, head_height: float, strips: Iterable[Strip]) -> Shape:
    """How the rows of a drawing stand at this moment."""
    rows = (Place(strip.lane, strip.y, strip.height, strip.lead, strip.empty) for strip in strips)
    return Shape(grid.right, head_height, tuple(rows))


def across(grid: Grid, window: Window | None, right: float) -> tuple[Slide, ...]:
    """Which columns hold what they showed, where those in `window` have changed; `right` is where the map ended before."""
    if window is None:
        return WHOLE if grid.right == right else ()
    if turned := window.turned() if grid.right == right else []:
        return _turned(turned, grid.metrics.gap / 2)
    slides, end = [], -inf
    if window.stands:
        first = window.before[0]
        end = first.x + first.width
        slides.append(Slide(-inf, end))
    if window.follows:
        last, by, columns = window.before[-1], window.by, grid.columns
        # Where the ground behind the last column is another one, that is stale too.
        alike = abs(grid.right - right - by) < 1e-6
        stop = inf if alike else columns[-1].x + columns[-1].width - by
        slides.append(Slide(max(end, last.x), stop, by))
    return joined(slides)


def _turned(columns: Sequence[tuple[Column, Column]], half: float) -> tuple[Slide, ...]:
    """Columns that have changed places take along what they show, with half of the gaps beside them."""
    edges = [columns[0][0].x - half, *(old.x + old.width + half for old, _new in columns)]
    slides = [
        Slide(left, right, new.x - old.x) for left, right, (old, new) in zip(edges, edges[1:], columns, strict=False)
    ]
    return joined([Slide(-inf, edges[0]), *slides, Slide(edges[-1], inf)])


def down(before: Sequence[Place], after: Sequence[Place]) -> tuple[Slide, ...] | None:
    """Which rows hold what they showed; None where they are other rows."""
    if [row.lane for row in before] != [row.lane for row in after] or not after:
        return None
    slides = [Slide(-inf, after[0].y)] if before[0].y == after[0].y else []
    for old, new in zip(before, after, strict=True):
        if old[2:] == new[2:]:  # as high, with as much room above the cells, empty or not
            slides.append(Slide(old.y, old.y + old.height, new.y - old.y))
    foot, by = before[-1].y + before[-1].height, after[-1].y + after[-1].height
    return joined([*slides, Slide(foot, inf, by - foot)])


def resting(damage: Damage, box: Rect) -> tuple[Rect, ...] | None:
    """The rectangles of the drawing in `box` that are stale; None where rows, or all columns from some place on, have moved."""
    if damage.down != WHOLE or any(slide.by and slide.end == inf for slide in damage.across):
        return None
    still = [slide for slide in damage.across if not slide.by]
    starts = [*(slide.start for slide in still), box.x + box.width]
    ends = [box.x, *(slide.end for slide in still)]
    gaps = ((max(end, box.x), min(start, box.x + box.width)) for end, start in zip(ends, starts, strict=True))
    return (*damage.rects, *(Rect(left, box.y, right - left, box.height) for left, right in gaps if left < right))


def joined(slides: Sequence[Slide]) -> tuple[Slide, ...]:
    """Stretches that lie side by side and move alike, as one."""
    found: list[Slide] = []
    for slide in slides:
        last = found[-1] if found else None
        if last is not None and abs(last.end - slide.start) < 1e-6 and abs(last.by - slide.by) < 1e-6:
            found[-1] = Slide(last.start, slide.end, last.by)
        elif slide.end > slide.start:
            found.append(slide)
    return tuple(found)
