"""From counted cells to the blocks and pairs of a cube. numpy for slicing; no loop over cells."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from journeymap.data.counting.aggregate import Counted, used_rows
from journeymap.data.counting.engine import Engine, columns
from journeymap.data.counting.quantities import centre
from journeymap.data.counting.wanted import ANYWHERE, NOWHERE, Coded, Meant, Wanted
from journeymap.model.cube import Block, Pair
from journeymap.model.records import Id

if TYPE_CHECKING:
    import numpy as np

    Numbers: TypeAlias = np.ndarray[Any, Any]

MOST_PAIRED = 100
"""Questions beyond this number are not paired: the sums grow with the square."""
MOST_DIFFERENT = 500_000
"""Where there can be no more different rows of answers, they are counted before they are paired."""

_AT_ONCE = 100
"""So many pairs are asked for in one question: six columns each, of which PostgreSQL answers 1,664."""
_FEW = 24

Place = tuple[int, int]
"""(question, index into the places or ANYWHERE)."""


def blocks(meant: Meant, counted: Counted) -> Iterator[tuple[Place, int, Block]]:
    """The blocks with at least one cell: ((question, place), segment column from 0 for everybody, block)."""
    import numpy as np

    cells = columns(counted.cells)
    if not len(cells["n"]):
        return
    edges = np.zeros(len(cells["n"]), dtype=bool)
    edges[0] = True
    for key in ("s", "q", "p"):
        edges[1:] |= cells[key][1:] != cells[key][:-1]
    starts = np.flatnonzero(edges)
    bounds = [*starts.tolist(), len(edges)]
    values, value = _numbered(cells["value"], starts)
    codes, code = _numbered(cells["code"], starts)
    keys = zip(*(cells[name][starts].tolist() for name in ("s", "q", "p")), strict=True)
    whole = {"day": cells["d"], "value": value, "code": code} | {
        name: cells[name] for name in ("n", "w", "w2", "x", "xx") if name in cells
    }
    typed = {name: (kind, whole[name].astype(_TYPES[kind])) for name, kind in _KINDS.items() if name in whole}
    for i, (segment, question, place) in enumerate(keys):
        mine = values[i].tolist()
        yield (
            (question, place),
            segment,
            Block(
                values=tuple(meant.values[segment - 1][index] for index in mine) if segment else ("",),
                codes=tuple(_code(meant, question, index) for index in codes[i].tolist()),
                **_arrays(typed, bounds[i], bounds[i + 1], binned=meant.codes[question] is None),
            ),
        )


def _numbered(column: Numbers, starts: Numbers) -> tuple[list[Numbers], Numbers]:
    """Which whole numbers occur in each stretch of a column, rising, and for each entry its place among those of its stretch.

    `starts`: where each stretch begins. All of them at once: to sort each by itself takes ten times as long.
    """
    import numpy as np

    low, lengths = np.minimum.reduceat(column, starts).astype(np.int64), np.diff(starts, append=len(column))
    begins = np.concatenate([[0], np.cumsum(np.maximum.reduceat(column, starts) - low + 1)])
    at = column + np.repeat(begins[:-1] - low, lengths)
    there = np.zeros(begins[-1], dtype=bool)
    there[at] = True
    rank = np.concatenate([[0], np.cumsum(there)])
    firsts, occurring = rank[begins], np.flatnonzero(there)
    found = [occurring[firsts[i] : firsts[i + 1]] - begins[i] + low[i] for i in range(len(starts))]
    return found, rank[at] - np.repeat(firsts[:-1], lengths)


_KINDS: Final = {"day": "i", "value": "i", "code": "i", "n": "q", "w": "d", "w2": "d", "x": "d", "xx": "d"}
_TYPES: Final = {"i": "int32", "q": "int64", "d": "float64"}


def _arrays(typed: dict[str, tuple[str, Numbers]], start: int, end: int, *, binned: bool) -> dict[str, array[Any]]:
    """The columns of one block; exact sums only where the codes are bins."""
    found: dict[str, array[Any]] = {name: array(kind) for name, kind in _KINDS.items()}
    for name, (_kind, column) in typed.items():
        if binned or name not in {"x", "xx"}:
            found[name].frombytes(column[start:end].tobytes())
    return found


def _code(meant: Meant, question: int, index: int) -> float:
    meaning = meant.codes[question]
    if meaning is not None:
        return meaning[index]
    return centre(index)


def sums(engine: Engine, coded: Coded) -> Any:
    """Sums over the rows that answer both of two questions at the same place, as `pairs` takes them: an array
    (place, which sum, question, question); None where there is nothing to pair.

    One stream over the coded rows and matrix products: with the engine alone this would be a grouping for each of
    k² / 2 pairs. Few questions on scales have few different rows of answers, which the engine counts first. Unweighted:
    a correlation between questions, not an estimate for the population.
    """
    asked = _asked(coded)
    if not 2 <= len(asked) <= MOST_PAIRED:
        return None
    return _asked_for(engine, coded, asked) if engine.far else _streamed(engine, coded, asked)


def pairs(totals: Any, meant: Meant, wanted: Wanted, measure: Callable[[Place], Id | None]) -> list[Pair]:
    """The `sums` as pairs of measures; `measure` gives a place's measure id."""
    return [] if totals is None else list(_pairs(totals, meant, wanted, _asked(meant), measure))


def _asked(meant: Meant) -> list[int]:
    return [number for number in range(len(meant.questions)) if number not in meant.units]


def _streamed(engine: Engine, coded: Coded, asked: list[int]) -> Any:
    """The sums of all pairs, (place, which sum, question, question), from the rows."""
    count = len(asked)
    binned = {f"v{place}": f"v{number}" for place, number in enumerate(asked) if coded.codes[number] is None}
    used = used_rows(coded, "p", *(f"m{number}" for number in asked), *binned.values())
    wanted_columns = {"p": used.p} | {f"m{place}": used[f"m{number}"] for place, number in enumerate(asked)}
    wanted_columns |= {name: used[known].fill_null(0.0) for name, known in binned.items()}
    rows = used.select(**wanted_columns)
    if not binned and _different(coded, asked) < MOST_DIFFERENT:
        rows = rows.group_by(list(wanted_columns)).agg(n=rows.count())
    return added_up(map(columns, engine.stream(rows, max(1_000_000 // count, 1000))), coded)


def _different(meant: Meant, asked: list[int]) -> int:
    """How many different rows of answers there can be."""
    return prod(len(meant.codes[number] or ()) + 2 for number in asked) * (len(meant.places) + 1)


def added_up(parts: Iterable[dict[str, Numbers]], meant: Meant) -> Numbers:
    """The sums of all pairs, (place, which sum, question, question), from rows: their place `p`, answers `m0` …, for
    questions in bins quantities `v…`, and how often a row occurs, `n`, if more than once.
    """
    import numpy as np

    asked = _asked(meant)
    known = [meant.codes[number] for number in asked]
    lookups = [None if codes is None else np.asarray([*codes, 0.0]) for codes in known]
    totals = np.zeros((len(meant.places) + 1, 4, len(asked), len(asked)))
    for part in parts:
        for place, rows in _by_place(part["p"] if meant.places else None, len(part["m0"])):
            _add(totals[place], {name: column[rows] for name, column in part.items() if name != "p"}, lookups)
    return totals


def _asked_for(engine: Engine, coded: Coded, asked: list[int]) -> Any:
    """The same sums, added up where the rows are: only they travel."""
    import numpy as np

    count = len(asked)
    totals = np.zeros((len(coded.places) + 1, 4, count, count))
    given = _given(engine, coded, asked)
    keys = {"place": given.p} if coded.places else {}
    both = [(a, b) for a in range(count) for b in range(a + 1, count)]
    for start in range(0, len(both), _AT_ONCE):
        some = both[start : start + _AT_ONCE]
        sums = {f"{name}_{a}_{b}": found.sum() for a, b in some for name, found in _products(given, a, b).items()}
        grouped = given.group_by(**keys).agg(**sums) if keys else given.agg(**sums)
        for row in engine.ask(grouped).to_pylist():
            total = totals[row.get("place", NOWHERE)]
            for a, b in some:
                n, x, y, xx, yy, xy = (row[f"{name}_{a}_{b}"] or 0 for name in ("n", "x", "y", "xx", "yy", "xy"))
                total[0, a, b], total[0, b, a] = n, n
                total[1, a, b], total[1, b, a] = x, y
                total[2, a, b], total[2, b, a] = xx, yy
                total[3, a, b], total[3, b, a] = xy, xy
    return totals


def _products(given: Any, a: int, b: int) -> dict[str, Any]:
    """What is added up over the rows for a pair: `g` is 1 where a question is answered, `v` its value or 0."""
    one, other, x, y = (given[f"{name}{place}"] for name, place in (("g", a), ("g", b), ("v", a), ("v", b)))
    return {"n": one * other, "x": x * other, "y": y * one, "xx": x * x * other, "yy": y * y * one, "xy": x * y}


def _given(engine: Engine, coded: Coded, asked: list[int]) -> Any:
    """A row's place, and for each question whether it is answered (`g…`) and its value (`v…`)."""
    import ibis

    binned = [f"v{number}" for number in asked if coded.codes[number] is None]
    used = used_rows(coded, "p", *(f"m{number}" for number in asked), *binned)
    columns: dict[str, Any] = {}
    for place, number in enumerate(asked):
        codes, code = coded.codes[number], used[f"m{number}"]
        answered = code >= 0
        if codes is None:
            value = used[f"v{number}"].fill_null(0.0)
        elif len(codes) <= _FEW:
            known = [(index, ibis.literal(float(worth), "float64")) for index, worth in enumerate(codes)]
            value = code.cases(*known, else_=ibis.literal(0.0, "float64")) if known else ibis.literal(0.0, "float64")
        else:
            worth = engine.put(
                f"worth{number}", {f"at{number}": "INTEGER", f"worth{number}": "DOUBLE"}, enumerate(codes)
            )
            used = used.left_join(worth, code == worth[f"at{number}"])
            value = used[f"worth{number}"].fill_null(0.0)
        columns |= {f"g{place}": ibis.ifelse(answered, 1, 0).cast("int64"), f"v{place}": value}
    return engine.keep("given", used.select(p=used.p, **columns))


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
    times = part["n"].astype(float) if "n" in part else 1.0
    many = given * times
    total += np.stack([many @ given.T, value @ many.T, (value * value) @ many.T, (value * times) @ value.T])


def _pairs(
    totals: Any, meant: Meant, wanted: Wanted, asked: list[int], measure: Callable[[Place], Id | None]
) -> Iterator[Pair]:
    floats = [wanted.floats(meant.questions[number]) for number in asked]
    whole = totals.sum(axis=0)
    count = len(floats)
    for place, total in enumerate(totals):
        at = NOWHERE if place == len(meant.places) else place
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
