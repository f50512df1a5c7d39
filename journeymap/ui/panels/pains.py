"""Pains with their actions in the inspector: severity, text, share, and what answers them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model import commands, wording
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Action, Answer, Id, PainPoint
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import Words
from journeymap.ui.controls.sliders import SeverityDots
from journeymap.ui.panels import reading
from journeymap.ui.panels.form import Form, Several, column, line
from journeymap.ui.panels.page import Leading, Page, remove_button

NEW = "new"


def share_of(pain: PainPoint) -> str:
    """How often a pain comes up: "31 %", with its n where it is known."""
    if pain.frequency is None:
        return ""
    of = _("{share} of {n}").format(share=wording.share(pain.frequency), n=wording.count(pain.frequency_n or 0))
    return of if pain.frequency_n else wording.share(pain.frequency)


def actions_of(document: Document, pain_id: Id) -> list[Id]:
    """The actions that answer a pain."""
    return [answer.action_id for answer in document.referring(Answer, "pain_id", pain_id)]


class PainRow(QWidget):
    """One pain: number (opens it), severity, share; text; its actions; a field that answers it."""

    def __init__(self, page: Page, id_: Id) -> None:
        super().__init__(page)
        self._page, self._id = page, id_
        rows = column(self)
        top = line(spacing=6)
        self._number = Pill("", self, tone="quiet", height=24, weight=700)
        self._number.clicked.connect(lambda: page.desk.selection.select(id_))
        self.severity = SeverityDots(_("Severity, 1 to 5"), self)
        self.severity.moved.connect(self._weigh)
        self._share = Words("", self, tint="text2", figures=True)
        top.addWidget(self._number)
        top.addWidget(self.severity)
        top.addWidget(self._share, 1)
        top.addWidget(remove_button(page, id_, _("Delete this pain"), self))
        self._form = Form(page.desk, id_, self)
        self.text = self._form.prose("text", "", prompt=_("What hurts?"), weight=600)
        self._actions = Several(lambda: actions_of(page.desk.document, id_), self._leading, self)
        rows.addLayout(top)
        rows.addWidget(self._form)
        rows.addWidget(self._actions)
        self.answer = AnswerField(page, id_, self)
        rows.addWidget(self.answer)
        rows.addSpacing(8)
        self.refresh()

    def refresh(self) -> None:
        """Shows the pain as it is now."""
        pain = self._page.desk.document.get(PainPoint, self._id)
        if pain is None:
            return
        self._number.relabel(f"P{pain.number}")
        self._number.setToolTip(_("Open this pain"))
        self.severity.show_value(pain.severity)
        self._share.setText(share_of(pain))
        self._form.refresh()
        self._actions.refresh()
        self.answer.refresh()

    def _weigh(self, value: float) -> None:
        self._page.say(self._page.desk.do(lambda document: commands.edit(document, self._id, severity=round(value))))
        self.refresh()

    def _leading(self, action_id: Id) -> QWidget:
        return ActionRow(self._page, action_id)


class ActionRow(Leading):
    """An action in a list: number, title, due; a click opens it."""

    def __init__(self, page: Page, id_: Id) -> None:
        super().__init__(lambda: page.desk.selection.select(id_), page)
        self._page, self._action = page, id_
        self.refresh()

    def refresh(self) -> None:
        """Shows the action as it is now."""
        action = self._page.desk.document.get(Action, self._action)
        if action is not None:
            due = reading.show_day(action.due).rsplit(" ", 1)[0] if action.due else ""
            self.show_row(f"A{action.number}", action.title or _("No title yet"), due)


class AnswerField(QWidget):
    """Answers a pain with one of the actions, or with a new one."""

    def __init__(self, page: Page, pain_id: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent or page)
        self._page, self._pain = page, pain_id
        row = line(self)
        self.field = ChoiceField(_("Answer with an action"), self, creates=True, prompt=_("Answer with an action …"))
        self.field.chosen.connect(lambda action: self._answer(str(action)))
        self.field.named.connect(self._new)
        self.setEnabled(not page.desk.open_map.session.read_only)
        row.addWidget(self.field)
        self.refresh()

    def refresh(self) -> None:
        """Offers the actions that do not answer it yet."""
        document = self._page.desk.document
        taken = set(actions_of(document, self._pain))
        free = [one for one in document.all(Action) if one.id not in taken]
        self.field.show_options([(one.id, f"A{one.number} {one.title}") for one in free], None)

    def _answer(self, action_id: Id) -> None:
        self._page.say(self._page.desk.do(lambda document: commands.answer(document, self._pain, action_id)))
        self.refresh()

    def _new(self, title: str) -> None:
        def make(document: Document) -> Change:
            return commands.add_action(document, title, pains=[self._pain])

        self._page.say(self._page.desk.do(make))
        self.refresh()
