"""The inspector's page of a touchpoint: what it is, what is expected, felt, measured, hurting, and what was said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model import commands, journey
from journeymap.model.change import Change, adding
from journeymap.model.document import Document
from journeymap.model.records import (
    Channel,
    Department,
    Id,
    Link,
    Opportunity,
    PainPoint,
    Persona,
    Quote,
    Record,
    Touchpoint,
    UserStory,
    new_id,
)
from journeymap.model.wording import share
from journeymap.ui.panels import reading
from journeymap.ui.panels.emotions import EmotionRows
from journeymap.ui.panels.entries import Entries
from journeymap.ui.panels.figures import FigureList
from journeymap.ui.panels.form import Form, Several, column, line
from journeymap.ui.panels.page import Leading, Page, remove_button
from journeymap.ui.panels.pains import PainRow
from journeymap.ui.panels.quotes import quotes


def influences() -> list[tuple[str, str]]:
    """How far the organisation can shape a touchpoint."""
    return [("owned", _("Owned")), ("shared", _("Shared")), ("earned", _("Earned"))]


def initiators() -> list[tuple[str | None, str]]:
    """Who begins the contact."""
    return [("customer", _("Customer")), ("organisation", _("Organisation")), ("other", _("Someone else"))]


def outcomes() -> list[tuple[str | None, str]]:
    """How a touchpoint usually ends."""
    return [("", _("Not said")), ("positive", _("Positive")), ("neutral", _("Neutral")), ("negative", _("Negative"))]


class TouchpointPage(Page):
    """Everything about one touchpoint."""

    def build(self) -> None:
        """Adds the sections."""
        form = Form(self.desk, self.id, self)
        self.name = self.heading(form, str(self._number() or ""), prompt=_("What does the customer do?"))
        self.channel = form.named("channel_id", _("Channel"), _channels, commands.set_channel, prompt=_("none yet"))
        self.department = form.named(
            "department_id", _("Department"), _departments, commands.set_department, prompt=_("none yet")
        )
        self.owner = form.text("owner", _("Owner"), prompt=_("Who answers for it"))
        self.influence = form.segmented("influence", _("Influence"), influences())
        form.choice("initiator", _("Begun by"), lambda _document: initiators())
        form.choice("outcome", _("Outcome"), lambda _document: outcomes())
        self.truth = form.switch("moment_of_truth", _("Key moment"))
        self.truth.setToolTip(_("Moment of truth: here it is decided how the whole journey is remembered."))
        form.text("reach", _("Reach"), prompt=_("% who pass here"), read=reading.percent, write=reading.show_percent)
        self.tension = form.text("tension", _("At stake"), prompt=_("1 calm … 5 gripping"), read=reading.between(1, 5))
        self.description = form.prose("description", _("About"), prompt=_("What happens here"))
        form.prose("message", _("Message"), prompt=_("What it should tell whom"))
        self.part(form)
        self._expectations()
        self._measured()
        self._hurting()
        self._processed()
        self._said()

    def _number(self) -> int:
        document = self.desk.document
        state = journey.state_of(document, self.id)
        return next((n for n, one in enumerate(journey.touchpoints(document, state), 1) if one.id == self.id), 0)

    def _ids(self, kind: type[Record], field: str = "touchpoint_id") -> list[Id]:
        return [record.id for record in self.desk.document.referring(kind, field, self.id)]

    def _expectations(self) -> None:
        self.section(_("Expects"), add=_("Add a user story"), act=self._add_story)
        self.stories = Several(lambda: self._ids(UserStory), lambda id_: StoryRow(self, id_), self)
        self.part(self.stories)

    def _add_story(self) -> None:
        def make(document: Document) -> Change:
            from journeymap.model.order import at_end

            row = document.referring(UserStory, "touchpoint_id", self.id)
            people = document.all(Persona)
            first = people[0].id if people else None
            return adding(_("Add a user story"), UserStory(new_id(), self.id, first, at_end(row, 1)[0]))

        self.say(self.desk.do(make))

    def _measured(self) -> None:
        self.section(_("Emotion"), end="−2 … +2")
        self.emotions = EmotionRows(self, self.id)
        self.part(self.emotions)
        self.figures = FigureList(self, touchpoint_id=self.id)
        self.section(_("Figures"), add=_("Type a figure in"), act=self.figures.begin)
        self.part(self.figures)

    def _hurting(self) -> None:
        self.section(_("Pains and actions"), add=_("Add a pain"), act=self._add_pain)
        self.pains = Several(lambda: self._ids(PainPoint), lambda id_: PainRow(self, id_), self)
        self.part(self.pains)
        self.section(_("Opportunities"), add=_("Add an opportunity"), act=self._add_opportunity)
        self.part(
            Several(lambda: self._ids(Opportunity), lambda id_: TextRow(self, id_, _("What could be better?")), self)
        )

    def _add_pain(self) -> None:
        self.say(self.desk.do(lambda document: commands.add_pain(document, self.id, _("What hurts here?"))))
        self._name_last(PainPoint, self.pains)

    def _add_opportunity(self) -> None:
        self.say(self.desk.do(lambda document: commands.add_opportunity(document, self.id, _("What could be better?"))))

    def _name_last(self, kind: type[Record], rows: Several) -> None:
        """Puts the cursor into what was just added, its placeholder text selected."""
        ids = self._ids(kind)
        rows.refresh()
        field = getattr(rows.row(ids[-1]), "text", None) if ids else None
        if field is not None:
            field.setFocus()
            field.selectAll()

    def _processed(self) -> None:
        self.entries = Entries(self, self.id)
        self.entries.head = self.section(
            _("Personal data"), add=_("Add an entry to the register"), act=self.entries.add
        )
        self.part(self.entries)
        self.entries.refresh()

    def _said(self) -> None:
        self.section(_("Evidence"), add=_("Add a quote"), act=self._add_quote)
        self.quotes = quotes(self, lambda: self._ids(Quote))
        self.part(self.quotes)
        if self._ids(Link, "source_id"):
            self.section(_("Ways from here"))
        self.part(Several(lambda: self._ids(Link, "source_id"), lambda id_: LinkRow(self, id_), self))
        self.remover(_("Delete touchpoint"))

    def _add_quote(self) -> None:
        self.say(
            self.desk.do(lambda document: commands.add_quote(document, _("In their own words"), touchpoint_id=self.id))
        )
        self._name_last(Quote, self.quotes)


class StoryRow(QWidget):
    """As … I want … so that …, and the expectation."""

    def __init__(self, page: Page, id_: Id) -> None:
        super().__init__(page)
        rows = column(self)
        self._form = Form(page.desk, id_, self)
        self._form.choice("persona_id", _("As"), _personas, empty=_("a customer"))
        self.want = self._form.prose("want", _("I want to"), prompt=_("know, do, have …"))
        self._form.prose("benefit", _("so that"), prompt=_("what it is good for"))
        self._form.prose("expectation", _("Expects"), prompt=_("what must hold here"))
        foot = line()
        foot.addStretch(1)
        foot.addWidget(remove_button(page, id_, _("Delete this user story"), self))
        rows.addWidget(self._form)
        rows.addLayout(foot)

    def refresh(self) -> None:
        """Shows the story as it is now."""
        self._form.refresh()


class TextRow(QWidget):
    """One text with a cross."""

    def __init__(self, page: Page, id_: Id, prompt: str) -> None:
        super().__init__(page)
        row = line(self, spacing=2)
        self._form = Form(page.desk, id_, self)
        self.text = self._form.prose("text", "", prompt=prompt)
        row.addWidget(self._form, 1)
        row.addWidget(remove_button(page, id_, _("Delete this"), self))

    def refresh(self) -> None:
        """Shows the text as it is now."""
        self._form.refresh()


class LinkRow(Leading):
    """A way to another touchpoint; a click opens the link."""

    def __init__(self, page: Page, id_: Id) -> None:
        super().__init__(lambda: page.desk.selection.select(id_), page)
        self._page, self._link = page, id_
        self.refresh()

    def refresh(self) -> None:
        """Shows the link as it is now."""
        link = self._page.desk.document.get(Link, self._link)
        target = self._page.desk.document.get(Touchpoint, link.target_id) if link is not None else None
        if link is not None and target is not None:
            text = f"{link.label}: {target.name}" if link.label else target.name
            self.show_row("", text, share(link.share) if link.share is not None else "")


def _channels(document: Document) -> list[tuple[str | None, str]]:
    return [(one.id, one.name) for one in document.all(Channel)]


def _departments(document: Document) -> list[tuple[str | None, str]]:
    return [(one.id, one.name) for one in document.all(Department)]


def _personas(document: Document) -> list[tuple[str | None, str]]:
    return [(one.id, one.name or _("No name")) for one in document.all(Persona)]
