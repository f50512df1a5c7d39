"""How often the intervals hold, against the bars that the product promises; what can be gone through is, not drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))
from benchmarks import coverage


@pytest.mark.parametrize(("n", "least", "most"), [(50, 0.93, 0.98), (500, 0.935, 0.965)])
def test_shares_hold_everywhere_between_five_and_ninety_five_percent(n, least, most):
    found = coverage.shares(n).values()
    assert least <= min(found)
    assert max(found) <= most


def test_an_nps_of_fifty_holds_for_ten_shapes_up_to_95_percent_promoters():
    found = coverage.nps(50)
    assert len(found) == 10
    assert min(found.values()) >= 0.93
    assert max(found.values()) <= 0.98


@settings(max_examples=60, deadline=None)
@given(st.integers(5, 2000), st.sampled_from([0.5, 0.9]))
def test_medians_and_ninetieth_percentiles_hold_for_any_quantities(n, p):
    assert coverage.quantiles(n, p) >= 0.93


def test_means_of_skewed_quantities_hold_at_two_hundred_or_have_the_words():
    found = coverage.lognormal_means(200, draws=1500)
    assert found["all"] >= 0.92 - 1.64 * (0.92 * 0.08 / 1500) ** 0.5
    assert found["without the words"] >= 0.92 - 1.64 * (0.92 * 0.08 / 1500) ** 0.5
    assert found["words"] < 0.2  # they would be no use if they were said always


@pytest.mark.parametrize(("n", "p", "still"), [(50, 0.5, 0.25), (200, 0.5, 0.25), (50, 0.9, 0.1), (200, 0.9, 0.1)])
def test_medians_and_ninetieth_percentiles_hold_where_cases_are_still_open(n, p, still):
    draws = 1200
    assert coverage.waits(n, p, open_=still, draws=draws) >= 0.93 - 1.64 * (0.93 * 0.07 / draws) ** 0.5


def test_very_skewed_quantities_mostly_have_the_words():
    assert coverage.lognormal_means(50, sigma=2.0, draws=400)["words"] > 0.6


@pytest.mark.parametrize("p", [0.1, 0.4, 0.8])
def test_weighted_shares_hold(p):
    assert 0.92 <= coverage.weighted_shares(p=p) <= 0.97


@pytest.mark.slow
def test_means_of_skewed_quantities_hold_in_twenty_thousand_surveys():
    found = coverage.lognormal_means(200, draws=20_000, seed=3)
    assert found["all"] >= 0.92
    assert found["without the words"] >= 0.92


@pytest.mark.slow
@pytest.mark.parametrize("n", [100, 300, 1000])
@pytest.mark.parametrize("p", [0.1, 0.2, 0.5, 0.8, 0.9])
@pytest.mark.parametrize("spread", [0.3, 0.6, 0.9])
def test_weighted_shares_hold_for_many_sizes_shares_and_weights(n, p, spread):
    assert 0.92 <= coverage.weighted_shares(n, p, 4000, spread=spread) <= 0.97
