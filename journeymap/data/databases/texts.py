"""Columns of a database as text, as a file would hold them: what each cell means is decided as for files.

Days are written as 2026-03-31, times as 2026-03-31 18:22:05; those that know their zone, in UTC, or in the recipe's
zone where it says one. Types are seen from the values of the first rows, which every driver has alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import ibis

BINARY: Final = "binary"
_ANY: Final = "int64"
"""What ibis is told of a column of a type that matters to nobody: a cast to text is written for it in any case."""
_DAY, _TIME = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def types(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, str]:
    """The type of each column, as ibis names it, from its values."""
    found: dict[str, set[str]] = {name: set() for name in names}
    for row in rows:
        for name, value in zip(names, row, strict=True):
            if value is not None:
                found[name].add(_type(value))
    return {name: next(iter(kinds)) if len(kinds) == 1 else _ANY for name, kinds in found.items()}


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, datetime):
        return "timestamp" if value.tzinfo is None else "timestamp('UTC')"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return BINARY
    kinds = ((str, "string"), (date, "date"), (int, "int64"), (float, "float64"), (Decimal, "float64"))
    return next((name for kind, name in kinds if isinstance(value, kind)), _ANY)


def text(column: Any, offset: Any = None, *, day: bool = False) -> Any:
    """A column as text. `offset`: the seconds between UTC and where its times are wanted, as an expression."""
    import ibis

    kind = column.type()
    if kind.is_string():
        return column
    if kind.is_boolean():
        return ibis.cases((column, "true"), (~column, "false"))
    if kind.is_timestamp():
        if offset is not None:
            column = (column.epoch_seconds().cast("int64") + offset).as_timestamp("s")
        return column.strftime(_DAY if day else _TIME)
    return column.strftime(_DAY) if kind.is_date() else column.cast("string")


def moved(column: Any, zone: ZoneInfo, first: datetime, last: datetime) -> Any:
    """The seconds between UTC and the time of a zone at each moment of a column, between the first and the last."""
    import ibis

    changes = list(_changes(zone, max(first, _EARLIEST), min(last, _LATEST)))
    *before, (_end, offset) = changes
    seconds = column.epoch_seconds().cast("int64")
    if not before:
        return ibis.literal(offset, "int64")
    return ibis.cases(*((seconds < end, offset) for end, offset in before), else_=offset).cast("int64")


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterable[tuple[int, int]]:
    """(end in seconds since 1970, seconds between UTC and the zone until then), in their order."""
    step, at = timedelta(days=7), first
    while at < last:
        after = min(at + step, last)
        if _offset(zone, at) != _offset(zone, after):
            low, high = at, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, at) else (low, middle)
            yield round(high.timestamp()), _offset(zone, at)
        at = after
    yield round(last.timestamp()), _offset(zone, last)


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    found = moment.astimezone(zone).utcoffset()
    return round(found.total_seconds()) if found is not None else 0


def staged(source: ibis.Table, wanted: Sequence[str], days: Iterable[int], offsets: dict[int, Any]) -> ibis.Table:
    """Columns `c0`, `c1` … with the text of `wanted[0]`, `wanted[1]` …; of those in `days` only the day."""
    whole = set(days)
    columns = {
        f"c{place}": text(source[name], offsets.get(place), day=place in whole) for place, name in enumerate(wanted)
    }
    return source.select(**columns)
