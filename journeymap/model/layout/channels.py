"""The channels lane (a row of dots for each channel in use)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from journeymap.model.layout.grid import Grid
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Kind, Strip, Touched
from journeymap.model.picture import Ellipse, Group, Meaning, Stroke
from journeymap.model.records import Channel, Lane

_NOTHING: Final = Kind(lambda _grid, _lane, _i: 0.0, lambda _grid, _lane, _i: [])


class Channels(Strip):
    """Which touchpoint uses which channel, as a table of dots; the names stand in the column of lane names."""

    def __init__(self, grid: Grid, lane: Lane) -> None:
        self.used: list[Channel] = []
        super().__init__(grid, lane, _NOTHING)
        self._read()

    def _read(self) -> None:
        known = {contents.touchpoint.channel_id for contents in self.grid.contents.values()}
        self.used = [channel for channel in self.grid.document.all(Channel) if channel.id in known]

    @property
    def step(self) -> float:
        """Height of one channel's row."""
        return self.grid.metrics.s * 1.7

    @property
    def empty(self) -> bool:
        """Whether no touchpoint has a channel."""
        return not self.used

    @property
    def content(self) -> float:
        """Height of all rows and, above them, of the lane's name."""
        return self.grid.metrics.m * 1.5 + len(self.used) * self.step

    def level(self, n: int) -> float:
        """The middle of row `n`, below the lane's upper edge."""
        return self.grid.metrics.lane_pad + self.grid.metrics.m * 1.5 + (n + 0.5) * self.step

    def summary(self) -> str:
        """Which they are."""
        return ", ".join(channel.name for channel in self.used)

    def refresh(self, touched: Touched) -> set[int]:
        """Reads the channels in use anew."""
        window = touched.window
        if not (touched.channels or (window is not None and window.strangers())):
            return set()
        self._read()
        return set(range(len(self.grid.columns)))

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """A dot a touchpoint, joined by a hairline along each channel."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        metrics, k = self.grid.metrics, self.grid.metrics.k
        pen, wide = Pen(metrics), self.grid.right - self.grid.left
        for n in range(len(self.used)):
            pen.line(0, self.level(n), wide, self.level(n), Stroke("hair", metrics.hair, hair=True))
        yield pen.group(Meaning("decoration", None, self.lane.id), self.grid.left, self.y, wide, self.height, 1)
        rows = {channel.id: n for n, channel in enumerate(self.used)}
        for i in range(first, last + 1):
            touchpoint = self.grid.at(i).touchpoint
            row = rows.get(touchpoint.channel_id or "")
            if row is None:
                continue
            r, pen = 2.7 * k, Pen(metrics)
            pen.add([Ellipse(r, r, r, r, "text2")])
            meaning = Meaning("card", touchpoint.id, self.lane.id, touchpoint.id, "channel_id", self.used[row].name)
            yield pen.group(meaning, self.grid.middle(i) - r, self.y + self.level(row) - r, 2 * r, 2 * r)
