"""Several records carried to another place at once, or copied there, as one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from journeymap.i18n import ngettext
from journeymap.model import journey, order
from journeymap.model.change import Change, Edit, updating
from journeymap.model.commands import rows, spans
from journeymap.model.commands.attaching import hang
from journeymap.model.commands.editing import duplicate
from journeymap.model.commands.grid import move_touchpoint
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import Id, Phase, Touchpoint

Place: TypeAlias = tuple[Id, Id]
"""A cell: lane and touchpoint."""


def move_touchpoints(document: Document, ids: Iterable[Id], phase_id: Id, before_id: Id | None = None) -> Change:
    """Touchpoints, in the order of the map, to one place: before another touchpoint of a phase, or at its end.

    `before_id` may be one of them: then they stand before the next one that stays. Raises Failure where one is gone.
    """
    phase = rows.wanted(document, Phase, phase_id)
    moving = _in_order(document, ids)
    if len(moving) == 1:
        return move_touchpoint(document, moving[0], phase_id, before_id)
    columns = spans.columns(document, phase.state_id)
    before, moved = spans.flat(columns), frozenset(moving)
    behind = columns[phase_id][_index(columns[phase_id], before_id) :]
    anchor = next((id_ for id_ in behind if id_ not in moved), None)
    label = ngettext("Move {n} touchpoint", "Move {n} touchpoints", len(moving)).format(n=len(moving))
    old = {phase: list(row) for phase, row in columns.items()}
    for row in columns.values():
        row[:] = [id_ for id_ in row if id_ not in moved]
    at = _index(columns[phase_id], anchor)
    others = [document.one(Touchpoint, id_) for id_ in columns[phase_id]]
    columns[phase_id][at:at] = moving
    if columns == old:
        return Change(label)
    place = order.place(others, at, len(moving))
    updated: dict[Id, Mapping[str, Edit]] = dict(rows.reordered(document, place))
    bars = document.spanning()
    if bars:
        updated |= spans.kept(bars, before, spans.flat(columns), moved).updated
    for id_, key in zip(moving, place.keys, strict=True):
        updated |= updating(label, document.one(Touchpoint, id_), phase_id=phase_id, order=key).updated
    return Change(label, {}, updated)


def copy_touchpoints(document: Document, ids: Iterable[Id], phase_id: Id, before_id: Id | None = None) -> Change:
    """Copies of touchpoints with what hangs on them (see `duplicate`), at one place, in the order of the map."""
    draft = Draft(document)
    copied = _in_order(document, ids)
    made = [draft.do(duplicate, id_) for id_ in copied]
    for id_ in made:
        draft.take(move_touchpoint(draft.document, id_, phase_id, before_id))
    label = ngettext("Copy {n} touchpoint", "Copy {n} touchpoints", len(made)).format(n=len(made))
    return _made_first(draft.change(label), made)


def carry(document: Document, to: Mapping[Id, Place], *, copy: bool = False) -> Change:
    """Records of cells each to another cell, or copies of them. Raises Failure where one does not belong there."""
    if len(to) == 1 and not copy:
        ((id_, (lane, touchpoint)),) = to.items()
        return hang(document, id_, lane, touchpoint)
    draft, made = Draft(document), []
    for id_, (lane, touchpoint) in to.items():
        one = draft.do(duplicate, id_) if copy else id_
        made.append(one)
        draft.take(hang(draft.document, one, lane, touchpoint))
    if copy:
        label = ngettext("Copy {n} thing", "Copy {n} things", len(to)).format(n=len(to))
        return _made_first(draft.change(label), made)
    return draft.change(ngettext("Move {n} thing", "Move {n} things", len(to)).format(n=len(to)))


def _made_first(change: Change, made: Sequence[Id]) -> Change:
    """The copies themselves stand first among what is added, their parts behind."""
    added = {id_: change.added[id_] for id_ in made}
    return Change(change.label, {**added, **change.added}, change.updated, change.removed)


def _in_order(document: Document, ids: Iterable[Id]) -> list[Id]:
    """In the order of the map. Raises Failure where one is gone."""
    wanted = {rows.wanted(document, Touchpoint, id_).id for id_ in ids}
    return [one.id for one in journey.every_touchpoint(document) if one.id in wanted]


def _index(row: Sequence[Id], id_: Id | None) -> int:
    return row.index(id_) if id_ in row else len(row)
