"""The count cube: what a map keeps of a data set. Never rows, never mere totals.

A cube has one block per measure and segment column: cells (day × segment value × answer code) → n, Σw, Σw².
A measure already is one question at one touchpoint, so a block is small and is read from the file only when
a figure needs it. Segments are kept one column at a time, not crossed. For quantities (durations, numbers)
a code is a log-spaced bin, named by its geometric centre; such a block also keeps the exact sums (`x`, `xx`),
so that a mean does not suffer from the bins. Codes of a scale stand as they are in the file: a reversed scale is
mirrored when a figure is computed, never when it is stored.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct, field

from journeymap.model.records import Id

EVERYBODY = ""
"""The name of the segment column that does not divide: all respondents."""

BlockKey: TypeAlias = tuple[Id, str]
"""(measure id, segment column or EVERYBODY)."""

PER_DECADE = 50
"""Bins of quantities in a decade: their centre is at most 2.3 % off."""
HALF_BIN = 10 ** (0.5 / PER_DECADE)
"""From the centre of a bin to its edge, as a factor."""

UNDATED = -(2**31)
"""The day of answers without a date."""


class Block(Struct, frozen=True, eq=False):
    """Parallel columns, one entry a cell, sorted by (day, value, code).

    day: first day of the cell's grain, days since 1970-01-01, or UNDATED ("i").
    value: index into `values` ("i"); code: index into `codes` ("i"); n: answers ("q").
    w, w2: Σw and Σw² ("d"); empty where the data set is unweighted.
    x, xx: exact Σwx and Σwx² of the quantities in the cell (w = 1 where unweighted) ("d"); empty where the code
    itself is the answer.
    """

    values: tuple[str, ...]
    codes: tuple[float, ...]
    day: array[int]
    value: array[int]
    code: array[int]
    n: array[int]
    w: array[float]
    w2: array[float]
    x: array[float] = field(default_factory=lambda: array("d"))
    xx: array[float] = field(default_factory=lambda: array("d"))


class Pair(Struct, frozen=True):
    """Sums over the respondents who answered both of two measures, for key drivers: n, Σx, Σy, Σx², Σy², Σxy."""

    a: Id
    b: Id
    n: int
    x: float
    y: float
    xx: float
    yy: float
    xy: float


class Cube(Struct, frozen=True):
    """The counts of one data set; immutable. `blocks` may be a lazy mapping over the file."""

    blocks: Mapping[BlockKey, Block]
    pairs: Iterable[Pair] = ()
