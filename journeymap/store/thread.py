"""The store thread: the only writer of a file. Deeds go in, outcomes come out, in the same order.

When a deed cannot be written, the thread writes nothing that came after it either, until the session has taken
those changes back and says from where to go on (`resume`).
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from msgspec import Struct

from journeymap.store import file
from journeymap.store.deed import Behind, Deed
from journeymap.store.log import Place
from journeymap.store.sentences import gone, replaced, sentence

if TYPE_CHECKING:
    from sqlalchemy import Connection

Errand: TypeAlias = "Callable[[Connection], object]"
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Outcome(Struct, frozen=True):
    """What became of a deed; `place` is where the history stands then, `reason` a sentence when it was refused."""

    deed: Deed
    kind: Literal["saved", "refused", "behind"]
    place: Place | None = None
    reason: str = ""


class _Resume(Struct, frozen=True):
    era: int
    at: Place


class _GetReady:
    """Asks for what writing needs."""


class StoreThread:
    """Writes deeds one transaction each; what `wake` gives is called on this thread whenever an outcome waits.

    `waiting` holds the deeds whose outcome the caller has not handled yet, oldest first. What is put is held back until
    `hand_over`, so that the caller can show it first: while a thread writes, the others of a Python process are slower. Every
    other job, and waiting for an outcome, hands over before. The thread is started by the first job.
    """

    def __init__(
        self, path: Path, known: file.Identity, at: Place, wake: Callable[[], Callable[[], None] | None]
    ) -> None:
        self._wake = wake
        self.waiting: deque[Deed] = deque()
        self._held: deque[tuple[int, Deed]] = deque()
        self._path = path
        self._known = known
        self._newest = 0  # the era of what the caller puts
        self._era = 0  # the era of what is written
        self._at = at
        self._halted = False
        self._jobs: SimpleQueue[tuple[int, Deed] | Errand | _Resume | _GetReady | threading.Event | None] = (
            SimpleQueue()
        )
        self._errands_done: threading.Event | None = None  # set once the last errand has run
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._connection: Connection | None = None
        self._left: tuple[int, int] | None = None  # how the file looked after the last transaction
        self._thread = threading.Thread(target=self._run, name=f"store {path.name}", daemon=True)

    # ------------------------------------------------------------ the caller's side

    def put(self, deed: Deed) -> None:
        """Takes a deed that builds on those before it; it is written after the next `hand_over`."""
        self.waiting.append(deed)
        self._held.append((self._newest, deed))

    def hand_over(self, within: float = 0.0) -> None:
        """Queues for the disk what was put since the last time; keeps still `within` seconds at most until it is written."""
        if self._held and self._thread.ident is None:
            self._thread.start()
        while self._held:
            self._jobs.put(self._held.popleft())
        until = monotonic() + within
        while self.waiting and self._outcomes.empty() and monotonic() < until:
            sleep(0.0003)

    def run(self, errand: Errand) -> None:
        """Queues something small that is no Change; when it fails, it is left out."""
        self._errands_done = threading.Event()
        self._job(errand)
        self._job(self._errands_done)

    def wait_for_errands(self) -> None:
        """Waits until every errand so far has run."""
        done = self._errands_done
        while done is not None and self._thread.is_alive() and not done.wait(0.2):
            pass

    def get_ready(self) -> None:
        """Imports what writing needs, a quarter of a second, before the first change has to wait for it."""
        self._job(_GetReady())

    def resume(self, at: Place) -> None:
        """Goes on after a refusal, from that place of the history; deeds that were put before are not written any more."""
        self._newest += 1
        self._job(_Resume(self._newest, at))

    def outcome(self, timeout: float = 0.0) -> Outcome | None:
        """The next outcome, or None when there is none within `timeout` seconds, or nothing waits for one."""
        if not self.waiting:
            timeout = 0.0
        if timeout > 0:
            self.hand_over()
        try:
            return self._outcomes.get(timeout=timeout) if timeout > 0 else self._outcomes.get_nowait()
        except Empty:
            return None

    def stop(self) -> None:
        """Writes what was put, then ends."""
        self.hand_over()
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()

    def _job(self, job: Errand | _Resume | _GetReady | threading.Event) -> None:
        self.hand_over()
        if self._thread.ident is None:
            self._thread.start()
        self._jobs.put(job)

    # ------------------------------------------------------------ the thread's side

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if isinstance(job, _Resume):
                self._era, self._at, self._halted = job.era, job.at, False
            elif isinstance(job, tuple):
                era, deed = job
                if not self._halted and era == self._era:
                    self._tell(self._written(deed))
            elif isinstance(job, _GetReady):
                import_module("journeymap.store.writing")
            elif isinstance(job, threading.Event):
                job.set()
            else:
                self._quietly(job)
        self._disconnect()

    def _tell(self, outcome: Outcome) -> None:
        self._halted = outcome.kind != "saved"
        self._outcomes.put(outcome)
        wake = self._wake()
        if wake is not None:
            try:
                wake()
            except Exception:  # noqa: BLE001 - the caller's defect must not end the writing
                _log.exception("wake failed")

    def _written(self, deed: Deed) -> Outcome:
        try:
            from journeymap.store.writing import write

            place = self._transaction(lambda connection: write(connection, deed, self._at))
        except Behind:
            return Outcome(deed, "behind")
        except Exception as error:  # noqa: BLE001 - whatever it is: the document must not run ahead of the file
            _log.info("refused", exc_info=True)
            self._disconnect()
            return Outcome(deed, "refused", reason=sentence(error, self._path))
        if deed.kind == "do" and deed.step is not None:
            deed.step.seq = place.seq
        self._at = place
        return Outcome(deed, "saved", place)

    def _quietly(self, errand: Errand) -> None:
        try:
            self._transaction(errand)
        except Exception:  # noqa: BLE001 - a draft that cannot be kept now is kept with the next key
            _log.info("left out", exc_info=True)
            self._disconnect()

    def _transaction(self, errand: Callable[[Connection], T]) -> T:
        """Runs `errand` in a transaction of its own and returns what it returns, once that is on disk."""
        if self._in_place() != self._left:
            self._disconnect()
        if self._connection is None:
            self._connection = file.engine(self._path).connect()
        with self._connection.begin():
            answer = errand(self._connection)
        self._left = self._in_place()
        return answer

    def _in_place(self) -> tuple[int, int]:
        """How the file looks. Raises Failure where it is gone: on POSIX systems SQLite would go on writing to what has no name."""
        try:
            if file.identity(self._path) != self._known:
                raise replaced(self._path)
            return file.look(self._path)
        except OSError:
            raise gone(self._path) from None

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception:  # noqa: BLE001 - it was broken before
                _log.info("closing failed", exc_info=True)
