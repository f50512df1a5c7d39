"""The log: every Change of a map as JSON, with who, when and why.

A Change is one JSON object: `added` and `removed` map a record type to a list of records (objects by field name),
`updated` maps a record's id to its type and its fields, each with what it was and what it became.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any, Final, Literal, NamedTuple

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.records import KINDS, Id, Record, field_names
from journeymap.store.rows import from_json, to_json, typed

Kind = Literal["new", "do", "undo", "redo"]
REMEMBERED: Final = 10_000
"""Log entries that are looked through for what can be undone after a restart."""


class Entry(Struct, frozen=True):
    """One line of the log without its Change: `of` is the entry that an undo takes back or a redo repeats."""

    seq: int
    time: str
    author: str
    session: str
    kind: Kind
    label: str
    of: int | None


def now() -> str:
    """The time in UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def encoded(change: Change, kinds: dict[Id, type[Record]]) -> str:
    """The JSON text of a Change; `kinds` are the types of the updated records. Raises ValueError at NaN or infinity."""
    body = {
        "added": _listed(change.added.values()),
        "updated": {id_: {"kind": kinds[id_].__name__, "fields": dict(edits)} for id_, edits in change.updated.items()},
        "removed": _listed(change.removed.values()),
    }
    return to_json(body)


def _listed(members: Any) -> dict[str, list[dict[str, Any]]]:
    listed: dict[str, list[dict[str, Any]]] = {}
    for record in members:
        values = {name: getattr(record, name) for name in field_names(type(record))}
        listed.setdefault(type(record).__name__, []).append(values)
    return listed


def decoded(text: str, label: str) -> Change:
    """The Change of a JSON text. Raises Failure where it is none."""
    try:
        body = json.loads(text)
        added, removed = (
            {r.id: r for kind, members in body[part].items() for r in (from_json(kind, values) for values in members)}
            for part in ("added", "removed")
        )
        updated = {id_: _edits(what) for id_, what in body["updated"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Failure(_("The history of this map is damaged at “{label}”.").format(label=label)) from error
    return Change(label, added, updated, removed)


def _edits(what: dict[str, Any]) -> dict[str, Any]:
    kind = KINDS[what["kind"]]
    return {name: (typed(kind, name, old), typed(kind, name, new)) for name, (old, new) in what["fields"].items()}


_LINE: Final = 'seq, time, author, session, kind, label, "of"'


def lines(connection: sqlite3.Connection) -> list[Entry]:
    """The newest entries, oldest first, without their Changes."""
    rows = connection.execute(f"SELECT {_LINE} FROM log ORDER BY seq DESC LIMIT ?", (REMEMBERED,)).fetchall()  # noqa: S608
    return [Entry(*row) for row in reversed(rows)]


def since(connection: sqlite3.Connection, seq: int) -> list[tuple[Entry, Change]]:
    """The entries after `seq` with their Changes. Raises Failure where one is damaged."""
    rows = connection.execute(f"SELECT {_LINE}, change FROM log WHERE seq > ? ORDER BY seq", (seq,)).fetchall()  # noqa: S608
    return [(Entry(*row[:-1]), decoded(row[-1], row[5])) for row in rows]


def change_of(connection: sqlite3.Connection, seq: int) -> Change:
    """The Change of one entry. Raises Failure where it is not there or damaged."""
    row = connection.execute("SELECT change, label FROM log WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        raise Failure(_("The history of this map does not reach back that far any more."))
    return decoded(row[0], row[1])


class Place(NamedTuple):
    """Where a file's history stands: the number of the last Change, and whose it is, so that one file is told from another."""

    seq: int
    mark: str


def mark(session: str, time: str) -> str:
    """What tells one entry from every other: the run of the program that wrote it, and when."""
    return f"{session} {time}"


def place(connection: sqlite3.Connection) -> Place:
    """Where the history stands. Raises Failure where the file does not say it."""
    (text,) = connection.execute("SELECT value FROM meta WHERE key = 'clock'").fetchone() or ("",)
    last = connection.execute("SELECT seq, session, time FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    # A history that has been cut short leaves the clock where it was.
    sound = text.isascii() and text.isdigit() and len(text) <= 18
    if not sound or (last is not None and int(text) < last[0]):
        raise Failure(_("its history does not fit its clock"))
    return Place(int(text), mark(last[1], last[2]) if last is not None else "")


def follows(connection: sqlite3.Connection, seen: Place) -> bool:
    """Whether the file's history goes on from `seen`, without a gap."""
    query = "SELECT seq, session, time FROM log WHERE seq >= ? ORDER BY seq"
    rows = connection.execute(query, (seen.seq,)).fetchall()
    return (
        bool(rows)
        and mark(rows[0][1], rows[0][2]) == seen.mark
        and [row[0] for row in rows] == list(range(seen.seq, seen.seq + len(rows)))
    )
