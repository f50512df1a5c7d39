"""Drawing a link from a card's handle, and taking an end of one to another card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.records import Id, Link, Touchpoint
from journeymap.ui import theme
from journeymap.ui.canvas import cells, marks, ways
from journeymap.ui.canvas.gestures.gesture import Gesture, Touch

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


class _Arc(Gesture):
    """An arc follows the pointer from a card; the card under it is framed."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas, fixed: Id) -> None:
        super().__init__(canvas)
        self.fixed = fixed
        self.target: Id | None = None
        self.at = QPointF()

    def move(self, at: Touch) -> None:
        """Finds the card under the pointer; its whole column counts."""
        self.at = at.screen
        cell = cells.at(self.canvas.sheet, at.x, at.y)
        found = cell.touchpoint if cell is not None else None
        known = self.canvas.map.document.get(Touchpoint, found) is not None
        self.target = found if known and found != self.fixed else None

    def kind(self) -> str:
        """What the link would be."""
        raise NotImplementedError

    def start(self) -> QPointF | None:
        """Where the arc hangs."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """The arc, the card under it, and what it would be."""
        start = self.start()
        if start is None:
            return
        kind = self.kind() if self.target is not None else ""
        end = self.at
        if self.target is not None:
            place = marks.record_rect(self.canvas, self.target)
            if place is not None:
                rect = self.canvas.view.on_screen(place)
                end = QPointF(rect.left() + rect.width() * (0.30 if kind == "loop" else 0.34), rect.top())
                _frame(painter, rect)
        lift = 34.0
        path = QPainterPath(start)
        path.cubicTo(start - QPointF(0, lift), end - QPointF(0, lift), end)
        pen = QPen(theme.colour("brand"), 2)
        if kind == "loop":
            pen.setDashPattern([4, 2.5])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setBrush(theme.colour("brand"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(end, 4, 4)
        if kind:
            inside = QRectF(self.canvas.view.body(self.canvas.sheet))
            marks.bubble(painter, self.at, kind_name(kind), inside)


class DrawLink(_Arc):
    """Forwards it is a branch or a change of channel, backwards a loop; its words and share are asked for where it ends."""

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Adds the link and opens its line of words; a link that is there already is opened instead."""
        canvas, document = self.canvas, self.canvas.map.document
        if self.target is None:
            return
        target = self.target
        same = (one for one in document.referring(Link, "source_id", self.fixed) if one.target_id == target)
        known = next(same, None)
        if known is None:
            made: list[Id] = []

            def command() -> Change:
                change = commands.link(document, self.fixed, target)
                made.append(commands.made(change))
                return change

            if not canvas.map.do(command):
                return
        canvas.selection.select(known.id if known is not None else made[0])
        canvas.linkbar.open(canvas.selection.first)

    def kind(self) -> str:
        """By its ends."""
        document = self.canvas.map.document
        if self.target is None or self.fixed not in document:
            return ""
        return commands.kind_between(document, self.fixed, self.target)

    def start(self) -> QPointF | None:
        """The handle of the card."""
        return marks.handle_at(self.canvas, self.fixed)


class Reroute(_Arc):
    """One end of a link is taken to another card, the other one stays."""

    def __init__(self, canvas: Canvas, link_id: Id, end: str) -> None:
        link = canvas.map.document.one(Link, link_id)
        super().__init__(canvas, link.source_id if end == "target_id" else link.target_id)
        self._link, self._end = link_id, end
        found = ways.way(canvas, link_id)
        self._start = None if found is None else found.start if end == "target_id" else found.end

    def end(self, at: Touch) -> None:  # noqa: ARG002
        """Takes the end there."""
        if self.target is not None:
            ends = {self._end: self.target}
            self.canvas.map.do(lambda: commands.reroute(self.canvas.map.document, self._link, **ends))

    def kind(self) -> str:
        """By its new ends, unless a person has chosen it."""
        document = self.canvas.map.document
        change = commands.reroute(document, self._link, **{self._end: self.target})
        edits = change.updated.get(self._link, {})
        return str(edits["kind"][1]) if "kind" in edits else document.one(Link, self._link).kind

    def start(self) -> QPointF | None:
        """Where the other end stands."""
        return self._start


def kind_name(kind: str) -> str:
    """What a kind of link is called."""
    return {"loop": _("Loop back"), "switch": _("Change of channel"), "next": _("Next step")}.get(kind, _("Branch"))


def _frame(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(QPen(theme.colour("brand"), 2))
    painter.setBrush(theme.colour("brand", 0.08))
    painter.drawRoundedRect(rect, 6, 6)
