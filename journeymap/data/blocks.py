"""From counted cells to the blocks and pairs of a cube. numpy for slicing; no loop over cells."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from journeymap.data.aggregate import Counted
from journeymap.data.coding import ANYWHERE, NOWHERE, USED, Coded, Wanted
from journeymap.data.engine import Engine
from journeymap.data.quantities import centre
from journeymap.model.cube import Block, Pair
from journeymap.model.records import Id

if TYPE_CHECKING:
    import numpy as np

MOST_PAIRED = 100
"""Questions beyond this number are not paired: the sums grow with the square."""

Place = tuple[int, int]
"""(question, index into the places or ANYWHERE)."""


def blocks(coded: Coded, counted: Counted) -> Iterator[tuple[Place, int, Block]]:
    """The blocks with at least one cell: ((question, place), segment column from 0 for everybody, block)."""
    import numpy as np

    columns = {name: counted.cells.column(name).to_numpy() for name in counted.cells.column_names}
    if not len(columns["n"]):
        return
    edges = np.zeros(len(columns["n"]), dtype=bool)
    edges[0] = True
    for key in ("s", "q", "p"):
        edges[1:] |= columns[key][1:] != columns[key][:-1]
    starts = [*np.flatnonzero(edges).tolist(), len(edges)]
    for start, end in pairwise(starts):
        part = {name: column[start:end] for name, column in columns.items()}
        segment, question, place = (int(part[key][0]) for key in ("s", "q", "p"))
        yield (question, place), segment, _block(coded, part, segment, question)


def _block(coded: Coded, part: dict[str, Any], segment: int, question: int) -> Block:
    import numpy as np

    values, value = np.unique(part["value"], return_inverse=True)
    codes, code = np.unique(part["code"], return_inverse=True)
    meaning = coded.codes[question]
    binned = meaning is None
    return Block(
        values=tuple(coded.values[segment - 1][index] for index in values) if segment else ("",),
        codes=tuple(centre(int(index)) if meaning is None else meaning[index] for index in codes),
        day=_array("i", part["d"]),
        value=_array("i", value),
        code=_array("i", code),
        n=_array("q", part["n"]),
        w=_array("d", part.get("w")),
        w2=_array("d", part.get("w2")),
        x=_array("d", part.get("x") if binned else None),
        xx=_array("d", part.get("xx") if binned else None),
    )


_TYPES = {"i": "int32", "q": "int64", "d": "float64"}


def _array(kind: str, column: np.ndarray[Any, Any] | None) -> array[Any]:
    found: array[Any] = array(kind)
    if column is not None:
        found.frombytes(column.astype(_TYPES[kind], copy=False).tobytes())
    return found


def pairs(engine: Engine, coded: Coded, wanted: Wanted, measure: Callable[[Place], Id | None]) -> list[Pair]:
    """Sums over the rows that answer both of two questions at the same place; `measure` gives a place's measure id.

    One stream over the coded rows and matrix products: with the engine alone this would be a grouping for each of
    k² / 2 pairs. Unweighted: a correlation between questions, not an estimate for the population.
    """
    import numpy as np

    count = len(coded.questions)
    if not 2 <= count <= MOST_PAIRED:
        return []
    used = coded.table.filter(coded.table.why == USED)
    names = [f"m{number}" for number in range(count)]
    binned = [number for number, codes in enumerate(coded.codes) if codes is None]
    wanted_columns = [*(["p"] if coded.places else []), *names, *(f"v{number}" for number in binned)]
    lookups = [None if codes is None else np.asarray([*codes, 0.0]) for codes in coded.codes]
    totals = np.zeros((len(coded.places) + 1, 4, count, count))
    for batch in engine.stream(used.select(*wanted_columns), max(2_000_000 // count, 1000)):
        answers = np.stack([batch.column(name).to_numpy(zero_copy_only=False) for name in names], axis=1)
        given = (answers >= 0).astype(float)
        value = np.zeros(answers.shape)
        for number, lookup in enumerate(lookups):
            if lookup is None:
                column = batch.column(f"v{number}").to_numpy(zero_copy_only=False)
                value[:, number] = np.nan_to_num(column)
            else:
                value[:, number] = lookup[np.where(answers[:, number] >= 0, answers[:, number], -1)]
        _add(totals, batch.column("p").to_numpy() if coded.places else None, given, value)
    return list(_pairs(totals, coded, wanted, measure))


def _add(totals: Any, place: Any, given: Any, value: Any) -> None:
    """Adds n, Σx, Σx² (of the row's question, where the column's is answered too) and Σxy of these rows, by place."""
    import numpy as np

    groups = np.unique(place).tolist() if place is not None else [None]
    for group in groups:
        g, v = (given, value) if group is None else (given[place == group], value[place == group])
        total = totals[-1 if group is None else group]  # NOWHERE is −1 as well: the last
        total[0] += g.T @ g
        total[1] += v.T @ g
        total[2] += (v * v).T @ g
        total[3] += v.T @ v


def _pairs(totals: Any, coded: Coded, wanted: Wanted, measure: Callable[[Place], Id | None]) -> Iterator[Pair]:
    floats = [wanted.floats(question) for question in coded.questions]
    whole = totals.sum(axis=0)
    count = len(floats)
    for place, total in enumerate(totals):
        at = NOWHERE if place == len(coded.places) else place
        for a in range(count):
            for b in range(a + 1, count):
                moving = floats[a] or floats[b]
                if moving == (at == NOWHERE):  # what stands still is counted once, over all rows
                    continue
                n, x, xx, xy = (total if moving else whole)[:, a, b]
                _n, y, yy, _xy = (total if moving else whole)[:, b, a]
                ids = [measure((number, at if floats[number] else ANYWHERE)) for number in (a, b)]
                if n and ids[0] is not None and ids[1] is not None:
                    yield Pair(ids[0], ids[1], int(n), float(x), float(y), float(xx), float(yy), float(xy))
