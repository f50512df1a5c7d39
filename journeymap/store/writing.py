"""What one Change does to the file: one transaction with the records, the log, the clock and what came along."""

from __future__ import annotations

import sqlite3
from typing import Any, cast

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.records import Record
from journeymap.store import cubes, log, snapshots, tables
from journeymap.store.deed import Behind, Deed
from journeymap.store.rows import by_kind, cell, row


def write(connection: Connection, deed: Deed, at: log.Place) -> log.Place:
    """Writes `deed` inside the caller's transaction, if the file's history stands at `at`; returns where it stands then.

    Raises Behind where it does not.
    """
    if log.place(read_by(connection)) != at:
        raise Behind
    _bring(connection, deed)
    if not deed.change:
        return at
    seq = at.seq + 1
    connection.execute(update(tables.meta).where(tables.meta.c.key == "clock").values(value=str(seq)))
    _records(connection, deed)
    of = deed.step.seq if deed.step is not None and deed.kind in {"undo", "redo"} else None
    line = {
        "seq": seq,
        "time": deed.time,
        "author": deed.author,
        "session": deed.session,
        "kind": deed.kind,
        "label": deed.change.label,
        "of": of,
        "change": log.encoded(deed.change, deed.kinds),
    }
    connection.execute(insert(tables.log), line)
    if deed.snapshot is not None:
        snapshots.keep(connection, deed.snapshot[0], at.seq, deed.snapshot[1])
    return log.Place(seq, log.mark(deed.session, deed.time))


def read_by(connection: Connection) -> sqlite3.Connection:
    """The driver's connection behind one of SQLAlchemy: what is read by it is read in the same transaction."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _bring(connection: Connection, deed: Deed) -> None:
    if deed.blocks:
        rows = [cubes.block_row(key, block) for key, block in deed.blocks.items()]
        connection.execute(insert_or(tables.cube_block).prefix_with("OR REPLACE"), rows)
    if deed.pairs:
        names = tables.cube_pair.c.keys()
        rows = [{name: getattr(pair, name) for name in names} for pair in deed.pairs]
        connection.execute(insert_or(tables.cube_pair).prefix_with("OR REPLACE"), rows)
    if deed.blobs:
        rows = [{"hash": hash_, "content": content} for hash_, content in deed.blobs.items()]
        connection.execute(insert_or(tables.blob).on_conflict_do_nothing(), rows)


def _records(connection: Connection, deed: Deed) -> None:
    change = deed.change
    for kind, gone in by_kind(change.removed.values()).items():
        table = tables.table_of(kind)
        query = delete(table).where(table.c.id == bindparam("this"))
        _struck(connection.execute(query, [{"this": record.id} for record in gone]).rowcount, len(gone))
    for (kind, names), rows in _edits(deed).items():
        table = tables.table_of(kind)
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
        query_ = update(table).where(table.c.id == bindparam("this")).values(values)
        _struck(connection.execute(query_, rows).rowcount, len(rows))
    for kind, new in by_kind(change.added.values()).items():
        connection.execute(insert(tables.table_of(kind)), [row(record) for record in new])


def _edits(deed: Deed) -> dict[tuple[type[Record], tuple[str, ...]], list[dict[str, Any]]]:
    """Updated rows by record type and the fields that they change."""
    groups: dict[tuple[type[Record], tuple[str, ...]], list[dict[str, Any]]] = {}
    for id_, edits in deed.change.updated.items():
        values = {f"to_{name}": cell(to) for name, (_from, to) in edits.items()}
        groups.setdefault((deed.kinds[id_], tuple(edits)), []).append({"this": id_, **values})
    return groups


def _struck(found: int, wanted: int) -> None:
    if found != wanted:
        raise Failure(_("The file does not hold what the map holds; open it again."))
