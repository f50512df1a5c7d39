"""Dragging a point of the dramatic arc, and the edge of a department's bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from journeymap.i18n import _
from journeymap.model import commands, lanes, wording
from journeymap.model.change import Change, merged
from journeymap.model.layout.arc import Arc
from journeymap.model.layout.columns import Column
from journeymap.model.records import Department, Id, Lane, Phase, Touchpoint
from journeymap.ui import theme
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

NEAR: Final = 6.0
"""From how many logical pixels beside its end a bar can be pulled."""


class DragTension(Gesture):
    """The value stands beside the pointer; it snaps to half steps."""

    cursor = Qt.CursorShape.SizeVerCursor
    scrolls = ""

    def __init__(self, canvas: Canvas, touchpoint: Id, lane: Id) -> None:
        super().__init__(canvas)
        self._touchpoint, self._lane = touchpoint, lane
        self._value = canvas.map.document.one(Touchpoint, touchpoint).tension
        self._at = QPointF()

    def _strip(self) -> Arc | None:
        row = self.canvas.sheet.row_of(self._lane, self._touchpoint)
        strip = self.canvas.sheet.strip_at(row.y) if row is not None else None
        return strip if isinstance(strip, Arc) else None

    def move(self, at: Touch) -> None:
        """Reads the value at the pointer's height."""
        strip, self._at = self._strip(), at.screen
        if strip is not None:
            self._value = round(strip.tension(at.y - strip.y) * 2) / 2

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Sets the value."""
        self.canvas.map.do(lambda: commands.edit(self.canvas.map.document, self._touchpoint, tension=self._value))

    def paint(self, painter: QPainter) -> None:
        """The point where it will be, and its value."""
        strip, place = self._strip(), self.canvas.sheet.place(self._touchpoint, self._lane)
        if strip is None or place is None or self._value is None:
            return
        here = self.canvas.view.to_screen(place.x + place.width / 2, strip.y + strip.level(self._value))
        painter.setPen(QPen(theme.colour("brand"), 2.2))
        painter.setBrush(theme.colour("wash"))
        painter.drawEllipse(here, 6.5, 6.5)
        said = _("Tension {value} of 5").format(value=wording.number(self._value, 1))
        marks.bubble(painter, QPointF(here.x(), self._at.y()), said, QRectF(self.canvas.view.body(self.canvas.sheet)))


def near(canvas: Canvas, at: Touch) -> tuple[Id, bool] | None:
    """The first touchpoint of the department's bar whose end is under the pointer, and whether that is its right end."""
    group = at.group
    if (
        group is None
        or group.meaning.role != "department"
        or group.meaning.touchpoint is None
        or canvas.view.zoom < 0.4
    ):
        return None
    left = canvas.view.to_screen(group.x, group.y).x()
    right = canvas.view.to_screen(group.x + group.width, group.y).x()
    if 0 <= right - at.screen.x() <= NEAR:
        return group.meaning.touchpoint, True
    return (group.meaning.touchpoint, False) if 0 <= at.screen.x() - left <= NEAR else None


class DragOwner(Gesture):
    """The end of a bar follows the pointer column by column; what it gives up goes to the neighbour, if there is one."""

    cursor = Qt.CursorShape.SizeHorCursor
    scrolls = "x"

    def __init__(self, canvas: Canvas, touchpoint: Id, *, right: bool) -> None:
        super().__init__(canvas)
        self._right, document = right, canvas.map.document
        self._owner = document.one(Touchpoint, touchpoint).department_id
        state = document.one(Phase, document.one(Touchpoint, touchpoint).phase_id).state_id
        self._columns = [one for one in canvas.sheet.columns if document.one(Phase, one.phase_id).state_id == state]
        self._owners = [document.one(Touchpoint, one.touchpoint_id).department_id for one in self._columns]
        ids = [one.touchpoint_id for one in self._columns]
        self._first = self._last = ids.index(touchpoint)
        while self._last + 1 < len(ids) and self._owners[self._last + 1] == self._owner:
            self._last += 1
        self._ends = self._first, self._last
        self._at = QPointF()

    def move(self, at: Touch) -> None:
        """Finds the column at which the bar would end."""
        self._at = at.screen
        under = min(range(len(self._columns)), key=lambda n: abs(_middle(self._columns[n]) - at.x))
        if self._right:
            self._ends = self._first, max(self._first, under)
        else:
            self._ends = min(self._last, under), self._last

    def end(self, at: Touch) -> None:
        """Gives the touchpoints their owners."""
        self.move(at)
        change = self._change()
        if change:
            self.canvas.map.perform(change)

    def _change(self) -> Change:
        first, last = self._ends
        beside = self._last + 1 if self._right else self._first - 1
        heir = self._owners[beside] if 0 <= beside < len(self._owners) else None
        document, parts = self.canvas.map.document, []
        for n in range(min(first, self._first), max(last, self._last) + 1):
            owner = self._owner if first <= n <= last else heir
            if owner != self._owners[n]:
                parts.append(commands.edit(document, self._columns[n].touchpoint_id, department_id=owner))
        return merged(_("Change department"), parts) if parts else Change()

    def paint(self, painter: QPainter) -> None:
        """A frame over the columns, and whose they will be."""
        document = self.canvas.map.document
        lane = next((one for one in document.all(Lane) if one.kind == lanes.DEPARTMENTS), None)
        row = self.canvas.sheet.row_of(lane.id, self._columns[0].touchpoint_id) if lane is not None else None
        owner = document.get(Department, self._owner)
        if row is None or owner is None:
            return
        first, last = self._columns[self._ends[0]], self._columns[self._ends[1]]
        frame = QRectF(first.x - 4, row.y + 4, last.x + last.width - first.x + 8, row.height - 8)
        painter.setPen(QPen(theme.colour("brand"), 2))
        painter.setBrush(theme.colour("brand", 0.08))
        painter.drawRoundedRect(self.canvas.view.on_screen(frame), 6, 6)
        marks.bubble(painter, self._at, owner.name, QRectF(self.canvas.view.body(self.canvas.sheet)))


def _middle(column: Column) -> float:
    return column.x + column.width / 2
