"""Several commands as one Change: they act on a copy, and what came of them is one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec

from journeymap.model.change import Change, merged
from journeymap.model.document import Document
from journeymap.model.records import Id, Record

P = ParamSpec("P")


class Draft:
    """A copy of a document on which commands take effect at once; `change` is all of them together."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.document = Document(records)
        self._changes: list[Change] = []

    def do(self, command: Callable[Concatenate[Document, P], Change], /, *args: P.args, **kwargs: P.kwargs) -> Id:
        """Carries out a command; the id of the record that it made, "" where it made none."""
        change = command(self.document, *args, **kwargs)
        self.take(change)
        return next(iter(change.added), "")

    def take(self, change: Change) -> None:
        """Carries out a Change."""
        self.document.fits(change)
        self.document.apply(change)
        self._changes.append(change)

    def change(self, label: str) -> Change:
        """Everything so far as one Change to the document that was copied."""
        return merged(label, self._changes)
