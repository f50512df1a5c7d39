"""Which pain first: severity × frequency × importance, every factor visible."""

from __future__ import annotations

import pytest
from answers import Survey, plain
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from journeymap.model.change import updating
from journeymap.model.figures import Figures, figures
from journeymap.model.priority import ranked
from journeymap.model.records import PainPoint, new_id


def pain(survey: Survey, stop: int, number: int, severity: int = 3, frequency: float | None = 0.2) -> PainPoint:
    made = PainPoint(
        new_id(), survey.touchpoints[stop].id, f"a{number}", number, severity=severity, frequency=frequency
    )
    survey.add(made)
    return made


def test_the_score_is_the_product_of_its_visible_factors():
    survey = Survey(1)
    survey.document.apply(updating("", survey.touchpoints[0], reach=0.5, moment_of_truth=True))
    made = pain(survey, 0, 1, severity=4, frequency=0.25)
    (found,) = ranked(survey.document, Figures(), drivers={survey.touchpoints[0].id: 2.0})
    assert found.pain == made
    assert (found.severity, found.frequency, found.reach, found.moment, found.driver) == (4, 0.25, 0.5, 1.5, 2.0)
    assert found.importance == pytest.approx(1.5)
    assert found.score == pytest.approx(1.5)
    assert found.reach_known
    assert not found.measured


def test_a_moment_of_truth_outranks_an_equal_pain():
    survey = Survey(2)
    survey.document.apply(updating("", survey.touchpoints[1], moment_of_truth=True))
    usual, vital = pain(survey, 0, 1), pain(survey, 1, 2)
    assert [each.pain for each in ranked(survey.document, Figures())] == [vital, usual]


def test_an_unsaid_frequency_is_that_of_the_dissatisfied_at_the_touchpoint():
    survey = Survey(1)
    survey.ask(0, plain([1] * 30 + [5] * 70))
    survey.ask(0, plain([0] * 9 + [10] * 1), "nps", scale=(0, 10))
    pain(survey, 0, 1, frequency=None)
    (found,) = ranked(survey.document, figures(survey.document, survey.cube_of))
    assert found.frequency == pytest.approx(0.3)
    assert found.measured


def test_an_unknown_frequency_gives_no_score_and_stands_after_the_known():
    survey = Survey(1)
    mild, grave, unknown = pain(survey, 0, 1, 1, 0.01), pain(survey, 0, 2, 5, None), pain(survey, 0, 3, 2, None)
    found = ranked(survey.document, Figures())
    assert [each.pain for each in found] == [mild, grave, unknown]
    assert [each.score is None for each in found] == [False, True, True]
    assert not found[0].reach_known


def test_only_the_pains_asked_for_are_ranked():
    survey = Survey(1)
    first, _second = pain(survey, 0, 1), pain(survey, 0, 2)
    assert [each.pain for each in ranked(survey.document, Figures(), [first])] == [first]


@given(st.integers(1, 5), st.floats(0, 1), st.floats(0, 1), st.integers(1, 4))
def test_worse_is_never_less_urgent(severity, frequency, reach, more):
    survey = Survey(1)
    survey.document.apply(updating("", survey.touchpoints[0], reach=reach))
    mild = pain(survey, 0, 1, severity, frequency)
    worse = replace(mild, id=new_id(), severity=min(5, severity + more), frequency=min(1.0, frequency + 0.1))
    survey.add(worse)
    scores = {each.pain: each.score for each in ranked(survey.document, Figures())}
    assert scores[worse] >= scores[mild]
