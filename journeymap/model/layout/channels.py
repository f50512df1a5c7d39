"""The channels lane (a row of dots for each channel in use)."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.i18n import _
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import NOTHING
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.picture import Ellipse, Group, Meaning, Stroke
from journeymap.model.records import Channel, Id, Lane


class Channels(Strip):
    """Which touchpoint uses which channel, as a table of dots; the names stand in the column of lane names."""

    def __init__(self, grid: Grid, lane: Lane) -> None:
        self.used: list[Channel] = []
        super().__init__(grid, lane, NOTHING)
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
            return set(range(window.same, window.last + 1)) if window is not None else set()
        self._read()
        return set(range(len(self.grid.columns)))

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """A dot a touchpoint, the ways between them, and a hairline along each channel."""
        if self.empty or self.lane.folded:
            yield from self._instead()
            return
        metrics = self.grid.metrics
        pen, wide = Pen(metrics), self.grid.right - self.grid.left
        for n in range(len(self.used)):
            pen.line(0, self.level(n), wide, self.level(n), Stroke("hair", metrics.hair, hair=True))
        yield pen.group(Meaning("decoration", None, self.lane.id), self.grid.left, self.y, wide, self.height, 1)
        rows = {channel.id: n for n, channel in enumerate(self.used)}
        for i in range(max(0, first - 1), last + 1):
            yield from self._way(rows, i)
        for i in range(first, last + 1):
            yield self._dots(i, rows.get(self.grid.at(i).touchpoint.channel_id or ""))

    def row_at(self, y: float) -> int | None:
        """The row of dots at a distance below the row's upper edge; None beside them."""
        near = [n for n in range(len(self.used)) if abs(self.level(n) - y) <= self.step / 2]
        return near[0] if near else None

    def _dots(self, i: int, filled: int | None) -> Group:
        """A column of dots: filled where the touchpoint's channel is, a faint ring where it could be."""
        k, touchpoint, pen = self.grid.metrics.k, self.grid.at(i).touchpoint, Pen(self.grid.metrics)
        r, top, half = 3.4 * k, self.level(0) - self.step / 2, self.step / 2  # half: of the place that can be clicked
        for n in range(len(self.used)):
            y = self.level(n) - top
            if n == filled:
                pen.add([Ellipse(half, y, r, r, "text2")])
            else:
                pen.add([Ellipse(half, y, 1.7 * k, 1.7 * k, "wash", Stroke("border", self.grid.metrics.hair))])
        alt = self.used[filled].name if filled is not None else _("no channel")
        meaning = Meaning("channel", None, self.lane.id, touchpoint.id, "channel_id", alt)
        high = self.step * len(self.used)
        return pen.group(meaning, self.grid.middle(i) - half, self.y + top, 2 * half, high, 3)

    def _way(self, rows: dict[Id, int], i: int) -> Iterator[Group]:
        """From one touchpoint's dot to the next: along the row, or over to another one where the channel is switched."""
        columns, metrics = self.grid.columns, self.grid.metrics
        if i + 1 >= len(columns) or columns[i + 1].number != columns[i].number + 1:
            return
        ids = [self.grid.at(n).touchpoint.channel_id or "" for n in (i, i + 1)]
        if not all(id_ in rows for id_ in ids):
            return
        k, start, end = metrics.k, self.level(rows[ids[0]]), self.level(rows[ids[1]])
        top, x, pen = min(start, end) - k, self.grid.middle(i), Pen(metrics)
        wide, high = self.grid.middle(i + 1) - x, abs(end - start) + 2 * k
        if ids[0] == ids[1]:
            pen.line(0, k, wide, k, Stroke("control", 0.9 * k))
            yield pen.group(Meaning("decoration", None, self.lane.id), x, self.y + top, wide, high, 2)
            return
        one, other, half = start - top, end - top, wide / 2
        pen.path([("M", 0, one), ("C", half, one, half, other, wide, other)], None, Stroke("text2", 1.3 * k))
        names = {"one": self.used[rows[ids[0]]].name, "other": self.used[rows[ids[1]]].name}
        alt = _("Switch from {one} to {other}").format(**names)
        meaning = Meaning("switch", None, self.lane.id, columns[i + 1].touchpoint_id, alt=alt)
        yield pen.group(meaning, x, self.y + top, wide, high, 2)
