"""What frames a slide of a phase: its name and what it is about, where in the journey it stands, its touchpoints' names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from journeymap.i18n import _, ngettext
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Box, Group, Meaning, Path, Stroke
from journeymap.model.records import Phase, Touchpoint
from journeymap.model.slides.sizes import BODY, FIGURE, GAP, HIGH, LEAD, MARGIN, TITLE, WIDE, pen
from journeymap.model.text import width, wrap

if TYPE_CHECKING:
    from journeymap.model.slides.deck import Deck, Slide


def ground() -> Group:
    """The ground of every slide."""
    return Group(0, 0, WIDE, HIGH, Meaning("ground"), (Box(0, 0, WIDE, HIGH, "panel"),), 0)


def columns(slide: Slide) -> tuple[list[float], float]:
    """The left edges of the columns, and their width."""
    count = max(1, len(slide.touchpoints))
    step = (WIDE - 2 * MARGIN + GAP) / count
    return [MARGIN + n * step for n in range(count)], step - GAP


def heading(deck: Deck, slide: Slide, size: float = TITLE) -> Iterator[Group]:
    """The phase's name, one line about it, and the journey's phases with this one filled."""
    phase = deck.document.get(Phase, slide.phase_id)
    tracker = _tracker(deck, slide)
    room = WIDE - 2 * MARGIN - tracker.width - GAP
    name = f"{slide.state}: {slide.heading}" if slide.state else slide.heading
    words = next((one for one in (size, FIGURE, 47.0) if width(name, one, 700) <= room), 40.0)
    ink = pen()
    ink.text(0, 0.9 * size, name, min(size, words), 700, "text", room=room)
    yield ink.group(
        Meaning("phase", slide.phase_id, field="name", alt=name), MARGIN - 3, 116 - 0.9 * size, room, size * 1.3
    )
    yield tracker
    if phase is None or size < TITLE:
        return
    ink, count = pen(), len(slide.touchpoints)
    parts = [phase.duration, ngettext("{n} touchpoint", "{n} touchpoints", count).format(n=count), phase.goal]
    if slide.parts > 1:
        parts[1] = _("part {n} of {all}").format(n=slide.part, all=slide.parts)
    ink.text(0, BODY, " · ".join(part for part in parts if part), BODY, 400, "text2", room=WIDE - 2 * MARGIN)
    yield ink.group(Meaning("title"), MARGIN, 162 - BODY, WIDE - 2 * MARGIN, BODY * 1.4)


def _tracker(deck: Deck, slide: Slide) -> Group:
    """The phases as chevrons; the one that is shown is filled."""
    count = max(1, len(deck.phases))
    step = min(50.0, 420.0 / count)
    ink, tip = pen(), min(10.0, step * 0.2)
    own = next((n for n, phase in enumerate(deck.phases) if phase.id == slide.phase_id), None)
    if own is None:  # a phase of another state: the one in whose place it stands
        twins = {deck.document.one(Touchpoint, id_).counterpart_id for id_ in slide.touchpoints}
        inside = (n for n, phase in enumerate(deck.phases) for id_ in _ids(deck, phase) if id_ in twins)
        own = next(inside, None)
    for n in range(count):
        x, end = n * step, n * step + step - 12
        steps: list[tuple[str | float, ...]] = [
            ("M", x, 0),
            ("L", end, 0),
            ("L", end + tip, 14),
            ("L", end, 28),
            ("L", x, 28),
        ]
        if n:
            steps.append(("L", x + tip, 14))
        ink.add([Path((*steps, ("Z",)), "brand" if n == own else "brand3")])
    wide = count * step
    alt = _("phase {n} of {all}").format(n=(own or 0) + 1, all=count)
    return ink.group(Meaning("decoration", alt=alt), WIDE - MARGIN - wide, 84, wide, 28)


def _ids(deck: Deck, phase: Phase) -> list[str]:
    return [one.id for one in deck.document.referring(Touchpoint, "phase_id", phase.id)]


def names(deck: Deck, slide: Slide, top: float, lefts: Sequence[float], wide: float) -> tuple[list[Group], float]:
    """A rule over each column and the touchpoint's name below it; the groups, and their lower edge."""
    every = [deck.document.one(Touchpoint, id_) for id_ in slide.touchpoints]
    large = all(width(one.name, LEAD, 600) <= wide for one in every)
    size, most = (LEAD, 1) if large else (BODY, 2)
    lines = max((len(wrap(one.name, wide, size, 600, most).lines) for one in every), default=1)
    high, found = 12 + lines * size * 1.2, []
    for x, one in zip(lefts, every, strict=False):
        ink: Pen = pen()
        ink.line(0, 0, wide, 0, Stroke("text", 3))
        ink.wrapped(0, 12, one.name, wide, size, 600, "text", 1.2, most)
        meaning = Meaning("touchpoint", one.id, None, one.id, "name", one.name)
        found.append(ink.group(meaning, x, top, wide, high))
    return found, top + high
