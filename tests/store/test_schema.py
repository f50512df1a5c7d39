"""The schema: frozen per version, equal to what the records ask for, and older files brought up to date after a backup."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import maps
import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from journeymap.failure import Failure
from journeymap.model.change import adding
from journeymap.model.records import KINDS, Touchpoint, Version, field_names
from journeymap.session import Session
from journeymap.store import migrations, tables
from journeymap.store.opening import upgrade
from journeymap.store.verify import verify

SAMPLES = Path(__file__).parent / "samples"
BESIDE = (tables.meta, tables.log, tables.snapshot, tables.draft, tables.cube_block, tables.cube_pair, tables.blob)


def derived() -> list[str]:
    """The CREATE statements that the record types ask for. To begin a new version, join them with ";\\n\\n" in its file."""
    found: list[str] = []
    for table in (*map(tables.table_of, KINDS.values()), *BESIDE):
        indices = sorted(table.indexes, key=lambda index: str(index.name))
        found += [_worded(CreateTable(table)), *(_worded(CreateIndex(index)) for index in indices)]
    return found


def _worded(statement: CreateTable | CreateIndex) -> str:
    text = str(statement.compile(dialect=sqlite.dialect())).strip()
    return "\n".join(line.rstrip().replace("\t", "  ") for line in text.splitlines())


def test_the_frozen_schema_is_the_one_that_the_records_ask_for() -> None:
    assert list(migrations.statements(migrations.VERSION)) == derived()


def test_every_record_type_has_a_table_with_its_fields() -> None:
    for kind in KINDS.values():
        table: Table = tables.table_of(kind)
        assert tuple(table.columns.keys()) == field_names(kind)
    assert {table.name for table in tables.metadata.sorted_tables} == {
        table.name for table in (*map(tables.table_of, KINDS.values()), *BESIDE)
    }


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    Session.create(path, maps.small()).close()
    head = path.read_bytes()[:100]
    assert head[:16] == b"SQLite format 3\0"
    assert head[18:20] == b"\1\1"
    assert head[68:72] == b"JMAP"
    assert int.from_bytes(head[60:64], "big") == migrations.VERSION


@pytest.mark.parametrize("version", range(1, migrations.VERSION + 1))
def test_the_kept_sample_of_every_version_opens(version: int, tmp_path: Path) -> None:
    path = shutil.copyfile(SAMPLES / f"v{version}.journey", tmp_path / "sample.journey")
    with Session.open(path) as session:
        assert session.document.map.title == "Ünterwegs"
        assert session.document.one(Touchpoint, "buy").name == "Purchase"
        assert [found.name for found in session.versions()] == ["First"]
        assert len(session.version_document(session.versions()[0].id)) == len(session.document) - 1
        assert len(session.cube("data").blocks) == 3
        assert [draft.text for draft in session.drafts()] == ["Purch"]
        assert session.undo_label == "Rename"
        session.undo()
        assert session.document.one(Touchpoint, "buy").name == "Buy"
        session.flush()
    assert verify(path).sound


def test_there_is_a_sample_of_every_version() -> None:
    names = {f"v{version}.journey" for version in range(1, migrations.VERSION + 1)}
    assert {path.name for path in SAMPLES.iterdir()} == names


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a program one version on, in which a tag has a colour."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder)
    old = (folder / f"v{migrations.VERSION}.sql").read_text("utf-8")
    tag = 'CREATE TABLE tag (\n  id TEXT NOT NULL,\n  "order" TEXT NOT NULL,\n  name TEXT NOT NULL,\n  PRIMARY KEY (id)\n)\n STRICT'
    assert tag in old
    new = tag.replace("name TEXT NOT NULL,", "name TEXT NOT NULL,\n  colour TEXT NOT NULL,")
    number = migrations.VERSION
    (folder / f"v{number + 1}.sql").write_text(old.replace(tag, new), "utf-8")
    steps = [
        "ALTER TABLE tag RENAME TO old_tag",
        new,
        "INSERT INTO tag SELECT id, \"order\", name, '#000000' FROM old_tag",
        "DROP TABLE old_tag",
    ]
    (folder / f"v{number}_to_v{number + 1}.sql").write_text(";\n".join(steps), "utf-8")
    return folder


def test_an_older_file_is_brought_up_to_date_after_a_backup(tmp_path: Path, later: Path) -> None:
    path = tmp_path / "a map.journey"
    with Session.create(path, maps.small()) as session:
        session.perform(adding("Add", Version("v", name="x")))
    before = path.read_bytes()
    backup = upgrade(path, migrations.VERSION, migrations.VERSION + 1, later)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT * FROM tag").fetchall() == [("tag", "a0", "mobile", "#000000")]
        assert database.execute("PRAGMA user_version").fetchone() == (migrations.VERSION + 1,)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {sql for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    assert found == set(migrations.statements(migrations.VERSION + 1, later))
    assert backup.parent == path.parent
    with Session.open(backup) as old, closing(sqlite3.connect(":memory:")) as first:
        assert old.document.map.title == "Ünterwegs"
        first.deserialize(before)
        assert first.execute("SELECT count(*) FROM log").fetchone() == (2,)
    with pytest.raises(Failure, match="newer Journeymap"):
        Session.open(path)


def test_an_update_that_fails_leaves_the_file_as_it_was(tmp_path: Path, later: Path) -> None:
    path = tmp_path / "a.journey"
    Session.create(path, maps.small()).close()
    before = path.read_bytes()
    step = later / f"v{migrations.VERSION}_to_v{migrations.VERSION + 1}.sql"
    for wrong in ("DROP TABLE tag", "CREATE TABLE (", "DELETE FROM tag; nonsense"):
        step.write_text(wrong, "utf-8")
        migrations.steps.cache_clear()
        with pytest.raises(Failure):
            upgrade(path, migrations.VERSION, migrations.VERSION + 1, later)
        assert path.read_bytes() == before
