"""Icons as painter paths and as QIcons in the theme's colours, from the outlines that paper uses too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap

from journeymap import resources

SIZE = 16.0
"""Icons are drawn on a square of this side."""
STROKE = 1.15


def outline(steps: Sequence[Sequence[str | float]]) -> QPainterPath:
    """A painter path from the steps of the drawing list: M, L, C and Z."""
    path = QPainterPath()
    for step in steps:
        at = [float(value) for value in step[1:]]
        match step[0]:
            case "M":
                path.moveTo(*at)
            case "L":
                path.lineTo(*at)
            case "C":
                path.cubicTo(*at)
            case _:
                path.closeSubpath()
    return path


@cache
def path(name: str) -> tuple[QPainterPath, bool]:
    """The outline of an icon and whether it is filled. An unknown name is an empty path."""
    known = resources.icons().get(name)
    return (outline(known["steps"]), bool(known["fill"])) if known else (QPainterPath(), True)


def paint(painter: QPainter, name: str, square: QRectF, colour: QColor) -> None:
    """Draws an icon into a square."""
    shape, filled = path(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(square.topLeft())
    painter.scale(square.width() / SIZE, square.height() / SIZE)
    if filled:
        painter.fillPath(shape, colour)
    else:
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.strokePath(shape, QPen(colour, STROKE, Qt.PenStyle.SolidLine, cap, join))
    painter.restore()


class _Engine(QIconEngine):
    """Draws the outline at whatever size and density is asked for; dimmed where the control is disabled."""

    def __init__(self, name: str, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        side = min(rect.width(), rect.height())
        square = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
        paint(painter, self._name, square, self._disabled if mode == QIcon.Mode.Disabled else self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._disabled)


def icon(name: str, colour: QColor, disabled: QColor | None = None) -> QIcon:
    """An icon in `colour`, sharp at every size; `disabled` for controls that cannot be used (default: 40 % of it)."""
    faint = QColor(colour)
    faint.setAlphaF(0.4)
    return QIcon(_Engine(name, QColor(colour), disabled or faint))
