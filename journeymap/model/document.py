"""One map in memory: its records by id, what refers to what, and the graph over them, kept in step.

Nothing but `apply` changes a document; `journeymap.session.Session.perform` is the only caller for users' changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from journeymap.model.change import Change
from journeymap.model.records import KINDS, Id, Map, Record, references

if TYPE_CHECKING:
    import networkx as nx

R = TypeVar("R", bound=Record)


class Conflict(Exception):
    """A Change does not fit this document any more; the message says what stands in the way."""


class Document:
    """Records by id and by type; `graph()` is built at the first question and then kept in step."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[Id, Record] = {}
        self._kinds: dict[type[Record], dict[Id, Record]] = {kind: {} for kind in KINDS.values()}
        self._referring: dict[Id, set[tuple[Id, str]]] = defaultdict(set)
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

    def get(self, kind: type[R], id_: Id | None) -> R | None:
        """The record of that type and id, or None."""
        return cast("R | None", self._kinds[kind].get(id_)) if id_ is not None else None

    def one(self, kind: type[R], id_: Id) -> R:
        """The record of that type and id. Raises KeyError."""
        return cast("R", self._kinds[kind][id_])

    def record(self, id_: Id) -> Record | None:
        """The record with that id, of whatever type."""
        return self._records.get(id_)

    def all(self, kind: type[R]) -> list[R]:
        """Every record of that type, by `order` where it has one."""
        found = cast("list[R]", list(self._kinds[kind].values()))
        return sorted(found, key=_place) if "order" in kind.__dataclass_fields__ else found

    def referring(self, kind: type[R], field: str, id_: Id) -> list[R]:
        """Records of `kind` whose `field` holds `id_`, by `order` where they have one."""
        mine = self._kinds[kind]
        found = [
            cast("R", mine[other]) for other, name in self._referring.get(id_, ()) if name == field and other in mine
        ]
        return sorted(found, key=_place)

    def dependants(self, id_: Id) -> set[tuple[Id, str]]:
        """(record id, field) of everything that refers to `id_`."""
        return set(self._referring.get(id_, ()))

    @property
    def map(self) -> Map:
        """The map's own record. Raises ValueError where there is none."""
        for record in self._kinds[Map].values():
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
            record = self._records[id_]
            self._take(id_)
            self._put(replace(record, **cast("dict[str, Any]", {name: to for name, (_, to) in edits.items()})))
        for record in change.added.values():
            self._put(record)
        if self._graph is not None:
            from journeymap.model import graph

            graph.follow(self._graph, self, change)

    def _put(self, record: Record) -> None:
        self._records[record.id] = record
        self._kinds[type(record)][record.id] = record
        for name, _, _ in references(type(record)):
            target = getattr(record, name)
            if target is not None:
                self._referring[target].add((record.id, name))

    def _take(self, id_: Id) -> None:
        record = self._records.pop(id_)
        del self._kinds[type(record)][id_]
        for name, _, _ in references(type(record)):
            target = getattr(record, name)
            if target is not None:
                self._referring[target].discard((id_, name))


def _place(record: Record) -> tuple[str, Id]:
    return (getattr(record, "order", ""), record.id)
