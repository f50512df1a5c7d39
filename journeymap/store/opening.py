"""From a path to what a session needs: checks, an older version brought up to date, records, history."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.change import adding
from journeymap.model.records import Record
from journeymap.store import file, log
from journeymap.store.checks import check
from journeymap.store.deed import Deed
from journeymap.store.migrations import FOLDER, VERSION, statements, steps
from journeymap.store.rows import read_all
from journeymap.store.sentences import gone, sentence

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")


class Opened(Struct, frozen=True):
    """What a file held when it was opened."""

    records: list[Record]
    lines: list[log.Entry]
    place: log.Place
    identity: file.Identity
    read_only: bool
    reader: Reader


def opened(path: Path, *, read_only: bool) -> Opened:
    """Checks the file, brings an older one up to date (after a backup) and reads it.

    Raises Failure where it is not a sound map of a version that this program knows.
    """
    version = check(path)
    read_only = read_only or not writable(path)
    if version < VERSION:
        if read_only:
            words = _(
                "“{name}” is of an older version and cannot be brought up to date where it lies. Copy it elsewhere."
            )
            raise Failure(words.format(name=path.name))
        upgrade(path, version, VERSION)
    known = file.identity(path)
    reader = Reader(path)
    try:
        records, lines, place = reader.ask(lambda c: (read_all(c), log.lines(c), log.place(c)))
    except Failure as failure:
        reader.close()
        words = _("“{name}” cannot be opened: {reason}.")
        raise Failure(words.format(name=path.name, reason=str(failure).rstrip("."))) from failure
    return Opened(records, lines, place, known, read_only, reader)


def writable(path: Path) -> bool:
    """Whether the file and its folder (for the journal) can be written to."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def start(path: Path, records: Iterable[Record], *, author: str, session: str) -> None:
    """Writes a new file with `records` and the log's first entry. Raises Failure; never overwrites."""
    from sqlalchemy import insert

    from journeymap.store import tables
    from journeymap.store.writing import read_by, write

    change = adding(_("New map"), *records)
    deed = Deed(change, {}, "new", log.now(), author, session)

    def fill(connection: Connection) -> None:
        connection.execute(
            insert(tables.meta), [{"key": "clock", "value": "0"}, {"key": "created", "value": deed.time}]
        )
        write(connection, deed, log.place(read_by(connection)))

    file.create(path, fill)


class Reader:
    """A connection for short questions on the caller's thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._write = writable(path)
        self._connection: sqlite3.Connection | None = None
        self._look: tuple[int, int] | None = None  # how the file looked when it was connected to

    @property
    def fresh(self) -> bool:
        """Whether the file looks as it did at the last question."""
        try:
            return self._connection is not None and file.look(self._path) == self._look
        except OSError:
            return False

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """The answer, read in one transaction. Raises Failure where the file cannot be read."""
        try:
            if (look := file.look(self._path)) != self._look:
                self.close()
            if self._connection is None:
                self._look, self._connection = look, file.reading(self._path, write=self._write)
            with _transaction(self._connection):
                return question(self._connection)
        except FileNotFoundError:
            self.close()
            raise gone(self._path) from None
        except (sqlite3.Error, UnicodeError, OSError) as error:
            self.close()
            raise Failure(sentence(error, self._path)) from error

    def close(self) -> None:
        """Lets go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything within it is read from one state of the file."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:  # a file that turns out to be damaged ends it
            connection.execute("ROLLBACK")


def upgrade(path: Path, version: int, newest: int, folder: Path = FOLDER) -> Path:
    """Brings a checked file from `version` to `newest` in one transaction and returns the backup made before.

    Raises Failure, with the file as it was, where that does not succeed.
    """
    backup = _backed_up(path, version)
    try:
        with closing(file.driver(path, "rw")) as connection:
            # A table is rebuilt by renaming the old one, making the new one and copying; what refers to it keeps its words.
            connection.execute("PRAGMA legacy_alter_table=ON")
            connection.execute("PRAGMA foreign_keys=OFF")  # references are checked at the end
            connection.execute("BEGIN EXCLUSIVE")
            for at in range(version, newest):
                for statement in steps(at, folder):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version={newest}")
            _as_frozen(connection, newest, folder)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise Failure(sentence(error, path)) from error
    return backup


def _as_frozen(connection: sqlite3.Connection, version: int, folder: Path) -> None:
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if {sql for (sql,) in found} != set(statements(version, folder)) or broken:
        raise sqlite3.DatabaseError("the new version's tables did not come out right")


def _backed_up(path: Path, version: int) -> Path:
    """A copy of the file beside it, on disk before anything is changed."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    backup = path.with_name(f"{path.stem} (version {version}, {stamp}){path.suffix}")
    draft = backup.with_name(f".{backup.name[:80]}.tmp")
    try:
        with closing(file.driver(path, "ro")) as old:
            with closing(file.driver(draft, "rwc")) as new:
                old.backup(new)
            file.settle_at(draft, backup)
    except (sqlite3.Error, OSError) as error:
        words = _("“{name}” was not brought up to date, because no backup could be made beside it: {reason}")
        raise Failure(words.format(name=path.name, reason=sentence(error, backup))) from error
    finally:
        draft.unlink(missing_ok=True)
    return backup
