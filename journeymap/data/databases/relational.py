"""PostgreSQL, MySQL, SQLite, Trino, Snowflake and BigQuery, by SQLAlchemy and the driver of each. Read only: in a
transaction that says so where there are any, at one moment of the data, and with an end to every question.
"""

from __future__ import annotations

import getpass
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

from journeymap.data.address import KINDS, Address, Secret
from journeymap.data.databases.connection import (
    CONNECT_SECONDS,
    STATEMENT_SECONDS,
    Refused,
    Rows,
    check_file,
    first_line,
    without,
)
from journeymap.data.databases.passwords import PasswordNeeded
from journeymap.failure import Failure
from journeymap.i18n import _

_PORTS: Final = {"postgresql": 5432, "mysql": 3306, "trino": 8080}
_DRIVERS: Final = {"postgresql": "postgresql+pg8000", "mysql": "mysql+pymysql", "sqlite": "sqlite"}
_SPOKEN: Final[Mapping[str, str]] = {"postgresql": "postgres"}
_AT_FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "postgresql": (
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'",
        "SET LOCAL lock_timeout = '60s'",
        "SET LOCAL TIME ZONE 'UTC'",
        "SET LOCAL standard_conforming_strings = on",
        "SET LOCAL application_name = 'Journeymap'",
    ),
    "mysql": (
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
        "SET SESSION time_zone = '+00:00'",
        "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
    ),
    "sqlite": ("PRAGMA query_only = ON", "BEGIN"),
    "trino": (f"SET SESSION query_max_run_time = '{STATEMENT_SECONDS}s'", "SET TIME ZONE 'UTC'"),
    "snowflake": (f"ALTER SESSION SET TIMEZONE = 'UTC', STATEMENT_TIMEOUT_IN_SECONDS = {STATEMENT_SECONDS}",),
}
_WHO_AM_I: Final = {"postgresql": "SELECT pg_backend_pid()", "mysql": "SELECT CONNECTION_ID()"}
_STOP: Final = {"postgresql": "SELECT pg_cancel_backend({})", "mysql": "KILL QUERY {}"}
_WRONG_PASSWORD: Final = ("28P01", "28000", "1045", "401", "250001")
_OF_THE_SYSTEM: Final = frozenset(
    {"information_schema", "pg_catalog", "pg_toast", "mysql", "performance_schema", "sys"}
)
_MOST_TABLES: Final = 5000
_STEPS: Final = 100_000
"""Of the virtual machine of SQLite, a millisecond or so."""


class Relational:
    """A `Connection` by SQLAlchemy."""

    def __init__(self, address: Address, secret: Secret | None) -> None:
        self.address, self.dialect = address, _SPOKEN.get(address.kind, address.kind)
        self._secret = secret
        self._stopped = 0.0
        _reachable(address)
        try:
            self._con = self._connected()
            for statement in _AT_FIRST.get(address.kind, ()):
                self._con.exec_driver_sql(statement)
            number = _WHO_AM_I.get(address.kind)
            self._number = self._con.exec_driver_sql(number).scalar() if number else None
        except Failure:
            raise
        except Exception as error:  # noqa: BLE001  (each driver has errors of its own; all of them mean: not connected)
            raise self._not_connected(error) from None  # the chain would show how it was connected to

    def ask(self, sql: str) -> tuple[tuple[str, ...], Rows]:
        """See `Connection`."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            found = self._con.exec_driver_sql(sql)
            return tuple(found.keys()), found.fetchall()
        except (SQLAlchemyError, OSError) as error:
            raise Refused(self._said(error)) from None

    def pieces(self, sql: str, rows: int) -> Iterator[Rows]:
        """See `Connection`."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            found = self._con.exec_driver_sql(sql)
            while piece := found.fetchmany(rows):
                yield piece
        except (SQLAlchemyError, OSError) as error:
            raise Refused(self._said(error)) from None

    def tables(self) -> list[str]:
        """See `Connection`."""
        from sqlalchemy import inspect
        from sqlalchemy.exc import SQLAlchemyError

        found: list[str] = []
        quoted = self._con.dialect.identifier_preparer.quote
        try:
            look = inspect(self._con)
            usual = look.default_schema_name
            for schema in sorted(look.get_schema_names(), key=lambda one: (one != usual, one)):
                if schema.casefold() in _OF_THE_SYSTEM:
                    continue
                names = sorted([*look.get_table_names(schema), *look.get_view_names(schema)])
                found += [quoted(one) if schema == usual else f"{quoted(schema)}.{quoted(one)}" for one in names]
        except (SQLAlchemyError, OSError) as error:
            raise Refused(self._said(error)) from None
        return found[:_MOST_TABLES]

    def interrupt(self) -> None:
        """See `Connection`."""
        if time.monotonic() - self._stopped < 1:
            return
        self._stopped = time.monotonic()
        with suppress(Exception):
            if self.address.kind in _STOP:  # the connection itself may be lost already
                other = self._connected()
                other.exec_driver_sql(_STOP[self.address.kind].format(self._number))
                other.close()
                return
            driver: Any = self._con.connection.driver_connection
            if self.address.kind == "sqlite":
                driver.interrupt()
            else:
                driver.close()

    def close(self) -> None:
        """See `Connection`."""
        with suppress(Exception):  # a server that has gone cannot be told good-bye
            self._con.close()
            self._engine.dispose()

    # ------------------------------------------------------------ connecting

    def _connected(self) -> Any:
        import sqlalchemy
        from sqlalchemy.pool import NullPool

        kind, making = self.address.kind, _MAKERS.get(self.address.kind)
        try:
            if making is not None:
                self._engine = sqlalchemy.create_engine(
                    f"{_DRIVERS[kind]}://", creator=lambda: making(self.address, self._secret), poolclass=NullPool
                )
            else:
                self._engine = sqlalchemy.create_engine(_url(self.address, self._secret), poolclass=NullPool)
            return self._engine.connect().execution_options(no_parameters=True)
        except (ImportError, sqlalchemy.exc.NoSuchModuleError):
            raise without(self.address, kind) from None

    def _not_connected(self, error: Exception) -> Failure:
        said = self._said(error)
        where = {"kind": KINDS[self.address.kind], "place": self.address.place, "user": self.address.user or _me()}
        if any(code in _codes(error) for code in _WRONG_PASSWORD):
            if self._secret is None:
                return PasswordNeeded(_("{kind} at {place} asks for the password of {user}.").format(**where))
            return PasswordNeeded(_("{kind} at {place} does not accept the password of {user}.").format(**where))
        if "SSL" in said and "refuse" in said:
            return Failure(
                _(
                    "{kind} at {place} offers no encrypted connection; add ?sslmode=disable to the address if you mean that."
                ).format(**where)
            )
        if "certificate" in said.casefold():
            return Failure(
                _(
                    "The certificate of {place} cannot be verified ({reason}); with ?sslmode=require it is not asked for."
                ).format(reason=said, **where)
            )
        return Failure(
            _(
                "{kind} at {place} cannot be opened: {reason}. Check the host, the database “{database}” and the user."
            ).format(reason=said, database=self.address.database, **where)
        )

    def _said(self, error: Exception) -> str:
        """What the driver says, in one line."""
        cause = _cause(error)
        told = cause.args[0] if cause.args else cause
        if isinstance(told, dict):
            told = told.get("M", "")
        elif isinstance(told, int) and len(cause.args) > 1:
            told = cause.args[1]
        return first_line(told, self._secret.reveal() if self._secret is not None else "")


def _cause(error: BaseException) -> Any:
    """What the server itself said: pg8000 hides it behind the connection that broke when it was told no."""
    own: Any = getattr(error, "orig", None) or error
    seen: BaseException | None = own
    while seen is not None:
        if seen.args and isinstance(seen.args[0], dict):
            return seen
        seen = seen.__context__
    return own


def _codes(error: Exception) -> tuple[str, ...]:
    """What stands for a code in the error of a driver."""
    cause = _cause(error)
    found = []
    for part in cause.args:
        found += [str(part.get("C", ""))] if isinstance(part, dict) else [str(part)] if isinstance(part, int) else []
    return (*found, str(getattr(cause, "errno", "")), str(getattr(cause, "status_code", "")))


def _reachable(address: Address) -> None:
    """Raises Failure where nobody answers: drivers say it in many ways, and late."""
    if address.kind not in _PORTS or not address.host or address.option("host").startswith("/"):
        return
    port = address.port or _PORTS[address.kind]
    try:
        socket.create_connection((address.host, port), CONNECT_SECONDS).close()
    except socket.gaierror:
        raise Failure(_("There is no host “{host}”; check its name.").format(host=address.host)) from None
    except TimeoutError:
        raise Failure(
            _("{host} does not answer on port {port}; check the host, the port and the network.").format(
                host=address.host, port=port
            )
        ) from None
    except OSError as error:
        raise Failure(
            _("No database answers at {host} on port {port} ({reason}).").format(
                host=address.host, port=port, reason=error.strerror or error
            )
        ) from None


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _postgresql(address: Address, secret: Secret | None) -> Any:
    import pg8000.dbapi

    folder = address.option("host")
    port = address.port or _PORTS["postgresql"]
    where: dict[str, Any] = {"host": address.host or "localhost", "port": port}
    if folder.startswith("/"):
        where = {"unix_sock": f"{folder.rstrip('/')}/.s.PGSQL.{address.option('port') or port}"}
    made = pg8000.dbapi.connect(
        address.user or _me(),
        **where,
        database=address.database or None,
        password=secret.reveal() if secret is not None else "",
        timeout=CONNECT_SECONDS,
        ssl_context=_encryption(address, own_machine="unix_sock" in where),
    )
    made._usock.settimeout(STATEMENT_SECONDS + 60)  # noqa: SLF001  (the driver has one limit for connecting and for asking)
    return made


def _encryption(address: Address, *, own_machine: bool) -> Any:
    """As libpq's sslmode, but encrypted and verified where another machine is asked and nothing is said."""
    mode = address.option("sslmode")
    if mode not in {"", "disable", "require", "verify-full"}:
        raise Failure(_("“sslmode” of the address is disable, require or verify-full."))
    near = own_machine or address.host in {"", "localhost", "127.0.0.1", "::1"}
    if mode == "disable" or (near and not mode):
        return False
    context = ssl.create_default_context()
    if mode == "require":
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _mysql(address: Address, secret: Secret | None) -> Any:
    import pymysql

    encrypted = _encryption(address, own_machine=False)
    return pymysql.connect(
        host=address.host or "localhost", port=address.port or _PORTS["mysql"], user=address.user or _me(),
        password=secret.reveal() if secret is not None else "", database=address.database or None, charset="utf8mb4",
        connect_timeout=CONNECT_SECONDS, read_timeout=STATEMENT_SECONDS, ssl=encrypted or None,
    )  # fmt: skip


def _sqlite(address: Address, _secret: Secret | None) -> Any:
    import sqlite3

    from ibis.backends.sqlite import udf

    check_file(address)
    made = sqlite3.connect(f"file:{quote(address.database)}?mode=ro", uri=True, check_same_thread=False)
    udf.register_all(made)  # regular expressions and the like, which ibis counts on
    made.set_progress_handler(lambda: 0, _STEPS)  # it answers inside a single call, in which Python hears no signal
    return made


_MAKERS: Final[Mapping[str, Callable[[Address, Secret | None], Any]]] = {
    "postgresql": _postgresql, "mysql": _mysql, "sqlite": _sqlite,
}  # fmt: skip


def _url(address: Address, secret: Secret | None) -> Any:
    """For the drivers that know best what their own URL means."""
    from sqlalchemy.engine import URL

    return URL.create(
        address.kind, address.user or None, secret.reveal() if secret is not None else None, address.host or None,
        address.port, address.database or None, dict(address.options),
    )  # fmt: skip
