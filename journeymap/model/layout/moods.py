"""What the personas feel, column by column: assumed and measured side by side, never mixed; beside them what is
felt at the same place of the other state: aimed at (to-be), where this is as-is, or former (as-is), where this is to-be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from journeymap.model.layout.contents import Contents
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.window import Window
from journeymap.model.records import Emotion, Id, Persona

if TYPE_CHECKING:
    from journeymap.model.emotion import MeasuredEmotion

_FAR: Final = 99.0
Line = Literal["assumed", "measured", "aimed", "former"]
LINES: Final[tuple[Line, ...]] = ("assumed", "measured", "aimed", "former")
"""The curves that a persona may have."""


class Mark(NamedTuple):
    """A peak, trough or the ending of a persona's curve; `kinds` where one point is several."""

    row: int  # of the persona
    column: int
    kinds: tuple[str, ...]


class Moods:
    """Parallel columns for every shown persona; `row` is her place in `grid.personas`."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.assumed: list[list[Emotion | None]] = []
        self.measured: list[list[MeasuredEmotion | None]] = []
        self.aimed: list[list[Emotion | None]] = []
        self.former: list[list[float | None]] = []
        self._high: list[list[float]] = []  # moods, or what no mood reaches: for the search of peaks
        self._low: list[list[float]] = []
        self._marks: list[Mark] | None = None
        self._points: dict[tuple[int, Line], Sequence[int]] = {}
        self.read_all()

    def read_all(self) -> None:
        """Reads every column anew."""
        grid = self.grid
        contents = [grid.contents[id_].emotions for id_ in grid.columns.ids]
        felt = grid.figures.emotion
        self.assumed = [[emotions.get(persona.id) for emotions in contents] for persona in grid.personas]
        self.measured = [
            [felt.get((persona.id, id_)) for id_ in grid.columns.ids] if felt else [None] * len(contents)
            for persona in grid.personas
        ]
        whole = [grid.contents[id_] for id_ in grid.columns.ids]
        paired = any(each.aimed or each.touchpoint.counterpart_id is not None for each in whole)
        people = grid.personas
        self.aimed = [[each.aimed.get(one.id) for each in whole] if paired else [None] * len(whole) for one in people]
        self.former = [[self._former(each, one) for each in whole] if paired else [None] * len(whole) for one in people]
        count = len(grid.columns)
        values = [[self.value(row, i) for i in range(count)] for row in range(len(grid.personas))]
        self._high = [[-_FAR if value is None else value for value in row] for row in values]
        self._low = [[_FAR if value is None else value for value in row] for row in values]
        self._marks = None
        self._points.clear()

    def _former(self, contents: Contents, persona: Persona) -> float | None:
        """What was felt as-is where this touchpoint is to-be: measured, else assumed."""
        before = contents.touchpoint.counterpart_id
        if before is None:
            return None
        measured = self.grid.figures.emotion.get((persona.id, before))
        if measured is not None:
            return measured.value
        assumed = contents.former.get(persona.id)
        return assumed.value if assumed is not None else None

    def follow(self, window: Window) -> None:
        """Takes in another order of the columns."""
        first, last = window.same, window.same + len(window.before)
        marks = self._marks if self.grid.whole else None
        ids = [column.touchpoint_id for column in window.after]
        felt = self.grid.figures.emotion
        whole = [self.grid.contents[id_] for id_ in ids]
        contents = [each.emotions for each in whole]
        for row, persona in enumerate(self.grid.personas):
            assumed = [emotions.get(persona.id) for emotions in contents]
            measured = [felt.get((persona.id, id_)) for id_ in ids] if felt else [None] * len(ids)
            self.assumed[row][first:last], self.measured[row][first:last] = assumed, measured
            self.aimed[row][first:last] = [each.aimed.get(persona.id) for each in whole]
            self.former[row][first:last] = [self._former(each, persona) for each in whole]
            self._repoint(row, first, last, len(ids))
            felt_here = [real or guess for real, guess in zip(measured, assumed, strict=True)]
            self._high[row][first:last] = [-_FAR if one is None else one.value for one in felt_here]
            self._low[row][first:last] = [_FAR if one is None else one.value for one in felt_here]
            values = [one.value for one in felt_here if one is not None]
            if marks is not None and not self._holds([mark for mark in marks if mark.row == row], window, values):
                marks = None
        self._marks = [mark._replace(column=window.now(mark.column)) for mark in marks] if marks is not None else None

    def _holds(self, marks: list[Mark], window: Window, values: list[float]) -> bool:
        """Whether the marks of a persona stay on what they mark, with these moods in the window: it holds none of them, before
        or now. (The moods of the marks are looked up where they stand now.)
        """
        if {kind for mark in marks for kind in mark.kinds} != {"peak", "trough", "ending"}:
            return False
        if any(window.same <= mark.column <= window.was for mark in marks):
            return False
        ends = {kind: window.now(mark.column) for mark in marks for kind in mark.kinds}
        high, low = self._high[marks[0].row][ends["peak"]], self._low[marks[0].row][ends["trough"]]
        return all(low < value < high for value in values) and (ends["ending"] > window.last or not values)

    def read(self, touchpoints: Iterable[Id]) -> set[int]:
        """Reads some columns anew; returns those where a mood changed."""
        changed = set()
        for id_ in touchpoints:
            i = self.grid.index.get(id_)
            if i is None:
                continue
            for row, persona in enumerate(self.grid.personas):
                assumed = self.grid.at(i).emotions.get(persona.id)
                measured = self.grid.figures.emotion.get((persona.id, id_))
                aimed, former = self.grid.at(i).aimed.get(persona.id), self._former(self.grid.at(i), persona)
                known = (self.assumed[row][i], self.measured[row][i], self.aimed[row][i], self.former[row][i])
                if (assumed, measured, aimed, former) != known:
                    self.assumed[row][i], self.measured[row][i] = assumed, measured
                    self.aimed[row][i], self.former[row][i] = aimed, former
                    self._repoint(row, i, i + 1, 1)
                    value = self.value(row, i)
                    self._high[row][i] = -_FAR if value is None else value
                    self._low[row][i] = _FAR if value is None else value
                    changed.add(i)
        if changed:
            self._marks = None
        return changed

    def _repoint(self, row: int, first: int, last: int, count: int) -> None:
        """Keeps the lists of points right where `count` columns have come in place of the columns `first` … `last` − 1."""
        for line in LINES:
            points, values = self._points.get((row, line)), self.line(row, line)
            if points is None:
                continue
            here, by = [i for i in range(first, first + count) if values[i] is not None], count - (last - first)
            if isinstance(points, range) and len(here) == count:
                self._points[row, line] = range(len(points) + by)
                continue
            low, high = bisect_left(points, first), bisect_left(points, last)
            behind = points[high:]
            self._points[row, line] = [*points[:low], *here, *([i + by for i in behind] if by else behind)]

    # ------------------------------------------------------------ asking

    def persona(self, row: int) -> Persona:
        """The persona of a row."""
        return self.grid.personas[row]

    def value(self, row: int, i: int) -> float | None:
        """The measured mood, else the assumed one."""
        measured = self.measured[row][i]
        if measured is not None:
            return measured.value
        assumed = self.assumed[row][i]
        return assumed.value if assumed is not None else None

    def line(self, row: int, line: Line) -> Sequence[Any]:
        """One kind of curve of a persona: what is known of each column, None where nothing is."""
        match line:
            case "assumed":
                return self.assumed[row]
            case "measured":
                return self.measured[row]
            case "aimed":
                return self.aimed[row]
        return self.former[row]

    def points(self, row: int, line: Line) -> Sequence[int]:
        """The columns through which a kind of curve goes; not to be changed."""
        found = self._points.get((row, line))
        if found is None:
            values = self.line(row, line)
            found = [i for i, value in enumerate(values) if value is not None]
            if len(found) == len(values):
                found = range(len(values))  # as mostly: nothing in it has to be moved
            self._points[row, line] = found
        return found

    def visited(self, row: int, i: int, step: int) -> int | None:
        """The next column after `i`, or, where `step` is negative, before it, at which the persona has a mood."""
        felt = (self.points(row, "assumed"), self.points(row, "measured"))
        if step > 0:
            return min((points[at] for points in felt if (at := bisect_right(points, i)) < len(points)), default=None)
        return max((points[at - 1] for points in felt if (at := bisect_left(points, i)) > 0), default=None)

    def anyone(self) -> bool:
        """Whether there is any mood to draw."""
        people = range(len(self.grid.personas))
        return any(one is not None for row in people for line in LINES for one in self.line(row, line))

    def fall(self, i: int) -> float | None:
        """The largest fall of any persona's mood from what she felt before column `i` to `i`; None where unknown."""
        falls = []
        for row in range(len(self.grid.personas)):
            here, before = self.value(row, i), self.visited(row, i, -1)
            if here is not None and before is not None:
                falls.append(here - (self.value(row, before) or 0.0))
        return min(falls, default=None)

    def marks(self) -> list[Mark]:
        """Peak, trough and ending of every persona; a flat or single mood has an ending only."""
        if self._marks is None:
            self._marks = [mark for row in range(len(self.grid.personas)) for mark in self._of(row)]
        return self._marks

    def _of(self, row: int) -> list[Mark]:
        """Looks over the whole state, also where only some of its columns are drawn: a folded row has no ending of its own."""
        grid = self.grid
        highs: Sequence[float | None]
        lows: Sequence[float | None]
        if grid.whole:
            highs, lows, ids = self._high[row], self._low[row], grid.columns.ids
            last = next((i for i in range(len(highs) - 1, -1, -1) if highs[i] != -_FAR), None)
            high, low = max(highs, default=0.0), min(lows, default=0.0)
        else:
            ids = grid.order
            highs = lows = felt = self._felt(row, ids)
            known = [value for value in felt if value is not None]
            last = next((i for i in range(len(felt) - 1, -1, -1) if felt[i] is not None), None)
            high, low = max(known, default=0.0), min(known, default=0.0)
        if last is None:
            return []
        kinds: dict[int, list[str]] = {}
        if high - low > 0.05:
            kinds.setdefault(highs.index(high), []).append("peak")
            kinds.setdefault(lows.index(low), []).append("trough")
        kinds.setdefault(last, []).append("ending")
        found = [(grid.index.get(ids[i]), names) for i, names in sorted(kinds.items())]
        return [Mark(row, i, tuple(names)) for i, names in found if i is not None]

    def _felt(self, row: int, touchpoints: list[Id]) -> list[float | None]:
        """The moods at touchpoints, some of which stand in another row of the page."""
        grid, persona = self.grid, self.persona(row)
        measured = grid.figures.emotion
        assumed = {
            one.touchpoint_id: one.value for one in reversed(grid.document.referring(Emotion, "persona_id", persona.id))
        }
        found: list[float | None] = [assumed.get(id_) for id_ in touchpoints]
        for n, id_ in enumerate(touchpoints if measured else ()):
            here = measured.get((persona.id, id_))
            if here is not None:
                found[n] = here.value
        return found
