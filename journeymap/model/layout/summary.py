"""From afar: tiles with number, title, worst mood and worst figure, pains as dots; and sketches without any text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from journeymap.i18n import _
from journeymap.model import shapes, wording
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Kind
from journeymap.model.layout.moods import Moods
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Lane
from journeymap.model.text import width

if TYPE_CHECKING:
    from journeymap.model.figures import Figure

_GRAVITY: Final = {"missed": 0, "open": 1, "met": 2, "none": 3}


def worst(figures: tuple[Figure, ...]) -> Figure | None:
    """The figure that looks worst: missed, then open, then met; the first of several. None without any value."""
    known = [figure for figure in figures if figure.value is not None]
    return min(known, key=lambda figure: (figure.hollow or figure.hatched, _GRAVITY[figure.status]), default=None)


# ---------------------------------------------------------------- summary


class Tiles(Strip):
    """The journey lane as tiles; what the personas feel stands on them."""

    def __init__(self, grid: Grid, lane: Lane, moods: Moods) -> None:
        self.moods = moods
        super().__init__(grid, lane, Kind(height=_tile_height, draw=self._tile, figures=True, numbered=True))

    def refresh(self, touched: Touched) -> set[int]:
        """Personas stand on every tile."""
        if touched.people:
            touched.touchpoints |= self.grid.index.keys()
        return super().refresh(touched)

    def _tile(self, grid: Grid, lane: Lane, i: int) -> list[Group]:
        metrics, column, touchpoint = grid.metrics, grid.columns[i], grid.at(i).touchpoint
        pen, pad, high = Pen(metrics), metrics.pad, metrics.card
        stroke = Stroke("text", 1.5 * metrics.line) if touchpoint.moment_of_truth else Stroke("border", metrics.line)
        pen.box(0, 0, column.width, high, "card", stroke, metrics.radius)
        room = column.width - 2 * pad
        pen.text(pad, 1.35 * metrics.s, str(column.number), metrics.s, 600, "text3", figures=True, room=room)
        if touchpoint.moment_of_truth:
            pen.add([shapes.ribbon(column.width - pad, 0, metrics.k)])
        pen.wrapped(pad, 1.75 * metrics.s, touchpoint.name, room, metrics.s, 600, "text", 1.2, 3)
        self._mood(pen, i, high - 27 * metrics.line, room)
        _figure(pen, worst(grid.figures.at(column.touchpoint_id)), high - 11 * metrics.line, room)
        alt = _("{number}. {name}").format(number=column.number, name=touchpoint.name)
        meaning = Meaning("touchpoint", touchpoint.id, lane.id, touchpoint.id, "name", alt)
        return [pen.group(meaning, 0, 0, column.width, high)]

    def _mood(self, pen: Pen, i: int, middle: float, room: float) -> None:
        """The worst mood of any persona."""
        known = [
            (value, row) for row in range(len(self.grid.personas)) if (value := self.moods.value(row, i)) is not None
        ]
        if not known:
            return
        value, row = min(known)
        metrics, hue = pen.metrics, (self.moods.persona(row).hue - 1) % 6 + 1
        measured = self.moods.measured[row][i] is not None
        r = 4 * metrics.line
        pen.add(
            shapes.marker(
                metrics.pad + r,
                middle,
                r,
                hue,
                hollow=not measured,
                ground="card",
                ring=0 if measured else 1.4 * metrics.line,
            )
        )
        _beside(pen, wording.mood(value), middle, room, 500, f"p{hue}t")


def _tile_height(grid: Grid, lane: Lane, i: int) -> float:  # noqa: ARG001 - every tile is as high
    return grid.metrics.card


def _figure(pen: Pen, figure: Figure | None, middle: float, room: float) -> None:
    if figure is None:
        return
    metrics = pen.metrics
    r = 4 * metrics.line
    pen.add(shapes.status(metrics.pad + r, middle, 2 * r, figure.status, hollow=figure.hollow or figure.hatched))
    _beside(pen, wording.value(figure), middle, room, 700, "text")


def _beside(pen: Pen, words: str, middle: float, room: float, weight: int, colour: str) -> None:
    """A value behind a shape, if need be with a narrower space and a prime for minutes, where all of it has room."""
    metrics = pen.metrics
    lead = (8 + min(5.0, metrics.pad / metrics.line - 1)) * metrics.line
    narrow = words.replace(wording.SPACE, wording.NARROW)
    ways = (words, narrow, narrow.replace(wording.NARROW + "min", "′"))
    fitting = [way for way in ways if lead + width(way, metrics.s, weight, figures=True) <= room + 3 * metrics.line]
    for way in fitting[:1]:
        pen.text(metrics.pad + lead, middle + metrics.s * 0.36, way, metrics.s, weight, colour, figures=True)


def _dots_height(grid: Grid, lane: Lane, i: int) -> float:  # noqa: ARG001 - the one lane of pains
    return len(grid.at(i).pains) * grid.metrics.s * 3.0


def _dots(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """Pains as severity and numbers."""
    metrics, found = grid.metrics, []
    px, high, room = metrics.line, metrics.s * 2.8, grid.columns[i].width
    for n, pain in enumerate(grid.at(i).pains):
        pen = Pen(metrics)
        size = min(6.4 * px, room / 6.2)
        pen.add(shapes.severity(px, size, min(5, max(1, pain.severity)), size, size * 0.28, 0.8 * px))
        base = size + metrics.s * 1.6
        used = px + pen.text(px, base, f"P{pain.number}", metrics.s, 700, "pain", room=room - px)
        actions = grid.at(i).answers.get(pain.id, [])
        tags = f"→ A{actions[0].number}" if actions else ""
        if tags and used + 4 * px + width(tags, metrics.s, 600) <= room:
            pen.text(used + 4 * px, base, tags, metrics.s, 600, "brand")
        meaning = Meaning(
            "pain", pain.id, lane.id, pain.touchpoint_id, "text", pain.text, actions[0].id if actions else None
        )
        found.append(pen.group(meaning, 0, n * metrics.s * 3.0, room, high))
    return found


DOTS: Final = Kind(height=_dots_height, draw=_dots)

# ---------------------------------------------------------------- sketch


def _block(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """A card as a block."""
    metrics, column, touchpoint = grid.metrics, grid.columns[i], grid.at(i).touchpoint
    pen = Pen(metrics)
    stroke = Stroke("text", 1.5 * metrics.line) if touchpoint.moment_of_truth else Stroke("border", metrics.line)
    pen.box(0, 0, column.width, metrics.card, "card", stroke, metrics.radius)
    meaning = Meaning("touchpoint", touchpoint.id, lane.id, touchpoint.id, "name", touchpoint.name)
    return [pen.group(meaning, 0, 0, column.width, metrics.card)]


BLOCKS: Final = Kind(height=_tile_height, draw=_block, numbered=True)


def _status_height(grid: Grid, lane: Lane, i: int) -> float:  # noqa: ARG001 - the one lane of figures
    return grid.metrics.chip if worst(grid.figures.at(grid.columns.ids[i])) is not None else 0.0


def _status(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The worst figure's status as a block."""
    metrics, column = grid.metrics, grid.columns[i]
    figure = worst(grid.figures.at(column.touchpoint_id))
    if figure is None:
        return []
    colour = "control" if figure.status == "none" else figure.status
    pen = Pen(metrics)
    faint = figure.hollow or figure.hatched
    pen.box(
        0, 0, column.width, metrics.chip, None if faint else colour, Stroke(colour, metrics.line), metrics.radius_bar
    )
    meaning = Meaning(
        "chip", figure.typed_id or figure.measure_id, lane.id, column.touchpoint_id, alt=wording.spoken(figure)
    )
    return [pen.group(meaning, 0, 0, column.width, metrics.chip)]


STATUSES: Final = Kind(height=_status_height, draw=_status, figures=True)
