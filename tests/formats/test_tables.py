"""Tables that leave: no text becomes a formula, numbers stay numbers, and our own reader gives back what was written."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journeymap.data import peek
from journeymap.formats import tables

SIGNS = "=+-@\t\r"
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
RISKY = st.builds(
    lambda before, sign, rest: before + sign + rest,
    st.text(alphabet=" '\n\u00a0\t\r", max_size=4),
    st.sampled_from([*SIGNS, "\uff1d"]),
    TEXT,
)
WORDS = TEXT | RISKY
NUMBER = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False, width=32)
LANGUAGE = st.sampled_from(["en", "de", "fr-CA", "pt_BR", "ja", ""])
TABLE = st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1, max_size=6))


def foreign(data: bytes, language: str) -> list[list[str]]:
    """The rows as the csv module of Python has them, which knows nothing of apostrophes."""
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=tables.style(language).delimiter))


@given(TABLE, LANGUAGE)
@example([["=1+1", "@SUM(A1)"], ["'=1+1", "''-2"]], "de")
def test_no_text_begins_as_a_formula_would(rows: list[list[str]], language: str) -> None:
    for row in foreign(tables.csv_file(rows, language), language):
        for cell in row:
            assert not re.match(r"\s*[=+\-@\t\r\uff1d]", cell), cell


@given(TABLE, LANGUAGE)
@example([["=1+1", "'=1+1"], ["''=1", "'plain"]], "en")
def test_our_reader_gives_back_every_text_unchanged(rows: list[list[str]], language: str) -> None:
    assert tables.read(tables.csv_file(rows, language)) == rows
    assert tables.read(tables.clipboard(rows)) == rows


@given(st.lists(st.lists(NUMBER, min_size=2, max_size=2), min_size=1, max_size=5), LANGUAGE)
def test_numbers_stay_numbers(rows: list[list[float]], language: str) -> None:
    decimal = tables.style(language).decimal
    read = foreign(tables.csv_file(rows, language), language)
    assert [[float(cell.replace(decimal, ".")) for cell in row] for row in read] == rows


def test_a_negative_number_is_no_formula_but_a_text_that_looks_like_one_is_kept_apart() -> None:
    assert tables.csv_file([[-3, -2.5, "-3", None, float("nan")]]) == b'\xef\xbb\xbf-3,-2.5,"\'-3",,\r\n'
    assert tables.csv_file([[-3, -2.5, "-3"]], "de") == b'\xef\xbb\xbf-3;-2,5;"\'-3"\r\n'


@pytest.mark.parametrize("text", ["a;=cmd()", "a,=cmd()", 'a";"=cmd()', "a\n=cmd()", "a\t=cmd()"])
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_delimiter_inside_a_text_opens_no_second_cell(text: str, language: str, delimiter: str) -> None:
    """Even where a program takes another delimiter than the one that was meant."""
    data = tables.csv_file([[text, "end"]], language).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(data, newline=""), delimiter=delimiter) for cell in row]
    assert not any(cell.startswith(tuple(SIGNS)) for cell in cells)


@pytest.mark.parametrize(
    ("language", "delimiter"), [("en", ","), ("de", ";"), ("de-AT", ";"), ("fr_FR", ";"), ("ja", ","), ("", ",")]
)
def test_the_delimiter_is_the_one_that_spreadsheets_expect_in_the_language(language: str, delimiter: str) -> None:
    assert tables.style(language).delimiter == delimiter


def test_two_other_readers_see_the_same_table(tmp_path: Path) -> None:
    rows: list[list[tables.Cell]] = [["Touchpoint", "Figure"], ["=1+1", -3], ['Größe; „x“, "y"\nz', 2.5]]
    path = tmp_path / "table.csv"
    path.write_bytes(tables.csv_file(rows))
    found = duckdb.sql(f"SELECT * FROM read_csv('{path}', header = true, strict_mode = false)").fetchall()
    assert found == [("'=1+1", -3.0), ('Größe; „x“, "y"\nz', 2.5)]
    sample = peek(path)
    assert sample.columns == ("Touchpoint", "Figure") or list(sample.columns) == ["Touchpoint", "Figure"]
    assert [list(row) for row in sample.rows] == [["'=1+1", "-3"], ['Größe; „x“, "y"\nz', "2.5"]]


def test_what_a_spreadsheet_copies_is_read_by_its_tabs() -> None:
    assert tables.read('Name, e-mail\tReserve\r\n"two\nlines"\t\'=x\r\n') == [
        ["Name, e-mail", "Reserve"],
        ["two\nlines", "=x"],
    ]
    assert tables.read("Name, e-mail", "\t") == [["Name, e-mail"]]
    assert tables.read("") == []
