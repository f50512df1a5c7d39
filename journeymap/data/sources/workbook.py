"""Workbooks, old and new, by calamine (MIT): XLSX, XLSM, XLSB, XLS, ODS. Runs in the child process.

A cell becomes the text that a person would have typed: 5, not 5.0; dates in ISO form; formulas by their stored result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from journeymap.failure import Failure
from journeymap.i18n import _


def read(path: Path, sheet: str) -> tuple[dict[str, Any], Iterator[Sequence[str]]]:
    """The rows of a sheet that are not blank, and what `chosen` says. Raises Failure."""
    said, found = chosen(path, sheet)
    return said, _records(found)


def chosen(path: Path, sheet: str) -> tuple[dict[str, Any], Any]:
    """The sheet of that name, else the first visible one with a table; and the names of all. Raises Failure."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_path(str(path))
    visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
    names = list(book.sheet_names)
    if sheet:
        wanted = [name for name in names if name.strip().casefold() == sheet.strip().casefold()]
        if not wanted:
            raise Failure(
                _("{path} has no sheet “{sheet}”. It has: {names}.").format(
                    path=path.name, sheet=sheet, names=", ".join(names[:12])
                )
            )
        return {"sheets": names, "sheet": wanted[0]}, book.get_sheet_by_name(wanted[0])
    best: tuple[str, Any] | None = None
    for name in visible or names:
        try:
            found = book.get_sheet_by_name(name)
        except Exception:  # noqa: BLE001, S112  (a chart is no sheet of cells; calamine has no better error)
            continue
        if found.height > 1 and found.width > 0:
            return {"sheets": names, "sheet": name}, found
        if best is None and found.height:
            best = (name, found)
    if best is None:
        raise Failure(_("{path} has no sheet with a table.").format(path=path.name))
    return {"sheets": names, "sheet": best[0]}, best[1]


def _records(sheet: Any) -> Iterator[Sequence[str]]:
    for row in sheet.iter_rows():
        record = [text(cell) for cell in row]
        if any(record):
            yield record


def text(cell: Any) -> str:
    """A cell as a person would have typed it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return "" if cell is None else str(cell)
