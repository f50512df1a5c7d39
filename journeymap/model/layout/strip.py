"""A lane of cells: heights of every cell at once, drawings only where somebody looks, both kept until they are stale."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.i18n import ngettext
from journeymap.model import lanes
from journeymap.model.layout.grid import Grid, Rect
from journeymap.model.layout.kind import NOTHING, Kind
from journeymap.model.layout.naming import names_height
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.window import Window
from journeymap.model.picture import Group, Meaning, Text
from journeymap.model.records import Id, Lane


class Touched(Struct):
    """What a change touches, for the lanes to know what is stale. `structure`: the order of the columns, `window` where.
    `lanes`: the only lanes concerned, where a change is all about texts in them; None is any.
    """

    touchpoints: set[Id] = field(default_factory=set)
    neighbours: set[Id] = field(default_factory=set)  # whose next column is another one now
    figures: set[Id] = field(default_factory=set)
    moved: set[Id] = field(default_factory=set)  # of `touchpoints` those of which only the place is another one
    structure: bool = False
    links: bool = False
    moods: bool = False
    people: bool = False
    departments: bool = False
    names: bool = False  # of personas
    phases: set[Id] = field(default_factory=set)  # whose touchpoints came, went or changed places
    channels: bool = False
    window: Window | None = None
    lanes: frozenset[Id] | None = None

    def concerns(self, lane_id: Id) -> bool:
        """Whether anything in a lane may be stale."""
        return self.lanes is None or lane_id in self.lanes


STEP: Final = 4.0
"""On the screen rows of cells grow by steps, px: whatever the pixels, the rows below then move by a whole number of them,
and what is painted of them need not be painted again.
"""

FEW: Final = 64
"""Up to so many filled cells it is quicker to look at all of them than at the columns between."""


SOME: Final = 8
"""Of so many stale cells each is drawn at once, to see whether it looks as before."""


class Sizes(dict[Id, float]):
    """Sizes by touchpoint, with the largest at hand: many touchpoints share few different sizes."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[float] = Counter()

    def set(self, id_: Id, size: float) -> None:
        """Puts a size in place of what is known; 0 is none."""
        before = self.pop(id_, None)
        if before is not None:
            self._counts[before] -= 1
            if not self._counts[before]:
                del self._counts[before]
        if size > 0:
            self[id_] = size
            self._counts[size] += 1

    def fill(self, sizes: Mapping[Id, float]) -> None:
        """Puts sizes, none of them 0, where nothing is known yet."""
        self.update(sizes)
        self._counts.update(sizes.values())

    def copy(self) -> Sizes:
        """The same sizes, to be changed on their own."""
        made = Sizes()
        made.update(self)
        made._counts = self._counts.copy()
        return made

    def most(self) -> float:
        """The largest size, 0 where there is none."""
        return max(self._counts, default=0.0)


class Strip:
    """One lane of the map. `lead` is room above the cells, `y` where its row begins."""

    def __init__(self, grid: Grid, lane: Lane, kind: Kind, like: Strip | None = None) -> None:
        """`like`: the same lane in another drawing that has followed every change; what it has measured may hold here."""
        self.grid, self.lane, self.kind = grid, lane, kind
        self.y = 0.0
        self.lead = 0.0
        self.said: str | None = None  # the words in place of the cells when the rows were last put below each other
        self._heights = Sizes()
        self._spans = Sizes()  # of the cells that cover more than one column
        self._most = 1
        self._highest = 0.0
        self._named: tuple[Lane, float] | None = None
        self._drawn: dict[Id, tuple[int, list[Group]]] = {}
        self._placed: dict[Id, tuple[float, float, list[Group], list[Group]]] = {}
        if like is not None and like._measures(grid, kind):  # noqa: SLF001  (its own kind)
            self._heights, self._spans = like._heights.copy(), like._spans.copy()  # noqa: SLF001
            self._sum_up()
        elif like is not None and like._tells(grid, kind):  # noqa: SLF001  (its own kind)
            self._measure_first(*self._told(like))
        else:
            self._measure_first(range(len(grid.columns)), {})

    def _measures(self, grid: Grid, kind: Kind) -> bool:
        """Whether the cells are as high in another grid: the same columns in the same medium, whoever is shown."""
        same = kind is self.kind and not kind.people and not kind.figures
        return same and grid.metrics == self.grid.metrics and grid.columns.alike(self.grid.columns)

    def _tells(self, grid: Grid, kind: Kind) -> bool:
        """Whether cells over one column are as high in another grid, though its columns are others."""
        return kind is self.kind and not kind.people and not kind.figures and grid.metrics == self.grid.metrics

    def _told(self, like: Strip) -> tuple[list[int], dict[Id, float]]:
        """Takes over the heights of the cells that lie over one column there and here; the others must be measured."""
        grid, heights, spans, reaches = self.grid, like._heights, like._spans, self.kind.reaches
        rest, told = [], {}
        for i, id_ in enumerate(grid.columns.ids):
            if id_ not in like.grid.index:
                rest.append(i)
            elif (high := heights.get(id_)) is None:
                continue
            elif id_ in spans or (reaches and self.kind.last(grid, self.lane, i) > i):
                rest.append(i)
            else:
                told[id_] = high
        return rest, told

    # ------------------------------------------------------------ measuring

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the lane."""
        return self._highest <= 0

    @property
    def content(self) -> float:
        """Height of the highest cell."""
        return self._highest

    @property
    def title(self) -> str:
        """The lane's name."""
        return lanes.title(self.lane)

    @property
    def hint(self) -> str:
        """The quiet line under the lane's name."""
        return lanes.subtitle(self.lane)

    @property
    def height(self) -> float:
        """Height of the row; 0 where paper leaves an empty lane out."""
        metrics = self.grid.metrics
        if self.empty:
            return 0.0 if metrics.paper else self._at_least(metrics.empty)
        if self.lane.folded:
            return metrics.folded
        return self._at_least(self.needed)

    def _at_least(self, height: float) -> float:
        """What a person has set counts where everything is drawn on the screen."""
        metrics = self.grid.metrics
        if metrics.paper or metrics.level != "full":
            return height
        return max(height, float(self.lane.height))

    @property
    def least(self) -> float:
        """The lowest that a person may make the row."""
        return self.needed if not self.empty else self.grid.metrics.empty

    @property
    def needed(self) -> float:
        """The height that content and name need, whatever a person has set."""
        metrics = self.grid.metrics
        if self._named is None or self._named[0] is not self.lane:
            self._named = (self.lane, names_height(metrics, self.lane) if metrics.level == "full" else 0.0)
        high = max(self.content, self._named[1])
        if self.kind is not NOTHING and metrics.level == "full" and not metrics.paper:
            high = ceil(high / STEP - 1e-6) * STEP
        return self.lead + high + 2 * metrics.lane_pad

    def refresh(self, touched: Touched) -> set[int]:
        """Measures anew what is stale and forgets its drawing; returns the columns concerned."""
        stale = touched.touchpoints - touched.moved
        if self.kind.figures:
            stale |= touched.figures
        if self.kind.numbered:
            stale |= touched.neighbours | touched.moved
        if self.kind.reaches:
            near = touched.neighbours | touched.moved
            near |= self._before(stale | near)
            stale |= {id_ for id_ in near - stale if self._covers_several(id_)}
        columns = self._beyond(touched.window)
        if not stale:
            return columns | self._across(touched.window)
        spans = {id_: self._span(id_) for id_ in stale}
        heights = {id_: self._heights.get(id_, 0.0) for id_ in stale} if len(stale) <= SOME else {}
        self._measure(stale)
        columns |= self._across(touched.window)
        for id_ in stale:
            if id_ in heights and heights[id_] == self._heights.get(id_, 0.0) and self._looks_as_before(id_, spans):
                continue
            self._drawn.pop(id_, None)
            self._placed.pop(id_, None)
            i = self.grid.index.get(id_)
            if i is not None:
                columns.update(range(i, min(len(self.grid.columns), i + max(spans[id_], self._span(id_)))))
        return columns

    def _beyond(self, window: Window | None) -> set[int]:
        """The columns behind a new order that show it too: other numbers, and what is left of cells that lay over them."""
        if window is None or not window.after:
            return set()
        count = len(self.grid.columns)
        if self.kind.numbered and window.before and window.before[-1].number != window.after[-1].number:
            return set(range(window.last, count))
        if not self._spans:
            return set()
        before = self.grid.columns.ids[max(0, window.same - self._most) : window.same]
        ids = [*before, *(column.touchpoint_id for column in window.before[:-1])]
        reached = max((self._span(id_) - len(ids) + n for n, id_ in enumerate(ids)), default=0)
        return set(range(window.last, min(count, window.last + reached)))

    def _across(self, window: Window | None) -> set[int]:
        """The columns of cells that lie over both ends of what is in a new order, though they may look as before."""
        found: set[int] = set()
        if window is None or not self._spans:
            return found
        ids = self.grid.columns.ids
        for i in range(max(0, window.same - self._most), window.last):
            end = i + self._span(ids[i])
            if end > window.last:
                found.update(range(i, min(end, len(ids))))
        return found

    def _looks_as_before(self, id_: Id, spans: dict[Id, int]) -> bool:
        """Whether a cell that is as high as before shows the same: most edits concern one lane of their touchpoint."""
        i, drawn = self.grid.index.get(id_), self._drawn.get(id_)
        if i is None or spans[id_] != self._span(id_):
            return False
        if id_ not in self._heights:
            return drawn is None
        if drawn is None or (self.kind.numbered and drawn[0] != self.grid.columns[i].number):
            return False
        return self.kind.groups(self.grid, self.lane, i) == drawn[1]

    def _covers_several(self, id_: Id) -> bool:
        """Whether a cell that is the same in itself lies over more than one column, before or now: these may be others, or
        further apart.
        """
        i = self.grid.index.get(id_)
        if i is None or id_ not in self._heights:
            return i is None
        return self._span(id_) > 1 or self.kind.last(self.grid, self.lane, i) > i

    def _span(self, id_: Id) -> int:
        return int(self._spans.get(id_, 1))

    def _before(self, stale: Iterable[Id]) -> set[Id]:
        """The nearest filled cell before each: it may cover what has become free, or must draw back."""
        ids, index = self.grid.columns.ids, self.grid.index
        few = sorted(index[id_] for id_ in self._heights if id_ in index) if len(self._heights) <= FEW else None
        found: set[int] = set()
        reached, nearest = 0, -1  # from the left: the columns up to there are known, so each is looked at once
        for start in sorted(index[id_] for id_ in stale if id_ in index):
            i = start - 1
            if few is not None:
                at = bisect_right(few, i) - 1
                i = few[at] if at >= 0 else -1
            else:
                while i >= reached and ids[i] not in self._heights:
                    i -= 1
                reached, nearest = start, i if i >= reached else nearest
                i = nearest
            if i >= 0:
                found.add(i)
        return {ids[i] for i in found}

    def _measure_first(self, columns: Iterable[int], told: dict[Id, float]) -> None:
        """Measures the cells of `columns`; `told`: the heights of others, each over one column."""
        ids, spans = self.grid.columns.ids, {}
        for i, high, last in self.kind.sizes(self.grid, self.lane, columns):
            told[ids[i]] = high
            if last > i:
                spans[ids[i]] = float(last - i + 1)
        self._heights.fill(told)
        self._spans.fill(spans)
        self._sum_up()

    def _measure(self, touchpoints: Iterable[Id]) -> None:
        """Measures the cells of touchpoints anew; those that have no column any more have no cell."""
        ids, index, heights, spans = self.grid.columns.ids, self.grid.index, self._heights, self._spans
        places = {id_: index.get(id_) for id_ in touchpoints}
        columns = [i for i in places.values() if i is not None]
        sizes = {ids[i]: (high, last - i + 1) for i, high, last in self.kind.sizes(self.grid, self.lane, columns)}
        for id_ in places:
            high, span = sizes.get(id_, (0.0, 1))
            heights.set(id_, high)
            spans.set(id_, span if span > 1 else 0)
        self._sum_up()

    def _sum_up(self) -> None:
        self._highest = self._heights.most()
        self._most = int(self._spans.most()) or 1

    # ------------------------------------------------------------ drawing

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """The groups that lie over the columns `first` … `last`, column by column."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        for i in range(max(0, first - self._most + 1), last + 1):
            id_ = self.grid.columns.ids[i]
            if id_ in self._heights and i + self._span(id_) > first:
                yield from self._cell(i, id_)

    def _cell(self, i: int, id_: Id) -> list[Group]:
        """The cell's groups where they stand now; the same objects as long as nothing changes."""
        column = self.grid.columns[i]
        drawn = self._drawn.get(id_)
        if drawn is None or (self.kind.numbered and drawn[0] != column.number):
            drawn = self._drawn[id_] = (column.number, self.kind.groups(self.grid, self.lane, i))
        x, y = column.x, self.y + self.grid.metrics.lane_pad + self.lead
        placed = self._placed.get(id_)
        if placed is None or placed[0] != x or placed[1] != y or placed[2] is not drawn[1]:
            shifted = [replace(group, x=group.x + x, y=group.y + y) for group in drawn[1]]
            placed = self._placed[id_] = (x, y, drawn[1], shifted)
        return placed[3]

    @property
    def instead(self) -> str | None:
        """The words in place of the cells of a lane that is empty or folded: a quiet prompt, or how much there is."""
        if self.empty:
            return lanes.prompt(self.lane.kind)
        return self.summary() if self.lane.folded else None

    @property
    def rides(self) -> bool:
        """Whether a cell shows the same wherever in its phase its column stands, and nothing stands between the cells."""
        return type(self) is Strip and not self.kind.numbered and not self._spans

    def words(self) -> Rect | None:
        """Where the words in place of the cells stand: at the left, wherever the columns are."""
        if self.instead is None:
            return None
        texts = (item for group in self._instead() for item in group.items if isinstance(item, Text))
        gap = self.grid.metrics.gap
        wide = max((item.x + item.width for item in texts), default=0.0)
        return Rect(self.grid.left, self.y, wide + 2 * gap, self.height)

    def _instead(self) -> Iterator[Group]:
        metrics, lane, words = self.grid.metrics, self.lane, self.instead
        high = self.height
        if not high or words is None:
            return
        pen = Pen(metrics)
        room = self.grid.right - self.grid.left - metrics.gap
        pen.text(0, high / 2 + metrics.m * 0.36, words, metrics.m, 400, "text3", room=room)
        meaning = Meaning("prompt", lane.id, lane.id, alt=words)
        yield pen.group(meaning, self.grid.left + metrics.gap / 2, self.y, room, high)

    def summary(self) -> str:
        """How much stands in the lane, for a folded row."""
        count = len(self._heights)
        return ngettext("{count} touchpoint", "{count} touchpoints", count).format(count=count)
