"""How a kind of lane measures and draws its cells: by what is stacked in them, or by one height a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from journeymap.model.layout.contents import Contents
from journeymap.model.layout.grid import Grid
from journeymap.model.picture import Group
from journeymap.model.records import Id, Lane

Size: TypeAlias = tuple[int, float, int]
"""The column of a filled cell, its height, and the last column that it covers."""


class Cell(Struct, frozen=True):
    """Where a record is drawn: the cell of a lane in column `i`, and how wide it is."""

    grid: Grid
    lane: Lane
    i: int
    room: float

    @property
    def touchpoint_id(self) -> Id:
        """Of the column."""
        return self.grid.columns.ids[self.i]


class Stack(Struct, frozen=True):
    """A cell that holds records, one below the other.

    pieces: those in a column, of the lane. high: of one of them in so much room. draw: one of them, that high, at the top
    of its cell. gap: between two, points of A3. spans: whether the cell covers the columns that its cards ask for, though
    never the next filled cell. grows: whether it grows over one free neighbour of the same phase. people: whether only
    what belongs to nobody or to a persona that is shown is drawn.
    """

    pieces: Callable[[Contents, Lane], Sequence[Any]]
    high: Callable[[Grid, Any, float], float]
    draw: Callable[[Cell, Any, float], Group]
    gap: float = 0.0
    spans: bool = False
    grows: bool = False
    people: bool = False

    def sizes(self, grid: Grid, lane: Lane, columns: Iterable[int]) -> Iterator[Size]:
        """The sizes of the filled cells among `columns`."""
        contents, ids, pieces, high = grid.contents, grid.columns.ids, self.pieces, self.high
        one, gap, reaches = grid.across(0, 0), self.gap * grid.metrics.k, self.spans or self.grows
        people = _people(grid) if self.people else None
        for i in columns:
            there = pieces(contents[ids[i]], lane)
            if not there:
                continue
            last = self.last(grid, lane, i, there) if reaches else i
            if people is not None:
                there = _of(people, there)
            room = one if last == i else grid.across(i, last)
            if len(there) == 1:
                yield i, high(grid, there[0], room), last
            elif there:
                yield i, sum(high(grid, piece, room) for piece in there) + (len(there) - 1) * gap, last

    def groups(self, grid: Grid, lane: Lane, i: int) -> list[Group]:
        """What is drawn in column `i`."""
        there = self.pieces(grid.at(i), lane)
        room = grid.across(i, self.last(grid, lane, i, there))
        cell, found, top = Cell(grid, lane, i, room), [], 0.0
        for piece in _of(_people(grid), there) if self.people else there:
            high = self.high(grid, piece, room)
            group = self.draw(cell, piece, high)
            found.append(replace(group, y=group.y + top) if top else group)
            top += high + self.gap * grid.metrics.k
        return found

    def last(self, grid: Grid, lane: Lane, i: int, there: Sequence[Any]) -> int:
        """The last column that a cell with these pieces covers."""
        ids, last = grid.columns.ids, i
        count = len(ids)
        if self.spans and there:
            wanted = there[0].span if len(there) == 1 else max(card.span for card in there)
            while last + 1 < min(count, i + wanted) and not self.pieces(grid.contents[ids[last + 1]], lane):
                last += 1
        if self.grows and last == i and i + 1 < count and not self.pieces(grid.contents[ids[i + 1]], lane):
            return i + 1 if grid.same_phase(i, i + 1) else i
        return last


def _people(grid: Grid) -> frozenset[Id]:
    return frozenset(persona.id for persona in grid.personas)


def _of(people: frozenset[Id], there: Sequence[Any]) -> Sequence[Any]:
    return [piece for piece in there if piece.persona_id is None or piece.persona_id in people]


class Kind(Struct, frozen=True):
    """How a kind of lane measures and draws the cell of one column.

    stack: where cells hold records. Else height: of the content in column i, 0 where there is none; and draw: groups relative
    to the card's left edge and the content's upper edge. numbered: whether it shows the column's number.
    """

    stack: Stack | None = None
    height: Callable[[Grid, Lane, int], float] | None = None
    draw: Callable[[Grid, Lane, int], list[Group]] | None = None
    figures: bool = False
    numbered: bool = False

    @property
    def reaches(self) -> bool:
        """Whether a cell may cover more than one column."""
        return self.stack is not None and (self.stack.spans or self.stack.grows)

    @property
    def people(self) -> bool:
        """Whether the heights depend on which personas are shown."""
        return self.stack is not None and self.stack.people

    def last(self, grid: Grid, lane: Lane, i: int) -> int:
        """The last column that the cell of column `i` covers."""
        return i if self.stack is None else self.stack.last(grid, lane, i, self.stack.pieces(grid.at(i), lane))

    def sizes(self, grid: Grid, lane: Lane, columns: Iterable[int]) -> Iterator[Size]:
        """The sizes of the filled cells among `columns`."""
        if self.stack is not None:
            yield from self.stack.sizes(grid, lane, columns)
        elif self.height is not None:
            for i in columns:
                high = self.height(grid, lane, i)
                if high > 0:
                    yield i, high, i

    def groups(self, grid: Grid, lane: Lane, i: int) -> list[Group]:
        """What is drawn in column `i`."""
        if self.stack is not None:
            return self.stack.groups(grid, lane, i)
        return self.draw(grid, lane, i) if self.draw is not None else []


NOTHING: Final = Kind()
"""No cells: the lane is drawn as a whole."""
