"""Where on the screen a text is typed, and in what type: over its record, in its empty cell, where the new one will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from journeymap.model import lanes
from journeymap.model.document import Document
from journeymap.model.records import Lane, Touchpoint
from journeymap.ui.canvas import edits, marks

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


def face(document: Document, spot: edits.Spot) -> tuple[int, int]:
    """Size (px at 100 %) and weight of the text of a spot, as the map sets it."""
    lane = document.get(Lane, spot.cell.lane)
    if lane is None:
        return (13, 600) if spot.field == "new start" else (16, 600)
    if not marks.in_grid(spot.cell) or lane.kind == lanes.JOURNEY:
        return 13, 600
    if lane.kind in lanes.PERSONAL or lane.kind == lanes.QUOTES:
        return 13, 400
    return 11, 500 if lane.kind in {lanes.PAINS, lanes.OPPORTUNITIES} else 400


def place(canvas: Canvas, spot: edits.Spot) -> QRectF | None:
    """The rectangle of a spot on the screen; None where it is not on the map."""
    if spot.field in {"new start", "new phase"}:
        return _new_in_head(canvas, spot)
    if spot.field == "new touchpoint" and spot.cell.touchpoint is not None:
        return _behind(canvas, spot)
    cell = marks.cell_rect(canvas, spot.cell)
    if cell is None:
        return None
    if not marks.in_grid(spot.cell):
        return _on_edge(canvas, spot, cell)
    if spot.field in {"text", "name", "title", "story"}:
        drawn = _over_record(canvas, spot, cell)
        if drawn is not None:
            return drawn
    return canvas.view.on_screen(cell.adjusted(4, 4, -4, -4))


def _new_in_head(canvas: Canvas, spot: edits.Spot) -> QRectF:
    view, sheet = canvas.view, canvas.sheet
    if spot.field == "new start":
        corner = view.to_screen(sheet.names_width, sheet.head_height)
        return QRectF(corner.x() + 6, corner.y() + 8, 220, 32)
    cell = marks.cell_rect(canvas, spot.cell)
    right = cell.right() if cell is not None else sheet.names_width
    return QRectF((right + 6) * view.zoom - view.x, 10, 200, 32)


def _behind(canvas: Canvas, spot: edits.Spot) -> QRectF | None:
    """A new touchpoint is typed where its card will stand, over the one that will move on."""
    column = marks.column_rect(canvas.sheet, spot.cell)
    card = marks.record_rect(canvas, spot.cell.touchpoint or "")
    if column is None:
        return None
    top = card.y() + 24 if card is not None else canvas.sheet.head_height + 40
    return canvas.view.on_screen(QRectF(column.right() + 6, top, column.width() - 12, 40))


def _on_edge(canvas: Canvas, spot: edits.Spot, cell: QRectF) -> QRectF:
    """A phase's name in its chevron, a lane's among the names: both stay while the map scrolls."""
    view, zoom = canvas.view, canvas.view.zoom
    if spot.cell.lane is None:
        left = max(cell.x() * zoom - view.x, float(view.left(canvas.sheet)))
        return QRectF(left, cell.y() * zoom, min(cell.width() * zoom, 260.0), cell.height() * zoom)
    return QRectF(cell.x() * zoom + 4, cell.y() * zoom - view.y + 4, cell.width() * zoom - 8, 32)


def _over_record(canvas: Canvas, spot: edits.Spot, cell: QRectF) -> QRectF | None:
    """Over the record itself; a touchpoint is typed below its channel."""
    if spot.field == "name" and canvas.map.document.get(Touchpoint, spot.record) is not None:
        drawn = marks.record_rect(canvas, spot.record)
        return canvas.view.on_screen(drawn.adjusted(2, 22, -2, -26)) if drawn is not None else None
    drawn = marks.record_rect(canvas, spot.record, spot.cell.lane)
    if drawn is None:
        return None
    wide = max(drawn.width(), cell.width() - 12)
    return canvas.view.on_screen(QRectF(drawn.x() - 4, drawn.y() - 4, wide + 8, drawn.height() + 8))
