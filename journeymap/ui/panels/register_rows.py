"""The register as a table for Qt: phase by phase, a line for each entry and one for each touchpoint without any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, register
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Dismissal, Id, Phase, RegisterEntry, State, Touchpoint
from journeymap.model.register import Place
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.doing import attempt

Index = QModelIndex | QPersistentModelIndex
TOUCHPOINT, DATA, PURPOSE, BASIS, RETENTION, RECIPIENTS = range(6)
FIELDS = {DATA: "data", PURPOSE: "purpose", BASIS: "legal_basis", RETENTION: "retention", RECIPIENTS: "recipients"}
NO_INDEX = QModelIndex()
LINE = int(Qt.ItemDataRole.UserRole) + 1
PHASE, ENTRY, OPEN, NONE = "phase", "entry", "open", "none"
_TOUCHES = (RegisterEntry, Touchpoint, Phase, State, DataSet, Dismissal)


class Line(Struct, frozen=True):
    """A phase's heading, an entry, a touchpoint without one (`open`), or one of which was said that it has none.

    `first`: the touchpoint is named here, for the lines below it too.
    """

    kind: str
    place: Place
    entry: RegisterEntry | None = None
    first: bool = True

    @property
    def key(self) -> tuple[str, Id]:
        """What the line is about, whatever its fields say now."""
        if self.kind == PHASE:
            return PHASE, self.place.phase.id
        return (ENTRY, self.entry.id) if self.entry is not None else (OPEN, self.place.touchpoint.id)


class RegisterModel(QAbstractTableModel):
    """Lines of the register. `refused(str)`: why an edit was not possible, "" when it was."""

    refused = Signal(str)

    def __init__(self, open_map: OpenMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map = open_map
        self.places: list[Place] = []
        self.lines: list[Line] = []
        self.build()

    def build(self) -> None:
        """Reads the register anew. The same lines in the same order are only repainted."""
        self.places = register.places(self._map.document)
        lines = _lines(self.places)
        same = [(line.kind, line.key) for line in lines] == [(line.kind, line.key) for line in self.lines]
        if not same:
            self.beginResetModel()
        self.lines = lines
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, RECIPIENTS))

    @property
    def document(self) -> Document:
        """The map's records."""
        return self._map.document

    @property
    def writable(self) -> bool:
        """Whether the map can be changed."""
        return not self._map.session.read_only

    def line(self, index: Index) -> Line | None:
        """The line of an index."""
        return self.lines[index.row()] if index.isValid() and index.row() < len(self.lines) else None

    def find(self, key: tuple[str, Id] | None, column: int) -> QModelIndex:
        """The cell of a line by what it is about."""
        row = next((row for row, line in enumerate(self.lines) if line.key == key), -1)
        return self.index(row, column) if row >= 0 else QModelIndex()

    def row_of(self, touchpoint_id: Id | None) -> int:
        """The first line of a touchpoint, -1 where it has none."""
        rows = enumerate(self.lines)
        return next((row for row, line in rows if line.kind != PHASE and line.place.touchpoint.id == touchpoint_id), -1)

    # ------------------------------------------------------------ for Qt

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """The columns."""
        return 0 if parent.isValid() else RECIPIENTS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns hold."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return register.field_name(FIELDS.get(section, "touchpoint"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as text; the delegate draws from the line itself."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.text(index) or _said(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            parts = [self.text(index), _special(line) if index.column() == BASIS else ""]
            return "\n".join(part for part in parts if part)
        return None

    def text(self, index: Index) -> str:
        """A cell in words."""
        line, column = self.lines[index.row()], index.column()
        if line.kind == PHASE:
            return phase_name(line.place) if column == TOUCHPOINT else ""
        if column == TOUCHPOINT:
            return f"{line.place.number} {line.place.touchpoint.name}"
        value = str(getattr(line.entry, FIELDS[column])) if line.entry is not None else ""
        return register.basis(value) if column == BASIS else value

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be edited where."""
        flag = Qt.ItemFlag
        line = self.line(index)
        if line is None or line.kind == PHASE:
            return flag.ItemIsEnabled
        common = flag.ItemIsEnabled | flag.ItemIsSelectable
        return common | flag.ItemIsEditable if self.writable and index.column() in FIELDS else common

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """One cell, one change. Writing where there is no entry makes one."""
        line = self.line(index)
        if role != Qt.ItemDataRole.EditRole or line is None:
            return False
        fields = _field(index.column(), str(value).strip())
        entry, where = line.entry, line.place.touchpoint.id

        def make(document: Document) -> Change:
            if entry is not None:
                return commands.set_entry(document, entry.id, **fields)
            return commands.add_entry(document, where, **fields) if any(fields.values()) else Change()

        return self.do(make)

    # ------------------------------------------------------------ commands

    def do(self, make: Callable[[Document], Change]) -> bool:
        """Performs what a command makes; False after `refused` said why not."""
        reason = attempt(self._map, make)
        self.refused.emit(reason)
        return not reason

    def add(self, line: Line) -> tuple[str, Id] | None:
        """One more entry at a line's touchpoint, behind it; what the new line is about, None where it was refused."""
        row = line.place.entries
        at = row.index(line.entry) + 1 if line.entry in row else len(row)
        before = row[at].id if at < len(row) else None
        made: list[Id] = []

        def make(document: Document) -> Change:
            change = commands.add_entry(document, line.place.touchpoint.id, before_id=before)
            made.append(commands.made(change))
            return change

        return (ENTRY, made[0]) if self.do(make) else None

    def delete(self, lines: Sequence[Line]) -> None:
        """Deletes the entries of these lines, as one step; also the word that there is nothing."""
        ids = [line.entry.id for line in lines if line.entry is not None]
        if ids:
            self.do(lambda document: commands.delete(document, *ids))

    def say_no_data(self, line: Line) -> None:
        """Says that the touchpoint of a line processes no personal data."""
        self.do(lambda document: commands.say_no_data(document, line.place.touchpoint.id))

    def move(self, line: Line, way: int) -> None:
        """An entry one place up or down; past the end of its touchpoint's entries it goes to the next touchpoint."""
        entry, row = line.entry, line.place.entries
        if entry is None or line.kind != ENTRY:
            return
        at = row.index(entry)
        where, before = line.place.touchpoint.id, None
        if 0 <= at + way < len(row):
            behind = at + 2 if way > 0 else at - 1
            before = row[behind].id if behind < len(row) else None
        else:
            near = self.places.index(line.place) + way
            if not 0 <= near < len(self.places):
                return
            there = self.places[near]
            where = there.touchpoint.id
            before = there.entries[0].id if way > 0 and there.entries else None
        self.do(lambda document: commands.move_entry(document, entry.id, where, before))

    def paste(self, rows: Sequence[Sequence[str]], line: Line | None) -> bool:
        """Rows of a spreadsheet as entries, one step; those that name no touchpoint go to the line's."""
        where = line.place.touchpoint.id if line is not None and line.kind != PHASE else None
        try:
            entries = register.pasted(self.document, rows, where)
        except Failure as problem:
            self.refused.emit(str(problem))
            return False
        return self.do(lambda document: commands.add_entries(document, entries))

    def touched(self, change: Change) -> bool:
        """Whether a change bears on the register."""
        records = [*change.added.values(), *change.removed.values()]
        records += [one for id_ in change.updated if (one := self.document.record(id_)) is not None]
        return any(isinstance(record, _TOUCHES) for record in records)

    def next_gap(self, index: Index) -> QModelIndex:
        """The next cell behind `index` that is still to be filled in, from the beginning after the last; or none."""
        found = [self.index(row, column) for row, line in enumerate(self.lines) for column in _lacking(line)]
        here = (index.row(), index.column()) if index.isValid() else (-1, -1)
        return next((one for one in found if (one.row(), one.column()) > here), found[0] if found else QModelIndex())


def phase_name(place: Place) -> str:
    """The heading of a phase, with its state where the map has several."""
    name = place.phase.name or _("Phase without a name")
    return f"{place.state}: {name}" if place.state else name


def _lines(places: Sequence[Place]) -> list[Line]:
    lines: list[Line] = []
    phase = ""
    for place in places:
        if place.phase.id != phase:
            phase = place.phase.id
            lines.append(Line(PHASE, place))
        lines += [Line(ENTRY, place, entry, at == 0) for at, entry in enumerate(place.entries)]
        if not place.entries:
            lines.append(Line(NONE if place.none else OPEN, place, place.none))
    return lines


def _lacking(line: Line) -> list[int]:
    """The columns of a line that are still to be filled in."""
    if line.kind == OPEN:
        return [DATA]
    if line.kind != ENTRY or line.entry is None:
        return []
    names = {"legal_basis" if name == "special" else name for name in register.lacking(line.entry)}
    return [column for column, name in FIELDS.items() if name in names]


def _field(column: int, text: str) -> dict[str, str]:
    """What a typed text sets: in the column of the legal basis also the condition for special categories."""
    if column != BASIS:
        return {FIELDS[column]: text}
    if text == no_special():
        return {"special": ""}
    condition = register.read_condition(text)
    if condition in register.CONDITIONS:
        return {"special": condition}
    return {"legal_basis": register.read_basis(text)}


def no_special() -> str:
    """The choice that takes the condition for special categories away."""
    return _("no special categories")


def _special(line: Line) -> str:
    return register.condition(line.entry.special) if line.entry is not None else ""


def _said(line: Line, column: int) -> str:
    """What a screen reader says of an empty cell."""
    if line.kind == OPEN and column == DATA:
        return _("No entry yet")
    if line.kind == NONE and column == DATA:
        return _("No personal data here")
    return _("not stated") if line.kind == ENTRY and column in _lacking(line) else ""
