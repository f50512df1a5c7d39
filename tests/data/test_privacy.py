"""What looks personal is found, whatever it is called; what only sounds personal is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeymap.data import Columns, Question, Recipe, peek, prepare
from journeymap.data.privacy import kind_of

NUMBERS = [str(number % 5 + 1) for number in range(40)]
WORDS = [f"word{number} and more" for number in range(40)]


@pytest.mark.parametrize(
    ("column", "cells", "kind"),
    [
        ("Email", [], "email"),
        ("E-Mail-Adresse", [], "email"),
        ("RecipientEmail", [], "email"),
        ("Contact", [f"a{number}@b.org" for number in range(20)], "email"),
        ("What else?", ["nothing"] * 8 + ["write me: anna@web.de", "or anna@gmx.net"], "email"),
        ("Phone number", [], "phone"),
        ("Telefonnummer", [], "phone"),
        ("Q12", ["+49 170 1234567", "0171 / 998877", "(030) 123-456"], "phone"),
        ("First Name", WORDS, "name"),
        ("Nachname", WORDS, "name"),
        ("customer_name", WORDS, "name"),
        ("Name", WORDS, "name"),
        ("IPAddress", [], "ip"),
        ("origin", ["192.168.0.1", "10.1.2.3", "2001:db8::1"], "ip"),
        ("Anschrift", WORDS, "address"),
        ("where", ["Hauptstraße 12", "Am Weg 3", "Lindenallee 5a"], "address"),
        ("Date of birth", WORDS, "birth"),
        ("konto", ["DE44 5001 0517 5407 3249 31", "GB33BUKB20201555555555"], "identity"),
        ("LocationLatitude", ["48.137", "52.52"], "place"),
    ],
)
def test_personal_columns_are_found(column, cells, kind):
    if kind == "place":
        cells = []
    assert kind_of(column, cells) == kind


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("Seat comfort", NUMBERS),
        ("Seat comfort", []),
        ("Address change was easy", NUMBERS),
        ("E-mail confirmation", NUMBERS),
        ("Email", NUMBERS),
        ("Name tag visible", ["yes", "no"] * 20),
        ("Product name", ["Basic", "Plus", "Pro"] * 20),
        ("Phone support", NUMBERS),
        ("Ship speed", NUMBERS),
        ("Response ID", [str(48000 + number) for number in range(40)]),
        ("Respondent", [f"R{number:07d}" for number in range(40)]),
        ("Date", ["2026-01-31"] * 40),
        ("Amount", ["1.234,56"] * 40),
        ("Version", ["1.2.3"] * 40),
        ("Telephone waiting time", NUMBERS),
        ("Flight", [f"LH {number}" for number in range(1000, 1040)]),
        ("Zeit", ["10:15:00"] * 40),
    ],
)
def test_scores_and_plain_columns_are_left_alone(column, cells):
    assert kind_of(column, cells) == ""


def test_personal_columns_are_reported_and_nothing_of_them_is_kept(write, empty_map):
    path = write("Email,Vorname,score\n" + "".join(f"secret{n}@example.org,Name{n},{n % 5 + 1}\n" for n in range(50)))
    intake = prepare(empty_map, [path], Recipe(questions=(Question("csat", "score"),)))
    assert list(intake.personal) == ["Email", "Vorname"]
    assert intake.as_json()["personal"] == ["Email", "Vorname"]
    assert intake.account["personal"] == intake.personal
    everything = repr(intake)
    assert "secret" not in everything
    assert "Name7" not in everything


def test_a_personal_column_is_used_only_when_the_recipe_says_so_and_that_is_said(write, empty_map):
    path = write("Nachname,score\n" + "".join(f"Family {n % 9},{n % 5 + 1}\n" for n in range(80)))
    assert list(peek(path).columns) == ["Nachname", "score"]
    recipe = Recipe(columns=Columns(segments=("Nachname",)), questions=(Question("csat", "score"),))
    intake = prepare(empty_map, [path], recipe)
    assert intake.personal == {}
    assert any("Nachname" in warning for warning in intake.warnings)


def test_pseudonyms_are_called_personal_and_their_key_is_named_but_not_kept(write, empty_map, tmp_path, monkeypatch):
    key = tmp_path / "keys" / "pseudonym.key"
    monkeypatch.setenv("JOURNEYMAP_KEY", str(key))
    path = write("who,score\n" + "".join(f"customer {n % 9},{n % 5 + 1}\n" for n in range(80)))
    recipe = Recipe(columns=Columns(segments=("who",), pseudonymise=("who",)), questions=(Question("csat", "score"),))
    intake = prepare(empty_map, [path], recipe)
    (said,) = [one for one in intake.warnings if str(key) in one]
    assert "still personal data" in said
    assert "colleague" in said
    assert str(tmp_path) not in intake.data_set.account + intake.data_set.recipe + intake.data_set.source


def test_nothing_is_called_anonymous():
    """Not in the program, what it ships, or what is written about it: pseudonymised data is personal data."""
    root = Path(__file__).parents[2]
    texts = [root / "README.md", root / "CHANGELOG.md", *(root / "docs").rglob("*.md")]
    for folder in ("journeymap", "resources"):
        texts += [
            path
            for path in (root / folder).rglob("*")
            if path.suffix in {".py", ".json", ".toml", ".po", ".pot", ".txt", ".md", ".sql"}
        ]
    assert len(texts) > 200
    assert not [path.name for path in texts if "anonym" in path.read_text("utf-8").casefold()]
