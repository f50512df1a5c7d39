"""What the data say of the whole map: key drivers, what is known and what is lacking, what people say.

`EvidencePanel(open_map, selection)` is a page for the middle of the window. Each part is made when it is first looked at
and made anew when the map has changed; choosing a row or a mark selects its touchpoint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.records import Id
from journeymap.ui.controls.buttons import Segmented
from journeymap.ui.controls.heads import Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.evidence_drivers import DriversPart
from journeymap.ui.panels.evidence_known import KnownPart
from journeymap.ui.panels.evidence_part import Part
from journeymap.ui.panels.evidence_said import SaidPart
from journeymap.ui.selection import Cell, Selection

PARTS: Final[dict[str, Callable[[OpenMap, QWidget], Part]]] = {
    "drivers": DriversPart, "known": KnownPart, "said": SaidPart,
}  # fmt: skip


class EvidencePanel(QFrame):
    """The page: a choice of parts above the one that is shown."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(_("Evidence"))
        self._map, self._selection = open_map, selection
        self.parts: dict[str, Part] = {}
        self._stale: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(24, 20, 24, 12)
        top.addWidget(Words(_("Evidence"), self, size=23, weight=600), 1)
        titles = {"drivers": _("Key drivers"), "known": _("What is known"), "said": _("What people say")}
        self.choice = Segmented(list(titles.items()), _("Which evidence is shown"), even=False)
        self.choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.choice.chosen.connect(self.show_part)
        top.addWidget(self.choice)
        column.addLayout(top)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._refresh)
        open_map.changed.connect(self._follow)
        selection.changed.connect(self._show_selection)
        self.setFocusProxy(self.choice.part("drivers"))
        self.show_part("drivers")

    def sizeHint(self) -> QSize:
        """A page."""
        return QSize(960, 640)

    @property
    def part(self) -> str:
        """The name of the part that is shown."""
        return self.choice.value()

    def show_part(self, name: str) -> None:
        """Shows a part."""
        self.choice.show_value(name)
        if name not in self.parts:
            part = PARTS[name](self._map, self)
            part.chosen.connect(self._choose)
            self.parts[name] = part
            self._stack.addWidget(_scrolled(part, self._stack))
            self._stale.add(name)
        self._stack.setCurrentIndex(list(self.parts).index(name))
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while it was hidden."""
        super().showEvent(event)
        self._refresh()

    def _follow(self, _change: Change) -> None:
        self._stale = set(self.parts)
        if self.isVisible():
            self._later.start()

    def _refresh(self) -> None:
        if self.part in self._stale:
            self._stale.discard(self.part)
            self.parts[self.part].refresh()
        self._show_selection()

    def _choose(self, touchpoint: Id) -> None:
        self._selection.select(touchpoint, cell=Cell(None, touchpoint))

    def _show_selection(self) -> None:
        for part in self.parts.values():
            part.select(self._selection.touchpoint)


def _scrolled(part: QWidget, parent: QWidget) -> QScrollArea:
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(part)
    return scroll
