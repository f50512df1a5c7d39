"""Actions that go to another map with their row: what answers what there, and what that map does not know.

An action stands under every touchpoint whose pain it answers, whose chance it takes or at whose figures it aims; it is
packed once for each of these places, and one record again on the other map. What it answered is known there by its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from journeymap.model import order
from journeymap.model.commands.numbers import next_number
from journeymap.model.document import Document
from journeymap.model.records import (
    Action,
    Answer,
    Department,
    Id,
    Opportunity,
    PainPoint,
    Record,
    Touchpoint,
    new_id,
    with_fields,
)

FIELDS: Final = (
    "title", "owner", "start", "due", "status", "effort", "impact", "cost", "kpi", "expected_low", "expected_high",
)  # fmt: skip
"""What an action is on every map."""


def packed(document: Document, point: Touchpoint) -> Iterator[dict[str, Any]]:
    """The actions that stand under a touchpoint, each with what it answers there."""
    pains = {one.id: one.text for one in document.referring(PainPoint, "touchpoint_id", point.id)}
    chances = {one.id: one.text for one in document.referring(Opportunity, "touchpoint_id", point.id)}
    for action in document.all(Action):
        answered = [one.pain_id for one in document.referring(Answer, "action_id", action.id)]
        here = [pains[id_] for id_ in answered if id_ in pains]
        aims = action.kpi_touchpoint_id == point.id
        if not (here or aims or action.opportunity_id in chances):
            continue
        owner = document.get(Department, action.department_id)
        yield {
            "action": action.number,
            "pains": here,
            "chance": chances.get(action.opportunity_id or "", ""),
            "aims": aims,
            "department": owner.name if owner is not None else "",
            **{name: getattr(action, name) for name in FIELDS},
        }


class Laying:
    """Actions on their way onto a map: `take` each place, then `records`; `without` names the departments that the map
    does not have, `loose` counts pains and chances that it does not have.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._actions: dict[object, Action] = {}
        self._answers: dict[tuple[Id, Id], Answer] = {}
        self._number = next_number(document, Action)
        self._departments = {key(one.name): one.id for one in document.all(Department)}
        self.without: set[str] = set()
        self.loose = 0

    def take(self, thing: Mapping[str, Any], touchpoint: Id) -> None:
        """An action under a touchpoint of this map."""
        which = thing.get("action")
        which = which if isinstance(which, int) else object()  # without a number each is one of its own
        known = self._actions.get(which)
        action = known if known is not None else self._made(thing)
        pains = _known(self._document, PainPoint, touchpoint, thing.get("pains"))
        chances = _known(self._document, Opportunity, touchpoint, [thing.get("chance")])
        self.loose += sum(one is None for one in (*pains, *chances))
        found = [one for one in pains if one is not None]
        for pain in found:
            self._answers.setdefault((action.id, pain), Answer(new_id(), action.id, pain))
        chance = next((one for one in chances if one is not None), None)
        if chance is not None and action.opportunity_id is None:
            action = with_fields(action, {"opportunity_id": chance})
        stands = found or (chance is not None and action.opportunity_id == chance)
        if action.kpi_touchpoint_id is None and (thing.get("aims") is True or not stands):
            action = with_fields(action, {"kpi_touchpoint_id": touchpoint})
        self._actions[which] = action

    def records(self) -> list[Record]:
        """The actions in their order, and what they answer."""
        made = list(self._actions.values())
        keys = order.at_end(self._document.all(Action), len(made))
        rows = [with_fields(one, {"order": place}) for one, place in zip(made, keys, strict=True)]
        return [*rows, *self._answers.values()]

    def _made(self, thing: Mapping[str, Any]) -> Action:
        fields = {name: thing[name] for name in FIELDS if isinstance(thing.get(name), str | int | float)}
        name = thing.get("department")
        owner = self._departments.get(key(name)) if isinstance(name, str) and name else None
        if isinstance(name, str) and name and owner is None:
            self.without.add(name)
        made = Action(new_id(), "", self._number, department_id=owner, **fields)
        self._number += 1
        return made


def _known(
    document: Document, kind: type[PainPoint] | type[Opportunity], touchpoint: Id, words: object
) -> list[Id | None]:
    """The records at a touchpoint that say the same; None for each text that nothing says there."""
    there = {key(one.text): one.id for one in document.referring(kind, "touchpoint_id", touchpoint)}
    texts = words if isinstance(words, list) else []
    return [there.get(key(one)) for one in texts if isinstance(one, str) and one]


def key(name: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(name.casefold().split())
