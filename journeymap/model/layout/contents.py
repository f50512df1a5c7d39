"""What hangs on each touchpoint: gathered for one of them, or for all at once when a map is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from msgspec import Struct, field

from journeymap.model.document import Document
from journeymap.model.records import (
    Action,
    Answer,
    Attachment,
    Card,
    Channel,
    Emotion,
    Id,
    Link,
    Opportunity,
    PainPoint,
    Quote,
    Record,
    Touchpoint,
    UserStory,
)

MANY: Final = 200
"""From so many touchpoints on it is quicker to go through all records of the map once."""


class Contents(Struct):
    """What hangs on one touchpoint, in order."""

    touchpoint: Touchpoint
    channel: Channel | None = None
    cards: dict[Id, list[Card]] = field(default_factory=dict)  # by lane
    pictures: dict[Id, list[Attachment]] = field(default_factory=dict)  # by lane
    emotions: dict[Id, Emotion] = field(default_factory=dict)  # by persona
    aimed: dict[Id, Emotion] = field(default_factory=dict)  # at the to-be touchpoint that stands for this one
    former: dict[Id, Emotion] = field(default_factory=dict)  # at the as-is touchpoint for which this one stands
    pains: list[PainPoint] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    stories: list[UserStory] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)  # that leave here
    arrivals: list[Link] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)  # that answer a pain or chance here
    answers: dict[Id, list[Action]] = field(default_factory=dict)  # by pain or opportunity that has any

    def put_in_order(self) -> None:
        """What was hung up in no order, by `order`, then by id."""
        lists: list[list[Any]] = [
            *self.cards.values(), *self.pictures.values(),
            self.pains, self.opportunities, self.quotes, self.stories, self.links, self.arrivals,
        ]  # fmt: skip
        for several in lists:
            if len(several) > 1:
                several.sort(key=_place)


def _place(record: Record) -> tuple[str, Id]:
    return (getattr(record, "order", ""), record.id)


def gather(document: Document, touchpoint: Touchpoint) -> Contents:  # noqa: C901, PLR0912 - one case a kind of record
    """Everything on `touchpoint` that is drawn."""
    found = Contents(touchpoint, document.get(Channel, touchpoint.channel_id))
    meant: list[Action] = []
    later: list[Touchpoint] = []
    for id_, name in document.dependants(touchpoint.id):
        record = document.record(id_)
        match record:
            case Card():
                found.cards.setdefault(record.lane_id, []).append(record)
            case Emotion():
                found.emotions[record.persona_id] = record
            case PainPoint():
                found.pains.append(record)
            case Opportunity():
                found.opportunities.append(record)
            case Quote():
                found.quotes.append(record)
            case UserStory():
                found.stories.append(record)
            case Link() if name == "source_id":
                found.links.append(record)
            case Link():
                found.arrivals.append(record)
            case Attachment() if record.lane_id is not None:
                found.pictures.setdefault(record.lane_id, []).append(record)
            case Action():
                meant.append(record)
            case Touchpoint():
                later.append(record)
    found.put_in_order()
    _gather_actions(document, found, meant)
    if later or touchpoint.counterpart_id is not None:
        _gather_counterparts(document, found, later)
    return found


def _gather_counterparts(document: Document, found: Contents, later: list[Touchpoint]) -> None:
    """What is felt at the same place of the other state; of several, the first has the say."""
    for other in sorted(later, key=_place):
        for mood in document.referring(Emotion, "touchpoint_id", other.id):
            found.aimed.setdefault(mood.persona_id, mood)
    if found.touchpoint.counterpart_id is not None:
        before = document.referring(Emotion, "touchpoint_id", found.touchpoint.counterpart_id)
        found.former = {mood.persona_id: mood for mood in before}


def _gather_actions(document: Document, found: Contents, aimed: list[Action]) -> None:
    """The actions that answer a pain or chance here, or aim at this touchpoint."""
    for pain in found.pains:
        answers = document.referring(Answer, "pain_id", pain.id)
        actions = [document.one(Action, answer.action_id) for answer in answers]
        if actions:
            found.answers[pain.id] = sorted(actions, key=lambda action: (action.number, action.id))
    for chance in found.opportunities:
        if actions := document.referring(Action, "opportunity_id", chance.id):
            found.answers[chance.id] = actions
    seen = {action.id: action for actions in found.answers.values() for action in actions}
    seen |= {action.id: action for action in aimed}
    found.actions = sorted(seen.values(), key=lambda action: (action.number, _place(action)))


def gather_many(document: Document, ids: Iterable[Id]) -> dict[Id, Contents]:
    """Everything on each of these touchpoints, as `gather` has it; those that are gone are left out."""
    points = [one for id_ in ids if (one := document.get(Touchpoint, id_)) is not None]
    if len(points) >= MANY:
        return gather_all(document, [one.id for one in points])
    return {one.id: gather(document, one) for one in points}


def gather_all(document: Document, ids: Iterable[Id]) -> dict[Id, Contents]:
    """The same, in one pass through all records of the map."""
    points = [one for id_ in ids if (one := document.get(Touchpoint, id_)) is not None]
    channels = {channel.id: channel for channel in document.all(Channel)}
    found = {one.id: Contents(one, channels.get(one.channel_id or "")) for one in points}
    _hang_lanes(document, found)
    for mood in document.each(Emotion):
        if mood.touchpoint_id in found:
            found[mood.touchpoint_id].emotions[mood.persona_id] = mood
    for kind, name in ((PainPoint, "pains"), (Opportunity, "opportunities"), (Quote, "quotes"), (UserStory, "stories")):
        for record in document.each(cast("type[Any]", kind)):
            if record.touchpoint_id in found:
                getattr(found[record.touchpoint_id], name).append(record)
    for link in document.each(Link):
        if link.source_id in found:
            found[link.source_id].links.append(link)
        if link.target_id in found:
            found[link.target_id].arrivals.append(link)
    for contents in found.values():
        contents.put_in_order()
    _hang_rest(document, found)
    return found


def _hang_lanes(document: Document, found: dict[Id, Contents]) -> None:
    """Cards and pictures, by lane."""
    for card in document.each(Card):
        if card.touchpoint_id in found:
            found[card.touchpoint_id].cards.setdefault(card.lane_id, []).append(card)
    for file in document.each(Attachment):
        if file.lane_id is not None and file.touchpoint_id in found:
            found[file.touchpoint_id].pictures.setdefault(file.lane_id, []).append(file)


def _hang_rest(document: Document, found: dict[Id, Contents]) -> None:
    """Actions, and what is felt at the same place of another state."""
    meant: dict[Id, list[Action]] = {}
    for action in document.each(Action):
        if action.kpi_touchpoint_id is not None:
            meant.setdefault(action.kpi_touchpoint_id, []).append(action)
    later: dict[Id, list[Touchpoint]] = {}
    for one in document.each(Touchpoint):
        if one.counterpart_id is not None:
            later.setdefault(one.counterpart_id, []).append(one)
    some = document.count(Action) > 0
    for id_, contents in found.items():
        if some:
            _gather_actions(document, contents, meant.get(id_, []))
        if id_ in later or contents.touchpoint.counterpart_id is not None:
            _gather_counterparts(document, contents, later.get(id_, []))
