"""Is a file sound? Every check there is, over the whole file, without changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import rules
from journeymap.model.document import Conflict, Document
from journeymap.model.records import Measure, Touchpoint, Version
from journeymap.store import cubes, log, opening, snapshots
from journeymap.store.checks import check
from journeymap.store.file import driver
from journeymap.store.migrations import VERSION
from journeymap.store.rows import read_all


class Check(Struct, frozen=True):
    """One thing that was looked at: `key` for scripts, `title` for people; `faults` are sentences, none when all is well."""

    key: str
    title: str
    faults: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """What became of all checks; a check that could not be made because an earlier one failed is not in it."""

    path: Path
    checks: tuple[Check, ...]
    records: int = 0
    changes: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not any(one.faults for one in self.checks)

    def __str__(self) -> str:
        lines = [
            f"{'✗' if one.faults else '✓'} {one.title}" + "".join(f"\n    {f}" for f in one.faults)
            for one in self.checks
        ]
        head = _("“{name}” is sound.") if self.sound else _("“{name}” is not sound.")
        return "\n".join([head.format(name=self.path.name), *lines])

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "file": self.path.name,
            "sound": self.sound,
            "records": self.records,
            "changes": self.changes,
            "checks": [{"check": one.key, "title": one.title, "faults": list(one.faults)} for one in self.checks],
        }


def verify(path: Path | str) -> Report:
    """Looks at the whole file. Raises Failure only where there is no file to look at."""
    path = Path(path)
    if not path.exists():
        words = _("There is no file “{name}” in “{folder}”.")
        raise Failure(words.format(name=path.name, folder=path.parent))
    first = Check("file", _("The file is a map and undamaged"), _faults(lambda: check(path)))
    if first.faults:
        return Report(path, (first,))
    if check(path) < VERSION:
        older = _("it is of an older version; it is brought up to date when it is opened")
        return Report(path, (first, Check("version", older)))
    with closing(opening.Reader(path)) as reader:
        return reader.ask(lambda connection: _inside(path, connection, first))


def _inside(path: Path, connection: sqlite3.Connection, first: Check) -> Report:
    faults: tuple[str, ...] = ()
    try:
        records = read_all(connection)
    except Failure as failure:
        faults = (str(failure),)
    pages = Check("database", _("SQLite finds its pages, indices and references in order"), _integrity(path))
    if faults:
        return Report(path, (first, pages, Check("records", _("Every record can be read"), faults)))
    document = Document(records)
    late = _faults(partial(log.place, connection))
    replayed, gap = _replayed(connection)
    report = (
        first,
        pages,
        Check("records", _("Every record can be read")),
        Check("rules", _("Every rule of a map holds"), tuple(rules.faults(document))),
        Check("graph", _("The graph holds the touchpoints and links of the map"), _graph(document, replayed)),
        Check(
            "log",
            _("The history, played from its beginning, gives the map"),
            (*late, *gap) or _history(document, replayed),
        ),
        Check("cubes", _("The counts of every data set can be read"), _cubes(connection, document)),
        Check("versions", _("Every named version can be read"), _versions(connection, document)),
    )
    return Report(path, report, len(records), 0 if late else log.place(connection).seq)


def _faults(look: Callable[[], object]) -> tuple[str, ...]:
    try:
        look()
    except Failure as failure:
        return (str(failure),)
    return ()


def _integrity(path: Path) -> tuple[str, ...]:
    try:
        with closing(driver(path, "ro")) as connection:
            found = [text for (text,) in connection.execute("PRAGMA integrity_check(20)") if text != "ok"]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        return (str(error),)
    words = _("“{table}” refers to a “{other}” that is not there.")
    return (*found, *(words.format(table=table, other=other) for table, _row, other, _key in broken[:20]))


def _replayed(connection: sqlite3.Connection) -> tuple[Document | None, tuple[str, ...]]:
    """The log played from nothing, with the graph kept in step on the way; None where it does not reach back that far."""
    try:
        entries = log.since(connection, 0)
    except Failure as failure:
        return None, (str(failure),)
    if not entries or entries[0][0].kind != "new":
        return None, ()
    replayed = Document()
    for entry, change in entries:
        try:
            replayed.fits(change)
        except Conflict:
            words = _("Step {seq}, “{label}”, does not follow from those before it.")
            return None, (words.format(seq=entry.seq, label=entry.label),)
        replayed.apply(change)
        replayed.graph()
    return replayed, ()


def _history(document: Document, replayed: Document | None) -> tuple[str, ...]:
    n = len({record.id for record in set(replayed) ^ set(document)}) if replayed is not None else 0
    words = ngettext("{n} record is not what the history says.", "{n} records are not what the history says.", n)
    return (words.format(n=n),) if n else ()


def _graph(document: Document, replayed: Document | None) -> tuple[str, ...]:
    """Against the touchpoints, and against the graph that grew with the history."""
    graph = document.graph()
    n = len(set(graph.nodes) ^ {touchpoint.id for touchpoint in document.all(Touchpoint)})
    wrong = []
    if n:
        words = ngettext("{n} touchpoint is not in the graph.", "{n} touchpoints are not in the graph.", n)
        wrong.append(words.format(n=n))
    if replayed == document and set(replayed.graph().edges(keys=True)) != set(graph.edges(keys=True)):
        wrong.append(_("The graph of the map is not the one that grew with its history."))
    return tuple(wrong)


def _cubes(connection: sqlite3.Connection, document: Document) -> tuple[str, ...]:
    measures = [measure.id for measure in document.all(Measure)]
    blocks = cubes.Blocks(measures, {}, lambda question: question(connection))
    return tuple({fault: None for key in blocks for fault in _faults(partial(blocks.__getitem__, key))})


def _versions(connection: sqlite3.Connection, document: Document) -> tuple[str, ...]:
    wrong: list[str] = []
    for version in document.all(Version):
        faults = _faults(partial(snapshots.records_of, connection, version.id))
        wrong += [f"“{version.name}”: {fault}" for fault in faults]
    return tuple(wrong)
