"""Questions to a block of the count cube: how many gave which answer, when, and in which group.

Pure Python over the block's columns: a block is small (one question at one touchpoint), and the first paint must not
wait for numpy. Cells are sorted by day, so that a period is a slice; undated answers come first.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from journeymap.model.cube import UNDATED, Block
from journeymap.model.intervals import effective

Length = Literal["day", "week", "month", "quarter", "year", "fiscal"]
"""A fiscal year begins in the month that the map says (`Map.year_start`)."""

_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS: dict[Length, int] = {"month": 1, "quarter": 3, "year": 12, "fiscal": 12}


# ---------------------------------------------------------------- what an answer to a question looks like


class Counts(Struct, frozen=True):
    """Answers by code. Parallel columns: `codes` rise; `n` answers; `w`, `w2` Σw and Σw² (empty where unweighted);
    `x`, `xx` exact Σwx and Σwx² of quantities (empty where the code is the answer itself).
    """

    codes: tuple[float, ...] = ()
    n: tuple[int, ...] = ()
    w: tuple[float, ...] = ()
    w2: tuple[float, ...] = ()
    x: tuple[float, ...] = ()
    xx: tuple[float, ...] = ()

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return sum(self.n)

    @property
    def weights(self) -> tuple[float, ...]:
        """The weight of each code: Σw, or the number of answers where they are unweighted."""
        return self.w or tuple(map(float, self.n))

    @property
    def effective(self) -> float:
        """The effective number of answers: Kish's for weighted ones, else their number."""
        return effective(sum(self.w), sum(self.w2)) if self.w else float(self.answers)

    def among(self, wanted: Iterable[float]) -> float:
        """The weight of the answers with one of the `wanted` codes."""
        chosen = frozenset(wanted)
        return sum(w for code, w in zip(self.codes, self.weights, strict=True) if code in chosen)

    def __add__(self, other: Counts) -> Counts:
        return total((self, other))


class Period(Struct, frozen=True):
    """A stretch of days, both ends included, as days since 1970-01-01; `length` says what calendar unit it is."""

    first: int
    last: int
    length: Length | None = None

    @property
    def key(self) -> str:
        """How it is written for machines: 2026-03-31, 2026-W14, 2026-03, 2026-Q1, 2026, 2026/27 (a fiscal year), or two
        ISO dates with a slash between.
        """
        start, end = day_date(self.first), day_date(self.last)
        if self.length == "day":
            return start.isoformat()
        if self.length == "week":
            year, week, _day = start.isocalendar()
            return f"{year}-W{week:02}"
        if self.length == "fiscal" and start.year != end.year:
            return f"{start.year}/{end.year % 100:02}"
        if self.length == "fiscal":
            return f"{start.year}"
        if self.length == "year":
            return f"{start.year}"
        if self.length == "quarter":
            return f"{start.year}-Q{(start.month + 2) // 3}"
        if self.length == "month":
            return f"{start.year}-{start.month:02}"
        return f"{start.isoformat()}/{day_date(self.last).isoformat()}"


# ---------------------------------------------------------------- days


def day_number(iso: str) -> int:
    """Days since 1970-01-01 of an ISO date. Raises ValueError."""
    return date.fromisoformat(iso[:10]).toordinal() - _EPOCH


def day_date(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _EPOCH)


@lru_cache(maxsize=1024)
def period_at(day: int, length: Length, first_month: int = 1) -> Period:
    """The day, ISO week, calendar month, quarter, year, or fiscal year from `first_month` on, in which `day` lies."""
    there = day_date(day)
    if length == "day":
        return Period(day, day, length)
    if length == "week":
        return Period(day - there.weekday(), day - there.weekday() + 6, length)
    months = _MONTHS[length]
    past = there.month - 1 if length != "fiscal" else (there.month - first_month) % 12
    at = there.year * 12 + there.month - 1 - past % months
    start = date(at // 12, at % 12 + 1, 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    end = date(year, month + 1, 1) - timedelta(days=1)
    return Period(start.toordinal() - _EPOCH, end.toordinal() - _EPOCH, length)


def span(block: Block) -> tuple[int, int] | None:
    """First and last day of the block's dated cells, or None."""
    start = bisect_left(block.day, UNDATED + 1)
    return (block.day[start], block.day[-1]) if start < len(block.day) else None


def periods(block: Block, length: Length, first_month: int = 1) -> list[Period]:
    """The calendar periods from the block's first dated answer to its last, gaps included, in order."""
    ends = span(block)
    if ends is None:
        return []
    found = [period_at(ends[0], length, first_month)]
    while found[-1].last < ends[1]:
        found.append(period_at(found[-1].last + 1, length, first_month))
    return found


# ---------------------------------------------------------------- the questions


def tally(block: Block, period: Period | None = None, value: str | None = None) -> Counts:
    """Answers by code, of all or of one period, of everybody or of one segment value."""
    start, end = _slice(block, period)
    if value is None:
        return _counts(block, start, end)
    if value not in block.values:
        return Counts()
    return _by_value(block, start, end)[block.values.index(value)]


def by_period(block: Block, length: Length, value: str | None = None) -> list[tuple[Period, Counts]]:
    """Answers by code in each calendar period; periods without an answer are there, with none. Undated ones are not."""
    return [(period, tally(block, period, value)) for period in periods(block, length)]


def by_segment(block: Block, period: Period | None = None) -> dict[str, Counts]:
    """Answers by code for each segment value, of all or of one period."""
    return dict(zip(block.values, _by_value(block, *_slice(block, period)), strict=True))


def total(parts: Iterable[Counts]) -> Counts:
    """The answers of several groups together. Weighted and unweighted ones are added with weight 1 for the latter."""
    groups = [part for part in parts if part.codes]
    weighted = any(part.w for part in groups)
    exact = any(part.x for part in groups)
    if not weighted and not exact:
        return _added(groups)
    sums: dict[float, list[float]] = {}
    for part in groups:
        w, w2 = part.weights, part.w2 or part.weights
        x = part.x or [code * each for code, each in zip(part.codes, w, strict=True)]
        xx = part.xx or [code * code * each for code, each in zip(part.codes, w, strict=True)]
        for code, *numbers in zip(part.codes, part.n, w, w2, x, xx, strict=True):
            sums[code] = [a + b for a, b in zip(sums.get(code, (0, 0, 0, 0, 0)), numbers, strict=True)]
    codes = tuple(sorted(sums))
    n, w, w2, x, xx = (tuple(sums[code][i] for code in codes) for i in range(5))
    return Counts(
        codes, tuple(int(each) for each in n),
        w if weighted else (), w2 if weighted else (), x if exact else (), xx if exact else (),
    )  # fmt: skip


def _added(groups: Iterable[Counts]) -> Counts:
    """The same of plain numbers of answers, which most are."""
    sums: dict[float, int] = {}
    for part in groups:
        for code, n in zip(part.codes, part.n, strict=True):
            sums[code] = sums.get(code, 0) + n
    codes = sorted(sums)
    return Counts(tuple(codes), tuple([sums[code] for code in codes]))


# ---------------------------------------------------------------- over the columns


def _slice(block: Block, period: Period | None) -> tuple[int, int]:
    if period is None:
        return 0, len(block.day)
    return bisect_left(block.day, period.first), bisect_left(block.day, period.last + 1)


def _counts(block: Block, start: int, end: int) -> Counts:
    size = len(block.codes)
    code = block.code[start:end]
    return _packed(block.codes, [_summed(code, column[start:end], size) for column in _columns(block)])


def _by_value(block: Block, start: int, end: int) -> list[Counts]:
    size = len(block.codes)
    # One running number per (value, code) keeps the loop as tight as without segments.
    where = array("q", [v * size + c for v, c in zip(block.value[start:end], block.code[start:end], strict=True)])
    sums = [_summed(where, column[start:end], size * len(block.values)) for column in _columns(block)]
    return [
        _packed(block.codes, [column[i * size : (i + 1) * size] for column in sums]) for i in range(len(block.values))
    ]


def _columns(block: Block) -> tuple[array[int] | array[float], ...]:
    return (block.n, *(column for column in (block.w, block.w2, block.x, block.xx)))


def _summed(where: array[int], column: array[int] | array[float], size: int) -> list[float]:
    if not len(column):
        return []
    sums: list[float] = [0] * size
    for i, number in zip(where, column, strict=True):
        sums[i] += number
    return sums


def _packed(codes: Sequence[float], sums: list[list[float]]) -> Counts:
    """The codes that were answered, ascending, with their sums."""
    n = sums[0] or [0] * len(codes)
    kept = sorted((i for i in range(len(codes)) if n[i]), key=codes.__getitem__)
    columns = [tuple(column[i] for i in kept) if column else () for column in sums[1:]]
    return Counts(tuple(codes[i] for i in kept), tuple(int(n[i]) for i in kept), *columns)
