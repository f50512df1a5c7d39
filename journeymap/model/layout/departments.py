"""Who owns what: bars over the touchpoints of one department, and the hand-overs where the mood breaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model.journey import BREAK
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import NOTHING
from journeymap.model.layout.moods import Moods
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Department, Id, Lane
from journeymap.model.shapes import polygon
from journeymap.model.text import width
from journeymap.model.wording import mood


class Run(NamedTuple):
    """Neighbouring columns of one department."""

    department_id: Id
    first: int
    last: int


class Departments(Strip):
    """The lane of owners."""

    def __init__(self, grid: Grid, lane: Lane, moods: Moods) -> None:
        self.moods = moods
        self._runs: list[Run] = []
        self._starts: list[int] = []
        self._owners: list[Id | None] = []  # by column
        super().__init__(grid, lane, NOTHING)
        self._read()

    def _read(self) -> None:
        self._owners = [self._owner_at(id_) for id_ in self.grid.columns.ids]
        self._join()
        k = self.grid.metrics.k
        self.lead = 8.5 * k + self.grid.metrics.s * 0.75 + 0.5 * k

    def _owner_at(self, touchpoint_id: Id) -> Id | None:
        return self.grid.contents[touchpoint_id].touchpoint.department_id

    def _join(self) -> None:
        """Neighbouring columns of one owner become a run."""
        runs, first = [], 0
        for owner, several in groupby(self._owners):
            last = first + len(list(several)) - 1
            if owner is not None:
                runs.append(Run(owner, first, last))
            first = last + 1
        self._runs, self._starts = runs, [run.first for run in runs]

    def _follow(self, touched: Touched) -> None:
        """Takes in other owners and another order of the columns."""
        before, window, index = self._owners.copy(), touched.window, self.grid.index
        if window is not None:
            contents = self.grid.contents
            owners = [contents[column.touchpoint_id].touchpoint.department_id for column in window.after]
            self._owners[window.same : window.same + len(window.before)] = owners
        for id_ in touched.touchpoints:
            if id_ in index:
                self._owners[index[id_]] = self._owner_at(id_)
        if self._owners != before:
            self._join()

    @property
    def empty(self) -> bool:
        """Whether no touchpoint has an owner."""
        return not self._runs

    @property
    def content(self) -> float:
        """Height of a bar."""
        return self.grid.metrics.owner

    def summary(self) -> str:
        """Who they are."""
        names = {run.department_id: self._owner(run).name for run in self._runs}
        return ", ".join(names.values())

    def refresh(self, touched: Touched) -> set[int]:
        """Reads the runs anew where owners or the order changed; the mood's fall is asked for when it is drawn."""
        every, columns, window = range(len(self.grid.columns)), set[int](), touched.window
        if touched.structure or touched.departments:
            before = self._runs, self._starts
            self._follow(touched)
            if window is None or touched.departments or self.lane.folded:
                return set(every)
            columns |= self._beneath(self._runs, self._starts, window.same, window.last)
            columns |= {window.now(i) for i in self._beneath(*before, window.same, window.was)}
        if touched.people:
            return set(every)
        if touched.moods:
            index = self.grid.index
            felt = [(index[id_], index[id_]) for id_ in touched.touchpoints | touched.figures if id_ in index]
            placed = [(window.same, window.last)] if window is not None and window.after else []
            reached = 0  # from the left: the columns up to there are in, so that each is looked at once
            for first, last in sorted([*felt, *placed]):
                after = [self.moods.visited(row, last, 1) for row in range(len(self.grid.personas))]
                behind = max((one for one in after if one is not None), default=last)
                columns.update(range(max(reached, self._tick_from(first)), behind + 1))
                reached = max(reached, behind + 1)
        return {i for i in columns if i in every}

    def _beneath(self, runs: list[Run], starts: list[int], first: int, last: int) -> set[int]:
        """The columns of the bars that stand over `first` … `last`, and of the ticks beside them."""
        near = runs[max(0, bisect_right(starts, first) - 2) : bisect_right(starts, last) + 1]
        return set(range(near[0].first, near[-1].last + 1)) if near else set()

    def _tick_from(self, i: int) -> int:
        """The last column of the owner before the next one to come in, from column `i` on: their tick stands half-way."""
        n = bisect_left(self._starts, i) - 1
        return min(max(0, i - 1), self._runs[n].last) if n >= 0 else max(0, i - 1)

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """Bars over the columns `first` … `last`, then the hand-overs between them."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        start = max(0, bisect_right(self._starts, first) - 1)
        end = bisect_right(self._starts, last) + 1  # the tick before the next one may lie in view
        for n in range(start, min(end, len(self._runs))):
            yield self._bar(self._runs[n])
            if n:
                yield from self._handover(self._runs[n - 1], self._runs[n])

    def _owner(self, run: Run) -> Department:
        return self.grid.document.one(Department, run.department_id)

    @property
    def _top(self) -> float:
        return self.y + self.grid.metrics.lane_pad + self.lead

    def _bar(self, run: Run) -> Group:
        metrics, k, owner = self.grid.metrics, self.grid.metrics.k, self._owner(run)
        x = self.grid.columns[run.first].x - metrics.gap * 0.5 + 0.8 * k
        wide = self.grid.across(run.first, run.last) + metrics.gap - 1.6 * k
        pen = Pen(metrics)
        stroke = Stroke("control", metrics.line, (2.2 * k, 1.6 * k)) if owner.external else None
        pen.box(0, 0, wide, metrics.owner, "card" if owner.external else "sunk", stroke, metrics.radius_bar)
        base = metrics.owner / 2 + metrics.s * 0.36
        pen.text(6 * k, base, owner.name, metrics.s, 400 if owner.external else 600, "text", room=wide - 10 * k)
        meaning = Meaning("department", owner.id, self.lane.id, self.grid.columns.ids[run.first], "name", owner.name)
        return pen.group(meaning, x, self._top, wide, metrics.owner)

    def _handover(self, before: Run, after: Run) -> Iterator[Group]:
        """A tick between two departments; a line with a pill where the mood falls by one or more."""
        metrics, k = self.grid.metrics, self.grid.metrics.k
        left, right = self.grid.columns[before.last], self.grid.columns[after.first]
        x = (left.x + left.width + right.x) / 2
        fall = self.moods.fall(after.first)
        names = {"one": self._owner(before).name, "other": self._owner(after).name}
        alt = _("Hand-over from {one} to {other}").format(**names)
        if before.department_id == after.department_id:
            return
        meaning = Meaning("handover", None, self.lane.id, right.touchpoint_id, alt=alt)
        pen = Pen(metrics)
        if fall is None or fall > BREAK + 1e-9:
            pen.line(k, 0, k, metrics.owner + 4 * k, Stroke("control", k))
            yield pen.group(meaning, x - k, self._top - 2 * k, 2 * k, metrics.owner + 4 * k, 3)
            return
        words = mood(fall)
        wide = width(words, metrics.s, 700, figures=True) + 12.5 * k
        high = metrics.s * 1.5
        middle = wide / 2
        rise = 8.5 * k + metrics.s * 0.72
        pen.line(middle, high, middle, rise + metrics.owner, Stroke("pain", 1.2 * k))
        pen.box(0, 0, wide, high, "pain", None, high / 2)
        at, centre = 3.8 * k, high / 2
        pen.add(
            [
                polygon(
                    ((at, centre - 1.9 * k), (at + 4.2 * k, centre - 1.9 * k), (at + 2.1 * k, centre + 1.7 * k)),
                    fill="card",
                )
            ]
        )
        pen.text(wide - 3.4 * k, centre + metrics.s * 0.36, words, metrics.s, 700, "card", anchor="end", figures=True)
        meaning = replace(meaning, alt=_("{handover}: the mood falls by {fall}").format(handover=alt, fall=words))
        yield pen.group(meaning, x - wide / 2, self._top - rise, wide, rise + metrics.owner, 3)
