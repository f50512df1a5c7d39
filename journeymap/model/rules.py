"""What must always hold, in words a person understands. `check` looks only at what a Change touches.

A rule is about one record after the Change (its values, what it points to, whether it is the only one of its kind in
its place) or about what would be left pointing at nothing. So the cost goes with the Change, never with the map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import lanes, words
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import (
    KINDS,
    Answer,
    Emotion,
    Id,
    KpiTarget,
    Lane,
    Link,
    Map,
    Measure,
    Record,
    RegisterEntry,
    State,
    Tagging,
    Touchpoint,
    TypedKpi,
    field_names,
    references,
    with_fields,
)
from journeymap.model.values import fault


class Broken(Failure):
    """A Change that the rules do not allow; `str()` says which rule, in one sentence."""


ONCE: Final[dict[type[Record], tuple[str, ...]]] = {
    Emotion: ("touchpoint_id", "persona_id"),
    Answer: ("pain_id", "action_id"),
    Tagging: ("touchpoint_id", "tag_id"),
    Link: ("source_id", "target_id", "kind", "persona_id"),
    KpiTarget: ("touchpoint_id", "phase_id", "kpi"),
    Lane: ("kind",),
}
"""Of these there is one at most with the same values; the first reference among them finds the others."""

Seen: TypeAlias = set[tuple[type[Record], tuple[Any, ...]]]


def check(document: Document, change: Change) -> None:
    """Raises Broken where `document` would break a rule after `change`, which fits it."""
    after = _After(document, change)
    kinds = {type(one) for one in (*change.added.values(), *change.removed.values())}
    _enough(after, maps=Map in kinds, states=State in kinds)
    seen: Seen = set()
    for record in after.touched:
        _own(after, record)
        _only_one(after, record, seen)
    for id_, record in change.removed.items():
        _left_behind(after, id_, record)


def faults(document: Document) -> list[str]:
    """Everything in a document that breaks a rule, as sentences: for files from outside."""
    after = _After(document, Change())
    found: list[str] = []
    seen: Seen = set()

    def note(rule: Callable[..., None], *args: Any, **kwargs: Any) -> None:
        try:
            rule(*args, **kwargs)
        except Broken as broken:
            found.append(str(broken))

    note(_enough, after, maps=True, states=True)
    for record in document:
        note(_own, after, record)
        note(_first_of_its_place, record, seen)
    return found


class _After:
    """The document as it would be after a Change, without applying it."""

    def __init__(self, document: Document, change: Change) -> None:
        self.document = document
        self.change = change
        self.touched = [one for id_ in (*change.added, *change.updated) if (one := self.record(id_)) is not None]

    def record(self, id_: Id) -> Record | None:
        """The record after the Change."""
        if id_ in self.change.added:
            return self.change.added[id_]
        if id_ in self.change.removed:
            return None
        record = self.document.record(id_)
        if record is None or id_ not in self.change.updated:
            return record
        return with_fields(record, {name: to for name, (_from, to) in self.change.updated[id_].items()})

    def count(self, kind: type[Record]) -> int:
        """How many records of `kind` there will be."""
        more = sum(type(one) is kind for one in self.change.added.values())
        return self.document.count(kind) + more - sum(type(one) is kind for one in self.change.removed.values())

    def others(self, record: Record, fields: tuple[str, ...]) -> Iterator[Record]:
        """The records of its kind that the Change leaves alone and that might stand in its place."""
        name = next((one for one in fields if one.endswith("_id") and getattr(record, one) is not None), None)
        kind = type(record)
        near = self.document.all(kind) if name is None else self.document.referring(kind, name, getattr(record, name))
        for other in near:
            if other.id not in self.change.removed and other.id not in self.change.updated:
                yield other


def _enough(after: _After, *, maps: bool, states: bool) -> None:
    if maps and (count := after.count(Map)) != 1:
        raise Broken(_("A file holds exactly one map; this would make it {n}.").format(n=count))
    if states and not after.count(State):
        raise Broken(_("A map needs at least one state, such as “As-is”; the last one cannot be deleted."))


def _own(after: _After, record: Record) -> None:
    edits = after.change.updated.get(record.id)
    names = field_names(type(record)) if edits is None else tuple(edits)
    kind = type(record)
    for name in names:
        wrong = fault(record, name)
        if wrong:
            raise Broken(_("{what}: {fault}").format(what=_capital(words.named(record)), fault=wrong))
    for name, target_kind, _gone in references(kind):
        if name in names:
            _points_right(after, record, name, KINDS[target_kind])
    _together(record)


def _points_right(after: _After, record: Record, name: str, kind: type[Record]) -> None:
    target_id = getattr(record, name)
    if target_id is None:
        return
    target = after.record(target_id)
    if target is None:
        raise Broken(
            _("{what} belongs to a {kind} that is not on the map. Add that first.").format(
                what=_capital(words.named(record)), kind=words.noun(kind)
            )
        )
    if type(target) is not kind:
        raise Broken(
            _("{what} needs a {kind} here, but {other} was given.").format(
                what=_capital(words.named(record)), kind=words.noun(kind), other=words.named(target)
            )
        )


def _left_behind(after: _After, id_: Id, record: Record) -> None:
    for other_id, name in after.document.dependants(id_):
        other = after.record(other_id)
        if other is not None and getattr(other, name) == id_:
            raise Broken(
                _("{what} cannot go alone: {other} belongs to it. Delete both.").format(
                    what=_capital(words.named(record)), other=words.named(other)
                )
            )


def _together(record: Record) -> None:
    """Rules about several fields of one record."""
    match record:
        case Link() if record.source_id == record.target_id:
            raise Broken(_("A link leads from one touchpoint to another one, not back to itself."))
        case Touchpoint() if record.counterpart_id == record.id:
            raise Broken(_("A touchpoint cannot be its own counterpart."))
        case Measure() | KpiTarget() | TypedKpi() if record.touchpoint_id and record.phase_id:
            raise Broken(_("A figure belongs to a touchpoint, to a phase or to the journey, not to two of them."))
        case Measure() if record.rows != record.n + record.missing + record.not_applicable + record.unreadable:
            raise Broken(
                _("The counts of “{column}” do not add up to its {rows} rows.").format(
                    column=record.column, rows=record.rows
                )
            )
        case RegisterEntry() if record.no_data and (record.data or record.purpose):
            raise Broken(
                _("An entry of the register says which personal data is processed, or that none is; not both.")
            )
        case _:
            pass
    for low, high in (("low", "high"), ("frequency_low", "frequency_high"), ("expected_low", "expected_high")):
        least, most = getattr(record, low, None), getattr(record, high, None)
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            raise Broken(
                _("{what}: the lower limit {low} is above the upper one {high}.").format(
                    what=_capital(words.named(record)), low=f"{least:g}", high=f"{most:g}"
                )
            )


def _only_one(after: _After, record: Record, seen: Seen) -> None:
    _first_of_its_place(record, seen)
    fields = ONCE.get(type(record), ())
    edits = after.change.updated.get(record.id)
    if not _singular(record) or (edits is not None and edits.keys().isdisjoint(fields)):
        return
    mine = [getattr(record, name) for name in fields]
    if any([getattr(other, name) for name in fields] == mine for other in after.others(record, fields)):
        raise Broken(_twice(record))


def _first_of_its_place(record: Record, seen: Seen) -> None:
    if _singular(record):
        place = (type(record), tuple(getattr(record, name) for name in ONCE[type(record)]))
        if place in seen:
            raise Broken(_twice(record))
        seen.add(place)


def _singular(record: Record) -> bool:
    return type(record) in ONCE and not (isinstance(record, Lane) and record.kind in lanes.SEVERAL)


def _twice(record: Record) -> str:
    match record:
        case Emotion():
            return _("A persona has one assumed emotion at a touchpoint; change that one.")
        case Answer():
            return _("This action answers that pain already.")
        case Tagging():
            return _("The touchpoint has this tag already.")
        case KpiTarget():
            return _("This place has a target for that figure already; change it instead.")
        case Lane():
            return _("The map has the lane “{name}” already; one is enough.").format(name=lanes.title(record))
        case _:
            return _("There is such a link between these two touchpoints already.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
