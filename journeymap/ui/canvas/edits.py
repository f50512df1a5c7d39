"""What typing in a cell means: which record and field it edits, or which it makes. No Qt in here.

A spot has a draft key of two words, so that half-typed text finds its place again after a crash.
"""

from __future__ import annotations

from msgspec import Struct

from journeymap.i18n import _
from journeymap.model import commands, lanes, links, stories
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Action,
    Answer,
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
    State,
    Touchpoint,
    TypedKpi,
    UserStory,
)
from journeymap.ui.canvas import cells, measures
from journeymap.ui.selection import Cell


class Spot(Struct, frozen=True):
    """Where text goes. `record` is what is edited, or what a new record hangs on; `field` is its field, or "new …".

    `text` is what stands there now. `lane` is set for new cards, `before` for new touchpoints and phases, `back` where
    the keyboard stays in another cell meanwhile.
    """

    cell: Cell
    record: Id
    field: str
    text: str = ""
    lane: Id | None = None
    before: Id | None = None
    back: Cell | None = None

    @property
    def new(self) -> bool:
        """Whether a record is made here."""
        return self.field.startswith("new ")

    @property
    def key(self) -> tuple[Id, str]:
        """What a draft is kept under: record and field, with lane and place where there is a new record."""
        parts = [
            self.field,
            *(f"{name}={value}" for name, value in (("lane", self.lane), ("before", self.before)) if value),
        ]
        return self.record, " ".join(parts)


def spot(document: Document, cell: Cell, selected: Id | None = None, persona: int = 0) -> Spot | None:
    """What is edited in a cell: the selected record if it stands there, else the first, else a new one. None where
    nothing can be typed; `why_not` says why.
    """
    lane = document.get(Lane, cell.lane)
    if lane is None:
        return _outside(document, cell)
    touchpoint = document.get(Touchpoint, cell.touchpoint)
    if touchpoint is None:
        if cell.phase is None:
            return Spot(cell, lane.id, "name", lanes.title(lane))
        return Spot(cell, cell.phase, "new touchpoint") if lane.kind == lanes.JOURNEY else None
    there = cells.contents(document, cell)
    chosen = document.record(selected if selected in there and selected else there[0] if there else "")
    return _in_lane(document, cell, lane, touchpoint, chosen, persona)


def _outside(document: Document, cell: Cell) -> Spot | None:
    phase = document.get(Phase, cell.phase)
    if phase is not None:
        return Spot(cell, phase.id, "name", phase.name)
    first = document.all(State)
    return Spot(cell, first[0].id, "new start") if first and not document.all(Phase) else None


def _in_lane(
    document: Document, cell: Cell, lane: Lane, touchpoint: Touchpoint, chosen: Record | None, persona: int
) -> Spot | None:
    match lane.kind:
        case lanes.JOURNEY:
            return Spot(cell, touchpoint.id, "name", touchpoint.name)
        case lanes.CHANNELS:
            channel = document.get(Channel, touchpoint.channel_id)
            return Spot(cell, touchpoint.id, "channel", channel.name if channel else "")
        case lanes.DEPARTMENTS:
            department = document.get(Department, touchpoint.department_id)
            return Spot(cell, touchpoint.id, "department", department.name if department else "")
        case lanes.EMOTION | lanes.ARC | lanes.FIGURES | lanes.CHART | lanes.ACTIONS:
            place = measures.place(document, lane, touchpoint, chosen, person(document, persona))
            return Spot(cell, *place) if place is not None else None
        case lanes.PAINS | lanes.OPPORTUNITIES:
            return _text(cell, chosen, "text", "new pain" if lane.kind == lanes.PAINS else "new opportunity")
        case lanes.QUOTES | lanes.STORIES | lanes.STORYBOARD | lanes.FILES:
            return _said_or_attached(document, cell, lane, chosen)
    return _card(cell, lane, touchpoint, chosen)


def _said_or_attached(document: Document, cell: Cell, lane: Lane, chosen: Record | None) -> Spot | None:
    if lane.kind == lanes.QUOTES:
        return _text(cell, chosen, "text", "new quote")
    if isinstance(chosen, UserStory):
        return Spot(cell, chosen.id, "story", stories.written(document, chosen))
    if chosen is None and lane.kind != lanes.STORYBOARD:
        return another(document, cell)
    return _text(cell, chosen, "name", "")


def _card(cell: Cell, lane: Lane, touchpoint: Touchpoint, chosen: Record | None) -> Spot | None:
    if lane.kind not in lanes.CARDS:
        return None
    if isinstance(chosen, Card):
        return Spot(cell, chosen.id, "text", chosen.text)
    return Spot(cell, touchpoint.id, "new card", lane=lane.id)


def _text(cell: Cell, chosen: Record | None, field: str, new: str) -> Spot | None:
    if chosen is not None:
        return Spot(cell, chosen.id, field, str(getattr(chosen, field)))
    return Spot(cell, cell.touchpoint, new) if new and cell.touchpoint else None


def another(document: Document, cell: Cell) -> Spot | None:
    """A further text in a cell that has some already: a second thought, pain or opportunity."""
    lane = document.get(Lane, cell.lane)
    if lane is None or cell.touchpoint is None or cell.touchpoint not in document:
        return None
    if lane.kind in lanes.CARDS:
        return Spot(cell, cell.touchpoint, "new card", lane=lane.id)
    if lane.kind == lanes.FILES:
        return Spot(cell, cell.touchpoint, "new link", lane=lane.id)
    field = {
        lanes.PAINS: "new pain", lanes.OPPORTUNITIES: "new opportunity", lanes.QUOTES: "new quote",
        lanes.STORIES: "new story", lanes.ACTIONS: "new action", lanes.FIGURES: "new figure", lanes.CHART: "new figure",
    }.get(lane.kind)  # fmt: skip
    return Spot(cell, cell.touchpoint, field) if field else None


def next_touchpoint(document: Document, cell: Cell) -> Spot | None:
    """A new touchpoint right behind the one of a cell, or the first of its phase."""
    phase = cells.phase_of(document, cell)
    journey = next((lane.id for lane in document.all(Lane) if lane.kind == lanes.JOURNEY), None)
    if phase is None:
        states = document.all(State)
        last = document.referring(Phase, "state_id", states[0].id) if states else []
        if not last:
            return _outside(document, Cell())
        return Spot(Cell(journey, None, last[-1].id), last[-1].id, "new touchpoint", lane=None)
    row = [one.id for one in document.referring(Touchpoint, "phase_id", phase.id)]
    after = row[row.index(cell.touchpoint) + 1 :] if cell.touchpoint in row else []
    return Spot(
        Cell(journey, cell.touchpoint, None if cell.touchpoint else phase.id),
        phase.id,
        "new touchpoint",
        before=after[0] if after else None,
    )


def next_phase(document: Document, cell: Cell) -> Spot | None:
    """A new phase right behind the one of a cell, or the first."""
    states = document.all(State)
    if not states:
        return None
    phase = cells.phase_of(document, cell)
    row = document.referring(Phase, "state_id", phase.state_id if phase else states[0].id)
    after = [one.id for one in row[row.index(phase) + 1 :]] if phase in row and phase else []
    here = phase.id if phase else row[-1].id if row else None
    state = phase.state_id if phase else states[0].id
    return Spot(Cell(None, None, here), state, "new phase", before=after[0] if after else None)


def person(document: Document, persona: int) -> Persona | None:
    """The persona whom keys are for; None where the map has none."""
    people = document.all(Persona)
    return people[persona % len(people)] if people else None


def why_not(document: Document, cell: Cell) -> str:
    """Why nothing can be typed in a cell, as a sentence that says what to do instead."""
    lane = document.get(Lane, cell.lane)
    if lane is None:
        return _("Choose a place on the map first: the arrow keys walk it.")
    if cell.touchpoint is None and cell.phase is not None:
        return _("This phase has no touchpoint yet: type its first one in the row “{lane}”.").format(
            lane=lanes.name(lanes.JOURNEY)
        )
    match lane.kind:
        case lanes.FIGURES | lanes.CHART:
            return _("Figures are computed from data: import a survey with Ctrl+I, or type one in: CSAT 71 n 240.")
        case lanes.STORYBOARD:
            return _("This row holds pictures: drop one here, paste one, or press Enter to choose a file.")
        case lanes.EMOTION:
            return _("Emotions belong to a persona: add one on the left first.")
    return _("Nothing can be typed here.")


# ---------------------------------------------------------------- committing


def change(document: Document, where: Spot, text: str, persona: int = 0) -> Change:
    """The Change that `text` means there; an empty one where it means nothing. Raises Failure where the place is gone."""
    text = text.strip()
    measured = measures.change(document, where.record, where.field, text)
    if measured is not None:
        return measured
    if where.new:
        return _make(document, where, text, persona) if text else Change()
    if where.field.startswith("note "):
        return _note(document, where, text)
    record = document.record(where.record)
    if where.field == "story" and text:
        return commands.tell_story(document, where.record, text)
    if not text and isinstance(record, Card | PainPoint | Opportunity | Quote | UserStory):
        return commands.delete(document, where.record)
    if isinstance(record, Lane) and text == lanes.name(record.kind):
        text = ""  # the kind's own name follows the language
    if not text and isinstance(record, Touchpoint | Phase):
        return Change()
    if where.field == "name":
        return commands.rename(document, where.record, text)
    return commands.edit(document, where.record, **{where.field: text})


def _make(document: Document, where: Spot, text: str, persona: int) -> Change:
    match where.field:
        case "new card":
            lane = document.get(Lane, where.lane)
            who = person(document, persona) if lane is not None and lane.kind in lanes.PERSONAL else None
            return commands.add_card(document, where.lane or "", where.record, text, persona_id=who.id if who else None)
        case "new pain":
            return commands.add_pain(document, where.record, text)
        case "new opportunity":
            return commands.add_opportunity(document, where.record, text)
        case "new quote":
            return commands.add_quote(document, text, touchpoint_id=where.record)
        case "new story":
            who = person(document, persona)
            return commands.add_story(document, where.record, text, persona_id=who.id if who else None)
        case "new link":
            return commands.add_attachments(document, where.lane or "", where.record, [links.read(text)])
        case "new phase":
            return commands.add_phase(document, text, state_id=where.record, before_id=where.before)
        case "new start":
            return _start(document, where.record, text)
    return commands.add_touchpoint(document, where.record, text, before_id=where.before)


def _start(document: Document, state_id: Id, text: str) -> Change:
    """The first touchpoint of an empty map brings its phase along, as one step."""
    draft = Draft(document)
    phase = draft.do(commands.add_phase, _("Phase 1"), state_id=state_id)
    draft.do(commands.add_touchpoint, phase, text)
    return draft.change(_("Add touchpoint"))


def _note(document: Document, where: Spot, text: str) -> Change:
    who = where.field.removeprefix("note ")
    mood = commands.emotion(document, who, where.record)
    if mood is None and not text:
        return Change()
    return commands.set_emotion(document, who, where.record, mood.value if mood else 0.0, text)


def nudge(document: Document, touchpoint_id: Id, persona: int, by: float) -> Change:
    """The assumed mood of a persona half a step up or down; made at 0 ± where there is none."""
    who = person(document, persona)
    if who is None:
        return Change()
    mood = commands.emotion(document, who.id, touchpoint_id)
    value = min(2.0, max(-2.0, (mood.value if mood else 0.0) + by))
    return commands.set_emotion(document, who.id, touchpoint_id, value)


# ---------------------------------------------------------------- drafts


_FELT = ("mood ", "note ")
"""Fields of a touchpoint that are about somebody's mood there."""
_DRAFTED: dict[type[Record], tuple[str, ...]] = {
    Touchpoint: (
        "name", "channel", "department", "new card", "new pain", "new opportunity", "new action", "new quote", "new story",
        "new link", "new figure", "tension", "target",
    ),
    TypedKpi: ("figure",),
    Action: ("title",),
    Phase: ("name", "new touchpoint"),
    State: ("new phase", "new start"),
    Lane: ("name",),
    Card: ("text",),
    PainPoint: ("text",),
    Opportunity: ("text",),
    Quote: ("text",),
    UserStory: ("story",),
    Attachment: ("name",),
}  # fmt: skip


def spot_of_draft(document: Document, record_id: Id, key: str) -> Spot | None:
    """Where a kept draft belongs; None where its place is gone."""
    words = key.split(" ")
    extra = dict(word.split("=", 1) for word in words if "=" in word)
    field = " ".join(word for word in words if "=" not in word)
    record = document.record(record_id)
    if record is None or (field not in _DRAFTED.get(type(record), ()) and not field.startswith(_FELT)):
        return None  # gone, or a field of the inspector, which looks after its own
    lane = extra.get("lane")
    cell = _cell_of(document, record, field, lane)
    text = str(getattr(record, field, "")) if not field.startswith(("new ", *_FELT)) else ""
    if isinstance(record, UserStory):
        text = stories.written(document, record)
    return Spot(cell, record_id, field, text, lane, extra.get("before")) if cell is not None else None


_MADE_IN = {
    "new pain": lanes.PAINS, "new opportunity": lanes.OPPORTUNITIES, "new action": lanes.ACTIONS,
    "channel": lanes.CHANNELS, "department": lanes.DEPARTMENTS, "new quote": lanes.QUOTES, "new story": lanes.STORIES,
    "new figure": lanes.FIGURES, "target": lanes.FIGURES, "tension": lanes.ARC,
}  # fmt: skip
_STAND_IN = {
    PainPoint: lanes.PAINS, Opportunity: lanes.OPPORTUNITIES, Emotion: lanes.EMOTION, Quote: lanes.QUOTES,
    UserStory: lanes.STORIES, TypedKpi: lanes.FIGURES,
}  # fmt: skip


def _cell_of(document: Document, record: Record, field: str, lane: Id | None) -> Cell | None:
    rows = {one.kind: one.id for one in reversed(document.all(Lane))}
    match record:
        case Touchpoint():
            kind = lanes.EMOTION if field.startswith(_FELT) else _MADE_IN.get(field, lanes.JOURNEY)
            return Cell(lane or rows.get(kind), record.id)
        case Phase():
            return (
                Cell(rows.get(lanes.JOURNEY), None, record.id)
                if field == "new touchpoint"
                else Cell(None, None, record.id)
            )
        case State():
            return Cell()
        case Lane():
            return Cell(record.id)
        case Card() | Attachment():
            return Cell(record.lane_id, record.touchpoint_id)
        case Action():
            return _cell_of_action(document, record, rows)
        case _ if type(record) in _STAND_IN:
            return Cell(rows.get(_STAND_IN[type(record)]), getattr(record, "touchpoint_id", None))
    return None


def _cell_of_action(document: Document, action: Action, rows: dict[str, Id]) -> Cell | None:
    """Under the first touchpoint where it stands."""
    pains = (document.get(PainPoint, one.pain_id) for one in document.referring(Answer, "action_id", action.id))
    chance = document.get(Opportunity, action.opportunity_id)
    places = [pain.touchpoint_id for pain in pains if pain is not None]
    places += [chance.touchpoint_id] if chance is not None else []
    places += [action.kpi_touchpoint_id] if action.kpi_touchpoint_id is not None else []
    return Cell(rows.get(lanes.ACTIONS), places[0]) if places else None
