"""From sources to one table of text in the engine: only the columns that the recipe names, one scan a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from journeymap.data import sources
from journeymap.data.engine import Engine, import_ahead, narrow
from journeymap.data.recipe import Source
from journeymap.data.sources import Readable
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    import ibis

    from journeymap.data.coding import Wanted


def stage(
    engine: Engine, readables: Sequence[Readable], columns: Sequence[str], source: Source | None = None
) -> tuple[ibis.Table, dict[str, int]]:
    """A table whose column `c0`, `c1` … is the text of `columns[0]`, `columns[1]` … in every source, one below the other.

    Also how many rows of the sources were left out, by reason. Empty cells are NULL. Raises Failure.
    """
    import_ahead()
    dropped: Counter[str] = Counter()
    for number, readable in enumerate(readables):
        dropped.update(_add(engine, readable, columns, source, more=number > 0))
    import ibis

    return ibis.table({f"c{index}": "string" for index in range(len(columns))}, name="raw"), dict(dropped)


def _add(
    engine: Engine, readable: Readable, columns: Sequence[str], source: Source | None, *, more: bool
) -> dict[str, int]:
    """Adds one source to the table. What the engine refuses as not strict CSV is tidied up first."""
    import duckdb

    def scan(source: Readable) -> None:
        wanted = [source.columns.index(column) for column in columns]
        engine.scan("raw", source.path, source.delimiter, len(source.columns), wanted, more=more)

    try:
        scan(readable)
    except grave():
        raise
    except duckdb.Error:
        readable = sources.tidied(readable, source)
    else:
        return readable.dropped
    try:
        scan(readable)
    except grave():
        raise
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise Failure(
            _("{path} cannot be read as a table: {reason}.").format(path=readable.sample.path.name, reason=first)
        ) from error
    return readable.dropped


def filtered(engine: Engine, raw: ibis.Table, wanted: Wanted) -> tuple[ibis.Table, dict[str, int]]:
    """The rows that the recipe's filter names, and how many it leaves out, by the filter as the reason."""
    from journeymap.data.rows import condition

    if not wanted.filter:
        return raw, {}
    used = engine.keep("used", raw.filter(condition(wanted.filter, raw, dict(wanted.filtered), wanted.decimal)))
    before, after = (engine.ask(table.agg(n=table.count())).to_pylist()[0]["n"] for table in (raw, used))
    engine.drop("raw")
    if before and not after:
        raise Failure(_("The filter “{filter}” uses none of the {n} rows.").format(filter=wanted.filter, n=before))
    return used, {wanted.filter: before - after} if before > after else {}


def grave() -> tuple[type[Exception], ...]:
    """What is no fault of the file: stopped, no memory."""
    import duckdb

    return duckdb.InterruptException, duckdb.OutOfMemoryException


def distinct_texts(engine: Engine, raw: ibis.Table, columns: Iterable[int], most: int) -> dict[int, list[str]]:
    """The different texts of each column `c…`, at most `most` + 1 of them, in one question to the engine."""
    import ibis

    columns = list(columns)
    if not columns:
        return {}
    parts = []
    for index in columns:
        thin = narrow(raw, [f"c{index}"])
        named = thin.select(column=ibis.literal(index, "int16"), text=thin[f"c{index}"])
        parts.append(named.distinct().limit(most + 1))
    found = engine.ask(ibis.union(*parts) if len(parts) > 1 else parts[0])
    texts: dict[int, list[str]] = {index: [] for index in columns}
    for column, text in zip(found.column(0).to_pylist(), found.column(1).to_pylist(), strict=True):
        if text is not None:
            texts[column].append(text)
    return {index: sorted(found) for index, found in texts.items()}
