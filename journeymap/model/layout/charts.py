"""A chart of one KPI along the journey: a bar each touchpoint, or a line over periods, all on one scale.

What is not asked alike (another statistic, unit or scale) is written, not drawn: its length would say something untrue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from journeymap.i18n import _
from journeymap.model import kpi, lanes, shapes, wording
from journeymap.model.layout.chips import hatch
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import NOTHING
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.picture import Chart, Ellipse, Group, Item, Meaning, Stroke
from journeymap.model.records import Id, Lane
from journeymap.model.text import width

if TYPE_CHECKING:
    from journeymap.model.figures import Figure

FORMS: Final = ("", "trend")
"""What `Lane.chart` may be."""


def subject(figure: Figure) -> str:
    """What a chart that shows this figure is about: its KPI, of a plain number its name."""
    return figure.name if figure.kpi == "number" else figure.kpi


def subjects(figures: Iterable[Figure]) -> list[str]:
    """What charts could be about, the most frequent first."""
    found = Counter(subject(figure) for figure in figures if figure.value is not None)
    order = [*kpi.KPIS]
    rank = {name: order.index(name) if name in kpi.KPIS else len(order) for name in found}
    return sorted(found, key=lambda name: (-found[name], rank[name], name))


def label(name: str) -> str:
    """What a subject is called."""
    return kpi.KPIS[name].label() if name in kpi.KPIS else name


def _asked(figure: Figure) -> tuple[object, ...]:
    """What must be the same for two figures to stand on one scale."""
    return figure.statistic, figure.unit, figure.scale if figure.statistic == "mean" else ()


class Charts(Strip):
    """A lane of one KPI."""

    def __init__(self, grid: Grid, lane: Lane) -> None:
        self.about = ""
        self._shown: dict[Id, Figure] = {}
        self._alike: tuple[object, ...] = ()
        self._ends = (0.0, 1.0)
        super().__init__(grid, lane, NOTHING)
        self._read_as = lane
        self._read()

    def _read(self) -> None:
        """Finds what the chart is about, its figures and their scale, over the whole state: rows of a page share it."""
        grid = self.grid
        every = {id_: grid.figures.at(id_) for id_ in grid.order}
        known = subjects(figure for several in every.values() for figure in several)
        self.about = self.lane.kpi or (known[0] if known else "")
        self._shown = {}
        for id_, several in every.items():
            mine = [one for one in several if one.value is not None and self.about in {subject(one), one.name}]
            if mine:
                self._shown[id_] = mine[0]
        asked = Counter(_asked(figure) for figure in self._shown.values())
        self._alike = max(asked, key=lambda key: asked[key], default=())
        self._ends = _scale([figure for figure in self._shown.values() if _asked(figure) == self._alike])

    # ------------------------------------------------------------ measuring

    @property
    def empty(self) -> bool:
        """Whether there is no such figure."""
        return not self._shown

    @property
    def content(self) -> float:
        """The lane's fixed height."""
        return max(self.grid.metrics.emotion * 0.5, self.grid.metrics.s * 8.5)

    @property
    def title(self) -> str:
        """The lane's own name, else what it is about."""
        return self.lane.name or (label(self.about) if self.about and not self.empty else lanes.title(self.lane))

    @property
    def hint(self) -> str:
        """How it is shown: the unit, the interval, the target."""
        if self.lane.hint or self.empty:
            return lanes.subtitle(self.lane)
        unit = str(self._alike[1]) or _("mean")
        if self.lane.chart == "trend":
            return _("{unit}, over time; target dashed").format(unit=unit)
        return _("{unit}, 95\N{NO-BREAK SPACE}% interval; target dashed").format(unit=unit)

    def summary(self) -> str:
        """What it is about, and how many there are."""
        return f"{label(self.about)}, {super().summary()}" if self.about else super().summary()

    def refresh(self, touched: Touched) -> set[int]:
        """Reads the figures anew where some changed; another scale or KPI changes every column."""
        # The order counts too: what the first of them measures is what the lane speaks of.
        window = touched.window
        moved = {one.touchpoint_id for one in (*window.before, *window.after)} if window is not None else set()
        strange = any(id_ in self._shown or id_ in self.grid.figures.touchpoint for id_ in moved)
        strange |= touched.structure and not self.grid.whole  # a page, or a view of some
        if not touched.figures and not strange and self._read_as is self.lane:
            return set()
        before = self.about, self._alike, self._ends, self.lane.folded
        again = self._read_as is not self.lane
        shown, self._read_as = self._shown, self.lane
        self._read()
        if again or self.lane.folded or (self.about, self._alike, self._ends, self.lane.folded) != before:
            return set(range(len(self.grid.columns)))
        changed = [id_ for id_ in shown.keys() | self._shown.keys() if shown.get(id_) != self._shown.get(id_)]
        return {self.grid.index[id_] for id_ in changed if id_ in self.grid.index}

    # ------------------------------------------------------------ drawing

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """The base line, then a bar or a line a column."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        yield self._base()
        for i in range(first, last + 1):
            figure = self._shown.get(self.grid.columns.ids[i])
            if figure is not None:
                yield self._column(i, figure)

    def _level(self, value: float) -> float:
        """How far below the content's upper edge a value lies; above it is room for its figures, below for n."""
        top, foot = self.grid.metrics.s * 1.7, self.content - self.grid.metrics.s * 1.6
        low, high = self._ends
        return foot - (foot - top) * (min(high, max(low, value)) - low) / (high - low)

    def _base(self) -> Group:
        metrics, grid, (low, high) = self.grid.metrics, self.grid, self._ends
        pen, wide = Pen(metrics), grid.right - grid.left
        zero = min(high, max(low, 0.0))
        for value, colour in ((high, "hair"), ((low + high) / 2, "hair"), (low, "hair"), (zero, "border")):
            y = self._level(value)
            pen.line(0, y, wide, y, Stroke(colour, metrics.hair, hair=True))
        top = self.y + metrics.lane_pad
        return pen.group(Meaning("decoration", None, self.lane.id), grid.left, top, wide, self.content, 1)

    def _column(self, i: int, figure: Figure) -> Group:
        metrics, column = self.grid.metrics, self.grid.columns[i]
        pen, wide = Pen(metrics), column.width
        if _asked(figure) != self._alike:
            middle = self.content / 2
            _centred(pen, wide, middle, wording.value(figure), 500, "text3")
            _centred(pen, wide, middle + metrics.s * 1.3, _("another scale"), 400, "text3")
        elif self.lane.chart == "trend":
            self._line(pen, wide, figure)
        else:
            self._bar(pen, wide, figure)
        alt = wording.spoken(figure)
        if figure.target is not None:
            alt += ", " + _("target {target}").format(target=wording.number(figure.target, wording.digits(figure)))
        meaning = Meaning("chip", figure.typed_id or figure.measure_id, self.lane.id, column.touchpoint_id, alt=alt)
        return pen.group(meaning, column.x, self.y + metrics.lane_pad, wide, self.content)

    def _bar(self, pen: Pen, wide: float, figure: Figure) -> None:
        """Pale, with a strong edge at its value, a whisker for the interval; hollow where there are few answers."""
        metrics, k, value = pen.metrics, pen.metrics.k, figure.value or 0.0
        colour, broad = _colour(figure), min(26 * k, wide * 0.44)
        left, middle = (wide - broad) / 2, wide / 2
        zero = self._level(min(self._ends[1], max(self._ends[0], 0.0)))
        y = self._level(value)
        top, high = min(y, zero), abs(zero - y)
        items: list[Item] = []
        drawn = Pen(metrics)
        if figure.hollow:
            drawn.box(left, top, broad, high, None, Stroke(colour, metrics.line, (2.4 * k, 1.8 * k)))
        elif figure.hatched:
            drawn.box(left, top, broad, high, "card", Stroke("border", metrics.line))
            hatch(drawn, left, top, broad, high)
        else:
            drawn.box(left, top, broad, high, "noneb" if figure.status == "none" else f"{figure.status}b")
        drawn.line(left, y, left + broad, y, Stroke(colour, 1.6 * k))
        peak = min(y, self._whisker(drawn, middle, figure))
        items += drawn.items
        pen.add([Chart("bars", left, top, broad, high, (figure.value,), figure.target, tuple(items))])
        self._words(pen, wide, middle, peak, figure)

    def _line(self, pen: Pen, wide: float, figure: Figure) -> None:
        """The last periods from left to right; the newest value with its interval at the right end."""
        metrics, k, values = pen.metrics, pen.metrics.k, figure.spark or (figure.value,)
        left, right = metrics.pad, wide - metrics.pad - 4 * k
        colour, drawn = _colour(figure), Pen(metrics)
        step = (right - left) / max(1, len(values) - 1)
        known = [
            (right if len(values) == 1 else left + n * step, self._level(value), n)
            for n, value in enumerate(values)
            if value is not None
        ]
        dash = (2.4 * k, 1.8 * k) if figure.hollow or figure.hatched else ()
        for one, other in pairwise(known):
            if other[2] == one[2] + 1:
                drawn.line(one[0], one[1], other[0], other[1], Stroke(colour, 1.4 * k, dash, cap="round"))
        for x, y, _n in known[:-1]:
            drawn.add([Ellipse(x, y, 1.3 * k, 1.3 * k, colour)])
        peak = self._level(figure.value or 0.0)
        if figure.spark:
            peak = min([peak, *(y for x, y, _n in known if x > wide / 2)])
        else:
            peak = min(peak, self._whisker(drawn, right, figure))
        faint = figure.hollow or figure.hatched
        for x, y, _n in known[-1:]:
            drawn.add(shapes.status(x, y, 5 * k, figure.status, hollow=faint))
        pen.add([Chart("spark", left, 0, right - left, self.content, tuple(values), figure.target, tuple(drawn.items))])
        self._words(pen, wide, wide / 2, peak - 2 * k, figure)

    def _whisker(self, pen: Pen, x: float, figure: Figure) -> float:
        """The 95 % interval; returns its upper end."""
        if figure.low is None or figure.high is None:
            return self._level(figure.value or 0.0)
        k, stroke = pen.metrics.k, Stroke("text2", 0.9 * pen.metrics.k)
        top, foot = self._level(figure.high), self._level(figure.low)
        pen.line(x, top, x, foot, stroke)
        for y in (top, foot):
            pen.line(x - 2.2 * k, y, x + 2.2 * k, y, stroke)
        return top

    def _words(self, pen: Pen, wide: float, middle: float, peak: float, figure: Figure) -> None:
        """The value above, n below, and the target as a dashed line over the column."""
        metrics, k = pen.metrics, pen.metrics.k
        words, size = wording.value(figure), metrics.s
        room = wide - 11 * k
        long = min(room, width(words, size, 700, figures=True))
        start, base = middle - (long + 8 * k) / 2, max(size, peak - 2.2 * k)
        if figure.target is not None:
            y = self._level(figure.target)
            if base - size <= y <= base + 2 * k:  # the figures stand on the line, not in it
                base = max(size, y - 2.2 * k)
            pen.line(0, y, wide, y, Stroke("text2", 0.8 * k, (3 * k, 2.2 * k)))
        faint = figure.hollow or figure.hatched
        pen.add(shapes.status(start + 2.5 * k, base - size * 0.36, 5 * k, figure.status, hollow=faint))
        pen.text(start + 8 * k, base, words, size, 700, "text", figures=True, room=room, halo="wash")
        _centred(pen, wide, self.content - size * 0.3, wording.answers(figure), 400, "text3")


def _centred(pen: Pen, wide: float, base: float, words: str, weight: int, colour: str) -> None:
    size = pen.metrics.s
    long = min(wide, width(words, size, weight, figures=True))
    pen.text((wide - long) / 2, base, words, size, weight, colour, figures=True, room=wide)


def _colour(figure: Figure) -> str:
    return "control" if figure.status == "none" else figure.status


def _scale(figures: list[Figure]) -> tuple[float, float]:
    """The two ends: those of the KPI where it has some, else from zero to the largest that is drawn."""
    first = figures[0] if figures else None
    if first is None:
        return 0.0, 1.0
    if first.kpi == "nps":
        return -100.0, 100.0
    if first.unit == "%":
        return 0.0, 100.0
    if first.statistic == "mean" and len(first.scale) > 1:
        return first.scale[0], first.scale[-1]
    ends = [0.0]
    for one in figures:
        ends += [end for end in (one.value, one.low, one.high, one.target, *one.spark) if end is not None]
    low, high = min(ends), max(ends)
    return low, high if high > low else low + 1.0
