"""`join` of a recipe: columns of a second table beside those of the first, row by row, by a key that both have.

A key may stand in the second table once only: a row of the source stays one row, or every count would be wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from journeymap.data.dialects.layout import tidy
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext

MOST_ROWS = 2_000_000


class Partners(Struct, frozen=True):
    """The second table by key. `columns` are its other columns, under names that the first table leaves free."""

    name: str
    on: str
    columns: tuple[str, ...]
    by_key: dict[str, tuple[str, ...]]

    def beside(
        self, columns: Sequence[str], rows: Iterable[Sequence[str]], lonely: Counter[str]
    ) -> Iterator[Sequence[str]]:
        """The rows with their partners' cells behind them; counts those without a partner."""
        place = list(columns).index(self.on)
        nothing = [""] * len(self.columns)
        for row in rows:
            found = self.by_key.get(tidy(row[place]))
            if found is None:
                lonely[self.on] += 1
                yield [*row, *nothing]
            else:
                yield [*row, *found]

    def note(self, lonely: int) -> str:
        """What is to be said of rows without a partner."""
        return ngettext(
            "{n} row has no partner in {file} (“{on}”); what {file} would say of it is missing.",
            "{n} rows have no partner in {file} (“{on}”); what {file} would say of them is missing.",
            lonely,
        ).format(n=lonely, file=self.name, on=self.on)


def partners(
    path: Path, on: str, columns: Sequence[str], second: Sequence[str], rows: Iterable[Sequence[str]]
) -> Partners:
    """The table at `path`, whose columns are `second`, as partners of one whose columns are `columns`. Raises Failure."""
    for file, names in ((_("the source"), columns), (path.name, second)):
        if on not in names:
            raise Failure(_("{path} has no column “{name}” to join by.").format(path=file, name=on))
    place = list(second).index(on)
    taken = set(columns)
    kept = [index for index, name in enumerate(second) if index != place]
    names = tuple(name if name not in taken else f"{name} ({path.stem})" for name in (second[index] for index in kept))
    by_key: dict[str, tuple[str, ...]] = {}
    for row in rows:
        key = tidy(row[place])
        if not key:
            continue
        if key in by_key:
            raise Failure(
                _(
                    "{path} names “{key}” more than once in “{on}”; a row of the source can have only one partner."
                ).format(path=path.name, key=key[:40], on=on)
            )
        if len(by_key) >= MOST_ROWS:
            raise Failure(_("{path} has more than {most} rows; that is too much to join.").format(path=path.name, most=f"{MOST_ROWS:,}"))  # fmt: skip
        by_key[key] = tuple(row[index] for index in kept)
    return Partners(path.name, on, names, by_key)
