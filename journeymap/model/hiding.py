"""Which groups are not shown: those below the privacy limit, and those that would give a hidden one away.

Whoever knows a total and all parts but one knows that part. So where a group is hidden, the next smallest of its family
goes with it, until at least two are hidden and together they reach the limit: "complementary suppression" (Willenborg
and de Waal, Elements of Statistical Disclosure Control (2001), chapter 4). A family is what adds up to a figure that
is shown elsewhere: the values of a segment column in a period, the periods of a group within a longer one.

Ten answers are asked for where employees answered: they can be told apart more easily than customers (domain D12).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
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
    homes: dict[K, list[int]] = defaultdict(list)
    for place, family in enumerate(members):
        for key in family:
            homes[key].append(place)

    def exposed(place: int) -> bool:
        mine = [sizes[key] for key in members[place] if key in gone]
        return 0 < len(mine) < len(members[place]) and (len(mine) < 2 or sum(mine) < least)

    waiting = {place for place in range(len(members)) if exposed(place)}
    while waiting:
        shown = (key for key in members[min(waiting)] if key not in gone)
        # One that helps several families at once spares another; else the smallest.
        best = min(shown, key=lambda key: (-len(waiting.intersection(homes[key])), sizes[key]))
        gone.add(best)
        for place in homes[best]:
            (waiting.add if exposed(place) else waiting.discard)(place)
    return gone


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
