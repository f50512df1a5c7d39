"""What an expert would criticise on a map: remarks, each with the place and, where a machine can, the mending.

The rules are those of D1–D10 and of the ten classic mistakes of journey mapping: no research, map and blueprint mixed
up, everything in one map, no persona, no phases before and after the sale, company words, flat emotion, never
validated, the workshop's output taken as the result, no owner. A map of fewer than `ENOUGH` touchpoints has just been
begun and is left in peace. An example (`Map.example`) is invented and says so: nobody asks it for research.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from journeymap.model.checker import blueprint, feeling, outcome, research, scope, voice
from journeymap.model.checker.remark import Remark, Sight, sight

if TYPE_CHECKING:
    from journeymap.model.change import Change
    from journeymap.model.document import Document
    from journeymap.model.figures import Figures

__all__ = ["ENOUGH", "Remark", "mend", "remarks"]

ENOUGH: Final = 5
"""Touchpoints from which a map is criticised."""

RULES: Final[tuple[Callable[[Sight], Iterator[Remark]], ...]] = (
    research.no_research,
    scope.no_persona,
    scope.average_persona,
    scope.no_scenario,
    scope.everything_in_one,
    scope.no_before_or_after,
    voice.company_words,
    feeling.flat,
    feeling.never_validated,
    feeling.no_moment_of_truth,
    blueprint.mixed_up,
    outcome.no_owner,
    outcome.only_a_poster,
    outcome.unanswered,
)


def remarks(document: Document, figures: Figures) -> list[Remark]:
    """What there is to criticise, mistakes before hints, in the order of the rules. Empty for a map just begun."""
    seen = sight(document, figures)
    if len(seen.touchpoints) < ENOUGH:
        return []
    found = [remark for rule in RULES for remark in rule(seen)]
    return sorted(found, key=lambda remark: remark.level != "mistake")


def mend(document: Document, remark: Remark) -> Change:
    """The Change that mends it, to be undone like any other. Raises ValueError for a remark that only people can mend."""
    if remark.mend is None:
        raise ValueError(f"“{remark.rule}” cannot be mended by a machine")
    return remark.mend(document)
