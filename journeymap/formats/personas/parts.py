"""What is said of a persona, in lines that can be parted between two pages: lists, scales, quotes, figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from journeymap.formats import stamps
from journeymap.formats.ink import Ink
from journeymap.formats.personas.placing import GUTTER, Piece, Section
from journeymap.i18n import _, ngettext
from journeymap.model import commands, shapes, wording
from journeymap.model import text as measure
from journeymap.model.behind import Behind, Beside
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.quotation import quoted
from journeymap.model.records import Id, Persona, Quote, Slider, Trait

if TYPE_CHECKING:
    from journeymap.formats.personas.top import Pages

SIZE: Final = 8.4
STEP: Final = 11.3
AIR: Final = 3.6
"""Below an entry of a list."""
_INDENT: Final = 10.0
ENDLESS: Final = 10**6


class Sheet(Struct, frozen=True):
    """A persona, and where what is known of her lies."""

    document: Document
    figures: Figures
    persona: Persona
    behind: Behind

    @property
    def hue(self) -> int:
        """1..6."""
        return (self.persona.hue - 1) % 6 + 1

    @property
    def line(self) -> str:
        """Age, role and line in one, nothing twice."""
        persona = self.persona
        age, line = "" if persona.age is None else str(persona.age), persona.line.strip()
        if age and line.startswith(age):
            line = line[len(age) :].lstrip(", ")
        elif age in line:
            age = ""
        role = "" if persona.role.casefold() in line.casefold() else persona.role
        return ", ".join(part for part in (age, role, line) if part)

    @property
    def quote(self) -> str:
        """Her sentence in quotation marks."""
        return quoted(self.persona.quote, self.document) if self.persona.quote.strip() else ""

    def traits(self, kind: str) -> list[Trait]:
        """Her goals, or needs, and so on."""
        mine = self.document.referring(Trait, "persona_id", self.persona.id)
        return [one for one in mine if one.kind == kind and one.text.strip()]


def known_from(known: Sheet) -> str:
    """Interviews, answers, evidence in words: "6 interviews, 231 answers (Age: 65 and over), 1 Sep – 31 Oct 2026"."""
    persona = known.persona
    parts = []
    if persona.interviews:
        n = persona.interviews
        parts.append(ngettext("{n} interview", "{n} interviews", n).format(n=wording.count(n)))
    for group in known.behind.groups.get(persona.id, ()):
        if group.n is None:
            said = _("fewer than {n} answers").format(n=group.least)
        else:
            said = ngettext("{n} answer", "{n} answers", group.n).format(n=wording.count(group.n))
        parts.append(_("{answers} ({column}: {value})").format(answers=said, column=group.column, value=group.value))
        period = stamps.period(group.data_set.first_day, group.data_set.last_day)
        if period:
            parts.append(period)
    said = ", ".join(parts)
    return ". ".join(part for part in (said, persona.evidence.strip().rstrip(".")) if part)


# ---------------------------------------------------------------- lists


def lists(pages: Pages, known: Sheet) -> list[Section | None]:
    """Goals, needs, frustrations, channels, accessibility needs; None for an empty one."""
    titles = (
        ("goal", _("Goals")), ("need", _("Needs")), ("frustration", _("Frustrations")), ("channel", _("Channels")),
        ("accessibility", _("Accessibility")),
    )  # fmt: skip
    return [_listed(pages, known, kind, title) for kind, title in titles]


def _listed(pages: Pages, known: Sheet, kind: str, title: str) -> Section | None:
    traits = known.traits(kind)
    pieces: list[Piece] = []
    for trait in traits:
        if kind == "channel":
            pieces += _entry(pages, known, trait.text, icon=commands.icon_for(trait.text))
        elif kind == "accessibility":
            head, _break, rest = trait.text.strip().partition("\n")
            pieces += _entry(pages, known, head, weight=600 if rest else 400, rest=rest)
        else:
            pieces += _entry(pages, known, trait.text)
    said = "; ".join(trait.text for trait in traits)
    return Section(title, pieces, record=known.persona.id, said=f"{title}: {said}") if pieces else None


def _entry(pages: Pages, known: Sheet, words: str, *, icon: str = "", weight: int = 400, rest: str = "") -> list[Piece]:
    """An entry behind a dash or an icon; what is written on further lines of a need stands small below it."""
    indent = 15.0 if icon else _INDENT
    room, k, hue = pages.column - indent, pages.k, known.hue
    lines = [(line, SIZE, weight, "text") for line in measure.wrap(words, room * k, SIZE * k, weight, ENDLESS).lines]
    if rest.strip():
        lines += [(line, 7.0, 400, "text2") for line in measure.wrap(rest, room * k, 7 * k, 400, ENDLESS).lines]
    found = []
    for at, (line, size, bold, colour) in enumerate(lines):
        last = at == len(lines) - 1

        def draw(ink: Ink, y: float, at: int = at, line: str = line, size: float = size, bold: int = bold,
                 colour: str = colour) -> None:  # fmt: skip
            if at == 0 and icon:
                ink.add(shapes.icon(icon, 0.0, (y + 0.6) * k, 10 * k, f"p{hue}t"))
            elif at == 0:
                ink.line(0, y + 5.8, 5, y + 5.8, f"p{hue}", 1.2)
            ink.text(indent, y + 8.4, line, size, bold, colour)

        found.append(Piece((STEP if size > 7 else 9.4) + AIR * last, draw, keep=at == 0 and not last))
    return found


def prose(pages: Pages, title: str, words: str, record: Id) -> Section:
    """A long text over the whole width."""
    k, room = pages.k, pages.right - pages.left
    lines = measure.wrap(words, room * k, 10 * k, 400, ENDLESS).lines
    pieces = [Piece(14, _texts([(0, line, 10, 400, "text")])) for line in lines]
    return Section(title, pieces, pages.columns, record=record, said=words)


def _texts(texts: Sequence[tuple[float, str, float, int, str]]) -> Callable[[Ink, float], None]:
    """Draws words on one baseline: (x, words, size, weight, colour)."""

    def draw(ink: Ink, y: float) -> None:
        for x, words, size, weight, colour in texts:
            ink.text(x, y + 9.4, words, size, weight, colour)

    return draw


# ---------------------------------------------------------------- scales


def scales(pages: Pages, known: Sheet) -> Section | None:
    """Where she stands between two ends."""
    found = known.document.referring(Slider, "persona_id", known.persona.id)
    pieces = [piece for one in found for piece in _scale(pages, known.hue, one)]
    said = "; ".join(f"{one.low} – {one.high}: {round(one.value * 100)} %" for one in found)
    return Section(_("Skills and attitudes"), pieces, record=known.persona.id, said=said) if pieces else None


def _scale(pages: Pages, hue: int, slider: Slider) -> list[Piece]:
    k, width = pages.k, pages.column
    half = (width - 10) / 2
    both = measure.width(slider.low, SIZE * k) + measure.width(slider.high, SIZE * k)
    if both <= (width - 10) * k:
        low, high = [slider.low], [slider.high]
    else:
        low, high = (
            list(measure.wrap(words, half * k, SIZE * k, 400, ENDLESS).lines) if words else [""]
            for words in (slider.low, slider.high)
        )

    def ends(left: str, right: str) -> Callable[[Ink, float], None]:
        def draw(ink: Ink, y: float) -> None:
            ink.text(0, y + 8.4, left, SIZE, 400, "text")
            ink.text(width, y + 8.4, right, SIZE, 400, "text", anchor="end")

        return draw

    def track(ink: Ink, y: float) -> None:
        middle, left, right = y + 6, 3.0, width - 3.0
        line = ink.pen("border", 1.6, cap="round")
        ink.path((("M", left, middle), ("L", right, middle)), None, line)
        for step in range(5):
            at = left + step * (right - left) / 4
            ink.line(at, middle - 2, at, middle + 2, "border", 0.6)
        at = left + slider.value * (right - left)
        ink.add(shapes.marker(at * k, middle * k, 3.8 * k, hue, ground="card", ring=0.9 * k))

    rows = list(zip_longest(low, high, fillvalue=""))
    found = [Piece(STEP, ends(left, right), keep=at == len(rows) - 1) for at, (left, right) in enumerate(rows)]
    return [*found, Piece(17, track)]


# ---------------------------------------------------------------- voices and figures


def lines_of_quotes(pages: Pages, known: Sheet) -> Section | None:
    """What people like her said, in two columns."""
    quotes = [one for one in known.document.all(Quote) if one.persona_id == known.persona.id and one.text.strip()]
    pieces: list[Piece] = []
    for at in range(0, len(quotes), 2):
        columns = [_voice(pages, known.document, one) for one in quotes[at : at + 2]]
        rows = list(zip_longest(*columns))
        for row, parts in enumerate(rows):
            texts = [(column * (pages.column + GUTTER), *part) for column, part in enumerate(parts) if part is not None]
            height = 13.0 + (9 if row == len(rows) - 1 else 0)
            pieces.append(Piece(height, _texts(texts), keep=row < len(rows) - 1 and row < 3))
    said = "; ".join(one.text for one in quotes)
    return Section(_("In their words"), pieces, 2, record=known.persona.id, said=said) if pieces else None


def _voice(pages: Pages, document: Document, quote: Quote) -> list[tuple[str, float, int, str]]:
    said = quoted(quote.text, document)
    k = pages.k
    found = [(line, 10.0, 500, "text") for line in measure.wrap(said, pages.column * k, 10 * k, 500, ENDLESS).lines]
    if quote.source.strip():
        lines = measure.wrap(quote.source, pages.column * k, 7 * k, 400, ENDLESS).lines
        found += [(line, 7.0, 400, "text3") for line in lines]
    return found


def side_by_side(pages: Pages, known: Sheet, span: int) -> Section | None:
    """Figures of those who are like her beside everybody's, the furthest apart first."""
    found = known.behind.figures.get(known.persona.id, ())
    if not found:
        return None
    width = span * (pages.column + GUTTER) - GUTTER
    shown = found[: pages.air.figures]
    pieces = [Piece(12, _heads(pages, known, width), keep=True), *(_figures(pages, one, width) for one in shown)]
    below = []
    if len(found) > len(shown):
        n = len(found) - len(shown)
        below.append(ngettext("{n} figure lies nearer", "{n} figures lie nearer", n).format(n=n))
    if any(one.hers.status != "none" for one in shown):
        below.append(_("shapes: against the target"))
    lines = measure.wrap(" · ".join(below), width * pages.k, 7 * pages.k).lines if below else ()
    pieces += [Piece(10, _texts([(0, line, 7, 400, "text3")])) for line in lines]
    said = "; ".join(f"{_named(one)}: {wording.value(one.hers)}, {wording.value(one.everybody)}" for one in shown)
    return Section(_("Beside the average"), pieces, span, record=known.persona.id, said=said)


def _named(one: Beside) -> str:
    return f"{one.hers.name}, {one.place}" if one.place else one.hers.name


def _heads(pages: Pages, known: Sheet, right: float) -> Callable[[Ink, float], None]:
    def draw(ink: Ink, y: float) -> None:
        ink.text(right, y + 6, _("all"), 7, 400, "text3", anchor="end")
        name = known.persona.name
        fits = measure.fit(name, 60 * pages.k, 7 * pages.k, 600).lines[0]  # a label; the name stands in full above
        ink.text(right - 36, y + 6, fits, 7, 600, f"p{known.hue}t", anchor="end")

    return draw


def _figures(pages: Pages, one: Beside, right: float) -> Piece:
    """A row: shape, name (in lines where it is long), her value with its interval, everybody's."""
    k, value, spread = pages.k, wording.value(one.hers), wording.half_width(one.hers)
    end = right - 36 - max(measure.width(spread, 7 * k, figures=True) / k, 16) - 4
    room = end - measure.width(value, SIZE * k, 700, figures=True) / k - 18
    lines = measure.wrap(_named(one), room * k, SIZE * k, 400, ENDLESS).lines

    def draw(ink: Ink, y: float) -> None:
        base = y + 10
        ink.text(right, base, wording.value(one.everybody), SIZE, 400, "text2", anchor="end", figures=True)
        ink.text(right - 36, base, spread, 7, 400, "text2", anchor="end", figures=True)
        ink.text(end, base, value, SIZE, 700, "text", anchor="end", figures=True)
        ink.add(shapes.status(4 * k, (base - 3) * k, 6.6 * k, one.hers.status, hollow=one.hers.hollow))
        for row, line in enumerate(lines):
            ink.text(12, base + row * 10, line, SIZE)

    return Piece(5 + 10.0 * max(len(lines), 1), draw)
