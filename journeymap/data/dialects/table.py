"""A table of no particular origin: a few lines about it, one or more header rows, then rows to the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from journeymap.data.dialects.layout import Column, Facts, Head, Layout, clean, columns, filled, names
from journeymap.i18n import _, ngettext

_NUMBER = re.compile(r"[-+]?[\d., ']*\d[\d., ']*\s?%?")
_MOST_BANNER = 25


def layout(head: Head, header_rows: int | None = None) -> Layout:
    """The table, with `header_rows` rows of headers (None: to be seen)."""
    start = _banner(head.records)
    rows = _header_rows(head.records[start:]) if header_rows is None else header_rows
    notes = []
    if start:
        notes.append(
            ngettext(
                "{n} line above the header was passed over.", "{n} lines above the header were passed over.", start
            ).format(n=start)
        )
    if rows == 0:
        width = _width(head.records[start:])
        notes.append(_("The file has no header row; its columns are called “column 1”, “column 2” and so on."))
        return Layout(columns([""] * width), start, width, facts=Facts(notes=tuple(notes)))
    headers = _joined(head.records[start : start + rows])
    headers, width = _trimmed(headers, head.records[start + rows :])
    return Layout(columns(headers), start + rows, width, headers=headers, facts=Facts(notes=tuple(notes)))


def _width(records: Sequence[Sequence[str]]) -> int:
    """How many cells most records have."""
    widths = Counter(len(record) for record in records[:500])
    return widths.most_common(1)[0][0] if widths else 0


def _banner(records: Sequence[Sequence[str]]) -> int:
    """How many records stand before the header: single cells above a table that has several columns."""
    width = _width(records)
    if width < 2 or len(records) < 3:
        return 0
    for number, record in enumerate(records[: _MOST_BANNER + 1]):
        told = [cell for cell in record if cell.strip()]
        if len(record) >= width and len(told) * 2 >= width:
            return number
        if len(told) > max(2, width // 3):
            return 0
    return 0


def _header_rows(records: Sequence[Sequence[str]]) -> int:
    """0 where the first record is all numbers as the others are; 2 where a second one only adds to the first; else 1."""
    if len(records) < 2:
        return 1
    first, second = records[0], records[1]
    if len(first) >= 2 and all(_NUMBER.fullmatch(cell.strip()) for cell in first):
        return 0
    return 2 if _adds(first, second, records[2:]) else 1


def _adds(first: Sequence[str], second: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second record names what the first leaves open: merged heads of a workbook."""
    if len(rows) < 2 or len(second) < len(first):
        return False
    blank = [place for place, cell in enumerate(first) if not cell.strip()]
    if len(blank) * 3 < len(first) or not blank:
        return False
    named = [second[place].strip() for place in blank]
    if not all(named) or any(_NUMBER.fullmatch(cell) for cell in named):
        return False
    below = [cell for row in rows[:20] for cell in row if cell.strip()]
    numbers = sum(_NUMBER.fullmatch(cell.strip()) is not None for cell in below)
    return numbers * 2 > len(below)


def _joined(records: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One header of several rows: the upper ones reach to the right over blanks, the last one names the column."""
    if len(records) == 1:
        return tuple(records[0])
    width = max(map(len, records))
    parts: list[list[str]] = [[] for _column in range(width)]
    begins: set[int] = set()  # where a header above begins anew
    for level, record in enumerate(records):
        last = ""
        for place in range(width):
            cell = clean(record[place]) if place < len(record) else ""
            reaches = level < len(records) - 1 and place not in begins
            last = cell or (last if reaches else "")
            if cell:
                begins.add(place)
            if last and last not in parts[place]:
                parts[place].append(last)
    return tuple(": ".join(part) for part in parts)


def _trimmed(headers: tuple[str, ...], rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], int]:
    """Without empty columns at the right end that no row fills: a trailing delimiter."""
    width = filled([headers, *(row[: len(headers)] for row in rows)])
    return headers[:width], width


def given(headers: Sequence[str], facts: Facts) -> Layout:
    """The layout of a source that says itself what its columns are: Parquet, JSON, SPSS."""
    made = tuple(Column(name, (place,)) for place, name in enumerate(names(headers)))
    return Layout(made, 1, len(headers), headers=tuple(headers), facts=facts)
