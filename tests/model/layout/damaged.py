"""What a damage must cover: every group that differs, once what has moved is where it stands now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from journeymap.model.layout import Damage, Layout
from journeymap.model.layout.damage import Slide
from journeymap.model.picture import Group, Picture

_LENGTH = re.compile(r"\d+\.\d{6,}(e-\d+)?|\d+\.\d+")


def missed(damage: Damage, layout: Layout, before: Picture, after: Picture) -> list[Group]:
    """The groups that came, went, changed or moved otherwise than the damage says, and lie outside of it."""
    # The items decide: a group's meaning (its alternative text) is not seen.
    old = {_key(group): group for group in _moved(damage, layout, before.groups)}
    new = {_key(group): group for group in after.groups}
    differing = [old.get(key) or new[key] for key in old.keys() ^ new.keys()]
    return [group for group in differing if not _covered(damage, layout, group)]


def _key(group: Group) -> object:
    """Place and items, with lengths rounded: a sum of places depends on the order of its parts."""
    return round(group.x, 6), round(group.y, 6), _LENGTH.sub(lambda found: f"{float(found[0]):.5f}", repr(group.items))


def _moved(damage: Damage, layout: Layout, groups: Iterable[Group]) -> Iterator[Group]:
    """The old groups where they stand now; what lay on the edge of a stretch, or in none, is stale anyway."""
    for group in groups:
        if _head(layout, group):
            yield group
            continue
        dx = 0.0 if _named(layout, group) else _inside(damage.across, group.x, group.x + group.width)
        dy = _inside(damage.down, group.y, group.y + group.height)
        if dx is not None and dy is not None:
            yield replace(group, x=group.x + dx, y=group.y + dy)


def _inside(slides: Iterable[Slide], start: float, end: float) -> float | None:
    return next((one.by for one in slides if one.start - 1e-6 <= start and end <= one.end + 1e-6), None)


def _head(layout: Layout, group: Group) -> bool:
    return group.meaning.role == "phase" and group.y < layout.head_height


def _named(layout: Layout, group: Group) -> bool:
    return group.x < layout.names_width and group.x + group.width <= layout.names_width


def _covered(damage: Damage, layout: Layout, group: Group) -> bool:
    right, foot = group.x + group.width, group.y + group.height
    if _head(layout, group):
        return damage.head
    if _named(layout, group):
        return damage.names or _open(damage.down, group.y, foot)
    if _open(damage.across, group.x, right) or _open(damage.down, group.y, foot):
        return True
    return any(
        r.x < right and group.x < r.x + r.width and r.y < foot and group.y < r.y + r.height for r in damage.rects
    )


def _open(slides: Iterable[Slide], start: float, end: float) -> bool:
    """Whether some of a stretch is nowhere that anything has come to stand."""
    reached = -inf
    for low, high in sorted((one.start + one.by, one.end + one.by) for one in slides):
        if low > reached + 1e-6 and start < low and end > reached:
            return True
        reached = max(reached, high)
    return end > reached
