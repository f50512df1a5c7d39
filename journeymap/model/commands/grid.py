"""Phases and touchpoints: the columns of the map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeymap.i18n import _
from journeymap.model.change import Change, Edit, merged, updating
from journeymap.model.commands import rows, spans
from journeymap.model.document import Document
from journeymap.model.records import Id, Phase, State, Touchpoint, new_id, with_fields


def add_state(document: Document, name: str, *, kind: str = "as_is") -> Change:
    """A state of the journey ("as_is" or "to_be"), after those that are there."""
    state = State(new_id(), "", name, kind)
    return Change(_("Add state"), {state.id: _at(document, state, None)[0]})


def add_phase(
    document: Document, /, name: str, *, state_id: Id | None = None, before_id: Id | None = None, **fields: Any
) -> Change:
    """A phase of a state (the first one where none is named), before another phase or at the end."""
    state = rows.wanted(document, State, state_id) if state_id else document.all(State)[0]
    phase = Phase(new_id(), state.id, name=name, **fields)
    placed, room = _at(document, phase, before_id)
    return Change(_("Add phase"), {phase.id: placed}, room)


def add_touchpoint(
    document: Document, /, phase_id: Id, name: str, *, before_id: Id | None = None, **fields: Any
) -> Change:
    """A touchpoint in a phase, before another one or at the phase's end; bars across the place grow with it."""
    phase = rows.wanted(document, Phase, phase_id)
    touchpoint = Touchpoint(new_id(), phase_id, name=name, **fields)
    placed, room = _at(document, touchpoint, before_id)
    label = _("Add touchpoint")
    bars = document.spanning()
    if not bars:
        return Change(label, {touchpoint.id: placed}, room)
    columns = spans.columns(document, phase.state_id)
    before = spans.flat(columns)
    row = columns[phase_id]
    row.insert(row.index(before_id) if before_id in row else len(row), touchpoint.id)
    grown = spans.kept(bars, before, spans.flat(columns)).updated
    return Change(label, {touchpoint.id: placed}, {**room, **grown})


def move_touchpoint(document: Document, id_: Id, phase_id: Id, before_id: Id | None = None) -> Change:
    """A touchpoint to another place, also in another phase: before another touchpoint or at the phase's end."""
    touchpoint = rows.wanted(document, Touchpoint, id_)
    phase = rows.wanted(document, Phase, phase_id)
    label = _("Move touchpoint")
    if before_id == id_ or (touchpoint.phase_id == phase_id and _stays(document, touchpoint, before_id)):
        return Change(label)
    found = rows.into(document, with_fields(touchpoint, {"phase_id": phase_id}), before_id)
    change = updating(label, touchpoint, phase_id=phase_id, order=found.keys[0])
    moved = _bars_when_moved(document, touchpoint, phase, before_id)
    return Change(label, {}, {**rows.reordered(document, found), **moved, **change.updated})


def _bars_when_moved(
    document: Document, touchpoint: Touchpoint, phase: Phase, before_id: Id | None
) -> Mapping[Id, Mapping[str, Edit]]:
    bars = document.spanning()
    if not bars:
        return {}
    columns = spans.columns(document, phase.state_id)
    before = spans.flat(columns)
    if touchpoint.id in columns.get(touchpoint.phase_id, ()):
        columns[touchpoint.phase_id].remove(touchpoint.id)
    row = columns[phase.id]
    row.insert(row.index(before_id) if before_id in row else len(row), touchpoint.id)
    return spans.kept(bars, before, spans.flat(columns), {touchpoint.id}).updated


def move_phase(document: Document, id_: Id, before_id: Id | None = None) -> Change:
    """A phase before another one of its state, or to the end; its touchpoints go with it."""
    phase = rows.wanted(document, Phase, id_)
    found = rows.into(document, phase, before_id)
    change = updating(_("Move phase"), phase, order=found.keys[0])
    moved = _bars_when_turned(document, phase, before_id)
    return Change(change.label, {}, {**rows.reordered(document, found), **moved, **change.updated})


def _bars_when_turned(document: Document, phase: Phase, before_id: Id | None) -> Mapping[Id, Mapping[str, Edit]]:
    bars = document.spanning()
    if not bars:
        return {}
    columns = spans.columns(document, phase.state_id)
    before = spans.flat(columns)
    mine = columns.pop(phase.id)
    turned: dict[Id, list[Id]] = {}
    for other, row in columns.items():
        if other == before_id:
            turned[phase.id] = mine
        turned[other] = row
    turned.setdefault(phase.id, mine)
    return spans.kept(bars, before, spans.flat(turned)).updated


def split_phase(document: Document, touchpoint_id: Id, name: str) -> Change:
    """A new phase that begins at a touchpoint and takes what follows it in its phase."""
    first = rows.wanted(document, Touchpoint, touchpoint_id)
    old = document.one(Phase, first.phase_id)
    later = rows.row(document, old)
    after = later[rows.index_of(later, old.id) + 1 :]
    added = add_phase(document, name, state_id=old.state_id, before_id=after[0].id if after else None)
    phase_id = next(iter(added.added))
    row = document.referring(Touchpoint, "phase_id", old.id)
    moved = [updating("", one, phase_id=phase_id) for one in row[rows.index_of(row, touchpoint_id) :]]
    return merged(_("Split phase"), [added, *moved])


def _at(document: Document, record: Any, before_id: Id | None) -> tuple[Any, dict[Id, Any]]:
    found = rows.into(document, record, before_id)
    return with_fields(record, {"order": found.keys[0]}), rows.reordered(document, found)


def _stays(document: Document, touchpoint: Touchpoint, before_id: Id | None) -> bool:
    row = document.referring(Touchpoint, "phase_id", touchpoint.phase_id)
    at = rows.index_of(row, touchpoint.id)
    follower = row[at + 1].id if at + 1 < len(row) else None
    return before_id == follower
