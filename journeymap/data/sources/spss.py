"""SPSS .sav and .zsav by pyreadstat (Apache-2.0). Runs in the child process.

Cells are codes, so that a recipe can name them; value labels, user-missing codes and ranges, and multiple-response sets go
along beside them. Dates are seconds since 14 October 1582 in the file. They are converted here: the reader's own way
stops the whole file at one date that no calendar has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import isfinite
from pathlib import Path
from typing import Any

from journeymap.data.sources.sample import MOST_COLUMNS
from journeymap.failure import Failure
from journeymap.i18n import _

_ROWS = 20_000  # at a time
_EPOCH = datetime(1582, 10, 14)  # noqa: DTZ001  (SPSS knows no zones)
_DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR")
_TIMES = ("DATETIME", "YMDHMS")
_CLOCKS = ("TIME", "DTIME", "MTIME")


def read(path: Path, _sheet: str) -> tuple[dict[str, Any], Iterator[Sequence[str]]]:
    """A header and the rows, and what the file says of its variables. Raises Failure."""
    from pyreadstat import read_sav

    _data, meta = read_sav(
        str(path), metadataonly=True, user_missing=True, disable_datetime_conversion=True, output_format="dict"
    )
    names = list(meta.column_names)
    if len(names) > MOST_COLUMNS:
        raise Failure(
            _("{path} has {count} columns; at most {most} can be read.").format(
                path=path.name, count=len(names), most=MOST_COLUMNS
            )
        )
    seen: dict[str, set[str]] = {name: set() for name in names}
    ranges = _ranges(meta)
    labels = {
        name: {_text(code): str(label) for code, label in known.items()}
        for name, known in meta.variable_value_labels.items()
    }

    def missing() -> dict[str, Any]:
        return {"missing": {name: sorted(codes) for name, codes in seen.items() if codes}}

    answer = {
        "header": True,
        "count": meta.number_rows,
        "texts": {name: label for name, label in meta.column_names_to_labels.items() if label},
        "labels": labels,
        "sets": _sets(meta),
        "finish": missing,
    }
    return answer, _records(path, names, meta.original_variable_types, ranges, seen)


def _records(
    path: Path,
    names: Sequence[str],
    formats: Mapping[str, str | None],
    ranges: Mapping[str, list[tuple[Any, Any]]],
    seen: dict[str, set[str]],
) -> Iterator[Sequence[str]]:
    from pyreadstat import read_sav

    yield list(names)
    start = 0
    while True:
        data, _meta = read_sav(
            str(path), row_offset=start, row_limit=_ROWS, user_missing=True, disable_datetime_conversion=True,
            output_format="dict",
        )  # fmt: skip
        columns = [
            _column(list(data[name]), formats.get(name) or "", ranges.get(name, []), seen[name]) for name in names
        ]
        yield from zip(*columns, strict=True)
        read = len(columns[0]) if columns else 0
        start += read
        if read < _ROWS:
            return


def _column(cells: list[Any], form: str, ranges: list[tuple[Any, Any]], seen: set[str]) -> list[str]:
    kind = form.rstrip("0123456789.")
    texts = [_dated(cell, kind) if kind in {*_DAYS, *_TIMES, *_CLOCKS} else _text(cell) for cell in cells]
    for low, high in ranges:
        numeric = not isinstance(low, str)
        for cell, text in zip(cells, texts, strict=True):
            if cell is not None and isinstance(cell, str) != numeric and low <= cell <= high:
                seen.add(text)
    return texts


def _dated(cell: Any, kind: str) -> str:
    if not isinstance(cell, (int, float)) or not isfinite(cell):
        return _text(cell)
    if kind in _CLOCKS:
        seconds = round(cell)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    try:
        moment = _EPOCH + timedelta(seconds=float(cell))
    except OverflowError:
        return _text(cell)
    return moment.strftime("%Y-%m-%d") if kind in _DAYS else moment.isoformat(" ", "seconds")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        if not isfinite(cell):
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).rstrip()


def _ranges(meta: Any) -> dict[str, list[tuple[Any, Any]]]:
    return {name: [(one["lo"], one["hi"]) for one in ranges] for name, ranges in meta.missing_ranges.items()}


def _sets(meta: Any) -> dict[str, list[str]]:
    """Multiple-response sets: label → variables."""
    return {
        str(known.get("label") or name): list(known["variable_list"])
        for name, known in (getattr(meta, "mr_sets", None) or {}).items()
    }
