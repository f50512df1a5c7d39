"""Collecting the items of one group: text that is measured as it is set, with the cut lines remembered in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from journeymap.model import shapes
from journeymap.model.metrics import Metrics
from journeymap.model.picture import Box, Colour, Group, Item, Line, Meaning, Path, Stroke, Text
from journeymap.model.text import Lines, fit, width, wrap

Words = tuple[str, float, int, Colour]
"""A run of a mixed line: text, size, weight, colour."""


class Pen:
    """Items in a group's own coordinates; every text knows its width."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.items: list[Item] = []

    def add(self, items: Iterable[Item]) -> None:
        """Takes ready-made items."""
        self.items += items

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        fill: Colour | None,
        stroke: Stroke | None = None,
        radius: float = 0.0,
    ) -> None:
        """A rectangle."""
        self.items.append(Box(x, y, wide, high, fill, stroke, radius))

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: Stroke) -> None:
        """A straight line."""
        self.items.append(Line(x1, y1, x2, y2, stroke))

    def path(
        self, steps: Sequence[tuple[str | float, ...]], fill: Colour | None = None, stroke: Stroke | None = None
    ) -> None:
        """A path."""
        self.items.append(Path(tuple(steps), fill, stroke))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        weight: int = 400,
        colour: Colour = "text",
        *,
        anchor: str = "start",
        figures: bool = False,
        halo: Colour | None = None,
        room: float | None = None,
    ) -> float:
        """One line on its baseline, cut to `room` where given; returns its width."""
        full = ""
        if room is not None:
            lines = fit(words, room, size, weight, figures=figures)
            full = words if lines.cut else ""
            words = lines.lines[0]
        wide = width(words, size, weight, figures=figures)
        if words:
            self.items.append(Text(x, y, words, size, weight, colour, anchor, wide, figures, halo, 0.0, full))
        return wide

    def runs(self, x: float, y: float, parts: Sequence[Words], halo: Colour | None = None) -> float:
        """Several runs on one baseline; returns their width."""
        start = x
        for words, size, weight, colour in parts:
            x += self.text(x, y, words, size, weight, colour, halo=halo)
        return x - start

    def lines(
        self,
        x: float,
        top: float,
        lines: Lines,
        full: str,
        size: float,
        weight: int = 400,
        colour: Colour = "text",
        leading: float = 1.3,
    ) -> float:
        """Broken lines from the edge `top` down; returns the lower edge."""
        step = size * leading
        for i, words in enumerate(lines.lines):
            whole = full if lines.cut and i == len(lines.lines) - 1 else ""
            if words:
                base = top + step * i + (step - size) / 2 + size * 0.84
                wide = width(words, size, weight)
                self.items.append(Text(x, base, words, size, weight, colour, "start", wide, full=whole))
        return top + step * len(lines.lines)

    def wrapped(
        self,
        x: float,
        top: float,
        words: str,
        room: float,
        size: float,
        weight: int = 400,
        colour: Colour = "text",
        leading: float = 1.3,
        most: int = 99,
    ) -> float:
        """Text broken to `room`; returns the lower edge."""
        return self.lines(x, top, wrap(words, room, size, weight, most), words, size, weight, colour, leading)

    def mark_cut(self, full: str) -> None:
        """Remembers the whole text of the last line set."""
        last = self.items[-1]
        if isinstance(last, Text):
            self.items[-1] = replace(last, full=full)

    def icon(self, name: str, x: float, y: float, size: float, colour: Colour) -> bool:
        """An icon; False where there is none of that name."""
        items = shapes.icon(name, x, y, size, colour)
        self.items += items
        return bool(items)

    def group(self, meaning: Meaning, x: float, y: float, wide: float, high: float, layer: int = 2) -> Group:
        """The group of what was collected."""
        return Group(x, y, wide, high, meaning, tuple(self.items), layer)
