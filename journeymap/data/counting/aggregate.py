"""The counting: measure × day × segment value × answer code → n, Σw, Σw², by a columnar engine.

The expressions below are ibis, written once; here they run in DuckDB (`engine`), for a database over there
(`databases.afar`: PostgreSQL, Spark, a warehouse), and only counts travel. Considered beside it: SQLAlchemy Core counts as well but has no engine of its own
for a file; polars is a third faster on a file and runs nowhere else. Text becomes small numbers first (`coding`), so
that what a cell means is decided in Python once a text, not once a row. Large plain files are counted in another way, while
they are read (`tallying`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from journeymap.data.counting.composing import STILL_OPEN
from journeymap.data.counting.engine import Arrow, Engine, columns, narrow
from journeymap.data.counting.wanted import ANYWHERE, NOWHERE, UNDATABLE, UNWEIGHABLE, USED, Coded, Wanted
from journeymap.model.cube import UNDATED

if TYPE_CHECKING:
    import ibis

MOST_CELLS = 1_000_000
"""Beyond so many cells the grain is coarsened: day, then week, then month."""

PART, VERY_MANY = MOST_CELLS // 2, 4 * MOST_CELLS
"""So many of very many rows are counted by themselves, to see whether days are too fine a grain."""

REASONS = {UNDATABLE: "no readable date", UNWEIGHABLE: "no usable weight"}
"""Why rows are left out, as the row account says it."""

COARSE = ("week", "month")

_FEW = 24
"""So many questions are counted one by one."""

_MONDAY = 3
"""1970 began on a Thursday: so many days after a Monday."""

_KEYS = ("s", "q", "p", "d", "value", "code")


class Counted(Struct):
    """The cells, sorted by segment column `s` (0: everybody), question `q`, place `p`, day `d`, `value`, `code`.

    `statuses` maps (question, place) to {status: rows}, with 0 for answers.
    """

    cells: Arrow
    grain: str
    statuses: dict[tuple[int, int], dict[int, int]]
    rows: int
    dropped: dict[str, int]
    no_touchpoint: int
    first_day: int | None = None
    last_day: int | None = None


def count(engine: Engine, coded: Coded, wanted: Wanted, step: Callable[[float], None]) -> Counted:
    """Counts the coded rows. `step` is told how far it is (0..1), and may raise to stop."""
    seen = _seen(engine, coded, dated=wanted.date is not None)
    step(0.1)
    finest = _finest(engine, coded, wanted, seen.rows) if seen.first is not None else "day"
    everybody, divided = _everybody(engine, coded, wanted, finest)
    step(0.4)
    grain = "all" if seen.first is None else finest if finest == "month" else _grain(engine, coded, everybody)
    if grain in COARSE and grain != finest:
        coarse = _dated(grain, coded, _sums_of(_by(grain, coded, everybody), [*_KEYS]))
        everybody = engine.here.keep("everybody_coarse", coarse)
    parts = [everybody.filter(everybody.code >= 0)]
    parts += [] if divided is None else [divided.filter(divided.code >= 0)]
    if len(parts) <= len(coded.values):
        given = [answers.filter(answers.code >= 0) for answers in _answers(coded, wanted, grain)]
        groups = [_dated(grain, coded, _cells(engine, given, at)) for at in range(len(parts), len(coded.values) + 1)]
        parts.append(engine.bring("groups", _united(groups)))
    cells = _united(parts)
    found = engine.here.ask(cells.order_by([cells[key] for key in _KEYS]))
    step(1.0)
    return Counted(found, grain, _statuses(engine, coded, everybody), *seen)


class _Seen(NamedTuple):
    """How many rows there are, how many are left out and why, how many of those used name no touchpoint, and their days."""

    rows: int
    dropped: dict[str, int]
    no_touchpoint: int
    first: int | None
    last: int | None


def _seen(engine: Engine, coded: Coded, *, dated: bool) -> _Seen:
    table = coded.table
    if coded.days is not None:  # nothing else is to be found out from the rows
        return _Seen(engine.ask(table.agg(n=table.count())).column(0)[0].as_py(), {}, 0, *coded.days)
    days = {"first": table.d.min(), "last": table.d.max()} if dated else {}
    counted = table.group_by(why=table.why, nowhere=table.p == NOWHERE).agg(n=table.count(), **days)
    found = engine.ask(counted).to_pylist()
    dropped = {reason: sum(row["n"] for row in found if row["why"] == why) for why, reason in REASONS.items()}
    used = [row for row in found if row["why"] == USED]
    first, last = ({row[end] for row in used if end in row} for end in ("first", "last"))
    if UNDATED in first:
        some = used_rows(coded, "d")
        first = {*engine.ask(some.filter(some.d != UNDATED).agg(first=some.d.min())).column(0).to_pylist()} - {None}
    return _Seen(
        sum(row["n"] for row in found),
        {reason: n for reason, n in dropped.items() if n},
        sum(row["n"] for row in used if row["nowhere"]),
        min(first, default=None),
        max(last - {UNDATED}, default=None),
    )


def used_rows(coded: Coded, *names: str, number: int = -1) -> ibis.Table:
    """Some columns of the rows that count, or of what the question `number` looks at."""
    table = narrow(coded.rows(number), ("why", *names))
    return table.filter(table.why == USED)


def _everybody(engine: Engine, coded: Coded, wanted: Wanted, grain: str) -> tuple[ibis.Table, ibis.Table | None]:
    """Everybody's cells. Where no coarser grain will follow, from those of the first segment, which are there as well."""
    import ibis

    answers = _answers(coded, wanted, grain)
    if grain != "month" or not coded.values:
        return engine.bring("everybody", _dated(grain, coded, _cells(engine, answers))), None
    divided = engine.bring("divided", _dated(grain, coded, _cells(engine, answers, 1)))
    whole = divided.mutate(s=ibis.literal(0, "int16"), value=ibis.literal(0, "int32"))
    return engine.here.keep("everybody", _sums_of(whole, [*_KEYS])), divided


def _answers(coded: Coded, wanted: Wanted, grain: str) -> list[ibis.Table]:
    """For each question one row for each row that it looks at: q, p, d, code, the segments' values, weight and quantity.

    Of a coarse grain `d` is the number of the week or month.
    """
    import ibis

    parts = []
    kept = [name for name in coded.table.columns if name in {"d", "w"} or name.startswith("s")]
    for number, question in enumerate(coded.questions):
        floats = wanted.floats(question)
        values = [f"v{number}"] if coded.codes[number] is None else []
        rows = used_rows(coded, "p", *kept, f"m{number}", *values, number=number)
        if grain in COARSE:
            rows = _by(grain, coded, rows)
        if floats:
            rows = rows.filter(rows.p >= 0)
        columns = {
            "q": ibis.literal(number, "int16"),
            "p": rows.p if floats else ibis.literal(ANYWHERE, "int32"),
            "code": rows[f"m{number}"],
            **{name: rows[name] for name in kept},
        }
        if None in coded.codes:
            value = rows[f"v{number}"] if coded.codes[number] is None else ibis.null("float64")
            columns["v"] = value.fill_null(0.0)
        parts.append(rows.select(**columns))
    return parts


def _united(parts: list[ibis.Table]) -> ibis.Table:
    import ibis

    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _cells(engine: Engine, answers: list[ibis.Table], segment: int = 0) -> ibis.Table:
    """The cells of all questions: of a few one by one, which makes small keys, elsewhere all at once."""
    if engine.far or len(answers) > _FEW:
        return _grouped(_united(answers), segment)
    return _united([_grouped(each, segment, number) for number, each in enumerate(answers)])


def _grouped(answers: ibis.Table, segment: int, number: int | None = None) -> ibis.Table:
    """The counting itself: n, and Σw, Σw² where weighted, Σwx, Σwx² where any question is in bins.

    `number` is the question, where there is only one in `answers`.
    """
    import ibis

    keys = {"q": answers.q, "p": answers.p, "d": answers.d, "code": answers.code}
    keys |= {"value": answers[f"s{segment - 1}"]} if segment else {}
    same = {"s": ibis.literal(segment, "int16")}
    same |= {} if segment else {"value": ibis.literal(0, "int32")}
    if number is not None:
        del keys["q"]
        same["q"] = ibis.literal(number, "int16")
    sums: dict[str, Any] = {"n": answers.count()}
    if "w" in answers.columns:
        sums |= {"w": answers.w.sum(), "w2": (answers.w * answers.w).sum()}
    if "v" in answers.columns:
        once = answers.v * answers.w if "w" in answers.columns else answers.v
        sums |= {"x": once.sum(), "xx": (once * answers.v).sum()}
    grouped = answers.group_by(**keys).agg(**sums)
    return grouped.select(**{name: same[name] if name in same else grouped[name] for name in (*_KEYS, *sums)})


def _sums_of(cells: ibis.Table, keys: list[str]) -> ibis.Table:
    sums = {name: cells[name].sum() for name in cells.columns if name not in keys}
    return cells.group_by(keys).agg(**sums).select(*cells.columns)


def _by(grain: str, coded: Coded, table: ibis.Table) -> ibis.Table:
    """The same table with the number of the week or month in place of the day: small numbers, which are counted fastest."""
    assert coded.calendar is not None
    numbers = coded.calendar.select(day=coded.calendar.d, at=coded.calendar[f"{grain}_at"])
    joined = table.join(numbers, table.d == numbers.day)
    return joined.select(**{name: joined["at"] if name == "d" else joined[name] for name in table.columns})


def _dated(grain: str, coded: Coded, cells: ibis.Table) -> ibis.Table:
    """The cells with the first day of their week or month in place of its number."""
    if grain not in COARSE:
        return cells
    assert coded.calendar is not None
    firsts = coded.calendar.select(at=coded.calendar[f"{grain}_at"], first=coded.calendar[grain]).distinct()
    joined = cells.join(firsts, cells.d == firsts["at"])
    return joined.select(**{name: joined["first"] if name == "d" else joined[name] for name in cells.columns})


# ---------------------------------------------------------------- the grain


def _finest(engine: Engine, coded: Coded, wanted: Wanted, rows: int) -> str:
    """Month, where the weeks of a part of very many rows are too many already, and so those of all; else day.

    The part is looked at here: it is not counted, and to say it to the engine takes longer.
    """
    import numpy as np

    if engine.far or rows <= VERY_MANY:
        return "day"
    shared = [number for number in range(len(coded.questions)) if number not in coded.units]
    segments = [f"s{number}" for number in range(len(coded.values))]
    sizes: list[Any] = []
    shares: list[Any] = []
    for numbers in filter(None, (shared, *([number] for number in coded.units))):
        names = ("p", "d", *segments, *(f"m{number}" for number in numbers))
        some = used_rows(coded, *names, number=numbers[0]).limit(PART).select(*names)
        part = columns(engine.ask(some))
        shares = shares or [np.bincount(part[name]) / len(part[name]) for name in segments]
        for number in numbers:
            keys = [part["p"]] if wanted.floats(coded.questions[number]) else []
            given = np.logical_and.reduce([part[f"m{number}"] >= 0, *(place >= 0 for place in keys)])
            keys += [(part["d"] + _MONDAY) // 7, part[f"m{number}"]]
            sizes.append(_occurring(*(key[given] for key in keys)))
    size, cells = np.unique(np.concatenate(sizes), return_counts=True)
    return "month" if expected(size, cells, shares) > MOST_CELLS else "day"


def _occurring(*keys: Any) -> Any:
    """How often each combination of whole numbers occurs that does."""
    import numpy as np

    if not len(keys[0]):
        return np.empty(0, np.int64)
    found, possible = np.zeros(len(keys[0]), np.int64), 1
    for key in keys:
        least = int(key.min())
        found = found * (width := int(key.max()) - least + 1) + (key - least)
        possible *= width
    if possible > PART:
        return np.unique(found, return_counts=True)[1]
    counts = np.bincount(found)  # a tenth of the time of sorting
    return counts[counts > 0]


def _grain(engine: Engine, coded: Coded, everybody: ibis.Table) -> str:
    """day, week or month: the finest that keeps the cube within its bounds."""
    given = everybody.filter(everybody.code >= 0)
    if not _too_many(engine, coded, given):
        return "day"
    return "month" if _too_many(engine, coded, _sums_of(_by("week", coded, given), [*_KEYS])) else "week"


def _too_many(engine: Engine, coded: Coded, cells: ibis.Table) -> bool:
    """Whether everybody's `cells` and those of the segments are more than a cube may have.

    Counting every cell first would cost as much as the counting, so that the cells of a segment are estimated: a cell
    of n answers is divided into Σ 1 − (1 − share)ⁿ groups when the segment has nothing to do with the answers (and into
    fewer when it has).
    """
    found = columns(engine.here.ask(cells.group_by(size=cells.n).agg(cells=cells.count())))
    return expected(found["size"], found["cells"], _shares(engine, coded)) > MOST_CELLS


def _shares(engine: Engine, coded: Coded) -> list[Any]:
    """For each segment the shares of its values among the rows that count."""
    found = []
    for number in range(len(coded.values)):
        used = used_rows(coded, f"s{number}")
        counts = columns(engine.ask(used.group_by(value=used[f"s{number}"]).agg(n=used.count())))["n"]
        found.append(counts / counts.sum())
    return found


def expected(size: Any, cells: Any, shares: list[Any]) -> float:
    """How many cells everybody and the segments have together: `cells` of everybody with `size` answers, and of each segment
    the shares of its values.
    """
    import numpy as np

    groups = sum((1 - (1 - share[None, :]) ** size[:, None]).sum(axis=1) for share in shares)
    return float(np.sum(cells * (1 + groups)))


def _statuses(engine: Engine, coded: Coded, everybody: ibis.Table) -> dict[tuple[int, int], dict[int, int]]:
    import ibis

    open_cases = [
        ((everybody.q == number) & everybody.code.between(0, first - 1), STILL_OPEN)
        for number, first in coded.open_codes.items()
    ]
    status = ibis.cases(*open_cases, (everybody.code >= 0, 0), else_=everybody.code)
    found = engine.here.ask(everybody.group_by(q=everybody.q, p=everybody.p, status=status).agg(n=everybody.n.sum()))
    statuses: dict[tuple[int, int], dict[int, int]] = {}
    for row in found.to_pylist():
        statuses.setdefault((row["q"], row["p"]), {})[row["status"]] = int(row["n"])
    return statuses
