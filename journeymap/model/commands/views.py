"""Saved views of a map, and the state that a second half of a view shows: the journey as it shall be."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import journey
from journeymap.model.change import Change, updating
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.records import Id, Link, Record, State, Touchpoint, View, field_names, new_id, with_fields

_OWN: Final = frozenset({"id", "order", "name"})


def save_view(document: Document, view: View, name: str) -> Change:
    """What `view` shows, kept under a name behind the other saved views. Raises Failure where the name is taken."""
    words = _free_name(document, name, None)
    saved = replace(view, id=new_id(), order="", name=words)
    place = rows.into(document, saved, None)
    made = with_fields(saved, {"order": place.keys[0]})
    return Change(_("Save view"), {made.id: made}, rows.reordered(document, place))


def update_view(document: Document, id_: Id, view: View) -> Change:
    """A saved view shows from now on what `view` shows; its name and place stay."""
    saved = rows.wanted(document, View, id_)
    shown = {name: getattr(view, name) for name in field_names(View) if name not in _OWN}
    return updating(_("Update view"), saved, **shown)


def rename_view(document: Document, id_: Id, name: str) -> Change:
    """Another name for a saved view. Raises Failure where it is taken."""
    return updating(_("Rename view"), rows.wanted(document, View, id_), name=_free_name(document, name, id_))


def _free_name(document: Document, name: str, own: Id | None) -> str:
    words = " ".join(name.split())
    if not words:
        raise Failure(_("A view needs a name."))
    if any(view.name.casefold() == words.casefold() and view.id != own for view in document.all(View)):
        raise Failure(_("There is a view called “{name}” already; choose another name.").format(name=words))
    return words


def add_to_be(document: Document, state_id: Id | None = None) -> Change:
    """A to-be state that begins as a copy of a state (the first where none is named): its phases, touchpoints and
    links, each touchpoint the counterpart of the one it comes from. What is felt and measured today stays there.
    """
    states = document.all(State)
    source = rows.wanted(document, State, state_id) if state_id else states[0]
    state = State(new_id(), "", _("To-be"), "to_be")
    place = rows.into(document, state, None)
    state = with_fields(state, {"order": place.keys[0]})
    made: dict[Id, Record] = {state.id: state}
    new: dict[Id, Id] = {}
    for phase in journey.phases(document, source.id):
        copy = replace(phase, id=new_id(), state_id=state.id)
        made[copy.id] = copy
        for touchpoint in document.referring(Touchpoint, "phase_id", phase.id):
            new[touchpoint.id] = twin = new_id()
            made[twin] = replace(touchpoint, id=twin, phase_id=copy.id, counterpart_id=touchpoint.id)
    for link in document.all(Link):
        if link.source_id in new and link.target_id in new:
            drawn = replace(link, id=new_id(), source_id=new[link.source_id], target_id=new[link.target_id])
            made[drawn.id] = drawn
    return Change(_("Begin a to-be state"), made, rows.reordered(document, place))
