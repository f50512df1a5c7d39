"""Which groups are not shown: those below the privacy limit, and those that would give a hidden one away.

Whoever knows a total and all parts but one knows that part. So where a group is hidden, the next smallest of its family
goes with it, until at least two are hidden and together they reach the limit: "complementary suppression" (Willenborg
and de Waal, Elements of Statistical Disclosure Control (2001), chapter 4). A family is what adds up to a figure that
is shown elsewhere: the values of a segment column in a period, the periods of a group within a longer one.

Ten answers are asked for where employees answered: they can be told apart more easily than customers (domain D12).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from typing import Final, TypeVar

from journeymap.i18n import _, ngettext
from journeymap.model.cube import UNDATED
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Id, Map
from journeymap.model.tally import Length, Period, period_at

K = TypeVar("K", bound=Hashable)

CUSTOMERS: Final = 5
EMPLOYEES: Final = 10
"""The smallest group that is shown; the map's own limit can only be higher."""
PEOPLE: Final = "people"
"""The entry in the account of a data set that says who answered."""

_WITHIN: Final[Mapping[Length, tuple[Length, ...]]] = {
    "day": ("week", "month"), "week": (), "month": ("quarter", "fiscal"), "quarter": ("year", "fiscal"), "year": (), "fiscal": (),
}  # fmt: skip
"""The next longer periods that each lies within. What lies within those lies within longer ones all the more."""


def limit(document: Document, data_set_id: Id | None = None) -> int:
    """Smaller groups than this are not shown: the map's limit, and for employees no less than theirs."""
    data_set = document.get(DataSet, data_set_id)
    least = EMPLOYEES if data_set is not None and _employees(data_set.account) else CUSTOMERS
    return max([least, *(map_.privacy_limit for map_ in document.all(Map))])


@lru_cache(maxsize=256)
def _employees(account: str) -> bool:
    try:
        return bool(json.loads(account)[PEOPLE] == "employees")
    except (ValueError, KeyError, TypeError):
        return False


def hidden(sizes: Mapping[K, int], families: Iterable[Sequence[K]], least: int) -> set[K]:
    """The keys of the groups that are not shown. `sizes`: answers by group; empty groups give nothing away."""
    gone = {key for key, n in sizes.items() if 0 < n < least}
    if not gone:
        return gone
    members = [[key for key in family if sizes.get(key, 0) > 0] for family in families]
    standing = [_Family(len(family), [sizes[key] for key in family if key in gone], least) for family in members]
    homes: dict[K, list[int]] = defaultdict(list)
    for place, family in enumerate(members):
        for key in family:
            homes[key].append(place)
    waiting = [place for place, family in enumerate(standing) if family.exposed]  # a heap: a rising list is one
    helps = Counter(key for place in waiting for key in members[place])
    while waiting:
        if not standing[waiting[0]].exposed:
            heappop(waiting)
            continue
        shown = (key for key in members[waiting[0]] if key not in gone)
        # One that helps several families at once spares another; else the smallest.
        best = min(shown, key=lambda key: (-helps[key], sizes[key]))
        gone.add(best)
        for place in homes[best]:
            step = standing[place].hide(sizes[best])
            if step > 0:
                heappush(waiting, place)
            if step:
                for key in members[place]:
                    helps[key] += step
    return gone


class _Family:
    """What of a family is hidden. It is exposed once and, when enough is hidden, never again: so that is counted."""

    __slots__ = ("_count", "_least", "_size", "_sum", "exposed")

    def __init__(self, size: int, gone: Sequence[int], least: int) -> None:
        self._size, self._least, self._count, self._sum = size, least, len(gone), sum(gone)
        self.exposed = self._look()

    def hide(self, answers: int) -> int:
        """One more member is hidden: 1 where that exposes the family, −1 where it is exposed no more, else 0."""
        before, self._count, self._sum = self.exposed, self._count + 1, self._sum + answers
        self.exposed = self._look()
        return self.exposed - before

    def _look(self) -> bool:
        return 0 < self._count < self._size and (self._count < 2 or self._sum < self._least)


def families(
    keys: Iterable[tuple[Period | None, K]], length: Length | None, first_month: int = 1
) -> list[list[tuple[Period | None, K]]]:
    """What adds up to something shown, of groups by (period, segment value): the values of a period, the periods of a
    value, and those of them that lie within the same longer period.
    """
    keys = list(keys)
    found: dict[Hashable, list[tuple[Period | None, K]]] = defaultdict(list)
    for key in keys:
        stretch, value = key
        found["period", stretch].append(key)
        if stretch is None:
            continue
        found["value", value].append(key)
        if length is not None and stretch.first != UNDATED:
            for longer in _WITHIN[length]:
                around = period_at(stretch.first, longer, first_month)
                if around.last >= stretch.last:
                    found[longer, around.first, value].append(key)
    return [family for family in found.values() if len(family) > 1]


def small(least: int) -> str:
    """The note of a group that is too small to be shown."""
    return ngettext("hidden: fewer than {n} answer", "hidden: fewer than {n} answers", least).format(n=least)


def accomplice() -> str:
    """The note of a group that is hidden for the sake of another."""
    return _("hidden: a smaller group could be worked out from it")
