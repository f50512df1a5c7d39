"""`verify` finds what is wrong, says it in words and as JSON, and changes nothing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import maps
import pytest

from journeymap.failure import Failure
from journeymap.model import commands
from journeymap.model.change import adding, updating
from journeymap.model.records import Touchpoint
from journeymap.session import Session
from journeymap.store.verify import verify


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.journey"
    records, blocks, pairs = maps.data_set()
    with Session.create(path, maps.small()) as session:
        session.perform(adding("Import", *records), blocks, pairs)
        session.name_version("First")
        session.perform(commands.delete(session.document, "before"))
        session.undo()
        session.perform(updating("Rename", session.document.one(Touchpoint, "buy"), name="Purchase"))
    return path


def faulty(path: Path) -> dict[str, list[str]]:
    """The faults by check, from the JSON."""
    report = verify(path)
    body = json.loads(json.dumps(report.as_json()))
    assert body["sound"] == report.sound
    return {one["check"]: one["faults"] for one in body["checks"] if one["faults"]}


def spoil(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_a_sound_file_passes_every_check_and_is_not_touched(path: Path) -> None:
    before = path.read_bytes()
    report = verify(path)
    assert report.sound
    assert report.as_json()["changes"] == 6
    assert {one.key for one in report.checks} == {
        "file",
        "database",
        "records",
        "rules",
        "graph",
        "log",
        "cubes",
        "versions",
    }
    assert "is sound" in str(report)
    assert path.read_bytes() == before


def test_a_broken_rule_is_found(path: Path) -> None:
    spoil(path, "INSERT INTO emotion SELECT 'twice', persona_id, touchpoint_id, value, note FROM emotion")
    assert set(faulty(path)) == {"rules", "log"}
    assert not verify(path).sound
    assert "is not sound" in str(verify(path))


def test_records_that_the_history_does_not_know_are_found(path: Path) -> None:
    spoil(path, "UPDATE touchpoint SET name = 'Elsewhere' WHERE id = 'call'")
    assert set(faulty(path)) == {"log"}


def test_a_gap_in_the_history_is_found(path: Path) -> None:
    spoil(path, "DELETE FROM log WHERE seq = 2")
    assert set(faulty(path)) == {"log"}


def test_a_history_that_was_cut_short_is_no_fault(path: Path) -> None:
    spoil(path, "DELETE FROM log WHERE seq < 3")
    assert verify(path).sound


def test_damaged_counts_and_versions_are_found(path: Path) -> None:
    spoil(path, "UPDATE cube_block SET columns = x'00'", "UPDATE snapshot SET records = x'00'")
    assert set(faulty(path)) == {"cubes", "versions"}


def test_a_file_that_is_no_map_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    path.write_text("hello")
    assert set(faulty(path)) == {"file"}
    with pytest.raises(Failure, match="no file"):
        verify(tmp_path / "b.journey")


def test_an_open_file_can_be_verified(path: Path) -> None:
    with Session.open(path) as session:
        session.perform(updating("Rename", session.document.one(Touchpoint, "buy"), name="Order"))
        session.flush()
        assert verify(path).sound
        session.undo()
        session.flush()
