"""Which slides there are: a title, every phase (a long one on several), below each its lanes in full, what is done next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from journeymap.i18n import _
from journeymap.model import journey, lens
from journeymap.model.document import Document
from journeymap.model.layout.compose import finished
from journeymap.model.picture import Group, Picture
from journeymap.model.records import Action, Id, Note, Phase, Touchpoint, View
from journeymap.model.slides import lanes, plan, story, title
from journeymap.model.slides.sizes import HIGH, MOST_COLUMNS, WIDE

if TYPE_CHECKING:
    from journeymap.model.figures import Figures

TOLD: Final = frozenset({lens.MAP, lens.JOURNEY, lens.ONE_PAGE, lens.PHASE, lens.STATES})
"""Views whose phases begin with the story of the phase: mood, names, worst figures. Others begin with their lanes."""


class Slide(Struct, frozen=True):
    """One slide: what it shows of which phase. `part` of `parts` where a phase has several."""

    kind: str  # title | story | lanes | plan
    heading: str
    phase_id: Id | None = None
    touchpoints: tuple[Id, ...] = ()
    part: int = 1
    parts: int = 1
    rows: tuple[Id, ...] = ()  # of a slide of lanes
    state: str = ""  # what the state is called, where two are shown


class Deck:
    """The slides of a map as a view shows it, from left to right; below each there may be more detail.

    Pictures are made when they are asked for, and kept.
    """

    def __init__(self, document: Document, figures: Figures, view: View | None = None) -> None:
        self.document, self.figures, self.view = document, figures, view
        self.lens = lens.lens(document, view, figures)
        state = next(iter(self.lens.states), None) or next((phase.state_id for phase in document.all(Phase)), None)
        self.phases = [phase for phase in journey.phases(document, state) if self._inside(phase)] if state else []
        self.columns: list[Slide] = [*self._made()]
        self._below: dict[int, list[Slide]] = {}
        self._pictures: dict[Slide, Picture] = {}

    def _inside(self, phase: Phase) -> list[Id]:
        """The touchpoints of a phase that the view shows."""
        every = self.document.referring(Touchpoint, "phase_id", phase.id)
        return [one.id for one in every if self.lens.touchpoints is None or one.id in self.lens.touchpoints]

    def _made(self) -> Iterator[Slide]:
        yield Slide("title", self.document.map.title or _("Untitled map"))
        told = self.view is None or self.view.kind in TOLD
        for phase in self.phases:
            about = [] if told else [*self._lanes(phase)]
            yield from about or self._stories(phase)  # where the lanes of a view are empty, its story is told
        if any(action.status != "done" for action in self.document.all(Action)):
            yield Slide("plan", _("What happens next"))

    def _stories(self, phase: Phase, state: str = "") -> Iterator[Slide]:
        chunks = chunked(self._inside(phase))
        for n, chunk in enumerate(chunks, 1):
            yield Slide("story", phase.name or _("Phase"), phase.id, tuple(chunk), n, len(chunks), state=state)

    def _lanes(self, phase: Phase, touchpoints: tuple[Id, ...] = ()) -> Iterator[Slide]:
        """The lanes of a phase, of some of its touchpoints or of all, as many to a slide as fit."""
        for chunk in [touchpoints] if touchpoints else map(tuple, chunked(self._inside(phase))):
            pages = lanes.pages(self.document, self.figures, self.view, chunk)
            for n, rows in enumerate(pages, 1):
                yield Slide("lanes", phase.name or _("Phase"), phase.id, chunk, n, len(pages), rows)

    # ------------------------------------------------------------ asking

    def below(self, column: int) -> list[Slide]:
        """The further detail of a slide, from top to bottom, without the slide itself."""
        if column not in self._below:
            slide = self.columns[column]
            phase = self.document.get(Phase, slide.phase_id)
            found: list[Slide] = []
            if slide.kind == "story" and phase is not None:
                found += self._tomorrow(slide)
                found += self._lanes(phase, slide.touchpoints)
            self._below[column] = found
        return self._below[column]

    def _tomorrow(self, slide: Slide) -> Iterator[Slide]:
        """The story of the phases that the second state has in the place of these touchpoints."""
        if len(self.lens.states) < 2:
            return
        here = set(slide.touchpoints)
        own = {self.document.one(Touchpoint, id_).counterpart_id for id_ in here}
        for phase in journey.phases(self.document, self.lens.states[1]):
            inside = self._inside(phase)
            twins = [id_ for id_ in inside if id_ in own or self.document.one(Touchpoint, id_).counterpart_id in here]
            if twins:
                from journeymap.model.layout.states import state_name
                from journeymap.model.records import State

                named = state_name(self.document.get(State, self.lens.states[1]))
                for chunk in chunked(twins):
                    yield Slide("story", phase.name, phase.id, tuple(chunk), state=named)

    def at(self, column: int, row: int = 0) -> Slide:
        """A slide by its place; row 0 is the slide itself."""
        return self.columns[column] if row == 0 else self.below(column)[row - 1]

    def place_of(self, touchpoint_id: Id | None) -> int:
        """The first slide that shows a touchpoint; the title where none does."""
        return next((n for n, slide in enumerate(self.columns) if touchpoint_id in slide.touchpoints), 0)

    def notes(self, slide: Slide) -> list[tuple[str, str]]:
        """What a speaker wants at hand: (touchpoint or "", note); on the title what belongs to the whole map."""
        found: list[tuple[str, str]] = []
        for note in self.document.all(Note):
            if note.resolved or (note.touchpoint_id or None) not in (slide.touchpoints or (None,)):
                continue
            touchpoint = self.document.get(Touchpoint, note.touchpoint_id)
            found.append((touchpoint.name if touchpoint is not None else "", note.text))
        for id_ in slide.touchpoints:
            touchpoint = self.document.one(Touchpoint, id_)
            if touchpoint.description:
                found.append((touchpoint.name, touchpoint.description))
        return found

    def picture(self, slide: Slide) -> Picture:
        """The slide, drawn."""
        if slide not in self._pictures:
            draw = {
                "title": partial(title.groups, self), "story": partial(story.groups, self, slide),
                "lanes": partial(lanes.groups, self, slide), "plan": partial(plan.groups, self),
            }[slide.kind]  # fmt: skip
            groups: tuple[Group, ...] = tuple(draw())
            self._pictures[slide] = finished((WIDE, HIGH), groups)
        return self._pictures[slide]


def chunked(ids: list[Id]) -> list[list[Id]]:
    """Touchpoints in parts of nearly equal length, none longer than a slide holds; one empty part where there are none."""
    parts = max(1, -(-len(ids) // MOST_COLUMNS))
    size = max(1, -(-len(ids) // parts))
    return [ids[i : i + size] for i in range(0, len(ids), size)] or [[]]
