"""The first slide: what the map is about, what it says, who goes the way, and the way itself in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from journeymap.i18n import _
from journeymap.model import journey, shapes
from journeymap.model.avatars import portrait
from journeymap.model.curves import curve
from journeymap.model.picture import Group, Meaning, Path, Point, Stroke
from journeymap.model.quotation import quoted
from journeymap.model.records import Brand, Id, Persona
from journeymap.model.slides.frame import ground
from journeymap.model.slides.sizes import BODY, FIGURE, LEAD, MARGIN, TITLE, WIDE, pen
from journeymap.model.text import width, wrap

if TYPE_CHECKING:
    from journeymap.model.slides.deck import Deck

BAND = 690.0
CURVE = 770.0


def groups(deck: Deck) -> Iterator[Group]:
    """The whole slide."""
    yield ground()
    document, room = deck.document, WIDE - 2 * MARGIN
    ink, y = pen(), 0.0
    brand = document.get(Brand, document.map.brand_id)
    client = " · ".join(
        part for part in (document.map.client or (brand.name if brand else ""), document.map.team) if part
    )
    if client:
        ink.text(0, 28, client, BODY, 500, "text2", room=room)
    if document.map.example:
        ink.text(room, 28, _("Example: people, figures and quotes are invented"), BODY, 500, "pain", anchor="end")
    y = 72.0
    title = document.map.title or _("Untitled map")
    size = TITLE if len(wrap(title, room, TITLE, 700).lines) <= 2 else FIGURE
    y = ink.wrapped(-3, y, title, room, size, 700, "text", 1.1, 2) + 14
    for words in (document.map.finding, document.map.scenario):
        if words:
            y = ink.wrapped(0, y, words, room * 0.82, LEAD, 400, "text2", 1.3, 3)
            break
    yield ink.group(Meaning("title", document.map.id, alt=title), MARGIN, 84, room, y)
    yield from _people(deck, 84 + y + 36)
    yield from _way(deck)


def _people(deck: Deck, top: float) -> Iterator[Group]:
    """The personas side by side, as many as have room."""
    shown = [
        one
        for one in deck.document.all(Persona)
        if not one.hidden and (deck.lens.personas is None or one.id in deck.lens.personas)
    ][:4]
    if not shown or top + 120 > BAND - 20:
        return
    step = (WIDE - 2 * MARGIN) / max(2, len(shown))
    for n, persona in enumerate(shown):
        ink, room, hue = pen(), step - 150, (persona.hue - 1) % 6 + 1
        ink.add(portrait(persona, 0, 0, 110))
        ink.add(shapes.marker(146, 30, 12, hue, ground="panel"))
        ink.text(168, 41, persona.name, LEAD, 700, f"p{hue}t", room=room - 40)
        words = persona.quote.strip()
        if words:
            ink.wrapped(134, 54, quoted(words, deck.document), room, BODY, 400, "text2", 1.25, 2)
        elif persona.line:
            ink.wrapped(134, 54, persona.line, room, BODY, 400, "text2", 1.25, 2)
        yield ink.group(Meaning("persona", persona.id, alt=persona.name), MARGIN + n * step, top, step - 16, 124)


def _way(deck: Deck) -> Iterator[Group]:
    """The phases as one band, and below it the mood of everyone: the whole journey at a glance."""
    if not deck.phases:
        return
    document, room = deck.document, WIDE - 2 * MARGIN
    counts = [max(1, len(document.dependants(phase.id))) for phase in deck.phases]
    wides = shares(room, counts, [width(phase.name, BODY, 600) + 48 for phase in deck.phases])
    x, ink = 0.0, pen()
    starts: dict[Id, tuple[float, float]] = {}
    for n, (phase, wide) in enumerate(zip(deck.phases, wides, strict=True)):
        last = n == len(wides) - 1
        end, tip = (wide, 0.0) if last else (wide - 5, 14.0)
        steps: list[tuple[str | float, ...]] = [
            ("M", x, 0),
            ("L", x + end, 0),
            ("L", x + end + tip, 28),
            ("L", x + end, 56),
            ("L", x, 56),
        ]
        if n:
            steps.append(("L", x + 14, 28))
        ink.add([Path((*steps, ("Z",)), "phase")])
        if wide >= 110:
            ink.text(x + 26, 37, phase.name, BODY, 600, "on_phase", room=wide - 40)
        starts[phase.id] = (x, wide)
        x += wide
    yield ink.group(Meaning("decoration", alt=", ".join(phase.name for phase in deck.phases)), MARGIN, BAND, room, 56)
    yield _moods(deck, starts)


def shares(room: float, weights: list[int], needs: list[float]) -> list[float]:
    """`room` parted by weights, as far as each gets what it needs; by weights alone where there is not enough for all."""
    found = [room * one / sum(weights) for one in weights]
    if sum(needs) > room:
        return found
    spare = sum(max(0.0, one - need) for one, need in zip(found, needs, strict=True))
    lacking = sum(max(0.0, need - one) for one, need in zip(found, needs, strict=True))
    keep = 1 - lacking / spare if spare else 1.0
    return [need + max(0.0, one - need) * keep for one, need in zip(found, needs, strict=True)]


def _moods(deck: Deck, starts: dict[Id, tuple[float, float]]) -> Group:
    document = deck.document
    felt = {**journey.assumed(document), **{key: one.value for key, one in deck.figures.emotion.items()}}
    ink = pen()
    ink.line(0, 50, WIDE, 50, Stroke("border", 2))
    for persona in reversed(document.all(Persona)):
        if persona.hidden or (deck.lens.personas is not None and persona.id not in deck.lens.personas):
            continue
        points: list[Point] = []
        for phase in deck.phases:
            left, wide = starts[phase.id]
            inside = deck._inside(phase)  # noqa: SLF001  (its own house)
            for n, id_ in enumerate(inside):
                value = felt.get((persona.id, id_))
                if value is not None:
                    points.append((MARGIN + left + wide * (n + 0.5) / len(inside), 50 - value * 22))
        if len(points) > 1:
            ink.add([Path(curve(points), None, Stroke(f"p{(persona.hue - 1) % 6 + 1}", 5))])
    return ink.group(Meaning("decoration"), 0, CURVE, WIDE, 110, 1)
