"""Lanes and the cards in them."""

from __future__ import annotations

from typing import Any

from journeymap.i18n import _
from journeymap.model import journey, lanes
from journeymap.model.change import Change, updating
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.records import Card, Id, Lane, Phase, Touchpoint, new_id, with_fields


def add_lane(
    document: Document, kind: str = lanes.TEXT, name: str = "", hint: str = "", *, before_id: Id | None = None
) -> Change:
    """A lane before another one, or where its kind belongs by custom."""
    row = document.all(Lane)
    before_id = before_id or _by_custom(row, kind)
    lane = Lane(new_id(), "", kind, name, hint)
    place = rows.into(document, lane, before_id)
    made = with_fields(lane, {"order": place.keys[0]})
    return Change(_("Add lane"), {made.id: made}, rows.reordered(document, place))


def show_lane(document: Document, lane_id: Id, *, shown: bool = True) -> Change:
    """Shows or hides a lane."""
    lane = rows.wanted(document, Lane, lane_id)
    return updating(_("Show lane") if shown else _("Hide lane"), lane, hidden=not shown)


def fold_lane(document: Document, lane_id: Id, *, folded: bool = True) -> Change:
    """Folds a lane to its name, or unfolds it."""
    lane = rows.wanted(document, Lane, lane_id)
    return updating(_("Fold lane") if folded else _("Unfold lane"), lane, folded=folded)


def add_card(
    document: Document, /, lane_id: Id, touchpoint_id: Id, text: str, *, before_id: Id | None = None, **fields: Any
) -> Change:
    """A card in a lane under a touchpoint; `span` lets it cover the following columns, `persona_id` says whose it is."""
    rows.wanted(document, Lane, lane_id)
    rows.wanted(document, Touchpoint, touchpoint_id)
    card = Card(new_id(), lane_id, touchpoint_id, "", text, **fields)
    place = rows.into(document, card, before_id)
    made = with_fields(card, {"order": place.keys[0]})
    return Change(_("Add card"), {made.id: made}, rows.reordered(document, place))


def move_card(document: Document, card_id: Id, lane_id: Id, touchpoint_id: Id, before_id: Id | None = None) -> Change:
    """A card to another cell (lane × touchpoint) or place in its cell."""
    card = rows.wanted(document, Card, card_id)
    rows.wanted(document, Lane, lane_id)
    rows.wanted(document, Touchpoint, touchpoint_id)
    label = _("Move card")
    if before_id == card_id:
        return Change(label)
    place = rows.into(document, with_fields(card, {"lane_id": lane_id, "touchpoint_id": touchpoint_id}), before_id)
    change = updating(label, card, lane_id=lane_id, touchpoint_id=touchpoint_id, order=place.keys[0])
    return Change(label, {}, {**rows.reordered(document, place), **change.updated})


def span_card(document: Document, card_id: Id, span: int) -> Change:
    """A card over so many columns from its own on; it ends with the last touchpoint of its state."""
    card = rows.wanted(document, Card, card_id)
    phase = document.one(Phase, document.one(Touchpoint, card.touchpoint_id).phase_id)
    row = [one.id for one in journey.touchpoints(document, phase.state_id)]
    most = len(row) - row.index(card.touchpoint_id)
    return updating(_("Cover columns"), card, span=max(1, min(span, most)))


def colour_lane(document: Document, lane_id: Id, colour: str) -> Change:
    """A tint for a lane's ground (`lanes.TINTS`), "" for the ground of its stage."""
    return updating(_("Colour lane"), rows.wanted(document, Lane, lane_id), colour=colour)


def clear_lane(document: Document, lane_id: Id) -> Change:
    """A lane without its own name, hint, colour and height: as its kind has it."""
    return updating(_("Reset lane"), rows.wanted(document, Lane, lane_id), name="", hint="", colour="", height=0)


def _by_custom(row: list[Lane], kind: str) -> Id | None:
    """The first lane whose kind stands after this one on an ordinary map."""
    custom = {one: at for at, one in enumerate(lanes.KINDS)}
    later = (lane.id for lane in row if custom.get(lane.kind, len(custom)) > custom.get(kind, len(custom)))
    return next(later, None)
