"""One map in memory: its records by id, what refers to what, and the graph over them, kept in step.

Nothing but `apply` changes a document; `journeymap.session.Session.perform` is the only caller for users' changes.
Reading is by shelf: one for each kind, and one for each (target, kind, field) that refers. A shelf is sorted at
its first question and stays sorted by bisection, so that an edit costs little even on a map of 40,000 cards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from journeymap.model.change import Change
from journeymap.model.records import KINDS, Card, Id, Map, Record, references, with_fields

if TYPE_CHECKING:
    import networkx as nx

R = TypeVar("R", bound=Record)
Key: TypeAlias = tuple[type[Record], str]


class Conflict(Exception):
    """A Change does not fit this document any more; the message says what stands in the way."""


class Shelf:
    """Records of one kind: by id, and in their order once somebody has asked for it."""

    __slots__ = ("_keys", "_sorted", "records")

    def __init__(self) -> None:
        self.records: dict[Id, Record] = {}
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
            self._sorted = sorted(self.records.values(), key=_place)
            self._keys = [_place(record) for record in self._sorted]
        return self._sorted


class Document:
    """Records by id and by type; `graph()` is built at the first question and then kept in step."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[Id, Record] = {}
        self._kinds: dict[type[Record], Shelf] = {kind: Shelf() for kind in KINDS.values()}
        self._referring: dict[Id, dict[Key, Shelf]] = {}
        self._spanning = Shelf()
        self._graph: nx.MultiDiGraph[Id] | None = None
        for record in records:
            self._put(record)

    # ------------------------------------------------------------ reading

    def __contains__(self, id_: object) -> bool:
        return id_ in self._records

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and self._records == other._records

    __hash__ = None  # type: ignore[assignment]  # a document changes

    def get(self, kind: type[R], id_: Id | None) -> R | None:
        """The record of that type and id, or None."""
        return cast("R | None", self._kinds[kind].records.get(id_)) if id_ is not None else None

    def one(self, kind: type[R], id_: Id) -> R:
        """The record of that type and id. Raises KeyError."""
        return cast("R", self._kinds[kind].records[id_])

    def record(self, id_: Id) -> Record | None:
        """The record with that id, of whatever type."""
        return self._records.get(id_)

    def count(self, kind: type[Record]) -> int:
        """How many records of that type there are."""
        return len(self._kinds[kind].records)

    def all(self, kind: type[R]) -> list[R]:
        """Every record of that type, by `order` where it has one, then by id; a list of the caller's own."""
        return cast("list[R]", self._kinds[kind].listed().copy())

    def referring(self, kind: type[R], field: str, id_: Id) -> list[R]:
        """Records of `kind` whose `field` holds `id_`, by `order` where they have one; a list of the caller's own."""
        shelf = self._referring.get(id_, {}).get((kind, field))
        return cast("list[R]", shelf.listed().copy()) if shelf is not None else []

    def spanning(self) -> list[Card]:
        """The cards that cover more than one column, by `order`, then by id; a list of the caller's own."""
        return cast("list[Card]", self._spanning.listed().copy())

    def dependants(self, id_: Id) -> set[tuple[Id, str]]:
        """(record id, field) of everything that refers to `id_`."""
        shelves = self._referring.get(id_, {})
        return {(other, field) for (_, field), shelf in shelves.items() for other in shelf.records}

    @property
    def map(self) -> Map:
        """The map's own record. Raises ValueError where there is none."""
        for record in self._kinds[Map].records.values():
            return cast("Map", record)
        raise ValueError("the document has no Map record")

    def graph(self) -> nx.MultiDiGraph[Id]:
        """Touchpoints as nodes; the order of the grid and the Links as edges. Built at the first call, then kept in step."""
        if self._graph is None:
            from journeymap.model import graph

            self._graph = graph.build(self)
        return self._graph

    # ------------------------------------------------------------ changing

    def fits(self, change: Change) -> None:
        """Raises Conflict where `change` was made for another state of the map."""
        for id_, record in change.added.items():
            if id_ in self._records:
                raise Conflict(f"{type(record).__name__} {id_} is there already")
        for id_ in (*change.updated, *change.removed):
            if id_ not in self._records:
                raise Conflict(f"{id_} is not there any more")
        for id_, edits in change.updated.items():
            for name, (from_, _) in edits.items():
                if getattr(self._records[id_], name) != from_:
                    raise Conflict(f"{type(self._records[id_]).__name__}.{name} was changed meanwhile")
        for id_, record in change.removed.items():
            if self._records[id_] != record:
                raise Conflict(f"{type(record).__name__} {id_} was changed meanwhile")

    def apply(self, change: Change) -> None:
        """Puts `change` into effect, field by field; the caller has checked that it fits."""
        for id_ in change.removed:
            self._take(id_)
        for id_, edits in change.updated.items():
            self._swap(id_, with_fields(self._records[id_], {name: to for name, (_, to) in edits.items()}))
        for record in change.added.values():
            self._put(record)
        if self._graph is not None:
            from journeymap.model import graph

            graph.follow(self._graph, self, change)

    def _put(self, record: Record) -> None:
        self._records[record.id] = record
        self._kinds[type(record)].put(record)
        if type(record) is Card and record.span > 1:
            self._spanning.put(record)
        for name, _, _ in references(type(record)):
            self._refer(record, name)

    def _take(self, id_: Id) -> None:
        record = self._records.pop(id_)
        self._kinds[type(record)].take(record)
        if id_ in self._spanning.records:
            self._spanning.take(record)
        for name, _, _ in references(type(record)):
            self._forget(record, name)

    def _swap(self, id_: Id, new: Record) -> None:
        old = self._records[id_]
        self._records[id_] = new
        self._kinds[type(old)].swap(old, new)
        if type(new) is Card:
            if id_ in self._spanning.records:
                self._spanning.take(old)
            if new.span > 1:
                self._spanning.put(new)
        for name, _, _ in references(type(old)):
            target = getattr(old, name)
            if target != getattr(new, name):
                self._forget(old, name)
                self._refer(new, name)
            elif target is not None:
                self._referring[target][type(old), name].swap(old, new)

    def _refer(self, record: Record, name: str) -> None:
        target = getattr(record, name)
        if target is not None:
            shelves = self._referring.setdefault(target, {})
            key = (type(record), name)
            if key not in shelves:
                shelves[key] = Shelf()
            shelves[key].put(record)

    def _forget(self, record: Record, name: str) -> None:
        target = getattr(record, name)
        if target is not None:
            shelves = self._referring[target]
            key = (type(record), name)
            shelves[key].take(record)
            if not shelves[key].records:
                del shelves[key]
                if not shelves:
                    del self._referring[target]


def _place(record: Record) -> tuple[str, Id]:
    return (getattr(record, "order", ""), record.id)
