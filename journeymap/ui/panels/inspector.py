"""The inspector: one page for the leading record of the selection, or for the map where nothing is selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.records import (
    Action,
    Card,
    Emotion,
    Id,
    Lane,
    Link,
    Map,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Record,
    Touchpoint,
    TypedKpi,
)
from journeymap.ui.controls.fields import ProseField, TextField
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.form import FLAT, Desk
from journeymap.ui.panels.page import Page
from journeymap.ui.panels.persona import PersonaPage
from journeymap.ui.panels.places import CardPage, LanePage, LinkPage, MapPage, PhasePage
from journeymap.ui.panels.tasks import ActionPage, OpportunityPage, PainPage, TypedPage
from journeymap.ui.panels.touchpoint import TouchpointPage
from journeymap.ui.selection import Selection

WIDTH = 296
PAGES: dict[type[Record], type[Page]] = {
    Map: MapPage, Phase: PhasePage, Touchpoint: TouchpointPage, Persona: PersonaPage, Lane: LanePage, Card: CardPage,
    Link: LinkPage, PainPoint: PainPage, Action: ActionPage, Opportunity: OpportunityPage, TypedKpi: TypedPage,
}  # fmt: skip


class Inspector(QFrame):
    """The right panel of a window: `Inspector(open_map, selection)`."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(_("Details"))
        self.setMinimumWidth(240)
        self.setStyleSheet(FLAT)
        self._desk = Desk(open_map, selection)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.page: Page | None = None
        # A change and the selection that follows it are shown once, when the hand is off the keys.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.show_now)
        selection.changed.connect(self._soon.start)
        open_map.changed.connect(self._follow)
        self.show_now()

    def sizeHint(self) -> QSize:
        """The width of the design."""
        return QSize(WIDTH, 600)

    def subject(self) -> Id:
        """The record that is shown."""
        document = self._desk.document
        record = document.record(self._desk.selection.first) if self._desk.selection.first else None
        if isinstance(record, Emotion):
            return record.touchpoint_id
        if record is not None and type(record) in PAGES:
            return record.id
        touchpoint = document.get(Touchpoint, self._desk.selection.touchpoint)
        if touchpoint is not None and self._desk.selection.first is not None:
            return touchpoint.id
        return document.map.id

    def show_now(self) -> None:
        """Shows the page of what is selected, as the map is now."""
        id_ = self.subject()
        record = self._desk.document.record(id_)
        if self.page is not None and self.page.id == id_:
            self.page.refresh()
            return
        assert record is not None
        if self.page is not None:
            for line in self.page.findChildren(TextField):
                line.leave()
            for prose in self.page.findChildren(ProseField):
                prose.leave()
        former = self._scroll.takeWidget()
        if former is not None:
            former.hide()
            former.deleteLater()  # later: it may be one of its own buttons that brought us here
        self.page = PAGES[type(record)](self._desk, id_)
        self._scroll.setWidget(self.page)

    def _follow(self, change: Change) -> None:
        if self.page is not None and self.page.id in change.removed:
            self.show_now()
        else:
            self._soon.start()
