"""A real window on a real map file, offscreen. A test that leaves a window, a session or a logged error behind fails."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Final

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from journeymap.model.outline import build
from journeymap.model.records import Id, Lane, Phase, Record, Touchpoint
from journeymap.session import Session
from journeymap.ui import app as application
from journeymap.ui.canvas import marks
from journeymap.ui.selection import Cell
from journeymap.ui.settings import Settings
from journeymap.ui.window import Window

WRITTEN = {
    "personas": [{"name": "Ines"}, {"name": "Otto"}],
    "departments": [{"name": "Booking"}, {"name": "Shop"}],
    "phases": [
        {
            "name": "Find",
            "touchpoints": [
                {
                    "name": "Ask friends",
                    "channel": "Web",
                    "emotions": {"Ines": 1.0},
                    "thoughts": ["Ines", "Which one is good?"],
                },
                {"name": "Compare shops", "channel": "Web", "emotions": {"Ines": 0.5}, "front_stage": "Web shop"},
            ],
        },
        {
            "name": "Ride",
            "touchpoints": [
                {
                    "name": "Fetch it",
                    "channel": "Shop",
                    "emotions": {"Ines": -0.5, "Otto": 0.0},
                    "opportunity": "A shorter form",
                },
                {"name": "Ride along", "emotions": {"Ines": 1.5}},
            ],
        },
        {"name": "Bring back", "touchpoints": [{"name": "Return it", "emotions": {"Ines": -1.0}}]},
    ],
}
"""Three phases, five touchpoints, two personas."""

SELDOM: Final = 8
"""After so many tests with windows garbage is looked for: that takes as long as a window needs to open."""
_CLOSED: Final = count()


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as users get it: Fusion, own fonts."""
    return application.application()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the maps that every test takes a copy of."""
    folder = tmp_path_factory.mktemp("written")
    Session.create(folder / "bicycle.journey", list(build(WRITTEN, "A rented bicycle").document)).close()
    Session.create(folder / "blank.journey", list(build({}, "Blank").document)).close()
    return folder


@pytest.fixture
def map_file(written: Path, tmp_path: Path) -> Path:
    """A small map on disk."""
    return copyfile(written / "bicycle.journey", tmp_path / "bicycle.journey")


@pytest.fixture
def blank_file(written: Path, tmp_path: Path) -> Path:
    """A map without phases."""
    return copyfile(written / "blank.journey", tmp_path / "blank.journey")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of their own."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def open_window(
    qapp: QApplication, settings: Settings, caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[..., Window]]:
    """Opens windows as the program does; closes them, and fails on what they leave behind."""
    caplog.set_level(logging.ERROR)
    before = set(qapp.topLevelWidgets())
    opened: list[Window] = []

    def open_(path: Path | None = None, *, size: tuple[int, int] = (1400, 1000)) -> Window:
        window = application.opened(qapp, settings, path)
        window.resize(*size)
        opened.append(window)
        QTest.qWaitForWindowExposed(window)
        qapp.processEvents()
        return window

    yield open_
    for window in opened:
        window.close()
        assert window.map is None
        window.deleteLater()
    qapp.processEvents()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    if next(_CLOSED) % SELDOM == 0:
        gc.collect()
    left = [widget for widget in set(qapp.topLevelWidgets()) - before if widget.isVisible()]
    assert not left, f"left open: {left}"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR], caplog.text


@pytest.fixture
def window(open_window: Callable[..., Window], map_file: Path) -> Window:
    """A window on the small map, with the keyboard on its canvas."""
    return open_window(map_file)


class Fingers:
    """Real mouse and keyboard events on a window's canvas."""

    def __init__(self, window: Window) -> None:
        self.window = window

    @property
    def canvas(self) -> object:
        return self.window.canvas

    def record(self, kind: type[Record], name: str) -> Record:
        """The record of that name."""
        assert self.window.map is not None
        return next(
            one for one in self.window.map.document.all(kind) if getattr(one, "name", getattr(one, "text", "")) == name
        )

    def touchpoint(self, name: str) -> Id:
        return self.record(Touchpoint, name).id

    def names(self) -> list[list[str]]:
        """The touchpoints' names by phase."""
        assert self.window.map is not None
        document = self.window.map.document
        return [
            [one.name for one in document.referring(Touchpoint, "phase_id", phase.id)] for phase in document.all(Phase)
        ]

    def lane(self, kind: str) -> Id:
        assert self.window.map is not None
        return next(lane.id for lane in self.window.map.document.all(Lane) if lane.kind == kind)

    def middle(self, id_: Id, lane: Id | None = None) -> QPoint:
        """The middle of a record on the screen."""
        place = marks.record_rect(self.window.canvas, id_, lane)
        assert place is not None
        return self.window.canvas.view.on_screen(place).center().toPoint()

    def cell(self, kind: str, name: str) -> Cell:
        return Cell(self.lane(kind), self.touchpoint(name))

    def stand(self, cell: Cell) -> None:
        self.window.selection.select(cell=cell)
        self.window.canvas.setFocus()

    def point(self, x: float, y: float) -> QPoint:
        """A place of the map on the screen."""
        return self.window.canvas.view.to_screen(x, y).toPoint()

    def press(
        self,
        at: QPoint,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.mousePress(self.window.canvas.viewport(), button, held, at)

    def move(self, to: QPoint, steps: int = 4, since: QPoint | None = None) -> None:
        viewport = self.window.canvas.viewport()
        start = since or to
        for i in range(1, steps + 1):
            at = QPointF(start) + (QPointF(to) - QPointF(start)) * (i / steps)
            QTest.mouseMove(viewport, at.toPoint())
            QApplication.processEvents()

    def release(self, at: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mouseRelease(self.window.canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, at)
        QApplication.processEvents()

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.press(start)
        self.move(end, since=start)
        self.release(end)

    def click(self, at: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.window.canvas.viewport(), Qt.MouseButton.LeftButton, held, at)

    def double(self, at: QPoint) -> None:
        self.click(at)
        QTest.mouseDClick(self.window.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def focus(self) -> QWidget:
        """Where keys go: the focus, as the window system would have it."""
        return self.window.focusWidget() or self.window.canvas

    def key(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.focus(), key, held)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text[:1])
        QTest.keyClicks(self.focus(), text[1:])
        QApplication.processEvents()


@pytest.fixture
def fingers(window: Window) -> Fingers:
    """Hands on the window with the small map."""
    return Fingers(window)


@pytest.fixture
def hands() -> type[Fingers]:
    """Hands for any window."""
    return Fingers
