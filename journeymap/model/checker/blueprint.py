"""The customer's journey above the lines, the organisation's work below them, each where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from journeymap.i18n import _
from journeymap.model import lanes, wording
from journeymap.model.checker.remark import Remark, Sight
from journeymap.model.draft import Draft
from journeymap.model.records import Lane

if TYPE_CHECKING:
    from journeymap.model.change import Change
    from journeymap.model.document import Document

BELOW: Final = {
    lanes.FRONT_STAGE: lanes.LINE_INTERACTION,
    lanes.BACK_STAGE: lanes.LINE_VISIBILITY,
    lanes.SUPPORT: lanes.LINE_INTERNAL,
}
"""The organisation's lanes, and the line that each stands below."""

CUSTOMERS: Final = (lanes.JOURNEY, lanes.THOUGHTS, lanes.EMOTION, lanes.CHANNELS, lanes.STORYBOARD)
"""The customer's lanes: above the line of interaction."""


def mixed_up(seen: Sight) -> Iterator[Remark]:
    """A lane on the wrong side of its line."""
    shown = [lane for lane in seen.lanes if not lane.hidden]
    line = {lane.kind: n for n, lane in enumerate(shown) if lane.kind in lanes.LINES}
    wrong = [lane for n, lane in enumerate(shown) if lane.kind in BELOW and n < line.get(BELOW[lane.kind], -1)]
    wrong += [
        lane for n, lane in enumerate(shown) if lane.kind in CUSTOMERS and n > line.get(lanes.LINE_INTERACTION, n)
    ]
    if wrong:
        names = wording.listed(lanes.title(lane) for lane in wrong)
        yield Remark(
            "map and blueprint mixed up",
            _("On the wrong side of its line: {lanes}.").format(lanes=names),
            _(
                "What the customer lives through stands above the line of interaction, what the organisation does below it."
                " Mixed up, nobody can tell who sees what."
            ),
            tuple(lane.id for lane in wrong),
            cure=_("Put the lanes in order"),
            mend=_ordered,
        )


def _ordered(document: Document) -> Change:
    """The lanes in the order of their kinds; those of one kind keep their order among each other."""
    from journeymap.model import commands

    rank = {kind: n for n, kind in enumerate(lanes.KINDS)}
    draft = Draft(document)
    wanted = sorted(document.all(Lane), key=lambda lane: rank.get(lane.kind, len(rank)))
    for lane in wanted:
        draft.do(commands.move, lane.id, None)
    return draft.change(_("Put lanes in order"))
