"""Texts that are staged as numbers: those met beforehand, those that are not, and those that are too many."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from journeymap.data import Recipe, prepare
from journeymap.data.counting import aggregate, blocks, encoding
from journeymap.failure import Failure
from journeymap.model.cube import EVERYBODY, UNDATED
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id

RECIPE = """
[columns]
date = "Day"
touchpoint = "Where"
segments = ["Group"]
[[measure]]
kpi = "nps"
column = "Score"
[[measure]]
kpi = "csat"
column = "Happy"
scale = [1, 5]
"""
ROWS = 60_000


@pytest.fixture
def document():
    return Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])


def rows(count=ROWS, *, days=40):
    """Rows in the order of their days, with a few texts that stand nowhere else."""
    for number in range(count):
        day = (date(2026, 1, 1) + timedelta(days=number * days // count)).isoformat()
        where = f"Place {number % 7}" if number % 9_973 else f"Rare place {number // 9_973 % 5}"
        score = str(number % 11) if number % 7_919 else "no idea"
        happy = str(number % 5 + 1) if number % 13 else ""
        yield day, where, score, happy, ("young", "old", "")[number % 3]


def written(path, table):
    lines = [",".join(row) for row in table]
    path.write_text("\n".join(["Day,Where,Score,Happy,Group", *lines]) + "\n", encoding="utf-8")
    return path


def counted(intake):
    """(touchpoint, kpi, day, segment value or None for everybody, answer) → n."""
    place = {measure.id: (intake.places[measure.id][0], measure.kpi) for measure in intake.measures}
    found = Counter()
    for (measure_id, column), block in intake.blocks.items():
        for n, day, value, code in zip(block.n, block.day, block.value, block.code, strict=True):
            group = None if column == EVERYBODY else block.values[value]
            found[(*place[measure_id], day, group, block.codes[code])] += n
    return found


def by_hand(table, grain=lambda day: day):
    found = Counter()
    for day, where, score, happy, group in table:
        number = date.fromisoformat(day)
        number = grain(number).toordinal() - date(1970, 1, 1).toordinal()
        for kpi, text in (("nps", score), ("csat", happy)):
            if text.isdecimal():
                found[where, kpi, number, None, float(text)] += 1
                found[where, kpi, number, group, float(text)] += 1
    return found


def test_texts_that_stand_anywhere_are_counted(document, tmp_path):
    path = written(tmp_path / "big.csv", rows())
    intake = prepare(document, [path], Recipe.from_toml(RECIPE))
    assert path.stat().st_size > encoding.PIECES * encoding.PIECE
    assert counted(intake) == by_hand(rows())
    for measure in intake.measures:
        assert measure.rows == measure.n + measure.missing + measure.not_applicable + measure.unreadable


def test_days_of_a_second_file_are_counted_as_well(document, tmp_path):
    table = list(rows(4_000))
    paths = [written(tmp_path / "one.csv", table[:1_500]), written(tmp_path / "two.csv", table[1_500:])]
    assert counted(prepare(document, paths, Recipe.from_toml(RECIPE))) == by_hand(table)


def test_times_that_only_a_part_of_a_large_file_has_are_dates_all_the_same(document, tmp_path):
    def timed():
        for number, (day, *others) in enumerate(rows(240_000)):
            seldom = 20_000 < number < 90_000
            yield (
                (f"{day} {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}" if seldom else day),
                *others,
            )

    path = written(tmp_path / "times.csv", timed())
    intake = prepare(document, [path], Recipe.from_toml(RECIPE))
    assert counted(intake) == by_hand(rows(240_000))


def test_a_column_of_too_many_names_is_refused_however_late_they_come(document, tmp_path):
    def many():
        for number, (day, _where, *others) in enumerate(rows()):
            yield day, "Place 1" if number < 2_000 else f"Place {number}", *others

    with pytest.raises(Failure, match="holds more than"):
        prepare(document, [written(tmp_path / "names.csv", many())], Recipe.from_toml(RECIPE))


@pytest.mark.parametrize(("most", "grain"), [(2_000, "month"), (6_000, "week"), (1_000_000, "day")])
def test_a_part_of_the_rows_chooses_the_grain_that_all_would(document, tmp_path, monkeypatch, most, grain):
    path = written(tmp_path / "parts.csv", rows(20_000, days=70))
    monkeypatch.setattr(aggregate, "MOST_CELLS", most)
    whole = prepare(document, [path], Recipe.from_toml(RECIPE))
    monkeypatch.setattr(aggregate, "PART", 4_000)
    monkeypatch.setattr(aggregate, "VERY_MANY", 16_000)
    part = prepare(document, [path], Recipe.from_toml(RECIPE))
    assert part.data_set.grain == whole.data_set.grain == grain
    first = {
        "day": lambda day: day,
        "week": lambda day: day - timedelta(days=day.weekday()),
        "month": lambda day: day.replace(day=1),
    }
    assert counted(part) == counted(whole) == by_hand(rows(20_000, days=70), first[grain])


def test_pairs_are_the_same_whether_rows_are_counted_first_or_not(document, tmp_path, monkeypatch):
    path = written(tmp_path / "pairs.csv", rows(20_000))
    first = prepare(document, [path], Recipe.from_toml(RECIPE))
    monkeypatch.setattr(blocks, "MOST_DIFFERENT", 0)
    streamed = prepare(document, [path], Recipe.from_toml(RECIPE))

    def sums(intake):
        return sorted((pair.n, pair.x, pair.y, pair.xx, pair.yy, pair.xy) for pair in intake.pairs)

    assert sums(first) == sums(streamed)
    answered = [row for row in rows(20_000) if row[2].isdecimal() and row[3]]
    assert sum(pair.n for pair in first.pairs) == len(answered)
    assert sum(pair.xy for pair in first.pairs) == sum(int(row[2]) * int(row[3]) for row in answered)


def test_an_undated_row_is_kept(document, tmp_path):
    table = [("", "Here", "9", "4", "old"), ("2026-01-05", "Here", "8", "4", "old")]
    intake = prepare(document, [written(tmp_path / "undated.csv", table)], Recipe.from_toml(RECIPE))
    assert {key[2] for key in counted(intake)} == {UNDATED, date(2026, 1, 5).toordinal() - 719163}
