"""What is known: which of the six KPIs the map has, and at every touchpoint what happened, why, and what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import kpi, wording, xo
from journeymap.model.records import Id, Touchpoint
from journeymap.ui.controls import ink
from journeymap.ui.controls.heads import Words
from journeymap.ui.panels.evidence_part import Part
from journeymap.ui.panels.flat import Column, FlatTable, Row


class KnownPart(Part):
    """A line of the six, a sentence, and a table of touchpoints."""

    table: FlatTable | None = None

    def build(self) -> None:
        """Fills the column."""
        document, figures = self.open_map.document, self.open_map.figures
        found = xo.overview(document, figures)
        lacking = xo.lacking(figures)
        self.words(
            xo.lack(figures) or _("This map has all six: NPS, CSAT, CES, churn, retention, customer value."),
            size=16, weight=600, tint="text",
        )  # fmt: skip
        both = sum(one.what and one.why for one in found)
        silent = sum(not one.what and not one.why for one in found)
        told = ngettext(
            "{both} of {n} touchpoint has operational and experience data; at {silent} nothing is measured.",
            "{both} of {n} touchpoints have operational and experience data; at {silent} nothing is measured.",
            len(found),
        )
        self.words(told.format(both=both, n=len(found), silent=silent))
        self.column.addSpacing(12)
        self.column.addWidget(_Six(lacking, self))
        self.column.addSpacing(16)
        columns = (
            Column(_("Touchpoint"), 24), Column(_("What happened (O)"), 22), Column(_("Why (X)"), 20),
            Column(_("Quotes"), 11, right=True, least=520), Column(_("Not known"), 40, least=620),
        )  # fmt: skip
        self.table = FlatTable(_("What is known of every touchpoint"), columns, self)
        self.table.show_rows([self._row(one) for one in found])
        self.table.chosen.connect(self.chosen)
        self.column.addWidget(self.table)

    def _row(self, one: xo.Known) -> Row:
        figures = self.open_map.figures.at(one.touchpoint_id)
        named = {kind: dict.fromkeys(each.name for each in figures if each.kpi == kind) for kind in one.operation}
        what = [name for names in named.values() for name in names]
        why = [kpi.definition(name).label() for name in one.experience] + ([_("emotion")] if one.felt else [])
        cells = (
            self.open_map.document.one(Touchpoint, one.touchpoint_id).name,
            ", ".join(what) or "–",
            ", ".join(why) or "–",
            wording.count(one.quotes) if one.quotes else "–",
            _missing(one),
        )
        return Row(one.touchpoint_id, cells, one.missing)

    def select(self, touchpoint: Id | None) -> None:
        """Shows a touchpoint as selected."""
        if self.table is not None:
            self.table.go(touchpoint)


def _missing(one: xo.Known) -> str:
    """What is not known, in a few words; the tooltip has the sentence."""
    if one.what and one.why:
        return "–"
    if one.what:
        return _("why: ask the customers who pass")
    return _("what happens: times, visits, cases") if one.why else _("what happens, and how it feels")


class _Six(QWidget):
    """The six KPIs of a whole picture, each there or lacking; words, not colour alone."""

    def __init__(self, lacking: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for name in xo.SIX:
            gone = name in lacking
            label = kpi.definition(name).label()
            text = _("{name}: lacking").format(name=label) if gone else _("{name}: there").format(name=label)
            row.addWidget(Words(text, self, weight=400 if gone else 600, tint="text3" if gone else "text"))
        row.addStretch(1)
        self.setMinimumHeight(round(ink.BODY * 1.6))
