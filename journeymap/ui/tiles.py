"""Tiles of the start page: a drawn thumbnail with words below, in as many columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from journeymap.i18n import _
from journeymap.ui import thumbnail
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import IconButton, Painted
from journeymap.ui.thumbnail import About

GAP_X, GAP_Y = 24, 20
TILE = QSize(thumbnail.WIDTH, thumbnail.HEIGHT + 52)


class Tile(Painted):
    """A thumbnail with title and a line below."""

    def __init__(self, title: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(TILE)
        self.image: QImage | None = None
        self._line = line
        self._side = 0  # room kept free beside the title
        self.problem = ""
        self.show_about(About(title), line)

    def show_about(self, about: About, line: str) -> None:
        """Shows what it is."""
        self._line = about.problem or line
        self.problem = about.problem
        self.setText(about.title)
        self.setAccessibleName(f"{about.title}, {self._line}")
        self.setToolTip(f"{about.title}\n{self._line}")
        self.update()

    def show_image(self, image: QImage | None) -> None:
        """Shows how it looks."""
        self.image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(0, 0, thumbnail.WIDTH, thumbnail.HEIGHT)
        clip = QPainterPath()
        clip.addRoundedRect(frame, 10, 10)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(frame, ink.colour("card"))
        if self.image is not None:
            painter.drawImage(frame, self.image)
        elif self.problem:
            ink.icon(painter, "warning", frame.center(), 24, "text3")
        painter.restore()
        lit = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(ink.colour("brand" if lit else "border"), 2 if lit else 1))
        inset = 1 if lit else 0.5
        painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), 10, 10)
        words = QRectF(3, thumbnail.HEIGHT + 8, self.width() - 6, 20)
        ink.write(painter, words.adjusted(0, 0, -self._side, 0), self.text(), 13, 600)
        ink.write(painter, words.translated(0, 20), self._line, 13, 400, "text3")


class OwnTile(Tile):
    """A template of one's own: may be deleted, with Del or with the button in its corner."""

    delete_requested = Signal()

    def __init__(self, title: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(title, line, parent)
        self.bin = IconButton("trash", _("Delete the template “{name}”").format(name=title), self)
        self.bin.move(thumbnail.WIDTH - self.bin.width(), thumbnail.HEIGHT + 6)
        self._side = self.bin.width() + 6
        self.bin.clicked.connect(self.delete_requested)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del deletes."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)


class Tiles(QWidget):
    """Tiles in as many columns as there is room for; arrow keys walk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_X)
        self._grid.setVerticalSpacing(GAP_Y)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def add(self, tile: Tile) -> None:
        """One more."""
        tile.installEventFilter(self)
        self.tiles.append(tile)

    def columns(self, width: int) -> int:
        """How many fit side by side."""
        return max(1, (width + GAP_X) // (TILE.width() + GAP_X))

    def wide(self, width: int) -> int:
        """How wide they are together in that room, were every column filled."""
        columns = self.columns(width)
        return columns * TILE.width() + (columns - 1) * GAP_X

    def flow(self, width: int) -> None:
        """Lays them out for a width."""
        columns = self.columns(width)
        if columns != self._columns:
            self._columns = columns
            for place, tile in enumerate(self.tiles):
                self._grid.addWidget(tile, place // columns, place % columns)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys go to the neighbour."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, Tile):
            steps = {
                Qt.Key.Key_Left: -1,
                Qt.Key.Key_Right: 1,
                Qt.Key.Key_Up: -self._columns,
                Qt.Key.Key_Down: self._columns,
            }
            step = steps.get(Qt.Key(event.key()))
            place = self.tiles.index(watched) + step if step is not None else -1
            if 0 <= place < len(self.tiles):
                self.tiles[place].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
