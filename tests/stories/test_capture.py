"""Whole gestures from the first key to the file: what a person does in a workshop, and what is there afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from journeymap.model.records import Card, Emotion, PainPoint, Phase, Touchpoint
from journeymap.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def grid(path: Path) -> list[tuple[str, list[str]]]:
    """The phases of a file with the names of their touchpoints."""
    with Session.open(path, read_only=True) as session:
        document = session.document
        return [
            (phase.name, [one.name for one in document.referring(Touchpoint, "phase_id", phase.id)])
            for phase in document.all(Phase)
        ]


def test_a_journey_is_captured_by_keys_alone(open_window, blank_file, hands, qtbot):
    window = open_window(blank_file)
    fingers = hands(window)
    # The first thing the customer does brings its phase along.
    fingers.type("See an advert")
    fingers.key(Qt.Key.Key_Tab)
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("Compare prices")
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("Ask a friend")
    fingers.key(Qt.Key.Key_Return)
    # Down one lane: thoughts under the last touchpoint, then under the one before.
    fingers.type("She would know")
    fingers.key(Qt.Key.Key_Return)
    # Up to the phases: a name, and two more phases.
    fingers.key(*[Qt.Key.Key_Up] * 6)
    fingers.type("Find")
    fingers.key(Qt.Key.Key_Tab)
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("Buy")
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("Use")
    fingers.key(Qt.Key.Key_Return)
    # Enter went down into the empty phase: its first touchpoint.
    fingers.type("Open the box")
    fingers.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.status.saved_text() == "Saved on this computer", timeout=5000)
    window.close()
    assert grid(blank_file) == [
        ("Find", ["See an advert", "Compare prices", "Ask a friend"]),
        ("Buy", []),
        ("Use", ["Open the box"]),
    ]
    with Session.open(blank_file, read_only=True) as session:
        (card,) = session.document.all(Card)
        assert card.text == "She would know"
        assert session.document.one(Touchpoint, card.touchpoint_id).name == "Ask a friend"


def test_a_card_dragged_to_another_phase_is_there_after_reopening(fingers, window, map_file):
    start = fingers.middle(fingers.touchpoint("Compare shops"))
    fingers.drag(start, fingers.middle(fingers.touchpoint("Return it")) + QPoint(40, 0))
    window.close()
    assert grid(map_file) == [
        ("Find", ["Ask friends"]),
        ("Ride", ["Fetch it", "Ride along"]),
        ("Bring back", ["Return it", "Compare shops"]),
    ]


def test_undo_goes_back_to_the_beginning_across_a_restart_and_redo_forward_again(open_window, map_file, hands):
    before = grid(map_file)
    window = open_window(map_file)
    fingers = hands(window)
    fingers.type("Look around")
    fingers.key(Qt.Key.Key_Tab, Qt.Key.Key_Delete)
    fingers.key(Qt.Key.Key_Plus)
    after = fingers.names()
    window.close()
    window = open_window(map_file)
    fingers = hands(window)
    assert fingers.names() == after
    for _n in range(3):
        fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert window.map.session.undo_label == ""
    assert fingers.names() == [names for _phase, names in before]
    for _n in range(3):
        fingers.key(Qt.Key.Key_Z, held=CTRL | SHIFT)
    window.close()
    assert [names for _phase, names in grid(map_file)] == after


CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from journeymap.ui import app
from journeymap.ui.settings import Settings
application = app.application()
window = app.opened(application, Settings(sys.argv[2]), Path(sys.argv[1]))
QTest.qWaitForWindowExposed(window)
QTest.keyClicks(window.canvas, "H")
QTest.keyClicks(window.canvas.editor, "alf a nam")
QTimer.singleShot(1800, lambda: os.kill(os.getpid(), 9))
application.exec()
"""


def test_half_typed_text_survives_a_crash_and_can_be_finished(open_window, map_file, tmp_path, hands):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(map_file), str(tmp_path / "other.ini")],
        env=environment, check=False, timeout=60, capture_output=True,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    window = open_window(map_file)
    editor = window.canvas.editor
    assert editor.isVisible()
    assert editor.toPlainText() == "Half a nam"
    assert "half typed" in window.notice.text
    fingers = hands(window)
    assert fingers.names()[0][0] == "Ask friends"
    fingers.type("e")
    fingers.key(Qt.Key.Key_Return)
    assert fingers.names()[0][0] == "Half a name"
    assert window.map.session.drafts() == []


def test_a_given_up_draft_does_not_come_back(open_window, map_file, hands, qtbot):
    window = open_window(map_file)
    fingers = hands(window)
    fingers.type("Never mind")
    qtbot.waitUntil(lambda: bool(window.map.session.drafts()), timeout=3000)
    fingers.key(Qt.Key.Key_Escape)
    window.close()
    window = open_window(map_file)
    assert not window.canvas.editor.isVisible()
    assert window.notice.text == ""


def test_what_another_process_writes_appears_and_can_be_worked_on(fingers, window, map_file, qtbot):
    code = (
        "import sys; from journeymap.session import Session; from journeymap.model import commands;"
        "from journeymap.model.records import Phase\n"
        "with Session.open(sys.argv[1]) as s:\n"
        "    s.perform(commands.add_touchpoint(s.document, s.document.all(Phase)[0].id, 'From elsewhere'))\n"
    )
    subprocess.run([sys.executable, "-c", code, str(map_file)], check=True, timeout=60)
    qtbot.waitUntil(lambda: "From elsewhere" in fingers.names()[0], timeout=5000)
    fingers.double(fingers.middle(fingers.touchpoint("From elsewhere")))
    fingers.type("From the office")
    fingers.key(Qt.Key.Key_Return)
    window.close()
    assert grid(map_file)[0] == ("Find", ["Ask friends", "Compare shops", "From the office"])


def test_a_workshop_with_mouse_and_keys_ends_up_in_the_file(fingers, window, map_file):
    fingers.click(fingers.middle(fingers.touchpoint("Fetch it")))
    fingers.key(Qt.Key.Key_P, held=CTRL | SHIFT)
    fingers.type("The form is long")
    fingers.key(Qt.Key.Key_Return)
    fingers.click(fingers.middle(fingers.touchpoint("Fetch it")))
    fingers.key(*[Qt.Key.Key_Minus] * 2)
    window.close()
    with Session.open(map_file, read_only=True) as session:
        document = session.document
        (pain,) = document.all(PainPoint)
        assert (pain.text, pain.number) == ("The form is long", 1)
        assert sorted(m.value for m in document.all(Emotion) if m.touchpoint_id == pain.touchpoint_id) == [-1.5, 0.0]


def test_closing_the_window_in_the_middle_of_a_word_keeps_the_word(fingers, window, map_file):
    fingers.type("Last word")
    window.close()
    QApplication.processEvents()
    assert grid(map_file)[0][1][0] == "Last word"
