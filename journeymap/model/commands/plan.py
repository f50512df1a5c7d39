"""From what hurts to what is done: pains, opportunities, actions, and which action answers which pain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from journeymap.i18n import _
from journeymap.model import order
from journeymap.model.change import Change, adding
from journeymap.model.commands import rows
from journeymap.model.commands.numbers import next_number
from journeymap.model.document import Document
from journeymap.model.records import Action, Answer, Id, Opportunity, PainPoint, Touchpoint, new_id, with_fields


def add_pain(document: Document, /, touchpoint_id: Id, text: str, *, severity: int = 3, **fields: Any) -> Change:
    """A pain at a touchpoint, under the next free number; severity 1 … 5, frequency as a share 0 … 1."""
    rows.wanted(document, Touchpoint, touchpoint_id)
    number = next_number(document, PainPoint)
    pain = PainPoint(new_id(), touchpoint_id, "", number, text, severity, **fields)
    place = rows.into(document, pain, None)
    made = with_fields(pain, {"order": place.keys[0]})
    return Change(_("Add pain"), {made.id: made}, rows.reordered(document, place))


def add_opportunity(document: Document, touchpoint_id: Id, text: str) -> Change:
    """What could be better at a touchpoint."""
    rows.wanted(document, Touchpoint, touchpoint_id)
    chance = Opportunity(new_id(), touchpoint_id, "", text)
    place = rows.into(document, chance, None)
    made = with_fields(chance, {"order": place.keys[0]})
    return Change(_("Add opportunity"), {made.id: made}, rows.reordered(document, place))


def add_action(document: Document, /, title: str, *, pains: Iterable[Id] = (), **fields: Any) -> Change:
    """An action under the next free number, with the pains that it answers."""
    row = document.all(Action)
    action = Action(new_id(), order.at_end(row, 1)[0], next_number(document, Action), title, **fields)
    answers = [Answer(new_id(), action.id, rows.wanted(document, PainPoint, id_).id) for id_ in pains]
    return adding(_("Add action"), action, *answers)


def answer(document: Document, pain_id: Id, action_id: Id) -> Change:
    """Says that an action answers a pain; nothing to do where it is said already."""
    rows.wanted(document, PainPoint, pain_id)
    rows.wanted(document, Action, action_id)
    label = _("Answer pain")
    if any(one.action_id == action_id for one in document.referring(Answer, "pain_id", pain_id)):
        return Change(label)
    return adding(label, Answer(new_id(), action_id, pain_id))


def unanswer(document: Document, pain_id: Id, action_id: Id) -> Change:
    """Says that an action does not answer a pain after all."""
    found = [one for one in document.referring(Answer, "pain_id", pain_id) if one.action_id == action_id]
    return Change(_("Remove answer"), removed={one.id: one for one in found})
