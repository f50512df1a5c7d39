"""A map from elsewhere onto a map of ours, as one Change; or as the records of a new one.

What has a name here already (phase, persona, channel, department, tag, and within a phase the touchpoint) is found by
it and not made twice; upper and lower case are one. A touchpoint that is found gets only what it lacks, so that the same
file brought in twice changes nothing the second time.
"""

from __future__ import annotations

from typing import Any

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.maps import ours
from journeymap.maps.brought import Brought, Person, Point, Said, Stage
from journeymap.model import commands, lanes, order
from journeymap.model.change import Change, adding
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Action,
    Card,
    Channel,
    Id,
    Lane,
    Link,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Record,
    State,
    Tag,
    Tagging,
    Touchpoint,
    new_id,
)


def add(document: Document, brought: Brought) -> Change:
    """What a foreign map adds to an open one, as one step. Raises Failure where everything is there already."""
    if brought.records:
        return ours.added(document, brought.records)
    change = _Adding(Draft(document)).all(brought)
    if not change:
        raise Failure(_("Everything in this file is on the map already; nothing was changed."))
    return change


def records(brought: Brought, title: str) -> list[Record]:
    """The records of a new map; `title` is for a file that says none."""
    if brought.records:
        return list(brought.records)
    draft = Draft(commands.new_map(brought.title or title, **brought.about))
    adding_ = _Adding(draft)
    adding_.all(brought)
    used = {one.channel_id for one in draft.document.all(Touchpoint)}
    if any(used - {None}):  # the file has channels of its own: those of a new map that it does not use would be noise
        for spare in draft.document.all(Channel):
            if spare.id not in used:
                draft.do(commands.delete, spare.id)
    return list(draft.document)


def counted(brought: Brought) -> list[str]:
    """What a foreign map holds, in lines: phases, touchpoints, personas, further states."""
    counts = ours.counts(brought.records) if brought.records else _counts(brought)
    phases, points, people, pains = counts
    lines = [
        ngettext("{n} phase", "{n} phases", phases).format(n=phases),
        ngettext("{n} touchpoint", "{n} touchpoints", points).format(n=points),
    ]
    if people:
        lines.append(ngettext("{n} persona", "{n} personas", people).format(n=people))
    if pains:
        lines.append(ngettext("{n} pain", "{n} pains", pains).format(n=pains))
    return lines


def _counts(brought: Brought) -> tuple[int, int, int, int]:
    points = brought.points
    pains = sum(len(point.pains) for point in points)
    return len(brought.stages), len(points), len(brought.people), pains


class _Adding:
    """Commands on a draft, with what was found by its name."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.document = draft.document
        self.people = {_key(one.name): one.id for one in self.document.all(Persona)}
        self.lanes = {(one.kind, _key(one.name)): one.id for one in reversed(self.document.all(Lane))}
        self.tags = {_key(one.name): one.id for one in self.document.all(Tag)}
        self.states = {_key(one.name): one.id for one in reversed(self.document.all(State))}
        self.own: set[Id] = set()  # touchpoints that were made here: nothing can stand there twice
        self.keys: dict[str, Id] = {}
        self.bars: list[tuple[Id, Said]] = []  # put up when their columns are there

    def all(self, brought: Brought) -> Change:
        """Everything, under one label."""
        for person in brought.people:
            self.person(person.name, person)
        known = {
            (one.state_id, _key(one.name)): one.id for one in reversed(self.document.all(Phase))
        }  # of the map as it was: two stages of one name in the file stay two
        for stage in brought.stages:
            self.stage(stage, known)
        for id_, said in self.bars:
            self.said(id_, said)
        for path in brought.paths:
            source, target = self.keys.get(path.source), self.keys.get(path.target)
            if source and target and source != target and not self.linked(source, target):
                self.draft.do(commands.link, source, target, kind=path.kind, label=path.label)
        name = brought.title or brought.format
        return self.draft.change(_("Bring in {map}").format(map=name))

    def person(self, name: str, written: Person | None = None) -> Id:
        """The persona of that name, made where there is none; "" is the map's first, or a customer."""
        key = _key(name)
        if key not in self.people:
            if not key and self.document.count(Persona):
                return self.document.all(Persona)[0].id
            fields: dict[str, Any] = {"line": written.line, "hidden": written.hidden} if written else {}
            self.people[key] = self.draft.do(commands.add_persona, name.strip() or _("Customer"), **fields)
        return self.people[key]

    def stage(self, stage: Stage, known: dict[tuple[Id, str], Id]) -> None:
        """A phase and what stands in it."""
        state = self.state(stage.state)
        phase = known.get((state, _key(stage.name)))
        if phase is None:
            phase = self.draft.do(commands.add_phase, stage.name, state_id=state, **_goal(stage))
        here = {_key(one.name): one.id for one in reversed(self.document.referring(Touchpoint, "phase_id", phase))}
        there = {key: id_ for key, id_ in here.items() if id_ not in self.own}
        for point in stage.points:
            id_ = there.get(_key(point.name))
            if id_ is None:
                id_ = self.draft.do(commands.add_touchpoint, phase, point.name, **dict[str, Any](point.fields))
                self.own.add(id_)
            if point.key:
                self.keys.setdefault(point.key, id_)
            self.content(id_, point)

    def state(self, name: str) -> Id:
        """The map's first state, or the one of that name, made where there is none."""
        if not name:
            return self.document.all(State)[0].id
        key = _key(name)
        if key not in self.states:
            self.states[key] = self.draft.do(commands.add_state, name)
        return self.states[key]

    def linked(self, source: Id, target: Id) -> bool:
        """Whether a link between the two is there."""
        return any(one.target_id == target for one in self.document.referring(Link, "source_id", source))

    def content(self, id_: Id, point: Point) -> None:
        """What hangs on a touchpoint, as far as it is not there."""
        now = self.document.one(Touchpoint, id_)
        if point.channel and now.channel_id is None:
            self.draft.do(commands.set_channel, id_, point.channel)
        if point.department and now.department_id is None:
            self.draft.do(commands.set_department, id_, point.department)
        for said in point.said:
            if said.span > 1:
                self.bars.append((id_, said))
            else:
                self.said(id_, said)
        for mood in point.moods:
            person = self.person(mood.person)
            if commands.emotion(self.document, person, id_) is None:
                self.draft.do(commands.set_emotion, person, id_, mood.value, mood.note)
        self.evidence(id_, point)
        for name in point.tags:
            self.tag(id_, name)

    def said(self, id_: Id, said: Said) -> None:
        """A card in its lane."""
        lane = self.lane(said.lane, said.name)
        there = (card.text for card in self.document.referring(Card, "touchpoint_id", id_) if card.lane_id == lane)
        if said.text not in there:
            person = self.person(said.person) if said.person else None
            self.draft.do(commands.add_card, lane, id_, said.text, persona_id=person, span=said.span)

    def lane(self, kind: str, name: str) -> Id:
        """The lane of that kind, of that name where there may be several; made where there is none."""
        key = (kind, _key(name) if kind in lanes.SEVERAL else "")
        if key not in self.lanes:
            same = [id_ for (known, _name), id_ in self.lanes.items() if known == kind]
            if same and not key[1]:
                self.lanes[key] = same[0]
            else:
                self.lanes[key] = self.draft.do(commands.add_lane, kind, name if key[1] else "")
        return self.lanes[key]

    def evidence(self, id_: Id, point: Point) -> None:
        """Pains, opportunities, and the actions that answer the first pain."""
        pains = {one.text: one.id for one in self.document.referring(PainPoint, "touchpoint_id", id_)}
        for text, severity in point.pains:
            if text not in pains:
                pains[text] = self.draft.do(commands.add_pain, id_, text, severity=severity)
        chances = {one.text for one in self.document.referring(Opportunity, "touchpoint_id", id_)}
        for text in point.opportunities:
            if text not in chances:
                self.draft.do(commands.add_opportunity, id_, text)
        known = {one.title for one in self.document.all(Action)} if point.actions else set()
        for title in point.actions:
            if title not in known:
                self.draft.do(commands.add_action, title, pains=list(pains.values())[:1])

    def tag(self, id_: Id, name: str) -> None:
        """A label, found by its name or made."""
        key = _key(name)
        if key not in self.tags:
            tag = Tag(new_id(), order.at_end(self.document.all(Tag), 1)[0], name.strip())
            self.draft.take(adding("", tag))
            self.tags[key] = tag.id
        if not any(one.tag_id == self.tags[key] for one in self.document.referring(Tagging, "touchpoint_id", id_)):
            self.draft.take(adding("", Tagging(new_id(), self.tags[key], id_)))


def _goal(stage: Stage) -> dict[str, Any]:
    return {"goal": stage.goal} if stage.goal else {}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
