"""One way of asking every kind of database: SQL in its dialect goes there, rows come back.

The SQL is written by ibis and sqlglot, and carried by SQLAlchemy with the driver of each kind (`relational`), by a Spark
session (`spark`) or by the embedded engine for its own files (`local`). Drivers are permissive; that of ibis for
PostgreSQL is not (LGPL), which is why ibis only writes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from journeymap.data.address import Address
from journeymap.failure import Failure
from journeymap.i18n import _

CONNECT_SECONDS: Final = 15
"""So long a server may take to answer at all."""
STATEMENT_SECONDS: Final = 1800
"""So long a server may take for one question."""

Rows = Sequence[Sequence[Any]]


class Refused(Exception):
    """The database has refused or broken off a question; the text is its own first line, without the password."""


class Connection(Protocol):
    """A connection that only reads. `dialect` is the name of ibis for what is spoken there."""

    dialect: str
    address: Address

    def ask(self, sql: str) -> tuple[tuple[str, ...], Rows]:
        """The names of the columns and all rows. Raises Refused."""
        ...

    def pieces(self, sql: str, rows: int) -> Iterator[Rows]:
        """The rows in pieces of so many at most. Raises Refused."""
        ...

    def tables(self) -> list[str]:
        """The tables and views that can be read, each as a query may name it. Raises Refused."""
        ...

    def interrupt(self) -> None:
        """Stops the question that is being answered; callable from another thread, and again."""
        ...

    def close(self) -> None:
        """Ends the connection."""
        ...


def check_file(address: Address) -> None:
    """Raises Failure where a database that is a file is not there: a driver would make a new one."""
    if not Path(address.database).is_file():
        raise Failure(_("There is no database file {path}.").format(path=address.database))


def without(address: Address, extra: str) -> Failure:
    """The sentence for a kind of database whose driver is not installed."""
    return Failure(
        _("To read {kind}, install what it needs: pip install 'journeymap[{extra}]'.").format(
            kind=address.kind, extra=extra
        )
    )


def first_line(error: object, *hidden: str) -> str:
    """What a database says, in one line, without what has to stay hidden."""
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    for secret in hidden:
        if secret:
            text = text.replace(secret, "•••")
    return text[:300].rstrip(".")
