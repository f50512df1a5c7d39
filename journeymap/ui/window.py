"""The window: command bar, notices, the open map's workplace or the start page, status line.

Thin on purpose: actions are declared in `actions` and done in `doings`; canvas and panels edit, and all of them change
the map through `OpenMap`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.records import Record
from journeymap.session import Session
from journeymap.ui import actions, arriving, attaching, finding, pages, viewing
from journeymap.ui.bar import HEIGHT, Bar, rule
from journeymap.ui.canvas.canvas import Canvas
from journeymap.ui.map import OpenMap
from journeymap.ui.notice import Notice
from journeymap.ui.palette import Finder
from journeymap.ui.selection import NOWHERE, Selection
from journeymap.ui.settings import Settings
from journeymap.ui.status import Status
from journeymap.ui.workplace import Workplace


class Window(QMainWindow):
    """One window, with one map or none. `asked_language`: another language was chosen, which a new window will speak."""

    asked_language = Signal()

    def __init__(self, settings: Settings, dress: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.place: Workplace | None = None
        self.selection = Selection(self)
        self._dress = dress
        self._page: QWidget | None = None
        whole = QWidget()
        self.setCentralWidget(whole)
        self.notice, self.status = Notice(), Status()
        self.copies = attaching.Copies()
        self.actions_ = actions.built(self)
        self.bar = Bar(self.actions_, actions.menu(self, self.actions_))
        self.finder = Finder(self, lambda: finding.look_up(self))
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.bar, rule(), self.notice, rule(), self.status):
            self._column.addWidget(part)
        self.status.zoom.connect(self._zoom)
        self.selection.changed.connect(self._refresh_actions)
        self.setAcceptDrops(True)
        self.resize(1600, 1000)
        self.setMinimumSize(760, 480)
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)

    @property
    def map(self) -> OpenMap | None:
        """The open map."""
        return self.place.map if self.place is not None else None

    @property
    def canvas(self) -> Canvas | None:
        """The open map's canvas."""
        return self.place.canvas if self.place is not None else None

    # ------------------------------------------------------------ maps

    def open_map(self, path: str | Path) -> bool:
        """Opens a map in place of the one that is open. False, after a notice, where that fails; the open one stays."""
        path = Path(path)
        if self.map is not None and path.exists() and path.samefile(self.map.session.path):
            return True
        return self._begin(lambda: Session.open(path, author=self.settings.author))

    def new_map(self, path: str | Path, template: str = "blank", language: str | None = None) -> bool:
        """Begins a map in a new file, from a template. False, after a notice, where that fails."""
        return self.new_map_of(path, lambda: finding.template_records(template, _with_suffix(path).stem, language))

    def new_map_of(self, path: str | Path, records: Callable[[], list[Record]]) -> bool:
        """Begins a map of these records in a new file. False, after a notice, where that fails."""
        path = _with_suffix(path)
        return self._begin(lambda: Session.create(path, records(), author=self.settings.author))

    def _begin(self, opened: Callable[[], Session]) -> bool:
        try:
            session = opened()
        except Failure as failure:
            self.tell(str(failure))
            return False
        self.notice.hide()
        self._clear()
        self.settings.opened(session.path)
        self.place = Workplace(session, self.selection, self.settings, self)
        left = self.place.left_at
        self.selection.select(cell=left if left != NOWHERE else finding.first_cell(self.place.map.document))
        self.place.leads.connect(lambda record: finding.go_to(self, record))
        self.place.asked_view.connect(lambda view: viewing.look(self, view))
        self.place.wanted.connect(lambda name: self.actions_[name].trigger())
        self._put(self.place)
        self._connect(self.place.map, self.place.canvas)
        self._brand()
        self.refresh()
        self.place.canvas.setFocus()
        finding.offer_drafts(self)
        return True

    def _connect(self, map_: OpenMap, canvas: Canvas) -> None:
        for action in self.actions_.values():
            if action.data().on == "canvas":
                canvas.addAction(action)
        map_.changed.connect(self._changed)
        map_.viewed.connect(self._refresh_actions)
        map_.saved.connect(self._mark)
        map_.refused.connect(self.tell)
        canvas.zoomed.connect(self.status.show_zoom)
        canvas.told.connect(self.status.tell)
        canvas.left.connect(self.next_part)
        canvas.asked_menu.connect(self._context)
        canvas.asked_open.connect(lambda id_: attaching.open_attachment(self, id_))
        canvas.asked_file.connect(lambda: attaching.choose(self))
        canvas.dropping.dropped.connect(lambda what, cell: attaching.bring_dropped(self, what, cell))
        self.status.show_zoom(canvas.view.zoom)

    def show_start(self) -> None:
        """The start page: recent maps and templates."""
        self.notice.hide()
        self._clear()
        self.settings.closed()
        page = finding.start_page(self)
        self._put(page)
        self._brand()
        self.refresh()
        finding.take_focus(page)

    def _put(self, page: QWidget) -> None:
        self._page = page
        self._column.insertWidget(3, page, 1)
        page.show()

    def _clear(self) -> None:
        """Closes what the window shows; what was refused by the disk at the last moment is said."""
        self.copies.clear()
        place, self.place = self.place, None
        page, self._page = self._page, None
        if place is not None:
            place.remember()
            self.selection.select(cell=NOWHERE)
            try:
                place.leave()
            except Failure as failure:
                self.tell(str(failure))
        if page is not None:
            page.hide()
            page.setParent(None)
            page.deleteLater()

    # ------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Title, bar, status and actions as they are now."""
        document = self.map.document if self.map is not None else None
        title = document.map.title or _("Untitled map") if document is not None else ""
        self.setWindowTitle(_("{title} – Journeymap").format(title=title) if title else _("Journeymap"))
        self.bar.show_map(document, read_only=self.map is not None and self.map.session.read_only)
        self.bar.show_view(self.place.view if self.place is not None else "")
        self.status.show_data(document)
        self.status.show_map(self.place is not None and self.place.view == pages.MAP)
        self.status.make_room(self.width())
        self._refresh_actions()
        self._mark()

    def _refresh_actions(self) -> None:
        actions.refresh(self, self.actions_)

    def tell(self, text: str) -> None:
        """Says below the bar what went wrong."""
        self.notice.tell(text)

    def show_view(self, view: str) -> None:
        """Shows a page in the middle."""
        if self.place is not None:
            self.place.show_view(view)
            self.refresh()

    def focus_page(self) -> None:
        """Gives the keyboard to what the window shows."""
        if self._page is not None:
            finding.take_focus(self._page)

    def focus_map(self) -> None:
        """Gives the keyboard back to the canvas."""
        if self.canvas is not None:
            self.canvas.setFocus()

    def next_part(self) -> None:
        """The keyboard goes round: canvas, inspector, outline, bar."""
        parts = [*self.place.parts(), self.bar] if self.place is not None else [self._page, self.bar]
        shown = [part for part in parts if part is not None and part.isVisible()]
        focus = self.focusWidget() or self
        here = next((i for i, part in enumerate(shown) if part is focus or part.isAncestorOf(focus)), -1)
        for part in (*shown[here + 1 :], *shown[: here + 1]):
            if finding.take_focus(part):
                return

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system has it; remembered."""
        self.settings.theme = choice
        self._brand()

    def follow_scheme(self) -> None:
        """The system has become light or dark."""
        self.choose_theme(self.settings.theme)

    def choose_language(self, choice: str) -> None:
        """One of `i18n.LANGUAGES`, or "" for that of the system; remembered."""
        if choice != self.settings.language:
            self.settings.language = choice
            self.asked_language.emit()

    def open_finder(self) -> None:
        """Find or do anything."""
        self.finder.open(*self.finder_place())

    def finder_place(self) -> tuple[int, int]:
        """Where the finder's upper right corner is."""
        return self.bar.finder.mapTo(self, QPoint(self.bar.finder.width(), 0)).x() + 120, HEIGHT + 4

    # ------------------------------------------------------------ following

    def _changed(self, _change: object) -> None:
        self.refresh()

    def _mark(self) -> None:
        session = self.map.session if self.map is not None else None
        if session is None:
            self.status.show_saved("", "")
        elif session.read_only:
            self.status.show_saved("shield", _("Read only"))
        elif session.saved:
            self.status.show_saved("check", _("Saved on this computer"))
        else:
            self.status.show_saved("clock", _("Saving…"))

    def _zoom(self, way: int) -> None:
        if self.canvas is not None:
            self.canvas.zoom_step(way) if way else self.canvas.zoom_to(1.0)

    def _context(self, at: QPoint) -> None:
        self._refresh_actions()
        menu = finding.lane_menu(self) or actions.context_menu(self, self.actions_)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _brand(self) -> None:
        """The theme in the open map's brand."""
        if self._dress is not None:
            self._dress(finding.brand_colour(self.map.document) if self.map is not None else "")
        self.bar.dress()
        self.status.dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hints make room."""
        super().resizeEvent(event)
        self.status.make_room(self.width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A map of ours is opened, one from elsewhere brought in, data imported, a picture put on the map."""
        arriving.taken(self, event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything goes to disk first; the place of the window is remembered."""
        self.settings.geometry = self.saveGeometry()
        self._clear()
        self.settings.flush()
        super().closeEvent(event)


def _with_suffix(path: str | Path) -> Path:
    path = Path(path)
    return path if path.suffix else path.with_suffix(".journey")
