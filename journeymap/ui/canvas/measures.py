"""What typing and single keys mean in the lanes of measure: moods, tension, figures, pains, actions, channels. No Qt in here.

A place is (record, field, text): the record that is edited or hung on, what of it, and what stands there now as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, kpi, lanes, typed, wording
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.layout.contents import gather
from journeymap.model.records import (
    Action,
    Channel,
    Id,
    KpiTarget,
    Lane,
    Measure,
    PainPoint,
    Record,
    Touchpoint,
    TypedKpi,
)
from journeymap.ui.canvas import cells
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.records import Persona

Place = tuple[Id, str, str]
STATUSES: Final = ("proposed", "agreed", "in_progress", "done")
"""How far an action is, in order; keys 1 … 4."""
_MOOD: Final = re.compile(r"([+\-−–]\s?\d+(?:[.,]\d+)?|0)(?:\s+(.*))?$", re.DOTALL)
_ALONE: Final = re.compile(r"[+\-−–]?\d+(?:[.,]\d+)?$")
_ANSWERED: Final = re.compile(r"(.*?)\s*(?:→|->|=>)\s*((?:A\d+[\s,]*)+)$", re.DOTALL | re.IGNORECASE)


def shown_actions(document: Document, touchpoint_id: Id) -> list[Action]:
    """The actions that stand under a touchpoint: they answer its pains, take its chances, or aim at its figures."""
    touchpoint = document.get(Touchpoint, touchpoint_id)
    return gather(document, touchpoint).actions if touchpoint is not None else []


# ---------------------------------------------------------------- places


def place(
    document: Document, lane: Lane, touchpoint: Touchpoint, chosen: Record | None, who: Persona | None
) -> Place | None:
    """What is typed in a cell of these lanes; None where nothing can be."""
    match lane.kind:
        case lanes.EMOTION:
            return (touchpoint.id, f"mood {who.id}", mood_text(document, who.id, touchpoint.id)) if who else None
        case lanes.ARC:
            return touchpoint.id, "tension", "" if touchpoint.tension is None else wording.plain(touchpoint.tension)
        case lanes.FIGURES | lanes.CHART:
            return _figure(document, lane, touchpoint, chosen)
        case lanes.ACTIONS:
            if isinstance(chosen, Action):
                return chosen.id, "title", chosen.title
            return touchpoint.id, "new action", ""
    return None


def mood_text(document: Document, persona_id: Id, touchpoint_id: Id) -> str:
    """An assumed mood as it is typed: "+1.5 someone helped"; "" where there is none."""
    mood = commands.emotion(document, persona_id, touchpoint_id)
    return f"{wording.mood(mood.value)} {mood.note}".strip() if mood is not None else ""


def felt(document: Document, touchpoint_id: Id, field: str) -> Id | None:
    """The assumed mood that a field of a touchpoint is about, if it is about one."""
    who = field.removeprefix("mood ") if field.startswith("mood ") else None
    mood = commands.emotion(document, who, touchpoint_id) if who is not None else None
    return mood.id if mood is not None else None


def _figure(document: Document, lane: Lane, touchpoint: Touchpoint, chosen: Record | None) -> Place:
    if isinstance(chosen, TypedKpi):
        return chosen.id, "figure", typed.write(chosen, _target(document, chosen.touchpoint_id, chosen.kpi))
    measures = document.referring(Measure, "touchpoint_id", touchpoint.id)
    for measure in measures:
        if measure.kpi in kpi.KPIS and lane.kpi in {"", measure.kpi}:
            target = _target(document, touchpoint.id, measure.kpi)
            words = f"{kpi.KPIS[measure.kpi].label()} " + _("target {value}").format(value="").strip()
            return touchpoint.id, "target", f"{words} {wording.plain(target)}" if target is not None else f"{words} "
    return touchpoint.id, "new figure", ""


def _target(document: Document, touchpoint_id: Id | None, name: str) -> float | None:
    there = document.referring(KpiTarget, "touchpoint_id", touchpoint_id) if touchpoint_id is not None else []
    return next((one.value for one in there if one.kpi == name), None)


# ---------------------------------------------------------------- what a text means


def change(document: Document, record: Id, field: str, text: str) -> Change | None:
    """The Change that a text means at such a place; None where it is none of these. Raises Failure."""
    if field.startswith("mood "):
        return _mood(document, field.removeprefix("mood "), record, text)
    match field:
        case "channel":
            return commands.set_channel(document, record, text)
        case "department":
            return commands.set_department(document, record, text)
        case "tension":
            return commands.edit(document, record, tension=_tension(text))
        case "figure" | "new figure" | "target":
            return _typed(document, record, field, text)
        case "new action":
            return new_action(document, record, text) if text else Change()
        case "new pain" | "text":
            return _pain(document, record, field, text)
    return None


def _mood(document: Document, who: Id, touchpoint_id: Id, text: str) -> Change:
    """A number sets the mood, words are its note; a number with a sign may come before words. Nothing takes it away."""
    if not text:
        return commands.set_emotion(document, who, touchpoint_id, None)
    hit, known = _MOOD.match(text), commands.emotion(document, who, touchpoint_id)
    if _ALONE.match(text):
        return commands.set_emotion(document, who, touchpoint_id, _bounded(text), "" if known is not None else None)
    if hit is not None:
        return commands.set_emotion(document, who, touchpoint_id, _bounded(hit.group(1)), (hit.group(2) or "").strip())
    return commands.set_emotion(document, who, touchpoint_id, known.value if known is not None else 0.0, text)


def _bounded(text: str) -> float:
    value = float(re.sub(r"[−–]", "-", text).replace(" ", "").replace(",", "."))
    if not -2 <= value <= 2:
        raise Failure(_("A mood goes from −2 to +2, not {value}.").format(value=text.strip()))
    return value


def _tension(text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = 0.0
    if not 1 <= value <= 5:
        raise Failure(_("Tension goes from 1 (calm) to 5 (gripping), not “{value}”.").format(value=text))
    return value


def _typed(document: Document, record: Id, field: str, text: str) -> Change | None:
    entry = document.get(TypedKpi, record)
    if entry is not None and field == "figure":
        return _retyped(document, entry, text)
    if not text:
        return Change()
    measure = next(iter(document.referring(Measure, "touchpoint_id", record)), None)
    said = typed.read(text, typed.Line(measure.kpi) if measure is not None else None)
    draft = Draft(document)
    if said.value is not None:
        draft.do(commands.type_kpi, said.kpi, said.value, touchpoint_id=record, **said.fields())
    if said.target is not None:
        draft.do(commands.set_target, said.kpi, said.target, touchpoint_id=record)
    return draft.change(_("Type in figure") if said.value is not None else _("Set target"))


def _retyped(document: Document, entry: TypedKpi, text: str) -> Change:
    """The figure as the line says it now; a target that is no longer said goes."""
    if not text:
        return commands.delete(document, entry.id)
    said, where = typed.read(text, typed.of(entry)), {"touchpoint_id": entry.touchpoint_id, "phase_id": entry.phase_id}
    draft = Draft(document)
    if said.value is not None:
        fields = said.fields() if said.kpi != entry.kpi or said.unit else {**said.fields(), "unit": entry.unit}
        draft.take(commands.edit(document, entry.id, kpi=said.kpi, value=said.value, **fields))
    if said.target is not None or _target(document, entry.touchpoint_id, entry.kpi) is not None:
        draft.do(commands.set_target, said.kpi, said.target, **where)
    return draft.change(_("Type in figure"))


def new_action(document: Document, touchpoint_id: Id, text: str) -> Change:
    """An action that answers the first pain of a touchpoint, else takes its first chance, else aims at its figures."""
    pains = document.referring(PainPoint, "touchpoint_id", touchpoint_id)
    if pains:
        return commands.add_action(document, text, pains=[pains[0].id])
    touchpoint = document.get(Touchpoint, touchpoint_id)
    chances = gather(document, touchpoint).opportunities if touchpoint is not None else []
    if chances:
        return commands.add_action(document, text, opportunity_id=chances[0].id)
    return commands.add_action(document, text, kpi_touchpoint_id=touchpoint_id)


def _pain(document: Document, record: Id, field: str, text: str) -> Change | None:
    """A pain whose text ends in "→ A3" is answered by that action."""
    hit = _ANSWERED.match(text)
    if hit is None or not hit.group(1) or (field == "text" and document.get(PainPoint, record) is None):
        return None
    numbers = [int(number) for number in re.findall(r"\d+", hit.group(2))]
    found = {action.number: action for action in document.all(Action)}
    missing = next((number for number in numbers if number not in found), None)
    if missing is not None:
        raise Failure(_("There is no action A{number} yet.").format(number=missing))
    draft = Draft(document)
    if field == "new pain":
        pain = draft.do(commands.add_pain, record, hit.group(1))
    else:
        pain = record
        draft.do(commands.edit, record, text=hit.group(1))
    for number in numbers:
        draft.do(commands.answer, pain, found[number].id)
    return draft.change(_("Add pain") if field == "new pain" else _("Change pain"))


# ---------------------------------------------------------------- single keys


def digit(
    document: Document, lane: Lane, touchpoint_id: Id, first: Id | None, number: int, used: list[Channel]
) -> Change | None:
    """What a digit means: tension, severity, how far an action is, the channel in that row. None: it is text."""
    touchpoint, record = document.get(Touchpoint, touchpoint_id), document.record(first or "")
    if touchpoint is None:
        return None
    if lane.kind == lanes.ARC and 0 <= number <= 5:
        return commands.edit(document, touchpoint_id, tension=float(number) if number else None)
    if lane.kind == lanes.PAINS and isinstance(record, PainPoint) and 1 <= number <= 5:
        return commands.edit(document, record.id, severity=number)
    if lane.kind == lanes.ACTIONS and isinstance(record, Action) and 1 <= number <= len(STATUSES):
        return commands.edit(document, record.id, status=STATUSES[number - 1])
    if lane.kind == lanes.CHANNELS and 1 <= number <= len(used):
        return toggled(document, touchpoint_id, used[number - 1].id)
    return None


def step(document: Document, lane: Lane, touchpoint_id: Id, first: Id | None, up: bool) -> Change | None:
    """What + and − mean: half a step of tension, a degree of severity, a stage of an action. None: the mood."""
    touchpoint, record, by = document.get(Touchpoint, touchpoint_id), document.record(first or ""), 1 if up else -1
    if lane.kind == lanes.ARC and touchpoint is not None:
        known = 3.0 if touchpoint.tension is None else touchpoint.tension
        return commands.edit(document, touchpoint_id, tension=min(5.0, max(1.0, known + by * 0.5)))
    if lane.kind == lanes.PAINS and isinstance(record, PainPoint):
        return commands.edit(document, record.id, severity=min(5, max(1, record.severity + by)))
    if lane.kind == lanes.ACTIONS and isinstance(record, Action):
        at = STATUSES.index(record.status) + by
        return commands.edit(document, record.id, status=STATUSES[min(len(STATUSES) - 1, max(0, at))])
    return None


def toggled(document: Document, touchpoint_id: Id, channel_id: Id) -> Change:
    """A touchpoint meets its customers through this channel, or, where it did, through none."""
    touchpoint = document.one(Touchpoint, touchpoint_id)
    now = None if touchpoint.channel_id == channel_id else channel_id
    return commands.edit(document, touchpoint_id, channel_id=now).named(_("Change channel"))


def next_channel(document: Document, touchpoint_id: Id, used: list[Channel]) -> Change:
    """The channel of the next row; behind the last one, none."""
    touchpoint = document.one(Touchpoint, touchpoint_id)
    ids: list[Id | None] = [one.id for one in used] + [None]
    at = ids.index(touchpoint.channel_id) if touchpoint.channel_id in ids else -1
    return commands.edit(document, touchpoint_id, channel_id=ids[(at + 1) % len(ids)]).named(_("Change channel"))


def next_status(document: Document, action_id: Id) -> Change:
    """An action one stage further; what is done begins again."""
    action = document.one(Action, action_id)
    at = STATUSES.index(action.status) if action.status in STATUSES else -1
    return commands.edit(document, action_id, status=STATUSES[(at + 1) % len(STATUSES)])


_HAD: Final = frozenset({lanes.CHANNELS, lanes.DEPARTMENTS, lanes.ARC, lanes.FIGURES, lanes.CHART, lanes.EMOTION})
"""Rows that show what a touchpoint has: there its cell stands for that, not for the touchpoint."""


def emptied(document: Document, rows: Sequence[Sequence[Cell]]) -> Change | None:
    """What Delete means for a range of cells: what stands in them goes, and of a touchpoint what these rows show of it.
    None where the row of the journey is among them: then the touchpoints are meant.
    """
    grid = [(lane, cell) for row in rows for cell in row if (lane := document.get(Lane, cell.lane)) is not None]
    if not grid or any(lane.kind == lanes.JOURNEY for lane, _cell in grid):
        return None
    draft, hung = Draft(document), dict[Id, None]()
    for lane, cell in grid:
        there = cells.contents(document, cell)
        hung |= dict.fromkeys(id_ for id_ in there if document.get(Touchpoint, id_) is None)
        if lane.kind in _HAD and cell.touchpoint:
            draft.take(cleared(draft.document, lane, cell.touchpoint, (cell.touchpoint,)) or Change())
    if hung:
        draft.take(commands.delete(draft.document, *hung))
    return draft.change(_("Clear cells"))


def cleared(document: Document, lane: Lane | None, touchpoint_id: Id | None, ids: tuple[Id, ...]) -> Change | None:
    """What Delete means where the keyboard stands on what a touchpoint has, not on the touchpoint. None: delete `ids`."""
    if lane is None or touchpoint_id is None or touchpoint_id not in ids:
        return None
    if len(ids) > 1:
        if lane.kind not in _HAD or not all(document.get(Touchpoint, id_) is not None for id_ in ids):
            return None
        draft = Draft(document)
        for id_ in ids:
            draft.take(cleared(draft.document, lane, id_, (id_,)) or Change())
        return draft.change(_("Clear {lane}").format(lane=lanes.title(lane)))
    match lane.kind:
        case lanes.CHANNELS:
            return commands.set_channel(document, touchpoint_id, None)
        case lanes.DEPARTMENTS:
            return commands.set_department(document, touchpoint_id, None)
        case lanes.ARC:
            return commands.edit(document, touchpoint_id, tension=None)
        case lanes.FIGURES | lanes.CHART | lanes.EMOTION:
            return Change()
    return None
