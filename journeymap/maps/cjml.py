"""CJML, the Customer Journey Modelling Language of SINTEF: https://cjml.no. Read in spirit, never validated.

A file holds planned journeys and actual ones, which refer to a planned journey and say of each touchpoint how it went
(`compliance`: adhoc, failing, missing; else completed). The planned journey becomes the map; what actually happened
becomes pains with their count, emotions from the ratings, and touchpoints of their own for what was not planned. A file of
actual journeys alone becomes one group of phases a journey.

Element names are compared without case and namespace, ids without blanks; texts such as "undefined" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.maps import markup
from journeymap.maps.brought import Brought, Losses, Mood, Person, Point, Said, Stage
from journeymap.maps.ratings import Ratings
from journeymap.model import lanes
from journeymap.model.commands import icon_for

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORMAT = "cjml"
_NOTHING = re.compile(r"(undefined|nan|null|none|n/a|\[object .*\])?", re.IGNORECASE)
_COMMUNICATION = ("plannedcommunicationpoint", "actualcommunicationpoint")
_ACTION = ("plannedaction", "actualaction")
_TIMES = ("timeoriginated", "timereceived", "timeconsumed", "timestarted", "timecompleted")
_UNUSED = {"providertype": "providerType", "journeystatus": "journeyStatus"}


class _Actor(Struct, frozen=True):
    name: str
    customer: bool


class _Point(Struct):
    """A touchpoint of one journey, with what only an actual journey says."""

    id: str
    point: Point
    phase: str
    compliance: str = ""
    person: str = ""
    rating: str = ""
    feeling: str = ""


class _Journey(Struct):
    actual: bool
    id: str
    title: str
    planned: str
    phases: dict[str, tuple[str, str]] = field(default_factory=dict)  # id → name, goal
    points: list[_Point] = field(default_factory=list)
    about: str = ""

    @property
    def name(self) -> str:
        return self.title or self.id


def is_cjml(text: str) -> bool:
    """Whether markup is CJML, of whatever dialect."""
    return markup.root_name(text).casefold() == "cjml"


def read(text: str, name: str) -> Brought:
    """The journeys of a file. Raises Failure for what is no CJML or holds no touchpoint."""
    root, was_mended = markup.parsed(text, name)
    if _tag(root) != "cjml":
        raise Failure(_("{name} is XML, but no CJML: its first element is “{tag}”.").format(name=name, tag=root.tag))
    losses = Losses()
    if was_mended:
        losses.note(_("the file is not proper XML (signs not escaped, or elements left open); it was mended"))
    reader = _Reader(root, losses)
    journeys = [one for one in reader.journeys() if one.points]
    if not journeys:
        raise Failure(_("{name} holds no touchpoint; there is nothing to bring in.").format(name=name))
    for tag, shown in _UNUSED.items():
        count = sum(bool(_own(one)) for one in root.iter() if _tag(one) == tag)
        if count:
            losses.note(_("the element {element} has no place on the map").format(element=shown), count=count)
    return _brought(journeys, reader, losses)


# ---------------------------------------------------------------- reading


class _Reader:
    """What is said anywhere in the file: actors may be declared in a later journey."""

    def __init__(self, root: Element, losses: Losses) -> None:
        self.root, self.losses = root, losses
        self.actors: dict[str, _Actor] = {}
        self.lost: set[str] = set()
        for one in root.iter():
            if _tag(one) in {"enduser", "serviceprovider", "actor"}:
                self._declare(one)

    def _declare(self, one: Element) -> None:
        id_ = _attribute(one, "actorid") or _attribute(one, "id")
        name = _text(one, "actorname", "companyname", "name") or _attribute(one, "name") or id_
        if not name:
            return
        kind = (_attribute(one, "type") + _attribute(one, "role")).casefold()
        customer = _tag(one) == "enduser" or (
            _tag(one) == "actor" and ("user" in kind or "customer" in kind or (not kind and not self.actors))
        )
        self.actors.setdefault((id_ or name).casefold(), _Actor(name, customer))

    def actor(self, part: Element | None) -> _Actor | None:
        """Who starts or receives: by id, else by name; one who is not declared is said."""
        if part is None:
            return None
        reference = next((_attribute(one, "actoridref") for one in part.iter() if _attribute(one, "actoridref")), "")
        if not reference:
            return None
        found = self.actors.get(reference.casefold())
        named = next((one for one in self.actors.values() if one.name.casefold() == reference.casefold()), None)
        if found is None and reference not in self.lost:
            self.lost.add(reference)
            how = (
                _("an actor who is not declared ({name}), found by name")
                if named
                else _("an actor who is not declared ({name})")
            )
            self.losses.note(how.format(name=reference))
        return found or named or _Actor(reference, customer=False)

    def journeys(self) -> Iterator[_Journey]:
        """Every journey; a file of the first dialect is one."""
        found = [one for one in self.root.iter() if _tag(one) in {"plannedjourney", "actualjourney"}]
        for one in found:
            yield self._journey(one)
        if not found:
            yield self._early()

    def _journey(self, one: Element) -> _Journey:
        head = {tag: _text(one, tag) for tag in ("journeyid", "journeytitle", "plannedreference")}
        made = _Journey(
            _tag(one) == "actualjourney", head["journeyid"], head["journeytitle"], head["plannedreference"],
            about="\n".join(filter(None, (_text(one, "journeyshortsummary"), _text(one, "journeylongsummary")))),
        )  # fmt: skip
        for phase in (part for part in one.iter() if _tag(part) == "journeyphase"):
            id_ = _attribute(phase, "phaseid")
            made.phases[id_.casefold()] = (_text(phase, "phasename") or id_, _text(phase, "phasedescription"))
        here = next(iter(made.phases), "")
        for part in one.iter():
            if _tag(part) in {*_COMMUNICATION, *_ACTION}:
                here = self._phase(made, part, here)
                made.points.append(self._point(part, here, made))
        return made

    def _phase(self, journey: _Journey, part: Element, here: str) -> str:
        """The phase of a touchpoint; where none is said, that of the one before."""
        belongs = next((one for one in part if _tag(one) == "belongsto"), None)
        said = _attribute(belongs, "phaseidref") if belongs is not None else ""
        if said and said.casefold() not in journey.phases:
            self.losses.note(_("a phase that is not declared ({name}); it was begun under this name").format(name=said))
            journey.phases[said.casefold()] = (said, "")
        return said.casefold() or here

    def _point(self, part: Element, phase: str, journey: _Journey) -> _Point:
        starts, gets = _child(part, "initiator"), _child(part, "receiver")
        starter, getter = self.actor(starts), self.actor(gets)
        first, second = _text(starts, "initiatorlabel", "label"), _text(gets, "receiverlabel", "label")
        by_customer = starter is None or starter.customer
        mine, theirs = (first, second) if by_customer or gets is None else (second, first)
        id_ = _text(part, "touchpointid")
        said = [Said(lanes.FRONT_STAGE, theirs)] if theirs and mine else []
        customer = next((one.name for one in (starter, getter) if one is not None and one.customer), "")
        provider = next((one.name for one in (starter, getter) if one is not None and not one.customer), "")
        times = [f"{one.tag.split('}')[-1]} {_own(one)}" for one in part.iter() if _tag(one) in _TIMES and _own(one)]
        feeling = _child(part, "touchpointexperience")
        category = _text(part, "category")
        tags = tuple(filter(None, (category, _("Deviation") if journey.actual and id_[:1].upper() == "D" else "")))
        point = Point(
            mine or theirs or id_ or _("Touchpoint"),
            {
                "initiator": "customer" if by_customer else "organisation",
                "description": "\n".join(filter(None, (_text(part, "comment"), ", ".join(times)))),
            },
            channel(_text(_child(part, "channel"), "channelname") or _own(_child(part, "channel"))),
            provider, tuple(said), tags=tags,
        )  # fmt: skip
        return _Point(
            id_, point, phase, _text(part, "compliance").casefold() if journey.actual else "", customer,
            _text(feeling, "experiencerating"), _text(feeling, "experiencedescription"),
        )  # fmt: skip

    def _early(self) -> _Journey:
        """The dialect of 2022: touchpoints with attributes, right under the root."""
        made = _Journey(actual=False, id="", title=_text(self.root, "title", "name"), planned="")
        for one in (part for part in self.root.iter() if _tag(part) == "touchpoint"):
            texts = [
                _own(part) for part in one.iter() if _own(part) and _tag(part) not in {"channel", "channelname", "time"}
            ]
            id_, time = _attribute(one, "id"), _attribute(one, "time")
            starts = _child(one, "initiator")
            starter = self.actor(one if starts is None else starts)
            label = _text(one, "label", "initiatorlabel", "description", "name") or _attribute(one, "label")
            said = (
                _attribute(_child(one, "channel"), "name")
                or _text(one, "channelname", "channel")
                or _attribute(one, "channel")
            )
            fields = {
                "description": time,
                "initiator": "customer" if starter is None or starter.customer else "organisation",
            }
            point = Point(label or (texts[0] if texts else "") or id_ or _("Touchpoint"), fields, channel(said))
            if _attribute(one, "type"):
                point = replace(point, tags=(_attribute(one, "type"),))
            person = starter.name if starter is not None and starter.customer else ""
            made.points.append(_Point(id_, point, "", person=person))
        return made


# ---------------------------------------------------------------- what becomes of it


def _brought(journeys: list[_Journey], reader: _Reader, losses: Losses) -> Brought:
    ratings = Ratings([point.rating for one in journeys for point in one.points if point.rating], losses)
    planned = [one for one in journeys if not one.actual]
    actual: dict[int, list[_Journey]] = {}
    alone = list(planned)
    for one in (one for one in journeys if one.actual):
        plan = _plan_of(one, planned)
        if plan is None:
            alone.append(one)
        else:
            actual.setdefault(id(plan), []).append(one)
            if one.planned.casefold() not in _names(plan):
                losses.note(_("an actual journey whose planned journey is not in the file; told by its touchpoints"))
    stages: list[Stage] = []
    for journey in alone:
        stages += _stages(_followed(journey, actual.get(id(journey), []), ratings), several=len(alone) > 1)
    people = tuple(Person(actor.name) for actor in reader.actors.values() if actor.customer)
    about = "\n".join(one.about for one in alone if one.about)
    title = next((one.title for one in alone if one.title), "") or (alone[0].id if len(alone) == 1 else "")
    return Brought(FORMAT, title, {"scenario": about} if about else {}, people, tuple(stages), (), losses.all())


def _names(journey: _Journey) -> set[str]:
    return {one.casefold() for one in (journey.id, journey.title) if one}


def _plan_of(actual: _Journey, planned: list[_Journey]) -> _Journey | None:
    """The planned journey that an actual one names; else the one that shares half of its touchpoints."""
    named = next((one for one in planned if actual.planned and actual.planned.casefold() in _names(one)), None)
    if named is not None:
        return named
    ids = {point.id for point in actual.points if point.id}
    shared = {id(one): len(ids & {point.id for point in one.points}) for one in planned}
    best = max(planned, key=lambda one: shared[id(one)], default=None)
    return best if best is not None and ids and 2 * shared[id(best)] >= len(ids) else None


def _followed(journey: _Journey, actual: list[_Journey], ratings: Ratings) -> _Journey:
    """A journey with what actually happened on it: pains, feelings, and what nobody had planned, in its place."""
    row = [*journey.points]
    for one in actual:
        last = -1
        for met in one.points:
            place = next((at for at, known in enumerate(row) if known.id and known.id == met.id), None)
            if place is None:
                name = _phase_named(journey, one, met.phase) or (row[last].phase if row else "")
                row.insert(last + 1, replace(met, phase=name, point=_tagged(met)))
                place = last + 1
            last = place
    points = [_judged(known, journey, actual, ratings) for known in row]
    return replace(journey, points=points)


def _phase_named(journey: _Journey, one: _Journey, phase: str) -> str:
    """The planned journey's phase of the same name."""
    name = one.phases.get(phase, ("", ""))[0].casefold()
    return next((id_ for id_, (known, _goal) in journey.phases.items() if name and known.casefold() == name), "")


def _tagged(met: _Point) -> Point:
    word = _("Ad hoc") if met.compliance == "adhoc" else _("Not planned")
    return replace(met.point, tags=tuple(dict.fromkeys((*met.point.tags, word))))


def _judged(known: _Point, journey: _Journey, actual: list[_Journey], ratings: Ratings) -> _Point:
    met = [
        one for other in (journey, *actual) for one in other.points if one is known or (known.id and one.id == known.id)
    ]
    pains = []
    for word, severity, text in (
        ("missing", 4, _("Did not take place in {n} of {all} actual journeys")),
        ("failing", 3, _("Failed in {n} of {all} actual journeys")),
    ):
        count = sum(one.compliance == word for one in met)
        if count:
            pains.append((text.format(n=count, all=max(len(actual), 1)), severity))
    felt: dict[str, list[float]] = {}
    for one in met:
        value = ratings.value(one.rating)
        if value is not None:
            felt.setdefault(one.person or known.person, []).append(value)
    moods = tuple(Mood(person, round(sum(values) / len(values), 2)) for person, values in felt.items())
    words = tuple(dict.fromkeys(Said(lanes.THOUGHTS, one.feeling, person=one.person) for one in met if one.feeling))
    point = replace(known.point, said=known.point.said + words, moods=moods, pains=tuple(pains))
    return replace(known, point=point)


def _stages(journey: _Journey, *, several: bool) -> list[Stage]:
    order = dict.fromkeys([*journey.phases, *(point.phase for point in journey.points)])
    found = []
    for phase in order:
        points = tuple(replace(one.point, key=f"{journey.id} {one.id}") for one in journey.points if one.phase == phase)
        name, goal = journey.phases.get(phase, ("", ""))
        name = name or journey.name or _("Phase 1")
        if several and journey.name and name != journey.name:
            name = f"{journey.name}: {name}"
        if points or phase:
            found.append(Stage(name, points, goal))
    return found


def channel(token: str) -> str:
    """A channel as a person would call it: "appOnSmartphone" → "App on smartphone"; "" for what says nothing."""
    token = token.strip()
    if not token or token.casefold() == "unknown":
        return ""
    known = {
        "email": _("E-mail"), "phone": _("Phone"), "telephone": _("Phone"), "letter": _("Letter"), "sms": "SMS",
        "web": _("Web"), "internet globe": _("Web"), "internetviapc": _("Web"), "facetoface": _("Face to face"),
        "selfservicemachine": _("Self-service machine"), "shopcounter": _("Shop counter"), "servicedesk": _("Service desk"),
        "apponpc": _("App on PC"),
    }  # fmt: skip
    if token.casefold() in known:
        return known[token.casefold()]
    if " " in token or icon_for(token) == token:
        return token[:1].upper() + token[1:]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", token)
    return words[:1].upper() + words[1:].lower() if words != token else token[:1].upper() + token[1:]


# ---------------------------------------------------------------- elements


def _tag(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].casefold() if isinstance(tag, str) else ""


def _child(element: Element | None, tag: str) -> Element | None:
    return next((one for one in element.iter() if _tag(one) == tag), None) if element is not None else None


def _own(element: Element | None) -> str:
    """An element's own text; "" for what says that there is none."""
    text = " ".join((element.text or "").split()) if element is not None else ""
    return "" if _NOTHING.fullmatch(text) else text


def _text(element: Element | None, *tags: str) -> str:
    """The text of the first element below that has one of these names and says something."""
    if element is None:
        return ""
    return next((text for one in element.iter() if _tag(one) in tags and (text := _own(one))), "")


def _attribute(element: Element | None, name: str) -> str:
    if element is None:
        return ""
    text = next(
        (value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1].casefold() == name), ""
    ).strip()
    return "" if _NOTHING.fullmatch(text) else text
