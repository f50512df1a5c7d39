"""The order of the grid: states, their phases, their touchpoints; plain questions that need no graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from journeymap.model.document import Document
from journeymap.model.records import Emotion, Id, Persona, Phase, State, Touchpoint

Mood: TypeAlias = Mapping[tuple[Id, Id], float]
"""(persona id, touchpoint id) → −2 … +2."""


def phases(document: Document, state_id: Id) -> list[Phase]:
    """The phases of a state in their order."""
    return document.referring(Phase, "state_id", state_id)


def touchpoints(document: Document, state_id: Id) -> Iterator[Touchpoint]:
    """The touchpoints of a state, phase by phase, in their order."""
    for phase in phases(document, state_id):
        yield from document.referring(Touchpoint, "phase_id", phase.id)


def every_touchpoint(document: Document) -> Iterator[Touchpoint]:
    """The touchpoints of all states, state by state."""
    for state in document.all(State):
        yield from touchpoints(document, state.id)


def state_of(document: Document, touchpoint_id: Id) -> Id:
    """The state in which a touchpoint stands. Raises KeyError."""
    return document.one(Phase, document.one(Touchpoint, touchpoint_id).phase_id).state_id


def assumed(document: Document) -> dict[tuple[Id, Id], float]:
    """What the workshop assumed, as a mood; overlay measured values on it."""
    return {(emotion.persona_id, emotion.touchpoint_id): emotion.value for emotion in document.each(Emotion)}


class HandOver(Struct, frozen=True):
    """Two touchpoints that follow each other but belong to different departments.

    `fall` is how much the mood changes from the one to the other for the persona who fares worst (negative: it
    falls), None where no mood is known; `kind` is "next" for the order of the grid, else the Link's kind.
    """

    source_id: Id
    target_id: Id
    from_department_id: Id
    to_department_id: Id
    kind: str = "next"
    fall: float | None = None


def handovers(document: Document, state_id: Id, mood: Mood | None = None) -> list[HandOver]:
    """The hand-overs between departments along the grid of one state, in its order.

    Touchpoints without a department are passed over: nobody is known to hand over there. `mood` is what the
    personas feel, by default what was assumed.
    """
    mood = assumed(document) if mood is None else mood
    last: dict[Id, float] = {}  # what each persona felt most recently
    people = [persona.id for persona in document.all(Persona)]
    found = []
    before: Touchpoint | None = None
    for touchpoint in touchpoints(document, state_id):
        department = touchpoint.department_id
        if before is not None and department and before.department_id and department != before.department_id:
            falls = [mood[one, touchpoint.id] - last[one] for one in last if (one, touchpoint.id) in mood]
            fall = min(falls, default=None)
            found.append(HandOver(before.id, touchpoint.id, before.department_id, department, fall=fall))
        last |= {one: mood[one, touchpoint.id] for one in people if (one, touchpoint.id) in mood}
        if department:
            before = touchpoint
    return found


BREAK = -1.0
"""A hand-over where the mood falls by this much or more is called broken."""


def worst_first(handovers: list[HandOver]) -> list[HandOver]:
    """The hand-overs ranked by the fall of the mood; those without a known mood last."""
    return sorted(handovers, key=lambda one: (one.fall is None, one.fall or 0.0))
