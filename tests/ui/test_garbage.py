"""Qt objects in cycles are destroyed on the window's thread, whichever thread fills the memory."""

from __future__ import annotations

import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from journeymap.ui import garbage


class Part(QObject):
    """An object that refers to itself: only the collector can free it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.mark.usefixtures("qapp")
def test_a_working_thread_destroys_no_qt_object_and_the_window_does(settings):
    freed: list[int] = []

    def work() -> None:
        for _ in range(200):
            [[[], {}] for _cell in range(2_000)]  # enough for the collector's turn, many times

    for _ in range(50):
        weakref.finalize(Part(), lambda: freed.append(threading.get_ident()))
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert freed == []
    for _ in range(40):
        [[] for _cell in range(2_000)]
        kept = [[] for _cell in range(2_000)]
        QTest.qWait(garbage.EVERY_MS // 8)
        if len(freed) == 50:
            break
        del kept
    assert freed == [threading.get_ident()] * 50
