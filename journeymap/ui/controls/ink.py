"""What the controls paint with: colours of the current theme, the cut fonts, icons as outlines."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from journeymap import resources
from journeymap.ui import theme

BODY = 13
SMALL = 11
LARGE = 16
TITLE = 19


def colour(token: str, opacity: float = 1.0) -> QColor:
    """The colour of a token in the current theme."""
    found = QColor(theme.colour(token))
    found.setAlphaF(opacity)
    return found


def font(size: float = BODY, weight: int = 400, *, figures: bool = False) -> QFont:
    """The house's font at `size` pixels: Display from 20 up, Figures (tabular digits) where numbers stand in columns."""
    family = "JM Figures" if figures else "JM Display" if size >= 20 else "JM Text"
    made = QFont(family)
    made.setPixelSize(round(size))
    made.setWeight(QFont.Weight(weight))
    if size >= LARGE:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 - (1.1 if size < 30 else 1.8))
    return made


def text_width(text: str, size: float = BODY, weight: int = 400, *, figures: bool = False) -> float:
    """How wide `text` runs, in pixels."""
    return QFontMetricsF(font(size, weight, figures=figures)).horizontalAdvance(text)


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    size: float = BODY,
    weight: int = 400,
    token: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    figures: bool = False,
) -> None:
    """One line of text in the middle of `box`'s height; what does not fit ends in "…"."""
    face = font(size, weight, figures=figures)
    painter.setFont(face)
    painter.setPen(colour(token))
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


@cache
def outline(name: str) -> tuple[QPainterPath, bool]:
    """An icon in its 16-unit square, and whether it is filled (else stroked)."""
    drawn = resources.icons()[name]
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for step in drawn["steps"]:
        numbers = step[1:]
        if step[0] == "M":
            path.moveTo(*numbers)
        elif step[0] == "L":
            path.lineTo(*numbers)
        elif step[0] == "C":
            path.cubicTo(*numbers)
        else:
            path.closeSubpath()
    return path, bool(drawn["fill"])


def icon(painter: QPainter, name: str, centre: QPointF, size: float = 16, token: str = "text2") -> None:
    """Paints an icon around `centre`."""
    path, filled = outline(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre.x() - size / 2, centre.y() - size / 2)
    painter.scale(size / 16, size / 16)
    if filled:
        painter.fillPath(path, colour(token))
    else:
        painter.setPen(QPen(colour(token), 1.15, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
    painter.restore()


def focus_ring(painter: QPainter, box: QRectF, radius: float = 8) -> None:
    """The ring of keyboard focus, inside `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("brand"), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def panel(painter: QPainter, box: QRectF, fill: str | None, stroke: str | None = None, radius: float = 6) -> None:
    """A rounded rectangle with an optional hairline, on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(stroke), 1) if stroke else Qt.PenStyle.NoPen)
    inset = 0.5 if stroke else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()
