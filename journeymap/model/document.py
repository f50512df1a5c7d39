"""One map in memory: its records by id, what refers to what, and the graph over them, kept in step.

Nothing but `apply` changes a document; `journeymap.session.Session.perform` is the only caller for users' changes.
Reading is by shelf (`model/shelf.py`): one for each kind, and one for each (target, kind, field) that refers; an edit costs
little even on a map of 40,000 cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar, cast

from journeymap.model.change import Change
from journeymap.model.records import KINDS, Card, Id, Map, Record, references, with_fields
from journeymap.model.shelf import Referrers, Shelf

if TYPE_CHECKING:
    import networkx as nx

R = TypeVar("R", bound=Record)
Key: TypeAlias = tuple[type[Record], str]

_KEYS: Final[tuple[Key, ...]] = tuple((kind, name) for kind in KINDS.values() for name, _, _ in references(kind))
_TOWARDS: Final[dict[str, tuple[Key, ...]]] = {
    target: tuple((kind, name) for kind in KINDS.values() for name, to, _ in references(kind) if to == target)
    for target in KINDS
}
"""By the type referred to, which fields of which types may hold its ids."""


class Conflict(Exception):
    """A Change does not fit this document any more; the message says what stands in the way."""


class Document:
    """Records by id and by type; `graph()` is built at the first question and then kept in step."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[Id, Record] = {record.id: record for record in records}
        kinds: dict[type[Record], list[Record]] = {kind: [] for kind in KINDS.values()}
        for record in self._records.values():
            kinds[type(record)].append(record)
        self._kinds = {kind: Shelf(members) for kind, members in kinds.items()}
        self._referring = {(kind, name): Referrers(name, kinds[kind]) for kind, name in _KEYS}
        self._spanning = Shelf(card for card in cast("list[Card]", kinds[Card]) if card.span > 1)
        self._graph: nx.MultiDiGraph[Id] | None = None

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

    def each(self, kind: type[R]) -> Iterator[R]:
        """Every record of that type, in no order: quicker than `all` where nobody has asked for their order."""
        return iter(cast("dict[Id, R]", self._kinds[kind].records).values())

    def referring(self, kind: type[R], field: str, id_: Id) -> list[R]:
        """Records of `kind` whose `field` holds `id_`, by `order` where they have one; a list of the caller's own."""
        shelf = self._referring[kind, field].shelf(id_)
        return cast("list[R]", shelf.listed().copy()) if shelf is not None else []

    def spanning(self) -> list[Card]:
        """The cards that cover more than one column, by `order`, then by id; a list of the caller's own."""
        return cast("list[Card]", self._spanning.listed().copy())

    def dependants(self, id_: Id) -> set[tuple[Id, str]]:
        """(record id, field) of everything that refers to `id_`."""
        record = self._records.get(id_)
        keys = _KEYS if record is None else _TOWARDS[type(record).__name__]
        return {(other, key[1]) for key in keys for other in self._referring[key].ids(id_)}

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
            self._referring[type(record), name].put(record)

    def _take(self, id_: Id) -> None:
        record = self._records.pop(id_)
        self._kinds[type(record)].take(record)
        if id_ in self._spanning.records:
            self._spanning.take(record)
        for name, _, _ in references(type(record)):
            self._referring[type(record), name].take(record)

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
            self._referring[type(old), name].swap(old, new)
