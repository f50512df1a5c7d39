"""Work that is stopped from another thread: a single question to an engine or a server can take minutes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from journeymap.failure import Failure, is_stop
from journeymap.i18n import _

Cancelled = Callable[[], bool] | None

_EVERY: Final = 0.1
"""Seconds between two looks at whether it is to stop."""


class Stopped(Failure):
    """The work was stopped by the person who had begun it."""


class Interruptible(Protocol):
    """What answers questions, and can be told to leave off."""

    def interrupt(self) -> None:
        """Breaks off the question that is being answered; callable from another thread, and again."""
        ...


@contextmanager
def watched(answering: Interruptible, cancelled: Cancelled) -> Iterator[None]:
    """Interrupts `answering` as soon as `cancelled` says so, or a signal ends the waiting here: a server would go on.

    What it then raises is its own, after a signal KeyboardInterrupt.
    """
    with _stopping(answering, cancelled):
        try:
            yield
        except (KeyboardInterrupt, RuntimeError) as error:
            if is_stop(error):  # the engine makes one of the other, and its other threads would go on
                answering.interrupt()
                raise KeyboardInterrupt from error
            raise


@contextmanager
def _stopping(answering: Interruptible, cancelled: Cancelled) -> Iterator[None]:
    if cancelled is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_EVERY):
            if cancelled():
                answering.interrupt()

    watcher = threading.Thread(target=watch, name="import-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def stopped() -> Stopped:
    """What is raised where it was stopped."""
    return Stopped(_("The import was stopped; the map is as it was."))
