"""Escape, the right button and loss of focus take any gesture back: map, picture, selection and view are as before."""

from __future__ import annotations

import pytest
from acts import ACTS, DRAGS, prepared
from monkey import picture_is_true
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.ui.canvas import marks


def band(fingers) -> None:
    place = marks.record_rect(fingers.window.canvas, fingers.touchpoint("Ask friends"))
    start = fingers.point(place.left() - 3, place.top() - 4)
    fingers.drag(start, start + QPoint(260, 60))


def pan(fingers) -> None:
    fingers.drag(QPoint(500, 400), QPoint(380, 340), Qt.MouseButton.MiddleButton)


ALL = {**{name: ACTS[name] for name in DRAGS}, "a band": band, "pan": pan}
CASES = [
    *((name, "escape") for name in ALL),
    *((name, end) for name in ("carry a card", "drag a phase") for end in ("right button", "focus")),
]


@pytest.mark.parametrize(("name", "end"), CASES)
def test_a_gesture_that_is_taken_back_leaves_nothing(open_window, hands, tmp_path, name, end):
    window = open_window(prepared(tmp_path / "bicycle.journey"), size=(1100, 760))
    canvas = window.canvas
    done: list[object] = []

    class Escaping(hands):
        """A hand that thinks better of it just before it lets go."""

        def drag(self, start: QPoint, finish: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
            QTest.qWait(60)  # scroll bars come when the window has been laid out
            before = (set(window.map.document), window.selection.ids, window.selection.cell, canvas.view)
            label, still = window.map.session.undo_label, canvas.viewport().grab().toImage()
            self.press(start, button)
            self.move(finish, since=start)
            assert canvas.hand.busy
            assert canvas.viewport().grab().toImage() != still, "nothing shows what will happen"
            if end == "escape":
                QTest.keyClick(canvas, Qt.Key.Key_Escape)
            elif end == "right button":
                self.press(finish, Qt.MouseButton.RightButton)
            else:
                canvas.clearFocus()
            assert not canvas.hand.busy
            self.release(finish, button)
            QApplication.processEvents()
            assert (set(window.map.document), window.selection.ids, window.selection.cell, canvas.view) == before
            assert window.map.session.undo_label == label
            picture_is_true(window)
            done.append(name)

    ALL[name](Escaping(window))
    assert done
