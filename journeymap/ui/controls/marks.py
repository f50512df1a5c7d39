"""Marks with a meaning, painted: status shapes, persona markers, severity dots, the state of an action."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from journeymap.ui.controls import ink

WORST_FIRST = ("missed", "open", "met")
"""Verdicts against a target, worst first."""

PROGRESS = {"proposed": 0, "agreed": 1, "in_progress": 2, "done": 4}
"""The state of an action as quarters of a filled disc."""


def status(painter: QPainter, centre: QPointF, verdict: str, size: float = 9, *, hollow: bool = False) -> None:
    """The shape of a verdict: met disc, open half-filled diamond, missed triangle, none ring; hollow for few answers."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tint = verdict if verdict in WORST_FIRST else "control"
    painter.setPen(QPen(ink.colour(tint), 1.4, j=Qt.PenJoinStyle.MiterJoin))
    fill = ink.colour(tint)
    radius = size / 2
    if verdict == "missed":
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else fill)
        down = ((-radius, -0.8 * radius), (radius, -0.8 * radius), (0.0, radius))
        painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in down]))
    elif verdict == "open":
        _diamond(painter, centre, radius * 1.12, hollow=hollow)
    else:
        painter.setBrush(fill if verdict == "met" and not hollow else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius * 0.92, radius * 0.92)
    painter.restore()


def _diamond(painter: QPainter, centre: QPointF, radius: float, *, hollow: bool) -> None:
    corners = [centre + QPointF(x, y) for x, y in ((0, -radius), (radius, 0), (0, radius), (-radius, 0))]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(corners))
    if not hollow:
        painter.setBrush(ink.colour("open"))
        painter.drawPolygon(QPolygonF([corners[0], corners[2], corners[3]]))


def persona(
    painter: QPainter, centre: QPointF, hue: int, radius: float = 4.6, *, hollow: bool = False, ground: str = "panel"
) -> None:
    """The marker of a persona: disc, square, triangle, hexagon, cross, upright bar by `hue` 1..6."""
    tint = f"p{min(max(hue, 1), 6)}"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink.colour(tint), 1.6, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(ink.colour(ground) if hollow else ink.colour(tint))
    reach = radius - 0.8
    if hue == 2:
        painter.drawRect(QRectF(centre.x() - reach * 0.92, centre.y() - reach * 0.92, reach * 1.84, reach * 1.84))
    elif hue in {3, 4}:
        painter.drawPolygon(QPolygonF(_corners(centre, 3 if hue == 3 else 6, reach * 1.15)))
    elif hue == 5:
        painter.drawPath(_cross(centre, reach * 1.05))
    elif hue == 6:
        painter.drawRect(QRectF(centre.x() - reach * 0.5, centre.y() - reach * 1.15, reach, reach * 2.3))
    else:
        painter.drawEllipse(centre, reach, reach)
    painter.restore()


def _corners(centre: QPointF, count: int, radius: float) -> list[QPointF]:
    turns = (2 * pi * step / count - pi / 2 for step in range(count))
    return [centre + QPointF(radius * cos(turn), radius * sin(turn)) for turn in turns]


def _cross(centre: QPointF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(centre.x() - radius * 0.36, centre.y() - radius, radius * 0.72, radius * 2))
    across = QPainterPath()
    across.addRect(QRectF(centre.x() - radius, centre.y() - radius * 0.36, radius * 2, radius * 0.72))
    return path.united(across)


def severity(painter: QPainter, left: QPointF, value: int, size: float = 7, gap: float = 2) -> None:
    """Five dots from `left`, the first `value` of them filled."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place in range(5):
        filled = place < value
        painter.setBrush(ink.colour("pain") if filled else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink.colour("pain"), 1))
        painter.drawEllipse(left + QPointF(place * (size + gap) + size / 2, 0), (size - 1) / 2, (size - 1) / 2)
    painter.restore()


def progress(painter: QPainter, centre: QPointF, state: str, radius: float = 6) -> None:
    """A ring filled by quarters: proposed empty, agreed a quarter, in progress half, done full."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(QPen(ink.colour("brand"), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour("brand"))
    quarters = PROGRESS.get(state, 0)
    if quarters:
        painter.drawPie(ring, 90 * 16, -quarters * 90 * 16)
    painter.restore()


def ribbon(painter: QPainter, centre: QPointF, height: float = 10) -> None:
    """The ribbon of a moment of truth."""
    half, low, notch = height * 0.36, height / 2, height * 0.24
    corners = ((-half, -low), (half, -low), (half, low), (0.0, notch), (-half, low))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour("text"))
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in corners]))
    painter.restore()


def worst(verdicts: list[str]) -> str:
    """The worst of some verdicts; "" where none was compared with a target."""
    return next((verdict for verdict in WORST_FIRST if verdict in verdicts), "")
