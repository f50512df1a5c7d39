"""The importance–performance picture: every touchpoint by how much it moves the overall judgement, and how well it does.

Martilla and James, Journal of Marketing 41 (1977) 77–79. One drawing for the window and for paper: a ground with its
axes, and a group for each touchpoint, so that it can be pointed at and linked. Whiskers are 95 % intervals; the shape
says the quarter, so that it reads in grey; few answers are hollow. Labels are placed where they hide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model import drivers, journey, shapes, wording
from journeymap.model.document import Document
from journeymap.model.drivers import Driver, Drivers, Quarter
from journeymap.model.picture import Box, Ellipse, Group, Item, Line, Meaning, Path, Picture, Stroke, Text
from journeymap.model.records import Touchpoint
from journeymap.model.text import fit, width

Rect = tuple[float, float, float, float]
"""x, y, width, height."""

CORNERS: Final[dict[Quarter, tuple[bool, bool]]] = {
    "fix first": (True, False), "keep it up": (True, True), "can wait": (False, False), "more than needed": (False, True),
}  # fmt: skip
"""Of each quarter: whether it is important, whether it does well."""
_STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


class _Axis(Struct, frozen=True):
    """A scale from values to a length; `ticks` are round values within it."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands, no further than the ends."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        """Three to seven round values."""
        step = next((step for step in _STEPS if (self.high - self.low) / step <= 6), 1.0)
        first = -(-self.low // step)
        return [step * (first + i) for i in range(8) if step * (first + i) <= self.high + 1e-9]


def quadrants(document: Document, found: Drivers, wide: float, high: float, size: float) -> Picture:
    """The picture in `wide` × `high`, with labels of `size` (12 on the screen); everything else follows from that.

    Each touchpoint is a group whose meaning names it; the ground comes first.
    """
    left, top, right, foot = 4.0 * size, 0.6 * size, 1.5 * size, 3.4 * size
    plot = (left, top, wide - left - right, high - top - foot)
    x = _axis([end for one in found.drivers for end in one.importance_ends], plot[0], plot[0] + plot[2], floor=0.0)
    ends = [end for one in found.drivers for end in (one.performance_low, one.performance_high, one.performance)]
    y = _axis([end for end in ends if end is not None], plot[1] + plot[3], plot[1])
    ground, names = _ground(found, plot, x, y, size)
    whiskers = [line for driver in found.drivers for line in _whiskers(driver, x, y, size)]
    meaning = Meaning(
        "ground", alt=_("Importance and performance: {finding}").format(finding=drivers.finding(document, found))
    )
    groups = [Group(0, 0, wide, high, meaning, (*ground, *whiskers))]
    groups += _marks(document, found, plot, (x, y), names, [_around(line) for line in whiskers], size)
    return Picture(wide, high, tuple(groups), smallest=0.85 * size)


def _axis(values: Sequence[float], start: float, end: float, floor: float | None = None) -> _Axis:
    """Room for all values and a little more; at least a fifth of the whole."""
    low, high = min(values), max(values)
    low = min(low, floor) if floor is not None else low
    spare = max(0.06 * (high - low), (0.2 - (high - low)) / 2)
    low = low if floor is not None and low >= floor else max(-1.0 if floor is not None else 0.0, low - spare)
    return _Axis(low, min(1.0, high + spare), start, end)


# ---------------------------------------------------------------- the ground


def _ground(found: Drivers, plot: Rect, x: _Axis, y: _Axis, size: float) -> tuple[list[Item], list[Rect]]:
    """Frame, quarters with their names, axes with ticks; and where the names stand."""
    hair, frame = Stroke("hair", size / 14, hair=True), Stroke("border", size / 14, hair=True)
    across, down = x.at(found.importance_bar), y.at(found.performance_bar)
    items: list[Item] = [
        Box(*_fix_first(found, plot, x, y), "painb"),
        Box(*plot, None, frame),
    ]
    small = 0.85 * size
    for tick in x.ticks:
        at = x.at(tick)
        items.append(Line(at, plot[1] + plot[3], at, plot[1] + plot[3] + size / 3, frame))
        items.append(_text(at, plot[1] + plot[3] + 1.35 * size, _tick(tick, found.weighed), small, anchor="middle"))
    for tick in y.ticks:
        at = y.at(tick)
        items.append(Line(plot[0], at, plot[0] + plot[2], at, hair))
        items.append(_text(plot[0] - 0.5 * size, at + 0.32 * size, _tick(tick, True), small, anchor="end"))
    bar = Stroke("control", size / 12, (size / 4, size / 4), hair=True)
    items += [
        Line(across, plot[1], across, plot[1] + plot[3], bar),
        Line(plot[0], down, plot[0] + plot[2], down, bar),
        _text(plot[0] + plot[2], plot[1] + plot[3] + 2.75 * size, _importance(found), small, "text2", anchor="end"),
        _text(0.85 * size, _between_ticks(y), _("performance →"), small, "text2", anchor="middle", rotate=-90),
    ]
    names: list[Rect] = []
    for quarter, (important, good) in CORNERS.items():
        words = drivers.spoken(quarter)
        wide = width(words, small, 600)
        at = plot[0] + plot[2] - 0.6 * size if important else plot[0] + 0.6 * size
        base = plot[1] + 1.25 * size if good else plot[1] + plot[3] - 0.6 * size
        tint = "missedt" if quarter == "fix first" else "text3"
        items.append(Text(at, base, words, small, 600, tint, "end" if important else "start", wide))
        names.append((at - wide if important else at, base - small, wide, 1.3 * small))
    return items, names


def _fix_first(found: Drivers, plot: Rect, x: _Axis, y: _Axis) -> Rect:
    """The quarter of what is important and does badly, which is tinted."""
    across, down = x.at(found.importance_bar), y.at(found.performance_bar)
    return across, down, plot[0] + plot[2] - across, plot[1] + plot[3] - down


def _between_ticks(axis: _Axis) -> float:
    """The middle of an axis, or near it, as far as can be from the words at its ticks."""
    middle = (axis.start + axis.end) / 2
    places = [axis.at(tick) for tick in axis.ticks]
    return min(((one + other) / 2 for one, other in pairwise(places)), key=lambda at: abs(at - middle), default=middle)


def _importance(found: Drivers) -> str:
    if found.weighed:
        return _("importance: part of what all explain of {overall} →").format(overall=found.name)
    return _("importance: correlation with {overall} →").format(overall=found.name)


def _tick(value: float, percent: bool) -> str:
    return (
        wording.share(value)
        if percent
        else wording.number(value, 1 if abs(value * 10 - round(value * 10)) < 1e-6 else 2)
    )


def _text(
    x: float, y: float, words: str, size: float, colour: str = "text3", *, anchor: str = "start", rotate: float = 0.0
) -> Text:
    return Text(x, y, words, size, 400, colour, anchor, width(words, size, figures=True), figures=True, rotate=rotate)


# ---------------------------------------------------------------- the touchpoints


def _marks(
    document: Document,
    found: Drivers,
    plot: Rect,
    axes: tuple[_Axis, _Axis],
    names: list[Rect],
    whiskers: list[Rect],
    size: float,
) -> Iterator[Group]:
    """A group for each touchpoint: mark and label. The first ones, the most important, have the choice of place."""
    x, y = axes
    radius = 0.45 * size
    places = [(x.at(one.importance), y.at(one.performance)) for one in found.drivers]
    grounds = plot, _fix_first(found, plot, x, y)
    taken = [*names, *((px - radius, py - radius, 2 * radius, 2 * radius) for px, py in places)]
    numbers = {one.id: i for i, one in enumerate(journey.every_touchpoint(document), 1)}
    for driver, (px, py) in zip(found.drivers, places, strict=True):
        touchpoint = document.one(Touchpoint, driver.touchpoint_id)
        items = _mark(driver, px, py, radius)
        number = str(numbers.get(touchpoint.id, ""))
        label = _label(f"{number} {touchpoint.name}", number, (px, py), radius, grounds, (taken, whiskers), size)
        items += label
        alt = _alt(touchpoint.name, driver, weighed=found.weighed)
        meaning = Meaning("chip", touchpoint=touchpoint.id, alt=alt)
        moved = tuple(_moved(item, -px + radius, -py + radius) for item in items)
        yield Group(px - radius, py - radius, 2 * radius, 2 * radius, meaning, moved, layer=3)


def _alt(name: str, driver: Driver, *, weighed: bool) -> str:
    low, high = driver.importance_ends
    shown = wording.share if weighed else (lambda value: wording.number(value, 2))
    words = _("{name}: importance {importance} (95 % interval {low} to {high}), performance {performance}").format(
        name=name, importance=shown(driver.importance), low=shown(low), high=shown(high),
        performance=wording.share(driver.performance),
    )  # fmt: skip
    if driver.performance_low is not None and driver.performance_high is not None:
        words += _(" ({low} to {high})").format(
            low=wording.share(driver.performance_low), high=wording.share(driver.performance_high)
        )
    return words + _(", n {n}; {verdict}").format(n=wording.count(driver.n), verdict=drivers.verdict(driver))


def _whiskers(driver: Driver, x: _Axis, y: _Axis, size: float) -> list[Line]:
    px, py = x.at(driver.importance), y.at(driver.performance)
    line = Stroke("control", size / 10, cap="round")
    low, high = driver.importance_ends
    items = [Line(x.at(low), py, x.at(high), py, line)]
    if driver.performance_low is not None and driver.performance_high is not None:
        items.append(Line(px, y.at(driver.performance_low), px, y.at(driver.performance_high), line))
    return items


def _mark(driver: Driver, x: float, y: float, r: float) -> list[Item]:
    """Diamond: fix first; disc: keep it up; square: can wait; triangle: more than needed. Hollow with few answers."""
    colour = "missed" if driver.quarter == "fix first" else "brand"
    fill = "card" if driver.hollow else colour
    line = Stroke(colour, r / 4)
    if driver.quarter == "keep it up":
        return [Ellipse(x, y, r, r, fill, line)]
    if driver.quarter == "can wait":
        return [Box(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r, fill, line)]
    corners = (
        [(x, y - 1.25 * r), (x + 1.25 * r, y), (x, y + 1.25 * r), (x - 1.25 * r, y)]
        if driver.quarter == "fix first"
        else [(x, y - 1.1 * r), (x + 1.15 * r, y + 0.9 * r), (x - 1.15 * r, y + 0.9 * r)]
    )
    return [shapes.polygon(corners, fill=fill, stroke=line)]


def _label(
    words: str,
    number: str,
    at: tuple[float, float],
    radius: float,
    grounds: tuple[Rect, Rect],
    hurdles: tuple[list[Rect], list[Rect]],
    size: float,
) -> list[Item]:
    """The name beside its mark, further off with a line to it where there is no room, else over a whisker, else only its
    number; nothing where not even that has room (the table beside the picture has all). `grounds`: where it may stand, and
    what of that is tinted. `hurdles`: what may not be hidden, to which the place is added, and the whiskers.
    """
    (plot, tinted), (taken, whiskers) = grounds, hurdles
    tries = [(words, 14 * size, True), (words, 14 * size, False), (words, 8 * size, False), (number, 3 * size, False)]
    for text, room, clear in tries:
        line = fit(text, room, size, 400)
        wide = width(line.lines[0], size)
        avoided = [*taken, *whiskers] if clear else taken
        for distance in (0.55 * size, 1.4 * size, 2.6 * size):
            for place in _beside(at, radius + distance, wide, size):
                if _within(place, plot) and not any(_overlap(place, other) for other in avoided):
                    taken.append(place)
                    base = place[1] + 0.84 * size
                    full = text if line.cut else ""
                    label = Text(place[0], base, line.lines[0], size, 400, "text", "start", wide, full=full)
                    # A whisker that goes on between the words would look like a part of them.
                    behind = [] if clear else [Box(*place, "painb" if _within(place, tinted) else "card")]
                    return [*_leader(at, radius, place, far=distance > size), *behind, label]
    return []


def _beside(at: tuple[float, float], off: float, wide: float, high: float) -> Iterator[Rect]:
    """Places around a mark, the best first."""
    x, y = at
    tall = 1.15 * high
    slant = 0.7 * off
    yield (x + off, y - tall / 2, wide, tall)
    yield (x - off - wide, y - tall / 2, wide, tall)
    yield (x + slant, y - slant - tall, wide, tall)
    yield (x + slant, y + slant, wide, tall)
    yield (x - slant - wide, y - slant - tall, wide, tall)
    yield (x - slant - wide, y + slant, wide, tall)
    yield (x - wide / 2, y - off - tall, wide, tall)
    yield (x - wide / 2, y + off, wide, tall)


def _leader(at: tuple[float, float], radius: float, place: Rect, *, far: bool) -> list[Item]:
    if not far:
        return []
    x = min(max(at[0], place[0]), place[0] + place[2])
    y = min(max(at[1], place[1]), place[1] + place[3])
    length = ((x - at[0]) ** 2 + (y - at[1]) ** 2) ** 0.5
    part = radius / length if length else 0.0
    start = (at[0] + part * (x - at[0]), at[1] + part * (y - at[1]))
    return [Line(*start, x, y, Stroke("control", radius / 6))]


def _around(line: Line) -> Rect:
    """The room that a whisker takes."""
    half = line.stroke.width / 2
    x, y = min(line.x1, line.x2), min(line.y1, line.y2)
    return (x - half, y - half, abs(line.x2 - line.x1) + 2 * half, abs(line.y2 - line.y1) + 2 * half)


def _within(one: Rect, other: Rect) -> bool:
    return (
        one[0] >= other[0]
        and one[1] >= other[1]
        and one[0] + one[2] <= other[0] + other[2]
        and one[1] + one[3] <= other[1] + other[3]
    )


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def _moved(item: Item, dx: float, dy: float) -> Item:
    if isinstance(item, Line):
        return replace(item, x1=item.x1 + dx, y1=item.y1 + dy, x2=item.x2 + dx, y2=item.y2 + dy)
    if isinstance(item, Path):
        steps = tuple(
            (step[0], *(float(v) + (dy if i % 2 else dx) for i, v in enumerate(step[1:]))) for step in item.steps
        )
        return replace(item, steps=steps)
    return replace(item, x=item.x + dx, y=item.y + dy)
