"""Searching the map: a small bar over the canvas, every hit marked and counted, the next and the previous one by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from journeymap.i18n import _
from journeymap.model import lanes, words
from journeymap.model.picture import Group
from journeymap.model.records import Id, Lane
from journeymap.model.texts import Place, Texts
from journeymap.ui import theme
from journeymap.ui.controls.buttons import IconButton
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.model.change import Change
    from journeymap.ui.canvas.canvas import Canvas

WIDTH, HEIGHT, MARGIN = 344, 40, 16
LATER_MS = 250
SOME = 2000
"""So many texts are gathered at a time: some ten milliseconds."""


class Search(QFrame):
    """Floats in the upper right corner of the canvas. `hits` in reading order; `at` is the one shown, None before."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._texts: Texts | None = None
        self.hits: list[Place] = []
        self.at: int | None = None
        self._rows: dict[Id, set[Id | None]] = {}
        self.setObjectName("search")
        self.setFixedSize(WIDTH, HEIGHT)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.line, self.count = QLineEdit(), QLabel()
        self.line.setPlaceholderText(_("Search the map"))
        self.line.setAccessibleName(_("Search the map"))
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)
        self.count.setMinimumWidth(72)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._again)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._gather)
        canvas.viewport().installEventFilter(self)
        canvas.map.changed.connect(self._changed)
        self.dress()
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        row.addWidget(self.count)
        row.addSpacing(4)
        for icon, name, act in (
            ("caret-up", _("Previous hit (Shift+F3)"), lambda: self.step(-1)),
            ("caret-down", _("Next hit (F3)"), lambda: self.step(1)),
            ("close", _("Close the search (Esc)"), self.close_),
        ):
            button = IconButton(icon, name, self)
            button.clicked.connect(act)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)

    # ------------------------------------------------------------ opening and closing

    def open(self) -> None:
        """Shows the bar with what was searched last, to be typed over."""
        self.follow()
        self.show()
        self.raise_()
        self.line.setFocus()
        self.line.selectAll()
        self._again()
        self._idle.start()

    def close_(self) -> None:
        """Hides bar and marks; the keyboard goes back to the map, to where the search has led."""
        self.hide()
        self._canvas.setFocus()
        self._canvas.viewport().update()

    def follow(self) -> None:
        """Keeps to its corner, below the phases."""
        view = self._canvas.view
        self.move(max(MARGIN, view.width - WIDTH - MARGIN), view.top(self._canvas.sheet) + 8)

    def dress(self) -> None:
        """The theme's colours."""
        names = theme.current().names
        sheet = (
            f"QFrame#search {{ background: {names['card']}; border: 1px solid {names['border']}; border-radius: 10px; }}"
            f"QFrame#search QLineEdit {{ border: none; background: transparent; }}"
            f"QFrame#search QLabel {{ color: {names['text3']}; border: none; background: transparent; }}"
        )
        if sheet != self.styleSheet():  # setting it tells of a new palette once more
            self.setStyleSheet(sheet)

    # ------------------------------------------------------------ searching

    def _typed(self) -> None:
        self._search()
        here = self._canvas.selection.cell.touchpoint
        columns = self._canvas.sheet.order
        start = columns.index(here) if here in columns else 0
        place = {id_: n for n, id_ in enumerate(columns)}
        self.at = None
        if self.hits:  # the first from where the keyboard stands
            later = (n for n, hit in enumerate(self.hits) if place.get(hit.touchpoint or "", -1) >= start)
            self._lead(next(later, 0))
        self._show()

    def _search(self) -> None:
        if self._texts is None:
            self._texts = Texts(self._canvas.map.document)
        self.hits = self._texts.find(self.line.text())
        self._rows = {}
        for hit in self.hits:
            self._rows.setdefault(hit.record, set()).add(hit.lane)

    def _gather(self) -> None:
        """While nobody types, the texts of the map are gathered a few at a time."""
        if self._texts is None or not self.isVisible() or not self._texts.gather(SOME):
            self._idle.stop()

    def _again(self) -> None:
        """Searches once more: the map may have changed."""
        shown = self.hits[self.at] if self.at is not None and self.at < len(self.hits) else None
        self._search()
        self.at = next((n for n, hit in enumerate(self.hits) if shown and _same(hit, shown)), None)
        self._show()

    def step(self, way: int) -> bool:
        """Leads to the next (+1) or previous (−1) hit, round the end. False where nothing was searched for yet."""
        if not self.line.text().strip():
            return False
        if self._texts is None or not self.isVisible():
            self._again()
        if self.hits:
            near = -1 if self.at is None and way > 0 else (self.at or 0)
            self._lead((near + way) % len(self.hits))
        self._show()
        return True

    def _lead(self, place: int) -> None:
        """Selects a hit and scrolls to it; where its row is not shown, to its column."""
        self.at = place
        canvas, hit = self._canvas, self.hits[place]
        cell = self._cell(hit)
        canvas.selection.select(hit.record, cell=cell)
        canvas.reveal(cell)
        lane = canvas.map.document.get(Lane, hit.lane)
        if lane is not None and lane.id not in {row.lane_id for row in canvas.sheet.rows}:
            canvas.told.emit(_("“{text}” stands in “{lane}”, which is not shown.").format(
                text=_short(hit.text), lane=lanes.title(lane)))  # fmt: skip
        elif canvas.sheet.place(hit.record) is None and (record := canvas.map.document.record(hit.record)) is not None:
            noun = words.noun(type(record))
            canvas.told.emit(_("“{text}” is not drawn: {noun}").format(text=_short(hit.text), noun=noun))

    def _cell(self, hit: Place) -> Cell:
        from journeymap.ui import finding

        document, canvas = self._canvas.map.document, self._canvas
        if hit.touchpoint is not None:
            shown = {row.lane_id for row in canvas.sheet.rows}
            lane = hit.lane if hit.lane in shown else next((row.lane_id for row in canvas.sheet.rows), None)
            return Cell(lane, hit.touchpoint)
        record = document.record(hit.record)
        return finding.place_of(document, record, canvas.selection.cell)[1] if record is not None else Cell()

    def _show(self) -> None:
        total = len(self.hits)
        if not self.line.text().strip():
            text = ""
        elif not total:
            text = _("No hit")
        else:
            text = _("{at} of {total}").format(at="–" if self.at is None else self.at + 1, total=total)
        self.count.setText(text)
        self.count.setAccessibleName(text)
        self._canvas.viewport().update()

    def _changed(self, change: Change) -> None:  # noqa: ARG002
        self._texts = None
        self._idle.stop()
        if self.isVisible():
            self._later.start()

    # ------------------------------------------------------------ painting

    def paint(self, painter: QPainter) -> None:
        """The hits in the grid; the painter is clipped to it."""
        canvas, view = self._canvas, self._canvas.view
        if not self.isVisible() or not self._rows:
            return
        body = QRectF(view.body(canvas.sheet)).translated(view.x, view.y)
        asked = (edge / view.zoom for edge in (body.x(), body.y(), body.width(), body.height()))
        for group in canvas.sheet.visible(*asked):
            if self._is_hit(group):
                place = view.on_screen(QRectF(group.x, group.y, group.width, group.height))
                _mark(painter, place, min(6.0, 6 * view.zoom))

    def paint_edges(self, painter: QPainter) -> None:
        """The hits among phases and lane names."""
        canvas, view = self._canvas, self._canvas.view
        if not self.isVisible() or not self._rows:
            return
        body = view.body(canvas.sheet)
        for groups, clip, by in (
            (canvas.sheet.head, QRectF(body.left(), 0, body.width(), body.top()), (-view.x, 0)),
            (canvas.sheet.names, QRectF(0, body.top(), body.left(), body.height()), (0, -view.y)),
        ):
            painter.save()
            painter.setClipRect(clip)
            for group in groups:
                if group.meaning.record in self._rows:
                    place = (group.x, group.y, group.width, group.height)
                    rect = QRectF(*(edge * view.zoom for edge in place)).translated(*by).adjusted(2, 2, -2, -2)
                    _mark(painter, rect, 6.0)
            painter.restore()

    def _is_hit(self, group: Group) -> bool:
        rows = self._rows.get(group.meaning.record or "")
        lane = group.meaning.lane
        return rows is not None and (lane is None or lane.split("/", 1)[0] in rows)

    # ------------------------------------------------------------ events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Escape in the line; the corner moves with the canvas."""
        if watched is not self.line:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self.follow()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self.step(1 if event.key() == Qt.Key.Key_Down else -1)
                    return True
                case Qt.Key.Key_Escape:
                    self.close_()
                    return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()
        super().changeEvent(event)


def _mark(painter: QPainter, place: QRectF, radius: float) -> None:
    painter.setPen(QPen(theme.colour("open"), 1.5))
    painter.setBrush(theme.colour("open", 0.12))
    painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), radius, radius)


def _same(one: Place, other: Place) -> bool:
    return (one.record, one.touchpoint, one.lane) == (other.record, other.touchpoint, other.lane)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def of(canvas: Canvas) -> Search:
    """The search of a canvas; made when it is first asked for."""
    if canvas.search is None:
        canvas.search = Search(canvas)
    return canvas.search
