"""Looking by wheel, touchpad and key: scroll, zoom at the pointer, pinch, zoom to what is selected; tooltips and menus."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from journeymap.i18n import _
from journeymap.model.metrics import SKETCH_BELOW, SUMMARY_BELOW, at_zoom
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.view import LEAST, Sheet, View

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

NEAREST: Final = 2.0
"""Zooming to a selection goes no nearer than this."""

ROOM: Final = 48
"""Logical pixels that stay free around it."""


def wheel(canvas: Canvas, event: QWheelEvent) -> None:
    """Scrolls; with Ctrl zooms at the pointer."""
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        turn = event.angleDelta().y() or event.angleDelta().x()
        canvas.zoom_to(canvas.view.zoom * 1.0015**turn, event.position())
        event.accept()
        return
    way = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() * 0.8
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not way.x():
        canvas.scroll_by(-way.y(), 0)
    else:
        canvas.scroll_by(-way.x(), -way.y())
    event.accept()


def pinch(canvas: Canvas, event: QNativeGestureEvent) -> bool:
    """Two fingers on a touchpad: apart and together zooms where they are, a double tap shows what is selected."""
    match event.gestureType():
        case Qt.NativeGestureType.ZoomNativeGesture:
            canvas.zoom_to(canvas.view.zoom * (1 + event.value()), event.position())
        case Qt.NativeGestureType.SmartZoomNativeGesture:
            to_selection(canvas)
        case Qt.NativeGestureType.BeginNativeGesture | Qt.NativeGestureType.EndNativeGesture:
            pass
        case _:
            return False
    event.accept()
    return True


def to_selection(canvas: Canvas) -> bool:
    """As near as what is selected fits into the window, else the cell of the keyboard; False where neither is drawn.

    Another zoom may have other heights, so the place is asked for twice.
    """
    for _again in range(2):
        place = _selected(canvas)
        if place is None:
            return False
        view, sheet = canvas.view, canvas.sheet
        # Names and phases take their share of the window at every zoom.
        wide = (view.width - 2 * ROOM) / max(1.0, place.width() + sheet.names_width)
        high = (view.height - 2 * ROOM) / max(1.0, place.height() + sheet.head_height)
        zoom = min(NEAREST, max(LEAST, min(wide, high)))
        canvas.zoom_to(zoom)
    place = _selected(canvas)
    if place is None:
        return False
    way = canvas.view.on_screen(place).center() - QPointF(canvas.view.body(canvas.sheet).center())
    canvas.look(replace(canvas.view, x=canvas.view.x + round(way.x()), y=canvas.view.y + round(way.y())))
    return True


def _selected(canvas: Canvas) -> QRectF | None:
    """What is selected, in map units."""
    found = QRectF()
    for id_ in canvas.selection.ids:
        place = marks.record_rect(canvas, id_)
        if place is not None:
            found = place if found.isNull() else found.united(place)
    if found.isNull():
        cell = marks.cell_rect(canvas, canvas.selection.cell)
        return cell if cell is not None and not cell.isNull() else None
    return found


def fit(canvas: Canvas) -> None:
    """The whole map; of one that is too long for that, as much as can be seen around where one stands."""
    full, room = canvas.map.layout, canvas.maximumViewportSize()  # what fits has no bars
    view = replace(canvas.view, width=room.width(), height=room.height())
    if view.width < full.width * LEAST:
        canvas.zoom_to(LEAST)
        canvas.told.emit(_("The whole map is too long for one look; the overview in the corner shows where you are."))
        return
    zoom = whole(canvas.map.layout_at, view)
    if canvas.isVisible() and at_zoom(zoom).level != canvas.sheet.metrics.level:
        canvas.fade.begin()
    canvas.look(replace(view, zoom=zoom, x=0, y=0))
    if view.holds(canvas.sheet, zoom):
        _without_bars(canvas)
    else:
        canvas.told.emit(_("The whole map is too high for one look; scroll for the rest."))


def _without_bars(canvas: Canvas) -> None:
    """Both bars go at once: each alone would need the other for the room that it takes itself."""
    for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
        bar.blockSignals(True)
        bar.setRange(0, 0)
        bar.blockSignals(False)
    canvas.horizontalScrollBar().rangeChanged.emit(0, 0)


def whole(layout_at: Callable[[float], Sheet], view: View) -> float:
    """The largest zoom, never above 100 %, at which all of a map is seen; else one at which its width is.

    From afar type and rows keep their size on the screen, so another zoom has other heights, and a level that is too high at
    one zoom may fit at a smaller one: in each the largest is looked for by halving.
    """
    view = view.fitted(layout_at(1.0))
    if view.zoom >= SUMMARY_BELOW:
        return view.zoom
    wide = view.fitted(layout_at(1.0), by_height=False).zoom
    for least, below in ((SKETCH_BELOW, SUMMARY_BELOW), (LEAST, SKETCH_BELOW)):
        most = min(wide, math.nextafter(below, 0))
        found = _largest(lambda zoom: view.holds(layout_at(zoom), zoom), least, most) if most >= least else None
        if found is not None:
            return found
    return min(wide, math.nextafter(SKETCH_BELOW, 0))


def _largest(fits: Callable[[float], bool], least: float, most: float) -> float | None:
    """The largest zoom between two that fits, to half a percent; None where neither of them does."""
    if fits(most):
        return most
    if not fits(least):
        return None
    while most > least * 1.005:
        middle = math.sqrt(least * most)
        least, most = (middle, most) if fits(middle) else (least, middle)
    return least


def sync_bars(canvas: Canvas) -> None:
    """The scroll bars show where the view stands."""
    right, down = canvas.view.range(canvas.sheet)
    body = canvas.view.body(canvas.sheet)
    for bar, most, page, value in (
        (canvas.horizontalScrollBar(), right, body.width(), canvas.view.x),
        (canvas.verticalScrollBar(), down, body.height(), canvas.view.y),
    ):
        bar.blockSignals(True)
        bar.setRange(0, most)
        bar.setPageStep(page)
        bar.setSingleStep(48)
        bar.setValue(value)
        bar.blockSignals(False)
        if bar.isVisibleTo(canvas) != (most > 0):
            bar.rangeChanged.emit(0, most)  # which shows or hides it


def menu_place(canvas: Canvas, event: QContextMenuEvent) -> QPoint:
    """Where a menu opens: at the pointer, or by key at the cell of the keyboard."""
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return event.globalPos()
    cell = canvas.selection.cell
    place = marks.cell_rect(canvas, cell)
    if place is None:
        return canvas.viewport().mapToGlobal(canvas.viewport().rect().center())
    at = canvas.view.on_screen(place).center().toPoint()
    seen = canvas.viewport().rect().adjusted(8, 8, -8, -8)
    held = QPoint(min(max(at.x(), seen.left()), seen.right()), min(max(at.y(), seen.top()), seen.bottom()))
    return canvas.viewport().mapToGlobal(held)


def tooltip(canvas: Canvas, event: QEvent) -> bool:
    """Tooltips say what was cut."""
    if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
        return False
    text = marks.tip(canvas.touch(QPointF(event.pos())))
    if text:
        QToolTip.showText(event.globalPos(), text, canvas.viewport())
    else:
        QToolTip.hideText()
    return True
