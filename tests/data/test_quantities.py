"""Quantities with very many different values, times of day, and cubes that grow too large."""

from __future__ import annotations

import random
import statistics
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.data import Columns, Question, Recipe, prepare
from journeymap.data.answers import number, reader, readings
from journeymap.data.counting import aggregate
from journeymap.data.counting.engine import Engine
from journeymap.data.counting.quantities import PER_DECADE, centre, number_of, quantity
from journeymap.model.cube import EVERYBODY

cells = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda value: f"{value:.6g}"),
    st.sampled_from(
        ["", " ", "1,234.5", "1.234,5", "12,5", "12.5", "1 234,5", "1'234", "1,2,3", "−4", "+7", ".5", "5.", "1e3", "1e999",
         "nan", "inf", "-", "12 h", "0x1F", "1_000", "١٢", "\u00a07\u00a0", "1\u202f234", "1\u2009234,5", "99", "-99", "N/A", "no  idea", "1,234,567", "0", "-0"]
    ),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(cells, min_size=1, max_size=60), decimal=st.sampled_from([".", ","]))
def test_the_engine_reads_numbers_as_python_does(texts, decimal):
    question = Question("number", "x", missing=(99.0, "no idea"), not_applicable=(-99.0, "n/a"), scale=(-1e6, 1e6))
    read = reader(question, decimal)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Path(folder))
        table = engine.put("texts", {"place": "INTEGER", "text": "VARCHAR"}, list(enumerate(texts)))
        value, bins = quantity(table.text, question, decimal)
        expression = table.select(place=table.place, plain=number_of(table.text, decimal), value=value, bin=bins)
        found = engine.ask(expression.order_by("place")).to_pylist()
        engine.close()
    for text, row in zip(texts, found, strict=True):
        assert row["plain"] == pytest.approx(number(text, decimal)), text
        seen = read(text)
        assert row["value"] == (pytest.approx(seen.code) if seen.status == 0 else None), text
        if seen.status:
            assert row["bin"] == (readings.OUTSIDE if seen.outside else seen.status), text
        elif abs(seen.code) > 1e-290:
            assert centre(row["bin"]) == pytest.approx(seen.code, rel=10 ** (0.51 / PER_DECADE) - 1)
        else:
            assert centre(row["bin"]) == pytest.approx(0, abs=1e-289)


def test_many_different_quantities_are_binned_with_exact_sums(write, empty_map):
    chance = random.Random(3)
    waits = [round(chance.lognormvariate(1, 1.2), 4) for _ in range(5000)]
    weights = [chance.choice([0.5, 1.0, 2.0]) for _ in waits]
    path = write(
        "wait,weight\n"
        + "".join(f"{wait},{weight}\n" for wait, weight in zip(waits, weights, strict=True))
        + "soon,1\n,1\n"
    )
    recipe = Recipe(
        columns=Columns(weight="weight"), questions=(Question("number", "wait", unit="h", statistic="median"),)
    )
    intake = prepare(empty_map, [path], recipe)
    (measure,) = intake.measures
    assert (measure.n, measure.unreadable, measure.missing, measure.statistic) == (5000, 1, 1, "median")
    block = intake.blocks[measure.id, EVERYBODY]
    assert len(block.codes) < 300
    assert list(block.codes) == sorted(block.codes)
    assert sum(block.x) == pytest.approx(sum(wait * weight for wait, weight in zip(waits, weights, strict=True)))
    assert sum(block.xx) == pytest.approx(
        sum(wait * wait * weight for wait, weight in zip(waits, weights, strict=True))
    )
    rebuilt = [block.codes[code] for code, n in zip(block.code, block.n, strict=True) for _ in range(n)]
    assert statistics.median(rebuilt) == pytest.approx(statistics.median(waits), rel=0.03)


def test_few_different_quantities_are_kept_exactly(write, empty_map):
    path = write("wait\n" + "".join(f"{n % 7 / 4}\n" for n in range(70)))
    intake = prepare(empty_map, [path], Recipe(questions=(Question("number", "wait"),)))
    block = intake.blocks[intake.measures[0].id, EVERYBODY]
    assert block.codes == (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
    assert len(block.x) == 0


def test_dates_with_times_of_day_are_days_however_many_there_are(write, empty_map):
    lines = [
        f"{n % 5 + 1},2026-03-{n % 28 + 1:02d} {n % 24:02d}:{n // 24 % 60:02d}:{n // 1440 % 60:02d}.{n:06d}"
        for n in range(21_000)
    ]
    path = write("score,when\n" + "\n".join(lines) + "\n")
    intake = prepare(
        empty_map, [path], Recipe(columns=Columns(date="when"), questions=(Question("csat", "score", scale=(1, 5)),))
    )
    assert intake.measures[0].n == 21_000
    assert len(set(intake.blocks[intake.measures[0].id, EVERYBODY].day)) == 28


@pytest.mark.parametrize(("most", "grain"), [(10_000, "day"), (1_300, "week"), (300, "month")])
def test_a_cube_that_grows_too_large_is_kept_by_week_or_month_and_that_is_said(
    write, empty_map, monkeypatch, most, grain
):
    monkeypatch.setattr(aggregate, "MOST_CELLS", most)
    chance = random.Random(1)
    lines = [
        f"{chance.randint(1, 5)},2026-{n % 6 + 1:02d}-{n % 28 + 1:02d},{chance.choice('abc')}" for n in range(6000)
    ]
    path = write("score,when,who\n" + "\n".join(lines) + "\n")
    recipe = Recipe(
        columns=Columns(date="when", segments=("who",)), questions=(Question("csat", "score", scale=(1, 5)),)
    )
    intake = prepare(empty_map, [path], recipe)
    assert intake.data_set.grain == grain == intake.account["grain"]
    assert (intake.data_set.first_day, intake.data_set.last_day) == ("2026-01-01", "2026-06-28")
    assert any(grain in warning for warning in intake.warnings) == (grain != "day")
    cube = intake.blocks[intake.measures[0].id, "who"]
    assert sum(cube.n) == 6000
    assert intake.account["cells"] == sum(len(block.n) for block in intake.blocks.values()) <= most
    if grain == "week":
        assert {day % 7 for day in cube.day} == {4}  # Mondays: 1970-01-01 was a Thursday
    if grain == "month":
        assert len(set(cube.day)) == 6
