"""The filter by real keys: only a persona, a channel, a department, a tag; said on the map; off with one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from journeymap.model import commands, lens
from journeymap.model.commands.tags import set_tags
from journeymap.model.records import Persona, Touchpoint

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def prepared(fingers, window, qtbot):
    document = window.map.document
    window.map.perform(set_tags(document, fingers.touchpoint("Ride along"), ["Quick win"]))
    window.map.perform(commands.set_department(document, fingers.touchpoint("Fetch it"), "Booking"))
    qtbot.waitUntil(lambda: hasattr(window.place, "filtered"), timeout=3000)
    return window


def only(fingers, window, words: str) -> None:
    fingers.key(Qt.Key.Key_F, held=CTRL | SHIFT)
    line = window.finder.findChild(QLineEdit)
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def shown(window) -> list[str]:
    document = window.map.document
    return [document.one(Touchpoint, column.touchpoint_id).name for column in window.canvas.sheet.columns]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("web", ["Ask friends", "Compare shops"]),
        ("booking", ["Fetch it"]),
        ("quick win", ["Ride along"]),
    ],
)
def test_only_the_touchpoints_of_a_channel_a_department_a_tag_are_left_and_f4_brings_all_back(
    fingers, prepared, words, left
):
    window = prepared
    before = shown(window)
    only(fingers, window, words)
    assert shown(window) == left
    assert window.place.filtered.isVisible()
    assert words.split()[0] in window.place.filtered.text.text().casefold()
    fingers.key(Qt.Key.Key_F4)
    assert shown(window) == before
    assert not window.place.filtered.isVisible()
    assert window.map.view is None


def test_only_one_personas_curve_is_left(fingers, prepared):
    window = prepared
    otto = next(one for one in window.map.document.all(Persona) if one.name == "Otto")
    only(fingers, window, "otto")
    assert window.map.layout.lens.personas == frozenset({otto.id})
    fingers.key(Qt.Key.Key_F4)
    assert window.map.layout.lens.personas is None


def test_filters_add_up_and_are_taken_off_one_by_one(fingers, prepared):
    window = prepared
    only(fingers, window, "web")
    only(fingers, window, "shop")
    assert shown(window) == ["Ask friends", "Compare shops", "Fetch it"]
    only(fingers, window, "web")
    assert shown(window) == ["Fetch it"]
    only(fingers, window, "show everything")
    assert len(shown(window)) == 5


def test_the_keyboard_walks_only_what_is_left(fingers, prepared):
    window = prepared
    only(fingers, window, "web")
    window.canvas.setFocus()
    fingers.key(Qt.Key.Key_Home, *[Qt.Key.Key_Right] * 5)
    assert window.map.document.one(Touchpoint, window.selection.touchpoint).name == "Compare shops"


def test_a_filter_stands_on_the_view_that_is_looked_through(fingers, prepared):
    window = prepared
    window.map.look_through(lens.builtin(lens.PAINS, window.map.document))
    only(fingers, window, "web")
    assert window.map.view.kind == lens.PAINS
    assert shown(window) == ["Ask friends", "Compare shops"]
    fingers.key(Qt.Key.Key_F4)
    assert window.map.view == lens.builtin(lens.PAINS, window.map.document)


def test_f4_without_a_filter_says_so(fingers, prepared):
    fingers.key(Qt.Key.Key_F4)
    assert "Nothing" in prepared.status.hint_text()


def test_what_is_found_is_shown_though_a_filter_hid_it(fingers, prepared):
    window = prepared
    only(fingers, window, "web")
    fingers.key(Qt.Key.Key_K, held=CTRL)
    line = window.finder.findChild(QLineEdit)
    QTest.keyClicks(line, "ride along")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "Ride along" in shown(window)
