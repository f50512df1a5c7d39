"""Buttons that paint themselves from the theme: icon button, pill, segmented control, switch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from journeymap.ui.controls import ink


class Painted(QAbstractButton):
    """A button that repaints under the pointer and shows its focus; subclasses draw."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too, not only Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Shows the pointer."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forgets the pointer."""
        self.update()
        super().leaveEvent(event)

    def box(self) -> QRectF:
        """The whole of it."""
        return QRectF(self.rect())


class IconButton(Painted):
    """An icon in a square; `name` is both tooltip and accessible name."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, *, side: int = 28, size: int = 16) -> None:
        super().__init__(parent)
        self._size = size
        self._icon = icon
        self.setFixedSize(side, side)
        self.rename(name)

    def rename(self, name: str, icon: str | None = None) -> None:
        """Another name, and another icon where it shows a state."""
        self._icon = icon or self._icon
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        if self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked()):
            ink.panel(painter, self.box(), "hover")
        tint = "border" if not self.isEnabled() else "text" if self.underMouse() else "text3"
        ink.icon(painter, self._icon, self.box().center(), self._size, tint)
        if self.hasFocus():
            ink.focus_ring(painter, self.box(), 6)


class Pill(Painted):
    """A small button with icon, text and caret. `tone`: plain, brand (a figure), personal, primary, quiet, link."""

    TONES: ClassVar[dict[str, tuple[str | None, str | None, str]]] = {
        "plain": ("card", "border", "text"),
        "brand": ("brand", "brand", "on_brand"),
        "personal": ("painb", "pain", "pain"),
        "primary": ("brand", None, "on_brand"),
        "quiet": (None, None, "text2"),
        "link": (None, None, "brand"),
    }

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        icon: str = "",
        caret: bool = False,
        tone: str = "plain",
        height: int = 28,
        weight: int = 400,
    ) -> None:
        super().__init__(parent)
        self._icon, self._caret, self._tone, self._weight = icon, caret, tone, weight
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        self.relabel(text)

    def relabel(self, text: str, *, icon: str | None = None, tone: str | None = None) -> None:
        """Another text, icon or tone."""
        self._icon = self._icon if icon is None else icon
        self._tone = tone or self._tone
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        side = 14 if self.height() >= 32 else 8
        width = 2 * side + ink.text_width(self.text(), weight=self._weight)
        width += 20 * bool(self._icon) + 18 * self._caret
        return QSize(round(width + 0.5), self.height())

    def minimumSizeHint(self) -> QSize:
        """May shrink to its icon and a few letters."""
        return QSize(min(self.sizeHint().width(), 56), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        fill, stroke, tint = self.TONES[self._tone]
        if not self.isEnabled():
            fill, stroke, tint = ("sunk" if self._tone in {"primary", "brand"} else fill), None, "text3"
        elif self.isDown() or self.underMouse():
            fill = {"primary": "brand_hi", "brand": "brand_hi", "plain": "hover", "quiet": "hover"}.get(
                self._tone, fill
            )
            tint = "text" if self._tone == "quiet" else tint
            if self._tone in {"primary", "brand"}:
                stroke = "brand_hi"
        radius = 8 if self.height() >= 32 else 6
        ink.panel(painter, self.box(), fill, stroke, radius)
        self._write(painter, tint)
        if self.hasFocus():
            if self._tone in {"primary", "brand"}:
                ink.panel(painter, self.box().adjusted(2, 2, -2, -2), None, "on_brand", radius - 2)
            else:
                ink.focus_ring(painter, self.box(), radius)

    def _write(self, painter: QPainter, tint: str) -> None:
        side = 14 if self.height() >= 32 else 8
        box = self.box().adjusted(side, 0, -side, 0)
        if self._icon:
            ink.icon(painter, self._icon, QPointF(box.left() + 7, box.center().y()), 14, tint)
            box.setLeft(box.left() + 20)
        if self._caret:
            ink.icon(painter, "caret-down", QPointF(box.right() - 6, box.center().y()), 12, tint)
            box.setRight(box.right() - 18)
        ink.write(painter, box, self.text(), weight=self._weight, tint=tint)


class _Segment(Painted):
    def __init__(self, text: str, parent: QWidget, side: int) -> None:
        super().__init__(parent)
        self._side = side
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """What it would like."""
        return QSize(round(ink.text_width(self.text(), weight=600)) + 2 * self._side, 24)

    def minimumSizeHint(self) -> QSize:
        """A few letters; the whole text is then in the tooltip."""
        return QSize(30, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        if self.isChecked():
            ink.panel(painter, self.box(), "card", "hair")
        elif self.underMouse():
            ink.panel(painter, self.box(), "hover")
        weight, tint = (600, "text") if self.isChecked() else (400, "text2")
        ink.write(
            painter, self.box().adjusted(2, 0, -2, 0), self.text(), 13, weight, tint, Qt.AlignmentFlag.AlignHCenter
        )
        if self.hasFocus():
            ink.focus_ring(painter, self.box(), 6)


class Segmented(QWidget):
    """One of a few values, side by side; the arrow keys walk. `chosen(value)` when a person picks another one.

    All are as wide as each other, or with `even=False` as wide as their words, with as much room (`side`) around each.
    """

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        name: str,
        parent: QWidget | None = None,
        *,
        even: bool = True,
        side: int = 12,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._parts: dict[str, _Segment] = {}
        for value, text in options:
            part = _Segment(text, self, 6 if even else side)
            part.setAccessibleDescription(name)
            self._group.addButton(part)
            self._parts[value] = part
            row.addWidget(part, 1 if even else part.sizeHint().width())
            part.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))

    def value(self) -> str:
        """What is chosen, or ""."""
        return next((value for value, part in self._parts.items() if part.isChecked()), "")

    def show_value(self, value: str) -> None:
        """Shows `value` without a signal; an unknown one shows none chosen."""
        self._group.setExclusive(False)
        for mine, part in self._parts.items():
            part.setChecked(mine == value)
        self._group.setExclusive(True)

    def part(self, value: str) -> QAbstractButton:
        """The button of a value."""
        return self._parts[value]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        values = list(self._parts)
        here = values.index(self.value()) if self.value() in values else -step
        part = self._parts[values[min(max(here + step, 0), len(values) - 1)]]
        part.setFocus()
        part.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        ink.panel(QPainter(self), QRectF(self.rect()), "sunk", radius=8)


class Switch(Painted):
    """On or off."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFixedSize(36, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        track = self.box().adjusted(2, 2, -2, -2)
        ink.panel(painter, track, "brand" if self.isChecked() else "control", radius=track.height() / 2)
        knob = QRectF(track.right() - 16 if self.isChecked() else track.left() + 2, track.top() + 2, 14, 14)
        ink.panel(painter, knob, "card", radius=7)
        if self.hasFocus():
            ink.focus_ring(painter, self.box(), 11)
