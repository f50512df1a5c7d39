"""The journey lane: the cards of the touchpoints with the branches and loops above them."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.model.layout import arcs
from journeymap.model.layout.cards import CARDS
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.picture import Group
from journeymap.model.records import Id, Lane


class Journey(Strip):
    """Cards, and above them as many levels of arcs as the links need."""

    def __init__(self, grid: Grid, lane: Lane) -> None:
        super().__init__(grid, lane, CARDS)
        self._arcs: list[arcs.Arc] = []
        self._groups: dict[Id, tuple[float, Group]] = {}
        self._route()

    def _route(self) -> None:
        metrics = self.grid.metrics
        self._arcs = arcs.arcs(self.grid)
        self._groups.clear()
        count = arcs.levels(self._arcs)
        self.lead = count * metrics.arc_step + (metrics.s * 0.8 - metrics.lane_pad * 0.5 if count else 0.0)

    def refresh(self, touched: Touched) -> set[int]:
        """Cards as ever; the arcs are routed anew only when links, order or their people changed."""
        columns = super().refresh(touched)
        if touched.links or touched.structure or touched.people:
            before, by = self._arcs, touched.window.by if touched.window is not None else 0.0
            self._route()
            if touched.people:
                return set(range(len(self.grid.columns)))
            after = {arc.link.id: arc for arc in self._arcs}
            for arc in before:
                if after.get(arc.link.id) == arc:
                    del after[arc.link.id]
                else:  # its picture may have moved with the columns behind a new order
                    columns.update(self.grid.over(arc.left, arc.right), self.grid.over(arc.left + by, arc.right + by))
            for arc in after.values():
                columns.update(self.grid.over(arc.left, arc.right))
        return columns

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """Cards, arrows and the arcs that pass here."""
        yield from super().groups(first, last)
        if self.empty or self.lane.folded:
            return
        columns, metrics = self.grid.columns, self.grid.metrics
        base = self.y + metrics.lane_pad + self.lead
        left, right = columns[first].x - metrics.gap, columns[last].x + metrics.pitch
        for arc in arcs.between(self._arcs, left, right):
            known = self._groups.get(arc.link.id)
            if known is None or known[0] != base:
                known = self._groups[arc.link.id] = (base, arcs.draw(self.grid, self.lane.id, arc, base))
            yield known[1]
