"""Wheel, touchpad and keys look at the map: the place under the pointer stays, what is selected is seen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

from journeymap.ui.canvas import marks

NONE = Qt.KeyboardModifier.NoModifier


def pinch(window, at: QPointF, value: float, kind=Qt.NativeGestureType.ZoomNativeGesture) -> None:
    viewport = window.canvas.viewport()
    event = QNativeGestureEvent(
        kind, QPointingDevice.primaryPointingDevice(), 2, at, at, viewport.mapToGlobal(at), value, QPointF()
    )
    QApplication.sendEvent(viewport, event)


@pytest.mark.parametrize("value", [0.2, -0.2])
def test_two_fingers_zoom_at_the_place_where_they_are(window, value):
    canvas, at = window.canvas, QPointF(600, 400)
    canvas.zoom_to(2.0)
    canvas.look(replace(canvas.view, x=400, y=400))
    before, zoom = canvas.view.to_map(at, canvas.sheet), canvas.view.zoom
    pinch(window, at, value)
    assert canvas.view.zoom == pytest.approx(zoom * (1 + value))
    after = canvas.view.to_map(at, canvas.sheet)
    assert after == pytest.approx(before, abs=1.5)


def test_a_double_tap_shows_what_is_selected(fingers, window):
    window.selection.select(fingers.touchpoint("Return it"))
    pinch(window, QPointF(600, 400), 0, Qt.NativeGestureType.SmartZoomNativeGesture)
    assert window.canvas.view.zoom == 2.0


def test_the_wheel_zooms_at_the_pointer_with_ctrl_and_scrolls_without(open_window, map_file):
    window = open_window(map_file, size=(900, 600))
    canvas, at = window.canvas, QPointF(500, 300)
    before = canvas.view.to_map(at, canvas.sheet)
    for held in (Qt.KeyboardModifier.ControlModifier, NONE):
        event = QWheelEvent(
            at, canvas.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120 if held != NONE else -120),
            Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        y = canvas.view.y
        QApplication.sendEvent(canvas.viewport(), event)
        if held != NONE:
            assert canvas.view.zoom > 1.1
            assert canvas.view.to_map(at, canvas.sheet) == pytest.approx(before, abs=1.5)
        else:
            assert canvas.view.y == y + 96


@pytest.mark.parametrize("names", [["Return it"], ["Ask friends", "Return it"], ["Compare shops", "Fetch it"]])
def test_zoom_to_selection_shows_all_of_it_in_the_middle(open_window, map_file, hands, names):
    window = open_window(map_file, size=(1000, 700))
    fingers = hands(window)
    window.canvas.zoom_to(0.2)
    window.selection.select(*(fingers.touchpoint(name) for name in names))
    window.canvas.setFocus()
    fingers.key(Qt.Key.Key_F8)
    canvas = window.canvas
    body = canvas.view.body(canvas.sheet)
    for name in names:
        place = canvas.view.on_screen(marks.record_rect(canvas, fingers.touchpoint(name)))
        assert body.contains(place.toAlignedRect())
    assert canvas.view.zoom > 0.4


def test_with_nothing_to_show_zoom_to_selection_leaves_the_view(open_window, blank_file, hands):
    window = open_window(blank_file)
    before = window.canvas.view
    hands(window).key(Qt.Key.Key_F8)
    assert window.canvas.view == before


def test_the_menu_key_opens_the_menu_where_the_keyboard_stands(fingers, window):
    asked = []
    window.canvas.asked_menu.disconnect()
    window.canvas.asked_menu.connect(asked.append)
    fingers.stand(fingers.cell("thoughts", "Fetch it"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(3, 3), QPoint(3, 3))
    QApplication.sendEvent(window.canvas.viewport(), event)
    cell = marks.cell_rect(window.canvas, fingers.cell("thoughts", "Fetch it"))
    there = window.canvas.viewport().mapFromGlobal(asked[0])
    assert window.canvas.view.on_screen(cell).contains(QPointF(there))
