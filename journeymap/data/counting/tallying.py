"""Large plain files are counted while they are read: where only the texts of cells matter, rows need not be kept.

For every question there is an array with a cell for each combination of touchpoint, day, value of a segment and answer,
by the numbers of their texts (see `scanning`). What the texts mean is known when all have been met; cells of one meaning
are then added up (`grids`). `aggregate` counts everything else, and what comes of either is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, TypeAlias

import numpy as np

from journeymap.data.answers.readings import NO_DAY, Reading
from journeymap.data.counting import aggregate, blocks
from journeymap.data.counting.aggregate import Counted
from journeymap.data.counting.encoding import Words
from journeymap.data.counting.engine import Arrow
from journeymap.data.counting.grids import Grid, Numbers, sizes, table
from journeymap.data.counting.meaning import Meaning
from journeymap.data.counting.wanted import ANYWHERE, NOWHERE, Meant, Wanted
from journeymap.data.sources import Readable
from journeymap.model.cube import UNDATED

SMALLEST = 32 << 20
"""Files of fewer bytes become a table: an array of millions of cells is no gain for them."""
MOST_CELLS = 1 << 23
"""Of one array; of more the most would stay empty."""
MOST_TOGETHER = 3 << 23
"""Of all arrays: a hundred megabytes."""

Key: TypeAlias = tuple[int, ...]
"""The columns that an array counts the combinations of, one for each of its axes."""


class Untallied(Exception):
    """The rows cannot be counted this way: there are too many combinations, or rows that count nowhere."""


class Tally:
    """How often each combination of texts occurs. `take` gets the numbers of texts; `counts` says what they mean."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._axes: dict[int, range] = {}  # the numbers of a column; an empty cell stands before them
        self._arrays: dict[Key, Numbers] = {}
        self._room = np.empty((2, 0), np.int64)
        placed = [index for index in (wanted.touchpoint, wanted.date) if index is not None]
        self._answers = [index for index, _question in wanted.questions]
        self._groups: list[Key] = [(*placed, index) for index in wanted.segments] or [(*placed,)]
        self._pairs: Key = (*placed[: wanted.touchpoint is not None], *self._answers)
        keys = {(*group, index) for group in self._groups for index in self._answers}
        self._keys = sorted(keys | {self._pairs} if len(self._answers) > 1 else keys)

    @property
    def at_once(self) -> int:
        """Rows are counted as they come."""
        return 1

    @staticmethod
    def suits(wanted: Wanted, readables: Sequence[Readable]) -> bool:
        """Whether the rows may be counted this way, as far as one can tell beforehand."""
        return (
            wanted.weight is None
            and not wanted.filter
            and not any(question.composed or question.quantity for _index, question in wanted.questions)
            and sum(readable.path.stat().st_size for readable in readables) >= SMALLEST
        )

    # ------------------------------------------------------------ while the file is read

    def begin(self, expected: Sequence[range]) -> None:
        """Makes the arrays. `expected` are the numbers that each column will have at least. Raises Untallied."""
        self._axes = dict(enumerate(expected))
        self._check()
        self._arrays = {key: np.zeros(self._shape(key), np.int32) for key in self._keys}

    def forget(self) -> None:
        """Forgets what was counted."""
        self._arrays = {}

    def take(self, rows: Arrow) -> None:
        """Counts rows of numbers, NULL where a cell is empty: columns `c0`, `c1` … Raises Untallied."""
        for batch in rows.to_batches():  # small ones: what is worked out for them stays in the processor's memory
            if batch.num_rows:
                self._count({index: self._slots(index, batch.column(index)) for index in self._axes}, batch.num_rows)

    def _count(self, slots: dict[int, Numbers], rows: int) -> None:
        """Adds rows to the arrays; `slots` says where on its axis each cell of a column stands."""
        if self._room.shape[1] < rows:
            self._room = np.empty((2, rows), np.int64)
        group: Key | None = None
        before, cells = self._room[:, :rows]
        for key in self._keys:
            if key[:-1] != group:
                group = key[:-1]
                before[:] = 0
                for index in group:
                    np.multiply(before, self._size(index), out=before)
                    np.add(before, slots[index], out=before)
            np.multiply(before, self._size(key[-1]), out=cells)
            np.add(cells, slots[key[-1]], out=cells)
            np.add.at(self._arrays[key].reshape(-1), cells, np.int32(1))

    def _slots(self, index: int, column: Arrow) -> Numbers:
        """The place of each cell of a column on its axis, which grows where it must."""
        import pyarrow.compute as pc

        ends = pc.min_max(column).as_py()
        if ends["min"] is not None:
            self._grow(index, ends["min"], ends["max"])
        empty = self._axes[index].start - 1
        if column.null_count:
            if empty < np.iinfo(np.int16).min:
                raise Untallied
            column = column.fill_null(empty)
        numbers = np.frombuffer(column.buffers()[1], np.int16)[column.offset : column.offset + len(column)]
        return np.subtract(numbers, empty, dtype=np.int64)

    def _grow(self, index: int, least: int, greatest: int) -> None:
        before = self._axes[index]
        axis = range(min(before.start, least), max(before.stop, greatest + 1)) if before else range(least, greatest + 1)
        if axis == before:
            return
        self._axes[index] = axis
        self._check()
        for key, array in self._arrays.items():
            grown = array
            for dimension, column in enumerate(key):
                if column == index:
                    first = before.start - axis.start if before else 0
                    there = [0, *range(1 + first, 1 + first + len(before))]
                    shape = (*grown.shape[:dimension], len(axis) + 1, *grown.shape[dimension + 1 :])
                    wider = np.zeros(shape, np.int32)
                    np.moveaxis(wider, dimension, 0)[there] = np.moveaxis(grown, dimension, 0)
                    grown = wider
            self._arrays[key] = grown

    def _check(self) -> None:
        sizes = [prod(self._shape(key)) for key in self._keys]
        paired = prod(self._shape(self._pairs)) if len(self._answers) > 1 else 0
        if max(sizes) > MOST_CELLS or sum(sizes) > MOST_TOGETHER or paired > blocks.MOST_DIFFERENT:
            raise Untallied

    def _shape(self, key: Key) -> tuple[int, ...]:
        return tuple(self._size(index) for index in key)

    def _size(self, index: int) -> int:
        return len(self._axes[index]) + 1

    # ------------------------------------------------------------ afterwards

    def counts(self, words: Words) -> tuple[Meant, Counted, Any]:
        """What the numbers mean, the cells, and the sums of pairs (see `blocks.sums`). Raises Failure where a column is not
        what the recipe takes it for, and Untallied.
        """
        meaning = _Tallied(self._wanted, words)
        rows, places, days = self._rows(meaning)
        occurring = {*days[rows.any(axis=0)].tolist()}
        if NO_DAY in occurring:
            raise Untallied  # such rows do not count, and pairs of answers do not know their days
        dated = occurring - {UNDATED}
        first, last = min(dated, default=None), max(dated, default=None)
        everybody = [self._grid(meaning, number, None) for number in range(len(self._answers))]
        grain = "all" if first is None else self._grain(meaning, everybody)
        parts = [one.by(grain).given() for one in everybody]
        for segment in range(len(self._wanted.segments)):
            parts += [self._grid(meaning, number, segment).by(grain).given() for number in range(len(self._answers))]
        statuses = {place: found for one in everybody for place, found in one.statuses()}
        nowhere = int(rows[places == NOWHERE].sum())
        counted = Counted(table(parts), grain, statuses, int(rows.sum()), {}, nowhere, first, last)
        return meaning.meant, counted, self._sums(meaning)

    def _rows(self, meaning: _Tallied) -> tuple[Numbers, Numbers, Numbers]:
        """How many rows there are of each place and day: an array, and what stands for which on its two axes."""
        key = (*self._groups[0], self._answers[0])
        axes = [self._axes[index] for index in (self._wanted.touchpoint, self._wanted.date) if index is not None]
        places = np.array([ANYWHERE]) if self._wanted.touchpoint is None else meaning.labels("p", axes[0])
        days = np.array([UNDATED]) if self._wanted.date is None else meaning.labels("d", axes[-1])
        return self._arrays[key].reshape(len(places), len(days), -1).sum(axis=2, dtype=np.int64), places, days

    def _grid(self, meaning: _Tallied, number: int, segment: int | None) -> Grid:
        """The cells of a question, everybody's or those of a segment."""
        group, index = self._groups[segment or 0], self._answers[number]
        array, count = self._arrays[*group, index], len(self._groups[0])
        divided = self._wanted.segments and segment is None
        if divided:
            array, group = array.sum(axis=count - 1, dtype=np.int64), group[:-1]
        names = [name for name, at in (("p", self._wanted.touchpoint), ("d", self._wanted.date)) if at is not None]
        names += [] if segment is None else [f"s{segment}"]
        told = {name: meaning.labels(name, self._axes[at]) for name, at in zip(names, group, strict=True)}
        labels = {
            "p": told.get("p", np.array([ANYWHERE])),
            "d": told.get("d", np.array([UNDATED])),
            "value": told.get(f"s{segment}", np.array([0])),
            "code": meaning.labels(f"m{number}", self._axes[index]),
        }
        floats = self._wanted.floats(meaning.meant.questions[number])
        if not floats:
            labels["p"] = np.full(len(labels["p"]), ANYWHERE)
        grid = Grid(0 if segment is None else segment + 1, number, array.reshape([*map(len, labels.values())]), labels)
        for name, known in labels.items():
            grid = grid.added(name, known)
        return grid.only("p", grid.labels["p"] >= 0) if floats else grid

    def _grain(self, meaning: _Tallied, everybody: Sequence[Grid]) -> str:
        """day, week or month: the finest that keeps the cube within its bounds, as `aggregate` chooses it."""
        shares = []
        for segment in range(len(self._wanted.segments)):
            array = self._arrays[*self._groups[segment], self._answers[0]]
            values = meaning.labels(f"s{segment}", self._axes[self._wanted.segments[segment]])
            count = np.bincount(values, weights=array.reshape(-1, *array.shape[-2:]).sum(axis=(0, 2)))
            shares.append(count / count.sum())
        for grain in ("day", "week"):
            counts = np.concatenate([one.by(grain).given().array.ravel() for one in everybody])
            size, cells = sizes(counts[counts > 0])
            if aggregate.expected(size, cells, shares) <= aggregate.MOST_CELLS:
                return grain
        return "month"

    def _sums(self, meaning: _Tallied) -> Any:
        """The sums of pairs, from how often each row of answers occurs at a place."""
        if len(self._answers) < 2:
            return None
        array = self._arrays[self._pairs]
        names = ["p"] * (self._wanted.touchpoint is not None) + [f"m{number}" for number in range(len(self._answers))]
        there = np.nonzero(array)
        part = {
            name: meaning.labels(name, self._axes[index])[at]
            for name, index, at in zip(names, self._pairs, there, strict=True)
        }
        return blocks.added_up([{"p": np.empty(0), **part, "n": array[there]}], meaning.meant)


class _Tallied(Meaning):
    """What the places on each axis of the arrays stand for."""

    def __init__(self, wanted: Wanted, words: Words) -> None:
        super().__init__(wanted, Meant(), {index: sorted(known) for index, known in words.known.items()})
        self._words = words
        self._numbers: dict[str, tuple[dict[int, int], int]] = {}
        settled = []
        for number, (index, asked) in enumerate(wanted.questions):
            settled.append(self.judged(number, index, *self.defined(index, asked)))
        self.meant.questions, self.meant.codes = tuple(one for one, _ in settled), tuple(codes for _, codes in settled)
        self.touchpoint()
        self.date()
        self.segments()

    def number(self, name: str, index: int, reading: Reading, default: int) -> None:
        known = self._words.known[index]
        self._numbers[name] = {known[text]: number for text, number in reading.numbers.items()}, default

    def constant(self, name: str, number: int) -> None:
        self._numbers[name] = {}, number

    def labels(self, name: str, axis: range) -> Numbers:
        """The number that each place of an axis stands for: first the empty cell, then the texts."""
        numbers, default = self._numbers[name]
        return np.array([default, *(numbers.get(at, default) for at in axis)], np.int64)
