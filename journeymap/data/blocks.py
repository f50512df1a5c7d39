"""From counted cells to the blocks and pairs of a cube. numpy for slicing; no loop over cells."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from journeymap.data.aggregate import Counted, used_rows
from journeymap.data.coding import ANYWHERE, NOWHERE, Coded, Wanted
from journeymap.data.engine import Engine, columns
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

    cells = columns(counted.cells)
    if not len(cells["n"]):
        return
    edges = np.zeros(len(cells["n"]), dtype=bool)
    edges[0] = True
    for key in ("s", "q", "p"):
        edges[1:] |= cells[key][1:] != cells[key][:-1]
    starts = [*np.flatnonzero(edges).tolist(), len(edges)]
    for start, end in pairwise(starts):
        part = {name: column[start:end] for name, column in cells.items()}
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
        codes=tuple(_code(coded, question, int(index)) for index in codes),
        day=_array("i", part["d"]),
        value=_array("i", value),
        code=_array("i", code),
        n=_array("q", part["n"]),
        w=_array("d", part.get("w")),
        w2=_array("d", part.get("w2")),
        x=_array("d", part.get("x") if binned else None),
        xx=_array("d", part.get("xx") if binned else None),
    )


def _code(coded: Coded, question: int, index: int) -> float:
    meaning = coded.codes[question]
    if meaning is not None:
        return meaning[index]
    return centre(index)


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

    asked = [number for number in range(len(coded.questions)) if number not in coded.units]
    count = len(asked)
    if not 2 <= count <= MOST_PAIRED:
        return []
    binned = {f"v{place}": f"v{number}" for place, number in enumerate(asked) if coded.codes[number] is None}
    used = used_rows(coded, "p", *(f"m{number}" for number in asked), *binned.values())
    wanted_columns = {"p": used.p} | {f"m{place}": used[f"m{number}"] for place, number in enumerate(asked)}
    wanted_columns |= {name: used[known].fill_null(0.0) for name, known in binned.items()}
    known_codes = [coded.codes[number] for number in asked]
    lookups = [None if codes is None else np.asarray([*codes, 0.0]) for codes in known_codes]
    totals = np.zeros((len(coded.places) + 1, 4, count, count))
    for batch in engine.stream(used.select(**wanted_columns), max(1_000_000 // count, 1000)):
        part = columns(batch)
        for place, rows in _by_place(part["p"] if coded.places else None, len(part["p"])):
            _add(totals[place], {name: column[rows] for name, column in part.items()}, lookups)
    return list(_pairs(totals, coded, wanted, asked, measure))


def _by_place(place: Any, count: int) -> Iterator[tuple[int, Any]]:
    """The rows of each place; −1, the last, for those without one (NOWHERE is −1 as well)."""
    import numpy as np

    if place is None:
        yield -1, slice(0, count)
        return
    order = np.argsort(place.astype(np.int16), kind="stable")
    starts = np.flatnonzero(np.diff(place[order], prepend=-2))
    for start, end in pairwise([*starts.tolist(), count]):
        rows = order[start:end]
        yield int(place[rows[0]]), rows


def _add(total: Any, part: dict[str, Any], lookups: list[Any]) -> None:
    """Adds n, Σx, Σx² (of the row's question, where the column's is answered too) and Σxy of the rows in `part`."""
    import numpy as np

    answers = np.stack([part[f"m{number}"] for number in range(len(lookups))])
    given = (answers >= 0).astype(float)
    value = np.empty(given.shape)
    for number, lookup in enumerate(lookups):
        value[number] = part[f"v{number}"] if lookup is None else lookup[np.maximum(answers[number], -1)]
    total += np.stack([given @ given.T, value @ given.T, (value * value) @ given.T, value @ value.T])


def _pairs(
    totals: Any, coded: Coded, wanted: Wanted, asked: list[int], measure: Callable[[Place], Id | None]
) -> Iterator[Pair]:
    floats = [wanted.floats(coded.questions[number]) for number in asked]
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
                ids = [measure((asked[each], at if floats[each] else ANYWHERE)) for each in (a, b)]
                if n and ids[0] is not None and ids[1] is not None:
                    yield Pair(ids[0], ids[1], int(n), float(x), float(y), float(xx), float(yy), float(xy))
