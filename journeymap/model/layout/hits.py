"""What lies under a point: the uppermost, smallest group; links only where their line is near."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import hypot
from typing import Final

from journeymap.model.picture import Box, Group, Path, Point

_THROUGH: Final = frozenset({"ground", "decoration", "curve"})
"""Roles that nobody means to touch."""


def hit(groups: Iterable[Group], x: float, y: float, near: float) -> Group | None:
    """The group under (x, y); `near` is how far beside a link's line still counts."""
    found: Group | None = None
    for group in groups:
        if group.meaning.role in _THROUGH or not _inside(group, x, y):
            continue
        if group.meaning.role == "link" and not _on_line(group, x - group.x, y - group.y, near):
            continue
        if found is None or (group.layer, -group.width * group.height) > (found.layer, -found.width * found.height):
            found = group
    return found


def _inside(group: Group, x: float, y: float) -> bool:
    return group.x <= x <= group.x + group.width and group.y <= y <= group.y + group.height


def _on_line(group: Group, x: float, y: float, near: float) -> bool:
    for item in group.items:
        if isinstance(item, Box) and item.x <= x <= item.x + item.width and item.y <= y <= item.y + item.height:
            return True
        if isinstance(item, Path):
            ends = [(float(step[-2]), float(step[-1])) for step in item.steps if len(step) > 2]
            if any(_distance((x, y), one, other) <= near for one, other in pairwise(ends)):
                return True
    return False


def _distance(at: Point, one: Point, other: Point) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    t = 0.0 if not length else max(0.0, min(1.0, ((at[0] - one[0]) * dx + (at[1] - one[1]) * dy) / length))
    return hypot(at[0] - one[0] - t * dx, at[1] - one[1] - t * dy)
