"""The head of the printed map: client, title, finding, edition; personas; the journey in figures.

Lengths are points of A3; a narrower page stacks what a wide one sets side by side.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from journeymap.formats import compose, stamps
from journeymap.formats.ink import Ink, Page
from journeymap.formats.sheet import facts
from journeymap.i18n import _
from journeymap.model import shapes
from journeymap.model.avatars import portrait
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.quotation import quoted
from journeymap.model.records import Persona

SIDE: Final = 28.0
TOP: Final = 22.0
WIDE: Final = 1000.0
"""From this width on, title, finding and edition stand in one row."""
_TITLES: Final = (36.0, 30.0, 25.0, 21.0)
_FIGURE: Final = 82.0


def head(page: Page, document: Document, figures: Figures, made: datetime) -> float:
    """Draws the head; returns the y below it."""
    width = page.width / page.k - 2 * SIDE
    y = _client(page, document, width)
    y = (_wide_title if width >= WIDE else _narrow_title)(page, document, made, y, width)
    return _people(page, document, figures, y, width)


def running_head(page: Page, document: Document, made: datetime) -> float:
    """The one line that following pages have; returns the y below it."""
    width = page.width / page.k - 2 * SIDE
    y = _client(page, document, width)
    ink = page.ink()
    used = ink.text(-0.5, 17, document.map.title, 14.5, 700, room=width * 0.6)
    ink.text(used + 12, 17, compose.edition(document, made), 8.4, 400, "text3", room=width - used - 12)
    ink.line(0, 24, width, 24, "text", 1.2)
    page.put(ink, "title", SIDE, y, width, 25, record=document.map.id)
    return y + 35


def _client(page: Page, document: Document, width: float) -> float:
    ink = page.ink()
    compose.mark(ink, 0, 0, 15)
    x = 21.0
    client = compose.client(document)
    if client:
        x += ink.text(x, 11, client, 8.4, 600, room=width * 0.4) + 6
    if document.map.team:
        x += ink.text(x, 11, document.map.team, 8.4, 400, "text3", room=width * 0.3) + 14
    if compose.example(document):
        ink.text(width, 11, compose.example(document), 8.4, 600, "pain", anchor="end", room=max(60.0, width - x))
    page.put(ink, "title", SIDE, TOP, width, 15, record=document.map.id)
    return TOP + 15


# ---------------------------------------------------------------- title


def _set_title(ink: Ink, x: float, y: float, room: float, words: str, least: int) -> float:
    """The title as large as it fits on one line, else on a few; returns its lower edge."""
    for size in _TITLES:
        if ink.width(words, size, 700) <= room:
            ink.text(x - size * 0.04, y + size * 0.9, words, size, 700)
            return y + size * 1.18
    size = _TITLES[-1 - least]
    # Lines as tight as these leave no room for a "g" above the rule below.
    return ink.block(x - 1, y + 3, room, words, size, 700, leading=1.12, most=4) + size * 0.24


def _wide_title(page: Page, document: Document, made: datetime, y: float, width: float) -> float:
    ink = page.ink()
    title = document.map.title or _("Untitled map")
    foot = _set_title(ink, 0, 0, width * 0.35, title, 1)
    second = ink.block(width * 0.3634, 2.5, width * 0.31, document.map.finding, 12, 500, leading=1.34, most=4)
    facts_at = [width * part for part in (0.701, 0.777, 0.909)]
    for x, (name, value) in zip(facts_at, _edition(document, made), strict=False):
        if value:
            room = (facts_at[1] if x == facts_at[0] else facts_at[2] if x == facts_at[1] else width) - x - 8
            ink.text(x, 15, name, 7, 400, "text3", room=room)
            _pair(ink, x, 26.6, room, value)
    foot = max(foot, second, 42.0)
    ink.line(0, foot, width, foot, "text", 1.2)
    page.put(ink, "title", SIDE, y, width, foot, record=document.map.id)
    return y + foot


def _pair(ink: Ink, x: float, y: float, room: float, value: str) -> None:
    """A fact in body size where it fits, else in the caption size."""
    size = 8.4 if ink.width(value, 8.4, 600) <= room else 7
    ink.text(x, y, value, size, 600, room=room)


def _narrow_title(page: Page, document: Document, made: datetime, y: float, width: float) -> float:
    ink = page.ink()
    beside = width >= 700
    room = width * 0.48 if beside else width
    foot = _set_title(ink, 0, 2, room, document.map.title or _("Untitled map"), 0)
    at = (width * 0.52, 6.0, width * 0.48) if beside else (0.0, foot + 2, width)
    second = ink.block(at[0], at[1], at[2], document.map.finding, 12, 500, leading=1.34, most=5)
    foot = max(foot, second) + 4
    parts = [f"{name} {value}" for name, value in _edition(document, made) if value]
    ink.text(0, foot + 7, "  ·  ".join(parts), 7, 400, "text3", room=width)
    foot += 14
    ink.line(0, foot, width, foot, "text", 1.2)
    page.put(ink, "title", SIDE, y, width, foot, record=document.map.id)
    return y + foot


def _edition(document: Document, made: datetime) -> list[tuple[str, str]]:
    day = stamps.day(made.date())
    named = compose.version(document)
    return [
        (_("State"), compose.state_name(document)),
        (_("Data"), compose.data_period(document)),
        (named or _("As of"), day),
    ]


# ---------------------------------------------------------------- personas and figures


def _people(page: Page, document: Document, figures: Figures, y: float, width: float) -> float:
    """Personas at the left, the journey in figures at the right; below each other where the page is narrow."""
    people = [one for one in document.all(Persona) if not one.hidden]
    found = facts.facts(document, figures)
    wide = width >= WIDE
    beside = bool(people) and (wide or (width >= 700 and len(people) <= 2))
    room = width * (0.693 if wide else 0.62) if beside else width
    per_row = max(1, min(len(people), int(room // 230)))
    step = width * 0.3634 if wide and len(people) <= 2 else room / per_row
    top, low = y + 7, y + 7
    for i in range(0, len(people), per_row):
        heights = [
            _persona(page, document, figures, one, SIDE + j * step, top, min(step, room - j * step) - 16)
            for j, one in enumerate(people[i : i + per_row])
        ]
        low = top = top + max(heights) + 5
    if beside:
        at = width * 0.701 if wide else width * 0.62 + 9
        _facts(page, found, SIDE + at, y + 9, width - at)
        return max(low + 4, y + 59)
    _facts(page, found, SIDE + 9, low + 8, width - 9)
    return low + 58


def _persona(
    page: Page, document: Document, figures: Figures, persona: Persona, x: float, y: float, width: float
) -> float:
    """One persona in `width`; returns the height."""
    ink, k = page.ink(), page.k
    hue = (persona.hue - 1) % 6 + 1
    ink.add(portrait(persona, 0, 0, 42 * k))
    ink.add(shapes.marker(55.6 * k, 5.7 * k, 3.6 * k, hue))
    room = width - 52
    used = 63 + ink.text(63, 9.6, persona.name, 12, 700, f"p{hue}t", room=room - 11)
    foot = 14.5
    if used + 6 + ink.width(persona.line, 8.4) <= width:
        ink.text(used + 6, 9.6, persona.line, 8.4, 400, "text2")
    else:
        foot = ink.block(52, foot - 1, room, persona.line, 8.4, 400, "text2", leading=1.25)
    if persona.quote.strip():
        said = quoted(persona.quote, document)
        size = 10 if ink.width(said, 10, 500) <= room else 8.4
        foot = ink.block(52, foot, room, said, size, 500, leading=1.25, most=3)
    foot = max(foot, 29.0)
    x0, base = 52.0, foot + 8.4
    for name, value in (
        (_("Goal"), facts.goal(document, persona)),
        (_("Data"), facts.data_of(figures, persona)),
    ):
        if not value:
            continue
        long = ink.width(name, 7, 600) + 5 + ink.width(value, 7)
        if x0 > 52 and x0 + long > width:
            x0, base = 52.0, base + 9
        start = x0 + ink.text(x0, base, name, 7, 600, "text3") + 5
        x0 = start + ink.text(start, base, value, 7, 400, "text2", room=width - start) + 12
        foot = base + 2
    height = max(42.0, foot)
    page.put(ink, "persona", x, y, width, height, record=persona.id, alt=f"{persona.name}, {persona.line}")
    return height


def _facts(page: Page, found: list[facts.Fact], x: float, y: float, width: float) -> None:
    """Large figures side by side, parted by hairlines."""
    ink = page.ink()
    parts = [0.0, 86 / 339, 161 / 339, 236 / 339, 1.0] if len(found) == 4 and width < 400 else [
        i / max(1, len(found)) for i in range(len(found) + 1)]  # fmt: skip
    step_most = 160.0
    left = 0.0
    for i, fact in enumerate(found):
        step = min((parts[i + 1] - parts[i]) * width, step_most)
        room = step - 16
        ink.line(left - 9, 0, left - 9, 40, "hair", 0.75)
        size = next((s for s in (25.0, 21.0, 17.4) if ink.width(fact.value, s, 700) <= room), 14.5)
        used = ink.text(left, 20, fact.value, size, 700)
        if fact.addition and used + 3 + ink.width(fact.addition, 10, 500) <= step - 10:
            ink.text(left + used + 3, 20, fact.addition, 10, 500, "text2")
        elif fact.addition:
            ink.text(left + used + 3, 20, fact.addition, 7, 500, "text2", room=step - 10 - used)
        ink.block(
            left, 27.6, step - (0 if i == len(found) - 1 else 11), fact.words, 7, 400, "text2", leading=1.2, most=2
        )
        left += step
    page.put(ink, "summary", x, y, width, 46, alt="; ".join(f"{one.value} {one.words}" for one in found))
