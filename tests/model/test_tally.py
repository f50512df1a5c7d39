"""Questions to a block: by code, period and segment; blocks of several data sets add up."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from answers import Answer, block, drawn, drawn_block, plain
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model.tally import Counts, Period, by_period, by_segment, day_number, period_at, periods, tally, total

days = st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(date.isoformat) | st.just("")
answers_of = st.lists(
    st.builds(
        Answer,
        st.integers(1, 5).map(float),
        days,
        st.fixed_dictionaries({"Age": st.sampled_from(["young", "old", ""])}),
    ),
    max_size=40,
)
weighted = st.lists(st.builds(Answer, st.integers(1, 5).map(float), days, weight=st.floats(0.1, 9)), max_size=40)


def test_counts_are_by_code_and_rise():
    assert tally(block(plain([4, 5, 4, 1]))) == Counts((1.0, 4.0, 5.0), (1, 2, 1))


def test_a_block_drawn_quickly_is_that_of_its_answers():
    assert tally(drawn_block(3, [1, 2, 3], 50)) == tally(block(drawn(3, [1, 2, 3], 50)))


def test_an_empty_block_has_no_answers():
    counts = tally(block([]))
    assert counts.answers == 0
    assert counts.effective == 0
    assert by_period(block([]), "month") == []


def test_periods_without_answers_are_there_and_empty():
    survey = block([*plain([5], "2026-01-15"), *plain([4, 4], "2026-03-31")])
    found = by_period(survey, "month")
    assert [(period.key, counts.answers) for period, counts in found] == [
        ("2026-01", 1),
        ("2026-02", 0),
        ("2026-03", 2),
    ]


def test_keys_of_periods_name_quarter_year_and_stretch():
    day = day_number("2026-11-21")
    assert period_at(day, "quarter").key == "2026-Q4"
    assert period_at(day, "year").key == "2026"
    assert Period(day_number("2025-10-01"), day_number("2026-09-30")).key == "2025-10-01/2026-09-30"


def test_undated_answers_count_in_the_whole_but_in_no_period():
    survey = block([*plain([5, 5]), *plain([1], "2026-01-15")])
    assert tally(survey).answers == 3
    assert sum(counts.answers for _period, counts in by_period(survey, "year")) == 1


def test_a_value_that_nobody_has_gives_no_answers():
    assert tally(block([Answer(5.0, segments={"Age": "old"})], "Age"), value="young").answers == 0


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["month", "quarter", "year"]))
def test_a_period_holds_its_day_and_begins_a_calendar_unit(day, length):
    number = day_number(day.isoformat())
    period = period_at(number, length)
    assert period.first <= number <= period.last
    assert period_at(period.first - 1, length).last == period.first - 1
    assert (day - timedelta(days=number - period.first)).day == 1


@given(answers_of)
def test_segments_and_periods_each_add_up_to_the_whole(answers):
    survey = block(answers, "Age")
    whole = tally(survey)
    assert whole.answers == len(answers)
    assert total(by_segment(survey).values()) == whole
    dated = [counts for _period, counts in by_period(survey, "month")]
    undated = tally(block([answer for answer in answers if not answer.day]))
    assert total([*dated, undated]) == whole


@given(answers_of)
def test_each_segment_value_in_each_quarter_is_what_a_plain_count_says(answers):
    survey = block(answers, "Age")
    for period in periods(survey, "quarter"):
        for value, counts in by_segment(survey, period).items():
            expected = Counter(
                answer.code
                for answer in answers
                if answer.segments["Age"] == value
                and answer.day
                and period.first <= day_number(answer.day) <= period.last
            )
            assert dict(zip(counts.codes, counts.n, strict=True)) == expected
            assert tally(survey, period, value) == counts


@given(weighted, weighted)
def test_merging_blocks_adds(first, second):
    merged = tally(block(first)) + tally(block(second))
    whole = tally(block([*first, *second]))
    assert merged.codes == whole.codes
    assert merged.n == whole.n
    assert merged.w == pytest.approx(whole.w)
    assert merged.w2 == pytest.approx(whole.w2)


def test_unweighted_answers_join_weighted_ones_with_weight_one():
    both = tally(block([Answer(5.0, weight=2.0)])) + tally(block(plain([5, 4])))
    assert both == Counts((4.0, 5.0), (1, 2), (1.0, 3.0), (1.0, 5.0))
    assert both.effective == pytest.approx(16 / 6)


def test_exact_sums_of_quantities_are_kept():
    counts = tally(block([Answer(10.0, exact=9.5), Answer(10.0, exact=10.7), Answer(20.0, exact=19.0)]))
    assert counts.x == pytest.approx((20.2, 19.0))
    assert counts.xx == pytest.approx((9.5**2 + 10.7**2, 19.0**2))
