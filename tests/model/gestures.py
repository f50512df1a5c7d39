"""Random but sensible things that a person might do to a map, for the properties."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Action,
    Card,
    Department,
    Lane,
    Link,
    Map,
    PainPoint,
    Persona,
    Phase,
    RegisterEntry,
    Touchpoint,
)

CHANCE = random.Random()
"""Begins anew with each small map; the properties draw ids from it."""
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
DELETABLE = (Phase, Touchpoint, Persona, Lane, Card, Link, PainPoint, Action, Department, RegisterEntry)


def small_map() -> Document:
    """Two phases, four touchpoints, a persona, a branch, a bar over three columns, a pain with an action."""
    CHANCE.seed(1)
    draft = Draft(commands.new_map("Trial"))
    first, second = (draft.do(commands.add_phase, name) for name in ("Before", "After"))
    points = [draft.do(commands.add_touchpoint, first if at < 2 else second, f"T{at}") for at in range(4)]
    persona = draft.do(commands.add_persona, "Mara")
    for at, point in enumerate(points):
        draft.do(commands.set_emotion, persona, point, [1.0, 0.5, -1.5, 1.0][at])
        draft.do(commands.set_department, point, ["Web", "Web", "Shop", "Web"][at])
    draft.do(commands.link, points[0], points[2], label="skips")
    draft.do(commands.add_trait, persona, "goal", "be quick")
    lane = next(one for one in draft.document.all(Lane) if one.kind == "support")
    draft.do(commands.add_card, lane.id, points[1], "Engine", span=3)
    pain = draft.do(commands.add_pain, points[2], "Too slow", severity=4, frequency=0.4)
    draft.do(commands.add_action, "Be faster", pains=[pain])
    return draft.document


def _some(document: Document, *kinds: type[Any]) -> st.SearchStrategy[Any]:
    found = [record.id for kind in kinds for record in document.all(kind)]
    return st.sampled_from(found) if found else st.nothing()


@st.composite
def gesture(draw: st.DrawFn, document: Document) -> Change:
    """One command with arguments that fit the document."""
    verbs = [_add_phase, _rename_map]
    if document.count(Phase):
        verbs += [_add_touchpoint, _move_phase]
    if document.count(Touchpoint):
        verbs += [
            _move_touchpoint,
            _move_touchpoint,
            _add_card,
            _add_pain,
            _set_department,
            _link,
            _edit,
            _duplicate,
            _enter,
        ]
    if document.count(Touchpoint) and document.count(Persona):
        verbs += [_feel]
    if document.count(RegisterEntry):
        verbs += [_move_entry]
    if any(document.count(kind) for kind in DELETABLE):
        verbs += [_delete]
    return draw(st.sampled_from(verbs))(draw, document)


def _add_phase(draw: st.DrawFn, document: Document) -> Change:
    before = draw(st.none() | _some(document, Phase))
    return commands.add_phase(document, draw(TEXT), before_id=before)


def _rename_map(draw: st.DrawFn, document: Document) -> Change:
    return commands.rename(document, document.all(Map)[0].id, draw(TEXT))


def _add_touchpoint(draw: st.DrawFn, document: Document) -> Change:
    before = draw(st.none() | _some(document, Touchpoint))
    return commands.add_touchpoint(document, draw(_some(document, Phase)), draw(TEXT), before_id=before)


def _move_phase(draw: st.DrawFn, document: Document) -> Change:
    return commands.move(document, draw(_some(document, Phase)), draw(st.none() | _some(document, Phase)))


def _move_touchpoint(draw: st.DrawFn, document: Document) -> Change:
    point, phase = draw(_some(document, Touchpoint)), draw(_some(document, Phase))
    return commands.move_touchpoint(document, point, phase, draw(st.none() | _some(document, Touchpoint)))


def _add_card(draw: st.DrawFn, document: Document) -> Change:
    span = draw(st.integers(1, 4))
    lane = draw(_some(document, Lane)) if document.count(Lane) else None
    if lane is None:
        return commands.add_lane(document, "text")
    return commands.add_card(document, lane, draw(_some(document, Touchpoint)), draw(TEXT), span=span)


def _add_pain(draw: st.DrawFn, document: Document) -> Change:
    return commands.add_pain(document, draw(_some(document, Touchpoint)), draw(TEXT), severity=draw(st.integers(1, 5)))


def _set_department(draw: st.DrawFn, document: Document) -> Change:
    name = draw(st.none() | st.sampled_from(["Web", "shop", "Rail"]))
    return commands.set_department(document, draw(_some(document, Touchpoint)), name)


def _link(draw: st.DrawFn, document: Document) -> Change:
    source, target = draw(_some(document, Touchpoint)), draw(_some(document, Touchpoint))
    kind = draw(st.sampled_from([None, "next", "branch", "loop", "switch"]))
    return commands.link(document, source, target, kind=kind, label=draw(TEXT))


def _edit(draw: st.DrawFn, document: Document) -> Change:
    fields = draw(st.fixed_dictionaries({}, optional={"name": TEXT, "moment_of_truth": st.booleans(), "owner": TEXT}))
    return commands.edit(document, draw(_some(document, Touchpoint)), **fields)


def _duplicate(draw: st.DrawFn, document: Document) -> Change:
    return commands.duplicate(document, draw(_some(document, Phase, Touchpoint, Persona, Card)))


def _feel(draw: st.DrawFn, document: Document) -> Change:
    value = draw(st.none() | st.floats(-2, 2))
    return commands.set_emotion(document, draw(_some(document, Persona)), draw(_some(document, Touchpoint)), value)


def _delete(draw: st.DrawFn, document: Document) -> Change:
    return commands.delete(document, draw(_some(document, *DELETABLE)))


def _enter(draw: st.DrawFn, document: Document) -> Change:
    where = draw(_some(document, Touchpoint))
    taken = any(not one.no_data for one in document.referring(RegisterEntry, "touchpoint_id", where))
    if not taken and draw(st.booleans()):
        return commands.say_no_data(document, where)
    return commands.add_entry(document, where, data=draw(TEXT), legal_basis=draw(st.sampled_from(["", "6b", "own"])))


def _move_entry(draw: st.DrawFn, document: Document) -> Change:
    mine = [one.id for one in document.all(RegisterEntry) if not one.no_data]
    if not mine:
        return Change()
    where = draw(_some(document, Touchpoint))
    row = [one.id for one in document.referring(RegisterEntry, "touchpoint_id", where) if not one.no_data]
    return commands.move_entry(document, draw(st.sampled_from(mine)), where, draw(st.sampled_from([None, *row])))
