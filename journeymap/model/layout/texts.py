"""Lanes of texts: thoughts with their persona's mark, plain cells, the staff's own words, and bars over columns."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from journeymap.model import lanes, shapes, staffmood, wording
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Kind, over_neighbour
from journeymap.model.picture import Ellipse, Group, Meaning, Stroke
from journeymap.model.records import Card, Lane
from journeymap.model.text import count, wrap

THOUGHT_LINES: Final = 8
CELL_LINES: Final = 5
BAR_LINES: Final = 3
_SCORE: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(/\s*\d+)")
_ICONS: Final = {lanes.SYSTEMS: "gear", lanes.POLICIES: "shield"}


def _cards(grid: Grid, lane: Lane, i: int) -> list[Card]:
    return grid.at(i).cards.get(lane.id, [])


def _last(grid: Grid, lane: Lane, i: int) -> int:
    """Over the columns asked for, but never over the next filled cell; one card may grow over one free neighbour."""
    cards, last = _cards(grid, lane, i), i
    wanted = cards[0].span if len(cards) == 1 else max(card.span for card in cards)
    if wanted == 1:
        return i
    while last + 1 < len(grid.columns) and last + 1 < i + wanted and not _cards(grid, lane, last + 1):
        last += 1
    return last


def _grown(grid: Grid, lane: Lane, i: int) -> int:
    last = _last(grid, lane, i)
    if last > i:
        return last
    return over_neighbour(grid, i, free=i + 1 < len(grid.columns) and not _cards(grid, lane, i + 1))


# ---------------------------------------------------------------- thoughts


def _thought_parts(grid: Grid, lane: Lane, i: int) -> list[tuple[Card, float, float]]:
    """(card, top, height) of the thoughts stacked in column `i`."""
    metrics, room = grid.metrics, grid.across(i, _grown(grid, lane, i))
    found, top = [], 0.0
    for card in _shown(grid, _cards(grid, lane, i)):
        lines = count(card.text, room, metrics.m, 400, THOUGHT_LINES)
        lead = 9.4 * metrics.k if card.persona_id else 0.0
        high = lead + lines * metrics.m * 1.22
        found.append((card, top, high))
        top += high + 4 * metrics.k
    return found


def _shown(grid: Grid, cards: list[Card]) -> list[Card]:
    """Without the thoughts of hidden personas."""
    if all(card.persona_id is None for card in cards):
        return cards
    people = {persona.id for persona in grid.personas}
    return [card for card in cards if card.persona_id is None or card.persona_id in people]


def thought_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the thoughts in column `i`."""
    if not _cards(grid, lane, i):
        return 0.0
    parts = _thought_parts(grid, lane, i)
    return parts[-1][1] + parts[-1][2] if parts else 0.0


def draw_thoughts(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The thoughts in column `i`."""
    metrics, k = grid.metrics, grid.metrics.k
    room, touchpoint = grid.across(i, _grown(grid, lane, i)), grid.columns.ids[i]
    found = []
    for card, top, high in _thought_parts(grid, lane, i):
        pen, lead = Pen(metrics), 0.0
        if card.persona_id:
            hue = grid.hue(card.persona_id)
            pen.add(shapes.marker(metrics.pad * 0.2 + 2.6 * k, 4.6 * k, 2.7 * k, hue))
            lead = 9.4 * k
        pen.wrapped(0, lead, card.text, room, metrics.m, 400, "text", 1.22, THOUGHT_LINES)
        meaning = Meaning("card", card.id, lane.id, touchpoint, "text", card.text)
        found.append(pen.group(meaning, 0, top, room, high))
    return found


THOUGHTS: Final = Kind(thought_height, draw_thoughts, _grown, people=True)


# ---------------------------------------------------------------- plain cells


def cell_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the plain texts in column `i`."""
    cards = _cards(grid, lane, i)
    if not cards:
        return 0.0
    metrics, room = grid.metrics, grid.across(i, _last(grid, lane, i)) + 2 * grid.metrics.k
    lines = sum(count(card.text, room, metrics.s, 400, CELL_LINES) for card in cards)
    return lines * metrics.s * 1.24 + (len(cards) - 1) * 3 * metrics.k


def draw_cells(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The plain texts in column `i`."""
    metrics, room = grid.metrics, grid.across(i, _last(grid, lane, i)) + 2 * grid.metrics.k
    found, top = [], 0.0
    for card in _cards(grid, lane, i):
        pen = Pen(metrics)
        high = pen.wrapped(0, 0, card.text, room, metrics.s, 400, "text", 1.24, CELL_LINES)
        meaning = Meaning("card", card.id, lane.id, grid.columns.ids[i], "text", card.text)
        found.append(pen.group(meaning, 0, top, room, high))
        top += high + 3 * metrics.k
    return found


CELLS: Final = Kind(cell_height, draw_cells, _last)


# ---------------------------------------------------------------- staff


def _score(card: Card) -> tuple[str, str, str]:
    """(score, scale, words): a first line such as "2.9 / 5" is the staff's own score, one such as "+1" their mood."""
    first, _, rest = card.text.partition("\n")
    match = _SCORE.fullmatch(first.strip())
    if match:
        return match[1], match[2], rest
    mood, words = staffmood.read(card.text)
    return (wording.mood(mood), "", words) if mood is not None else ("", "", card.text)


def _staff_high(grid: Grid, card: Card, room: float) -> float:
    metrics = grid.metrics
    score, _, words = _score(card)
    lines = count(words, room, metrics.s, 400, CELL_LINES) if words else 0
    return ((1 if score else 0) + max(lines, 0 if score else 1)) * metrics.s * 1.24


def staff_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of what the staff say in column `i`."""
    cards = _cards(grid, lane, i)
    if not cards:
        return 0.0
    room = grid.across(i, _last(grid, lane, i)) + 2 * grid.metrics.k
    return sum(_staff_high(grid, card, room) for card in cards) + (len(cards) - 1) * 3 * grid.metrics.k


def draw_staff(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """What the staff say in column `i`, their score first."""
    metrics, room = grid.metrics, grid.across(i, _last(grid, lane, i)) + 2 * grid.metrics.k
    found, top = [], 0.0
    for card in _cards(grid, lane, i):
        pen, lead = Pen(metrics), 0.0
        score, scale, words = _score(card)
        mood = staffmood.read(card.text)[0]
        if mood is not None:
            _staff_mood(pen, mood, score, room)
            lead = metrics.s * 1.24
        elif score:
            wide = pen.text(0, metrics.s * 0.95, score, metrics.s, 700, "text", room=room)
            if wide + 6 * metrics.k < room:
                at = wide + 2.2 * metrics.k
                pen.text(at, metrics.s * 0.95, scale, metrics.s, 400, "text3", room=room - at)
            lead = metrics.s * 1.24
        if words:
            pen.wrapped(0, lead, words, room, metrics.s, 400, "text2", 1.24, CELL_LINES)
        high = _staff_high(grid, card, room)
        meaning = Meaning("card", card.id, lane.id, grid.columns.ids[i], "text", card.text)
        found.append(pen.group(meaning, 0, top, room, high))
        top += high + 3 * metrics.k
    return found


def _staff_mood(pen: Pen, mood: float, words: str, room: float) -> None:
    """The value, and where it lies between −2 and +2: a dot on a short scale with its middle marked."""
    metrics, k = pen.metrics, pen.metrics.k
    wide = pen.text(0, metrics.s * 0.95, words, metrics.s, 700, "text", figures=True, room=room)
    left, right = wide + 5 * k, min(room - 3 * k, wide + 33 * k)
    if right - left < 12 * k:
        return
    y, middle = metrics.s * 0.61, (left + right) / 2
    pen.line(left, y, right, y, Stroke("control", metrics.line))
    pen.line(middle, y - 2 * k, middle, y + 2 * k, Stroke("control", metrics.line))
    pen.add([Ellipse(middle + mood / 2 * (right - left) / 2, y, 2.3 * k, 2.3 * k, "text2")])


STAFF: Final = Kind(staff_height, draw_staff, _last)


# ---------------------------------------------------------------- bars


def _bar_lead(grid: Grid, icon: str) -> float:
    """Room for a bar's icon."""
    return grid.metrics.s * 1.35 if icon else 0.0


def _bar_high(grid: Grid, card: Card, room: float, icon: str = "") -> float:
    metrics = grid.metrics
    inner = room - 2 * metrics.pad - _bar_lead(grid, icon)
    lines = count(card.text, inner, metrics.s, 400, BAR_LINES)
    return max(metrics.bar, lines * metrics.s * 1.22 + 3 * metrics.k)


def bar_height(grid: Grid, lane: Lane, i: int, icon: str = "") -> float:
    """Height of the bars that begin in column `i`."""
    cards = _cards(grid, lane, i)
    if not cards:
        return 0.0
    room = grid.across(i, _last(grid, lane, i))
    return sum(_bar_high(grid, card, room, icon) for card in cards) + (len(cards) - 1) * 3 * grid.metrics.k


def draw_bars(grid: Grid, lane: Lane, i: int, icon: str = "") -> list[Group]:
    """The bars that begin in column `i`, with an icon where their kind has one."""
    metrics, room = grid.metrics, grid.across(i, _last(grid, lane, i))
    lead = _bar_lead(grid, icon)
    found, top = [], 0.0
    for card in _cards(grid, lane, i):
        pen, high = Pen(metrics), _bar_high(grid, card, room, icon)
        pen.box(0, 0, room, high, "card", Stroke("border", metrics.line), metrics.radius_bar)
        lines = wrap(card.text, room - 2 * metrics.pad - lead, metrics.s, 400, BAR_LINES)
        block = len(lines.lines) * metrics.s * 1.22
        if icon:
            pen.icon(icon, metrics.pad, (high - metrics.s) / 2, metrics.s, "text3")
        pen.lines(metrics.pad + lead, (high - block) / 2, lines, card.text, metrics.s, 400, "text", 1.22)
        meaning = Meaning("card", card.id, lane.id, grid.columns.ids[i], "text", card.text)
        found.append(pen.group(meaning, 0, top, room, high))
        top += high + 3 * metrics.k
    return found


def _with_icon(kind: str) -> Kind:
    icon = _ICONS[kind]
    return Kind(partial(bar_height, icon=icon), partial(draw_bars, icon=icon), _last)


BARS: Final = Kind(bar_height, draw_bars, _last)
SYSTEMS: Final = _with_icon(lanes.SYSTEMS)
POLICIES: Final = _with_icon(lanes.POLICIES)
