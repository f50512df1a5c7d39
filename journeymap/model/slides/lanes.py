"""The lanes of a phase in full, in letters for the room: as many rows to a slide as fit, the names of the touchpoints above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from journeymap.model import lanes, lens
from journeymap.model.document import Document
from journeymap.model.layout.sheet import Layout
from journeymap.model.picture import Group
from journeymap.model.records import Id, Lane, View
from journeymap.model.slides.frame import ground, heading, names
from journeymap.model.slides.sizes import FIGURE, HIGH, MARGIN, WIDE, metrics

if TYPE_CHECKING:
    from journeymap.model.figures import Figures
    from journeymap.model.slides.deck import Deck, Slide

TOP: Final = 150.0
FIRST: Final = 252.0
"""Where rows may begin when the names of touchpoints are long."""
ROOM: Final = HIGH - FIRST - 36.0
_LEFT: Final = 292.0
"""The column of lane names."""


def layout(document: Document, figures: Figures, view: View | None, touchpoints: Sequence[Id]) -> Layout:
    """The lanes of some touchpoints in the metrics of slides."""
    count = max(1, len(touchpoints))
    pitch = (WIDE - 2 * MARGIN - _LEFT) / count
    return Layout(document, figures, metrics(min(pitch, 420.0)), touchpoints=touchpoints, view=view)


def pages(document: Document, figures: Figures, view: View | None, touchpoints: Sequence[Id]) -> list[tuple[Id, ...]]:
    """The rows of every slide, in order; without the journey, whose names stand above, and without what is empty."""
    made = layout(document, figures, view, touchpoints)
    found: list[list[Id]] = []
    used = ROOM + 1
    held: list[Id] = []  # lines that wait for what stands below them
    for row in made.rows:
        lane = document.get(Lane, lens.real(row.lane_id))
        if lane is None or lane.kind == lanes.JOURNEY:
            continue
        if lane.kind in lanes.LINES:
            held.append(row.lane_id)
            continue
        high = row.height + sum(line.height for line in made.rows if line.lane_id in held)
        if used + high > ROOM:
            found.append([])
            used = 0.0
        found[-1] += [*held, row.lane_id]
        used += high
        held = []
    return [tuple(rows) for rows in found]


def groups(deck: Deck, slide: Slide) -> Iterator[Group]:
    """The whole slide: heading, names over their columns, and its rows."""
    yield ground()
    yield from heading(deck, slide, FIGURE)
    made = layout(deck.document, deck.figures, deck.view, slide.touchpoints)
    wide = made.columns[0].width if made.columns else 0.0
    over, below = names(deck, slide, TOP, [MARGIN + column.x for column in made.columns], wide)
    yield from over
    shown = [row for row in made.rows if row.lane_id in slide.rows]
    whole = sum(row.height for row in shown)
    scale_room = HIGH - below - 30
    y, air = below + 12, max(0.0, min(24.0, (scale_room - whole) / max(1, len(shown))))
    everything = (*made.names, *made.visible(0.0, 0.0, made.width, made.height))
    for row in shown:
        inside = [
            group
            for group in everything
            if row.y - 0.5 <= group.y + min(1.0, group.height / 2) < row.y + row.height - 0.5
            and group.meaning.role not in {"ground", "phase"}
            and not (group.meaning.role == "decoration" and group.meaning.lane is None)
        ]
        for group in inside:
            yield replace(group, x=group.x + MARGIN, y=group.y - row.y + y)
        y += row.height + air
