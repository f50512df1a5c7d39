"""From what SQLite and the system say to one plain sentence: what, where, what to do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

from journeymap.failure import Failure
from journeymap.i18n import _

UNFINISHED: Final = 8 | (3 << 8)
"""SQLITE_READONLY_ROLLBACK: a journal waits that a reader may not play back."""


def sentence(error: BaseException, path: Path) -> str:
    """Why `path` could not be read or written."""
    if isinstance(error, Failure):
        return str(error)
    error = getattr(error, "orig", None) or error  # SQLAlchemy wraps what the driver says
    words = _of_sqlite(error, path) if isinstance(error, sqlite3.Error) else None
    if words is None and isinstance(error, UnicodeError | OverflowError | ValueError):
        words = _("“{name}” was not saved: a text or a number in the change cannot be written to a file.")
    if words is None:
        words = _("“{name}” could not be used: {reason}.")
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return words.format(name=path.name, folder=path.parent, reason=reason)


def code_of(error: sqlite3.Error) -> int:
    """SQLite's extended error code; 0 where Python itself found the fault (text that is no UTF-8)."""
    return getattr(error, "sqlite_errorcode", None) or 0


def _of_sqlite(error: sqlite3.Error, path: Path) -> str | None:
    code = code_of(error)
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN and path.exists() and not os.access(path.parent, os.W_OK):
        code = sqlite3.SQLITE_READONLY  # it is the journal that could not be made
    if code == UNFINISHED:
        return _(
            "“{name}” was not closed properly and can only be repaired where it may be written to. Copy it, with its journal."
        )
    return {
        sqlite3.SQLITE_FULL: _("“{name}” was not saved: the disk is full. Make room, then go on."),
        sqlite3.SQLITE_READONLY: _("“{name}” was not saved: the file or its folder cannot be written to."),
        sqlite3.SQLITE_BUSY: _(
            "“{name}” is being written by another program that does not let go. Try again in a moment."
        ),
        sqlite3.SQLITE_LOCKED: _(
            "“{name}” is being written by another program that does not let go. Try again in a moment."
        ),
        sqlite3.SQLITE_CANTOPEN: _("“{name}” cannot be opened: the file or its folder “{folder}” is not within reach."),
        sqlite3.SQLITE_PERM: _("“{name}” cannot be opened: you may not read it."),
        sqlite3.SQLITE_IOERR: _("“{name}” could not be read or written: the disk reports an error."),
        sqlite3.SQLITE_CORRUPT: _("“{name}” is damaged. Open a backup of it."),
        sqlite3.SQLITE_NOTADB: _("“{name}” is damaged. Open a backup of it."),
        sqlite3.SQLITE_TOOBIG: _("“{name}” was not saved: a text or an attachment is too large."),
    }.get(code & 0xFF)


def gone(path: Path) -> Failure:
    """The file was deleted, moved or replaced."""
    words = _("“{name}” is not in “{folder}” any more. Put it back, then go on.")
    return Failure(words.format(name=path.name, folder=path.parent))


def replaced(path: Path) -> Failure:
    """Another file stands at the place of the one that was opened."""
    words = _("“{name}” was replaced by another file while it was open. Open it again.")
    return Failure(words.format(name=path.name))
