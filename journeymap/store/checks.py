"""A file from outside is hostile until checked. Nothing here writes, and nothing else touches a file before.

The header is read as bytes; then SQLite opens the file read-only, its schema must be word for word one that this
program writes (so there is no trigger, view, virtual table or generated column to run), and SQLite's integrity check walks every
page and value. A journal left by a crash is first played back on a private copy, so that a file that is refused stays as it was.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Final, TypeAlias

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.store.file import driver, held, identity
from journeymap.store.migrations import APPLICATION_ID, VERSION, statements
from journeymap.store.sentences import UNFINISHED, code_of, sentence

_MAGIC: Final = b"SQLite format 3\0"
_JOURNAL: Final = bytes.fromhex("d9d505f920a163d7")
_HEADER: Final = 100
_LARGEST: Final = 4 * 1024**3
_LONGEST: Final = 30.0  # seconds that SQLite may look at a file
_STEPS: Final = 100_000  # of SQLite, after which it asks whether to go on; on a thread each question waits for Python

THREAD: Final = "check"
"""What the threads are called that check a file ahead."""

_Seen: TypeAlias = tuple[tuple[int, ...] | None, ...]

_ahead: Final[dict[Path, _Ahead]] = {}


class _Ahead(Thread):
    """A check that has begun already; `version` is None where the file did not pass it."""

    def __init__(self, path: Path) -> None:
        super().__init__(name=THREAD, daemon=True)
        self.path, self.seen = path, _seen(path)
        self.version: int | None = None

    def run(self) -> None:
        with suppress(Failure, OSError):
            self.version = _checked(self.path)


def begin(path: Path) -> None:
    """Begins to check a file while the program is still loading what it needs to show it; the next `check` of this path
    takes what was found, if the file and what lies beside it are still the same.

    Says nothing: what is wrong with a file is said by `check`.
    """
    _ahead[path] = begun = _Ahead(path)
    begun.start()


def check(path: Path) -> int:
    """The version of the file, once it is known to be one that opens safely.

    Raises Failure, with the whole sentence, where it is not a map, is damaged, is newer than this program, or holds anything
    that this program does not write.
    """
    begun = _ahead.pop(path, None)
    if begun is not None:
        begun.join()
        if begun.version is not None and begun.seen == _seen(path):
            return begun.version
    return _checked(path)


def _seen(path: Path) -> _Seen:
    """What changes when somebody writes to the file or puts something beside it."""
    return tuple(_stated(f"{path}{suffix}") for suffix in ("", "-journal", "-wal", "-shm"))


def _stated(path: str) -> tuple[int, ...] | None:
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def _checked(path: Path) -> int:
    try:
        if held(identity(path)):
            return VERSION  # checked when this process opened it; its bytes are not for reading now
        version = _header(path)
        left = _journal(path)
        if left is not None:
            _try_on_copy(path, left)
        else:
            _inside(path, version)
    except FileNotFoundError as error:
        words = _("There is no file “{name}” in “{folder}”.")
        raise Failure(words.format(name=path.name, folder=path.parent)) from error
    except Failure as failure:
        words = _("“{name}” cannot be opened: {reason}.")
        raise Failure(words.format(name=path.name, reason=str(failure).rstrip("."))) from failure
    except OSError as error:
        raise Failure(sentence(error, path)) from error
    return version


def _header(path: Path) -> int:
    """The version, from the first hundred bytes."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise Failure(_("it is a folder"))
    if not stat.S_ISREG(found.st_mode):
        raise Failure(_("it is not a file"))
    if found.st_size > _LARGEST:
        raise Failure(_("it is larger than a map can be (4 GB)"))
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except PermissionError:
        raise Failure(_("you may not read it")) from None
    if not head:
        raise Failure(_("it is empty"))
    return _version(head)


def _version(head: bytes) -> int:
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        raise Failure(_("it is not a Journeymap file"))
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Failure(_("it is a database of another program"))
    version = int.from_bytes(head[60:64], "big")
    if version > VERSION:
        words = _(
            "it was written by a newer Journeymap (file version {theirs}, this one reads up to {ours}); update the program"
        )
        raise Failure(words.format(theirs=version, ours=VERSION))
    if version < 1:
        raise Failure(_("its version is not one that there ever was"))
    if head[18:20] != b"\x01\x01":
        raise Failure(
            _("another program has switched it to a journal of three files (WAL), which does not travel safely")
        )
    return version


def _journal(path: Path) -> Path | None:
    """The journal that SQLite would play back, or None."""
    for suffix in ("-wal", "-shm"):
        if os.path.lexists(path.with_name(path.name + suffix)):
            raise Failure(_("beside it lies “{other}”, which is not from Journeymap").format(other=path.name + suffix))
    journal = path.with_name(path.name + "-journal")
    try:
        found = journal.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise Failure(_("beside it lies a journal that is not a file"))
    with journal.open("rb") as file:
        if file.read(8) != _JOURNAL:
            return None  # zeroed or cut short: SQLite ignores it
        file.seek(max(0, found.st_size - 8))
        if file.read(8) == _JOURNAL and found.st_size > 16:
            # Playing it back would delete whatever file it names.
            raise Failure(_("beside it lies a journal that belongs to several files; Journeymap writes none such"))
    try:
        with closing(driver(path, "ro")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        if code_of(error) == UNFINISHED:
            return journal
    return None  # another program is in the middle of writing, or the check proper will say what is wrong


def _try_on_copy(path: Path, journal: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="journeymap-") as folder:
        copy = Path(folder) / "copy.journey"
        shutil.copyfile(path, copy)
        shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
        try:
            with closing(driver(copy, "rw")) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except (sqlite3.Error, UnicodeError) as error:
            raise Failure(_("the journal beside it does not belong to it, or both are damaged")) from error
        try:
            _inside(copy, _header(copy))
        except Failure as failure:
            words = _("with the journal that lies beside it, {reason}")
            raise Failure(words.format(reason=str(failure))) from failure


def _inside(path: Path, version: int) -> None:
    end = time.monotonic() + _LONGEST
    try:
        with closing(driver(path, "ro")) as connection:
            connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
            _schema(connection, version)
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if code_of(error) == sqlite3.SQLITE_INTERRUPT:
            raise Failure(_("checking it would take too long")) from error
        if code_of(error) & 0xFF == sqlite3.SQLITE_BUSY:
            raise Failure(_("another program is writing it and does not let go; try again in a moment")) from error
        raise Failure(_("it is damaged")) from error
    except (sqlite3.Error, UnicodeError) as error:
        raise Failure(_("it is damaged")) from error
    if answer is None or answer[0] != "ok":
        raise Failure(_("it is damaged"))


def _schema(connection: sqlite3.Connection, version: int) -> None:
    """Only the tables and indices of that version, word for word."""
    wanted = set(statements(version))
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT 1000").fetchall()
    for kind, name, table, sql in found:
        automatic = kind == "index" and sql is None and str(name).startswith(f"sqlite_autoindex_{table}_")
        if not automatic and sql not in wanted:
            words = _("it holds something that Journeymap does not write ({kind} “{name}”)")
            raise Failure(words.format(kind=str(kind)[:20], name=str(name)[:60]))
    if {sql for _kind, _name, _table, sql in found if sql is not None} != wanted:
        raise Failure(_("tables are missing in it"))
