"""A DuckDB file, read by the engine that is here already; nothing is written into it."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.data.address import Address
from journeymap.data.counting.engine import MEMORY, THREADS
from journeymap.data.databases.connection import Refused, Rows, check_file, first_line
from journeymap.data.private import folder as private_folder
from journeymap.failure import Failure
from journeymap.i18n import _


class LocalFile:
    """A `Connection` to a DuckDB file."""

    dialect = "duckdb"

    def __init__(self, address: Address) -> None:
        import duckdb

        self.address = address
        check_file(address)
        self._private = private_folder()
        try:
            self._con = duckdb.connect(
                address.database,
                read_only=True,
                config={
                    "threads": THREADS, "memory_limit": MEMORY, "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False, "temp_directory": self._private.name,
                },
            )  # fmt: skip
            for setting in ("TimeZone = 'UTC'", "enable_external_access = false", "lock_configuration = true"):
                self._con.execute(f"SET {setting}")
        except duckdb.Error as error:
            self._private.cleanup()
            raise Failure(
                _("{file} cannot be opened as a DuckDB database: {reason}.").format(
                    file=address.name, reason=first_line(error)
                )
            ) from error

    def ask(self, sql: str) -> tuple[tuple[str, ...], Rows]:
        """See `Connection`."""
        import duckdb

        try:
            found = self._con.execute(sql).to_arrow_table()
            columns = [column.to_pylist() for column in found.columns]
            return tuple(found.column_names), list(zip(*columns, strict=True))
        except duckdb.Error as error:
            raise Refused(first_line(error)) from error

    def pieces(self, sql: str, rows: int) -> Iterator[Rows]:
        """See `Connection`."""
        import duckdb

        try:
            found = self._con.execute(sql)
            while piece := found.fetchmany(rows):
                yield piece
        except duckdb.Error as error:
            raise Refused(first_line(error)) from error

    def tables(self) -> list[str]:
        """See `Connection`."""
        _names, rows = self.ask(
            "SELECT table_schema, table_name FROM information_schema.tables ORDER BY table_schema, table_name"
        )
        return [_named(schema, name) for schema, name in rows]

    def interrupt(self) -> None:
        """See `Connection`."""
        self._con.interrupt()

    def close(self) -> None:
        """See `Connection`."""
        self._con.close()
        self._private.cleanup()


def _named(schema: str, name: str) -> str:
    parts = (name,) if schema == "main" else (schema, name)
    return ".".join('"' + part.replace('"', '""') + '"' if not part.isidentifier() else part for part in parts)
