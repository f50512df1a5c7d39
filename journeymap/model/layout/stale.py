"""What a change touches: the touchpoints whose contents are stale, and what concerns the whole map."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.layout.strip import Touched
from journeymap.model.records import (
    Action,
    Answer,
    Attachment,
    Card,
    Channel,
    Department,
    Emotion,
    Id,
    Link,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Record,
    State,
    Touchpoint,
    UserStory,
)

if TYPE_CHECKING:
    from journeymap.model.figures import Figures

_HUNG: Final = (Card, Emotion, PainPoint, Opportunity, Attachment, Quote, UserStory)
"""Records that hang on one touchpoint."""

_ORDERING: Final = frozenset({"order", "phase_id", "state_id"})


def stale(document: Document, change: Change, before: Figures, after: Figures) -> Touched:
    """What `change` (already in `document`) and the new figures touch."""
    found = Touched()
    for record in (*change.added.values(), *change.removed.values()):
        _whole(document, found, record)
    for id_, edits in change.updated.items():
        edited = document.record(id_)
        if edited is not None:
            _edited(document, found, edited, {name: from_ for name, (from_, _to) in edits.items()})
    _links_of(document, change, found)
    found.figures = _changed_figures(before, after)
    found.moved = _moved(document, change)
    found.touchpoints |= _counterparts(document, found.touchpoints | found.figures)
    if before is after:  # of a phase or the journey figures may be others, too
        found.lanes = _lanes_of_texts(document, change)
    return found


def _moved(document: Document, change: Change) -> set[Id]:
    """The touchpoints that stand elsewhere in their phase, when nothing else has changed."""
    if change.added or change.removed:
        return set()
    ids = [id_ for id_, edits in change.updated.items() if edits.keys() == {"order"}]
    moved = {id_ for id_ in ids if document.get(Touchpoint, id_) is not None}
    return moved if len(moved) == len(change.updated) else set()


def _lanes_of_texts(document: Document, change: Change) -> frozenset[Id] | None:
    """The lanes of a change that is about cards only; None of any other."""
    lanes: set[Id] = set()
    for record in (*change.added.values(), *change.removed.values(), *map(document.record, change.updated)):
        if not isinstance(record, Card):
            return None
        lanes.add(record.lane_id)
    lanes.update(str(edits["lane_id"][0]) for edits in change.updated.values() if "lane_id" in edits)
    return frozenset(lanes)


def _whole(document: Document, found: Touched, record: Record) -> None:
    """A record that came or went."""
    match record:
        case State() | Phase():
            found.structure = True
        case Touchpoint():
            found.structure = True
            found.touchpoints |= {id_ for id_ in (record.id, record.counterpart_id) if id_ is not None}
            found.phases.add(record.phase_id)
        case Link():
            found.links = True
            found.touchpoints |= {record.source_id, record.target_id}
        case Answer():
            _of_pain(document, found, record.pain_id)
        case Persona():
            found.people = True
            _dependants(document, found, record)
        case Channel() | Department():
            _dependants(document, found, record)
        case Action():
            _of_action(document, found, record, {})
        case _ if isinstance(record, _HUNG):
            found.touchpoints |= _hosts(record, {})


def _edited(  # noqa: C901, PLR0912 - one case a kind of record
    document: Document, found: Touched, record: Record, before: dict[str, Any]
) -> None:
    """A record whose fields changed; `before` holds what they were."""
    if isinstance(record, _HUNG):
        found.touchpoints |= _hosts(record, before)
        return
    match record:
        case State() | Phase():
            found.structure |= not _ORDERING.isdisjoint(before)
        case Touchpoint():
            found.touchpoints.add(record.id)
            found.structure |= not _ORDERING.isdisjoint(before)
            found.phases |= {record.phase_id, before.get("phase_id", record.phase_id)}
            found.departments |= "department_id" in before
            found.channels |= "channel_id" in before
            if before.get("counterpart_id") is not None:
                found.touchpoints.add(before["counterpart_id"])
        case Link():
            found.links = True
            ends = (record.source_id, record.target_id, before.get("source_id"), before.get("target_id"))
            found.touchpoints |= {id_ for id_ in ends if id_ is not None}
        case Answer():
            for pain_id in {record.pain_id, before.get("pain_id", record.pain_id)}:
                _of_pain(document, found, pain_id)
        case Persona():
            found.names |= "name" in before
            if "name" in before:
                found.touchpoints |= {
                    one.touchpoint_id for one in document.referring(UserStory, "persona_id", record.id)
                }
            if not {"hue", "hidden", "order"}.isdisjoint(before):
                found.people = True
                _dependants(document, found, record)
        case Channel():
            found.channels = True
            _dependants(document, found, record)
        case Department():
            found.departments = True
        case Action():
            _of_action(document, found, record, before)


def _hosts(record: Record, before: dict[str, Any]) -> set[Id]:
    hosts = {getattr(record, "touchpoint_id", None), before.get("touchpoint_id")}
    return {id_ for id_ in hosts if id_ is not None}


def _of_pain(document: Document, found: Touched, pain_id: Id) -> None:
    pain = document.get(PainPoint, pain_id)
    if pain is not None:
        found.touchpoints.add(pain.touchpoint_id)


def _of_action(document: Document, found: Touched, action: Action, before: dict[str, Any]) -> None:
    for answer in document.referring(Answer, "action_id", action.id):
        _of_pain(document, found, answer.pain_id)
    for id_ in (action.opportunity_id, before.get("opportunity_id")):
        chance = document.get(Opportunity, id_)
        if chance is not None:
            found.touchpoints.add(chance.touchpoint_id)
    found.touchpoints |= {id_ for id_ in (action.kpi_touchpoint_id, before.get("kpi_touchpoint_id")) if id_ is not None}


def _dependants(document: Document, found: Touched, record: Record) -> None:
    """The touchpoints that show a persona, channel or department."""
    for id_, _field in document.dependants(record.id):
        other = document.record(id_)
        if isinstance(other, Touchpoint):
            found.touchpoints.add(other.id)
        elif isinstance(other, Card | Quote | UserStory) and other.touchpoint_id is not None:
            found.touchpoints.add(other.touchpoint_id)
    if isinstance(record, Channel):
        found.channels = True
    elif isinstance(record, Department):
        found.departments = True


def _links_of(document: Document, change: Change, found: Touched) -> None:
    """A touchpoint that moves or is renamed takes its links along."""
    for id_, edits in change.updated.items():
        if {"name", *_ORDERING}.isdisjoint(edits):
            continue
        if document.get(Touchpoint, id_) is not None and any(
            isinstance(document.record(other), Link) for other, _field in document.dependants(id_)
        ):
            found.links = True


def _counterparts(document: Document, touchpoints: set[Id]) -> set[Id]:
    """The touchpoints of the other state that stand for these, or for which these stand: they show each other's moods."""
    found: set[Id] = set()
    for id_ in touchpoints:
        touchpoint = document.get(Touchpoint, id_)
        if touchpoint is not None:
            found.update(other.id for other in document.referring(Touchpoint, "counterpart_id", id_))
            if touchpoint.counterpart_id is not None:
                found.add(touchpoint.counterpart_id)
    return found


def _changed_figures(before: Figures, after: Figures) -> set[Id]:
    if before is after:
        return set()
    found = {id_ for id_ in _keys(before.touchpoint, after.touchpoint) if before.at(id_) != after.at(id_)}
    felt = _keys(before.emotion, after.emotion)
    return found | {key[1] for key in felt if before.emotion.get(key) != after.emotion.get(key)}


def _keys(one: Iterable[Any], other: Iterable[Any]) -> set[Any]:
    return {*one, *other}
