"""Finding the way on a map, as actions: search and its hits, the filter, the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.ui.canvas import search as searching

if TYPE_CHECKING:
    from journeymap.ui.window import Window


def overview(window: Window) -> None:
    """Shows or hides the overview in the corner of the map."""
    if window.place is not None:
        window.place.show_panel("overview", not window.settings.panel("overview"))


def overview_shown(window: Window) -> bool:
    """Whether the overview may be shown."""
    return window.settings.panel("overview")


def search(window: Window) -> None:
    """Opens the search over the map."""
    if window.canvas is not None:
        window.show_view("map")
        window.canvas.editor.commit()
        searching.of(window.canvas).open()


def next_hit(window: Window) -> None:
    """The next hit of what was searched for last; asks where nothing was."""
    _step(window, 1)


def previous_hit(window: Window) -> None:
    """The hit before."""
    _step(window, -1)


def _step(window: Window, way: int) -> None:
    if window.canvas is None:
        return
    window.show_view("map")
    found = searching.of(window.canvas)
    if not found.step(way):
        search(window)
    elif not found.isVisible():
        found.follow()
        found.show()
