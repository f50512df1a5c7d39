"""A remark, and what every rule looks at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from journeymap.model import journey
from journeymap.model.records import DataSet, Id, Lane, Map, Persona, Phase, Quote, State, Touchpoint, TypedKpi

if TYPE_CHECKING:
    from journeymap.model.change import Change
    from journeymap.model.document import Document
    from journeymap.model.figures import Figures


class Remark(Struct, frozen=True, eq=False):
    """One criticism. `text` says what is wrong, `why` why that matters and what to do.

    `records`: where it is, the first being the place to go to; empty where it concerns the whole map.
    `level`: "mistake" (an expert would send the map back) or "hint". `cure`: what mending is called, "" where only
    people can do it.
    """

    rule: str
    text: str
    why: str
    records: tuple[Id, ...] = ()
    level: str = "mistake"
    cure: str = ""
    mend: Callable[[Document], Change] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Remark) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    @property
    def _said(self) -> tuple[object, ...]:
        """Everything but how it is mended: functions made anew are others each time."""
        return self.rule, self.text, self.why, self.records, self.level, self.cure


class Sight(Struct, frozen=True):
    """A map as the rules look at it: its first state, in reading order."""

    document: Document
    figures: Figures
    map: Map
    state_id: Id | None
    phases: tuple[Phase, ...]
    touchpoints: tuple[Touchpoint, ...]
    personas: tuple[Persona, ...]
    lanes: tuple[Lane, ...]
    researched: bool  # data, typed-in figures, quotes or interviews


def sight(document: Document, figures: Figures) -> Sight:
    """Reads what the rules need once."""
    states = document.all(State)
    state_id = states[0].id if states else None
    phases = journey.phases(document, state_id) if state_id else []
    touchpoints = [one for phase in phases for one in document.referring(Touchpoint, "phase_id", phase.id)]
    personas = tuple(document.all(Persona))
    researched = bool(
        document.all(DataSet)
        or document.all(TypedKpi)
        or document.all(Quote)
        or any(persona.interviews or persona.segment_column for persona in personas)
    )
    return Sight(
        document, figures, document.map, state_id, tuple(phases), tuple(touchpoints), personas,
        tuple(document.all(Lane)), researched,
    )  # fmt: skip
