"""What customers say and want: their own words with a mark that tells where they come from, and user stories."""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _
from journeymap.model import shapes, stories
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Cell, Kind, Stack
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Group, Item, Meaning, Path, Stroke
from journeymap.model.records import DataSet, Persona, Quote, UserStory
from journeymap.model.text import count

QUOTE_LINES: Final = 8
STORY_LINES: Final = 5


# ---------------------------------------------------------------- customer words


def source(grid: Grid, quote: Quote) -> str:
    """Where a quote comes from, in words."""
    kept = grid.document.get(DataSet, quote.data_set_id)
    return quote.source or (kept.name if kept is not None else "")


def _quote_high(grid: Grid, quote: Quote, room: float) -> float:
    metrics = grid.metrics
    lines = count(quote.text, room, metrics.m, 400, QUOTE_LINES)
    return 9.4 * metrics.k + lines * metrics.m * 1.22 + (metrics.s * 1.3 if source(grid, quote) else 0.0)


def _quote(cell: Cell, quote: Quote, high: float) -> Group:
    """A customer's words: a filled mark where they come from data, a hollow one where written down."""
    grid, room, metrics, k = cell.grid, cell.room, cell.grid.metrics, cell.grid.metrics.k
    pen, words = Pen(metrics), source(grid, quote)
    measured = quote.data_set_id is not None
    pen.add(_marks(0.4 * k, 1.2 * k, k, hollow=not measured))
    if quote.persona_id:
        pen.add(shapes.marker(14.5 * k, 4.4 * k, 2.7 * k, grid.hue(quote.persona_id)))
    foot = pen.wrapped(0, 9.4 * k, quote.text, room, metrics.m, 400, "text", 1.22, QUOTE_LINES)
    if words:
        pen.text(0, foot + metrics.s, words, metrics.s, 400, "text3", room=room)
    kind = _("from data") if measured else _("written down")
    alt = ", ".join(part for part in (_("“{text}”").format(text=quote.text), kind, words) if part)
    meaning = Meaning("card", quote.id, cell.lane.id, quote.touchpoint_id, "text", alt)
    return pen.group(meaning, 0, 0, room, high)


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


QUOTES: Final = Kind(
    Stack(lambda contents, _lane: contents.quotes, _quote_high, _quote, gap=5.0, grows=True, people=True)
)


# ---------------------------------------------------------------- user stories


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


def _story(cell: Cell, story: UserStory, high: float) -> Group:
    grid, room, metrics, k = cell.grid, cell.room, cell.grid.metrics, cell.grid.metrics.k
    pen, y = Pen(metrics), 0.0
    for words, weight, colour, lead in _story_lines(grid, story):
        if lead:
            pen.add(shapes.marker(2.9 * k, y + metrics.s * 0.63, 2.7 * k, grid.hue(story.persona_id)))
        y = pen.wrapped(lead, y, words, room - lead, metrics.s, weight, colour, 1.26, STORY_LINES)
    alt = " ".join(stories.lines(grid.document, story))
    meaning = Meaning("card", story.id, cell.lane.id, story.touchpoint_id, "want", alt)
    return pen.group(meaning, 0, 0, room, high)


STORIES: Final = Kind(
    Stack(lambda contents, _lane: contents.stories, _story_high, _story, gap=6.0, grows=True, people=True)
)
