"""Being asked to stop: remembered as well as raised, for Python drops what is raised inside a callback of a library.

Raised inside an import it can leave the lock of all imports taken for good, and another thread that imports something waits
for ever; so that is waited for.
"""

from __future__ import annotations

import _thread
import signal
import threading
from types import FrameType
from typing import Final

SOON: Final = 0.02
"""Seconds after which it is tried again."""

_asked: list[int] = []
_again: list[threading.Timer] = []


def stop(number: int, frame: FrameType | None) -> None:
    """Handles SIGINT and SIGTERM. Raises KeyboardInterrupt, as soon as nothing is being imported."""
    _asked.append(number)
    if _importing(frame):
        again = threading.Timer(SOON, _send, (number,))
        again.daemon = True
        _again.append(again)
        again.start()
        return
    raise KeyboardInterrupt


def asked() -> bool:
    """Whether somebody has asked to stop since the work began; what fails then has failed for that."""
    return bool(_asked)


def forget() -> None:
    """The work has ended: whoever asked to stop it asks no more."""
    _asked.clear()
    while _again:
        _again.pop().cancel()


def _send(number: int) -> None:
    ident = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and ident is not None:
        signal.pthread_kill(ident, number)  # a signal proper, which wakes who waits
    else:
        _thread.interrupt_main(signal.Signals(number))


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def heed() -> None:
    """The last moment before the map is changed. Raises KeyboardInterrupt where somebody has asked to stop."""
    if _asked:
        _asked.clear()
        raise KeyboardInterrupt
