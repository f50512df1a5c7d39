"""All that is shown of one open map: outline, canvas or another page, inspector; made when a map opens, closed with it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journeymap.session import Session
from journeymap.ui import filtering, pages, remembering, viewing
from journeymap.ui.bar import rule
from journeymap.ui.canvas.canvas import Canvas
from journeymap.ui.map import OpenMap
from journeymap.ui.selection import Cell, Selection
from journeymap.ui.settings import Settings

if TYPE_CHECKING:
    from journeymap.ui.presenting.show import Show
    from journeymap.ui.viewbar import ViewBar

REST_MS = 1000
WIDTHS = {"outline": 216, "inspector": 296}


class Workplace(QWidget):
    """`map` and `canvas` live as long as this; `view` names the page in the middle (`ui.pages`).

    Signals: `leads(record)`: a page asks for it to be shown on the map; `asked_view(View)`: it shall be looked through;
    `wanted(name)`: an action shall be done.
    """

    leads = Signal(str)
    asked_view = Signal(object)
    wanted = Signal(str)

    def __init__(self, session: Session, selection: Selection, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.map = OpenMap(session, self)
        self.map.look_through(viewing.remembered(settings.view(session.path), session.document))
        self.canvas = Canvas(self.map, selection)
        self._stood = remembering.read(settings.place_in(session.path))
        remembering.stand(self.canvas, self._stood)
        self.canvas.overview.wanted = settings.panel("overview")
        self.canvas.overview.asked.connect(lambda shown: self.show_panel("overview", shown))
        self.panels: dict[str, QWidget] = {}
        self._selection, self._settings = selection, settings
        self.presenting: Show | None = None
        self.viewbar: ViewBar | None = None
        self._above = QFrame()
        self._above.setProperty("look", "panel")
        self._above.setFixedHeight(36)
        self._pages: dict[str, QWidget] = {pages.MAP: _map_page(self._above, self.canvas)}
        self._middle = QStackedWidget()
        self._middle.addWidget(self._pages[pages.MAP])
        self._sides = {name: _side(name, shown=settings.panel(name)) for name in WIDTHS}
        row = _row(self)
        row.addWidget(self._sides["outline"])
        row.addWidget(self._middle, 1)
        row.addWidget(self._sides["inspector"])
        # The map is seen first; the details follow when it has been painted.
        self.canvas.painted.connect(self._complete, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(REST_MS, self, _rest)

    def _complete(self) -> None:
        """Puts outline and inspector into their places."""
        if self.panels:
            return
        from journeymap.ui.panels.inspector import Inspector
        from journeymap.ui.panels.outline import Outline

        self.panels["outline"] = Outline(self.map, self._selection)
        self.panels["inspector"] = Inspector(self.map, self._selection)
        for name, panel in self.panels.items():
            _row(self._sides[name]).addWidget(panel)
        self._put_viewbar()
        self.filtered = filtering.Said(self.canvas)
        page = str(self._stood.get("page", pages.MAP))
        if page != pages.MAP and page in {one.name for one in pages.pages()} and not self.canvas.editor.isVisible():
            self.wanted.emit(page)
        self.map.session.get_ready()

    @property
    def left_at(self) -> Cell:
        """Where the keyboard stood when the map was closed last; nowhere where that is gone."""
        return remembering.cell(self.map.document, self._stood)

    def _put_viewbar(self) -> None:
        from journeymap.ui.viewbar import ViewBar

        self.viewbar = ViewBar(self.map)
        _row(self._above).addWidget(self.viewbar)
        self.viewbar.asked.connect(self.asked_view)
        self.viewbar.wanted.connect(self.wanted)
        self.viewbar.choices.connect(lambda: self.wanted.emit("view_choices"))

    @property
    def view(self) -> str:
        """Which page the middle shows."""
        shown = self._middle.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), pages.MAP)

    def show_view(self, view: str) -> None:
        """Shows a page; it is made when it is first looked at."""
        if view not in self._pages:
            page = pages.made(view, self.map, self._selection)
            if page is None:
                return
            self._pages[view] = page
            self._middle.addWidget(page)
            if hasattr(page, "leads"):
                page.leads.connect(self.leads)
        self._middle.setCurrentWidget(self._pages[view])
        (self.canvas if view == pages.MAP else self._pages[view]).setFocus()

    def show_panel(self, name: str, shown: bool) -> None:
        """Shows or hides a side panel, or the overview in the canvas' corner; and remembers it."""
        self._settings.keep_panel(name, shown)
        if name == "overview":
            self.canvas.overview.want(shown)
        else:
            self._sides[name].setVisible(shown)

    def parts(self) -> list[QWidget]:
        """What the keyboard goes round by F6."""
        current = self.canvas if self.view == pages.MAP else self._middle.currentWidget()
        return [part for part in (current, self._sides["inspector"], self._sides["outline"]) if part is not None]

    def remember(self) -> None:
        """Keeps where one stands, for the next time this map is opened."""
        self._settings.keep_place_in(self.map.session.path, remembering.written(self.canvas, self.view))

    def leave(self) -> None:
        """Commits what is being typed and closes the file. Raises Failure where the last changes were refused."""
        if self.presenting is not None:
            self.presenting.end()
        self.canvas.editor.commit()
        self._settings.keep_view(self.map.session.path, viewing.written(self.map.view))
        self.hide()
        gc.unfreeze()
        self.map.close()


def _map_page(above: QFrame, canvas: Canvas) -> QWidget:
    """The row of views above the canvas."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(above)
    column.addWidget(rule())
    column.addWidget(canvas, 1)
    return page


def _side(name: str, *, shown: bool) -> QFrame:
    """The ground on which a side panel will stand."""
    side = QFrame()
    side.setProperty("look", "panel")
    side.setFixedWidth(WIDTHS[name])
    side.setVisible(shown)
    return side


def _row(around: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(around)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    return row


def _rest() -> None:
    """What an open map is made of stays until it is closed: the collector need not look through it again and again
    (on a map of 5,000 touchpoints that took 0.2 s, in the middle of an edit).
    """
    gc.freeze()
