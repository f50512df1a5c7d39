"""The register of personal data: entries at touchpoints, or the word that there is nothing to enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model.change import Change, adding, updating
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import Dismissal, Id, RegisterEntry, Touchpoint, new_id, with_fields
from journeymap.model.register.offers import Offer


def add_entry(document: Document, /, touchpoint_id: Id, *, before_id: Id | None = None, **fields: Any) -> Change:
    """An entry at a touchpoint, before another one or at the end; that nothing is processed there is not true any more."""
    rows.wanted(document, Touchpoint, touchpoint_id)
    entry = RegisterEntry(new_id(), touchpoint_id, **fields)
    place = rows.into(document, entry, before_id)
    made = with_fields(entry, {"order": place.keys[0]})
    none = {one.id: one for one in document.referring(RegisterEntry, "touchpoint_id", touchpoint_id) if one.no_data}
    moved = {id_: edits for id_, edits in rows.reordered(document, place).items() if id_ not in none}
    return Change(_("Add register entry"), {made.id: made}, moved, none)


def add_entries(document: Document, entries: Iterable[tuple[Id, Mapping[str, str]]]) -> Change:
    """Several entries as one step: (touchpoint, fields) each, in their order."""
    draft, count = Draft(document), 0
    for touchpoint_id, fields in entries:
        draft.take(add_entry(draft.document, touchpoint_id, **fields))
        count += 1
    return draft.change(ngettext("Paste {n} register entry", "Paste {n} register entries", count).format(n=count))


def set_entry(document: Document, id_: Id, /, **fields: Any) -> Change:
    """Other values in some fields of an entry. Where it said that there are no data, an entry takes its place."""
    entry = rows.wanted(document, RegisterEntry, id_)
    label = _("Edit register entry")
    if not entry.no_data:
        return updating(label, entry, **fields)
    return add_entry(document, entry.touchpoint_id, **fields).named(label) if any(fields.values()) else Change(label)


def move_entry(document: Document, id_: Id, touchpoint_id: Id, before_id: Id | None = None) -> Change:
    """An entry to another place, at its touchpoint or at another one."""
    entry = rows.wanted(document, RegisterEntry, id_)
    rows.wanted(document, Touchpoint, touchpoint_id)
    there = with_fields(entry, {"touchpoint_id": touchpoint_id})
    row = rows.row(document, entry)
    at = rows.index_of(row, id_)
    after = row[at + 1].id if at + 1 < len(row) else None
    label = _("Move register entry")
    if touchpoint_id == entry.touchpoint_id and before_id in {id_, after}:
        return Change(label)
    place = rows.into(document, there, before_id)
    none = {
        one.id: one
        for one in document.referring(RegisterEntry, "touchpoint_id", touchpoint_id)
        if one.no_data and one.id != id_
    }
    moved = {each: edits for each, edits in rows.reordered(document, place).items() if each not in none}
    change = updating(label, entry, touchpoint_id=touchpoint_id, order=place.keys[0])
    return Change(label, {}, {**moved, **change.updated}, none)


def say_no_data(document: Document, touchpoint_id: Id) -> Change:
    """Says that a touchpoint processes no personal data. Raises Failure where it has entries."""
    touchpoint = rows.wanted(document, Touchpoint, touchpoint_id)
    label = _("No personal data here")
    mine = document.referring(RegisterEntry, "touchpoint_id", touchpoint_id)
    if any(not one.no_data for one in mine):
        raise Failure(
            _("“{name}” has entries in the register; delete them first if no personal data is processed there.").format(
                name=touchpoint.name
            )
        )
    return Change(label) if mine else add_entry(document, touchpoint_id, no_data=True).named(label)


def take_offer(document: Document, offer: Offer, touchpoint_id: Id) -> Change:
    """Takes over what an import found as an entry of the touchpoint that a person has chosen."""
    change = add_entry(document, touchpoint_id, data=offer.data, purpose=offer.purpose, source=offer.source)
    return change.named(_("Take over register entry"))


def dismiss_offer(document: Document, offer: Offer) -> Change:
    """Turns down what an import found; it is not offered again."""
    label = _("Dismiss register entry")
    if any(one.source == offer.source for one in document.all(Dismissal)):
        return Change(label)
    return adding(label, Dismissal(new_id(), offer.source))
