"""Google Analytics 4 reports as CSV: a banner of "#" lines, often several tables one below the other, in any language.

The date range stands in the banner only, so that it becomes a column. Lines are taken for the banner by a "#" at their
very beginning, never by one inside a cell: addresses hold "#" as well. Rows are sums over visits, not answers; what one
of them is worth has to be said in a recipe (`aggregate = true`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from journeymap.data.dialects import layout as ways
from journeymap.data.dialects.layout import Column, Drop, Facts, Head, Layout, clean, tidy
from journeymap.i18n import _

_METRICS = frozenset({"sessions", "engaged sessions", "engagement rate", "event count", "active users", "total users", "new users", "views",
                      "key events", "average engagement time per session", "engaged sessions per user", "events per session", "bounce rate",
                      "average engagement time per active user", "views per active user", "event count per user", "users"})  # fmt: skip
_TOTALS = frozenset({"grand total", "total", "totals", "gesamt", "gesamtsumme", "insgesamt", "total general", "total général", "suma total",
                     "totale", "totale complessivo", "totaal", "總計", "合計", "total geral"})  # fmt: skip
_NTH = re.compile(r"nth day|día n|n-ter tag|nième jour|day|tag n|n° jour", re.IGNORECASE)
_DAY = re.compile(r"[^:]{2,40}:\s*(\d{8})")
_RANGE = re.compile(r"(\d{8})\s*[-–]\s*(\d{8})")
RANGE = "Date range"


class _Table(Struct):
    """One table of the file: its header record, the records from `first` to `end`, and what its banner says."""

    header: int
    first: int
    end: int | None
    title: str
    start: str
    last: str

    @property
    def rows(self) -> int:
        return max((self.end or self.first) - self.first, 0)


def layout(head: Head) -> Layout | None:
    """The layout of a GA4 report, or None."""
    if not head.records or not (_has_banner(head) or _has_metrics(head)):
        return None
    tables = _tables(head.records)
    if not tables:
        return None
    titles = tuple(_title(head, table, number) for number, table in enumerate(tables, 1))
    chosen = _chosen(head, tables, titles)
    table = tables[chosen]
    headers = [clean(cell) for cell in head.records[table.header]]
    while len(headers) > 1 and not headers[-1]:
        headers.pop()
    last = table.end if chosen < len(tables) - 1 else None
    columns, kinds = _columns(head, table, headers)
    facts = Facts(
        "Google Analytics 4",
        kinds=kinds,
        tables=titles if len(tables) > 1 else (),
        table=titles[chosen],
        notes=_notes(table, titles, chosen, tables),
        refusal=_refusal(tables),
    )
    return Layout(columns, table.first, len(headers), last, _drops(len(headers)), tuple(headers), facts)


def _has_banner(head: Head) -> bool:
    starts = [head.cell(number, 0) for number in range(min(12, len(head.records)))]
    banner = [start for start in starts if start.startswith("#")]
    return any(re.fullmatch(r"#\s*-{8,}", start) or _DAY.fullmatch(start[1:].strip()) or _RANGE.fullmatch(start[1:].strip()) for start in banner)  # fmt: skip


def _has_metrics(head: Head) -> bool:
    return len({clean(cell).casefold() for cell in head.records[0]} & _METRICS) >= 3


def _tables(records: Sequence[Sequence[str]]) -> list[_Table]:
    tables: list[_Table] = []
    title, days = "", [""]
    current: _Table | None = None
    for number, record in enumerate(records):
        first = tidy(record[0]) if record else ""
        if not first.startswith("#"):
            if current is None:
                current = _Table(number, number + 1, None, title, days[0], days[-1])
                tables.append(current)
            current.end = number + 1
            continue
        if current is not None:
            current, title, days = None, "", [""]
        text = first.lstrip("# ").strip()
        if found := _RANGE.fullmatch(text):
            days = [*found.groups()]
        elif found := _DAY.fullmatch(text):
            days = [found.group(1)] if days == [""] or len(days) > 1 else [days[0], found.group(1)]
        elif text.startswith("---"):
            title = ""  # what stands above is about the whole file
        elif text and ":" not in text:
            title = text
    return tables


def _title(head: Head, table: _Table, number: int) -> str:
    headers = ", ".join(filter(None, (clean(cell) for cell in head.records[table.header])))
    return f"{number}: {table.title or headers}"[:80]


def _chosen(head: Head, tables: Sequence[_Table], titles: Sequence[str]) -> int:
    """The table that is wanted: by number, title or headers; else the first that has rows."""
    wanted = head.sheet.casefold().strip()
    if wanted:
        for number, (table, title) in enumerate(zip(tables, titles, strict=True)):
            headers = ", ".join(filter(None, (clean(cell) for cell in head.records[table.header])))
            if wanted in {str(number + 1), title.casefold(), table.title.casefold(), headers.casefold()}:
                return number
    return next((number for number, table in enumerate(tables) if table.rows), 0)


def _refusal(tables: Sequence[_Table]) -> str:
    if not any(table.rows for table in tables):
        return _("The report is empty: it has headers and no row.")
    return _("This is a Google Analytics report: each row is a sum over many visits, no answer. Say in a recipe which column is a figure.")  # fmt: skip


def _notes(table: _Table, titles: Sequence[str], chosen: int, tables: Sequence[_Table]) -> tuple[str, ...]:
    notes = []
    if len(titles) > 1:
        others = "; ".join(title for number, title in enumerate(titles) if number != chosen and tables[number].rows)
        notes.append(_("Of {n} tables in the file “{title}” was read; the others with rows are: {others}.").format(
            n=len(titles), title=titles[chosen], others=others or "–"
        ))  # fmt: skip
    if table.start:
        notes.append(_("The report covers {start} to {end}.").format(start=_iso(table.start), end=_iso(table.last)))
    return tuple(notes)


def _columns(
    head: Head, table: _Table, headers: Sequence[str]
) -> tuple[tuple[Column, ...], dict[str, tuple[str, str]]]:
    """The columns, with days counted from the start as dates, and the end of the date range where no column is a date."""
    names = ways.names(headers)
    rows = head.records[table.first : table.end]
    columns, kinds = [], {}
    for place, name in enumerate(names):
        cells = [tidy(row[place]) for row in rows if place < len(row)]
        cells = [cell for cell in cells if cell and cell.casefold() not in _TOTALS]
        column = Column(name, (place,))
        if cells and table.start and _NTH.fullmatch(name) and all(re.fullmatch(r"\d{4}", cell) for cell in cells):
            column = Column(name, (place,), _Nth(table.start))
            kinds[name] = ("date", _("days since {start}").format(start=_iso(table.start)))
        elif cells and all(re.fullmatch(r"20\d{8}", cell) for cell in cells):
            column = Column(name, (place,), _hour)
            kinds[name] = ("date", _("day and hour"))
        elif cells and name.casefold() in {"date", "datum", "fecha"}:
            kinds[name] = ("date", _("the day of the visits"))
        columns.append(column)
    dated = bool(kinds)
    for place, name in enumerate(names):
        if name not in kinds and _is_metric(rows, place):
            kinds[name] = ("other", _("a sum or a rate over many visits"))
    if table.last and not dated and RANGE not in names:
        columns.append(Column(RANGE, (), _Always(_iso(table.last))))
        kinds[RANGE] = ("date", _("the last day of the report, from its banner"))
    return tuple(columns), kinds


def _is_metric(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a column holds numbers, in whatever spelling."""
    cells = [re.sub(r"[\s%€$£]", "", tidy(row[place])) for row in rows if place < len(row)]
    cells = [cell for cell in cells if cell]
    return bool(cells) and all(re.fullmatch(r"-?\d[\d.,]*(?:[eE][-+]?\d+)?", cell) for cell in cells)


class _Nth(Struct, frozen=True):
    start: str

    def __call__(self, cells: Sequence[str]) -> str:
        text = tidy(cells[0])
        if not re.fullmatch(r"\d{1,4}", text):
            return text
        try:
            return (date.fromisoformat(_iso(self.start)) + timedelta(days=int(text))).isoformat()
        except (ValueError, OverflowError):
            return text


class _Always(Struct, frozen=True):
    text: str

    def __call__(self, _cells: Sequence[str]) -> str:
        return self.text


def _hour(cells: Sequence[str]) -> str:
    text = tidy(cells[0])
    return f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[8:10]}:00" if re.fullmatch(r"\d{10}", text) else text


def _drops(width: int) -> tuple[Drop, ...]:
    """Rows of totals: by their first cell, or by a cell beyond the last column."""
    return tuple(Drop("row of totals", place, _TOTALS, always=True) for place in (0, width))


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}" if re.fullmatch(r"\d{8}", day) else day
