"""Records to rows and back, and the check of every value that comes from a file."""

from __future__ import annotations

import gc
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, starmap
from typing import Any, Final, cast

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.records import KINDS, Link, Map, Record, State, Touchpoint, Value, field_names, hints, references
from journeymap.model.values import CHOICES, COLOURS, DATES, LONGEST, LONGEST_ORDER, fault
from journeymap.model.words import noun
from journeymap.store.columns import plain, snake


def row(record: Record) -> dict[str, Any]:
    """The record as a row: tuples as JSON text."""
    return {name: cell(getattr(record, name)) for name in field_names(type(record))}


def cell(value: Value) -> Any:
    """A field's value as a column's value."""
    return to_json(value) if isinstance(value, tuple) else value


def to_json(value: Any) -> str:
    """Compact JSON text. Raises ValueError at NaN and infinity, which JSON has no words for."""
    return _COMPACT.encode(value)


_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


_TYPES: Final = {kind: {name: plain(hints(kind)[name]) for name in field_names(kind)} for kind in KINDS.values()}
"""For every field its plain type and whether None is allowed."""
_CONVERTED: Final = {
    kind: [(place, of) for place, (of, _optional) in enumerate(types.values()) if of in {bool, tuple}]
    for kind, types in _TYPES.items()
}
"""The places of a row whose values are not the field's as they stand."""


_QUESTIONS: Final = {
    kind: "SELECT " + ", ".join(f'"{name}"' for name in field_names(kind)) + f' FROM "{snake(kind.__name__)}"'  # noqa: S608 - own names
    for kind in KINDS.values()
}
"""What asks for all records of a type, in the order of its fields."""


def records(kind: type[Record], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """The records of `rows`, whose values stand in the order of the fields.

    Raises Failure where a value is beyond what the program writes.
    """
    if not rows:
        return []
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    places = _CONVERTED[kind]
    for place, of in places:
        columns[place] = [bool(value) if of is bool else _tuple(kind, value) for value in columns[place]]
    made = list(starmap(kind, zip(*columns, strict=True) if places else rows))
    _sound(kind, columns, made)
    return made


def _tuple(kind: type[Record], text: str) -> tuple[Any, ...]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or not all(isinstance(value, str | int | float) for value in values):
        raise _beyond(kind)
    return tuple(values)


def _sound(kind: type[Record], columns: Sequence[Sequence[Any]], made: Sequence[Record]) -> None:
    """Holds values to what the rules allow, column by column: the longest text, the least and the greatest number, every
    different choice. (Types are SQLite's business: the tables are STRICT.)
    """
    for (name, (of, _optional)), values in zip(_TYPES[kind].items(), columns, strict=True):
        place = (kind.__name__, name)
        some: Iterable[int] = ()
        if of is tuple or place in CHOICES or place in DATES or place in COLOURS:
            some = {value: at for at, value in enumerate(values)}.values()
        elif of is str:
            texts = [value for value in values if value]
            if "\0" in "".join(texts) or max(map(len, texts), default=0) > (
                LONGEST_ORDER if name == "order" else LONGEST
            ):
                some = range(len(values))
        elif of is not bool:
            numbers = [at for at, value in enumerate(values) if value is not None]
            some = {min(numbers, key=values.__getitem__), max(numbers, key=values.__getitem__)} if numbers else ()
        for at in some:
            if wrong := fault(made[at], name):
                words = _("a {thing} in it has a value that cannot be: {fault}")
                raise Failure(words.format(thing=noun(kind), fault=wrong.rstrip(".")))


def _beyond(kind: type[Record]) -> Failure:
    return Failure(_("a {thing} in it has a value that Journeymap never writes").format(thing=noun(kind)))


def typed(kind: type[Record], name: str, value: Any) -> Value:
    """A value from JSON as the field's value. Raises ValueError where it is of another type."""
    of, optional = _TYPES[kind][name]
    if value is None and optional:
        return None
    if of is tuple and isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return tuple(value)
    if of is float and type(value) is int:
        return float(value)
    if type(value) is not of or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"{kind.__name__}.{name} cannot be {value!r:.40}")
    return cast("Value", value)


def from_json(kind_name: str, values: Mapping[str, Any]) -> Record:
    """The record that `values` (by field name) describe. Raises KeyError, TypeError or ValueError where they do not."""
    kind = KINDS[kind_name]
    fields: dict[str, Any] = {name: typed(kind, name, value) for name, value in values.items()}
    return kind(**fields)


def read_all(connection: sqlite3.Connection) -> list[Record]:
    """Every record of the file. Raises Failure where values, ids or references are not sound."""
    with quiet_collector():
        found = {kind: records(kind, connection.execute(question).fetchall()) for kind, question in _QUESTIONS.items()}
        everything = list(chain.from_iterable(found.values()))
    _referred(found)
    _whole(found)
    if len({record.id for record in everything}) != len(everything):
        raise Failure(_("it uses one id for two things"))
    return everything


def _referred(found: Mapping[type[Record], list[Any]]) -> None:
    ids = {kind.__name__: {record.id for record in members} for kind, members in found.items()}
    for kind, members in found.items():
        for name, target, _gone in references(kind):
            if {getattr(record, name) for record in members} - {None} - ids[target]:
                raise Failure(_("a {thing} in it refers to something that is not there").format(thing=noun(kind)))


def _whole(found: Mapping[type[Record], list[Any]]) -> None:
    """What every part of the program relies on: one map, a state to stand in, nothing that leads to itself."""
    if len(found[Map]) != 1 or not found[State]:
        raise Failure(_("it does not hold one map with its states"))
    if any(link.source_id == link.target_id for link in found[Link]):
        raise Failure(_("a link in it leads from a touchpoint to itself"))
    if any(touchpoint.counterpart_id == touchpoint.id for touchpoint in found[Touchpoint]):
        raise Failure(_("a touchpoint in it is its own counterpart"))


@contextmanager
def quiet_collector() -> Iterator[None]:
    """Reading makes tens of thousands of objects that stay; looking for rubbish among them costs a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def by_kind(members: Iterable[Record]) -> dict[type[Record], list[Record]]:
    """The records by their type, in the order of the types."""
    found: dict[type[Record], list[Record]] = {}
    for record in members:
        found.setdefault(type(record), []).append(record)
    return found
