"""Where two rows of columns differ, so that a new order is taken in only there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from journeymap.model.layout.columns import Column, Columns
from journeymap.model.records import Id

FEW: Final = 24
"""Of more columns that have changed places the picture is not put together from pieces."""


class Window(NamedTuple):
    """Where two rows of columns differ: `before` columns after the first `same` were replaced by `after` columns.

    `left` … `right` is the ground on which something stands elsewhere now, phases included. `shifted`: what stands
    behind the columns has another place or number. `regrounded`: phases are wider, or narrower, or stand elsewhere.
    """

    same: int
    before: list[Column]
    after: list[Column]
    left: float = 0.0
    right: float = 0.0
    shifted: bool = True
    regrounded: bool = False

    @property
    def last(self) -> int:
        """The last of the `after` columns."""
        return self.same + len(self.after) - 1

    @property
    def was(self) -> int:
        """The last of the `before` columns."""
        return self.same + len(self.before) - 1

    def now(self, i: int) -> int:
        """Where a column outside of the window stands now."""
        return i if i <= self.was else i + len(self.after) - len(self.before)

    @property
    def stands(self) -> bool:
        """Whether the first of the columns is one that stands where it stood, and what has changed lies behind it."""
        return bool(self.before and self.after) and self.before[0] == self.after[0]

    @property
    def follows(self) -> bool:
        """Whether the last of the columns is one before which lies what has changed; it may stand elsewhere."""
        if not self.before or not self.after:
            return False
        old, new = self.before[-1], self.after[-1]
        return old.touchpoint_id == new.touchpoint_id and old.phase_id == new.phase_id

    @property
    def by(self) -> float:
        """How far the columns behind have moved."""
        return self.after[-1].x - self.before[-1].x if self.follows else 0.0

    @property
    def inner(self) -> range:
        """The columns between those that stand where they stood, as they are numbered now."""
        return range(self.same + self.stands, self.last + 1 - self.follows)

    def turned(self) -> list[tuple[Column, Column]]:
        """Where a few columns of one phase have only changed places: each as it was and as it is, from left to right as
        they were. Else nothing.
        """
        stands, follows = int(self.stands), int(self.follows)
        before, after = self.before[stands : len(self.before) - follows], self.after[stands : len(self.after) - follows]
        phases = {one.phase_id for one in (*before, *after)}
        now = {one.touchpoint_id: one for one in after}
        if self.shifted or self.regrounded or self.by or len(phases) != 1 or not len(before) == len(after) <= FEW:
            return []
        turned = [(one, now[one.touchpoint_id]) for one in before if one.touchpoint_id in now]
        return turned if len(turned) == len(before) else []

    def strangers(self) -> set[Id]:
        """The touchpoints that came or went."""
        return {one.touchpoint_id for one in self.before} ^ {one.touchpoint_id for one in self.after}

    def parted(self) -> set[Id]:
        """The touchpoints behind which something else stands now, or at another distance."""
        old: dict[Id, tuple[Column, Column | None]] = {
            one.touchpoint_id: (one, other) for one, other in _pairs(self.before)
        }
        found = set()
        for one, other in _pairs(self.after):
            known = old.get(one.touchpoint_id)
            if known is None or not _as_far(one, other, known[0], known[1]):
                found.add(one.touchpoint_id)
        return found


def _pairs(columns: list[Column]) -> Iterable[tuple[Column, Column | None]]:
    return zip(columns, [*columns[1:], None], strict=True) if columns else ()


def _as_far(one: Column, other: Column | None, before: Column, behind: Column | None) -> bool:
    """Whether the same column stands behind, as far away, and in the same phase or in another one as before."""
    if other is None or behind is None:
        return other is behind
    return (
        other.touchpoint_id == behind.touchpoint_id
        and abs((other.x - one.x) - (behind.x - before.x)) < 1e-6
        and other.number - one.number == behind.number - before.number  # nothing came or went that is not shown
        and (one.phase_id == other.phase_id) == (before.phase_id == behind.phase_id)
    )


def window(before: Columns, after: Columns, same: int = 0, tail: int = 0) -> Window:
    """What differs between two rows of columns, with one column more on either side.

    The first `same` columns are known to be equal, the last `tail` to be alike but for where they stand.
    """
    least = min(len(before), len(after))
    while same < least - tail and before[same] == after[same]:
        same += 1
    shift = after[-1].x - before[-1].x if least else 0.0
    count = after[-1].number - before[-1].number if least else 0
    while tail < least - same and _alike(before[-1 - tail], after[-1 - tail], shift, count):
        tail += 1
    first, rest = max(0, same - 1), max(0, tail - 1)
    return Window(first, before[first : len(before) - rest], after[first : len(after) - rest])


def _alike(one: Column, other: Column, shift: float, count: int) -> bool:
    """Whether a column is the same, `shift` further on; what is kept of a drawing that has not moved must fit to the last bit."""
    return (
        one.touchpoint_id == other.touchpoint_id
        and one.phase_id == other.phase_id
        and (abs(other.x - one.x - shift) < 1e-6 if shift else other.x == one.x)
        and other.number - one.number == count
    )
