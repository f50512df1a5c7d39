"""Measuring and breaking text."""

from __future__ import annotations

import subprocess
import sys
import time
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from journeymap import resources
from journeymap.model import text

PIECES = (
    "queue", "Datenschutzgrundverordnung", "e-mail", "and/or", "ожидание", "ουρά", "荷物を待つ。", "😀", "ffi", "a", "W" * 30, "x\nyz",
    "soft\u00adhyphen\u00adated", "naïve", "Ⅷ", "",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join) | st.text(max_size=40)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.floats(20, 300), st.sampled_from((7.0, 13.0, 24.0)), st.sampled_from((400, 600)), st.integers(1, 6))
def test_no_line_is_wider_than_its_room(words: str, room: float, size: float, weight: int, most: int) -> None:
    found = text.wrap(words, room, size, weight, most)
    assert 1 <= len(found.lines) <= most
    for line in found.lines:
        assert text.width(line, size, weight) <= room + 1e-6 or len(line) <= 2


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.floats(20, 300))
def test_nothing_is_lost_by_breaking(words: str, room: float) -> None:
    found = text.wrap(words, room, 13, max_lines=10_000)
    assert not found.cut
    kept = {" ", "\n", "-", "\u00ad"}
    letters = [char for char in text.clean(words) if char not in kept]
    assert [char for line in found.lines for char in line if char not in kept] == letters


SPACED = st.lists(st.sampled_from((*PIECES, "", "", "a", "to", "queue")), max_size=14).map(" ".join)


@settings(max_examples=500, deadline=None)
@given(SPACED | TEXTS, st.floats(10, 300), st.sampled_from((7.0, 13.0, 24.0)), st.integers(1, 6))
@example("soft\xadhyphen\xadated   ", 105.0, 13.0, 2)  # spaces behind the last word make no line
def test_lines_are_counted_as_they_are_broken(words: str, room: float, size: float, most: int) -> None:
    assert text.count(words, room, size, max_lines=most) == len(text.wrap(words, room, size, max_lines=most).lines)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.floats(20, 200))
def test_a_cut_is_told_and_seen(words: str, room: float) -> None:
    whole, short = text.wrap(words, room, 13, max_lines=10_000), text.wrap(words, room, 13, max_lines=1)
    assert short.cut == (len(whole.lines) > 1)
    assert short.cut == short.lines[-1].endswith("…") or words.rstrip().endswith("…")


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from((11.0, 24.0)), st.sampled_from((400, 700)), st.booleans())
def test_runs_are_as_wide_as_the_line(words: str, size: float, weight: int, figures: bool) -> None:
    line = text.clean(words).replace("\n", " ").replace("\u00ad", "")
    total = sum(run.width for run in text.runs(line, size, weight, figures=figures))
    assert abs(total - text.width(line, size, weight, figures=figures)) < 1e-6
    assert len("".join(run.text for run in text.runs(line, size, weight))) == len(line)


def test_widths_are_those_of_the_font_files() -> None:
    from fontTools.ttLib import TTFont

    for family, weight in (("Text", 400), ("Text", 600), ("Display", 700), ("Figures", 700)):
        font = TTFont(resources.font_file(family, weight))
        advances, glyphs, upm = font["hmtx"].metrics, font.getBestCmap(), font["head"].unitsPerEm
        line = "Queue 0123456789 %"
        size = 24.0 if family == "Display" else 10.0
        mine = text.width(line, size, weight, figures=family == "Figures")
        track = text.tracking(size) * len(line) * size
        assert abs(mine - track - sum(advances[glyphs[ord(char)]][0] for char in line) / upm * size) < 1e-6


def test_figures_are_all_as_wide() -> None:
    widths = {round(text.width(digit, 16, 700, figures=True), 6) for digit in "0123456789"}
    assert len(widths) == 1


def test_long_words_break_before_a_syllable_with_a_hyphen() -> None:
    lines = text.wrap("Kundenzufriedenheitsbefragung", 60, 8.4, 600).lines
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.removesuffix("-") for line in lines) == "Kundenzufriedenheitsbefragung"


def test_soft_hyphens_say_where_a_word_breaks_and_are_not_seen_elsewhere() -> None:
    assert text.wrap("Donau\u00addampf\u00adschiff", 50, 10).lines == ("Donau-", "dampf-", "schiff")
    assert text.wrap("Donau\u00addampf", 500, 10).lines == ("Donaudampf",)


def test_words_break_after_their_own_hyphens_and_slashes() -> None:
    assert text.wrap("Get the e-mail", 52, 8.4, 600, 2).lines == ("Get the", "e-mail")
    assert text.wrap("check-in/bag-drop", 50, 10).lines == ("check-in/", "bag-drop")


def test_a_short_word_is_not_left_alone() -> None:
    room = text.width("We shall go to", 10)
    assert text.wrap("We shall go to bed", room, 10).lines == ("We shall go", "to bed")


def test_ideographs_break_anywhere_but_not_before_a_closing_sign() -> None:
    lines = text.wrap("荷物を待っています。案内が何もありません。", 60, 10).lines
    assert len(lines) > 2
    assert not [line for line in lines if line[0] in "。、"]


def test_what_no_font_has_is_named_and_drawn_as_a_box() -> None:
    assert text.missing("OK 안 😀 日本 ąλж ש") == {"안", "ש"}
    runs = text.runs("a안b", 10)
    assert "".join(run.text for run in runs) == "a□b"
    assert all((resources.root() / "fonts" / f"{run.font}.ttf").exists() for run in runs)


def test_chinese_japanese_and_emoji_have_fonts_of_their_own() -> None:
    runs = text.runs("a旅程ひカ😀b", 10, 600)
    assert [(run.font, run.text) for run in runs] == [
        ("JMText-600", "a"), ("JMHan-400", "旅程ひカ"), ("JMEmoji-400", "😀"), ("JMText-600", "b"),
    ]  # fmt: skip
    assert runs[1].width == 40  # as wide as high


def test_an_emoji_loses_its_skin_tone_and_what_joins_it_to_others() -> None:
    assert text.clean("👍🏽 👩\u200d💻 ❤\ufe0f") == "👍 👩💻 ❤"


def test_letters_that_only_noto_has_come_from_noto() -> None:
    tables = {font: text._advances(font) for font in ("JMNoto-400", "JMText-400")}
    only = next(char for char in tables["JMNoto-400"] if char not in tables["JMText-400"] and char.isalpha())
    assert [run.font for run in text.runs(f"a{only}", 10)] == ["JMText-400", "JMNoto-400"]


def test_large_type_is_set_in_the_display_cut_and_tighter() -> None:
    assert text.runs("A", 19.9, 600)[0].font == "JMText-600"
    assert text.runs("A", 20, 600)[0].font == "JMDisplay-600"
    assert text.tracking(11) == 0 > text.tracking(20) > text.tracking(36) > text.tracking(50)


def test_forty_thousand_texts_are_broken_in_well_under_a_second() -> None:
    rnd = Random(1)
    vocabulary = ["".join(rnd.choices("abcdefghijklmnoprstuvw", k=rnd.randint(2, 11))) for _ in range(3000)]
    texts = [" ".join(rnd.choices(vocabulary, k=rnd.randint(2, 8))) for _ in range(40_000)]
    start = time.process_time()
    for words in texts:
        text.wrap(words, 124, 13)
    assert time.process_time() - start < 1.5  # about 0.25 s on an idle machine


def test_measuring_needs_no_font_parser() -> None:
    code = "import sys; from journeymap.model import text; text.width('x', 10); print('fontTools' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_soft_hyphen_that_is_not_drawn_takes_no_room_and_gives_none() -> None:
    words = "soft\u00adhyphen\u00adated soft\u00adhyphen\u00adated Ⅷ Ⅷ"
    for room in (90.0176, 160.0222, 90.0915):
        for weight in (400, 600):
            found = text.wrap(words, room, 24.0, weight, 6)
            assert all(text.width(line, 24.0, weight) <= room + 1e-6 for line in found.lines)
