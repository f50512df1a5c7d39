"""The curves of the emotion lane: assumed dashed, measured solid with its 95 % band, never mixed; to-be dotted beside
as-is, as-is grey beside to-be.

Curves are drawn in chunks of columns, so that an edit on a long map redraws one chunk; a slope depends on its two
neighbours alone (see `model.curves`). Heights are below the lane's upper edge.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from journeymap.model.curves import Step, bands, curve, monotone
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.moods import LINES, Moods
from journeymap.model.metrics import Metrics
from journeymap.model.picture import Group, Meaning, Path, Point, Stroke
from journeymap.model.records import Id

CHUNK: Final = 16
"""Columns a chunk: so many are drawn up anew by an edit. Where chunks meet, dashes begin anew behind the marker."""

SCALE: Final = 2.5
"""The lane shows −2.5 … +2.5."""


def dots(k: float) -> tuple[float, float]:
    """The dots of a curve that is aimed at."""
    return 0.1 * k, 3.2 * k


def level(metrics: Metrics, mood: float) -> float:
    """The height at which a mood lies."""
    return metrics.emotion * (SCALE - mood) / (2 * SCALE)


def mood(metrics: Metrics, y: float) -> float:
    """The mood at a height."""
    return SCALE - y * 2 * SCALE / metrics.emotion


def chunk(grid: Grid, lane_id: Id, moods: Moods, row: int, number: int) -> Iterator[Group]:
    """Band, assumed and measured line of one persona over one chunk; segments belong to where they begin."""
    k, metrics, persona = grid.metrics.k, grid.metrics, moods.persona(row)
    colour = f"p{(persona.hue - 1) % 6 + 1}"
    first, last = number * CHUNK, min((number + 1) * CHUNK, len(grid.columns))
    window = _reach(moods, row, first, last)
    bands: list[Path] = []
    lines: list[Path] = []
    assumed = [(i, one.value) for i in range(*window) if (one := moods.assumed[row][i]) is not None]
    lines += _others(grid, moods, row, (first, last), window, colour)
    dashed = _line(grid, assumed, first, last)
    if dashed:
        lines.append(Path(dashed, None, Stroke(colour, 0.95 * k, (3 * k, 2.4 * k)), 0.8))
    for run in _runs(moods, row, window):
        bands += _band(grid, moods, row, run, (first, last), colour)
        felt = [(i, real.value) for i in run if (real := moods.measured[row][i]) is not None]
        solid = _line(grid, felt, first, last)
        if solid:
            lines.append(Path(solid, None, Stroke(colour, 1.9 * k, cap="round")))
    if not bands and not lines:
        return
    xs = [float(part) for path in (*bands, *lines) for step in path.steps for part in step[1::2]]
    x, edge = min(xs) - 3 * k, 3 * k
    meaning = Meaning("curve", persona.id, lane_id, alt=persona.name)
    for layer, paths in ((2, bands), (3, lines)):
        if paths:
            items = tuple(_shifted(path, -x) for path in paths)
            yield Group(x, 0, max(xs) - x + edge, metrics.emotion, meaning, items, layer)


def _others(
    grid: Grid, moods: Moods, row: int, ends: tuple[int, int], window: tuple[int, int], colour: str
) -> Iterator[Path]:
    """What is felt in the other state: grey what was, in dots what is aimed at."""
    k, (first, last) = grid.metrics.k, ends
    if moods.points(row, "former"):
        known = [(i, value) for i in range(*window) if (value := moods.former[row][i]) is not None]
        steps = _line(grid, known, first, last)
        if steps:
            yield Path(steps, None, Stroke("control", 0.95 * k), 0.7)
    if moods.points(row, "aimed"):
        aims = [(i, one.value) for i in range(*window) if (one := moods.aimed[row][i]) is not None]
        steps = _line(grid, aims, first, last)
        if steps:
            yield Path(steps, None, Stroke(colour, 1.5 * k, dots(k), cap="round"))


def _runs(moods: Moods, row: int, window: tuple[int, int]) -> list[list[int]]:
    """Measured stretches in a window; they break where the persona comes by without being measured."""
    found: list[list[int]] = []
    for i in range(*window):
        if moods.measured[row][i] is None:
            continue
        before = moods.visited(row, i, -1) if found else None
        if before is not None and found[-1][-1] == before:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def _reach(moods: Moods, row: int, first: int, last: int) -> tuple[int, int]:
    """From two points before the columns first … last − 1 to three behind them, counted in each curve: all that their
    segments depend on.
    """
    low, high = first, last - 1
    for line in LINES:
        # Only points widen the window: a long map without any measured mood must not be drawn in whole.
        points = moods.points(row, line)
        before, behind = bisect_left(points, first), bisect_left(points, last)
        low = min([low, *points[max(0, before - 2) : before]])
        high = max([high, *points[behind : behind + 3]])
    return low, high + 1


def _points(grid: Grid, values: Sequence[tuple[int, float]]) -> list[Point]:
    return [(grid.middle(i), level(grid.metrics, value)) for i, value in values]


def _inside(columns: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """The segments that begin inside the chunk: (first, last + 1) in the counting of the points."""
    found = [n for n in range(len(columns) - 1) if first <= columns[n] < last]
    return (found[0], found[-1] + 1) if found else None


def _line(grid: Grid, values: Sequence[tuple[int, float]], first: int, last: int) -> tuple[Step, ...]:
    """The part of the curve through `values` whose segments begin inside the chunk."""
    inside = _inside([i for i, _ in values], first, last)
    if inside is None:
        return ()
    points = _points(grid, values)
    return curve([points[inside[0]]], monotone(points)[inside[0] : inside[1]])


def _band(grid: Grid, moods: Moods, row: int, run: list[int], ends: tuple[int, int], colour: str) -> list[Path]:
    """The 95 % band of a measured stretch; a single point has a bar. Where an interval is unknown it has no width."""
    highs: list[tuple[int, float]] = []
    lows: list[tuple[int, float]] = []
    for i in run:
        felt = moods.measured[row][i]
        if felt is not None:
            highs.append((i, felt.value if felt.high is None else min(SCALE, felt.high)))
            lows.append((i, felt.value if felt.low is None else max(-SCALE, felt.low)))
    if highs == lows:
        return []
    upper, lower = _points(grid, highs), _points(grid, lows)
    if len(run) == 1:
        if not ends[0] <= run[0] < ends[1]:
            return []
        (x, top), (_, foot), half = upper[0], lower[0], 2.5 * grid.metrics.k
        corners = ((x - half, top), (x + half, top), (x + half, foot), (x - half, foot))
        return [Path((("M", *corners[0]), *(("L", *corner) for corner in corners[1:]), ("Z",)), colour, None, 0.2)]
    inside = _inside(run, *ends)
    found = bands(upper, lower, *inside) if inside is not None else ()
    return [Path(steps, colour, None, 0.15) for steps in found]


def _shifted(path: Path, dx: float) -> Path:
    steps = tuple(
        (step[0], *(float(part) + dx if n % 2 == 0 else part for n, part in enumerate(step[1:]))) for step in path.steps
    )
    return replace(path, steps=steps)
