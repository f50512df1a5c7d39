"""One file: connecting to it, making a new one, and knowing it again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.store.migrations import APPLICATION_ID, VERSION, statements
from journeymap.store.sentences import sentence

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PATIENCE: Final = 5.0
"""Seconds to wait for another program that writes."""
LARGEST_VALUE: Final = 128 * 1024 * 1024
"""Bytes of one value: more than any Change, block or attachment that the program writes."""

Identity = tuple[int, int]
"""Device and number of a file: what tells it from another at the same place."""

_held: Final[Counter[Identity]] = Counter()


def engine(path: Path) -> Engine:
    """An engine that writes: its transactions begin by taking the write lock."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    made = create_engine("sqlite://", creator=lambda: driver(path, "rw"), poolclass=NullPool)
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return made


def reading(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection that only reads; where the file can be written to (`write`), it may play back a journal left by a crash.

    Without SQLAlchemy, so that a map is on the screen before that is imported.
    """
    connection = driver(path, "rw" if write else "ro")
    connection.execute("PRAGMA query_only=ON")
    return connection


def driver(path: Path, mode: str) -> sqlite3.Connection:
    """A hardened SQLite connection; `mode` as in SQLite's URI: ro, rw, rwc."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    # FULL, and the folder too: after a power cut a journal that seems to be there again would take back what was saved.
    connection.execute("PRAGMA synchronous=EXTRA")
    return connection


def identity(path: Path) -> Identity:
    """What tells this file from another at the same place. Raises OSError where there is none."""
    found = path.stat()
    return found.st_dev, found.st_ino


def hold(known: Identity) -> None:
    """Notes that this process has a file open, see `held`."""
    _held[known] += 1


def let_go(known: Identity) -> None:
    """Takes back one `hold`."""
    _held[known] -= 1


def held(known: Identity) -> bool:
    """Whether this process has the file open. Its bytes may then not be read but through SQLite: on POSIX systems closing any
    descriptor of a file drops all locks that the process holds on it, SQLite's own among them.
    """
    return _held[known] > 0


def look(path: Path) -> tuple[int, int]:
    """What changes when somebody writes to the file: time and size. SQLite knows its own writers by a counter in the file and trusts
    the pages that it remembers while that stands; when another file is copied over this one, the counter may be the same.
    Raises OSError where there is no file.
    """
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def create(path: Path, fill: Callable[[Connection], None]) -> None:
    """Makes a new file whole or not at all; `fill` writes its first content in the one transaction.

    Raises Failure where a file is there already or the place cannot be written to.
    """
    if path.exists() or path.is_symlink():
        raise already(path)
    draft = path.with_name(f".{path.name[:80]}.{uuid4().hex[:8]}.tmp")
    try:
        with _engine_of_new(draft) as connection:
            for statement in statements(VERSION):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
            fill(connection)
        settle_at(draft, path)
    except Failure:
        raise
    except Exception as error:
        raise Failure(sentence(error, path)) from error
    finally:
        for rest in (draft, draft.with_name(f"{draft.name}-journal")):
            with contextlib.suppress(OSError):
                rest.unlink()


@contextlib.contextmanager
def _engine_of_new(draft: Path) -> Iterator[Connection]:
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    made = engine(draft)
    try:
        with made.connect() as connection, connection.begin():
            yield connection
    finally:
        made.dispose()


def settle_at(draft: Path, path: Path) -> None:
    """Gives a finished file its name, never that of another file. Raises Failure where one is there."""
    try:
        if hasattr(os, "link"):
            try:
                os.link(draft, path)
            except FileExistsError:
                raise
            except OSError:  # a file system without links; the check and the renaming are then two steps
                if path.exists():
                    raise FileExistsError from None
                draft.rename(path)
        else:
            draft.rename(path)  # refuses an existing name on Windows
    except FileExistsError:
        raise already(path) from None
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes names in a folder survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def already(path: Path) -> Failure:
    """There is a file of that name."""
    return Failure(_("“{name}” is already there. Choose another name, or open it.").format(name=path.name))
