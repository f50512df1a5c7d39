"""The last slide: what happens next, the actions that are not done yet, soonest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from journeymap.i18n import _
from journeymap.model import days, shapes
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Action, Answer, PainPoint
from journeymap.model.slides.frame import ground
from journeymap.model.slides.sizes import BODY, LEAD, MARGIN, TITLE, WIDE, pen
from journeymap.model.text import width

if TYPE_CHECKING:
    from journeymap.model.slides.deck import Deck

MOST = 6
ROW = 112.0


def groups(deck: Deck) -> Iterator[Group]:
    """The whole slide."""
    yield ground()
    document, room = deck.document, WIDE - 2 * MARGIN
    waiting = [action for action in document.all(Action) if action.status != "done"]
    waiting.sort(key=lambda one: (one.due or "9999", one.number))
    ink = pen()
    ink.text(0, 62, _("What happens next"), TITLE, 700, "text", room=room)
    yield ink.group(Meaning("title"), MARGIN - 3, 54, room, 90)
    y = 168.0
    for action in waiting[:MOST]:
        ink = pen()
        ink.line(0, 0, room, 0, Stroke("hair", 1.5))
        ink.text(0, 46, f"A{action.number}", LEAD, 700, "brand", figures=True)
        ink.add(shapes.progress(104, 35, 12, action.status, "brand", 3))
        due = _("due {day}").format(day=days.iso(action.due)) if action.due else ""
        right = width(due, BODY) + 24 if due else 0.0
        ink.text(136, 46, action.title, LEAD, 600, "text", room=room - 136 - right)
        if due:
            ink.text(room, 46, due, BODY, 400, "text2", anchor="end")
        pains = sorted(
            {document.one(PainPoint, one.pain_id).number for one in document.referring(Answer, "action_id", action.id)}
        )
        answers = _("answers {pains}").format(pains=", ".join(f"P{number}" for number in pains)) if pains else ""
        below = " · ".join(part for part in (action.owner, answers) if part)
        ink.text(136, 86, below, BODY, 400, "text2", room=room - 136)
        yield ink.group(Meaning("action", action.id, None, None, "title", action.title), MARGIN, y, room, ROW)
        y += ROW
    rest = len(waiting) - MOST
    if rest > 0:
        ink = pen()
        ink.text(0, BODY, _("and {n} more in the plan").format(n=rest), BODY, 400, "text2")
        yield ink.group(Meaning("decoration"), MARGIN, y + 8, room, BODY * 1.4)
