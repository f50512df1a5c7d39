"""What can be undone and redone in one session: the two stacks, and the Changes behind them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from journeymap.model.change import Change
from journeymap.model.history import Entry, History, replay
from journeymap.store import log


class Step(Struct, eq=False):
    """One Change that may be undone. `number` names it in the stacks; `seq` is its place in the log once it is on disk;
    `change` is read from the log when it is needed.
    """

    number: int
    change: Change | None = None
    seq: int | None = None


class Steps:
    """The stacks of `model.history` over steps that may not have a place in the log yet."""

    def __init__(self, lines: Iterable[log.Entry]) -> None:
        self._steps: dict[int, Step] = {}  # own steps have negative numbers, for the log's come later
        self.history = History()
        self.rebuild(lines)

    def rebuild(self, lines: Iterable[log.Entry]) -> None:
        """The stacks that a log leaves behind."""
        self.history = replay((e.seq, e.label, e.kind, e.of) for e in lines if e.kind != "new")

    def new(self, change: Change) -> Step:
        """A step that is about to be done."""
        number = -1 - len(self._steps)
        self._steps[number] = Step(number, change)
        return self._steps[number]

    def of(self, entry: Entry) -> Step:
        """The step of an entry of the stacks."""
        return self._steps.setdefault(entry.seq, Step(entry.seq, seq=entry.seq))

    def remember(self, kind: log.Kind, step: Step, label: str) -> None:
        """Follows a step that was done, undone or redone."""
        if kind == "do":
            self.history.did(Entry(step.number, label))
        elif kind == "undo":
            self.history.undid(step.number)
        else:
            self.history.redid(step.number)

    def forget(self, seqs: set[int]) -> None:
        """Takes steps out of the stacks by their places in the log: someone else has undone or redone them."""
        if seqs:
            for number in [number for number, step in self._steps.items() if step.seq in seqs] + list(seqs):
                self.history.forget(number)

    def copy(self) -> History:
        """The stacks as they are now."""
        return History(self.history.undos[:], self.history.redos[:])


def change_of(step: Step, connection: sqlite3.Connection) -> Change:
    """The Change of a step, from the log where it is not in memory. Raises Failure where the log does not have it."""
    if step.change is None:
        step.change = log.change_of(connection, step.seq or 0)
    return step.change
