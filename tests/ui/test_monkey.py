"""A monkey at the real window: afterwards picture, layout, document, graph and file agree, and undo leads back to the empty map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from monkey import Monkey, all_undone, file_is_true, graph_is_true, layout_is_true, picture_is_true, settled, sound
from PySide6.QtWidgets import QFileDialog

from journeymap.session import Session
from journeymap.ui.window import Window


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's file dialogs are cancelled; they would wait for ever."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_named: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_named: ([], ""))


def run(window: Window, path: Path, seed: int, steps: int) -> None:
    with Session.open(path, read_only=True) as session:
        first = set(session.document)
    monkey = Monkey(window, seed)
    for step in range(1, steps + 1):
        try:
            monkey.step()
            if step % 100 == 0 or step == steps:
                settled(window)
                picture_is_true(window)
                layout_is_true(window)
                graph_is_true(window.map.document)
        except BaseException as failure:
            failure.add_note("\n".join(["after:", *monkey.log[-40:]]))
            raise
    file_is_true(window, path)
    sound(path)
    all_undone(window, path, first)
    picture_is_true(window)
    layout_is_true(window)


@pytest.mark.usefixtures("nobody_answers")
@pytest.mark.parametrize("seed", [1, 2])
def test_after_five_hundred_random_gestures_everything_agrees(
    open_window: Callable[..., Window], blank_file: Path, seed: int
) -> None:
    run(open_window(blank_file, size=(1200, 800)), blank_file, seed, 500)


@pytest.mark.slow
@pytest.mark.usefixtures("nobody_answers")
@pytest.mark.parametrize("seed", range(10, 20))
def test_after_ten_thousand_random_gestures_everything_agrees(
    open_window: Callable[..., Window], blank_file: Path, seed: int
) -> None:
    run(open_window(blank_file, size=(1200, 800)), blank_file, seed, 1000)
