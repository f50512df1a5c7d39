"""A map opens where it was left: page, zoom, scroll, cell; panels and the overview as they were."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands
from journeymap.model.records import Phase
from journeymap.session import Session
from journeymap.ui import remembering
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.minimap import Minimap
from journeymap.ui.selection import Cell
from journeymap.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def wide(window, count: int = 40) -> None:
    """A map that is wider and higher than the window."""
    document = window.map.document
    last = document.all(Phase)[-1].id
    for n in range(count):
        window.map.perform(commands.add_touchpoint(document, last, f"Step {n}"))


def test_zoom_scroll_and_cell_come_back(open_window, map_file, hands):
    window = open_window(map_file, size=(1000, 700))
    fingers = hands(window)
    wide(window)
    fingers.stand(fingers.cell("thoughts", "Step 20"))
    window.canvas.zoom_to(1.5)
    window.canvas.reveal(window.selection.cell)
    view, cell = window.canvas.view, window.selection.cell
    window.close()
    again = open_window(map_file, size=(1000, 700))
    found = again.canvas.view
    assert (found.zoom, found.x, found.y) == (view.zoom, view.x, view.y)
    assert again.selection.cell == cell
    assert again.status._level.text() == "150 %"


def test_the_page_comes_back(open_window, map_file, hands, qtbot):
    window = open_window(map_file)
    hands(window).key(Qt.Key.Key_2, held=CTRL)
    window.close()
    again = open_window(map_file)
    qtbot.waitUntil(lambda: again.place.view == "table", timeout=3000)


def test_each_map_has_its_own_place(open_window, map_file, blank_file):
    window = open_window(map_file)
    window.canvas.zoom_to(2.0)
    window.open_map(blank_file)
    assert window.canvas.view.zoom == 1.0
    window.open_map(map_file)
    assert window.canvas.view.zoom == 2.0


def test_a_cell_that_is_gone_gives_way_to_the_first(open_window, map_file, hands):
    window = open_window(map_file)
    fingers = hands(window)
    fingers.stand(fingers.cell("journey", "Return it"))
    gone = fingers.touchpoint("Return it")
    first = fingers.cell("journey", "Ask friends")
    window.close()
    with Session.open(map_file) as session:
        session.perform(commands.delete(session.document, gone))
    assert open_window(map_file).selection.cell == first


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", json.dumps({"zoom": "wide", "x": None, "y": 1}), json.dumps({"zoom": 1e308, "x": -5, "y": 9e9}),
     json.dumps({"page": "nothing", "zoom": 1, "x": 1, "y": 1, "lane": 3, "touchpoint": ["a"]})],
)  # fmt: skip
def test_what_is_damaged_in_the_settings_does_no_harm(open_window, map_file, settings, text):
    settings.keep_place_in(map_file, text)
    window = open_window(map_file)
    right, down = window.canvas.view.range(window.canvas.sheet)
    assert 0 <= window.canvas.view.x <= right
    assert 0 <= window.canvas.view.y <= down
    assert window.place.view == "map"


def test_numbers_that_are_none_are_not_taken():
    assert remembering.read('{"zoom": NaN}')["zoom"] != 1


def test_the_overview_is_hidden_by_key_and_stays_so(open_window, map_file, hands):
    window = open_window(map_file, size=(1100, 900))
    fingers = hands(window)
    wide(window, 20)
    QApplication.processEvents()
    window.canvas.look(window.canvas.view)
    window.canvas.scroll_by(1, 0)
    overview = window.canvas.findChild(Minimap)
    window.place.show_panel("outline", shown=False)
    window.place.show_panel("inspector", shown=False)
    QApplication.processEvents()
    assert overview.isVisible()
    fingers.key(Qt.Key.Key_F7)
    assert not overview.isVisible()
    window.close()
    again = open_window(map_file, size=(1100, 900))
    again.canvas.scroll_by(2, 0)
    assert not again.canvas.findChild(Minimap).isVisible()
    hands(again).key(Qt.Key.Key_F7)
    assert again.canvas.findChild(Minimap).isVisible()


def test_the_last_row_can_be_scrolled_out_from_under_the_overview(open_window, map_file, hands):
    window = open_window(map_file, size=(1100, 760))
    wide(window, 20)
    canvas = window.canvas
    canvas.zoom_to(1.0)
    canvas.scroll_by(0, 100_000)
    bottom = canvas.view.to_screen(0, canvas.sheet.height).y()
    assert bottom <= canvas.overview.y()


@pytest.mark.parametrize("high", [700, 860, 1000, 1200])
def test_nothing_stays_under_the_overview_however_high_the_window(open_window, map_file, hands, high):
    window = open_window(map_file, size=(1500, high))
    wide(window, 20)
    canvas = window.canvas
    canvas.zoom_to(1.0)
    canvas.scroll_by(0, 100_000)
    bottom = canvas.view.to_screen(0, canvas.sheet.height).y()
    assert canvas.overview.isVisible()
    assert bottom <= canvas.overview.y() or bottom < canvas.view.height - 92


def test_the_overview_steps_aside_for_the_cell_of_the_keyboard(open_window, map_file, hands):
    window = open_window(map_file, size=(1500, 760))
    wide(window, 20)
    canvas = window.canvas
    canvas.zoom_to(1.0)
    canvas.look(canvas.view)
    row = next(one for one in canvas.sheet.rows if one.y + one.height > canvas.overview.y() and one.lane_id)
    for column in canvas.sheet.columns[:14]:
        window.selection.select(cell=Cell(row.lane_id, column.touchpoint_id))
        canvas.reveal(window.selection.cell)
        place = canvas.view.on_screen(marks.cell_rect(canvas, window.selection.cell)).toAlignedRect()
        assert canvas.overview.isVisible()
        assert not place.intersects(canvas.overview.geometry()), column


def test_the_overview_is_folded_by_hand_and_a_button_brings_it_back(open_window, map_file, hands):
    window = open_window(map_file, size=(1500, 900))
    wide(window, 20)
    canvas = window.canvas
    canvas.zoom_to(1.0)
    overview = canvas.overview
    assert overview.isVisible()
    assert not overview.tab.isVisible()
    QApplication.sendEvent(overview, QEnterEvent(QPointF(4, 4), QPointF(4, 4), QPointF(4, 4)))
    QTest.mouseClick(overview.fold, Qt.MouseButton.LeftButton)
    assert not overview.isVisible()
    assert overview.tab.isVisible()
    assert not window.settings.panel("overview")
    QTest.mouseClick(overview.tab, Qt.MouseButton.LeftButton)
    assert overview.isVisible()
    assert not overview.tab.isVisible()
    assert window.settings.panel("overview")


def test_geometry_comes_back(qapp, map_file, settings, open_window):
    window = open_window(map_file)
    window.resize(780, 560)  # the screen of these tests has 800 × 800
    window.close()
    again = Window(settings)
    assert (again.width(), again.height()) == (780, 560)
    again.deleteLater()
