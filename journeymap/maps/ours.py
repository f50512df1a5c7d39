"""Our own JSON (`formats/mapjson`) back into records. Figures are computed from data, and the JSON holds no data.

What cannot come back: counts of data sets (so neither the sets nor their measures), pictures and files (only their
hashes are written), named versions. Everything else comes back as it was, ids and order included.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.maps.brought import Brought, Losses
from journeymap.model import lanes, order, rules
from journeymap.model.change import Change, adding
from journeymap.model.commands.rows import OWNER
from journeymap.model.document import Document
from journeymap.model.records import (
    KINDS,
    Action,
    Attachment,
    Brand,
    Channel,
    DataSet,
    Department,
    Id,
    KpiTarget,
    Lane,
    Link,
    Map,
    Measure,
    PainPoint,
    Persona,
    Phase,
    Record,
    Slider,
    State,
    Tag,
    Touchpoint,
    Trait,
    Version,
    View,
    field_names,
    hints,
    new_id,
    references,
    with_fields,
)

FORMAT = "json"
_NOT_CARRIED: Final = (DataSet, Measure, Attachment, Version)
_HASHES: Final = (("Persona", "picture_hash"), ("Brand", "logo_hash"))
_NAMED: Final = (Persona, Channel, Department, Tag)
"""Found by their names on a map to which they are added."""
_WHOLE: Final = (Map, Brand, View)
"""What belongs to a map as a whole; a map that is added to has its own."""


def is_ours(value: Any) -> bool:
    """Whether parsed JSON says that it is ours."""
    return isinstance(value, dict) and value.get("format") == "journeymap" and isinstance(value.get("records"), dict)


def read(text: str, name: str) -> Brought:
    """The records of a file that this program wrote. Raises Failure for anything else, with the record at fault."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Failure(_("{name} is no JSON: {reason}.").format(name=name, reason=str(error).split(":")[0])) from error
    if not is_ours(value):
        raise Failure(_("{name} is no map of this program: it does not say “format”: “journeymap”.").format(name=name))
    if not isinstance(value.get("version"), int) or value["version"] > 1:
        raise Failure(
            _("{name} was written by a newer version of this program; update it to read the file.").format(name=name)
        )
    losses = Losses()
    found = [record for kind, rows in value["records"].items() for record in _rows(kind, rows, name, losses)]
    kept = _kept(found, losses)
    document = Document(kept)
    if faults := rules.faults(document):
        raise Failure(_("{name} is no sound map: {fault}").format(name=name, fault=faults[0]))
    return Brought(FORMAT, document.map.title, losses=losses.all(), records=tuple(document))


def _rows(kind: str, rows: Any, name: str, losses: Losses) -> list[Record]:
    known = KINDS.get(kind)
    if not isinstance(rows, list):
        raise Failure(_("{name}: “{kind}” is no list of records.").format(name=name, kind=kind))
    if known is None:
        losses.note(_("a record of a kind that this version does not know ({kind})").format(kind=kind), count=len(rows))
        return []
    return [_record(known, row, name, losses) for row in rows]


def _record(kind: type[Record], row: Any, name: str, losses: Losses) -> Record:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
        raise Failure(_("{name}: a record of “{kind}” has no id.").format(name=name, kind=kind.__name__))
    fields = set(field_names(kind))
    for unknown in row.keys() - fields:
        text = _("a field that this version does not know ({field})")
        losses.note(text.format(field=f"{kind.__name__}.{unknown}"))
    values = {field: _value(kind, field, row[field]) for field in fields & row.keys()}
    try:
        made: Record = kind(**values)
    except TypeError as error:
        raise Failure(
            _("{name}: a record of “{kind}” lacks a field that it needs.").format(name=name, kind=kind.__name__)
        ) from error
    return made


def _value(kind: type[Record], field: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    # JSON of other writers may say 1 for 1.0.
    if hints(kind)[field] in {float, float | None} and isinstance(value, int) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e300 else value
    return value


def _kept(found: Sequence[Record], losses: Losses) -> list[Record]:
    """Without what the file cannot carry; what referred to it refers to nothing."""
    ids: dict[Id, Record] = {}
    for record in found:
        if record.id in ids:
            raise Failure(_("Two records of the file have the same id; it is no sound map."))
        ids[record.id] = record
    gone = {record.id for record in found if isinstance(record, _NOT_CARRIED)}
    for kind in _NOT_CARRIED:
        count = sum(type(record) is kind for record in found)
        if count and kind is not Measure:
            losses.note(_reason(kind), count=count)
    kept = []
    for record in found:
        if record.id in gone:
            continue
        cleared: dict[str, Any] = {
            field: None for field, _kind, _gone in references(type(record)) if getattr(record, field) in gone
        }
        for kind_name, field in _HASHES:
            if type(record).__name__ == kind_name and getattr(record, field):
                losses.note(_("a picture: the file holds none"))
                cleared[field] = ""
        kept.append(with_fields(record, cleared) if cleared else record)
    return kept


def _reason(kind: type[Record]) -> str:
    return {
        DataSet: _("a data set: the file holds its figures, not its counts; import its source again"),
        Attachment: _("a picture or file: the file holds none"),
        Version: _("a named version: only the present state is in the file"),
    }[kind]


# ---------------------------------------------------------------- onto another map


def counts(records: Sequence[Record]) -> tuple[int, int, int, int]:
    """Phases, touchpoints, personas, pains."""
    kinds = [type(record) for record in records]
    return kinds.count(Phase), kinds.count(Touchpoint), kinds.count(Persona), kinds.count(PainPoint)


def added(document: Document, records: Sequence[Record]) -> Change:
    """The records under new ids on another map; what has a name there already is found by it. Raises Failure for nothing new."""
    theirs = Document(records)
    ids = _found(document, theirs)
    skipped = {*ids, *_left_behind(theirs, ids), *(record.id for record in records if isinstance(record, _WHOLE))}
    fresh = [record for record in records if record.id not in skipped]
    ids |= {record.id: new_id() for record in fresh}
    made = [_moved(record, ids) for record in fresh]
    made = _numbered(document, [one for one in _in_order(document, made) if not _journey_target(document, one)])
    if not made:
        raise Failure(_("Everything in this file is on the map already; nothing was changed."))
    return adding(_("Bring in {map}").format(map=theirs.map.title), *made)


def _found(document: Document, theirs: Document) -> dict[Id, Id]:
    """Their ids of what is here already: by name, lanes by kind and name, phases within a state, touchpoints within a phase."""
    ids: dict[Id, Id] = {}
    for kind in _NAMED:
        ids |= _same(theirs.all(kind), document.all(kind), lambda one: (_key(one.name),))
    ids |= _same(theirs.all(Action), document.all(Action), lambda one: (_key(one.title),))
    ids |= _same(theirs.all(State), document.all(State), lambda one: (one.kind, _key(one.name)))
    if theirs.all(State)[0].id not in ids:  # the first state is the one that is shown
        ids[theirs.all(State)[0].id] = document.all(State)[0].id
    ids |= _same(
        theirs.all(Lane),
        document.all(Lane),
        lambda one: (one.kind, _key(one.name) if one.kind in lanes.SEVERAL else ""),
    )
    ids |= _same(
        theirs.all(Phase), document.all(Phase), lambda one: (ids.get(one.state_id, one.state_id), _key(one.name))
    )
    ids |= _same(
        theirs.all(Touchpoint),
        document.all(Touchpoint),
        lambda one: (ids.get(one.phase_id, one.phase_id), _key(one.name)),
    )
    return ids


def _same(theirs: Iterable[Any], ours: Iterable[Any], key: Any) -> dict[Id, Id]:
    known = {key(one): one.id for one in ours}
    found: dict[Id, Id] = {}
    for one in theirs:
        id_ = known.pop(key(one), None)  # one of theirs for each of ours
        if id_ is not None:
            found[one.id] = id_
    return found


def _left_behind(theirs: Document, matched: Mapping[Id, Id]) -> set[Id]:
    """Ids of what hangs on something that is here already, so that nothing comes twice; and of what hangs on that."""
    left: set[Id] = set()
    before = -1
    while len(left) != before:
        before = len(left)
        left |= {record.id for record in theirs if record.id not in matched and _stays(record, matched, left)}
    return left


def _stays(record: Record, matched: Mapping[Id, Id], left: set[Id]) -> bool:
    if isinstance(record, Phase | Touchpoint):
        return False
    if isinstance(record, Link):
        return record.source_id in matched and record.target_id in matched
    place = getattr(record, "touchpoint_id", None) or getattr(record, "phase_id", None)
    if place in matched or (isinstance(record, Trait | Slider) and record.persona_id in matched):
        return True
    owners = (getattr(record, name) for name, _kind, gone in references(type(record)) if gone == "remove")
    return any(owner in left for owner in owners)


def _moved(record: Record, ids: Mapping[Id, Id]) -> Record:
    values: dict[str, Any] = {"id": ids[record.id]}
    for field, _kind, _gone in references(type(record)):
        target = getattr(record, field)
        if target is not None:
            values[field] = ids.get(target)
    return with_fields(record, values)


def _in_order(document: Document, made: Sequence[Record]) -> list[Record]:
    """Each behind what stands in its row already, in their own order."""
    found: list[Record] = []
    rows: dict[tuple[Any, ...], list[Record]] = {}
    for record in made:
        if not hasattr(record, "order"):
            found.append(record)
            continue
        fields = OWNER.get(type(record).__name__, ())
        rows.setdefault((type(record), *(getattr(record, name) for name in fields)), []).append(record)
    for (kind, *owner), row in rows.items():
        fields = OWNER.get(kind.__name__, ())
        there = (
            [one for one in document.all(kind) if [getattr(one, name) for name in fields] == owner]
            if not owner or owner[0] in document
            else []
        )
        row.sort(key=lambda one: (one.order, one.id))  # type: ignore[attr-defined]
        keys = order.at_end(there, len(row))
        found += [with_fields(one, {"order": key}) for one, key in zip(row, keys, strict=True)]
    return found


def _numbered(document: Document, made: Sequence[Record]) -> list[Record]:
    """Pains and actions go on from the map's own numbers."""
    last: dict[type[Record], int] = {
        PainPoint: max((one.number for one in document.all(PainPoint)), default=0),
        Action: max((one.number for one in document.all(Action)), default=0),
    }
    found = []
    for record in sorted(made, key=lambda one: getattr(one, "number", 0)):
        if isinstance(record, PainPoint | Action):
            last[type(record)] += 1
            record = with_fields(record, {"number": last[type(record)]})  # noqa: PLW2901
        found.append(record)
    return found


def _journey_target(document: Document, record: Record) -> bool:
    """Whether it is a target of the journey that the map has one for already."""
    return isinstance(record, KpiTarget) and any(
        (one.touchpoint_id, one.phase_id, one.kpi) == (record.touchpoint_id, record.phase_id, record.kpi)
        for one in document.all(KpiTarget)
    )


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
