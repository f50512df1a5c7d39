"""Why each pain is believed: its sentence, its figure with interval and n, and every factor of its weight."""

from __future__ import annotations

from journeymap.formats.ink import Ink
from journeymap.formats.plan.flow import WIDE, Flow
from journeymap.formats.plan.rows import Row
from journeymap.i18n import _
from journeymap.model import wording
from journeymap.model.records import PainPoint

_PAD = 6.0


def evidence(flow: Flow, found: list[Row]) -> None:
    """Writes one entry for each pain, over as many pages as it takes."""
    rows = [row for row in found if row.pain is not None]
    if not rows:
        return
    width = flow.right - flow.left
    share, count, weight = (62.0, 44.0, 48.0)
    text = width - share - count - weight
    pain = text * (0.36 if width > WIDE else 0.4)
    edges = (17.0, pain, text + share - 6, text + share + count - 6, width)
    if flow.room < 90:
        flow.turn()
    flow.page.mark(_("Evidence"), flow.left, flow.y)
    _head(flow, edges, first=True)
    for row in rows:
        assert row.pain is not None
        ink = flow.page.ink()
        height = _entry(flow, row, row.pain, edges, ink)
        if flow.room < height:
            flow.turn()
            _head(flow, edges, first=False)
        flow.page.put(ink, "pain", flow.left, flow.y, width, height, link=row.pain.id, alt=row.pain.evidence)
        flow.y += height


def _head(flow: Flow, edges: tuple[float, ...], *, first: bool) -> None:
    ink = flow.page.ink()
    width = flow.right - flow.left
    ink.line(0, 0, width, 0, "text", 1)
    ink.text(0, 16, _("Evidence") if first else _("Evidence, continued"), 10, 600)
    names = (_("frequency, 95 % interval"), _("n"), _("priority"))
    for edge, name in zip(edges[2:], names, strict=True):
        ink.text(edge, 16, name, 7, 400, "text3", anchor="end")
    flow.page.put(ink, "legend", flow.left, flow.y, width, 24)
    flow.y += 24


def _entry(flow: Flow, row: Row, pain: PainPoint, edges: tuple[float, ...], ink: Ink) -> float:
    left, text, share, count, weight = edges
    ink.line(0, 0, flow.right - flow.left, 0, "hair", 0.6)
    ink.text(0, _PAD + 8, f"P{pain.number}", 8.4, 700, "pain")
    foot = ink.block(left, _PAD - 1, text - left - 8, pain.text, 8.4, 500, leading=1.24)
    foot = ink.block(left, foot, text - left - 8, row.place, 7, 400, "text3")
    said = pain.evidence or _("No evidence has been written down.")
    colour = "text2" if pain.evidence else "text3"
    other = ink.block(text, _PAD - 1, share - text - 68, said, 8.4, 400, colour, leading=1.34)
    value = wording.share(row.frequency) if row.frequency is not None else "–"
    ink.text(share, _PAD + 8, value, 8.4, 600, anchor="end", figures=True)
    if pain.frequency_low is not None and pain.frequency_high is not None:
        low = wording.number(pain.frequency_low * 100)
        high = wording.share(pain.frequency_high)
        ink.text(share, _PAD + 18, f"{low}–{high}", 7, 400, "text2", anchor="end", figures=True)
    n = wording.count(pain.frequency_n) if pain.frequency_n is not None else "–"
    ink.text(count, _PAD + 8, n, 8.4, 400, anchor="end", figures=True)
    ink.text(
        weight,
        _PAD + 8,
        "–" if row.weight is None else wording.number(row.weight, 2),
        8.4,
        500,
        anchor="end",
        figures=True,
    )
    if row.factors:
        other = ink.block(text, other + 1, share - text - 68, row.factors, 7, 400, "text3")
    return max(foot, other, _PAD + 22) + _PAD
