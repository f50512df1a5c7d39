"""What stands below the table: what is still to do, what imports found, what this register is and is not."""

from __future__ import annotations

from collections.abc import Sequence

from journeymap.formats.plan.flow import TOP, WIDE, Flow
from journeymap.i18n import _
from journeymap.model import text as measure
from journeymap.model.register import Place, gaps, offers, told

_SIZE, _STEP = 8.4, 11.4


def how_to_begin(flow: Flow) -> None:
    """What to do where nothing has been entered."""
    said = [
        _(
            "Open the register at the top of the window, or choose a touchpoint and look for “Personal data” beside the map."
        ),
        _(
            "For each touchpoint write down which personal data is processed there, for what purpose, on what legal basis, "
            "how long it is kept and who receives it. Say so where no personal data is processed."
        ),
        _("Rows of a spreadsheet can be pasted; what imports found in your data is offered as entries."),
    ]
    _section(flow, _("How to begin"), said)


def notes(flow: Flow, found: Sequence[Place]) -> None:
    """The sections below the table."""
    gap = gaps(found)
    lacks = told(gap)
    if gap.open and gap.entries:
        names = ", ".join(f"{place.number} {place.touchpoint.name}" for place in gap.open)
        lacks[0] = _("{lack}: {names}").format(lack=lacks[0], names=names)
    if lacks and gap.entries:
        _section(flow, _("Still to do"), lacks)
    waiting = [_("{data}. {purpose}").format(data=one.data, purpose=one.purpose) for one in offers(flow.document)]
    if waiting:
        _section(flow, _("Found by imports, not in the register yet"), waiting)
    _section(flow, _("About this register"), _about())


def _about() -> list[str]:
    return [
        _(
            "Article 6(1) and Article 9(2) are those of Regulation (EU) 2016/679 (GDPR). Which basis holds is for the people "
            "in charge to judge; this document keeps their answer and names what is missing."
        ),
        _(
            "The record of processing activities under Article 30 also names the controller and the data protection officer, "
            "the groups of persons, transfers to third countries, and the measures of security."
        ),
        _("Pseudonymised data can be led back to a person with its key. It is personal data and belongs in here."),
        _("What imports drop is never stored in the map; who keeps the source still processes it."),
    ]


def _section(flow: Flow, title: str, paragraphs: Sequence[str]) -> None:
    """A heading and paragraphs, beside it where the page is wide; a paragraph may go on over the page."""
    width = flow.right - flow.left
    indent = 150.0 if width > WIDE else 0.0
    k, room = flow.page.k, min(width - indent, 480.0)
    broken = [measure.wrap(words, room * k, _SIZE * k, 400, 10**6).lines for words in paragraphs]
    ink = flow.page.ink()
    ink.line(0, 0, width, 0, "text", 1)
    foot = ink.block(0, 5, (indent or width) - 12, title, 10, 600)
    height = max(foot, sum(len(lines) * _STEP + 4 for lines in broken) + (6 if indent else foot + 4))
    if flow.room < min(height, foot + 4 * _STEP) or flow.room < height <= flow.bottom - TOP:
        flow.turn()
    flow.page.put(ink, "legend", flow.left, flow.y, width, foot)
    flow.page.mark(title, flow.left, flow.y)
    below = flow.y + foot
    flow.y += 6 if indent else foot + 4
    for lines in broken:
        for line in lines:
            if flow.room < _STEP:
                flow.turn()
                below = flow.y
            ink = flow.page.ink()
            ink.text(0, 8.2, line, _SIZE, 400, "text2")
            flow.page.put(ink, "legend", flow.left + indent, flow.y, room, _STEP)
            flow.y += _STEP
        flow.y += 4
    flow.y = max(flow.y, below) + 12
