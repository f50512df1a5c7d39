"""The journey lane's cards: channel, title, number, O and X, moment of truth, and the arrow to the next card."""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _
from journeymap.model import shapes, xo
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Kind
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Lane


def height(grid: Grid, lane: Lane, i: int) -> float:  # noqa: ARG001 - every card is as high
    """Height of a card."""
    return grid.metrics.card


def draw(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The card of column `i` and the arrow behind it."""
    found = [_card(grid, lane, i)]
    if i + 1 < len(grid.columns) and grid.columns[i + 1].number == grid.columns[i].number + 1:
        found.append(_arrow(grid, lane, i))
    return found


CARDS: Final = Kind(height=height, draw=draw, numbered=True, figures=True)


def evidence(grid: Grid, i: int) -> tuple[bool, bool]:
    """Whether column `i` has operational and experience data."""
    known = xo.known(grid.figures, grid.columns.ids[i], grid.everyone)
    return known.what, known.why


def _card(grid: Grid, lane: Lane, i: int) -> Group:
    metrics, column, contents = grid.metrics, grid.columns[i], grid.at(i)
    touchpoint, k, pad = contents.touchpoint, grid.metrics.k, grid.metrics.pad
    wide, high = column.width, metrics.card
    pen = Pen(metrics)
    stroke = Stroke("text", 1.1 * k) if touchpoint.moment_of_truth else Stroke("border", metrics.line)
    pen.box(0, 0, wide, high, "card", stroke, metrics.radius)
    icon = metrics.s * 1.35
    right = wide - pad - (8.4 * k if touchpoint.moment_of_truth else 0)
    if contents.channel is not None:
        shown = pen.icon(contents.channel.icon, pad, pad, icon, "text3")
        left = pad + (icon + 2.2 * k if shown else 0)
        base = pad + icon * 0.5 + metrics.s * 0.36
        pen.text(left, base, contents.channel.name, metrics.s, 400, "text3", room=max(k, right - left))
    if touchpoint.moment_of_truth:
        pen.add([shapes.ribbon(wide - pad, 0, k)])
    top, room = pad + icon + 2.4 * k, wide - 2 * pad + k
    pen.wrapped(pad, top, touchpoint.name, room, metrics.m, 600, "text", 1.18, 2)
    base = high - pad
    pen.text(pad, base, str(column.number), metrics.s, 600, "text3", figures=True)
    operational, experience = evidence(grid, i)
    for step, (there, char) in enumerate(((experience, "X"), (operational, "O"))):
        centre = wide - pad - 4.7 * k - step * 10.6 * k
        pen.add(shapes.letter(centre, base - metrics.s * 0.36, char, metrics.s, k, there=there))
    alt = _("{number}. {name}").format(number=column.number, name=touchpoint.name)
    if contents.channel is not None:
        alt += f", {contents.channel.name}"
    if touchpoint.moment_of_truth:
        alt += ", " + _("moment of truth")
    meaning = Meaning("touchpoint", touchpoint.id, lane.id, touchpoint.id, "name", alt)
    return pen.group(meaning, 0, 0, wide, high)


def _arrow(grid: Grid, lane: Lane, i: int) -> Group:
    metrics, k = grid.metrics, grid.metrics.k
    start = grid.columns[i].x + grid.columns[i].width
    room = round(grid.columns[i + 1].x - start, 6)
    pen = Pen(metrics)
    y = 2.5 * k
    pen.line(0.4 * k, y, room - 2.6 * k, y, Stroke("control", metrics.line))
    pen.add([shapes.head(room - 0.6 * k, y, 1, 0, 3.4 * k, "control")])
    meaning = Meaning("decoration", None, lane.id, grid.columns.ids[i])
    return pen.group(meaning, grid.columns[i].width, metrics.card / 2 - y, room, 2 * y)
