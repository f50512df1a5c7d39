"""Counts as arrays with four axes, place, day, value and code: what means the same is added up, and cells come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct

from journeymap.data.answers.readings import week_and_month
from journeymap.data.counting import aggregate, blocks
from journeymap.data.counting.engine import Arrow

Numbers: TypeAlias = np.ndarray[Any, Any]

_TYPES = {"s": "int16", "q": "int16", "p": "int32", "d": "int32", "value": "int32", "code": "int32", "n": "int64"}


class Grid(Struct, frozen=True):
    """Counts of question `q` by place, day, value of the segment `s` and code: an array with these four axes, and the
    number that each place on an axis stands for, rising.
    """

    s: int
    q: int
    array: Numbers
    labels: dict[str, Numbers]

    def added(self, name: str, labels: Numbers) -> Grid:
        """What stands for the same on an axis is added up, under these `labels`."""
        if not len(labels):
            return self
        axis, order = [*self.labels].index(name), np.argsort(labels, kind="stable")
        ranked = labels[order]
        starts = np.flatnonzero(np.diff(ranked, prepend=ranked[0] - 1))
        array = self.array
        if (np.diff(labels) < 0).any():
            array = array.take(order, axis)
        if len(starts) < len(labels):
            before, behind = prod(array.shape[:axis]), prod(array.shape[axis + 1 :])
            flat = array.reshape(before, len(labels), behind)
            ends = [*starts[1:], len(labels)]
            # np.add.reduceat takes six times as long.
            added = [flat[:, start:end].sum(axis=1) for start, end in zip(starts, ends, strict=True)]
            array = np.stack(added, 1).reshape(*array.shape[:axis], len(starts), *array.shape[axis + 1 :])
        return Grid(self.s, self.q, array, {**self.labels, name: ranked[starts]})

    def only(self, name: str, which: Numbers) -> Grid:
        """The places on an axis for which `which` is true."""
        if which.all():
            return self
        array = self.array.compress(which, [*self.labels].index(name))
        return Grid(self.s, self.q, array, {**self.labels, name: self.labels[name][which]})

    def by(self, grain: str) -> Grid:
        """The same with the first days of weeks or months in place of days."""
        if grain not in aggregate.COARSE:
            return self
        firsts = [week_and_month(int(day))[aggregate.COARSE.index(grain)] for day in self.labels["d"]]
        return self.added("d", np.array(firsts, np.int64))

    def given(self) -> Grid:
        """The answers, without what is none."""
        return self.only("code", self.labels["code"] >= 0)

    def statuses(self) -> Iterator[tuple[blocks.Place, dict[int, int]]]:
        """For each place: status → rows, with 0 for answers."""
        counts, codes = self.array.sum(axis=(1, 2)), self.labels["code"]
        for place, count in zip(self.labels["p"].tolist(), counts, strict=True):
            found = {int(code): int(n) for code, n in zip(codes, count, strict=True) if code < 0 and n}
            if answers := int(count[codes >= 0].sum()):
                found[0] = answers
            if found:
                yield (self.q, place), found

    def cells(self) -> dict[str, Numbers]:
        """The cells that are not empty, in order."""
        there = np.nonzero(self.array)
        count = len(there[0])
        named = {name: labels[at] for (name, labels), at in zip(self.labels.items(), there, strict=True)}
        return {"s": np.full(count, self.s), "q": np.full(count, self.q), **named, "n": self.array[there]}


def table(grids: Sequence[Grid]) -> Arrow:
    """The cells of grids one after the other, as `Counted` has them."""
    import pyarrow as pa

    parts = [one.cells() for one in grids]
    found = {name: np.concatenate([part[name] for part in parts]).astype(kind) for name, kind in _TYPES.items()}
    kinds = {"int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64()}
    return pa.table(
        {
            name: pa.Array.from_buffers(kinds[_TYPES[name]], len(column), [None, pa.py_buffer(column)])
            for name, column in found.items()
        }
    )


def sizes(counts: Numbers) -> tuple[Numbers, Numbers]:
    """Which counts occur, and how often each."""
    if counts.max(initial=0) > len(counts):
        return np.unique(counts, return_counts=True)
    often = np.bincount(counts)  # a tenth of the time of sorting
    return np.flatnonzero(often), often[often > 0]
