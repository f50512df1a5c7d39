"""The map in memory, and the place of the file's history at which it stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.change import Change, difference, merged
from journeymap.model.document import Conflict, Document
from journeymap.model.records import Record
from journeymap.store import log, rows
from journeymap.store.deed import Deed
from journeymap.store.opening import Opened, Reader
from journeymap.store.steps import Steps


class Standing:
    """A document with what can be undone in it, kept in step with the file.

    `seen` is the last Change of the file's history that the document holds; deeds on their way to the disk come on top.
    """

    def __init__(self, opened: Opened) -> None:
        with rows.quiet_collector():
            self.document = Document(opened.records)
        self.steps = Steps(opened.lines)
        self.seen = opened.place
        self._reader: Reader = opened.reader

    def do(self, deed: Deed) -> None:
        """Applies a checked deed and remembers it."""
        deed.before = self.steps.copy()
        self.document.apply(deed.change)
        if deed.step is not None:
            self.steps.remember(deed.kind, deed.step, deed.change.label)

    def take_back(self, deeds: Sequence[Deed]) -> Change:
        """Takes the newest deeds back, in reverse; returns what that did to the map."""
        back = [deed.change.inverse() for deed in reversed(deeds)]
        for change in back:
            self.document.apply(change)
        if deeds:
            self.steps.history = deeds[0].before
        return merged("", back)

    def news(self) -> Change:
        """Takes in what others have written since; no deed may be on its way. Returns it as one Change.

        Raises Failure, having done nothing, where the file cannot be read.
        """
        try:
            news, place = self._reader.ask(self._written)
            changes = self._taken([change for _line, change in news])
        except (Conflict, Failure):  # another history, or a log that does not tell all: the records do
            return self._anew()
        self.steps.forget({entry.of for entry, _change in news if entry.of is not None})
        self.seen = place
        return merged("", changes)

    def _written(self, connection: sqlite3.Connection) -> tuple[list[tuple[log.Entry, Change]], log.Place]:
        if not log.follows(connection, self.seen):
            raise Conflict("the file has another history")
        return log.since(connection, self.seen.seq), log.place(connection)

    def _taken(self, changes: list[Change]) -> list[Change]:
        """Applies all of `changes`, or raises Conflict and applies none."""
        for number, change in enumerate(changes):
            try:
                self.document.fits(change)
            except Conflict:
                for done in reversed(changes[:number]):
                    self.document.apply(done.inverse())
                raise
            self.document.apply(change)
        return changes

    def _anew(self) -> Change:
        def read(connection: sqlite3.Connection) -> tuple[list[Record], list[log.Entry], log.Place]:
            return rows.read_all(connection), log.lines(connection), log.place(connection)

        records, lines, place = self._reader.ask(read)
        change = _between(self.document, records)
        self.document.apply(change)
        self.steps.rebuild(lines)
        self.seen = place
        return change


def _between(document: Document, records: Sequence[Record]) -> Change:
    """The Change that makes the map what `records` are, named versions and all."""
    goal = {record.id: record for record in records}
    both = [(now, goal[now.id]) for now in document if now.id in goal]
    if any(type(now) is not type(then) for now, then in both):
        raise Failure(_("The file holds another map now; close this one and open it again."))
    return Change(
        "",
        {id_: record for id_, record in goal.items() if id_ not in document},
        {now.id: edits for now, then in both if (edits := difference(now, then))},
        {record.id: record for record in document if record.id not in goal},
    )
