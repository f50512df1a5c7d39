"""The head of a document's first page: what it finds, in large type, and up to three figures."""

from __future__ import annotations

from journeymap.formats.plan.flow import WIDE, Flow
from journeymap.formats.plan.rows import Sum


def title(flow: Flow, finding: str, sums: list[Sum]) -> None:
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
