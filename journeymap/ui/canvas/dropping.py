"""What is dragged onto the canvas from elsewhere: pictures and files onto cells, shown where they would stand.

Maps and data are for the window: they are let through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QPainter, QPen

from journeymap.model import lanes, links
from journeymap.model.records import Lane
from journeymap.ui import attaching, pictures, theme
from journeymap.ui.canvas import cells, marks
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from journeymap.ui.canvas.canvas import Canvas


class Dropping(QObject):
    """`dropped(what, cell)`: files as a list of paths, a QImage, or the text of links."""

    dropped = Signal(object, object)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._cell: Cell | None = None
        canvas.viewport().setAcceptDrops(True)
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the drags that mean a cell; all others go on to the window."""
        del watched
        if isinstance(event, QDropEvent) and not isinstance(event, QDragMoveEvent):
            return self._drop(event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            self._over(event)
            # A file that is no picture may be for the window as long as it is not over a row of files.
            return event.isAccepted()
        if event.type() == QEvent.Type.DragLeave:
            self._show(None)
        return False

    def _over(self, event: QDragMoveEvent) -> None:
        cell = self._target(event.position(), event.mimeData())
        self._show(cell)
        if cell is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        cell = self._target(event.position(), data)
        self._show(None)
        if cell is None:
            return False
        files, image = attaching.files_in(data), attaching.image_in(data)
        event.acceptProposedAction()
        what: object = files or (image if image is not None else data.text())
        self.dropped.emit(what, cell)
        return True

    def _target(self, at: QPointF, data: QMimeData) -> Cell | None:
        """The cell where it would stand; None where it means nothing to a cell."""
        canvas = self._canvas
        if canvas.map.session.read_only:
            return None
        touch = canvas.touch(at)
        here = cells.at(canvas.sheet, touch.x, touch.y)
        kind = self._kind(data, here)
        if not kind or here is None:
            return None
        document = canvas.map.document
        touchpoint = here.touchpoint or canvas.selection.touchpoint
        if touchpoint is None:
            return None
        lane = document.get(Lane, here.lane)
        if lane is not None and lane.kind in lanes.ATTACHED and (kind == "picture" or lane.kind == lanes.FILES):
            return Cell(lane.id, touchpoint)
        wanted = lanes.STORYBOARD if kind == "picture" else lanes.FILES
        first = next((one.id for one in document.all(Lane) if one.kind == wanted and not one.hidden), None)
        return Cell(first, touchpoint)

    def _kind(self, data: QMimeData, here: Cell | None) -> str:
        """What it is: "picture", "file", "link", or "" for what is not for a cell."""
        files = attaching.files_in(data)
        lane = self._canvas.map.document.get(Lane, here.lane) if here is not None else None
        if files:
            if all(path.suffix.lower() in pictures.SUFFIXES for path in files):
                return "picture"
            return "file" if lane is not None and lane.kind == lanes.FILES else ""
        if isinstance(attaching.image_in(data), QImage):
            return "picture"
        return "link" if data.hasText() and links.is_link(data.text()) else ""

    def _show(self, cell: Cell | None) -> None:
        if cell != self._cell:
            self._cell = cell
            self._canvas.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """The cell where it would stand; its whole column where the map has no such lane yet."""
        if self._cell is None:
            return
        view, cell = self._canvas.view, self._cell
        place = (
            marks.cell_rect(self._canvas, cell)
            if cell.lane is not None
            else marks.column_rect(self._canvas.sheet, cell)
        )
        if place is not None:
            painter.setPen(QPen(theme.colour("brand"), 2))
            painter.setBrush(theme.colour("brand", 0.08))
            painter.drawRoundedRect(view.on_screen(place).adjusted(3, 3, -3, -3), 6, 6)
