"""The columns of a map, phase by phase: where a phase stands says where its columns stand, so that whatever moves a phase
moves thousands of columns behind it at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, overload

from journeymap.model.metrics import Metrics
from journeymap.model.records import Id, Phase

if TYPE_CHECKING:
    from journeymap.model.layout.slots import Slots


class Column(NamedTuple):
    """A touchpoint's column: `x` and `width` are those of its card; `number` is its place in the journey from 1."""

    touchpoint_id: Id
    x: float
    width: float
    phase_id: Id
    number: int


class Block(NamedTuple):
    """A phase: its columns `first` … `last` (last < first where it is empty) and the ground it covers."""

    phase: Phase
    first: int
    last: int
    x: float
    width: float


class Columns(Sequence[Column]):
    """Columns from left to right, each made when it is first asked for; they never change."""

    def __init__(
        self,
        ids: list[Id],
        blocks: Sequence[Block],
        metrics: Metrics,
        numbers: Mapping[Id, int] | None = None,
        slots: Slots | None = None,
    ) -> None:
        """`ids`: the touchpoints of all `blocks`, not to be changed. `numbers`: their places in the journey, where not
        all of it is shown; `slots`: their places on the drawing, where another state shares them.
        """
        self.ids, self._blocks, self._metrics = ids, blocks, metrics
        self._numbers, self._slots = numbers, slots
        self._firsts = [block.first for block in blocks]
        self._made: dict[int, Column] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, i: int) -> Column: ...
    @overload
    def __getitem__(self, i: slice) -> list[Column]: ...
    def __getitem__(self, i: int | slice) -> Column | list[Column]:
        if isinstance(i, slice):
            return [self[n] for n in range(*i.indices(len(self.ids)))]
        found = self._made.get(i)
        if found is None:
            place = range(len(self.ids))[i]  # from the end too; IndexError beyond
            found = self._made[i] = self._column(place, self._blocks[bisect_right(self._firsts, place) - 1])
        return found

    def __iter__(self) -> Iterator[Column]:
        return iter(self._every)

    def alike(self, other: Columns) -> bool:
        """Whether the columns are the same; told by what they follow from."""
        return self._shape == other._shape

    @cached_property
    def _every(self) -> list[Column]:
        phases = (block.phase.id for block in self._blocks for _i in range(block.first, block.last + 1))
        numbers = range(1, len(self.ids) + 1) if self._numbers is None else map(self._numbers.__getitem__, self.ids)
        return [*map(Column, self.ids, self.places, repeat(self._metrics.card_width), phases, numbers)]

    @property
    def _shape(self) -> tuple[object, ...]:
        metrics, grounds = self._metrics, [(block.phase.id, block.first, block.x) for block in self._blocks]
        return self.ids, grounds, self._numbers, self._slots, metrics.gap, metrics.pitch, metrics.card_width

    def _column(self, i: int, block: Block) -> Column:
        id_, metrics = self.ids[i], self._metrics
        number = i + 1 if self._numbers is None else self._numbers[id_]
        return Column(id_, self._x(i, block), metrics.card_width, block.phase.id, number)

    def _x(self, i: int, block: Block) -> float:
        if self._slots is not None:
            return self._slots.x(self.ids[i], self._metrics)
        return block.x + self._metrics.gap / 2 + (i - block.first) * self._metrics.pitch

    @property
    def places(self) -> list[float]:
        """Where each column begins; quicker than to ask each of them."""
        if self._slots is not None:
            return [self._slots.x(id_, self._metrics) for id_ in self.ids]
        half, pitch = self._metrics.gap / 2, self._metrics.pitch
        return [
            edge + n * pitch
            for edge, count in ((block.x + half, block.last + 1 - block.first) for block in self._blocks)
            for n in range(count)
        ]

    def up_to(self, x: float) -> int:
        """How many columns begin at `x` or to its left."""
        return self._counted(bisect_right, x)

    def before(self, x: float) -> int:
        """How many columns begin to the left of `x`."""
        return self._counted(bisect_left, x)

    def _counted(self, bisect: Callable[..., int], x: float) -> int:
        n = bisect(self._blocks, x, key=_x) - 1
        return bisect(self, x, self._blocks[n].first, self._blocks[n].last + 1, key=_x) if n >= 0 else 0


class Index:
    """Which column a touchpoint has: the first one of its phase, and its place in it."""

    def __init__(self) -> None:
        self._homes: dict[Id, tuple[Id, int]] = {}
        self._firsts: dict[Id, int] = {}

    def __contains__(self, touchpoint_id: object) -> bool:
        return touchpoint_id in self._homes

    def __getitem__(self, touchpoint_id: Id) -> int:
        phase_id, n = self._homes[touchpoint_id]
        return self._firsts[phase_id] + n

    def get(self, touchpoint_id: Id | None) -> int | None:
        """The column, None where the touchpoint has none."""
        return self[touchpoint_id] if touchpoint_id in self._homes else None

    def keys(self) -> KeysView[Id]:
        """The touchpoints that have a column."""
        return self._homes.keys()

    def forget(self, touchpoints: Iterable[Id]) -> None:
        """These touchpoints have no column any more, or another one."""
        for id_ in touchpoints:
            self._homes.pop(id_, None)

    def place(self, phase_id: Id, touchpoints: Iterable[Id]) -> None:
        """These are the touchpoints of a phase from left to right."""
        self._homes.update((id_, (phase_id, n)) for n, id_ in enumerate(touchpoints))

    def move(self, blocks: Iterable[Block]) -> None:
        """The phases stand here now."""
        self._firsts = {block.phase.id: block.first for block in blocks}


_x = attrgetter("x")
