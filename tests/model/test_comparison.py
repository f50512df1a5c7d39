"""Two values against one another: published intervals, words that hold among many looks, unlike figures never compared."""

from __future__ import annotations

import random

import pytest
from answers import block, measure, plain
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journeymap.failure import Failure
from journeymap.model import comparison, intervals, kpi
from journeymap.model.comparison import difference, words
from journeymap.model.tally import Counts, tally

YES_NO = {"scale": (0, 1), "positive": (1.0,)}


def counted(codes) -> Counts:
    return tally(block(plain(codes)))


def shares(k: int, n: int) -> Counts:
    return counted([1] * k + [0] * (n - k))


def test_the_difference_of_two_shares_has_newcombes_interval():
    """Newcombe (1998), table II, example (a): 56/70 − 48/80 = 0.2, method 10: 0.0524 to 0.3339."""
    found = difference(measure("conversion", **YES_NO), shares(48, 80), shares(56, 70))
    assert (found.value, found.low, found.high) == pytest.approx((20.0, 5.24, 33.39), abs=0.005)


def test_the_p_value_of_two_shares_is_near_that_of_the_plain_test():
    found = difference(measure("conversion", **YES_NO), shares(240, 400), shares(280, 400))
    _z, plain_p, *_rest = stats.chi2_contingency([[240, 160], [280, 120]], correction=False)
    assert found.p == pytest.approx(plain_p, abs=0.003)


def test_the_difference_of_two_means_is_near_welchs():
    chance = random.Random(4)
    before, after = ([chance.choice([1, 2, 3, 4, 5]) for _ in range(n)] for n in (80, 120))
    found = difference(measure("rating"), counted(before), counted(after))
    welch = stats.ttest_ind(after, before, equal_var=False)
    ends = welch.confidence_interval()
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high), abs=0.02)
    assert found.p == pytest.approx(welch.pvalue, abs=0.02)


def test_words_are_corrected_for_many_looks():
    clear = difference(measure("conversion", **YES_NO), shares(100, 400), shares(180, 400))
    unsure = difference(measure("conversion", **YES_NO), shares(100, 400), shares(128, 400))
    assert words([unsure]) == ["better"]
    assert words([clear, *[unsure] * 9]) == ["better", *["no clear change"] * 9]


def test_less_is_better_for_churn_and_times():
    made = measure("churn", definition=kpi.AT_START, **YES_NO)
    assert words([difference(made, shares(100, 400), shares(180, 400))]) == ["worse"]
    times = measure("response_time", (), statistic="median", unit="h")
    slow, quick = counted([5 + i / 10 for i in range(99)]), counted([1 + i / 10 for i in range(99)])
    assert words([difference(times, slow, quick)]) == ["better"]


def test_figures_of_different_definitions_are_never_compared():
    start, listed = (measure("churn", definition=each, **YES_NO) for each in (kpi.AT_START, kpi.LISTED))
    with pytest.raises(Failure, match="not measured alike"):
        difference(listed, shares(1, 9), shares(2, 9), other=start)
    with pytest.raises(Failure, match="not measured alike"):
        difference(measure("csat", (1, 7)), counted([5]), counted([6]), other=measure("csat", (1, 5)))


def test_without_an_interval_there_is_no_clear_change():
    times = measure("response_time", (), statistic="p90", unit="h")
    found = difference(times, counted([1, 2, 3]), counted([50, 60, 70]))
    assert (found.low, found.high, found.p) == (None, None, 1.0)
    assert words([found]) == ["no clear change"]
    assert difference(times, counted([]), counted([1])) is None


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_the_word_and_the_interval_agree_for_a_single_look(k, n, j, m):
    found = difference(measure("conversion", **YES_NO), shares(min(k, n), n), shares(min(j, m), m))
    assert found.low <= found.value <= found.high
    clear = found.low > 0 or found.high < 0
    assert (words([found]) != ["no clear change"]) == clear


def test_on_data_without_a_change_a_false_word_is_seldom():
    """400 maps with 12 comparisons each: at most one in twenty says better or worse anywhere."""
    chance = random.Random(7)
    made, wrong = measure("conversion", **YES_NO), 0
    for _map in range(400):
        found = [
            difference(made, shares(*[sum(chance.random() < 0.3 for _ in range(100)), 100]),
                       shares(*[sum(chance.random() < 0.3 for _ in range(100)), 100]))
            for _look in range(12)
        ]  # fmt: skip
        wrong += any(word != "no clear change" for word in words(found))
    assert wrong <= stats.binom.ppf(0.99, 400, comparison.CHANCE)


def test_the_interval_of_a_difference_is_square_and_add():
    assert intervals.of_difference((0.6, 0.49, 0.70), (0.8, 0.69, 0.88)) == pytest.approx(
        (0.2 - (0.11**2 + 0.10**2) ** 0.5, 0.2 + (0.08**2 + 0.11**2) ** 0.5)
    )


@given(st.lists(st.tuples(*[st.lists(st.integers(0, 10), min_size=1, max_size=40)] * 2), min_size=1, max_size=6))
@pytest.mark.parametrize("asked", [("nps", (0, 10)), ("rating", (0, 10)), ("response_time", ())])
def test_words_need_no_chance_that_bears_none(asked, pairs):
    made = measure(*asked, statistic={"nps": "nps", "rating": "mean"}.get(asked[0], "median"))
    each = [(counted([*a] * 3), counted([*b] * 3)) for a, b in pairs]
    exact = [difference(made, *pair) for pair in each]
    quick = [difference(made, *pair, for_words=True) for pair in each]
    assert words(quick) == words(exact)
    for one, other in zip(exact, quick, strict=True):
        assert (one.value, one.low, one.high) == (other.value, other.low, other.high)
        assert other.p == one.p or (other.p == 1.0 and one.p >= comparison.CHANCE * 0.999)
