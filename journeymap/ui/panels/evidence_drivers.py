"""Key drivers: which touchpoint moves the overall judgement most, as a sentence, a picture and a table."""

from __future__ import annotations

from journeymap.i18n import _, ngettext
from journeymap.model import drivers, wording
from journeymap.model.drivers import Driver, Drivers
from journeymap.model.records import Id, Touchpoint
from journeymap.ui.panels.evidence_part import Part
from journeymap.ui.panels.flat import Column, FlatTable, Row
from journeymap.ui.panels.quadrant_view import QuadrantView


class DriversPart(Part):
    """One section for each data set that asked for an overall judgement."""

    def build(self) -> None:
        """Fills the column."""
        self.views: list[QuadrantView] = []
        self.tables: list[FlatTable] = []
        found = self.open_map.drivers
        if not found:
            self.words(
                _(
                    "No key drivers yet. They need a survey that asks the same people for an overall judgement (on the journey) and for at least two touchpoints, 30 people or more each."
                ),
                tint="text3",
            )
        for place, one in enumerate(found):
            if place:
                self.column.addSpacing(32)
            self._section(one)

    def _section(self, found: Drivers) -> None:
        document = self.open_map.document
        self.words(drivers.finding(document, found), size=16, weight=600, tint="text")
        self.words(_about(found))
        self.column.addSpacing(12)
        view = QuadrantView(document, found, self)
        view.chosen.connect(self.chosen)
        self.views.append(view)
        self.column.addWidget(view)
        self.column.addSpacing(16)
        table = FlatTable(_("Key drivers of {name}").format(name=found.name), _columns(found), self)
        table.show_rows([self._row(driver, found) for driver in found.drivers])
        table.chosen.connect(self.chosen)
        self.tables.append(table)
        self.column.addWidget(table)
        if found.left_out:
            names = ", ".join(
                _("{name} (n {n})").format(name=document.one(Touchpoint, id_).name, n=n) for id_, n in found.left_out
            )
            self.column.addSpacing(8)
            self.words(_("Left out, fewer than 30 answered both: {names}.").format(names=names), tint="text3")

    def _row(self, driver: Driver, found: Drivers) -> Row:
        low, high = driver.importance_ends
        name = self.open_map.document.one(Touchpoint, driver.touchpoint_id).name
        cells = (
            name, _shown(driver.importance, found), _span(low, high, found.weighed),
            wording.share(driver.performance), _ends(driver), wording.count(driver.n), drivers.verdict(driver),
        )  # fmt: skip
        return Row(driver.touchpoint_id, cells)

    def select(self, touchpoint: Id | None) -> None:
        """Shows a touchpoint as selected."""
        for view in self.views:
            view.select(touchpoint)
        for table in self.tables:
            table.go(touchpoint)


def _columns(found: Drivers) -> tuple[Column, ...]:
    importance = _("Importance") if found.weighed else _("Correlation")
    return (
        Column(_("Touchpoint"), 24), Column(importance, 14, right=True), Column(_("95 % interval"), 15, right=True, least=640),
        Column(_("Performance"), 14, right=True), Column(_("95 % interval"), 15, right=True, least=640),
        Column("n", 9, right=True, least=480), Column(_("What it means"), 22, least=400),
    )  # fmt: skip


def _shown(value: float, found: Drivers) -> str:
    return wording.share(value) if found.weighed else wording.number(value, 2)


def _span(low: float, high: float, percent: bool) -> str:
    """An interval: "12 … 22 %"."""
    if percent:
        return f"{wording.number(100 * low)} … {wording.share(high)}"
    return f"{wording.number(low, 2)} … {wording.number(high, 2)}"


def _ends(driver: Driver) -> str:
    if driver.performance_low is None or driver.performance_high is None:
        return "–"
    return _span(driver.performance_low, driver.performance_high, True)


def _about(found: Drivers) -> str:
    """What the figures mean, and what they do not."""
    parts = []
    if found.explained is not None:
        parts.append(
            ngettext(
                "{n} touchpoint explains {share} of {name}.", "{n} touchpoints together explain {share} of {name}.",
                len(found.drivers),
            ).format(n=len(found.drivers), share=wording.share(found.explained), name=found.name)
        )  # fmt: skip
    else:
        parts.append(_("Not all questions were put to the same people, so importance is each one’s own correlation."))
    parts.append(
        _("What goes together is no proof of cause. Bars are 95 % intervals; hollow marks have fewer than 30 answers.")
    )
    if found.scales > 1:
        parts.append(_("The questions have different scales; performance is the mean as part of each one’s scale."))
    return " ".join(parts)
