"""What customers say and want: their own words with a mark that tells where they come from, and user stories."""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _
from journeymap.model import shapes, stories
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Kind, over_neighbour
from journeymap.model.picture import Group, Item, Meaning, Path, Stroke
from journeymap.model.records import DataSet, Lane, Persona, Quote, UserStory
from journeymap.model.text import count

QUOTE_LINES: Final = 8
STORY_LINES: Final = 5


# ---------------------------------------------------------------- customer words


def _quotes(grid: Grid, i: int) -> list[Quote]:
    """Without those of hidden personas."""
    people = {persona.id for persona in grid.personas}
    return [one for one in grid.at(i).quotes if one.persona_id is None or one.persona_id in people]


def _quote_last(grid: Grid, lane: Lane, i: int) -> int:  # noqa: ARG001 - the one lane of quotes
    return over_neighbour(grid, i, free=i + 1 < len(grid.columns) and not grid.at(i + 1).quotes)


def source(grid: Grid, quote: Quote) -> str:
    """Where a quote comes from, in words."""
    kept = grid.document.get(DataSet, quote.data_set_id)
    return quote.source or (kept.name if kept is not None else "")


def _quote_parts(grid: Grid, i: int, room: float) -> list[tuple[Quote, str, float, float]]:
    """(quote, its source, top, height) of what is stacked in column `i`."""
    metrics = grid.metrics
    found, top = [], 0.0
    for quote in _quotes(grid, i):
        lines = count(quote.text, room, metrics.m, 400, QUOTE_LINES)
        words = source(grid, quote)
        high = 9.4 * metrics.k + lines * metrics.m * 1.22 + (metrics.s * 1.3 if words else 0.0)
        found.append((quote, words, top, high))
        top += high + 5 * metrics.k
    return found


def quote_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the customers' words in column `i`."""
    if not grid.at(i).quotes:
        return 0.0
    parts = _quote_parts(grid, i, grid.across(i, _quote_last(grid, lane, i)))
    return parts[-1][2] + parts[-1][3] if parts else 0.0


def draw_quotes(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The customers' words in column `i`: a filled mark where they come from data, a hollow one where written down."""
    metrics, k = grid.metrics, grid.metrics.k
    room, found = grid.across(i, _quote_last(grid, lane, i)), []
    for quote, words, top, high in _quote_parts(grid, i, room):
        pen = Pen(metrics)
        measured = quote.data_set_id is not None
        pen.add(_marks(0.4 * k, 1.2 * k, k, hollow=not measured))
        if quote.persona_id:
            pen.add(shapes.marker(14.5 * k, 4.4 * k, 2.7 * k, grid.hue(quote.persona_id)))
        foot = pen.wrapped(0, 9.4 * k, quote.text, room, metrics.m, 400, "text", 1.22, QUOTE_LINES)
        if words:
            pen.text(0, foot + metrics.s, words, metrics.s, 400, "text3", room=room)
        kind = _("from data") if measured else _("written down")
        alt = ", ".join(part for part in (_("“{text}”").format(text=quote.text), kind, words) if part)
        meaning = Meaning("card", quote.id, lane.id, quote.touchpoint_id, "text", alt)
        found.append(pen.group(meaning, 0, top, room, high))
    return found


def _marks(x: float, y: float, k: float, *, hollow: bool) -> list[Item]:
    """Two quotation marks, 8.4 wide and 6.4 high on A3: filled, or in outline."""
    found: list[Item] = []
    line = 0.7 * k
    for step in (0.0, 4.6 * k):
        left, inset = x + step, line / 2 if hollow else 0.0
        steps: tuple[tuple[str | float, ...], ...] = (
            ("M", left + inset, y + 3.2 * k),
            ("C", left + inset, y + 1.4 * k, left + 1.2 * k, y + inset, left + 3.2 * k, y + inset),
            ("L", left + 3.2 * k, y + 1.2 * k),
            ("C", left + 2.2 * k, y + 1.3 * k, left + 1.8 * k, y + 2.0 * k, left + 1.8 * k, y + 2.9 * k),
            ("L", left + 3.6 * k, y + 2.9 * k),
            ("L", left + 3.6 * k, y + 6.2 * k - inset),
            ("L", left + inset, y + 6.2 * k - inset),
            ("Z",),
        )
        found.append(Path(steps, None if hollow else "brand", Stroke("text3", line) if hollow else None))
    return found


QUOTES: Final = Kind(quote_height, draw_quotes, _quote_last, people=True)


# ---------------------------------------------------------------- user stories


def _stories(grid: Grid, i: int) -> list[UserStory]:
    people = {persona.id for persona in grid.personas}
    return [one for one in grid.at(i).stories if one.persona_id is None or one.persona_id in people]


def _story_last(grid: Grid, lane: Lane, i: int) -> int:  # noqa: ARG001 - the one lane of stories
    return over_neighbour(grid, i, free=i + 1 < len(grid.columns) and not grid.at(i + 1).stories)


def _story_high(grid: Grid, story: UserStory, room: float) -> float:
    metrics = grid.metrics
    lines = sum(
        count(line, room - lead, metrics.s, weight, STORY_LINES)
        for line, weight, _colour, lead in _story_lines(grid, story)
    )
    return lines * metrics.s * 1.26


def _story_lines(grid: Grid, story: UserStory) -> list[tuple[str, int, str, float]]:
    """(words, weight, colour, indent) of the parts: who, wants what, what for, and what is expected."""
    persona = grid.document.get(Persona, story.persona_id)
    found: list[tuple[str, int, str, float]] = []
    if persona is not None and persona.name:
        who = _("As {persona}").format(persona=persona.name)
        found.append((who, 600, f"p{grid.hue(persona.id)}t", 8.4 * grid.metrics.k))
    rest = (
        (_("I want {want}"), "want", 500, "text"),
        (_("so that {benefit}"), "benefit", 400, "text"),
        (_("Expected: {expectation}"), "expectation", 400, "text3"),
    )
    for words, name, weight, colour in rest:
        value = getattr(story, name)
        if value:
            found.append((words.format(**{name: value}), weight, colour, 0.0))
    return found or [(_("I want …"), 400, "text3", 0.0)]


def story_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the user stories in column `i`."""
    told = _stories(grid, i)
    if not told:
        return 0.0
    room = grid.across(i, _story_last(grid, lane, i))
    return sum(_story_high(grid, one, room) for one in told) + (len(told) - 1) * 6 * grid.metrics.k


def draw_stories(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The user stories in column `i`."""
    metrics, k = grid.metrics, grid.metrics.k
    room, found, top = grid.across(i, _story_last(grid, lane, i)), [], 0.0
    for story in _stories(grid, i):
        pen, high, y = Pen(metrics), _story_high(grid, story, room), 0.0
        for words, weight, colour, lead in _story_lines(grid, story):
            if lead:
                pen.add(shapes.marker(2.9 * k, y + metrics.s * 0.63, 2.7 * k, grid.hue(story.persona_id)))
            y = pen.wrapped(lead, y, words, room - lead, metrics.s, weight, colour, 1.26, STORY_LINES)
        alt = " ".join(stories.lines(grid.document, story))
        meaning = Meaning("card", story.id, lane.id, story.touchpoint_id, "want", alt)
        found.append(pen.group(meaning, 0, top, room, high))
        top += high + 6 * k
    return found


STORIES: Final = Kind(story_height, draw_stories, _story_last, people=True)
