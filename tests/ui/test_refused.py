"""A disk that refuses under the hand: the picture goes back to what is on disk, one sentence says why, work goes on afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hands import WRITTEN
from monkey import file_is_true, layout_is_true, picture_is_true, shot
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands
from journeymap.model.outline import build
from journeymap.model.records import Card, Lane, Link, Phase
from journeymap.session import Session
from journeymap.ui.canvas import cells, marks, ways
from journeymap.ui.window import Window

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
K = Qt.Key


# ---------------------------------------------------------------- gestures and key edits


def stand(fingers, name: str = "Compare shops", kind: str = "journey") -> None:
    fingers.window.canvas.linkbar.done()
    cell = fingers.cell(kind, name)
    fingers.window.selection.select(*cells.contents(fingers.window.map.document, cell)[:1], cell=cell)
    fingers.window.canvas.setFocus()


def carry_card(fingers) -> None:
    fingers.drag(fingers.middle(fingers.touchpoint("Ask friends")), fingers.middle(fingers.touchpoint("Ride along")))


def carry_cards(fingers) -> None:
    fingers.window.selection.select(*(fingers.touchpoint(name) for name in ("Ask friends", "Compare shops")))
    carry_card(fingers)


def copy_card(fingers) -> None:
    start, end = (fingers.middle(fingers.touchpoint(name)) for name in ("Ask friends", "Ride along"))
    fingers.press(start)
    fingers.move(end, since=start)
    QTest.mouseRelease(fingers.window.canvas.viewport(), Qt.MouseButton.LeftButton, CTRL, end)


def carry_text(fingers) -> None:
    card = fingers.record(Card, "Which one is good?")
    there = marks.cell_rect(fingers.window.canvas, fingers.cell("thoughts", "Ride along"))
    fingers.drag(fingers.middle(card.id, card.lane_id), fingers.window.canvas.view.on_screen(there).center().toPoint())


def drag_mood(fingers) -> None:
    x = marks.record_rect(fingers.window.canvas, fingers.touchpoint("Compare shops")).center().x()
    layout = fingers.window.map.layout
    fingers.drag(fingers.point(x, layout.mood_level(0.5)), fingers.point(x, layout.mood_level(-1.5)))


def chevron(fingers, name: str) -> QPoint:
    phase = fingers.record(Phase, name).id
    block = next(one for one in cells.blocks(fingers.window.canvas.sheet) if one.phase == phase)
    return QPoint(fingers.point(block.x + 40, 0).x(), 26)


def drag_phase(fingers) -> None:
    fingers.drag(chevron(fingers, "Bring back"), chevron(fingers, "Find"))


def lane_at(fingers, kind: str, *, foot: bool = False) -> QPoint:
    row = next(row for row in fingers.window.canvas.sheet.rows if row.lane_id == fingers.lane(kind))
    return QPoint(40, round(row.y + row.height * (1 if foot else 0.5)))


def drag_lane(fingers) -> None:
    fingers.drag(lane_at(fingers, "thoughts"), lane_at(fingers, "journey") - QPoint(0, 30))


def drag_column(fingers) -> None:
    column, gap = fingers.window.canvas.sheet.columns[0], fingers.window.canvas.sheet.metrics.gap / 2
    start = QPoint(fingers.point(column.x + column.width + gap, 0).x(), 26)
    fingers.drag(start, start + QPoint(40, 0))


def drag_row(fingers) -> None:
    start = lane_at(fingers, "thoughts", foot=True)
    fingers.drag(start, start + QPoint(0, 64))


def draw_link(fingers) -> None:
    source = fingers.touchpoint("Ask friends")
    fingers.move(fingers.middle(source))
    fingers.drag(
        marks.handle_at(fingers.window.canvas, source).toPoint(), fingers.middle(fingers.touchpoint("Ride along"))
    )


def link_of(fingers) -> Link:
    (link,) = fingers.window.map.document.all(Link)
    fingers.window.selection.select(link.id)
    return link


def reroute_link(fingers) -> None:
    grip = ways.way(fingers.window.canvas, link_of(fingers).id).end.toPoint()
    fingers.drag(grip, fingers.middle(fingers.touchpoint("Ride along")))


def name_link(fingers) -> None:
    link_of(fingers)
    fingers.window.canvas.setFocus()
    fingers.key(K.Key_F2)
    fingers.type("because")
    fingers.key(K.Key_Return)


def type_text(fingers) -> None:
    stand(fingers, "Fetch it", "thoughts")
    fingers.type("Is it far")
    fingers.key(K.Key_Return)


def rename(fingers) -> None:
    stand(fingers)
    fingers.key(K.Key_F2)
    fingers.type("Weigh it up")
    fingers.key(K.Key_Tab)


def on(name: str, *keys: tuple[Qt.Key, Qt.KeyboardModifier], kind: str = "journey") -> Callable[..., None]:
    """Keys on a cell."""

    def act(fingers) -> None:
        stand(fingers, name, kind)
        for key, held in keys:
            fingers.key(key, held=held)

    return act


def paste(fingers) -> None:
    stand(fingers, "Ride along", "thoughts")
    QGuiApplication.clipboard().setText("One\nTwo")
    fingers.key(K.Key_V, held=CTRL)


def add_touchpoint(fingers) -> None:
    stand(fingers)
    fingers.key(K.Key_Return, held=CTRL)
    fingers.type("Pay")
    fingers.key(K.Key_Return)


def undo(fingers) -> None:
    fingers.key(K.Key_Z, held=CTRL)


NONE = Qt.KeyboardModifier.NoModifier
ACTS: dict[str, Callable[..., None]] = {
    "carry a card": carry_card,
    "carry several cards": carry_cards,
    "copy a card": copy_card,
    "carry a text": carry_text,
    "drag an emotion": drag_mood,
    "drag a phase": drag_phase,
    "drag a lane": drag_lane,
    "drag a column's border": drag_column,
    "drag a row's border": drag_row,
    "draw a link": draw_link,
    "take a link elsewhere": reroute_link,
    "name a link": name_link,
    "type a text": type_text,
    "rename": rename,
    "nudge a mood": on("Fetch it", (K.Key_Plus, NONE)),
    "duplicate": on("Fetch it", (K.Key_D, CTRL)),
    "delete": on("Fetch it", (K.Key_Delete, NONE)),
    "cut": on("Fetch it", (K.Key_X, CTRL)),
    "paste": paste,
    "add a touchpoint": add_touchpoint,
    "move by key": on("Fetch it", (K.Key_Right, ALT)),
    "moment of truth": on("Fetch it", (K.Key_M, CTRL)),
    "fold a lane": on("Ask friends", (K.Key_Period, CTRL), kind="thoughts"),
    "undo": undo,
}


# ---------------------------------------------------------------- the causes


class Gone:
    """The file was moved away."""

    def __init__(self, path: Path) -> None:
        self.path, self.away = path, path.with_suffix(".away")

    def begin(self) -> None:
        self.path.rename(self.away)

    def end(self) -> None:
        self.away.rename(self.path)


class Full:
    """No byte more fits on the disk."""

    def __init__(self, path: Path) -> None:
        self.filler = path.parent / "filler"

    def begin(self) -> None:
        with self.filler.open("wb", buffering=0) as out:
            while True:
                try:
                    out.write(bytes(4096))
                except OSError:
                    return

    def end(self) -> None:
        self.filler.unlink()


class ReadOnly:
    """The disk was mounted for reading only meanwhile."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent

    def begin(self) -> None:
        subprocess.run(["mount", "--bind", self.folder, self.folder], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", self.folder], check=True)

    def end(self) -> None:
        subprocess.run(["umount", "-l", self.folder], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes, where the system lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


# ---------------------------------------------------------------- what must be true


def prepared(path: Path, written: dict) -> Path:
    """The small map with a link, and a step to undo."""
    document = build(written, "A rented bicycle").document
    ids = {record.name: record.id for record in document if type(record).__name__ == "Touchpoint"}
    with Session.create(path, list(document)) as session:
        session.perform(commands.link(session.document, ids["Ask friends"], ids["Fetch it"]))
        lane = next(one for one in session.document.all(Lane) if one.kind == "text" or one.kind == "front_stage")
        session.perform(commands.add_card(session.document, lane.id, ids["Ride along"], "Helmet"))
    return path


def waited(window: Window) -> None:
    """Until the disk has answered."""
    for _ in range(2000):
        QApplication.processEvents()
        if window.map.session.saved:
            break
        QTest.qWait(1)
    assert window.map.session.saved
    QApplication.processEvents()


def refused(window: Window, fingers, act: Callable[..., None], cause, name: str) -> None:
    """Refused, back, said; done once the cause is gone; and taken back for the next one."""
    document = window.map.document
    window.notice.hide()
    fingers.stand(fingers.cell("journey", "Return it"))
    waited(window)
    before, labels = set(document), (window.map.session.undo_label, window.map.session.redo_label)
    was = shot(window.canvas._drawing, window)
    seen: list[object] = []
    window.map.changed.connect(seen.append)
    cause.begin()
    try:
        act(fingers)
        waited(window)
    finally:
        cause.end()
    window.map.changed.disconnect(seen.append)
    # A step of an earlier run is read from the file first, and where that is gone nothing is shown at all.
    assert len([one for one in seen if one]) >= 2 or (name == "undo" and isinstance(cause, Gone)), name
    assert set(document) == before, name
    assert (window.map.session.undo_label, window.map.session.redo_label) == labels
    said = window.notice.text
    assert said.endswith(".") and "\n" not in said and "bicycle.journey" in said, said
    window.canvas.editor.cancel()
    fingers.stand(fingers.cell("journey", "Return it"))
    picture_is_true(window)
    layout_is_true(window)
    now = shot(window.canvas._drawing, window)
    if now.shape == was.shape:
        assert (abs(now.astype(int) - was.astype(int)) > 24).any(axis=2).sum() < 150, name
    window.notice.hide()
    act(fingers)
    waited(window)
    assert set(document) != before, f"{name} does not work any more"
    assert window.notice.text == "", name


@pytest.mark.parametrize("name", ACTS)
def test_a_gesture_on_a_file_that_is_gone_is_taken_back_and_said(open_window, hands, tmp_path, name):
    path = prepared(tmp_path / "bicycle.journey", WRITTEN)
    window = open_window(path)
    refused(window, hands(window), ACTS[name], Gone(path), name)
    file_is_true(window, path)


@pytest.mark.parametrize("cause", [Full, ReadOnly])
def test_gestures_on_a_disk_that_refuses_are_taken_back_and_said(open_window, hands, small_disk, cause):
    path = prepared(small_disk / "bicycle.journey", WRITTEN)
    window = open_window(path)
    fingers = hands(window)
    for name, act in ACTS.items():
        refused(window, fingers, act, cause(path), name)
        window.canvas.editor.cancel()
        window.canvas.linkbar.done()
        window.map.redo() if name == "undo" else window.map.undo()
        waited(window)
    file_is_true(window, path)
    window.close()
