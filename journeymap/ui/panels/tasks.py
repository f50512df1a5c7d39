"""The inspector's pages of what hurts and what is done about it: pains, actions, opportunities, typed figures."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model import commands, kpi
from journeymap.model.document import Document
from journeymap.model.records import Action, Answer, Department, Id, Opportunity, PainPoint, TypedKpi
from journeymap.ui.controls.buttons import IconButton
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.sliders import SeverityDots
from journeymap.ui.panels import reading
from journeymap.ui.panels.form import Form, Several, line
from journeymap.ui.panels.page import Leading, Page, touchpoint_title
from journeymap.ui.panels.pains import ActionRow, AnswerField, actions_of


def states() -> list[tuple[str | None, str]]:
    """How far an action is."""
    return [
        ("proposed", _("Proposed")), ("agreed", _("Agreed")), ("in_progress", _("In progress")), ("done", _("Done"))
    ]  # fmt: skip


class PainPage(Page):
    """A pain: what hurts, how badly, how often, on what evidence, and what answers it."""

    def build(self) -> None:
        """Adds the sections."""
        pain = self.desk.document.one(PainPoint, self.id)
        self.back(pain.touchpoint_id, touchpoint_title(self, pain.touchpoint_id))
        form = Form(self.desk, self.id, self)
        self.text = self.heading(form, f"P{pain.number}", name="text", prompt=_("What hurts?"))
        self.severity = SeverityDots(_("Severity, 1 to 5"), form)
        self.severity.moved.connect(self._weigh)
        form.add(_("Severity"), self.severity, stretch=False)
        self.frequency = form.text(
            "frequency", _("Frequency"), prompt=_("% of customers"), read=reading.percent, write=reading.show_percent
        )
        form.text("frequency_n", _("Out of n"), prompt=_("answers"), read=reading.whole(1, 10**9))
        form.prose("evidence", _("Evidence"), prompt=_("Figures, quotes, ticket counts"))
        form.choice("touchpoint_id", _("At"), touchpoints)
        self.part(form)
        self.section(_("Answered by"))
        self.answered = Several(
            lambda: actions_of(self.desk.document, self.id), lambda id_: TiedRow(self, ActionRow(self, id_), id_), self
        )
        self.part(self.answered)
        self.answer = AnswerField(self, self.id)
        self.part(self.answer)
        self.remover(_("Delete pain"))
        self.refresh()

    def refresh(self) -> None:
        """Shows the pain as it is now."""
        super().refresh()
        pain = self.desk.document.get(PainPoint, self.id)
        if pain is not None:
            self.severity.show_value(pain.severity)

    def _weigh(self, value: float) -> None:
        self.say(self.desk.do(lambda document: commands.edit(document, self.id, severity=round(value))))


class TiedRow(QWidget):
    """A row that leads to an action, with a cross that unties it from the pain."""

    def __init__(self, page: Page, row: Leading, action_id: Id) -> None:
        super().__init__(page)
        self._row = row
        box = line(self, spacing=2)
        cross = IconButton("close", _("This action does not answer it"), self, side=22, size=12)
        cross.clicked.connect(
            lambda: page.say(page.desk.do(lambda document: commands.unanswer(document, page.id, action_id)))
        )
        cross.setEnabled(not page.desk.open_map.session.read_only)
        box.addWidget(row, 1)
        box.addWidget(cross)

    def refresh(self) -> None:
        """Shows the action as it is now."""
        getattr(self._row, "refresh", lambda: None)()


class ActionPage(Page):
    """An action: what is done, by whom, until when, at what cost, for which pains, and what it should change."""

    def build(self) -> None:
        """Adds the sections."""
        action = self.desk.document.one(Action, self.id)
        form = Form(self.desk, self.id, self)
        self.title = self.heading(form, f"A{action.number}", name="title", prompt=_("What will be done?"))
        self.state = form.choice("status", _("Status"), lambda _document: states())
        self.owner = form.text("owner", _("Owner"), prompt=_("One person"))
        form.choice("department_id", _("Department"), departments, empty=_("none yet"))
        form.text("start", _("Start"), prompt=_("day"), read=reading.day, write=reading.show_day)
        self.due = form.text("due", _("Due"), prompt=_("day"), read=reading.day, write=reading.show_day)
        self.effort = form.text("effort", _("Effort"), prompt=_("1 little … 5 much"), read=reading.whole(1, 5))
        form.text("impact", _("Impact"), prompt=_("1 … 5, else from its pains"), read=reading.whole(1, 5))
        currency = self.desk.document.map.currency
        form.text("cost", _("Cost"), prompt=currency, read=reading.between(0, 1e12))
        self.part(form)
        self.section(_("Expected change"))
        change = Form(self.desk, self.id, self)
        change.choice("kpi", _("Figure"), self._kpis, empty=_("none"))
        change.choice("kpi_touchpoint_id", _("At"), touchpoints, empty=_("the whole journey"))
        change.text("expected_low", _("From"), prompt=_("lowest value expected"), read=reading.number)
        change.text("expected_high", _("To"), prompt=_("highest value expected"), read=reading.number)
        self.part(change)
        self.section(_("Answers"))
        self.pains = Several(self._pains, lambda id_: AnsweredRow(self, id_), self)
        self.part(self.pains)
        self.part(PainField(self))
        self.remover(_("Delete action"))

    def _kpis(self, document: Document) -> list[tuple[str, str]]:
        """The KPIs, with what they are called where the action is to help."""
        action = document.get(Action, self.id)
        place = action.kpi_touchpoint_id if action is not None else None
        named = {each.kpi: each.name for each in self.desk.open_map.figures.at(place)} if place else {}
        told = _("{kind}: {name}")
        return [
            (
                key,
                one.label()
                if named.get(key, one.label()) == one.label()
                else told.format(kind=one.label(), name=named[key]),
            )
            for key, one in kpi.KPIS.items()
        ]

    def _pains(self) -> list[Id]:
        return [answer.pain_id for answer in self.desk.document.referring(Answer, "action_id", self.id)]


class AnsweredRow(QWidget):
    """A pain that an action answers."""

    def __init__(self, page: Page, pain_id: Id) -> None:
        super().__init__(page)
        self._page, self._pain = page, pain_id
        box = line(self, spacing=2)
        self._lead = Leading(lambda: page.desk.selection.select(pain_id), self)
        cross = IconButton("close", _("It does not answer this pain"), self, side=22, size=12)
        cross.clicked.connect(
            lambda: page.say(page.desk.do(lambda document: commands.unanswer(document, pain_id, page.id)))
        )
        cross.setEnabled(not page.desk.open_map.session.read_only)
        box.addWidget(self._lead, 1)
        box.addWidget(cross)
        self.refresh()

    def refresh(self) -> None:
        """Shows the pain as it is now."""
        pain = self._page.desk.document.get(PainPoint, self._pain)
        if pain is not None:
            self._lead.show_row(f"P{pain.number}", pain.text, tint="pain")


class PainField(QWidget):
    """Ties another pain to an action."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.field = ChoiceField(_("Answers another pain"), self)
        self.field.setPlaceholderText(_("Answers another pain …"))
        self.field.chosen.connect(self._tie)
        self.setEnabled(not page.desk.open_map.session.read_only)
        line(self).addWidget(self.field)
        self.refresh()

    def refresh(self) -> None:
        """Offers the pains that it does not answer yet."""
        document = self._page.desk.document
        taken = {answer.pain_id for answer in document.referring(Answer, "action_id", self._page.id)}
        free = [one for one in document.all(PainPoint) if one.id not in taken]
        self.field.show_options([(one.id, f"P{one.number} {one.text}") for one in free], None)
        self.setVisible(bool(free))

    def _tie(self, pain_id: object) -> None:
        self._page.say(self._page.desk.do(lambda document: commands.answer(document, str(pain_id), self._page.id)))
        self.refresh()


class OpportunityPage(Page):
    """An opportunity and the actions that take it."""

    def build(self) -> None:
        """Adds the sections."""
        record = self.desk.document.one(Opportunity, self.id)
        self.back(record.touchpoint_id, touchpoint_title(self, record.touchpoint_id))
        form = Form(self.desk, self.id, self)
        self.text = self.heading(form, name="text", prompt=_("What could be better?"))
        self.part(form)
        self.section(_("Actions"), add=_("Make it an action"), act=self._act)
        self.part(Several(self._actions, lambda id_: ActionRow(self, id_), self))
        self.remover(_("Delete opportunity"))

    def _actions(self) -> list[Id]:
        return [one.id for one in self.desk.document.referring(Action, "opportunity_id", self.id)]

    def _act(self) -> None:
        text = self.desk.document.one(Opportunity, self.id).text
        self.say(self.desk.do(lambda document: commands.add_action(document, text, opportunity_id=self.id)))


class TypedPage(Page):
    """A figure typed in by hand."""

    def build(self) -> None:
        """Adds the sections."""
        record = self.desk.document.one(TypedKpi, self.id)
        if record.touchpoint_id is not None:
            self.back(record.touchpoint_id, touchpoint_title(self, record.touchpoint_id))
        form = Form(self.desk, self.id, self)
        self.heading(form, prompt=kpi.KPIS[record.kpi].label() if record.kpi in kpi.KPIS else record.kpi)
        form.choice("kpi", _("KPI"), lambda _document: [(n, one.label()) for n, one in kpi.KPIS.items()])
        self.value = form.text("value", _("Value"), read=_needed)
        form.text("unit", _("Unit"), prompt=_("%, min, h …"))
        form.text("n", _("Answers"), prompt=_("n, if known"), read=reading.whole(1, 10**9))
        form.text("low", _("Lower end"), prompt=_("of the 95 % interval"), read=reading.number)
        form.text("high", _("Upper end"), prompt=_("of the 95 % interval"), read=reading.number)
        form.text("period", _("Period"), prompt=_("Sep–Oct 2026"))
        form.text("source", _("Source"), prompt=_("Where it comes from"))
        self.part(form)
        self.remover(_("Delete figure"))


def _needed(text: str) -> float:
    from journeymap.failure import Failure

    value = reading.number(text)
    if value is None:
        raise Failure(_("A figure needs a value."))
    return value


def departments(document: Document) -> list[tuple[str | None, str]]:
    """The departments of a map."""
    return [(one.id, one.name) for one in document.all(Department)]


def touchpoints(document: Document) -> list[tuple[str | None, str]]:
    """The touchpoints of a map in the order of the journey."""
    from journeymap.model.journey import every_touchpoint

    return [(one.id, one.name or _("No name")) for one in every_touchpoint(document)]
