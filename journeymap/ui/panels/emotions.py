"""Emotion per persona in the inspector: the assumed value to move, the measured one beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model import commands, wording
from journeymap.model.records import Id, Persona
from journeymap.ui.controls import marks
from journeymap.ui.controls.heads import Words
from journeymap.ui.controls.sliders import EmotionSlider
from journeymap.ui.panels.form import INDENT, column, line
from journeymap.ui.panels.page import Page


class Marker(QWidget):
    """A persona's marker."""

    def __init__(self, hue: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(14, 28)
        self._hue = hue

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        marks.persona(QPainter(self), QPointF(6, 14), self._hue)


class EmotionRows(QWidget):
    """One row a persona: marker, name, scale, value. The measured value is written; the assumed one where none is."""

    def __init__(self, page: Page, touchpoint_id: Id) -> None:
        super().__init__(page)
        self._page, self._touchpoint = page, touchpoint_id
        self._column = column(self)
        self._rows: dict[Id, tuple[QWidget, EmotionSlider, Words, Words]] = {}
        self._empty = Words(_("Add a persona, then say how she feels here."), self, tint="text3", wrap=True)
        self._empty.setContentsMargins(INDENT, 0, 0, 0)
        self._column.addWidget(self._empty)
        self.refresh()

    def slider(self, persona_id: Id) -> EmotionSlider:
        """The scale of a persona."""
        return self._rows[persona_id][1]

    def refresh(self) -> None:
        """Shows the emotions as they are now."""
        personas = self._page.desk.document.all(Persona)
        if [one.id for one in personas] != list(self._rows):
            for row, *_rest in self._rows.values():
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = {one.id: self._make(one) for one in personas}
        self._empty.setVisible(not personas)
        measured = self._page.desk.open_map.figures.emotion
        for persona in personas:
            _row, slider, name, value = self._rows[persona.id]
            name.setText(persona.name or _("No name"))
            assumed = commands.emotion(self._page.desk.document, persona.id, self._touchpoint)
            known = measured.get((persona.id, self._touchpoint))
            slider.show_value(assumed.value if assumed is not None else None)
            slider.show_measured(*((known.value, known.low, known.high) if known is not None else (None,)))
            shown = known.value if known is not None else assumed.value if assumed is not None else None
            value.setText(wording.mood(shown) if shown is not None else "–")
            kind = _("measured") if known is not None else _("assumed")
            value.setToolTip(kind)
            value.recolour("text" if known is not None else "text3")

    def _make(self, persona: Persona) -> tuple[QWidget, EmotionSlider, Words, Words]:
        holder = QWidget(self)
        row = line(holder, spacing=8)
        row.setContentsMargins(INDENT, 0, 0, 0)
        slider = EmotionSlider(_("Assumed emotion of {name}").format(name=persona.name), persona.hue, holder)
        slider.setToolTip(_("Assumed: drag, or use the arrow keys. Measured values come from the data."))
        slider.setEnabled(not self._page.desk.open_map.session.read_only)
        slider.moved.connect(lambda value, id_=persona.id: self._set(id_, value))
        name = Words(persona.name, holder)
        name.setFixedWidth(62)
        value = Words("", holder, weight=600, figures=True)
        value.setFixedWidth(34)
        row.addWidget(Marker(persona.hue, holder))
        row.addWidget(name)
        row.addWidget(slider, 1)
        row.addWidget(value)
        row.addSpacing(6)
        self._column.addWidget(holder)
        holder.show()
        return holder, slider, name, value

    def _set(self, persona_id: Id, value: float) -> None:
        self._page.say(
            self._page.desk.do(lambda document: commands.set_emotion(document, persona_id, self._touchpoint, value))
        )
        self.refresh()
