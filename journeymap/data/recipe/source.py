"""[source] of a recipe: how a file is read, or what of a database, and which rows are used. What is not said is detected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from journeymap.data.recipe.tables import text
from journeymap.failure import Failure
from journeymap.i18n import _


class Join(Struct, frozen=True):
    """Another file, told from the folder of the first, whose columns stand beside its by the key `on`.

    `sheet` is the sheet of that file, where it has several.
    """

    file: str
    on: str
    sheet: str = ""


class Source(Struct, frozen=True):
    """How the file is read; whatever is empty is detected.

    `sheet` is the sheet of a workbook, the file of an archive, or the table of a report with several. `header_rows` is
    None where it is to be seen, 0 for a file without headers. `filter` names the rows to use (see `rows`), in place of
    what a dialect would leave out. `join` names other tables, put beside one after the other. `timezone` is where
    days begin and end, for times that say their own zone. `people` says who answered: of employees only larger groups are
    shown. `table` or `query` say what is read of a database.
    """

    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    header_rows: int | None = None
    sheet: str = ""
    filter: str = ""
    join: tuple[Join, ...] = ()
    timezone: str = ""
    people: str = ""
    table: str = ""
    query: str = ""


KEYS = {
    "encoding", "delimiter", "decimal", "header_rows", "sheet", "filter", "join", "timezone", "people", "table", "query",
}  # fmt: skip
PEOPLE = ("", "customers", "employees")


def read_source(table: Mapping[str, Any]) -> Source:
    """The source of a recipe's table, whose keys are known. Raises Failure for what is not meant."""
    where = "[source]"
    texts = {name: text(table, name, where) for name in KEYS - {"header_rows", "join"}}
    source = Source(**texts, header_rows=table.get("header_rows"), join=_join(table.get("join")))
    if source.decimal not in {"", ".", ","}:
        raise Failure(_("“decimal” in {where} is either “.” or “,”.").format(where=where))
    if source.people not in PEOPLE:
        raise Failure(_("“people” in {where} is either “customers” or “employees”.").format(where=where))
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
    for name in Source.__struct_fields__:
        value = getattr(source, name)
        if value not in ("", None, ()):
            found[name] = value
    if source.join:
        tables = [{key: said for key in Join.__struct_fields__ if (said := getattr(one, key))} for one in source.join]
        found["join"] = tables[0] if len(tables) == 1 else tables
    return found


def _join(value: Any) -> tuple[Join, ...]:
    """One table to join, or a list of them, each put beside what the ones before have made."""
    tables = value if isinstance(value, list) else [] if value is None else [value]
    if not all(_is_join(one) for one in tables):
        raise Failure(
            _(
                '“join” in [source] is {{ file = "users.csv", on = "user_id" }}, or a list of such; “sheet” may be added.'
            )
        )
    return tuple(Join(**one) for one in tables)


def _is_join(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and {"file", "on"} <= set(value) <= {"file", "on", "sheet"}
        and all(isinstance(one, str) and one for one in value.values())
    )


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
