"""Named versions: all records of a map at one moment, compressed."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.records import KINDS, Id, Record, Version, field_names
from journeymap.store.rows import by_kind, from_json, to_json

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LARGEST: Final = 512 * 1024 * 1024


def keep(connection: Connection, version_id: Id, seq: int, records: Iterable[Record]) -> None:
    """Stores the records of a version; the names of versions themselves are not part of it."""
    from sqlalchemy import insert

    from journeymap.store.tables import snapshot

    body = {
        kind.__name__: {
            "fields": field_names(kind),
            "rows": [[getattr(record, name) for name in field_names(kind)] for record in members],
        }
        for kind, members in by_kind(records).items()
        if kind is not Version
    }
    text = to_json(body).encode()
    if len(text) > _LARGEST:
        raise Failure(_("The map is too large for a named version."))
    packed = zlib.compress(text, 6)
    connection.execute(insert(snapshot), {"version_id": version_id, "seq": seq, "records": packed})


def records_of(connection: sqlite3.Connection, version_id: Id) -> list[Record]:
    """The records of a version. Raises Failure where there are none or they are damaged."""
    found = connection.execute("SELECT records FROM snapshot WHERE version_id = ?", (version_id,)).fetchone()
    if found is None:
        raise Failure(_("This version is not in the file any more."))
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(found[0], _LARGEST)
        body = json.loads(text)
        return [
            from_json(kind, dict(zip(part["fields"], values, strict=True)))
            for kind, part in body.items()
            if kind in KINDS
            for values in part["rows"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise Failure(_("This version is damaged and cannot be shown.")) from error
