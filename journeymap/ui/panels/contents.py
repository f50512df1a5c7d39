"""What stands at a touchpoint, lane by lane, as the outline lists and edits it. No Qt in here.

Every place is a `Spot` of the canvas, so that a text means the same in both; a lane where nothing stands yet has one
empty place, in which the first text is typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from journeymap.i18n import _
from journeymap.model import commands, lanes
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Attachment, Id, Lane, Persona, Record, Touchpoint
from journeymap.ui.canvas import cells, edits
from journeymap.ui.canvas.edits import Spot
from journeymap.ui.selection import Cell


class Content(Struct, frozen=True):
    """One place: its lane, where a text goes, and the record that stands there ("" for none, or for the touchpoint)."""

    lane: Id
    touchpoint: Id
    spot: Spot
    record: Id = ""
    persona: int = 0  # whom a new text is for; of an emotion, who feels it

    @property
    def key(self) -> str:
        """Tells it from every other place on the map."""
        return f"{self.touchpoint}/{self.lane}/{self.spot.record}/{self.spot.field}"


def contents(document: Document, touchpoint_id: Id, offered: Id | None = None) -> list[Content]:
    """The places at a touchpoint in the order of the map; `offered`: the lane in which one more text may be typed."""
    found: list[Content] = []
    for lane in document.all(Lane):
        if lane.hidden or lane.kind in lanes.LINES or lane.kind == lanes.JOURNEY:
            continue
        there = list(_in_lane(document, lane, touchpoint_id))
        more = edits.another(document, Cell(lane.id, touchpoint_id)) if lane.id == offered else None
        if more is not None and all(one.spot != more for one in there):
            there.append(Content(lane.id, touchpoint_id, more))
        found += there
    return found


def _in_lane(document: Document, lane: Lane, touchpoint_id: Id) -> Iterator[Content]:
    cell = Cell(lane.id, touchpoint_id)
    if lane.kind == lanes.EMOTION:
        for n, persona in enumerate(document.all(Persona)):
            place, mood = edits.spot(document, cell, None, n), commands.emotion(document, persona.id, touchpoint_id)
            if place is not None:
                yield Content(lane.id, touchpoint_id, place, mood.id if mood is not None else "", n)
        return
    hung = [id_ for id_ in cells.contents(document, cell) if _hangs(document.record(id_))]
    asked: list[Id | None] = [*hung] or [None]
    for id_ in asked:
        place = edits.spot(document, cell, id_)
        if place is not None:
            own = place.record if _hangs(document.record(place.record)) else ""
            yield Content(lane.id, touchpoint_id, place, own)


def _hangs(record: Record | None) -> bool:
    return record is not None and not isinstance(record, Touchpoint)


def shown(document: Document, content: Content) -> str:
    """What stands there, in one line; "" where nothing does."""
    record = document.record(content.record) if content.record else None
    text = content.spot.text
    if isinstance(record, Attachment):
        text = text or record.url or _("Picture")
    return " ".join(text.split())


def changed(document: Document, content: Content, text: str) -> Change:
    """The Change that a text means there. Raises Failure where it means nothing."""
    return edits.change(document, content.spot, text, content.persona)


def emptied(document: Document, content: Content) -> Change:
    """What stands there taken away: the record, or what the touchpoint says there."""
    if content.record:
        return commands.delete(document, content.record)
    return edits.change(document, content.spot, "", content.persona) if content.spot.text else Change()


def shifted(document: Document, content: Content, step: int) -> Change:
    """A record one place up or down among its like in the cell."""
    row = [one for one in cells.contents(document, content.spot.cell) if one in document]
    if content.record not in row or not 0 <= row.index(content.record) + step < len(row):
        return Change()
    at = row.index(content.record)
    before = row[at - 1] if step < 0 else row[at + 2] if at + 2 < len(row) else None
    return commands.move(document, content.record, before)
