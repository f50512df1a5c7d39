"""What every printed document shares: its result, the client's colours, the brand mark, the words of the foot."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from journeymap.formats import stamps
from journeymap.formats.ink import Ink
from journeymap.i18n import _
from journeymap.model import theme
from journeymap.model.document import Document
from journeymap.model.picture import Picture
from journeymap.model.records import Brand, DataSet, State, Version


class Composed(Struct, frozen=True):
    """A document as pages, with its title and subject, and sentences a person should read before printing it."""

    pages: list[Picture]
    title: str
    subject: str = ""
    warnings: tuple[str, ...] = ()


def theme_of(document: Document) -> theme.Theme:
    """Print colours in the client's brand where the map names one."""
    brand = document.get(Brand, document.map.brand_id)
    if brand is None:
        return theme.PRINT
    try:
        return theme.branded(theme.PRINT, brand.colour)
    except ValueError:  # a colour typed half: the house colours serve meanwhile
        return theme.PRINT


def client(document: Document) -> str:
    """For whom the map is made."""
    brand = document.get(Brand, document.map.brand_id)
    return document.map.client or (brand.name if brand else "")


def mark(ink: Ink, x: float, y: float, size: float) -> None:
    """The mark before the client's name: a curve with its last point, in a disc of the brand's colour."""
    k = size / 16
    ink.disc(x + 8 * k, y + 8 * k, 8 * k, "brand")
    curve = (("M", 3.6, 9.2), ("C", 5.6, 9.2, 5.4, 4.9, 7.6, 4.9), ("C", 9.8, 4.9, 9.4, 10.5, 11.6, 10.5))
    ink.path(curve, None, ink.pen("on_brand", 1.4 * k, cap="round"), x=x, y=y, size=k)
    ink.disc(x + 11.9 * k, y + 10.5 * k, 1.5 * k, "on_brand")


def state_of(document: Document) -> State | None:
    """The state that is printed: the first."""
    states = document.all(State)
    return states[0] if states else None


def state_name(document: Document) -> str:
    """What the printed state is called."""
    state = state_of(document)
    if state is None:
        return ""
    return state.name or (_("To-be") if state.kind == "to_be" else _("As-is"))


def data_period(document: Document) -> str:
    """From the first to the last day of all dated data."""
    sets = document.all(DataSet)
    first = min((one.first_day for one in sets if one.first_day), default="")
    last = max((one.last_day for one in sets if one.last_day), default="")
    return stamps.period(first, last)


def version(document: Document) -> str:
    """The newest named version, or ""."""
    versions = sorted(document.all(Version), key=lambda one: (one.seq, one.time))
    return versions[-1].name if versions else ""


def edition(document: Document, made: datetime) -> str:
    """State, version and day: "As-is · Version 7, 12 Nov 2026"."""
    named = version(document)
    day = stamps.day(made.date())
    return " · ".join(part for part in (state_name(document), f"{named}, {day}" if named else day) if part)


def example(document: Document) -> str:
    """The words that mark invented content, or ""."""
    return _("Example: people, figures and quotes are invented") if document.map.example else ""
