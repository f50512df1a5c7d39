"""Where a database is: a URL without a password, as a map and a recipe may keep it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _

KINDS: Final = {
    "postgresql": "PostgreSQL", "mysql": "MySQL", "trino": "Trino", "snowflake": "Snowflake", "bigquery": "BigQuery",
    "spark": "Spark", "sqlite": "SQLite", "duckdb": "DuckDB",
}  # fmt: skip
"""The kinds of database, as a URL begins, and their names."""
IN_A_FILE: Final = frozenset({"sqlite", "duckdb"})
_ALSO: Final = {"postgres": "postgresql", "mariadb": "mysql"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9]*)(\+[A-Za-z0-9_]+)?://")
_SECRET = re.compile(r"pass|pwd|secret|token|private|credential|api_?key", re.IGNORECASE)


class Secret:
    """A password that no text shows: neither `repr` nor `str`, so that no log and no traceback has it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "•••"

    __str__ = __repr__

    def reveal(self) -> str:
        """The password itself, for the driver of the database and the system's keyring."""
        return self._text


class Address(Struct, frozen=True, eq=False):
    """Where a database is. `database` is a path for a database that is a file; `secret` a password that was typed, which
    does not make it another address.
    """

    kind: str
    host: str = ""
    port: int | None = None
    database: str = ""
    user: str = ""
    options: tuple[tuple[str, str], ...] = ()
    secret: Secret | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    @property
    def _place(self) -> tuple[object, ...]:
        return self.kind, self.host, self.port, self.database, self.user, self.options

    @property
    def url(self) -> str:
        """The address as text, without a password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port is not None else ""
        query = f"?{urlencode(self.options, quote_via=quote, safe='/:')}" if self.options else ""
        return f"{self.kind}://{user}{host}{port}/{quote(self.database, safe='/:')}{query}".removesuffix("/")

    @property
    def name(self) -> str:
        """How it is called in a sentence."""
        return Path(self.database).name if self.kind in IN_A_FILE else self.url.partition("?")[0]

    @property
    def stem(self) -> str:
        """What data of it are called where nobody says otherwise."""
        return Path(self.database).stem or self.kind

    @property
    def place(self) -> str:
        """The server, as a sentence names it."""
        return self.host or self.option("host") or "localhost"

    def option(self, name: str) -> str:
        """What the URL says behind its question mark; "" where it says nothing."""
        return dict(self.options).get(name, "")

    def knowing(self, password: str) -> Address:
        """The same address with a password that was typed."""
        return replace(self, secret=Secret(password))


def is_address(text: object) -> bool:
    """Whether a text is meant as the URL of a database and not as a file's path."""
    return isinstance(text, str) and _SCHEME.match(text) is not None


def located(source: Path | Address | str) -> Path | Address:
    """A file's path, or the address that a URL means. Raises Failure for a URL of no known database."""
    if isinstance(source, Address):
        return source
    return address(source) if isinstance(source, str) and is_address(source) else Path(source)


def apart(url: str) -> tuple[Address, str]:
    """The address that a pasted URL means, and the password that stands in it ("" for none). Raises Failure."""
    found = re.match(r"([A-Za-z0-9+_]+://[^/@:]*):([^/]*)@", url)
    if found is None:
        return address(url), ""
    return address(f"{found.group(1)}@{url[found.end() :]}"), unquote(found.group(2))


def address(url: str) -> Address:
    """The address that a URL means. Raises Failure, without repeating the URL: it may hold a password."""
    found = _SCHEME.match(url)
    scheme = found.group(1).lower() if found else ""
    kind = _ALSO.get(scheme, scheme)
    if kind not in KINDS:
        raise Failure(
            _("“{scheme}://” is no database that can be read; known are {known}.").format(
                scheme=scheme, known=", ".join(f"{one}://" for one in KINDS)
            )
        )
    assert found is not None
    try:
        parts = urlsplit(f"{kind}://{url[found.end() :]}")
        port = parts.port
    except ValueError:
        raise Failure(
            _("The address of the database cannot be read; write it like {example}.").format(
                example="postgresql://user@host:5432/database"
            )
        ) from None
    options = tuple(parse_qsl(parts.query))
    if parts.password is not None or any(_SECRET.search(name) for name, _value in options):
        raise Failure(
            _(
                "Leave the password out of the address: it would be seen by others. You are asked for it,"
                " and it can be kept in the system’s keyring."
            )
        )
    database = unquote(parts.path.removeprefix("/"))
    if kind in IN_A_FILE and not database:
        raise Failure(
            _("Name the file of the database, such as {example}.").format(example=f"{kind}:///folder/visits.db")
        )
    return Address(kind, _host(parts.netloc), port, database, unquote(parts.username or ""), options)


def _host(netloc: str) -> str:
    """The host as it is written (urllib makes it small, which a BigQuery project is not)."""
    bare = netloc.rpartition("@")[2]
    return bare[1:].partition("]")[0] if bare.startswith("[") else bare.partition(":")[0]
