"""The columns of a map: touchpoints in reading order under their phases, with what hangs on each of them.

Coordinates everywhere in the layout are those of the whole picture: lane names at the left, phases at the top.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from msgspec import Struct

from journeymap.model import journey
from journeymap.model.document import Document
from journeymap.model.layout.columns import Block, Columns, Index
from journeymap.model.layout.contents import Contents, gather_many
from journeymap.model.layout.window import Window, window
from journeymap.model.metrics import Metrics
from journeymap.model.records import (
    Id,
    Persona,
    Phase,
    State,
    Touchpoint,
)

if TYPE_CHECKING:
    from journeymap.model.figures import Figures
    from journeymap.model.layout.slots import Slots


class Rect(NamedTuple):
    """A rectangle in the units of the metrics."""

    x: float
    y: float
    width: float
    height: float


class Row(NamedTuple):
    """A lane's row; `band` counts the states that are drawn one below the other."""

    lane_id: Id
    y: float
    height: float
    band: int = 0


class Band(NamedTuple):
    """One state as it is drawn: where it begins, its phases (their columns counted through all bands), its rows."""

    top: float
    blocks: list[Block]
    rows: list[Row]


Ground: TypeAlias = tuple[Id, int, int, float, float]
"""What of a phase is seen behind the columns: its id, first and last column, place and width."""


class Frame(Struct, frozen=True):
    """What of the map a grid holds, as a view asks for it; None is everything. `slots`: places shared with another grid."""

    touchpoints: frozenset[Id] | None = None
    personas: frozenset[Id] | None = None
    state: Id | None = None
    slots: Slots | None = None


WHOLE: Final = Frame()


class Grid:
    """Columns, phases and contents of one state (or of the touchpoints asked for), with the figures on them."""

    def __init__(
        self,
        document: Document,
        figures: Figures,
        metrics: Metrics,
        touchpoints: Sequence[Id] | None = None,
        like: Grid | None = None,
        frame: Frame = WHOLE,
    ) -> None:
        """`like`: a grid of the same document at this moment, whose contents need not be gathered again."""
        self.document, self.figures, self.metrics, self.frame = document, figures, metrics, frame
        self._page = None if touchpoints is None else frozenset(touchpoints)
        self._state = frame.state or _state(document, touchpoints)
        self.columns = Columns([], [], metrics)
        self.blocks: list[Block] = []
        self.index = Index()
        self._numbers: dict[Id, int] = {}  # of every touchpoint of the state, where some are not shown
        self.contents: dict[Id, Contents] = {}
        self.personas: list[Persona] = []  # that are shown
        self.everyone: list[Id] = []
        self.linked: set[Id] = set()  # touchpoints with links
        self._inside: dict[Id, list[Id]] = {}  # by phase
        self.right = 0.0
        self._anew = False  # nothing of the order that was read holds any more
        self._place(None)
        self.read_people()
        if like is None:
            self.read(self.columns.ids)
        else:
            self.contents = {id_: like.contents[id_] for id_ in self.columns.ids if id_ in like.contents}
            self.linked = like.linked & self.contents.keys()
            self.read(self.index.keys() - self.contents.keys())

    @property
    def _asked(self) -> frozenset[Id] | None:
        """The touchpoints that are drawn, None for all: those of the page, and of these those that the view shows."""
        page, seen = self._page, self.frame.touchpoints
        return page if seen is None else seen if page is None else page & seen

    # ------------------------------------------------------------ reading the document

    def arrange(self, phases: Collection[Id] | None = None) -> Window:
        """Reads the order of touchpoints anew, in the `phases` named (None: all), and places the columns.

        Only what lies between the first phase that differs and the last one is placed anew, and what that shifts.
        """
        before, same, tail, turned = self._place(phases)
        return self._framed(window(before, self.columns, same, tail), before, turned)

    def _place(self, phases: Collection[Id] | None) -> tuple[Columns, int, int, set[Ground]]:
        """Places the columns; those before, how many of them at the start and the end are alike, and the grounds that are not."""
        if self._anew:
            self._anew, phases = False, None
        order = journey.phases(self.document, self._state) if self._state else []
        same, rest = self._differing(order, phases)
        self._read_inside(order, phases)
        before, old = self.columns, self.blocks
        blocks = [_of(phase, block) for phase, block in zip(order[:same], old, strict=False)]
        behind = old[len(old) - rest :]
        head, gone = _end(blocks), behind[0].first if behind else len(before)
        ids = before.ids[:head]
        self.index.forget(before.ids[head:gone])
        for phase in order[same : len(order) - rest]:
            self._append(phase, ids, blocks)
        ids += before.ids[gone:]
        turned = {_ground(block) for block in old[same : len(old) - rest]} ^ {_ground(block) for block in blocks[same:]}
        if behind and (behind[0].first, behind[0].x) != (_end(blocks), self._start(blocks)):
            self._move(order[len(order) - rest :], behind, blocks)
            turned |= {_ground(block) for block in (*behind[:1], *behind[-1:])}  # all between lie between
        else:
            blocks += [_of(phase, block) for phase, block in zip(order[len(order) - rest :], behind, strict=True)]
        slots = self.frame.slots
        self.blocks, numbers = blocks, None if self._asked is None else self._numbers
        self.columns = Columns(ids, blocks, self.metrics, numbers, slots)
        self.index.move(blocks)
        end = slots.right(self.metrics) if slots is not None else blocks[-1].x + blocks[-1].width if blocks else 0.0
        self.right = max(end, self.left + self.metrics.pitch)
        return before, head, len(before) - gone, turned

    def _framed(self, found: Window, before: Columns, turned: set[Ground]) -> Window:
        """The window with the ground it covers, together with the phases that have `turned` in size or place."""
        ends = [*found.before, *found.after]
        lefts = [column.x for column in ends] + [x for *_, x, _wide in turned]
        rights = [column.x + column.width for column in ends] + [x + wide for *_, x, wide in turned]
        left, right = min(lefts, default=self.left), max(rights, default=self.left)
        # What lies behind a window as long as it was is alike: its last column tells for all.
        same = len(found.before) == len(found.after) and before[-1:] == self.columns[-1:]
        reaches = found.last == len(self.columns) - 1
        return found._replace(
            left=left,
            right=right,
            shifted=len(found.before) != len(found.after) or not (same or reaches),
            regrounded=bool(turned),
        )

    def _differing(self, order: list[Phase], phases: Collection[Id] | None) -> tuple[int, int]:
        """How many phases at the start, and how many at the end, are those that stand there already."""
        old = self.blocks
        if phases is None or self._asked is not None or self.frame.slots is not None:
            return 0, 0
        least, same, rest = min(len(order), len(old)), 0, 0
        while same < least and order[same].id == old[same].phase.id not in phases:
            same += 1
        while rest < least - same and order[-1 - rest].id == old[-1 - rest].phase.id not in phases:
            rest += 1
        return same, rest

    def _read_inside(self, order: list[Phase], phases: Collection[Id] | None) -> None:
        """Reads which touchpoints the phases have; on a page of some, their numbers in the whole journey."""
        known = {} if phases is None else self._inside
        self._inside = {
            phase.id: known[phase.id]
            if phase.id in known and phases is not None and phase.id not in phases
            else [one.id for one in self.document.referring(Touchpoint, "phase_id", phase.id)]
            for phase in order
        }
        self._numbers = {}
        if self._asked is not None:
            every = (id_ for inside in self._inside.values() for id_ in inside)
            self._numbers = {id_: n for n, id_ in enumerate(every, 1)}

    def _start(self, blocks: list[Block]) -> float:
        """Where the next phase begins."""
        return blocks[-1].x + blocks[-1].width + self.metrics.phase_gap if blocks else self.left

    def _move(self, phases: list[Phase], old: list[Block], blocks: list[Block]) -> None:
        """Places phases that are as they were behind the others."""
        x, by, gap, new = self._start(blocks), _end(blocks) - old[0].first, self.metrics.phase_gap, tuple.__new__
        for phase, (_phase, first, last, _x, width) in zip(phases, old, strict=True):
            blocks.append(new(Block, (phase, first + by, last + by, x, width)))
            x = x + width + gap  # as `_start` adds it up

    def _append(self, phase: Phase, ids: list[Id], blocks: list[Block]) -> None:
        """Places a phase behind the others; on a page of some, phases without any of them are left out."""
        metrics, shown, slots, asked = self.metrics, self._inside[phase.id], self.frame.slots, self._asked
        if asked is not None:
            shown = [id_ for id_ in shown if id_ in asked]
            if not shown:
                return
        wide = max(1, len(shown)) * metrics.pitch
        ground = (self._start(blocks), wide) if slots is None else slots.ground(phase.id, metrics)
        blocks.append(Block(phase, len(ids), len(ids) + len(shown) - 1, *ground))
        self.index.place(phase.id, shown)
        ids += shown

    def take(self, frame: Frame) -> None:
        """Another frame; what it leaves out or brings is read by whoever rereads the grid."""
        self._anew |= (frame.touchpoints is None) != (self.frame.touchpoints is None)
        self.frame = frame

    def read_people(self) -> None:
        """Reads the personas anew."""
        everyone = self.document.all(Persona)
        self.everyone = [one.id for one in everyone]
        seen = self.frame.personas
        self.personas = [one for one in everyone if not one.hidden and (seen is None or one.id in seen)]

    def read(self, touchpoints: Iterable[Id]) -> None:
        """Reads what hangs on `touchpoints` anew; forgets those that are gone."""
        wanted = [*touchpoints]
        gathered = gather_many(self.document, [id_ for id_ in wanted if id_ in self.index])
        for id_ in wanted:
            found = gathered.get(id_)
            if found is None:
                self.contents.pop(id_, None)
                self.linked.discard(id_)
                continue
            self.contents[id_] = found
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

    def shows(self, state_id: Id) -> bool:
        """Whether the columns are those of a state."""
        return self._state == state_id

    @property
    def left(self) -> float:
        """Where the columns begin."""
        return self.metrics.names

    @property
    def whole(self) -> bool:
        """Whether every touchpoint of the state has a column."""
        return self._asked is None or len(self._numbers) == len(self.columns)

    @property
    def order(self) -> list[Id]:
        """The touchpoints of the state, shown or not, in their order."""
        return [*(self._numbers if self._asked is not None else self.columns.ids)]

    def number(self, touchpoint_id: Id) -> int | None:
        """The place of a touchpoint in the journey from 1, shown or not; None where it is in none of its phases."""
        if self._asked is not None:
            return self._numbers.get(touchpoint_id)
        i = self.index.get(touchpoint_id)
        return None if i is None else self.columns[i].number

    def at(self, i: int) -> Contents:
        """What hangs on the touchpoint of column `i`."""
        return self.contents[self.columns.ids[i]]

    def middle(self, i: int) -> float:
        """The centre line of column `i`."""
        column = self.columns[i]
        return column.x + column.width / 2

    def across(self, first: int, last: int) -> float:
        """From the left edge of card `first` to the right edge of card `last`."""
        if first == last:
            return round(self.metrics.card_width, 6)  # as mostly, and no column need be made for it
        # Rounded, so that the same span is the same number wherever it stands.
        return round(self.columns[last].x + self.columns[last].width - self.columns[first].x, 6)

    def over(self, left: float, right: float) -> range:
        """The columns, with their gaps, that lie under `left` … `right`."""
        first = self.columns.up_to(left - self.metrics.pitch - self.metrics.phase_gap)
        return range(first, self.columns.before(right + self.metrics.gap))

    def reaching(self, left: float, right: float) -> tuple[int, int]:
        """The first and last column whose drawing may lie under `left` … `right`; last < first where there are none.

        An arrow to the next column passes over the phases between that are empty.
        """
        columns, over = self.columns, self.over(left, right)
        first = max(0, min(over.start, len(columns) - 1))
        last = max(first, over.stop - 1) if columns else -1
        near = self.metrics.pitch + self.metrics.phase_gap + 1e-6
        if first < len(columns) and first and columns[first].x - columns[first - 1].x > near:
            first -= 1
        return first, last

    def blocks_over(self, left: float, right: float) -> range:
        """The phases under `left` … `right`."""
        first = max(0, bisect_right(self.blocks, left, key=_x) - 1)
        return range(first, bisect_right(self.blocks, right, key=_x))

    def same_phase(self, i: int, j: int) -> bool:
        """Whether both columns exist and stand in one phase."""
        return 0 <= i < len(self.columns) > j >= 0 and self.columns[i].phase_id == self.columns[j].phase_id

    def hue(self, persona_id: Id | None) -> int:
        """The hue of a persona, 0 for nobody."""
        persona = self.document.get(Persona, persona_id)
        return (persona.hue - 1) % 6 + 1 if persona is not None else 0


_x = attrgetter("x")


def _end(blocks: list[Block]) -> int:
    """The column behind those of the last phase."""
    return blocks[-1].last + 1 if blocks else 0


def _ground(block: Block) -> Ground:
    return block.phase.id, block.first, block.last, block.x, block.width


def _of(phase: Phase, block: Block) -> Block:
    return block if block.phase is phase else block._replace(phase=phase)


def _state(document: Document, touchpoints: Sequence[Id] | None) -> Id | None:
    for id_ in touchpoints or ():
        touchpoint = document.get(Touchpoint, id_)
        if touchpoint is not None:
            return document.one(Phase, touchpoint.phase_id).state_id
    states = document.all(State)
    return states[0].id if states else None
