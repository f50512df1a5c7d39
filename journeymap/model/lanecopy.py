"""A lane with everything in it as plain data, for the clipboard; and what that means on another map.

Ids mean nothing elsewhere: touchpoints are known by name and place, personas, channels and departments by name. What is
read may come from any program, so nothing in it is trusted: types are checked here, values by the rules as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import actioncopy, commands, journey, lanes, order, packing
from journeymap.model.change import Change, adding
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Attachment,
    Card,
    Channel,
    Department,
    Emotion,
    Id,
    Lane,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Record,
    Touchpoint,
    UserStory,
    new_id,
    with_fields,
)

MIME: Final = "application/x-journeymap-lane"
KIND: Final = "journeymap lane"
LONGEST: Final = 64_000_000
"""Characters of a packed lane, pictures and all."""

FIELDS: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Card: ("text", "span"),
    Attachment: ("name", "media_type", "content_hash", "url"),
    Quote: ("text", "source"),
    UserStory: ("want", "benefit", "expectation"),
    PainPoint: ("text", "severity", "evidence"),
    Opportunity: ("text",),
    Emotion: ("value", "note"),
}
"""What goes along of each record; figures and data stay where they were measured."""

_HUNG: Final[Mapping[str, type[Record]]] = {
    lanes.QUOTES: Quote, lanes.STORIES: UserStory, lanes.PAINS: PainPoint, lanes.OPPORTUNITIES: Opportunity,
    lanes.EMOTION: Emotion,
}  # fmt: skip
_NAMED: Final[Mapping[str, tuple[type[Channel] | type[Department], str]]] = {
    lanes.CHANNELS: (Channel, "channel_id"),
    lanes.DEPARTMENTS: (Department, "department_id"),
}
_CHART: Final = ("kpi", "chart")
"""What a row of bars or lines draws."""
_TYPES: Final = {kind.__name__: kind for kind in FIELDS}


# ---------------------------------------------------------------- copying


def copies(kind: str) -> bool:
    """Whether a lane of this kind can go along; steps and figures are what the map itself is."""
    return kind in lanes.KINDS and kind not in {lanes.JOURNEY, lanes.FIGURES}


def packed(document: Document, lane_id: Id) -> dict[str, Any]:
    """A lane as plain data; `hashes` of what is attached are in its things. Raises Failure where it cannot go along."""
    lane = document.one(Lane, lane_id)
    if not copies(lane.kind):
        said = _("The row “{lane}” shows what belongs to this map; it cannot be copied to another one.")
        raise Failure(said.format(lane=lanes.title(lane)))
    points = list(journey.every_touchpoint(document))
    phases = {phase.id: phase.name for phase in document.all(Phase)}
    things = [thing for at, point in enumerate(points) for thing in _things(document, lane, point, at)]
    looks = {name: getattr(lane, name) for name in ("kind", "name", "hint", "colour", "height", *_CHART)}
    columns = [{"name": point.name, "phase": phases.get(point.phase_id, "")} for point in points]
    return {"what": KIND, "lane": looks, "touchpoints": columns, "things": things}


def _things(document: Document, lane: Lane, point: Touchpoint, at: int) -> Iterator[dict[str, Any]]:
    if lane.kind == lanes.ACTIONS:
        yield from ({"at": at, "type": "Action", **one} for one in actioncopy.packed(document, point))
        return
    if lane.kind == lanes.ARC:
        if point.tension is not None:
            yield {"at": at, "type": "Tension", "value": point.tension}
        return
    if lane.kind == lanes.CHART:
        return  # it draws figures; which ones goes along
    if lane.kind in _NAMED:
        kind, name = _NAMED[lane.kind]
        owner = document.get(kind, getattr(point, name))
        if owner is not None:
            yield {"at": at, "type": kind.__name__, "name": owner.name}
        return
    kinds: list[type[Record]] = [_HUNG[lane.kind]] if lane.kind in _HUNG else [Card, Attachment]
    for one in kinds:
        for record in document.referring(one, "touchpoint_id", point.id):
            if getattr(record, "lane_id", lane.id) == lane.id:
                who = document.get(Persona, getattr(record, "persona_id", None))
                words = {name: getattr(record, name) for name in FIELDS[one]}
                yield {"at": at, "type": one.__name__, "persona": who.name if who is not None else "", **words}


def hashes(pack: Mapping[str, Any]) -> list[str]:
    """What is attached in a packed lane."""
    return list(dict.fromkeys(one["content_hash"] for one in pack["things"] if one.get("content_hash")))


# ---------------------------------------------------------------- reading


class Laid(Struct):
    """A lane on another map: the change, the lane, how its touchpoints were found ("name" or "order"), what came along."""

    change: Change
    lane: Id
    by: str
    placed: int = 0
    left: int = 0
    other: bool = False  # whether the other way would place things elsewhere
    without: set[str] = field(default_factory=set)  # personas and departments that this map does not have
    loose: int = 0  # pains and chances that actions answered, and that this map does not have


def read(text: str) -> dict[str, Any]:
    """A packed lane from text. Raises Failure where it is none."""
    bad = Failure(_("What is on the clipboard is no row of a map."))
    pack = packing.read(text, KIND, LONGEST, one="lane", lists=("touchpoints", "things"))
    if pack is None:
        raise bad
    points, things = pack["touchpoints"], pack["things"]
    if pack["lane"].get("kind") not in lanes.KINDS or not copies(pack["lane"]["kind"]):
        raise bad
    if not all(type(one.get("at")) is int and 0 <= one["at"] < len(points) for one in things):
        raise bad
    return pack


def laid(document: Document, pack: Mapping[str, Any], before_id: Id | None = None, by: str = "") -> Laid:
    """What a packed lane means on a map. `by` says how its touchpoints are found: "name", "order", or "" for the better:
    by name where at least half of what stands in the lane finds its touchpoint so. Raises Failure for an empty map.
    """
    points = list(journey.every_touchpoint(document))
    if not points and pack["things"]:
        raise Failure(_("This map has no touchpoints yet; a row needs some to stand under."))
    ways = {"name": _by_name(pack, points), "order": _by_order(pack, points)}
    used = {one["at"] for one in pack["things"]}
    if not by:
        found = sum(at in ways["name"] for at in used)
        by = "name" if 2 * found >= len(used) else "order"
    draft = Draft(document)
    lane = _lane(draft, pack["lane"], before_id)
    result = Laid(Change(), lane, by)
    result.other = any(ways["name"].get(at) != ways["order"].get(at) for at in used)
    _place(draft, pack, ways[by], result)
    title = lanes.title(draft.document.one(Lane, lane))
    result.change = draft.change(_("Paste row “{lane}”").format(lane=title))
    return result


def _by_name(pack: Mapping[str, Any], points: list[Touchpoint]) -> dict[int, Id]:
    """From places of the lane to touchpoints of the same name, the first to the first where there are several."""
    waiting: dict[str, list[Id]] = {}
    for point in points:
        waiting.setdefault(actioncopy.key(point.name), []).append(point.id)
    found = {}
    for at, one in enumerate(pack["touchpoints"]):
        rest = waiting.get(actioncopy.key(str(one.get("name", ""))))
        if rest:
            found[at] = rest.pop(0)
    return found


def _by_order(pack: Mapping[str, Any], points: list[Touchpoint]) -> dict[int, Id]:
    return {at: point.id for at, (_one, point) in enumerate(zip(pack["touchpoints"], points, strict=False))}


def _lane(draft: Draft, looks: Mapping[str, Any], before_id: Id | None) -> Id:
    """A new lane that looks the same; of kinds that a map has once, the one that is there."""
    kind = str(looks["kind"])
    there = next((lane for lane in draft.document.all(Lane) if lane.kind == kind), None)
    if there is not None and kind not in lanes.SEVERAL:
        return there.id
    texts = {name: str(looks.get(name, "")) for name in ("name", "hint")}
    made = draft.do(commands.add_lane, kind, **texts, before_id=before_id)
    colour, height = looks.get("colour"), looks.get("height")
    fields: dict[str, Any] = {"colour": colour if colour in lanes.TINTS else ""}
    fields["height"] = height if isinstance(height, int) and 0 <= height <= 2000 else 0
    if kind == lanes.CHART:
        fields |= {name: looks[name] for name in _CHART if isinstance(looks.get(name), str)}
    draft.take(commands.edit(draft.document, made, **fields))
    return made


def _place(draft: Draft, pack: Mapping[str, Any], where: Mapping[int, Id], result: Laid) -> None:
    people = {actioncopy.key(one.name): one.id for one in draft.document.all(Persona)}
    last: dict[tuple[type[Record], Id], str | None] = {}
    made: list[Record] = []
    number = max((pain.number for pain in draft.document.all(PainPoint)), default=0)
    actions = actioncopy.Laying(draft.document)
    for thing in pack["things"]:
        touchpoint, kind = where.get(thing["at"]), _TYPES.get(str(thing.get("type")))
        if touchpoint is None:
            result.left += 1
        elif thing.get("type") == "Action":
            actions.take(thing, touchpoint)
            result.placed += 1
        elif kind is None:
            result.placed += _assigned(draft, touchpoint, thing)
        else:
            record = _record(draft.document, kind, thing, touchpoint, result, people)
            if record is None:
                result.left += 1
                continue
            if isinstance(record, PainPoint):
                number += 1
                record = with_fields(record, {"number": number})
            made.append(_ordered(draft.document, record, last))
            result.placed += 1
    result.without |= actions.without
    result.loose = actions.loose
    draft.take(adding("", *made, *actions.records()))


def _assigned(draft: Draft, touchpoint: Id, thing: Mapping[str, Any]) -> bool:
    name = thing.get("name")
    if thing.get("type") == "Tension":
        value = thing.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        draft.take(commands.edit(draft.document, touchpoint, tension=float(value)))
        return True
    if not isinstance(name, str) or not name:
        return False
    setter: Callable[..., Change] = commands.set_channel if thing.get("type") == "Channel" else commands.set_department
    draft.take(setter(draft.document, touchpoint, name))
    return True


def _record(
    document: Document,
    kind: type[Record],
    thing: Mapping[str, Any],
    touchpoint: Id,
    result: Laid,
    people: Mapping[str, Id],
) -> Record | None:
    """A record of the new map; None where it would say nothing, or stands there already."""
    fields = {name: thing[name] for name in FIELDS[kind] if isinstance(thing.get(name), str | int | float)}
    name = thing.get("persona")
    who = people.get(actioncopy.key(name)) if isinstance(name, str) and name else None
    if isinstance(name, str) and name and who is None:
        result.without.add(name)
    if kind is Emotion:
        taken = {one.persona_id for one in document.referring(Emotion, "touchpoint_id", touchpoint)}
        return None if who is None or who in taken else Emotion(new_id(), who, touchpoint, **fields)
    if kind is Card:
        return Card(new_id(), result.lane, touchpoint, persona_id=who, **fields)
    if kind is Attachment:
        return Attachment(new_id(), touchpoint, result.lane, **fields)
    whose = {"persona_id": who} if kind in {Quote, UserStory} else {}
    return kind(new_id(), touchpoint_id=touchpoint, **whose, **fields)  # type: ignore[call-arg]


def _ordered(document: Document, record: Record, last: dict[tuple[type[Record], Id], str | None]) -> Record:
    """Behind what stands in its cell."""
    if not hasattr(record, "order"):
        return record
    key = type(record), str(getattr(record, "touchpoint_id", ""))
    if key not in last:
        there = rows.row(document, record)
        last[key] = getattr(there[-1], "order", None) if there else None
    made = order.several(last[key], None, 1)[0]
    last[key] = made
    return with_fields(record, {"order": made})


def told(document: Document, found: Laid) -> str:
    """What has come along, and how, in sentences."""
    title = lanes.title(document.one(Lane, found.lane))
    count = ngettext("{n} entry", "{n} entries", found.placed).format(n=found.placed)
    way = _("touchpoints of the same name") if found.by == "name" else _("touchpoints in their order")
    said = [_("Row “{lane}” with {count}, placed under {way}.").format(lane=title, count=count, way=way)]
    if found.left:
        more = ngettext("{n} entry found no place.", "{n} entries found no place.", found.left)
        said.append(more.format(n=found.left))
    if found.loose:
        more = ngettext(
            "{n} answer was left out: what it answers is not on this map.",
            "{n} answers were left out: what they answer is not on this map.",
            found.loose,
        )
        said.append(more.format(n=found.loose))
    if found.without:
        names = ", ".join(sorted(found.without))
        said.append(_("Not on this map: {names}.").format(names=names))
    return " ".join(said)
