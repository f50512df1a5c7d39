"""What the personas feel, column by column: assumed and measured side by side, never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from journeymap.model.layout.grid import Grid, Window
from journeymap.model.records import Emotion, Id, Persona

if TYPE_CHECKING:
    from journeymap.model.emotion import MeasuredEmotion

_FAR: Final = 99.0


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
        self._high: list[list[float]] = []  # moods, or what no mood reaches: for the search of peaks
        self._low: list[list[float]] = []
        self._marks: list[Mark] | None = None
        self._points: dict[tuple[int, bool], list[int]] = {}
        self.read_all()

    def read_all(self) -> None:
        """Reads every column anew."""
        grid = self.grid
        contents = [grid.contents[column.touchpoint_id].emotions for column in grid.columns]
        felt = grid.figures.emotion
        self.assumed = [[emotions.get(persona.id) for emotions in contents] for persona in grid.personas]
        self.measured = [
            [felt.get((persona.id, column.touchpoint_id)) for column in grid.columns]
            if felt
            else [None] * len(contents)
            for persona in grid.personas
        ]
        count = len(grid.columns)
        values = [[self.value(row, i) for i in range(count)] for row in range(len(grid.personas))]
        self._high = [[-_FAR if value is None else value for value in row] for row in values]
        self._low = [[_FAR if value is None else value for value in row] for row in values]
        self._forget()

    def follow(self, window: Window) -> None:
        """Takes in another order of the columns."""
        self._forget()
        first, last = window.same, window.same + len(window.before)
        ids = [column.touchpoint_id for column in window.after]
        felt = self.grid.figures.emotion
        for row, persona in enumerate(self.grid.personas):
            contents = [self.grid.contents[id_].emotions for id_ in ids]
            self.assumed[row][first:last] = [emotions.get(persona.id) for emotions in contents]
            self.measured[row][first:last] = [felt.get((persona.id, id_)) for id_ in ids]
            values = [self.value(row, i) for i in range(first, first + len(ids))]
            self._high[row][first:last] = [-_FAR if value is None else value for value in values]
            self._low[row][first:last] = [_FAR if value is None else value for value in values]

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
                if assumed != self.assumed[row][i] or measured != self.measured[row][i]:
                    self.assumed[row][i], self.measured[row][i] = assumed, measured
                    value = self.value(row, i)
                    self._high[row][i] = -_FAR if value is None else value
                    self._low[row][i] = _FAR if value is None else value
                    changed.add(i)
        if changed:
            self._forget()
        return changed

    def _forget(self) -> None:
        self._marks = None
        self._points.clear()

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

    def points(self, row: int, *, measured: bool) -> list[int]:
        """The columns where the persona was measured, or where something was assumed; not to be changed."""
        found = self._points.get((row, measured))
        if found is None:
            values = self.measured[row] if measured else self.assumed[row]
            found = self._points[row, measured] = [i for i, value in enumerate(values) if value is not None]
        return found

    def visited(self, row: int, i: int, step: int) -> int | None:
        """The next column from `i` in direction `step` where the persona has a mood."""
        i += step
        while 0 <= i < len(self.grid.columns):
            if self.assumed[row][i] is not None or self.measured[row][i] is not None:
                return i
            i += step
        return None

    def anyone(self) -> bool:
        """Whether there is any mood to draw."""
        return any(any(row) for row in self.assumed) or any(any(row) for row in self.measured)

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
        if len(grid.columns) == len(grid.numbers):
            highs, lows, columns = self._high[row], self._low[row], None
        else:
            ids = sorted(grid.numbers, key=grid.numbers.__getitem__)
            felt = [self._felt(row, id_) for id_ in ids]
            highs = [-_FAR if value is None else value for value in felt]
            lows = [_FAR if value is None else value for value in felt]
            columns = [grid.index.get(id_) for id_ in ids]
        last = next((i for i in range(len(highs) - 1, -1, -1) if highs[i] != -_FAR), None)
        if last is None:
            return []
        high, low = max(highs), min(lows)
        kinds: dict[int, list[str]] = {}
        if high - low > 0.05:
            kinds.setdefault(highs.index(high), []).append("peak")
            kinds.setdefault(lows.index(low), []).append("trough")
        kinds.setdefault(last, []).append("ending")
        found = [(i if columns is None else columns[i], names) for i, names in sorted(kinds.items())]
        return [Mark(row, i, tuple(names)) for i, names in found if i is not None]

    def _felt(self, row: int, touchpoint_id: Id) -> float | None:
        """The mood at a touchpoint that may stand in another row of the page."""
        grid, persona = self.grid, self.persona(row)
        measured = grid.figures.emotion.get((persona.id, touchpoint_id))
        if measured is not None:
            return measured.value
        assumed = grid.document.referring(Emotion, "touchpoint_id", touchpoint_id)
        return next((one.value for one in assumed if one.persona_id == persona.id), None)
