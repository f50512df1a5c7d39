"""What is done with several things at once, by keys: select all, duplicate, the quick fields of a touchpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeymap.i18n import _, ngettext
from journeymap.model import commands, journey, lanes
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import Channel, Department, Id, Lane, Map, State, Touchpoint
from journeymap.ui.canvas import edits, ranges
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.window import Window


def select_all(window: Window) -> None:
    """Everything in the row of the keyboard; once more: everything in the grid."""
    canvas = window.canvas
    if canvas is None:
        return
    selection, document = window.selection, canvas.map.document
    found = ranges.row(canvas.sheet, document, selection.cell)
    if set(found) <= set(selection.ids):
        found = ranges.everything(canvas.sheet, document, selection.cell)
    selection.select(*found)
    count = len(found)
    window.status.tell(ngettext("{n} selected", "{n} selected", count).format(n=count))


def duplicate(window: Window) -> None:
    """Copies what is selected; the copies are selected."""
    place = window.place
    if place is None or not window.selection.ids:
        return
    document, made = place.map.document, list[Id]()

    def copy() -> Change:
        change, copies = copied(document, window.selection.ids)
        made.extend(copies)
        return change

    if place.map.do(copy) and made:
        cell = window.selection.cell
        if document.get(Touchpoint, made[0]) is not None:
            cell = Cell(cell.lane, made[0])
        window.selection.select(*made, cell=cell)
        place.canvas.reveal(cell)


def copied(document: Document, ids: Sequence[Id]) -> tuple[Change, list[Id]]:
    """Copies of records behind them, and which they are. Touchpoints stay together, behind the last of them; what
    hangs on one of those is copied with it, not once more.
    """
    columns = [id_ for id_ in ids if document.get(Touchpoint, id_) is not None]
    rest = [id_ for id_ in ids if id_ not in columns and not _with(document, id_, columns)]
    if len(columns) + len(rest) == 1:
        change = commands.duplicate(document, (columns + rest)[0])
        return change, [commands.made(change)]
    draft, made = Draft(document), list[Id]()
    if columns:
        chosen = frozenset(columns)
        last = [one for one in journey.every_touchpoint(document) if one.id in chosen][-1]
        row = [one.id for one in document.referring(Touchpoint, "phase_id", last.phase_id)]
        behind = next(iter(row[row.index(last.id) + 1 :]), None)
        copies = commands.copy_touchpoints(document, columns, last.phase_id, behind)
        made += list(copies.added)[: len(columns)]
        draft.take(copies)
    made += [draft.do(commands.duplicate, id_) for id_ in rest]
    label = ngettext("Duplicate {n} thing", "Duplicate {n} things", len(made)).format(n=len(made))
    return draft.change(label), made


def _with(document: Document, id_: Id, columns: Sequence[Id]) -> bool:
    """Whether a record goes along with one of these touchpoints, or cannot be copied at all."""
    record = document.record(id_)
    if record is None or isinstance(record, Map | State):
        return True
    return getattr(record, "touchpoint_id", None) in columns


def add_persona(window: Window) -> None:
    """Asks for a name and adds a persona; the inspector then asks for the rest."""
    if window.map is None:
        return
    map_ = window.map

    def add(name: str) -> None:
        change = commands.add_persona(map_.document, name)
        if map_.perform(change):
            window.selection.select(commands.made(change))
        window.focus_map()

    window.notice.ask(_("What is the persona called?"), add)


def edit_channel(window: Window) -> None:
    """Asks for the channel of the touchpoint, whichever row the keyboard stands in."""
    _quick(window, "channel")


def edit_department(window: Window) -> None:
    """Asks for the department of the touchpoint, whichever row the keyboard stands in."""
    _quick(window, "department")


def _quick(window: Window, field: str) -> None:
    canvas = window.canvas
    if canvas is None:
        return
    document = canvas.map.document
    touchpoint = document.get(Touchpoint, window.selection.touchpoint)
    if touchpoint is None:
        return
    canvas.editor.commit()
    of = (
        document.get(Channel, touchpoint.channel_id)
        if field == "channel"
        else document.get(Department, touchpoint.department_id)
    )
    lane = next((one.id for one in document.all(Lane) if one.kind == lanes.JOURNEY), None)
    text, back = of.name if of is not None else "", window.selection.cell
    canvas.editor.open(None, edits.Spot(Cell(lane, touchpoint.id), touchpoint.id, field, text, back=back))
