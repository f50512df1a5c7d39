"""Times of which some have not ended: against published figures, a plain formula, and many drawn samples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model import claims, intervals, kpi, waits
from journeymap.model.comparison import difference
from journeymap.model.records import Measure
from journeymap.model.tally import Counts

MEDIAN = Measure("m", "d", kpi="response_time", statistic="median", unit="h")
P90 = Measure("m", "d", kpi="response_time", statistic="p90", unit="h")
REMISSIONS = {"ended": [6, 6, 6, 7, 10, 13, 16, 22, 23], "open": [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]}
"""Weeks of remission of 21 patients under a drug (Freireich and others, Blood 21 (1963) 699–716), in every textbook."""


def counted(ended, still=()) -> Counts:
    times = sorted([*map(float, ended), *(-float(each) for each in still)])
    codes = sorted(set(times))
    return Counts(tuple(codes), tuple(times.count(code) for code in codes))


def test_the_textbook_curve_and_its_standard_errors():
    curve = waits.steps(counted(REMISSIONS["ended"], REMISSIONS["open"]))
    published = {6: (0.8571, 0.0764), 7: (0.8067, 0.0869), 10: (0.7529, 0.0963), 13: (0.6902, 0.1068),
                 16: (0.6275, 0.1141), 22: (0.5378, 0.1282), 23: (0.4482, 0.1346)}  # fmt: skip
    assert [step.time for step in curve] == list(published)
    for step in curve:
        assert (step.open, step.open * math.sqrt(step.spread)) == pytest.approx(published[int(step.time)], abs=6e-5)


def test_the_textbook_median_has_its_interval():
    found = kpi.estimate(MEDIAN, counted(REMISSIONS["ended"], REMISSIONS["open"]))
    assert (found.value, found.low, found.high, found.n) == (23.0, 13.0, None, 9)


def test_where_too_many_are_open_there_is_no_percentile_but_what_it_is_at_least():
    found = kpi.estimate(P90, counted(REMISSIONS["ended"], REMISSIONS["open"]))
    assert (found.value, found.high) == (None, None)
    assert kpi.value(P90, counted(REMISSIONS["ended"], REMISSIONS["open"])) is None


@given(st.lists(st.integers(1, 60), min_size=2, max_size=80), st.integers(0, 60))
def test_the_curve_is_the_product_of_those_who_stay(times, bound):
    ended = [time for time in times if time <= bound]
    still = [bound + 1 for time in times if time > bound]
    curve = waits.steps(counted(ended, still))
    assert [step.time for step in curve] == sorted(set(ended))
    for step in curve:  # all are open until the same moment: the curve is the plain share
        assert step.open == pytest.approx(sum(time > step.time for time in times) / len(times))


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=3, max_size=60), st.sampled_from([MEDIAN, P90]))
def test_an_interval_holds_its_value_and_open_cases_never_make_it_quicker(cases, measure):
    ended = [time for time, done in cases if done]
    still = [time for time, done in cases if not done]
    counts = counted(ended, still)
    found = kpi.estimate(measure, counts)
    if found.value is not None:
        assert found.low is None or found.low <= found.value
        assert found.high is None or found.value <= found.high
    if ended and still and found.value is not None:
        p = kpi.QUANTILES[measure.statistic]
        nearest = sorted(ended)[max(0, math.ceil(p * len(ended) - 1e-9) - 1)]
        assert found.value >= nearest


def test_equal_weights_are_no_weights():
    plain = counted(REMISSIONS["ended"], REMISSIONS["open"])
    weighted = Counts(plain.codes, plain.n, tuple(3.0 * n for n in plain.n), tuple(9.0 * n for n in plain.n))
    one, other = kpi.estimate(MEDIAN, plain), kpi.estimate(MEDIAN, weighted)
    assert (one.value, one.low, one.high) == (other.value, other.low, other.high)


def test_a_target_is_surely_missed_only_where_the_open_cases_say_so_too():
    quick = counted([1] * 60 + [9] * 40)
    assert claims.worse_than(MEDIAN, quick, 4.0) > 0.9
    drowned = counted([1] * 60, [9] * 140)  # the same that ended, but most have waited for nine hours
    assert claims.worse_than(MEDIAN, drowned, 4.0) < 1e-4
    young = counted([1] * 60, [0.5] * 140)  # just opened: they say nothing yet
    assert claims.worse_than(MEDIAN, young, 4.0) > 0.9


def test_the_share_that_has_ended_is_as_sure_as_greenwood_has_it():
    counts = counted(REMISSIONS["ended"], REMISSIONS["open"])
    share, size = waits.ended_by(23, counts)
    assert share == pytest.approx(1 - 0.4482, abs=6e-5)
    assert math.sqrt(share * (1 - share) / size) == pytest.approx(0.1346, abs=6e-5)


def test_two_periods_with_open_cases_are_compared():
    before, after = counted(range(1, 101), [50] * 10), counted(range(40, 141), [90] * 10)
    gap = difference(MEDIAN, before, after)
    assert gap is not None
    assert gap.value == kpi.value(MEDIAN, after) - kpi.value(MEDIAN, before)
    assert gap.low < gap.value < gap.high
    assert gap.p < 0.001


def test_the_band_of_a_finished_curve_stays_open():
    assert waits.band(waits.Step(3.0, 0.0, math.inf, 2.0))[1] == intervals.wilson(0.0, 2.0)[1]
