"""A disk that refuses under the hand: the picture goes back to what is on disk, one sentence says why, work goes on afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from acts import ACTS, prepared
from monkey import file_is_true, layout_is_true, picture_is_true, shot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.ui.window import Window

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
    assert said.endswith("."), said
    assert "\n" not in said, said
    assert "bicycle.journey" in said, said
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
    path = prepared(tmp_path / "bicycle.journey")
    window = open_window(path)
    refused(window, hands(window), ACTS[name], Gone(path), name)
    file_is_true(window, path)


def on_a_small_disk(open_window, hands, folder: Path, cause, names) -> None:
    path = prepared(folder / "bicycle.journey")
    window = open_window(path)
    fingers = hands(window)
    for name in names:
        refused(window, fingers, ACTS[name], cause(path), name)
        window.canvas.editor.cancel()
        window.canvas.linkbar.done()
        window.map.redo() if name == "undo" else window.map.undo()
        waited(window)
    file_is_true(window, path)
    window.close()


@pytest.mark.parametrize("cause", [Full, ReadOnly])
def test_some_gestures_on_a_disk_that_refuses_are_taken_back_and_said(open_window, hands, small_disk, cause):
    on_a_small_disk(open_window, hands, small_disk, cause, list(ACTS)[::5])


@pytest.mark.slow
@pytest.mark.parametrize("cause", [Full, ReadOnly])
def test_all_gestures_on_a_disk_that_refuses_are_taken_back_and_said(open_window, hands, small_disk, cause):
    on_a_small_disk(open_window, hands, small_disk, cause, ACTS)
