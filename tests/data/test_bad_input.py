"""Whatever is given as a survey: an honest import, or one plain sentence; and nothing left behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from journeymap.data import Columns, Question, Recipe, Source, peek, prepare
from journeymap.failure import Failure

RECIPE = Recipe(questions=(Question("csat", "score", scale=(1.0, 5.0)),))


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """A temporary folder of our own, which has to be empty again afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = set(Path.cwd().iterdir())
    yield folder
    assert list(folder.iterdir()) == []
    assert set(Path.cwd().iterdir()) == before


def refused(path, document, recipe=RECIPE) -> str:
    with pytest.raises(Failure) as caught:
        prepare(document, [path], recipe)
    sentence = str(caught.value)
    assert sentence.strip()
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


def test_an_empty_file_is_said_to_be_empty(write, empty_map):
    assert "empty" in refused(write(""), empty_map)
    assert "empty" in refused(write("\n \r\n\n"), empty_map)
    assert "empty" in refused(write(b"\xef\xbb\xbf"), empty_map)


def test_a_header_with_nothing_below_it_is_said_so(write, empty_map):
    assert "header" in refused(write("score,who\n"), empty_map)
    assert "header" in refused(write("score,who"), empty_map)


def test_a_wrong_delimiter_is_named_with_what_it_did(write, empty_map):
    path = write("score,who\n5,a\n4,b\n")
    sentence = refused(path, empty_map, Recipe(Source(delimiter=";"), questions=RECIPE.questions))
    assert "“;”" in sentence
    assert "score" in sentence


def test_windows_1252_is_read_with_its_umlauts(write, empty_map):
    path = write("score,where\n5,Küche\n4,Café\n".encode("cp1252"))
    recipe = Recipe(columns=Columns(touchpoint="where"), questions=RECIPE.questions)
    intake = prepare(empty_map, [path], recipe)
    assert sorted(intake.created["touchpoints"]) == ["Café", "Küche"]
    assert peek(path).encoding == "cp1252"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_unicode_files_are_read(write, empty_map, encoding):
    path = write("score;where\r\n5;Schalter ß\r\n4;Schalter ß\r\n", encoding=encoding)
    intake = prepare(empty_map, [path], Recipe(columns=Columns(touchpoint="where"), questions=RECIPE.questions))
    assert intake.created["touchpoints"] == ["Schalter ß"]
    assert intake.measures[0].n == 2


def test_a_file_said_to_be_utf8_that_is_not_is_refused(write, empty_map):
    path = write("score,where\n5,Küche\n".encode("cp1252"))
    assert "utf-8" in refused(path, empty_map, Recipe(Source(encoding="utf-8"), questions=RECIPE.questions))
    assert "klingon" in refused(path, empty_map, Recipe(Source(encoding="klingon"), questions=RECIPE.questions))


def test_a_column_that_is_not_there_is_named_with_what_comes_near(write, empty_map):
    path = write("scores,who\n5,a\n")
    assert "“score”" in (sentence := refused(path, empty_map))
    assert "“scores”" in sentence
    told = refused(
        path, empty_map, Recipe(columns=Columns(segments=("Gender",)), questions=(Question("csat", "scores"),))
    )
    assert "“Gender”" in told
    assert "scores, who" in told


def test_letters_where_numbers_belong_are_counted_as_unreadable(write, empty_map):
    intake = prepare(empty_map, [write("score,who\n5,a\ngood,b\nbad,c\n9,d\n")], RECIPE)
    (measure,) = intake.measures
    assert (measure.rows, measure.n, measure.unreadable) == (4, 1, 3)
    assert any("good" in warning or "bad" in warning for warning in intake.warnings)
    assert any("9" in warning and "scale" in warning for warning in intake.warnings)


def test_a_column_of_letters_only_is_refused(write, empty_map):
    assert "“score”" in refused(write("score,who\ngood,a\nbad,b\n"), empty_map)


def test_a_comment_column_is_no_scale(write, empty_map):
    lines = "\n".join(f"comment number {number}" for number in range(21_000))
    assert "score" in refused(write(f"score\n{lines}\n"), empty_map)


def test_three_hundred_columns_are_read(write, empty_map):
    header = ",".join(f"q{number}" for number in range(300))
    lines = "\n".join(",".join(str((row + number) % 5 + 1) for number in range(300)) for row in range(50))
    questions = tuple(Question("csat", f"q{number}", touchpoint=f"T{number}", scale=(1, 5)) for number in range(300))
    intake = prepare(empty_map, [write(f"{header}\n{lines}\n")], Recipe(questions=questions))
    assert [measure.n for measure in intake.measures] == [50] * 300


def test_a_line_of_100_mb_is_refused(write, empty_map):
    path = write(b"score,who\n5," + b"x" * 100_000_000 + b"\n")
    assert "line" in refused(path, empty_map)


def test_a_cell_of_a_megabyte_is_refused_with_its_line(write, empty_map):
    path = write(b"score,who\n5,a\n4," + b"x\n" * 10 + b"y" * 700_000 + b"\n3,c\n")
    assert "131,072" in refused(path, empty_map)


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, b"PK\x03\x04" + bytes(1000), os.urandom(5000), bytes(5000), b"%PDF-1.7\n\x00\x01\x02\x03\x04\x05" * 20],
    ids=["png", "zip", "noise", "zeros", "pdf"],
)  # fmt: skip
def test_binary_rubbish_is_refused(write, empty_map, content):
    refused(write(content), empty_map)


def test_noise_never_ends_in_anything_but_a_sentence(write, empty_map):
    import random

    noise = random.Random(7)
    for number in range(60):
        alphabet = noise.choice([b',;"\n\r\tscore15 ', bytes(range(32, 127)) + b"\n", bytes(range(256))])
        content = noise.choice([b"", b"score,who\n"]) + bytes(noise.choices(alphabet, k=noise.randrange(1, 400)))
        try:
            intake = prepare(empty_map, [write(content, f"noise-{number}.csv")], RECIPE)
        except Failure as failure:
            assert "\n" not in str(failure)  # noqa: PT017
        else:
            told = intake.as_json()
            assert told["rows_read"] == told["rows_used"] + sum(told["rows_dropped"].values())


def test_a_folder_and_a_missing_file_are_said_so(tmp_path, empty_map):
    assert "folder" in refused(tmp_path, empty_map)
    assert "no file" in refused(tmp_path / "absent.csv", empty_map)
    assert refused(Path("/dev/null"), empty_map)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said_so(write, empty_map):
    path = write("score\n5\n")
    path.chmod(0)
    assert "cannot be read" in refused(path, empty_map)


def test_nul_characters_in_a_text_file_are_left_out_and_said(write, empty_map):
    intake = prepare(empty_map, [write("score,who\n5,a\x00b\n4\x00,b\n" + "3,c\n" * 200)], RECIPE)
    assert intake.measures[0].n == 202
    assert any("NUL" in warning for warning in intake.warnings)


def test_uneven_rows_are_filled_up_or_left_out_and_counted(write, empty_map):
    path = write("who,score\na,5\nb\nc,4,extra\nd,3,\n\ne,2\n")
    intake = prepare(empty_map, [path], RECIPE)
    report = intake.as_json()
    assert report["rows_read"] == 5
    assert report["rows_dropped"] == {"more cells than columns": 1}
    assert (intake.measures[0].n, intake.measures[0].missing) == (3, 1)


def test_mixed_line_ends_and_stray_quotation_marks_are_read(write, empty_map):
    path = write(b'who,score\r\n"Anna "the first"",5\nb,4\r\n5" screen,3\n')
    assert prepare(empty_map, [path], RECIPE).measures[0].n == 3


def test_old_mac_line_ends_are_read(write, empty_map):
    assert prepare(empty_map, [write(b"who,score\ra,5\rb,4\r")], RECIPE).measures[0].n == 2


@pytest.mark.parametrize("before", ["\n\n", "sep=;\r\n", '"sep=;"\n\n', " \n\r\nSEP=;\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_stands_before_the_header_is_passed_over(write, empty_map, before, encoding):
    path = write(f"{before};score\na;5\nb;4\n", encoding=encoding)
    sample = peek(path)
    assert (sample.columns, sample.delimiter, sample.count) == (("column 1", "score"), ";", 2)
    assert prepare(empty_map, [path], RECIPE).measures[0].n == 2
    named = Recipe(Source(encoding="utf-8"), questions=RECIPE.questions)
    if encoding == "utf-8-sig":
        assert prepare(empty_map, [path], named).measures[0].n == 2


def test_a_tab_before_the_first_header_is_a_blank_header(write, empty_map):
    path = write("\tscore\n1\t5\n2\t4\n")
    assert peek(path).columns == ("column 1", "score")
    assert prepare(empty_map, [path], RECIPE).measures[0].n == 2


def test_a_quotation_mark_that_nobody_closes_is_told_with_its_line(write, empty_map):
    path = write('who,score\na,5\n"b,4\n' + "c,3\n" * 3000)
    assert "line 3" in refused(path, empty_map)


def test_a_name_with_wildcards_reads_only_that_file(write, tmp_path, empty_map):
    write("score\n1\n1\n", "survey1.csv")
    intake = prepare(empty_map, [write("score\n5\n", "survey[1]*.csv")], RECIPE)
    assert intake.as_json()["rows_read"] == 1
    assert intake.data_set.source == "survey[1]*.csv"


def test_a_reader_that_stops_leaves_nothing_behind(write, empty_map, temporary):
    from journeymap.data import Stopped

    path = write("score\n5\n" * 1000)
    seen = []
    with pytest.raises(Stopped):
        prepare(
            empty_map, [path], RECIPE, progress=lambda part, _text: seen.append(part), cancelled=lambda: len(seen) > 2
        )
    assert seen == sorted(seen)

    def burst(part, _text):
        if part > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(empty_map, [path], RECIPE, progress=burst)
