"""What is to be counted, and the rows as small numbers: what `coding` makes of the one and `aggregate` counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from journeymap.data.answers import tidy
from journeymap.data.recipe import Question

if TYPE_CHECKING:
    import ibis

USED, UNDATABLE, UNWEIGHABLE = 0, 1, 2
"""Why a row is left out (column `why`)."""

ANYWHERE = -2
"""In place of a touchpoint's index: the recipe has no column that names touchpoints."""
NOWHERE = -1
"""In place of a touchpoint's index: the row names none."""


class Wanted(Struct, frozen=True):
    """What is to be counted: columns by their position in the staged table; None where the recipe names none."""

    columns: tuple[str, ...]
    questions: tuple[tuple[int, Question], ...]
    segments: tuple[int, ...] = ()
    touchpoint: int | None = None
    date: int | None = None
    date_format: str = ""
    weight: int | None = None
    decimal: str = "."
    pseudonymised: frozenset[int] = frozenset()
    places: dict[str, int] = field(default_factory=dict)  # every column as the recipe names it
    day_first: bool = False
    timezone: str = ""
    filter: str = ""
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)  # of codes, where the file has them
    filtered: Mapping[str, int] = field(default_factory=dict)  # names in the filter
    names: Mapping[str, str] = field(default_factory=dict)  # of touchpoints, folded → what they mean; "" is left out

    def meant(self, name: str, kept: Callable[[str], str]) -> str:
        """The touchpoint that a name in the touchpoint column means; "" where its rows are left out."""
        folded = tidy(name).casefold()
        return self.names[folded] if folded in self.names else kept(name)

    def floats(self, question: Question) -> bool:
        """Whether the question belongs to the touchpoint that each row names."""
        return self.touchpoint is not None and not (question.touchpoint or question.phase)


class Meant(Struct):
    """What the small numbers mean that rows become: of a place its index in `places`, of a segment's value in `values[…]`, of
    an answer in `codes[…]`; None in place of `codes[…]` for a question in bins.

    A question that looks at something else than these rows has a table of its own in `units`, with the same columns.
    """

    questions: tuple[Question, ...] = ()
    codes: tuple[tuple[float, ...] | None, ...] = ()
    places: tuple[str, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()
    off_scale: dict[int, tuple[float, ...]] = field(default_factory=dict)
    letters: dict[int, tuple[str, ...]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    units: dict[int, ibis.Table] = field(default_factory=dict)
    open_codes: dict[int, int] = field(default_factory=dict)  # question → codes below this are open cases


class Coded(Meant, kw_only=True):
    """The rows as numbers, and what the numbers mean.

    `table` has `why`, `p` (a place), `d` (day), `s…` (a segment's value), `m…` (an answer, or a status), `w` where
    weighted, and `v…` for a question in bins.
    """

    table: ibis.Table
    calendar: ibis.Table | None = None  # d; first day and number of its week and month
    days: tuple[int, int] | None = None  # first and last, where every row is known to count and to name a touchpoint

    def rows(self, number: int) -> ibis.Table:
        """The table of what a question looks at."""
        return self.units.get(number, self.table)
