"""Being asked to stop: remembered as well as raised, for Python drops what is raised inside a callback of a library."""

from __future__ import annotations

_asked: list[int] = []


def stop(number: int, _frame: object) -> None:
    """Handles SIGINT and SIGTERM. Raises KeyboardInterrupt."""
    _asked.append(number)
    raise KeyboardInterrupt


def heed() -> None:
    """The last moment before the map is changed. Raises KeyboardInterrupt where somebody has asked to stop."""
    if _asked:
        _asked.clear()
        raise KeyboardInterrupt
