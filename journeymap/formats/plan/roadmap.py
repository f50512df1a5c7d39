"""When what is done: a bar from start to due date for each action, and the day to measure again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from journeymap.formats import stamps
from journeymap.formats.ink import Ink
from journeymap.formats.plan.flow import Flow
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import Action, Department

ROW = 20.5
HEAD = 40.0
AGAIN = timedelta(weeks=6)
"""How long after the due date the figure is measured again, so that the change has had time to show."""


class Span(Struct, frozen=True):
    """Whole months from the first start to the last measuring."""

    first: date
    months: int

    def place(self, when: date) -> float:
        """Where a day lies, 0 at the first month's beginning, 1 at the last one's end."""
        whole = (when.year - self.first.year) * 12 + when.month - self.first.month
        return min(1.0, max(0.0, (whole + (when.day - 1) / 31) / self.months))

    def month(self, i: int) -> date:
        """The first day of the i-th month."""
        whole = self.first.year * 12 + self.first.month - 1 + i
        return date(whole // 12, whole % 12 + 1, 1)


def span(actions: Sequence[Action]) -> Span | None:
    """The months that the dated actions cover; None where none is dated."""
    days = [day for action in actions for day in (stamps.parsed(action.start), stamps.parsed(action.due)) if day]
    if not days:
        return None
    again = [due + AGAIN for action in actions if action.kpi and (due := stamps.parsed(action.due))]
    last = max([*days, *again])
    first = min(days).replace(day=1)
    return Span(first, max(3, (last.year - first.year) * 12 + last.month - first.month + 1))


def ordered(actions: Sequence[Action]) -> list[Action]:
    """By start, then due date; the undated last."""
    return sorted(actions, key=lambda one: (not (one.start or one.due), one.start or one.due, one.due, one.number))


def roadmap(flow: Flow, actions: Sequence[Action], x: float, y: float, width: float, over: Span | None) -> None:
    """Draws the section with its heading for these actions; HEAD + ROW × their number tall."""
    ink = flow.page.ink()
    ink.line(0, 0, width, 0, "text", 1)
    ink.text(0, 16, _("Roadmap"), 10, 600)
    names = min(180.0, width * 0.36)
    foot = HEAD + ROW * len(actions)
    if over is not None:
        note = _("bar: work  ·  diamond: measure again, six weeks after")
        ink.text(width, 16, note, 7, 400, "text3", anchor="end", room=width - 80)
        _months(ink, over, names, width, foot)
    else:
        ink.text(width, 16, _("no action has a date yet"), 7, 400, "text3", anchor="end", room=width - 80)
    flow.page.put(ink, "summary", x, y, width, foot, alt=_("Roadmap"))
    size = _name_size(flow, names)
    for i, action in enumerate(actions):
        row = flow.page.ink()
        if i:
            row.line(0, 0, width, 0, "hair", 0.6)
        label = f"A{action.number}"
        row.text(0, 13.2, label, 8.4, 700, "brand")
        room = names - _indent(row, action) - 8
        tall = row.height(room, action.title, size, 500, leading=1.18, most=2)
        row.block(names - room - 8, (ROW - tall) / 2, room, action.title, size, 500, leading=1.18, most=2)
        if over is not None:
            _bar(row, flow.document, action, over, names, width - names)
        flow.page.put(row, "action", x, y + HEAD + ROW * i, width, ROW, link=action.id, alt=action.title)


def _name_size(flow: Flow, names: float) -> float:
    """Body size where every action's name fits on its line, else the caption size for all, on two lines."""
    ink = flow.page.ink()
    rooms = ((names - _indent(ink, one) - 8, one.title) for one in flow.document.all(Action))
    return 8.4 if all(ink.width(title, 8.4, 500) <= room for room, title in rooms) else 7.0


def _indent(ink: Ink, action: Action) -> float:
    return max(16.0, ink.width(f"A{action.number}", 8.4, 700) + 5)


def _months(ink: Ink, over: Span, left: float, right: float, foot: float) -> None:
    step = (right - left) / over.months
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if n * step >= 26)
    for i in range(over.months):
        when = over.month(i)
        if i % every:
            continue
        january = when.month == 1 or (i == 0 and every >= 12)
        ink.line(left + i * step, 26, left + i * step, foot, "border" if january else "hair", 0.6)
        words = stamps.month(when.month)
        if every >= 12:
            words = str(when.year)
        elif january or i == 0:
            forms = (f"{words} {when.year}", f"{words} ’{when.year % 100:02}", words)
            words = next((form for form in forms if ink.width(form, 7, 600) <= every * step - 5), words)
        ink.text(left + i * step + 4, 35, words, 7, 600 if january else 400, "text2", room=every * step - 5)


def _bar(ink: Ink, document: Document, action: Action, over: Span, left: float, width: float) -> None:
    start, due = stamps.parsed(action.start), stamps.parsed(action.due)
    mid = ROW / 2
    if start is None and due is None:
        ink.text(left + 4, mid + 2.5, _("no date yet"), 7, 400, "text3")
        return
    if start is None or due is None or due < start:  # one day only: a tick, not an invented bar
        when = due or start
        assert when is not None
        x = left + over.place(when) * width
        ink.line(x, mid - 5.5, x, mid + 5.5, "brand", 1.6)
        words = _("due {day}") if due else _("starts {day}")
        ink.text(
            x + 5, mid + 2.5, words.format(day=stamps.day(when)), 7, 400, "text2", room=max(left + width - x - 6, 30)
        )
        return
    a, b = left + over.place(start) * width, left + over.place(due + timedelta(days=1)) * width
    fill = {"in_progress": "brand", "done": "brand", "agreed": "brand3"}.get(action.status, "card")
    ink.box(a, mid - 5.5, max(b - a - 1, 2), 11, fill, ink.pen("brand", 0.8) if fill == "card" else None, radius=2)
    department = document.get(Department, action.department_id)
    name = department.name if department else action.owner
    if name and ink.width(name, 7, 500) < b - a - 10:
        ink.text(a + 5, mid + 2.5, name, 7, 500, "on_brand" if fill == "brand" else "text")
    if action.kpi:
        again = left + over.place(due + AGAIN) * width
        ink.line(b + 1, mid, again - 4, mid, "control", 0.7, (1.6, 1.8))
        points = ((again, mid - 3.8), (again + 3.8, mid), (again, mid + 3.8), (again - 3.8, mid))
        ink.shape(points, "card", ink.pen("text", 0.9))
