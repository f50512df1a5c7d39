"""A sheet as a person laid it out: its cells, blank rows too, and which of them are merged."""

from __future__ import annotations

import csv
import io
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Final

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _

MOST_ROWS: Final = 20_000
WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


class Sheet(Struct, frozen=True, dict=True):
    """Rows of cells, all as wide; `merged` are (top, left, bottom, right) from 0; `sheets` the names in the workbook."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    name: str = ""
    sheets: tuple[str, ...] = ()

    @cached_property
    def _spans(self) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        return {(one[0], one[1]): one for one in self.merged}

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0]) if self.rows else 0

    def turned(self) -> Sheet:
        """Rows as columns."""
        merged = tuple((left, top, right, bottom) for top, left, bottom, right in self.merged)
        return Sheet(tuple(zip(*self.rows, strict=True)), merged, self.name, self.sheets)

    def span(self, row: int, column: int) -> tuple[int, int]:
        """How many rows and columns the cell covers."""
        found = self._spans.get((row, column))
        return (found[2] - found[0] + 1, found[3] - found[1] + 1) if found else (1, 1)


def read(path: Path, sheet: str = "") -> Sheet:
    """The sheet of a workbook (the first with a table, or the one of that name), or a text table. Raises Failure."""
    from journeymap.data.sources import sniff

    with sniff.opened(path) as file:
        start = file.read(8)
    if start.startswith(WORKBOOKS):
        return _workbook(path, sheet)
    found = sniff.read_bytes(path)
    text, whole = sniff.first_text(path, found.encoding, damaged=bool(found.damaged))
    if not whole:
        raise too_long(path.name)
    return of_text(text, path.name)


def of_text(text: str, name: str, delimiter: str = "") -> Sheet:
    """A text table. Raises Failure."""
    from journeymap.data.sources import sniff

    begin, stated = sniff.beginning(text)
    delimiter = delimiter or stated or sniff.delimiter_of(text[begin:])
    try:
        rows = [
            row
            for row, _n in zip(
                csv.reader(io.StringIO(text[begin:], newline=""), delimiter=delimiter),
                range(MOST_ROWS + 1),
                strict=False,
            )
        ]
    except csv.Error as error:
        raise Failure(_("{name} is no text table: {reason}.").format(name=name, reason=error)) from error
    return _even(rows, (), name)


def _workbook(path: Path, sheet: str) -> Sheet:
    from journeymap.data.sources import archive
    from journeymap.data.sources.apart import converted

    with path.open("rb") as file:
        if file.read(4) == WORKBOOKS[0] and archive.check_workbook(path) != "workbook":
            raise Failure(_("{path} is an archive, not a workbook; unpack it first.").format(path=path.name))
    with tempfile.TemporaryDirectory(prefix="journeymap-", ignore_cleanup_errors=True) as private:
        target = Path(private) / "sheet.csv"
        said = converted("grid", path, target, sheet=sheet, rows=MOST_ROWS + 1)
        with target.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in said.get("merged", ()))
    even = _even(rows, merged, path.name)
    return Sheet(even.rows, even.merged, said.get("sheet", ""), tuple(said.get("sheets", ())))


def _even(rows: list[list[str]], merged: tuple[tuple[int, int, int, int], ...], name: str) -> Sheet:
    if len(rows) > MOST_ROWS:
        raise too_long(name)
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    if not rows or width * len(rows) > 2_000_000:
        raise Failure(_("{name} holds no table.").format(name=name)) if not rows else too_long(name)
    even = tuple(tuple(cell.replace("\0", "").strip() for cell in row) + ("",) * (width - len(row)) for row in rows)
    inside = tuple(one for one in merged if one[0] < len(rows) and one[1] < width)
    return Sheet(even, inside)


def too_long(name: str) -> Failure:
    """The sentence for a file that no person can have laid out as a map."""
    return Failure(
        _("{name} is too long for a map ({most} rows at most); survey data are imported into an open map.").format(
            name=name, most=f"{MOST_ROWS:,}"
        )
    )
