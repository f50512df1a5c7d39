"""A map written down as plain nested dicts (templates, the worked example), made into records by the commands.

    {"map": {field: value}, "state": name, "channels": [{"name", "icon"}], "departments": [{"name", "external"}],
     "personas": [{"name", field: value, "traits": [[kind, text]], "sliders": [[low, high, value]]}],
     "lanes": {"shown": [kind], "hidden": [kind], "folded": [kind], "names": {kind: [name, hint]}, "charts": [[kpi, chart]]},
     "phases": [{"name", "goal", "duration", "touchpoints": [{"name", field: value, "channel": name,
         "department": name, "thoughts" | "needs" | "front_stage" | "staff" | "text": text or [persona, text],
         "quotes": [[text, source]],
         "emotions": {persona: value or [value, note]}, "opportunity": text, "tags": [name],
         "pains": [{"text", "severity", "evidence"}], "figures": [{"kpi", "value", "target", field: value}],
         "stories": [{"persona", "want", "benefit", "expectation"}]}]}],
     "actions": [{"title", "answers": ["P1"], "department": name, field: value}],
     "bars": {"back_stage" | "support" | "systems" | "policies": [[first touchpoint, last touchpoint, text]]},
     "links": [{"from", "to", "kind", "label", "share", "persona"}]}

Touchpoints, personas, channels and departments are named by their names, pains by their numbers (in reading order).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from journeymap.model import commands, journey, lanes, order
from journeymap.model.change import adding
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Channel,
    Id,
    Lane,
    PainPoint,
    Persona,
    State,
    Tag,
    Tagging,
    Touchpoint,
    UserStory,
    new_id,
)

Written: TypeAlias = Mapping[str, Any]

CELLS: Final = tuple(kind for kind in lanes.KINDS if kind in lanes.CARDS - lanes.BARS)
_POINT: Final = frozenset(
    {"description", "owner", "initiator", "influence", "outcome", "moment_of_truth", "message", "reach", "tension"}
)


def build(written: Written, title: str) -> Draft:
    """A new map of that title with everything that is written down; `draft.document` holds its records."""
    draft = Draft(commands.new_map(title, **written.get("map", {})))
    if "state" in written:
        draft.do(commands.rename, draft.document.all(State)[0].id, written["state"])
    _organisation(draft, written)
    for persona in written.get("personas", ()):
        _persona(draft, persona)
    for phase in written.get("phases", ()):
        fields = {name: phase[name] for name in ("goal", "duration") if name in phase}
        phase_id = draft.do(commands.add_phase, phase["name"], **fields)
        for point in phase.get("touchpoints", ()):
            _touchpoint(draft, phase_id, point)
    for kind, bars in written.get("bars", {}).items():
        _bars(draft, kind, bars)
    for link in written.get("links", ()):
        _link(draft, link)
    for action in written.get("actions", ()):
        _action(draft, action)
    _lanes(draft, written.get("lanes", {}))
    return draft


def named(draft: Draft, kind: type[Any], name: str) -> Id:
    """The id of the record of that type and name. Raises KeyError."""
    for record in draft.document.all(kind):
        if record.name == name:
            return str(record.id)
    raise KeyError(f"no {kind.__name__} “{name}”")


def _organisation(draft: Draft, written: Written) -> None:
    if "channels" in written:
        for spare in draft.document.all(Channel):
            draft.do(commands.delete, spare.id)
    for channel in written.get("channels", ()):
        draft.do(commands.add_channel, channel["name"], channel.get("icon"))
    for department in written.get("departments", ()):
        draft.do(commands.add_department, department["name"], external=department.get("external", False))


def _persona(draft: Draft, written: Written) -> None:
    fields = {name: value for name, value in written.items() if name not in {"name", "traits", "sliders"}}
    persona_id = draft.do(commands.add_persona, written["name"], **fields)
    for kind, text in written.get("traits", ()):
        draft.do(commands.add_trait, persona_id, kind, text)
    for low, high, value in written.get("sliders", ()):
        draft.do(commands.add_slider, persona_id, low, high, value)


def _touchpoint(draft: Draft, phase_id: Id, written: Written) -> None:
    fields = {name: value for name, value in written.items() if name in _POINT}
    id_ = draft.do(commands.add_touchpoint, phase_id, written["name"], **fields)
    if "channel" in written:
        draft.do(commands.set_channel, id_, written["channel"])
    if "department" in written:
        draft.do(commands.set_department, id_, written["department"])
    for kind in CELLS:
        if kind in written:
            _cell(draft, kind, id_, written[kind])
    for persona, feeling in written.get("emotions", {}).items():
        value, note = feeling if isinstance(feeling, list | tuple) else (feeling, "")
        draft.do(commands.set_emotion, named(draft, Persona, persona), id_, value, note)
    _evidence(draft, id_, written)


def _evidence(draft: Draft, id_: Id, written: Written) -> None:
    """What hurts at a touchpoint, what could be better, what is wanted and what is known."""
    if "opportunity" in written:
        draft.do(commands.add_opportunity, id_, written["opportunity"])
    for text, source in written.get("quotes", ()):
        draft.do(commands.add_quote, text, touchpoint_id=id_, source=source)
    for story in written.get("stories", ()):
        _story(draft, id_, story)
    for pain in written.get("pains", ()):
        draft.do(commands.add_pain, id_, **pain)
    for figure in written.get("figures", ()):
        _figure(draft, id_, figure)
    for tag in written.get("tags", ()):
        _tag(draft, id_, tag)


def _cell(draft: Draft, kind: str, touchpoint_id: Id, content: Any) -> None:
    persona, text = content if isinstance(content, list | tuple) else (None, content)
    persona_id = named(draft, Persona, persona) if persona else None
    draft.do(commands.add_card, lane_of(draft, kind), touchpoint_id, text, persona_id=persona_id)


def _story(draft: Draft, touchpoint_id: Id, written: Written) -> None:
    told = draft.document.referring(UserStory, "touchpoint_id", touchpoint_id)
    persona = named(draft, Persona, written["persona"]) if written.get("persona") else None
    words = {name: written.get(name, "") for name in ("want", "benefit", "expectation")}
    story = UserStory(new_id(), touchpoint_id, persona, order.at_end(told, 1)[0], **words)
    draft.take(adding("", story))


def _figure(draft: Draft, touchpoint_id: Id, written: Written) -> None:
    """A figure typed in, with its target where one is given."""
    fields = {name: value for name, value in written.items() if name not in {"kpi", "value", "target"}}
    draft.do(commands.type_kpi, written["kpi"], written["value"], touchpoint_id=touchpoint_id, **fields)
    if "target" in written:
        draft.do(commands.set_target, written["kpi"], written["target"], touchpoint_id=touchpoint_id)


def _tag(draft: Draft, touchpoint_id: Id, name: str) -> None:
    tags = draft.document.all(Tag)
    tag = next((one for one in tags if one.name == name), None)
    if tag is None:
        tag = Tag(new_id(), order.at_end(tags, 1)[0], name)
        draft.take(adding("", tag))
    draft.take(adding("", Tagging(new_id(), tag.id, touchpoint_id)))


def _action(draft: Draft, written: Written) -> None:
    fields = {name: value for name, value in written.items() if name not in {"title", "answers", "department"}}
    if "department" in written:
        fields["department_id"] = commands.department(draft.document, written["department"])[0]
    numbers = {f"P{pain.number}": pain.id for pain in draft.document.all(PainPoint)}
    pains = [numbers[number] for number in written.get("answers", ())]
    draft.do(commands.add_action, written["title"], pains=pains, **fields)


def _bars(draft: Draft, kind: str, bars: Any) -> None:
    row = [point.id for point in journey.every_touchpoint(draft.document)]
    for first, last, text in bars:
        start, end = named(draft, Touchpoint, first), named(draft, Touchpoint, last)
        draft.do(commands.add_card, lane_of(draft, kind), start, text, span=row.index(end) - row.index(start) + 1)


def _link(draft: Draft, written: Written) -> None:
    persona = named(draft, Persona, written["persona"]) if written.get("persona") else None
    source, target = (named(draft, Touchpoint, written[end]) for end in ("from", "to"))
    draft.do(
        commands.link,
        source,
        target,
        kind=written.get("kind"),
        label=written.get("label", ""),
        share=written.get("share"),
        persona_id=persona,
    )


def lane_of(draft: Draft, kind: str) -> Id:
    """The first lane of that kind; made where there is none."""
    for lane in draft.document.all(Lane):
        if lane.kind == kind:
            return lane.id
    return draft.do(commands.add_lane, kind)


def _lanes(draft: Draft, written: Written) -> None:
    for kind in written.get("shown", ()):
        lane_of(draft, kind)
    for kpi, chart in written.get("charts", ()):
        draft.do(commands.edit, draft.do(commands.add_lane, lanes.CHART), kpi=kpi, chart=chart)
    for lane in draft.document.all(Lane):
        if lane.kind in written.get("hidden", ()):
            draft.do(commands.show_lane, lane.id, shown=False)
        if lane.kind in written.get("folded", ()):
            draft.do(commands.fold_lane, lane.id)
        if lane.kind in written.get("names", {}):
            called, hint = written["names"][lane.kind]
            draft.do(commands.edit, lane.id, name=called, hint=hint)
