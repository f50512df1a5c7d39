"""The keyboard on the canvas: arrows walk the grid, typing edits in place, a whole journey without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, lanes, staffmood
from journeymap.model.records import Attachment, Card, Emotion, Id, Lane, Persona
from journeymap.ui.canvas import carry, cells, edits, ranges, touches
from journeymap.ui.canvas.gestures import mood, span
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENDS = {Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def press(canvas: Canvas, event: QKeyEvent) -> bool:
    """Handles a key; False where it is not the canvas's."""
    key, held = Qt.Key(event.key()), event.modifiers()
    if key == Qt.Key.Key_Escape:
        return escape(canvas)
    if key in _WAYS:
        return _arrow(canvas, *_WAYS[key], held)
    if key in _ENDS and not held & _COMMAND:
        there = cells.step(canvas.sheet, canvas.map.document, canvas.selection.cell, _ENDS[key], 0)
        _to(canvas, there, extends=bool(held & Qt.KeyboardModifier.ShiftModifier))
        return True
    if held & _COMMAND:
        return False
    return _plain(canvas, event, key)


def _arrow(canvas: Canvas, dx: int, dy: int, held: Qt.KeyboardModifier) -> bool:
    """Walks; with Ctrl over whole phases, with Shift drawing a range along; with Alt carries what is selected."""
    further = bool(held & Qt.KeyboardModifier.ShiftModifier)
    if held & Qt.KeyboardModifier.AltModifier:
        return widen(canvas, dx) if dx and further else shift(canvas, dx, dy)
    sheet, document, here = canvas.sheet, canvas.map.document, canvas.selection.cell
    far = bool(held & Qt.KeyboardModifier.ControlModifier)
    if far and dx and ranges.stands(sheet, document, here):
        there = ranges.jump(sheet, document, here, dx)
    else:
        reach = 10_000 if far else 1
        there = cells.step(sheet, document, here, dx * reach, dy * reach)
    _to(canvas, there, extends=further)
    return True


def _to(canvas: Canvas, there: Cell, *, extends: bool) -> None:
    if not extends:
        stand(canvas, there)
        return
    selection = canvas.selection
    anchor = selection.anchor or selection.cell
    selection.extend(ranges.between(canvas.sheet, canvas.map.document, anchor, there), there, anchor)
    canvas.reveal(there)


def _plain(canvas: Canvas, event: QKeyEvent, key: Qt.Key) -> bool:
    match key:
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            enter(canvas)
        case Qt.Key.Key_F2:
            canvas.editor.open()
        case Qt.Key.Key_Tab:
            go(canvas, 1, 0, make=True)
        case Qt.Key.Key_Backtab:
            go(canvas, -1, 0)
        case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
            canvas.scroll_by(0, (1 if key == Qt.Key.Key_PageDown else -1) * canvas.viewport().height() * 3 // 4)
        case Qt.Key.Key_F6:
            canvas.left.emit()
        case Qt.Key.Key_Space:
            _space(canvas, event)
        case _:
            return _typed(canvas, event.text())
    return True


def enter(canvas: Canvas) -> None:
    """Enter or a double click: edits; opens what stands among files; asks for a picture where a storyboard has none."""
    document, cell = canvas.map.document, canvas.selection.cell
    lane, first = document.get(Lane, cell.lane), canvas.selection.first
    if cell.touchpoint is not None and lane is not None and lane.kind in lanes.ATTACHED:
        if first is not None and opens(canvas, first, cell):
            canvas.asked_open.emit(first)
            return
        if lane.kind == lanes.STORYBOARD and not cells.contents(document, cell) and not canvas.map.session.read_only:
            canvas.asked_file.emit()
            return
    canvas.editor.open()


def opens(canvas: Canvas, id_: Id, cell: Cell | None) -> bool:
    """Whether a record is a file or link that stands among files, and so is opened."""
    document = canvas.map.document
    lane = document.get(Lane, cell.lane) if cell is not None else None
    return lane is not None and lane.kind == lanes.FILES and document.get(Attachment, id_) is not None


def _space(canvas: Canvas, event: QKeyEvent) -> None:
    if not event.isAutoRepeat():
        canvas.panning, canvas.tapped = True, canvas.view
        canvas.viewport().setCursor(Qt.CursorShape.OpenHandCursor)


def _typed(canvas: Canvas, text: str) -> bool:
    if not text or not text.isprintable() or text.isspace():
        return False
    cell = canvas.selection.cell
    lane = canvas.map.document.get(Lane, cell.lane)
    if touches.typed(canvas, text):
        return True
    if cell.touchpoint is not None and text in "+-−":
        by = 0.5 if text == "+" else -0.5
        return nudge_staff(canvas, by) if lane is not None and lane.kind == lanes.STAFF else nudge(canvas, by)
    if lane is not None and lane.kind == lanes.EMOTION and cell.touchpoint and text in "123456":
        return _choose(canvas, int(text) - 1)
    canvas.editor.open(text)
    return True


def go(canvas: Canvas, dx: int, dy: int, *, make: bool = False) -> None:
    """Moves the keyboard; at the end of the touchpoints (or phases) `make` opens a new one."""
    here = canvas.selection.cell
    there = cells.step(canvas.sheet, canvas.map.document, here, dx, dy)
    if make and dx > 0 and there == here and not canvas.map.session.read_only and make_next(canvas):
        return
    stand(canvas, there)


def make_next(canvas: Canvas) -> bool:
    """Opens a new touchpoint, or in the band of phases a new phase, behind where the keyboard stands."""
    document, here = canvas.map.document, canvas.selection.cell
    lane = document.get(Lane, here.lane)
    if here.lane is None and here.phase is not None:
        spot = edits.next_phase(document, here)
    elif lane is not None and lane.kind == lanes.JOURNEY:
        spot = edits.next_touchpoint(document, here)
    else:
        return False
    return spot is not None and canvas.editor.open("", spot)


def stand(canvas: Canvas, cell: Cell) -> None:
    """Puts the keyboard on a cell, selects what stands there first, and scrolls to it."""
    canvas.selection.select(*leading(canvas, cell), cell=cell)
    canvas.reveal(cell)


def leading(canvas: Canvas, cell: Cell) -> list[Id]:
    """What is selected of a cell: what stands there first; of moods that of the persona for whom the keys are."""
    document = canvas.map.document
    there, lane = cells.contents(document, cell), document.get(Lane, cell.lane)
    if lane is not None and lane.kind == lanes.EMOTION and cell.touchpoint:
        who = edits.person(document, canvas.persona)
        there = [id_ for id_ in there if who is not None and document.one(Emotion, id_).persona_id == who.id]
    return there[:1]


def shift(canvas: Canvas, dx: int, dy: int) -> bool:
    """Alt+arrow: carries what is selected one step."""
    ids = canvas.selection.ids
    if not ids or canvas.map.session.read_only:
        return True
    try:
        change, cell = carry.carried_all(canvas.sheet, canvas.map.document, ids, canvas.selection.cell, dx, dy)
    except Failure as failure:
        canvas.map.refused.emit(str(failure))
        return True
    if change and canvas.map.perform(change):
        canvas.selection.select(*ids, cell=cell)
        canvas.reveal(cell)
    return True


def widen(canvas: Canvas, by: int) -> bool:
    """Alt+Shift+arrow: the selected card covers a column more or less, as far as they are free."""
    document, first = canvas.map.document, canvas.selection.first
    card = document.get(Card, first)
    if card is None or canvas.map.session.read_only:
        return True
    wanted = max(1, min(card.span + by, span.room(canvas.sheet, document, card)))
    if not canvas.map.do(lambda: commands.span_card(document, card.id, wanted)) or wanted == card.span:
        canvas.told.emit(_("Nothing free beside it."))
    canvas.reveal(canvas.selection.cell)
    return True


def nudge(canvas: Canvas, by: float) -> bool:
    """+ and −: the assumed mood at this touchpoint."""
    document, touchpoint = canvas.map.document, canvas.selection.touchpoint
    who = edits.person(document, canvas.persona)
    if who is None or touchpoint is None:
        canvas.told.emit(_("Emotions belong to a persona: add one on the left first."))
        return True
    if canvas.map.do(lambda: edits.nudge(document, touchpoint, canvas.persona, by)):
        found = next(
            (m for m in document.referring(Emotion, "touchpoint_id", touchpoint) if m.persona_id == who.id), None
        )
        if found is not None:
            said = _("{persona} feels {value} here (assumed)")
            canvas.told.emit(said.format(persona=who.name, value=mood.signed(found.value)))
    return True


def nudge_staff(canvas: Canvas, by: float) -> bool:
    """+ and − in the row of the staff: how it is for them here."""
    document, cell = canvas.map.document, canvas.selection.cell
    if cell.lane is None or cell.touchpoint is None:
        return False
    lane, touchpoint, there = cell.lane, cell.touchpoint, cells.contents(document, cell)
    card = document.get(Card, canvas.selection.first if canvas.selection.first in there else next(iter(there), None))
    done = (
        canvas.map.do(lambda: commands.edit(document, card.id, text=staffmood.nudged(card.text, by)))
        if card is not None
        else canvas.map.do(lambda: commands.add_card(document, lane, touchpoint, staffmood.nudged("", by)))
    )
    if done:
        stand(canvas, cell)
    return True


def _choose(canvas: Canvas, number: int) -> bool:
    people = canvas.map.document.all(Persona)
    if number < len(people):
        canvas.persona = number
        canvas.told.emit(_("+ and − now set the mood of {persona}").format(persona=people[number].name))
        stand(canvas, canvas.selection.cell)
    return True


def follow_persona(canvas: Canvas) -> None:
    """Keys are for the persona whose emotion was selected last."""
    document = canvas.map.document
    record = document.record(canvas.selection.first or "")
    who = record.persona_id if isinstance(record, Emotion) else record.id if isinstance(record, Persona) else None
    people = [persona.id for persona in document.all(Persona)]
    if who in people:
        canvas.persona = people.index(who)


def escape(canvas: Canvas) -> bool:
    """Escape: out of the gesture, else out of the selection."""
    if not canvas.hand.cancel():
        canvas.selection.clear()
    return True
