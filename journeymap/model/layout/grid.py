"""The columns of a map: touchpoints in reading order under their phases, with what hangs on each of them.

Coordinates everywhere in the layout are those of the whole picture: lane names at the left, phases at the top.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
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


class Window(NamedTuple):
    """Where two rows of columns differ: `before` columns after the first `same` were replaced by `after` columns."""

    same: int
    before: list[Column]
    after: list[Column]

    def strangers(self) -> set[Id]:
        """The touchpoints that came or went."""
        return {one.touchpoint_id for one in self.before} ^ {one.touchpoint_id for one in self.after}

    def parted(self) -> set[Id]:
        """The touchpoints behind which something else stands now, or at another distance."""
        old = _followers(self.before)
        return {id_ for id_, follower in _followers(self.after).items() if old.get(id_, id_) != follower}


def _followers(columns: list[Column]) -> dict[Id, object]:
    found: dict[Id, object] = {
        one.touchpoint_id: (other.touchpoint_id, round(other.x - one.x, 6), one.phase_id == other.phase_id)
        for one, other in pairwise(columns)
    }
    if columns:
        found[columns[-1].touchpoint_id] = None
    return found


def window(before: list[Column], after: list[Column]) -> Window:
    """What differs between two rows of columns, with one column more on either side."""
    least = min(len(before), len(after))
    same = 0
    while same < least and before[same] == after[same]:
        same += 1
    shift = after[-1].x - before[-1].x if least else 0.0
    tail = 0
    while tail < least - same and (
        before[-1 - tail] is after[-1 - tail] or _alike(before[-1 - tail], after[-1 - tail], shift)
    ):
        tail += 1
    first, rest = max(0, same - 1), max(0, tail - 1)
    return Window(first, before[first : len(before) - rest], after[first : len(after) - rest])


def _alike(one: Column, other: Column, shift: float) -> bool:
    return (
        one.touchpoint_id == other.touchpoint_id
        and one.phase_id == other.phase_id
        and abs(other.x - one.x - shift) < 1e-6
    )


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
        self.linked: set[Id] = set()  # touchpoints with links
        self._starts: list[float] = []
        self._block_starts: list[float] = []
        self._inside: dict[Id, list[Id]] = {}  # by phase
        self.right = 0.0
        self.arrange()
        self.read_people()
        self.read(self.index)

    # ------------------------------------------------------------ reading the document

    def arrange(self, phases: Collection[Id] | None = None) -> Window:
        """Reads the order of touchpoints anew, in the `phases` named (None: all), and places the columns."""
        before = self.columns
        columns: list[Column] = []
        blocks: list[Block] = []
        numbers: dict[Id, int] = {}
        metrics, x = self.metrics, self.left
        old = {block.phase.id: block for block in self.blocks} if phases is not None and self._asked is None else {}
        for phase in journey.phases(self.document, self._state) if self._state else ():
            if phases is None or phase.id in phases or phase.id not in self._inside:
                self._inside[phase.id] = [one.id for one in self.document.referring(Touchpoint, "phase_id", phase.id)]
            shown = self._numbered(phase.id, numbers)
            if not shown and self._asked is not None:
                continue
            start = x = x + metrics.phase_gap if blocks else x
            first, pitch = len(columns), metrics.pitch
            known = old.get(phase.id)
            if known is not None and phase.id not in (phases or ()) and self._stays(known, start, shown):
                columns += before[known.first : known.last + 1]
            else:
                edge, wide, id_of = x + metrics.gap / 2, metrics.card_width, phase.id
                columns += [Column(id_, edge + n * pitch, wide, id_of, place) for n, (place, id_) in enumerate(shown)]
            x = start + max(1, len(shown)) * pitch
            blocks.append(Block(phase, first, len(columns) - 1, start, x - start))
        self.columns, self.blocks, self.numbers = columns, blocks, numbers
        self._starts = [column.x for column in columns]
        self._block_starts = [block.x for block in blocks]
        self.index = {column.touchpoint_id: i for i, column in enumerate(columns)}
        self.right = max(x, self.left + metrics.pitch)
        return window(before, columns)

    def _stays(self, known: Block, start: float, shown: list[tuple[int, Id]]) -> bool:
        """Whether a phase's columns are what they were: as many, at the same place, with the same numbers."""
        if known.x != start or known.last - known.first + 1 != len(shown):
            return False
        return not shown or self.columns[known.first].number == shown[0][0]

    def _numbered(self, phase_id: Id, numbers: dict[Id, int]) -> list[tuple[int, Id]]:
        """The shown touchpoints of a phase with their numbers; counts on in `numbers`."""
        inside, start = self._inside[phase_id], len(numbers) + 1
        numbers.update(zip(inside, range(start, start + len(inside)), strict=True))
        if self._asked is None:
            return list(zip(range(start, start + len(inside)), inside, strict=True))
        return [(numbers[id_], id_) for id_ in inside if id_ in self._asked]

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
                self.linked.discard(id_)
                continue
            found = self.contents[id_] = gather(self.document, touchpoint)
            if found.links or found.arrivals:
                self.linked.add(id_)
            else:
                self.linked.discard(id_)

    def read_phases(self, ids: Iterable[Id]) -> bool:
        """Takes in new names, goals and durations of phases; True where there are any."""
        wanted = {id_ for id_ in ids if self.document.get(Phase, id_) is not None}
        for n, block in enumerate(self.blocks if wanted else ()):
            if block.phase.id in wanted:
                self.blocks[n] = block._replace(phase=self.document.one(Phase, block.phase.id))
        return bool(wanted)

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

    def blocks_over(self, left: float, right: float) -> range:
        """The phases under `left` … `right`."""
        first = max(0, bisect_right(self._block_starts, left) - 1)
        return range(first, bisect_right(self._block_starts, right))

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
