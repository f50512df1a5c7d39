"""A disk that refuses: the map goes back to what is on disk, one sentence says why, and work goes on once the cause is gone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import maps
import pytest

from journeymap.failure import Failure
from journeymap.model.change import adding, updating
from journeymap.model.document import Document
from journeymap.model.records import Card, Touchpoint
from journeymap.session import Event, Session
from journeymap.store import file
from journeymap.store.verify import verify


def rename(session: Session, id_: str, name: str) -> None:
    session.perform(updating(f"Rename to {name}", session.document.one(Touchpoint, id_), name=name))


def refused(session: Session, cause: Callable[[], object], *words: str) -> None:
    """Three steps on one another, none of which the disk takes: all are gone afterwards, listeners can follow, work goes on."""
    events: list[Event] = []
    session.listen(events.append)
    followed = Document(session.document)
    session.listen(lambda event: followed.apply(event.change) if event.kind != "saved" and event.change else None)
    rename(session, "buy", "Purchase")
    session.flush()
    before = set(session.document)
    labels = (session.undo_label, session.redo_label)
    events.clear()
    cause()
    rename(session, "buy", "Order")
    session.perform(adding("Add", Card("new", "lane", "buy", "a9", "x")))
    session.undo()
    with pytest.raises(Failure) as failure:
        session.flush()
    assert all(word in str(failure.value) for word in words), str(failure.value)
    assert "\n" not in str(failure.value)
    assert set(session.document) == before == set(followed)
    assert (session.undo_label, session.redo_label) == labels
    assert session.saved
    assert [event.kind for event in events] == ["changed", "changed", "changed", "refused"]
    assert events[-1].reason == str(failure.value)


def goes_on(session: Session, path: Path) -> None:
    rename(session, "call", "Phone")
    session.flush()
    assert session.undo_label == "Rename to Phone"
    session.close()
    with Session.open(path) as again:
        assert again.document.one(Touchpoint, "call").name == "Phone"
        assert again.document.one(Touchpoint, "buy").name == "Purchase"
        assert again.undo_label == "Rename to Phone"
    assert verify(path).sound


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, where the system lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def read_only(folder: Path) -> None:
    """Lays the same folder over itself, read-only."""
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    path = small_disk / "a.journey"
    with Session.create(path, maps.small()) as session:
        filler = small_disk / "filler"

        def fill() -> None:
            with filler.open("wb", buffering=0) as out:
                while True:
                    try:
                        out.write(bytes(4096))
                    except OSError:
                        break

        refused(session, fill, "disk is full", "a.journey")
        filler.unlink()
        goes_on(session, path)


def test_creating_on_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    with pytest.raises(Failure, match="disk is full"):
        Session.create(small_disk / "large.journey", maps.large(500))
    assert list(small_disk.iterdir()) == []


def test_a_disk_that_became_read_only(small_disk: Path) -> None:
    path = small_disk / "a.journey"
    with Session.create(path, maps.small()) as session:
        refused(session, lambda: read_only(small_disk), "cannot be written to")
        subprocess.run(["umount", "-l", small_disk], check=True)
        goes_on(session, path)


def test_a_read_only_disk_opens_for_reading(small_disk: Path) -> None:
    path = small_disk / "a.journey"
    Session.create(path, maps.small()).close()
    read_only(small_disk)
    with Session.open(path) as session:
        assert session.read_only
        assert set(session.document) == set(maps.small())
    subprocess.run(["umount", "-l", small_disk], check=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_file_opens_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    Session.create(path, maps.small()).close()
    path.chmod(0o444)
    with Session.open(path) as session:
        assert session.read_only


def test_a_file_that_was_moved_away_and_back(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    with Session.create(path, maps.small()) as session:
        away = tmp_path / "elsewhere.journey"
        refused(session, lambda: path.rename(away), "not in", "any more")
        away.rename(path)
        goes_on(session, path)


def test_a_file_that_was_replaced_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    with Session.create(path, maps.small()) as session:
        other = tmp_path / "b.journey"
        Session.create(other, maps.small()).close()
        content = other.read_bytes()
        refused(session, lambda: other.replace(path), "replaced")
        assert path.read_bytes() == content


def test_a_program_that_does_not_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.1)
    path = tmp_path / "a.journey"
    with Session.create(path, maps.small()) as session, closing(sqlite3.connect(path, isolation_level=None)) as other:
        refused(session, lambda: other.execute("BEGIN EXCLUSIVE"), "another program")
        other.execute("ROLLBACK")
        goes_on(session, path)


def test_a_value_that_no_file_can_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    with Session.create(path, maps.small()) as session:
        session.keep_blob(bytes(file.LARGEST_VALUE + 1))
        rename(session, "buy", "Order")
        with pytest.raises(Failure, match="too large"):
            session.flush()
        assert session.document.one(Touchpoint, "buy").name == "Buy"
        rename(session, "buy", "Purchase")
        goes_on(session, path)


def test_a_refusal_is_heard_through_settle_as_the_window_does(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    with Session.create(path, maps.small()) as session:
        events: list[Event] = []
        session.listen(events.append)
        away = tmp_path / "elsewhere.journey"
        path.rename(away)
        rename(session, "buy", "Order")
        while not session.saved:
            session.settle()
        assert [event.kind for event in events] == ["changed", "refused"]
        away.rename(path)
        session.flush()  # the refusal was told already
        rename(session, "buy", "Purchase")
        goes_on(session, path)
