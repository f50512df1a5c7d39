"""[source] of a recipe: how a file is read and which of its rows are used. Whatever is not said is detected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeymap.data.tables import text
from journeymap.failure import Failure
from journeymap.i18n import _


@dataclass(frozen=True, slots=True)
class Join:
    """A second file, told from the folder of the first, whose columns stand beside its by the key `on`."""

    file: str
    on: str


@dataclass(frozen=True, slots=True)
class Source:
    """How the file is read; whatever is empty is detected.

    `sheet` is the sheet of a workbook, the file of an archive, or the table of a report with several. `header_rows` is
    None where it is to be seen, 0 for a file without headers. `filter` names the rows to use (see `rows`), in place of
    what a dialect would leave out. `timezone` is where days begin and end, for times that say their own zone.
    """

    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    header_rows: int | None = None
    sheet: str = ""
    filter: str = ""
    join: Join | None = None
    timezone: str = ""


KEYS = {"encoding", "delimiter", "decimal", "header_rows", "sheet", "filter", "join", "timezone"}


def read_source(table: Mapping[str, Any]) -> Source:
    """The source of a recipe's table, whose keys are known. Raises Failure for what is not meant."""
    where = "[source]"
    texts = {name: text(table, name, where) for name in KEYS - {"header_rows", "join"}}
    source = Source(**texts, header_rows=table.get("header_rows"), join=_join(table.get("join")))
    if source.decimal not in {"", ".", ","}:
        raise Failure(_("“decimal” in {where} is either “.” or “,”.").format(where=where))
    if len(source.delimiter) > 1 or source.delimiter in {'"', "\n", "\r"}:
        raise Failure(_("“delimiter” in {where} is one character, such as “;”.").format(where=where))
    rows = source.header_rows
    if rows is not None and (isinstance(rows, bool) or not isinstance(rows, int) or not 0 <= rows <= 9):
        raise Failure(_("“header_rows” in {where} is a number from 0 to 9.").format(where=where))
    _check_zone(source.timezone)
    return source


def source_table(source: Source) -> dict[str, Any]:
    """The source as a recipe writes it; what is empty is left out."""
    found: dict[str, Any] = {}
    for name in Source.__slots__:
        value = getattr(source, name)
        if value not in {"", None}:
            found[name] = {"file": value.file, "on": value.on} if isinstance(value, Join) else value
    return found


def _join(value: Any) -> Join | None:
    if value is None:
        return None
    if (
        not isinstance(value, dict)
        or set(value) != {"file", "on"}
        or not all(isinstance(one, str) and one for one in value.values())
    ):
        raise Failure(_('“join” in [source] is {{ file = "users.csv", on = "user_id" }}.'))
    return Join(value["file"], value["on"])


def _check_zone(name: str) -> None:
    if not name:
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Failure(
            _("“timezone” in [source] is not known: {name}. Such as: Europe/Berlin.").format(name=name)
        ) from error
