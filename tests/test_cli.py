"""The command line as a user meets it: real processes, exit codes, sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def journeymap(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "journeymap", *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence on standard error of a command that failed as it should."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


SURVEY = "Submitted;Gender;Check-in;Recommend\n" + "".join(
    f"{1 + i % 28:02d}.0{1 + i % 9}.2026;{'f' if i % 2 else 'm'};{1 + i % 5};{i % 11}\n" for i in range(300)
)
RECIPE = """
[columns]
date = "Submitted"
segments = ["Gender"]

[[measure]]
kpi = "csat"
column = "Check-in"
touchpoint = "Check-in"
scale = [1, 5]

[[measure]]
kpi = "nps"
column = "Recommend"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "survey.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "survey.toml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


def test_help_lists_what_is_real_and_nothing_more() -> None:
    done = journeymap("--help")
    assert done.returncode == 0
    for real in ("demo", "new", "import", "kpis", "export", "check", "verify"):
        assert real in done.stdout
    for not_yet in ("report", "tiles", "--brand", "roll"):
        assert not_yet not in done.stdout


def test_wrong_usage_exits_with_2() -> None:
    assert journeymap("import").returncode == 2
    assert journeymap("export", "a.journey", "b.pdf", "--paper", "A9").returncode == 2


def test_a_map_is_made_filled_read_and_printed(folder: Path) -> None:
    assert journeymap("new", "map.journey", cwd=folder).returncode == 0
    done = journeymap("import", "map.journey", "survey.csv", "--recipe", "survey.toml", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["rows_read"] == report["rows_used"] == 300
    assert [measure["n"] for measure in report["measures"]] == [300, 300]
    rows = json.loads(journeymap("kpis", "map.journey", "--json", cwd=folder).stdout)["kpis"]
    assert {(row["touchpoint"], row["kpi"], row["n"]) for row in rows} == {
        ("Check-in", "csat", 300),
        (None, "nps", 300),
    }
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)
    by = json.loads(
        journeymap("kpis", "map.journey", "--by", "Gender", "--period", "quarter", "--json", cwd=folder).stdout
    )["kpis"]
    assert {row["segment"]["Gender"] for row in by} == {"f", "m"}
    assert sum(row["n"] for row in by if row["kpi"] == "nps") == 300
    for out in ("map.pdf", "map.png", "map.json"):
        assert journeymap("export", "map.journey", out, cwd=folder).returncode == 0
        assert (folder / out).stat().st_size > 1000
    assert journeymap("export", "map.journey", "plan.pdf", "--document", "plan", cwd=folder).returncode == 0
    for out in ("register.pdf", "register.csv", "register.json"):
        assert journeymap("export", "map.journey", out, "--document", "register", cwd=folder).returncode == 0
    assert "Personal data" in (folder / "register.csv").read_text(encoding="utf-8-sig")
    assert journeymap("verify", "map.journey", cwd=folder).returncode == 0


def test_check_says_what_an_expert_would_criticise_and_where(folder: Path) -> None:
    journeymap("new", "map.journey", "--template", "customer-journey", cwd=folder)
    done = journeymap("check", "map.journey", "--json", cwd=folder)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["mistakes"] == sum(one["level"] == "mistake" for one in found["remarks"])
    assert "no owner" not in {one["rule"] for one in found["remarks"]}
    journeymap("import", "map.journey", "survey.csv", "--recipe", "survey.toml", cwd=folder)
    after = json.loads(journeymap("check", "map.journey", "--json", cwd=folder).stdout)
    assert "no research" not in {one["rule"] for one in after["remarks"]}
    text = journeymap("check", "map.journey", cwd=folder)
    assert text.returncode == 0
    assert all(one["text"] in text.stdout for one in after["remarks"])


def test_without_a_recipe_the_columns_are_guessed_and_the_guess_can_be_kept(folder: Path) -> None:
    journeymap("new", "map.journey", cwd=folder)
    done = journeymap("import", "map.journey", "survey.csv", "--save-recipe", "kept.toml", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "300 of 300 rows used" in done.stdout
    assert "[[measure]]" in (folder / "kept.toml").read_text(encoding="utf-8")


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    journeymap("new", "map.journey", cwd=folder)
    before = (folder / "map.journey").read_bytes()
    done = journeymap("import", "map.journey", "survey.csv", "--recipe", "survey.toml", "--dry-run", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "map.journey").read_bytes() == before


def test_the_same_source_twice_is_refused_unless_asked_for_again(folder: Path) -> None:
    journeymap("new", "map.journey", cwd=folder)
    arguments = ("import", "map.journey", "survey.csv", "--recipe", "survey.toml")
    assert journeymap(*arguments, cwd=folder).returncode == 0
    assert "--again" in one_sentence(journeymap(*arguments, cwd=folder))
    assert journeymap(*arguments, "--again", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "none.journey", "survey.csv"),
        ("import", "map.journey", "none.csv"),
        ("import", "map.journey", "."),
        ("import", "map.journey", "survey.csv", "--recipe", "none.toml"),
        ("kpis", "none.journey"),
        ("kpis", "survey.csv"),
        ("export", "map.journey", "map.docx"),
        ("export", "map.journey", "no/such/folder/map.pdf"),
        ("export", "map.journey", "."),
        ("export", "none.journey", "map.pdf"),
        ("verify", "survey.csv"),
        ("new", "map.journey"),
        ("new", "other.journey", "--template", "nonsense"),
        ("new", "no/such/folder/map.journey"),
        ("demo", "survey.csv"),
    ],
)
def test_a_users_mistake_gets_one_sentence_and_leaves_everything_as_it_was(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    journeymap("new", "map.journey", cwd=folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    one_sentence(journeymap(*arguments, cwd=folder))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_commands_need_no_qt(folder: Path) -> None:
    code = "import sys; from journeymap.cli import main; main(['new', 'map.journey']); print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_display_the_window_says_so_in_one_sentence() -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    blind = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run([sys.executable, "-m", "journeymap"], capture_output=True, text=True, env=blind, check=False)
    assert "no display" in one_sentence(done)


def test_personas_are_exported_upright_one_page_each_and_nobody_is_a_sentence(folder: Path) -> None:
    made, blank = folder / "shop.journey", folder / "blank.journey"
    assert journeymap("new", made, "--template", "online-shop", "--lang", "en").returncode == 0
    done = journeymap("export", made, folder / "people.pdf", "--document", "personas", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"files": [str(folder / "people.pdf")], "warnings": []}
    import pypdf

    pages = pypdf.PdfReader(folder / "people.pdf").pages
    assert len(pages) >= 2
    assert all(page.mediabox.width < page.mediabox.height for page in pages)
    assert journeymap("new", blank).returncode == 0
    refused = journeymap("export", blank, folder / "nobody.pdf", "--document", "personas")
    assert "shows no persona" in one_sentence(refused)
    assert not (folder / "nobody.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("kpis", ""),
        ("verify", " "),
        ("new", "new.journey", "--from", ""),
        ("import", "map.journey", ""),
        ("export", "map.journey", ""),
        ("demo", ""),
    ],
)
def test_an_empty_name_is_no_folder(folder: Path, words: tuple[str, ...]) -> None:
    before = sorted(folder.iterdir())
    done = journeymap(*words, cwd=folder)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"journeymap {words[0]}: error:")
    assert done.stderr.rstrip().endswith("no file was named")
    assert sorted(folder.iterdir()) == before
