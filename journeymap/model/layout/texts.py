"""Lanes of texts: thoughts with their persona's mark, plain cells, the staff's own words, and bars over columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from journeymap.model import shapes, staffmood, wording
from journeymap.model.layout.contents import Contents
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Cell, Kind, Stack
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Ellipse, Group, Meaning, Stroke
from journeymap.model.records import Card, Lane
from journeymap.model.text import count, wrap

THOUGHT_LINES: Final = 8
CELL_LINES: Final = 5
BAR_LINES: Final = 3
_SCORE: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(/\s*\d+)")


def _cards(contents: Contents, lane: Lane) -> Sequence[Card]:
    return contents.cards.get(lane.id, ())


def _meaning(cell: Cell, card: Card) -> Meaning:
    return Meaning("card", card.id, cell.lane.id, cell.touchpoint_id, "text", card.text)


# ---------------------------------------------------------------- thoughts


def _thought_high(grid: Grid, card: Card, room: float) -> float:
    metrics = grid.metrics
    lines = count(card.text, room, metrics.m, 400, THOUGHT_LINES)
    return lines * metrics.m * 1.22 + (9.4 * metrics.k if card.persona_id else 0.0)


def _thought(cell: Cell, card: Card, high: float) -> Group:
    grid, metrics, k = cell.grid, cell.grid.metrics, cell.grid.metrics.k
    pen, lead = Pen(metrics), 0.0
    if card.persona_id:
        hue = grid.hue(card.persona_id)
        pen.add(shapes.marker(metrics.pad * 0.2 + 2.6 * k, 4.6 * k, 2.7 * k, hue))
        lead = 9.4 * k
    pen.wrapped(0, lead, card.text, cell.room, metrics.m, 400, "text", 1.22, THOUGHT_LINES)
    return pen.group(_meaning(cell, card), 0, 0, cell.room, high)


THOUGHTS: Final = Kind(Stack(_cards, _thought_high, _thought, gap=4.0, spans=True, grows=True, people=True))


# ---------------------------------------------------------------- plain cells


def _cell_high(grid: Grid, card: Card, room: float) -> float:
    metrics = grid.metrics
    return count(card.text, room + 2 * metrics.k, metrics.s, 400, CELL_LINES) * metrics.s * 1.24


def _cell(cell: Cell, card: Card, high: float) -> Group:
    metrics, room = cell.grid.metrics, cell.room + 2 * cell.grid.metrics.k
    pen = Pen(metrics)
    pen.wrapped(0, 0, card.text, room, metrics.s, 400, "text", 1.24, CELL_LINES)
    return pen.group(_meaning(cell, card), 0, 0, room, high)


CELLS: Final = Kind(Stack(_cards, _cell_high, _cell, gap=3.0, spans=True))


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
    lines = count(words, room + 2 * metrics.k, metrics.s, 400, CELL_LINES) if words else 0
    return ((1 if score else 0) + max(lines, 0 if score else 1)) * metrics.s * 1.24


def _staff(cell: Cell, card: Card, high: float) -> Group:
    """What the staff say, their score first."""
    metrics, room = cell.grid.metrics, cell.room + 2 * cell.grid.metrics.k
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
    return pen.group(_meaning(cell, card), 0, 0, room, high)


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


STAFF: Final = Kind(Stack(_cards, _staff_high, _staff, gap=3.0, spans=True))


# ---------------------------------------------------------------- bars


def _bar_lead(grid: Grid, icon: str) -> float:
    """Room for a bar's icon."""
    return grid.metrics.s * 1.35 if icon else 0.0


def _bar_high(grid: Grid, card: Card, room: float, *, icon: str) -> float:
    metrics = grid.metrics
    inner = room - 2 * metrics.pad - _bar_lead(grid, icon)
    lines = count(card.text, inner, metrics.s, 400, BAR_LINES)
    return max(metrics.bar, lines * metrics.s * 1.22 + 3 * metrics.k)


def _bar(cell: Cell, card: Card, high: float, *, icon: str) -> Group:
    metrics, room, lead = cell.grid.metrics, cell.room, _bar_lead(cell.grid, icon)
    pen = Pen(metrics)
    pen.box(0, 0, room, high, "card", Stroke("border", metrics.line), metrics.radius_bar)
    lines = wrap(card.text, room - 2 * metrics.pad - lead, metrics.s, 400, BAR_LINES)
    block = len(lines.lines) * metrics.s * 1.22
    if icon:
        pen.icon(icon, metrics.pad, (high - metrics.s) / 2, metrics.s, "text3")
    pen.lines(metrics.pad + lead, (high - block) / 2, lines, card.text, metrics.s, 400, "text", 1.22)
    return pen.group(_meaning(cell, card), 0, 0, room, high)


def _bars(icon: str) -> Kind:
    """Bars with an icon, "" for none."""
    return Kind(Stack(_cards, partial(_bar_high, icon=icon), partial(_bar, icon=icon), gap=3.0, spans=True))


BARS: Final = _bars("")
SYSTEMS: Final = _bars("gear")
POLICIES: Final = _bars("shield")
