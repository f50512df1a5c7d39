"""Answers that stand in no single column: times between two columns, who left of those who were there, what customers
spent, who came how far.

Flags and times are worked out row by row; where a question names a customer, her rows then become one. Her day is that
of her first row, her segment the first by name, her weight the mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from journeymap.data import answers
from journeymap.data.answers import MISSING, NOT_APPLICABLE, UNREADABLE, readings, tidy
from journeymap.data.answers.readings import MOST_TEXTS, NO_DAY, OUTSIDE, Reading
from journeymap.data.counting.engine import Engine
from journeymap.data.counting.hours import Hours
from journeymap.data.counting.quantities import ZERO, binned, folded, is_one_of, number_of
from journeymap.data.recipe.question import UNITS, Question, Who
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model.cube import UNDATED

if TYPE_CHECKING:
    import ibis

    from journeymap.data.counting.wanted import Coded, Wanted

STILL_OPEN = -6
"""In place of a duration while counting: it has begun and not ended."""
NO, YES = 0, 1
CODES = (0.0, 1.0)

_NOT = ("", "no", "false", "0", "nein", "n", "f", "falsch", "0.0", "none", "null", "-")
"""What says that something did not happen, folded."""
_NEVER = ("", "-", "n/a", "na", "null", "none", "nan", "nat", "0000-00-00", "#n/a")
"""What stands, folded, where a time has not come yet."""
_TIME = r"[T ][0-9]{1,2}[:.][0-9]{2}.*$"
_CLOCK = "^[T ]([01][0-9]|2[0-3]):([0-5][0-9])(:([0-5][0-9]))?$"
_MOST_TIMES = 200_000
_NO_CLOCK = -(2**30)

Put = Callable[[str, Callable[[], Any], Reading, int], Any]
"""Adds to the table what each text means: (name, the texts as an expression, reading, what an empty one means) → numbers."""


# ---------------------------------------------------------------- row by row


def flag(cell: Any, who: Who, decimal: str) -> Any:
    """1 where a row is one of those, 0 where not, MISSING where nothing is said."""
    import ibis

    text = folded(cell)
    if not who.codes:
        return text.notin(_NOT).cast("int32")
    found = is_one_of(text, number_of(cell, decimal), who.codes)
    return ibis.cases((text == "", MISSING), (found, YES), else_=NO).cast("int32")


def within(day: Any, who: Who) -> Any:
    """1 where a day (since 1970) lies in the window of `who`."""
    import ibis

    first = _number(who.first) if who.first else -(2**31) + 2
    last = _number(who.last) if who.last else 2**31 - 1
    return ibis.cases((day == UNDATED, MISSING), (day.between(first, last), YES), else_=NO).cast("int32")


def _number(iso: str) -> int:
    day = answers.day(iso, "%Y-%m-%d")
    assert day is not None  # the recipe has read it
    return day


def flags(question: Question, cell: Callable[[str], Any], day: Any, is_date: Callable[[str], bool], decimal: str) -> dict[str, Any]:  # fmt: skip
    """The flags that a question of yes and no is made of, by name. Raises Failure for a window on another column."""
    found: dict[str, Any] = {}
    for name in ("start", "lost", "joined", "stayed"):
        who: Who | None = getattr(question, name)
        if who is None:
            continue
        if not (who.first or who.last):
            found[name] = flag(cell(who.column), who, decimal)
        elif is_date(who.column):
            found[name] = within(day, who)
        else:
            raise Failure(
                _("“{column}” has to be the date of [columns], to be asked for from and to.").format(column=who.column)
            )
    ends = (question.steps[0], question.steps[-1]) if question.steps else ()
    for name, step in zip(("first", "last"), ends, strict=False):
        if question.column:
            found[name] = (folded(cell(question.column)) == tidy(step).casefold()).cast("int32")
        else:
            found[name] = flag(cell(step), Who(step), decimal)
    return found


def outcome(question: Question, seen: Mapping[str, Any]) -> Any:
    """The index into `CODES`, or the status in its place, from flags of a row or of a customer."""
    import ibis

    if question.steps:
        last = seen["last"] == YES
        return _yes(last if question.kpi == "conversion" else ~last, [(seen["first"] != YES, NOT_APPLICABLE)])
    told = seen["lost"] if "lost" in seen else seen.get("stayed", ibis.literal(YES, "int32"))
    gone = told == YES if "lost" in seen else told != YES
    before: list[tuple[Any, int]] = [(told == MISSING, MISSING)]
    if "start" in seen:
        before += [(seen["start"] == MISSING, MISSING), (seen["start"] != YES, NOT_APPLICABLE)]
    if "joined" in seen:
        before.append((seen["joined"] == YES, NOT_APPLICABLE))
    return _yes(gone if question.kpi == "churn" else ~gone, before)


def _yes(happened: Any, before: list[tuple[Any, int]]) -> Any:
    import ibis

    return ibis.cases(*before, (happened, YES), else_=NO).cast("int32")


def duration(question: Question, ends: tuple[tuple[Any, Any], tuple[Any, Any]]) -> tuple[Any, Any, Any]:
    """The time between two (seconds, status) in the unit of the question, its status, and the last moment that the row
    knows of. Of an open case the value is when it began, until that last moment is known of all (`_quantities`).
    """
    import ibis

    (begin, begun), (end, ended) = ends
    unit = UNITS[question.unit or "h"]
    moments = [ibis.ifelse(known == 0, at, ibis.null("int64")) for at, known in ends]
    latest = ibis.greatest(ibis.coalesce(*moments), ibis.coalesce(*moments[::-1]))
    hours = Hours.read(question.hours)
    began, until = (hours.passed(begin), hours.passed(end)) if hours else (begin, end)
    value = (until - began).cast("float64") / unit
    status = ibis.cases(
        (begun == MISSING, MISSING),
        (begun == UNREADABLE, UNREADABLE),
        (ended == UNREADABLE, UNREADABLE),
        (ended == MISSING, STILL_OPEN),
        (end < begin, OUTSIDE),
        else_=0,
    )
    known = ibis.cases((status == 0, value), (status == STILL_OPEN, began.cast("float64") / unit))
    return known, status.cast("int32"), latest


def moment(
    name: str,
    cell: Callable[[], Any],
    column: str,
    texts: Callable[[Any, int], list[str]],
    put: Put,
    *,
    day_first: bool,
    local: bool = False,
) -> tuple[Any, Any]:
    """The seconds since 1970 that each cell says, and its status. Days and times of day are read once each, in Python.

    Clock time as it stands; where it names its distance from UTC, that is taken off, unless the time is to be `local`.
    """
    import ibis

    def day_text() -> Any:
        return cell().fill_null("").strip().re_replace(_TIME, "")

    def clock_text() -> Any:
        return cell().fill_null("").strip().re_extract(_TIME, 0).fill_null("")

    def odd_clock() -> Any:
        return ibis.ifelse(clock_text().re_search(_CLOCK), "", clock_text())

    never = set(_NEVER)
    found = [each for each in texts(day_text(), MOST_TEXTS) if tidy(each).casefold() not in never]
    if len(found) > MOST_TEXTS:
        raise Failure(_("“{column}” holds no dates that can be read.").format(column=column))
    days, _warning = readings.days(found, column, "", day_first=day_first)
    clocks = {each: answers.clock(each, local=local) for each in texts(odd_clock(), _MOST_TIMES)}
    read = Reading({each: _NO_CLOCK if second is None else second for each, second in clocks.items()})
    day = put(f"{name}d", day_text, days, UNDATED)
    clock = put(f"{name}t", odd_clock, read, 0) + _seconds(clock_text())
    status = ibis.cases((day == UNDATED, MISSING), (ibis.or_(day == NO_DAY, clock == _NO_CLOCK), UNREADABLE), else_=0)
    return day.cast("int64") * 86_400 + clock, status


def _seconds(text: Any) -> Any:
    """The seconds since midnight of a time of day as most write it, 0 for any other (which Python reads)."""

    def part(group: int) -> Any:  # short SQL: what is cut from a cut text by places is written out at every mention
        return ("0" + text.re_extract(_CLOCK, group).fill_null("")).cast("int32")

    return part(1) * 3600 + part(2) * 60 + part(4)


def amount(question: Question, cells: list[Any], numbers: list[Any]) -> tuple[Any, Any]:
    """What a transaction is worth (several columns are multiplied), and its status."""
    import ibis

    value: Any = None
    empty: Any = ibis.literal(value=False)
    for cell, number in zip(cells, numbers, strict=True):
        value = number if value is None else value * number
        empty = empty | (folded(cell) == "")
    missing = is_one_of(folded(cells[0]), numbers[0], question.missing)
    status = ibis.cases((empty, MISSING), (missing.fill_null(False), MISSING), (value.isnull(), UNREADABLE), else_=0)
    return ibis.ifelse(status == 0, value, ibis.null("float64")), status.cast("int32")


# ---------------------------------------------------------------- customers, and their answers as codes


def settled(engine: Engine, coded: Coded, wanted: Wanted, number: int, question: Question) -> tuple[float, ...] | None:
    """Puts the table of what a composed question looks at into `coded.units`; returns its codes, None for bins."""
    rows = coded.table
    if question.customer:
        rows = _customers(engine, coded, wanted, number, question)
    if not question.quantity:
        if question.customer:
            coded.units[number] = rows
        return CODES
    return _quantities(engine, coded, rows, number, question)


def _customers(engine: Engine, coded: Coded, wanted: Wanted, number: int, question: Question) -> ibis.Table:
    """One row for each customer (and touchpoint, in long form), with the columns that counting needs."""
    import ibis

    whole = coded.table
    used = whole.filter(whole.why == 0)
    key = f"k{number}"
    named = used.filter(used[key].notnull() & (used[key] != ""))
    total, with_name = (engine.ask(each.agg(n=each.count())).to_pylist()[0]["n"] for each in (used, named))
    if total > with_name:
        lost = total - with_name
        coded.warnings.append(
            ngettext(
                "{n} row names no “{column}” and is in no figure of {kpi}.",
                "{n} rows name no “{column}” and are in no figure of {kpi}.",
                lost,
            ).format(n=lost, column=question.customer, kpi=question.kpi)
        )
    keys: dict[str, Any] = {key: named[key]}
    if wanted.floats(question):
        keys["p"] = named.p
    sums: dict[str, Any] = {"d": named.d.nullif(UNDATED).min()}
    sums |= {name: named[name].nullif(0).min() for name in whole.columns if name.startswith("s")}
    if "w" in whole.columns:
        sums["w"] = named.w.mean()
    if question.amount:
        status = named[f"e{number}"]
        # Rounded: the order in which a database adds up would make two values of one.
        sums |= {
            "value": named[f"x{number}"].sum().round(6),
            "bad": (status == UNREADABLE).sum(),
            "good": (status == 0).sum(),
        }
    else:
        sums |= {name: named[name].max() for name in whole.columns if name.startswith(f"f{number}_")}
    grouped = named.group_by(**keys).agg(**sums)
    columns: dict[str, Any] = {"why": ibis.literal(0, "int8"), "d": grouped.d.fill_null(UNDATED)}
    columns["p"] = grouped.p if "p" in keys else ibis.literal(-2, "int32")
    columns |= {name: grouped[name].fill_null(0) for name in sums if name.startswith("s")}
    columns |= {"w": grouped.w} if "w" in sums else {}
    if question.amount:
        status = ibis.cases((grouped.bad > 0, UNREADABLE), (grouped.good == 0, MISSING), else_=0).cast("int32")
        worth = grouped.value * question.worth.factor - question.worth.acquisition_cost
        columns |= {f"e{number}": status, f"x{number}": ibis.ifelse(status == 0, worth, ibis.null("float64"))}
    else:
        seen = {name.partition("_")[2]: grouped[name] for name in sums if name.startswith(f"f{number}_")}
        columns[f"m{number}"] = outcome(question, seen)
    return engine.keep(f"customers{number}", grouped.select(**columns))


def _quantities(
    engine: Engine, coded: Coded, rows: ibis.Table, number: int, question: Question
) -> tuple[float, ...] | None:
    """Few different quantities are kept as they are, more in bins. Open cases stand below zero, under what they have
    waited so far.
    """
    import ibis

    kept = [name for name in rows.columns if name in {"why", "p", "d", "w"} or name.startswith("s")]
    status = f"e{number}"
    waits = question.kpi == "response_time"
    value = _waited(engine, coded, rows, number, question) if waits else rows[f"x{number}"]
    told = ibis.or_(rows[status] == 0, rows[status] == STILL_OPEN)
    given = rows.filter(told & (rows.why == 0))
    different = given.select(known=value).distinct()
    codes = sorted(engine.ask(different.limit(MOST_TEXTS + 1)).column(0).to_pylist())
    if len(codes) > MOST_TEXTS:
        shown = ibis.ifelse(told, binned(value), rows[status])
        columns = {name: rows[name] for name in kept} | {f"v{number}": value}
        coded.units[number] = engine.keep(
            f"units{number}", rows.select(**columns, **{f"m{number}": shown.cast("int32")})
        )
        if waits:
            coded.open_codes[number] = ZERO
        return None
    ranked = engine.keep(
        f"values{number}",
        different.mutate(place=ibis.row_number().over(order_by=different.known).cast("int32")),
    )
    joined = rows.left_join(ranked, value == ranked.known)
    told = ibis.or_(joined[status] == 0, joined[status] == STILL_OPEN)
    shown = ibis.ifelse(told, joined.place, joined[status])
    columns = {name: joined[name] for name in kept} | {f"m{number}": shown.cast("int32")}
    coded.units[number] = engine.keep(f"units{number}", joined.select(**columns))
    if waits:
        coded.open_codes[number] = sum(each < 0 for each in codes)
    return tuple(codes)


def _waited(engine: Engine, coded: Coded, rows: ibis.Table, number: int, question: Question) -> Any:
    """The durations; of open cases what they have waited until the last moment in the two columns, below zero. At least
    a second, so that an open case is told from one that took no time.
    """
    import ibis

    value = rows[f"x{number}"]
    if f"o{number}" not in rows.columns:
        return value
    still = rows[f"e{number}"] == STILL_OPEN
    used = rows.filter(rows.why == 0)
    asked = used.agg(last=used[f"o{number}"].max(), open=(used[f"e{number}"] == STILL_OPEN).sum())
    found = engine.ask(asked).to_pylist()[0]
    if not found["open"]:
        return value
    hours, unit = Hours.read(question.hours), UNITS[question.unit or "h"]
    last = (hours.seconds(found["last"]) if hours else found["last"]) / unit
    coded.warnings.append(
        ngettext(
            "“{column}”: {n} case is still open; it counts as having waited until {day}, the last time in the file.",
            "“{column}”: {n} cases are still open; they count as having waited until {day}, the last time in the file.",
            found["open"],
        ).format(column=question.shown, n=found["open"], day=date.fromordinal(found["last"] // 86_400 + answers.EPOCH))
    )
    return ibis.ifelse(still, -ibis.greatest(last - value, ibis.literal(1 / unit)), value)
