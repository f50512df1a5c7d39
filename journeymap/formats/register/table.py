"""The table of the register: phase by phase every touchpoint with its entries; a row may go on over several pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from journeymap.formats.plan.flow import TOP, WIDE, Flow
from journeymap.formats.register.rows import worded
from journeymap.i18n import _
from journeymap.model import text as measure
from journeymap.model.records import RegisterEntry
from journeymap.model.register import Place, field_name, lacking

SIZE: Final = 8.4
STEP: Final = 10.8
PAD: Final = 5.0
HEAD: Final = 18.0
PHASE: Final = 24.0
FIRST: Final = TOP + HEAD + PHASE
"""Where the first row of a further page begins, at the latest."""
GAP: Final = 9.0
"""Between two columns."""

Part: TypeAlias = tuple[str, int, str]
"""Words, weight, colour."""
ENDLESS: Final = 10**6


class Columns(Struct, frozen=True):
    """Left edges and names; on a narrow page data and purpose share a column."""

    edges: tuple[float, ...]
    fields: tuple[tuple[str, ...], ...]
    width: float

    @classmethod
    def over(cls, width: float) -> Columns:
        """Columns for a table of this width."""
        shares: tuple[float, ...] = (0.15, 0.21, 0.2, 0.16, 0.13, 0.15)
        fields: tuple[tuple[str, ...], ...] = (
            ("touchpoint",), ("data",), ("purpose",), ("legal_basis", "special"), ("retention",), ("recipients",)
        )  # fmt: skip
        if width <= WIDE:
            shares = (0.19, 0.29, 0.2, 0.15, 0.17)
            fields = (("touchpoint",), ("data", "purpose"), *fields[3:])
        edges = tuple(sum(shares[:i]) * width for i in range(len(shares)))
        return cls(edges, fields, width)

    def room(self, i: int) -> float:
        """The width that text has in a column."""
        end = self.edges[i + 1] - GAP if i + 1 < len(self.edges) else self.width
        return end - self.edges[i]


def table(flow: Flow, found: Sequence[Place]) -> None:
    """Writes all places, with a heading for each phase."""
    columns = Columns.over(flow.right - flow.left)
    _head(flow, columns)
    phase = ""
    for place in found:
        for at, entry in enumerate(place.entries or (None,)):
            row = _Row(flow, columns, place, entry, first=at == 0)
            if place.phase.id != phase:
                phase = place.phase.id
                _phase(flow, columns, place, row.least)
            row.put()
    _rule(flow, "hair")
    flow.y += 14


def _head(flow: Flow, columns: Columns) -> None:
    ink = flow.page.ink()
    ink.line(0, 0, columns.width, 0, "text", 1)
    for i, names in enumerate(columns.fields):
        words = " · ".join(field_name(name) for name in names if name != "special")
        ink.text(columns.edges[i], 12, words, 7, 400, "text3", room=columns.room(i))
    flow.page.put(ink, "legend", flow.left, flow.y, columns.width, HEAD)
    flow.y += HEAD


def _phase(flow: Flow, columns: Columns, place: Place, least: float | None) -> None:
    """The phase's name on a ground, never without `least` points of a row below it; None: it goes on from before."""
    if least is not None and flow.room < PHASE + least:
        flow.turn()
        _head(flow, columns)
    name = place.phase.name or _("Phase without a name")
    name = f"{place.state}: {name}" if place.state else name
    ink = flow.page.ink()
    ink.box(0, 0, columns.width, PHASE - 5, "sunk")
    shown = _("{phase}, continued").format(phase=name) if least is None else name
    ink.text(6, 13, shown, 8.4, 600, "text2" if least is None else "text", room=columns.width - 12)
    flow.page.put(ink, "phase", flow.left, flow.y, columns.width, PHASE - 5, record=place.phase.id)
    if least is not None:
        flow.page.mark(name, flow.left, flow.y)
    flow.y += PHASE - 5


def _rule(flow: Flow, colour: str) -> None:
    ink = flow.page.ink()
    ink.line(0, 0, flow.right - flow.left, 0, colour, 0.6)
    flow.page.put(ink, "decoration", flow.left, flow.y, flow.right - flow.left, 1)


class _Row:
    """One entry (None: there is none), broken into lines before it is known on which pages they will stand."""

    def __init__(self, flow: Flow, columns: Columns, place: Place, entry: RegisterEntry | None, *, first: bool) -> None:
        self.flow, self.columns, self.place, self.entry, self.first = flow, columns, place, entry, first
        self.cells = [self._broken(i, self._parts(names)) for i, names in enumerate(columns.fields)]
        self.count = max((len(lines) for lines in self.cells[1:]), default=1)
        if first:
            self.count = max(self.count, len(self.cells[0]))

    def _parts(self, names: tuple[str, ...]) -> list[Part]:
        place, entry = self.place, self.entry
        if names == ("touchpoint",):
            return [(f"{place.number} {place.touchpoint.name or _('No name')}", 600, "text")]
        if entry is None:
            if "data" not in names:
                return []
            return (
                [(_("No personal data is processed here"), 400, "text2")]
                if place.none
                else [(_("No entry yet"), 500, "pain")]
            )
        lacks = lacking(entry)
        parts: list[Part] = []
        for name in names:
            words = worded(entry, name).strip()
            if words:
                parts.append((words, 500 if name == "data" else 400, "text" if name != "purpose" else "text2"))
            elif name == "special" and name in lacks:
                parts.append((_("special categories? no condition of Art. 9 stated"), 400, "pain"))
            elif name in lacks:
                parts.append((self._not_stated(name), 400, "pain"))
        return parts

    @staticmethod
    def _not_stated(name: str) -> str:
        return _("no purpose stated") if name == "purpose" else _("not stated")

    def _broken(self, i: int, parts: list[Part]) -> list[Part]:
        k, room = self.flow.page.k, self.columns.room(i)
        return [
            (line, weight, colour)
            for words, weight, colour in parts
            for line in measure.wrap(words, room * k, SIZE * k, weight, ENDLESS).lines
        ]

    @property
    def least(self) -> float:
        """What must be left of a page for the row to begin on it."""
        return (self.count if self._fits_page() else min(self.count, 3)) * STEP + 2 * PAD

    def put(self) -> None:
        """Places the row; one that is taller than what is left of the page goes to the next, or is parted at a line."""
        whole = self._fits_page()
        at = 0
        while True:
            left = self.count - at
            fits = int((self.flow.room - 2 * PAD) // STEP)
            if fits < left and (whole or fits < 3) and (at == 0 or fits < 1):
                self._turn(at)
                left, fits = self.count - at, int((self.flow.room - 2 * PAD) // STEP)
            take = min(left, max(fits, 1))
            self._lines(at, at + take)
            at += take
            if at >= self.count:
                return
            self._turn(at)

    def _fits_page(self) -> bool:
        return max(self.count, len(self.cells[0])) * STEP + 2 * PAD <= self.flow.bottom - FIRST

    def _turn(self, at: int) -> None:
        """A new page, on which the touchpoint is named again in full."""
        self.count = max(self.count, at + len(self.cells[0]))
        self.flow.turn()
        _head(self.flow, self.columns)
        _phase(self.flow, self.columns, self.place, None)
        self.first = self.first and at == 0

    def _lines(self, start: int, end: int) -> None:
        """Draws some of the lines; on a new page the touchpoint is named again, quietly."""
        flow, columns = self.flow, self.columns
        ink = flow.page.ink()
        height = (end - start) * STEP + 2 * PAD
        if self.first and start == 0:
            flow.page.mark(f"{self.place.number} {self.place.touchpoint.name}", flow.left, flow.y, 1)
        again = flow.y <= FIRST and not (self.first and start == 0)
        if start == 0 or again:
            ink.line(0 if self.first or again else columns.edges[1], 0, columns.width, 0, "hair", 0.6)
        for i, lines in enumerate(self.cells):
            shown = lines[start:end] if i else lines if again or (self.first and start == 0) else []
            for row, (words, weight, colour) in enumerate(shown):
                base = PAD + row * STEP + 8.2
                ink.text(columns.edges[i], base, words, SIZE, weight, "text3" if i == 0 and again else colour)
        said = "; ".join(words for lines in self.cells[1:] for words, _weight, _colour in lines[:2])
        record = self.entry.id if self.entry is not None else None
        role = "card" if self.entry is not None else "prompt"
        flow.page.put(ink, role, flow.left, flow.y, columns.width, height, record=record, alt=said)
        flow.y += height
