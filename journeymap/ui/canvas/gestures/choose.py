"""Which gesture a press means, and what a click selects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from journeymap.model import commands
from journeymap.model.records import Emotion, Id, Lane, Phase, Record, Touchpoint
from journeymap.ui.canvas import cells, keys, marks, touches, ways
from journeymap.ui.canvas.gestures import border, measure, span
from journeymap.ui.canvas.gestures.band import Band
from journeymap.ui.canvas.gestures.card import DragCard
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch
from journeymap.ui.canvas.gestures.heads import DragLane, DragPhase
from journeymap.ui.canvas.gestures.link import DrawLink, Reroute
from journeymap.ui.canvas.gestures.mood import DragMood
from journeymap.ui.canvas.gestures.pan import Pan
from journeymap.ui.canvas.gestures.touchpoint import DragTouchpoint

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


def gesture(canvas: Canvas, at: Touch, button: Qt.MouseButton) -> Callable[[], Gesture] | None:
    """What dragging from here means; None where it means nothing."""
    if button == Qt.MouseButton.MiddleButton or (canvas.panning and button == Qt.MouseButton.LeftButton):
        canvas.tapped = None
        return lambda: Pan(canvas)
    if button != Qt.MouseButton.LeftButton:
        return None
    if canvas.map.session.read_only:
        return lambda: Band(canvas)
    edge = border.near(canvas, at.screen)
    if edge is not None:
        return lambda: border.dragging(canvas, edge)
    end = ways.grip(canvas, at.screen)
    if end is not None:
        return lambda: Reroute(canvas, *end)
    source = marks.near_handle(canvas, at.screen)
    if source is not None:
        return lambda: DrawLink(canvas, source)
    wide = span.near(canvas, at)
    if wide is not None:
        return lambda: span.DragSpan(canvas, wide)
    end_of = measure.near(canvas, at)
    if end_of is not None:
        return lambda: measure.DragOwner(canvas, end_of[0], right=end_of[1])
    return _carrying(canvas, at) or (lambda: Band(canvas))


def _carrying(canvas: Canvas, at: Touch) -> Callable[[], Gesture] | None:
    """What is taken hold of under the pointer; None for empty ground."""
    meaning = at.group.meaning if at.group is not None else None
    record = canvas.map.document.record(meaning.record) if meaning is not None and meaning.record else None
    if meaning is not None and meaning.role == "tension" and meaning.touchpoint and meaning.lane:
        touchpoint, lane = meaning.touchpoint, meaning.lane
        return lambda: measure.DragTension(canvas, touchpoint, lane)
    if meaning is None or record is None:
        return None
    id_ = record.id
    match record:
        case Phase() if meaning.role == "phase":
            return lambda: DragPhase(canvas, id_)
        case Lane() if meaning.role == "lane":
            return lambda: DragLane(canvas, id_)
        case Touchpoint() if meaning.role == "touchpoint":
            return lambda: DragTouchpoint(canvas, _along(canvas, id_, Touchpoint))
        case Emotion():
            return lambda: DragMood(canvas, id_)
        case _ if isinstance(record, commands.HUNG):
            return lambda: DragCard(canvas, _along(canvas, id_, commands.HUNG), meaning)
    return None


def _along(canvas: Canvas, id_: Id, kinds: type[Record] | tuple[type[Record], ...]) -> tuple[Id, ...]:
    """What is carried along: what is selected of these kinds, where that holds the record; else it alone."""
    if id_ not in canvas.selection.ids:
        return (id_,)
    document = canvas.map.document
    rest = (one for one in canvas.selection.ids if one != id_ and isinstance(document.record(one), kinds))
    return (id_, *rest)


def cursor(canvas: Canvas, at: Touch) -> Qt.CursorShape:
    """The pointer's shape over a place."""
    if canvas.panning:
        return Qt.CursorShape.OpenHandCursor
    if not canvas.map.session.read_only:
        edge = border.near(canvas, at.screen)
        if edge is not None:
            return Qt.CursorShape.SplitVCursor if edge.lane else Qt.CursorShape.SplitHCursor
        if span.near(canvas, at) is not None or measure.near(canvas, at) is not None:
            return Qt.CursorShape.SizeHorCursor
    if ways.grip(canvas, at.screen) is not None or marks.near_handle(canvas, at.screen) is not None:
        return Qt.CursorShape.CrossCursor
    record = canvas.map.document.record(at.group.meaning.record) if at.group and at.group.meaning.record else None
    level = isinstance(record, Emotion) or (at.group is not None and at.group.meaning.role == "tension")
    return Qt.CursorShape.SizeVerCursor if level else Qt.CursorShape.ArrowCursor


def select(canvas: Canvas, at: Touch, *, keep: bool = False) -> None:
    """A click: selects what is there and moves the keyboard there; `keep` leaves a selection that holds it already."""
    group = at.group
    cell = cells.cell_of(canvas.map.document, group) if group is not None else None
    if cell is None:
        cell = cells.at(canvas.sheet, at.x, at.y)
    record = group.meaning.record if group is not None else None
    if record is None or record not in canvas.map.document:
        if cell is None or not at.adds:
            canvas.selection.select(*(keys.leading(canvas, cell) if cell else ()), cell=cell)
    elif at.copies and not keep and keys.opens(canvas, record, cell):
        canvas.asked_open.emit(record)
    elif at.adds and not keep:
        canvas.selection.toggle(record)
    elif not (keep and record in canvas.selection.ids):
        canvas.selection.select(record, cell=cell)


def open_(canvas: Canvas, at: Touch) -> None:
    """A double click: edits in place; on a border it gives the usual size back."""
    edge = border.near(canvas, at.screen) if not canvas.map.session.read_only else None
    if edge is not None:
        border.reset(canvas, edge)
        return
    if touches.double(canvas, at):
        return
    select(canvas, at)
    keys.enter(canvas)
