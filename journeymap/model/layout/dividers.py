"""The three lines of a service blueprint: what customers do, what they see, what happens behind."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.model import lanes
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import NOTHING
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Lane


class Divider(Strip):
    """A line across all columns; its name stands among the lane names, in the middle of the row."""

    def __init__(self, grid: Grid, lane: Lane) -> None:
        super().__init__(grid, lane, NOTHING)

    @property
    def empty(self) -> bool:
        """A line is never empty."""
        return False

    @property
    def height(self) -> float:
        """Room for the line's name."""
        return self.grid.metrics.s * (1.3 if self.grid.metrics.paper else 1.7)

    @property
    def rides(self) -> bool:
        """A line is alike wherever a column stands: its dashes fit into the columns."""
        return True

    def refresh(self, touched: Touched) -> set[int]:
        """A line stays as it is. Where the columns behind a new order have moved, its dashes look as before only if they
        have moved by whole dashes, as they do by whole columns.
        """
        window, stroke = touched.window, self._stroke
        if window is None or not window.by or not stroke.dash:
            return set()
        left_over = window.by / sum(stroke.dash) % 1
        return set() if min(left_over, 1 - left_over) < 1e-6 else set(range(window.same, len(self.grid.columns)))

    @property
    def _stroke(self) -> Stroke:
        """Dashes and dots as long as a whole number of them in a column needs."""
        metrics, k = self.grid.metrics, self.grid.metrics.k
        if self.lane.kind == lanes.LINE_INTERACTION:
            return Stroke("text2", k)
        wide, dash = {
            lanes.LINE_VISIBILITY: (1.4 * k, (6 * k, 3 * k)),
            lanes.LINE_INTERNAL: (1.1 * k, (1.1 * k, 2.2 * k)),
        }[self.lane.kind]
        fitting = metrics.pitch / sum(dash) / max(1, round(metrics.pitch / sum(dash)))
        return Stroke("text2", wide, (dash[0] * fitting, dash[1] * fitting))

    def groups(self, first: int, last: int) -> Iterator[Group]:  # noqa: ARG002 - one line over all columns
        """The line."""
        metrics = self.grid.metrics
        pen, wide = Pen(metrics), self.grid.right - self.grid.left
        pen.line(0, self.height / 2, wide, self.height / 2, self._stroke)
        meaning = Meaning("divider", self.lane.id, self.lane.id, alt=lanes.title(self.lane))
        yield pen.group(meaning, self.grid.left, self.y, wide, self.height, 1)
