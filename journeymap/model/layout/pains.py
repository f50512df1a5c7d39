"""From pain to action: the lanes of pains, opportunities and actions."""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _
from journeymap.model import days, shapes, wording
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Cell, Kind, Stack
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Action, Opportunity, PainPoint
from journeymap.model.text import Lines, count, width, wrap

PAIN_LINES: Final = 6
CHANCE_LINES: Final = 3


def _tags(actions: list[Action]) -> str:
    return ", ".join(f"A{action.number}" for action in actions)


# ---------------------------------------------------------------- pains


def _weight(pain: PainPoint) -> int:
    return 600 if pain.severity >= 5 else 500


def _pain_lines(grid: Grid, pain: PainPoint, room: float) -> Lines:
    return wrap(pain.text, room - 6.4 * grid.metrics.k, grid.metrics.s, _weight(pain), PAIN_LINES)


def _pain_high(grid: Grid, pain: PainPoint, room: float) -> float:
    metrics = grid.metrics
    lines = count(pain.text, room - 6.4 * metrics.k, metrics.s, _weight(pain), PAIN_LINES)
    return 8.6 * metrics.k + lines * metrics.s * 1.24 + metrics.s * 1.5


def _pain(cell: Cell, pain: PainPoint, high: float) -> Group:
    grid, room, metrics, k = cell.grid, cell.room, cell.grid.metrics, cell.grid.metrics.k
    actions = grid.at(cell.i).answers.get(pain.id, [])
    pen, left = Pen(metrics), 5.8 * k
    severity = min(5, max(1, pain.severity))
    pen.box(0, 0, (0.4 + 0.5 * severity) * k, high, "pain")
    words = wording.share(pain.frequency) if pain.frequency is not None else ""
    used = width(words, metrics.s, 500, figures=True)
    shrink = min(1.0, (room - left - used - 2.8 * k) / (26.2 * k))
    pen.add(shapes.severity(left, 3 * k, severity, 4.2 * k * shrink, 1.3 * k * shrink, 0.7 * k))
    if words:
        pen.text(
            left + (26.2 * shrink + 2.8) * k, 3 * k + metrics.s * 0.36, words, metrics.s, 500, "text2", figures=True
        )
    lines = _pain_lines(grid, pain, room)
    pen.lines(left, 8 * k, lines, pain.text, metrics.s, _weight(pain), "text", 1.24)
    base = high - metrics.s * 0.15
    at = left + pen.text(left, base, f"P{pain.number}", metrics.s, 700, "pain") + 2.4 * k
    if actions:
        middle = base - metrics.s * 0.34
        pen.line(at, middle, at + 5.5 * k, middle, Stroke("text3", metrics.line))
        pen.add([shapes.head(at + 7.4 * k, middle, 1, 0, 3 * k, "text3")])
        at += 10 * k
        pen.text(at, base, _tags(actions), metrics.s, 700, "brand", room=max(k, room - at))
    alt = _("Pain P{number}, severity {severity} of 5: {text}").format(
        number=pain.number, severity=severity, text=pain.text
    )
    if actions:
        alt += ", " + _("answered by {actions}").format(actions=_tags(actions))
    link = actions[0].id if actions else None
    meaning = Meaning("pain", pain.id, cell.lane.id, pain.touchpoint_id, "text", alt, link)
    return pen.group(meaning, 0, 0, room, high)


PAINS: Final = Kind(Stack(lambda contents, _lane: contents.pains, _pain_high, _pain, gap=5.0, grows=True))


# ---------------------------------------------------------------- opportunities


def _chance_room(grid: Grid, tags: str, room: float) -> float:
    """What its actions' numbers leave of the room for an opportunity's text."""
    metrics = grid.metrics
    used = width(tags, metrics.s, 700) + 3 * metrics.k if tags else 0.0
    return max(10 * metrics.k, room - 2 * metrics.pad - used)


def _chance_tags(grid: Grid, chance: Opportunity) -> str:
    """The numbers of its first actions."""
    actions = grid.contents[chance.touchpoint_id].answers.get(chance.id, [])
    return _tags(actions[:2]) + ("…" if len(actions) > 2 else "")


def _chance_high(grid: Grid, chance: Opportunity, room: float) -> float:
    metrics = grid.metrics
    inner = _chance_room(grid, _chance_tags(grid, chance), room)
    lines = count(chance.text, inner, metrics.s, 500, CHANCE_LINES)
    return max(metrics.opportunity, lines * metrics.s * 1.22 + 4 * metrics.k)


def _chance(cell: Cell, chance: Opportunity, high: float) -> Group:
    grid, room, metrics = cell.grid, cell.room, cell.grid.metrics
    tags = _chance_tags(grid, chance)
    pen, lines = Pen(metrics), wrap(chance.text, _chance_room(grid, tags, room), metrics.s, 500, CHANCE_LINES)
    pen.box(0, 0, room, high, "brand2", None, metrics.radius)
    block = len(lines.lines) * metrics.s * 1.22
    pen.lines(metrics.pad, (high - block) / 2, lines, chance.text, metrics.s, 500, "text", 1.22)
    if tags:
        pen.text(room - metrics.pad, high / 2 + metrics.s * 0.36, tags, metrics.s, 700, "brand", anchor="end")
    actions = grid.at(cell.i).answers.get(chance.id, [])
    link = actions[0].id if actions else None
    meaning = Meaning("opportunity", chance.id, cell.lane.id, chance.touchpoint_id, "text", chance.text, link)
    return pen.group(meaning, 0, 0, room, high)


OPPORTUNITIES: Final = Kind(
    Stack(lambda contents, _lane: contents.opportunities, _chance_high, _chance, gap=3.0, grows=True)
)


# ---------------------------------------------------------------- actions


def _action_parts(grid: Grid, action: Action, room: float) -> tuple[Lines, str]:
    metrics = grid.metrics
    lines = wrap(action.title, room, metrics.s, 500, 3)
    return lines, ", ".join(part for part in (action.owner, days.iso(action.due)) if part)


def _action_high(grid: Grid, action: Action, room: float) -> float:
    metrics = grid.metrics
    lines, foot = _action_parts(grid, action, room)
    return metrics.s * 1.4 + len(lines.lines) * metrics.s * 1.24 + (metrics.s * 1.24 if foot else 0.0)


def _action(cell: Cell, action: Action, high: float) -> Group:
    """Status ring and number, title, owner and date."""
    grid, room, metrics, k = cell.grid, cell.room, cell.grid.metrics, cell.grid.metrics.k
    pen, r = Pen(metrics), metrics.s * 0.38
    pen.add(shapes.progress(r + 0.4 * k, metrics.s * 0.62, r, action.status, "brand", 0.75 * k))
    pen.text(2 * r + 3 * k, metrics.s * 0.98, f"A{action.number}", metrics.s, 700, "brand")
    lines, foot = _action_parts(grid, action, room)
    base = pen.lines(0, metrics.s * 1.4, lines, action.title, metrics.s, 500, "text", 1.24)
    if foot:
        pen.text(0, base + metrics.s * 0.95, foot, metrics.s, 400, "text3", room=room)
    alt = _("Action A{number}: {title}").format(number=action.number, title=action.title)
    meaning = Meaning("action", action.id, cell.lane.id, cell.touchpoint_id, "title", alt)
    return pen.group(meaning, 0, 0, room, high)


ACTIONS: Final = Kind(Stack(lambda contents, _lane: contents.actions, _action_high, _action, gap=5.0, grows=True))
