"""What the audience sees: the slide as large as the screen, a laser where the speaker points, nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QScreen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model.picture import Picture
from journeymap.model.slides import HIGH, WIDE
from journeymap.ui import fonts, theme
from journeymap.ui.canvas import paint
from journeymap.ui.presenting.show import Show

FADE_MS, HINT_MS, REST_MS = 120, 4000, 1500
RED = "#E5213B"


def place(width: float, height: float) -> tuple[QRectF, float]:
    """Where a slide stands in a window, and its scale: as large as fits, in the middle."""
    scale = min(width / WIDE, height / HIGH)
    return QRectF((width - WIDE * scale) / 2, (height - HIGH * scale) / 2, WIDE * scale, HIGH * scale), scale


def draw(painter: QPainter, picture: Picture, box: QRectF, ratio: float, pictures: paint.Pictures) -> None:
    """Paints a slide into a rectangle, from the drawing list."""
    scale = box.width() / WIDE
    painter.save()
    painter.setClipRect(box)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    brush = paint.Brush(painter, theme.current(), ratio=ratio, pictures=pictures)
    for group in picture.painted():
        brush.place(box.x() + group.x * scale, box.y() + group.y * scale, scale)
        paint.group(brush, group)
    painter.resetTransform()
    painter.restore()


class Stage(QWidget):
    """Full screen; every key goes to the show, a click is the next slide, the right button the one before."""

    def __init__(self, show: Show) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(_("Presentation"))
        self.setAccessibleName(_("Presentation"))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._show = show
        self._kept: tuple[object, QPixmap] | None = None
        self._before = QPixmap()
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(lambda _value: self.update())
        self._hint = QTimer(self)
        self._hint.setSingleShot(True)
        self._hint.setInterval(HINT_MS)
        self._hint.timeout.connect(self.update)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        show.moved.connect(self._moved)
        show.pointed.connect(self.update)

    def stand_on(self, screen: QScreen | None) -> None:
        """Fills a screen."""
        if screen is not None:
            self.setScreen(screen)
            self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.raise_()
        self._hint.start()

    # ------------------------------------------------------------ painting

    def _moved(self) -> None:
        if self.isVisible() and self._kept is not None and self._kept[0] != self._key():
            self._before = self._kept[1]
            self._fade.stop()
            self._fade.start()
        self.update()

    def _key(self) -> object:
        show = self._show
        return (show.deck, show.slide, show.dark, self.size().width(), self.size().height(), theme.current())

    def _picture(self) -> QPixmap:
        key = self._key()
        if self._kept is None or self._kept[0] != key:
            ratio = self.devicePixelRatioF()
            made = QPixmap(self.size() * ratio)
            made.setDevicePixelRatio(ratio)
            dark = self._show.dark
            made.fill(QColor(dark) if dark else theme.colour("panel"))
            if not dark:
                painter = QPainter(made)
                box, _scale = place(self.width(), self.height())
                draw(painter, self._show.deck.picture(self._show.slide), box, ratio, self._show.pictures)
                painter.end()
            self._kept = (key, made)
        return self._kept[1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The slide, for a moment the one before over it, the laser, a typed number."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture())
        if self._fade.state() == QVariantAnimation.State.Running and not self._before.isNull():
            painter.setOpacity(float(self._fade.currentValue()))
            painter.drawPixmap(0, 0, self._before)
            painter.setOpacity(1.0)
        box, scale = place(self.width(), self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self._show.number or (self._hints() if self._hint.isActive() and self._show.desk is None else "")
        if words and not self._show.dark:
            self._say(painter, box, scale, words)
        at = self._show.pointer
        if self._show.laser and at is not None and not self._show.dark:
            self._dot(painter, QPointF(box.x() + at.x() * scale, box.y() + at.y() * scale), scale)

    def _hints(self) -> str:
        return _("→ next   ↓ more   B black   L laser   Esc ends")

    def _say(self, painter: QPainter, box: QRectF, scale: float, words: str) -> None:
        face = fonts.font(27 * scale, 500, self._show.number != "")
        painter.setFont(face)
        wide = painter.fontMetrics().horizontalAdvance(words) + 40 * scale
        plate = QRectF(box.center().x() - wide / 2, box.top() + 6 * scale, wide, 40 * scale)  # clear of the heading
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        painter.drawRoundedRect(plate, 20 * scale, 20 * scale)
        painter.setPen(theme.colour("panel"))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)

    @staticmethod
    def _dot(painter: QPainter, at: QPointF, scale: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for radius, opacity in ((26, 0.18), (16, 0.35), (9, 1.0)):
            colour = QColor(RED)
            colour.setAlphaF(opacity)
            painter.setBrush(colour)
            painter.drawEllipse(at, radius * scale, radius * scale)

    # ------------------------------------------------------------ hand and keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A speaker's key."""
        if not self._show.key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On and back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._show.go(self._show.column + 1)
        elif event.button() == Qt.MouseButton.RightButton:
            self._show.go(self._show.column - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The laser follows; else the pointer is seen for a moment."""
        if self._show.laser:
            box, scale = place(self.width(), self.height())
            self._show.point((event.position() - box.topLeft()) / scale)
        else:
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self._rest.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """More detail, and back."""
        turn = event.angleDelta().y()
        if abs(turn) >= 60:
            self._show.go(self._show.column, self._show.row + (1 if turn < 0 else -1))

    def leaveEvent(self, event: QEvent) -> None:
        """The laser goes out."""
        self._show.point(None)
        super().leaveEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the window system, it is over."""
        super().closeEvent(event)
        if self._show.stage is self:
            self._show.end()
