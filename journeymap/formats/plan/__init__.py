"""The action plan: the finding, ranked pains with their actions, impact and effort, roadmap, evidence."""

from __future__ import annotations

from datetime import datetime

from journeymap.formats.compose import Composed
from journeymap.formats.papers import Paper
from journeymap.formats.plan import rows
from journeymap.formats.plan.evidence import evidence
from journeymap.formats.plan.flow import WIDE, Flow
from journeymap.formats.plan.matrix import matrix
from journeymap.formats.plan.roadmap import HEAD, ROW, ordered, roadmap, span
from journeymap.formats.plan.table import table
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.records import Action

_LEAST = 186.0
"""The height of the pictures under the table."""


def plan(document: Document, figures: Figures, paper: Paper, *, made: datetime) -> Composed:
    """The plan on as many pages as it takes; made for A4 across, and larger on larger paper. `made`: the printed day."""
    flow = Flow(document, paper, _("Action plan"), made)
    flow.turn()
    found = rows.rows(document, figures)
    finding = rows.finding(found)
    _title(flow, finding, rows.sums(document, found))
    flow.page.mark(_("Pains and actions"), flow.left, flow.y)
    if found:
        table(flow, found, figures)
    if document.all(Action):
        _pictures(flow, found)
    evidence(flow, found)
    flow.close()
    title = _("Action plan: {map}").format(map=document.map.title)
    return Composed([page.picture() for page in flow.pages], title, finding)


def _title(flow: Flow, finding: str, sums: list[rows.Sum]) -> None:
    """The finding in large type, and the sums beside it, or under it where the page is narrow."""
    across = flow.right - flow.left
    wide = across > WIDE
    step = 112.0 if wide else across / 3
    x = across - 3 * step + 8 if wide else 9.0
    ink = flow.page.ink()
    room = x - 22 if wide else across
    size = next((one for one in (21.0, 19.0, 17.4) if ink.width(finding, one, 700) <= room), 21.0)
    foot = ink.block(-1, 0, room, finding, size, 700, leading=1.15, most=4)
    top = 0.0 if wide else foot + 10
    for i, one in enumerate(sums):
        left = x + i * step
        ink.line(left - 9, top, left - 9, top + 32, "hair", 0.75)
        ink.text(left, top + 16, one.value, 17.4, 700, room=step - 12)
        below = ink.block(left, top + 21, step - 12, one.words, 7, 400, "text2", leading=1.24, most=2)
        foot = max(foot, below)
    flow.page.put(ink, "title", flow.left, flow.y, across, foot, record=flow.document.map.id)
    flow.page.mark(finding, flow.left, flow.y)
    flow.y = max(flow.y + foot + 10, 98)


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
