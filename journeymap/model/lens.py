"""What a view shows of a map: lanes, personas, touchpoints, states. Pure: a document and a `View` in, ids out.

A view only leaves out: what a person has hidden (the eye in the outline) is hidden in every view. Some rows are made by
the view itself: one a KPI in the heat map, one a persona in the comparison. Their ids begin with that of the lane they
come from ("lane/persona/…"), so that `real` finds the lane of the document.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext, once
from journeymap.model import journey, lanes
from journeymap.model.document import Document
from journeymap.model.records import (
    Channel,
    Department,
    Emotion,
    Id,
    Lane,
    PainPoint,
    Persona,
    Phase,
    Record,
    State,
    Tag,
    Tagging,
    Touchpoint,
    View,
)

if TYPE_CHECKING:
    from journeymap.model.figures import Figure, Figures

MAP: Final = "map"
ONE_PAGE: Final = "onepager"
JOURNEY: Final = "journey"
BLUEPRINT: Final = "blueprint"
HEAT: Final = "heatmap"
PAINS: Final = "pains"
PERSONAS: Final = "personas"
STATES: Final = "states"
PHASE: Final = "phase"

KINDS: Final = (MAP, JOURNEY, BLUEPRINT, HEAT, PAINS, PERSONAS, STATES, PHASE, ONE_PAGE)
"""The views that every map has, in the order of the chooser."""

FEW: Final = 12
"""So many touchpoints are all shown on a one-pager."""

GRAVE: Final = 4
"""A pain of this severity brings its touchpoint onto the one-pager."""

_SMALL: Final[dict[str, frozenset[str]]] = {
    ONE_PAGE: frozenset({lanes.JOURNEY, lanes.EMOTION, lanes.FIGURES, lanes.PAINS, lanes.ACTIONS}),
    PAINS: frozenset({lanes.JOURNEY, lanes.PAINS, lanes.OPPORTUNITIES, lanes.ACTIONS}),
    PERSONAS: frozenset({lanes.JOURNEY, lanes.EMOTION, lanes.THOUGHTS}),
    HEAT: frozenset({lanes.JOURNEY, lanes.FIGURES}),
    STATES: frozenset({lanes.JOURNEY, lanes.EMOTION, lanes.FIGURES, lanes.PAINS, lanes.DEPARTMENTS}),
}
"""The kinds of lane of views that show only a few."""


class Row(Struct, frozen=True):
    """A row of the drawing: its lane (with an id of its own where the view makes it) and what it is restricted to."""

    lane: Lane
    persona_id: Id | None = None
    kpi: tuple[str, str] | None = None  # (kpi, name) of the figures of a heat map's row


class Lens(Struct, frozen=True):
    """What is shown. None: everything. `states`: the first is drawn, two are drawn one below the other."""

    rows: tuple[Row, ...]
    personas: frozenset[Id] | None = None
    touchpoints: frozenset[Id] | None = None
    states: tuple[Id, ...] = ()


class Hidden(Struct, frozen=True):
    """How much of the map is out of sight."""

    lanes: int = 0
    personas: int = 0
    touchpoints: int = 0

    def __bool__(self) -> bool:
        return bool(self.lanes or self.personas or self.touchpoints)

    def __str__(self) -> str:
        parts = []
        if self.lanes:
            parts.append(ngettext("{n} lane", "{n} lanes", self.lanes).format(n=self.lanes))
        if self.personas:
            parts.append(ngettext("{n} persona", "{n} personas", self.personas).format(n=self.personas))
        if self.touchpoints:
            parts.append(ngettext("{n} touchpoint", "{n} touchpoints", self.touchpoints).format(n=self.touchpoints))
        return _("{what} hidden").format(what=", ".join(parts)) if parts else ""


# ---------------------------------------------------------------- the views that every map has


@once
def name(kind: str) -> str:
    """What a view of this kind is called; the kind itself where it is unknown (a newer file)."""
    return {
        MAP: _("Whole map"),
        ONE_PAGE: _("One page"),
        JOURNEY: _("Journey"),
        BLUEPRINT: _("Blueprint"),
        HEAT: _("KPI heat map"),
        PAINS: _("Pains only"),
        PERSONAS: _("Personas compared"),
        STATES: _("As-is and to-be"),
        PHASE: _("One phase"),
    }.get(kind, kind)


@once
def label(kind: str) -> str:
    """Its name in one word, for a row of buttons."""
    return {
        HEAT: _("Heat map"),
        PAINS: _("Pains"),
        PERSONAS: _("Personas"),
        STATES: _("As-is, to-be"),
        PHASE: _("Phase"),
    }.get(kind, name(kind))


@once
def hint(kind: str) -> str:
    """What a view of this kind is for."""
    return {
        MAP: _("Every lane that is not hidden"),
        ONE_PAGE: _("For the board: the moments that decide, how they feel, what hurts, what is done"),
        JOURNEY: _("What customers do, think and feel"),
        BLUEPRINT: _("What stands behind it: stages, systems, departments"),
        HEAT: _("One row a KPI: where it is good and where it is not"),
        PAINS: _("What hurts, and what answers it"),
        PERSONAS: _("One curve below the other"),
        STATES: _("Today above, tomorrow below, counterparts in one line"),
        PHASE: _("Everything about one phase"),
    }.get(kind, "")


def builtin(kind: str, document: Document, phase_id: Id | None = None) -> View:
    """The view of a kind that every map has; of one phase the one named, else the first.

    Its id is "view:" and the kind, so that it is told apart from those that are saved.
    """
    view = View(f"view:{kind}", "", name(kind), kind)
    if kind == PHASE:
        shown = journey.phases(document, states_of(document, view)[0]) if document.count(State) else []
        first = phase_id or next((phase.id for phase in shown), None)
        return replace(view, phases=(first,) if first else ())
    if kind == STATES:
        return replace(view, states=tuple(state.id for state in document.all(State)[:2]))
    return view


def is_saved(view: View) -> bool:
    """Whether a view is (or was) a record of the map."""
    return not view.id.startswith("view:")


def changed(view: View | None, document: Document, **shown: Any) -> View:
    """A view that shows something else than `view` (None: the whole map); `origin` still knows what it was made of."""
    view = view or builtin(MAP, document)
    return replace(view, id=f"view:changed/{origin(view)}", **shown)


def is_changed(view: View) -> bool:
    """Whether a view was changed and not saved since."""
    return view.id.startswith("view:changed/")


def origin(view: View) -> str:
    """The id of the saved view, or "view:" and the kind, of which a view was made."""
    return view.id.removeprefix("view:changed/")


def find(document: Document, wanted: str) -> View | None:
    """The view of that id, kind or name (any case); a saved one's name comes before a kind's.

    "phase: Ride" is the view of the phase called so.
    """
    key = wanted.strip().casefold()
    for view in document.all(View):
        if view.id == wanted or view.name.casefold() == key:
            return view
    for kind in KINDS:
        if key in {kind, name(kind).casefold(), f"view:{kind}"}:
            return builtin(kind, document)
    start, colon, rest = key.partition(":")
    if colon and start.strip() in {PHASE, label(PHASE).casefold()}:
        named = (phase for phase in document.all(Phase) if phase.name.casefold() == rest.strip())
        found = next(named, None)
        return builtin(PHASE, document, found.id) if found is not None else None
    return None


def wanted(document: Document, words: str) -> View:
    """The view of that name. Raises Failure with those that there are."""
    found = find(document, words)
    if found is None:
        names = ", ".join([*KINDS, *(f"“{view.name}”" for view in document.all(View))])
        raise Failure(_("This map has no view called “{name}”; there are: {names}.").format(name=words, names=names))
    return found


# ---------------------------------------------------------------- what one shows


def real(row_id: Id | None) -> Id | None:
    """The lane of the document from which a row comes."""
    return row_id.split("/", 1)[0] if row_id else row_id


def persona_of(row_id: Id | None) -> Id | None:
    """The persona of a row of the comparison, None for any other row."""
    parts = (row_id or "").split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "persona" else None


def kpi_of(row_id: Id | None) -> str | None:
    """The KPI of a row of the heat map, None for any other row."""
    parts = (row_id or "").split("/", 3)
    return parts[2] if len(parts) > 2 and parts[1] == "kpi" else None


def lens(document: Document, view: View | None, figures: Figures) -> Lens:
    """What `view` shows of `document`, rows from top to bottom; None is the whole map."""
    if view is None:
        return Lens(tuple(Row(lane) for lane in document.all(Lane) if not lane.hidden))
    people = _alive(document, view.personas)
    states = states_of(document, view)
    touchpoints = _touchpoints(document, view, figures, states)
    return Lens(tuple(_rows(document, view, figures, people)), people, touchpoints, states)


def chooses(view: View) -> bool:
    """Whether a view may leave out touchpoints, so that its columns are other ones."""
    return bool(view.phases or view.departments or view.channels or view.tags or view.kind == ONE_PAGE)


def states_of(document: Document, view: View) -> tuple[Id, ...]:
    """The states that a view shows, at most two: those it names, or the map's first two side by side, or the first."""
    known = [state.id for state in document.all(State)]
    asked = tuple(id_ for id_ in view.states if id_ in document)
    if view.kind == STATES:
        return (asked if len(asked) > 1 else tuple(known))[:2]
    phases = [document.record(id_) for id_ in view.phases]
    of_phase = tuple(getattr(phase, "state_id", "") for phase in phases if phase is not None)
    return (*asked, *of_phase, *known)[:1]


def concerned(kinds: Collection[type[Record]]) -> bool:
    """Whether a change to records of these types may alter what a view shows."""
    return not _DECIDING.isdisjoint(kinds)


_DECIDING: Final = frozenset(
    {Lane, Persona, State, Phase, Touchpoint, Tag, Tagging, Department, Channel, PainPoint, Emotion}
)


def hidden(document: Document, seen: Lens) -> Hidden:
    """How much of the map is not in `seen`; dividing lines are not counted."""
    shown = {real(row.lane.id) for row in seen.rows}
    left_out = sum(lane.id not in shown and lane.kind not in lanes.LINES for lane in document.all(Lane))
    people = document.all(Persona)
    unseen = sum(one.hidden or (seen.personas is not None and one.id not in seen.personas) for one in people)
    missing = 0
    if seen.touchpoints is not None:
        every = [one for state in seen.states for one in journey.touchpoints(document, state)]
        missing = sum(one.id not in seen.touchpoints for one in every)
    return Hidden(left_out, unseen, missing)


def as_seen(document: Document, view: View | None, figures: Figures) -> Document:
    """The map with everything hidden that a view leaves out, its states first: for what stands around the drawing."""
    if view is None:
        return document
    seen = lens(document, view, figures)
    shown = {real(row.lane.id) for row in seen.rows}

    def turned(record: Record) -> Record:
        match record:
            case Lane():
                return replace(record, hidden=record.hidden or record.id not in shown)
            case Persona() if seen.personas is not None:
                return replace(record, hidden=record.hidden or record.id not in seen.personas)
            case State() if record.id in seen.states:
                return replace(record, order=f"!{record.order}")  # sorts before every order key
        return record

    return Document(map(turned, document))


# ---------------------------------------------------------------- rows


def fits(kind: str, lane_kind: str) -> bool:
    """Whether a view of `kind` shows lanes of `lane_kind`."""
    behind = lanes.stage(lane_kind) > 0 or lane_kind in lanes.LINES or lane_kind == lanes.DEPARTMENTS
    if kind == BLUEPRINT:
        return behind or lane_kind in {lanes.JOURNEY, lanes.CHANNELS}
    if kind == JOURNEY:
        return not behind
    return lane_kind in _SMALL[kind] if kind in _SMALL else True


def opens(kind: str) -> bool:
    """Whether a view shows its lanes unfolded: those it is about."""
    return kind not in {MAP, JOURNEY}


def _rows(document: Document, view: View, figures: Figures, people: frozenset[Id] | None) -> list[Row]:
    asked = _alive(document, view.lanes)
    found: list[Row] = []
    for lane in document.all(Lane):
        if lane.hidden or not (lane.id in asked if asked else fits(view.kind, lane.kind)):
            continue
        shown = replace(lane, folded=False) if lane.folded and opens(view.kind) else lane
        if view.kind == PERSONAS and lane.kind == lanes.EMOTION:
            found += _persona_rows(document, shown, people)
        elif view.kind == HEAT and lane.kind == lanes.FIGURES:
            found += _heat_rows(shown, figures, view.kpi) or [Row(shown)]
        else:
            found.append(Row(shown))
    return found


def _persona_rows(document: Document, lane: Lane, people: frozenset[Id] | None) -> list[Row]:
    shown = [one for one in document.all(Persona) if not one.hidden and (people is None or one.id in people)]
    return [
        Row(replace(lane, id=f"{lane.id}/persona/{one.id}", name=one.name or lanes.title(lane), hint=one.line), one.id)
        for one in shown
    ] or [Row(lane)]


def _heat_rows(lane: Lane, figures: Figures, only: str) -> list[Row]:
    """A row for every KPI (and name) that touchpoints have figures of, in the order of `kpi.KPIS`."""
    keys: dict[tuple[str, str], None] = {}
    for several in figures.touchpoint.values():
        for figure in several:
            if not only or figure.kpi == only:
                keys[figure.kpi, figure.name] = None
    from journeymap.model.kpi import KPIS

    known = {each: place for place, each in enumerate(KPIS)}
    order = sorted(keys, key=lambda key: (known.get(key[0], len(known)), key[1]))
    return [
        Row(replace(lane, id=f"{lane.id}/kpi/{key[0]}/{key[1]}", name=key[1], kpi=key[0]), kpi=key) for key in order
    ]


def of_row(figures: tuple[Figure, ...], key: tuple[str, str]) -> Figure | None:
    """The figure of a touchpoint that stands in a heat map's row, None where it has none."""
    return next((figure for figure in figures if (figure.kpi, figure.name) == key), None)


# ---------------------------------------------------------------- touchpoints


def _touchpoints(document: Document, view: View, figures: Figures, states: tuple[Id, ...]) -> frozenset[Id] | None:
    phases, departments = _alive(document, view.phases), _alive(document, view.departments)
    channels, tags = _alive(document, view.channels), _alive(document, view.tags)
    if not (phases or departments or channels or tags or view.kind == ONE_PAGE):
        return None  # see `chooses`
    tagged = {one.touchpoint_id for one in document.all(Tagging) if one.tag_id in tags} if tags else set()
    every = [one for state in states for one in journey.touchpoints(document, state)]
    found = {
        one.id
        for one in every
        if (not phases or one.phase_id in phases)
        and (not departments or one.department_id in departments)
        and (not channels or one.channel_id in channels)
        and (not tags or one.id in tagged)
    }
    if view.kind == ONE_PAGE and len(found) > FEW:
        telling = found & _telling(document, figures, every)
        found = telling or found
    return frozenset(found)


def _telling(document: Document, figures: Figures, every: list[Touchpoint]) -> set[Id]:
    """The touchpoints that decide: moments of truth, grave pains, every persona's peak, trough and ending, and the
    first of each phase, so that the arc stays whole.
    """
    found = {one.id for one in every if one.moment_of_truth}
    found |= {pain.touchpoint_id for pain in document.all(PainPoint) if pain.severity >= GRAVE}
    seen: set[Id] = set()
    for one in every:
        if one.phase_id not in seen:
            seen.add(one.phase_id)
            found.add(one.id)
    place = {one.id: n for n, one in enumerate(every)}
    felt: dict[Id, list[tuple[float, int]]] = {}  # by persona: moods, and how far from the start
    measured = {key: mood.value for key, mood in figures.emotion.items()}
    for (who, at), value in (journey.assumed(document) | measured).items():
        n = place.get(at)
        if n is not None:
            felt.setdefault(who, []).append((value, n))
    for moods in felt.values():
        high, trough = max(moods)[0], min(moods)[1]
        peak = min(n for value, n in moods if value == high)  # the first of several counts
        found |= {every[n].id for n in (peak, trough, max(n for _value, n in moods))}
    return found


def _alive(document: Document, ids: tuple[str, ...]) -> frozenset[Id] | None:
    """The ids that are still in the document; None where a view names none of them."""
    return frozenset(id_ for id_ in ids if id_ in document) or None
