"""Fractional order keys: text that sorts, so that something can be put between two others without touching them.

The keys are those of the `fractional-indexing` package (base 62, compared as plain text).
"""

from __future__ import annotations

from collections.abc import Sequence

from fractional_indexing import FIError, generate_n_keys_between
from msgspec import Struct, field

from journeymap.model.records import Id, Record

LONGEST = 120
"""Keys grow when one place is used again and again; beyond this length the row is numbered anew."""


def between(before: str | None, after: str | None) -> str:
    """A key after `before` and before `after`; None is the start or the end. Raises ValueError where there is no room."""
    return several(before, after, 1)[0]


def several(before: str | None, after: str | None, count: int) -> list[str]:
    """`count` ascending keys between two others. Raises ValueError for keys that are equal, swapped or not such keys."""
    try:
        return list(generate_n_keys_between(before, after, count))
    except (FIError, IndexError) as error:
        raise ValueError(f"no key between {before!r} and {after!r}") from error


def at_end(records: Sequence[Record], count: int) -> list[str]:
    """`count` keys after the last of `records`, which are in order."""
    return place(records, len(records), count).keys


class Place(Struct, frozen=True):
    """Keys for what comes in, and new keys for those that had to make room (hardly ever any)."""

    keys: list[str]
    moved: dict[Id, str] = field(default_factory=dict)


def place(records: Sequence[Record], index: int, count: int = 1) -> Place:
    """Keys for `count` newcomers before `records[index]` (in order; the length of `records` means the end).

    Where the neighbours leave no room (two people put something at the same place, or a foreign file has other
    keys), the whole row gets new keys, and `moved` says which.
    """
    before = _key(records[index - 1]) if index > 0 else None
    after = _key(records[index]) if index < len(records) else None
    if max(len(before or ""), len(after or "")) < LONGEST:
        try:
            return Place(several(before, after, count))
        except ValueError:
            pass
    keys = several(None, None, len(records) + count)
    rest = keys[:index] + keys[index + count :]
    moved = {record.id: key for record, key in zip(records, rest, strict=True) if _key(record) != key}
    return Place(keys[index : index + count], moved)


def _key(record: Record) -> str:
    return str(getattr(record, "order", ""))
