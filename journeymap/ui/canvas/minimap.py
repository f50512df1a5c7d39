"""The whole journey in a corner of the canvas: phases, cards, curves, worst figures; a frame shows and moves the view.

It goes to the other corner where the keyboard's cell would lie under it, and folds to a button.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model.emotion import MeasuredEmotion
from journeymap.model.figures import Figure
from journeymap.model.records import Emotion, Id, Persona
from journeymap.ui import theme
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.cells import blocks
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import IconButton

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

WIDTH, HEIGHT, MARGIN, PAD = 232, 76, 16, 8
BIN = 2.0
"""Pixels that one bin of columns covers: of more columns than there are pixels each says what is worst, and the mean mood."""
LATER_MS = 250
_GRAVE = {"missed": 3, "open": 2, "met": 1}


class Minimap(QWidget):
    """Shown while the map is wider than the canvas; drawn anew a moment after a change, so that edits stay quick.

    `asked(shown)`: a hand folds it, or unfolds it from the button that stays in its place.
    """

    asked = Signal(bool)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self._aside = False  # at the left, since what is worked on stands at the right
        self._canvas = canvas
        self._picture: QPixmap | None = None
        self.wanted = True  # it may be shown at all
        self.setFixedSize(WIDTH, HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("The whole journey: press or drag to look elsewhere; F7 hides it"))
        self.setAccessibleName(_("Overview of the journey"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._stale)
        self.fold = _Tab("minus", _("Fold the overview (F7)"), self, 20)
        self.fold.move(WIDTH - 24, 4)
        self.fold.clicked.connect(lambda: self.asked.emit(False))
        self.tab = _Tab("map", _("Overview in the corner (F7)"), canvas.viewport(), 32)
        self.tab.clicked.connect(lambda: self.asked.emit(True))
        self.hide()

    def follow(self) -> None:
        """Keeps to its corner, and out of the way where everything is seen anyway."""
        canvas = self._canvas
        view, sheet = canvas.view, canvas.sheet
        useful = sheet.width * view.zoom > view.width * 1.15 and view.width > 3 * WIDTH and view.height > 4 * HEIGHT
        place = self._corner()
        self.move(place.topLeft())
        self.setVisible(useful and self.wanted)
        self.tab.move(view.width - 32 - MARGIN, view.height - 32 - MARGIN)
        self.tab.setVisible(useful and not self.wanted)
        self.update()

    def _corner(self) -> QRect:
        """At the right, or at the left while the cell of the keyboard would lie under it; it stays until it is covered."""
        view, sheet = self._canvas.view, self._canvas.sheet
        top = view.height - HEIGHT - MARGIN
        right = QRect(view.width - WIDTH - MARGIN, top, WIDTH, HEIGHT)
        left = QRect(view.left(sheet) + MARGIN, top, WIDTH, HEIGHT)
        cell = marks.cell_rect(self._canvas, self._canvas.selection.cell)
        held = view.on_screen(cell).toAlignedRect() if cell is not None else QRect()
        if held.intersects(left if self._aside else right) and not held.intersects(right if self._aside else left):
            self._aside = not self._aside
        return left if self._aside else right

    def want(self, wanted: bool) -> None:
        """Whether it may be shown at all."""
        self.wanted = wanted
        self.follow()

    def changed(self) -> None:
        """The map has changed, and may be wider or narrower now."""
        self.follow()
        self._later.start()

    def _stale(self) -> None:
        self._picture = None
        self.update()

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The kept picture and the frame of the view."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = self._drawn(ratio)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view, sheet = self._canvas.view, self._canvas.sheet
        left = self._x((view.x + view.left(sheet)) / view.zoom)
        right = self._x(min(sheet.width, (view.x + view.width) / view.zoom))
        frame = QRectF(left, 4, max(6.0, right - left), HEIGHT - 8)
        painter.setPen(QPen(theme.colour("brand"), 1.5))
        painter.setBrush(theme.colour("brand", 0.10))
        painter.drawRoundedRect(frame, 4, 4)

    def _drawn(self, ratio: float) -> QPixmap:
        made = QPixmap(round(WIDTH * ratio), round(HEIGHT * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(theme.colour("stage0"))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, WIDTH - 1, HEIGHT - 1), 8, 8)
        self._columns(painter)
        self._curves(painter)
        painter.end()
        return made

    def _columns(self, painter: QPainter) -> None:
        sheet, x = self._canvas.sheet, self._scale()
        for block in blocks(sheet):
            left, right = x(block.x), x(block.x + block.width)
            gap = 1.5 if right - left > 4 else 0.5
            painter.fillRect(QRectF(left, 8, max(0.5, right - left - gap), 5), theme.colour("phase"))
        figures = self._canvas.map.figures.touchpoint
        for left, wide, inside in self._bins():
            painter.fillRect(QRectF(left, 17, wide, 7), theme.colour("sunk"))
            status = worst([figure for id_ in inside for figure in figures.get(id_, ())])
            if status:
                painter.fillRect(QRectF(left, 62, wide, 5), theme.colour(status))

    def _bins(self) -> list[tuple[float, float, list[Id]]]:
        """(left, width, touchpoints) from left to right: a column each, or as many as stand on the same pixels."""
        sheet, x = self._canvas.sheet, self._scale()
        wide, columns = sheet.metrics.card_width, [*zip(sheet.places, sheet.order, strict=True)]
        if len(columns) * BIN <= WIDTH - 2 * PAD:
            return [(x(left), max(0.5, x(left + wide) - x(left)), [id_]) for left, id_ in columns]
        found: dict[int, list[Id]] = {}
        for left, id_ in columns:
            found.setdefault(int(x(left + wide / 2) // BIN), []).append(id_)
        return [(place * BIN, BIN, inside) for place, inside in sorted(found.items())]

    def _curves(self, painter: QPainter) -> None:
        document = self._canvas.map.document
        painter.setPen(QPen(theme.colour("hair"), 1))
        painter.drawLine(QPointF(PAD, 43.5), QPointF(WIDTH - PAD, 43.5))
        felt, bins = self._canvas.map.figures.emotion, self._bins()
        assumed = {(one.persona_id, one.touchpoint_id): one for one in document.all(Emotion)}
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for persona in reversed(document.all(Persona)):
            if persona.hidden:
                continue
            points = []
            for left, wide, inside in bins:
                keys = ((persona.id, id_) for id_ in inside)
                moods = [mood for key in keys if (mood := _value(felt.get(key), assumed.get(key))) is not None]
                if moods:
                    points.append(QPointF(left + wide / 2, 43.5 - sum(moods) / len(moods) * 7.5))
            painter.setPen(QPen(theme.colour(f"p{(persona.hue - 1) % 6 + 1}"), 1.3))
            painter.drawPolyline(QPolygonF(points))

    def _x(self, x: float) -> float:
        return self._scale()(x)

    def _scale(self) -> Callable[[float], float]:
        """From a place on the map to one on the overview."""
        sheet = self._canvas.sheet
        names = sheet.names_width
        per = (WIDTH - 2 * PAD) / max(1.0, sheet.width - names)
        return lambda x: PAD + (x - names) * per

    # ------------------------------------------------------------ pointer

    def enterEvent(self, event: QEnterEvent) -> None:
        """Under the pointer it can be folded."""
        self.fold.show()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Else nothing lies over it."""
        self.fold.hide()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Looks there."""
        self._look(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Looks there, as long as the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look(event.position().x())

    def _look(self, x: float) -> None:
        view, sheet = self._canvas.view, self._canvas.sheet
        share = (x - PAD) / (WIDTH - 2 * PAD)
        middle = sheet.names_width + share * (sheet.width - sheet.names_width)
        body = view.body(sheet)
        self._canvas.look(replace(view, x=round(middle * view.zoom - body.left() - body.width() / 2)))


class _Tab(IconButton):
    """An icon on a card with an edge; the keyboard stays on the map."""

    def __init__(self, icon: str, name: str, parent: QWidget, side: int) -> None:
        super().__init__(icon, name, parent, side=side, size=side // 2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card below the icon."""
        painter = QPainter(self)
        ink.panel(painter, self.box(), "card", "border")
        painter.end()
        super().paintEvent(event)


def worst(figures: tuple[Figure, ...] | list[Figure]) -> str:
    """The gravest verdict among figures, "" where there is none."""
    known = [figure.status for figure in figures if figure.status in _GRAVE]
    return max(known, key=lambda status: _GRAVE[status], default="")


def _value(felt: MeasuredEmotion | None, assumed: Emotion | None) -> float | None:
    if felt is not None:
        return felt.value
    return assumed.value if assumed is not None else None
