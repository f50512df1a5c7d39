"""The emotion lane: curves, bands and markers of every persona, with peak, trough and ending named at the curve.

Curves are drawn in chunks of columns, so that an edit on a long map redraws one chunk; a slope depends on its two
neighbours alone (see `model.curves`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from journeymap.i18n import _
from journeymap.model import shapes, wording
from journeymap.model.curves import Step, band, curve, monotone
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.labels import labels
from journeymap.model.layout.moods import Moods
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Kind, Strip, Touched
from journeymap.model.picture import Box, Group, Line, Meaning, Path, Point, Stroke
from journeymap.model.records import Lane

CHUNK: Final = 48
"""Columns a chunk: a map that fits on one page is one chunk, so that its dashes run through."""

SCALE: Final = 2.5
"""The lane shows −2.5 … +2.5."""

_NOTHING: Final = Kind(lambda _grid, _lane, _i: 0.0, lambda _grid, _lane, _i: [])


class Emotions(Strip):
    """The lane of curves; `moods` is shared with the lanes that ask how the mood falls."""

    def __init__(self, grid: Grid, lane: Lane, moods: Moods) -> None:
        self.moods = moods
        self._any = moods.anyone()
        self._marks = set(moods.marks())
        self._chunks: dict[tuple[int, int], list[Group]] = {}
        self._points: dict[int, list[Group]] = {}
        self._labels: list[Group] | None = None
        self._memory: dict[object, Group | None] = {}
        super().__init__(grid, lane, _NOTHING)

    # ------------------------------------------------------------ measuring

    @property
    def empty(self) -> bool:
        """Whether nobody feels anything yet."""
        return not self._any

    @property
    def content(self) -> float:
        """The lane's fixed height, its padding included."""
        return self.grid.metrics.emotion - 2 * self.grid.metrics.lane_pad

    def level(self, value: float) -> float:
        """How far below the row's upper edge a mood lies."""
        return self.grid.metrics.emotion * (SCALE - value) / (2 * SCALE)

    def mood(self, y: float) -> float:
        """The mood at a distance below the row's upper edge, −2 … +2."""
        return max(-2.0, min(2.0, SCALE - y * 2 * SCALE / self.grid.metrics.emotion))

    def summary(self) -> str:
        """Whose curves are folded away."""
        return ", ".join(persona.name for persona in self.grid.personas)

    def refresh(self, touched: Touched) -> set[int]:
        """Forgets the chunks around what changed; the caller has read the moods anew."""
        if touched.structure or touched.people:
            self._any = self.moods.anyone()
            self._marks = set(self.moods.marks())
            self._chunks.clear()
            self._points.clear()
            self._labels = None
            return set(range(len(self.grid.columns)))
        columns: set[int] = set()
        if touched.names:
            self._chunks.clear()
            self._points.clear()
            columns |= self._relabelled()
            if self.lane.folded:
                return set(range(len(self.grid.columns)))
        if not touched.moods:
            return columns
        self._any = self._any if self._any and len(self.grid.columns) > CHUNK else self.moods.anyone()
        for id_ in touched.touchpoints | touched.figures:
            i = self.grid.index.get(id_)
            if i is not None:
                columns |= self._around(i)
        marks = set(self.moods.marks())
        columns |= {mark.column for mark in marks ^ self._marks}
        self._marks = marks
        for i in columns:
            self._points.pop(i, None)
        for key in [key for key in self._chunks if any(i // CHUNK == key[1] for i in columns)]:
            del self._chunks[key]
        return columns | self._relabelled()

    def _relabelled(self) -> set[int]:
        """Places the labels anew; the columns where one came, went or changed."""
        before, self._labels = self._labels or [], None
        columns: set[int] = set()
        for group in {*before} ^ {*self._placed_labels()}:
            columns.update(self.grid.over(group.x, group.x + group.width))
        return columns

    def _around(self, i: int) -> set[int]:
        """The columns whose curves depend on column `i`: two visited ones to either side."""
        low = high = i
        for row in range(len(self.grid.personas)):
            for step in (-1, 1):
                at: int | None = i
                for _n in range(2):
                    at = self.moods.visited(row, at, step) if at is not None else None
                    if at is not None:
                        low, high = min(low, at), max(high, at)
        return set(range(low, high + 1))

    # ------------------------------------------------------------ drawing

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """Scale, curves, markers and labels over the columns `first` … `last`."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        left = self.grid.columns[first].x - self.grid.metrics.gap
        right = self.grid.columns[last].x + self.grid.metrics.pitch
        for group in self._lane_groups(first, last):
            if group.x < right and group.x + group.width > left:
                yield replace(group, y=group.y + self.y)

    def _lane_groups(self, first: int, last: int) -> Iterator[Group]:
        yield self._scale()
        yield from self._troughs(first, last)
        for row in reversed(range(len(self.grid.personas))):
            for chunk in range(self._begins(row, first) // CHUNK, last // CHUNK + 1):
                yield from self._chunk(row, chunk)
        if self.grid.metrics.level == "sketch":
            return
        for i in range(first, last + 1):
            if i not in self._points:
                self._points[i] = list(self._markers(i))
            yield from self._points[i]
        yield from self._placed_labels()

    def _begins(self, row: int, first: int) -> int:
        """The column where the curves that reach column `first` begin their last segment before it."""
        found = first
        for values in (self.moods.assumed[row], self.moods.measured[row]):
            i = first
            while i > 0 and values[i] is None:
                i -= 1
            found = min(found, max(0, i - 1))
        return found

    def _placed_labels(self) -> list[Group]:
        if self.grid.metrics.level == "sketch":
            return []
        if self._labels is None:
            self._labels = list(labels(self.grid, self.lane, self.moods, self.level, self._memory))
        return self._labels

    def _scale(self) -> Group:
        metrics, grid = self.grid.metrics, self.grid
        pen, wide = Pen(metrics), grid.right - grid.left
        for before, after in zip(grid.blocks, grid.blocks[1:], strict=False):
            x = (before.x + before.width + after.x) / 2 - grid.left
            pen.line(x, 0, x, metrics.emotion, Stroke("hair", metrics.hair, hair=True))
        for value in {"full": (2, 1, 0, -1, -2), "summary": (2, 0, -2)}.get(metrics.level, (0,)):
            y = self.level(value)
            stroke = Stroke("hair" if value else "border", metrics.hair if value else metrics.line, hair=True)
            pen.line(0, y, wide, y, stroke)
        meaning = Meaning("decoration", None, self.lane.id)
        return pen.group(meaning, grid.left, 0, wide, metrics.emotion, 1)

    def _troughs(self, first: int, last: int) -> Iterator[Group]:
        metrics = self.grid.metrics
        seen = set()
        for mark in self.moods.marks():
            low = self.moods.value(mark.row, mark.column)
            if (
                "trough" not in mark.kinds
                or not first <= mark.column <= last
                or mark.column in seen
                or low is None
                or low >= 0
            ):
                continue
            seen.add(mark.column)
            column = self.grid.columns[mark.column]
            pen = Pen(metrics)
            pen.add([Box(0, 0, metrics.pitch, metrics.emotion, "trough", opacity=0.8)])
            meaning = Meaning("decoration", None, self.lane.id, column.touchpoint_id)
            yield pen.group(meaning, column.x - metrics.gap / 2, 0, metrics.pitch, metrics.emotion, 0)

    # ------------------------------------------------------------ curves

    def _chunk(self, row: int, chunk: int) -> list[Group]:
        found = self._chunks.get((row, chunk))
        if found is None:
            found = self._chunks[row, chunk] = list(self._curves(row, chunk))
        return found

    def _curves(self, row: int, chunk: int) -> Iterator[Group]:
        """Band, assumed and measured line of one persona over one chunk; segments belong to where they begin."""
        k, metrics = self.grid.metrics.k, self.grid.metrics
        persona = self.moods.persona(row)
        colour = f"p{(persona.hue - 1) % 6 + 1}"
        first, last = chunk * CHUNK, min((chunk + 1) * CHUNK, len(self.grid.columns))
        bands: list[Path | Line] = []
        solid: list[Path | Line] = []
        for run in self._runs(row, first, last):
            bands += _band(self, row, run, first, last, colour)
            line = _segment(self._at(run, [self._measured(row, i) for i in run]), run, first, last)
            if line:
                solid.append(Path(line, None, Stroke(colour, 1.9 * k, cap="round")))
        stroke = Stroke(colour, 0.95 * k, (3 * k, 2.4 * k))
        dashed: list[Path | Line] = []
        for run in self._stretch(row, first, last):
            line = _segment(self._at(run, [self._assumed(row, i) for i in run]), run, first, last)
            if line:
                dashed.append(Path(line, None, stroke, 0.8))
        meaning = Meaning("curve", persona.id, self.lane.id, alt=persona.name)
        if not (bands or dashed or solid):
            return
        x, wide = self._extent((*bands, *dashed, *solid))
        for layer, items in ((2, bands), (3, (*dashed, *solid))):
            if items:
                yield Group(x, 0, wide, metrics.emotion, meaning, tuple(_shifted(item, -x) for item in items), layer)

    def _extent(self, items: Sequence[Path | Line]) -> tuple[float, float]:
        xs = [x for item in items for x in _xs(item)]
        edge = 3 * self.grid.metrics.k
        return min(xs) - edge, max(xs) - min(xs) + 2 * edge

    def _at(self, run: Sequence[int], values: Sequence[float]) -> list[Point]:
        return [(self.grid.middle(i), self.level(value)) for i, value in zip(run, values, strict=True)]

    def _measured(self, row: int, i: int) -> float:
        found = self.moods.measured[row][i]
        return found.value if found is not None else 0.0

    def _assumed(self, row: int, i: int) -> float:
        found = self.moods.assumed[row][i]
        return found.value if found is not None else 0.0

    def _runs(self, row: int, first: int, last: int) -> list[list[int]]:
        """Measured stretches that touch the chunk, with two columns more on either side; they break at gaps."""
        measured, moods = self.moods.measured[row], self.moods
        found: list[list[int]] = []
        start, end = self._window(row, first, last)
        for i in range(start, end):
            if measured[i] is not None:
                before = moods.visited(row, i, -1) if found and i > start else None
                if before is not None and found[-1][-1] == before:
                    found[-1].append(i)
                else:
                    found.append([i])
        return [run for run in found if run[-1] >= first and run[0] < last]

    def _stretch(self, row: int, first: int, last: int) -> list[list[int]]:
        """The assumed columns that touch the chunk, with two more on either side; the curve runs through gaps."""
        start, end = self._window(row, first, last)
        run = [i for i in range(start, end) if self.moods.assumed[row][i] is not None]
        return [run] if run else []

    def _window(self, row: int, first: int, last: int) -> tuple[int, int]:
        """From two visited columns before the chunk to three behind it, each way counted in assumed and measured."""
        moods = self.moods
        low, high = first, last - 1
        for values in (moods.assumed[row], moods.measured[row]):
            i, left = first, 2
            while i > 0 and left:
                i -= 1
                left -= values[i] is not None
            low = min(low, i)
            i, left = last - 1, 3
            while i < len(values) - 1 and left:
                i += 1
                left -= values[i] is not None
            high = max(high, i)
        return low, high + 1

    # ------------------------------------------------------------ markers

    def _markers(self, i: int) -> Iterator[Group]:
        k, touchpoint = self.grid.metrics.k, self.grid.columns[i].touchpoint_id
        ends = {(mark.row, mark.column): mark.kinds for mark in self.moods.marks() if mark.column == i}
        for row in reversed(range(len(self.grid.personas))):
            value = self.moods.value(row, i)
            if value is None or (self.grid.metrics.level == "summary" and (row, i) not in ends):
                continue
            persona, measured, assumed = (
                self.moods.persona(row),
                self.moods.measured[row][i],
                self.moods.assumed[row][i],
            )
            hue, y, r = (persona.hue - 1) % 6 + 1, self.level(value), 8 * k
            pen, kinds = Pen(self.grid.metrics), ends.get((row, i), ())
            if "ending" in kinds:
                pen.add(
                    [
                        shapes.diamond(
                            r, r, 5.2 * k, f"p{hue}" if measured else "wash", "wash" if measured else f"p{hue}", 1.2 * k
                        )
                    ]
                )
            elif measured is None:
                pen.add(shapes.marker(r, r, 2.9 * k, hue, hollow=True, ground="wash", ring=1.1 * k))
            else:
                pen.add(shapes.marker(r, r, 3.3 * k, hue, hollow=measured.hollow, ground="wash", ring=1.2 * k))
            if ("peak" in kinds or "trough" in kinds) and self.grid.metrics.level == "full":
                pen.add([shapes.ring(r, r, 6.4 * k, f"p{hue}", 1.1 * k)])
            how = _("measured") if measured is not None else _("assumed")
            alt = _("{persona}: {mood}, {how}").format(persona=persona.name, mood=wording.mood(value), how=how)
            record = assumed.id if assumed is not None else persona.id
            meaning = Meaning("emotion", record, self.lane.id, touchpoint, "value", alt)
            yield pen.group(meaning, self.grid.middle(i) - r, y - r, 2 * r, 2 * r, 4)


def _segment(points: list[Point], run: list[int], first: int, last: int) -> tuple[Step, ...]:
    """The part of the curve whose segments begin inside the chunk."""
    inside = [n for n in range(len(run) - 1) if first <= run[n] < last]
    if not inside:
        return ()
    segments = monotone(points)
    return curve([points[inside[0]]], segments[inside[0] : inside[-1] + 1])


def _band(strip: Emotions, row: int, run: list[int], first: int, last: int, colour: str) -> list[Path | Line]:
    """The 95 % band of a measured stretch; a single point has a bar. Where an interval is unknown the band has no width."""
    highs, lows = [], []
    for i in run:
        felt = strip.moods.measured[row][i]
        if felt is not None:
            highs.append(felt.value if felt.high is None else min(SCALE, felt.high))
            lows.append(felt.value if felt.low is None else max(-SCALE, felt.low))
    upper, lower = strip._at(run, highs), strip._at(run, lows)  # noqa: SLF001 - one drawing in two functions
    if len(run) == 1:
        (x, top), (_x, foot) = upper[0], lower[0]
        if not first <= run[0] < last or top == foot:
            return []
        k = strip.grid.metrics.k
        bar = (
            ("M", x - 2.5 * k, top),
            ("L", x + 2.5 * k, top),
            ("L", x + 2.5 * k, foot),
            ("L", x - 2.5 * k, foot),
            ("Z",),
        )
        return [Path(bar, colour, None, 0.2)]
    inside = [n for n in range(len(run) - 1) if first <= run[n] < last]
    return [Path(band(upper, lower, inside[0], inside[-1] + 1), colour, None, 0.15)] if inside else []


def _xs(item: Path | Line) -> list[float]:
    if isinstance(item, Line):
        return [item.x1, item.x2]
    return [float(part) for step in item.steps for part in step[1::2]]


def _shifted(item: Path | Line, dx: float) -> Path | Line:
    if isinstance(item, Line):
        return replace(item, x1=item.x1 + dx, x2=item.x2 + dx)
    steps = tuple(
        (step[0], *(float(part) + dx if n % 2 == 0 else part for n, part in enumerate(step[1:]))) for step in item.steps
    )
    return replace(item, steps=steps)
