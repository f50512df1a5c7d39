"""Files from outside: each opens correctly or is refused in one sentence; none harms."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import maps
import pytest
from hostile import VICTIM, Spoil, corpus

from journeymap import session
from journeymap.failure import Failure
from journeymap.model.change import adding, updating
from journeymap.model.records import DataSet, Touchpoint
from journeymap.session import Session
from journeymap.store.verify import verify

PARTS = 12
LONGEST = 10.0  # seconds for one file, on a busy machine


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with something in every table."""
    path = tmp_path_factory.mktemp("sound") / "sound.journey"
    records, blocks, pairs = maps.data_set()
    with Session.create(path, maps.small()) as session:
        session.perform(adding("Import", *records), blocks, pairs)
        session.name_version("First")
        session.perform(updating("Rename", session.document.one(Touchpoint, "buy"), name="Purchase"))
        session.undo()
        session.keep_blob(b"x" * 100)
        session.keep_draft("buy", "name", "Purch")
    assert verify(path).sound
    return path


def beside(folder: Path) -> dict[str, bytes]:
    """Everything in the folder, byte for byte."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def use(path: Path) -> None:
    """Opens the file as a program does and looks at everything in it; raises Failure where that is refused."""
    with Session.open(path) as session:
        list(session.document)
        session.document.graph()
        assert session.document.map.title is not None
        for look in (session.undo, session.redo, session.drafts):
            allowed(look)
        for data in session.document.all(DataSet):
            allowed(lambda data=data: list(session.cube(data.id).blocks.values()))
        for version in session.versions():
            allowed(lambda version=version: session.version_document(version.id))


def allowed(look: object) -> None:
    try:
        look()  # type: ignore[operator]
    except Failure as failure:
        one_sentence(failure)


def one_sentence(failure: Failure) -> None:
    text = str(failure)
    assert 10 < len(text) < 500, text
    assert "\n" not in text, text
    assert text.endswith("."), text
    assert "Error" not in text, text
    assert "Traceback" not in text, text


def test_the_sound_file_is_accepted(sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "map.journey")
    use(path)


def test_there_are_at_least_five_hundred() -> None:
    names = [name for name, _spoil in corpus()]
    assert len(set(names)) == len(names) >= 500


def cases(part: int) -> Iterator[tuple[str, Spoil]]:
    return ((name, spoil) for number, (name, spoil) in enumerate(corpus()) if number % PARTS == part)


@pytest.mark.parametrize("part", range(PARTS))
def test_broken_and_hostile_files_open_correctly_or_are_refused_in_words(
    part: int, sound: Path, tmp_path: Path
) -> None:
    for number, (name, spoil) in enumerate(cases(part)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / VICTIM).write_text("mine")
        path = shutil.copyfile(sound, folder / "map.journey")
        spoil(path)
        before = beside(folder)
        start = time.monotonic()
        if number % 2:
            session.expect(path)  # checked beforehand, as a file is that is named when the program starts
        try:
            Session.open(path, read_only=True).close()
        except Failure as failure:
            one_sentence(failure)
            assert beside(folder) == before, f"{name}: refused, but something changed"
        except Exception as error:
            raise AssertionError(f"{name}: {error!r}") from error
        else:
            if "map.journey-journal" not in before:
                assert beside(folder) == before, f"{name}: only looked at, but something changed"
            try:
                use(path)
            except Exception as error:
                raise AssertionError(f"{name}: {error!r}") from error
        assert time.monotonic() - start < LONGEST, name
        assert (folder / VICTIM).read_text() == "mine", name
        allowed(lambda path=path: verify(path).as_json())
        shutil.rmtree(folder)
