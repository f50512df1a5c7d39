"""Databases as sources: looked at by a bounded sample, counted where they are, never copied.

`connection` asks, `relation` says what is read, `texts` makes text of typed columns, `afar` is the counting engine over
there, `passwords` knows the system's keyring.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from journeymap.data.address import Address
from journeymap.data.databases import texts
from journeymap.data.databases.connecting import connect
from journeymap.data.databases.connection import Refused
from journeymap.data.databases.passwords import PasswordNeeded
from journeymap.data.databases.relation import SOURCE, check_source, relation
from journeymap.data.dialects import Facts
from journeymap.data.private import folder as private_folder
from journeymap.data.recipe import Source
from journeymap.data.sources import sniff
from journeymap.data.sources.sample import MOST_COLUMNS, SAMPLE_ROWS, Sample
from journeymap.data.watching import Cancelled, stopped, watched
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    import ibis

    from journeymap.data.counting.engine import Engine
    from journeymap.data.counting.wanted import Wanted
    from journeymap.data.databases.afar import Afar

__all__ = ["PasswordNeeded", "connect", "copied", "counting", "look", "stage", "tables"]

_TYPED: Final = 200
"""So many rows tell the type of each column."""
_DAY: Final = "%Y-%m-%d"


def look(address: Address, source: Source, cancelled: Cancelled = None) -> Sample:
    """The first rows of a table or query, and how many there are. Raises Failure; `Stopped` where `cancelled` says so:
    the server is told to leave off, too.
    """
    check_source(source)
    with (
        private_folder() as private,
        closing(counting(address, source, Path(private))) as afar,
        _stoppable(afar, cancelled),
    ):
        known, notes = _typed(afar, address)
        table = _source(known)
        shown = texts.staged(table, tuple(known), (), {}).limit(SAMPLE_ROWS)
        rows = [tuple(cell or "" for cell in row.values()) for row in afar.ask(shown).to_pylist()]
        count = afar.ask(table.agg(n=table.count())).to_pylist()[0]["n"]
    what = source.table or source.query
    told = json.dumps([address.url, what, count]).encode()
    return Sample(
        Path(source.table or _("Query on {database}").format(database=Path(address.database or address.place).name)),
        tuple(known),
        tuple(rows),
        "",
        "",
        source.decimal or sniff.decimal_of(rows),
        count,
        hashlib.sha256(told).hexdigest(),
        tuple(known),
        kind="database",
        facts=Facts(notes=notes),
        address=address,
        types=tuple(known.items()),
        given=Source(table=source.table, query=source.query, timezone=source.timezone, filter=source.filter),
    )


def counting(address: Address, source: Source, folder: Path) -> Afar:
    """The counting engine over there; the caller closes it and removes `folder`. Raises Failure."""
    from journeymap.data.databases.afar import Afar

    connection = connect(address)
    try:
        return Afar(connection, relation(source, connection.dialect), folder)
    except BaseException:
        connection.close()
        raise


def stage(afar: Afar, sample: Sample, wanted: Wanted) -> tuple[ibis.Table, Wanted]:
    """The columns that are wanted as text, `c0`, `c1` …; and what is wanted, knowing that typed days need no format."""
    table = _source(dict(sample.types))
    theirs = [sample.types[sample.columns.index(name)] for name in wanted.columns]
    names, kinds = [name for name, _kind in theirs], [kind for _name, kind in theirs]
    days: set[int] = set()
    offsets = _offsets(afar, table, wanted, theirs)
    if wanted.date is not None and (kinds[wanted.date] == "date" or kinds[wanted.date].startswith("timestamp")):
        if wanted.date not in _other_uses(wanted):
            days.add(wanted.date)
        wanted = replace(wanted, date_format=_DAY, timezone="")
    return afar.keep("raw", texts.staged(table, names, days, offsets)), wanted


def copied(
    afar: Afar, sample: Sample, wanted: Wanted, engine: Engine, cancelled: Cancelled = None
) -> tuple[ibis.Table, Wanted]:
    """As `stage`, for a database that is a file on this machine: the columns that are wanted are read into the embedded
    engine, as those of any file are.
    """
    from journeymap.data.counting.engine import Interrupted
    from journeymap.data.databases.afar import arrow

    raw, wanted = stage(afar, sample, wanted)
    engine.take("raw", arrow([], raw.schema()))
    with watched(afar, cancelled):  # the first piece can take as long as the whole
        for piece in afar.stream(raw):
            engine.take("raw", piece, more=True)
            if cancelled is not None and cancelled():
                raise Interrupted
    return raw, wanted


def tables(address: Address, cancelled: Cancelled = None) -> list[str]:
    """The tables and views of a database that may be read. Raises Failure."""
    connection = connect(address)
    try:
        with watched(connection, cancelled):
            return connection.tables()
    except Refused as error:
        raise Failure(
            _("The tables of {database} cannot be listed: {reason}.").format(database=address.name, reason=error)
        ) from None
    finally:
        connection.close()


@contextmanager
def _stoppable(afar: Afar, cancelled: Cancelled) -> Iterator[None]:
    from journeymap.data.counting.engine import Interrupted

    try:
        with watched(afar, cancelled):
            yield
    except Interrupted:
        raise stopped() from None


def _source(known: dict[str, str]) -> ibis.Table:
    import ibis

    return ibis.table(known, name=SOURCE)


def _typed(afar: Afar, address: Address) -> tuple[dict[str, str], tuple[str, ...]]:
    """The columns with their types, and a note about those that hold no text."""
    names, rows = afar.first(_TYPED)
    if len(names) > MOST_COLUMNS:
        raise Failure(
            _("{path} has {count} columns; at most {most} can be read.").format(
                path=address.name, count=len(names), most=MOST_COLUMNS
            )
        )
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise Failure(_("Two columns of the query are called “{name}”; give one another name.").format(name=twice))
    found = texts.types(names, rows)
    binary = [name for name, kind in found.items() if kind == texts.BINARY]
    known = {name: kind for name, kind in found.items() if kind != texts.BINARY}
    if not known:
        raise Failure(_("{path} has no column that can be read.").format(path=address.name))
    note = _("Columns with binary data were left out: {names}.").format(names=", ".join(binary))
    return known, (note,) if binary else ()


def _offsets(afar: Afar, table: ibis.Table, wanted: Wanted, theirs: list[tuple[str, str]]) -> dict[int, Any]:
    """For the columns of times that are wanted in the recipe's zone, how far they are from it."""
    from datetime import UTC, datetime

    if not wanted.timezone:
        return {}
    local = {wanted.date} | {
        wanted.places[name]
        for _place, question in wanted.questions
        if question.hours
        for name in (question.begin, question.end)
    }
    found = {}
    for place in sorted(index for index in local if index is not None and theirs[index][1] == "timestamp('UTC')"):
        column = table[theirs[place][0]]
        seconds = column.epoch_seconds().cast("int64")
        ends = afar.ask(table.agg(first=seconds.min(), last=seconds.max())).to_pylist()[0]
        if ends["first"] is not None:
            first, last = (datetime.fromtimestamp(ends[end], UTC) for end in ("first", "last"))
            found[place] = texts.moved(column, ZoneInfo(wanted.timezone), first, last)
    return found


def _other_uses(wanted: Wanted) -> set[int]:
    """The columns that are read for something else than the day of a row."""
    parts = {wanted.places[name] for _place, question in wanted.questions for name in _times(question)}
    asked = {index for index, _question in wanted.questions}
    return {*wanted.segments, *wanted.filtered.values(), wanted.touchpoint or -1, *asked} | parts


def _times(question: Any) -> list[str]:
    """The columns of a question whose time of day counts, or whose text is compared."""
    windows = [who for who in (question.start, question.lost, question.joined, question.stayed) if who is not None]
    dated = {who.column for who in windows if who.first or who.last}
    return [name for name in question.names() if name not in dated]
