"""Shapes with a meaning: status, persona, severity, arrow heads, O and X, ribbons, icons. Colour never speaks alone.

Every function returns items around the point that it is given, in the units of the layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, sin
from typing import Final

from journeymap import resources
from journeymap.model.curves import Step
from journeymap.model.picture import Box, Colour, Ellipse, Item, Line, Path, Point, Stroke, Text
from journeymap.model.text import width

FEW: Final = 30
"""Under this many answers a figure is drawn hollow and never compared."""


def polygon(points: Sequence[Point], *, fill: Colour | None = None, stroke: Stroke | None = None) -> Path:
    """A closed straight-edged shape."""
    head, *rest = points
    return Path((("M", *head), *(("L", *point) for point in rest), ("Z",)), fill, stroke)


def status(x: float, y: float, size: float, kind: str, *, hollow: bool = False) -> list[Item]:
    """Target shapes: met = disc, open = diamond half filled, missed = triangle down, none = ring."""
    r = size / 2
    line = size * 0.14
    if kind == "met":
        return [Ellipse(x, y, r * 0.92, r * 0.92, None if hollow else "met", Stroke("met", line))]
    if kind == "open":
        d = r * 1.12
        outline = polygon(
            ((x, y - d), (x + d, y), (x, y + d), (x - d, y)),
            fill=None if hollow else "card",
            stroke=Stroke("open", line),
        )
        return [outline] if hollow else [outline, polygon(((x, y - d), (x - d, y), (x, y + d)), fill="open")]
    if kind == "missed":
        edge = ((x - r * 1.08, y - r * 0.82), (x + r * 1.08, y - r * 0.82), (x, y + r * 1.02))
        return [polygon(edge, fill=None if hollow else "missed", stroke=Stroke("missed", line, cap="round"))]
    return [Ellipse(x, y, r * 0.8, r * 0.8, None, Stroke("control", line))]


def marker(
    x: float, y: float, r: float, hue: int, *, hollow: bool = False, ground: Colour = "stage0", ring: float = 0.0
) -> list[Item]:
    """The shape of a persona (1 disc, 2 square, 3 triangle, 4 hexagon, 5 cross, 6 bar); `ring` parts it from a line."""
    hue = (hue - 1) % 6 + 1
    colour = f"p{hue}"
    line = ring or max(0.7 * r * 0.36, r * 0.36)
    fill, stroke = (ground, Stroke(colour, line)) if hollow else (colour, Stroke(ground, line) if ring else None)
    if hue == 1:
        return [Ellipse(x, y, r, r, fill, stroke)]
    if hue == 2:
        k = r * 0.9
        return [Box(x - k, y - k, 2 * k, 2 * k, fill, stroke, r * 0.15)]
    if hue == 3:
        k = r * 1.2
        return [
            polygon(((x, y - k), (x + k * 0.95, y + k * 0.72), (x - k * 0.95, y + k * 0.72)), fill=fill, stroke=stroke)
        ]
    if hue == 4:
        k = r * 1.1
        corners = [(x + k * cos(pi / 3 * i), y + k * sin(pi / 3 * i)) for i in range(6)]
        return [polygon(corners, fill=fill, stroke=stroke)]
    if hue == 5:
        k, t = r * 1.1, r * 0.4
        arms = (
            (-t, -k),
            (t, -k),
            (t, -t),
            (k, -t),
            (k, t),
            (t, t),
            (t, k),
            (-t, k),
            (-t, t),
            (-k, t),
            (-k, -t),
            (-t, -t),
        )
        return [polygon([(x + dx, y + dy) for dx, dy in arms], fill=fill, stroke=stroke)]
    return [Box(x - r * 0.55, y - r * 1.15, r * 1.1, r * 2.3, fill, stroke, r * 0.15)]


def diamond(x: float, y: float, half: float, colour: Colour, ground: Colour, line: float) -> Item:
    """The mark of the journey's ending."""
    points = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return polygon(points, fill=colour, stroke=Stroke(ground, line))


def severity(x: float, y: float, count: int, size: float, gap: float, line: float) -> list[Item]:
    """Five dots from `x` on, centred on `y`; the first `count` are filled."""
    found: list[Item] = []
    for i in range(5):
        cx = x + size / 2 + i * (size + gap)
        if i < count:
            found.append(Ellipse(cx, y, size / 2, size / 2, "pain"))
        else:
            r = size / 2 - line / 2
            found.append(Ellipse(cx, y, r, r, None, Stroke("pain", line), 0.55))
    return found


def head(x: float, y: float, dx: float, dy: float, size: float, colour: Colour) -> Item:
    """An arrow head with its tip at (x, y), pointing along the unit vector (dx, dy)."""
    bx, by = x - dx * size, y - dy * size
    px, py = -dy * size * 0.55, dx * size * 0.55
    return polygon(((x, y), (bx + px, by + py), (bx - px, by - py)), fill=colour)


def letter(x: float, y: float, char: str, size: float, k: float, *, there: bool) -> list[Item]:
    """O or X on a disc; a thin letter in a dotted ring where that kind of data is missing."""
    r = 4.4 * k
    disc = (
        Ellipse(x, y, r, r, "sunk")
        if there
        else Ellipse(x, y, r, r, None, Stroke("control", 0.5 * k, (1.6 * k, 1.4 * k)))
    )
    weight = 600 if there else 400
    wide = width(char, size, weight)
    colour = "text2" if there else "text3"
    return [disc, Text(x, y + size * 0.36, char, size, weight, colour, "middle", wide)]


def ribbon(x: float, y: float, k: float) -> Item:
    """The moment of truth: a ribbon with a notch that hangs from (x, y), its right upper corner."""
    w, h = 6.4 * k, 10 * k
    points = ((x - w, y), (x, y), (x, y + h), (x - w / 2, y + h - 2.8 * k), (x - w, y + h))
    return polygon(points, fill="text")


def progress(x: float, y: float, r: float, state: str, colour: Colour, line: float) -> list[Item]:
    """How far an action is: ring empty (proposed), a quarter (agreed), half (in progress), full (done)."""
    ring = Ellipse(x, y, r, r, colour if state == "done" else None, Stroke(colour, line))
    inner = r - line * 1.4
    if state == "agreed":
        steps: tuple[Step, ...] = (("M", x, y), ("L", x, y - inner), _arc(x, y, inner, 0), ("Z",))
        return [ring, Path(steps, colour)]
    if state == "in_progress":
        steps = (("M", x, y - inner), _arc(x, y, inner, 0), _arc(x, y, inner, 1), ("Z",))
        return [ring, Path(steps, colour)]
    return [ring]


def _arc(x: float, y: float, r: float, quarter: int) -> Step:
    """A quarter of a circle clockwise: 0 from the top to the right, 1 from the right to the foot."""
    c = 0.5523 * r
    if quarter == 0:
        return ("C", x + c, y - r, x + r, y - c, x + r, y)
    return ("C", x + r, y + c, x + c, y + r, x, y + r)


def icon(name: str, x: float, y: float, size: float, colour: Colour) -> list[Item]:
    """An icon with its upper left corner at (x, y); nothing where there is no icon of that name."""
    found = _icon(name, x, y, size, colour)
    return [] if found is None else [found]


@lru_cache(maxsize=1024)  # most stand at the same place of a card; painters know an outline that they have met
def _icon(name: str, x: float, y: float, size: float, colour: Colour) -> Path | None:
    found = resources.icons().get(name)
    if found is None:
        return None
    scale = size / 16
    steps = tuple(
        (step[0], *(part * scale + (x if i % 2 == 0 else y) for i, part in enumerate(step[1:])))
        for step in found["steps"]
    )
    if found["fill"]:
        return Path(steps, colour)
    return Path(steps, None, Stroke(colour, 1.15 * scale, cap="round"))


def spark(
    x: float,
    y: float,
    size: tuple[float, float],
    values: Sequence[float | None],
    target: float | None,
    colour: Colour,
    k: float,
) -> list[Item]:
    """A small line over `size` (width, height) with its last point and the target dashed; gaps stay gaps."""
    wide, high = size
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return []
    ends = known + ([target] if target is not None else [])
    low, top = min(ends), max(ends)
    reach = top - low or 1.0
    step = wide / (len(values) - 1)

    def at(i: int, value: float) -> Point:
        return x + i * step, y + high - (value - low) / reach * high

    found: list[Item] = []
    if target is not None:
        level = at(0, target)[1]
        found.append(Line(x, level, x + wide, level, Stroke("text3", 0.6 * k, (2 * k, 1.6 * k))))
    steps: list[Step] = []
    for i, value in enumerate(values):
        if value is not None:
            steps.append(("L" if i and values[i - 1] is not None else "M", *at(i, value)))
    found.append(Path(tuple(steps), None, Stroke(colour, k, cap="round")))
    last = max(i for i, value in enumerate(values) if value is not None)
    end = at(last, known[-1])
    return [*found, Ellipse(*end, 1.5 * k, 1.5 * k, colour)]


def ring(x: float, y: float, r: float, colour: Colour, line: float) -> Item:
    """The mark of a peak or trough, around the marker."""
    return Ellipse(x, y, r, r, None, Stroke(colour, line))
