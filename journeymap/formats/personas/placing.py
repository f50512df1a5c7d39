"""Sections in columns: as many side by side as fit, parted at a line where a page ends, and named again on the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.formats.ink import Ink
from journeymap.i18n import _
from journeymap.model.records import Id

if TYPE_CHECKING:
    from journeymap.formats.personas.top import Pages

HEAD: Final = 24.0
"""A rule and a heading."""
BELOW: Final = 20.0
"""Between two sections of one column."""
GUTTER: Final = 24.0


class Piece(Struct, frozen=True):
    """Something that is never parted: a line, a scale, a curve. `draw(ink, y)` draws it from its upper edge."""

    height: float
    draw: Callable[[Ink, float], None]
    keep: bool = False  # stands with what follows on one page


class Section(Struct, frozen=True):
    """A heading and what stands below; `span`: over how many columns. `note` stands at the right of the heading."""

    title: str
    pieces: Sequence[Piece]
    span: int = 1
    note: str = ""
    record: Id | None = None
    said: str = ""  # for those who cannot see it
    after: list[Callable[[float, float], None]] = field(default_factory=list)  # where the first piece was put: (x, y)


def stacked(one: Section | None, other: Section | None, width: float) -> Section | None:
    """Two sections of one column, the other below."""
    if one is None or other is None:
        return one or other

    def head(ink: Ink, y: float) -> None:
        ink.line(0, y + BELOW, width, y + BELOW, "text", 1)
        ink.text(0, y + BELOW + 15.5, other.title, 10, 600)

    pieces = [*one.pieces, Piece(BELOW + HEAD, head, keep=True), *other.pieces]
    return replace(one, pieces=pieces, said=f"{one.said}. {other.said}")


def place(pages: Pages, sections: Sequence[Section]) -> None:
    """Puts all sections onto the page, and onto further ones."""
    row: list[Section] = []
    taken = 0
    for section in sections:
        span = min(section.span, pages.columns)
        if taken + span > pages.columns:
            _row(pages, row)
            row, taken = [], 0
        row.append(section)
        taken += span
    if row:
        _row(pages, row)


def _row(pages: Pages, row: Sequence[Section]) -> None:
    """One row of sections; it begins where a heading and two lines have room, and goes on until all is said."""
    tallest = max(HEAD + sum(piece.height for piece in one.pieces) for one in row)
    least = HEAD + max(sum(piece.height for piece in one.pieces[:2]) for one in row)
    whole = pages.bottom - pages.top_again
    if pages.room < least or (pages.room < tallest <= whole * 0.6):
        pages.turn_again()
    rest = [list(one.pieces) for one in row]
    again = False
    while True:
        foot, left = pages.y, 0
        for section, pieces in zip(row, rest, strict=True):
            if pieces or not again:
                foot = max(foot, _part(pages, section, pieces, left, again=again))
            left += min(section.span, pages.columns)
        if not any(rest):
            pages.y = foot + pages.air.below
            return
        pages.turn_again()
        again = True


def _part(pages: Pages, section: Section, pieces: list[Piece], column: int, *, again: bool) -> float:
    """As much of a section as has room, taken off `pieces`; its lower edge."""
    step = pages.column + GUTTER
    x, width = pages.left + column * step, min(section.span, pages.columns) * step - GUTTER
    ink = pages.page.ink()
    ink.line(0, 0, width, 0, "text", 1)
    title = _("{title}, continued").format(title=section.title) if again else section.title
    room = width - (ink.width(section.note, 7) + 12 if section.note else 0)
    ink.text(0, 15.5, title, 10, 600, room=room)
    ink.text(width, 15.5, section.note, 7, 400, "text3", anchor="end")
    y = HEAD
    here: list[Piece] = []
    while pieces:
        needed = pieces[0].height
        for before, behind in pairwise(pieces):
            if not before.keep:
                break
            needed += behind.height
        if here and pages.y + y + needed > pages.bottom:
            break
        if not here and pages.y + y + needed > pages.bottom and pages.y > pages.top_again + 1:
            break
        piece = pieces.pop(0)
        here.append(piece)
        for after in section.after if len(here) == 1 else ():
            after(x, pages.y + y)
        piece.draw(ink, y)
        y += piece.height
    pages.page.put(ink, "card", x, pages.y, width, y, record=section.record, alt=section.said or section.title)
    return pages.y + y
