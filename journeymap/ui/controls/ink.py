"""What the controls paint with: colours of the current theme, the house's fonts, icons, focus ring."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextLayout

from journeymap.ui import fonts, icons, theme

BODY = 13
SMALL = 11
LARGE = 16
TITLE = 19


def colour(tint: str, opacity: float = 1.0) -> QColor:
    """The colour of a tint in the current theme."""
    return theme.current().colour(tint, opacity)


def text_width(text: str, size: float = BODY, weight: int = 400, *, figures: bool = False) -> float:
    """How wide `text` runs, in pixels."""
    return QFontMetricsF(fonts.font(size, weight, figures)).horizontalAdvance(text)


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    size: float = BODY,
    weight: int = 400,
    tint: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    figures: bool = False,
) -> None:
    """One line of text in the middle of `box`'s height; what does not fit ends in "…"."""
    face = fonts.font(size, weight, figures)
    painter.setFont(face)
    painter.setPen(colour(tint))
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def broken(text: str, width: float, size: float = BODY, weight: int = 400, most: int = 2) -> list[str]:
    """`text` in at most `most` lines of `width`; the last one ends in "…" where more would follow."""
    face = fonts.font(size, weight)
    layout = QTextLayout(text, face)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    lines = [text[start:end].rstrip() for start, end in zip(starts[:most], ends, strict=False)]
    if len(starts) > most:
        lines[-1] = QFontMetricsF(face).elidedText(text[starts[most - 1] :], Qt.TextElideMode.ElideRight, width)
    return lines


def icon(painter: QPainter, name: str, centre: QPointF, size: float = 16, tint: str = "text2") -> None:
    """Paints an icon around `centre`."""
    icons.paint(painter, name, QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size), colour(tint))


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
