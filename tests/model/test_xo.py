"""What happened and why: what each touchpoint has, what the map lacks."""

from __future__ import annotations

from answers import Answer, Survey, persona, plain

from journeymap.model import xo
from journeymap.model.figures import figures
from journeymap.model.records import Quote, TypedKpi, new_id


def test_each_touchpoint_says_what_it_knows_and_what_to_ask_for():
    survey = Survey(4)
    survey.ask(0, plain([5] * 40))
    survey.ask(0, plain([3] * 40), "response_time", scale=(), statistic="median")
    survey.ask(1, plain([3] * 40), "number", scale=())
    survey.ask(2, plain([5] * 40), "nps", scale=(0, 10))
    survey.add(Quote(new_id(), survey.touchpoints[3].id, text="Too slow"))
    both, what, why, nothing = xo.overview(survey.document, figures(survey.document, survey.cube_of))
    assert (both.operation, both.experience, both.missing) == (("response_time",), ("csat",), "")
    assert (what.what, what.why) == (True, False)
    assert "not why" in what.missing
    assert (why.what, why.why) == (False, True)
    assert "not what" in why.missing
    assert (nothing.quotes, nothing.missing) == (1, "Nothing is measured here.")


def test_a_measured_emotion_is_experience():
    survey = Survey(1, persona("Ines", "Age", "old"), segments=["Age"])
    survey.ask(0, [Answer(2.0, "", {"Age": "old"})] * 40)
    (known,) = xo.overview(survey.document, figures(survey.document, survey.cube_of))
    assert known.felt


def test_the_map_says_which_of_the_six_it_lacks_typed_ones_count_hidden_ones_do_not():
    survey = Survey(1)
    survey.ask(0, plain([5] * 40))
    survey.ask(0, plain([5] * 3), "ces")
    survey.add(TypedKpi(new_id(), order="a0", kpi="churn", value=12.0))
    found = figures(survey.document, survey.cube_of)
    assert xo.lacking(found) == ["nps", "ces", "retention", "clv"]
    assert xo.lack(found) == "This map lacks: NPS, CES, Retention, Customer value."
