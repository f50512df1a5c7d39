"""The inspector's page of a persona: who she is, what she wants, how she is, and which respondents are like her."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.cube import EVERYBODY
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Id, Measure, Persona, Slider, Trait
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import Words
from journeymap.ui.controls.sliders import ShareSlider
from journeymap.ui.panels import reading
from journeymap.ui.panels.form import INDENT, Form, Several, column, line
from journeymap.ui.panels.page import Page, remove_button
from journeymap.ui.panels.touchpoint import TextRow
from journeymap.ui.personas import copying


def kinds() -> list[tuple[str, str, str]]:
    """Kinds of trait: kind, heading, prompt."""
    return [
        ("goal", _("Goals"), _("What she wants to reach")),
        ("need", _("Needs"), _("What she cannot do without")),
        ("frustration", _("Frustrations"), _("What annoys her")),
        ("channel", _("Channels"), _("Where she likes to be met")),
        ("accessibility", _("Accessibility"), _("Larger type, no colour alone …")),
    ]


class PersonaPage(Page):
    """Everything about one persona."""

    def build(self) -> None:
        """Adds the sections."""
        form = Form(self.desk, self.id, self)
        self.name = self.heading(form, prompt=_("Name"))
        self.whole = Pill(_("Show all of this person"), self, icon="user")
        self.whole.clicked.connect(lambda: copying.show_page(self.window(), self.id))
        form.add("", self.whole, stretch=False)
        form.text("role", _("Role"), prompt=_("retired surveyor"))
        form.prose("line", _("In a line"), prompt=_("34, frequent city-breaker"))
        self.age = form.text("age", _("Age"), prompt=_("years"), read=reading.whole(0, 130))
        self.quote = form.prose("quote", _("Says"), prompt=_("One sentence in her words"))
        form.text("interviews", _("Interviews"), prompt=_("how many stand behind her"), read=reading.whole(0, 100_000))
        self.part(form)
        self.section(_("Like her in the data"))
        self.segment = SegmentRow(self)
        self.part(self.segment)
        self.traits: dict[str, Several] = {}
        for kind, title, prompt in kinds():
            self.section(title, add=_("Add to {list}").format(list=title), act=partial(self._add_trait, kind))
            self.traits[kind] = Several(partial(self._traits, kind), self._text_row(prompt), self)
            self.part(self.traits[kind])
        self.section(_("Skills and attitudes"), add=_("Add a scale"), act=self._add_slider)
        self.sliders = Several(
            lambda: [one.id for one in self.desk.document.referring(Slider, "persona_id", self.id)],
            lambda id_: SliderRow(self, id_),
            self,
        )
        self.part(self.sliders)
        self.remover(_("Delete persona"))

    def _text_row(self, prompt: str) -> Callable[[Id], QWidget]:
        return lambda id_: TextRow(self, id_, prompt)

    def _traits(self, kind: str) -> list[Id]:
        return [one.id for one in self.desk.document.referring(Trait, "persona_id", self.id) if one.kind == kind]

    def _add_trait(self, kind: str) -> None:
        prompt = next(text for name, _title, text in kinds() if name == kind)
        self.say(self.desk.do(lambda document: commands.add_trait(document, self.id, kind, prompt)))
        rows = self.traits[kind]
        rows.refresh()
        ids = self._traits(kind)
        row = rows.row(ids[-1]) if ids else None
        if isinstance(row, TextRow):
            row.text.setFocus()
            row.text.selectAll()

    def _add_slider(self) -> None:
        self.say(self.desk.do(lambda document: commands.add_slider(document, self.id, _("little"), _("much"))))


class SliderRow(QWidget):
    """Two words and the place between them."""

    def __init__(self, page: Page, id_: Id) -> None:
        super().__init__(page)
        self._page, self._id = page, id_
        rows = column(self)
        row, ends = line(spacing=2), line(spacing=2)
        self._low, self._high = Form(page.desk, id_, self), Form(page.desk, id_, self)
        self._low.text("low", "", prompt=_("one end"))
        self._high.text("high", "", prompt=_("other end")).setAlignment(Qt.AlignmentFlag.AlignRight)
        self.slider = ShareSlider(_("Between the two"), self)
        self.slider.moved.connect(self._set)
        self.slider.setEnabled(not page.desk.open_map.session.read_only)
        ends.addWidget(self._low)
        ends.addWidget(self._high)
        ends.addSpacing(24)
        row.addSpacing(INDENT)
        row.addWidget(self.slider, 1)
        row.addWidget(remove_button(page, id_, _("Delete this scale"), self))
        rows.addLayout(ends)
        rows.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Shows the scale as it is now."""
        record = self._page.desk.document.get(Slider, self._id)
        if record is not None:
            self._low.refresh()
            self._high.refresh()
            self.slider.show_value(record.value)
            self.slider.setAccessibleName(f"{record.low} – {record.high}")

    def _set(self, value: float) -> None:
        self._page.say(self._page.desk.do(lambda document: commands.edit(document, self._id, value=value)))
        self.refresh()


class SegmentRow(QWidget):
    """Binds a persona to the respondents who are like her: a segment column of the data and one of its values."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._known: tuple[object, list[str]] = (None, [])
        row = line(self, spacing=4)
        self.column = ChoiceField(_("Segment"), self)
        self.value = ChoiceField(_("Value of the segment"), self)
        self._empty = Words(_("The imported data have no segments yet."), self, tint="text3", wrap=True)
        self._empty.setContentsMargins(INDENT, 0, 0, 0)
        for widget in (self.column, self.value, self._empty):
            row.addWidget(widget, 1)
            widget.setEnabled(not page.desk.open_map.session.read_only)
        self.column.chosen.connect(lambda name: self._set(str(name or ""), ""))
        self.value.chosen.connect(lambda name: self._set(self._persona().segment_column, str(name or "")))
        self.refresh()

    def refresh(self) -> None:
        """Shows the binding and what there is to bind to."""
        persona = self._page.desk.document.get(Persona, self._page.id)
        if persona is None:
            return
        names = segments(self._page.desk.document)
        if persona.segment_column and persona.segment_column not in names:
            names.append(persona.segment_column)
        self._empty.setVisible(not names)
        self.column.setVisible(bool(names))
        self.value.setVisible(bool(persona.segment_column))
        self.column.show_options([("", _("everybody")), *((name, name) for name in names)], persona.segment_column)
        values = self._values(persona.segment_column)
        if persona.segment_value and persona.segment_value not in values:
            values.append(persona.segment_value)
        self.value.show_options([("", _("choose")), *((name, name) for name in values)], persona.segment_value)

    def _persona(self) -> Persona:
        return self._page.desk.document.one(Persona, self._page.id)

    def _values(self, name: str) -> list[str]:
        if name == EVERYBODY:
            return []
        document = self._page.desk.document
        sets = [data_set for data_set in document.all(DataSet) if name in data_set.segments]
        known = (name, tuple(data_set.id for data_set in sets))
        if known == self._known[0]:  # blocks are read from the file: not again after every key
            return list(self._known[1])
        found: dict[str, None] = {}
        for data_set in sets:
            cube = self._page.desk.open_map.session.cube(data_set.id)
            for measure in document.referring(Measure, "data_set_id", data_set.id):
                block = cube.blocks.get((measure.id, name))
                found.update(dict.fromkeys(block.values if block is not None else ()))
        self._known = (known, sorted(value for value in found if value))
        return list(self._known[1])

    def _set(self, name: str, value: str) -> None:
        self._page.say(
            self._page.desk.do(
                lambda document: commands.edit(document, self._page.id, segment_column=name, segment_value=value)
            )
        )
        self.refresh()


def segments(document: Document) -> list[str]:
    """The segment columns of the map's data sets."""
    return sorted({name for data_set in document.all(DataSet) for name in data_set.segments})
