"""One open map, and the only door to it.

`perform` checks a Change against the rules, applies it to the document, remembers it for undo, hands it to the store
thread and tells the listeners. When the store thread reports that it could not be written, every Change that is not on disk yet
is taken back in reverse. All methods belong to one thread, the caller's; only `wake` is called on another.
"""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import rules
from journeymap.model.change import Change, adding, merged
from journeymap.model.commands import restore
from journeymap.model.cube import Block, BlockKey, Cube, Pair
from journeymap.model.document import Conflict, Document
from journeymap.model.history import Entry, History, replay
from journeymap.model.records import Id, Measure, Record, Version, new_id
from journeymap.store import cubes, file, keeping, log, opening, rows, snapshots
from journeymap.store.keeping import Draft
from journeymap.store.thread import Outcome, StoreThread
from journeymap.store.writing import Deed, Step

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """What a session tells. `change` is what has just happened to the document (None: nothing), except for "saved",
    where it is the Change that is on disk now; `reason` is a sentence for "refused".
    """

    kind: Literal["changed", "saved", "refused", "pulled"]
    change: Change | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A deed that is not on disk yet, and the undo stacks before it."""

    deed: Deed
    before: History


class Session:
    """One open map."""

    def __init__(self, path: Path, opened: opening.Opened, *, author: str) -> None:
        self.path = path
        self.author = author
        self.read_only = opened.read_only
        with rows.quiet_collector():
            self.document = Document(opened.records)
        self._id = new_id()
        self._history = replay((e.seq, e.label, e.kind, e.of) for e in opened.lines if e.kind != "new")
        self._steps: dict[int, Step] = {}  # own steps; their numbers are negative, for the log's come later
        self._seen = opened.clock
        self._identity = opened.identity
        self._era = 0
        self._pending: deque[_Sent] = deque()
        self._listeners: dict[object, Callable[[Event], None]] = {}
        self._drafts: dict[tuple[Id, str], Draft] | None = None
        self._data_version: int | None = None
        self._refusal = ""
        self._closed = False
        file.hold(opened.identity)
        self._reader = opened.reader
        self._thread = None if opened.read_only else StoreThread(path, opened.identity, opened.clock)

    @classmethod
    def create(cls, path: Path | str, records: Iterable[Record], *, author: str = "") -> Session:
        """Writes a new file with `records` and opens it.

        Raises rules.Broken where the records break a rule, and Failure where a file is there already or the place cannot be written to.
        """
        path, records = Path(path), list(records)
        document = Document(records)
        if faults := rules.faults(document):
            raise rules.Broken(faults[0])
        if len(document) < len(records):
            raise rules.Broken(_("Two things of a new map have the same id."))
        opening.start(path, records, author=author, session=new_id())
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
            self._send(change, "do", self._step(change), blocks=blocks or {}, pairs=pairs)
            self._tell(Event("changed", change))

    def undo(self) -> Change | None:
        """Takes back the last step and returns what that did to the map; None when there is none.

        Raises Failure, and forgets the step, where the map has changed so that it cannot be taken back.
        """
        self._take_outcomes()
        return self._repeat(self._history.undos[-1], "undo") if self.undo_label else None

    def redo(self) -> Change | None:
        """Does again what was undone last, like `undo`."""
        self._take_outcomes()
        return self._repeat(self._history.redos[-1], "redo") if self.redo_label else None

    @property
    def undo_label(self) -> str:
        """The label of what `undo` would take back, or ""."""
        return "" if self.read_only else self._history.undo_label

    @property
    def redo_label(self) -> str:
        """The label of what `redo` would do again, or ""."""
        return "" if self.read_only else self._history.redo_label

    def _repeat(self, entry: Entry, kind: Literal["undo", "redo"]) -> Change:
        step = self._steps.setdefault(entry.seq, Step(entry.seq, seq=entry.seq))
        try:
            if step.change is None:
                step.change = self._reader.ask(lambda connection: log.change_of(connection, entry.seq))
            change = step.change.inverse() if kind == "undo" else step.change
            self._check(change)
        except (Conflict, Failure) as reason:
            self._history.forget(entry.seq)
            words = (
                _("“{label}” cannot be undone any more: the map has been changed there since.")
                if kind == "undo"
                else _("“{label}” cannot be done again: the map has been changed there since.")
            )
            raise Failure(words.format(label=entry.label)) from reason
        self._send(change, kind, step)
        self._tell(Event("changed", change))
        return change

    def _step(self, change: Change) -> Step:
        number = -1 - len(self._steps)
        self._steps[number] = Step(number, change)
        return self._steps[number]

    def _check(self, change: Change) -> None:
        if self._thread is None:
            words = _("“{name}” is open for reading only. Copy it to a place where you may write, and open the copy.")
            raise Failure(words.format(name=self.path.name))
        if self._closed or not self._thread.alive:
            raise Failure(_("“{name}” is closed.").format(name=self.path.name))
        self.document.fits(change)
        rules.check(self.document, change)

    def _send(self, change: Change, kind: log.Kind, step: Step | None, **along: Any) -> None:
        """Applies a checked change and queues it for the disk."""
        kinds = {id_: type(record) for id_ in change.updated if (record := self.document.record(id_)) is not None}
        deed = Deed(change, kinds, kind, log.now(), self.author, self._id, step, **along)
        sent = _Sent(deed, History(self._history.undos[:], self._history.redos[:]))
        self.document.apply(change)
        if step is not None:
            self._remember(kind, step, change.label)
        self._queue(sent)

    def _remember(self, kind: log.Kind, step: Step, label: str) -> None:
        if kind == "do":
            self._history.did(Entry(step.number, label))
        elif kind == "undo":
            self._history.undid(step.number)
        else:
            self._history.redid(step.number)

    def _queue(self, sent: _Sent) -> None:
        assert self._thread is not None
        self._pending.append(sent)
        self._thread.put(sent.deed, self._era)

    # ------------------------------------------------------------ listening

    def listen(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Calls `callback` at every event; the function that comes back ends that."""
        token = object()
        self._listeners[token] = callback

        def stop() -> None:
            self._listeners.pop(token, None)

        return stop

    def _tell(self, event: Event) -> None:
        for callback in list(self._listeners.values()):
            try:
                callback(event)
            except Exception:  # noqa: BLE001 - a defect of one listener must not stop the others
                _log.exception("a listener failed at %r", event.kind)

    # ------------------------------------------------------------ the disk

    @property
    def saved(self) -> bool:
        """Whether everything is on disk."""
        return not self._pending

    @property
    def wake(self) -> Callable[[], None] | None:
        """Called on the store thread when an outcome waits for `settle`."""
        return self._thread.wake if self._thread is not None else None

    @wake.setter
    def wake(self, callback: Callable[[], None] | None) -> None:
        if self._thread is not None:
            self._thread.wake = callback

    def settle(self) -> None:
        """Handles what the store thread has reported: saved marks, refusals, changes by others."""
        self._take_outcomes()
        self._refusal = ""

    def flush(self) -> None:
        """Waits for the disk. Raises Failure where something was refused since the last `settle` or `flush`."""
        while self._pending and self._thread is not None:
            outcome = self._thread.outcome(timeout=0.2)
            if outcome is not None:
                self._handle(outcome)
            elif not self._thread.alive:
                self._take_back(_("“{name}” is closed.").format(name=self.path.name))
        reason, self._refusal = self._refusal, ""
        if reason:
            raise Failure(reason)

    def close(self) -> None:
        """Writes what waits and lets go of the file. Raises Failure where the last changes were refused."""
        if self._closed:
            return
        try:
            self.flush()
        finally:
            self._closed = True
            if self._thread is not None:
                self._thread.stop()
            self._reader.close()
            file.let_go(self._identity)

    def _take_outcomes(self) -> None:
        while self._thread is not None and (outcome := self._thread.outcome()) is not None:
            self._handle(outcome)

    def _handle(self, outcome: Outcome) -> None:
        if outcome.kind == "saved":
            self._pending.popleft()
            self._seen = outcome.seq
            self._tell(Event("saved", outcome.deed.change))
        elif outcome.kind == "refused":
            self._take_back(outcome.reason)
        else:
            self._catch_up()

    def _take_back(self, reason: str) -> None:
        """Back to the last Change that is on disk."""
        back = [sent.deed.change.inverse() for sent in reversed(self._pending)]
        self._history = self._pending[0].before
        self._pending.clear()
        for change in back:
            self.document.apply(change)
        self._resume()
        self._refusal = reason
        self._tell(Event("refused", merged("", back), reason))

    def _resume(self) -> None:
        self._era += 1
        if self._thread is not None:
            self._thread.resume(self._era, self._seen)

    # ------------------------------------------------------------ others who write

    def pull(self) -> Change | None:
        """Takes in what another window or process wrote; None when there is nothing new.

        While own changes are on their way to the disk nothing is taken in: the store thread sees to that in their order.
        Raises Failure where the file cannot be read.
        """
        self._take_outcomes()
        if self._pending:
            return None
        version = self._reader.ask(lambda connection: connection.exec_driver_sql("PRAGMA data_version").scalar())
        if version == self._data_version:
            return None
        change = self._news()
        self._data_version = version
        if change:
            self._resume()
            self._tell(Event("pulled", change))
        return change or None

    def _news(self) -> Change:
        """Applies what the log has beyond what was seen, and returns it as one Change."""
        seen = self._seen
        news, clock = self._reader.ask(lambda c: (log.since(c, seen), log.clock(c)))
        taken: list[Change] = []
        try:
            for _entry, change in news:
                self.document.fits(change)
                self.document.apply(change)
                taken.append(change)
        except Conflict:  # the log does not tell all; the records do
            now = self._reader.ask(rows.read_all)
            rest = restore(self.document, now)
            self.document.apply(rest)
            taken.append(rest)
        undone = {entry.of for entry, _change in news if entry.of is not None}
        for number in [n for n, step in self._steps.items() if step.seq in undone] + list(undone):
            self._history.forget(number)
        self._seen = clock
        return merged("", taken)

    def _catch_up(self) -> None:
        """Someone else wrote first: takes own waiting changes back, theirs in, and own ones up again where they still fit."""
        mine = list(self._pending)
        back = [sent.deed.change.inverse() for sent in reversed(mine)]
        for change in back:
            self.document.apply(change)
        self._pending.clear()
        try:
            news = self._news()
        except Failure as failure:
            self._history = mine[0].before
            self._resume()
            self._refusal = str(failure)
            self._tell(Event("refused", merged("", back), self._refusal))
            return
        self._resume()
        again, lost = self._again(mine)
        net = merged("", [*back, news, *again])
        if net:
            self._tell(Event("pulled", net))
        for label in lost:
            words = _("“{label}” was not done: someone else has changed the map there meanwhile.")
            self._refusal = words.format(label=label)
            self._tell(Event("refused", None, self._refusal))

    def _again(self, mine: list[_Sent]) -> tuple[list[Change], list[str]]:
        again: list[Change] = []
        lost: list[str] = []
        for sent in mine:
            try:
                self._check(sent.deed.change)
            except (Conflict, Failure):
                lost.append(sent.deed.change.label)
                if sent.deed.step is not None:
                    self._history.forget(sent.deed.step.number)
                continue
            self.document.apply(sent.deed.change)
            self._queue(sent)
            again.append(sent.deed.change)
        return again, lost

    # ------------------------------------------------------------ data, versions, drafts, attachments

    def cube(self, data_set_id: Id) -> Cube:
        """The counts of a data set; blocks are read from the file one at a time."""
        measures = [m.id for m in self.document.referring(Measure, "data_set_id", data_set_id)]
        waiting = [sent.deed for sent in self._pending]
        fresh = {key: block for deed in waiting for key, block in deed.blocks.items()}
        pairs = {(pair.a, pair.b): pair for pair in self._reader.ask(lambda c: cubes.pairs_of(c, measures))}
        pairs |= {(p.a, p.b): p for deed in waiting for p in deed.pairs if p.a in measures and p.b in measures}
        return Cube(cubes.Blocks(measures, fresh, self._reader.ask), tuple(pairs.values()))

    def versions(self) -> list[Version]:
        """The named versions, oldest first."""
        return sorted(self.document.all(Version), key=lambda version: (version.seq, version.time))

    def name_version(self, name: str) -> Version:
        """Gives the map as it is now a name, under which it can be looked at and restored."""
        self._take_outcomes()
        seq = self._seen + sum(bool(sent.deed.change) for sent in self._pending)
        version = Version(new_id(), name=name, time=log.now(), author=self.author, seq=seq)
        change = adding(_("Name version “{name}”").format(name=name), version)
        self._check(change)
        records = tuple(self.document)
        self._send(change, "do", self._step(change), snapshot=(version.id, records))
        self._tell(Event("changed", change))
        return version

    def version_document(self, version_id: Id) -> Document:
        """The map as it was when that version was named. Raises Failure where it is not in the file."""
        for sent in self._pending:
            if sent.deed.snapshot is not None and sent.deed.snapshot[0] == version_id:
                return Document(r for r in sent.deed.snapshot[1] if not isinstance(r, Version))
        return Document(self._reader.ask(lambda connection: snapshots.records_of(connection, version_id)))

    def restore(self, version_id: Id) -> Change | None:
        """Makes the map what it was at a version, as one step that can be undone; None when it is that already."""
        version = self.document.get(Version, version_id)
        label = _("Restore “{name}”").format(name=version.name if version else "")
        change = restore(self.document, self.version_document(version_id), label)
        self.perform(change)
        return change or None

    def keep_draft(self, record_id: Id, field: str, text: str) -> None:
        """Keeps a half-typed text, so that it survives a crash; it is no Change."""
        if self._thread is not None and not self._closed:
            draft = Draft(record_id, field, text, log.now())
            self._known_drafts()[record_id, field] = draft
            self._thread.run(lambda connection: keeping.keep_draft(connection, draft))

    def drafts(self) -> list[Draft]:
        """The half-typed texts that were kept and not dropped, oldest first."""
        return list(self._known_drafts().values())

    def drop_draft(self, record_id: Id, field: str) -> None:
        """Forgets a half-typed text: it became a Change, or was given up."""
        if self._known_drafts().pop((record_id, field), None) is not None and self._thread is not None:
            self._thread.run(lambda connection: keeping.drop_draft(connection, record_id, field))

    def _known_drafts(self) -> dict[tuple[Id, str], Draft]:
        if self._drafts is None:
            self._drafts = {(d.record_id, d.field): d for d in self._reader.ask(keeping.drafts)}
        return self._drafts

    def keep_blob(self, content: bytes) -> str:
        """Stores an attachment's bytes, once, and returns the SHA-256 under which records name it."""
        self._check(Change())
        hash_ = hashlib.sha256(content).hexdigest()
        self._send(Change(_("Attach")), "do", None, blobs={hash_: content})
        return hash_

    def blob(self, hash_: str) -> bytes | None:
        """An attachment's bytes, or None where the file does not have it."""
        for sent in self._pending:
            if hash_ in sent.deed.blobs:
                return sent.deed.blobs[hash_]
        return self._reader.ask(lambda connection: keeping.content(connection, hash_))
