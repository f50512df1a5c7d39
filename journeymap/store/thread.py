"""The store thread: the only writer of a file. Deeds go in, outcomes come out, in the same order.

When a deed cannot be written, the thread writes nothing that came after it either, until the session has taken
those changes back and says from where to go on (`resume`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal, TypeVar

from sqlalchemy import Connection

from journeymap.store import file
from journeymap.store.sentences import gone, replaced, sentence
from journeymap.store.writing import Behind, Deed, write

Errand = Callable[[Connection], object]
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a deed; `seq` is its place in the log, `reason` a sentence when it was refused."""

    deed: Deed
    kind: Literal["saved", "refused", "behind"]
    seq: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Resume:
    era: int
    at: int


class StoreThread:
    """Writes deeds one transaction each; `wake` is called on this thread whenever an outcome waits."""

    def __init__(self, path: Path, known: file.Identity, at: int) -> None:
        self.wake: Callable[[], None] | None = None
        self._path = path
        self._known = known
        self._at = at
        self._era = 0
        self._halted = False
        self._jobs: SimpleQueue[tuple[int, Deed] | Errand | _Resume | None] = SimpleQueue()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name=f"store {path.name}", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ the caller's side

    def put(self, deed: Deed, era: int) -> None:
        """Queues a deed that builds on what was performed in `era`."""
        self._jobs.put((era, deed))

    def run(self, errand: Errand) -> None:
        """Queues something small that is no Change; when it fails, it is left out."""
        self._jobs.put(errand)

    def resume(self, era: int, at: int) -> None:
        """Goes on after a refusal: deeds of `era` build on clock `at`."""
        self._jobs.put(_Resume(era, at))

    def outcome(self, timeout: float = 0.0) -> Outcome | None:
        """The next outcome, or None when there is none within `timeout` seconds."""
        try:
            return self._outcomes.get(timeout=timeout) if timeout > 0 else self._outcomes.get_nowait()
        except Empty:
            return None

    def stop(self) -> None:
        """Writes what is queued, then ends."""
        self._jobs.put(None)
        self._thread.join()

    @property
    def alive(self) -> bool:
        """Whether the thread still takes deeds."""
        return self._thread.is_alive()

    # ------------------------------------------------------------ the thread's side

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if isinstance(job, _Resume):
                self._era, self._at, self._halted = job.era, job.at, False
            elif isinstance(job, tuple):
                era, deed = job
                if not self._halted and era == self._era:
                    self._tell(self._written(deed))
            else:
                self._quietly(job)
        self._disconnect()

    def _tell(self, outcome: Outcome) -> None:
        self._halted = outcome.kind != "saved"
        self._outcomes.put(outcome)
        wake = self.wake
        if wake is not None:
            try:
                wake()
            except Exception:  # noqa: BLE001 - the caller's defect must not end the writing
                _log.exception("wake failed")

    def _written(self, deed: Deed) -> Outcome:
        try:
            seq = self._transaction(lambda connection: write(connection, deed, self._at))
        except Behind:
            return Outcome(deed, "behind")
        except Exception as error:  # noqa: BLE001 - whatever it is: the document must not run ahead of the file
            _log.info("refused", exc_info=True)
            self._disconnect()
            return Outcome(deed, "refused", reason=sentence(error, self._path))
        if deed.kind == "do" and deed.step is not None:
            deed.step.seq = seq
        self._at = seq
        return Outcome(deed, "saved", seq)

    def _quietly(self, errand: Errand) -> None:
        try:
            self._transaction(errand)
        except Exception:  # noqa: BLE001 - a draft that cannot be kept now is kept with the next key
            _log.info("left out", exc_info=True)
            self._disconnect()

    def _transaction(self, errand: Callable[[Connection], T]) -> T:
        """Runs `errand` in a transaction of its own and returns what it returns, once that is on disk."""
        self._in_place()
        if self._connection is None:
            self._connection = file.engine(self._path).connect()
        with self._connection.begin():
            answer = errand(self._connection)
        self._in_place()
        return answer

    def _in_place(self) -> None:
        """Raises Failure where the file is gone: on POSIX systems SQLite would go on writing to what has no name any more."""
        try:
            now = file.identity(self._path)
        except OSError:
            raise gone(self._path) from None
        if now != self._known:
            raise replaced(self._path)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception:  # noqa: BLE001 - it was broken before
                _log.info("closing failed", exc_info=True)
