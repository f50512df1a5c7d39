"""The emotion lane: scale, curves, bands and markers of every persona, with peak, trough and ending named at the curve."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model import shapes, wording
from journeymap.model.layout import traces
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import NOTHING
from journeymap.model.layout.labels import APART, labels, marked
from journeymap.model.layout.moods import LINES, Mark, Moods
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.layout.traces import CHUNK
from journeymap.model.layout.window import Window
from journeymap.model.picture import Box, Group, Meaning, Stroke
from journeymap.model.records import Emotion, Id, Lane


class Emotions(Strip):
    """The lane of curves; `moods` is shared with the lanes that ask how the mood falls."""

    def __init__(self, grid: Grid, lane: Lane, moods: Moods) -> None:
        self.moods = moods
        self._any = moods.anyone()
        self._marks = set(moods.marks())
        self._chunks: dict[tuple[int, int], list[Group]] = {}
        self._points: dict[int, list[Group]] = {}
        self._labels: list[Group] | None = None
        self._owners: list[tuple[int, Id, tuple[str, ...]]] = []  # what the labels belong to
        self._memory: dict[object, Group | None] = {}
        super().__init__(grid, lane, NOTHING)

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
        return traces.level(self.grid.metrics, value)

    def mood(self, y: float) -> float:
        """The mood at a distance below the row's upper edge, −2 … +2."""
        return max(-2.0, min(2.0, traces.mood(self.grid.metrics, y)))

    def summary(self) -> str:
        """Whose curves are folded away."""
        return ", ".join(persona.name for persona in self.grid.personas)

    def refresh(self, touched: Touched) -> set[int]:
        """Forgets the chunks around what changed; the caller has read the moods anew."""
        window, count = touched.window, len(self.grid.columns)
        if touched.people or (window is not None and not window.after):
            self._any = self.moods.anyone()
            self._marks = set(self.moods.marks())
            self._forget(0)
            self._labels = None
            return set(range(count))
        columns: set[int] = set()
        if touched.names:
            self._forget(0)
            columns |= self._relabelled(None)
            if self.lane.folded:
                return set(range(count))
        if not touched.moods:
            return columns
        self._any = self._any if self._any and count > CHUNK else self.moods.anyone()
        columns |= self._redrawn(touched)
        before, self._marks = self._marks, set(self.moods.marks())
        if window is not None and window.shifted:
            self._forget(window.same)  # what stands behind the window has another column, or another place
            stood = (mark for mark in before if not window.same <= mark.column <= window.was)
            before = {mark._replace(column=window.now(mark.column)) for mark in stood}
        columns |= {mark.column for mark in self._marks ^ before}
        for i in columns:
            self._points.pop(i, None)
        if self._marks != before or not self._far_from_labels(columns, window):
            columns |= self._relabelled(window)
        return {i for i in columns if 0 <= i < count}

    def _forget(self, first: int) -> None:
        """Forgets what is drawn of the columns from `first` on."""
        for key in [key for key in self._chunks if (key[1] + 1) * CHUNK > first - 1]:
            del self._chunks[key]
        for i in [i for i in self._points if i >= first]:
            del self._points[i]

    def _redrawn(self, touched: Touched) -> set[int]:
        """Forgets the chunks of curves around the moods that changed or moved; the columns in which they show."""
        index, columns, reached = self.grid.index, set[int](), -1
        around = {
            self._around(i, i) for id_ in touched.touchpoints | touched.figures if (i := index.get(id_)) is not None
        }
        window = touched.window
        if window is not None and window.after:
            # The columns at its ends are those that stand on either side of what has come or gone.
            around.add(self._around(window.same + window.stands, window.last - window.follows))
        for low, high in sorted(around):  # many overlap
            columns.update(range(max(low, reached + 1), high + 1))
            reached = max(reached, high)
        spoiled = {i // CHUNK for i in columns}
        for key in [key for key in self._chunks if key[1] in spoiled]:
            del self._chunks[key]
        return columns

    def _relabelled(self, window: Window | None) -> set[int]:
        """Places the labels anew; the columns where one came, went or changed, or did not move with its columns."""
        before, self._labels = {*(self._labels or [])}, None
        after = {_settled(one) for one in self._placed_labels()}
        by = window.by if window is not None else 0.0
        if window is not None and window.before:
            start, end = window.before[0].x, window.before[-1].x
            gone = {one for one in before if one.x + one.width > start and one.x < end}
            stood = {_settled(one, 0.0 if one.x < end else by) for one in before - gone}
            gone |= {_settled(one, by) for one in gone} if by else set()
            changed = gone | (stood ^ after)
        else:
            changed = {_settled(one) for one in before} ^ after
        columns: set[int] = set()
        for group in changed:
            under = self.grid.over(group.x, group.x + group.width)
            # One that lies over an empty phase altogether is painted with the column beside it.
            columns.update(under or range(max(0, under.start - 1), max(1, under.start)))
        return columns

    def _far_from_labels(self, columns: set[int], window: Window | None) -> bool:
        """Whether no label sees what has changed in `columns` or at the window; then they have moved with their columns."""
        marks = marked(self.grid, self.moods)
        if self._labels is None or not columns or self._owners != self._owning(marks):
            return False
        placed = range(window.same, window.last + 1) if window is not None else range(0)
        low, high = min([*columns, *placed[:1]]) - APART, max([*columns, *placed[-1:]]) + APART
        if any(low <= mark.column <= high for mark in marks):
            return False
        if window is not None and window.by:
            behind = window.before[-1].x
            self._labels = [_settled(one, window.by) if one.x > behind else one for one in self._labels]
        return True

    def _around(self, first: int, last: int) -> tuple[int, int]:
        """First and last of the columns whose curves depend on the columns `first` … `last`: two points of a curve to either
        side.
        """
        low, high = first, last
        for row in range(len(self.grid.personas)):
            for line in LINES:
                points = self.moods.points(row, line)
                before, behind = bisect_left(points, first), bisect_right(points, last)
                low = min([low, *points[max(0, before - 2) : before]])
                high = max([high, *points[behind : behind + 2]])
        return low, high

    # ------------------------------------------------------------ drawing

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """Scale, curves, markers and labels over the columns `first` … `last`."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        left = self.grid.columns[first].x - self.grid.metrics.gap
        right = self.grid.columns[last].x + self.grid.metrics.pitch
        yield from self._partings(first, last)
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
        for line in LINES:
            points = self.moods.points(row, line)
            at = bisect_left(points, first) - 1  # where a point stands in the column itself, a curve comes to it
            if at >= 0:
                found = min(found, max(0, points[at] - 1))
        return found

    def _placed_labels(self) -> list[Group]:
        if self.grid.metrics.level == "sketch":
            return []
        if self._labels is None:
            self._labels = list(labels(self.grid, self.lane, self.moods, self.level, self._memory))
            self._owners = self._owning(marked(self.grid, self.moods))
        return self._labels

    def _owning(self, marks: list[Mark]) -> list[tuple[int, Id, tuple[str, ...]]]:
        """What the labels of marks belong to, wherever it stands: a persona's row, the touchpoint, and the kinds."""
        ids = self.grid.columns.ids
        return [(mark.row, ids[mark.column], mark.kinds) for mark in marks]

    def _partings(self, first: int, last: int) -> Iterator[Group]:
        """A hairline between two phases, from the column before `first` to the one behind `last`; phases may be empty."""
        metrics, grid, columns = self.grid.metrics, self.grid, self.grid.columns
        left = columns[first - 1].x if first else grid.left
        near = grid.blocks_over(left, columns[last + 1].x if last + 1 < len(columns) else grid.right)
        for before, after in pairwise(grid.blocks[near.start : near.stop]):
            pen, half = Pen(metrics), metrics.gap / 2
            pen.line(half, 0, half, metrics.emotion, Stroke("hair", metrics.hair, hair=True))
            x, meaning = (before.x + before.width + after.x) / 2, Meaning("decoration", None, self.lane.id)
            yield pen.group(meaning, x - half, self.y, metrics.gap, metrics.emotion, 1)

    def _scale(self) -> Group:
        metrics, grid = self.grid.metrics, self.grid
        pen, wide = Pen(metrics), grid.right - grid.left
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
            found = self._chunks[row, chunk] = list(traces.chunk(self.grid, self.lane.id, self.moods, row, chunk))
        return found

    # ------------------------------------------------------------ markers

    def _markers(self, i: int) -> Iterator[Group]:
        k, touchpoint = self.grid.metrics.k, self.grid.columns.ids[i]
        ends = {(mark.row, mark.column): mark.kinds for mark in self.moods.marks() if mark.column == i}
        for row in reversed(range(len(self.grid.personas))):
            aim = self.moods.aimed[row][i]
            if aim is not None and self.grid.metrics.level == "full":
                yield self._aim(i, row, aim)
            value = self.moods.value(row, i)
            if value is None or (self.grid.metrics.level == "summary" and (row, i) not in ends):
                continue
            persona = self.moods.persona(row)
            measured, assumed = self.moods.measured[row][i], self.moods.assumed[row][i]
            hue, y, r = (persona.hue - 1) % 6 + 1, self.level(value), 8 * k
            pen, kinds = Pen(self.grid.metrics), ends.get((row, i), ())
            if "ending" in kinds:
                fill, edge = (f"p{hue}", "wash") if measured else ("wash", f"p{hue}")
                pen.add([shapes.diamond(r, r, 5.2 * k, fill, edge, 1.2 * k)])
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

    def _aim(self, i: int, row: int, aim: Emotion) -> Group:
        """A small hollow marker where it is to be."""
        k, persona, y = self.grid.metrics.k, self.moods.persona(row), self.level(aim.value)
        pen, r = Pen(self.grid.metrics), 5 * k
        pen.add(shapes.marker(r, r, 2.1 * k, (persona.hue - 1) % 6 + 1, hollow=True, ground="wash", ring=0.8 * k))
        alt = _("{persona}: {mood}, to-be").format(persona=persona.name, mood=wording.mood(aim.value))
        meaning = Meaning("emotion", aim.id, self.lane.id, self.grid.columns.ids[i], "value", alt)
        return pen.group(meaning, self.grid.middle(i) - r, y - r, 2 * r, 2 * r, 4)


def _settled(group: Group, by: float = 0.0) -> Group:
    """The group, moved, with its place rounded: the same place may have been added up in another order."""
    return replace(group, x=round(group.x + by, 6))
