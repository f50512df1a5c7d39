"""What each KPI is: golden and published figures, definitions that must be stated, scales turned round, weights."""

from __future__ import annotations

import csv
import json

import pytest
from answers import Answer, block, measure, plain
from hypothesis import assume, given
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import kpi
from journeymap.model.cube import Block
from journeymap.model.emotion import feeling
from journeymap.model.records import Measure
from journeymap.model.tally import Counts, tally

CONTRACT = [
    "nps",
    "csat",
    "ces",
    "rating",
    "response_time",
    "churn",
    "retention",
    "clv",
    "conversion",
    "bounce",
    "dropoff",
    "sentiment",
    "number",
]
fives = st.lists(st.integers(1, 5), min_size=1, max_size=60)
weights = st.floats(0.05, 20)


def counted(codes) -> Counts:
    return tally(block(plain(codes)))


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads((shared / "data" / "golden.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def airport(shared):
    """The rows of the airport survey of 2017, and its reference figures."""
    folder = shared / "data" / "sfo_customer_survey"
    with next(folder.glob("2017_*.csv")).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, json.loads((folder / "REFERENCE.json").read_text("utf-8"))["2017"]


# ---------------------------------------------------------------- independent figures


def test_nps_of_the_golden_answers(golden):
    for case in golden["nps"]:
        passive = case["n"] - case["promoters"] - case["detractors"]
        counts = Counts((3.0, 7.0, 9.0), (case["detractors"], passive, case["promoters"]))
        found = kpi.estimate(measure("nps", (0, 10)), counts)
        assert (found.value, found.low, found.high) == pytest.approx(
            (case["value"], case["low"], case["high"]), abs=1e-3
        )
        assert found.n == case["n"]


def test_weighted_share_of_the_golden_answers(golden):
    case = golden["weighted_share"][0]
    survey = block([Answer(float(y), weight=w) for y, w in zip(case["y"], case["w"], strict=True)])
    found = kpi.estimate(measure("csat", (0, 1)), tally(survey))
    assert found.n == case["n"]
    assert (found.value, found.low, found.high, found.n_effective) == pytest.approx(
        (case["value"], case["low"], case["high"], case["n_effective"]), abs=1e-3
    )


def test_median_and_p90_of_the_golden_durations(golden):
    case = golden["duration"][0]
    counts = counted(case["hours"])
    median = kpi.estimate(measure("number", (), statistic="median"), counts)
    p90 = kpi.estimate(measure("number", (), statistic="p90"), counts)
    mean = kpi.estimate(measure("number", ()), counts)
    assert median.value == pytest.approx(case["median"])
    assert [median.low, median.high] == case["median_interval_order_statistics"]
    assert p90.value == pytest.approx(case["p90_linear"])
    assert [p90.low, p90.high] == case["p90_interval_order_statistics"]
    assert mean.value == pytest.approx(case["mean"])


def test_measured_emotion_of_the_golden_means(golden):
    cases = [case for case in golden["worked"] if case["what"] == "measured emotion"]
    assert len(cases) == 2
    for case in cases:
        assert feeling(case["mean"], case["scale"]) == pytest.approx(case["emotion"], abs=1e-9)


def test_nps_of_the_airport_survey(airport):
    rows, _reference = airport
    codes = [int(row["NETPRO"]) for row in rows if row["NETPRO"].strip() not in {"", "11"}]
    found = kpi.estimate(measure("nps", (0, 10)), counted(codes))
    assert found.n == 2746
    assert (found.value, found.low, found.high) == pytest.approx((39.84, 37.18, 42.41), abs=0.005)


def test_weighted_nps_of_the_airport_survey(airport):
    rows, reference = airport
    answers = [
        Answer(float(row["NETPRO"]), weight=float(row["WEIGHT"]))
        for row in rows
        if row["NETPRO"].strip() not in {"", "11"}
    ]
    found = kpi.estimate(measure("nps", (0, 10)), tally(block(answers)))
    assert found.value == pytest.approx(reference["NPS_weighted_by_WEIGHT"], abs=1e-3)
    assert found.n == 2746
    assert found.n_effective < 2746


def test_satisfied_share_and_mean_of_every_rating_of_the_airport_survey(airport):
    rows, reference = airport
    assert len(reference["touchpoints"]) > 10
    for column, expected in reference["touchpoints"].items():
        counts = counted(int(row[column]) for row in rows if row[column].strip() in set("12345"))
        share = kpi.estimate(measure("csat"), counts)
        bottom = kpi.share(kpi.negative(measure("csat")), counts)
        assert share.n == expected["n"]
        assert share.value == pytest.approx(expected["csat_pct"], abs=1e-3)
        assert bottom.value == pytest.approx(expected["bottom2_pct"], abs=1e-3)
        assert kpi.estimate(measure("rating"), counts).value == pytest.approx(expected["mean"], abs=1e-3)


# ---------------------------------------------------------------- definitions


def test_every_name_of_the_recipe_has_a_definition():
    assert list(kpi.KPIS) != []
    assert set(kpi.KPIS) == set(CONTRACT)
    assert {name for name, each in kpi.KPIS.items() if each.better == "lower"} == {
        "response_time", "churn", "bounce", "dropoff",
    }  # fmt: skip


def test_an_unknown_kpi_is_refused_with_the_known_ones():
    with pytest.raises(Failure, match="csat"):
        kpi.definition("happiness")


@pytest.mark.parametrize(
    ("scale", "positive"),
    [((0, 1), {1}), ((1, 3), {3}), ((1, 4), {3, 4}), ((1, 5), {4, 5}), ((1, 7), {6, 7}), ((0, 6), {5, 6})],
)
def test_satisfied_are_the_top_one_of_two_or_three_codes_and_the_top_two_of_four_to_seven(scale, positive):
    assert kpi.positive(measure("csat", scale)) == positive


@pytest.mark.parametrize(("scale", "positive"), [((0, 1), {0}), ((1, 3), {1}), ((1, 5), {1, 2}), ((1, 7), {1, 2})])
def test_on_a_reversed_scale_the_lowest_codes_are_the_satisfied(scale, positive):
    assert kpi.positive(measure("csat", scale, is_reversed=True)) == positive


@pytest.mark.parametrize("scale", [(0, 10), (1, 10), (1, 8), (0, 100)])
def test_a_long_scale_needs_its_satisfied_codes_stated(scale):
    with pytest.raises(Failure, match="state which count as satisfied"):
        kpi.estimate(measure("csat", scale), counted([5]))
    assert kpi.estimate(measure("csat", scale, positive=(8.0, 9.0, 10.0)), counted([8, 1])).value == 50


def test_without_a_scale_nobody_is_satisfied_by_guess():
    with pytest.raises(Failure, match="needs a scale"):
        kpi.estimate(measure("csat", ()), counted([1, 5]))


def test_effort_is_a_share_on_five_codes_and_a_mean_on_seven():
    assert kpi.estimate(measure("ces"), counted([5, 4, 3, 1])).value == 50
    assert kpi.estimate(measure("ces", (1, 7), statistic="mean"), counted([7, 5, 6, 4])).value == 5.5
    with pytest.raises(Failure, match="1–5"):
        kpi.estimate(measure("ces", (1, 7)), counted([7]))


def test_an_nps_is_refused_on_another_scale():
    with pytest.raises(Failure, match="0 to 10"):
        kpi.estimate(measure("nps", (1, 5)), counted([5]))


def test_sentiment_is_the_share_of_comments_that_praise():
    praised = Measure("m", "d", kpi="sentiment", scale=(-1.0, 1.0), positive=(1.0,))
    found = kpi.estimate(praised, counted([1, 1, 1, 0, -1]))
    assert found.value == pytest.approx(60)
    assert kpi.bounds(praised) == (0, 100)


def test_a_rating_is_a_mean_even_where_the_measure_does_not_say_so():
    unsaid = Measure("m", "d", kpi="rating", scale=(1.0, 5.0))
    assert kpi.statistic(unsaid) == "mean"
    assert kpi.estimate(unsaid, counted([4, 5])).value == 4.5


def test_units_follow_the_statistic_and_the_measure():
    assert kpi.unit(measure("csat")) == "%"
    assert kpi.unit(measure("nps", (0, 10))) == "points"
    assert kpi.unit(measure("rating")) == ""
    assert kpi.unit(measure("number", (), unit="min")) == "min"


def test_of_a_number_in_minutes_less_is_better():
    assert kpi.better(measure("number", (), unit="min")) == "lower"
    assert kpi.better(measure("number", (), unit="EUR")) == "higher"


def test_dissatisfied_are_the_detractors_or_the_bottom_codes():
    assert kpi.negative(measure("nps", (0, 10))) == set(range(7))
    assert kpi.negative(measure("csat")) == {1, 2}
    assert kpi.negative(measure("csat", is_reversed=True)) == {4, 5}
    assert kpi.negative(measure("csat", (1, 3))) == {1}
    assert kpi.negative(measure("csat", (0, 10), positive=(8.0, 9.0, 10.0))) == {0, 1, 2}
    assert kpi.negative(measure("rating", (0, 10))) == {0, 1, 2, 3, 4}
    assert kpi.negative(measure("number", ())) is None


def test_formulas_say_which_answers_count():
    assert kpi.formula(measure("csat")) == "share of answers 4, 5"
    assert kpi.formula(measure("csat", is_reversed=True)) == "share of answers 1, 2, scale reversed"
    assert kpi.formula(measure("nps", (0, 10))) == "share of 9–10 minus share of 0–6"
    assert kpi.formula(measure("rating")) == "mean, 1 to 5"


def test_no_answers_give_no_value():
    assert kpi.estimate(measure("csat"), Counts()) == kpi.NOTHING
    assert kpi.value(measure("nps", (0, 10)), Counts()) is None


def test_the_distribution_of_a_rating_has_every_code_worst_first():
    shares = kpi.distribution(measure("rating", is_reversed=True), counted([1, 1, 2, 5]))
    assert shares == [(5.0, 0.25), (4.0, 0.0), (3.0, 0.0), (2.0, 0.25), (1.0, 0.5)]


def test_a_mean_of_few_skewed_quantities_is_said_to_be_doubtful():
    lopsided = [1, 1, 2, 2, 3, 3, 4, 5, 8, 200]
    assert kpi.too_skewed(measure("number", ()), counted(lopsided))
    assert not kpi.too_skewed(measure("number", ()), counted(lopsided * 40))
    assert not kpi.too_skewed(measure("number", ()), counted([1, 2, 3, 4, 5]))
    assert not kpi.too_skewed(measure("rating"), counted([5] * 9 + [1]))


def test_the_mean_of_binned_quantities_is_exact():
    exact = [1.03, 1.11, 9.4, 10.9, 102.0, 97.3]
    bins = [1.0, 1.0, 10.0, 10.0, 100.0, 100.0]
    binned = block([Answer(code, exact=x) for code, x in zip(bins, exact, strict=True)])
    found = kpi.estimate(measure("number", ()), tally(binned))
    straight = kpi.estimate(measure("number", ()), counted(exact))
    assert found.value == pytest.approx(straight.value, rel=1e-9)
    # How skewed they are is told from the bins, which moves the ends of the interval a little.
    assert (found.low, found.high) == pytest.approx((straight.low, straight.high), rel=0.01)


# ---------------------------------------------------------------- what always holds


def numbers(found: kpi.Estimate) -> list[float | None]:
    return [found.value, found.low, found.high, found.n, found.n_effective]


def alike(first: kpi.Estimate, second: kpi.Estimate) -> bool:
    return all(
        a == b or (a is not None and b is not None and a == pytest.approx(b, rel=1e-9, abs=1e-9))
        for a, b in zip(numbers(first), numbers(second), strict=True)
    )


@given(fives, st.sampled_from(["csat", "ces", "rating"]))
def test_a_reversed_scale_is_the_mirrored_codes(codes, name):
    turned = kpi.estimate(measure(name, is_reversed=True), counted(codes))
    mirrored = kpi.estimate(measure(name), counted([6 - code for code in codes]))
    assert alike(turned, mirrored)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_a_reversed_nps_is_the_mirrored_codes(codes):
    turned = kpi.estimate(measure("nps", (0, 10), is_reversed=True), counted(codes))
    assert alike(turned, kpi.estimate(measure("nps", (0, 10)), counted([10 - code for code in codes])))


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60), st.sampled_from(["nps", "rating"]), weights)
def test_equal_weights_are_no_weights(codes, name, weight):
    made = measure(name, (0, 10))
    weighted = tally(block([Answer(float(code), weight=weight) for code in codes]))
    assert alike(kpi.estimate(made, weighted), kpi.estimate(made, counted(codes)))


@given(
    st.lists(st.tuples(st.integers(0, 10), weights), min_size=1, max_size=60),
    st.sampled_from(["nps", "rating", "csat"]),
)
def test_an_interval_holds_its_value_within_the_bounds_of_the_kpi(answers, name):
    made = measure(name, (0, 10), positive=(9.0, 10.0) if name == "csat" else ())
    found = kpi.estimate(made, tally(block([Answer(float(code), weight=weight) for code, weight in answers])))
    lowest, highest = kpi.bounds(made)
    assert lowest - 1e-9 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= highest + 1e-9
    assert found.n_effective <= found.n + 1e-9


@given(st.lists(st.integers(0, 10), min_size=2, max_size=40), st.sampled_from(["nps", "rating", "csat"]))
def test_ten_times_the_same_answers_narrow_the_interval(codes, name):
    made = measure(name, (0, 10), positive=(9.0, 10.0) if name == "csat" else ())
    few, many = kpi.estimate(made, counted(codes)), kpi.estimate(made, counted(codes * 10))
    assert many.value == pytest.approx(few.value)
    assert many.high - many.low < few.high - few.low


@given(fives, fives)
def test_estimates_of_merged_blocks_are_those_of_all_answers(first, second):
    for name in ("csat", "rating"):
        merged = kpi.estimate(measure(name), counted(first) + counted(second))
        assert alike(merged, kpi.estimate(measure(name), counted(first + second)))


@given(st.lists(st.floats(0.01, 1e4), min_size=1, max_size=60))
def test_the_median_lies_within_its_interval_where_there_is_one(quantities):
    found = kpi.estimate(measure("number", (), statistic="median"), counted(quantities))
    assert found.low is None or found.low <= found.value
    assert found.high is None or found.value <= found.high


@given(st.lists(st.tuples(st.integers(1, 5), weights), min_size=3, max_size=30))
def test_a_weighted_mean_and_its_spread_are_the_plain_sums(answers):
    assume(len({code for code, _weight in answers}) > 1)
    survey: Block = block([Answer(float(code), weight=weight) for code, weight in answers])
    centre, variance = kpi.moments(measure("rating"), tally(survey))
    whole = sum(weight for _code, weight in answers)
    assert centre == pytest.approx(sum(code * weight for code, weight in answers) / whole)
    assert variance == pytest.approx(sum((code - centre) ** 2 * weight for code, weight in answers) / whole, abs=1e-9)
