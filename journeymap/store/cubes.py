"""Count blocks as compressed columns, and reading them when they are asked for.

`columns` is a zlib stream of little-endian arrays behind one another: day, value, code (int32), n (int64), where
`weighted` w and w2 (float64), where `exact` x and xx (float64), each of `cells` entries. `codes` and `values` are JSON lists.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.cube import Block, BlockKey, Cube, Pair
from journeymap.model.records import Id
from journeymap.store.rows import to_json

if TYPE_CHECKING:
    from journeymap.store.deed import Deed

_ALWAYS: Final = {"day": "i", "value": "i", "code": "i", "n": "q"}
_WEIGHTS: Final = {"w": "d", "w2": "d"}
_SUMS: Final = {"x": "d", "xx": "d"}
_WIDTH: Final = {"i": 4, "q": 8, "d": 8}
_LEVEL: Final = 3
"""Of compression: a tenth larger than at zlib's usual 6, in half of the time."""
MOST_CELLS: Final = 16_000_000
_AT_ONCE: Final = 500  # names in one question to the database


def block_row(key: BlockKey, block: Block) -> dict[str, Any]:
    """A block as a row of `cube_block`. Raises ValueError where its columns do not fit one another."""
    columns = _layout(bool(block.w), bool(block.x))
    if not _fits(block) or any(len(getattr(block, name)) != len(block.day) for name in columns):
        raise ValueError(f"the columns of block {key} do not fit one another")
    return {
        "measure_id": key[0],
        "segment_column": key[1],
        "codes": to_json(tuple(block.codes)),
        "values": to_json(tuple(block.values)),
        "cells": len(block.day),
        "weighted": int("w" in columns),
        "exact": int("x" in columns),
        "columns": zlib.compress(b"".join(_little(getattr(block, name)).tobytes() for name in columns), _LEVEL),
    }


def _layout(weighted: int, exact: int) -> dict[str, str]:
    """The columns of a block and the types of their entries, in their order."""
    return _ALWAYS | (_WEIGHTS if weighted else {}) | (_SUMS if exact else {})


def _little(column: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column


def block_of(codes: str, values: str, cells: int, weighted: int, exact: int, columns: bytes) -> Block:
    """The block of a row. Raises Failure where the row is damaged."""
    try:
        arrays = _unpacked(columns, cells, _layout(weighted, exact))
        names, numbers = json.loads(values), [float(code) for code in json.loads(codes)]
    except (ValueError, TypeError, OverflowError, RecursionError, zlib.error) as error:
        raise _damaged() from error
    absent: dict[str, Any] = {name: array("d") for name in ("w", "w2", "x", "xx") if name not in arrays}
    block = Block(tuple(names), tuple(numbers), **arrays, **absent)
    if not _fits(block):
        raise _damaged()
    return block


def _fits(block: Block) -> bool:
    """Whether every cell names a value and a code that are there."""
    if not all(isinstance(name, str) for name in block.values) or len(block.day) > MOST_CELLS:
        return False
    if not block.day:
        return True
    values, codes = range(len(block.values)), range(len(block.codes))
    return set(block.value).issubset(values) and set(block.code).issubset(codes) and min(block.n) >= 0


def _unpacked(data: bytes, cells: int, layout: Mapping[str, str]) -> dict[str, Any]:
    if not 0 <= cells <= MOST_CELLS:
        raise ValueError(cells)
    size = cells * sum(_WIDTH[of] for of in layout.values())
    # One byte more than it may be, so that a bomb is found out without being unpacked.
    plain = zlib.decompressobj().decompress(data, size + 1)
    if len(plain) != size:
        raise ValueError(len(plain))
    arrays: dict[str, Any] = {}
    at = 0
    for name, of in layout.items():
        column: array[Any] = array(of)
        column.frombytes(plain[at : at + cells * _WIDTH[of]])
        arrays[name] = _little(column)
        at += cells * _WIDTH[of]
    return arrays


def _damaged() -> Failure:
    return Failure(_("The counts of a data set in this map are damaged. Import the data set again."))


class Blocks(Mapping[BlockKey, Block]):
    """The blocks of some measures, each unpacked when it is asked for, then kept; which there are, when somebody counts them.

    Whoever asks for a second block of a segment column mostly goes through all of them: each question to the file brings
    twice as many as the one before, still packed.
    """

    def __init__(self, measures: Iterable[Id], fresh: Mapping[BlockKey, Block], ask: Callable[..., Any]) -> None:
        """`fresh` holds blocks that are not on disk yet; `ask` runs a function of a connection to the file."""
        self._ask = ask
        self._mine = dict.fromkeys(measures)
        self._fresh = {key: block for key, block in fresh.items() if key[0] in self._mine}
        self._known: dict[BlockKey, Block | None] = dict(self._fresh)
        self._packed: dict[BlockKey, tuple[Any, ...] | None] = {}
        self._unread: dict[str, dict[Id, None]] = {}  # segment column → measures
        self._many: dict[str, int] = {}  # segment column → how many the next question brings

    def __getitem__(self, key: BlockKey) -> Block:
        if key not in self._known:
            if key[0] not in self._mine:
                raise KeyError(key)
            if key not in self._packed:
                self._read(*key)
            row = self._packed[key]
            self._known[key] = None if row is None else block_of(*row)
            del self._packed[key]
        block = self._known[key]
        if block is None:
            raise KeyError(key)
        return block

    def _read(self, measure: Id, column: str) -> None:
        """Asks for a block, and for some others of the same column."""
        unread = self._unread.setdefault(column, {one: None for one in self._mine if (one, column) not in self._fresh})
        many = self._many.get(column, 1)
        some = [measure, *islice((one for one in unread if one != measure), many - 1)]
        found = self._ask(lambda connection: _rows(connection, some, column))
        self._many[column] = min(2 * many, _AT_ONCE)
        for one in some:
            self._packed[one, column] = found.get(one)
            del unread[one]

    @cached_property
    def _keys(self) -> set[BlockKey]:
        return {*self._ask(lambda connection: _keys(connection, sorted(self._mine))), *self._fresh}

    def __iter__(self) -> Iterator[BlockKey]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def cube(measures: Iterable[Id], deeds: Iterable[Deed], ask: Callable[..., Any]) -> Cube:
    """The counts of some measures, from the file and from `deeds` that are not in it yet; `ask` as for `Blocks`."""
    mine, deeds = set(measures), list(deeds)
    fresh = {key: block for deed in deeds for key, block in deed.blocks.items()}
    return Cube(Blocks(mine, fresh, ask), _Pairs(mine, [pair for deed in deeds for pair in deed.pairs], ask))


class _Pairs(Iterable[Pair]):
    """The pairwise sums between some measures, read when somebody goes through them, then kept."""

    def __init__(self, mine: set[Id], fresh: Iterable[Pair], ask: Callable[..., Any]) -> None:
        self._mine, self._fresh, self._ask = mine, fresh, ask

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._pairs)

    @cached_property
    def _pairs(self) -> tuple[Pair, ...]:
        found = {(pair.a, pair.b): pair for pair in self._ask(lambda connection: pairs_of(connection, self._mine))}
        found |= {(pair.a, pair.b): pair for pair in self._fresh if {pair.a, pair.b} <= self._mine}
        return tuple(found.values())


def _keys(connection: sqlite3.Connection, measures: list[Id]) -> list[BlockKey]:
    found: list[BlockKey] = []
    for start in range(0, len(measures), _AT_ONCE):
        some = measures[start : start + _AT_ONCE]
        query = f"SELECT measure_id, segment_column FROM cube_block WHERE measure_id IN ({_marks(some)})"  # noqa: S608
        found += connection.execute(query, some)
    return found


def _rows(connection: sqlite3.Connection, measures: list[Id], column: str) -> dict[Id, tuple[Any, ...]]:
    """The blocks of some measures as `block_of` takes them."""
    query = (
        'SELECT measure_id, codes, "values", cells, weighted, exact, columns FROM cube_block'  # noqa: S608
        f" WHERE segment_column = ? AND measure_id IN ({_marks(measures)})"
    )
    return {row[0]: row[1:] for row in connection.execute(query, (column, *measures))}


def pairs_of(connection: sqlite3.Connection, measures: Iterable[Id]) -> list[Pair]:
    """The pairwise sums between some measures."""
    mine = set(measures)
    found: list[Pair] = []
    some = sorted(mine)
    for start in range(0, len(some), _AT_ONCE):
        part = some[start : start + _AT_ONCE]
        query = f"SELECT {', '.join(Pair.__struct_fields__)} FROM cube_pair WHERE a IN ({_marks(part)})"  # noqa: S608
        found += [pair for row in connection.execute(query, part) if (pair := Pair(*row)).b in mine]
    return found


def _marks(values: Sequence[object]) -> str:
    """Question marks for as many values."""
    return ", ".join("?" * len(values))
