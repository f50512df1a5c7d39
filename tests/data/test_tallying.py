"""Large plain files are counted while they are read. What comes of it is what counting their rows brings."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outcomes import cells, outcome, written

from journeymap.data.counting import aggregate, encoding, scanning, tallying
from journeymap.data.counting.tallying import Tally
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id

ROLES = {
    "all": ['date = "Day"', 'touchpoint = "Where"', 'segments = ["Group", "Land"]'],
    "no days": ['touchpoint = "Where"', 'segments = ["Group"]'],
    "no places": ['date = "Day"', 'segments = ["Group"]'],
    "no segments": ['date = "Day"', 'touchpoint = "Where"'],
    "nothing": [],
    "a segment of places": ['date = "Day"', 'touchpoint = "Where"', 'segments = ["Where"]'],
}
MEASURES = {
    "one": [("nps", "Score", "")],
    "two": [("nps", "Score", ""), ("csat", "Happy", "scale = [1, 5]")],
    "one column twice": [("nps", "Score", ""), ("csat", "Score", "scale = [0, 10]")],
    "one of its own place": [("nps", "Score", 'touchpoint = "Post"'), ("csat", "Happy", "scale = [1, 5]")],
    "three": [("nps", "Score", ""), ("csat", "Happy", "scale = [1, 5]"), ("rating", "Happy", "reversed = true")],
}


def recipe(roles, measures):
    lines = ["[columns]", *ROLES[roles]]
    for kpi, column, more in MEASURES[measures]:
        lines += ["[[measure]]", f'kpi = "{kpi}"', f'column = "{column}"', more]
    return "\n".join(lines)


@pytest.fixture
def document():
    return Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])


@pytest.fixture
def taken(monkeypatch):
    """How many times it came of a tally."""
    seen = []
    counts = Tally.counts

    def told(tally, words):
        found = counts(tally, words)
        seen.append(found)
        return found

    monkeypatch.setattr(Tally, "counts", told)
    return seen


def both(document, path, text, monkeypatch):
    """The outcome of counting while the file is read, and of counting a table of its rows."""
    found = []
    for least in (0, 1 << 62):
        with monkeypatch.context() as patch:
            patch.setattr(scanning, "SMALLEST", 0)
            patch.setattr(tallying, "SMALLEST", least)
            found.append(outcome(document, path, text))
    return found


@pytest.mark.parametrize("measures", MEASURES)
@pytest.mark.parametrize("roles", ROLES)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.lists(cells, min_size=1, max_size=60), piece=st.sampled_from([150, 1 << 20]))
def test_what_is_counted_while_reading_is_what_a_table_brings(
    document, tmp_path, monkeypatch, table, piece, roles, measures
):  # fmt: skip
    path = written(tmp_path / "some.csv", [",".join(row) for row in table])
    with monkeypatch.context() as patch:
        patch.setattr(scanning, "PIECE", piece)
        tallied, counted = both(document, path, recipe(roles, measures), monkeypatch)
    assert tallied == counted


def plain(count, days=28):
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=number * 7919 // 13 % days)
        yield f"{day},Place {number % 7},{number % 11},{number % 5 + 1},{'ab'[number % 2]},c{number % 3},x"


@pytest.mark.parametrize(("most", "grain"), [(700, "month"), (12_000, "week"), (1_000_000, "day")])
def test_the_grain_is_the_one_that_a_table_would_get(document, tmp_path, monkeypatch, taken, most, grain):
    path = written(tmp_path / "some.csv", plain(9_000, 100))
    monkeypatch.setattr(aggregate, "MOST_CELLS", most)
    tallied, counted = both(document, path, recipe("all", "two"), monkeypatch)
    assert tallied == counted
    assert [found.grain for _meant, found, _sums in taken] == [grain]


def test_texts_and_numbers_that_come_late_widen_the_arrays(document, tmp_path, monkeypatch, taken):
    monkeypatch.setattr(encoding, "PIECES", 2)
    monkeypatch.setattr(encoding, "PIECE", 1 << 12)
    monkeypatch.setattr(scanning, "PIECE", 1 << 13)
    lines = list(plain(6_000))
    for number, late in enumerate(("2025-12-31,Early,-3,0,z,,x", ",,300,,,y,x", "2026-02-28,Late,12,7,,new,x")):
        lines[4_000 + 600 * number] = late
    path = written(tmp_path / "late.csv", lines)
    tallied, counted = both(document, path, recipe("all", "two"), monkeypatch)
    assert tallied == counted
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("of", "name", "most"),
    [("arrays", "MOST_CELLS", 500), ("arrays", "MOST_TOGETHER", 900), ("days", "", 0)],
)
def test_rows_that_cannot_be_counted_so_are_counted_in_a_table(
    document, tmp_path, monkeypatch, taken, of, name, most
):  # fmt: skip
    lines = list(plain(3_000))
    if of == "days":  # a row that is left out, of which pairs of answers would know nothing
        lines[1_500] = "soon,Place 1,5,5,a,c1,x"
    else:
        monkeypatch.setattr(tallying, name, most)
    tallied, counted = both(document, written(tmp_path / "some.csv", lines), recipe("all", "two"), monkeypatch)
    assert tallied == counted
    assert not taken


def test_a_weight_or_a_filter_needs_the_rows(document, tmp_path, monkeypatch, taken):
    path = written(tmp_path / "some.csv", plain(300))
    for text in ('weight = "Happy"', ""):
        found = recipe("all", "one").replace("[columns]", f"[columns]\n{text}")
        found = found if text else f"filter = \"Group = 'a'\"\n{found}"
        tallied, counted = both(document, path, found, monkeypatch)
        assert tallied == counted
    assert not taken


def test_ibis_is_not_loaded_for_it(tmp_path):
    """Half a second that a large file is read faster."""
    path = written(tmp_path / "some.csv", plain(3_000))
    code = f"""
import sys
from pathlib import Path
from journeymap.data import Recipe, prepare
from journeymap.data.counting import scanning, tallying
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id
scanning.SMALLEST = tallying.SMALLEST = 0
document = Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])
intake = prepare(document, [Path({str(path)!r})], Recipe.from_toml({recipe("all", "two")!r}))
print(sum(one.rows for one in intake.measures), "ibis" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["6000", "False"]
