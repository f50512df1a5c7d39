"""The columns of a map: touchpoints in reading order under their phases, with what hangs on each of them.

Coordinates everywhere in the layout are those of the whole picture: lane names at the left, phases at the top.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from journeymap.model import journey
from journeymap.model.document import Document
from journeymap.model.metrics import Metrics
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
    Persona,
    Phase,
    Record,
    State,
    Touchpoint,
)

if TYPE_CHECKING:
    from journeymap.model.figures import Figures


class Rect(NamedTuple):
    """A rectangle in the units of the metrics."""

    x: float
    y: float
    width: float
    height: float


class Column(NamedTuple):
    """A touchpoint's column: `x` and `width` are those of its card; `number` is its place in the journey from 1."""

    touchpoint_id: Id
    x: float
    width: float
    phase_id: Id
    number: int


class Row(NamedTuple):
    """A lane's row."""

    lane_id: Id
    y: float
    height: float


class Block(NamedTuple):
    """A phase: its columns `first` … `last` (last < first where it is empty) and the ground it covers."""

    phase: Phase
    first: int
    last: int
    x: float
    width: float


@dataclass(slots=True)
class Contents:
    """What hangs on one touchpoint, in order."""

    touchpoint: Touchpoint
    channel: Channel | None = None
    cards: dict[Id, list[Card]] = field(default_factory=dict)  # by lane
    pictures: dict[Id, list[Attachment]] = field(default_factory=dict)  # by lane
    emotions: dict[Id, Emotion] = field(default_factory=dict)  # by persona
    pains: list[PainPoint] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)  # that leave here
    arrivals: list[Link] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)  # that answer a pain or chance here
    answers: dict[Id, list[Action]] = field(default_factory=dict)  # by pain or opportunity


def _place(record: Record) -> tuple[str, Id]:
    return (getattr(record, "order", ""), record.id)


def gather(document: Document, touchpoint: Touchpoint) -> Contents:  # noqa: C901 - one case a kind of record
    """Everything on `touchpoint` that is drawn."""
    found = Contents(touchpoint, document.get(Channel, touchpoint.channel_id))
    aimed: list[Action] = []
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
            case Link() if name == "source_id":
                found.links.append(record)
            case Link():
                found.arrivals.append(record)
            case Attachment() if record.lane_id is not None:
                found.pictures.setdefault(record.lane_id, []).append(record)
            case Action():
                aimed.append(record)
    lists: list[list[Any]] = [*found.cards.values(), *found.pictures.values()]
    for several in (*lists, found.pains, found.opportunities, found.links, found.arrivals):
        several.sort(key=_place)
    _gather_actions(document, found, aimed)
    return found


def _gather_actions(document: Document, found: Contents, aimed: list[Action]) -> None:
    """The actions that answer a pain or chance here, or aim at this touchpoint."""
    for pain in found.pains:
        answers = document.referring(Answer, "pain_id", pain.id)
        actions = [document.one(Action, answer.action_id) for answer in answers]
        found.answers[pain.id] = sorted(actions, key=lambda action: (action.number, action.id))
    for chance in found.opportunities:
        found.answers[chance.id] = document.referring(Action, "opportunity_id", chance.id)
    seen = {action.id: action for actions in found.answers.values() for action in actions}
    seen |= {action.id: action for action in aimed}
    found.actions = sorted(seen.values(), key=lambda action: (action.number, _place(action)))


class Grid:
    """Columns, phases and contents of one state (or of the touchpoints asked for), with the figures on them."""

    def __init__(
        self, document: Document, figures: Figures, metrics: Metrics, touchpoints: Sequence[Id] | None = None
    ) -> None:
        self.document, self.figures, self.metrics = document, figures, metrics
        self._asked = None if touchpoints is None else frozenset(touchpoints)
        self._state = _state(document, touchpoints)
        self.columns: list[Column] = []
        self.blocks: list[Block] = []
        self.index: dict[Id, int] = {}
        self.numbers: dict[Id, int] = {}  # of every touchpoint of the state, shown or not
        self.contents: dict[Id, Contents] = {}
        self.personas: list[Persona] = []  # that are shown
        self.everyone: list[Id] = []
        self._starts: list[float] = []
        self.right = 0.0
        self.arrange()
        self.read_people()
        self.read(self.index)

    # ------------------------------------------------------------ reading the document

    def arrange(self) -> None:
        """Reads the order of phases and touchpoints anew and places the columns."""
        metrics, x = self.metrics, self.left
        columns: list[Column] = []
        blocks: list[Block] = []
        numbers: dict[Id, int] = {}
        for phase in journey.phases(self.document, self._state) if self._state else ():
            inside = self.document.referring(Touchpoint, "phase_id", phase.id)
            for one in inside:
                numbers[one.id] = len(numbers) + 1
            shown = [(numbers[one.id], one.id) for one in inside if self._asked is None or one.id in self._asked]
            if not shown and self._asked is not None:
                continue
            x += metrics.phase_gap if blocks else 0.0
            first, start = len(columns), x
            for place, id_ in shown:
                columns.append(Column(id_, x + metrics.gap / 2, metrics.card_width, phase.id, place))
                x += metrics.pitch
            x = max(x, start + metrics.pitch)
            blocks.append(Block(phase, first, len(columns) - 1, start, x - start))
        self.columns, self.blocks, self.numbers = columns, blocks, numbers
        self._starts = [column.x for column in columns]
        self.index = {column.touchpoint_id: i for i, column in enumerate(columns)}
        self.right = max(x, self.left + metrics.pitch)

    def read_people(self) -> None:
        """Reads the personas anew."""
        everyone = self.document.all(Persona)
        self.everyone = [one.id for one in everyone]
        self.personas = [one for one in everyone if not one.hidden]

    def read(self, touchpoints: Iterable[Id]) -> None:
        """Reads what hangs on `touchpoints` anew; forgets those that are gone."""
        for id_ in touchpoints:
            touchpoint = self.document.get(Touchpoint, id_)
            if touchpoint is None or id_ not in self.index:
                self.contents.pop(id_, None)
            else:
                self.contents[id_] = gather(self.document, touchpoint)

    def read_phases(self, ids: Iterable[Id]) -> bool:
        """Takes in new names, goals and durations of phases; True where there are any."""
        wanted = {id_ for id_ in ids if self.document.get(Phase, id_) is not None}
        for n, block in enumerate(self.blocks if wanted else ()):
            if block.phase.id in wanted:
                self.blocks[n] = block._replace(phase=self.document.one(Phase, block.phase.id))
        return bool(wanted)

    def followers(self) -> dict[Id, tuple[Id, bool] | None]:
        """After each touchpoint: the next one, and whether it stands in the same phase."""
        pairs = zip(self.columns, self.columns[1:], strict=False)
        found: dict[Id, tuple[Id, bool] | None] = {
            one.touchpoint_id: (other.touchpoint_id, one.phase_id == other.phase_id) for one, other in pairs
        }
        if self.columns:
            found[self.columns[-1].touchpoint_id] = None
        return found

    # ------------------------------------------------------------ asking

    @property
    def left(self) -> float:
        """Where the columns begin."""
        return self.metrics.names

    def at(self, i: int) -> Contents:
        """What hangs on the touchpoint of column `i`."""
        return self.contents[self.columns[i].touchpoint_id]

    def middle(self, i: int) -> float:
        """The centre line of column `i`."""
        column = self.columns[i]
        return column.x + column.width / 2

    def across(self, first: int, last: int) -> float:
        """From the left edge of card `first` to the right edge of card `last`."""
        # Rounded, so that the same span is the same number wherever it stands.
        return round(self.columns[last].x + self.columns[last].width - self.columns[first].x, 6)

    def over(self, left: float, right: float) -> range:
        """The columns, with their gaps, that lie under `left` … `right`."""
        first = bisect_right(self._starts, left - self.metrics.pitch - self.metrics.phase_gap)
        return range(first, bisect_left(self._starts, right + self.metrics.gap))

    def same_phase(self, i: int, j: int) -> bool:
        """Whether both columns exist and stand in one phase."""
        return 0 <= i < len(self.columns) > j >= 0 and self.columns[i].phase_id == self.columns[j].phase_id

    def hue(self, persona_id: Id | None) -> int:
        """The hue of a persona, 0 for nobody."""
        persona = self.document.get(Persona, persona_id)
        return (persona.hue - 1) % 6 + 1 if persona is not None else 0


def _state(document: Document, touchpoints: Sequence[Id] | None) -> Id | None:
    for id_ in touchpoints or ():
        touchpoint = document.get(Touchpoint, id_)
        if touchpoint is not None:
            return document.one(Phase, touchpoint.phase_id).state_id
    states = document.all(State)
    return states[0].id if states else None
