"""Drafts and attachments: what a file keeps beside the map and its log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from journeymap.model.records import Id
from journeymap.store.tables import blob, draft


@dataclass(frozen=True, slots=True)
class Draft:
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
    values = {"record_id": what.record_id, "field": what.field, "text": what.text, "time": what.time}
    query = insert(draft).values(values)
    fresh = {"text": what.text, "time": what.time}
    connection.execute(query.on_conflict_do_update(index_elements=["record_id", "field"], set_=fresh))


def drop_draft(connection: Connection, record_id: Id, field: str) -> None:
    """Forgets a draft."""
    connection.execute(delete(draft).where(draft.c.record_id == record_id, draft.c.field == field))


def drafts(connection: Connection) -> list[Draft]:
    """Every draft, oldest first."""
    return [Draft(*row) for row in connection.execute(select(draft).order_by(draft.c.time)).fetchall()]


def content(connection: Connection, hash_: str) -> bytes | None:
    """An attachment's bytes, or None."""
    found = connection.execute(select(blob.c.content).where(blob.c.hash == hash_)).scalar()
    return None if found is None else bytes(found)
