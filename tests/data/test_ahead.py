"""A large file is begun with at a glance, while all of it is read through: what comes of it is the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from journeymap.data import AlreadyImported, Recipe, prepare
from journeymap.data.sources import ahead, opening
from journeymap.data.sources.ahead import Ahead
from journeymap.failure import Failure
from journeymap.model.document import Document

RECIPE = Recipe.from_toml("[columns]\ntouchpoint = 'Where'\n[[measure]]\nkpi = 'nps'\ncolumn = 'Score'\n")
LINE = b"2026-01-01,Post office,7,a note that makes the line long enough for a few megabytes\n"
MANY = 90_000


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Files of some megabytes count as large."""
    monkeypatch.setattr(ahead, "LARGE", 1 << 20)
    monkeypatch.setattr(opening, "GLANCE", 1 << 20)
    monkeypatch.setattr(opening.sniff, "AT_ONCE", 1 << 20)


@pytest.fixture
def tries(monkeypatch):
    """How often the rows were staged."""
    from journeymap.data import intake

    seen, staged = [], intake._staged
    monkeypatch.setattr(intake, "_staged", lambda *given: seen.append(1) or staged(*given))
    return seen


def written(tmp_path: Path, *last: bytes) -> Path:
    path = tmp_path / "answers.csv"
    path.write_bytes(b"Day,Where,Score,Note\n" + LINE * MANY + b"".join(last))
    return path


def both(document: Document, path: Path):
    found = []
    for begun in (Ahead([path], RECIPE.source), None):
        intake = prepare(document, [path], RECIPE, ahead=begun)
        cells = sorted(
            (intake.places[measure][0], column, block.codes[code], n)
            for (measure, column), block in intake.blocks.items()
            for code, n in zip(block.code, block.n, strict=True)
        )
        found.append((cells, intake.account["rows_read"], intake.warnings, intake.data_set.fingerprint))
    return found


def test_a_plain_file_is_read_once_and_known_by_its_bytes(empty_map, tmp_path, tries):
    path = written(tmp_path)
    begun, whole = both(empty_map, path)
    assert begun == whole
    assert len(tries) == 2
    assert begun[-1] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert opening.glance(path, RECIPE.source).fingerprint == ""


@pytest.mark.parametrize(
    "last",
    [
        "2026-01-01,Café,9,x\n".encode("cp1252"),
        b"2026-01-01,Post\0 office,9,x\n",
        "2026-01-01,Café,9,x\n".encode() + b"2026-01-01,Caf\xe9,9,\x81\n",
    ],
    ids=["another encoding", "zeros", "damaged"],
)
def test_a_file_that_is_not_what_it_seemed_is_read_as_what_it_is(empty_map, tmp_path, tries, last):
    begun, whole = both(empty_map, written(tmp_path, last))
    assert begun == whole
    assert len(tries) == 3


def test_what_is_no_table_further_on_is_refused(empty_map, tmp_path):
    path = written(tmp_path, b"x" * (3 << 20))
    for begun in (Ahead([path], RECIPE.source), None):
        with pytest.raises(Failure, match="a line of more than a million characters"):
            prepare(empty_map, [path], RECIPE, ahead=begun)


def test_a_file_that_is_on_the_map_is_refused(empty_map, tmp_path):
    path = written(tmp_path)
    empty_map.apply(prepare(empty_map, [path], RECIPE).change)
    with pytest.raises(AlreadyImported):
        prepare(empty_map, [path], RECIPE, ahead=Ahead([path], RECIPE.source))
    with pytest.raises(Failure, match="are the same file"):
        prepare(empty_map, [path, path], RECIPE, ahead=Ahead([path, path], RECIPE.source), again=True)


def test_small_files_and_other_kinds_are_not_glanced_at(tmp_path):
    path = tmp_path / "small.csv"
    path.write_bytes(b"Day,Where,Score,Note\n" + LINE)
    assert opening.glance(path, RECIPE.source) is None
    assert Ahead([path], RECIPE.source).look(path, RECIPE.source).fingerprint
    packed = tmp_path / "packed.gz"
    packed.write_bytes(b"\x1f\x8b" + bytes(3 << 20))
    assert opening.glance(packed, RECIPE.source) is None
