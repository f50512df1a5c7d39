"""The columnar engine behind the counting: DuckDB, driven by ibis, with DuckDB's defaults tamed.

Why ibis: the counting expression (see `aggregate`) is written once and also runs where the rows are, in PostgreSQL,
Spark or a warehouse, so that only counts travel. Why these pins: ibis 12 cannot create tables with sqlglot 30, nor
list them with DuckDB 2. What the defaults would do: install extensions from the network, spill clear text into the
working directory, take 80 % of the memory, and read other files when a name holds `*`.

ibis's own `to_pyarrow` and `memtable` import pandas (a quarter of a second, 40 MB); compiling and asking DuckDB
directly does not, and small tables go in as files of the private folder.
"""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    import ibis

Arrow: TypeAlias = Any
"""A pyarrow Table or RecordBatch; pyarrow has no type stubs."""

MEMORY = "400MB"
THREADS = 2
CELLS = 20
"""Groups of whole numbers that make up to two to the power of this many cells are counted in an array, not a hash table:
a sixth of the time. Its cells are visited as a whole, so that small sources are better off with fewer."""
FEW_CELLS = 12
LARGE = 16 << 20
"""Bytes of a source from which on it pays to prepare for much."""
UNMET = -1
"""In place of the number of a text that was not met beforehand (see `encoding`)."""


class Interrupted(Exception):
    """A question was broken off by `interrupt`."""


class Engine:
    """One DuckDB in memory that sees nothing but `folder` (private, the caller removes it) and the `sources` given.

    `databases.afar` has the same doors where the rows are in a database (`far`); counts are brought `here`.
    """

    far = False

    def __init__(self, folder: Path, sources: Iterable[Path] = ()) -> None:
        import duckdb

        sources = [path.resolve() for path in sources]
        large = sum(path.stat().st_size for path in sources) > LARGE
        self._folder = folder
        self._interrupted = False
        self._packed: set[str] = set()
        self._con = duckdb.connect(
            config={
                "threads": THREADS,
                "memory_limit": MEMORY,
                "temp_directory": str(folder / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
                "perfect_ht_threshold": CELLS if large else FEW_CELLS,
            }
        )
        allowed = ", ".join(literal(str(path)) for path in sources)
        for setting in (
            f"allowed_directories = [{literal(f'{folder.resolve()}/')}]",
            f"allowed_paths = [{allowed}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._con.execute(f"SET {setting}")

    @property
    def here(self) -> Engine:
        """The engine that holds what was brought."""
        return self

    def close(self) -> None:
        """Lets go of memory and files."""
        self._con.close()

    def interrupt(self) -> None:
        """Stops the question that is being answered; callable from another thread."""
        self._interrupted = True
        self._con.interrupt()

    def go_on(self) -> None:
        """Raises Interrupted after `interrupt`, between steps that are no questions to the engine."""
        if self._interrupted:
            raise Interrupted

    def scan(
        self,
        name: str,
        path: Path,
        delimiter: str,
        width: int,
        wanted: Sequence[int],
        *,
        more: bool,
        numbered: Iterable[int] = (),
    ) -> None:
        """Reads columns of a CSV file (UTF-8, one header row, `width` columns) as text into the table `name`.

        They become `c0`, `c1` …; `more` adds the rows to a table that is there. Those `numbered` (positions in `wanted`)
        become the number of their text instead, as told by `number`; a row with a text that has none gets UNMET there
        and all numbered texts in `unmet`. Strict: a file that is not plain CSV makes it fail with `duckdb.Error`, and
        nothing is added. Needs no ibis, which may be on its way meanwhile.
        """
        numbered = sorted(numbered)
        types = ", ".join(f"'h{index}': 'VARCHAR'" for index in range(width))
        source = (
            f"read_csv({literal(str(path))}, header = true, auto_detect = false, delim = {literal(delimiter)},"
            f" quote = '\"', escape = '\"', columns = {{{types}}})"
        )
        texts = [f"h{index} AS t{place}" for place, index in enumerate(wanted)]
        numbers = [f"enum_code(TRY_CAST(h{wanted[place]} AS words{place}))::SMALLINT AS n{place}" for place in numbered]
        new = " OR ".join(f"(n{place} IS NULL AND t{place} IS NOT NULL)" for place in numbered)
        columns = [
            f"CASE WHEN n{place} IS NULL AND t{place} IS NOT NULL THEN {UNMET} ELSE n{place} END::SMALLINT AS c{place}"
            if place in numbered
            else f"t{place} AS c{place}"
            for place in range(len(wanted))
        ]
        if numbered:
            columns.append(f"CASE WHEN {new} THEN [{', '.join(f't{place}' for place in numbered)}] END AS unmet")
        target = f"INSERT INTO {name}" if more else f"CREATE TEMP TABLE {name} AS"
        self._con.execute(
            f"{target} SELECT {', '.join(columns)} FROM (SELECT {', '.join([*texts, *numbers])} FROM {source})"  # noqa: S608
        )

    def number(self, column: int, texts: Iterable[str]) -> None:
        """Tells the texts of a column that is to be read as numbers: the first is 0."""
        self._con.execute(f"CREATE TYPE words{column} AS ENUM ({', '.join(map(literal, texts))})")

    def unmet(self, name: str, numbered: Sequence[int], column: int, most: int) -> list[str]:
        """At most `most` + 1 different texts of a numbered column that have no number yet."""
        place = sorted(numbered).index(column) + 1
        found = self._con.execute(
            f"SELECT DISTINCT unmet[{place}] FROM {name} WHERE c{column} = {UNMET} LIMIT {most + 1}"  # noqa: S608
        )
        return [text for (text,) in found.fetchall()]

    def number_later(self, name: str, numbered: Sequence[int], column: int, numbers: Mapping[str, int]) -> None:
        """Gives the rows with texts that were not met beforehand their numbers."""
        place = sorted(numbered).index(column) + 1
        self.put("later", {"later_text": "VARCHAR", "later_number": "SMALLINT"}, numbers.items())
        self._con.execute(
            f"UPDATE {name} SET c{column} = later_number FROM later"  # noqa: S608
            f" WHERE c{column} = {UNMET} AND unmet[{place}] = later_text"
        )
        self.drop("later")

    def spell_out(self, name: str, numbered: Sequence[int], column: int) -> None:
        """Turns a numbered column back into text."""
        place = sorted(numbered).index(column) + 1
        self._con.execute(
            f"CREATE TEMP TABLE {name}_text AS SELECT * REPLACE (CASE WHEN c{column} = {UNMET} THEN unmet[{place}]"  # noqa: S608
            f" ELSE enum_range(NULL::words{column})[c{column} + 1]::VARCHAR END AS c{column}) FROM {name}"
        )
        self.drop(name)
        self._con.execute(f"ALTER TABLE {name}_text RENAME TO {name}")

    def keep(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Works `expression` out into a temporary table."""
        import ibis

        self._con.execute(f"CREATE TEMP TABLE {name} AS {self._sql(expression)}")
        return ibis.table(expression.schema(), name=name)

    def show(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Gives `expression` a name, to be worked out whenever it is asked for."""
        import ibis

        self._con.execute(f"CREATE TEMP VIEW {name} AS {self._sql(expression)}")
        return ibis.table(expression.schema(), name=name)

    def once(self, _name: str, expression: ibis.Table) -> ibis.Table:
        """The same table; this engine sees by itself what need not be worked out twice."""
        return expression

    def bring(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Works `expression` out into a temporary table of `here`."""
        return self.keep(name, expression)

    def take(self, name: str, arrow: Arrow, *, more: bool = False) -> ibis.Table:
        """A temporary table with the rows of an Arrow table; `more` adds them to one that is there."""
        import ibis

        self._insert(name, arrow, "*", more=more)
        return ibis.table(ibis.Schema.from_pyarrow(arrow.schema), name=name)

    def pack(self, name: str, arrow: Arrow, *, more: bool = False) -> None:
        """The same for very many rows, in half of the time; needs no ibis, which may be on its way meanwhile.

        DuckDB estimates of every column how many different values it has, but not of what is in a struct. So the table is
        one struct, and `name` a view of what is in it. The least and the greatest values are known all the same.
        """
        packed = ", ".join(f"'{column}': {column}" for column in arrow.schema.names)
        self._insert(f"{name}_packed", arrow, f"{{{packed}}} AS packed", more=more)
        if not more:
            self._packed.add(name)
            columns = ", ".join(f"packed.{column} AS {column}" for column in arrow.schema.names)
            self._con.execute(f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM {name}_packed")  # noqa: S608

    def _insert(self, name: str, arrow: Arrow, columns: str, *, more: bool) -> None:
        # A table itself would make DuckDB import pyarrow.dataset, and that pandas.
        self._con.register("taken", arrow.__arrow_c_stream__())
        target = f"INSERT INTO {name}" if more else f"CREATE TEMP TABLE {name} AS"
        self._con.execute(f"{target} SELECT {columns} FROM taken")  # noqa: S608
        self._con.unregister("taken")

    def drop(self, name: str) -> None:
        """Forgets a temporary table."""
        if name in self._packed:
            self._packed.remove(name)
            self._con.execute(f"DROP VIEW {name}")
            name = f"{name}_packed"
        self._con.execute(f"DROP TABLE {name}")

    def put(self, name: str, types: dict[str, str], rows: Iterable[Sequence[str | int | float]]) -> ibis.Table:
        """A small table from Python, by way of a file in the private folder; text stays as it is, also where it is empty."""
        import ibis

        path = self._folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([tuple(types), *rows])
        declared = ", ".join(f"{literal(column)}: {literal(type_)}" for column, type_ in types.items())
        self._con.execute(
            f"CREATE TEMP TABLE {name} AS SELECT * FROM read_csv({literal(str(path))}, header = true,"  # noqa: S608
            " auto_detect = false, delim = ',', quote = '\"', escape = '\"', allow_quoted_nulls = false,"
            f" max_line_size = 4000000, columns = {{{declared}}})"
        )
        path.unlink()
        return ibis.table({column: _TYPES[type_] for column, type_ in types.items()}, name=name)

    def ask(self, expression: ibis.Table) -> Arrow:
        """The answer to `expression` as an Arrow table."""
        found = self._con.execute(self._sql(expression)).to_arrow_table()
        return found.cast(expression.schema().to_pyarrow())  # DuckDB sums whole numbers to 128 bits

    def stream(self, expression: ibis.Table, rows: int = 100_000) -> Iterable[Arrow]:
        """The answer to `expression` in pieces of `rows`, for tables that are as long as the source."""
        return cast("Iterable[Arrow]", self._con.execute(self._sql(expression)).to_arrow_reader(rows))

    def _sql(self, expression: ibis.Table) -> str:
        from ibis.backends.sql.compilers import duckdb

        # As `ibis.to_sql` does it, but for a copy of the whole tree, which takes a fifth of the time.
        query = duckdb.compiler.to_sqlglot(expression.unbind())
        return str(query.sql(dialect=duckdb.compiler.dialect, copy=False))


def narrow(table: ibis.Table, names: Iterable[str]) -> ibis.Table:
    """The same kept table as if it had only these columns: ibis takes the square of the width to write SQL.

    Never select just these columns of it, unchanged: that is written as `*`.
    """
    import ibis

    schema = table.schema()
    return ibis.table({name: schema[name] for name in names}, name=table.get_name())


READING = ("pyarrow.csv", "duckdb")
COUNTING = ("ibis", "ibis.backends.sql.compilers")


@cache
def import_ahead(*modules: str) -> Callable[[], None]:
    """Imports what READING or COUNTING needs on another thread: half a second that other work hides. Its answer waits for
    it.

    Whoever uses them next has to wait: two threads that import parts of one package at once from different ends see
    half of it. And the end of the program waits: a thread that is broken off within a library's own code takes the
    process down.
    """
    before = import_ahead(*READING) if modules == COUNTING else None

    def ahead() -> None:
        if before is not None:
            before()
        with suppress(Exception):  # who needs the module says what is wrong with it
            os.environ.setdefault(
                "OPENBLAS_NUM_THREADS", "1"
            )  # numpy's threads, which nobody here needs, wait by spinning
            for name in modules:
                import_module(name)

    thread = threading.Thread(target=ahead, name=f"import-{modules[0]}")
    thread.start()
    return thread.join


_TYPES = {"VARCHAR": "string", "INTEGER": "int32", "DOUBLE": "float64", "SMALLINT": "int16"}


def columns(arrow: Arrow) -> dict[str, Any]:
    """The columns of an Arrow table or batch without NULLs as numpy arrays (pyarrow's own way imports pandas)."""
    import numpy as np

    found = {}
    for name, column in zip(arrow.schema.names, arrow.columns, strict=True):
        kind = np.dtype(_NUMPY.get(str(column.type), str(column.type)))
        parts = [
            np.frombuffer(chunk.buffers()[1], dtype=kind)[chunk.offset : chunk.offset + len(chunk)]
            for chunk in getattr(column, "chunks", [column])
            if len(chunk)
        ]
        found[name] = np.concatenate(parts) if len(parts) > 1 else parts[0] if parts else np.empty(0, kind)
    return found


_NUMPY = {"double": "float64", "float": "float32"}


def literal(text: str) -> str:
    """`text` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
