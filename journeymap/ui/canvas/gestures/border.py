"""Dragging borders: the right edge of a column in the band of phases sets the width of all columns, the lower edge of a
lane among the names its height. A double click gives the usual size back.
"""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from journeymap.i18n import _
from journeymap.model import commands, lanes, metrics
from journeymap.model.layout.grid import Row
from journeymap.model.records import Id, Lane
from journeymap.ui import theme
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

NEAR: Final = 4.0
"""So near to a border, in logical pixels, it is meant."""

STEP: Final = 8
"""Sizes snap to the grid of 8 px at 100 %; with Shift held they do not."""

COLUMN_FROM: Final = 0.35
"""Columns are taken hold of from this zoom on, rows where everything is drawn."""


class Border(Struct, frozen=True):
    """A border under the pointer: behind column `column`, or below the row of `lane`."""

    column: int = -1
    lane: Id = ""


def near(canvas: Canvas, at: QPointF) -> Border | None:
    """The border at a point of the screen."""
    sheet, view = canvas.sheet, canvas.view
    left, top = view.left(sheet), view.top(sheet)
    if at.y() < top and at.x() > left and view.zoom >= COLUMN_FROM:
        x = (at.x() + view.x) / view.zoom
        gap = sheet.metrics.gap / 2
        at_x = bisect(sheet.columns, x, key=lambda column: column.x)
        for i in range(max(0, at_x - 2), min(len(sheet.columns), at_x + 1)):
            column = sheet.columns[i]
            if abs(column.x + column.width + gap - x) * view.zoom <= NEAR:
                return Border(column=i)
    if at.x() < left and at.y() > top and sheet.metrics.level == "full":
        y = at.y() + view.y
        for row in sheet.rows:
            if abs((row.y + row.height) * view.zoom - y) <= NEAR and _sizable(canvas, row):
                return Border(lane=row.lane_id)
    return None


def _sizable(canvas: Canvas, row: Row) -> bool:
    lane = canvas.map.document.get(Lane, row.lane_id)
    return lane is not None and lane.kind not in lanes.LINES and lane.kind != lanes.DEPARTMENTS and not lane.folded


def reset(canvas: Canvas, border: Border) -> None:
    """The usual size again."""
    document = canvas.map.document
    id_, field = (border.lane, "height") if border.lane else (document.map.id, "column_width")
    canvas.map.do(lambda: commands.edit(document, id_, **{field: 0}))


def dragging(canvas: Canvas, border: Border) -> Gesture:
    """The gesture that begins at a border."""
    return DragRow(canvas, border.lane) if border.lane else DragColumn(canvas, border.column)


class DragColumn(Gesture):
    """All columns become as wide; the left edge of the one that is dragged stays where it is."""

    cursor = Qt.CursorShape.SplitHCursor
    scrolls = ""

    def __init__(self, canvas: Canvas, column: int) -> None:
        super().__init__(canvas)
        self._i = column
        self._was = self._width = round(canvas.sheet.metrics.pitch)
        self._at = QPointF()

    def begin(self, at: Touch) -> None:
        """Remembers where the border was taken."""
        self._from = at.screen.x()
        self._at = at.screen

    def move(self, at: Touch) -> None:
        """Reads the width."""
        self._at = at.screen
        fine = bool(at.keys & Qt.KeyboardModifier.ShiftModifier)
        wide = self._was + (at.screen.x() - self._from) / self.canvas.view.zoom
        wide = round(wide) if fine else round(wide / STEP) * STEP
        self._width = round(min(metrics.MOST_PITCH, max(metrics.LEAST_SCREEN_PITCH, wide)))

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Sets the width; the map is scrolled so that the column stays under the hand."""
        canvas = self.canvas
        left = canvas.sheet.columns[self._i].x
        wide = 0 if self._width == metrics.SCREEN.pitch else self._width
        document = canvas.map.document
        if self._width != self._was and canvas.map.do(
            lambda: commands.edit(document, document.map.id, column_width=wide).named(_("Change column width"))
        ):
            shift = round((canvas.sheet.columns[self._i].x - left) * canvas.view.zoom)
            canvas.look(replace(canvas.view, x=canvas.view.x + shift))

    def paint_over(self, painter: QPainter) -> None:
        """Where the borders of the columns in sight would be, and the width."""
        view, sheet = self.canvas.view, self.canvas.sheet
        here, gap, grown = sheet.columns[self._i], sheet.metrics.gap / 2, self._width - self._was
        painter.save()
        painter.setClipRect(view.left(sheet), 0, view.width, view.height)
        for n in range(self._i - 40, self._i + 41):
            if not 0 <= n < len(sheet.columns):
                continue
            column = sheet.columns[n]
            right = column.x + column.width + gap + grown * (n - self._i + 1)
            x = right * view.zoom - view.x
            near_by = n == self._i
            painter.setPen(QPen(theme.colour("brand", 1.0 if near_by else 0.35), 2 if near_by else 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, view.height))
        x = (here.x - gap) * view.zoom - view.x
        painter.setPen(QPen(theme.colour("brand", 0.35), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, view.height))
        painter.restore()
        usual = self._width == metrics.SCREEN.pitch
        said = _("{n} px, as usual") if usual else _("{n} px wide")
        at = QPointF(self._at.x(), max(30.0, self._at.y()))
        marks.bubble(painter, at, said.format(n=self._width), QRectF(0, 0, view.width, view.height))


class DragRow(Gesture):
    """The row becomes higher, or again as high as its content."""

    cursor = Qt.CursorShape.SplitVCursor
    scrolls = ""

    def __init__(self, canvas: Canvas, lane: Id) -> None:
        super().__init__(canvas)
        self._lane = lane
        row = next(one for one in canvas.sheet.rows if one.lane_id == lane)
        self._top, self._was = row.y, row.height
        self._least = canvas.sheet.least_height(lane)
        self._height = self._before = canvas.map.document.one(Lane, lane).height
        self._at = QPointF()

    def begin(self, at: Touch) -> None:
        """Remembers where the border was taken."""
        self._from = at.screen.y()
        self._at = at.screen

    def move(self, at: Touch) -> None:
        """Reads the height; below what the content needs it is as high as that."""
        self._at = at.screen
        fine = bool(at.keys & Qt.KeyboardModifier.ShiftModifier)
        high = self._was + (at.screen.y() - self._from) / self.canvas.view.zoom
        high = round(high) if fine else round(high / STEP) * STEP
        self._height = 0 if high <= self._least else min(metrics.MOST_ROW, high)

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Sets the height."""
        document = self.canvas.map.document
        if self._height != self._before:
            edit = commands.edit
            self.canvas.map.do(
                lambda: edit(document, self._lane, height=self._height).named(_("Change height of lane"))
            )

    def paint_over(self, painter: QPainter) -> None:
        """Where the border would be, and the height."""
        view = self.canvas.view
        high = self._height or self._least
        y = (self._top + high) * view.zoom - view.y
        painter.setPen(QPen(theme.colour("brand"), 2))
        painter.drawLine(QPointF(0, y), QPointF(view.width, y))
        said = _("{n} px high").format(n=self._height) if self._height else _("As high as its content")
        marks.bubble(painter, self._at, said, QRectF(0, 0, view.width, view.height))
