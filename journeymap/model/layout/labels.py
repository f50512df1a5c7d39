"""Words at the emotion curves: who it is, peak, trough and ending, each where it hides least.

A place is looked for in units counted from the middle of the label's column, so that a label whose column has only moved is known.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model import wording
from journeymap.model.curves import samples
from journeymap.model.layout.grid import Grid, Rect
from journeymap.model.layout.moods import LINES, Mark, Moods
from journeymap.model.layout.pen import Pen, Words
from journeymap.model.picture import Group, Meaning, Point
from journeymap.model.records import Lane
from journeymap.model.text import fit, width

_REACH = 4
"""Columns to either side whose curves a label looks at."""

APART = 4 * _REACH
"""Further away than so many columns a label does not depend on anything: where it may stand, and what it is as wide as."""

_DIGITS = 6
"""Places are rounded to so many, so that they are the same numbers wherever the column stands."""


class _Want(NamedTuple):
    """A label to place: at a point of a row, with the places to try in order of liking; `ringed`: so is the point."""

    mark: Mark
    value: float
    parts: tuple[Words, ...]
    full: str
    tries: tuple[str, ...]
    ringed: bool = True


class _Room(NamedTuple):
    """What is around a label, from the middle of its column: where the drawing ends, as far as the label can reach, and
    the labels before it.
    """

    left: float
    right: float
    placed: tuple[Rect, ...]


def labels(
    grid: Grid, lane: Lane, moods: Moods, level: Callable[[float], float], memory: dict[object, Group | None]
) -> Iterator[Group]:
    """The labels of all personas, placed one after the other; `memory` keeps those whose surroundings stay the same."""
    fresh: dict[object, Group | None] = {}
    placed: list[Rect] = []
    for want in [want for mark in marked(grid, moods) for want in _wants(grid, moods, mark)]:
        column, middle, room = want.mark.column, grid.middle(want.mark.column), _room(grid, want, placed)
        key = (want._replace(mark=want.mark._replace(column=0)), _surroundings(grid, moods, column), room)
        if key not in memory:
            memory[key] = _placed(grid, lane, moods, level, want, room)
        known = fresh[key] = memory[key]
        if known is not None:
            group = replace(known, x=middle + known.x)
            placed.append(Rect(group.x, group.y, group.width, group.height))
            yield group
    memory.clear()
    memory.update(fresh)


def marked(grid: Grid, moods: Moods) -> list[Mark]:
    """What gets a label, in the order in which they are placed: peaks, troughs and endings; where a persona's curve begins
    (no kind); where what is aimed at ends ("aim").
    """
    people = range(len(grid.personas))
    first = [moods.visited(row, -1, 1) for row in people if grid.metrics.level == "full"]
    names = [Mark(row, i, ()) for row, i in enumerate(first) if i is not None]
    aims = [Mark(row, points[-1], ("aim",)) for row in people if (points := moods.points(row, "aimed"))]
    return [*moods.marks(), *names, *aims]


def _wants(grid: Grid, moods: Moods, mark: Mark) -> Iterator[_Want]:
    match mark.kinds:
        case ():
            yield from _name(grid, moods, mark)
        case ("aim",):
            yield from _aim(grid, moods, mark)
        case _:
            yield from _words(grid, moods, mark)


def _surroundings(grid: Grid, moods: Moods, column: int) -> object:
    """What the place of a label at `column` depends on: where the columns are and what is felt there."""
    low, high = max(0, column - _REACH), column + _REACH + 1
    known = tuple(tuple(tuple(moods.line(row, line)[low:high]) for line in LINES) for row in range(len(moods.assumed)))
    places = tuple(_from(grid, column, i) for i in range(low, min(high, len(grid.columns))))
    return known, places, grid.columns.ids[column], tuple(grid.personas)


def _from(grid: Grid, column: int, i: int) -> float:
    """How far the middle of column `i` lies from that of `column`."""
    return round(grid.middle(i) - grid.middle(column), _DIGITS)


def _room(grid: Grid, want: _Want, placed: list[Rect]) -> _Room:
    """The room of a label; what is farther away than it is wide, beside its column, does not matter."""
    middle = grid.middle(want.mark.column)
    reach = sum(width(words, size, weight) for words, size, weight, _ in want.parts) + grid.metrics.pitch
    rects = (
        rect._replace(x=round(rect.x - middle, _DIGITS))
        for rect in placed
        if rect.x < middle + reach and rect.x + rect.width > middle - reach
    )
    left, right = max(grid.left - middle, -reach), min(grid.right - middle, reach)
    return _Room(round(left, _DIGITS), round(right, _DIGITS), tuple(rects))


def _words(grid: Grid, moods: Moods, mark: Mark) -> Iterator[_Want]:
    metrics, value = grid.metrics, moods.value(mark.row, mark.column)
    if value is None:
        return
    names = {"peak": _("peak"), "trough": _("trough"), "ending": _("ending")}
    colour = f"p{(moods.persona(mark.row).hue - 1) % 6 + 1}t"
    kinds = ", ".join(names[kind] for kind in mark.kinds)
    emotion = moods.assumed[mark.row][mark.column]
    note = emotion.note if emotion is not None else ""
    gap = "\N{NO-BREAK SPACE}"
    parts: list[Words] = [
        (wording.mood(value), metrics.m, 700, colour),
        (gap + kinds + (":" if note else ""), metrics.s, 600, colour),
    ]
    full = ""
    if note:
        room = max(2.2 * metrics.pitch, 40 * metrics.k)
        lines = fit(note, room, metrics.s, 400)
        full = note if lines.cut else ""
        parts.append((gap + lines.lines[0], metrics.s, 400, "text2"))
    if metrics.level == "summary":
        parts, full = [(wording.mood(value), metrics.l, 700, colour)], ""
    if "trough" in mark.kinds:
        tries = ("below", "downright", "downleft", "right", "left", "upright", "upleft", "above")
    elif "peak" in mark.kinds:
        tries = ("above", "upleft", "upright", "right", "left", "downright", "downleft", "below")
    else:
        tries = ("upleft", "above", "downleft", "below", "upright", "downright", "left", "right")
    yield _Want(mark, value, tuple(parts), full, tries)


def _name(grid: Grid, moods: Moods, mark: Mark) -> Iterator[_Want]:
    """The persona's name at the start of her curve."""
    persona, at = moods.persona(mark.row), (mark.row, mark.column)
    if not persona.name:
        return
    colour = f"p{(persona.hue - 1) % 6 + 1}t"
    lines = fit(persona.name, 1.6 * grid.metrics.pitch, grid.metrics.m, 600)
    parts: tuple[Words, ...] = ((lines.lines[0], grid.metrics.m, 600, colour),)
    yield _Want(
        mark,
        moods.value(*at) or 0.0,
        parts,
        persona.name if lines.cut else "",
        ("left", "above", "below", "upleft", "downleft", "right"),
        ringed=any((other.row, other.column) == at for other in moods.marks()),
    )


def _aim(grid: Grid, moods: Moods, mark: Mark) -> Iterator[_Want]:
    """Where the dotted curve ends, what it is: the state that is aimed at."""
    aim = moods.aimed[mark.row][mark.column]
    if aim is None:
        return
    metrics, colour = grid.metrics, f"p{(moods.persona(mark.row).hue - 1) % 6 + 1}t"
    parts: list[Words] = [(wording.mood(aim.value), metrics.s, 600, colour)]
    if metrics.level == "full":
        parts.append(("\N{NO-BREAK SPACE}" + _("to-be"), metrics.s, 600, colour))
    tries = ("upright", "right", "above", "downright", "below", "upleft", "downleft", "left")
    yield _Want(mark, aim.value, tuple(parts), "", tries)


def _placed(
    grid: Grid, lane: Lane, moods: Moods, level: Callable[[float], float], want: _Want, room: _Room
) -> Group | None:
    """The label where it hides least: in full, without its note, or the value alone; None where even that hides another."""
    metrics, k, mark = grid.metrics, grid.metrics.k, want.mark
    at = (0.0, level(want.value))
    lines = sorted(_lines(grid, moods, mark.column, level))
    away = (10.5 if want.ringed else 5.2) * k
    for count in range(len(want.parts), 0, -1):
        parts = want.parts[:count]
        wide, high = sum(width(words, size, weight) for words, size, weight, _ in parts), parts[0][1] * 1.15
        if wide > room.right - room.left - 2 * k:
            continue
        best = _best(grid, at, (wide, high), want.tries, room, lines, away)
        outside = best.y < -1e-6 or best.y + high > metrics.emotion + 1e-6
        if outside or any(_meet(best, other) for other in room.placed):
            continue
        crossed = any(best.x < px < best.x + wide and best.y < py < best.y + high for px, py in lines)
        rules = any(best.y < level(step) < best.y + high for step in (-2, -1, 0, 1, 2))
        pen = Pen(metrics)
        pen.runs(0, parts[0][1] * 0.86, parts, "wash" if crossed or rules else None)
        if want.full or count < len(want.parts):
            pen.mark_cut(want.full or want.parts[-1][0].strip())
        return pen.group(_meaning(grid, lane, moods, want), best.x, best.y, wide, high, 4)
    return None


def _meaning(grid: Grid, lane: Lane, moods: Moods, want: _Want) -> Meaning:
    mark = want.mark
    record, persona = moods.assumed[mark.row][mark.column], moods.persona(mark.row)
    record = moods.aimed[mark.row][mark.column] if "aim" in mark.kinds else record
    alt = persona.name + ": " + "".join(part[0] for part in want.parts) if mark.kinds else persona.name
    column = grid.columns.ids[mark.column]
    return Meaning("emotion", record.id if record is not None else persona.id, lane.id, column, "note", alt)


def _meet(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _lines(grid: Grid, moods: Moods, column: int, level: Callable[[float], float]) -> list[Point]:
    """Points along all curves near a column, and every marker there, from its middle."""
    low, high = max(0, column - _REACH), min(len(grid.columns), column + _REACH + 1)
    found: list[Point] = []
    for row in range(len(grid.personas)):
        measured = [(i, felt.value) for i in range(low, high) if (felt := moods.measured[row][i]) is not None]
        assumed = [(i, one.value) for i in range(low, high) if (one := moods.assumed[row][i]) is not None]
        for i, value in dict([*assumed, *measured]).items():
            found += _round(_from(grid, column, i), level(value), 4.4 * grid.metrics.k)
        aimed = [(i, one.value) for i in range(low, high) if (one := moods.aimed[row][i]) is not None]
        former = [(i, was) for i in range(low, high) if (was := moods.former[row][i]) is not None]
        for i, value in aimed:
            found += _round(_from(grid, column, i), level(value), 3 * grid.metrics.k)
        for values in (measured, assumed, aimed, former):
            found += samples([(_from(grid, column, i), level(value)) for i, value in values])
    return found


def _round(x: float, y: float, r: float) -> list[Point]:
    """Points that stand for a marker: to hide it costs more than to cross a line."""
    return [(x + dx * r, y + dy * r) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


def _best(
    grid: Grid,
    at: Point,
    size: tuple[float, float],
    tries: tuple[str, ...],
    room: _Room,
    lines: list[Point],
    away: float,
) -> Rect:
    """The place that hides least: a point of a curve costs 1, another label 100, leaving the lane 50, liking decides."""
    k, (x, y), (wide, high) = grid.metrics.k, at, size
    side = away + 0.5 * k
    places = {
        "above": (x - wide / 2, y - away - high), "below": (x - wide / 2, y + away),
        "right": (x + side, y - high / 2), "left": (x - side - wide, y - high / 2),
        "upright": (x + 3 * k, y - away - high), "upleft": (x - 3 * k - wide, y - away - high),
        "downright": (x + 3 * k, y + away), "downleft": (x - 3 * k - wide, y + away),
    }  # fmt: skip
    best, least = Rect(x, y, wide, high), float("inf")
    xs = [px for px, _ in lines]
    for liking, name in enumerate(tries):
        for slip in (0.0, -high * 0.9, high * 0.9):
            left, top = places[name][0], places[name][1] + slip
            left = min(max(left, room.left + k), max(room.left + k, room.right - wide - k))
            over = max(-top, top + high - grid.metrics.emotion)
            if 0 < over <= 4 * k:
                top += over if top < 0 else -over
            cost = liking * 0.1 + (1.5 if slip else 0.0)
            near = lines[bisect_right(xs, left - k) : bisect_left(xs, left + wide + k)]
            cost += sum(top < py < top + high for _, py in near)
            cost += 100 * sum(_meet(Rect(left, top, wide, high), other) for other in room.placed)
            cost += 50 * (top < -1e-6 or top + high > grid.metrics.emotion + 1e-6)
            if cost < least:
                best, least = Rect(left, top, wide, high), cost
    return best
