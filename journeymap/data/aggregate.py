"""The counting: measure × day × segment value × answer code → n, Σw, Σw², by a columnar engine.

The expressions below are ibis, written once; here they run in DuckDB (`engine`), later in PostgreSQL, Spark or a
warehouse, and only counts travel. Considered beside it: SQLAlchemy Core counts as well but has no engine of its own
for a file; polars is a third faster on a file and runs nowhere else. Text becomes small numbers first (`coding`), so
that what a cell means is decided in Python once a text, not once a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeymap.data.coding import ANYWHERE, NOWHERE, UNDATABLE, UNWEIGHABLE, USED, Coded, Wanted
from journeymap.data.engine import Arrow, Engine
from journeymap.model.cube import UNDATED

if TYPE_CHECKING:
    import ibis

MOST_CELLS = 1_000_000
"""Beyond so many cells the grain is coarsened: day, then week, then month."""

REASONS = {UNDATABLE: "no readable date", UNWEIGHABLE: "no usable weight"}
"""Why rows are left out, as the row account says it."""

_KEYS = ("s", "q", "p", "d", "value", "code")


@dataclass(slots=True)
class Counted:
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
    import ibis

    rows, dropped, nowhere = _rows(engine, coded)
    step(0.1)
    used = coded.table.filter(coded.table.why == USED) if dropped else coded.table
    cells = engine.keep("cells", ibis.union(*_parts(coded, wanted, used)))
    step(0.6)
    cells, grain = _coarsened(engine, coded, cells)
    step(0.8)
    statuses = _statuses(engine, cells)
    answers = cells.filter(cells.code >= 0)
    found = engine.ask(answers.order_by([answers[key] for key in _KEYS]))
    step(1.0)
    first, last = _days(engine, used) if wanted.date is not None else (None, None)
    return Counted(found, grain if first is not None else "all", statuses, rows, dropped, nowhere, first, last)


def _rows(engine: Engine, coded: Coded) -> tuple[int, dict[str, int], int]:
    """How many rows there are, how many are left out and why, and how many of those used name no touchpoint."""
    table = coded.table
    found = engine.ask(table.group_by(why=table.why, nowhere=table.p == NOWHERE).agg(n=table.count())).to_pylist()
    dropped = {reason: sum(row["n"] for row in found if row["why"] == why) for why, reason in REASONS.items()}
    nowhere = sum(row["n"] for row in found if row["why"] == USED and row["nowhere"])
    return sum(row["n"] for row in found), {reason: n for reason, n in dropped.items() if n}, nowhere


def _days(engine: Engine, used: ibis.Table) -> tuple[int | None, int | None]:
    dated = used.filter(used.d != UNDATED)
    row = engine.ask(dated.agg(first=dated.d.min(), last=dated.d.max())).to_pylist()[0]
    return row["first"], row["last"]


def _parts(coded: Coded, wanted: Wanted, used: ibis.Table) -> Iterator[ibis.Table]:
    """One grouping for each segment column (0: everybody) and question."""
    for segment in range(len(coded.values) + 1):
        for number in range(len(coded.questions)):
            yield _part(coded, wanted, used, segment, number)


def _part(coded: Coded, wanted: Wanted, used: ibis.Table, segment: int, number: int) -> ibis.Table:
    """Answers to one question by place, day, value and code; statuses too, where nobody is divided."""
    import ibis

    floats = wanted.floats(coded.questions[number])
    if floats:
        used = used.filter(used.p >= 0)
    answer = used[f"m{number}"]
    if segment:
        used = used.filter(answer >= 0)
    zero = ibis.literal(0, "int32")
    keys = {
        "p": used.p if floats else ibis.literal(ANYWHERE, "int32"),
        "d": used.d,
        "value": used[f"s{segment - 1}"].cast("int32") if segment else zero,
        "code": used[f"m{number}"].cast("int32"),
    }
    grouped = used.group_by(**keys).agg(**_sums(coded, used, number))
    return grouped.select(s=ibis.literal(segment, "int16"), q=ibis.literal(number, "int16"), **{
        name: grouped[name] for name in grouped.columns
    })  # fmt: skip


def _sums(coded: Coded, used: ibis.Table, number: int) -> dict[str, Any]:
    """n; Σw and Σw² where weighted; Σwx and Σwx² where any question is in bins."""
    import ibis

    sums: dict[str, Any] = {"n": used.count()}
    weight = used.w if "w" in used.columns else None
    if weight is not None:
        sums |= {"w": weight.sum(), "w2": (weight * weight).sum()}
    if None in coded.codes:
        value = used[f"v{number}"] if coded.codes[number] is None else ibis.literal(0.0, "float64")
        once = value if weight is None else value * weight
        sums |= {"x": once.sum().fill_null(0.0), "xx": (once * value).sum().fill_null(0.0)}
    return sums


def _coarsened(engine: Engine, coded: Coded, cells: ibis.Table) -> tuple[ibis.Table, str]:
    """The cells by day, or by week or month where there are too many, and the grain."""
    calendar = coded.calendar
    if calendar is None or _size(engine, cells) <= MOST_CELLS:
        return cells, "day"
    for grain in ("week", "month"):
        days = calendar.select(day=calendar.d, first=calendar[grain])
        joined = cells.join(days, cells.d == days.day)
        keys = {name: joined[name] for name in ("s", "q", "p", "value", "code")}
        sums = {name: joined[name].sum() for name in cells.columns if name not in _KEYS}
        coarse = engine.keep(f"cells_{grain}", joined.group_by(**keys, d=joined["first"]).agg(**sums))
        if _size(engine, coarse) <= MOST_CELLS:
            break
    return coarse, grain


def _size(engine: Engine, table: ibis.Table) -> int:
    return int(engine.ask(table.agg(n=table.count())).column(0)[0].as_py())


def _statuses(engine: Engine, cells: ibis.Table) -> dict[tuple[int, int], dict[int, int]]:
    import ibis

    everybody = cells.filter(cells.s == 0)
    status = ibis.ifelse(everybody.code >= 0, 0, everybody.code)
    found = engine.ask(everybody.group_by(q=everybody.q, p=everybody.p, status=status).agg(n=everybody.n.sum()))
    statuses: dict[tuple[int, int], dict[int, int]] = {}
    for row in found.to_pylist():
        statuses.setdefault((row["q"], row["p"]), {})[row["status"]] = int(row["n"])
    return statuses
