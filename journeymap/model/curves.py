"""Curves that say no more than the data: monotone cubics as Béziers, bands between two of them, rounded polylines.

Monotone cubic after F. N. Fritsch and R. E. Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17
(1980): slopes are the mean of the neighbouring secants, zero at extremes, and kept inside the square 0 … 3 of the
monotone region. The square (their set S1) lets every slope depend on its two neighbours alone, so that one edit
changes a few segments and not the whole curve.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

from journeymap.model.picture import Point

Step: TypeAlias = tuple[str | float, ...]
Bezier: TypeAlias = tuple[Point, Point, Point]
"""Two control points and the end."""


def slopes(points: Sequence[Point]) -> list[float]:
    """The slope at each point; x strictly ascending."""
    count = len(points)
    if count < 2:
        return [0.0] * count
    secants = [(points[i + 1][1] - points[i][1]) / (points[i + 1][0] - points[i][0]) for i in range(count - 1)]
    found = [secants[0]]
    for before, after in pairwise(secants):
        if before * after <= 0:
            found.append(0.0)
            continue
        mean, most = (before + after) / 2, 3 * min(abs(before), abs(after))
        found.append(max(-most, min(most, mean)))
    found.append(secants[-1])
    return found


def monotone(points: Sequence[Point]) -> list[Bezier]:
    """Bézier segments through `points` (x strictly ascending) that never leave the range of their two ends."""
    tangents = slopes(points)
    found = []
    for i in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        third = (x1 - x0) / 3
        low, high = min(y0, y1), max(y0, y1)
        first = min(high, max(low, y0 + tangents[i] * third))
        second = min(high, max(low, y1 - tangents[i + 1] * third))
        found.append(((x0 + third, first), (x1 - third, second), (x1, y1)))
    return found


def curve(points: Sequence[Point], segments: Sequence[Bezier] | None = None) -> tuple[Step, ...]:
    """Path steps of the monotone curve through `points`."""
    segments = monotone(points) if segments is None else segments
    steps: list[Step] = [("M", *points[0])]
    steps += [("C", *first, *second, *end) for first, second, end in segments]
    return tuple(steps)


def bands(
    upper: Sequence[Point], lower: Sequence[Point], first: int = 0, last: int | None = None
) -> Iterator[tuple[Step, ...]]:
    """Closed bands between two monotone curves over the same x, from point `first` to point `last`: one for every stretch
    in which there is something between them.
    """
    over, under = monotone(upper), monotone(lower)
    segments = range(first, len(over) if last is None else last)
    for differ, stretch in groupby(segments, lambda n: (upper[n], over[n]) != (lower[n], under[n])):
        if differ:
            inside = [*stretch]
            steps: list[Step] = [("M", *upper[inside[0]])]
            steps += [("C", *a, *b, *end) for a, b, end in (over[n] for n in inside)]
            steps.append(("L", *lower[inside[-1] + 1]))
            steps += [("C", *b, *a, *lower[n]) for n in reversed(inside) for a, b, _end in (under[n],)]
            yield (*steps, ("Z",))


def samples(points: Sequence[Point], each: int = 12) -> list[Point]:
    """Points along the monotone curve, `each` a segment."""
    found: list[Point] = []
    for (x0, y0), ((x1, y1), (x2, y2), (x3, y3)) in zip(points, monotone(points), strict=False):
        for step in range(each):
            t = step / each
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return [*found, points[-1]] if points else found


def rounded(points: Sequence[Point], radius: float) -> tuple[Step, ...]:
    """A polyline whose corners are rounded, at most by half of the shorter side."""
    steps: list[Step] = [("M", *points[0])]
    for (x0, y0), (x1, y1), (x2, y2) in zip(points, points[1:], points[2:], strict=False):
        before = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        after = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        size = min(radius, before / 2, after / 2)
        if size <= 0:
            steps.append(("L", x1, y1))
            continue
        ax, ay = x1 - (x1 - x0) / before * size, y1 - (y1 - y0) / before * size
        bx, by = x1 + (x2 - x1) / after * size, y1 + (y2 - y1) / after * size
        # A quadratic corner (control at the corner itself) raised to a cubic.
        steps.append(("L", ax, ay))
        steps.append(
            (
                "C",
                ax + (x1 - ax) * 2 / 3,
                ay + (y1 - ay) * 2 / 3,
                bx + (x1 - bx) * 2 / 3,
                by + (y1 - by) * 2 / 3,
                bx,
                by,
            )
        )
    steps.append(("L", *points[-1]))
    return tuple(steps)
