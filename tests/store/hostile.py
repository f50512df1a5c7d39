"""Broken and hostile files, made from one sound file: each is a name and a function that spoils a copy."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

Spoil = Callable[[Path], None]
"""Spoils the file at a path; a journal or other files may be put beside it."""

VICTIM = "victim.txt"
"""A file beside the map that none of these may touch."""


def corpus() -> Iterator[tuple[str, Spoil]]:
    """All of them, always the same."""
    yield from _cut()
    yield from _flipped()
    yield from _headers()
    yield from _pages()
    yield from _foreign()
    yield from _schemas()
    yield from _values()
    yield from _histories()
    yield from _counts()
    yield from _journals()


# ---------------------------------------------------------------- bytes


def bytes_of(change: Callable[[bytearray], bytes | bytearray | None]) -> Spoil:
    """Spoils the bytes; `change` alters them or returns others."""

    def spoil(path: Path) -> None:
        data = bytearray(path.read_bytes())
        path.write_bytes(change(data) or data)

    return spoil


def _cut() -> Iterator[tuple[str, Spoil]]:
    dice = random.Random(1)
    for share in [0.0, 0.001, 0.01, 0.999, *(dice.random() for _ in range(36))]:
        yield f"cut at {share:.4f}", bytes_of(lambda data, share=share: data[: int(len(data) * share)] or b"")  # type: ignore[misc]
    for length in (0, 1, 16, 99, 100, 101, 511, 512, 4095, 4096):
        yield f"cut to {length} bytes", lambda path, length=length: os.truncate(path, length)  # type: ignore[misc]
    yield "grown by rubbish", bytes_of(lambda data: data + random.Random(2).randbytes(10_000))


def _flipped() -> Iterator[tuple[str, Spoil]]:
    for seed in range(130):
        dice = random.Random(100 + seed)

        def flip(data: bytearray, dice: random.Random = dice, seed: int = seed) -> None:
            first = 100 if seed % 2 else 0
            for _ in range(1 + seed // 4):
                data[dice.randrange(first, len(data))] ^= 1 << dice.randrange(8)

        yield f"bits flipped {seed}", bytes_of(flip)


def _headers() -> Iterator[tuple[str, Spoil]]:
    for at in range(16, 100):
        for value in (0, 255):

            def put(data: bytearray, at: int = at, value: int = value) -> None:
                data[at] = value if data[at] != value else 7

            yield f"header byte {at} = {value}", bytes_of(put)
    yield "switched to three files", bytes_of(lambda data: data.__setitem__(slice(18, 20), b"\2\2"))


def _pages() -> Iterator[tuple[str, Spoil]]:
    for seed in range(40):
        dice = random.Random(500 + seed)

        def mix(data: bytearray, dice: random.Random = dice, seed: int = seed) -> None:
            size = 4096
            one, other = dice.sample(range(1, len(data) // size), 2)
            a, b = slice(one * size, one * size + size), slice(other * size, other * size + size)
            if seed % 3 == 0:
                data[a], data[b] = data[b], data[a]
            elif seed % 3 == 1:
                data[a] = data[b]
            else:
                data[a] = dice.randbytes(size)

        yield f"pages mixed {seed}", bytes_of(mix)


def _foreign() -> Iterator[tuple[str, Spoil]]:
    contents = {
        "text": b"Dear sir or madam\n" * 50,
        "zip": b"PK\3\4" + bytes(500),
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "only a header": b"SQLite format 3\0" + bytes(84),
        "zeros": bytes(8192),
    }
    for name, content in contents.items():
        yield name, lambda path, content=content: void(path.write_bytes(content))  # type: ignore[misc]

    def another(path: Path) -> None:
        path.unlink()
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE map (id TEXT)")

    def folder(path: Path) -> None:
        path.unlink()
        path.mkdir()

    def pipe(path: Path) -> None:
        path.unlink()
        os.mkfifo(path)

    def loop(path: Path) -> None:
        path.unlink()
        path.symlink_to(path)

    yield "another program's database", another
    yield "a folder", folder
    yield "a link to itself", loop
    if hasattr(os, "mkfifo"):
        yield "a pipe", pipe


def void(_result: object) -> None:
    """Nothing."""


# ---------------------------------------------------------------- what SQLite can be told


def lax(path: Path) -> sqlite3.Connection:
    """A connection that allows everything and does not wait for the disk."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("ignore_check_constraints=ON", "foreign_keys=OFF", "writable_schema=ON", "synchronous=OFF"):
        database.execute(f"PRAGMA {pragma}")
    return database


def told(*statements: str) -> Spoil:
    """Runs SQL on the file, with everything allowed."""

    def spoil(path: Path) -> None:
        with closing(lax(path)) as database:
            database.execute("BEGIN")
            for statement in statements:
                database.execute(statement)
            database.execute("COMMIT")

    return spoil


_DEEDS = (
    "DELETE FROM touchpoint",
    "DELETE FROM log",
    "UPDATE map SET title = 'owned'",
    "INSERT INTO draft VALUES ('a','b','c','d')",
)
_TABLES = ("map", "touchpoint", "log", "meta", "draft", "cube_block")


def _schemas() -> Iterator[tuple[str, Spoil]]:
    for number, deed in enumerate(_DEEDS):
        for table in _TABLES:
            for moment in ("AFTER INSERT", "BEFORE UPDATE"):
                name = f"trigger {number} {moment.lower()} {table}"
                yield name, told(f"CREATE TRIGGER planted {moment} ON {table} BEGIN {deed}; END")
    for table in ("touchpoint", "map", "log", "draft"):
        yield (
            f"{table} is a view",
            told(f"ALTER TABLE {table} RENAME TO hidden", f"CREATE VIEW {table} AS SELECT * FROM hidden"),
        )
        yield f"{table} is missing", told(f"DROP TABLE {table}")
        yield f"{table} has a column more", told(f"ALTER TABLE {table} ADD COLUMN more TEXT")
        yield f"{table} has a generated column", told(f"ALTER TABLE {table} ADD COLUMN made TEXT AS (upper('x'))")
        yield (
            f"{table} is not strict",
            told(f"UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = '{table}'"),
        )
        yield (
            f"{table} has an odd index",
            told(f"CREATE INDEX odd ON {table} (lower({_first(table)}))"),
        )
        yield (
            f"{table} has rubbish for SQL",
            told(f"UPDATE sqlite_schema SET sql = 'CREATE TABLE (' WHERE name = '{table}'"),
        )
        yield f"{table} stands on page 1", told(f"UPDATE sqlite_schema SET rootpage = 1 WHERE name = '{table}'")
        yield (
            f"{table} stands beyond the end",
            told(f"UPDATE sqlite_schema SET rootpage = 99999999 WHERE name = '{table}'"),
        )
        yield (
            f"{table} shares a page",
            told(
                f"UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'card') WHERE name = '{table}'"
            ),
        )
        yield (
            f"{table} without its indices",
            told(f"DELETE FROM sqlite_schema WHERE tbl_name = '{table}' AND type = 'index'"),
        )
        yield (
            f"{table} with a default that calls",
            told(
                f"UPDATE sqlite_schema SET sql = replace(sql, 'TEXT NOT NULL', 'TEXT NOT NULL DEFAULT (load_extension(''x''))') "
                f"WHERE name = '{table}'"
            ),
        )
    yield "one table more", told("CREATE TABLE more (id TEXT)")
    yield "a thousand tables more", told(*(f"CREATE TABLE more{number} (id TEXT)" for number in range(1000)))
    yield "a view", told("CREATE VIEW more AS SELECT load_extension('x') FROM map")
    yield "a virtual table", told("CREATE VIRTUAL TABLE more USING fts5(text)")
    yield (
        "a virtual table by hand",
        told(
            "INSERT INTO sqlite_schema VALUES ('table', 'more', 'more', 0, 'CREATE VIRTUAL TABLE more USING csv(filename=''/etc/passwd'')')"
        ),
    )
    yield "statistics of a planner", told("ANALYZE")
    for version in (0, 2, 3, 99, 2**31 - 1, -1):
        yield f"version {version}", told(f"PRAGMA user_version={version}")
    for number in (0, 1, -1):
        yield f"application {number}", told(f"PRAGMA application_id={number}")


def _first(table: str) -> str:
    return {"log": "label", "draft": "text"}.get(table, "id")


# ---------------------------------------------------------------- values


def _values() -> Iterator[tuple[str, Spoil]]:
    cells: dict[str, list[Any]] = {
        "touchpoint.name": ["a\0b", "x" * 200_000, "x" * 5_000_000, b"bytes"],
        "touchpoint.reach": [-0.1, 1.1, 1e308, float("inf"), float("-inf"), "much"],
        "touchpoint.moment_of_truth": [2, -1, 2**62, "yes"],
        "touchpoint.initiator": ["somebody", ""],
        "touchpoint.influence": ["stolen"],
        "touchpoint.phase_id": ["nowhere", "buy", "", None],
        "touchpoint.counterpart_id": ["buy", "nowhere", ""],
        '"touchpoint"."order"': ["a" * 5000, ""],
        "phase.state_id": ["before", "nowhere"],
        "card.span": [0, -5, 2**40, 2**62, "wide"],
        "card.lane_id": ["card", "buy"],
        "emotion.value": [3, -2.5, float("inf"), "sad"],
        "link.target_id": ["call", "nowhere"],
        "link.source_id": ["search"],
        "link.share": [7.0, -1.0],
        "link.kind": ["wormhole"],
        "lane.kind": ["unknown", ""],
        "persona.hue": [0, 7, 10**9],
        "persona.age": [-1, 10**12],
        "state.kind": ["maybe"],
        "map.privacy_limit": [0, 1, -(2**63)],
        "map.title": ["", "\ud7ff" * 50_000, "x" * 20_000_000],
        "map.id": ["buy", ""],
        "pain_point.severity": [0, 6, 99],
        "pain_point.frequency": [1.5],
        "action.due": ["tomorrow", "2027-02-30"],
        "action.status": ["forgotten"],
        "view.lanes": ["", "[", "{}", "[[1]]", "[null]", "[" * 100_000, "9" * 10_000, '["x"', "[1e999]", "NaN"],
        "measure.scale": ["x", "[NaN]", "[1e999]", '[{"a":1}]'],
        "measure.rows": [-1],
        "data_set.grain": ["century"],
    }
    for place, values in cells.items():
        table, column = place.split(".")
        for number, value in enumerate(values):
            shown = repr(value)[:20]
            yield f"{place} = {shown} ({number})", _forced(table.strip('"'), column.strip('"'), value)
    yield "text that is no UTF-8", told("UPDATE touchpoint SET name = CAST(x'c3c3c3' AS TEXT)")
    yield "an id that is no UTF-8", told("UPDATE tag SET id = CAST(x'ff' AS TEXT)")
    yield "a surrogate", told("UPDATE touchpoint SET name = CAST(x'eda080' AS TEXT)")
    yield "no map", told("DELETE FROM map")
    yield "two maps", told("INSERT INTO map SELECT 'other', " + _rest("map"))
    yield "no state", told("DELETE FROM state")
    yield "one id for two things", told("INSERT INTO tag VALUES ('buy', 'a1', 'twice')")
    yield (
        "touchpoints that replace one another",
        told(
            "UPDATE touchpoint SET counterpart_id = 'search' WHERE id = 'buy'",
            "UPDATE touchpoint SET counterpart_id = 'buy' WHERE id = 'search'",
        ),
    )
    yield (
        "ten thousand columns of one order",
        told(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            "INSERT INTO tag SELECT 'tag' || i, 'a0', '' FROM n"
        ),
    )


def _rest(table: str) -> str:
    from journeymap.model.records import KINDS
    from journeymap.store import tables

    for kind in KINDS.values():
        tables.table_of(kind)
    names = [column.name for column in tables.metadata.tables[table].columns if column.name != "id"]
    return ", ".join(f'"{name}"' for name in names) + f" FROM {table}"


def _forced(table: str, column: str, value: Any) -> Spoil:
    """Puts a value of whatever type into a cell: the table is declared lax for a moment."""

    def spoil(path: Path) -> None:
        with closing(lax(path)) as database:
            (sql,) = database.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
            loose = sql.replace("STRICT", "").replace(" NOT NULL", "")
            database.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (loose, table))
        with closing(lax(path)) as database:
            database.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))
            database.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, table))

    return spoil


def _histories() -> Iterator[tuple[str, Spoil]]:
    for clock in ("", "-1", "x", "0", "5", "9" * 30, "1e3", " 3", "٣"):
        yield f"clock {clock!r}", told(f"UPDATE meta SET value = '{clock}' WHERE key = 'clock'")
    yield "no clock", told("DELETE FROM meta")
    yield "no log", told("DELETE FROM log")
    damaged = {
        "empty": "",
        "no JSON": "{",
        "a list": "[]",
        "deep": "[" * 100_000,
        "other parts": "{}",
        "unknown kind": '{"added":{"Spy":[{"id":"x"}]},"updated":{},"removed":{}}',
        "wrong type": '{"added":{},"updated":{"buy":{"kind":"Touchpoint","fields":{"name":[1,2]}}},"removed":{}}',
        "unknown field": '{"added":{},"updated":{"buy":{"kind":"Touchpoint","fields":{"__class__":["a","b"]}}},"removed":{}}',
        "no pair": '{"added":{},"updated":{"buy":{"kind":"Touchpoint","fields":{"name":["a"]}}},"removed":{}}',
        "another map": '{"added":{},"updated":{"zzz":{"kind":"Touchpoint","fields":{"name":["a","b"]}}},"removed":{}}',
        "not a number": '{"added":{},"updated":{"buy":{"kind":"Touchpoint","fields":{"reach":[NaN,1e999]}}},"removed":{}}',
        "digits": '{"added":{},"updated":{"map":{"kind":"Map","fields":{"privacy_limit":[5,'
        + "9" * 5000
        + ']}}},"removed":{}}',
    }
    for name, text in damaged.items():
        yield f"history is {name}", _bound("UPDATE log SET change = ? WHERE seq > 1", text)
    yield "history takes back itself", told("UPDATE log SET kind = 'undo', of = seq WHERE seq > 1")
    yield "history takes back what comes later", told("UPDATE log SET kind = 'undo', of = seq + 1")
    yield "history of one kind", told("UPDATE log SET kind = 'redo', of = 2")
    yield "history of an unknown kind", told("UPDATE log SET kind = 'steal'")
    yield "history with negative numbers", told("UPDATE log SET seq = -seq")
    yield "labels of a million signs", told("UPDATE log SET label = printf('%.1000000c', 'x')")
    yield "labels that are no UTF-8", told("UPDATE log SET label = CAST(x'ff' AS TEXT)")


def _bound(statement: str, *values: Any) -> Spoil:
    def spoil(path: Path) -> None:
        with closing(lax(path)) as database:
            database.execute(statement, values)

    return spoil


def _counts() -> Iterator[tuple[str, Spoil]]:
    bomb = zlib.compress(bytes(50_000_000))
    columns = {"nothing": b"", "rubbish": b"rubbish", "a bomb": bomb, "half": zlib.compress(bytes(20))}
    for name, data in columns.items():
        yield f"counts are {name}", _bound("UPDATE cube_block SET columns = ?", data)
        yield f"a version is {name}", _bound("UPDATE snapshot SET records = ?", data)
    deep = zlib.compress(b"[" * 10_000_000)
    yield "a version is deep", _bound("UPDATE snapshot SET records = ?", deep)
    spy = zlib.compress(json.dumps({"Touchpoint": {"fields": ["id", "name"], "rows": [[1, 2]]}}).encode())
    yield "a version has wrong types", _bound("UPDATE snapshot SET records = ?", spy)
    for cells in (-1, 0, 3, 2**31, 2**62):
        yield f"counts say {cells} cells", _bound("UPDATE cube_block SET cells = ?", cells)
    for text in ("", "[", "{}", "[null]", '["x"]', "[NaN]", "[1]", '[""]', "[[]]"):
        yield f"codes are {text}", _bound("UPDATE cube_block SET codes = ?", text)
        yield f"values are {text}", _bound('UPDATE cube_block SET "values" = ?', text)
    wild = zlib.compress(struct.pack("<6i2q", 1, 1, -5, 9, -5, 9, -1, -1))
    yield "counts point outside", _bound("UPDATE cube_block SET columns = ?, weighted = 0, exact = 0", wild)
    yield "drafts of no record", told("INSERT INTO draft VALUES ('nobody', 'nothing', printf('%.1000000c', 'x'), '')")
    yield "attachments under a wrong name", told("INSERT INTO blob VALUES ('../../etc/passwd', x'00')")


# ---------------------------------------------------------------- journals

_MAGIC = bytes.fromhex("d9d505f920a163d7")


def _journals() -> Iterator[tuple[str, Spoil]]:
    yield "journal of rubbish", _with_journal(lambda path: random.Random(9).randbytes(5000))
    yield "journal cut", _with_journal(lambda path: _MAGIC + bytes(10))
    yield "journal of zeros", _with_journal(lambda path: bytes(2000))
    for seed in range(15):
        yield f"journal that puts other pages back {seed}", _with_journal(lambda path, seed=seed: _journal(path, seed))  # type: ignore[misc]
    yield "journal that names a victim", _with_journal(lambda path: _journal(path, 3) + _super(path.with_name(VICTIM)))
    yield (
        "journal that names a victim and little else",
        _with_journal(lambda path: _journal(path, 3)[:512] + _super(path.with_name(VICTIM))),
    )
    yield "journal that makes it smaller", _with_journal(lambda path: _journal(path, 4, pages=2))
    yield "journal that makes it huge", _with_journal(lambda path: _journal(path, 5, pages=2**31 - 1))
    yield "journal that changes nothing", _with_journal(lambda path: _journal(path, 0, true=True))

    def folder(path: Path) -> None:
        path.with_name(path.name + "-journal").mkdir()

    def wal(path: Path) -> None:
        path.with_name(path.name + "-wal").write_bytes(random.Random(3).randbytes(5000))

    yield "a journal that is a folder", folder
    yield "a WAL beside it", wal


def _with_journal(content: Callable[[Path], bytes]) -> Spoil:
    def spoil(path: Path) -> None:
        path.with_name(path.name + "-journal").write_bytes(content(path))

    return spoil


def _journal(path: Path, seed: int, *, pages: int | None = None, true: bool = False) -> bytes:
    """A rollback journal with right checksums, whose pages are rubbish, or the file's own (`true`)."""
    dice = random.Random(700 + seed)
    data = path.read_bytes()
    size, nonce = 4096, dice.randrange(2**32)
    count = 1 + seed % 4
    head = _MAGIC + struct.pack(">IIIII", count, nonce, pages or len(data) // size, 512, size)
    parts = [head.ljust(512, b"\0")]
    for number in dice.sample(range(1, len(data) // size + 1), count):
        page = data[(number - 1) * size : number * size] if true else dice.randbytes(size)
        checksum = nonce
        for at in range(size - 200, 0, -200):
            checksum += page[at]
        parts.append(struct.pack(">I", number) + page + struct.pack(">I", checksum & 0xFFFFFFFF))
    return b"".join(parts)


def _super(victim: Path) -> bytes:
    name = os.fsencode(victim)
    total = sum(struct.unpack(f"{len(name)}b", name)) & 0xFFFFFFFF
    return struct.pack(">I", 4096 * 2**18 // 4096 + 1) + name + struct.pack(">II", len(name), total) + _MAGIC
