"""What the map shows of its data: figures with status, trend and privacy; the table of figures; measured emotion."""

from __future__ import annotations

import csv
import json

import pytest
from answers import Answer, Survey, persona, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import intervals
from journeymap.model.breakdown import as_json, kpis
from journeymap.model.change import Change, adding, updating
from journeymap.model.figures import Figures, figures, follow, touchpoint_figures
from journeymap.model.records import KpiTarget, Measure, Persona, Touchpoint, TypedKpi, new_id

FIELDS = [
    "touchpoint",
    "phase",
    "kpi",
    "statistic",
    "value",
    "low",
    "high",
    "n",
    "n_effective",
    "unit",
    "scale",
    "period",
    "segment",
    "dataset",
    "note",
]  # the contract's, in its order


def shown(survey: Survey) -> Figures:
    return figures(survey.document, survey.cube_of)


def only(survey: Survey):
    """The figure of the first touchpoint."""
    (figure,) = shown(survey).at(survey.touchpoints[0].id)
    return figure


def csat(satisfied: int, rest: int) -> list[Answer]:
    return plain([5] * satisfied + [2] * rest)


def aimed(survey: Survey, value: float, name: str = "csat") -> None:
    survey.add(KpiTarget(new_id(), survey.touchpoints[0].id, kpi=name, value=value))


# ---------------------------------------------------------------- one figure


def test_a_figure_has_its_value_interval_and_number_of_answers():
    survey = Survey()
    made = survey.ask(0, csat(70, 30))
    figure = only(survey)
    assert (figure.value, figure.n, figure.n_effective, figure.unit) == (70, 100, 100, "%")
    assert (figure.low / 100, figure.high / 100) == pytest.approx(intervals.wilson(0.7, 100))
    assert (figure.measure_id, figure.touchpoint_id, figure.name) == (made.id, survey.touchpoints[0].id, "CSAT")
    assert figure.dissatisfied == pytest.approx(0.3)
    assert figure.formula == "share of answers 4, 5"


@pytest.mark.parametrize(("target", "status"), [(50, "met"), (70, "open"), (90, "missed"), (None, "none")])
def test_the_whole_interval_decides_on_the_target(target, status):
    survey = Survey()
    survey.ask(0, csat(70, 30))
    if target is not None:
        aimed(survey, target)
    assert only(survey).status == status
    assert only(survey).target == target


@pytest.mark.parametrize(("target", "status"), [(5, "missed"), (20, "met")])
def test_of_minutes_less_is_better(target, status):
    survey = Survey()
    survey.ask(0, plain([8, 9, 10, 11, 12] * 20), "number", scale=(), unit="min")
    aimed(survey, target, "number")
    assert only(survey).status == status


def test_a_small_group_is_hidden_whole():
    survey = Survey()
    survey.ask(0, csat(4, 0))
    aimed(survey, 90)
    figure = only(survey)
    assert (figure.value, figure.low, figure.high, figure.n, figure.dissatisfied) == (None,) * 5
    assert figure.status == "none"
    assert "hidden" in figure.note
    survey.answer(survey.document.one(Measure, figure.measure_id), csat(5, 0))
    assert only(survey).value == 100


def test_the_limit_can_be_raised_and_never_lowered():
    for limit, visible in ((30, False), (1, True)):
        survey = Survey()
        survey.ask(0, csat(4, 5 if limit == 30 else 1))
        survey.document.apply(updating("", survey.map, privacy_limit=limit))
        assert (only(survey).value is not None) is visible
    survey.answer(survey.document.one(Measure, only(survey).measure_id), csat(4, 0))
    assert only(survey).value is None


def test_few_answers_are_hollow_by_their_effective_number():
    survey = Survey()
    made = survey.ask(0, csat(20, 9))
    assert only(survey).hollow
    survey.answer(made, csat(20, 10))
    assert not only(survey).hollow
    survey.answer(made, [Answer(5.0, weight=9.0)] * 2 + [Answer(2.0, weight=0.5)] * 40)
    assert only(survey).n == 42
    assert only(survey).hollow


def test_a_kpi_that_is_not_defined_for_its_data_says_why_and_spares_the_others():
    survey = Survey()
    survey.ask(0, plain([9] * 20), "csat", scale=(0, 10), order="a0")
    survey.ask(0, plain([9] * 20), "nps", scale=(0, 10), order="a1")
    broken, sound = shown(survey).at(survey.touchpoints[0].id)
    assert broken.value is None
    assert "state which count as satisfied" in broken.note
    assert sound.value == 100


def test_a_measure_without_counts_is_said_to_have_no_answers():
    survey = Survey()
    survey.ask(0, [])
    assert (only(survey).value, only(survey).n) == (None, 0)
    survey.blocks.clear()
    assert only(survey).note == "no answers"


def test_the_period_is_written_without_the_locale():
    survey = Survey(first_day="2025-10-01", last_day="2026-09-30")
    survey.ask(0, csat(5, 5))
    assert only(survey).period == "1 Oct 2025 – 30 Sep 2026"
    survey = Survey()
    survey.ask(0, [*plain([5] * 5, "2026-09-01"), *plain([4], "2026-10-31")])
    assert only(survey).period == "1 Sep – 31 Oct 2026"


# ---------------------------------------------------------------- trend


def quarters(*satisfied: int, months: tuple[str, ...] = ("01", "04", "07", "10")) -> list[Answer]:
    """Ten answers in each of consecutive quarters from 2025 on, so many of them satisfied."""
    found = []
    for i, good in enumerate(satisfied):
        day = f"{2025 + i // 4}-{months[i % 4]}-20"
        found += plain([5] * good + [1] * (10 - good), day)
    return found


def test_the_trend_is_of_quarters_where_three_have_answers():
    survey = Survey()
    survey.ask(0, quarters(2, 4, 6))
    assert only(survey).spark == (20, 40, 60)


def test_the_trend_is_of_months_where_fewer_quarters_have_answers():
    survey = Survey()
    survey.ask(0, quarters(2, 4, 6, months=("01", "02", "06", "07")))
    assert only(survey).spark == (20, 40, None, None, None, 60)


def test_the_trend_keeps_the_last_eight_and_hides_small_ones():
    survey = Survey()
    survey.ask(0, [*quarters(1, 2, 3, 4, 5, 6, 7, 8, 9), *plain([5] * 3, "2027-04-20")])
    # The quarter before goes with it: from the year and one of the two the other could be worked out.
    assert only(survey).spark == (30, 40, 50, 60, 70, 80, None, None)


def test_one_period_or_no_dates_are_no_trend():
    survey = Survey()
    made = survey.ask(0, quarters(7))
    assert only(survey).spark == ()
    survey.answer(made, csat(50, 50))
    assert only(survey).spark == ()


# ---------------------------------------------------------------- typed in


def test_a_typed_figure_without_answers_is_hatched_and_has_no_verdict():
    survey = Survey()
    survey.add(TypedKpi(new_id(), survey.touchpoints[0].id, kpi="churn", value=12.0, low=10.0, high=14.0, source="CRM"))
    aimed(survey, 5, "churn")
    figure = only(survey)
    assert (figure.hatched, figure.hollow, figure.status, figure.better) == (True, False, "none", "lower")
    assert "CRM" in figure.note
    assert figure.unit == "%"


def test_a_typed_share_with_answers_has_an_interval_and_a_verdict():
    survey = Survey()
    survey.add(TypedKpi(new_id(), survey.touchpoints[0].id, kpi="churn", value=12.0, n=1000))
    aimed(survey, 5, "churn")
    figure = only(survey)
    assert (figure.low / 100, figure.high / 100) == pytest.approx(intervals.wilson(0.12, 1000))
    assert (figure.hatched, figure.status) == (False, "missed")


def test_a_target_is_for_the_usual_statistic_where_both_are_there():
    survey = Survey()
    survey.ask(0, csat(70, 30), "ces", order="a0")
    survey.ask(0, plain([6, 7, 5] * 20), "ces", scale=(1, 7), statistic="mean", order="a1")
    aimed(survey, 80, "ces")
    share, mean = shown(survey).at(survey.touchpoints[0].id)
    assert (share.target, mean.target) == (80, None)


def test_phase_and_journey_have_figures_and_targets_of_their_own():
    survey = Survey()
    survey.ask(None, plain([9] * 40 + [3] * 10), "nps", scale=(0, 10))
    survey.ask(None, csat(30, 30), phase_id=survey.phase.id)
    survey.add(KpiTarget(new_id(), kpi="nps", value=30.0), KpiTarget(new_id(), None, survey.phase.id, "csat", 90.0))
    found = shown(survey)
    assert [(figure.kpi, round(figure.value), figure.status) for figure in found.journey] == [("nps", 60, "met")]
    assert [(figure.kpi, figure.status) for figure in found.phase[survey.phase.id]] == [("csat", "missed")]
    assert found.touchpoint == {}


# ---------------------------------------------------------------- the table


def test_rows_have_the_fields_of_the_contract():
    survey = Survey(2, first_day="2026-01-01", last_day="2026-03-31")
    survey.ask(1, csat(70, 30))
    survey.ask(None, plain([9] * 50), "nps", scale=(0, 10))
    survey.add(TypedKpi(new_id(), None, survey.phase.id, kpi="churn", value=3.0))
    rows = [as_json(row) for row in kpis(survey.document, survey.cube_of)]
    assert all(list(row) == FIELDS for row in rows)
    assert [(row["touchpoint"], row["phase"], row["kpi"]) for row in rows] == [
        (None, None, "nps"), (None, "Before", "churn"), ("Stop 1", None, "csat"),
    ]  # fmt: skip
    assert rows[2]["value"] == 70
    assert rows[2]["scale"] == [1, 5]
    assert rows[2]["period"] == "2026-01-01/2026-03-31"
    assert rows[2]["dataset"] == "survey.csv"
    assert (rows[1]["n"], rows[1]["low"], rows[1]["dataset"]) == (None, None, None)
    assert json.loads(json.dumps(rows)) == rows


def test_rows_by_segment_and_period_are_those_of_the_answers():
    survey = Survey(segments=("Age",))
    answers = [
        Answer(5.0 if i % 3 else 1.0, f"2026-{1 + i % 4:02}-10", {"Age": "old" if i // 4 % 2 else "young"})
        for i in range(240)
    ]
    survey.ask(0, [*answers, *[Answer(1.0, "2026-01-10", {"Age": "rare"})] * 6, *[Answer(1.0, "", {"Age": "old"})] * 6])
    rows = [as_json(row) for row in kpis(survey.document, survey.cube_of, by="Age", period="quarter")]
    assert {(row["period"], row["segment"]["Age"]) for row in rows} == {
        ("2026-Q1", "old"), ("2026-Q1", "young"), ("2026-Q1", "rare"), ("2026-Q2", "old"), ("2026-Q2", "young"), ("", "old"),
    }  # fmt: skip
    for row in rows:
        if row["segment"]["Age"] == "rare" or not row["period"]:
            assert row["n"] == 6
            continue
        mine = [
            each for each in answers
            if each.segments["Age"] == row["segment"]["Age"] and (each.day < "2026-04") == (row["period"] == "2026-Q1")
        ]  # fmt: skip
        assert row["n"] == len(mine)
        assert row["value"] == pytest.approx(100 * sum(each.code == 5 for each in mine) / len(mine), abs=1e-3)


def test_rows_by_month_leave_out_months_without_answers():
    survey = Survey()
    survey.ask(0, [*plain([5] * 6, "2026-01-10"), *plain([5] * 6, "2026-03-10")])
    survey.add(TypedKpi(new_id(), survey.touchpoints[0].id, kpi="churn", value=3.0))
    assert [row.figure.period for row in kpis(survey.document, survey.cube_of, period="month")] == [
        "2026-01",
        "2026-03",
    ]


def test_a_column_that_is_not_there_is_refused_with_those_that_are():
    survey = Survey(segments=("Age", "Route"))
    survey.ask(0, csat(5, 5))
    with pytest.raises(Failure, match=r"“Region”.*Age, Route"):
        kpis(survey.document, survey.cube_of, by="Region")


def test_nps_by_boarding_area_of_the_airport_survey(shared):
    folder = shared / "data" / "sfo_customer_survey"
    expected = json.loads((folder / "REFERENCE.json").read_text("utf-8"))["2017"]["NPS_by_BAREA"]
    with next(folder.glob("2017_*.csv")).open(encoding="utf-8-sig", newline="") as file:
        answers = [
            Answer(float(row["NETPRO"]), segments={"BAREA": row["BAREA"].strip()})
            for row in csv.DictReader(file)
            if row["NETPRO"].strip() not in {"", "11"}
        ]
    survey = Survey(segments=("BAREA",))
    survey.ask(None, answers, "nps", scale=(0, 10))
    found = {row.figure.segment[0][1]: row.figure for row in kpis(survey.document, survey.cube_of, by="BAREA")}
    for area, reference in expected.items():
        assert found[area].value == pytest.approx(reference["nps"], abs=1e-3)
        assert found[area].n == reference["n"]


# ---------------------------------------------------------------- measured emotion


def mixed(codes: dict[str, list[int]]) -> list[Answer]:
    return [Answer(float(code), segments={"Age": age}) for age, given_ in codes.items() for code in given_]


def test_emotion_is_the_mean_of_the_personas_own_segment():
    mara, heinz = persona("Mara", "Age", "young"), persona("Heinz", "Age", "old")
    survey = Survey(1, mara, heinz, segments=("Age",))
    survey.ask(0, mixed({"young": [5, 4, 4, 5, 5, 4], "old": [1, 2, 2, 1, 3, 3], "": [3] * 50}))
    found = shown(survey).emotion
    stop = survey.touchpoints[0].id
    assert found[mara.id, stop].value == pytest.approx(1.5)
    assert found[heinz.id, stop].value == pytest.approx(-1.0)
    assert found[heinz.id, stop].n == 6
    assert found[heinz.id, stop].low < -1 < found[heinz.id, stop].high
    assert found[heinz.id, stop].kpi == "csat"


def test_emotion_of_a_reversed_scale_is_turned_upright():
    mara = persona("Mara", "Age", "young")
    survey = Survey(1, mara, segments=("Age",))
    survey.ask(0, mixed({"young": [1, 2] * 5}), is_reversed=True)
    assert shown(survey).emotion[mara.id, survey.touchpoints[0].id].value == pytest.approx(1.5)


def test_emotion_prefers_the_satisfaction_scale_with_most_answers():
    mara = persona("Mara", "Age", "young")
    survey = Survey(1, mara, segments=("Age",))
    survey.ask(0, mixed({"young": [10] * 60}), "nps", scale=(0, 10))
    survey.ask(0, mixed({"young": [1] * 70}), "ces")
    survey.ask(0, mixed({"young": [4] * 10}), "csat")
    survey.ask(0, mixed({"young": [2] * 20}), "rating")
    emotion = shown(survey).emotion[mara.id, survey.touchpoints[0].id]
    assert (emotion.kpi, emotion.value, emotion.n) == ("rating", -1, 20)


def test_yes_or_no_is_no_feeling():
    mara = persona("Mara", "Age", "young")
    survey = Survey(1, mara, segments=("Age",))
    survey.ask(0, mixed({"young": [0, 1] * 20}), scale=(0, 1))
    assert shown(survey).emotion == {}


def test_too_few_of_her_kind_are_not_shown():
    mara = persona("Mara", "Age", "young")
    survey = Survey(1, mara, segments=("Age",))
    survey.ask(0, mixed({"young": [5] * 4, "old": [5] * 40}))
    assert shown(survey).emotion == {}


def test_everybody_stands_for_the_only_persona_until_she_has_a_segment():
    mara = persona("Mara")
    survey = Survey(1, mara)
    survey.ask(0, plain([4] * 20))
    assert shown(survey).emotion[mara.id, survey.touchpoints[0].id].value == 1
    survey.add(persona("Heinz"))
    assert shown(survey).emotion == {}


@given(st.lists(st.integers(1, 7), min_size=5, max_size=50))
def test_an_emotion_lies_within_its_interval_and_the_curve(codes):
    mara = persona("Mara")
    survey = Survey(1, mara)
    survey.ask(0, plain(codes), "rating", scale=(1, 7))
    (emotion,) = shown(survey).emotion.values()
    assert -2 - 1e-9 <= emotion.low <= emotion.value <= emotion.high <= 2 + 1e-9


# ---------------------------------------------------------------- after a change

actions = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 100)), max_size=8)


def step(survey: Survey, what: int, where: int, number: int) -> Change:
    """One of ten kinds of change, at one of four touchpoints."""
    document = survey.document
    stop = document.one(Touchpoint, survey.touchpoints[where].id)
    targets, entries, people = document.all(KpiTarget), document.all(TypedKpi), document.all(Persona)
    measures = document.referring(Measure, "touchpoint_id", stop.id)
    if what == 0:
        return adding("", KpiTarget(new_id(), stop.id, kpi="csat", value=float(number)))
    if what == 1 and targets:
        target = targets[number % len(targets)]
        return updating("", target, value=number / 2, touchpoint_id=stop.id)
    if what == 2 and targets:
        return adding("", targets[number % len(targets)]).inverse()
    if what == 3:
        return adding("", TypedKpi(new_id(), None, survey.phase.id, kpi="churn", value=float(number), n=number))
    if what == 4 and entries:
        return updating("", entries[number % len(entries)], phase_id=None, touchpoint_id=stop.id)
    if what == 5 and people:
        return updating("", people[number % len(people)], segment_value=("old", "young", "none")[number % 3])
    if what == 6:
        return adding("", persona("New", "Age", ("old", "young")[number % 2]))
    if what == 7 and measures:
        return updating("", measures[0], touchpoint_id=None, phase_id=survey.phase.id)
    if what == 8:
        return updating("", document.map, privacy_limit=5 + number)
    return updating("", stop, name=f"Stop {number}")


@settings(max_examples=60)
@given(actions)
def test_figures_that_follow_a_change_are_those_computed_afresh(steps):
    survey = Survey(4, persona("Mara", "Age", "young"), segments=("Age",))
    for i in range(4):
        survey.ask(i, [*mixed({"young": [1 + i] * 9, "old": [5] * 30}), *plain([1], "2026-01-01")])
    known = shown(survey)
    for what, where, number in steps:
        change = step(survey, what, where, number)
        survey.document.fits(change)
        survey.document.apply(change)
        known = follow(known, survey.document, change, survey.cube_of)
        assert known == shown(survey)


def test_a_removed_touchpoint_or_phase_takes_its_figures_along():
    survey = Survey(2)
    made = survey.ask(0, csat(5, 5))
    entry = TypedKpi(new_id(), None, survey.phase.id, kpi="churn", value=1.0)
    survey.add(entry)
    known = shown(survey)
    change = Change("", removed={each.id: each for each in (made, entry, survey.touchpoints[0])})
    survey.document.apply(change)
    assert follow(known, survey.document, change, survey.cube_of) == Figures({}, {}, (), {})


def test_a_change_of_words_leaves_the_figures_as_they_are():
    survey = Survey(2)
    survey.ask(0, csat(5, 5))
    known = shown(survey)
    change = updating("", survey.touchpoints[0], name="Elsewhere")
    survey.document.apply(change)
    assert follow(known, survey.document, change, survey.cube_of) is known


def test_one_touchpoint_can_be_computed_alone():
    mara = persona("Mara")
    survey = Survey(3, mara)
    for i in range(3):
        survey.ask(i, plain([i + 1] * 20))
    whole = shown(survey)
    stop = survey.touchpoints[1].id
    assert touchpoint_figures(survey.document, survey.cube_of, stop) == (
        whole.at(stop), {(mara.id, stop): whole.emotion[mara.id, stop]},
    )  # fmt: skip
