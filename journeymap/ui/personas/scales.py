"""The scales of a persona: two named ends and her place between them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Persona, Slider
from journeymap.ui.controls import ink, marks
from journeymap.ui.controls.buttons import IconButton
from journeymap.ui.controls.sliders import ShareSlider
from journeymap.ui.panels.form import Desk, Form, column, line

EDGE = 12
"""Beside the words of a field."""
PAUSE_MS = 700
"""Keys that follow each other within this time are one step to undo."""


class PatientSlider(ShareSlider):
    """Keys that follow each other make one step; it shows the persona's own marker."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.hue = 1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.settle)

    def shown(self) -> float | None:
        """What the map holds, as far as this knows."""
        return self._value

    def settle(self) -> None:
        """What was moved is meant."""
        self._pause.stop()
        self._let_go()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Waits whether another key follows."""
        if not event.isAutoRepeat():
            self._pause.start()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Undo takes back what was just moved: that is meant first."""
        if isinstance(event, QKeyEvent) and (event.type(), event.key()) == (
            QEvent.Type.ShortcutOverride,
            Qt.Key.Key_Z,
        ):
            self.settle()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink.colour("border"), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(7, 14), QPointF(self.width() - 7, 14))
        painter.setPen(QPen(ink.colour("border"), 1))
        for tick in range(5):
            at = self.place(tick / 4)
            painter.drawLine(QPointF(at, 11), QPointF(at, 17))
        here = self.value()
        if here is not None:
            marks.persona(painter, QPointF(self.place(here), 14), self.hue, 6.6)
        if self.hasFocus():
            ink.focus_ring(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), 6)


class ScaleRow(QWidget):
    """One scale: its ends above, her place below, a cross."""

    def __init__(self, desk: Desk, id_: Id, say: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._id, self._say = desk, id_, say
        rows = column(self)
        self._ends, row = line(spacing=2), line(spacing=2)
        self.low, self.high = Form(desk, id_, self), Form(desk, id_, self)
        self.low_field = self.low.text("low", "", prompt=_("one end"))
        self.high_field = self.high.text("high", "", prompt=_("other end"))
        self.high_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.slider = PatientSlider(_("Between the two"), self)
        self.slider.moved.connect(self._set)
        self.slider.setEnabled(not desk.open_map.session.read_only)
        self._ends.addWidget(self.low, 1)
        self._ends.addWidget(self.high, 1)
        row.addSpacing(4)
        row.addWidget(self.slider, 1)
        self.remove = IconButton("close", _("Delete this scale"), self, side=22, size=12)
        self.remove.setEnabled(not desk.open_map.session.read_only)
        self.remove.clicked.connect(lambda: self._do(lambda document: commands.delete(document, id_)))
        row.addWidget(self.remove)
        rows.addLayout(self._ends)
        rows.addLayout(row)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long ends stand one below the other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wides = [round(ink.text_width(one.text())) + 2 * EDGE for one in (self.low_field, self.high_field)]
        beside = sum(wides) <= self.width()
        for place, wide in enumerate(wides):
            self._ends.setStretch(place, max(wide, 2 * EDGE) if beside else 0)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._ends.direction() != way:
            self._ends.setDirection(way)

    def refresh(self) -> None:
        """Shows the scale as it is now."""
        record = self._desk.document.get(Slider, self._id)
        if record is None:
            return
        persona = self._desk.document.get(Persona, record.persona_id)
        self.low.refresh()
        self.high.refresh()
        self._fit()
        self.slider.hue = persona.hue if persona is not None else 1
        if record.value != self.slider.shown():
            self.slider.show_value(record.value)
        self.slider.setAccessibleName(f"{record.low} – {record.high}")
        self.slider.update()

    def _set(self, value: float) -> None:
        self._do(lambda document: commands.edit(document, self._id, value=value))

    def _do(self, make: Callable[[Document], Change]) -> None:
        self._say(self._desk.do(make))
        self.refresh()
