"""The dramatic arc: how much is at stake at each touchpoint, 1 (calm) to 5 (gripping), with its climax.

It is said by people and never worked out from moods: what grips may be delightful or dreadful, and a bored zero is as far
from the middle of the mood as a breathless one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from journeymap.i18n import _
from journeymap.model import wording
from journeymap.model.curves import Step, curve, monotone
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import NOTHING
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.metrics import Metrics
from journeymap.model.picture import Ellipse, Group, Meaning, Path, Point, Stroke
from journeymap.model.records import Lane
from journeymap.model.text import width

CHUNK: Final = 48
"""Columns of the curve that are one group."""
LOW, HIGH = 1.0, 5.0
"""The ends of the scale."""


def tall(metrics: Metrics) -> float:
    """Height of the lane's content."""
    return max(metrics.emotion * 0.48, metrics.s * 7.5)


def level(metrics: Metrics, tension: float) -> float:
    """How far below the content's upper edge a tension lies; the top is left for the climax's words."""
    top = metrics.s * 1.9
    return top + (tall(metrics) - top - metrics.s * 0.4) * (HIGH - tension) / (HIGH - LOW)


def tension(metrics: Metrics, y: float) -> float:
    """The tension at a distance below the content's upper edge, 1 … 5."""
    top = metrics.s * 1.9
    found = HIGH - (y - top) * (HIGH - LOW) / (tall(metrics) - top - metrics.s * 0.4)
    return max(LOW, min(HIGH, found))


class Arc(Strip):
    """The lane of the arc: one curve over an area."""

    def __init__(self, grid: Grid, lane: Lane) -> None:
        self._known: list[float | None] = []
        self._columns: list[int] = []
        self._climax: int | None = None
        super().__init__(grid, lane, NOTHING)
        self._read()

    def _read(self) -> None:
        self._known = [self.grid.at(i).touchpoint.tension for i in range(len(self.grid.columns))]
        self._found()

    def _found(self) -> None:
        self._columns = [i for i, value in enumerate(self._known) if value is not None]
        values = [self._value(i) for i in self._columns]
        flat = not values or max(values) - min(values) < 0.05
        self._climax = None if flat else self._columns[values.index(max(values))]

    def _value(self, i: int) -> float:
        return self._known[i] or 0.0

    @property
    def empty(self) -> bool:
        """Whether nobody has said anything yet."""
        return not self._columns

    @property
    def content(self) -> float:
        """The lane's fixed height."""
        return tall(self.grid.metrics)

    def level(self, value: float) -> float:
        """How far below the row's upper edge a tension lies."""
        return self.grid.metrics.lane_pad + level(self.grid.metrics, value)

    def tension(self, y: float) -> float:
        """The tension at a distance below the row's upper edge."""
        return tension(self.grid.metrics, y - self.grid.metrics.lane_pad)

    def summary(self) -> str:
        """Where it is most gripping."""
        if self._climax is None:
            return super().summary()
        name = self.grid.at(self._climax).touchpoint.name
        return _("climax: {touchpoint}").format(touchpoint=name)

    def refresh(self, touched: Touched) -> set[int]:
        """Reads the tensions anew; the columns where the curve or its words have changed."""
        before, points, climax = self._known, self._columns, self._climax
        window, index = touched.window, self.grid.index
        if window is not None:
            spliced = self._known.copy()
            came = [self.grid.contents[one.touchpoint_id].touchpoint.tension for one in window.after]
            spliced[window.same : window.same + len(window.before)] = came
            for i in (index[id_] for id_ in touched.touchpoints if id_ in index):
                spliced[i] = self.grid.at(i).touchpoint.tension
            self._known = spliced
            self._found()
            if window.shifted or self.lane.folded:
                return set(range(len(self.grid.columns)))
        else:
            here = {index[id_]: self.grid.contents[id_].touchpoint for id_ in touched.touchpoints if id_ in index}
            changed = {i: one.tension for i, one in here.items() if one.tension != before[i]}
            if self.lane.folded and here:
                self._read()
                return set(range(len(self.grid.columns)))  # the climax is called by its touchpoint's name
            if not changed:
                return set()
            self._known = [changed.get(i, value) for i, value in enumerate(before)]
            self._found()
        stale = {i for i, (one, other) in enumerate(zip(before, self._known, strict=False)) if one != other}
        stale |= {i for i in {climax} ^ {self._climax} if i is not None and i < len(self._known)}
        stale |= set(range(window.same, window.last + 1)) if window is not None else set()
        columns: set[int] = set()
        for i in stale:
            for known in (points, self._columns):
                at = bisect_left(known, i)
                near = known[max(0, at - 3) : at + 4]
                columns.update(range(min([i, *near]), max([i, *near]) + 1))
        return columns & set(range(len(self.grid.columns)))

    # ------------------------------------------------------------ drawing

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """Scale, area, curve, points and their values over the columns `first` … `last`."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        yield self._scale()
        for chunk in range(self._begins(first) // CHUNK, last // CHUNK + 1):
            yield from self._curve(chunk)
        for i in self._columns[bisect_left(self._columns, first) : bisect_left(self._columns, last + 1)]:
            yield self._point(i)

    def _begins(self, first: int) -> int:
        at = bisect_left(self._columns, first) - 1
        return self._columns[at] if at >= 0 else first

    @property
    def _top(self) -> float:
        return self.y + self.grid.metrics.lane_pad

    def _scale(self) -> Group:
        metrics, grid = self.grid.metrics, self.grid
        pen, wide = Pen(metrics), grid.right - grid.left
        for value in (5, 3, 1):
            y = level(metrics, value)
            pen.line(0, y, wide, y, Stroke("border" if value == 1 else "hair", metrics.hair, hair=True))
        return pen.group(Meaning("decoration", None, self.lane.id), grid.left, self._top, wide, self.content, 1)

    def _curve(self, chunk: int) -> Iterator[Group]:
        """The segments that begin inside a chunk, over their area."""
        metrics, k, known = self.grid.metrics, self.grid.metrics.k, self._columns
        low, high = bisect_left(known, chunk * CHUNK), bisect_left(known, (chunk + 1) * CHUNK)
        if low >= high or low + 1 >= len(known):
            return
        inside = known[max(0, low - 2) : high + 3]
        points: list[Point] = [(self.grid.middle(i), level(metrics, self._value(i))) for i in inside]
        start, end = inside.index(known[low]), inside.index(known[min(high, len(known) - 1)])
        if start == end:
            return
        x = points[start][0] - 3 * k
        points = [(px - x, py) for px, py in points]
        steps = curve([points[start]], monotone(points)[start:end])
        foot = level(metrics, LOW)
        area: tuple[Step, ...] = (*steps, ("L", points[end][0], foot), ("L", points[start][0], foot), ("Z",))
        meaning = Meaning("decoration", None, self.lane.id)
        wide = points[end][0] + 3 * k
        yield Group(x, self._top, wide, self.content, meaning, (Path(area, "brand", None, 0.1),), 2)
        line = Path(steps, None, Stroke("brand", 1.5 * k, cap="round"))
        yield Group(x, self._top, wide, self.content, meaning, (line,), 3)

    def _point(self, i: int) -> Group:
        """A point with its value, to the side from which the curve does not come; the climax in bold with its name."""
        metrics, k, value = self.grid.metrics, self.grid.metrics.k, self._value(i)
        climax = i == self._climax
        words = wording.number(value, 0 if value == int(value) else 1)
        size, weight = (metrics.m, 700) if climax else (metrics.s, 500)
        said = "\N{NO-BREAK SPACE}" + _("climax") if climax else ""
        wide = width(words, size, weight, figures=True) + (width(said, metrics.s, 600) if said else 0.0)
        r, high = 2.8 * k, size * 1.2
        left = -wide / 2 + self._aside(i) * (wide / 2 + 1.5 * k)
        x = self.grid.middle(i)
        left = min(max(left, self.grid.left + k - x), max(self.grid.left + k, self.grid.right - wide - k) - x)
        edge = min(left, -r)
        pen, base = Pen(metrics), high - size * 0.2
        used = pen.text(
            left - edge, base, words, size, weight, "brand" if climax else "text2", figures=True, halo="wash"
        )
        if said:
            pen.text(left - edge + used, base, said, metrics.s, 600, "brand", halo="wash")
        pen.add([Ellipse(-edge, high + 2 * k + r, r, r, "brand", Stroke("wash", 0.8 * k))])
        touchpoint = self.grid.columns.ids[i]
        alt = _("Tension {value} of 5").format(value=words) + (", " + _("climax") if climax else "")
        meaning = Meaning("tension", None, self.lane.id, touchpoint, "tension", alt)
        top = self._top + level(metrics, value) - high - 2 * k - r
        return pen.group(meaning, x + edge, top, max(left + wide, r) - edge, high + 2 * k + 2 * r, 4)

    def _aside(self, i: int) -> int:
        """−1: the words stand left of the point, where the curve rises through it; 1 right; 0 above."""
        at = bisect_left(self._columns, i)
        before = self._value(self._columns[at - 1]) if at else self._value(i)
        behind = self._value(self._columns[at + 1]) if at + 1 < len(self._columns) else self._value(i)
        here = self._value(i)
        if before <= here < behind:
            return -1
        return 1 if before > here >= behind else 0
