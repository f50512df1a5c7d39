"""What is painted over the map: selected records, keyboard cell, hover handles, the glow after undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from journeymap.model.change import Change
from journeymap.model.picture import Group, Text
from journeymap.model.records import Id, Lane, Link, Phase, Touchpoint
from journeymap.ui import theme
from journeymap.ui.canvas import ways
from journeymap.ui.fonts import font
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.layout import Layout
    from journeymap.ui.canvas.canvas import Canvas
    from journeymap.ui.canvas.gestures.gesture import Touch

HANDLE = 5.0
"""Radius of the handle from which a link is drawn, in logical pixels."""
GLOW_MS = 600
MANY = 60
"""Of more records than these only those in view are looked for."""
FADE_MS = 120


# ---------------------------------------------------------------- where things are


def in_grid(cell: Cell) -> bool:
    """Whether a cell is one of the grid, not a phase's or lane's name."""
    return cell.lane is not None and (cell.touchpoint is not None or cell.phase is not None)


def column_rect(layout: Layout, cell: Cell) -> QRectF | None:
    """The whole column of a cell in the grid, with half the gap on both sides, in map units; None among lane names."""
    if cell.touchpoint is not None:
        place = layout.place(cell.touchpoint, layout.rows[0].lane_id) if layout.rows else None
        half = layout.metrics.gap / 2
        return None if place is None else _column(layout, place.x - half, place.width + 2 * half)
    if cell.phase is not None:
        place = layout.place(cell.phase)
        return _column(layout, place.x, place.width) if place is not None else None
    return None


def _column(layout: Layout, x: float, width: float) -> QRectF:
    return QRectF(x, layout.head_height, width, layout.height - layout.head_height)


def cell_rect(canvas: Canvas, cell: Cell) -> QRectF | None:
    """The place of a cell in map units; of a phase in the band, of a lane's name among the names."""
    layout = canvas.sheet
    column = column_rect(layout, cell)
    if cell.lane is None:
        place = layout.place(cell.phase) if cell.phase is not None else None
        top = place.y if place is not None else 0.0
        return QRectF(column.x(), top + 8, column.width(), layout.head_height - 16) if column is not None else None
    row = layout.row_of(cell.drawn or cell.lane, cell.touchpoint)
    if row is None:
        return None
    if column is None:
        return QRectF(0, row.y, layout.names_width, row.height)
    return QRectF(column.x(), row.y, column.width(), row.height)


def record_rect(canvas: Canvas, id_: Id, lane: Id | None = None) -> QRectF | None:
    """Where a record is drawn in the grid, in map units."""
    place = canvas.sheet.place(id_, lane)
    return QRectF(place.x, place.y, place.width, place.height) if place is not None else None


def handle_at(canvas: Canvas, touchpoint_id: Id) -> QPointF | None:
    """Where, on the screen, the handle of a touchpoint's card is: 74 % along the top edge, where branches leave."""
    place = record_rect(canvas, touchpoint_id)
    return canvas.view.to_screen(place.x() + place.width() * 0.74, place.y()) if place is not None else None


# ---------------------------------------------------------------- painting


def paint(canvas: Canvas, painter: QPainter, glow: Glow) -> None:
    """The marks over the grid; the painter is clipped to it."""
    selection, ringed = canvas.selection, [*_ringed(canvas)]
    if canvas.search is not None:
        canvas.search.paint(painter)
    glow.paint(painter)
    if not canvas.editor.isVisible():
        _range(canvas, painter)
        for id_ in ringed:
            _ring(canvas, painter, id_)
    cell = selection.cell
    if canvas.hasFocus() and not canvas.editor.isVisible():
        place = cell_rect(canvas, cell)
        if place is not None and (in_grid(cell) or _lower(canvas, cell, place)):
            _cell(canvas, painter, cell, ringed)
    _handle(canvas, painter)


def _lower(canvas: Canvas, cell: Cell, place: QRectF) -> bool:
    """Whether it is a phase of the lower of two states: those scroll with the grid."""
    return cell.lane is None and place.y() >= canvas.sheet.head_height


def paint_edges(canvas: Canvas, painter: QPainter) -> None:
    """The marks over phases and lane names."""
    if canvas.search is not None:
        canvas.search.paint_edges(painter)
    cell, view = canvas.selection.cell, canvas.view
    if not canvas.hasFocus() or canvas.editor.isVisible():
        return
    place = cell_rect(canvas, cell)
    if place is None or in_grid(cell) or _lower(canvas, cell, place):
        return
    painter.save()
    rect = QRectF(place.x() * view.zoom, place.y() * view.zoom, place.width() * view.zoom, place.height() * view.zoom)
    body = view.body(canvas.sheet)
    if cell.lane is not None:
        rect.translate(0, -view.y)
        painter.setClipRect(0, body.top(), body.left(), body.height())
        rect.adjust(3, 3, -4, -3)
    else:
        rect.translate(-view.x, 0)
        painter.setClipRect(body.left(), 0, body.width(), body.top())
        rect.adjust(0, -4, 0, 4)
    _outline(painter, rect, 6, theme.colour("brand"), 2)
    painter.restore()


def _range(canvas: Canvas, painter: QPainter) -> None:
    """The cells between the two ends of a range."""
    selection = canvas.selection
    if selection.anchor is None:
        return
    ends = [cell_rect(canvas, cell) for cell in (selection.anchor, selection.cell)]
    if ends[0] is not None and ends[1] is not None and in_grid(selection.cell):
        rect = canvas.view.on_screen(ends[0].united(ends[1])).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("brand"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("brand", 0.055))
        painter.drawRoundedRect(rect, 6, 6)


def _ringed(canvas: Canvas) -> Iterable[Id]:
    """What is framed: of very many only what is in view."""
    ids, view = canvas.selection.ids, canvas.view
    if len(ids) <= MANY:
        return ids
    chosen, shown = frozenset(ids), QRectF(view.body(canvas.sheet)).translated(view.x, view.y)
    seen = canvas.sheet.visible(*(edge / view.zoom for edge in (shown.x(), shown.y(), shown.width(), shown.height())))
    records = (group.meaning.record for group in seen)
    return dict.fromkeys(id_ for id_ in records if id_ is not None and id_ in chosen)


def _ring(canvas: Canvas, painter: QPainter, id_: Id) -> None:
    kind = canvas.map.document.record(id_)
    if isinstance(kind, Phase | Lane):
        return
    if isinstance(kind, Link):
        ways.paint(canvas, painter, id_)
        return
    place = record_rect(canvas, id_, canvas.selection.cell.drawn if not isinstance(kind, Touchpoint) else None)
    if place is None:
        return
    radius = 6 * canvas.view.zoom
    rect = canvas.view.on_screen(place)
    if isinstance(kind, Touchpoint):
        _outline(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, theme.colour("brand"), 2)
    else:
        _outline(painter, rect.adjusted(-3, -3, 3, 3), radius, theme.colour("brand"), 2)


def _cell(canvas: Canvas, painter: QPainter, cell: Cell, ringed: Iterable[Id]) -> None:
    """The keyboard's place, where no record's ring in the same row says it already."""
    place = cell_rect(canvas, cell)
    if place is None:
        return
    for id_ in ringed:
        drawn = record_rect(canvas, id_, cell.drawn)
        if drawn is not None and place.intersects(drawn):
            return
    rect = canvas.view.on_screen(ring_place(canvas, cell, place)).adjusted(2, 3, -2, -3)
    _outline(painter, rect, 6, theme.colour("brand"), 2)


def ring_place(canvas: Canvas, cell: Cell, place: QRectF) -> QRectF:
    """Where the keyboard's ring goes, in map units: around the cell, in an empty row around its prompt too, so that it
    crosses no word.
    """
    for group in canvas.sheet.visible(place.x(), place.y(), place.width(), place.height()):
        text = next((item for item in group.items if isinstance(item, Text)), None)
        if group.meaning.role == "prompt" and group.meaning.lane == cell.lane and text is not None:
            room = text.width + 8 * canvas.sheet.metrics.k
            words = QRectF(group.x + text.x - canvas.sheet.metrics.gap / 2, place.y(), room, place.height())
            return place.united(words) if words.intersects(place) else place
    return place


def _outline(painter: QPainter, rect: QRectF, radius: float, colour: QColor, width: float) -> None:
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)


def _handle(canvas: Canvas, painter: QPainter) -> None:
    """A dot on the card under the pointer (or selected) from which a link is drawn."""
    if canvas.hand.busy or canvas.view.zoom < 0.5:
        return
    under = canvas.hovered.group.meaning if canvas.hovered and canvas.hovered.group else None
    id_ = under.record if under is not None and under.role == "touchpoint" else None
    if id_ is None and canvas.hovered is not None:
        id_ = near_handle(canvas, canvas.hovered.screen)
    at = handle_at(canvas, id_) if id_ is not None else None
    if at is not None:
        painter.setPen(QPen(theme.colour("brand"), 1.5))
        painter.setBrush(theme.colour("card"))
        painter.drawEllipse(at, HANDLE, HANDLE)


def near_handle(canvas: Canvas, at: QPointF) -> Id | None:
    """The touchpoint whose handle is under a point of the screen."""
    for dy in (0.0, HANDLE + 2):
        group = canvas.touch(at + QPointF(0, dy)).group
        if group is None or group.meaning.role != "touchpoint" or group.meaning.record is None:
            continue
        handle = handle_at(canvas, group.meaning.record)
        if handle is not None and (handle - at).manhattanLength() <= 2 * HANDLE:
            return group.meaning.record
    return None


def bubble(painter: QPainter, at: QPointF, text: str, inside: QRectF) -> None:
    """A value beside the pointer, dark on light ground and the other way round, kept within `inside`."""
    face = font(13, 500)
    painter.setFont(face)
    width = painter.fontMetrics().horizontalAdvance(text) + 20
    box = QRectF(at.x() + 20, at.y() - 22, width, 28)
    if box.right() > inside.right() - 8:
        box.moveRight(at.x() - 20)
    box.moveLeft(max(inside.left() + 4, box.left()))
    box.moveTop(max(inside.top() + 4, box.top()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text"))
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(theme.colour("stage0"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def tip(at: Touch) -> str:
    """What the tooltip says: texts in full where the drawing had to cut them, else what the group means."""
    if at.group is None:
        return ""
    cut = _cut(at.group)
    return cut or (at.group.meaning.alt if at.group.meaning.role in {"chip", "emotion", "handover", "link"} else "")


def _cut(group: Group) -> str:
    return "\n".join(dict.fromkeys(item.full for item in group.items if isinstance(item, Text) and item.full))


class Glow(QObject):
    """For a moment, where something was taken back or done again."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._ids: tuple[Id, ...] = ()
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(GLOW_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.valueChanged.connect(lambda _value: canvas.viewport().update())
        self._fade.finished.connect(self._over)

    def show(self, change: Change) -> None:
        """Glows where the records of `change` are drawn now; a large change does not glow."""
        ids = tuple(id_ for id_ in (*change.added, *change.updated) if id_ in self._canvas.map.document)
        self._ids = ids if len(ids) <= 50 else ()
        self._fade.stop()
        if self._ids:
            self._fade.start()

    def paint(self, painter: QPainter) -> None:
        """The glow of this moment."""
        for id_ in self._ids:
            place = record_rect(self._canvas, id_)
            if place is not None:
                rect = self._canvas.view.on_screen(place).adjusted(-2, -2, 2, 2)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("brand", 0.25 * float(self._fade.currentValue() or 0)))
                painter.drawRoundedRect(rect, 6, 6)

    def _over(self) -> None:
        self._ids = ()


class Fade(QObject):
    """From one level of detail to another: what was shown fades out over what is shown now."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._was: QPixmap | None = None
        self._share = QVariantAnimation(self)
        self._share.setDuration(FADE_MS)
        self._share.setStartValue(1.0)
        self._share.setEndValue(0.0)
        self._share.valueChanged.connect(lambda _value: canvas.viewport().update())
        self._share.finished.connect(self._over)

    def begin(self) -> None:
        """Takes a picture of what is shown."""
        self._was = None
        self._was = self._canvas.viewport().grab()
        self._share.stop()
        self._share.start()

    def paint(self, painter: QPainter) -> None:
        """What is left of the picture."""
        if self._was is not None:
            painter.setOpacity(float(self._share.currentValue() or 0.0))
            painter.drawPixmap(0, 0, self._was)
            painter.setOpacity(1.0)

    def _over(self) -> None:
        self._was = None
