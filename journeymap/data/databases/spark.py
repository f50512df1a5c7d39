"""Spark: a session on this machine (`spark://local`) or a cluster (`spark://host:7077`), by pyspark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from journeymap.data.address import Address
from journeymap.data.databases.connection import Refused, Rows, first_line, without
from journeymap.failure import Failure
from journeymap.i18n import _

_GROUP = "journeymap"


class Spark:
    """A `Connection` to Spark. A session that runs in this process already is used, and left running."""

    dialect = "pyspark"

    def __init__(self, address: Address) -> None:
        import ibis

        self.address = address
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise without(address, "spark") from None
        active: Any = SparkSession.getActiveSession()
        self._own = active is None
        self._session: Any = _started(address) if active is None else active
        ibis.pyspark  # noqa: B018  (named, it registers the options that writing for Spark asks for)
        for name, value in _SETTINGS.items():
            self._session.conf.set(name, value)
        if address.database:
            self.ask(f"USE `{address.database.replace('`', '``')}`")

    def ask(self, sql: str) -> tuple[tuple[str, ...], Rows]:
        """See `Connection`."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            self._session.sparkContext.setJobGroup(_GROUP, "counting", interruptOnCancel=True)
            found = self._session.sql(sql)
            return tuple(found.columns), [tuple(row) for row in found.collect()]
        except (PySparkException, Py4JError, OSError) as error:
            raise Refused(first_line(error)) from None

    def pieces(self, sql: str, rows: int) -> Iterator[Rows]:
        """See `Connection`."""
        found = self.ask(sql)[1]
        yield from (found[start : start + rows] for start in range(0, len(found), rows))

    def tables(self) -> list[str]:
        """See `Connection`."""
        _names, rows = self.ask("SHOW TABLES")
        return [name if not schema else f"{schema}.{name}" for schema, name, *_rest in rows]

    def interrupt(self) -> None:
        """See `Connection`."""
        with suppress(Exception):
            self._session.sparkContext.cancelJobGroup(_GROUP)

    def close(self) -> None:
        """See `Connection`."""
        if self._own:
            with suppress(Exception):
                self._session.stop()


_SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}


def _started(address: Address) -> Any:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    here = address.host in {"", "local", "localhost"} and address.port is None
    made: Any = SparkSession.builder
    made = (
        made.appName("Journeymap").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    )
    made = made.config("spark.sql.shuffle.partitions", "4") if here else made
    try:
        return made.master("local[2]" if here else f"spark://{address.host}:{address.port or 7077}").getOrCreate()
    except (PySparkException, Py4JError, OSError, RuntimeError) as error:
        raise Failure(
            _("Spark at {place} cannot be started: {reason}. It needs Java 17 or newer.").format(
                place=address.place, reason=first_line(error)
            )
        ) from None
