"""A whole map: a new one, and back to an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from journeymap.i18n import _
from journeymap.model import lanes, order
from journeymap.model.change import Change, Edit, difference
from journeymap.model.document import Document
from journeymap.model.records import Channel, Id, Lane, Map, Record, State, Version, new_id

CHANNELS: Final = ("web", "app", "email", "phone", "shop", "staff", "social", "letter")
"""The channels of a new map, by the names of their icons; an organisation renames and adds its own."""


def new_map(title: str, **fields: Any) -> list[Record]:
    """The records of a new map: the map itself, its as-is state, the usual lanes and channels; no phases yet."""
    names = {
        "web": _("Web"),
        "app": _("App"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "shop": _("Shop"),
        "staff": _("Staff"),
        "social": _("Social"),
        "letter": _("Letter"),
    }
    keys = order.several(None, None, max(len(lanes.DEFAULT), len(CHANNELS)))
    return [
        Map(new_id(), title, **fields),
        State(new_id(), keys[0], _("As-is"), "as_is"),
        *(Channel(new_id(), key, names[icon], icon) for key, icon in zip(keys, CHANNELS, strict=False)),
        *(Lane(new_id(), key, kind) for key, kind in zip(keys, lanes.DEFAULT, strict=False)),
    ]


def restore(document: Document, records: Iterable[Record], label: str = "") -> Change:
    """The Change that makes the map what `records` are; named versions stay, for they are not part of what they name."""
    goal = {record.id: record for record in records if not isinstance(record, Version)}
    added, removed = {}, {}
    updated: dict[Id, dict[str, Edit]] = {}
    for record in document:
        if record.id not in goal and not isinstance(record, Version):
            removed[record.id] = record
    for id_, record in goal.items():
        now = document.record(id_)
        if now is None:
            added[id_] = record
        elif type(now) is not type(record):
            raise ValueError(f"{id_} is a {type(now).__name__} here and a {type(record).__name__} there")
        elif edits := difference(now, record):
            updated[id_] = edits
    return Change(label or _("Restore version"), added, updated, removed)
