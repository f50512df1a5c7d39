"""All slides in small with their numbers, for the speaker: where the presentation is, and what a number and Enter shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from journeymap.i18n import _
from journeymap.model.slides import HIGH, WIDE
from journeymap.ui import fonts, theme
from journeymap.ui.presenting.show import Show
from journeymap.ui.presenting.stage import draw

LEAST, MOST, GAP, NUMBER = 96, 176, 12, 18
"""Width of a slide at least and at most, the gap between two, the height of the number below it."""


class Strip(QWidget):
    """As many slides side by side as have room, in rows; the row of the one that is shown is always among them."""

    def __init__(self, show: Show, parent: QWidget) -> None:
        super().__init__(parent)
        self._show = show
        self._kept: dict[int, QPixmap] = {}
        self._drawn: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("All slides"))
        show.moved.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(LEAST, round(LEAST * HIGH / WIDE) + NUMBER)

    def sizeHint(self) -> QSize:
        """One row."""
        return self.minimumSizeHint()

    def place(self, n: int) -> QRectF:
        """Where slide `n` stands; empty for one that has no room now."""
        count = len(self._show.deck.columns)
        across = min(count, max(1, (self.width() + GAP) // (LEAST + GAP)))
        tall = max(LEAST, (self.height() - NUMBER) * WIDE / HIGH)
        wide = min(MOST, tall, (self.width() - GAP * (across - 1)) / across)
        high = wide * HIGH / WIDE
        rows = max(1, int((self.height() + GAP) // (high + NUMBER + GAP)))
        last = (count - 1) // across
        first = min(max(0, self._show.column // across - rows // 2), max(0, last - rows + 1))
        row = n // across - first
        if not 0 <= row < rows:
            return QRectF()
        return QRectF((n % across) * (wide + GAP), row * (high + NUMBER + GAP), wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every slide, the one that is shown in a frame."""
        show, ratio = self._show, self.devicePixelRatioF()
        look = (show.deck, self.size().width(), ratio, theme.current())
        if look != self._drawn:
            self._kept, self._drawn = {}, look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(11, 600, True))
        for n in range(len(show.deck.columns)):
            box = self.place(n)
            if box.isEmpty():
                continue
            painter.drawPixmap(box.topLeft(), self._slide(n, box, ratio))
            here = n == show.column
            edge = 1.0 if here else 0.5
            painter.setPen(QPen(theme.colour("brand" if here else "border"), 2 * edge))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(edge, edge, -edge, -edge))
            painter.setPen(theme.colour("text" if here else "text3"))
            below = QRectF(box.x(), box.bottom(), box.width(), NUMBER)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), str(n + 1))

    def _slide(self, n: int, box: QRectF, ratio: float) -> QPixmap:
        if n not in self._kept:
            made = QPixmap((box.size() * ratio).toSize())
            made.setDevicePixelRatio(ratio)
            made.fill(theme.colour("panel"))
            painter = QPainter(made)
            picture = self._show.deck.picture(self._show.deck.columns[n])
            draw(painter, picture, QRectF(0, 0, box.width(), box.height()), ratio, self._show.pictures)
            painter.end()
            self._kept[n] = made
        return self._kept[n]

    def _at(self, event: QMouseEvent) -> int | None:
        found = (n for n in range(len(self._show.deck.columns)) if self.place(n).contains(event.position()))
        return next(found, None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows that slide."""
        n = self._at(event)
        if n is not None and event.button() == Qt.MouseButton.LeftButton:
            self._show.go(n)

    def event(self, event: QEvent) -> bool:
        """A tooltip says the slide's heading."""
        if event.type() == QEvent.Type.ToolTip:
            at = self.mapFromGlobal(self.cursor().pos())
            slides = self._show.deck.columns
            words = next((slides[n].heading for n in range(len(slides)) if self.place(n).contains(at)), "")
            QToolTip.showText(self.cursor().pos(), words, self)
            return True
        return super().event(event)
