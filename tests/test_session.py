"""The door to a map: what is performed is applied, told, undone, saved, or taken back with words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from store import maps

from journeymap.failure import Failure
from journeymap.model import commands
from journeymap.model.change import Change, adding, updating
from journeymap.model.document import Conflict, Document
from journeymap.model.records import Map, Phase, Touchpoint, Version
from journeymap.model.rules import Broken
from journeymap.session import Event, Session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a map.journey"


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with Session.create(path, maps.small(), author="Ann") as made:
        yield made


def rename(session: Session, id_: str, name: str) -> Change:
    return updating(f"Rename to {name}", session.document.one(Touchpoint, id_), name=name)


def name_of(session: Session, id_: str = "buy") -> str:
    return session.document.one(Touchpoint, id_).name


def told(session: Session) -> list[Event]:
    events: list[Event] = []
    session.listen(events.append)
    return events


# ---------------------------------------------------------------- doing


def test_what_is_performed_is_applied_told_and_in_the_file(session: Session, path: Path) -> None:
    events = told(session)
    change = rename(session, "buy", "Purchase")
    session.perform(change)
    assert name_of(session) == "Purchase"
    assert not session.saved
    session.flush()
    assert session.saved
    assert [event.kind for event in events] == ["changed", "saved"]
    assert all(event.change == change for event in events)
    with Session.open(path) as other:
        assert other.document == session.document


def test_every_kind_of_record_comes_back_as_it_was(session: Session, path: Path) -> None:
    session.close()
    with Session.open(path) as again:
        assert set(again.document) == set(maps.small())


def test_a_change_against_the_rules_changes_nothing(session: Session) -> None:
    events = told(session)
    before = set(session.document)
    with pytest.raises(Broken):
        session.perform(adding("Add", Touchpoint("new", "no such phase", "a0")))
    with pytest.raises(Conflict):
        session.perform(Change("Rename", updated={"buy": {"name": ("another", "Purchase")}}))
    assert set(session.document) == before
    assert events == []
    assert session.saved


def test_an_empty_change_is_no_step(session: Session) -> None:
    session.perform(Change("Nothing"))
    assert session.undo_label == ""
    assert session.saved


def test_a_listener_that_fails_does_not_break_the_door(session: Session) -> None:
    def fails(event: Event) -> None:
        raise ZeroDivisionError

    session.listen(fails)
    events = told(session)
    session.perform(rename(session, "buy", "Purchase"))
    session.flush()
    assert [event.kind for event in events] == ["changed", "saved"]


def test_a_listener_may_change_the_map_and_stop_listening(session: Session, path: Path) -> None:
    def also(event: Event) -> None:
        if event.kind == "changed" and name_of(session, "call") == "Call":
            session.perform(rename(session, "call", "Phone"))

    stop = session.listen(also)
    session.perform(rename(session, "buy", "Purchase"))
    stop()
    session.perform(rename(session, "search", "Find"))
    session.close()
    with Session.open(path) as again:
        assert [name_of(again, id_) for id_ in ("buy", "call", "search")] == ["Purchase", "Phone", "Find"]


def test_the_store_thread_wakes_the_caller_and_settle_brings_the_saved_mark(session: Session) -> None:
    woken = threading.Event()
    threads: list[int] = []

    def wake() -> None:
        threads.append(threading.get_ident())
        woken.set()

    session.wake = wake
    events = told(session)
    session.perform(rename(session, "buy", "Purchase"))
    assert woken.wait(10)
    assert threads[0] != threading.get_ident()
    assert [event.kind for event in events] == ["changed"]
    session.settle()
    assert [event.kind for event in events] == ["changed", "saved"]
    assert session.saved


# ---------------------------------------------------------------- undo and redo


def in_file(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM touchpoint WHERE id = 'buy'")]


def test_a_change_is_written_once_all_have_heard_and_is_not_called_saved_before(session: Session, path: Path) -> None:
    seen: list[tuple[bool, list[str]]] = []

    def slow(event: Event) -> None:
        if event.kind == "changed":
            time.sleep(0.3)  # as long as it likes: nothing is written meanwhile, and nothing is said to be
            seen.append((session.saved, in_file(path)))

    session.listen(slow)
    before = in_file(path)
    session.perform(rename(session, "buy", "Purchase"))
    assert seen == [(False, before)]
    session.settle(within=10.0)
    assert session.saved
    assert in_file(path) == ["Purchase"]


def test_a_listener_that_has_shown_a_change_may_let_it_be_written(session: Session, path: Path) -> None:
    seen: list[list[str]] = []

    def shows(event: Event) -> None:
        if event.kind == "changed" and not seen:
            seen.append([])
            session.perform(rename(session, "buy", "Purchase, at once"))
            session.hand_over()
            session.flush()
            seen.append(in_file(path))

    session.listen(shows)
    session.perform(rename(session, "buy", "Purchase"))
    assert seen[1] == ["Purchase, at once"]
    assert session.saved
    assert [session.undo(), session.undo()]
    assert name_of(session) != "Purchase"


def test_undo_and_redo_go_back_and_forth_with_labels(session: Session) -> None:
    session.perform(rename(session, "buy", "Purchase"))
    session.perform(rename(session, "buy", "Order"))
    assert session.undo_label == "Rename to Order"
    assert session.undo() == Change("Rename to Order", updated={"buy": {"name": ("Order", "Purchase")}})
    assert (session.undo_label, session.redo_label) == ("Rename to Purchase", "Rename to Order")
    session.undo()
    assert name_of(session) == "Buy"
    assert session.undo() is None
    session.redo()
    session.redo()
    assert session.redo() is None
    assert name_of(session) == "Order"
    session.undo()
    session.perform(rename(session, "call", "Phone"))
    assert session.redo_label == ""


def test_undo_and_redo_survive_a_restart(session: Session, path: Path) -> None:
    for name in ("Purchase", "Order", "Checkout"):
        session.perform(rename(session, "buy", name))
    session.undo()
    session.close()
    with Session.open(path) as again:
        assert (again.undo_label, again.redo_label) == ("Rename to Order", "Rename to Checkout")
        again.undo()
        again.undo()
        assert again.undo_label == ""
        assert name_of(again) == "Buy"
        again.redo()
    with Session.open(path) as third:
        assert (third.undo_label, third.redo_label) == ("Rename to Purchase", "Rename to Order")
        third.redo()
        third.redo()
        assert name_of(third) == "Checkout"


def test_undoing_a_deletion_brings_back_everything_that_went_with_it(session: Session, path: Path) -> None:
    before = set(session.document)
    session.perform(commands.delete(session.document, "before"))
    assert "card" not in session.document
    session.undo()
    session.close()
    with Session.open(path) as again:
        assert set(again.document) == before


def test_the_log_says_who_when_and_what(session: Session, path: Path) -> None:
    session.perform(rename(session, "buy", "Purchase"))
    session.undo()
    session.author = ""
    session.redo()
    session.close()
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute('SELECT seq, author, kind, label, "of" FROM log ORDER BY seq').fetchall()
        (clock,) = database.execute("SELECT value FROM meta WHERE key = 'clock'").fetchone()
    label = "Rename to Purchase"
    assert rows[1:] == [(2, "Ann", "do", label, None), (3, "Ann", "undo", label, 2), (4, "", "redo", label, 2)]
    assert rows[0][:3] == (1, "Ann", "new")
    assert clock == "4"


# ---------------------------------------------------------------- creating and opening


def test_create_never_overwrites(session: Session, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Failure, match="already there"):
        Session.create(path, maps.small())
    assert path.read_bytes() == before


def test_create_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    with pytest.raises(Failure):
        Session.create(tmp_path / "no folder" / "x.journey", maps.small())
    with pytest.raises(Broken):
        Session.create(tmp_path / "x.journey", maps.small()[1:])
    assert list(tmp_path.iterdir()) == []


def test_one_file_and_nothing_beside_it(session: Session, path: Path) -> None:
    session.perform(rename(session, "buy", "Purchase"))
    session.flush()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_names_with_odd_signs_are_files_too(tmp_path: Path) -> None:
    path = tmp_path / "50% #1?mode=ro&x ä.journey"
    with Session.create(path, maps.small()) as session:
        session.perform(rename(session, "buy", "Purchase"))
    with Session.open(path) as again:
        assert name_of(again) == "Purchase"


def test_read_only_reads_and_refuses_in_words(session: Session, path: Path) -> None:
    session.perform(rename(session, "buy", "Purchase"))
    session.close()
    before = path.read_bytes()
    with Session.open(path, read_only=True) as reader:
        assert reader.read_only
        assert reader.undo_label == ""
        assert reader.undo() is None
        with pytest.raises(Failure, match="reading only"):
            reader.perform(rename(reader, "buy", "Order"))
        reader.keep_draft("buy", "name", "x")
        reader.settle()
        reader.flush()
        assert reader.saved
    assert path.read_bytes() == before


def test_a_closed_session_refuses_in_words(session: Session) -> None:
    session.close()
    session.close()
    with pytest.raises(Failure, match="closed"):
        session.perform(rename(session, "buy", "Purchase"))


# ---------------------------------------------------------------- versions, drafts, attachments, cubes


def test_a_named_version_can_be_looked_at_and_restored_as_one_step(session: Session, path: Path) -> None:
    version = session.name_version("Before the workshop")
    named = {record for record in session.document if not isinstance(record, Version)}
    session.perform(commands.delete(session.document, "before"))
    session.perform(rename(session, "call", "Phone"))
    assert set(session.version_document(version.id)) == named
    session.close()
    with Session.open(path) as again:
        assert [(v.name, v.author) for v in again.versions()] == [("Before the workshop", "Ann")]
        assert set(again.version_document(version.id)) == named
        later = set(again.document)
        assert again.restore(version.id)
        assert {record for record in again.document if not isinstance(record, Version)} == named
        assert again.versions()
        assert "Before the workshop" in again.undo_label
        assert again.restore(version.id) is None
        again.undo()
        assert set(again.document) == later


def test_a_version_is_there_before_it_is_on_disk(session: Session) -> None:
    version = session.name_version("Now")
    assert set(session.version_document(version.id)) == set(maps.small())


def test_a_version_that_is_not_there_is_said(session: Session) -> None:
    with pytest.raises(Failure, match="not in the file"):
        session.restore("no such version")


def test_flush_waits_for_drafts_too(session: Session, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # nobody else can write now
    later = threading.Timer(0.3, other.execute, ["COMMIT"])
    session.keep_draft("buy", "name", "Purch")
    later.start()
    session.flush()
    later.join()
    assert other.execute("SELECT text FROM draft").fetchall() == [("Purch",)]
    other.close()


def test_drafts_survive_until_they_are_dropped(session: Session, path: Path) -> None:
    session.keep_draft("buy", "name", "Purch")
    session.keep_draft("buy", "name", "Purcha")
    session.keep_draft("call", "name", "Ph")
    session.drop_draft("call", "name")
    session.close()
    with Session.open(path) as again:
        assert [(d.record_id, d.field, d.text) for d in again.drafts()] == [("buy", "name", "Purcha")]
        assert again.undo_label == ""
        again.drop_draft("buy", "name")
    with Session.open(path) as third:
        assert third.drafts() == []


def test_an_attachment_is_kept_once_under_its_hash(session: Session, path: Path) -> None:
    hash_ = session.keep_blob(b"\x00picture" * 1000)
    assert session.blob(hash_) == b"\x00picture" * 1000
    assert session.keep_blob(b"\x00picture" * 1000) == hash_
    assert session.undo_label == ""
    session.close()
    with Session.open(path) as again:
        assert again.blob(hash_) == b"\x00picture" * 1000
        assert again.blob("0" * 64) is None


def test_blocks_come_back_before_and_after_they_are_on_disk(session: Session, path: Path) -> None:
    records, blocks, pairs = maps.data_set()
    session.perform(adding("Import", *records), blocks, pairs)
    fresh = session.cube("data")
    assert all(maps.same(fresh.blocks[key], block) for key, block in blocks.items())
    session.close()
    with Session.open(path) as again:
        cube = again.cube("data")
        assert set(cube.blocks) == set(blocks)
        assert len(cube.blocks) == 3
        assert all(maps.same(cube.blocks[key], block) for key, block in blocks.items())
        assert list(cube.pairs) == pairs
        with pytest.raises(KeyError):
            cube.blocks["m1", "no such column"]
        again.undo()
        assert not again.cube("data").blocks
        again.redo()
        assert set(again.cube("data").blocks) == set(blocks)


# ---------------------------------------------------------------- two at one file


def test_a_second_window_takes_in_what_the_first_wrote(session: Session, path: Path) -> None:
    with Session.open(path) as other:
        events = told(other)
        assert other.pull() is None
        session.perform(rename(session, "buy", "Purchase"))
        session.perform(adding("Add", Phase("later", "state", "a2", "Later")))
        session.flush()
        pulled = other.pull()
        assert pulled is not None
        assert pulled.updated == {"buy": {"name": ("Buy", "Purchase")}}
        assert events == [Event("pulled", pulled)]
        assert other.document == session.document
        assert other.pull() is None
        assert other.undo_label == ""


def test_writes_to_different_fields_from_two_windows_both_survive(session: Session, path: Path) -> None:
    with Session.open(path) as other:
        events = told(other)
        session.perform(rename(session, "buy", "Purchase"))
        session.flush()
        other.perform(updating("Describe", other.document.one(Touchpoint, "buy"), description="pay"))
        other.flush()
        assert [event.kind for event in events] == ["changed", "pulled", "saved"]
        session.pull()
        for one in (session, other):
            touchpoint = one.document.one(Touchpoint, "buy")
            assert (touchpoint.name, touchpoint.description) == ("Purchase", "pay")
        other.undo()
        other.flush()
        assert other.document.one(Touchpoint, "buy").description == ""
        assert name_of(other) == "Purchase"


def test_a_write_that_another_window_has_overtaken_is_refused_and_never_overwrites(
    session: Session, path: Path
) -> None:
    with Session.open(path) as other:
        events = told(other)
        session.perform(rename(session, "buy", "Purchase"))
        session.flush()
        other.perform(rename(other, "buy", "Order"))
        other.perform(rename(other, "call", "Phone"))
        with pytest.raises(Failure, match="Rename to Order"):
            other.flush()
        assert [event.kind for event in events] == ["changed", "changed", "pulled", "refused", "saved"]
        assert (name_of(other), name_of(other, "call")) == ("Purchase", "Phone")
        assert other.undo_label == "Rename to Phone"
        session.pull()
        assert session.document == other.document


def test_an_undo_that_another_window_has_overtaken_is_refused_and_forgotten(session: Session, path: Path) -> None:
    session.perform(rename(session, "call", "Phone"))
    session.perform(rename(session, "buy", "Purchase"))
    session.flush()
    with Session.open(path) as other:
        other.perform(rename(other, "buy", "Order"))
    session.pull()
    with pytest.raises(Failure, match="“Rename to Purchase” cannot be undone any more"):
        session.undo()
    assert session.undo_label == "Rename to Phone"
    assert name_of(session) == "Order"
    session.undo()
    assert name_of(session, "call") == "Call"


def test_what_another_window_undid_is_not_offered_again(session: Session, path: Path) -> None:
    session.perform(rename(session, "buy", "Purchase"))
    session.flush()
    with Session.open(path) as other:
        other.undo()
    session.pull()
    assert session.undo_label == ""
    assert name_of(session) == "Buy"


def test_two_windows_writing_in_turns_end_with_the_same_map(session: Session, path: Path) -> None:
    with Session.open(path) as other:
        for turn in range(30):
            one, field = ((session, "description"), (other, "message"))[turn % 2]
            for id_ in ("buy", "call"):
                record = one.document.one(Touchpoint, id_)
                one.perform(updating("Write", record, **{field: f"turn {turn}"}))
        for one in (session, other, session):
            one.flush()
            one.pull()
        assert session.document == other.document
        with Session.open(path) as fresh:
            assert fresh.document == session.document
            assert fresh.document.one(Touchpoint, "call").message == "turn 29"


def test_threads_that_write_to_one_file_at_once_lose_nothing(session: Session, path: Path) -> None:
    def work(number: int) -> None:
        with Session.open(path) as mine:
            for step in range(10):
                mine.perform(adding("Add", Phase(f"{number}-{step}", "state", f"b{number}{step}", "Phase")))
                mine.flush()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.pull()
    assert sum("-" in phase.id for phase in session.document.all(Phase)) == 40


def test_what_came_without_the_log_is_taken_in_from_the_records(session: Session, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE touchpoint SET name = 'Elsewhere' WHERE id = 'buy'")
        database.execute("UPDATE meta SET value = '2' WHERE key = 'clock'")
        change = '{"added":{},"updated":{"buy":{"kind":"Touchpoint","fields":{"name":["?","Elsewhere"]}}},"removed":{}}'
        database.execute("INSERT INTO log VALUES (2, '', '', 'x', 'do', 'Odd', NULL, ?)", (change,))
        database.commit()
    assert session.pull()
    assert name_of(session) == "Elsewhere"


def test_the_map_record_is_part_of_it_all(session: Session, path: Path) -> None:
    session.perform(updating("Title", session.document.map, title="Other"))
    session.close()
    with Session.open(path) as again:
        assert again.document.map == again.document.one(Map, "map")
        assert again.document.map.title == "Other"
        assert isinstance(again.document, Document)


def test_another_map_copied_over_the_open_one_is_never_mixed_with_it(session: Session, path: Path) -> None:
    other = path.with_name("other.journey")
    records = [replace(r, title="Another") if isinstance(r, Map) else r for r in maps.small() if r.id != "card"]
    Session.create(other, records).close()
    path.write_bytes(other.read_bytes())  # the same file on disk, with another history of the same length
    session.perform(rename(session, "buy", "Purchase"))
    session.flush()
    assert session.document.map.title == "Another"
    assert session.undo_label == "Rename to Purchase"
    with Session.open(path) as again:
        assert again.document == session.document
        assert "card" not in again.document
        assert name_of(again) == "Purchase"


def test_an_earlier_state_copied_over_the_open_map_is_taken_in(session: Session, path: Path) -> None:
    earlier = path.read_bytes()
    for name in ("Purchase", "Order"):
        session.perform(rename(session, "buy", name))
    session.flush()
    path.write_bytes(earlier)
    pulled = session.pull()
    assert pulled is not None
    assert name_of(session) == "Buy"
    assert session.undo_label == ""
    session.perform(rename(session, "buy", "Checkout"))
    session.flush()
    with Session.open(path) as again:
        assert name_of(again) == "Checkout"


def test_another_process_writes_and_the_open_window_hears_of_it(session: Session, path: Path) -> None:
    script = """
import sys
from journeymap.session import Session
from journeymap.model.change import updating
with Session.open(sys.argv[1], author="CLI") as session:
    session.perform(updating("Title", session.document.map, title="From elsewhere"))
    session.flush()
"""
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    assert session.pull()
    assert session.document.map.title == "From elsewhere"


def test_opening_a_map_loads_nothing_that_the_first_paint_may_not_have(session: Session, path: Path) -> None:
    script = """
import sys
from journeymap.session import Session
from journeymap.model.change import updating
with Session.open(sys.argv[1]) as session:
    session.perform(updating("Title", session.document.map, title="x"))
heavy = {"networkx", "numpy", "pandas", "ibis", "duckdb", "reportlab", "sqlalchemy.orm", "PySide6", "sqlalchemy.ext.asyncio"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)


def test_a_map_is_read_without_sqlalchemy_which_is_there_once_the_session_has_got_ready(
    session: Session, path: Path
) -> None:
    session.keep_draft(session.document.map.id, "title", "half")
    session.perform(updating("Title", session.document.map, title="y"))
    session.flush()
    script = """
import sys
from journeymap.session import Session
with Session.open(sys.argv[1]) as session:
    assert session.undo_label and session.drafts() and session.blob("none") is None
    assert session.pull() is None
    assert "sqlalchemy" not in sys.modules
    session.get_ready()
assert "journeymap.store.writing" in sys.modules
with Session.open(sys.argv[1], read_only=True) as session:
    session.get_ready()  # nothing to get ready for
"""
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
