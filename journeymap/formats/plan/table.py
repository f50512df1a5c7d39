"""The table of ranked pains with the actions that answer them; it goes on over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from journeymap.formats import stamps
from journeymap.formats.ink import Ink
from journeymap.formats.plan.flow import WIDE, Flow
from journeymap.formats.plan.rows import Row
from journeymap.i18n import _
from journeymap.model import kpi, shapes, wording
from journeymap.model.document import Document
from journeymap.model.figures import Figure, Figures
from journeymap.model.records import Action, Department, PainPoint

STATUSES = ("proposed", "agreed", "in_progress", "done")
_PAD = 5.0
_LEAST = 27.5


class Columns(Struct, frozen=True):
    """Left edges, from the table's own left edge."""

    pain: float
    severity: float
    share: float
    action: float
    owner: float
    due: float
    figure: float
    status: float
    bar: float  # the longest share bar

    @classmethod
    def over(cls, width: float) -> Columns:
        """Columns for a table of this width; pain and action take the most of what varies."""
        wide = width > WIDE
        severity, share, due, end = (44.0, 80.0, 42.0, 12.0) if wide else (40.0, 62.0, 40.0, 12.0)
        rest = width - 17 - severity - share - due - end
        pain, action, owner = (rest * part for part in (0.35, 0.33, 0.13))
        second = 17 + pain
        third = second + severity + share
        fourth = third + action
        fifth = fourth + owner
        return cls(17, second, second + severity, third, fourth, fifth, fifth + due, width, 32.0 if wide else 14.0)


def table(flow: Flow, found: list[Row], figures: Figures) -> None:
    """Writes the rows; a row is never parted unless it is taller than a page."""
    width = flow.right - flow.left
    columns = Columns.over(width)
    longest = max((row.frequency or 0.0 for row in found), default=0.0) or 1.0
    _head(flow, columns)
    shown: set[str] = set()
    for row in found:
        drawn = _Drawn(flow, row, columns, figures, longest, shown)
        if flow.room < drawn.height:
            _rule(flow)
            flow.turn()
            _head(flow, columns)
        drawn.put()
        shown.update(action.id for action in row.actions)
    _rule(flow)
    _key(flow)


def _head(flow: Flow, columns: Columns) -> None:
    width = flow.right - flow.left
    ink = flow.page.ink()
    ink.line(0, 0, width, 0, "text", 1)
    names = (
        (columns.pain, _("Pain, by severity × frequency × importance") if width > WIDE else _("Pain")),
        (columns.severity, _("Severity")), (columns.share, _("Frequency")), (columns.action, _("Action")),
        (columns.owner, _("Owner")), (columns.due, _("Due")), (columns.figure, _("Figure, now → expected") if width > WIDE else _("Now → expected")),
    )  # fmt: skip
    edges = [*(x for x, _name in names[1:]), columns.status]
    for (x, name), edge in zip(names, edges, strict=True):
        ink.text(x, 12, name, 7, 400, "text3", room=edge - x - 3)
    flow.page.put(ink, "legend", flow.left, flow.y, width, 18)
    flow.y += 18


def _rule(flow: Flow) -> None:
    ink = flow.page.ink()
    ink.line(0, 0, flow.right - flow.left, 0, "hair", 0.6)
    flow.page.put(ink, "decoration", flow.left, flow.y, flow.right - flow.left, 1)


def _key(flow: Flow) -> None:
    """What the status shapes mean, under the table at the right."""
    ink = flow.page.ink()
    x = flow.right - flow.left
    for status in reversed(STATUSES):
        x -= ink.text(x, 12.5, status_name(status), 7, 400, "text2", anchor="end") + 7
        ink.add(shapes.progress(x * ink.k, 10 * ink.k, 3.2 * ink.k, status, "brand", 0.9 * ink.k))
        x -= 15
    flow.page.put(ink, "legend", flow.left, flow.y, flow.right - flow.left, 16)
    flow.y += 18


def status_name(status: str) -> str:
    """What a status is called."""
    names = {"proposed": _("Proposed"), "agreed": _("Agreed"), "in_progress": _("In progress"), "done": _("Done")}
    return names.get(status, status)


class _Drawn:
    """One row, inked before it is known on which page it will stand."""

    def __init__(
        self, flow: Flow, row: Row, columns: Columns, figures: Figures, longest: float, shown: Iterable[str]
    ) -> None:
        self.flow, self.row, self.columns = flow, row, columns
        self.left = flow.page.ink()
        foot = self._pain(self.left, row, longest)
        self.right: list[tuple[Ink, Action | None, float]] = []
        for action in row.actions or (None,):
            ink = flow.page.ink()
            again = action is not None and action.id in shown
            self.right.append((ink, action, _action(ink, columns, flow.document, figures, action, again=again)))
        self.height = max(_LEAST, foot + _PAD, sum(max(height + _PAD, _LEAST) for _ink, _one, height in self.right))

    def _pain(self, ink: Ink, row: Row, longest: float) -> float:
        columns, pain = self.columns, row.pain
        if pain is None:
            ink.text(columns.pain, _PAD + 8, _("No pain named"), 8.4, 400, "text3")
            return _PAD + 11
        grave = pain.severity >= 5
        ink.text(0, _PAD + 8.2, str(row.rank), 10, 700, "pain" if grave else "text", figures=True)
        room = columns.severity - columns.pain - 8
        foot = ink.block(columns.pain, _PAD - 1, room, pain.text or _("(no words yet)"), 8.4, 600 if grave else 500,
                         leading=1.24)  # fmt: skip
        foot = ink.block(columns.pain, foot, room, f"P{pain.number} · {row.place}", 7, 400, "text3", leading=1.3)
        _severity(ink, columns.severity, pain)
        _share(ink, columns, row, pain.frequency_n, longest)
        return foot

    def put(self) -> None:
        """Places the row at the flow's height and moves that down."""
        flow, page = self.flow, self.flow.page
        _rule(flow)
        pain, top = self.row.pain, flow.y
        first = self.row.actions[0].id if self.row.actions else None
        page.put(self.left, "pain" if pain else "decoration", flow.left, top, self.columns.action - 22, self.height,
                 record=pain.id if pain else None, link=first if pain else None, alt=pain.text if pain else "")  # fmt: skip
        if pain:
            page.mark(f"P{pain.number} {pain.text}", flow.left, top, 1)
        for ink, action, height in self.right:
            tall = max(height + _PAD, _LEAST)
            x = self.columns.action - 22
            page.put(ink, "action" if action else "prompt", flow.left + x, top, self.columns.status - x, tall,
                     record=action.id if action else None, link=pain.id if pain and action else None,
                     alt=action.title if action else "")  # fmt: skip
            top += tall
        flow.y += self.height


def _severity(ink: Ink, x: float, pain: PainPoint) -> None:
    k = ink.k
    ink.add(shapes.severity(x * k, (_PAD + 5.2) * k, pain.severity, 5 * k, 1.5 * k, 0.7 * k))


def _share(ink: Ink, columns: Columns, row: Row, n: int | None, longest: float) -> None:
    """A bar as long as the frequency, with its n; words where it is not known."""
    x = columns.share
    if row.frequency is None:
        ink.text(x, _PAD + 8, _("not known"), 7, 400, "text3")
        return
    length = row.frequency / longest * columns.bar
    ink.box(x, _PAD + 2.2, max(length, 0.6), 6, "pain", radius=1)
    ink.text(x + length + 4, _PAD + 8.2, wording.share(row.frequency), 8.4, 500, figures=True)
    if n is not None:
        ink.text(x, _PAD + 17.6, _("n {n}").format(n=wording.count(n)), 7, 400, "text3", figures=True)


# ---------------------------------------------------------------- the action's half of a row


def _action(
    ink: Ink, columns: Columns, document: Document, figures: Figures, action: Action | None, *, again: bool
) -> float:
    """Inks one action from the arrow on, relative to the arrow's column; returns its foot."""
    x0 = columns.action - 22
    if action is None:
        ink.text(22, _PAD + 8, _("No action yet"), 8.4, 500, "pain")
        return _PAD + 11
    ink.line(3, _PAD + 5.2, 11, _PAD + 5.2, "text3", 0.8)
    k = ink.k
    ink.add([shapes.head(14 * k, (_PAD + 5.2) * k, 1, 0, 3.6 * k, "text3")])
    name = f"A{action.number}"
    ink.text(22, _PAD + 8.2, name, 8.4, 700, "brand")
    indent = 22 + max(16.0, ink.width(name, 8.4, 700) + 5)
    room = columns.owner - x0 - indent - 8
    if again:
        return ink.block(indent, _PAD - 1, room, _("as above"), 8.4, 400, "text3", leading=1.24)
    feet = [
        ink.block(indent, _PAD - 1, room, action.title or _("(no title yet)"), 8.4, 400, leading=1.24),
        _owner(ink, columns.owner - x0, columns.due - columns.owner - 6, document, action),
        _due(ink, columns.due - x0, action),
        _figure(ink, columns.figure - x0, columns.status - columns.figure - 16, figures, action),
    ]
    end = columns.status - x0
    ink.add(shapes.progress((end - 4.5) * k, (_PAD + 5.2) * k, 4.2 * k, action.status, "brand", 0.9 * k))
    return max(feet)


def _owner(ink: Ink, x: float, room: float, document: Document, action: Action) -> float:
    department = document.get(Department, action.department_id)
    if department is None and not action.owner:
        ink.text(x, _PAD + 8, _("nobody yet"), 7, 400, "text3", room=room)
        return _PAD + 11
    foot = ink.block(x, _PAD - 1, room, department.name if department else action.owner, 8.4, 500, leading=1.24)
    return ink.block(x, foot, room, action.owner if department else "", 7, 400, "text3")


def _due(ink: Ink, x: float, action: Action) -> float:
    when = stamps.parsed(action.due)
    if when is None:
        ink.text(x, _PAD + 8, _("open"), 7, 400, "text3")
        return _PAD + 11
    ink.text(x, _PAD + 8.2, stamps.day(when, year=False), 8.4, 500)
    ink.text(x, _PAD + 17.6, str(when.year), 7, 400, "text3")
    return _PAD + 20


def _figure(ink: Ink, x: float, room: float, figures: Figures, action: Action) -> float:
    """The figure that should move: its name, its value now, the range that is expected."""
    if not action.kpi and action.expected_low is None and action.expected_high is None:
        ink.text(x, _PAD + 8, _("no figure named"), 7, 400, "text3", room=room)
        return _PAD + 11
    now = _now(figures, action)
    foot = ink.block(x, _PAD - 1, room, now.name if now else _label(action.kpi), 7, 400, "text2", leading=1.3)
    unit = now.unit if now else kpi.KPIS[action.kpi].unit if action.kpi in kpi.KPIS else ""
    expected = stamps.span(action.expected_low, action.expected_high, unit)
    value = wording.value(now) if now else "–"
    parts = [(f"{value} → ", 8.4, 400, "text2"), (expected or _("measure first"), 8.4, 600, "text")]
    if sum(ink.width(words, size, weight) for words, size, weight, _colour in parts) <= room:
        ink.line_of(x, foot + 8.2, parts)
        return foot + 11
    ink.line_of(x, foot + 8.2, parts[:1])
    return ink.block(x, foot + 9.4, room, parts[1][0], 8.4, 600, leading=1.24)


def _now(figures: Figures, action: Action) -> Figure | None:
    """The figure that the action names, at its touchpoint or on the journey."""
    there = figures.at(action.kpi_touchpoint_id) if action.kpi_touchpoint_id else figures.journey
    return next((one for one in there if action.kpi in {one.kpi, one.name}), None)


def _label(name: str) -> str:
    return kpi.KPIS[name].label() if name in kpi.KPIS else name
