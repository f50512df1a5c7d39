"""From figures to proposed pains: claims that hold among many looks, evidence, and none that comes twice."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from answers import Answer, Survey, block, drawn_block, measure, plain
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journeymap.model import claims, kpi
from journeymap.model.change import adding
from journeymap.model.cube import EVERYBODY
from journeymap.model.figures import figures
from journeymap.model.proposals import CHANCE, Proposal, dissatisfied, looks, proposals, severity, source_of
from journeymap.model.records import Dismissal, KpiTarget, Measure, PainPoint, new_id
from journeymap.model.tally import Counts, tally

USUAL = [0.05, 0.10, 0.15, 0.40, 0.30]
"""Answers 1–5 of a usual touchpoint: 70 % satisfied."""


def shifted(shares: list[float], points: float) -> list[float]:
    """The same answers after every customer has become a little less content, so that the satisfied lose `points`
    (the odds of every cut move by the same factor)."""
    good = shares[-1] + shares[-2]

    def logit(p: float) -> float:
        return math.log(p / (1 - p))

    move = logit(good) - logit(good - points)
    reached = [1 / (1 + math.exp(-logit(sum(shares[: i + 1])) - move)) for i in range(4)]
    return [reached[0], *(b - a for a, b in pairwise(reached)), 1 - reached[-1]]


def proposed(survey: Survey) -> list[Proposal]:
    return proposals(survey.document, figures(survey.document, survey.cube_of), survey.cube_of)


def at(survey: Survey, stop: int) -> Measure:
    """The question at a touchpoint."""
    return survey.document.referring(Measure, "touchpoint_id", survey.touchpoints[stop].id)[0]


def trip(count: int = 6, first: list[Answer] | None = None, **values) -> Survey:
    """A survey whose touchpoints are alike, but for the first where other answers are given."""
    survey = Survey(count, first_day="2026-01-01", last_day="2026-06-30")
    for i in range(count):
        answers = plain([5] * 70 + [3] * 20 + [1] * 10)
        survey.ask(i, first if i == 0 and first is not None else answers, **values)
    return survey


BAD = plain([5] * 30 + [3] * 30 + [2] * 20 + [1] * 20)


# ---------------------------------------------------------------- what is proposed


def test_a_touchpoint_surely_below_the_others_is_proposed_with_its_evidence():
    survey = trip(first=BAD)
    (pain,) = proposed(survey)
    assert pain.certain
    assert pain.touchpoint_id == survey.touchpoints[0].id
    assert (pain.frequency, pain.frequency_n) == (0.4, 100)
    assert (pain.frequency_low, pain.frequency_high) == pytest.approx((0.3094, 0.4980), abs=1e-3)
    for part in ("CSAT at Stop 0", "30", "95 %", "100", "70", "1 Jan – 30 Jun 2026", "survey.csv", "surely"):
        assert part in pain.evidence
    assert pain.evidence.count(".") == 2  # one sentence, and the suffix of the file


def test_a_touchpoint_surely_below_its_target_is_proposed_though_the_others_are_no_better():
    survey = trip()
    survey.add(KpiTarget(new_id(), survey.touchpoints[2].id, kpi="csat", value=90.0))
    (pain,) = proposed(survey)
    assert pain.certain
    assert pain.touchpoint_id == survey.touchpoints[2].id
    assert "target of 90" in pain.evidence


def test_a_target_that_is_met_silences_the_comparison_with_the_others():
    survey = trip(first=BAD)
    survey.add(KpiTarget(new_id(), survey.touchpoints[0].id, kpi="csat", value=20.0))
    assert proposed(survey) == []


def test_a_low_figure_of_a_few_answers_is_only_worth_a_look():
    survey = trip(first=plain([5] * 3 + [1] * 4))
    (pain,) = proposed(survey)
    assert not pain.certain
    assert "worth a look" in pain.evidence


def test_a_target_missed_within_chance_is_only_worth_a_look():
    survey = trip()
    for stop in survey.touchpoints:
        survey.add(KpiTarget(new_id(), stop.id, kpi="csat", value=79.0))
    found = proposed(survey)
    assert len(found) == 6
    assert not any(pain.certain for pain in found)


def test_a_difference_too_small_to_matter_is_no_pain_however_certain():
    survey = Survey(6)
    for i in range(6):
        survey.ask(i, plain([5] * (7000 if i else 6700) + [3] * (3000 if i else 3300)))
    found = figures(survey.document, survey.cube_of)
    assert min(look.p for look in looks(survey.document, found, survey.cube_of)) < 1e-6
    assert proposed(survey) == []


def test_what_is_accepted_or_dismissed_is_not_proposed_again():
    survey = trip(first=BAD)
    (pain,) = proposed(survey)
    accepted = PainPoint(new_id(), pain.touchpoint_id, source=pain.source)
    dismissed = Dismissal(new_id(), pain.source)
    for record in (accepted, dismissed):
        survey.add(record)
        assert proposed(survey) == []
        survey.document.apply(adding("", record).inverse())
    assert proposed(survey) == [pain]


def test_a_refresh_of_the_same_question_has_the_same_source():
    survey = trip(first=BAD)
    later = measure(touchpoint_id=survey.touchpoints[0].id, data_set_id="next month")
    other = measure(touchpoint_id=survey.touchpoints[0].id, column="another question")
    (pain,) = proposed(survey)
    assert source_of(later) == source_of(at(survey, 0)) == pain.source
    assert source_of(other) != pain.source


def test_hidden_typed_and_undefined_figures_make_no_claims():
    survey = trip(first=plain([1] * 4))
    survey.ask(1, plain([1] * 99), "csat", scale=(0, 10), column="undefined")
    assert proposed(survey) == []


def test_a_number_without_a_target_is_never_a_pain():
    survey = Survey(4)
    for i in range(4):
        survey.ask(i, plain([10 if i else 90] * 50 + [11] * 50), "number", scale=(), unit="min")
    assert proposed(survey) == []
    survey.add(KpiTarget(new_id(), survey.touchpoints[0].id, kpi="number", value=20.0))
    (pain,) = proposed(survey)
    assert (pain.certain, pain.frequency, pain.severity) == (True, None, 3)


def test_certain_and_worse_ones_come_first():
    survey = trip(8, first=BAD)
    survey.answer(at(survey, 1), plain([5] * 10 + [1] * 90))
    survey.answer(at(survey, 2), plain([5] * 3 + [1] * 4))
    found = proposed(survey)
    assert [pain.touchpoint_id for pain in found] == [survey.touchpoints[i].id for i in (1, 0, 2)]
    assert [pain.certain for pain in found] == [True, True, False]


def test_a_pain_is_told_in_the_customers_words():
    texts = {}
    for name, scale in (("csat", (1, 5)), ("ces", (1, 5)), ("rating", (1, 5)), ("nps", (0, 10))):
        survey = Survey(4)
        for i in range(4):
            survey.ask(i, plain([scale[1] if i else scale[0]] * 60 + [scale[1] - 1] * 40), name, scale=scale)
        texts[name] = proposed(survey)[0].text
    assert texts["nps"] == "Customers would not recommend it"
    assert len(set(texts.values())) == 4


# ---------------------------------------------------------------- severity and frequency


def test_severity_is_how_far_down_the_dissatisfied_answered():
    made = measure()
    assert severity(made, Counts((1.0, 5.0), (10, 90))) == 5
    assert severity(made, Counts((2.0, 5.0), (10, 90))) == 3
    assert severity(made, Counts((1.0, 2.0), (50, 50))) == 4
    assert severity(measure(is_reversed=True), Counts((5.0, 1.0), (10, 90))) == 5
    assert severity(measure("nps", (0, 10)), Counts((6.0,), (10,))) == 2
    assert severity(measure("nps", (0, 10)), Counts((0.0,), (10,))) == 5
    assert severity(measure("csat", (0, 1)), Counts((0.0,), (10,))) == 3


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_severity_has_five_steps_and_frequency_is_a_share(codes):
    made = measure("nps", (0, 10))
    counts = Counts(*zip(*[(float(code), codes.count(code)) for code in sorted(set(codes))], strict=True))
    assert severity(made, counts) in {1, 2, 3, 4, 5}
    share = dissatisfied(made, counts)
    assert 0 <= share.low <= share.value <= share.high <= 100


# ---------------------------------------------------------------- the tests behind the claims


def test_two_codes_are_compared_exactly():
    found = claims.worse_than_rest([(0.0, 12), (1.0, 88)], [(0.0, 50), (1.0, 950)], 100, 1000)
    assert found == pytest.approx(stats.fisher_exact([[12, 88], [50, 950]], "greater").pvalue, rel=1e-9)


@pytest.mark.parametrize("together", [[20, 30, 40, 100, 1810], [60, 60, 80, 300, 500]])
def test_rank_sum_is_right_far_in_the_tail_of_skewed_answers(together):
    """Against 400,000 draws without replacement: the plain normal tail claims too often, the corrected one does not."""
    codes, n, size = [1.0, 2.0, 3.0, 4.0, 5.0], 60, sum(together)
    starts = np.concatenate([[0], np.cumsum(together)[:-1]])
    ranks = starts + (np.array(together) + 1) / 2
    draws = np.random.default_rng(7).multivariate_hypergeometric(together, n, size=400_000)
    means = draws @ ranks
    here = draws[np.argsort(means)[400]]  # about one in a thousand
    exact = (means <= here @ ranks + 1e-9).mean()
    rest = np.array(together) - here
    found = claims.worse_than_rest(
        list(zip(codes, here.tolist(), strict=True)), list(zip(codes, rest.tolist(), strict=True)), n, size - n
    )
    assert 0.75 * exact <= found <= 2.5 * exact


def test_rank_sum_is_that_of_scipy_where_nothing_is_skewed():
    here, rest = [(1.0, 30), (2.0, 40), (3.0, 30)], [(1.0, 20), (2.0, 60), (3.0, 20)]
    expected = stats.mannwhitneyu(
        [c for c, n in here for _ in range(n)], [c for c, n in rest for _ in range(n)],
        alternative="less", method="asymptotic", use_continuity=False,
    ).pvalue  # fmt: skip
    assert claims.worse_than_rest(here, rest, 100, 100) == pytest.approx(expected, rel=1e-9)


def test_a_share_below_its_target_has_the_exact_binomial_chance():
    found = claims.worse_than(measure(), Counts((1.0, 5.0), (40, 60)), 75.0)
    assert found == pytest.approx(stats.binom.cdf(60, 100, 0.75), rel=1e-9)


def test_an_nps_is_surely_below_where_its_interval_is():
    made, counts = measure("nps", (0, 10)), Counts((3.0, 7.0, 9.0), (30, 40, 80))
    upper = kpi.estimate(made, counts).high
    assert claims.worse_than(made, counts, upper) == pytest.approx(0.025, abs=1e-6)
    assert claims.worse_than(made, counts, upper + 5) < 0.025 < claims.worse_than(made, counts, upper - 5)


def test_a_mean_has_the_chance_of_the_t_test_where_nothing_is_skewed():
    counts = Counts((2.0, 3.0, 4.0), (20, 30, 20))
    sample = [code for code, n in zip(counts.codes, counts.n, strict=True) for _ in range(n)]
    expected = stats.ttest_1samp(sample, 3.3, alternative="less").pvalue
    assert claims.worse_than(measure("rating"), counts, 3.3) == pytest.approx(expected, rel=1e-9)


def test_equal_answers_are_no_proof_without_numbers():
    assert claims.worse_than(measure("rating"), Counts((3.0,), (2,)), 4.0) == pytest.approx(0.25)
    assert claims.worse_than(measure("rating"), Counts((3.0,), (60,)), 4.0) < 1e-9


def test_a_median_below_its_target_is_a_sign_test():
    made = measure("number", (), statistic="median", unit="min")
    counts = tally(block(plain([5.0] * 3 + [20.0] * 17)))
    assert claims.worse_than(made, counts, 10.0) == pytest.approx(stats.binom.cdf(3, 20, 0.5), rel=1e-9)


@given(st.lists(st.integers(1, 5), min_size=5, max_size=60), st.floats(1, 99))
def test_a_higher_bar_is_never_less_surely_missed(codes, target):
    counts = Counts(*zip(*[(float(code), codes.count(code)) for code in sorted(set(codes))], strict=True))
    for made, low, high in (
        (measure(), target, min(100.0, target + 1)),
        (measure("rating"), target / 25, target / 25 + 0.1),
    ):
        assert claims.worse_than(made, counts, high) <= claims.worse_than(made, counts, low) + 1e-12


# ---------------------------------------------------------------- among many looks


def claimed(seeds: range, bad: list[float] | None = None, usual: list[float] = USUAL, target: float | None = None):
    """(surveys with a false claim, surveys in which the bad first touchpoint was found), 18 touchpoints, n = 150."""
    survey = Survey(18)
    asked = [survey.ask(i) for i in range(18)]
    if target is not None:
        survey.add(*(KpiTarget(new_id(), stop.id, kpi="csat", value=target) for stop in survey.touchpoints))
    false = found = 0
    for seed in seeds:
        for i, made in enumerate(asked):
            shares = bad if bad is not None and i == 0 else usual
            survey.blocks[made.id, EVERYBODY] = drawn_block(100 * seed + i, shares, 150)
        sure = {pain.touchpoint_id for pain in proposed(survey) if pain.certain}
        found += bad is not None and survey.touchpoints[0].id in sure
        false += bool(sure - ({survey.touchpoints[0].id} if bad is not None else set()))
    return false, found


@pytest.mark.parametrize("target", [None, 70.0])
def test_equal_touchpoints_are_seldom_accused(target):
    surveys = 300
    false, _found = claimed(range(surveys), target=target)
    assert false <= stats.binom.ppf(0.975, surveys, 0.04)


def test_without_the_correction_one_survey_in_three_would_accuse():
    survey, wrong = Survey(18), 0
    asked = [survey.ask(i) for i in range(18)]
    for seed in range(60):
        for i, made in enumerate(asked):
            survey.blocks[made.id, EVERYBODY] = drawn_block(100 * seed + i, USUAL, 150)
        looked = looks(survey.document, figures(survey.document, survey.cube_of), survey.cube_of)
        wrong += any(look.p < CHANCE for look in looked)
    assert 12 <= wrong <= 32


@pytest.mark.parametrize("usual", [[0.05, 0.10, 0.15, 0.40, 0.30], [0.03, 0.06, 0.11, 0.35, 0.45]])
def test_a_truly_bad_touchpoint_is_found(usual):
    surveys = 300
    false, found = claimed(range(surveys), shifted(usual, 0.15), usual)
    assert found >= stats.binom.ppf(0.025, surveys, 0.90)
    assert false <= stats.binom.ppf(0.975, surveys, 0.04)


@pytest.mark.slow
@pytest.mark.parametrize("usual", [USUAL, [0.02, 0.04, 0.09, 0.30, 0.55], [0.1, 0.15, 0.2, 0.3, 0.25]])
def test_claims_hold_over_two_thousand_surveys(usual):
    false, _found = claimed(range(2000), usual=usual)
    assert false / 2000 <= 0.04
    against_truth, _found = claimed(range(2000), usual=usual, target=100 * (usual[-1] + usual[-2]))
    assert against_truth / 2000 <= 0.04


@pytest.mark.slow
@pytest.mark.parametrize("usual", [[0.05, 0.10, 0.15, 0.40, 0.30], [0.03, 0.06, 0.11, 0.35, 0.45]])
def test_a_bad_touchpoint_is_found_in_nine_of_ten_of_two_thousand_surveys(usual):
    false, found = claimed(range(2000), shifted(usual, 0.15), usual)
    assert found / 2000 >= 0.90 - 1.96 * math.sqrt(0.9 * 0.1 / 2000)
    assert false / 2000 <= 0.04
