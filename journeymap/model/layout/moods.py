"""What the personas feel, column by column: assumed and measured side by side, never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from journeymap.model.layout.grid import Grid
from journeymap.model.records import Emotion, Id, Persona

if TYPE_CHECKING:
    from journeymap.model.emotion import MeasuredEmotion


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
        self._marks: list[Mark] | None = None
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
        self._marks = None

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
                    changed.add(i)
        if changed:
            self._marks = None
        return changed

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
        values = [(self.value(row, i), i) for i in range(len(self.grid.columns))]
        known = [(value, i) for value, i in values if value is not None]
        if not known:
            return []
        high = max(known, key=lambda pair: (pair[0], -pair[1]))
        low = min(known)
        kinds: dict[int, list[str]] = {}
        if high[0] - low[0] > 0.05:
            kinds.setdefault(high[1], []).append("peak")
            kinds.setdefault(low[1], []).append("trough")
        kinds.setdefault(known[-1][1], []).append("ending")
        return [Mark(row, i, tuple(names)) for i, names in sorted(kinds.items())]
