"""The drawing list: what a map looks like, as flat data that every painter understands.

A `Picture` is a list of `Group`s; a group is a rectangle with items in its own coordinates and a meaning
(which record it shows, its role, alternative text, link). Units are those of the layout's metrics: pixels at
100 % on the screen, points on paper; y grows downwards; text stands on its baseline. Colours are token names
of the theme ("brand", "p1t") or "#RRGGBB"; a painter looks them up, so one picture serves light, dark and print.
Lines are broken before they come here: a `Text` is one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from msgspec import Struct

from journeymap.model.records import Id

Colour: TypeAlias = str
Dash: TypeAlias = tuple[float, ...]
Point: TypeAlias = tuple[float, float]


class Stroke(Struct, frozen=True):
    """A pen. `hair` keeps at least 0.25 pt on paper and one device pixel, snapped, on the screen."""

    colour: Colour
    width: float
    dash: Dash = ()
    cap: str = "butt"  # butt | round
    hair: bool = False


class Box(Struct, frozen=True):
    """A rectangle with an optional fill, stroke and corner radius."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Stroke | None = None
    radius: float = 0.0
    opacity: float = 1.0


class Line(Struct, frozen=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Stroke


class Path(Struct, frozen=True):
    """Path steps: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",)."""

    steps: tuple[tuple[str | float, ...], ...]
    fill: Colour | None = None
    stroke: Stroke | None = None
    opacity: float = 1.0


class Ellipse(Struct, frozen=True):
    """A circle or ellipse around its centre."""

    x: float
    y: float
    rx: float
    ry: float
    fill: Colour | None = None
    stroke: Stroke | None = None
    opacity: float = 1.0


class Text(Struct, frozen=True):
    """One line of text on its baseline; `width` is what the measurer found, so painters never measure.

    weight: 400 500 600 700. figures: tabular digits. halo: ground colour drawn round the letters.
    """

    x: float
    y: float
    text: str
    size: float
    weight: int = 400
    colour: Colour = "text"
    anchor: str = "start"  # start | middle | end
    width: float = 0.0
    figures: bool = False
    halo: Colour | None = None
    rotate: float = 0.0  # degrees clockwise about (x, y)
    full: str = ""  # the whole text where this line ends in "…"


class Image(Struct, frozen=True):
    """A picture from the map's attachments, by content hash."""

    x: float
    y: float
    width: float
    height: float
    content_hash: str
    alt: str = ""
    round: bool = False  # cut to the ellipse that touches its frame, which it fills


TRIM: Final = 0.12
"""So much of a picture may be cut off to fill its frame; one of quite another shape is shown whole."""


def placed(frame: Image, wide: float, high: float) -> tuple[float, float, float, float]:
    """Where a picture of that size goes: (x, y, width, height), centred in its frame, which cuts off what reaches over."""
    scales = frame.width / wide, frame.height / high
    scale = max(scales) if min(scales) >= max(scales) * (1 - TRIM) else min(scales)
    wide, high = wide * scale, high * scale
    return frame.x + (frame.width - wide) / 2, frame.y + (frame.height - high) / 2, wide, high


class Chart(Struct, frozen=True):
    """A small chart as data, so that a slide can make a native one; `items` is how everyone else draws it."""

    kind: str  # spark | bars | scatter
    x: float
    y: float
    width: float
    height: float
    values: tuple[float | None, ...]
    target: float | None
    items: tuple[Item, ...]


Item: TypeAlias = Box | Line | Path | Ellipse | Text | Image | Chart


class Meaning(Struct, frozen=True):
    """What a group stands for. `role` is one of ROLES; `field` names the record's field that it edits in place."""

    role: str
    record: Id | None = None
    lane: Id | None = None
    touchpoint: Id | None = None
    field: str = ""
    alt: str = ""
    link: Id | None = None  # the record that a click leads to (pain → action)
    url: str = ""  # the page that a click leads to


ROLES = (
    "ground", "title", "persona", "summary", "phase", "lane", "touchpoint", "link", "card", "emotion", "curve", "chip",
    "pain", "opportunity", "action", "department", "handover", "divider", "prompt", "legend", "footer", "decoration",
)  # fmt: skip


class Group(Struct, frozen=True):
    """Items in their own coordinates, placed at (x, y); reading order is the order of groups in the picture."""

    x: float
    y: float
    width: float
    height: float
    meaning: Meaning
    items: tuple[Item, ...]
    layer: int = 0  # painted in ascending layers: 0 grounds, 1 rules, 2 content, 3 links and curves, 4 marks above


class Picture(Struct, frozen=True):
    """A whole drawing of a given size."""

    width: float
    height: float
    groups: tuple[Group, ...]
    cut: tuple[str, ...] = ()  # full texts that were cut with "…"
    missing: tuple[str, ...] = ()  # characters that no font has
    smallest: float = 0.0  # smallest text size used
    bookmarks: tuple[Bookmark, ...] = ()

    def painted(self) -> Iterator[Group]:
        """The groups in painting order."""
        return iter(sorted(self.groups, key=lambda group: group.layer))


class Bookmark(Struct, frozen=True):
    """A place that an outline of the document names."""

    title: str
    x: float
    y: float
    level: int = 0
