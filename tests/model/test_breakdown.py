"""The table of figures by every period, by persona and by phase; open cases; what changed."""

from __future__ import annotations

from collections import defaultdict

import pytest
from answers import Answer, Survey, persona, plain
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model import kpi, pooled
from journeymap.model.breakdown import as_json, kpis
from journeymap.model.cube import Cube, Pair
from journeymap.model.records import Map, Measure
from journeymap.model.tally import Length, day_number, period_at, tally

DAYS = [f"2026-{month:02}-{day:02}" for month in (1, 2, 4) for day in (3, 17)]


@pytest.mark.parametrize(
    ("length", "key"),
    [("day", "2026-03-31"), ("week", "2026-W14"), ("month", "2026-03"), ("quarter", "2026-Q1"), ("year", "2026"),
     ("fiscal", "2025/26")],
)  # fmt: skip
def test_a_day_lies_in_a_period_of_every_length(length: Length, key: str):
    found = period_at(day_number("2026-03-31"), length, 4)
    assert found.key == key
    assert found.first <= day_number("2026-03-31") <= found.last


def test_a_fiscal_year_begins_in_the_month_that_the_map_says():
    survey = Survey(1)
    survey.ask(0, plain([5] * 40, "2026-03-31") + plain([1] * 40, "2026-04-01"))
    whole = kpis(survey.document, survey.cube_of, period="fiscal")
    assert [row.figure.period for row in whole] == ["2026"]
    april = Map(survey.map.id, title="Trip", year_start=4)
    survey.document.apply(_replacing(survey.map, april))
    rows = kpis(survey.document, survey.cube_of, period="fiscal")
    assert [(row.figure.period, row.figure.value) for row in rows] == [("2025/26", 100.0), ("2026/27", 0.0)]
    assert as_json(rows[1])["change"]["word"] == "worse"
    assert as_json(rows[1])["change"]["since"] == "2025/26"
    assert "change" not in as_json(rows[0])


def _replacing(before, after):
    from journeymap.model.change import updating

    return updating("", before, year_start=after.year_start)


def test_what_is_kept_by_month_is_not_told_by_day():
    survey = Survey(1, grain="month")
    survey.ask(0, plain([5] * 40, "2026-03-01") + plain([1] * 40, "2026-04-01"))
    rows = kpis(survey.document, survey.cube_of, period="day")
    assert [row.figure.period for row in rows] == ["2026-03", "2026-04"]
    assert "by month" in rows[0].figure.note


def test_a_persona_has_the_figures_of_her_segment():
    survey = Survey(1, persona("Ines", "Age", "old"), persona("Nobody"), segments=["Age"])
    survey.ask(0, [Answer(5.0, "", {"Age": "old"})] * 30 + [Answer(1.0, "", {"Age": "young"})] * 30)
    (row,) = kpis(survey.document, survey.cube_of, by="persona")
    assert (row.figure.segment, row.figure.value, row.figure.n) == ((("persona", "Ines"),), 100.0, 30)


def test_a_phase_has_the_answers_of_its_touchpoints_and_fewer_effective_ones_where_the_same_people_answered():
    survey = Survey(3)
    asked = [survey.ask(i, plain([5] * 60 + [1] * 40), n=100) for i in range(3)]
    (apart,) = kpis(survey.document, survey.cube_of, by="phase")
    assert (apart.phase, apart.touchpoint, apart.figure.value, apart.figure.n) == ("Before", None, 60.0, 300)
    assert apart.figure.n_effective == 300
    same = [Pair(asked[i].id, asked[j].id, 100, 340, 340, 1540, 1540, 1540) for i, j in ((0, 1), (0, 2), (1, 2))]
    assert pooled.correlation(same[0]) == pytest.approx(1)
    cube = Cube(survey.blocks, same)
    (together,) = kpis(survey.document, lambda _id: cube, by="phase")
    assert together.figure.n_effective == pytest.approx(100)  # who answers alike three times is one person
    assert together.figure.low < apart.figure.low


def test_questions_on_different_scales_are_not_taken_together():
    survey = Survey(2)
    survey.ask(0, plain([5] * 50))
    survey.ask(1, plain([7] * 50), scale=(1, 7))
    assert kpis(survey.document, survey.cube_of, by="phase") == []


def test_a_response_time_leads_with_median_and_ninetieth_percentile_and_says_what_is_open():
    survey = Survey(1)
    hours = [0.5, 1, 1.2, 2, 2.5, 3, 3.3, 4, 5, 5.5, 6, 7.5, 8, 9, 11, 12, 15, 20, 26, 40, 55, 70, 96, 120, 300]
    made = survey.ask(0, plain([*hours, *[-400.0] * 5]), "response_time", scale=(), statistic="median", unit="h")
    rows = kpis(survey.document, survey.cube_of)
    found = {row.figure.statistic: row.figure for row in rows}
    assert list(found) == ["median", "p90", "mean"]
    # Five of thirty have waited longer than any that ended: the 15th of 30 is the middle, and the 27th is not known.
    assert (found["median"].value, found["median"].low, found["median"].high) == (11.5, 5.5, 55.0)
    assert (found["p90"].value, found["p90"].high) == (None, None)
    assert "too many are open" in found["p90"].note
    assert found["mean"].value == pytest.approx(32.94)
    assert {figure.n for figure in found.values()} == {25}
    assert "5 cases are still open" in found["median"].note
    assert "too skewed" in found["mean"].note
    counts = tally(survey.blocks[made.id, ""])
    assert kpi.open_cases(made, counts) == 5


def test_quantiles_of_bins_reach_to_the_edges_of_the_bins():
    made = Measure("m", "d", kpi="response_time", statistic="median", unit="h")
    survey = Survey()
    survey.answer(made, [Answer(10.0, exact=10.1)] * 50 + [Answer(100.0, exact=99.0)] * 50)
    found = kpi.estimate(made, tally(survey.blocks["m", ""]))
    assert found.low == pytest.approx(10 / 10**0.01)
    assert found.high == pytest.approx(100 * 10**0.01)


def test_every_form_says_its_formula_and_the_listed_are_not_called_churn():
    forms = {
        kpi.formula(Measure("m", "d", kpi=name, statistic=statistic, definition=form, positive=(1.0,), scale=(0.0, 1.0)))
        for name, statistic, form in (
            ("churn", "share", kpi.AT_START), ("churn", "share", kpi.LISTED), ("retention", "share", kpi.AT_START),
            ("retention", "share", kpi.LISTED), ("conversion", "share", ""), ("conversion", "share", kpi.STEPS),
            ("bounce", "share", ""), ("bounce", "mean", ""), ("dropoff", "share", kpi.STEPS),
        )
    }  # fmt: skip
    assert len(forms) == 9
    assert kpi.label(Measure("m", "d", kpi="churn", definition=kpi.LISTED)) != kpi.label(Measure("m", "d", kpi="churn"))


def test_the_worked_values_of_customers_and_drop_off(shared):
    import json

    worked = json.loads((shared / "data" / "golden.json").read_text("utf-8"))["worked"]
    values = [case for case in worked if case["what"].startswith("CLV")]
    assert len(values) == 2
    for case in values:
        found = kpi.customer_value(case["annual_revenue"], case["years"], case["acquisition_cost"], case["margin"])
        assert found == pytest.approx(case["value"])
    assert kpi.customer_value(100, 2, 0, discount=0.1) == pytest.approx(100 / 1.1 + 100 / 1.21)


@given(
    st.lists(
        st.tuples(st.integers(0, 10), st.sampled_from(["", *DAYS]), st.sampled_from(["a", "b", "c"])),
        min_size=1, max_size=300,
    ),
    st.sampled_from(["week", "month", "quarter", "year"]),
)  # fmt: skip
def test_each_figure_is_that_of_a_plain_count(answers, length: Length):
    survey = Survey(1, segments=["Group"])
    survey.ask(0, [Answer(float(code), day, {"Group": group}) for code, day, group in answers], "nps", scale=(0, 10))
    groups = defaultdict(list)
    for code, day, group in answers:
        groups[period_at(day_number(day), length).key if day else "", group].append(code)
    rows = kpis(survey.document, survey.cube_of, by="Group", period=length)
    assert {(row.figure.period, row.figure.segment[0][1]) for row in rows} == set(groups)
    before = {}
    for row in rows:
        figure, group = row.figure, row.figure.segment[0][1]
        codes = groups[figure.period, group]
        score = 100 * (sum(code >= 9 for code in codes) - sum(code <= 6 for code in codes)) / len(codes)
        assert figure.value is None or (figure.value == pytest.approx(score) and figure.n == len(codes) >= 5)
        if figure.value is not None and figure.period:
            moved = row.shift is not None and row.shift.difference.value
            assert group not in before or moved == pytest.approx(score - before[group])
            before[group] = score
