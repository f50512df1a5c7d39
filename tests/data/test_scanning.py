"""Two ways to read a CSV file: by Arrow where a row is a line, and by DuckDB. What comes of it is the same."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outcomes import HEAD, RECIPE, cells, outcome, written

from journeymap.data import Recipe, prepare
from journeymap.data.counting import encoding, numbering, scanning, tallying
from journeymap.data.counting.tallying import Tally
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id


@pytest.fixture
def document():
    return Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])


@pytest.fixture
def arrow_seen(monkeypatch):
    """How often the table came from Arrow, and how often it was refused."""
    seen = Counter()
    scan = scanning.scan

    def told(engine, into, *arguments):
        if isinstance(into, Tally):
            scan(engine, into, *arguments)
            return
        try:
            scan(engine, into, *arguments)
        except numbering.Refused:
            seen["refused"] += 1
            raise
        seen["read"] += 1

    monkeypatch.setattr(scanning, "scan", told)
    monkeypatch.setattr(scanning, "SMALLEST", 0)
    return seen


def both(document, path, monkeypatch, smallest=0):
    """The outcome by Arrow, where it can, and by DuckDB. Counted while the file is read, where it can be, it is the same."""
    found = []
    for least, least_tallied in ((smallest, 0), (smallest, 1 << 62), (1 << 62, 1 << 62)):
        with monkeypatch.context() as patch:
            patch.setattr(scanning, "SMALLEST", least)
            patch.setattr(tallying, "SMALLEST", least_tallied)
            found.append(outcome(document, path))
    tallied, scanned, by_engine = found
    assert tallied == scanned
    return scanned, by_engine


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(cells, min_size=1, max_size=40),
    ends=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
    spoil=st.sampled_from(["", "", "", "quote", "short", "long", "blank", "return", "mixed", "marked"]),
    piece=st.sampled_from([150, 400, 1 << 20]),
    waiting=st.sampled_from([40, 1 << 20]),
)
def test_both_ways_give_the_same_account(
    document, tmp_path, monkeypatch, table, ends, last, spoil, piece, waiting
):  # fmt: skip
    lines = [",".join(HEAD), *(",".join(row) for row in table)]
    middle = len(lines) // 2 + 1
    spoiled = {
        "quote": 'x,"Po""st",5,5,a,b,c',
        "short": "2026-01-03,Post,5",
        "long": "2026-01-03,Post,5,5,a,b,c,d",
        "blank": "",
    }
    if spoil in spoiled:
        lines.insert(middle, spoiled[spoil])
    text = ends.join(lines) + (ends if last else "")
    if spoil == "return":
        text += "2026-01-03,Post,5,5,a,b,c\r2026-01-03,Post,5,5,a,b,c"
    if spoil == "mixed":
        text += "\r\n2026-01-03,Post,5,5,a,b,c\n"
    path = tmp_path / "some.csv"
    path.write_bytes(text.encode("utf-8-sig" if spoil == "marked" else "utf-8"))
    with monkeypatch.context() as patch:
        patch.setattr(scanning, "PIECE", piece)
        patch.setattr(scanning, "MOST_WAITING", waiting)
        found, expected = both(document, path, monkeypatch)
    assert found == expected


def rows(count):
    for number in range(count):
        where = f"Place {number % 7}" if number < count * 0.9 else f"Late place {number % 3}"
        yield f"2026-01-{number % 28 + 1:02},{where},{number % 11},{number % 5 + 1},{'ab'[number % 2]},,x"


def test_texts_that_come_late_get_numbers_as_well(document, tmp_path, monkeypatch, arrow_seen):
    monkeypatch.setattr(encoding, "PIECES", 2)
    monkeypatch.setattr(encoding, "PIECE", 1 << 12)
    monkeypatch.setattr(scanning, "PIECE", 1 << 14)
    path = written(tmp_path / "late.csv", rows(20_000))
    found, expected = both(document, path, monkeypatch)
    assert found == expected
    assert arrow_seen == {"read": 1}
    assert {name for name, *_rest in found[1]} >= {((f"Late place {number}", None), "nps") for number in range(3)}


@pytest.mark.parametrize(
    ("late", "again"),
    [("n/a", 2), ("0x7", 2), ("007", 1), ("-3", 1), ("300", 1), ("40000", 2), ("", 1), ("8.0", 2), (" 8", 1)],
)
def test_an_answer_that_is_no_plain_number_is_met_late(document, tmp_path, monkeypatch, arrow_seen, late, again):
    """Numbers are read as such while all are plain; where one is not, the file is read again with them as texts."""
    monkeypatch.setattr(encoding, "PIECES", 2)
    monkeypatch.setattr(encoding, "PIECE", 1 << 12)
    monkeypatch.setattr(scanning, "PIECE", 1 << 14)
    monkeypatch.setattr(scanning, "MOST_WAITING", 1000)
    fill, filled = scanning._fill, []
    monkeypatch.setattr(
        scanning, "_fill", lambda into, *given: (isinstance(into, Tally) or filled.append(1), fill(into, *given))
    )
    lines = list(rows(12_000))
    lines.insert(10_001, f"2026-01-03,Place 1,{late},3,a,,x")
    path = written(tmp_path / "late.csv", lines)
    found, expected = both(document, path, monkeypatch)
    assert found == expected
    assert arrow_seen == {"read": 1}
    assert len(filled) == again


def test_a_text_that_the_recipe_names_is_told_from_the_number_it_looks_like(
    document, tmp_path, monkeypatch, arrow_seen
):
    recipe = Recipe.from_toml(RECIPE.replace('column = "Score"', 'column = "Score"\nmissing = ["07"]'))
    lines = [f"2026-01-01,Post,{'07' if number % 10 == 3 else 7},3,a,,x" for number in range(3_000)]
    path = written(tmp_path / "seven.csv", lines)
    nps = next(one for one in prepare(document, [path], recipe).measures if one.kpi == "nps")
    assert arrow_seen == {"read": 1}
    assert (nps.n, nps.missing) == (2_700, 300)


@pytest.mark.parametrize(
    "spoilt", ['2026-01-03,"Place, 1",3,4,a,,x', "2026-01-03,Place 1,3", "2026-01-03,Place 1,3,4,a,,x\r"]
)
def test_a_row_that_is_no_plain_line_makes_the_engine_read_the_file_again(
    document, tmp_path, monkeypatch, arrow_seen, spoilt
):  # fmt: skip
    monkeypatch.setattr(encoding, "PIECES", 2)
    monkeypatch.setattr(encoding, "PIECE", 1 << 12)
    monkeypatch.setattr(scanning, "PIECE", 1 << 14)
    monkeypatch.setattr(scanning, "MOST_WAITING", 1000)
    lines = list(rows(20_000))
    lines.insert(15_001, spoilt)
    path = written(tmp_path / "spoilt.csv", lines)
    found, expected = both(document, path, monkeypatch)
    assert arrow_seen == {"refused": 1}
    assert found == expected
    assert found[0]["rows_read"] == 20_001


def test_a_column_of_too_many_texts_is_read_by_the_engine(document, tmp_path, monkeypatch, arrow_seen):
    from journeymap.data.counting import staging

    monkeypatch.setattr(staging, "MOST_NUMBERED", 100)
    monkeypatch.setattr(encoding, "PIECES", 2)
    monkeypatch.setattr(encoding, "PIECE", 1 << 12)
    late = (f"2026-01-01,Late place {number},1,1,a,,x" for number in range(150))
    path = written(tmp_path / "many.csv", [*rows(2_000), *late, *rows(500)])
    found, expected = both(document, path, monkeypatch)
    assert arrow_seen == {"refused": 1}
    assert found == expected


def test_several_files_become_one_table(document, tmp_path, arrow_seen):
    lines = list(rows(2_000))
    one, other = written(tmp_path / "one.csv", lines[:900]), written(tmp_path / "other.csv", lines[900:])
    intake = prepare(document, [one, other], Recipe.from_toml(RECIPE))
    assert arrow_seen == {"read": 1}
    assert intake.account["rows_used"] == 2_000
    assert sum(measure.n for measure in intake.measures) == 4_000


def test_it_can_be_stopped_between_pieces(document, tmp_path, monkeypatch):
    from journeymap.data.counting.engine import Engine, Interrupted
    from journeymap.data.recipe import Source
    from journeymap.data.sources import peek, plain

    path = written(tmp_path / "some.csv", rows(2_000))
    words = encoding.Words(frozenset(range(6)))
    readable = plain(peek(path), tmp_path, 0, Source())
    engine = Engine(tmp_path, [readable.path])
    words.meet([readable], HEAD[:6])
    monkeypatch.setattr(scanning, "SMALLEST", 0)
    assert scanning.suits([readable], HEAD[:6], words)
    engine.interrupt()
    with pytest.raises(Interrupted):
        scanning.scan(engine, scanning.Table(engine, "raw"), [readable], HEAD[:6], words, 20_000)
    engine.close()
