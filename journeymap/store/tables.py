"""The tables of a `.journey` file, derived from the record types, and the few tables beside them.

One table a record type, in snake case; columns have the fields' names. Tables are STRICT: SQLite itself then
holds every value to its column's type, and its integrity check finds values that someone else has put in.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import REAL, CheckConstraint, Column, Double, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from journeymap.model.records import Record, field_names, hints, references
from journeymap.store.columns import plain, snake

metadata: Final = MetaData()
_REAL: Final[TypeEngine[float]] = Double().with_variant(
    REAL(), "sqlite"
)  # REAL is eight bytes in SQLite, four elsewhere
_STRICT: Final[dict[str, Any]] = {"sqlite_strict": True}


def _column(kind: type[Record], name: str, targets: dict[str, str]) -> Column[Any]:
    of, optional = plain(hints(kind)[name])
    sort: dict[type, TypeEngine[Any]] = {
        str: Text(), int: Integer(), float: _REAL, bool: Integer(), tuple: Text(),
    }  # fmt: skip
    rest: list[Any] = []
    if name in targets:
        rest.append(ForeignKey(f"{snake(targets[name])}.id", deferrable=True, initially="DEFERRED"))
    if of is bool:
        rest.append(CheckConstraint(f"{name} IN (0, 1)"))
    return Column(name, sort[of], *rest, primary_key=name == "id", nullable=optional, index=name in targets)


def table_of(kind: type[Record]) -> Table:
    """The table of a record type, made when it is first asked for: all of them take a twentieth of a second."""
    known = metadata.tables.get(snake(kind.__name__))
    if known is not None:
        return known
    targets = {name: target for name, target, _ in references(kind)}
    return Table(snake(kind.__name__), metadata, *(_column(kind, n, targets) for n in field_names(kind)), **_STRICT)


meta: Final = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    **_STRICT,
)
"""Facts about the file; `clock` holds the number of the last Change and is advanced in the same transaction."""

log: Final = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False, nullable=False),
    Column("time", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("session", Text, nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('new', 'do', 'undo', 'redo')"), nullable=False),
    Column("label", Text, nullable=False),
    Column("of", Integer),
    Column("change", Text, nullable=False),  # last, so that the columns before it are read without its pages
    **_STRICT,
)
"""Every Change in its order; `of` names the entry that an undo takes back or a redo repeats."""

snapshot: Final = Table(
    "snapshot",
    metadata,
    Column("version_id", Text, primary_key=True, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("records", LargeBinary, nullable=False),
    **_STRICT,
)
"""What the map was when a version was named; the record `Version` carries its name."""

draft: Final = Table(
    "draft",
    metadata,
    Column("record_id", Text, primary_key=True, nullable=False),
    Column("field", Text, primary_key=True, nullable=False),
    Column("text", Text, nullable=False),
    Column("time", Text, nullable=False),
    **_STRICT,
)
"""Half-typed texts, kept until they become a Change or are dropped."""

cube_block: Final = Table(
    "cube_block",
    metadata,
    Column("measure_id", Text, primary_key=True, nullable=False),
    Column("segment_column", Text, primary_key=True, nullable=False),
    Column("codes", Text, nullable=False),
    Column("values", Text, nullable=False),
    Column("cells", Integer, nullable=False),
    Column("weighted", Integer, CheckConstraint("weighted IN (0, 1)"), nullable=False),
    Column("exact", Integer, CheckConstraint("exact IN (0, 1)"), nullable=False),
    Column("columns", LargeBinary, nullable=False),
    **_STRICT,
)
"""Counts of one measure, divided by one segment column; see docs/file-format.md for the encoding."""

cube_pair: Final = Table(
    "cube_pair",
    metadata,
    Column("a", Text, primary_key=True, nullable=False),
    Column("b", Text, primary_key=True, nullable=False),
    Column("n", Integer, nullable=False),
    *(Column(name, _REAL, nullable=False) for name in ("x", "y", "xx", "yy", "xy")),
    **_STRICT,
)
"""Sums over those who answered both of two measures."""

blob: Final = Table(
    "blob",
    metadata,
    Column("hash", Text, primary_key=True, nullable=False),
    Column("content", LargeBinary, nullable=False),
    **_STRICT,
)
"""Pictures and files, each once, under the SHA-256 of its bytes."""
