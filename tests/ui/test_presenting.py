"""Presenting with real keys: on one screen, and on two, where the speaker sees more than the audience."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hands import Fingers
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from journeymap.model import commands, lens
from journeymap.model.records import Phase
from journeymap.ui.presenting.show import Show
from journeymap.ui.presenting.stage import Stage
from journeymap.ui.window import Window

SHIFT = Qt.KeyboardModifier.ShiftModifier


def begun(
    window: Window, key: Qt.Key = Qt.Key.Key_F5, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> Show:
    """A presentation, begun by its key."""
    QTest.keyClick(window.focusWidget() or window, key, held)
    QApplication.processEvents()
    assert window.place is not None
    assert window.place.presenting is not None
    return window.place.presenting


def stage(show: Show) -> Stage:
    assert show.stage is not None
    return show.stage


def press(show: Show, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(stage(show), key)
        QApplication.processEvents()


def test_f5_fills_the_screen_and_the_speakers_keys_walk_the_phases(window: Window) -> None:
    show = begun(window)
    assert stage(show).isFullScreen()
    assert show.desk is None
    count = len(show.deck.columns)
    assert [slide.kind for slide in show.deck.columns] == ["title", "story", "story", "story"]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_PageDown):
        before = show.column
        press(show, key)
        assert show.column == before + 1
    press(show, Qt.Key.Key_Right)
    assert show.column == count - 1
    press(show, Qt.Key.Key_Home)
    assert show.column == 0
    press(show, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_PageUp)
    assert show.column == count - 3
    press(show, Qt.Key.Key_3, Qt.Key.Key_Return)
    assert show.column == 2
    assert show.number == ""
    press(show, Qt.Key.Key_9, Qt.Key.Key_9, Qt.Key.Key_Return)
    assert show.column == count - 1
    press(show, Qt.Key.Key_Escape)
    assert window.place is not None
    assert window.place.presenting is None
    assert window.canvas is not None


def test_down_shows_more_of_the_phase_and_right_goes_on_to_the_next_one(window: Window) -> None:
    show = begun(window)
    press(show, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert (show.column, show.row) == (1, 1)
    assert show.slide.kind == "lanes"
    press(show, Qt.Key.Key_Up)
    assert show.slide.kind == "story"
    press(show, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert (show.column, show.row) == (2, 0)
    press(show, Qt.Key.Key_Escape)


def point(widget: QWidget, at: QPoint) -> None:
    """The pointer over a widget. Not `QTest.mouseMove`: offscreen windows cannot be raised, so it would go below."""
    where = QPointF(at)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(at)), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, moved)


def colours(show: Show) -> set[str]:
    """What is on the screen."""
    QTest.qWait(200)  # the slide before has faded
    image: QImage = stage(show).grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}


def test_b_is_black_and_any_step_brings_the_slides_back(window: Window) -> None:
    show = begun(window)
    assert len(colours(show)) > 5
    press(show, Qt.Key.Key_B)
    assert colours(show) == {"#000000"}
    press(show, Qt.Key.Key_B)
    assert len(colours(show)) > 5
    press(show, Qt.Key.Key_W)
    assert colours(show) == {"#ffffff"}
    press(show, Qt.Key.Key_Right)
    assert len(colours(show)) > 5
    press(show, Qt.Key.Key_Escape)


def test_the_laser_follows_the_pointer_and_a_click_goes_on(window: Window) -> None:
    show = begun(window)
    press(show, Qt.Key.Key_L)
    middle = stage(show).rect().center()
    point(stage(show), middle)
    assert show.pointer is not None
    assert (show.pointer - QPointF(800, 450)).manhattanLength() < 8
    QTest.qWait(200)
    assert stage(show).grab().toImage().pixelColor(middle).name() == "#e5213b"
    QTest.mouseClick(stage(show), Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 0))
    assert show.column == 1
    QTest.mouseClick(stage(show), Qt.MouseButton.RightButton, pos=middle)
    assert show.column == 0
    press(show, Qt.Key.Key_Escape)


def test_from_here_begins_at_the_keyboard_and_ends_where_the_talk_was(window: Window, fingers: Fingers) -> None:
    here = fingers.touchpoint("Fetch it")
    window.selection.select(here, cell=fingers.cell("journey", "Fetch it"))
    window.focus_map()
    show = begun(window, Qt.Key.Key_F5, SHIFT)
    assert here in show.slide.touchpoints
    press(show, Qt.Key.Key_Right, Qt.Key.Key_Escape)
    assert window.selection.touchpoint == fingers.touchpoint("Return it")


def test_what_is_presented_is_the_view_and_follows_changes(window: Window, fingers: Fingers) -> None:
    assert window.map is not None
    ride = fingers.record(Phase, "Ride")
    window.map.look_through(lens.builtin(lens.PHASE, window.map.document, ride.id))
    show = begun(window)
    assert [slide.heading for slide in show.deck.columns[1:]] == ["Ride"]
    window.map.perform(commands.edit(window.map.document, ride.id, name="Ride on"))
    assert [slide.heading for slide in show.deck.columns[1:]] == ["Ride on"]
    press(show, Qt.Key.Key_Escape)


def test_closing_the_map_ends_the_presentation(window: Window) -> None:
    show = begun(window)
    held = stage(show)
    window.show_start()
    QApplication.processEvents()
    assert show.stage is None
    assert not held.isVisible()


TWO_SCREENS = {
    "screens": [
        {
            "name": name,
            "x": x,
            "y": 0,
            "width": width,
            "height": height,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        for name, x, width, height in (("desk", 0, 1366, 768), ("wall", 1366, 1920, 1080))
    ]
}

SPEAKING = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from journeymap.model.change import adding
from journeymap.model import journey
from journeymap.model.records import Note, State
from journeymap.ui import app as application
from journeymap.ui.settings import Settings

qapp = application.application()
folder, path = Path(sys.argv[1]), Path(sys.argv[2])
assert [screen.name() for screen in QGuiApplication.screens()] == ["desk", "wall"], QGuiApplication.screens()
window = application.opened(qapp, Settings(folder / "settings.ini"), path)
QTest.qWaitForWindowExposed(window)
document = window.map.document
first = next(journey.touchpoints(document, document.all(State)[0].id))
window.map.perform(adding("note", Note("n1", first.id, "Tell the story of the bell")))
QTest.keyClick(window, Qt.Key.Key_F5)
qapp.processEvents()
show = window.place.presenting
assert show.desk is not None
assert (show.stage.screen().name(), show.desk.screen().name()) == ("wall", "desk")
assert show.stage.geometry().size().toTuple() == (1920, 1080)
QTest.keyClick(show.desk, Qt.Key.Key_Right)
assert show.column == 1
assert "Tell the story of the bell" in show.desk.notes.text()
assert show.desk.current.slide == show.deck.at(1) and show.desk.following.slide == show.deck.at(2)
assert ":" in show.desk.now.text() and show.desk.spent.text().startswith("0:")
assert show.desk.count.text().startswith("2 of 4")
QTest.qWait(250)
show.stage.grab().save(str(folder / "wall.png"))
show.desk.grab().save(str(folder / "desk.png"))
assert [step.isEnabled() for step in show.desk.steps] == [True, True, True, False]
current, strip = show.desk.current, show.desk.strip
assert current._place()[0].width() > current.width() - 4 and current._place()[0].height() > current.height() - 4
assert not any(strip.place(n).isEmpty() for n in range(4)) and strip.y() > current.y() + current.height()
QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.place(3).center().toPoint())
assert show.column == 3
assert [step.isEnabled() for step in show.desk.steps][:2] == [True, False]
show.go(1)
show.laser = True
at = show.desk.current._place()[0].center().toPoint()
none, everywhere = Qt.MouseButton.NoButton, QPointF(show.desk.current.mapToGlobal(at))
moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), everywhere, none, none, Qt.KeyboardModifier.NoModifier)
qapp.sendEvent(show.desk.current, moved)
assert abs(show.pointer.x() - 800) < 6 and abs(show.pointer.y() - 450) < 6
QTest.keyClick(show.desk, Qt.Key.Key_S)
assert (show.stage.screen().name(), show.desk.screen().name()) == ("desk", "wall")
QTest.keyClick(show.stage, Qt.Key.Key_Escape)
assert window.place.presenting is None
window.close()
print("presented")
"""


def test_on_two_screens_the_audience_sees_the_slide_and_the_speaker_next_slide_notes_and_clock(
    map_file: Path, tmp_path: Path
) -> None:
    config = tmp_path / "screens.json"
    config.write_text(json.dumps(TWO_SCREENS), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SPEAKING, str(tmp_path), str(map_file), "-platform", f"offscreen:configfile={config}"],
        capture_output=True, text=True, check=False, timeout=120, env={**_environment(), "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
    )  # fmt: skip
    assert done.stdout.strip().endswith("presented"), done.stderr
    assert QImage(str(tmp_path / "wall.png")).size().toTuple() == (1920, 1080)
    assert QImage(str(tmp_path / "desk.png")).size().toTuple() == (1366, 768)


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


@pytest.mark.parametrize("kind", lens.KINDS)
def test_every_view_can_be_presented(window: Window, kind: str) -> None:
    assert window.map is not None
    window.map.look_through(lens.builtin(kind, window.map.document))
    show = begun(window)
    for column in range(len(show.deck.columns)):
        show.go(column)
        QApplication.processEvents()
    assert len(show.deck.columns) > 1
    press(show, Qt.Key.Key_Escape)
