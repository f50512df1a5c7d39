"""PDF files: what another reader finds in them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading import fonts_of, images_of, outline_of, squeezed, text_of
from sample import ACTIONS, PAINS, PHASES, figures_of, sample

from journeymap.formats import export
from journeymap.formats.papers import SIZES, paper
from journeymap.formats.pdf import About, pdf
from journeymap.model import theme
from journeymap.model.picture import Box, Ellipse, Group, Item, Line, Meaning, Picture, Stroke, Text
from journeymap.model.picture import Path as Steps
from journeymap.model.records import Persona

MADE = datetime(2026, 11, 12, 9, 30)  # noqa: DTZ001
TONES = "🏻🏼🏽🏾🏿"


def drawn(*items: Item) -> Picture:
    return Picture(200, 100, (Group(10, 10, 100, 50, Meaning("card"), items),))


def written(tmp_path: Path, *items: Item) -> Path:
    path = tmp_path / "drawn.pdf"
    path.write_bytes(pdf([drawn(*items)], About("Drawn"), theme.PRINT).data)
    return path


def exported(tmp_path: Path, **options: object) -> Path:
    document = sample()
    path = tmp_path / "map.pdf"
    export(document, figures_of(document), path, made=MADE, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("name", SIZES)
def test_the_page_is_as_large_as_its_paper_within_a_millimetre(tmp_path: Path, name: str, orientation: str) -> None:
    box = pypdf.PdfReader(exported(tmp_path, paper=name, orientation=orientation)).pages[0].mediabox
    wanted = sorted(SIZES[name], reverse=orientation == "landscape")
    for points, millimetres in zip((box.width, box.height), wanted, strict=True):
        assert float(points) / 72 * 25.4 == pytest.approx(millimetres, abs=1)


def test_every_text_of_the_map_is_found_in_the_order_of_reading(tmp_path: Path) -> None:
    text = squeezed(text_of(exported(tmp_path, paper="A2")))
    document = sample()
    wanted = [document.map.title, document.map.finding]
    for name, _goal, _duration, steps in PHASES:
        wanted += [name, *steps]
    at = 0
    for words in wanted:
        at = text.index(squeezed(words), at)
    for person in document.all(Persona):
        assert squeezed(person.name) in text
        assert squeezed(person.quote) in text
    for _place, words, *_rest in PAINS:
        assert squeezed(words) in text
    for words in ("Fleet planning", "Reservation system", "Sign 7, desk", "No trouble: 70 %", "Roadside partner"):
        assert squeezed(words) in text


def test_every_font_is_embedded_as_a_subset_and_nothing_is_a_raster_picture(tmp_path: Path) -> None:
    path = exported(tmp_path)
    fonts = fonts_of(path)
    assert fonts
    for font in fonts:
        assert "+JM" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font
    assert images_of(path) == 0
    assert path.stat().st_size < 300_000


def test_the_outline_goes_from_phases_to_touchpoints(tmp_path: Path) -> None:
    outline = outline_of(exported(tmp_path))
    assert outline[::2] == [name for name, *_rest in PHASES]
    assert outline[1] == ["1 Ask friends", "2 Compare shops", "3 Reserve online"]


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(exported(tmp_path))
    assert reader.metadata is not None
    assert reader.metadata.title == "A weekend on a rented bicycle"
    assert reader.metadata.author == "Customer experience"
    assert "mood breaks" in (reader.metadata.subject or "")
    assert reader.metadata["/CreationDate"] == "D:20261112093000"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_same_map_gives_the_same_bytes(tmp_path: Path) -> None:
    once = exported(tmp_path).read_bytes()
    assert exported(tmp_path).read_bytes() == once


def test_a_character_without_a_font_is_a_box_is_said_and_can_still_be_searched(tmp_path: Path) -> None:
    document = sample(title="Snow \N{SNOWMAN}\N{HANGUL SYLLABLE AN} day")
    path = tmp_path / "map.pdf"
    done = export(document, figures_of(document), path)
    assert len(done.warnings) == 1
    assert "U+C548" in done.warnings[0]
    assert "\N{HANGUL SYLLABLE AN}" in text_of(path)


def test_chinese_and_emoji_are_set_embedded_and_found_by_searching(tmp_path: Path) -> None:
    document = sample(title="顾客旅程 \N{ROCKET} \N{SNOWMAN}")
    path = tmp_path / "map.pdf"
    assert export(document, figures_of(document), path).warnings == ()
    found = text_of(path)
    assert all(letter in found for letter in "顾客旅程\N{ROCKET}")
    assert b"JMHan-400" in path.read_bytes()
    assert path.stat().st_size < 400_000, "only the letters used are in the file"


def test_arabic_and_hebrew_are_refused_in_words_and_never_drawn_reversed(tmp_path: Path) -> None:
    document = sample(finding="\u05e9\u05dc\u05d5\u05dd")
    done = export(document, figures_of(document), tmp_path / "map.pdf")
    assert any("Arabic, Hebrew" in warning for warning in done.warnings)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"),
            exclude_characters=TONES,
        ),
        min_size=1,
        max_size=12,
    )
)
@example("aé中👍")
def test_every_character_is_either_drawn_or_named(tmp_path: Path, words: str) -> None:
    made = pdf([drawn(Text(0, 20, words, 10))], About("x"), theme.PRINT)
    path = tmp_path / "words.pdf"
    path.write_bytes(made.data)
    import unicodedata

    composed = unicodedata.normalize("NFC", words)
    extracted = pypdf.PdfReader(path).pages[0].extract_text()
    for character in composed:
        assert (
            character in made.missing or character in extracted or unicodedata.normalize("NFKC", character) in extracted
        )


@pytest.mark.parametrize("tone", TONES)
def test_a_skin_tone_goes_with_its_emoji_and_is_drawn_where_it_stands_alone(tmp_path: Path, tone: str) -> None:
    assert tone not in text_of(written(tmp_path, Text(0, 20, f"👍{tone}", 10)))
    for words in (tone, f"a{tone}", f"👍 {tone}"):
        assert tone in text_of(written(tmp_path, Text(0, 20, words, 10)))


def test_a_line_in_three_fonts_stays_one_line_of_text(tmp_path: Path) -> None:
    path = written(tmp_path, Text(0, 20, "12 → \N{GREEK SMALL LETTER ALPHA WITH PSILI} Łódź", 10, figures=True))
    assert squeezed(text_of(path)).startswith("12→")
    assert squeezed(text_of(path)).endswith("Łódź")


def test_brackets_and_backslashes_survive(tmp_path: Path) -> None:
    assert r"a (b) \ c)" in text_of(written(tmp_path, Text(0, 20, r"a (b) \ c)", 10)))


def _operators(tmp_path: Path, *items: Item) -> str:
    page = pypdf.PdfReader(written(tmp_path, *items)).pages[0]
    contents = page.get_contents()
    assert contents is not None
    return contents.get_data().decode("latin-1")


def test_a_hairline_is_never_thinner_than_a_press_prints(tmp_path: Path) -> None:
    assert "0.25 w" in _operators(tmp_path, Line(0, 0, 50, 0, Stroke("hair", 0.05, hair=True)))


def test_shapes_become_vectors_with_the_theme_s_colours(tmp_path: Path) -> None:
    stream = _operators(
        tmp_path,
        Box(0, 0, 20, 10, fill="brand", radius=2),
        Ellipse(5, 5, 3, 3, fill="#FF0000", opacity=0.5),
        Steps((("M", 0, 0), ("C", 1, 1, 2, 2, 3, 3), ("Z",)), stroke=Stroke("p1", 1, (3, 2), cap="round")),
    )
    assert "0.0588 0.3608 0.3882 rg" in stream
    assert "1.0000 0.0000 0.0000 rg" in stream
    assert "[3.00 2.00] 0 d" in stream
    assert " gs" in stream


def test_text_stands_on_its_baseline_at_the_measured_place(tmp_path: Path) -> None:
    found = []
    reader = pypdf.PdfReader(written(tmp_path, Text(100, 20, "End", 10, anchor="end", width=20)))
    reader.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: found.append((text.strip(), tm[4], tm[5]))
    )
    assert ("End", 90.0, 70.0) in found


def test_an_unknown_paper_or_orientation_is_refused_in_a_sentence() -> None:
    from journeymap.failure import Failure

    with pytest.raises(Failure, match="choose one of A4"):
        paper("B5")
    with pytest.raises(Failure, match="landscape"):
        paper("A4", "diagonal")


def test_plan_texts_are_found(tmp_path: Path) -> None:
    text = squeezed(text_of(exported(tmp_path, kind="plan")))
    for _place, words, _severity, _frequency, _n, evidence in PAINS:
        assert squeezed(words) in text
        assert squeezed(evidence) in text
    for title, *_rest in ACTIONS:
        assert squeezed(title) in text


def test_letters_of_titles_are_kerned_and_the_words_stay_words(tmp_path: Path) -> None:
    path = written(tmp_path, Text(0, 30, "AV Today", 30, 700))
    stream = _operators(tmp_path, Text(0, 30, "AV Today", 30, 700))
    assert "(A) 108 (V" in stream
    assert "AV Today" in text_of(path)
    assert "TJ" not in _operators(tmp_path, Text(0, 30, "AV Today", 10, 700))
