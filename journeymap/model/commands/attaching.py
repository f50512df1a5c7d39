"""Pictures, files and links in a lane under a touchpoint; and records of a cell carried to another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import lanes, order
from journeymap.model.change import Change, updating
from journeymap.model.commands import rows
from journeymap.model.commands.lanes import move_card
from journeymap.model.document import Document
from journeymap.model.records import (
    Attachment,
    Card,
    Id,
    Lane,
    Opportunity,
    PainPoint,
    Quote,
    Touchpoint,
    UserStory,
    new_id,
    with_fields,
)

HUNG = (Card, PainPoint, Opportunity, Quote, UserStory, Attachment)
"""What stands in a cell and can be carried to another one."""


class Thing(NamedTuple):
    """What is attached: bytes that lie in the file under their hash, or an address."""

    name: str
    media_type: str = ""
    content_hash: str = ""
    url: str = ""

    @property
    def picture(self) -> bool:
        """Whether it can be drawn."""
        return self.media_type.startswith("image/")


def add_attachments(
    document: Document, lane_id: Id, touchpoint_id: Id, things: Sequence[Thing], before_id: Id | None = None
) -> Change:
    """Pictures, files or links in a cell, in this order. Raises Failure for what the lane does not hold."""
    lane = rows.wanted(document, Lane, lane_id)
    rows.wanted(document, Touchpoint, touchpoint_id)
    if lane.kind == lanes.STORYBOARD and not all(thing.picture for thing in things):
        raise Failure(_("This row holds pictures only; files and links have a row of their own."))
    first = Attachment(new_id(), touchpoint_id, lane_id)
    label = ngettext("Attach", "Attach {n} things", len(things)).format(n=len(things))
    there = rows.row(document, first)
    place = order.place(there, rows.index_of(there, before_id), len(things))
    made = [
        with_fields(Attachment(new_id(), touchpoint_id, lane_id), {"order": key, **thing._asdict()})
        for key, thing in zip(place.keys, things, strict=True)
    ]
    return Change(label, {one.id: one for one in made}, rows.reordered(document, place))


def holds(document: Document, lane_id: Id | None, id_: Id) -> bool:
    """Whether a record may stand in a lane: cards in lanes of cards, pictures in storyboards and among files."""
    record, lane = document.record(id_), document.get(Lane, lane_id)
    if lane is None:
        return False
    match record:
        case Card():
            return lane.kind in lanes.CARDS
        case Attachment():
            return lane.kind == lanes.FILES or (
                lane.kind == lanes.STORYBOARD and record.media_type.startswith("image/")
            )
        case PainPoint():
            return lane.kind == lanes.PAINS
        case Opportunity():
            return lane.kind == lanes.OPPORTUNITIES
        case Quote():
            return lane.kind == lanes.QUOTES
        case UserStory():
            return lane.kind == lanes.STORIES
    return False


def hang(document: Document, id_: Id, lane_id: Id | None, touchpoint_id: Id) -> Change:
    """A record of a cell to another cell, behind what stands there. Raises Failure where it does not belong there."""
    record = document.record(id_)
    if record is None or not holds(document, lane_id, id_) or lane_id is None:
        raise Failure(_("This does not belong in that row."))
    if isinstance(record, Card):
        return move_card(document, id_, lane_id, touchpoint_id)
    rows.wanted(document, Touchpoint, touchpoint_id)
    fields = {"touchpoint_id": touchpoint_id, **({"lane_id": lane_id} if isinstance(record, Attachment) else {})}
    place = rows.into(document, with_fields(record, fields), None)
    change = updating(_("Move"), record, order=place.keys[0], **fields)
    return Change(change.label, {}, {**rows.reordered(document, place), **change.updated})
