"""What can be done to any record: edit, rename, move within its row, duplicate, delete."""

from __future__ import annotations

from typing import Final

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import words
from journeymap.model.change import Change, Edit, updating
from journeymap.model.commands import grid, rows, spans
from journeymap.model.commands.numbers import next_number
from journeymap.model.document import Document
from journeymap.model.records import (
    KINDS,
    Action,
    Attachment,
    Card,
    Emotion,
    Id,
    KpiTarget,
    Lane,
    Map,
    PainPoint,
    Persona,
    Phase,
    Record,
    RegisterEntry,
    Slider,
    Tagging,
    Touchpoint,
    Trait,
    UserStory,
    Value,
    new_id,
    references,
    with_fields,
)

PARTS: Final[dict[type[Record], tuple[tuple[type[Record], str], ...]]] = {
    Phase: ((Touchpoint, "phase_id"),),
    Touchpoint: (
        (Card, "touchpoint_id"),
        (Emotion, "touchpoint_id"),
        (UserStory, "touchpoint_id"),
        (Attachment, "touchpoint_id"),
        (Tagging, "touchpoint_id"),
        (KpiTarget, "touchpoint_id"),
        (RegisterEntry, "touchpoint_id"),
    ),
    Persona: ((Trait, "persona_id"), (Slider, "persona_id"), (Emotion, "persona_id")),
    Lane: ((Card, "lane_id"), (Attachment, "lane_id")),
}
"""What is copied along with a record. Evidence (pains, measures, quotes) and links are not: it was found elsewhere."""


def edit(document: Document, id_: Id, /, **fields: Value) -> Change:
    """Other values in some fields of one record. Raises Failure where it is gone, TypeError for unknown fields."""
    record = _wanted(document, id_)
    unknown = [name for name in fields if not hasattr(record, name) or name == "id"]
    if unknown:
        raise TypeError(f"{type(record).__name__} has no field {', '.join(unknown)}")
    return updating(_("Edit {what}").format(what=words.noun(type(record))), record, **fields)


def rename(document: Document, id_: Id, name: str) -> Change:
    """Another name (title, text, label: whatever the record is called by). Raises Failure where it is gone."""
    record = _wanted(document, id_)
    field = next((one for one in ("name", "title", "text", "label") if hasattr(record, one)), None)
    if field is None:
        raise TypeError(f"{type(record).__name__} has no name")
    return updating(_("Rename {what}").format(what=words.noun(type(record))), record, **{field: name})


def move(document: Document, id_: Id, before_id: Id | None = None) -> Change:
    """A record to another place in its row: before another one, or to the end."""
    record = _wanted(document, id_)
    if isinstance(record, Phase):
        return grid.move_phase(document, id_, before_id)
    if isinstance(record, Touchpoint):
        return grid.move_touchpoint(document, id_, record.phase_id, before_id)
    label = _("Move {what}").format(what=words.noun(type(record)))
    row = rows.row(document, record)
    at = rows.index_of(row, id_)
    if before_id == id_ or before_id == (row[at + 1].id if at + 1 < len(row) else None):
        return Change(label)
    place = rows.into(document, record, before_id)
    change = updating(label, record, order=place.keys[0])
    return Change(label, {}, {**rows.reordered(document, place), **change.updated})


def duplicate(document: Document, id_: Id) -> Change:
    """A copy of a record with its parts, right behind it. A pain or an action gets the next number."""
    record = _wanted(document, id_)
    if isinstance(record, Map):
        raise Failure(_("A map cannot be copied into itself; copy the file instead."))
    parts = _with_parts(document, record)
    fresh = {one.id: new_id() for one in parts}
    row = rows.row(document, record)
    at = rows.index_of(row, id_)
    after = row[at + 1].id if at + 1 < len(row) else None
    copies = {}
    for one in parts:
        values: dict[str, Value] = {"id": fresh[one.id]}
        for name, _kind, _gone in references(type(one)):
            target = getattr(one, name)
            if target in fresh:
                values[name] = fresh[target]
        if isinstance(one, PainPoint | Action):
            values["number"] = next_number(document, type(one))
        if isinstance(one, PainPoint | RegisterEntry):
            values["source"] = ""  # the copy is a person's, not a proposal's
        copies[fresh[one.id]] = with_fields(one, values)
    updates: dict[Id, dict[str, Edit]] = {}
    first = copies[fresh[id_]]
    if hasattr(record, "order"):
        place = rows.into(document, first, after)
        copies[first.id] = with_fields(first, {"order": place.keys[0]})
        updates = rows.reordered(document, place)
    return Change(_("Duplicate {what}").format(what=words.noun(type(record))), copies, updates)


def delete(document: Document, *ids: Id) -> Change:
    """Records with everything that cannot stand without them; what merely mentions them lets go of them."""
    for id_ in ids:
        if isinstance(_wanted(document, id_), Map):
            raise Failure(_("The map itself cannot be deleted here; delete its file instead."))
    touchpoints = [id_ for id_ in _closure(document, ids, frozenset()) if document.get(Touchpoint, id_)]
    kept = _spans_without(document, touchpoints)
    gone = _closure(document, ids, kept.saved)
    updated: dict[Id, dict[str, Edit]] = {}
    for id_ in gone:
        for other, field in sorted(document.dependants(id_)):
            if other not in gone and other not in kept.saved:
                updated.setdefault(other, {})[field] = (id_, None)
    for id_, edits in kept.updated.items():
        if id_ not in gone:
            updated.setdefault(id_, {}).update(edits)
    return Change(_deleting(document, ids), {}, updated, dict(_ordered(document, gone)))


def _closure(document: Document, ids: tuple[Id, ...], saved: frozenset[Id]) -> set[Id]:
    gone: set[Id] = set()
    waiting = list(ids)
    while waiting:
        id_ = waiting.pop()
        if id_ in gone or id_ in saved:
            continue
        gone.add(id_)
        for other, field in document.dependants(id_):
            record = document.record(other)
            if record is not None and ("remove" in {g for f, _k, g in references(type(record)) if f == field}):
                waiting.append(other)
    return gone


def _spans_without(document: Document, touchpoints: list[Id]) -> spans.Spans:
    updated: dict[Id, dict[str, Edit]] = {}
    saved: set[Id] = set()
    bars = document.spanning() if touchpoints else []
    if not bars:
        return spans.Spans()
    states = {document.one(Phase, document.one(Touchpoint, id_).phase_id).state_id for id_ in touchpoints}
    for state_id in states:
        before = spans.flat(spans.columns(document, state_id))
        leaving = set(touchpoints)
        found = spans.kept(bars, before, [id_ for id_ in before if id_ not in leaving], leaving)
        updated |= {id_: dict(edits) for id_, edits in found.updated.items()}
        saved |= found.saved
    return spans.Spans(updated, frozenset(saved))


def _ordered(document: Document, gone: set[Id]) -> list[tuple[Id, Record]]:
    """What refers before what it refers to, as a database wants to delete it."""
    places = {kind: at for at, kind in enumerate(KINDS.values())}
    found = [(id_, record) for id_ in gone if (record := document.record(id_)) is not None]
    return sorted(found, key=lambda pair: (-places[type(pair[1])], pair[0]))


def _deleting(document: Document, ids: tuple[Id, ...]) -> str:
    if len(ids) == 1:
        return _("Delete {what}").format(what=words.noun(type(_wanted(document, ids[0]))))
    return ngettext("Delete {n} thing", "Delete {n} things", len(ids)).format(n=len(ids))


def _with_parts(document: Document, record: Record) -> list[Record]:
    found = {record.id: record}
    waiting = [record]
    while waiting:
        one = waiting.pop(0)
        for kind, field in PARTS.get(type(one), ()):
            for part in document.referring(kind, field, one.id):
                if part.id not in found:
                    found[part.id] = part
                    waiting.append(part)
    return list(found.values())


def _wanted(document: Document, id_: Id) -> Record:
    record = document.record(id_)
    if record is None:
        raise Failure(_("This is not there any more: it was deleted meanwhile. Nothing was changed."))
    return record
