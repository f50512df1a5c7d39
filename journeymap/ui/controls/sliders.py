"""Values set by hand on a scale: an assumed emotion beside the measured one, a slider between two words, severity."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from journeymap.ui.controls import ink, marks


class Scale(QWidget):
    """A value between two ends, moved by mouse and arrow keys. `moved(value)` once, when a person is done."""

    moved = Signal(float)

    def __init__(self, name: str, low: float, high: float, step: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.low, self.high, self.step = low, high, step
        self._value: float | None = None
        self._held: float | None = None

    def value(self) -> float | None:
        """What is shown; None where nobody has said anything."""
        return self._value if self._held is None else self._held

    def show_value(self, value: float | None) -> None:
        """Shows what the map holds."""
        self._value = value
        self._held = None
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable reach."""
        return QSize(148, 28)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(72, 28)

    def place(self, value: float) -> float:
        """Where a value stands."""
        return 7 + (min(max(value, self.low), self.high) - self.low) / (self.high - self.low) * (self.width() - 14)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._hold(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows the pointer."""
        if self._held is not None:
            self._hold(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a step, Page by four, Home and End to the ends; Escape puts it back; Enter is done."""
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1,
            Qt.Key.Key_PageDown: -4, Qt.Key.Key_PageUp: 4, Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            here = self.value()
            start = (self.low + self.high) / 2 if here is None else here
            self._held = min(max(round(start + steps[key] * self.step, 4), self.low), self.high)
            self.update()
        elif key == Qt.Key.Key_Escape and self._held is not None:
            self._held = None
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of an arrow key is being done, so that holding it makes one step in the history."""
        if not event.isAutoRepeat():
            self._let_go()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving is being done."""
        self._let_go()
        super().focusOutEvent(event)

    def _hold(self, x: float) -> None:
        share = min(max((x - 7) / max(self.width() - 14, 1), 0.0), 1.0)
        raw = self.low + share * (self.high - self.low)
        self._held = min(max(round(round(raw / self.step) * self.step, 4), self.low), self.high)
        self.update()

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None and held != self._value:
            self._value = held
            self.moved.emit(held)
        self.update()


class EmotionSlider(Scale):
    """-2 … +2: the assumed value as a hollow marker that moves, the measured one filled with its interval."""

    def __init__(self, name: str, hue: int, parent: QWidget | None = None) -> None:
        super().__init__(name, -2, 2, 0.1, parent)
        self._hue = hue
        self._measured: tuple[float, float | None, float | None] | None = None

    def show_measured(self, value: float | None, low: float | None = None, high: float | None = None) -> None:
        """Shows what the data say; None where they say nothing."""
        self._measured = None if value is None else (value, low, high)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink.colour("border"), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(7, 14), QPointF(self.width() - 7, 14))
        painter.setPen(QPen(ink.colour("border"), 1))
        for tick in range(-2, 3):
            painter.drawLine(QPointF(self.place(tick), 11), QPointF(self.place(tick), 17))
        if self._measured is not None:
            value, low, high = self._measured
            if low is not None and high is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink.colour(f"p{self._hue}", 0.25))
                painter.drawRoundedRect(
                    QRectF(self.place(low), 9, max(self.place(high) - self.place(low), 2), 10), 2, 2
                )
            marks.persona(painter, QPointF(self.place(value), 14), self._hue, 5)
        here = self.value()
        if here is not None:
            marks.persona(
                painter, QPointF(self.place(here), 14), self._hue, 5.6 if self._held is not None else 5, hollow=True
            )
        if self.hasFocus():
            ink.focus_ring(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), 6)


class ShareSlider(Scale):
    """0 … 1 between two words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, 0, 1, 0.05, parent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink.colour("border"), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(7, 14), QPointF(self.width() - 7, 14))
        here = self.value()
        if here is not None:
            painter.setPen(QPen(ink.colour("panel"), 1.5))
            painter.setBrush(ink.colour("brand"))
            painter.drawEllipse(QPointF(self.place(here), 14), 6, 6)
        if self.hasFocus():
            ink.focus_ring(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), 6)


class SeverityDots(Scale):
    """Severity 1 … 5 as dots; click one, or press 1 … 5."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, 1, 5, 1, parent)
        self.setFixedSize(60, 22)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit sets it."""
        if event.text() in {"1", "2", "3", "4", "5"}:
            self._held = float(event.text())
            self.update()
        else:
            super().keyPressEvent(event)

    def _hold(self, x: float) -> None:
        self._held = float(min(max(int((x - 6) // 10) + 1, 1), 5))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        marks.severity(painter, QPointF(6, 11), round(self.value() or 0), 8, 2)
        if self.hasFocus():
            ink.focus_ring(painter, QRectF(self.rect()), 6)
