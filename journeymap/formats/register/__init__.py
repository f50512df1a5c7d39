"""The register of personal data as pages: what is missing, every touchpoint phase by phase, what the terms mean."""

from __future__ import annotations

from datetime import datetime

from journeymap.formats import stamps
from journeymap.formats.compose import Composed
from journeymap.formats.papers import Paper
from journeymap.formats.plan.flow import Flow
from journeymap.formats.plan.rows import Sum
from journeymap.formats.plan.title import title
from journeymap.formats.register.notes import how_to_begin, notes
from journeymap.formats.register.rows import register_csv, register_json
from journeymap.formats.register.table import table
from journeymap.i18n import _, ngettext
from journeymap.model.document import Document
from journeymap.model.register import Gaps, gaps, places, told

__all__ = ["register", "register_csv", "register_json"]


def register(document: Document, paper: Paper, *, made: datetime) -> Composed:
    """The register on as many pages as it takes; made for A4, and larger on larger paper. `made`: the printed day."""
    flow = Flow(document, paper, _("Personal data"), made)
    flow.turn()
    found = places(document)
    gap = gaps(found)
    finding = finding_of(gap)
    title(flow, finding, sums(gap))
    if gap.entries or gap.none:
        table(flow, found)
    else:
        how_to_begin(flow)
    notes(flow, found)
    flow.close()
    name = _("Register of personal data: {map}").format(map=document.map.title)
    return Composed([page.picture() for page in flow.pages], name, finding)


def finding_of(gap: Gaps) -> str:
    """The headline: what is missing first, a sentence that the table bears out."""
    if not gap.touchpoints:
        return _("The map has no touchpoints yet.")
    if not gap.entries and not gap.none:
        return _("Nothing has been entered yet.")
    if gap.open:
        n = len(gap.open)
        return ngettext(
            "{open} of {n} touchpoints has no entry yet.", "{open} of {n} touchpoints have no entry yet.", n
        ).format(open=stamps.few(n), n=gap.touchpoints)
    if gap.lacking:
        first = told(gap)[0]
        return _("Every touchpoint is accounted for; {lack}.").format(lack=first)
    return _("Every touchpoint is accounted for, and no entry lacks anything.")


def sums(gap: Gaps) -> list[Sum]:
    """Three figures beside the headline."""
    said = gap.touchpoints - len(gap.open)
    blank = sum(gap.lacking.values())
    return [
        Sum(str(gap.entries), ngettext("entry in the register", "entries in the register", gap.entries)),
        Sum(_("{part} of {whole}").format(part=said, whole=gap.touchpoints), _("touchpoints accounted for")),
        Sum(str(blank), ngettext("field still blank", "fields still blank", blank)),
    ]
