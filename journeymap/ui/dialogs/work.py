"""Work over a fifth of a second, in a thread: with progress, with a way to stop it, and with its failure in words."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from journeymap.failure import Failure
from journeymap.i18n import _

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]
Task = Callable[[Progress, Cancelled], Any]


class Work(QObject):
    """One task at a time; starting another one stops the former and forgets its result.

    Signals, all on the main thread: `progressed(share, words)`, `done(result)`, `failed(sentence)`.
    """

    progressed = Signal(float, str)
    done = Signal(object)
    failed = Signal(str)
    _said = Signal(int, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._said.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a result is still to come."""
        return self._thread is not None

    def start(self, task: Task) -> None:
        """Begins a task; what was running is stopped."""
        self.stop()
        self._turn += 1
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._turn, self._stop, task), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stops what is running; nothing more is heard of it."""
        self._stop.set()
        self._turn += 1
        self._thread = None

    def finish(self, seconds: float = 10) -> None:
        """Stops it and waits until it has really ended."""
        thread = self._thread
        self.stop()
        if thread is not None:
            thread.join(seconds)

    def _run(self, turn: int, stop: threading.Event, task: Task) -> None:
        def progress(share: float, words: str) -> None:
            self._say(turn, "progress", (share, words))

        ending: tuple[str, object] = (
            "failed", _("This did not work because of a defect of the program; nothing was changed.")
        )  # fmt: skip
        try:
            ending = ("done", task(progress, stop.is_set))
        except Failure as problem:
            ending = ("failed", str(problem))
        finally:  # also a defect must not leave the dialog waiting; Python's hook for threads reports it
            self._say(turn, *ending)

    def _say(self, turn: int, kind: str, what: object) -> None:
        if turn == self._turn:
            with suppress(RuntimeError):  # the dialog has gone meanwhile
                self._said.emit(turn, kind, what)

    def _hear(self, turn: int, kind: str, what: Any) -> None:
        if turn != self._turn:
            return
        if kind == "progress":
            self.progressed.emit(*what)
            return
        self._thread = None
        (self.done if kind == "done" else self.failed).emit(what)
