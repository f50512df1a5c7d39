"""The portrait of a persona: drawn or a picture; a click shows the gallery, a picture may be dropped or pasted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.avatars import HEADS, avatar, portrait
from journeymap.model.origin import avatar_name
from journeymap.model.picture import Item
from journeymap.model.records import Persona
from journeymap.ui import pictures, theme
from journeymap.ui.canvas import paint
from journeymap.ui.canvas.paint import Pictures
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Painted, Pill
from journeymap.ui.pictures import Taken

SIDE: Final = 640
"""Pixels of a kept portrait: 5 cm on paper at 300 dots an inch."""
_ACROSS: Final = 5


def cropped(image: QImage) -> Taken:
    """The middle of a picture as a square, written anew. Raises Failure where there is no picture, or too large a one.

    Of an upright picture rather the upper part: there the face is.
    """
    side = min(image.width(), image.height())
    if image.isNull() or side == 0:
        raise Failure(_("There is no picture in what was brought here."))
    left, top = (image.width() - side) // 2, (image.height() - side) // 4
    return pictures.of_image(image.copy(QRect(left, top, side, side)), SIDE)


def read(path: Path) -> Taken:
    """A picture file as it is kept. Raises Failure where it cannot be read, or is none."""
    try:
        size = path.stat().st_size
        if size > pictures.MOST_BYTES:
            said = _("“{name}” has {size} MB; a picture may have {most} MB.")
            most = pictures.MOST_BYTES // 1_000_000
            raise Failure(said.format(name=path.name, size=size // 1_000_000, most=most))
        content = path.read_bytes()
    except OSError as fault:
        said = _("“{name}” could not be read: {reason}.")
        raise Failure(said.format(name=path.name, reason=fault.strerror or str(fault))) from fault
    return cropped(pictures.decoded(content, path.name, 2 * SIDE))


def paint_items(widget: QWidget, painter: QPainter, items: list[Item], found: Pictures = paint.no_pictures) -> None:
    """Paints items of the drawing list on a widget."""
    brush = paint.Brush(painter, theme.current(), ratio=widget.devicePixelRatioF(), pictures=found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush.place(0, 0, 1.0)
    paint.items(brush, items)
    painter.resetTransform()


class Face(Painted):
    """The portrait, round; `persona` is what it shows."""

    def __init__(self, side: int, found: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = found
        self.persona: Persona | None = None
        self.setFixedSize(side, side)

    def show_persona(self, persona: Persona) -> None:
        """Shows her."""
        self.persona = persona
        name = _("Portrait of {name}: choose another").format(name=persona.name or _("No name"))
        self.setAccessibleName(name)
        self.setToolTip(_("Choose a drawn head or a picture; a picture may be dropped or pasted here"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        if self.persona is not None:
            paint_items(self, painter, portrait(self.persona, 3, 3, self.width() - 6, strong=True), self._found)
        if self.hasFocus() or (self.underMouse() and self.isEnabled()):
            ink.focus_ring(painter, self.box(), self.width() / 2)


class _Head(Painted):
    """One drawn head of the gallery."""

    def __init__(self, name: str, hue: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._hue = name, hue
        self.setCheckable(True)
        self.setFixedSize(72, 72)
        self.setAccessibleName(avatar_name(name))
        self.setToolTip(avatar_name(name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        if self.isChecked() or self.underMouse():
            ink.panel(painter, self.box(), "brand2" if self.isChecked() else "hover", radius=10)
        paint_items(self, painter, avatar(self._name, self._hue, 6, 6, 60))
        if self.hasFocus():
            ink.focus_ring(painter, self.box(), 10)


class Heads(QFrame):
    """The gallery, over the page. `chosen(name)`; `asked(what)`: "file", "paste" or "none" for a picture."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, persona: Persona, *, pasting: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self.setAccessibleName(_("Portraits"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        grid = QGridLayout()
        grid.setSpacing(4)
        self.heads: list[_Head] = []
        for at, name in enumerate(HEADS):
            head = _Head(name, persona.hue, self)
            head.setChecked(not persona.picture_hash and persona.avatar == name)
            head.clicked.connect(partial(self._choose, name))
            grid.addWidget(head, at // _ACROSS, at % _ACROSS)
            self.heads.append(head)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.file = Pill(_("Choose a picture…"), self, icon="image")
        self.clip = Pill(_("Paste picture"), self)
        self.none = Pill(_("Take the picture off"), self, tone="quiet")
        for button, what in ((self.file, "file"), (self.clip, "paste"), (self.none, "none")):
            button.clicked.connect(partial(self._ask, what))
            row.addWidget(button)
        self.clip.setVisible(pasting)
        self.none.setVisible(bool(persona.picture_hash))
        row.addStretch(1)
        column.addLayout(row)
        next((head for head in self.heads if head.isChecked()), self.heads[0]).setFocus()

    def show_at(self, place: QPoint) -> None:
        """Opens it with its corner there, inside the screen."""
        size, room = self.sizeHint(), self.screen().availableGeometry()
        x = max(room.left(), min(place.x(), room.right() - size.width()))
        y = max(room.top(), min(place.y(), room.bottom() - size.height()))
        self.setGeometry(QRect(QPoint(x, y), QSize(size)))
        self.show()
        self.activateWindow()
        next((head for head in self.heads if head.isChecked()), self.heads[0]).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the heads, Escape closes."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}
        step = steps.get(Qt.Key(event.key()))
        here = next((at for at, head in enumerate(self.heads) if head.hasFocus()), None)
        if step is not None and here is not None and 0 <= here + step < len(self.heads):
            self.heads[here + step].setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.close()
        self.chosen.emit(name)

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.close()
        self.asked.emit(what)


def ask_file(parent: QWidget, done: Callable[[Path], None]) -> None:
    """Asks for a picture file."""
    kinds = _("Pictures ({files})").format(files=" ".join(f"*{suffix}" for suffix in pictures.SUFFIXES))
    path, _kind = QFileDialog.getOpenFileName(parent, _("Choose a picture"), "", kinds)
    if path:
        done(Path(path))
