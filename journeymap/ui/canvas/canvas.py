"""The canvas: shows an open map, and lets hand and keyboard at it.

It paints kept surfaces (`drawing`) and marks over them (`marks`), turns the pointer into gestures (`gestures`) and
keys into edits (`keys`, `editor`). All that changes the map goes through `OpenMap.perform`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.layout import Damage, Layout
from journeymap.model.metrics import at_zoom
from journeymap.ui.canvas import cells, keys, looking, marks, touches
from journeymap.ui.canvas.drawing import Drawing
from journeymap.ui.canvas.dropping import Dropping
from journeymap.ui.canvas.editor import Editor
from journeymap.ui.canvas.gallery import Gallery
from journeymap.ui.canvas.gestures import choose
from journeymap.ui.canvas.gestures.gesture import Touch
from journeymap.ui.canvas.gestures.hand import Hand
from journeymap.ui.canvas.linkbar import Linkbar
from journeymap.ui.canvas.minimap import Minimap
from journeymap.ui.canvas.view import LEAST, MOST, View
from journeymap.ui.map import OpenMap
from journeymap.ui.selection import Cell, Selection

if TYPE_CHECKING:
    from journeymap.ui.canvas.search import Search


class Canvas(QAbstractScrollArea):
    """A view on one open map. Signals: `zoomed(float)` after the zoom changed, `told(str)` with a quiet hint,
    `asked_menu(QPoint)` where a context menu is wanted, `asked_open(id)` to open a file or link,
    `asked_file()` to choose one, `left()` when the keyboard leaves by F6, `painted()` after the first painting.
    """

    zoomed = Signal(float)
    told = Signal(str)
    asked_menu = Signal(object)
    asked_open = Signal(str)
    asked_file = Signal()
    left = Signal()
    painted = Signal()

    def __init__(self, map_: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map, self.selection = map_, selection
        self.view = View()
        self.hand = Hand(self)
        self.editor = Editor(self)
        self.linkbar = Linkbar(self)
        self.persona = 0  # index of the persona that keys and new thoughts are for
        self.panning = False  # the space bar is held
        self.tapped: View | None = None  # what was seen when it was pressed; None once the paper was moved with it
        self.hovered: Touch | None = None
        self.pictures = Gallery(map_.session.blob)
        self.dropping = Dropping(self)
        self.search: Search | None = None  # made when it is first asked for
        self._drawing = Drawing(self.pictures)
        self._glow = marks.Glow(self)
        self.fade = marks.Fade(self)
        self._seen = False
        self._zooming = False  # a stretched picture may stand in for the sharp one
        self._sharper = QTimer(self)
        self._sharper.setSingleShot(True)
        self._sharper.setInterval(0)
        self._sharper.timeout.connect(self.viewport().update)
        self.overview = Minimap(self)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Journey map"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        map_.damaged.connect(self._damaged)
        map_.followed.connect(self._changed)
        map_.viewing.connect(self._viewing)
        map_.viewed.connect(self._viewed)
        selection.changed.connect(self._selected)

    # ------------------------------------------------------------ looking

    @property
    def sheet(self) -> Layout:
        """The layout that is shown: from afar one of summaries or sketches."""
        return self.map.layout_at(self.view.zoom)

    def look(self, view: View) -> None:
        """Shows the map at that zoom and scroll, within its limits."""
        size = self.viewport().size()
        view = replace(view, width=size.width(), height=size.height()).held(self.map.layout_at(view.zoom))
        if view == self.view:
            return
        zoomed = view.zoom != self.view.zoom
        self.view = view
        self.map.shown_at(view.zoom)
        looking.sync_bars(self)
        self.editor.follow()
        self.linkbar.follow()
        self.overview.follow()
        self.viewport().update()
        if zoomed:
            self._zooming = self._seen and self.isVisible()
            self.editor.dress()
            self.zoomed.emit(view.zoom)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Another zoom; the place under `at` (the middle of the grid if None) stays there, in whatever level."""
        zoom = min(MOST, max(LEAST, zoom))
        sheet = self.sheet
        if self.isVisible() and at_zoom(zoom).level != sheet.metrics.level:
            self.fade.begin()
        at = at or QPointF(self.view.body(sheet).center())
        x, y = self.view.to_map(at, sheet)
        there = cells.same_height(sheet, self.map.layout_at(zoom), y)
        self.look(self.view.with_place(zoom, (x, there), at))

    def zoom_step(self, direction: int) -> None:
        """In (+1) or out (−1) to the next stop."""
        self.zoom_to(self.view.stepped(direction))

    def fit(self) -> None:
        """The whole map; of one that is too long for that, as much as can be seen around where one stands."""
        looking.fit(self)

    def scroll_by(self, dx: int, dy: int) -> bool:
        """Scrolls; False where the map ends."""
        before = self.view
        self.look(replace(before, x=before.x + dx, y=before.y + dy))
        return self.view != before

    def reveal(self, cell: Cell) -> None:
        """Scrolls so far that a cell is seen."""
        place = marks.cell_rect(self, cell)
        if place is not None:
            self.look(self.view.showing(place, self.sheet))

    def go(self, dx: int, dy: int, *, make: bool = False) -> None:
        """Moves the keyboard over the grid; at its end `make` opens a new touchpoint or phase."""
        keys.go(self, dx, dy, make=make)

    def glow(self, change: Change) -> None:
        """Shows for a moment where something was taken back."""
        self._glow.show(change)

    def touch(self, at: QPointF, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Touch:
        """What lies under a point of the viewport."""
        x, y = self.view.to_map(at, self.sheet)
        return Touch(QPointF(at), x, y, self.sheet.at(x, y), held)

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Grid, marks, the gesture, then phases and names over them."""
        painter = QPainter(self.viewport())
        ratio = self.devicePixelRatioF()
        wash = marks.column_rect(self.sheet, self.selection.cell)
        self._drawing.paint_body(painter, self.view, self.sheet, ratio, wash, at_once=not self._zooming)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(self.view.body(self.sheet))
        marks.paint(self, painter, self._glow)
        self.hand.paint(painter)
        self.dropping.paint(painter)
        painter.restore()
        self._drawing.paint_edges(painter, self.view, self.sheet, ratio)
        marks.paint_edges(self, painter)
        self.hand.paint_over(painter)
        self.fade.paint(painter)
        painter.end()
        self._zooming = self._drawing.blurred
        if self._zooming:
            self._sharper.start()
        if not self._seen:
            self._seen = True
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.editor.dress()
            self.overview.changed()
            self.viewport().update()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The view keeps within its limits."""
        super().resizeEvent(event)
        self.look(self.view)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        """A scroll bar was moved."""
        self.look(replace(self.view, x=self.horizontalScrollBar().value(), y=self.verticalScrollBar().value()))

    # ------------------------------------------------------------ following the map

    def _damaged(self, layout: Layout, damage: Damage) -> None:
        if layout is self.sheet:
            self._drawing.damage(damage, layout)

    def _changed(self, change: Change) -> None:
        self.hand.cancel()
        self.pictures.forget()
        forgot = self.selection.dropped(change.removed)
        self.editor.changed(change)
        self.linkbar.changed(change)
        # Limits may have moved; the view may have to follow.
        self.view = self.view.held(self.sheet)
        looking.sync_bars(self)
        self.editor.follow()
        self.linkbar.follow()
        self.overview.changed()
        # The canvas answers at once; panels may take their time after that, those that show the selection too.
        self.viewport().repaint()
        if forgot:
            self.selection.changed.emit()

    def _viewing(self) -> None:
        """What is shown will fade out; a picture of it costs little as long as it still holds."""
        if self.isVisible():
            self.fade.begin()

    def _viewed(self) -> None:
        """Another view: nothing of what was drawn holds, the selection stays."""
        self.hand.cancel()
        self.editor.commit()
        self._drawing.spoil()
        self.view = self.view.held(self.sheet)
        looking.sync_bars(self)
        self.overview.changed()
        self.reveal(self.selection.cell)
        self.viewport().update()

    def _selected(self) -> None:
        keys.follow_persona(self)
        focus = self.window().focusWidget()
        if focus is not None and focus is not self and not self.isAncestorOf(focus):
            self.reveal(self.selection.cell)  # chosen in the outline or another panel: the map follows
        self.overview.follow()
        self.viewport().update()

    # ------------------------------------------------------------ pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A gesture may begin."""
        self.editor.commit()
        self.linkbar.done()
        at = self.touch(event.position(), event.modifiers())
        if event.button() == Qt.MouseButton.RightButton:
            # A right press during a drag means: let it be.
            if not self.hand.cancel():
                choose.select(self, at, keep=True)
            return
        self.hand.press(at, choose.gesture(self, at, event.button()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The gesture goes on, or the pointer looks for something to hold."""
        at = self.touch(event.position(), event.modifiers())
        if self.hand.held:
            self.hand.move(at)
            return
        self.hovered = at
        self.viewport().setCursor(choose.cursor(self, at))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The gesture ends; a plain click selects."""
        at = self.touch(event.position(), event.modifiers())
        if self.hand.held and not self.hand.release(at) and event.button() == Qt.MouseButton.LeftButton:
            choose.select(self, at)
            touches.click(self, at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edits in place."""
        if event.button() == Qt.MouseButton.LeftButton:
            at = self.touch(event.position(), event.modifiers())
            choose.open_(self, at)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self.hovered = None
        self.viewport().update()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls; with Ctrl zooms at the pointer."""
        looking.wheel(self, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu."""
        self.asked_menu.emit(looking.menu_place(self, event))

    # ------------------------------------------------------------ keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walks and edits."""
        if not keys.press(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The space bar lets the paper go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and self.panning:
            self.panning = False
            self.viewport().unsetCursor()
            if self.tapped == self.view and not self.hand.held:
                touches.tap(self, other=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, ARG002
        """Tab walks the grid; F6 leaves it."""
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cell of the keyboard is shown."""
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A gesture does not outlive the focus."""
        self.hand.cancel()
        self.panning = False
        self.viewport().update()
        super().focusOutEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips say what was cut; two fingers on a touchpad zoom."""
        if isinstance(event, QNativeGestureEvent) and looking.pinch(self, event):
            return True
        if looking.tooltip(self, event):
            return True
        return super().viewportEvent(event)
