"""Drafts and attachments: what a file keeps beside the map and its log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from journeymap.model.records import Id

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Draft(Struct, frozen=True):
    """A half-typed text of one field; `time` is ISO UTC."""

    record_id: Id
    field: str
    text: str
    time: str


class Drafts:
    """The drafts of one open map: in memory at once, in the file as soon as the store thread comes to it."""

    def __init__(self, read: Callable[[], list[Draft]], run: Callable[[Callable[[Connection], object]], None]) -> None:
        """`read` reads what the file has, once; `run` hands something to the store thread."""
        self._read = read
        self._run = run
        self._known: dict[tuple[Id, str], Draft] | None = None

    def all(self) -> dict[tuple[Id, str], Draft]:
        """By record and field, oldest first."""
        if self._known is None:
            self._known = {(draft.record_id, draft.field): draft for draft in self._read()}
        return self._known

    def keep(self, what: Draft) -> None:
        """Keeps a draft in the place of an earlier one."""
        self.all()[what.record_id, what.field] = what
        self._run(lambda connection: keep_draft(connection, what))

    def drop(self, record_id: Id, field: str) -> None:
        """Forgets a draft."""
        if self.all().pop((record_id, field), None) is not None:
            self._run(lambda connection: drop_draft(connection, record_id, field))


def keep_draft(connection: Connection, what: Draft) -> None:
    """Stores a draft in the place of an earlier one."""
    from sqlalchemy.dialects.sqlite import insert

    from journeymap.store.tables import draft

    values = {"record_id": what.record_id, "field": what.field, "text": what.text, "time": what.time}
    query = insert(draft).values(values)
    fresh = {"text": what.text, "time": what.time}
    connection.execute(query.on_conflict_do_update(index_elements=["record_id", "field"], set_=fresh))


def drop_draft(connection: Connection, record_id: Id, field: str) -> None:
    """Forgets a draft."""
    from sqlalchemy import delete

    from journeymap.store.tables import draft

    connection.execute(delete(draft).where(draft.c.record_id == record_id, draft.c.field == field))


def drafts(connection: sqlite3.Connection) -> list[Draft]:
    """Every draft, oldest first."""
    query = "SELECT record_id, field, text, time FROM draft ORDER BY time"
    return [Draft(*row) for row in connection.execute(query).fetchall()]


def content(connection: sqlite3.Connection, hash_: str) -> bytes | None:
    """An attachment's bytes, or None."""
    found = connection.execute("SELECT content FROM blob WHERE hash = ?", (hash_,)).fetchone()
    return None if found is None else bytes(found[0])
