"""Maps in spreadsheets: merged headings, both layouts, German and English, and the mapping as a recipe."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign import ACROSS, ACROSS_MERGED, DOWN, as_csv, workbook

from journeymap import maps
from journeymap.failure import Failure
from journeymap.maps import opening, roles, sheets, table
from journeymap.model import lanes, rules
from journeymap.model.document import Document
from journeymap.model.records import Card, Channel, Department, Emotion, Lane, PainPoint, Persona, Phase, Touchpoint


def _file(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _names(document: Document) -> list[tuple[str, list[str]]]:
    return [
        (phase.name, [one.name for one in document.referring(Touchpoint, "phase_id", phase.id)])
        for phase in document.all(Phase)
    ]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_phases_across_the_top(tmp_path: Path, suffix: str) -> None:
    content = workbook(ACROSS, ACROSS_MERGED) if suffix == "xlsx" else as_csv(ACROSS)
    found = maps.read(_file(tmp_path, f"map.{suffix}", content))
    document = Document(maps.records(found, "x"))
    assert not rules.faults(document)
    assert document.map.title == "Bicycle rental"
    assert _names(document) == [("Book", ["Find a shop", "Pay"]), ("Ride", ["Fetch it", "Bring it back"])]
    row = {one.name: one for one in document.all(Touchpoint)}
    assert document.one(Channel, row["Bring it back"].channel_id).name == "Laden"
    assert document.one(Department, row["Pay"].department_id).name == "Finance"
    felt = {name: document.referring(Emotion, "touchpoint_id", one.id)[0].value for name, one in row.items()}
    assert felt == {"Find a shop": 1, "Pay": -1, "Fetch it": 2, "Bring it back": -2}
    assert [one.text for one in document.referring(PainPoint, "touchpoint_id", row["Pay"].id)] == [
        "No card",
        "Slow page",
    ]
    cards = {card.text: card for card in document.all(Card)}
    assert {"Is it far?", "nice", "heavy", "sunny", "Keeps prices"} == set(cards)
    assert cards["Keeps prices"].span == (2 if suffix == "xlsx" else 1)
    weather = document.one(Lane, cards["sunny"].lane_id)
    assert (weather.kind, weather.name) == (lanes.TEXT, "Wetter")


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "tsv"])
def test_one_row_a_touchpoint(tmp_path: Path, suffix: str) -> None:
    content = workbook(DOWN) if suffix == "xlsx" else as_csv(DOWN, "\t" if suffix == "tsv" else ";")
    found = maps.read(_file(tmp_path, f"map.{suffix}", content))
    document = Document(maps.records(found, "The rental"))
    assert not rules.faults(document)
    assert document.map.title == "The rental"
    assert _names(document) == [("Book", ["Find a shop", "Pay"]), ("Ride", ["Fetch it"])]
    assert [persona.name for persona in document.all(Persona)] == ["Ines"]
    assert [mood.value for mood in sorted(document.all(Emotion), key=lambda one: one.value)] == [-1, 1, 2]
    assert [(one.text, one.severity) for one in document.all(PainPoint)] == [("No card", 5)]
    assert [one.owner for one in document.all(Touchpoint)].count("Ada") == 2


@pytest.mark.parametrize(
    ("heading", "role"),
    [("Kontaktpunkt", "touchpoint"), ("Was denkt der Kunde?", "thoughts"), ("Gefühle", "emotion"), ("Pain Points:", "pain"),
     ("Customer's thoughts", "thoughts"), ("Maßnahmen", "action"), ("Verantwortlich", "owner"), ("PHASE", "phase"),
     ("Kanal / Medium", "channel"), ("Schritte der Kundin", "touchpoint"), ("Wetter", ""), ("", "")],
)  # fmt: skip
def test_headings_say_what_they_are(heading: str, role: str) -> None:
    assert roles.role_of(heading)[0] == role


def test_a_heading_may_name_its_persona() -> None:
    assert roles.role_of("Emotion (Ines)") == ("emotion", "Ines")
    assert roles.role_of("Gedanken – Otto") == ("thoughts", "Otto")
    assert roles.role_of("Emotion (1-5)") == ("emotion", "")


def test_every_guess_has_a_reason_and_can_be_changed(tmp_path: Path) -> None:
    path = _file(tmp_path, "map.csv", as_csv(DOWN))
    sheet = opening.sheet_of(path)
    mapping = roles.guess(sheet, path.name)
    assert all(line.reason for line in mapping.lines)
    thought = mapping.line("thoughts")
    assert thought
    changed = mapping.with_role(thought.place, roles.LEAVE)
    found = table.read(sheet, changed, path.name)
    assert not any(point.said for point in found.points)
    assert [str(loss) for loss in found.losses if "Thought" in loss.text] == [
        "2 × the cells of “Thought” were left out"
    ]


def test_a_mapping_is_written_as_a_recipe_and_read_again(tmp_path: Path) -> None:
    path = _file(tmp_path, "map.csv", as_csv(DOWN))
    sheet = opening.sheet_of(path)
    mapping = roles.guess(sheet, path.name).with_role(3, "pain")
    recipe = _file(tmp_path, "map.toml", roles.to_toml(mapping))
    assert roles.is_recipe(recipe)
    again = roles.from_toml(recipe, sheet)
    assert [(line.heading, line.role) for line in again.lines] == [(line.heading, line.role) for line in mapping.lines]
    assert maps.read(path, recipe=recipe) == table.read(sheet, mapping, path.name)


@pytest.mark.parametrize(
    ("text", "word"),
    [('[map]\ndirection = "up"', "direction"), ('[map]\n[roles]\nPhase = "dance"', "dance"), ("[map]\n[roles]\nNo = \"pain\"", "heading"),
     ("[columns]", "data"), ("[map", "no recipe")],
)  # fmt: skip
def test_a_recipe_that_cannot_be_carried_out_is_refused(tmp_path: Path, text: str, word: str) -> None:
    path, recipe = _file(tmp_path, "map.csv", as_csv(DOWN)), _file(tmp_path, "map.toml", text)
    with pytest.raises(Failure, match=word):
        maps.read(path, recipe=recipe)


def test_answers_are_no_map(tmp_path: Path) -> None:
    rows = [
        ["Touchpoint", "Satisfaction", "Comment"],
        *[[("Pay", "Fetch it")[n % 2], str(n % 5 + 1), "fine"] for n in range(40)],
    ]
    assert not maps.is_map(_file(tmp_path, "answers.csv", as_csv(rows)))
    rows = [["Respondent", "Q1", "Q2"], *[[str(n), str(n % 5), "x"] for n in range(40)]]
    assert not maps.is_map(_file(tmp_path, "more.csv", as_csv(rows)))
    assert maps.is_map(_file(tmp_path, "map.csv", as_csv(DOWN)))
    assert maps.is_map(_file(tmp_path, "across.xlsx", workbook(ACROSS, ACROSS_MERGED)))


def test_no_real_survey_is_taken_for_a_map(shared: Path) -> None:
    seen = 0
    for folder in ("surveymonkey", "qualtrics", "forms", "ga4", "tickets"):
        for path in sorted((shared / "formats" / folder).glob("*.csv")):
            seen += 1
            assert not maps.is_map(path), path.name
    assert seen > 30


def test_text_tables_from_the_clipboard_are_read_too() -> None:
    sheet = sheets.of_text("\n".join("\t".join(row) for row in DOWN), "clipboard", "\t")
    assert roles.is_map(sheet)
