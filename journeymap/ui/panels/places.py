"""The inspector's pages of what a journey is laid out in: the map, phases, lanes, cards, links."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import commands, lanes, series, wording
from journeymap.model.document import Document
from journeymap.model.layout import charts
from journeymap.model.records import Card, DataSet, Lane, Link, Persona, Touchpoint
from journeymap.ui import lanemenu
from journeymap.ui.controls.bars import ShareBar
from journeymap.ui.controls.buttons import IconButton
from journeymap.ui.controls.heads import Words
from journeymap.ui.panels import reading
from journeymap.ui.panels.figures import FigureList
from journeymap.ui.panels.form import INDENT, Form, Several, column, line
from journeymap.ui.panels.page import Leading, Page, remove_button, touchpoint_title
from journeymap.ui.panels.tasks import touchpoints


class MapPage(Page):
    """The map as a whole: its title, its sentence, whose it is, its own figures, its data."""

    def build(self) -> None:
        """Adds the sections."""
        form = Form(self.desk, self.id, self)
        self.title = self.heading(form, name="title", prompt=_("Title"))
        self.scenario = form.prose("scenario", _("Scenario"), prompt=_("Who does what, when and why"))
        form.prose("finding", _("Finding"), prompt=_("The one sentence that the map says"))
        form.text("client", _("Client"), prompt=_("For whom"))
        form.text("team", _("Team"), prompt=_("By whom"))
        form.text("owner", _("Owner"), prompt=_("Who keeps it up to date"))
        form.text("currency", _("Currency"), prompt="EUR")
        privacy = form.text(
            "privacy_limit", _("Privacy"), prompt="5", read=lambda text: reading.whole(5, 10_000)(text or "5")
        )
        privacy.setToolTip(_("Figures of fewer customers are not shown. The limit can only be raised."))
        year = form.text(
            "year_start", _("Year begins"), prompt=reading.months()[0], read=reading.month, write=reading.show_month
        )
        year.setToolTip(_("The month in which the fiscal year begins."))
        form.switch("example", _("Example"))
        self.part(form)
        figures = FigureList(self)
        self.section(_("Figures of the whole journey"), add=_("Type a figure in"), act=figures.begin)
        self.part(figures)
        self.section(_("Data"))
        self.data = Several(
            lambda: [one.id for one in self.desk.document.all(DataSet)], lambda id_: DataRow(self, id_), self
        )
        self.part(self.data)
        if not self.desk.document.all(DataSet):
            none = Words(_("No data yet. Import a survey with Ctrl+I."), self, tint="text3", wrap=True)
            none.setContentsMargins(INDENT, 0, 0, 0)
            self.part(none)


class DataRow(QWidget):
    """A data set: name, what became of its rows, and a way to take it off the map."""

    def __init__(self, page: Page, id_: str) -> None:
        super().__init__(page)
        self._page, self._id = page, id_
        rows = column(self)
        top = line(spacing=4)
        self._name = Form(page.desk, id_, self)
        self._name.text("name", "", prompt=_("Name"))
        top.addWidget(self._name, 1)
        self.refresher = IconButton("refresh", _("Refresh these data with the next file"), self)
        self.refresher.clicked.connect(self._ask_file)
        self.refresher.setEnabled(not page.desk.open_map.session.read_only)
        top.addWidget(self.refresher)
        self.again = IconButton("pencil", _("Import again with changes"), self)
        self.again.clicked.connect(self._import_again)
        self.again.setEnabled(not page.desk.open_map.session.read_only)
        top.addWidget(self.again)
        button = remove_button(page, id_, _("Take these data off the map"), self)
        button.clicked.disconnect()
        button.clicked.connect(lambda: page.say(page.desk.do(lambda document: commands.detach(document, id_))))
        top.addWidget(button)
        self._bar = ShareBar(self)
        self._account = Words("", self, size=11, tint="text3", wrap=True)
        rows.addLayout(top)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, INDENT, 0)  # in line with the name's text
        below.addWidget(self._bar)
        below.addSpacing(4)
        below.addWidget(self._account)
        rows.addLayout(below)
        rows.addSpacing(8)
        self.refresh()

    def _ask_file(self) -> None:
        from journeymap.ui import finding
        from journeymap.ui.window import Window

        window = self.window()
        if isinstance(window, Window):
            finding.ask_refresh(window, self._id)

    def _import_again(self) -> None:
        from journeymap.ui import finding
        from journeymap.ui.window import Window

        window = self.window()
        if isinstance(window, Window):
            finding.import_again(window, self._id)

    def refresh(self) -> None:
        """Shows the data set as it is now."""
        data = self._page.desk.document.get(DataSet, self._id)
        if data is None:
            return
        self._name.refresh()
        account = _account(data)
        used, dropped = int(account.get("rows_used", 0)), dict(account.get("rows_dropped", {}))
        lost = sum(int(count) for count in dropped.values())
        self._bar.show_parts([(used, "brand"), (lost, "control")])
        parts = [data.source, ngettext("{n} row used", "{n} rows used", used).format(n=wording.count(used))]
        parts += [f"{wording.count(int(count))} {reason}" for reason, count in dropped.items() if count]
        document = self._page.desk.document
        rest = series.members(document, series.series_of(data))
        if len(rest) > 1:
            newest = rest[-1].id == data.id
            first = rest[0].name if newest else rest[-1].name
            parts.append((_("continues “{name}”") if newest else _("continued by “{name}”")).format(name=first))
        if data.first_day:
            parts.append(f"{reading.show_day(data.first_day)} – {reading.show_day(data.last_day)}")
        self._account.setText(" · ".join(part for part in parts if part))
        self._bar.setAccessibleName(self._account.text())


def _account(data: DataSet) -> dict[str, Any]:
    try:
        found = json.loads(data.account or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class PhasePage(Page):
    """A phase: name, the customer's goal, how long it takes, its figures, its touchpoints."""

    def build(self) -> None:
        """Adds the sections."""
        form = Form(self.desk, self.id, self)
        self.name = self.heading(form, prompt=_("What is this part of the journey?"))
        self.goal = form.prose("goal", _("Goal"), prompt=_("What the customer wants here"))
        form.text("duration", _("Takes"), prompt=_("58 min, two weeks …"))
        self.part(form)
        figures = FigureList(self, phase_id=self.id)
        self.section(_("Figures of the phase"), add=_("Type a figure in"), act=figures.begin)
        self.part(figures)
        self.section(_("Touchpoints"), add=_("Add a touchpoint"), act=self._add)
        self.part(Several(self._touchpoints, lambda id_: TouchpointRow(self, id_), self))
        self.remover(_("Delete phase with its touchpoints"))

    def _touchpoints(self) -> list[str]:
        return [one.id for one in self.desk.document.referring(Touchpoint, "phase_id", self.id)]

    def _add(self) -> None:
        self.say(self.desk.do(lambda document: commands.add_touchpoint(document, self.id, "")))


class TouchpointRow(Leading):
    """A touchpoint in a list; a click opens it."""

    def __init__(self, page: Page, id_: str) -> None:
        super().__init__(lambda: page.desk.selection.select(id_), page)
        self._page, self._touchpoint = page, id_
        self.refresh()

    def refresh(self) -> None:
        """Shows the touchpoint as it is now."""
        record = self._page.desk.document.get(Touchpoint, self._touchpoint)
        if record is not None:
            self.show_row("", record.name or _("No name"))


class LanePage(Page):
    """A lane: its name, its hint, whether it is shown."""

    def build(self) -> None:
        """Adds the sections."""
        lane = self.desk.document.one(Lane, self.id)
        form = Form(self.desk, self.id, self)
        self.name = self.heading(form, prompt=lanes.name(lane.kind))
        form.prose("hint", _("Hint"), prompt=lanes.hint(lane.kind) or _("A few words under the name"))
        if lane.kind not in lanes.LINES:
            form.choice("colour", _("Colour"), lambda _document: [("", _("None")), *lanemenu.colours()])
        if lane.kind == lanes.CHART:
            form.choice("kpi", _("Shows"), lambda _document: self._subjects(), empty=_("What most have"))
            form.segmented("chart", _("As"), [("", _("Bars")), ("trend", _("Lines"))])
        form.switch("hidden", _("Hidden"))
        form.switch("folded", _("Folded"))
        self.part(form)
        self.remover(_("Delete lane"))

    def _subjects(self) -> list[tuple[str | None, str]]:
        """The figures that touchpoints have, the most frequent first."""
        every = self.desk.open_map.figures.touchpoint.values()
        return [(name, charts.label(name)) for name in charts.subjects(one for several in every for one in several)]


class CardPage(Page):
    """A card: its text, whose it is, how many columns it covers."""

    def build(self) -> None:
        """Adds the sections."""
        card = self.desk.document.one(Card, self.id)
        self.back(card.touchpoint_id, touchpoint_title(self, card.touchpoint_id))
        form = Form(self.desk, self.id, self)
        self.text = form.prose("text", "", prompt=_("Text"))
        form.choice("persona_id", _("Persona"), _personas, empty=_("nobody in particular"))
        form.text("span", _("Columns"), prompt="1", read=lambda text: reading.whole(1, 1000)(text or "1"))
        self.part(form)
        self.remover(_("Delete card"))


class LinkPage(Page):
    """A link: from where, to where, why, how many."""

    def build(self) -> None:
        """Adds the sections."""
        link = self.desk.document.one(Link, self.id)
        self.back(link.source_id, touchpoint_title(self, link.source_id))
        form = Form(self.desk, self.id, self)
        self.heading(form, name="label", prompt=_("What is this way called?"))
        form.choice("source_id", _("From"), touchpoints)
        form.choice("target_id", _("To"), touchpoints)
        self.kind = form.choice("kind", _("Kind"), lambda _document: link_kinds())
        self.share = form.text(
            "share", _("Share"), prompt=_("% of those who are there"), read=reading.percent, write=reading.show_percent
        )
        form.choice("persona_id", _("Only"), _personas, empty=_("everybody"))
        self.part(form)
        self.remover(_("Delete link"))


def link_kinds() -> list[tuple[str | None, str]]:
    """Kinds of link."""
    return [
        ("next", _("Next step")),
        ("branch", _("Branch")),
        ("loop", _("Back again")),
        ("switch", _("Change of channel")),
    ]


def _personas(document: Document) -> list[tuple[str | None, str]]:
    return [(one.id, one.name or _("No name")) for one in document.all(Persona)]
