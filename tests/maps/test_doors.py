"""The doors of the command line: a new map from a file, and a file's map added to an open one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from foreign import ADVANCED, DOWN, MERMAID, as_csv

from journeymap import cli
from journeymap.model.records import Persona, Phase, Touchpoint
from journeymap.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.mmd").write_text(MERMAID, encoding="utf-8")
    (tmp_path / "a.xml").write_text(ADVANCED, encoding="utf-8")
    (tmp_path / "a.csv").write_text(as_csv(DOWN), encoding="utf-8")
    return tmp_path


def test_a_new_map_from_a_file_with_what_was_not_carried_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", str(folder / "m.journey"), "--from", str(folder / "a.mmd"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["format"] == "mermaid"
    assert len(said["created"]["touchpoints"]) == 5
    assert {"text", "count", "lines"} == set(said["not_carried"][0])
    with Session.open(folder / "m.journey") as session:
        assert session.document.map.title == "A rented bicycle"
        assert session.document.count(Touchpoint) == 5


def test_import_adds_a_map_as_one_step(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "m.journey"
    assert cli.main(["new", str(path), "--from", str(folder / "a.csv"), "--save-recipe", str(folder / "r.toml")]) == 0
    assert cli.main(["import", str(path), str(folder / "a.mmd"), str(folder / "a.xml")]) == 0
    assert "Not carried over as it stood:" in capsys.readouterr().out
    with Session.open(path) as session:
        assert [one.name for one in session.document.all(Phase)] == ["Book", "Ride"]
        assert [one.name for one in session.document.all(Persona)] == ["Ines", "Otto"]
        assert session.document.count(Touchpoint) == 10
        session.undo()
        session.flush()
        assert session.document.count(Touchpoint) == 3
    assert cli.main(["import", str(path), str(folder / "a.csv"), "--recipe", str(folder / "r.toml")]) == 1
    assert "already" in capsys.readouterr().err


def test_a_dry_run_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "m.journey"
    cli.main(["new", str(path)])
    before = path.read_bytes()
    assert cli.main(["import", str(path), str(folder / "a.mmd"), "--dry-run"]) == 0
    assert "dry run" in capsys.readouterr().out
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["flowchart LR\n a --> b\n", "", "<log/>", "journey\n"])
def test_a_file_that_is_no_map_makes_none(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "no.mmd").write_text(text, encoding="utf-8")
    assert cli.main(["new", str(folder / "m.journey"), "--from", str(folder / "no.mmd")]) == 1
    said = capsys.readouterr()
    assert not said.out
    assert len(said.err.strip().splitlines()) == 1
    assert not (folder / "m.journey").exists()


def test_template_and_file_together_are_wrong_usage(folder: Path) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["new", str(folder / "m.journey"), "--from", str(folder / "a.mmd"), "--template", "customer-journey"])
    assert left.value.code == 2


@pytest.mark.parametrize("recipe", ["r.toml", "no/such/folder/r.toml"])
def test_a_recipe_that_cannot_be_written_leaves_no_map_behind(folder: Path, recipe: str) -> None:
    source = folder / ("a.mmd" if recipe == "r.toml" else "a.csv")
    made = folder / "m.journey"
    assert cli.main(["new", str(made), "--from", str(source), "--save-recipe", str(folder / recipe)]) == 1
    assert not made.exists()
