"""What can be undone and redone: two stacks of log entries, built from the log, so that they survive a restart.

Undo and redo are themselves entries of the log: `undo` of entry 7 is a new entry, with 7's inverse, that says "of 7".
The stacks hold the numbers of entries whose Change is to be taken back (or done again), never the Changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

Deed = Literal["do", "undo", "redo"]


class Entry(Struct, frozen=True):
    """A step that can be taken back: its number in the log and its label for the menu."""

    seq: int
    label: str


class History(Struct):
    """Two stacks; the last element is the next one to go."""

    undos: list[Entry] = field(default_factory=list)
    redos: list[Entry] = field(default_factory=list)

    @property
    def undo_label(self) -> str:
        """The label of what undo would take back; "" where there is nothing."""
        return self.undos[-1].label if self.undos else ""

    @property
    def redo_label(self) -> str:
        """The label of what redo would do again; "" where there is nothing."""
        return self.redos[-1].label if self.redos else ""

    def did(self, entry: Entry) -> None:
        """A person did something new: it can be undone, and nothing can be redone any more."""
        self.undos.append(entry)
        self.redos.clear()

    def undid(self, seq: int) -> None:
        """The step `seq` was taken back; it can be done again."""
        _shift(self.undos, self.redos, seq)

    def redid(self, seq: int) -> None:
        """The step `seq` was done again; it can be taken back."""
        _shift(self.redos, self.undos, seq)

    def forget(self, seq: int) -> None:
        """The step cannot be taken back or done again: someone else has changed the same things since."""
        self.undos[:] = [entry for entry in self.undos if entry.seq != seq]
        self.redos[:] = [entry for entry in self.redos if entry.seq != seq]


def replay(log: Iterable[tuple[int, str, Deed, int | None]]) -> History:
    """The stacks after a log of (number, label, deed, of which entry), oldest first."""
    history = History()
    for seq, label, deed, of in log:
        if deed == "do" or of is None:
            history.did(Entry(seq, label))
        elif deed == "undo":
            history.undid(of)
        else:
            history.redid(of)
    return history


def _shift(source: list[Entry], target: list[Entry], seq: int) -> None:
    for at in range(len(source) - 1, -1, -1):
        if source[at].seq == seq:
            target.append(source.pop(at))
            return
