"""What customers say stands in the quotation marks of the map's language, on slides, sheets and clipboards."""

from __future__ import annotations

import pytest

from journeymap.model import commands, personacopy
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures
from journeymap.model.layout.compose import texts
from journeymap.model.outline import build
from journeymap.model.quotation import bare, quoted
from journeymap.model.records import Persona
from journeymap.model.slides import Deck

SAID = "Wo ist der Schalter?"


def a_map(language: str) -> Draft:
    point = {"name": "Fragen", "thoughts": ["Ines", f'"{SAID}"'], "emotions": {"Ines": -1.0}}
    return build(
        {
            "map": {"language": language},
            "personas": [{"name": "Ines", "quote": SAID}],
            "phases": [{"name": "P", "touchpoints": [point]}],
        },
        "Probe",
    )


@pytest.mark.parametrize(
    ("language", "marked"),
    [("de", "„Wo?“"), ("de-AT", "„Wo?“"), ("en", "“Wo?”"), ("fr", "«\u202fWo?\u202f»"), ("xx", "“Wo?”"), ("", "“Wo?”")],
)
def test_marks_are_those_of_the_maps_language_and_stand_once(language: str, marked: str) -> None:
    document = Document(commands.new_map("M", language=language))
    for written in ("Wo?", "“Wo?”", "„Wo?“", ' "Wo?" ', "«\u202fWo?\u202f»"):
        assert quoted(written, document) == marked
        assert bare(written) == "Wo?"


@pytest.mark.parametrize(("language", "marks"), [("de", "„“"), ("en", "“”")])
def test_a_german_map_is_presented_with_german_marks_whatever_the_program_speaks(language: str, marks: str) -> None:
    document = a_map(language).document
    deck = Deck(document, Figures())
    said = [text.text for slide in deck.columns for text in texts(deck.picture(slide).groups)]
    voices = [text for text in said if SAID[:6] in text]
    assert len(voices) >= 2  # her quote on the first slide, her thought on the phase's
    assert all(text.startswith(marks[0]) and text.rstrip().endswith(marks[1]) for text in voices), voices
    ines = document.all(Persona)[0]
    assert f"{marks[0]}{SAID}{marks[1]}" in personacopy.text(document, ines.id)
