"""The importance–performance picture in a panel: the same drawing as on paper; a mark leads to its touchpoint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from journeymap.model.document import Document
from journeymap.model.drivers import Drivers
from journeymap.model.picture import Group, Picture
from journeymap.model.quadrants import quadrants
from journeymap.model.records import Id
from journeymap.ui import theme
from journeymap.ui.canvas import paint
from journeymap.ui.controls import ink

REACH = 8.0
"""How far from a mark the pointer still means it."""
LABEL = 12.0


class QuadrantView(QWidget):
    """`chosen(touchpoint id)` when a mark is clicked, or reached by the arrow keys."""

    chosen = Signal(str)

    def __init__(self, document: Document, found: Drivers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._found = document, found
        self._picture: Picture | None = None
        self._kit = paint.Kit()
        self.selected: Id | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(400)
        self.setAccessibleName(self.picture().groups[0].meaning.alt)

    def sizeHint(self) -> QSize:
        """A picture wider than high."""
        return QSize(640, 400)

    def picture(self) -> Picture:
        """The drawing for the size of now."""
        if self._picture is None or (self._picture.width, self._picture.height) != (self.width(), self.height()):
            self._picture = quadrants(self._document, self._found, float(self.width()), float(self.height()), LABEL)
            self._kit = paint.Kit()
        return self._picture

    def marks(self) -> Sequence[Group]:
        """The groups of the touchpoints, the most important first."""
        return [group for group in self.picture().groups if group.meaning.touchpoint]

    def select(self, touchpoint: Id | None) -> None:
        """Shows a touchpoint as selected."""
        self.selected = touchpoint
        self.update()

    def at(self, place: QPointF | QPoint) -> Group | None:
        """The mark at a point, the nearest where several are near."""
        near = []
        for group in self.marks():
            dx, dy = place.x() - group.x - group.width / 2, place.y() - group.y - group.height / 2
            near.append(((dx * dx + dy * dy) ** 0.5, group))
        best = min(near, key=lambda each: each[0], default=None)
        return best[1] if best is not None and best[0] <= REACH + best[1].width / 2 else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it on a card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink.panel(painter, QRectF(self.rect()), "card", "hair", 8)
        brush = paint.Brush(painter, theme.current(), ratio=self.devicePixelRatioF(), kit=self._kit)
        for group in self.picture().painted():
            brush.place(group.x, group.y, 1.0)
            paint.group(brush, group)
        painter.resetTransform()
        for group in self.marks():
            if group.meaning.touchpoint == self.selected:
                ring = QRectF(group.x, group.y, group.width, group.height).adjusted(-5, -5, 5, 5)
                ink.panel(painter, ring, None, "brand", ring.width() / 2)
        if self.hasFocus():
            ink.focus_ring(painter, QRectF(self.rect()), 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A mark selects its touchpoint."""
        group = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and group is not None:
            self._choose(group)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from mark to mark along the importance, up and down along the performance."""
        axis = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (1, -1), Qt.Key.Key_Down: (1, 1)}
        step = axis.get(Qt.Key(event.key()))
        marks = self.marks()
        if step is None or not marks:
            super().keyPressEvent(event)
            return
        line = sorted(marks, key=lambda group: (group.x, group.y) if step[0] == 0 else (group.y, group.x))
        here = next((i for i, group in enumerate(line) if group.meaning.touchpoint == self.selected), None)
        self._choose(marks[0] if here is None else line[min(max(here + step[1], 0), len(line) - 1)])

    def event(self, event: QEvent) -> bool:
        """The tooltip of the mark under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            group = self.at(event.pos())
            QToolTip.showText(event.globalPos(), group.meaning.alt if group is not None else "", self)
            return True
        return super().event(event)

    def _choose(self, group: Group) -> None:
        touchpoint = group.meaning.touchpoint
        if touchpoint is not None:
            self.select(touchpoint)
            self.setAccessibleDescription(group.meaning.alt)
            self.chosen.emit(touchpoint)
