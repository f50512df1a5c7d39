"""What an expert would criticise on a map: remarks, each with the place and, where a machine can, the mending.

The rules are those of D1–D10 and of the ten classic mistakes of journey mapping: no research, map and blueprint mixed
up, everything in one map, no persona, no phases before and after the sale, company words, flat emotion, never
validated, the workshop's output taken as the result, no owner. A map of fewer than `ENOUGH` touchpoints has just been
begun and is left in peace. An example (`Map.example`) is invented and says so: nobody asks it for research.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from journeymap.model.checker.blueprint import mixed_up
from journeymap.model.checker.feeling import flat, never_validated, no_moment_of_truth
from journeymap.model.checker.outcome import no_owner, only_a_poster, unanswered
from journeymap.model.checker.remark import Remark, Sight, sight
from journeymap.model.checker.research import no_research
from journeymap.model.checker.scope import (
    average_persona,
    everything_in_one,
    no_before_or_after,
    no_persona,
    no_scenario,
)
from journeymap.model.checker.voice import company_words

if TYPE_CHECKING:
    from journeymap.model.change import Change
    from journeymap.model.document import Document
    from journeymap.model.figures import Figures

__all__ = ["ENOUGH", "Remark", "mend", "remarks"]

ENOUGH: Final = 5
"""Touchpoints from which a map is criticised."""

RULES: Final[tuple[Callable[[Sight], Iterator[Remark]], ...]] = (
    no_research,
    no_persona,
    average_persona,
    no_scenario,
    everything_in_one,
    no_before_or_after,
    company_words,
    flat,
    never_validated,
    no_moment_of_truth,
    mixed_up,
    no_owner,
    only_a_poster,
    unanswered,
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
