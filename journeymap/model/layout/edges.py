"""What frames the columns: phase chevrons above, lane names at the left, grounds and rules behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model import lanes
from journeymap.model.layout.channels import Channels
from journeymap.model.layout.columns import Block
from journeymap.model.layout.emotion import Emotions
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.naming import HINT_LINES, margin
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip
from journeymap.model.picture import Group, Meaning, Path, Stroke, Text
from journeymap.model.text import width

# ---------------------------------------------------------------- phases


def head_height(grid: Grid) -> float:
    """Height of the band of phases; on paper the goals stand below the chevrons."""
    metrics = grid.metrics
    if not metrics.paper:
        return metrics.head
    goals = any(block.phase.goal for block in grid.blocks)
    return metrics.chevron + (metrics.s * 2.2 if goals else metrics.k * 3)


def phases(grid: Grid, left: float | None = None, right: float | None = None) -> Iterator[Group]:
    """The chevrons; with `left` and `right` only those in view, their words pulled into it."""
    every = range(len(grid.blocks))
    for n in every if left is None or right is None else grid.blocks_over(left, right):
        yield _chevron(grid, n, grid.blocks[n], left, right)


def _chevron(grid: Grid, n: int, block: Block, left: float | None, right: float | None) -> Group:
    metrics, k = grid.metrics, grid.metrics.k
    high, tip = metrics.chevron, metrics.chevron * 0.32
    top = 0.0 if metrics.paper else (metrics.head - high) / 2
    final = n == len(grid.blocks) - 1
    end = block.width if final else block.width + metrics.phase_gap - 2 * k
    pen = Pen(metrics)
    steps: list[tuple[str | float, ...]] = [("M", 0, top), ("L", end, top)]
    if not final:
        steps.append(("L", end + tip, top + high / 2))
    steps += [("L", end, top + high), ("L", 0, top + high)]
    if n:
        steps.append(("L", tip, top + high / 2))
    pen.path([*steps, ("Z",)], "phase")
    start = (tip if n else 0) + 6 * k
    stop = end - (2 if not final else 6) * k
    if left is not None and right is not None:
        start, stop = max(start, left - block.x + 4 * k), min(stop, right - block.x - 6 * k)
    if stop - start > 12 * k and metrics.level != "sketch":
        _phase_words(pen, block, start, stop, top + high / 2)
    if metrics.paper and block.phase.goal:
        pen.text(
            metrics.gap / 2,
            high + metrics.s * 1.55,
            block.phase.goal,
            metrics.s,
            400,
            "text3",
            room=block.width - metrics.gap,
        )
    alt = ", ".join(part for part in (block.phase.name, block.phase.duration, block.phase.goal) if part)
    meaning = Meaning("phase", block.phase.id, field="name", alt=alt)
    wide = end + (0 if final else tip)
    return pen.group(meaning, block.x, 0, wide, head_height(grid))


_YET_TO_BE: Final = {"phase": "brand3", "on_phase": "brand_hi", "on_phase2": "brand_hi"}


def below(group: Group, top: float) -> Group:
    """A phase of a state that is drawn below another one: lower down, and quieter."""
    items = tuple(
        replace(item, fill=_YET_TO_BE.get(item.fill or "", item.fill))
        if isinstance(item, Path)
        else replace(item, colour=_YET_TO_BE.get(item.colour, item.colour))
        if isinstance(item, Text)
        else item
        for item in group.items
    )
    return replace(group, y=group.y + top, items=items)


def _phase_words(pen: Pen, block: Block, start: float, stop: float, middle: float) -> None:
    metrics, k, phase = pen.metrics, pen.metrics.k, block.phase
    duration = width(phase.duration, metrics.s) if phase.duration else 0.0
    beside = duration and stop - start - width(phase.name, metrics.l, 600) > duration + 8 * k
    room = stop - start - (duration + 6 * k if beside else 0)
    used = pen.text(start, middle + metrics.l * 0.36, phase.name, metrics.l, 600, "on_phase", room=room)
    if beside:
        pen.text(stop, middle + metrics.s * 0.36, phase.duration, metrics.s, 400, "on_phase2", anchor="end")
    goal_room = room - used - 16 * k
    if not metrics.paper and metrics.level == "full" and phase.goal and goal_room > width(phase.goal, metrics.s):
        pen.text(start + used + 8 * k, middle + metrics.s * 0.38, phase.goal, metrics.s, 400, "on_phase2")


# ---------------------------------------------------------------- lane names


def names(grid: Grid, strips: Sequence[Strip]) -> Iterator[Group]:
    """One group a lane: its name, its hint, and what the lane needs to be read; on the screen with its ground."""
    metrics = grid.metrics
    if not metrics.paper:
        for ground, top, foot in _bands(strips):
            yield _ground(grid, ground or "stage0", 0.0, metrics.names, top, foot)
        yield from _rules(grid, strips, metrics.names)
        for strip in strips:
            pen = Pen(metrics)
            pen.line(0, 0, 0, strip.height, Stroke("hair", metrics.hair, hair=True))
            yield pen.group(Meaning("decoration"), metrics.names - metrics.hair, strip.y, metrics.hair, strip.height, 1)
    for strip in strips:
        yield _name(grid, strip)


def _name(grid: Grid, strip: Strip) -> Group:
    metrics, lane, high = grid.metrics, strip.lane, strip.height
    pen, left = Pen(metrics), margin(grid.metrics)
    room = metrics.names - left - 6 * metrics.k
    title = strip.title
    if metrics.level != "full":
        if isinstance(strip, Emotions) and metrics.level == "summary":
            _scale(pen, strip)
        if metrics.level == "summary" and "/" in lane.id:  # rows of one kind are told apart by their names only
            pen.text(left, min(high / 2 + metrics.s * 0.36, 2 * metrics.s), title, metrics.s, 600, "text", room=room)
    elif lane.kind in lanes.LINES:
        pen.text(left, high / 2 + metrics.s * 0.36, title, metrics.s, 400, "text3", room=metrics.names - left - 2)
    elif lane.folded and not strip.empty:
        size = metrics.s
        shift = size if metrics.paper else 0.0  # the caret needs room where there is no margin before it
        pen.icon("caret-right", max(0.0, left - size * 1.2), high / 2 - size / 2, size, "text3")
        middle = high / 2 + metrics.m * 0.36
        pen.text(left + shift, middle, title, metrics.m, 500, "text2", room=room - shift)
    elif strip.empty:
        pen.text(left, high / 2 + metrics.m * 0.36, title, metrics.m, 600, "text", room=room)
    elif isinstance(strip, Emotions):
        _emotion_name(pen, strip, left, room)
    else:
        _title(pen, strip, left, room)
    alt = title if not strip.empty else _("{lane}, empty").format(lane=title)
    meaning = Meaning("lane", lane.id, lane.id, field="name", alt=alt)
    return pen.group(meaning, 0, strip.y, metrics.names, high)


def _title(pen: Pen, strip: Strip, left: float, room: float) -> None:
    """Name and hint from the top of the content down."""
    metrics = pen.metrics
    top = metrics.lane_pad + strip.lead - metrics.m * 0.1
    foot = pen.wrapped(left, top, strip.title, room, metrics.m, 600, "text", 1.2, 2)
    if isinstance(strip, Channels):
        for n, channel in enumerate(strip.used):
            at = left
            if pen.icon(channel.icon, left, strip.level(n) - metrics.s * 0.6, metrics.s * 1.2, "text3"):
                at += metrics.s * 1.7
            pen.text(
                at, strip.level(n) + metrics.s * 0.36, channel.name, metrics.s, 400, "text2", room=left + room - at
            )
        return
    hint = strip.hint
    if hint:
        pen.wrapped(left, foot + 1.5 * metrics.k, hint, room, metrics.s, 400, "text3", 1.28, HINT_LINES)


def _scale(pen: Pen, strip: Emotions) -> None:
    """The ends and the middle of the scale."""
    metrics = pen.metrics
    right = metrics.names - 5 * metrics.k
    for value, words in ((2, "+2"), (0, "0"), (-2, "−2")):
        pen.text(
            right, strip.level(value) + metrics.s * 0.36, words, metrics.s, 400, "text3", anchor="end", figures=True
        )


def _emotion_name(pen: Pen, strip: Emotions, left: float, room: float) -> None:
    """The scale at the right, the name in the middle, on the screen the two kinds of line."""
    metrics, k = pen.metrics, pen.metrics.k
    right = metrics.names - (1.5 if metrics.paper else 5) * k
    for value, words in ((2, "+2"), (1, "+1"), (0, "0"), (-1, "−1"), (-2, "−2")):
        if metrics.paper or value % 2 == 0:
            pen.text(
                right, strip.level(value) + metrics.s * 0.36, words, metrics.s, 400, "text3", anchor="end", figures=True
            )
    for value, words in ((2, _("delighted")), (-2, _("upset"))):
        y = strip.level(value) + metrics.s * 0.36
        if metrics.paper:
            pen.text(right - 13 * k, y, words, metrics.s, 400, "text3", anchor="end", room=right - 13 * k)
        else:
            pen.text(left, y, words, metrics.s, 400, "text3", room=room - 16 * k)
    inner = room - 12 * k
    top = strip.level(1) - metrics.m * 0.6
    foot = pen.wrapped(left, top, lanes.title(strip.lane), inner, metrics.m, 600, "text", 1.2, 1)
    if metrics.paper:
        pen.wrapped(left, foot + 1.5 * k, lanes.subtitle(strip.lane), inner, metrics.s, 400, "text3", 1.28, 4)
        return
    for n, (words, stroke) in enumerate(
        ((_("measured"), Stroke("text2", 2.4)), (_("assumed"), Stroke("text2", 1.5, (5, 3.5))))
    ):
        y = foot + 12 + n * 18
        pen.line(left, y, left + 20, y, stroke)
        pen.text(left + 26, y + metrics.s * 0.36, words, metrics.s, 400, "text3", room=right - 16 - left - 26)


# ---------------------------------------------------------------- grounds


def stages(strips: Sequence[Strip]) -> list[int]:
    """The ground of every lane; a text lane stands on the ground of the lane above."""
    found: list[int] = []
    for strip in strips:
        kind = strip.lane.kind
        above = found[-1] if found else 0
        found.append(above if kind == lanes.TEXT or kind in lanes.LINES else lanes.stage(kind))
    return found


class Floor:
    """Washes under the phases, stages under the blueprint, and a hairline between the customer's lanes.

    Good until a row or a column stands elsewhere. `begins`: where the band of phases has its upper edge.
    """

    def __init__(self, grid: Grid, strips: Sequence[Strip], begins: float = 0.0) -> None:
        self._grid, self._strips, self._begins = grid, strips, begins
        self._grounds = grid.blocks
        self._known: dict[tuple[int, int | None], Group] = {}

    def holds(self, strips: Sequence[Strip], begins: float) -> bool:
        """Whether the same rows, as high as before, stand on the same grounds."""
        same = self._begins == begins and len(strips) == len(self._strips)
        same = same and all(one is other for one, other in zip(strips, self._strips, strict=True))
        return same and self._grid.blocks == self._grounds

    @cached_property
    def _bands(self) -> list[tuple[str, float, float]]:
        return [*_bands(self._strips)]

    @cached_property
    def _rules(self) -> list[Group]:
        return [*_rules(self._grid, self._strips, self._grid.right)]

    def between(self, left: float, right: float) -> Iterator[Group]:
        """What lies under `left` … `right`."""
        blocks = self._grid.blocks_over(left, right)
        for band, (stage, _top, _foot) in enumerate(self._bands):
            for block in (None,) if stage else blocks:
                known = self._known.get((band, block))
                if known is None:
                    known = self._known[band, block] = self._laid(band, block)
                yield known
        yield from self._rules

    def _laid(self, band: int, n: int | None) -> Group:
        """A band under everything (None), or under one phase."""
        grid, metrics, (stage, top, foot) = self._grid, self._grid.metrics, self._bands[band]
        if n is None:
            return _ground(grid, stage, grid.left, grid.right, top, foot)
        if metrics.paper and abs(top - self._begins - head_height(grid)) < 1e-6:
            top = self._begins + metrics.chevron
        block = grid.blocks[n]
        return _ground(grid, "wash", block.x, block.x + block.width, top, foot)


def _rules(grid: Grid, strips: Sequence[Strip], right: float) -> Iterator[Group]:
    """A hairline between the customer's lanes."""
    metrics = grid.metrics
    for strip, stage in zip(strips[1:], stages(strips)[1:], strict=True):
        if stage == 0 and strip.lane.kind not in {*lanes.LINES, lanes.DEPARTMENTS}:
            pen = Pen(metrics)
            pen.line(0, 0, right, 0, Stroke("hair", metrics.hair, hair=True))
            yield pen.group(Meaning("decoration"), 0.0, strip.y, right, metrics.hair, 1)


def _ground(grid: Grid, colour: str, left: float, right: float, top: float, foot: float) -> Group:
    pen = Pen(grid.metrics)
    pen.box(0, 0, right - left, foot - top, colour)
    return pen.group(Meaning("ground"), left, top, right - left, foot - top, 0)


def _tint(strip: Strip, stage: int) -> str:
    """The ground of a lane: the tint that somebody chose for it, else its stage's; "" for the washes of the phases."""
    if strip.lane.colour in lanes.TINTS:
        return f"{strip.lane.colour}b"
    return f"stage{stage}" if stage else ""


def _bands(strips: Sequence[Strip]) -> Iterator[tuple[str, float, float]]:
    """(ground, top, foot); a line parts two grounds in the middle of its row; owners have none unless they are tinted."""
    found: list[tuple[str, float, float]] = []
    shown = [
        (strip, _tint(strip, stage)) for strip, stage in zip(strips, stages(strips), strict=True) if strip.height > 0
    ]
    for n, (strip, ground) in enumerate(shown):
        top, foot = strip.y, strip.y + strip.height
        if strip.lane.kind == lanes.DEPARTMENTS and not strip.lane.colour:
            continue
        if strip.lane.kind in lanes.LINES and not strip.lane.colour:
            before = next((other for one, other in reversed(shown[:n]) if one.lane.kind not in lanes.LINES), ground)
            after = next((other for one, other in shown[n + 1 :] if one.lane.kind not in lanes.LINES), ground)
            middle = (top + foot) / 2
            found += [(before, top, middle), (after, middle, foot)]
        else:
            found.append((ground, top, foot))
    merged: list[tuple[str, float, float]] = []
    for ground, top, foot in found:
        if merged and merged[-1][0] == ground and abs(merged[-1][2] - top) < 1e-6:
            merged[-1] = (ground, merged[-1][1], foot)
        else:
            merged.append((ground, top, foot))
    yield from merged
