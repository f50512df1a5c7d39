"""Pictures as a PDF file: vector, text that can be selected, subset fonts, bookmarks, links, metadata.

The same pages and the same date give the same bytes. Structure by ISO 32000-1; ReportLab writes the file, `painter`
the pages. Not a tagged PDF: reading order is the order of the page's operators.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from journeymap.formats import faces
from journeymap.formats.painter import Painter, Pictures
from journeymap.model.picture import Group, Picture
from journeymap.model.records import Id

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


_ONE: Final = threading.Lock()
"""ReportLab keeps the state of fonts for the whole process; a preview and an export, each in its thread, take turns."""


class About(Struct, frozen=True):
    """What the file says of itself; `made` is the date it carries."""

    title: str
    author: str = ""
    subject: str = ""
    language: str = "en"
    made: datetime | None = None


class Pdf(Struct, frozen=True):
    """A PDF file's bytes, and the characters that no font has (drawn as boxes)."""

    data: bytes
    missing: tuple[str, ...]


def pdf(pages: Sequence[Picture], about: About, colours: Mapping[str, str], pictures: Pictures = lambda _: None) -> Pdf:
    """`pages` as one PDF file, one page a picture, in points; `colours` are the theme's by token name."""
    with _ONE:
        return _printed(pages, about, colours, pictures)


def _printed(pages: Sequence[Picture], about: About, colours: Mapping[str, str], pictures: Pictures) -> Pdf:
    canvas, target = _canvas(about)
    painter = Painter(canvas, colours, pictures)
    places = _places(pages)
    level = -1
    for number, page in enumerate(pages):
        canvas.setPageSize((page.width, page.height))
        painter.turn_page(page.height)
        painter.paint(page.painted())
        _links(canvas, page, places)
        for record, (at, group) in places.items():
            if at == number:
                canvas.bookmarkPage(record, fit="XYZ", left=group.x, top=page.height - group.y, zoom=0)
        level = _outline(canvas, page, number, level)
        canvas.showPage()
    if level >= 0:
        canvas.showOutline()
    canvas.save()
    missing = dict.fromkeys((*(letter for page in pages for letter in page.missing), *painter.missing))
    return Pdf(target.getvalue(), tuple(missing))


def _canvas(about: About) -> tuple[Canvas, BytesIO]:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # plain binary streams: a quarter smaller
    first = faces.face("Text", 400)
    pdfmetrics.registerFont(first)  # a canvas begins with a registered font; its own Helvetica would not be embedded
    target = BytesIO()
    canvas = Canvas(target, initialFontName=first.fontName, pageCompression=1, invariant=1, pdfVersion=(1, 7),
                    lang=about.language)  # fmt: skip
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator("Journeymap")
    canvas.setProducer("Journeymap, ReportLab")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if about.made is not None:
        stamp = about.made.strftime("D:%Y%m%d%H%M%S")
        canvas.setDateFormatter(lambda *_: stamp)
    return canvas, target


def _places(pages: Sequence[Picture]) -> dict[Id, tuple[int, Group]]:
    """Where links may lead: the first group that shows each linked record: {record: (page number, group)}."""
    wanted = {group.meaning.link for page in pages for group in page.groups if group.meaning.link}
    found: dict[Id, tuple[int, Group]] = {}
    for number, page in enumerate(pages):
        for group in page.groups:
            record = group.meaning.record
            if record in wanted and record not in found and group.meaning.role != "decoration":
                found[record] = (number, group)
    return found


def _links(canvas: Canvas, page: Picture, places: Mapping[Id, tuple[int, Group]]) -> None:
    for group in page.groups:
        if group.meaning.link in places:
            top = page.height - group.y
            area = (group.x, top - group.height, group.x + group.width, top)
            canvas.linkRect("", group.meaning.link, area, relative=0, Border="[0 0 0]")
        elif group.meaning.url:
            top = page.height - group.y
            canvas.linkURL(group.meaning.url, (group.x, top - group.height, group.x + group.width, top), relative=0)


def _outline(canvas: Canvas, page: Picture, number: int, level: int) -> int:
    """Adds the page's bookmarks; an entry is never more than one level below the one before. Returns the last level."""
    for i, mark in enumerate(page.bookmarks):
        level = min(mark.level, level + 1)
        key = f"mark-{number}-{i}"
        canvas.bookmarkPage(key, fit="XYZ", left=mark.x, top=page.height - mark.y, zoom=0)
        canvas.addOutlineEntry(mark.title, key, level, closed=level > 0)
    return level
