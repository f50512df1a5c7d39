"""The printed map: head, personas, the map itself, legend and foot, on one page or folded into rows."""

from __future__ import annotations

from datetime import datetime

from journeymap.formats import compose
from journeymap.formats.compose import Composed
from journeymap.formats.ink import Page
from journeymap.formats.papers import MM, Paper, larger
from journeymap.formats.sheet import facts, fitting, folding
from journeymap.formats.sheet.head import SIDE, head, running_head
from journeymap.formats.sheet.legend import height as legend_height
from journeymap.formats.sheet.legend import legend
from journeymap.i18n import _
from journeymap.model import wording
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.lens import as_seen
from journeymap.model.records import Phase, Touchpoint, View

LEGIBLE = 7.0
"""The least type in the hand, points."""
POSTER = 14.0
"""The least body type on A0, points."""
LARGER = 1.8
"""How much larger than the page's usual type a view of a few touchpoints may be set."""
_FOOT = 28.0


def sheet(
    document: Document, figures: Figures, paper: Paper, fit: str, *, made: datetime, view: View | None = None
) -> Composed:
    """The map on `paper`. fit: "page" scales everything onto one page, "rows" folds it and keeps the type legible.

    `made` is the printed day; `view` what is shown of the map (`model.lens`). Warnings say where type falls below what
    can be read, and what would help.
    """
    subject = folding.Subject(as_seen(document, view, figures), figures, view)
    composed = _rows(subject, paper, made) if fit == "rows" else _one(subject, paper, made)
    pages = [page.picture() for page in composed[0]]
    title = document.map.title or _("Untitled map")
    return Composed(pages, title, document.map.finding or document.map.scenario, composed[1])


def _blank(paper: Paper) -> Page:
    return Page(paper.width, paper.height, max(1.0, paper.factor))


def _one(subject: folding.Subject, paper: Paper, made: datetime) -> tuple[list[Page], tuple[str, ...]]:
    page, document = _blank(paper), subject.document
    layouts, y = _placed(page, subject, made)
    k = page.k
    for layout in layouts:
        _body(page, document, layout, y)
        y += layout.height + folding.STRIP_GAP * layout.metrics.k
    below = y / k - folding.STRIP_GAP * layouts[-1].metrics.k / k + 8
    foot = page.height / k - _FOOT - legend_height(page, subject, _width(page)) - 2
    legend(page, subject, SIDE, max(below, foot), _width(page))
    _foot([page], subject, made)
    return [page], _warnings(subject, paper, layouts[0], made)


def _placed(page: Page, subject: folding.Subject, made: datetime) -> tuple[list[Layout], float]:
    """Draws the head; the map that fits below it, and where it begins (points)."""
    k = page.k
    top = head(page, subject.around, subject.figures, made)
    room = page.height / k - top - _FOOT - legend_height(page, subject, _width(page)) - 7
    # What shows few columns need not stay as small as a whole map.
    most = k * (LARGER if subject.lens.touchpoints is not None else 1.0)
    return fitting.on_one_page(subject, _width(page) * k, max(40.0, room) * k, most), top * k


def _width(page: Page) -> float:
    return page.width / page.k - 2 * SIDE


def _rows(subject: folding.Subject, paper: Paper, made: datetime) -> tuple[list[Page], tuple[str, ...]]:
    page, document, figures = _blank(paper), subject.document, subject.figures
    k, across = page.k, _width(page)
    document = subject.around
    tops = (head(page, document, figures, made), running_head(_blank(paper), document, made))
    end = page.height / k - _FOOT - 6
    below = legend_height(page, subject, across) + 4
    for reserved in (0.0, below):  # the legend needs room on the last page only; where there is none, on all
        first, other = ((end - reserved - top) * k for top in tops)
        folded = folding.folded(subject, folding.Room(across * k, first, other), k)
        gap = folding.STRIP_GAP * folded.k
        used = sum(layout.height + gap for layout in folded.pages[-1]) - gap
        if used <= (first if len(folded.pages) == 1 else other) - (below - reserved) * k:
            break
    pages = [page]
    for number, layouts in enumerate(folded.pages):
        if number:
            pages.append(_blank(paper))
            running_head(pages[-1], document, made)
        y = tops[min(number, 1)] * k
        for layout in layouts:
            _body(pages[-1], document, layout, y)
            y += layout.height + gap
    last = pages[-1]
    legend(
        last,
        subject,
        SIDE,
        last.height / k - _FOOT - legend_height(last, subject, across) - 2,
        across,
    )
    _foot(pages, subject, made)
    return pages, () if folded.k >= 0.999 else (_too_small_folded(folded.k * LEGIBLE, paper),)


def _body(page: Page, document: Document, layout: Layout, y: float) -> None:
    """Places a layout at y (points) and its phases and touchpoints in the outline."""
    x = SIDE * page.k
    page.paste(layout.picture(), x, y)
    seen = ""
    for column in layout.columns:
        phase, touchpoint = document.one(Phase, column.phase_id), document.one(Touchpoint, column.touchpoint_id)
        if column.phase_id != seen:
            seen = column.phase_id
            page.mark(phase.name or _("Phase"), (x + column.x) / page.k, y / page.k)
        page.mark(f"{column.number} {touchpoint.name}", (x + column.x) / page.k, y / page.k, 1)


def _foot(pages: list[Page], subject: folding.Subject, made: datetime) -> None:
    """Who made it at the left; what it is, from what data, which page, at the right."""
    document, view = subject.around, subject.view
    left = " · ".join(part for part in (compose.client(document), document.map.team) if part)
    parts = [document.map.title, view.name if view is not None else "", compose.edition(document, made)]
    source, period = facts.source(document), compose.data_period(document)
    parts += [", ".join(part for part in (source, period) if part)]
    for number, page in enumerate(pages, 1):
        ink, width = page.ink(), _width(page)
        used = ink.text(0, 0, left, 7, 600, "text2", room=width * 0.4) if left else 0.0
        where = _("page {page} of {pages}").format(page=number, pages=len(pages))
        line = " · ".join(part for part in (*parts, where) if part)
        ink.text(width, 0, line, 7, 400, "text3", anchor="end", room=width - used - 14)
        page.put(ink, "footer", SIDE, page.height / page.k - 20, width, 8)


# ---------------------------------------------------------------- can it be read


def _warnings(subject: folding.Subject, paper: Paper, layout: Layout, made: datetime) -> tuple[str, ...]:
    if _legible(layout, paper):
        return ()
    smallest = layout.metrics.s
    enough = []
    for other in larger(paper):
        page = _blank(other)
        if _legible(_placed(page, subject, made)[0][0], other):
            enough.append(other.name)
            break
    if smallest >= LEGIBLE - 0.05:
        body = wording.number(layout.metrics.m, 1)
        return (
            _(
                "The body text on this {paper} is {size} pt; a poster should have 14 pt. Fold the map into rows"
                " (--fit rows), or show fewer lanes."
            ).format(paper=paper.name, size=body),
        )
    return (_too_small(smallest, paper, enough),)


def _legible(layout: Layout, paper: Paper) -> bool:
    """Whether type is large enough for how the paper is read: in the hand, or from a step away."""
    poster = max(paper.width, paper.height) > 1100 * MM
    return layout.metrics.s >= LEGIBLE - 0.05 and (not poster or layout.metrics.m >= POSTER - 0.05)


def _too_small(size: float, paper: Paper, enough: list[str]) -> str:
    said = _("The smallest text on this {paper} is {size} pt, below the 7 pt that can be read in the hand.").format(
        paper=paper.name, size=wording.number(size, 1)
    )
    if enough:
        return said + " " + _("{paper} would do, or fold the map into rows (--fit rows).").format(paper=enough[0])
    return said + " " + _("No larger paper would do; fold the map into rows (--fit rows), or show fewer lanes.")


def _too_small_folded(size: float, paper: Paper) -> str:
    return _(
        "The smallest text on this {paper} is {size} pt, below the 7 pt that can be read in the hand, because one lane"
        " is taller than a page; choose a larger paper, or shorten its longest texts."
    ).format(paper=paper.name, size=wording.number(size, 1))
