"""The action plan: the finding, ranked pains with their actions, impact and effort, roadmap, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from journeymap.formats.compose import Composed
from journeymap.formats.papers import Paper
from journeymap.formats.plan import rows
from journeymap.formats.plan.evidence import evidence
from journeymap.formats.plan.flow import WIDE, Flow
from journeymap.formats.plan.importance import importance
from journeymap.formats.plan.matrix import matrix
from journeymap.formats.plan.roadmap import HEAD, ROW, ordered, roadmap, span
from journeymap.formats.plan.table import table
from journeymap.formats.plan.title import title
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.drivers import Drivers, driver_weights
from journeymap.model.figures import Figures
from journeymap.model.records import Action

_LEAST = 186.0
"""The height of the pictures under the table."""


def plan(
    document: Document, figures: Figures, paper: Paper, *, made: datetime, drivers: Sequence[Drivers] = ()
) -> Composed:
    """The plan on as many pages as it takes; made for A4 across, and larger on larger paper. `made`: the printed day.
    With key drivers, importance counts in the order of the pains, and a page shows them.
    """
    flow = Flow(document, paper, _("Action plan"), made)
    flow.turn()
    found = rows.rows(document, figures, driver_weights(drivers))
    finding = rows.finding(found)
    title(flow, finding, rows.sums(document, found))
    flow.page.mark(_("Pains and actions"), flow.left, flow.y)
    if found:
        table(flow, found, figures)
    if document.all(Action):
        _pictures(flow, found)
    evidence(flow, found)
    for one in drivers:
        importance(flow, one)
    flow.close()
    name = _("Action plan: {map}").format(map=document.map.title)
    return Composed([page.picture() for page in flow.pages], name, finding)


def _pictures(flow: Flow, found: list[rows.Row]) -> None:
    """Matrix and roadmap, side by side where there is room; the roadmap goes on over further pages."""
    actions = ordered(flow.document.all(Action))
    over = span(actions)
    across = flow.right - flow.left
    wide = across > WIDE
    if flow.room < _LEAST + 16 + (0 if wide else HEAD + 3 * ROW):
        flow.turn()
    else:
        flow.y += 16
    flow.page.mark(_("Impact and effort"), flow.left, flow.y)
    height = max(_LEAST, min(flow.room, HEAD + ROW * len(actions)) if wide else _LEAST)
    matrix(flow, rows.reaches(found), flow.left, flow.y, 250 if wide else across, min(height, 225))
    x, width = (flow.left + 284, across - 284) if wide else (flow.left, across)
    below = flow.y + min(height, 225)
    if not wide:
        flow.y = below + 16
    flow.page.mark(_("Roadmap"), x, flow.y)
    while actions:
        fits = max(1, int((flow.room - HEAD) // ROW))
        roadmap(flow, actions[:fits], x, flow.y, width, over)
        below = max(below, flow.y + HEAD + ROW * len(actions[:fits]))
        actions = actions[fits:]
        if actions:
            flow.turn()
            x, width, below = flow.left, across, flow.y
    flow.y = below + 18
