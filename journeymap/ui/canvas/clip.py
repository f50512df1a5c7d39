"""What pasted text becomes, and what a selection is as a table. No Qt in here.

* A Mermaid journey, or JSON of this program, is brought in like the file would be.
* Lines go right from the cell: texts in its lane; touchpoints in the journey; phases in the band of phases.
* A range of a spreadsheet fills columns to the right and the lanes below, row by row.

All of it is one Change. Where the columns end, touchpoints are added; what finds no place is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, journey, lanes, links, order, stories
from journeymap.model.change import Change, adding
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Action,
    Attachment,
    Card,
    Channel,
    Department,
    Emotion,
    Id,
    Lane,
    Opportunity,
    PainPoint,
    Phase,
    Quote,
    Record,
    State,
    Touchpoint,
    UserStory,
    new_id,
)
from journeymap.ui.canvas import cells, edits, measures
from journeymap.ui.selection import NOWHERE, Cell

Value = str | float
WRITABLE = frozenset(
    {
        lanes.JOURNEY,
        lanes.CHANNELS,
        lanes.DEPARTMENTS,
        lanes.EMOTION,
        lanes.ARC,
        lanes.PAINS,
        lanes.OPPORTUNITIES,
        lanes.ACTIONS,
    }
    | {lanes.QUOTES, lanes.STORIES, lanes.FILES}
    | lanes.CARDS
)


class Pasted(Struct):
    """What pasting does: the change, what it makes in reading order, where the keyboard goes, and how many texts found no place."""

    change: Change
    made: list[Id] = field(default_factory=list)
    cell: Cell = NOWHERE
    left: int = 0
    said: str = ""


def paste(document: Document, cell: Cell, text: str, persona: int = 0) -> Pasted:
    """What `text` means at a cell. Raises Failure where it means nothing there."""
    from journeymap import maps
    from journeymap.maps import mermaid, opening, ours, roles, sheets, table

    name = _("The clipboard")
    if mermaid.is_journey(text) or opening.is_ours_text(text):
        brought = mermaid.read(text, name) if mermaid.is_journey(text) else ours.read(text, name)
        return _of_map(maps.add(document, brought))
    rows = table_of(text)
    if not rows:
        raise Failure(_("The clipboard holds no text."))
    if not document.count(Touchpoint) and len(rows) > 1 and "\t" in text:
        sheet = sheets.of_text(text, name, "\t")
        if roles.is_map(sheet):
            return _of_map(maps.add(document, table.read(sheet, roles.guess(sheet, name), name)))
    return _Paste(document, cell, persona).rows(rows)


def _of_map(change: Change) -> Pasted:
    made = [id_ for id_, record in change.added.items() if isinstance(record, Touchpoint)]
    return Pasted(change, made)


def table_of(text: str) -> list[list[str]]:
    """Rows and cells of a text: a spreadsheet's range, or lines, each a cell of one row. Without blank rows at the end."""
    from journeymap.formats import tables

    if "\t" in text:
        rows = [[cell.strip() for cell in row] for row in tables.read(text, "\t")]
    else:
        one = text.strip()
        quoted = one.startswith('"') and one.endswith('"') and one.count('"') % 2 == 0
        lines = [row[0] for row in tables.read(one, "\t") if row] if quoted else one.splitlines()
        rows = [[line.strip() for line in lines if line.strip()]]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


class _Paste:
    """Rows onto a draft: columns to the right, lanes downwards."""

    def __init__(self, document: Document, cell: Cell, persona: int) -> None:
        self.draft = Draft(document)
        self.document = self.draft.document
        self.cell, self.persona = cell, persona
        self.made: list[Id] = []
        self.columns: list[Id] = []
        self.cards: list[Card] = []  # taken in all at once: no two of them share a cell
        self.left = 0
        self.said = ""

    def rows(self, rows: list[list[str]]) -> Pasted:
        """All of it."""
        if self.cell.lane is None and self.cell.phase is not None:
            self._phases(rows)
        else:
            self._cells(rows)
        self.draft.take(adding("", *self.cards))
        if not self.made:
            raise Failure(_("Nothing of it fits here: choose a row of texts, such as thoughts, and paste again."))
        first = self.document.record(self.made[0])
        there = Cell(None, None, first.id) if isinstance(first, Phase) else self._cell_of(first)
        return Pasted(self.draft.change(_("Paste")), self.made, there, self.left, self.said)

    def _cell_of(self, record: Record | None) -> Cell:
        lane = self.cell.lane or next((one.id for one in self.document.all(Lane) if one.kind == lanes.JOURNEY), None)
        at = record.id if isinstance(record, Touchpoint) else getattr(record, "touchpoint_id", None)
        return Cell(lane, at or self.cell.touchpoint)

    def _phases(self, rows: list[list[str]]) -> None:
        """Phases behind the one of the keyboard; what stands below them in the range are their touchpoints."""
        here = self.document.one(Phase, self.cell.phase or "")
        row = [phase.id for phase in self.document.referring(Phase, "state_id", here.state_id)]
        after = row[row.index(here.id) + 1 :][:1]
        for place, name in enumerate(rows[0]):
            if not name:
                continue
            phase = self.draft.do(
                commands.add_phase, name, state_id=here.state_id, before_id=after[0] if after else None
            )
            self.made.append(phase)
            for below in rows[1:]:
                if place < len(below) and below[place]:
                    self.draft.do(commands.add_touchpoint, phase, below[place])

    def _cells(self, rows: list[list[str]]) -> None:
        down = self._lanes()
        if down[0].kind == lanes.JOURNEY:
            self._touchpoints(rows[0])
            self.made += self.columns
            down, rows = down[1:], rows[1:]
        else:
            self._columns(max(map(len, rows)))
        for lane, row in zip(down, rows, strict=False):
            felt = self._read(lane.kind, row)
            for column, text in zip(self.columns, row, strict=False):
                if text:
                    self._text(lane, column, text, felt.get(text))
        self.left += sum(bool(text) for row in rows[len(down) :] for text in row)

    def _lanes(self) -> list[Lane]:
        """The lanes that take text, from that of the keyboard downwards."""
        shown = [one for one in self.document.all(Lane) if one.kind in WRITABLE and not one.hidden and not one.folded]
        here = next((place for place, one in enumerate(shown) if one.id == self.cell.lane), None)
        if here is None and self.cell.lane is not None:
            raise Failure(edits.why_not(self.document, self.cell))
        found = shown[here or 0 :] if here is not None else [one for one in shown if one.kind == lanes.JOURNEY] + [
            one for one in shown if one.kind != lanes.JOURNEY
        ]  # fmt: skip
        if not found:
            raise Failure(_("No row of the map takes text: show one in the outline."))
        return found

    def _touchpoints(self, names: list[str]) -> None:
        """New touchpoints behind that of the keyboard, in its phase."""
        phase = cells.phase_of(self.document, self.cell)
        before: Id | None = None
        if phase is not None and self.cell.touchpoint:
            row = [one.id for one in self.document.referring(Touchpoint, "phase_id", phase.id)]
            before = next(iter(row[row.index(self.cell.touchpoint) + 1 :]), None)
        into = phase.id if phase is not None else self._last_phase()
        said = [name or _("Touchpoint {n}").format(n=number) for number, name in enumerate(names, 1)]
        self.columns = self._added(into, said, before)

    def _added(self, phase: Id, names: list[str], before: Id | None = None) -> list[Id]:
        """New touchpoints. All at once where no bar has to grow with them: one by one, each looks at the whole phase."""
        if self.document.spanning():
            return [self.draft.do(commands.add_touchpoint, phase, name, before_id=before) for name in names]
        row = self.document.referring(Touchpoint, "phase_id", phase)
        at = next((place for place, one in enumerate(row) if one.id == before), len(row))
        found = order.place(row, at, len(names))
        made = [Touchpoint(new_id(), phase, key, name) for key, name in zip(found.keys, names, strict=True)]
        old = {one.id: one.order for one in row}
        moved = {id_: {"order": (old[id_], key)} for id_, key in found.moved.items()}
        self.draft.take(Change("", {one.id: one for one in made}, moved))
        return [one.id for one in made]

    def _columns(self, count: int) -> None:
        """The touchpoints from that of the keyboard to the right; new ones where there are too few."""
        state = self._state()
        row = [one.id for one in journey.touchpoints(self.document, state)]
        start = row.index(self.cell.touchpoint) if self.cell.touchpoint in row else 0
        if self.cell.touchpoint is None and self.cell.phase is not None:
            start = len(row)
        self.columns = row[start : start + count]
        if len(self.columns) == count:
            return
        last = self.document.get(Touchpoint, self.columns[-1] if self.columns else None)
        into = last.phase_id if last is not None else self.cell.phase or self._last_phase()
        first = self.document.count(Touchpoint) + 1
        numbers = range(first, first + count - len(self.columns))
        self.columns += self._added(into, [_("Touchpoint {n}").format(n=number) for number in numbers])

    def _state(self) -> Id:
        phase = cells.phase_of(self.document, self.cell)
        return phase.state_id if phase is not None else self.document.all(State)[0].id

    def _last_phase(self) -> Id:
        row = self.document.referring(Phase, "state_id", self._state())
        return row[-1].id if row else self.draft.do(commands.add_phase, _("Phase 1"))

    def _text(self, lane: Lane, column: Id, text: str, felt: float | None) -> None:
        """One text in its cell; what the lane cannot take there is counted."""
        who = edits.person(self.document, self.persona)
        if lane.kind == lanes.JOURNEY:
            self.draft.do(commands.rename, column, text)
            self.made.append(column)
        elif lane.kind in lanes.CARDS:
            whose = who.id if who is not None and lane.kind in lanes.PERSONAL else None
            there = [one for one in self.document.referring(Card, "touchpoint_id", column) if one.lane_id == lane.id]
            self.cards.append(Card(new_id(), lane.id, column, order.at_end(there, 1)[0], text, persona_id=whose))
            self.made.append(self.cards[-1].id)
        elif lane.kind == lanes.EMOTION:
            self._mood(column, felt, who.id if who is not None else None)
        elif lane.kind == lanes.ACTIONS:
            self.made.append(self.draft.do(measures.new_action, column, text))
        elif lane.kind == lanes.ARC:
            self._tension(column, felt)
        elif lane.kind == lanes.STORIES:
            whose = who.id if who is not None else None
            self.made.append(self.draft.do(commands.add_story, column, text, persona_id=whose))
        elif lane.kind == lanes.FILES:
            self._linked(lane.id, column, text)
        else:
            self._assigned(lane.kind, column, text)

    def _linked(self, lane: Id, column: Id, text: str) -> None:
        """Links; other texts find no place among files."""
        if links.is_link(text):
            self.made.append(self.draft.do(commands.add_attachments, lane, column, [links.read(text)]))
        else:
            self.left += 1

    def _mood(self, column: Id, felt: float | None, person: Id | None) -> None:
        if felt is None or person is None:
            self.left += 1
            return
        self.draft.do(commands.set_emotion, person, column, felt)
        mood = commands.emotion(self.document, person, column)
        self.made += [mood.id] if mood is not None else []

    def _read(self, kind: str, row: list[str]) -> dict[str, float]:
        """A row of numbers as moods; another scale than that of the lane is said."""
        if kind not in {lanes.EMOTION, lanes.ARC}:
            return {}
        found, scale = _felt(row, own=(1.0, 5.0) if kind == lanes.ARC else (-2.0, 2.0))
        own = "1 … 5" if kind == lanes.ARC else "−2 … +2"
        if scale and found:
            self.said = _("Read on a scale from {low} to {high}, written as {own}.").format(
                low=f"{scale[0]:g}", high=f"{scale[1]:g}", own=own
            )
        return found

    def _tension(self, column: Id, felt: float | None) -> None:
        """A number on any scale, as 1 … 5."""
        if felt is None:
            self.left += 1
            return
        self.draft.do(commands.edit, column, tension=felt + 3)
        self.made.append(column)

    def _assigned(self, kind: str, column: Id, text: str) -> None:
        match kind:
            case lanes.PAINS:
                self.made.append(self.draft.do(commands.add_pain, column, text))
            case lanes.OPPORTUNITIES:
                self.made.append(self.draft.do(commands.add_opportunity, column, text))
            case lanes.QUOTES:
                self.made.append(self.draft.do(commands.add_quote, text, touchpoint_id=column))
            case lanes.CHANNELS:
                self.draft.do(commands.set_channel, column, text)
                self.made.append(column)
            case _:
                self.draft.do(commands.set_department, column, text)
                self.made.append(column)


def _felt(row: Sequence[str], own: tuple[float, float]) -> tuple[dict[str, float], tuple[float, float] | None]:
    """Numbers and words of a row as −2 … +2, and the scale on which they were read where it is not the lane's own.

    They are as they stand where all lie within that, else on the scale that all of them together show.
    """
    from journeymap.maps.ratings import Ratings

    within = all(_within(text, own) for text in row if text)
    scale = Ratings([f"{own[0]:g}", f"{own[1]:g}", *row]) if within else Ratings(row)
    found = {text: value for text in row if (value := scale.value(text)) is not None}
    return found, None if within or scale.scale == own else scale.scale


def _within(text: str, own: tuple[float, float]) -> bool:
    try:
        return own[0] <= float(text.replace(",", ".").replace("−", "-")) <= own[1]
    except ValueError:
        return True


# ---------------------------------------------------------------- copying


def copied(document: Document, ids: Sequence[Id], cell: Cell) -> list[list[Value]]:
    """The selection as a table: a row each lane, a column each touchpoint. A phase is all its columns with their lanes.

    Without a selection: the lane of the keyboard, else nothing.
    """
    texts: dict[tuple[int, int], list[Value]] = {}
    columns = {one.id: place for place, one in enumerate(journey.every_touchpoint(document))}
    rows = {lane.id: place for place, lane in enumerate(document.all(Lane))}
    records = [record for id_ in ids if (record := document.record(id_)) is not None]
    for record in records:
        for where in _cells_of(document, record, cell):
            if where.touchpoint in columns and where.lane in rows:
                lane = document.one(Lane, where.lane)
                key = rows[where.lane], columns[where.touchpoint]
                found = texts.setdefault(key, [])
                found += [value for value in _values(document, lane, where, record) if value not in found]
    if not texts:
        return [[str(getattr(one, "name", "") or getattr(one, "text", ""))] for one in records]
    across, down = sorted({key[1] for key in texts}), sorted({key[0] for key in texts})
    table = [[_joined(texts.get((row, column), [])) for column in across] for row in down]
    heads = [document.one(Phase, one.id).name for one in records if isinstance(one, Phase)]
    return [list[Value](heads), *table] if heads and len(heads) == len(records) == 1 else table


_ROWS = {
    Emotion: lanes.EMOTION, PainPoint: lanes.PAINS, Opportunity: lanes.OPPORTUNITIES, Quote: lanes.QUOTES,
    UserStory: lanes.STORIES,
}  # fmt: skip
"""The row in which a record stands whose lane is not said on it."""


def _joined(values: list[Value]) -> Value:
    return values[0] if len(values) == 1 else "\n".join(map(str, values))


_SHOWN = frozenset({lanes.CHANNELS, lanes.DEPARTMENTS, lanes.ARC})
"""Rows in which a touchpoint stands for what they show of it."""


def of_range(document: Document, range_: Sequence[Sequence[Cell]], persona: int = 0) -> list[list[Value]]:
    """A range of cells as a table: as many rows and columns, also where nothing stands. Moods are those of one persona."""
    return [[_joined(_in_cell(document, cell, persona)) for cell in row] for row in range_]


def _in_cell(document: Document, cell: Cell, persona: int) -> list[Value]:
    lane, touchpoint = document.get(Lane, cell.lane), document.get(Touchpoint, cell.touchpoint)
    if lane is None:
        phase = document.get(Phase, cell.phase)
        return [phase.name] if phase is not None else []
    if touchpoint is None or lane.kind not in WRITABLE:
        return []
    who = edits.person(document, persona)
    if lane.kind == lanes.EMOTION and who is not None:
        mood = commands.emotion(document, who.id, touchpoint.id)
        return [mood.value] if mood is not None else []
    return _values(document, lane, cell, touchpoint)


def _cells_of(document: Document, record: Record, cell: Cell) -> list[Cell]:
    """The cells whose texts a record stands for."""
    every = document.all(Lane)
    shown = [lane for lane in every if lane.kind in WRITABLE and not lane.hidden]
    if isinstance(record, Phase):
        inside = document.referring(Touchpoint, "phase_id", record.id)
        return [Cell(lane.id, one.id) for lane in shown for one in inside]
    if isinstance(record, Lane):
        return [Cell(record.id, one.id) for one in journey.every_touchpoint(document)]
    if isinstance(record, Touchpoint):
        here = document.get(Lane, cell.lane)
        same = here is not None and cell.touchpoint is not None and here.kind in _SHOWN
        return [Cell(lane.id, record.id) for lane in every if (lane is here if same else lane.kind == lanes.JOURNEY)]
    at = getattr(record, "touchpoint_id", None)
    if isinstance(record, Card | Attachment):
        return [Cell(record.lane_id, at)]
    kind = _ROWS.get(type(record))
    return [Cell(lane.id, at) for lane in every if lane.kind == kind]


def _values(document: Document, lane: Lane, where: Cell, record: Record) -> list[Value]:
    """What a record says in a cell; a phase, a lane or a touchpoint says all that stands there."""
    touchpoint = document.one(Touchpoint, where.touchpoint or "")
    if not isinstance(record, Phase | Lane | Touchpoint):
        return [_value(document, record)]
    if lane.kind == lanes.JOURNEY:
        return [touchpoint.name]
    if lane.kind == lanes.CHANNELS:
        channel = document.get(Channel, touchpoint.channel_id)
        return [channel.name] if channel is not None else []
    if lane.kind == lanes.DEPARTMENTS:
        department = document.get(Department, touchpoint.department_id)
        return [department.name] if department is not None else []
    if lane.kind == lanes.ARC:
        return [touchpoint.tension] if touchpoint.tension is not None else []
    if lane.kind == lanes.ACTIONS:
        return [action.title for action in measures.shown_actions(document, touchpoint.id)]
    return [
        _value(document, one) for id_ in cells.contents(document, where) if (one := document.record(id_)) is not None
    ]


def _value(document: Document, record: Record) -> Value:
    match record:
        case Emotion():
            return record.value
        case Action():
            return record.title
        case UserStory():
            return stories.told(document, record)
        case Attachment():
            return f"{record.url} {record.name}".strip()
    return str(getattr(record, "text", ""))
