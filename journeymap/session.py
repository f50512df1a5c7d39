"""One open map, and the only door to it.

`perform` checks a Change against the rules, applies it to the document, remembers it for undo, tells the listeners and hands it
to the store thread. When the store thread reports that it could not be written, every Change that is not on disk yet
is taken back in reverse. All methods belong to one thread, the caller's; only `wake` is called on another.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import rules
from journeymap.model.change import Change, adding, merged
from journeymap.model.commands import restore as restored
from journeymap.model.cube import Block, BlockKey, Cube, Pair
from journeymap.model.document import Conflict, Document
from journeymap.model.history import Entry
from journeymap.model.records import Id, Measure, Record, Version, new_id
from journeymap.store import checks, cubes, file, keeping, log, opening, snapshots
from journeymap.store.deed import Deed
from journeymap.store.keeping import Draft, Drafts
from journeymap.store.standing import Standing
from journeymap.store.steps import Step, change_of
from journeymap.store.thread import Outcome, StoreThread

_log = logging.getLogger(__name__)
_MOST_LAPS = 100
"""So often others may be first with their writing, in a row."""


class Event(Struct, frozen=True):
    """What a session tells. `change` is what has just happened to the document (None: nothing), except for "saved",
    where it is the Change that is on disk now; `reason` is a sentence for "refused".
    """

    kind: Literal["changed", "saved", "refused", "pulled"]
    change: Change | None = None
    reason: str = ""


class Listeners:
    """Who hears of events. One that fails does not stop the others."""

    def __init__(self) -> None:
        self._callbacks: dict[object, Callable[[Event], None]] = {}

    def add(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Adds one; the function that comes back takes it away."""
        token = object()
        self._callbacks[token] = callback

        def stop() -> None:
            self._callbacks.pop(token, None)

        return stop

    def tell(self, event: Event) -> None:
        """Calls all of them, in the order in which they came."""
        for callback in list(self._callbacks.values()):
            try:
                callback(event)
            except Exception:  # noqa: BLE001 - a defect of one listener must not stop the others
                _log.exception("a listener failed at %r", event.kind)


def expect(path: Path | str) -> None:
    """A file will be opened soon: begins to check it on a thread, beside what must be loaded first."""
    checks.begin(Path(path))


class Session:
    """One open map."""

    def __init__(self, path: Path, opened: opening.Opened, *, author: str) -> None:
        self.path, self.author, self.read_only = path, author, opened.read_only
        self._id = new_id()
        self._standing = Standing(opened)
        self._identity = opened.identity
        self._listeners = Listeners()
        self._data_version: int | None = None
        self._laps, self._closed, self._refusal = 0, False, ""
        self._reader = opened.reader
        self.wake: Callable[[], None] | None = None  # called on the store thread when an outcome waits for `settle`
        self._thread = StoreThread(path, opened.identity, opened.place, lambda: self.wake)
        self._drafts = Drafts(lambda: self._reader.ask(keeping.drafts), self._thread.run)
        file.hold(opened.identity)

    @property
    def document(self) -> Document:
        """The map."""
        return self._standing.document

    @classmethod
    def create(cls, path: Path | str, records: Iterable[Record], *, author: str = "") -> Session:
        """Writes a new file with `records` and opens it.

        Raises rules.Broken where the records break a rule, and Failure where a file is there already or the place cannot be written to.
        """
        records = _keeping_the_rules(records)
        opening.start(Path(path), records, author=author, session=new_id())
        return cls.open(path, author=author)

    @classmethod
    def open(cls, path: Path | str, *, author: str = "", read_only: bool = False) -> Session:
        """Opens a file; read-only where it cannot be written to. Raises Failure where it is not a sound map."""
        path = Path(path)
        return cls(path, opening.opened(path, read_only=read_only), author=author)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def listen(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Calls `callback` at every event; the function that comes back ends that."""
        return self._listeners.add(callback)

    # ------------------------------------------------------------ changing

    def perform(
        self, change: Change, blocks: Mapping[BlockKey, Block] | None = None, pairs: Sequence[Pair] = ()
    ) -> None:
        """Does `change`; `blocks` and `pairs` of a data set become durable in the same transaction.

        Raises rules.Broken or Failure where it is not allowed, and Conflict where it was made for another state of the map.
        """
        self._take_outcomes()
        self._check(change)
        if change:
            self._send(change, "do", self._standing.steps.new(change), blocks=blocks or {}, pairs=pairs)

    def undo(self) -> Change | None:
        """Takes back the last step and returns what that did to the map; None when there is none.

        Raises Failure, and forgets the step, where the map has changed so that it cannot be taken back.
        """
        self._take_outcomes()
        return self._repeat(self._standing.steps.history.undos[-1], "undo") if self.undo_label else None

    def redo(self) -> Change | None:
        """Does again what was undone last, like `undo`."""
        self._take_outcomes()
        return self._repeat(self._standing.steps.history.redos[-1], "redo") if self.redo_label else None

    @property
    def undo_label(self) -> str:
        """The label of what `undo` would take back, or ""."""
        return "" if self.read_only else self._standing.steps.history.undo_label

    @property
    def redo_label(self) -> str:
        """The label of what `redo` would do again, or ""."""
        return "" if self.read_only else self._standing.steps.history.redo_label

    def _repeat(self, entry: Entry, kind: Literal["undo", "redo"]) -> Change:
        step = self._standing.steps.of(entry)
        done = self._reader.ask(partial(change_of, step)) if step.change is None else step.change
        try:
            change = done.inverse() if kind == "undo" else done
            self._check(change)
        except (Conflict, Failure) as reason:
            self._standing.steps.history.forget(entry.seq)
            raise _overtaken(kind, entry.label) from reason
        self._send(change, kind, step)
        return change

    def _check(self, change: Change) -> None:
        if self.read_only:
            words = _("“{name}” is open for reading only. Copy it to a place where you may write, and open the copy.")
            raise Failure(words.format(name=self.path.name))
        if self._closed:
            raise Failure(_("“{name}” is closed.").format(name=self.path.name))
        self.document.fits(change)
        rules.check(self.document, change)

    def _send(self, change: Change, kind: log.Kind, step: Step | None, **along: Any) -> None:
        """Applies a checked change, remembers it, tells of it and hands it to the store thread."""
        kinds = {id_: type(record) for id_ in change.updated if (record := self.document.record(id_)) is not None}
        self._do(Deed(change, kinds, kind, log.now(), self.author, self._id, step, **along))
        if change:
            self._listeners.tell(Event("changed", change))
        self.hand_over()

    def _do(self, deed: Deed) -> None:
        self._standing.do(deed)
        self._thread.put(deed)

    # ------------------------------------------------------------ the disk

    def hand_over(self, within: float = 0.0) -> None:
        """Lets the store thread write what was done: once all listeners have heard, unless one of them calls it before."""
        self._thread.hand_over(within)

    @property
    def saved(self) -> bool:
        """Whether everything is on disk."""
        return not self._thread.waiting

    def settle(self, within: float = 0.0) -> None:
        """Handles what the store thread has reported, or reports `within` seconds: saved marks, refusals, changes by others."""
        self._take_outcomes(within)
        self._refusal = ""

    def get_ready(self) -> None:
        """Prepares the first writing on the store thread; else the first change waits a quarter of a second for the disk."""
        if not self.read_only and not self._closed:
            self._thread.get_ready()

    def flush(self) -> None:
        """Waits for the disk, drafts included. Raises Failure where something was refused since the last `settle` or `flush`."""
        while self._thread.waiting:
            self._take_outcomes(0.2)
        self._thread.wait_for_errands()
        if self._refusal:
            reason, self._refusal = self._refusal, ""
            raise Failure(reason)

    def close(self) -> None:
        """Writes what waits and lets go of the file. Raises Failure where the last changes were refused."""
        if self._closed:
            return
        try:
            self.flush()
        finally:
            self._closed = True
            self._thread.stop()
            self._reader.close()
            file.let_go(self._identity)

    def _take_outcomes(self, within: float = 0.0) -> None:
        until = monotonic() + within
        while outcome := self._thread.outcome(until - monotonic()):
            self._handle(outcome)

    def _handle(self, outcome: Outcome) -> None:
        if outcome.place is not None:
            self._thread.waiting.popleft()
            self._standing.seen, self._laps = outcome.place, 0
            self._listeners.tell(Event("saved", outcome.deed.change))
        elif outcome.kind == "refused":
            self._refuse(self._take_back(), outcome.reason)
        else:
            self._laps += 1
            self._catch_up()

    def _take_back(self) -> Change:
        """Back to the last Change that is on disk."""
        back = self._standing.take_back(self._thread.waiting)
        self._thread.waiting.clear()
        return back

    def _refuse(self, back: Change, reason: str) -> None:
        self._thread.resume(self._standing.seen)
        self._refusal = reason
        self._listeners.tell(Event("refused", back, reason))

    # ------------------------------------------------------------ others who write

    def pull(self) -> Change | None:
        """Takes in what another window or process wrote; None when there is nothing new.

        While own changes are on their way to the disk nothing is taken in: the store thread sees to that in their order.
        Raises Failure where the file cannot be read.
        """
        self._take_outcomes()
        if self._thread.waiting:
            return None
        fresh = self._reader.fresh
        version = self._reader.ask(lambda connection: connection.execute("PRAGMA data_version").fetchone()[0])
        if fresh and version == self._data_version:
            return None
        before, change = self._standing.seen, self._standing.news()
        self._data_version = version
        if self._standing.seen != before:
            self._thread.resume(self._standing.seen)
        if change:
            self._listeners.tell(Event("pulled", change))
        return change or None

    def _catch_up(self) -> None:
        """Someone else wrote first: takes own waiting changes back, theirs in, and does own ones again where they still fit."""
        waited = list(self._thread.waiting)
        back = self._take_back()
        try:
            news = self._standing.news()
            if self._laps > _MOST_LAPS:
                raise Failure(_("“{name}” is being changed by others all the time.").format(name=self.path.name))
        except Failure as failure:
            self._refuse(back, str(failure))
            return
        self._thread.resume(self._standing.seen)
        again: list[Change] = []
        lost: list[str] = []
        for deed in waited:
            try:
                self._check(deed.change)
            except (Conflict, Failure):
                lost.append(deed.change.label)
            else:
                self._do(deed)
                again.append(deed.change)
        self.hand_over()
        if net := merged("", [back, news, *again]):
            self._listeners.tell(Event("pulled", net))
        for label in lost:
            self._refusal = _lost(label)
            self._listeners.tell(Event("refused", None, self._refusal))

    # ------------------------------------------------------------ data, versions, drafts, attachments

    def cube(self, data_set_id: Id, document: Document | None = None) -> Cube:
        """The counts of a data set (of `document`, a former state); blocks are read from the file when they are asked for."""
        measures = (document or self.document).referring(Measure, "data_set_id", data_set_id)
        return cubes.cube([measure.id for measure in measures], self._thread.waiting, self._reader.ask)

    def versions(self) -> list[Version]:
        """The named versions, oldest first."""
        return sorted(self.document.all(Version), key=lambda version: (version.seq, version.time))

    def name_version(self, name: str) -> Version:
        """Gives the map as it is now a name, under which it can be looked at and restored."""
        self._take_outcomes()
        seq = self._standing.seen.seq + sum(bool(deed.change) for deed in self._thread.waiting)
        version = Version(new_id(), name=name, time=log.now(), author=self.author, seq=seq)
        change = adding(_("Name version “{name}”").format(name=name), version)
        self._check(change)
        self._send(change, "do", self._standing.steps.new(change), snapshot=(version.id, tuple(self.document)))
        return version

    def version_document(self, version_id: Id) -> Document:
        """The map as it was when that version was named. Raises Failure where it is not in the file."""
        taken = dict(deed.snapshot for deed in self._thread.waiting if deed.snapshot)
        if (records := taken.get(version_id)) is not None:
            return Document(record for record in records if not isinstance(record, Version))
        return Document(self._reader.ask(lambda c: snapshots.records_of(c, version_id)))

    def restore(self, version_id: Id) -> Change | None:
        """Makes the map what it was at a version, as one step that can be undone; None when it is that already."""
        version = self.document.get(Version, version_id)
        label = _("Restore “{name}”").format(name=version.name if version else "")
        change = _back(self.document, self.version_document(version_id), label)
        self.perform(change)
        return change or None

    def keep_draft(self, record_id: Id, field: str, text: str) -> None:
        """Keeps a half-typed text, so that it survives a crash; it is no Change."""
        if not self.read_only and not self._closed:
            self._drafts.keep(Draft(record_id, field, text, log.now()))

    def drafts(self) -> list[Draft]:
        """The half-typed texts that were kept and not dropped, oldest first."""
        return list(self._drafts.all().values())

    def drop_draft(self, record_id: Id, field: str) -> None:
        """Forgets a half-typed text: it became a Change, or was given up."""
        if not self.read_only and not self._closed:
            self._drafts.drop(record_id, field)

    def keep_blob(self, content: bytes) -> str:
        """Stores an attachment's bytes, once, and returns the SHA-256 under which records name it."""
        self._check(Change())
        hash_ = hashlib.sha256(content).hexdigest()
        self._send(Change(_("Attach")), "do", None, blobs={hash_: content})
        return hash_

    def blob(self, hash_: str) -> bytes | None:
        """An attachment's bytes, or None where the file does not have it."""
        waiting = next((deed.blobs[hash_] for deed in self._thread.waiting if hash_ in deed.blobs), None)
        return waiting if waiting is not None else self._reader.ask(lambda c: keeping.content(c, hash_))


def _overtaken(kind: Literal["undo", "redo"], label: str) -> Failure:
    if kind == "undo":
        words = _("“{label}” cannot be undone any more: the map has been changed there since.")
    else:
        words = _("“{label}” cannot be done again: the map has been changed there since.")
    return Failure(words.format(label=label))


def _lost(label: str) -> str:
    return _("“{label}” was not done: someone else has changed the map there meanwhile.").format(label=label)


def _back(document: Document, then: Document, label: str) -> Change:
    try:
        return restored(document, then, label)
    except ValueError as error:
        raise Failure(_("This version is damaged and cannot be restored.")) from error


def _keeping_the_rules(records: Iterable[Record]) -> list[Record]:
    records = list(records)
    document = Document(records)
    if faults := rules.faults(document):
        raise rules.Broken(faults[0])
    if len(document) < len(records):
        raise rules.Broken(_("Two things of a new map have the same id."))
    return records
