"""Her journey: the emotion lane of the map with her curve alone, as wide as the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from journeymap.formats import compose
from journeymap.formats.ink import Ink
from journeymap.formats.personas.parts import Sheet
from journeymap.formats.personas.placing import GUTTER, Piece, Section
from journeymap.i18n import _
from journeymap.model import lanes, metrics
from journeymap.model import text as measure
from journeymap.model.layout.emotion import Emotions
from journeymap.model.layout.grid import Frame, Grid
from journeymap.model.layout.labels import labels
from journeymap.model.layout.moods import Moods
from journeymap.model.picture import Group, Picture, Text
from journeymap.model.records import Lane

if TYPE_CHECKING:
    from journeymap.formats.personas.top import Pages

_SCALE: Final = 18.0
"""What the numbers of the scale take at the left."""
_GAP: Final = 6.0
"""Between two phases."""
_FULL: Final = 11.0
"""Columns narrower than this show markers at peak, trough and ending only."""


def curve(pages: Pages, known: Sheet, span: int) -> Section | None:
    """The section with her curve over `span` columns; None where nothing is known of how she feels."""
    width = span * (pages.column + GUTTER) - GUTTER
    grid = _grid(pages, known, width)
    moods = Moods(grid) if grid is not None else None
    if grid is None or moods is None or not grid.personas or not moods.anyone():
        return None
    lane = next((one for one in known.document.all(Lane) if one.kind == lanes.EMOTION), Lane("", "a0", lanes.EMOTION))
    strip = Emotions(grid, replace(lane, folded=False), moods)
    groups = [one for one in strip.groups(0, len(grid.columns) - 1) if not _is_replaced(one, grid)]
    groups += _labels(pages, grid, lane, moods, strip.level)
    names = _phases(pages, grid)
    below = max((len(lines) for *_at, lines in names), default=0) * 9.0 + 6

    def draw(ink: Ink, y: float) -> None:
        k = pages.k
        for at, block in enumerate(grid.blocks):
            if at % 2 == 0:
                ink.box(block.x / k, y, block.width / k, pages.air.curve, "stage1")
        for mood, said in ((2, "+2"), (0, "0"), (-2, "\N{MINUS SIGN}2")):
            ink.text(_SCALE - 5, y + strip.level(mood) / k + 2.5, said, 7, 400, "text3", anchor="end")
        for x, wide, lines in names:
            for row, line in enumerate(lines):
                ink.text(x + wide / 2, y + pages.air.curve + 11 + row * 9, line, 7, 600, "text2", anchor="middle")

    def paste(x: float, y: float) -> None:
        shown = tuple(replace(one, layer=one.layer + 2) for one in groups)
        cut = tuple(item.full for one in shown for item in one.items if isinstance(item, Text) and item.full)
        size = Picture(pages.paper.width, pages.paper.height, shown, cut, smallest=grid.metrics.s)
        pages.page.paste(size, x * pages.k, y * pages.k)

    measured = any(one is not None for row in moods.measured for one in row)
    assumed = any(one is not None for row in moods.assumed for one in row)
    piece = Piece(pages.air.curve + below, draw)
    return Section(_title(measured=measured), [piece], span, _note(measured=measured, assumed=assumed),
                   known.persona.id, _title(measured=measured), [paste])  # fmt: skip


def _title(*, measured: bool) -> str:
    return _("The journey, as measured") if measured else _("The journey, as assumed")


def _note(*, measured: bool, assumed: bool) -> str:
    said = [_("−2 upset … +2 delighted")]
    if measured:
        said.append(_("95 % band"))
    if assumed:
        said.append(_("dashed where only assumed") if measured else _("dashed: assumed"))
    return ", ".join(said)


def _grid(pages: Pages, known: Sheet, width: float) -> Grid | None:
    """The columns of the printed state, so narrow that all of them have room."""
    state = compose.state_of(known.document)
    if state is None:
        return None
    frame, k = Frame(personas=frozenset({known.persona.id}), state=state.id), pages.k
    paper = replace(metrics.paper(k), names=_SCALE * k, emotion=pages.air.curve * k, phase_gap=_GAP * k, gap=0.0)
    count = Grid(known.document, known.figures, paper, frame=frame)
    cells = sum(max(1, block.last - block.first + 1) for block in count.blocks)
    if not count.columns:
        return None
    gap = min(_GAP, 0.25 * (width - _SCALE) / len(count.blocks))
    pitch = (width - _SCALE - gap * (len(count.blocks) - 1)) / cells
    fine = replace(paper, pitch=pitch * k, phase_gap=gap * k, level="full" if pitch >= _FULL else "summary")
    return Grid(known.document, known.figures, fine, frame=frame)


def _is_replaced(group: Group, grid: Grid) -> bool:
    """Hairlines between phases (here grounds part them), and labels, which have more room than on the map."""
    parting = group.meaning.role == "decoration" and group.layer == 1 and group.width <= grid.metrics.gap + 1e-9
    return parting or group.meaning.field == "note"


def _labels(pages: Pages, grid: Grid, lane: Lane, moods: Moods, level: Callable[[float], float]) -> list[Group]:
    """Words at peak, trough and ending, as long as a column of the page; her name stands above."""
    roomy = copy(grid)
    roomy.metrics = replace(grid.metrics, pitch=max(grid.metrics.pitch, pages.column * pages.k / 2))
    name = grid.personas[0].name
    return [one for one in labels(roomy, lane, moods, level, {}) if one.meaning.alt != name]


def _phases(pages: Pages, grid: Grid) -> list[tuple[float, float, Sequence[str]]]:
    """Where each phase stands, and its name in lines; a phase too narrow for words has none."""
    k = pages.k
    found: list[tuple[float, float, Sequence[str]]] = []
    for block in grid.blocks:
        room = block.width / k - 4
        lines = measure.wrap(block.phase.name, room * k, 7 * k, 600, 99).lines if room > 24 and block.phase.name else ()
        found.append((block.x / k, block.width / k, lines if len(lines) <= 4 else ()))
    return found
