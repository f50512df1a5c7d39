"""Records in their order, and who refers to what: what a document is read by.

A shelf is sorted at its first question and stays sorted by bisection. Who refers to a record by one field is kept as a
plain list until somebody asks for it in order or changes it, since most of tens of thousands are never asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from journeymap.model.records import Id, Record


class Shelf:
    """Records of one kind: by id, and in their order once somebody has asked for it."""

    __slots__ = ("_keys", "_sorted", "records")

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.records: dict[Id, Record] = {record.id: record for record in records}
        self._keys: list[tuple[str, Id]] | None = None
        self._sorted: list[Record] = []

    def put(self, record: Record) -> None:
        """Adds a record."""
        self.records[record.id] = record
        if self._keys is not None:
            key = _place(record)
            at = bisect_left(self._keys, key)
            self._keys.insert(at, key)
            self._sorted.insert(at, record)

    def take(self, record: Record) -> None:
        """Removes a record that is here."""
        del self.records[record.id]
        if self._keys is not None:
            at = bisect_left(self._keys, _place(record))
            del self._keys[at], self._sorted[at]

    def swap(self, old: Record, new: Record) -> None:
        """Puts another state of a record in place of the one that is here."""
        key = _place(old)
        if key != _place(new):
            self.take(old)
            self.put(new)
            return
        self.records[new.id] = new
        if self._keys is not None:
            self._sorted[bisect_left(self._keys, key)] = new

    def listed(self) -> list[Record]:
        """The records by `order`, then id; the shelf's own list, not to be changed."""
        if self._keys is None:
            self._keys = sorted(map(_place, self.records.values()))
            self._sorted = [self.records[id_] for _order, id_ in self._keys]
        return self._sorted


class Referrers:
    """The records of one kind by what one field of theirs holds; records without a target are left out."""

    __slots__ = ("_by_target", "_field")

    def __init__(self, field: str, records: Iterable[Record] = ()) -> None:
        self._field = field
        self._by_target: dict[Id, list[Record] | Shelf] = {}
        records = [*records]
        known: dict[Id, list[Record]] = {}
        for target, record in zip(map(attrgetter(field), records), records, strict=True):
            if target in known:
                known[target].append(record)
            elif target is not None:
                known[target] = [record]
        self._by_target.update(known)

    def shelf(self, target: Id) -> Shelf | None:
        """Who refers to `target`, in order; None where nobody does."""
        found = self._by_target.get(target)
        if isinstance(found, list):
            found = self._by_target[target] = Shelf(found)
        return found

    def ids(self, target: Id) -> Iterator[Id]:
        """The ids of those who refer to `target`, in no order."""
        found = self._by_target.get(target, ())
        yield from found.records if isinstance(found, Shelf) else (record.id for record in found)

    def put(self, record: Record) -> None:
        """Adds a record."""
        target = getattr(record, self._field)
        if target is not None:
            shelf = self.shelf(target)
            if shelf is None:
                self._by_target[target] = [record]
            else:
                shelf.put(record)

    def take(self, record: Record) -> None:
        """Removes a record that is here."""
        target = getattr(record, self._field)
        shelf = self.shelf(target) if target is not None else None
        if shelf is not None:
            shelf.take(record)
            if not shelf.records:
                del self._by_target[target]

    def swap(self, old: Record, new: Record) -> None:
        """Puts another state of a record in place of the one that is here."""
        target = getattr(old, self._field)
        if target != getattr(new, self._field):
            self.take(old)
            self.put(new)
        elif target is not None and (shelf := self.shelf(target)) is not None:
            shelf.swap(old, new)


def _place(record: Record) -> tuple[str, Id]:
    return (getattr(record, "order", ""), record.id)
