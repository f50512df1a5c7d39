"""Composing pages: measured text and plain shapes, gathered into groups with meaning, then into a picture.

A page is composed in the units of its reference paper; `k` says how many points such a unit has on the paper at hand.
Text is measured at its true size, because large type is set in another cut and tighter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.model import text as measure
from journeymap.model.picture import (
    Bookmark,
    Box,
    Dash,
    Ellipse,
    Group,
    Item,
    Line,
    Meaning,
    Path,
    Picture,
    Stroke,
    Text,
)
from journeymap.model.records import Id

Part = tuple[str, float, int, str]
"""Text, size, weight, colour of one stretch of a line."""


class Ink:
    """Items of one group in its own coordinates, and what was cut or is small among them."""

    def __init__(self, k: float = 1.0) -> None:
        self.k = k
        self.items: list[Item] = []
        self.cut: list[str] = []
        self.smallest = float("inf")

    # ------------------------------------------------------------ text

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        weight: int = 400,
        colour: str = "text",
        *,
        anchor: str = "start",
        figures: bool = False,
        room: float | None = None,
        rotate: float = 0.0,
    ) -> float:
        """One line on the baseline y, cut with "…" where `room` is given and too narrow; returns its width."""
        if not words:
            return 0.0
        k, full = self.k, ""
        if room is not None:
            fitted = measure.fit(words, room * k, size * k, weight, figures=figures)
            if fitted.cut:
                self.cut.append(words)
                full = words
            words = fitted.lines[0]
        width = measure.width(words, size * k, weight, figures=figures)
        self.items.append(
            Text(x * k, y * k, words, size * k, weight, colour, anchor, width, figures, rotate=rotate, full=full)
        )
        self.smallest = min(self.smallest, size * k)
        return width / k

    def line_of(self, x: float, y: float, parts: Iterable[Part], *, anchor: str = "start") -> float:
        """Stretches of different weight and colour on one baseline; returns their width together."""
        parts = [part for part in parts if part[0]]
        widths = [self.width(words, size, weight) for words, size, weight, _colour in parts]
        x -= {"start": 0.0, "middle": sum(widths) / 2, "end": sum(widths)}[anchor]
        for (words, size, weight, colour), width in zip(parts, widths, strict=True):
            self.text(x, y, words, size, weight, colour)
            x += width
        return sum(widths)

    def block(
        self,
        x: float,
        y: float,
        room: float,
        words: str,
        size: float,
        weight: int = 400,
        colour: str = "text",
        *,
        leading: float = 1.3,
        most: int = 99,
    ) -> float:
        """Broken text from the top edge y, at most `most` lines; returns its bottom edge."""
        if not words:
            return y
        k, step = self.k, size * leading
        broken = measure.wrap(words, room * k, size * k, weight, most)
        if broken.cut:
            self.cut.append(words)
        for i, line in enumerate(broken.lines):
            base = y + step * i + (step - size) / 2 + measure.ascent(size)
            width = measure.width(line, size * k, weight)
            full = words if broken.cut and i == len(broken.lines) - 1 else ""
            self.items.append(Text(x * k, base * k, line, size * k, weight, colour, width=width, full=full))
        self.smallest = min(self.smallest, size * k)
        return y + step * len(broken.lines)

    def width(self, words: str, size: float, weight: int = 400, *, figures: bool = False) -> float:
        """How long a line would be."""
        return measure.width(words, size * self.k, weight, figures=figures) / self.k

    def height(self, room: float, words: str, size: float, weight: int = 400, *, leading: float = 1.3,
               most: int = 99) -> float:  # fmt: skip
        """How tall a block would be."""
        lines = measure.wrap(words, room * self.k, size * self.k, weight, most).lines if words else ()
        return size * leading * len(lines)

    def pen(self, colour: str, width: float, dash: Dash = (), *, cap: str = "butt") -> Stroke:
        """A stroke in the page's units; never thinner than a press can print."""
        k = self.k
        return Stroke(colour, width * k, tuple(part * k for part in dash), cap, hair=True)

    # ------------------------------------------------------------ shapes

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = "hair", width: float = 0.5,
             dash: Dash = ()) -> None:  # fmt: skip
        """A straight line."""
        k = self.k
        self.items.append(Line(x1 * k, y1 * k, x2 * k, y2 * k, self.pen(colour, width, dash)))

    def box(self, x: float, y: float, width: float, height: float, fill: str | None = None,
            stroke: Stroke | None = None, radius: float = 0.0, opacity: float = 1.0) -> None:  # fmt: skip
        """A rectangle."""
        k = self.k
        self.items.append(Box(x * k, y * k, width * k, height * k, fill, stroke, radius * k, opacity))

    def disc(self, x: float, y: float, radius: float, fill: str | None = None, stroke: Stroke | None = None,
             opacity: float = 1.0) -> None:  # fmt: skip
        """A circle around (x, y)."""
        k = self.k
        self.items.append(Ellipse(x * k, y * k, radius * k, radius * k, fill, stroke, opacity))

    def path(self, steps: Iterable[Sequence[str | float]], fill: str | None = None, stroke: Stroke | None = None,
             *, x: float = 0.0, y: float = 0.0, size: float = 1.0) -> None:  # fmt: skip
        """Path steps enlarged by `size` and moved to (x, y)."""
        k = self.k
        placed = tuple(
            (step[0], *((float(v) * size + (y if i % 2 else x)) * k for i, v in enumerate(step[1:]))) for step in steps
        )
        self.items.append(Path(placed, fill, stroke))

    def shape(self, points: Sequence[tuple[float, float]], fill: str | None = None,
              stroke: Stroke | None = None) -> None:  # fmt: skip
        """A closed polygon."""
        self.path([*(("L" if i else "M", x, y) for i, (x, y) in enumerate(points)), ("Z",)], fill, stroke)

    def add(self, items: Iterable[Item]) -> None:
        """Items that were made elsewhere, in points."""
        self.items.extend(items)


class Page(Struct):
    """A page being composed: groups in reading order. `width` and `height` are points, `k` points in a unit."""

    width: float
    height: float
    k: float = 1.0
    groups: list[Group] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    smallest: float = float("inf")

    def put(
        self,
        ink: Ink,
        role: str,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        record: Id | None = None,
        link: Id | None = None,
        alt: str = "",
        layer: int = 2,
    ) -> None:
        """Adds what was inked as a group at (x, y); its items are relative to there."""
        k, meaning = self.k, Meaning(role, record=record, link=link, alt=alt)
        self.groups.append(Group(x * k, y * k, width * k, height * k, meaning, tuple(ink.items), layer))
        self.cut += ink.cut
        self.smallest = min(self.smallest, ink.smallest)

    def paste(self, picture: Picture, x: float, y: float) -> None:
        """Adds another picture's groups, without its bookmarks, with its corner at (x, y), both in points."""
        self.groups += [replace(group, x=group.x + x, y=group.y + y) for group in picture.groups]
        self.cut += picture.cut
        self.missing += picture.missing
        if picture.smallest:
            self.smallest = min(self.smallest, picture.smallest)

    def mark(self, title: str, x: float, y: float, level: int = 0) -> None:
        """Adds an entry to the outline of the document."""
        self.bookmarks.append(Bookmark(title, x * self.k, y * self.k, level))

    def ink(self) -> Ink:
        """Fresh ink in this page's units."""
        return Ink(self.k)

    def picture(self) -> Picture:
        """The page as it stands."""
        return Picture(
            self.width, self.height, tuple(self.groups), tuple(dict.fromkeys(self.cut)),
            tuple(dict.fromkeys(self.missing)), self.smallest if self.smallest < float("inf") else 0.0,
            tuple(self.bookmarks),
        )  # fmt: skip
