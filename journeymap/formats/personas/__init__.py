"""Personas as pages: one for each who is shown on the map; what does not fit goes on over the next page."""

from __future__ import annotations

from datetime import datetime

from journeymap.failure import Failure
from journeymap.formats.compose import Composed
from journeymap.formats.papers import Paper
from journeymap.formats.personas.curve import curve
from journeymap.formats.personas.parts import Sheet, lines_of_quotes, lists, scales, side_by_side
from journeymap.formats.personas.placing import Section, place, stacked
from journeymap.formats.personas.top import AIRS, Pages
from journeymap.i18n import _
from journeymap.model.behind import Behind
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.records import Persona


def personas(
    document: Document, figures: Figures, paper: Paper, *, made: datetime, behind: Behind | None = None
) -> Composed:
    """A page for every persona who is not hidden, in their order; made for A4, and larger on larger paper.

    `behind`: what the data say of those who are like them. Raises Failure where nobody is shown.
    """
    people = [one for one in document.all(Persona) if not one.hidden]
    if not people:
        raise Failure(_("This map shows no persona; add one, or show one that is hidden, then export again."))
    pages = Pages(document, paper, _("Personas"), made)
    for number, persona in enumerate(people, 1):
        known = Sheet(document, figures, persona, behind or Behind())
        _put(pages, known, number, len(people))
    pages.close()
    names = ", ".join(one.name or _("No name") for one in people)
    return Composed(
        [page.picture() for page in pages.pages], _("Personas: {map}").format(map=document.map.title), names
    )


def _put(pages: Pages, known: Sheet, number: int, count: int) -> None:
    """One persona: on one page where that can be, if need be set closer; else on several, generously."""
    before = len(pages.pages)
    for air in (*AIRS, AIRS[0]):
        del pages.pages[before:]
        pages.air = air
        pages.begin(known, number, count)
        place(pages, _sections(pages, known))
        if len(pages.pages) == before + 1:
            return


def _sections(pages: Pages, known: Sheet) -> list[Section]:
    """What there is to say of her, in the order of the page."""
    goals, needs, frustrations, channels, aids = lists(pages, known)
    skills, said = scales(pages, known), lines_of_quotes(pages, known)
    if pages.columns > 3:
        beside = side_by_side(pages, known, 1)
        first = [goals, needs, frustrations, aids, stacked(skills, channels, pages.column)]
        in_row = sum(one is not None for one in first) == 5  # the last of them stands beside the curve
        found = [*first, curve(pages, known, 4 - in_row - (beside is not None)), beside, said]
    else:
        beside = side_by_side(pages, known, 1 if said is not None else 2)
        found = [goals, needs, frustrations, skills, channels, aids, curve(pages, known, 3), said, beside]
    return [*pages.over, *(one for one in found if one is not None)]
