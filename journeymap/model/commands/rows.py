"""Where a record stands: its row, and a place in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import order
from journeymap.model.change import Edit
from journeymap.model.document import Document
from journeymap.model.records import Id, R, Record

OWNER: Final = {
    "Phase": ("state_id",),
    "Touchpoint": ("phase_id",),
    "Trait": ("persona_id", "kind"),
    "Slider": ("persona_id",),
    "Card": ("touchpoint_id", "lane_id"),
    "UserStory": ("touchpoint_id",),
    "PainPoint": ("touchpoint_id",),
    "Opportunity": ("touchpoint_id",),
    "RegisterEntry": ("touchpoint_id",),
    "Attachment": ("touchpoint_id", "lane_id"),
    "TypedKpi": ("touchpoint_id", "phase_id"),
    "Measure": ("data_set_id",),
    "Quote": ("touchpoint_id",),
}
"""The fields in which records of one row agree; records of other kinds all stand in one row."""


def wanted(document: Document, kind: type[R], id_: Id) -> R:
    """The record, or a Failure that says that it is gone (another window may have deleted it)."""
    found = document.get(kind, id_)
    if found is None:
        raise Failure(_("This is not there any more: it was deleted meanwhile. Nothing was changed."))
    return found


def row(document: Document, record: R) -> list[R]:
    """The records that stand in one row with `record` (which need not be in the document), in order."""
    kind = type(record)
    fields = OWNER.get(kind.__name__, ())
    owner = getattr(record, fields[0]) if fields else None
    found = document.all(kind) if owner is None else document.referring(kind, fields[0], owner)
    return [one for one in found if all(getattr(one, name) == getattr(record, name) for name in fields)]


def into(document: Document, record: Record, before_id: Id | None) -> order.Place:
    """A place for `record` in its row, before another one or (None) at the end."""
    others = [one for one in row(document, record) if one.id != record.id]
    return order.place(others, index_of(others, before_id))


def index_of(records: Sequence[Record], id_: Id | None) -> int:
    """The index of that record; the end where it is None or not among them."""
    return next((at for at, record in enumerate(records) if record.id == id_), len(records))


def reordered(document: Document, place: order.Place) -> dict[Id, dict[str, Edit]]:
    """The updates that make room, as a Change wants them."""
    return {id_: {"order": (getattr(document.record(id_), "order", ""), key)} for id_, key in place.moved.items()}
