"""The layout of one map, and how it follows changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from journeymap.model import lanes
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.layout import edges, places
from journeymap.model.layout.channels import Channels
from journeymap.model.layout.charts import Charts
from journeymap.model.layout.columns import Block, Column
from journeymap.model.layout.compose import composed
from journeymap.model.layout.damage import MANY, WHOLE, Damage, Shape, Slide, across, down, shape
from journeymap.model.layout.emotion import Emotions
from journeymap.model.layout.grid import Band, Frame, Grid, Rect, Row
from journeymap.model.layout.hits import hit
from journeymap.model.layout.rows import strips
from journeymap.model.layout.solo import Several
from journeymap.model.layout.stale import stale
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.lens import Lens, chooses, concerned, lens, persona_of
from journeymap.model.metrics import Metrics
from journeymap.model.picture import Group, Picture
from journeymap.model.records import Id, Lane, Record, View

if TYPE_CHECKING:
    from journeymap.model.figures import Figures
    from journeymap.model.layout.slots import Slots


def _frame(seen: Lens, state: Id | None, slots: Slots | None, *, paged: bool) -> Frame:
    return Frame(
        seen.touchpoints, seen.personas, state or (seen.states[0] if seen.states and not paged else None), slots
    )


def _lowered(groups: Iterator[Group], top: float) -> tuple[Group, ...]:
    """The band of phases where it stands; that of a state below another one in the tint of what is yet to be."""
    return tuple(edges.below(group, top) for group in groups) if top else tuple(groups)


def _holds(strips: Sequence[Strip]) -> bool:
    """Whether anything stands between the line above these rows and the next line."""
    for strip in strips:
        if strip.lane.kind in lanes.LINES:
            return False
        if strip.height > 0 and strip.lane.kind != lanes.DEPARTMENTS:
            return True
    return False


class Layout:
    """A map as it is drawn in one medium: columns, rows and groups; follows the document change by change.

    `touchpoints`: only these (a page of a map that goes over several); None is the whole first state.
    `like`: a layout of the same map that has followed every change; what it has gathered is taken over.
    `view`: what is shown of all that (`model.lens`); `state` and `slots` are those of one of two states (`States`).
    `seen`: what the view shows at this moment, where that is known.
    """

    corner: tuple[Group, ...] = ()
    """What stands between phases and lane names."""

    def __init__(
        self,
        document: Document,
        figures: Figures,
        metrics: Metrics,
        *,
        touchpoints: Sequence[Id] | None = None,
        like: Layout | None = None,
        view: View | None = None,
        state: Id | None = None,
        slots: Slots | None = None,
        seen: Lens | None = None,
    ) -> None:
        self.document, self.metrics, self.view = document, metrics, view
        self.lens = seen or lens(document, view, figures)
        self._state, self._page, self.top = state, touchpoints, 0.0
        self._awaited: Slots | None = None
        self._spare: list[Strip] = []  # rows of views shown before, good until something changes
        known = like._grid if like is not None else None  # noqa: SLF001  (its own kind)
        frame = _frame(self.lens, state, slots, paged=touchpoints is not None)
        self._grid: Grid = Grid(document, figures, metrics, touchpoints, known, frame)
        self._moods = Several(self._grid)
        alike = [*like._spare, *like._strips] if like is not None else []  # noqa: SLF001
        self._strips: list[Strip] = strips(self._grid, self._moods, self.lens.rows, like=alike)
        self._shown: list[Strip] = []
        self._rows: list[Row] = []
        self._head: tuple[Group, ...] | None = None
        self._names: tuple[Group, ...] | None = None
        self.height = 0.0
        self._shape, self._floor = shape(self._grid, 0.0, ()), edges.Floor(self._grid, ())
        self._stack()

    def _stack(self) -> None:
        """Puts the rows below each other; on paper a line with nothing below it is left out."""
        self.head_height, self._shown = edges.head_height(self._grid), []
        y = self.top + self.head_height
        for n, strip in enumerate(self._strips):
            strip.said = strip.instead
            idle = self.metrics.paper and strip.lane.kind in lanes.LINES and not _holds(self._strips[n + 1 :])
            if (high := strip.height) > 0 and not idle:
                strip.y = y
                y += high
                self._shown.append(strip)
        self.height = y + (0.0 if self.metrics.paper else self.metrics.lane_pad)
        before, self._shape = self._shape, shape(self._grid, self.head_height, self._shown)
        self._rows = [Row(place.lane.id, place.y, place.height) for place in self._shape.rows]
        if before != self._shape or not self._floor.holds(self._shown, self.top):
            self._floor = edges.Floor(self._grid, self._shown, self.top)

    def show(self, view: View | None) -> bool:
        """Shows the same columns through another view: only the rows differ. False where the columns would differ."""
        frame = self._grid.frame
        if view is not None and chooses(view):
            return False
        seen = lens(self.document, view, self._grid.figures)
        elsewhere = seen.touchpoints is not None or seen.personas is not None or len(seen.states) > 1
        if elsewhere or frame.touchpoints is not None or frame.personas is not None or frame.slots is not None:
            return False
        if seen.states and not self._grid.shows(seen.states[0]):
            return False
        self.view, self.lens = view, seen
        known = {strip.lane.id: strip for strip in (*self._spare, *self._strips)}
        self._strips = strips(self._grid, self._moods, seen.rows, [*known.values()])
        self._spare = [*known.values()]
        self._head = self._names = None
        self._stack()
        return True

    def move_to(self, top: float) -> None:
        """Begins further down or up: below another state."""
        if top != self.top:
            self.top, self._head, self._names = top, None, None
            self._stack()

    # ------------------------------------------------------------ sizes and places

    @property
    def width(self) -> float:
        """Of the whole drawing, lane names included."""
        return self._grid.right

    @property
    def names_width(self) -> float:
        """Of the column of lane names."""
        return self.metrics.names

    @property
    def columns(self) -> Sequence[Column]:
        """The touchpoints from left to right."""
        return self._grid.columns

    @property
    def order(self) -> Sequence[Id]:
        """The touchpoints of the columns; not to be changed."""
        return self._grid.columns.ids

    @property
    def places(self) -> list[float]:
        """Where each column begins; quicker than to ask each of them."""
        return self._grid.columns.places

    @property
    def blocks(self) -> list[Block]:
        """The phases from left to right, those without touchpoints too."""
        return self._grid.blocks

    @property
    def rows(self) -> list[Row]:
        """The lanes from top to bottom; not to be changed."""
        return self._rows

    @property
    def bands(self) -> list[Band]:
        """The states that are drawn, from top to bottom."""
        return [Band(self.top, self.blocks, self.rows)]

    def place(self, id_: Id, lane_id: Id | None = None) -> Rect | None:
        """Where a record is drawn; with a lane, the cell of a touchpoint in it. None where it is not drawn."""
        return places.place(self._grid, self._shown, Rect(0.0, self.top, self.width, self.head_height), id_, lane_id)

    def row_of(self, lane_id: Id, touchpoint_id: Id | None = None) -> Row | None:  # noqa: ARG002 - for two states
        """The row of a lane, where two states are drawn the one in which the touchpoint stands."""
        return next((row for row in self.rows if row.lane_id == lane_id), None)

    def least_height(self, lane_id: Id) -> float:
        """The height that a lane needs for what stands in it, whatever a person has set."""
        found = (one for one in self._shown if one.lane.id == lane_id)
        return max((one.least for one in found), default=0.0)

    def mood_at(self, y: float, touchpoint_id: Id | None = None, persona_id: Id | None = None) -> float | None:  # noqa: ARG002
        """The mood (−2 … +2) at a height of the drawing, None where no emotion lane is shown.

        Where a persona has a row of her own, hers is meant; where two states are drawn, that of the touchpoint.
        """
        strip = self._emotions(persona_id)
        return strip.mood(y - strip.y) if strip is not None else None

    def mood_level(self, mood: float, touchpoint_id: Id | None = None, persona_id: Id | None = None) -> float | None:  # noqa: ARG002
        """The height of the drawing at which a mood lies, None where no emotion lane is shown."""
        strip = self._emotions(persona_id)
        return strip.y + strip.level(mood) if strip is not None else None

    def strip_at(self, y: float) -> Strip | None:
        """The row at a height of the drawing; places within it are counted from its `y`."""
        return next((strip for strip in self._shown if strip.y <= y < strip.y + strip.height), None)

    def _emotions(self, persona_id: Id | None) -> Emotions | None:
        found = [one for one in self._shown if isinstance(one, Emotions) and not one.lane.folded and not one.empty]
        hers = (one for one in found if persona_of(one.lane.id) == persona_id)
        return next(hers, found[0] if found else None)

    # ------------------------------------------------------------ drawing

    @property
    def head(self) -> tuple[Group, ...]:
        """The phases: they stay at the top while the map scrolls."""
        if self._head is None:
            self._head = _lowered(edges.phases(self._grid), self.top)
        return self._head

    def head_between(self, left: float, right: float) -> tuple[Group, ...]:
        """The phases in view, with their names pulled into it."""
        return _lowered(edges.phases(self._grid, left, right), self.top)

    @property
    def names(self) -> tuple[Group, ...]:
        """The lane names: they stay at the left while the map scrolls."""
        if self._names is None:
            self._names = tuple(edges.names(self._grid, self._shown))
        return self._names

    def visible(self, x: float, y: float, width: float, height: float) -> Iterator[Group]:
        """The groups of the body that may show in a rectangle, grounds first."""
        yield from self.grounds(x, width)
        yield from self.contents(x, y, width, height)

    def grounds(self, x: float, width: float) -> Iterator[Group]:
        """The grounds and rules of all rows, from `x` on `width` far."""
        yield from self._floor.between(x, x + width)

    def contents(self, x: float, y: float, width: float, height: float) -> Iterator[Group]:
        """What stands in the cells that may show in a rectangle."""
        first, last = self._grid.reaching(x, x + width)
        for strip, row in zip(self._shown, self._rows, strict=True):
            if row.y <= y + height and row.y + row.height >= y:
                yield from strip.groups(first, last)

    def at(self, x: float, y: float) -> Group | None:
        """What lies under a point."""
        if y < self.head_height:
            return hit(self.head, x, y, 0.0)
        if x < self.names_width:
            return hit(self.names, x, y, 0.0)
        return hit(self.visible(x, y, 0.0, 0.0), x, y, 4 * self.metrics.k)

    def picture(self) -> Picture:
        """Everything, in reading order."""
        body = self.visible(0.0, 0.0, self.width, self.height)
        phases = {block.phase.id: max(0, block.first) for block in self._grid.blocks}
        columns = {id_: n for n, id_ in enumerate(self.order)}
        return composed((self.width, self.height), (*self.names, *self.head), body, columns, phases)

    # ------------------------------------------------------------ following

    def follow(self, change: Change, figures: Figures) -> Damage:
        """Takes in `change` (already in the document) and the figures after it; says what must be painted anew."""
        grid = self._grid
        before = self._shape
        self._spare.clear()
        touched = stale(self.document, change, grid.figures, figures)
        looked = self._look(change, touched, figures)
        if looked or touched.structure:
            touched.lanes = None
        grid.figures = figures
        heads = self._reread(touched, change)
        if looked:
            self._strips = strips(grid, self._moods, self.lens.rows, self._strips)
        marked = [(strip, columns) for strip in self._strips if (columns := _refreshed(strip, touched))]
        self._stack()
        return self._damage(before, touched, marked, heads=heads)

    def _damage(self, before: Shape, touched: Touched, marked: list[tuple[Strip, set[int]]], *, heads: bool) -> Damage:
        """What is stale, now that every strip has said what it has `marked`; `before`: where everything stood."""
        grid, window, now = self._grid, touched.window, self._shape
        rows = down(before.rows, now.rows) if now.head_height == before.head_height else None
        if rows is None or not grid.columns:  # without columns what stands in a row has no place to name
            self._head = self._names = None
            return Damage(everything=True)
        heads = heads or window is not None
        self._head = None if heads else self._head
        renamed = _renamed(self._shown, touched)
        self._names = self._names if before.rows == now.rows and not renamed else None
        columns = across(grid, window, before.right)
        rects = [*_stale(grid, marked), *(_words(self._shown, columns) if columns != WHOLE else ())]
        if len(rects) > MANY:
            rects = [Rect(0.0, self.top, self.width, self.height)]
        return Damage(head=heads, names=renamed, rects=tuple(rects), across=columns, down=rows)

    def expect(self, slots: Slots) -> None:
        """Other places shared with another state: taken in with the next change."""
        if slots != self._grid.frame.slots:
            self._awaited = slots

    def _look(self, change: Change, touched: Touched, figures: Figures) -> bool:
        """Asks anew what the view shows; True where rows may have come, gone or changed."""
        if self._awaited is not None:
            self._grid.take(replace(self._grid.frame, slots=self._awaited))
            self._awaited, touched.structure = None, True
        kinds = {type(record) for record in _records(self.document, change) if record is not None}
        if self.view is None and Lane not in kinds:
            return False
        if not concerned(kinds) and figures is self._grid.figures:
            return False
        before, self.lens = self.lens, lens(self.document, self.view, figures)
        if self.lens == before:
            return False
        frame = _frame(self.lens, self._state, self._grid.frame.slots, paged=self._page is not None)
        if frame != self._grid.frame:
            _chosen(touched, self._grid, frame)
            self._grid.take(frame)
        return True

    def _reread(self, touched: Touched, change: Change) -> bool:
        """Brings grid and moods up to date; True where a phase must be drawn anew."""
        grid = self._grid
        if touched.structure:
            window = grid.arrange(touched.phases)
            touched.touchpoints |= window.strangers()  # a view may have brought or hidden them
            grid.read(touched.touchpoints)
            touched.neighbours, touched.window = window.parted(), window
            self._moods.follow(window)
        else:
            grid.read(touched.touchpoints)
        if touched.people or touched.names:
            grid.read_people()
        if touched.people:
            self._moods.read_all()
        if touched.lanes is not None:
            return False  # texts only: nobody feels otherwise, no phase is called otherwise
        concerned_here = touched.touchpoints | touched.figures
        felt = bool(self._moods.read(concerned_here))
        unseen = (grid.number(id_) is not None for id_ in concerned_here if id_ not in grid.index)
        if not grid.whole and (touched.structure or any(unseen)):
            self._moods.look_again()
            felt = True
        touched.moods = felt or touched.people or touched.structure
        return grid.read_phases(change.updated)


def _chosen(touched: Touched, grid: Grid, frame: Frame) -> None:
    """What is stale where a view chooses other touchpoints or personas: with these, whose cells are shown at all."""
    touched.structure |= frame.touchpoints != grid.frame.touchpoints
    if frame.personas != grid.frame.personas:
        touched.people = True
        touched.touchpoints.update(grid.columns.ids)


def _renamed(shown: Iterable[Strip], touched: Touched) -> bool:
    """Whether lane names show what changed."""
    charts = (touched.figures or touched.structure) and any(isinstance(one, Charts) for one in shown)
    channels = (touched.channels or touched.structure) and any(isinstance(one, Channels) for one in shown)
    return bool(charts or channels)


def _stale(grid: Grid, marked: Iterable[tuple[Strip, set[int]]]) -> Iterator[Rect]:
    """The stale columns of the rows that are shown."""
    for strip, columns in marked:
        if strip.height > 0:
            yield from _rects(grid, strip, columns)


def _words(shown: Iterable[Strip], across: Sequence[Slide]) -> Iterator[Rect]:
    """What stands in place of cells, and what has moved out of its place with the columns."""
    by, still = max((abs(slide.by) for slide in across), default=0.0), [slide for slide in across if not slide.by]
    for strip in shown:
        words = strip.words()
        if words is not None and not any(
            one.start <= words.x and words.x + words.width + by <= one.end for one in still
        ):
            yield words._replace(width=words.width + by)


def _rects(grid: Grid, strip: Strip, stale: set[int]) -> Iterator[Rect]:
    """The stale columns of a row, neighbours joined, with the gaps and empty phases beside them."""
    columns = grid.columns
    for start, end in _stretches(stale):
        left = columns[start - 1].x + columns[start - 1].width if start else grid.left
        right = columns[end + 1].x if end + 1 < len(columns) else grid.right
        yield Rect(left, strip.y, right - left, strip.height)


def _stretches(stale: set[int]) -> Iterator[tuple[int, int]]:
    """First and last of numbers that follow each other."""
    if stale and max(stale) - min(stale) == len(stale) - 1:
        yield min(stale), max(stale)
        return
    start = None
    for i in sorted(stale):
        start = i if start is None else start
        if i + 1 not in stale:
            yield start, i
            start = None


def _refreshed(strip: Strip, touched: Touched) -> set[int]:
    """The columns of a row that must be painted anew; all where other words stand in place of its cells."""
    if not touched.concerns(strip.lane.id):
        return set()
    rode, columns = strip.rides, strip.refresh(touched)
    if strip.instead != strip.said:
        return set(range(len(strip.grid.columns)))
    if strip.said is not None:
        return set()  # words stand there, the same as before
    if touched.window is not None and not (rode and strip.rides):
        columns.update(touched.window.inner)
    return columns


def _records(document: Document, change: Change) -> Iterator[Record | None]:
    yield from change.added.values()
    yield from change.removed.values()
    yield from (document.record(id_) for id_ in change.updated)
