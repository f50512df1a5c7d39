"""Searching with real keys: hits are counted, marked, led to one by one; the finder finds every record, also misspelt."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from journeymap.model import commands
from journeymap.model.change import adding
from journeymap.model.records import (
    Action,
    Card,
    Lane,
    Opportunity,
    Persona,
    Phase,
    Tag,
    Tagging,
    Touchpoint,
    Trait,
    new_id,
)
from journeymap.ui import theme
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.search import of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def name(window) -> str:
    touchpoint = window.map.document.get(Touchpoint, window.selection.touchpoint)
    return touchpoint.name if touchpoint else ""


def test_ctrl_f_counts_hits_and_leads_to_the_first(fingers, window):
    fingers.key(Qt.Key.Key_F, held=CTRL)
    fingers.type("shop")
    search = of(window.canvas)
    assert search.isVisible()
    assert search.count.text() == "1 of 3"  # a name, a text of the front stage, a channel
    assert window.selection.cell == fingers.cell("journey", "Compare shops")


def test_enter_f3_and_shift_f3_go_round(fingers, window):
    fingers.key(Qt.Key.Key_F, held=CTRL)
    fingers.type("shop")
    fingers.key(Qt.Key.Key_Return)
    assert window.selection.cell == fingers.cell("front_stage", "Compare shops")
    fingers.key(Qt.Key.Key_F3)
    assert (name(window), of(window.canvas).count.text()) == ("Fetch it", "3 of 3")
    fingers.key(Qt.Key.Key_F3)
    assert of(window.canvas).count.text() == "1 of 3"
    fingers.key(Qt.Key.Key_F3, held=SHIFT)
    assert name(window) == "Fetch it"


def test_escape_closes_the_search_and_leaves_the_keyboard_on_the_hit(fingers, window):
    fingers.key(Qt.Key.Key_F, held=CTRL)
    fingers.type("ride al")
    fingers.key(Qt.Key.Key_Escape)
    assert window.focusWidget() is window.canvas
    assert not of(window.canvas).isVisible()
    assert window.selection.cell == fingers.cell("journey", "Ride along")
    fingers.key(Qt.Key.Key_F3)
    assert of(window.canvas).isVisible()


def test_f3_without_a_search_asks_for_one(fingers, window):
    fingers.key(Qt.Key.Key_F3)
    assert window.focusWidget() is of(window.canvas).line


def test_every_hit_is_marked_on_the_map(fingers, window):
    canvas = window.canvas
    window.choose_theme("light")
    window.selection.clear()
    search = of(canvas)
    places = [
        canvas.view.on_screen(marks.record_rect(canvas, fingers.touchpoint(n))) for n in ("Fetch it", "Return it")
    ]
    spots = [(place.bottomLeft().toPoint() + QPoint(20, -4)) for place in places]
    other = canvas.view.on_screen(marks.record_rect(canvas, fingers.touchpoint("Ride along")))
    quiet = other.bottomLeft().toPoint() + QPoint(20, -4)
    before = canvas.viewport().grab().toImage()
    search.open()
    search.line.setText("it")
    search._typed()
    window.selection.clear()
    after = canvas.viewport().grab().toImage()
    for spot in spots:
        assert after.pixelColor(spot) != before.pixelColor(spot)
    assert after.pixelColor(quiet) == before.pixelColor(quiet)


def test_phases_and_lanes_are_found_and_marked(fingers, window):
    fingers.key(Qt.Key.Key_F, held=CTRL)
    fingers.type("bring back")
    assert window.selection.cell.phase == fingers.record(Phase, "Bring back").id
    fingers.key(Qt.Key.Key_A, held=CTRL)
    fingers.type("departments")
    assert window.selection.first == fingers.lane("departments")


def test_a_hit_in_a_folded_lane_leads_to_its_column_and_says_so(fingers, window):
    lane = fingers.lane("thoughts")
    window.map.perform(commands.show_lane(window.map.document, lane, shown=False))
    fingers.key(Qt.Key.Key_F, held=CTRL)
    fingers.type("which one")
    assert name(window) == "Ask friends"
    assert "Thoughts" in window.status.hint_text()
    assert window.selection.first == fingers.record(Card, "Which one is good?").id


def test_hits_follow_the_map(fingers, window, qtbot):
    fingers.key(Qt.Key.Key_F, held=CTRL)
    fingers.type("shop")
    window.map.perform(commands.rename(window.map.document, fingers.touchpoint("Ride along"), "Ride to the shop"))
    qtbot.waitUntil(lambda: of(window.canvas).count.text().endswith("of 4"), timeout=3000)


def test_nothing_found_is_said(fingers, window):
    fingers.key(Qt.Key.Key_F, held=CTRL)
    fingers.type("xyzzy")
    assert of(window.canvas).count.text() == "No hit"


@pytest.mark.parametrize("dark", [False, True])
def test_the_bar_is_dressed_in_both_themes(fingers, window, dark):
    window.choose_theme("dark" if dark else "light")
    fingers.key(Qt.Key.Key_F, held=CTRL)
    shot = of(window.canvas).grab().toImage()
    assert shot.pixelColor(12, 20).name() == theme.colour("card").name()


# ---------------------------------------------------------------- the finder


def ask(fingers, window, words: str) -> None:
    fingers.key(Qt.Key.Key_K, held=CTRL)
    line = window.finder.findChild(QLineEdit)
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_the_finder_forgives_a_slip_of_the_pen(fingers, window):
    ask(fingers, window, "compaer shosp")
    assert name(window) == "Compare shops"


def test_the_finder_finds_texts_channels_departments_tags_and_people(fingers, window):
    ride = fingers.touchpoint("Ride along")
    tag = Tag(new_id(), "a0", "Quick win")
    ines = fingers.record(Persona, "Ines")
    trait = Trait(new_id(), ines.id, "a0", "goal", "Arrive on time")
    action = Action(new_id(), "a0", 1, "Print the form")
    window.map.perform(adding("", tag, Tagging(new_id(), tag.id, ride), trait, action))
    for words, expected in (
        ("which one is", fingers.record(Card, "Which one is good?").id),
        ("shorter form", fingers.record(Opportunity, "A shorter form").id),
        ("quick win", ride),
        ("arrive on", ines.id),
        ("print the", action.id),
    ):
        ask(fingers, window, words)
        assert window.selection.first == expected, words
    ask(fingers, window, "Shop")
    assert name(window) in {"Fetch it", "Compare shops"}


def test_the_likeness_of_names_is_not_loaded_before_it_is_asked_for(map_file, tmp_path):
    code = (
        "import sys; from pathlib import Path; from journeymap.ui import app; from journeymap.ui.settings import Settings\n"
        "a = app.application(); w = app.opened(a, Settings(sys.argv[2]), Path(sys.argv[1])); a.processEvents()\n"
        "w.open_finder(); print('rapidfuzz' in sys.modules)\n"
        "w.finder._search('asc friend'); print('rapidfuzz' in sys.modules); w.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(map_file), str(tmp_path / "s.ini")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == ["False", "True"]


def test_lanes_are_found_by_the_name_that_is_shown(fingers, window):
    ask(fingers, window, "back stage")
    assert window.map.document.one(Lane, window.selection.first).kind == "back_stage"
