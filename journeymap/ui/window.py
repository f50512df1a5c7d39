"""The window: command bar, outline, canvas, inspector, status line; or the start page where no map is open.

Thin on purpose: actions are declared in `actions`, done in `doings`; the canvas edits, the panels edit, and all of
them change the map through `OpenMap`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.ui import actions, finding
from journeymap.ui.bar import HEIGHT, Bar
from journeymap.ui.canvas.canvas import Canvas
from journeymap.ui.map import OpenMap
from journeymap.ui.notice import Notice
from journeymap.ui.palette import Finder
from journeymap.ui.selection import Selection
from journeymap.ui.settings import Settings
from journeymap.ui.status import Status

WIDTHS = {"outline": 216, "inspector": 296}


class Window(QMainWindow):
    """One window, with one map or none."""

    def __init__(self, settings: Settings, dress: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.map: OpenMap | None = None
        self.canvas: Canvas | None = None
        self.selection = Selection(self)
        self._dress = dress
        self._panels: dict[str, QWidget] = {}
        self._middle, whole = QWidget(), QWidget()
        self.setCentralWidget(whole)
        self.notice, self.status = Notice(), Status()
        self.actions_ = actions.built(self, self._middle)
        self.bar = Bar(self.actions_, actions.menu(self, self.actions_))
        self.finder = Finder(self, lambda: finding.entries(self))
        self._lay_out(whole)
        self.status.zoom.connect(self._zoom)
        self.selection.changed.connect(self.refresh)
        self.setAcceptDrops(True)
        self.resize(1600, 1000)
        self.setMinimumSize(760, 480)
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)

    def _lay_out(self, whole: QWidget) -> None:
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._middle, 1)
        self._inside = QVBoxLayout(self._middle)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._inside.addWidget(self.notice)
        column.addWidget(self.bar)
        column.addWidget(_rule())
        column.addLayout(self._row, 1)
        column.addWidget(_rule())
        column.addWidget(self.status)

    # ------------------------------------------------------------ maps

    def open_map(self, path: str | Path) -> bool:
        """Opens a map in place of the one that is open. False, after a notice, where that fails; the open one stays."""
        from journeymap.session import Session

        path = Path(path)
        try:
            if self.map is not None and path.exists() and path.samefile(self.map.session.path):
                return True
            opened = Session.open(path)
        except Failure as failure:
            self.tell(str(failure))
            return False
        self._show_map(opened, path)
        return True

    def new_map(self, path: str | Path, template: str = "blank") -> bool:
        """Begins a map in a new file, from a template. False, after a notice, where that fails."""
        from journeymap.session import Session

        path = Path(path)
        path = path if path.suffix else path.with_suffix(".journey")
        try:
            opened = Session.create(path, finding.template_records(template, path.stem))
        except Failure as failure:
            self.tell(str(failure))
            return False
        self._show_map(opened, path)
        return True

    def _show_map(self, session: object, path: Path) -> None:
        from journeymap.session import Session
        from journeymap.ui.panels.inspector import Inspector
        from journeymap.ui.panels.outline import Outline

        assert isinstance(session, Session)
        self._close_map()
        self.notice.hide()
        self.settings.opened(path)
        self.map = OpenMap(session, self)
        self.selection.select(cell=finding.first_cell(self.map.document))
        self.canvas = Canvas(self.map, self.selection)
        self._panels = {"outline": Outline(self.map, self.selection), "inspector": Inspector(self.map, self.selection)}
        self._row.insertWidget(0, self._panels["outline"])
        self._row.addWidget(self._panels["inspector"])
        for name, panel in self._panels.items():
            panel.setFixedWidth(WIDTHS[name])
            panel.setVisible(self.settings.panel(name))
        self._inside.addWidget(self.canvas, 1)
        self._connect(self.map, self.canvas)
        self._brand()
        self.refresh()
        self.canvas.setFocus()
        finding.offer_drafts(self)

    def _connect(self, map_: OpenMap, canvas: Canvas) -> None:
        map_.changed.connect(self._changed)
        map_.saved.connect(self._mark)
        map_.refused.connect(self.tell)
        canvas.zoomed.connect(self.status.show_zoom)
        canvas.told.connect(self.status.tell)
        canvas.left.connect(self.next_part)
        canvas.asked_menu.connect(self._context)
        self.status.show_zoom(canvas.view.zoom)

    def show_start(self) -> None:
        """The start page: recent maps and templates."""
        from journeymap.ui.start import StartPage

        self._close_map()
        self.settings.closed()
        page = StartPage(self.settings.recent)
        finding.wire_start(self, page)
        self._panels = {"start": page}
        self._inside.addWidget(page, 1)
        self.refresh()
        page.setFocus()

    def _close_map(self) -> None:
        if self.canvas is not None:
            self.canvas.editor.commit()
            self._panels["canvas"] = self.canvas
        for panel in self._panels.values():
            panel.hide()
            panel.setParent(None)
            panel.deleteLater()
        self._panels, self.canvas = {}, None
        if self.map is not None:
            closing, self.map = self.map, None
            self.selection.select(cell=finding.NOWHERE)
            try:
                closing.close()
            except Failure as failure:
                self.tell(str(failure))
            closing.deleteLater()

    # ------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Title, bar, status and actions as they are now."""
        document = self.map.document if self.map is not None else None
        title = document.map.title or _("Untitled map") if document is not None else ""
        self.setWindowTitle(_("{title} – Journeymap").format(title=title) if title else _("Journeymap"))
        self.bar.show_map(document, read_only=self.map is not None and self.map.session.read_only)
        self.status.show_data(document)
        self.status.show_map(document is not None)
        self.status.make_room(self.width())
        actions.refresh(self, self.actions_)
        self._mark()

    def tell(self, text: str) -> None:
        """Says over the canvas what went wrong."""
        self.notice.tell(text)

    def focus_map(self) -> None:
        """Gives the keyboard back to the canvas."""
        if self.canvas is not None:
            self.canvas.setFocus()

    def show_panel(self, name: str, shown: bool) -> None:
        """Shows or hides a side panel, and remembers it."""
        self.settings.keep_panel(name, shown)
        if name in self._panels:
            self._panels[name].setVisible(shown)

    def next_part(self) -> None:
        """The keyboard goes round: canvas, inspector, outline, bar."""
        parts = [self.canvas, self._panels.get("inspector"), self._panels.get("outline"), self.bar]
        shown = [part for part in parts if part is not None and part.isVisible()]
        here = next((i for i, part in enumerate(shown) if part.isAncestorOf(self.focusWidget() or self)), -1)
        here = shown.index(self.canvas) if self.canvas is not None and self.canvas.hasFocus() else here
        for part in (*shown[here + 1 :], *shown[: here + 1]):
            if finding.take_focus(part):
                return

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system has it; remembered."""
        self.settings.theme = choice
        self._brand()

    def dress(self) -> None:
        """The theme has changed."""
        self.bar.dress()
        self.status.dress()

    def open_finder(self) -> None:
        """Find or do anything."""
        corner = self.bar.finder.mapTo(self, QPoint(self.bar.finder.width(), 0))
        self.finder.open(corner.x() + 120, HEIGHT + 4)

    def export(self) -> None:
        """Shows what can be written, and how."""
        finding.open_export(self)

    def import_data(self, path: str | Path) -> None:
        """Shows how a survey would be read."""
        finding.open_import(self, Path(path))

    # ------------------------------------------------------------ following

    def _changed(self, _change: object) -> None:
        self.refresh()

    def _mark(self) -> None:
        if self.map is None:
            self.status.show_saved("", "")
        elif self.map.session.read_only:
            self.status.show_saved("shield", _("Read only"))
        elif self.map.session.saved:
            self.status.show_saved("check", _("Saved on this computer"))
        else:
            self.status.show_saved("clock", _("Saving…"))

    def _zoom(self, way: int) -> None:
        if self.canvas is not None:
            self.canvas.zoom_step(way) if way else self.canvas.zoom_to(1.0)

    def _context(self, at: QPoint) -> None:
        self.refresh()
        actions.context_menu(self, self.actions_).popup(at)

    def _brand(self) -> None:
        if self._dress is not None:
            self._dress(finding.brand_colour(self.map.document) if self.map is not None else "")
        self.dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hints make room."""
        super().resizeEvent(event)
        self.status.make_room(self.width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A map is opened, anything else imported into the open map."""
        for url in event.mimeData().urls()[:1]:
            path = Path(url.toLocalFile())
            if path.suffix == ".journey":
                self.open_map(path)
            elif self.map is not None:
                self.import_data(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything goes to disk first; the place of the window is remembered."""
        self.settings.geometry = self.saveGeometry()
        self._close_map()
        self.settings.flush()
        super().closeEvent(event)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("look", "rule")
    rule.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return rule
