"""The one currency: a Change is what happened to a map, as a value.

The same value is checked, written, applied, drawn, undone (its inverse), logged, and later sent to colleagues.
Updates are kept field by field, so that two people who change different fields of one record both keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.model.records import Id, Record, Value, field_names, with_fields

Edit: TypeAlias = tuple[Value, Value]
"""(from, to) of one field."""

NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Change(Struct, frozen=True):
    """Records added, fields updated (from → to) and records removed, with a label for the undo menu.

    `updated` maps a record's id to {field: (from, to)}. No id stands in two of the three mappings.
    """

    label: str = ""
    added: Mapping[Id, Record] = field(default_factory=lambda: NOTHING)
    updated: Mapping[Id, Mapping[str, Edit]] = field(default_factory=lambda: NOTHING)
    removed: Mapping[Id, Record] = field(default_factory=lambda: NOTHING)

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)

    def inverse(self) -> Change:
        """The Change that takes this one back."""
        back = {id_: {name: (to, from_) for name, (from_, to) in edits.items()} for id_, edits in self.updated.items()}
        return Change(self.label, self.removed, back, self.added)

    def named(self, label: str) -> Change:
        """The same Change under another label."""
        return replace(self, label=label)

    def ids(self) -> set[Id]:
        """Every record that this Change touches."""
        return {*self.added, *self.updated, *self.removed}


def adding(label: str, *records: Record) -> Change:
    """A Change that adds `records`."""
    return Change(label, added={record.id: record for record in records})


def updating(label: str, record: Record, /, **values: Value) -> Change:
    """A Change that sets fields of `record`; fields that already hold the value are left out."""
    edits = {name: (getattr(record, name), to) for name, to in values.items() if getattr(record, name) != to}
    return Change(label, updated={record.id: edits} if edits else {})


def merged(label: str, changes: Iterable[Change]) -> Change:
    """One Change with the effect of `changes` in their order; what cancels out is left out."""
    added: dict[Id, Record] = {}
    updated: dict[Id, dict[str, Edit]] = {}
    removed: dict[Id, Record] = {}
    for change in changes:
        for id_, record in change.added.items():
            before = removed.pop(id_, None)
            if before is None:
                added[id_] = record
            elif type(before) is not type(record):
                raise ValueError(f"{id_} changes its kind from {type(before).__name__} to {type(record).__name__}")
            else:
                _edit(updated, id_, difference(before, record))
        for id_, edits in change.updated.items():
            if id_ in added:
                added[id_] = with_fields(added[id_], {name: to for name, (_, to) in edits.items()})
            else:
                _edit(updated, id_, edits)
        for id_, record in change.removed.items():
            if added.pop(id_, None) is None:
                first = {name: from_ for name, (from_, _) in updated.pop(id_, {}).items()}
                removed[id_] = with_fields(record, first)
    return Change(label, added, {id_: edits for id_, edits in updated.items() if edits}, removed)


def difference(before: Record, after: Record) -> dict[str, Edit]:
    """The fields in which two states of one record differ: {field: (before, after)}."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in field_names(type(before)))
    return {name: (old, new) for name, old, new in pairs if old != new}


def _edit(updated: dict[Id, dict[str, Edit]], id_: Id, edits: Mapping[str, Edit]) -> None:
    known = updated.setdefault(id_, {})
    for name, (from_, to) in edits.items():
        first = known[name][0] if name in known else from_
        if first == to:
            known.pop(name, None)
        else:
            known[name] = (first, to)
