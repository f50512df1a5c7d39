"""What a damage must cover: every group that differs, once what has moved is where it stands now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import inf

from msgspec.structs import replace

from journeymap.model.layout import Damage, Layout
from journeymap.model.layout.damage import Slide
from journeymap.model.picture import Box, Group, Line, Path, Picture, Text

_LENGTH = re.compile(r"\d+\.\d{6,}(e-\d+)?|\d+\.\d+")


def missed(damage: Damage, layout: Layout, before: Picture, after: Picture) -> list[Group]:
    """The groups that came, went, changed or moved otherwise than the damage says, and lie outside of it."""
    # The items decide: a group's meaning (its alternative text) is not seen.
    old = {_key(group): group for group in _moved(damage, layout, _parts(before.groups))}
    new = {_key(group): group for group in _parts(after.groups)}
    differing = [old.get(key) or new[key] for key in old.keys() ^ new.keys()]
    return [group for group in differing if not _covered(damage, layout, group)]


def _parts(groups: Iterable[Group]) -> Iterator[Group]:
    """Curves step by step: by how many groups they are drawn is not seen. Words in place of cells as long as they are."""
    for group in groups:
        if group.meaning.role == "prompt":  # a box as long as the row, for the pointer
            ends = [item.x + item.width for item in group.items if isinstance(item, Text)]
            yield replace(group, width=max(ends, default=group.width))
            continue
        if group.meaning.role != "curve":
            yield group
            continue
        for path in group.items:
            assert isinstance(path, Path)
            yield from _steps(group, path)


def _steps(group: Group, path: Path) -> Iterator[Group]:
    """The curved steps of a line or band, each from left to right in a group of its own; a bar, which has none, is one."""
    here, steps = (0.0, 0.0), [(str(step[0]), [float(value) for value in step[1:]]) for step in path.steps]
    if not any(kind == "C" for kind, _values in steps):
        yield _shape(group, path, steps)
        return
    for kind, values in steps:
        if kind == "C":
            points = [*here, *values]
            ordered = points if points[0] < points[-2] else [points[i + n] for i in (6, 4, 2, 0) for n in (0, 1)]
            yield _shape(group, path, [("M", ordered[:2]), ("C", ordered[2:])])
        here = (values[-2], values[-1]) if values else here


def _shape(group: Group, path: Path, steps: list[tuple[str, list[float]]]) -> Group:
    """A group of its own, counted from its own left edge."""
    xs = [x for _kind, values in steps for x in values[::2]]
    moved = tuple((kind, *(x - min(xs) if n % 2 == 0 else x for n, x in enumerate(at))) for kind, at in steps)
    return replace(group, x=group.x + min(xs), width=max(xs) - min(xs), items=(replace(path, steps=moved),))


def _key(group: Group) -> object:
    """By what two groups are alike: place and items."""
    return round(group.x, 6), round(group.y, 6), rounded(group.items)


def rounded(drawn: object) -> str:
    """What is drawn, with lengths rounded: the same sum may have been added up in another order."""
    return _LENGTH.sub(lambda found: f"{float(found[0]):.5f}", repr(drawn))


def _moved(damage: Damage, layout: Layout, groups: Iterable[Group]) -> Iterator[Group]:
    """The old groups where they stand now; what lay on the edge of a stretch, or in none, is stale anyway."""
    for group in groups:
        if _head(layout, group):
            yield group
            continue
        if _named(layout, group) or _unbroken(damage, group):
            dx: float | None = 0.0
        else:
            dx = _inside(damage.across, group.x, group.x + group.width)
        dy = _inside(damage.down, group.y, group.y + group.height)
        if dx is not None and dy is not None:
            yield replace(group, x=group.x + dx, y=group.y + dy)


def _unbroken(damage: Damage, group: Group) -> bool:
    """Whether a ground or a line shows the same after stretches of it have changed places: it is alike all along, ends in
    none of them, and they have moved by whole dashes.
    """
    left, right = group.x, group.x + group.width
    level = all(isinstance(item, Box) or (isinstance(item, Line) and item.y1 == item.y2) for item in group.items)
    if group.meaning.role not in {"divider", "ground", "decoration"} or not level or _open(damage.across, left, right):
        return False
    if _open([one._replace(by=0.0) for one in damage.across], left, right):  # some of it is not taken along
        return False
    moved = [one for one in damage.across if one.by]
    dashes = [sum(item.stroke.dash) for item in group.items if isinstance(item, Line) and item.stroke.dash]
    turns = [one.by / length for one in moved for length in dashes]
    return all(_outside(one, left, right) or _within(one, left, right) for one in moved) and all(
        abs(turn - round(turn)) < 1e-6 for turn in turns
    )


def _outside(slide: Slide, left: float, right: float) -> bool:
    return slide.end <= left + 1e-6 or slide.start >= right - 1e-6


def _within(slide: Slide, left: float, right: float) -> bool:
    return left <= slide.start + 1e-6 and slide.end <= right + 1e-6


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
    if group.meaning.role == "curve" and not _open(damage.down, group.y, foot):
        return _all_of(damage, group)
    if _open(damage.across, group.x, right) or _open(damage.down, group.y, foot):
        return True
    return any(
        r.x < right and group.x < r.x + r.width and r.y < foot and group.y < r.y + r.height for r in damage.rects
    )


def _all_of(damage: Damage, group: Group) -> bool:
    """Whether a step of a curve is stale in all its length: between its ends it is one shape."""
    here = [(r.x, r.x + r.width) for r in damage.rects if r.y < group.y + group.height and group.y < r.y + r.height]
    held = sorted((one.start + one.by, one.end + one.by) for one in damage.across)
    stale = sorted([*here, *zip([-inf, *(end for _, end in held)], [*(start for start, _ in held), inf], strict=True)])
    reached = group.x
    for start, end in stale:
        reached = max(reached, end) if start <= reached + 1e-6 else reached
    return reached >= group.x + group.width - 1e-6


def _open(slides: Iterable[Slide], start: float, end: float) -> bool:
    """Whether some of a stretch is nowhere that anything has come to stand."""
    reached = -inf
    for low, high in sorted((one.start + one.by, one.end + one.by) for one in slides):
        if low > reached + 1e-6 and start < low and end > reached:
            return True
        reached = max(reached, high)
    return end > reached
