"""The figures lane: one chip a figure, with status by shape, value, interval, number of answers, trend and target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from journeymap.model import shapes, wording
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Kind
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Chart, Group, Meaning, Stroke
from journeymap.model.records import Lane
from journeymap.model.text import width

if TYPE_CHECKING:
    from journeymap.model.figures import Figure


def height(grid: Grid, lane: Lane, i: int) -> float:  # noqa: ARG001 - the one lane of figures
    """Height of the chips stacked in column `i`."""
    count = len(grid.figures.at(grid.columns.ids[i]))
    return count * grid.metrics.chip + max(0, count - 1) * grid.metrics.gap * 0.75


def draw(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The chips in column `i`."""
    column, metrics = grid.columns[i], grid.metrics
    found = []
    for step, figure in enumerate(grid.figures.at(column.touchpoint_id)):
        pen = Pen(metrics)
        chip(pen, figure, column.width, metrics.chip)
        record = figure.typed_id or figure.measure_id
        alt = wording.spoken(figure)
        meaning = Meaning("chip", record, lane.id, column.touchpoint_id, alt=alt)
        found.append(pen.group(meaning, 0, step * (metrics.chip + metrics.gap * 0.75), column.width, metrics.chip))
    return found


CHIPS: Final = Kind(height=height, draw=draw, figures=True)


def chip(pen: Pen, figure: Figure, wide: float, high: float) -> None:
    """One figure in a box of `wide` × `high`: hollow where there are few answers, hatched where nobody knows how many."""
    metrics, k, pad = pen.metrics, pen.metrics.k, pen.metrics.pad
    colour = {"met": "met", "open": "open", "missed": "missed"}.get(figure.status, "control")
    if figure.hollow:
        pen.box(0, 0, wide, high, "card", Stroke(colour, metrics.line, (2.4 * k, 1.8 * k)), metrics.radius)
    elif figure.hatched:
        pen.box(0, 0, wide, high, "card", Stroke("border", metrics.line), metrics.radius)
        hatch(pen, 0.0, 0.0, wide, high)
    else:
        ground = "noneb" if figure.status == "none" else f"{figure.status}b"
        pen.box(0, 0, wide, high, ground, None, metrics.radius)
    middle = pad + 3.2 * k
    pen.add(shapes.status(pad + 3 * k, middle, 6 * k, figure.status, hollow=figure.hollow or figure.hatched))
    left = pad + 9 * k
    top = middle + metrics.s * 0.36
    named = pen.text(left, top, figure.name, metrics.s, 500, "text2", room=wide - pad - left)
    base = middle + metrics.s * 0.4 + metrics.l * 1.12
    rest = _value(pen, figure, base, wide)
    if rest and left + named + 2 * k + width(rest, metrics.s, figures=True) <= wide - pad * 0.6:
        pen.text(wide - pad * 0.6, top, rest, metrics.s, 400, "text2", anchor="end", figures=True)
        rest = ""
    _foot(pen, figure, high - pad, wide, colour, rest)


def _value(pen: Pen, figure: Figure, base: float, wide: float) -> str:
    """The value with its interval beside it; returns the interval where there is no room for it."""
    metrics, pad = pen.metrics, pen.metrics.pad
    if figure.value is None:
        pen.text(pad, base, figure.note or "–", metrics.s, 400, "text3", room=wide - 2 * pad)
        return ""
    at = pad + pen.text(pad, base, wording.value(figure), metrics.l, 700, "text", figures=True, room=wide - 2 * pad)
    at += 2.5 * metrics.k
    for words in (wording.interval(figure), wording.half_width(figure)):
        if words and at + width(words, metrics.s, figures=True) <= wide - pad * 0.6:
            pen.text(at, base, words, metrics.s, 400, "text2", figures=True)
            return ""
    return wording.interval(figure)


def _foot(pen: Pen, figure: Figure, base: float, wide: float, colour: str, interval: str) -> None:
    """The number of answers, and the trend; in its place the interval where that stands nowhere else yet."""
    metrics, k, pad = pen.metrics, pen.metrics.k, pen.metrics.pad
    if figure.value is None and figure.n is None:
        return
    words = wording.answers(figure)
    used = pad + pen.text(pad, base, words, metrics.s, 400, "text3", figures=figure.n is not None, room=wide - 2 * pad)
    end = wide - pad * 0.6
    if interval and used + 2 * k + width(interval, metrics.s, figures=True) <= end:
        pen.text(end, base, interval, metrics.s, 400, "text2", anchor="end", figures=True)
        return
    left = max(used + 5 * k, pad + 20 * k)
    room = wide - pad - left - 1.6 * k
    if room < 10 * k:
        return
    top, high = base - metrics.s * 0.95, metrics.s * 0.9
    items = shapes.spark(left, top, (room, high), figure.spark, figure.target, colour, k)
    if items:
        pen.add([Chart("spark", left, top, room, high, figure.spark, figure.target, tuple(items))])


def hatch(pen: Pen, left: float, top: float, wide: float, high: float) -> None:
    """Slanting hairlines over a box: a value that nobody can judge."""
    metrics, step = pen.metrics, 4 * pen.metrics.k
    stroke = Stroke("hair", metrics.hair)
    inset = metrics.radius * 0.35
    at = step
    while at < wide + high:
        x1, y1 = min(at, wide - inset), max(inset, at - wide + inset)
        x2, y2 = max(inset, at - high + inset), min(at, high - inset)
        pen.line(left + x1, top + y1, left + x2, top + y2, stroke)
        at += step
