"""The inspector's page of a persona: who she is, what she wants, how she is, and which respondents are like her."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.records import Id, Slider, Trait
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.sliders import ShareSlider
from journeymap.ui.panels import reading
from journeymap.ui.panels.form import INDENT, Form, Several, column, line
from journeymap.ui.panels.page import Page, remove_button
from journeymap.ui.panels.touchpoint import TextRow
from journeymap.ui.personas import copying
from journeymap.ui.personas.segment import SegmentRow


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
        form.text("role", _("Role"), prompt=_("What this person does"))
        form.prose("line", _("In a line"), prompt=_("34, frequent city-breaker"))
        self.age = form.text("age", _("Age"), prompt=_("years"), read=reading.whole(0, 130))
        self.quote = form.prose("quote", _("Says"), prompt=_("One sentence in her words"))
        form.text("interviews", _("Interviews"), prompt=_("how many stand behind her"), read=reading.whole(0, 100_000))
        self.part(form)
        self.section(_("Like her in the data"))
        self.segment = SegmentRow(self.desk, self.id, self.say, self)
        self.segment.empty.setContentsMargins(INDENT, 0, 0, 0)
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
