"""XO (domain D11): what happened and why, side by side on every touchpoint; and what is not known.

O-data say what happened (orders, tickets, times, visits), X-data why (scores, comments, felt emotion). Most maps stop at
NPS, CSAT and churn; the whole picture needs retention, customer value and effort too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from journeymap.i18n import _
from journeymap.model import kpi
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.records import Id, Persona, Phase, Quote, State, Touchpoint

EXPERIENCE: Final = frozenset({"nps", "csat", "ces", "rating", "sentiment"})
"""KPIs that say why; all others say what happened."""
SIX: Final = ("nps", "csat", "ces", "churn", "retention", "clv")
"""What a complete picture has somewhere on the map."""


class Known(Struct, frozen=True):
    """What is known of a touchpoint: KPI names by kind, in the order of the figures; whether an emotion was measured
    there; how many quotes of customers there are.
    """

    touchpoint_id: Id
    operation: tuple[str, ...]
    experience: tuple[str, ...]
    felt: bool = False
    quotes: int = 0

    @property
    def why(self) -> bool:
        """Whether there is X-data: a score, or a measured emotion."""
        return bool(self.experience) or self.felt

    @property
    def what(self) -> bool:
        """Whether there is O-data."""
        return bool(self.operation)

    @property
    def missing(self) -> str:
        """What to ask for next, as a sentence; "" where both kinds are there."""
        if self.what and self.why:
            return ""
        if self.what:
            return _("It is known what happens here, not why: ask the customers who pass.")
        if self.why:
            return _("It is known how it feels here, not what happens: look for times, visits or cases.")
        return _("Nothing is measured here.")


def known(figures: Figures, touchpoint_id: Id, personas: Iterable[Id]) -> Known:
    """What the figures say of a touchpoint, and whether any of the personas was measured there."""
    kinds = dict.fromkeys(figure.kpi for figure in figures.at(touchpoint_id))
    felt = any((persona, touchpoint_id) in figures.emotion for persona in personas)
    return Known(
        touchpoint_id,
        tuple(name for name in kinds if name not in EXPERIENCE),
        tuple(name for name in kinds if name in EXPERIENCE),
        felt,
    )


def overview(document: Document, figures: Figures) -> list[Known]:
    """Every touchpoint in reading order, with its quotes."""
    personas = [persona.id for persona in document.all(Persona)]
    found = []
    for state in document.all(State):
        for phase in document.referring(Phase, "state_id", state.id):
            for touchpoint in document.referring(Touchpoint, "phase_id", phase.id):
                each = known(figures, touchpoint.id, personas)
                quotes = len(document.referring(Quote, "touchpoint_id", touchpoint.id))
                found.append(Known(each.touchpoint_id, each.operation, each.experience, each.felt, quotes))
    return found


def lacking(figures: Figures) -> list[str]:
    """Which of the six the map lacks, by their KPI names. A figure that is hidden, or has no answers, does not count."""
    groups = (*figures.touchpoint.values(), *figures.phase.values(), figures.journey)
    there = {figure.kpi for group in groups for figure in group if figure.value is not None}
    return [name for name in SIX if name not in there]


def lack(figures: Figures) -> str:
    """The same in a sentence, "" where none is lacking."""
    names = [kpi.definition(name).label() for name in lacking(figures)]
    return _("This map lacks: {names}.").format(names=", ".join(names)) if names else ""
