"""The inspector: one page for the leading record of the selection, or for the map where nothing is selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
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
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import ProseField, TextField
from journeymap.ui.controls.heads import Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.form import FLAT, Desk, line
from journeymap.ui.panels.page import Page
from journeymap.ui.panels.persona import PersonaPage
from journeymap.ui.panels.places import CardPage, LanePage, LinkPage, MapPage, PhasePage
from journeymap.ui.panels.tasks import ActionPage, OpportunityPage, PainPage, TypedPage
from journeymap.ui.panels.touchpoint import TouchpointPage
from journeymap.ui.selection import Selection

WIDTH = 296
DISK_S = 0.02
"""Another page takes longer to build than a change takes to be written: so long it lets the disk go first."""
ON_CANVAS = frozenset({"name", "text", "title", "label"})
PAGES: dict[type[Record], type[Page]] = {
    Map: MapPage, Phase: PhasePage, Touchpoint: TouchpointPage, Persona: PersonaPage, Lane: LanePage, Card: CardPage,
    Link: LinkPage, PainPoint: PainPage, Action: ActionPage, Opportunity: OpportunityPage, TypedKpi: TypedPage,
}  # fmt: skip


class Kept(QWidget):
    """Says that an earlier run left half-typed text in a field of the inspector, and leads there.

    Names and texts that stand on the canvas are offered there.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        left = [one for one in desk.open_map.session.drafts() if one.field not in ON_CANVAS]
        self.places = [place for one in left if (place := place_of(desk, one.record_id)) is not None]
        row = line(self)
        row.setContentsMargins(16, 8, 8, 0)
        count = len(self.places)
        said = ngettext("{n} text was half typed and is kept.", "{n} texts were half typed and are kept.", count)
        row.addWidget(Words(said.format(n=count), self, tint="text2", wrap=True), 1)
        self.button = Pill(_("Show"), self)
        self.button.clicked.connect(self._lead)
        row.addWidget(self.button)
        self.setVisible(bool(self.places))

    def _lead(self) -> None:
        """To the next one."""
        self._desk.selection.select(self.places.pop(0))
        self.setVisible(bool(self.places))


def place_of(desk: Desk, id_: Id) -> Id | None:
    """The record whose page shows a field of `id_`: itself, or the touchpoint or persona that it belongs to."""
    record = desk.document.record(id_)
    if record is None or type(record) in PAGES:
        return record.id if record is not None else None
    owner = getattr(record, "touchpoint_id", None) or getattr(record, "persona_id", None)
    return owner if isinstance(owner, str) else None


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
        self.kept = Kept(self._desk, self)
        column.addWidget(self.kept)
        column.addWidget(self._scroll, 1)
        self.page: Page | None = None
        # A change and the selection that follows it are shown once, when the hand is off the keys.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_soon)
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

    def _show_soon(self) -> None:
        """A panel that is shut is filled when it is opened: while one types with it shut, no page is made."""
        if self.isVisible() or not self.window().isVisible():
            if self.page is not None and self.page.id != self.subject():
                self._desk.open_map.settle(DISK_S)
            self.show_now()

    def showEvent(self, event: QShowEvent) -> None:
        """Opened again: what is selected now."""
        super().showEvent(event)
        self._soon.start()

    def show_now(self) -> None:
        """Shows the page of what is selected, as the map is now."""
        id_ = self.subject()
        record = self._desk.document.record(id_)
        if self.page is not None and self.page.id == id_:
            self.page.refresh()
            return
        assert record is not None
        if self.page is not None:
            for field in self.page.findChildren(TextField):
                field.leave()
            for prose in self.page.findChildren(ProseField):
                prose.leave()
        former = self._scroll.takeWidget()
        if former is not None:
            former.hide()
            former.deleteLater()  # later: it may be one of its own buttons that brought us here
        self.page = PAGES[type(record)](self._desk, id_)
        self._scroll.setWidget(self.page)

    def _follow(self, change: Change) -> None:
        if self.page is not None and self.page.id in change.removed and self._in_hand(self.page):
            self.show_now()  # nobody goes on typing into what is no more
        else:
            self._soon.start()

    def _in_hand(self, page: Page) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and page.isAncestorOf(focus)
