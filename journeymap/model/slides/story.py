"""The story of a phase: how it feels, what happens, the figure that looks worst, what is said and what is done.

The curve runs on beyond both edges of the slide, for so does the journey.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from journeymap.i18n import _
from journeymap.model import days, journey, shapes, wording
from journeymap.model.curves import bands, curve, samples
from journeymap.model.layout.grid import Rect
from journeymap.model.layout.summary import worst
from journeymap.model.picture import Box, Group, Item, Meaning, Path, Point, Stroke
from journeymap.model.quotation import quoted
from journeymap.model.records import Action, Answer, Card, Emotion, Id, Lane, PainPoint, Persona, Phase
from journeymap.model.slides.frame import columns, ground, heading, names
from journeymap.model.slides.sizes import BODY, FIGURE, GAP, LEAD, MARGIN, WIDE, pen
from journeymap.model.text import fit, width

if TYPE_CHECKING:
    from journeymap.model.figures import Figure
    from journeymap.model.slides.deck import Deck, Slide

TOP, TALL = 214.0, 366.0
RULE = 626.0
FOOT = 859.0
REACH = 3
"""Touchpoints beyond an edge that shape the curve there."""


class Felt(NamedTuple):
    """What a persona feels at one touchpoint: its place, the mood, its interval, whether it was measured."""

    at: int
    value: float
    low: float | None
    high: float | None
    measured: bool
    note: str
    hollow: bool


class Voice(NamedTuple):
    """A persona with what she feels at the slide's touchpoints and around them."""

    persona: Persona
    felt: list[Felt]

    @property
    def hue(self) -> int:
        """Her hue, 1 … 6."""
        return (self.persona.hue - 1) % 6 + 1


def groups(deck: Deck, slide: Slide) -> Iterator[Group]:
    """The whole slide."""
    yield ground()
    yield from heading(deck, slide)
    voices = list(_voices(deck, slide))
    if any(voice.felt for voice in voices):
        yield from _emotion(slide, voices)
    else:
        yield from _thoughts(deck, slide)
    found, below = names(deck, slide, RULE, *columns(slide))
    yield from found
    yield from _figures(deck, slide, below)
    yield from _foot(deck, slide, voices)


# ---------------------------------------------------------------- emotion


def _y(mood: float) -> float:
    return TOP + TALL / 2 - mood * TALL / 5.5


def _x(slide: Slide, at: int) -> float:
    """The middle of a column; neighbours of the slide stand beyond its edges."""
    lefts, wide = columns(slide)
    step = wide + GAP
    return lefts[0] + wide / 2 + at * step


def _voices(deck: Deck, slide: Slide) -> Iterator[Voice]:
    document = deck.document
    phase = document.get(Phase, slide.phase_id)
    if phase is None or not slide.touchpoints:
        return
    row = [one.id for one in journey.touchpoints(document, phase.state_id)]
    first = row.index(slide.touchpoints[0])
    near = {id_: n - first for n, id_ in enumerate(row) if -REACH <= n - first < len(slide.touchpoints) + REACH}
    people = [one for one in document.all(Persona) if not one.hidden]
    for persona in people:
        if deck.lens.personas is None or persona.id in deck.lens.personas:
            yield Voice(persona, [*_felt(deck, persona, near)])


def _felt(deck: Deck, persona: Persona, near: dict[Id, int]) -> Iterator[Felt]:
    for id_, at in near.items():
        assumed = deck.document.referring(Emotion, "touchpoint_id", id_)
        guess = next((one for one in assumed if one.persona_id == persona.id), None)
        real = deck.figures.emotion.get((persona.id, id_))
        note = guess.note if guess is not None else ""
        if real is not None:
            yield Felt(at, real.value, real.low, real.high, True, note, real.hollow)
        elif guess is not None:
            yield Felt(at, guess.value, None, None, False, note, False)


def _emotion(slide: Slide, voices: list[Voice]) -> Iterator[Group]:
    ink, count = pen(), len(slide.touchpoints)
    tint = _tint(slide, _lowest(voices, count))
    if tint is not None:
        ink.add([Box(tint.x, tint.y, tint.width, tint.height, "trough")])
    for mood in (2, 0, -2):
        ink.line(0, _y(mood), WIDE, _y(mood), Stroke("border" if mood == 0 else "hair", 2 if mood == 0 else 1.5))
    yield ink.group(Meaning("decoration"), 0, 0, WIDE, TOP + TALL + 8, 1)
    for voice in reversed(voices):
        yield _line(slide, voice)
    placed: list[Rect] = []
    for voice in voices:
        yield from _markers(slide, voice, count)
    lines = [point for voice in voices for point in _sampled(slide, voice)]
    for voice in voices:
        yield from _names(slide, voice, placed, lines, tint)
    for voice, felt, about in _telling(voices, count):
        yield from _label(slide, voice, felt, placed, lines, about, tint)
    yield _scale(placed, tint)


def _tint(slide: Slide, low: int | None) -> Rect | None:
    """The tinted column of the worst mood; at the end of the slide it runs off the edge, as the curves do, so that no
    word touches its border.
    """
    if low is None:
        return None
    lefts, wide = columns(slide)
    left = lefts[low] if low else 0.0
    right = lefts[low] + wide if low < len(lefts) - 1 else WIDE
    return Rect(left, TOP - 8, right - left, TALL + 16)


def _halo(box: Rect, tint: Rect | None) -> str | None:
    """The ground around words, so that a curve under them is parted from them; none over the border of two grounds."""
    if tint is None or box.x >= tint.x + tint.width or box.x + box.width <= tint.x:
        return "panel"
    return "trough" if tint.x <= box.x and box.x + box.width <= tint.x + tint.width else None


def _lowest(voices: list[Voice], count: int) -> int | None:
    """The column of the worst mood of all, where it is below zero."""
    here = [(felt.value, felt.at) for voice in voices for felt in voice.felt if 0 <= felt.at < count]
    value, at = min(here, default=(0.0, -1))
    return at if value < -0.25 and at >= 0 else None


def _runs(voice: Voice) -> Iterator[list[Felt]]:
    """Stretches that were measured, and stretches that were assumed, each with the point before it, so that they meet."""
    run: list[Felt] = []
    for felt in voice.felt:
        if run and felt.measured != run[-1].measured:
            yield run
            run = [run[-1]] if not felt.measured else []
        run.append(felt)
    if run:
        yield run


def _points(slide: Slide, run: list[Felt]) -> list[Point]:
    return [(_x(slide, felt.at), _y(felt.value)) for felt in run]


def _line(slide: Slide, voice: Voice) -> Group:
    items: list[Item] = []
    colour = f"p{voice.hue}"
    for run in _runs(voice):
        points = _points(slide, run)
        if len(points) < 2:
            continue
        if run[-1].measured and any(felt.low != felt.high for felt in run):
            upper = [(_x(slide, f.at), _y(f.value if f.high is None else min(2.5, f.high))) for f in run]
            lower = [(_x(slide, f.at), _y(f.value if f.low is None else max(-2.5, f.low))) for f in run]
            items += [Path(steps, colour, None, 0.14) for steps in bands(upper, lower)]
        stroke = Stroke(colour, 6) if run[-1].measured else Stroke(colour, 4, (12, 9))
        items.append(Path(curve(points), None, stroke))
    alt = voice.persona.name
    return Group(0, 0, WIDE, TOP + TALL + 8, Meaning("curve", voice.persona.id, alt=alt), tuple(items), 3)


def _sampled(slide: Slide, voice: Voice) -> list[Point]:
    return [point for run in _runs(voice) for point in samples(_points(slide, run), 24)]


def _markers(slide: Slide, voice: Voice, count: int) -> Iterator[Group]:
    for felt in voice.felt:
        if not 0 <= felt.at < count:
            continue
        ink, x, y = pen(), _x(slide, felt.at), _y(felt.value)
        hollow = not felt.measured or felt.hollow
        ink.add(shapes.marker(16, 16, 12, voice.hue, hollow=hollow, ground="panel", ring=4))
        how = _("measured") if felt.measured else _("assumed")
        said = _("{persona}: {mood}, {how}").format(persona=voice.persona.name, mood=wording.mood(felt.value), how=how)
        yield ink.group(
            Meaning("emotion", voice.persona.id, None, slide.touchpoints[felt.at], "value", said),
            x - 16,
            y - 16,
            32,
            32,
            4,
        )


def _telling(voices: list[Voice], count: int) -> list[tuple[Voice, Felt, str]]:
    """The moods that are worth a label: each persona's best and worst here, with the words that stand beside it."""
    found: list[tuple[Voice, Felt, str]] = []
    for voice in voices:
        here = [felt for felt in voice.felt if 0 <= felt.at < count]
        if not here:
            continue
        best, low = max(here, key=lambda one: one.value), min(here, key=lambda one: one.value)
        found += [(voice, one, one.note) for one in ([best] if best is low else [best, low])]
    return sorted(found, key=lambda one: (not one[2], -abs(one[1].value)))


def _label(
    slide: Slide, voice: Voice, felt: Felt, placed: list[Rect], lines: list[Point], note: str, tint: Rect | None
) -> Iterator[Group]:
    """Value and words near their point, where they hide least; the value alone where there is no room for more."""
    value, x, y = wording.mood(felt.value), _x(slide, felt.at), _y(felt.value)
    for words in dict.fromkeys((note, "")):
        long = width(value, LEAD, 700) + (14 + width(words, BODY) if words else 0)
        if long > WIDE - 2 * MARGIN:
            continue
        spots = [
            Rect(min(max(left, 24.0), WIDE - 24 - long), top, long, 44.0)
            for top in ((y - 66, y + 22) if felt.value > -0.4 else (y + 22, y - 66))
            for left in (x - long / 2, x + 26, x - 26 - long)
            if top >= TOP - 40 and top + 44 <= RULE - 4
        ]
        spots = [one for one in spots if not any(_meet(one, other) for other in placed)]
        if not spots:
            continue
        at = min(
            spots,
            key=lambda one: sum(one.x < px < one.x + one.width and one.y < py < one.y + one.height for px, py in lines),
        )
        placed.append(at)
        ink, halo = pen(), _halo(at, tint)
        used = ink.text(0, 33, value, LEAD, 700, f"p{voice.hue}t", halo=halo)
        if words:
            ink.text(used + 14, 33, words, BODY, 400, "text", halo=halo)
        meaning = Meaning(
            "emotion",
            voice.persona.id,
            None,
            slide.touchpoints[felt.at],
            "note",
            f"{voice.persona.name}: {value} {words}",
        )
        yield ink.group(meaning, at.x, at.y, at.width, at.height, 4)
        return


def _names(slide: Slide, voice: Voice, placed: list[Rect], lines: list[Point], tint: Rect | None) -> Iterator[Group]:
    """Whose curve it is, at its right end."""
    mine = [(x, y) for x, y in _sampled(slide, voice) if WIDE - 260 <= x <= WIDE - MARGIN]
    long = width(voice.persona.name, LEAD, 700)
    level = mine[-1][1] if mine else None
    if level is None or not voice.persona.name or long > 300:
        return
    spots = [Rect(WIDE - MARGIN - long, level + shift, long, 42.0) for shift in (-64.0, 20.0, -110.0, 64.0)]
    free = [one for one in spots if not any(_meet(one, other) for other in placed) and TOP - 30 <= one.y <= RULE - 50]
    if not free:
        return
    at = min(
        free,
        key=lambda one: sum(one.x < px < one.x + one.width and one.y < py < one.y + one.height for px, py in lines),
    )
    placed.append(at)
    ink = pen()
    ink.text(0, 32, voice.persona.name, LEAD, 700, f"p{voice.hue}t", halo=_halo(at, tint))
    yield ink.group(Meaning("persona", voice.persona.id, alt=voice.persona.name), at.x, at.y, at.width, at.height, 4)


def _scale(placed: list[Rect], tint: Rect | None) -> Group:
    """What above and below mean, where nothing else stands there: at the right, or where that is the worst column, left."""
    ink = pen()
    ends = tint is not None and tint.x + tint.width >= WIDE
    for words, y in ((_("delighted"), _y(2) - 12), (_("upset"), _y(-2) + 33)):
        long = width(words, BODY)
        for left in (MARGIN, WIDE - MARGIN - long) if ends else (WIDE - MARGIN - long, MARGIN):
            box = Rect(left, y - BODY, long, BODY * 1.3)
            if not any(_meet(box, other) for other in placed):
                ink.text(left, y, words, BODY, 400, "text3")
                break
    return ink.group(Meaning("decoration"), 0, 0, WIDE, RULE, 4)


def _meet(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width + 8
        and other.x < one.x + one.width + 8
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


# ---------------------------------------------------------------- words and figures


def _thoughts(deck: Deck, slide: Slide) -> Iterator[Group]:
    """Where nobody says yet how it feels: what people think, column by column."""
    lefts, wide = columns(slide)
    for x, id_ in zip(lefts, slide.touchpoints, strict=False):
        card = next(iter(_said(deck, id_)), None)
        if card is None:
            continue
        ink = pen()
        foot = ink.wrapped(0, 0, quoted(card.text, deck.document), wide, LEAD, 400, "text", 1.25, 8)
        yield ink.group(Meaning("card", card.id, card.lane_id, id_, "text", card.text), x, TOP + 20, wide, foot)


def _said(deck: Deck, touchpoint_id: Id) -> list[Card]:
    """The thoughts at a touchpoint, of personas that are shown."""
    document = deck.document
    found = document.referring(Card, "touchpoint_id", touchpoint_id)
    thoughts = {lane.id for lane in document.all(Lane) if lane.kind == "thoughts" and not lane.hidden}
    shown = {one.id for one in document.all(Persona) if not one.hidden}
    if deck.lens.personas is not None:
        shown &= deck.lens.personas
    return [
        card for card in found if card.lane_id in thoughts and (card.persona_id is None or card.persona_id in shown)
    ]


def _figures(deck: Deck, slide: Slide, top: float) -> Iterator[Group]:
    """The figure that looks worst at each touchpoint, with its interval, target and number of answers."""
    lefts, wide = columns(slide)
    for x, id_ in zip(lefts, slide.touchpoints, strict=False):
        figure = worst(deck.figures.at(id_))
        if figure is None:
            continue
        ink = pen()
        faint = figure.hollow or figure.hatched
        ink.add(shapes.status(15, 51, 27, figure.status, hollow=faint))
        value = wording.value(figure)
        size = next((one for one in (FIGURE, 47.0, 40.0) if 42 + width(value, one, 700, figures=True) <= wide), LEAD)
        used = 42 + ink.text(42, 70, value, size, 700, "text", figures=True, room=wide - 42)
        interval = wording.interval(figure)
        if interval and used + 12 + width(interval, BODY, figures=True) <= wide:
            ink.text(used + 12, 70, interval, BODY, 400, "text2", figures=True)
        for words in _captions(figure):
            if width(words, BODY) <= wide or words == figure.name:
                ink.text(0, 112, words, BODY, 400, "text2", room=wide)
                break
        meaning = Meaning("chip", figure.typed_id or figure.measure_id, None, id_, alt=wording.spoken(figure))
        yield ink.group(meaning, x, top, wide, 122)


def _captions(figure: Figure) -> list[str]:
    """What stands below a figure, the longest first: its name, its target, how many answered."""
    answers = wording.answers(figure)
    parts = [figure.name, answers]
    if figure.target is not None:
        from msgspec.structs import replace

        goal = _("target {value}").format(value=wording.value(replace(figure, value=figure.target)))
        return [f"{figure.name}, {goal}, {answers}", f"{figure.name}, {goal}", ", ".join(parts), figure.name]
    return [", ".join(parts), figure.name]


def _foot(deck: Deck, slide: Slide, voices: list[Voice]) -> Iterator[Group]:
    """What is said where it is worst, and the action that answers the gravest pain."""
    room = WIDE - 2 * MARGIN
    what, when = _answer(deck, slide)
    if what:
        due = width(when, BODY, 500)
        lines = fit(what, room * 0.56 - due, BODY, 500)
        long = width(lines.lines[0], BODY, 500) + due
        ink = pen()
        used = ink.text(0, BODY, what, BODY, 500, "brand", room=room * 0.56 - due)
        ink.text(used, BODY, when, BODY, 500, "brand")
        yield ink.group(Meaning("action", alt=what + when), WIDE - MARGIN - long, FOOT - BODY, long, BODY * 1.4)
        room -= long + GAP
    card = _loudest(deck, slide, voices)
    if card is None:
        return
    who = deck.document.get(Persona, card.persona_id)
    ink, x = pen(), 0.0
    if who is not None:
        ink.add(shapes.marker(12, 22, 12, who.hue, ground="panel"))
        x = 40.0
    quote = quoted(card.text, deck.document)
    age = f"{who.name}, {who.age}" if who is not None and who.age else who.name if who is not None else ""
    size = LEAD if x + width(quote, LEAD, 500) <= room else BODY
    x += ink.text(x, LEAD, quote, size, 500, "text", room=room - x) + 18
    if age and x + width(age, BODY) <= room:
        ink.text(x, LEAD, age, BODY, 400, "text2")
    yield ink.group(
        Meaning("card", card.id, card.lane_id, card.touchpoint_id, "text", quote), MARGIN, FOOT - LEAD, room, LEAD * 1.4
    )


def _loudest(deck: Deck, slide: Slide, voices: list[Voice]) -> Card | None:
    """A thought at the touchpoint that feels worst, else at any."""
    order = sorted(
        range(len(slide.touchpoints)),
        key=lambda n: min((felt.value for voice in voices for felt in voice.felt if felt.at == n), default=9.0),
    )
    if not any(voice.felt for voice in voices):
        return None  # the thoughts stand above already
    cards = (card for n in order for card in _said(deck, slide.touchpoints[n]))
    return next(cards, None)


def _answer(deck: Deck, slide: Slide) -> tuple[str, str]:
    """What answers the gravest pain of the slide ("P1 → A1 Show the wait") and until when (" · due 28 Feb 2027").

    Without an action it is the pain itself.
    """
    document = deck.document
    pains = [one for id_ in slide.touchpoints for one in document.referring(PainPoint, "touchpoint_id", id_)]
    if not pains:
        return "", ""
    pain = max(pains, key=lambda one: (one.severity, one.frequency or 0.0))
    answers = document.referring(Answer, "pain_id", pain.id)
    actions = sorted((document.one(Action, one.action_id) for one in answers), key=lambda one: one.number)
    if not actions:
        return f"P{pain.number} {pain.text}", ""
    due = actions[0].due
    words = f"P{pain.number} → A{actions[0].number} {actions[0].title}"
    return words, _(" · due {day}").format(day=days.iso(due)) if due else ""
