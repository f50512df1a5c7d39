"""Pages one after another: head and foot on each, and how much room is left on the last."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct, field

from journeymap.formats import compose
from journeymap.formats.ink import Page
from journeymap.formats.papers import Paper
from journeymap.i18n import _
from journeymap.model.document import Document

MARGIN: Final = 40.0
TOP: Final = 52.0
"""Where content begins on every page, under the running head."""
FOOT: Final = 44.0
"""What the foot takes from the page's height."""
WIDE: Final = 640.0
"""From this width on, two things stand side by side."""


class Flow(Struct):
    """The pages of a report; lengths are points of A4, enlarged by `k` on larger paper."""

    document: Document
    paper: Paper
    kind: str
    made: datetime
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0

    @property
    def k(self) -> float:
        """Points in a unit: 1 on A4 and Letter, larger on larger paper."""
        long, short = max(self.paper.width, self.paper.height), min(self.paper.width, self.paper.height)
        return max(1.0, min(long / 841.89, short / 595.28))

    @property
    def left(self) -> float:
        """Where text begins."""
        return MARGIN

    @property
    def right(self) -> float:
        """Where text ends."""
        return self.paper.width / self.k - MARGIN

    @property
    def bottom(self) -> float:
        """Where content must end."""
        return self.paper.height / self.k - FOOT

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.bottom - self.y

    def turn(self) -> None:
        """Begins a page, with its running head."""
        self.pages.append(Page(self.paper.width, self.paper.height, self.k))
        ink = self.page.ink()
        compose.mark(ink, 0, 0, 13)
        client = compose.client(self.document)
        across = self.right - self.left
        width = 19 + (ink.text(19, 10, client, 8.4, 600, room=across / 3) + 6 if client else 0)
        end = across - ink.text(across, 10, self.kind, 8.4, 400, "text3", anchor="end")
        if compose.example(self.document):
            end -= 12 + ink.text(end - 12, 10, compose.example(self.document), 8.4, 500, "pain", anchor="end")
        ink.text(width, 10, self.document.map.title, 8.4, 400, "text3", room=end - width - 16)
        self.page.put(ink, "title", self.left, 26, across, 14, record=self.document.map.id)
        self.y = TOP

    def close(self) -> None:
        """Writes the foot of every page, now that their number is known."""
        parts = [compose.edition(self.document, self.made)]
        period = compose.data_period(self.document)
        if period:
            parts.append(_("data {period}").format(period=period))
        across = self.right - self.left
        for number, page in enumerate(self.pages, 1):
            ink = page.ink()
            ink.line(0, 0, across, 0, "border", 0.5)
            where = _("page {page} of {pages}").format(page=number, pages=len(self.pages))
            ink.text(across, 12, where, 7, 400, "text3", anchor="end")
            ink.text(0, 12, " · ".join(parts), 7, 400, "text3", room=across - 80)
            page.put(ink, "footer", self.left, self.paper.height / self.k - 35, across, 14)
