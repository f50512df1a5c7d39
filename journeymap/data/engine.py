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
import threading
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    import ibis

Arrow: TypeAlias = Any
"""A pyarrow Table or RecordBatch; pyarrow has no type stubs."""

MEMORY = "300MB"
THREADS = 2


class Engine:
    """One DuckDB in memory that sees nothing but `folder` (private, the caller removes it) and the `sources` given."""

    def __init__(self, folder: Path, sources: Iterable[Path] = ()) -> None:
        import duckdb

        self._folder = folder
        self._con = duckdb.connect(
            config={
                "threads": THREADS,
                "memory_limit": MEMORY,
                "temp_directory": str(folder / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
            }
        )
        allowed = ", ".join(literal(str(path.resolve())) for path in sources)
        for setting in (
            f"allowed_directories = [{literal(f'{folder.resolve()}/')}]",
            f"allowed_paths = [{allowed}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._con.execute(f"SET {setting}")

    def close(self) -> None:
        """Lets go of memory and files."""
        self._con.close()

    def interrupt(self) -> None:
        """Stops the question that is being answered; callable from another thread."""
        self._con.interrupt()

    def scan(self, name: str, path: Path, delimiter: str, width: int, wanted: Sequence[int], *, more: bool) -> None:
        """Reads columns of a CSV file (UTF-8, one header row, `width` columns) as text into the table `name`.

        They become `c0`, `c1` …; `more` adds the rows to a table that is there. Strict: a file that is not plain CSV
        makes it fail with `duckdb.Error`, and nothing is added. Needs no ibis, which may be on its way meanwhile.
        """
        types = ", ".join(f"'h{index}': 'VARCHAR'" for index in range(width))
        columns = ", ".join(f"h{index} AS c{place}" for place, index in enumerate(wanted))
        target = f"INSERT INTO {name}" if more else f"CREATE TEMP TABLE {name} AS"
        self._con.execute(
            f"{target} SELECT {columns} FROM read_csv({literal(str(path))}, header = true, auto_detect = false,"  # noqa: S608
            f" delim = {literal(delimiter)}, quote = '\"', escape = '\"', columns = {{{types}}})"
        )

    def keep(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Works `expression` out into a temporary table."""
        import ibis

        self._con.execute(f"CREATE TEMP TABLE {name} AS {self._sql(expression)}")
        return ibis.table(expression.schema(), name=name)

    def drop(self, name: str) -> None:
        """Forgets a temporary table."""
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
        import ibis

        return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def narrow(table: ibis.Table, names: Iterable[str]) -> ibis.Table:
    """The same kept table as if it had only these columns: ibis takes the square of the width to write SQL.

    Never select just these columns of it, unchanged: that is written as `*`.
    """
    import ibis

    schema = table.schema()
    return ibis.table({name: schema[name] for name in names}, name=table.get_name())


def import_ahead() -> None:
    """Imports ibis on another thread: a third of a second that a scan of the file hides."""

    def ahead() -> None:
        for name in ("ibis.backends.duckdb", "pyarrow"):
            import_module(name)

    threading.Thread(target=ahead, name="import-ibis", daemon=True).start()


_TYPES = {"VARCHAR": "string", "INTEGER": "int32"}


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
