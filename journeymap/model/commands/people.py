"""Personas, what they are like, and what they feel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeymap.i18n import _
from journeymap.model import order
from journeymap.model.change import Change, adding, updating
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.records import Emotion, Id, Persona, Slider, Touchpoint, Trait, new_id, with_fields

HUES = 6
"""Hues and marker shapes that tell personas apart."""


def add_persona(document: Document, /, name: str, **fields: Any) -> Change:
    """A persona after those that are there, in the first hue that is free (the hue decides the marker's shape too)."""
    people = document.all(Persona)
    taken = [one.hue for one in people]
    free = min(range(1, HUES + 1), key=lambda hue: (taken.count(hue), hue))
    persona = Persona(new_id(), order.at_end(people, 1)[0], name, **{"hue": free, **fields})
    return adding(_("Add persona"), persona)


def add_trait(document: Document, persona_id: Id, kind: str, text: str, *, before_id: Id | None = None) -> Change:
    """A goal, need, frustration, channel or accessibility need of a persona."""
    rows.wanted(document, Persona, persona_id)
    trait = Trait(new_id(), persona_id, "", kind, text)
    place = rows.into(document, trait, before_id)
    made = with_fields(trait, {"order": place.keys[0]})
    return Change(_("Add trait"), {made.id: made}, rows.reordered(document, place))


def add_traits(
    document: Document, persona_id: Id, kind: str, texts: Sequence[str], *, before_id: Id | None = None
) -> Change:
    """Several goals, needs or the like, in this order: what was pasted."""
    rows.wanted(document, Persona, persona_id)
    first = Trait(new_id(), persona_id, "", kind)
    there = rows.row(document, first)
    place = order.place(there, rows.index_of(there, before_id), len(texts))
    made = [Trait(new_id(), persona_id, key, kind, text) for key, text in zip(place.keys, texts, strict=True)]
    return Change(_("Add traits"), {one.id: one for one in made}, rows.reordered(document, place))


def add_slider(document: Document, persona_id: Id, low: str, high: str, value: float = 0.5) -> Change:
    """A skill or attitude of a persona between two named ends, 0 … 1."""
    rows.wanted(document, Persona, persona_id)
    slider = Slider(new_id(), persona_id, "", low, high, value)
    place = rows.into(document, slider, None)
    made = with_fields(slider, {"order": place.keys[0]})
    return Change(_("Add slider"), {made.id: made}, rows.reordered(document, place))


def set_emotion(
    document: Document, persona_id: Id, touchpoint_id: Id, value: float | None, note: str | None = None
) -> Change:
    """What a persona is assumed to feel at a touchpoint, −2 … +2; None takes it away. `note` None leaves it as it is."""
    rows.wanted(document, Persona, persona_id)
    rows.wanted(document, Touchpoint, touchpoint_id)
    label = _("Change emotion")
    found = emotion(document, persona_id, touchpoint_id)
    if value is None:
        return Change(label, removed={found.id: found} if found else {})
    if found is None:
        return adding(label, Emotion(new_id(), persona_id, touchpoint_id, float(value), note or ""))
    return updating(label, found, value=float(value), note=found.note if note is None else note)


def emotion(document: Document, persona_id: Id, touchpoint_id: Id) -> Emotion | None:
    """What is assumed for a persona at a touchpoint, if anything."""
    at = document.referring(Emotion, "touchpoint_id", touchpoint_id)
    return next((one for one in at if one.persona_id == persona_id), None)
