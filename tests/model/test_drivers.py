"""Key drivers: found where they are, with intervals that hold, from nothing but pairwise sums."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from answers import Survey, block, plain
from scipy import stats

from journeymap.model.cube import EVERYBODY, Cube, Pair
from journeymap.model.drivers import driver_weights, fisher, key_drivers
from journeymap.model.records import Measure


def surveyed(slopes: list[float], n: int = 1200, seed: int = 1, *, shared: float = 0.0, reversed_: int = -1) -> Survey:
    """Answers 1–5 at touchpoints and an overall rating that they move by their slopes; `shared`: a mood in all of them."""
    chance = np.random.default_rng(seed)
    mood = chance.standard_normal(n)
    felt = [np.sqrt(1 - shared) * chance.standard_normal(n) + np.sqrt(shared) * mood for _ in slopes]
    overall = sum(slope * each for slope, each in zip(slopes, felt, strict=True)) + chance.standard_normal(n)
    codes = [np.clip(np.round(3 + each), 1, 5) for each in [*felt, overall / overall.std()]]
    if reversed_ >= 0:
        codes[reversed_] = 6 - codes[reversed_]
    survey = Survey(len(slopes))
    asked: list[Measure] = []
    for i, column in enumerate(codes):
        where = i if i < len(slopes) else None
        asked.append(survey.ask(where, (), "rating", column=f"Q{i}", n=n, is_reversed=i == reversed_))
        survey.blocks[asked[-1].id, EVERYBODY] = block(plain(column.tolist()))
    pairs = [
        Pair(asked[i].id, asked[j].id, n, *(float(each) for each in (x.sum(), y.sum(), (x * x).sum(), (y * y).sum(), (x * y).sum())))
        for (i, x), (j, y) in combinations(enumerate(codes), 2)
    ]  # fmt: skip
    cube = Cube(survey.blocks, pairs)
    survey.__dict__["codes"] = codes
    survey.__dict__["cube"] = lambda _id: cube
    return survey


def test_the_touchpoint_that_moves_most_is_first_and_those_that_do_not_are_last():
    survey = surveyed([0.8, 0.4, 0.0])
    (found,) = key_drivers(survey.document, survey.cube)
    assert [driver.touchpoint_id for driver in found.drivers] == [stop.id for stop in survey.touchpoints]
    assert sum(driver.weight for driver in found.drivers) == pytest.approx(1)
    assert all(driver.weight_low <= driver.weight <= driver.weight_high for driver in found.drivers)
    assert found.drivers[0].weight_low > found.drivers[1].weight_high
    assert found.drivers[2].low < 0.06
    assert found.drivers[0].quarter in {"fix first", "keep it up"}
    assert found.drivers[2].quarter in {"can wait", "more than needed"}


def test_correlations_have_the_interval_of_scipy():
    survey = surveyed([0.8, 0.4, 0.0])
    (found,) = key_drivers(survey.document, survey.cube)
    for i, driver in enumerate(found.drivers):
        known = stats.pearsonr(survey.codes[i], survey.codes[-1])
        ends = known.confidence_interval()
        assert (driver.correlation, driver.low, driver.high) == pytest.approx(
            (known.statistic, ends.low, ends.high), abs=1e-6
        )


def test_weights_of_questions_that_go_together_are_parts_of_what_all_explain():
    """Against a regression on the rows: R² is the same, whatever part each question has."""
    survey = surveyed([0.5, 0.5, 0.1], shared=0.5)
    (found,) = key_drivers(survey.document, survey.cube)
    x = np.column_stack([*survey.codes[:-1], np.ones(1200)])
    left = survey.codes[-1] - x @ np.linalg.lstsq(x, survey.codes[-1], rcond=None)[0]
    assert found.explained == pytest.approx(1 - left.var() / survey.codes[-1].var(), abs=1e-6)


def test_a_reversed_scale_is_turned_round():
    plain_, turned = surveyed([0.8, 0.4]), surveyed([0.8, 0.4], reversed_=0)
    one, other = (key_drivers(each.document, each.cube)[0].drivers[0] for each in (plain_, turned))
    assert (one.correlation, one.performance) == pytest.approx((other.correlation, other.performance))


def test_a_second_look_says_the_same():
    survey = surveyed([0.8, 0.4, 0.0])
    assert key_drivers(survey.document, survey.cube) == key_drivers(survey.document, survey.cube)


def test_intervals_of_weights_cover_the_weight_of_many_people():
    truth = [driver.weight for driver in _in_order(surveyed([0.7, 0.4, 0.2], 200_000))]
    covered = 0
    for seed in range(60):
        found = _in_order(surveyed([0.7, 0.4, 0.2], 300, seed))
        covered += sum(d.weight_low <= weight <= d.weight_high for d, weight in zip(found, truth, strict=True))
    assert covered >= stats.binom.ppf(0.01, 180, 0.93)


def _in_order(survey: Survey):
    (found,) = key_drivers(survey.document, survey.cube)
    by_stop = {driver.touchpoint_id: driver for driver in found.drivers}
    return [by_stop[stop.id] for stop in survey.touchpoints]


def test_questions_never_asked_together_have_correlations_and_no_weights():
    survey = surveyed([0.8, 0.4])
    cube = survey.cube("")
    (overall,) = [each for each in survey.document.all(Measure) if each.touchpoint_id is None]
    alone = Cube(cube.blocks, [pair for pair in cube.pairs if pair.b == overall.id])
    (found,) = key_drivers(survey.document, lambda _id: alone)
    assert {driver.weight for driver in found.drivers} == {None}
    assert found.drivers[0].importance == found.drivers[0].correlation


def test_few_people_or_no_overall_judgement_have_no_drivers():
    assert key_drivers(surveyed([0.8, 0.4], 20).document, surveyed([0.8, 0.4], 20).cube) == []
    survey = Survey(3)
    for i in range(3):
        survey.ask(i, plain([1, 5] * 40))
    assert key_drivers(survey.document, survey.cube_of) == []


def test_the_weights_of_priorities_are_one_on_average():
    survey = surveyed([0.8, 0.4, 0.0])
    weights = driver_weights(key_drivers(survey.document, survey.cube))
    assert sum(weights.values()) == pytest.approx(3)
    assert weights[survey.touchpoints[0].id] > 1 > weights[survey.touchpoints[2].id]


def test_fishers_interval():
    assert fisher(0.5, 103) == pytest.approx((0.3392, 0.6324), abs=2e-4)
