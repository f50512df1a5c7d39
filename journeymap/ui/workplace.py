"""All that is shown of one open map: outline, canvas or plan, inspector; made when a map opens, closed with it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from journeymap.session import Session
from journeymap.ui.canvas.canvas import Canvas
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.inspector import Inspector
from journeymap.ui.panels.outline import Outline
from journeymap.ui.selection import Selection
from journeymap.ui.settings import Settings

REST_MS = 1000
WIDTHS = {"outline": 216, "inspector": 296}


class Workplace(QWidget):
    """`map` and `canvas` live as long as this; `view` is what the middle shows: "map" or "plan"."""

    def __init__(self, session: Session, selection: Selection, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.map = OpenMap(session, self)
        self.canvas = Canvas(self.map, selection)
        self.panels: dict[str, QWidget] = {
            "outline": Outline(self.map, selection),
            "inspector": Inspector(self.map, selection),
        }
        self._selection, self._settings = selection, settings
        self._plan: QWidget | None = None
        self._middle = QStackedWidget()
        self._middle.addWidget(self.canvas)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panels["outline"])
        row.addWidget(self._middle, 1)
        row.addWidget(self.panels["inspector"])
        for name, panel in self.panels.items():
            panel.setFixedWidth(WIDTHS[name])
            panel.setVisible(settings.panel(name))
        QTimer.singleShot(REST_MS, self, _rest)

    @property
    def view(self) -> str:
        """What the middle shows."""
        return "map" if self._middle.currentWidget() is self.canvas else "plan"

    def show_view(self, view: str) -> None:
        """Shows the map or the plan; the plan is made when it is first looked at."""
        if view == "plan" and self._plan is None:
            from journeymap.ui.panels.plan import PlanPanel

            self._plan = PlanPanel(self.map, self._selection)
            self._middle.addWidget(self._plan)
        shown = self._plan if view == "plan" and self._plan is not None else self.canvas
        self._middle.setCurrentWidget(shown)
        shown.setFocus()

    def show_panel(self, name: str, shown: bool) -> None:
        """Shows or hides a side panel, and remembers it."""
        self._settings.keep_panel(name, shown)
        self.panels[name].setVisible(shown)

    def parts(self) -> list[QWidget]:
        """What the keyboard goes round by F6."""
        current = self._middle.currentWidget()
        return [part for part in (current, self.panels["inspector"], self.panels["outline"]) if part is not None]

    def leave(self) -> None:
        """Commits what is being typed and closes the file. Raises Failure where the last changes were refused."""
        self.canvas.editor.commit()
        self.hide()
        gc.unfreeze()
        self.map.close()


def _rest() -> None:
    """What an open map is made of stays until it is closed: the collector need not look through it again and again
    (on a map of 5,000 touchpoints that took 0.2 s, in the middle of an edit).
    """
    gc.freeze()
    gc.enable()
