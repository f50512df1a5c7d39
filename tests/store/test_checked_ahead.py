"""A file that is checked while the program is still loading is as safe as one that is checked when it is opened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import maps
import pytest

from journeymap import session
from journeymap.failure import Failure
from journeymap.session import Session
from journeymap.store import checks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "map.journey"
    Session.create(made, maps.small()).close()
    return made


def looked_through() -> None:
    """Waits until every check that was begun has ended."""
    for thread in threading.enumerate():
        if thread.name == checks.THREAD:
            thread.join()


def refusal(path: Path) -> str:
    with pytest.raises(Failure) as failure:
        Session.open(path)
    return str(failure.value)


def test_a_sound_file_opens_whether_the_check_has_ended_or_not(path: Path) -> None:
    for wait in (looked_through, lambda: None):
        session.expect(path)
        wait()
        with Session.open(path) as opened:
            assert opened.document.map.title


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def torn(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = bytes(4096)
    path.write_bytes(content)


def accompanied(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_bytes(b"not ours")


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("spoil", [cut, torn, accompanied, gone])
def test_what_happens_to_a_file_after_its_check_is_seen(path: Path, spoil: Callable[[Path], None]) -> None:
    session.expect(path)
    looked_through()
    spoil(path)
    ahead = refusal(path)
    assert ahead == refusal(path)  # the second time nothing was begun before


@pytest.mark.parametrize("spoil", [cut, torn, accompanied, gone])
def test_a_spoilt_file_is_refused_in_the_same_words(path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(path)
    session.expect(path)
    assert refusal(path) == refusal(path)


@pytest.mark.parametrize("name", ["", ".", "/", "nowhere/at/all.journey"])
def test_what_is_no_file_is_left_to_be_said_when_it_is_opened(name: str) -> None:
    session.expect(name)
    looked_through()
    refusal(Path(name))
