"""From sources to one table of text in the engine: only the columns that the recipe names, one scan a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from journeymap.data import sources
from journeymap.data.counting import numbering, scanning
from journeymap.data.counting.encoding import Words
from journeymap.data.counting.engine import COUNTING, Engine, import_ahead, narrow
from journeymap.data.recipe import Source
from journeymap.data.sources import Readable
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    import ibis

    from journeymap.data.counting.tallying import Tally
    from journeymap.data.counting.wanted import Wanted

MOST_NUMBERED = 20_000
"""A column of more different texts is staged as text."""


def stage(
    engine: Engine,
    readables: Sequence[Readable],
    columns: Sequence[str],
    source: Source | None = None,
    words: Words | None = None,
    tally: Tally | None = None,
) -> tuple[ibis.Table | None, dict[str, int]]:
    """A table whose column `c0`, `c1` … is the text of `columns[0]`, `columns[1]` … in every source, one below the other.

    Also how many rows of the sources were left out, by reason. Empty cells are NULL. The columns in `words.known` hold
    the number of their text instead. Where `tally` could count all rows while they were read, there is no table. Raises
    Failure.
    """
    words = words or Words()
    if tally is None:
        import_ahead(*COUNTING)
    words.meet(readables, columns)
    left_out = sum((Counter(readable.dropped) for readable in readables), Counter())
    if scanning.suits(readables, columns, words):
        with suppress(numbering.Refused):
            if tally is not None and _tallied(engine, tally, readables, columns, words):
                return None, dict(left_out)
            imported = import_ahead(*COUNTING)
            scanning.scan(engine, scanning.Table(engine, "raw"), readables, columns, words, MOST_NUMBERED)
            imported()
            return _raw(columns, words), dict(left_out)
    imported = import_ahead(*COUNTING)
    for index, known in words.known.items():
        engine.number(index, known)
    dropped: Counter[str] = Counter()
    for number, readable in enumerate(readables):
        dropped.update(_add(engine, readable, columns, source, words, more=number > 0))
    _number_the_rest(engine, words)
    imported()
    return _raw(columns, words), dict(dropped)


def _tallied(engine: Engine, tally: Tally, readables: Sequence[Readable], columns: Sequence[str], words: Words) -> bool:
    """Whether the rows could be counted while they were read. Raises Refused."""
    from journeymap.data.counting.tallying import Untallied

    try:
        scanning.scan(engine, tally, readables, columns, words, MOST_NUMBERED)
    except Untallied:
        return False
    return True


def _raw(columns: Sequence[str], words: Words) -> ibis.Table:
    import ibis

    types = {f"c{index}": "int16" if index in words.known else "string" for index in range(len(columns))}
    return ibis.table(types, name="raw")


def _number_the_rest(engine: Engine, words: Words) -> None:
    """Numbers the texts that were met in the scan only; where they are too many, the column becomes text."""
    numbered = sorted(words.known)
    for index in numbered:
        known = words.known[index]
        new = engine.unmet("raw", numbered, index, MOST_NUMBERED - len(known))
        if len(known) + len(new) > MOST_NUMBERED:
            engine.spell_out("raw", numbered, index)
            del words.known[index]
        elif new:
            later = {text: len(known) + number for number, text in enumerate(sorted(new))}
            engine.number_later("raw", numbered, index, later)
            known |= later


def _add(
    engine: Engine, readable: Readable, columns: Sequence[str], source: Source | None, words: Words, *, more: bool
) -> dict[str, int]:
    """Adds one source to the table. What the engine refuses as not strict CSV is tidied up first."""
    import duckdb

    def scan(source: Readable) -> None:
        wanted = [source.columns.index(column) for column in columns]
        width = len(source.columns)
        engine.scan("raw", source.path, source.delimiter, width, wanted, more=more, numbered=words.known)

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
    from journeymap.data.counting.rows import condition

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


def distinct_texts(
    engine: Engine, raw: ibis.Table, columns: Iterable[int], most: int, words: Words | None = None
) -> dict[int, list[str]]:
    """The different texts of each column `c…`, at most `most` + 1 of them, in one question to the engine."""
    import ibis

    known = words.known if words else {}
    spoken = {
        index: sorted(known[index]) if words and words.occur else _occurring(engine, raw, index, known[index])
        for index in columns
        if index in known
    }
    columns = [index for index in columns if index not in known]
    if not columns:
        return spoken
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
    return spoken | {index: sorted(found) for index, found in texts.items()}


def _occurring(engine: Engine, raw: ibis.Table, column: int, known: Mapping[str, int]) -> list[str]:
    thin = narrow(raw, [f"c{column}"])
    found = {*engine.ask(thin.select(number=thin[f"c{column}"]).distinct()).column(0).to_pylist()}
    return sorted(text for text, number in known.items() if number in found)
