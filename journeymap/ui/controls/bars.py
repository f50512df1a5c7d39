"""Small pictures of numbers: a figure's interval on its scale, the parts of a whole, a histogram."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from journeymap.ui.controls import ink


class IntervalBar(QWidget):
    """A scale with the value, its 95 % interval as a band and the target as a tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._scale = (0.0, 100.0)
        self._value: float | None = None
        self._low: float | None = None
        self._high: float | None = None
        self._target: float | None = None
        self._verdict = "none"

    def show_figure(
        self,
        scale: tuple[float, float],
        value: float | None,
        low: float | None = None,
        high: float | None = None,
        target: float | None = None,
        verdict: str = "none",
    ) -> None:
        """Shows a figure; `scale` is what the line's two ends stand for."""
        self._scale = scale if scale[1] > scale[0] else (scale[0] - 1, scale[0] + 1)
        self._value, self._low, self._high, self._target, self._verdict = value, low, high, target, verdict
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink.colour("border"), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(4, 10), QPointF(self.width() - 4, 10))
        painter.setPen(Qt.PenStyle.NoPen)
        tint = self._verdict if self._verdict in {"met", "open", "missed"} else "control"
        if self._low is not None and self._high is not None:
            left, right = self._x(self._low), self._x(self._high)
            painter.setBrush(ink.colour(tint, 0.3))
            painter.drawRoundedRect(QRectF(left, 6, max(right - left, 2), 8), 2, 2)
        if self._value is not None:
            painter.setBrush(ink.colour(tint))
            painter.drawRoundedRect(QRectF(self._x(self._value) - 1.5, 4, 3, 12), 1, 1)
        if self._target is not None:
            painter.fillRect(QRectF(self._x(self._target) - 0.75, 2, 1.5, 16), ink.colour("text"))

    def _x(self, value: float) -> float:
        low, high = self._scale
        return 4 + (min(max(value, low), high) - low) / (high - low) * (self.width() - 8)


class ShareBar(QWidget):
    """Parts of a whole side by side: (count, colour tint). No part is thinner than 4 pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parts: tuple[tuple[int, str], ...] = ()

    def show_parts(self, parts: Sequence[tuple[int, str]], name: str = "") -> None:
        """Shows these parts; `name` says them in words."""
        self._parts = tuple((count, tint) for count, tint in parts if count > 0)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        total = sum(count for count, _ in self._parts)
        if not total:
            ink.panel(painter, QRectF(self.rect()), "sunk", radius=2)
            return
        room = self.width() - 2 * (len(self._parts) - 1)
        widths = [max(room * count / total, 4.0) for count, _ in self._parts]
        widest = widths.index(max(widths))
        widths[widest] -= sum(widths) - room
        x = 0.0
        for width, (_, tint) in zip(widths, self._parts, strict=True):
            ink.panel(painter, QRectF(x, 0, width, self.height()), tint, radius=2)
            x += width + 2


class Histogram(QWidget):
    """Counts by answer code as bars; those that count as good stand out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(22)
        self._bars: tuple[tuple[int, str], ...] = ()

    def show_bars(self, bars: Sequence[tuple[int, str]]) -> None:
        """(count, colour tint) of each code, in order."""
        self._bars = tuple(bars)
        self.update()

    def sizeHint(self) -> QSize:
        """Sixteen pixels a bar at most."""
        return QSize(18 * max(len(self._bars), 1), 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        histogram(QPainter(self), QRectF(self.rect()), self._bars)


def histogram(painter: QPainter, box: QRectF, bars: Sequence[tuple[int, str]]) -> None:
    """Paints bars of (count, colour tint) into `box`."""
    if not bars:
        return
    step = min(18.0, box.width() / len(bars))
    most = max(1, *(count for count, _ in bars))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for place, (count, tint) in enumerate(bars):
        height = max(1.5, count / most * (box.height() - 2))
        painter.setBrush(ink.colour(tint))
        bar = QRectF(box.left() + place * step, box.bottom() - height, max(step - 2, 1.5), height)
        painter.drawRoundedRect(bar, 1, 1)
    painter.restore()
