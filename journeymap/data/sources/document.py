"""JSON: a list of objects, one object that holds such a list, or an object a line. Runs in the child process.

Objects within objects become columns "outer.inner"; a list of {key, value} pairs (as Analytics exports them) a column for
each key; other lists their texts, parted by " | ". A survey's definition (QSF) is refused: it holds no answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from journeymap.data.sources.sample import MOST_COLUMNS
from journeymap.failure import Failure
from journeymap.i18n import _

_DEEPEST = 8


def read(path: Path, sheet: str) -> tuple[dict[str, Any], Iterator[Sequence[str]]]:
    """A header with every key that any object has, and the rows. Raises Failure."""
    found = _lines(path)
    tables: list[str] = []
    if found is None:
        found, tables = _whole(path, sheet)
    keys = list(dict.fromkeys(key for row in found for key in row))
    if not keys:
        raise Failure(_("{path} holds no list of objects, and so no table.").format(path=path.name))
    if len(keys) > MOST_COLUMNS:
        raise Failure(
            _("{path} has {count} columns; at most {most} can be read.").format(
                path=path.name, count=len(keys), most=MOST_COLUMNS
            )
        )
    return {"header": True, "count": len(found), "sheets": tables}, _records(keys, found)


def _records(keys: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Iterator[Sequence[str]]:
    yield keys
    for row in rows:
        yield [row.get(key, "") for key in keys]


def _lines(path: Path) -> list[dict[str, str]] | None:
    """The objects of a file that has one on each line; None where it is no such file."""
    rows: list[dict[str, str]] = []
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                if len(rows) < 2:
                    return None
                raise Failure(
                    _("{path} is no JSON at line {line}: {reason}.").format(
                        path=path.name, line=number + 1, reason=error
                    )
                ) from error
            if not isinstance(value, dict):
                return None
            rows.append(dict(_flat(value)))
    return rows if len(rows) > 1 else None


def _whole(path: Path, sheet: str) -> tuple[list[dict[str, str]], list[str]]:
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    except ValueError as error:
        raise Failure(
            _("{path} is no JSON: {reason}.").format(path=path.name, reason=str(error).split(":")[0])
        ) from error
    if isinstance(value, dict) and {"SurveyEntry", "SurveyElements"} <= set(value):
        raise Failure(
            _(
                "{path} is the definition of a Qualtrics survey and holds no answers; export its responses as CSV."
            ).format(path=path.name)
        )
    if isinstance(value, list):
        return [dict(_flat(row)) for row in value if isinstance(row, dict)], []
    lists = {key: rows for key, rows in _lists(value, "") if any(isinstance(row, dict) for row in rows)}
    if sheet and sheet not in lists:
        raise Failure(
            _("{path} has no list “{sheet}”. It has: {names}.").format(
                path=path.name, sheet=sheet, names=", ".join(lists)
            )
        )
    if not lists:
        return ([dict(_flat(value))] if isinstance(value, dict) else []), []
    chosen = sheet or max(lists, key=lambda key: len(lists[key]))
    return [dict(_flat(row)) for row in lists[chosen] if isinstance(row, dict)], list(lists)


def _lists(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, dict) and depth < 3:
        for key, inner in value.items():
            full = f"{name}.{key}" if name else str(key)
            if isinstance(inner, list):
                yield full, inner
            else:
                yield from _lists(inner, full, depth + 1)


def _flat(value: Mapping[str, Any], name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        full = f"{name}.{key}" if name else str(key)
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from _flat(inner, full, depth + 1)
        elif isinstance(inner, list) and inner and all(_is_pair(item) for item in inner):
            for item in inner:
                yield f"{full}.{item['key']}", written(next((v for v in _values(item["value"]) if v is not None), ""))
        else:
            yield full, written(inner)


def _is_pair(item: Any) -> bool:
    return isinstance(item, dict) and set(item) == {"key", "value"}


def _values(value: Any) -> Iterator[Any]:
    yield from value.values() if isinstance(value, dict) else [value]


def written(value: Any) -> str:
    """A value as one cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list) and all(isinstance(item, (str, int, float)) for item in value):
        return " | ".join(map(str, value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
