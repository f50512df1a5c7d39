"""Intervals against independent figures, against scipy, and what must hold for any counts."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from journeymap.model import intervals

shares = st.floats(0, 1)
sizes = st.floats(1, 1e6)


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads((shared / "data" / "golden.json").read_text("utf-8"))


def test_nps_intervals_are_the_golden_ones(golden):
    for case in golden["nps"]:
        promoters, detractors = case["promoters"] / case["n"], case["detractors"] / case["n"]
        low, high = intervals.difference(promoters, detractors, case["n"])
        assert 100 * (promoters - detractors) == pytest.approx(case["value"], abs=1e-3)
        assert (100 * low, 100 * high) == pytest.approx((case["low"], case["high"]), abs=1e-3)


def test_shares_have_the_golden_wilson_intervals(golden):
    for case in golden["share"]:
        low, high = intervals.wilson(case["k"] / case["n"], case["n"])
        assert (100 * low, 100 * high) == pytest.approx((case["low"], case["high"]), abs=1e-3)


def test_holm_adjusts_as_the_golden_example(golden):
    case = next(each for each in golden["worked"] if each["what"] == "Holm")
    assert intervals.holm(case["p"]) == pytest.approx(case["adjusted"], abs=1e-9)


def test_ranks_of_median_and_p90_enclose_the_golden_answers(golden):
    case = golden["duration"][0]
    hours = sorted(case["hours"])

    def answers(p):
        return [hours[rank - 1] if rank else None for rank in intervals.quantile_ranks(len(hours), p)]

    assert answers(0.5) == case["median_interval_order_statistics"]
    assert answers(0.9) == case["p90_interval_order_statistics"]


def test_ranks_that_do_not_exist_are_said():
    assert intervals.quantile_ranks(1, 0.5) == (0, None)
    assert intervals.quantile_ranks(25, 0.9) == (19, None)


@pytest.mark.parametrize("df", [0.1, 0.5, 1, 1.5, 2, 3, 4.7, 10, 29, 149.3, 1e3, 2745.3, 1e6, 1e8])
def test_student_quantiles_are_those_of_scipy(df):
    for p in (0.51, 0.6, 0.9, 0.95, 0.975, 0.995, 0.9999):
        assert intervals.student_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-6, abs=1e-6)


@given(st.floats(-60, 60), st.floats(0.2, 1e5))
def test_student_distribution_is_that_of_scipy(t, df):
    assert intervals.student_cdf(t, df) == pytest.approx(stats.t.cdf(t, df), rel=1e-7, abs=1e-12)


@given(st.floats(0.05, 1e5), st.floats(0.05, 1e5), st.floats(0, 1))
def test_incomplete_beta_is_that_of_scipy(a, b, x):
    assert intervals.beta(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-6, abs=1e-9)


@given(st.integers(1, 20_000), st.floats(0.001, 0.999))
def test_binomial_quantiles_are_those_of_scipy(n, p):
    for q in (0.025, 0.975):
        k = intervals.binomial_quantile(q, n, p)
        assert stats.binom.cdf(k, n, p) >= q - 1e-9
        assert k == 0 or stats.binom.cdf(k - 1, n, p) < q + 1e-9


@pytest.mark.parametrize("p", [1e-9, 0.025, 0.3, 0.5, 0.975, 1 - 1e-9])
def test_normal_quantiles_are_those_of_scipy(p):
    assert intervals.normal_quantile(p) == pytest.approx(stats.norm.ppf(p), abs=1e-8)


def test_z_is_the_quantile_it_says():
    assert pytest.approx(stats.norm.ppf((1 + intervals.LEVEL) / 2), abs=1e-14) == intervals.Z


def test_mean_of_a_sample_has_the_interval_of_scipy():
    sample = [2.0, 4.0, 4.0, 5.0, 9.0, 11.0]
    centre = sum(sample) / 6
    variance = sum((x - centre) ** 2 for x in sample) / 6
    expected = stats.t.interval(0.95, 5, centre, stats.sem(sample))
    assert intervals.mean(centre, variance, 6) == pytest.approx(expected, abs=1e-9)


def test_equal_answers_on_a_scale_still_leave_doubt():
    low, high = intervals.mean(5.0, 0.0, 8, (1, 5))
    assert high == 5.0
    assert low == pytest.approx(5 - 4 * intervals.wilson(0, 8)[1])
    assert low < 5


def test_one_quantity_or_equal_quantities_have_no_interval():
    assert intervals.mean(12.0, 0.0, 1) is None
    assert intervals.mean(12.0, 0.0, 40) is None


@given(shares, sizes)
def test_wilson_contains_the_share_and_stays_a_share(share, n):
    low, high = intervals.wilson(share, n)
    assert 0 <= low <= share <= high <= 1
    assert low < high


@given(shares, sizes, st.floats(1.01, 100))
def test_more_answers_never_widen_an_interval_of_a_share(share, n, more):
    low, high = intervals.wilson(share, n)
    closer_low, closer_high = intervals.wilson(share, n * more)
    assert closer_high - closer_low <= high - low + 1e-12


@given(st.tuples(shares, shares).map(lambda two: (two[0], (1 - two[0]) * two[1])), sizes)
def test_difference_contains_its_value_and_mirrors(two, n):
    first, second = two
    low, high = intervals.difference(first, second, n)
    assert -1 <= low <= first - second <= high <= 1
    assert low < high
    assert intervals.difference(second, first, n) == pytest.approx((-high, -low), abs=1e-12)


@given(st.tuples(shares, shares).map(lambda two: (two[0], (1 - two[0]) * two[1])), sizes)
def test_four_times_the_answers_narrow_a_difference(two, n):
    low, high = intervals.difference(*two, n)
    closer_low, closer_high = intervals.difference(*two, 4 * n)
    assert closer_high - closer_low < high - low


@given(st.floats(1, 5), st.floats(0, 4), st.floats(0.5, 1e5))
def test_mean_on_a_scale_is_enclosed_within_the_scale(centre, variance, n):
    low, high = intervals.mean(centre, variance, n, (1.0, 5.0))
    assert 1 <= low <= centre <= high <= 5


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_p_values_never_fall_below_and_keep_the_order(p_values):
    for adjust in (intervals.holm, intervals.benjamini_hochberg):
        adjusted = adjust(p_values)
        assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
        ordered = [q for _p, q in sorted(zip(p_values, adjusted, strict=True))]
        assert ordered == sorted(ordered)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_is_that_of_scipy(p_values):
    expected = stats.false_discovery_control(p_values)
    assert intervals.benjamini_hochberg(p_values) == pytest.approx(list(expected), abs=1e-12)


def test_effective_size_of_equal_weights_is_their_number():
    assert intervals.effective(3 * 2.5, 3 * 2.5**2) == pytest.approx(3)
    assert intervals.effective(0, 0) == 0


def test_figures_need_nothing_heavy_at_import():
    code = (
        "import sys; import journeymap.model.figures, journeymap.model.proposals, journeymap.model.priority;"
        "print([m for m in ('numpy','scipy','pandas','networkx','ibis','duckdb','sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_solve_finds_the_zero_to_the_last_bit():
    assert intervals.solve(lambda x: x * x - 2, 0, 2) == pytest.approx(math.sqrt(2), abs=1e-15)
