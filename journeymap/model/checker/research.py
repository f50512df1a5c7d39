"""Whether anything on the map is known rather than believed."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.i18n import _
from journeymap.model.checker.remark import Remark, Sight


def no_research(seen: Sight) -> Iterator[Remark]:
    """No data set, no figure, no quote, no interview."""
    if not seen.researched and not seen.map.example:
        yield Remark(
            "no research",
            _("Nothing on this map is researched."),
            _(
                "A map of opinions convinces nobody. Import a survey, type in a figure with its source, keep quotes, or say on"
                " the persona how many people were interviewed."
            ),
        )
