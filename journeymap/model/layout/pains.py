"""From pain to action: the lanes of pains, opportunities and actions."""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _
from journeymap.model import days, shapes, wording
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Kind, over_neighbour
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Action, Lane, Opportunity, PainPoint
from journeymap.model.text import Lines, count, width, wrap

PAIN_LINES: Final = 6
CHANCE_LINES: Final = 3


def _tags(actions: list[Action]) -> str:
    return ", ".join(f"A{action.number}" for action in actions)


# ---------------------------------------------------------------- pains


def _weight(pain: PainPoint) -> int:
    return 600 if pain.severity >= 5 else 500


def _pain_last(grid: Grid, lane: Lane, i: int) -> int:  # noqa: ARG001 - the one lane of pains
    free = i + 1 < len(grid.columns) and not grid.at(i + 1).pains
    return over_neighbour(grid, i, free=free)


def _pain_lines(grid: Grid, pain: PainPoint, room: float) -> Lines:
    return wrap(pain.text, room - 6.4 * grid.metrics.k, grid.metrics.s, _weight(pain), PAIN_LINES)


def _pain_high(grid: Grid, pain: PainPoint, room: float) -> float:
    metrics = grid.metrics
    lines = count(pain.text, room - 6.4 * metrics.k, metrics.s, _weight(pain), PAIN_LINES)
    return 8.6 * metrics.k + lines * metrics.s * 1.24 + metrics.s * 1.5


def pain_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the pains stacked in column `i`."""
    pains = grid.at(i).pains
    if not pains:
        return 0.0
    room = grid.across(i, _pain_last(grid, lane, i))
    return sum(_pain_high(grid, pain, room) for pain in pains) + (len(pains) - 1) * 5 * grid.metrics.k


def draw_pains(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The pains in column `i`."""
    room = grid.across(i, _pain_last(grid, lane, i))
    found, top = [], 0.0
    for pain in grid.at(i).pains:
        group = _pain(grid, lane, pain, grid.at(i).answers.get(pain.id, []), room)
        found.append(Group(0, top, group.width, group.height, group.meaning, group.items, group.layer))
        top += group.height + 5 * grid.metrics.k
    return found


def _pain(grid: Grid, lane: Lane, pain: PainPoint, actions: list[Action], room: float) -> Group:
    metrics, k = grid.metrics, grid.metrics.k
    pen, left = Pen(metrics), 5.8 * k
    severity = min(5, max(1, pain.severity))
    high = _pain_high(grid, pain, room)
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
    meaning = Meaning("pain", pain.id, lane.id, pain.touchpoint_id, "text", alt, link)
    return pen.group(meaning, 0, 0, room, high)


PAINS: Final = Kind(pain_height, draw_pains, _pain_last)


# ---------------------------------------------------------------- opportunities


def _chance_last(grid: Grid, lane: Lane, i: int) -> int:  # noqa: ARG001 - the one lane of opportunities
    free = i + 1 < len(grid.columns) and not grid.at(i + 1).opportunities
    return over_neighbour(grid, i, free=free)


def _chance_room(grid: Grid, tags: str, room: float) -> float:
    """What its actions' numbers leave of the room for an opportunity's text."""
    metrics = grid.metrics
    used = width(tags, metrics.s, 700) + 3 * metrics.k if tags else 0.0
    return max(10 * metrics.k, room - 2 * metrics.pad - used)


def _chances(grid: Grid, lane: Lane, i: int) -> list[tuple[Opportunity, str, float, float]]:
    """(opportunity, its actions' numbers, room for its text, height) of what is stacked in column `i`."""
    metrics = grid.metrics
    room, contents = grid.across(i, _chance_last(grid, lane, i)), grid.at(i)
    found = []
    for chance in contents.opportunities:
        actions = contents.answers.get(chance.id, [])
        tags = _tags(actions[:2]) + ("…" if len(actions) > 2 else "")
        inner = _chance_room(grid, tags, room)
        lines = count(chance.text, inner, metrics.s, 500, CHANCE_LINES)
        found.append((chance, tags, inner, max(metrics.opportunity, lines * metrics.s * 1.22 + 4 * metrics.k)))
    return found


def chance_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the opportunities stacked in column `i`."""
    if not grid.at(i).opportunities:
        return 0.0
    parts = _chances(grid, lane, i)
    return sum(part[3] for part in parts) + (len(parts) - 1) * 3 * grid.metrics.k


def draw_chances(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The opportunities in column `i`."""
    metrics, room = grid.metrics, grid.across(i, _chance_last(grid, lane, i))
    found, top = [], 0.0
    for chance, tags, inner, high in _chances(grid, lane, i):
        pen, lines = Pen(metrics), wrap(chance.text, inner, metrics.s, 500, CHANCE_LINES)
        pen.box(0, 0, room, high, "brand2", None, metrics.radius)
        block = len(lines.lines) * metrics.s * 1.22
        pen.lines(metrics.pad, (high - block) / 2, lines, chance.text, metrics.s, 500, "text", 1.22)
        if tags:
            pen.text(room - metrics.pad, high / 2 + metrics.s * 0.36, tags, metrics.s, 700, "brand", anchor="end")
        actions = grid.at(i).answers.get(chance.id, [])
        link = actions[0].id if actions else None
        meaning = Meaning("opportunity", chance.id, lane.id, chance.touchpoint_id, "text", chance.text, link)
        found.append(pen.group(meaning, 0, top, room, high))
        top += high + 3 * metrics.k
    return found


OPPORTUNITIES: Final = Kind(chance_height, draw_chances, _chance_last)


# ---------------------------------------------------------------- actions


def _action_last(grid: Grid, lane: Lane, i: int) -> int:  # noqa: ARG001 - the one lane of actions
    free = i + 1 < len(grid.columns) and not grid.at(i + 1).actions
    return over_neighbour(grid, i, free=free)


def _action_parts(grid: Grid, action: Action, room: float) -> tuple[Lines, str]:
    metrics = grid.metrics
    lines = wrap(action.title, room, metrics.s, 500, 3)
    return lines, ", ".join(part for part in (action.owner, days.iso(action.due)) if part)


def _action_high(grid: Grid, action: Action, room: float) -> float:
    metrics = grid.metrics
    lines, foot = _action_parts(grid, action, room)
    return metrics.s * 1.4 + len(lines.lines) * metrics.s * 1.24 + (metrics.s * 1.24 if foot else 0.0)


def action_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the actions stacked in column `i`."""
    actions = grid.at(i).actions
    if not actions:
        return 0.0
    room = grid.across(i, _action_last(grid, lane, i))
    return sum(_action_high(grid, action, room) for action in actions) + (len(actions) - 1) * 5 * grid.metrics.k


def draw_actions(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The actions that answer something at column `i`: status ring and number, title, owner and date."""
    metrics, k = grid.metrics, grid.metrics.k
    room = grid.across(i, _action_last(grid, lane, i))
    found, top = [], 0.0
    for action in grid.at(i).actions:
        pen, high = Pen(metrics), _action_high(grid, action, room)
        r = metrics.s * 0.38
        pen.add(shapes.progress(r + 0.4 * k, metrics.s * 0.62, r, action.status, "brand", 0.75 * k))
        pen.text(2 * r + 3 * k, metrics.s * 0.98, f"A{action.number}", metrics.s, 700, "brand")
        lines, foot = _action_parts(grid, action, room)
        base = pen.lines(0, metrics.s * 1.4, lines, action.title, metrics.s, 500, "text", 1.24)
        if foot:
            pen.text(0, base + metrics.s * 0.95, foot, metrics.s, 400, "text3", room=room)
        alt = _("Action A{number}: {title}").format(number=action.number, title=action.title)
        meaning = Meaning("action", action.id, lane.id, grid.columns.ids[i], "title", alt)
        found.append(pen.group(meaning, 0, top, room, high))
        top += high + 5 * k
    return found


ACTIONS: Final = Kind(action_height, draw_actions, _action_last)
