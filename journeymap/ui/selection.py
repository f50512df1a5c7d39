"""What is selected in a window: records, and the cell that the keyboard stands on."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from journeymap.model.records import Id


class Cell(Struct, frozen=True):
    """A place where the keyboard can stand.

    In the grid: lane and touchpoint; in a phase that has no touchpoints yet: lane and phase. In the band of phases:
    the phase alone. Among the lane names: the lane alone. `row` is what a view has made of the lane (`model.lens`):
    one of several rows that come from it.
    """

    lane: Id | None = None
    touchpoint: Id | None = None
    phase: Id | None = None
    row: Id | None = None

    @property
    def drawn(self) -> Id | None:
        """The row in which it is drawn: that of the view, else the lane's."""
        return self.row or self.lane


NOWHERE = Cell()


class Selection(QObject):
    """Ids of the selected records, the leading one first, and the current cell; `changed` after either has changed.

    Every panel reads and sets it; it holds ids only, so a record that has gone is simply not found.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[Id, ...] = ()
        self._cell = NOWHERE
        self._anchor: Cell | None = None

    @property
    def ids(self) -> tuple[Id, ...]:
        """The selected records, the leading one first."""
        return self._ids

    @property
    def first(self) -> Id | None:
        """The leading record, which the inspector shows."""
        return self._ids[0] if self._ids else None

    @property
    def cell(self) -> Cell:
        """Where the keyboard stands."""
        return self._cell

    @property
    def anchor(self) -> Cell | None:
        """The far corner of a range that Shift has drawn from here; None where there is no range."""
        return self._anchor

    @property
    def touchpoint(self) -> Id | None:
        """The touchpoint whose column is selected."""
        return self._cell.touchpoint

    def select(self, *ids: Id, cell: Cell | None = None) -> None:
        """Selects these records and no others; `cell` moves the keyboard too."""
        self._become(tuple(dict.fromkeys(ids)), self._cell if cell is None else cell)

    def extend(self, ids: Iterable[Id], cell: Cell, anchor: Cell) -> None:
        """Selects what stands between `anchor` and `cell`; the keyboard is on `cell`."""
        self._become(tuple(dict.fromkeys(ids)), cell, anchor)

    def toggle(self, id_: Id) -> None:
        """Adds a record to the selection, or takes it out."""
        rest = tuple(other for other in self._ids if other != id_)
        self._become(rest if len(rest) < len(self._ids) else (*self._ids, id_), self._cell)

    def clear(self) -> None:
        """Selects nothing; the keyboard stays where it is."""
        self._become((), self._cell)

    def forget(self, gone: Iterable[Id]) -> None:
        """Drops records that are no more."""
        if self.dropped(gone):
            self.changed.emit()

    def dropped(self, gone: Iterable[Id]) -> bool:
        """Drops records that are no more and tells nobody; whether that changed anything, so that `changed` is due."""
        away = set(gone)
        cell = self._cell
        gone_cell = not away.isdisjoint((cell.lane, cell.touchpoint, cell.phase))
        ids = tuple(id_ for id_ in self._ids if id_ not in away)
        return self._become(ids, NOWHERE if gone_cell else cell, quietly=True)

    def _become(self, ids: tuple[Id, ...], cell: Cell, anchor: Cell | None = None, *, quietly: bool = False) -> bool:
        if (ids, cell, anchor) == (self._ids, self._cell, self._anchor):
            return False
        self._ids, self._cell, self._anchor = ids, cell, anchor
        if not quietly:
            self.changed.emit()
        return True
