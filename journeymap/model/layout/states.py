"""Two states of a map, one below the other: the same drawing twice, with counterparts in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.layout.columns import Block, Column
from journeymap.model.layout.compose import composed
from journeymap.model.layout.damage import Damage, resting
from journeymap.model.layout.grid import Band, Rect, Row
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.sheet import Layout
from journeymap.model.layout.slots import slots
from journeymap.model.layout.strip import Strip
from journeymap.model.lens import lens
from journeymap.model.metrics import Metrics
from journeymap.model.picture import Group, Meaning, Picture
from journeymap.model.records import Id, State, View

if TYPE_CHECKING:
    from journeymap.model.figures import Figures


def layout_of(
    document: Document,
    figures: Figures,
    metrics: Metrics,
    view: View | None,
    *,
    like: Layout | None = None,
    touchpoints: Sequence[Id] | None = None,
) -> Layout:
    """The layout of a view: `States` where it shows two of them, else a `Layout`."""
    seen = lens(document, view, figures)
    if view is not None and touchpoints is None and len(seen.states) > 1:
        return States(document, figures, metrics, view, like=like)
    return Layout(document, figures, metrics, view=view, like=like, touchpoints=touchpoints, seen=seen)


class States(Layout):
    """The first state as a `Layout`, and `below` it the second, drawn from another one."""

    def __init__(
        self, document: Document, figures: Figures, metrics: Metrics, view: View, *, like: Layout | None = None
    ) -> None:
        seen = lens(document, view, figures)
        first, second = seen.states
        places = slots(document, first, second, seen.touchpoints)
        super().__init__(document, figures, metrics, like=like, view=view, state=first, slots=places)
        self.below = Layout(document, figures, metrics, like=like, view=view, state=second, slots=places)
        self._stack()

    def _stack(self) -> None:
        super()._stack()
        self._upper = self.height
        below = getattr(self, "below", None)  # the upper state is stacked once before there is a lower one
        if below is not None:
            below.move_to(self._upper + 2.4 * self.metrics.l)
            self.height = below.height

    # ------------------------------------------------------------ sizes and places

    @property
    def width(self) -> float:
        """Of the wider of the two."""
        return max(super().width, self.below.width)

    @property
    def columns(self) -> list[Column]:
        """The touchpoints of the first state from left to right, then those of the second."""
        return [*super().columns, *self.below.columns]

    @property
    def order(self) -> list[Id]:
        """Their touchpoints."""
        return [*super().order, *self.below.order]

    @property
    def places(self) -> list[float]:
        """Where they begin."""
        return [*super().places, *self.below.places]

    @property
    def blocks(self) -> list[Block]:
        """The phases of the first state, then those of the second; their columns are counted on."""
        return [block for band in self.bands for block in band.blocks]

    @property
    def rows(self) -> list[Row]:
        """The lanes of the first state, then those of the second."""
        return [row for band in self.bands for row in band.rows]

    @property
    def bands(self) -> list[Band]:
        """Both states."""
        count, below = len(super().columns), self.below
        shifted = [block._replace(first=block.first + count, last=block.last + count) for block in below.blocks]
        return [
            Band(self.top, super().blocks, super().rows),
            Band(below.top, shifted, [row._replace(band=1) for row in below.rows]),
        ]

    @property
    def slots(self) -> tuple[int, int]:
        """How many columns stand side by side, and how many phases begin among them."""
        places = self._grid.frame.slots
        gaps = places.gaps if places is not None else ()
        return len(gaps), gaps[-1] + 1 if gaps else 0

    def row_of(self, lane_id: Id, touchpoint_id: Id | None = None) -> Row | None:
        """The row of a lane in the state in which the touchpoint stands."""
        band = int(self._lower(touchpoint_id))
        return next((row for row in self.rows if row.lane_id == lane_id and row.band == band), None)

    def place(self, id_: Id, lane_id: Id | None = None) -> Rect | None:
        """Where a record is drawn, in either state."""
        return super().place(id_, lane_id) or self.below.place(id_, lane_id)

    def mood_at(self, y: float, touchpoint_id: Id | None = None, persona_id: Id | None = None) -> float | None:
        """The mood at a height of the drawing, in the state of the touchpoint, else the one that lies there."""
        below = self._lower(touchpoint_id) if touchpoint_id else y >= self.below.top
        return self.below.mood_at(y) if below else super().mood_at(y, touchpoint_id, persona_id)

    def mood_level(self, mood: float, touchpoint_id: Id | None = None, persona_id: Id | None = None) -> float | None:
        """The height at which a mood lies in the state of the touchpoint."""
        if self._lower(touchpoint_id):
            return self.below.mood_level(mood)
        return super().mood_level(mood, touchpoint_id, persona_id)

    def strip_at(self, y: float) -> Strip | None:
        """The row of the state that lies there."""
        return self.below.strip_at(y) if y >= self.below.top else super().strip_at(y)

    def _lower(self, touchpoint_id: Id | None) -> bool:
        return touchpoint_id in self.below._grid.index  # noqa: SLF001  (its own kind)

    # ------------------------------------------------------------ drawing

    @property
    def corner(self) -> tuple[Group, ...]:  # type: ignore[override]
        """The name of the first state, between phases and lane names."""
        return (self._named(0, 0.0, self.head_height),)

    @property
    def names(self) -> tuple[Group, ...]:
        """The lane names of both; beside the second band of phases stands the second state's name."""
        below = self.below
        return (*super().names, self._named(1, below.top, below.head_height), *below.names)

    def _named(self, place: int, y: float, high: float) -> Group:
        metrics, state = self.metrics, self.document.get(State, self.lens.states[place])
        words = state_name(state)
        pen, left = Pen(metrics), 0.0 if metrics.paper else 16.0
        if metrics.level != "sketch":
            room = metrics.names - left - 4 * metrics.k
            pen.text(left, high / 2 + metrics.l * 0.36, words, metrics.l, 600, "text", room=room)
        meaning = Meaning("title", state.id if state is not None else None, alt=words)
        return pen.group(meaning, 0.0, y, metrics.names, high)

    def grounds(self, x: float, width: float) -> Iterator[Group]:
        """The grounds of both states."""
        yield from super().grounds(x, width)
        yield from self.below.grounds(x, width)

    def contents(self, x: float, y: float, width: float, height: float) -> Iterator[Group]:
        """What stands in the cells of both, and the second state's phases."""
        below = self.below
        if y <= self._upper:
            yield from super().contents(x, y, width, height)
        if y + height >= below.top:
            yield from (group for group in below.head if group.x < x + width and group.x + group.width > x)
            yield from below.contents(x, y, width, height)

    def at(self, x: float, y: float) -> Group | None:
        """What lies under a point."""
        return self.below.at(x, y) if y >= self.below.top else super().at(x, y)

    def picture(self) -> Picture:
        """Everything, the first state before the second."""
        body = self.visible(0.0, 0.0, self.width, self.height)
        blocks = self.blocks
        columns = {id_: n for n, id_ in enumerate(self.order)}
        phases = {block.phase.id: max(0, block.first) for block in blocks}
        edges = (*self.corner, *self.names, *self.head)
        return composed((self.width, self.height), edges, body, columns, phases)

    # ------------------------------------------------------------ following

    def follow(self, change: Change, figures: Figures) -> Damage:
        """Takes in a change in both states; another place of counterparts moves both."""
        before = (self.height, self.below.top, self.width, self.corner)
        self._place_anew(figures)
        upper = super().follow(change, figures)
        lower = self.below.follow(change, figures)
        self._stack()
        boxes = (Rect(0.0, self.top, self.width, self._upper), Rect(0.0, self.below.top, self.width, self.height))
        rects = [resting(*each) for each in zip((upper, lower), boxes, strict=True)]  # one may move, the other not
        same = before == (self.height, self.below.top, self.width, self.corner)
        if upper.everything or lower.everything or rects[0] is None or rects[1] is None or not same:
            return Damage(everything=True)
        band = (Rect(0.0, self.below.top, self.width, self.below.head_height),) if lower.head else ()
        return Damage(head=upper.head, names=upper.names or lower.names, rects=(*rects[0], *rects[1], *band))

    def _place_anew(self, figures: Figures) -> None:
        """Finds out where counterparts stand now; the grids take it in while they follow."""
        seen = lens(self.document, self.view, figures)
        if len(seen.states) < 2:
            return
        places = slots(self.document, seen.states[0], seen.states[1], seen.touchpoints)
        for layout in (self, self.below):
            layout.expect(places)


def state_name(state: State | None) -> str:
    """What a state is called: its own name, else its kind's."""
    if state is None:
        return ""
    return state.name or (_("To-be") if state.kind == "to_be" else _("As-is"))
