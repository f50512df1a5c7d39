"""Small groups are not shown, nor can they be worked out from what is."""

from __future__ import annotations

import json

from answers import Answer, Survey, persona, plain
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model import hiding
from journeymap.model.breakdown import kpis
from journeymap.model.change import updating
from journeymap.model.figures import figures
from journeymap.model.tally import day_number, period_at


def grouped(**sizes: int) -> list[Answer]:
    return [Answer(5.0, "", {"Age": age}) for age, n in sizes.items() for _ in range(n)]


def shown(survey: Survey, **asked) -> dict[str, int | None]:
    rows = kpis(survey.document, survey.cube_of, **asked)
    return {
        "/".join([*(value for _c, value in row.figure.segment), row.figure.period]).strip("/"): row.figure.n
        for row in rows
    }


def test_the_next_smallest_is_hidden_with_a_single_small_group():
    survey = Survey(1, segments=["Age"])
    survey.ask(0, grouped(old=40, mid=20, young=3))
    assert shown(survey, by="Age") == {"old": 40, "mid": None, "young": None}
    rows = kpis(survey.document, survey.cube_of, by="Age")
    notes = {row.figure.segment[0][1]: row.figure.note for row in rows}
    assert "fewer than 5" in notes["young"]
    assert "worked out" in notes["mid"]


def test_hidden_groups_reach_the_limit_together():
    survey = Survey(1, segments=["Age"])
    survey.ask(0, grouped(a=40, b=30, c=2, d=1))
    assert shown(survey, by="Age") == {"a": 40, "b": None, "c": None, "d": None}
    enough = Survey(1, segments=["Age"])
    enough.ask(0, grouped(a=40, b=30, c=4, d=3))
    assert shown(enough, by="Age") == {"a": 40, "b": 30, "c": None, "d": None}


def test_of_two_groups_none_is_shown_where_one_is_small():
    survey = Survey(1, segments=["Age"])
    survey.ask(0, grouped(old=200, young=4))
    assert shown(survey, by="Age") == {"old": None, "young": None}
    assert shown(survey) == {"": 204} or list(shown(survey).values()) == [204]


def test_a_month_that_is_too_small_takes_another_of_its_quarter_with_it():
    survey = Survey(1)
    days = {"2026-01-10": 3, "2026-02-10": 30, "2026-03-10": 20, "2026-04-10": 50, "2026-05-10": 60}
    survey.ask(0, [answer for day, n in days.items() for answer in plain([5] * n, day)])
    assert shown(survey, period="month") == {
        "2026-01": None,
        "2026-02": 30,
        "2026-03": None,
        "2026-04": 50,
        "2026-05": 60,
    }
    assert shown(survey, period="quarter") == {"2026-Q1": 53, "2026-Q2": 110}


def test_the_cells_of_a_cross_table_cannot_be_worked_out_from_its_margins():
    survey = Survey(1, segments=["Age"])
    answers = [
        Answer(5.0, day, {"Age": age})
        for day, sizes in {"2026-01-10": (3, 30, 40), "2026-02-10": (20, 25, 50), "2026-03-10": (22, 28, 45)}.items()
        for age, n in zip(("young", "mid", "old"), sizes, strict=True)
        for _ in range(n)
    ]
    survey.ask(0, answers)
    cells = shown(survey, by="Age", period="month")
    gone = {name for name, n in cells.items() if n is None}
    assert "young/2026-01" in gone
    for axis in (0, 1):  # in every row and column none or at least two are hidden
        for name in {each.split("/")[axis] for each in cells}:
            assert sum(each.split("/")[axis] == name for each in gone) != 1


def test_a_persona_is_hidden_where_her_segment_is():
    survey = Survey(1, persona("Mia", "Age", "mid"), persona("Olga", "Age", "old"), segments=["Age"])
    survey.ask(0, grouped(old=40, mid=20, young=3))
    assert shown(survey, by="persona") == {"Mia": None, "Olga": 40}
    assert {survey.document.record(key[0]).name for key in figures(survey.document, survey.cube_of).emotion} == {"Olga"}


def test_a_phase_does_not_give_a_small_touchpoint_away():
    survey = Survey(3)
    for place, n in enumerate((100, 50, 3)):
        survey.ask(place, plain([5] * n), n=n)
    (row,) = kpis(survey.document, survey.cube_of, by="phase")
    assert (row.figure.n, "2 touchpoints" in row.figure.note) == (150, True)


def test_trends_leave_out_what_the_table_leaves_out():
    survey = Survey(1)
    days = {"2026-01-10": 3, "2026-04-10": 30, "2026-07-10": 20, "2026-10-10": 50}
    survey.ask(0, [answer for day, n in days.items() for answer in plain([5] * n, day)])
    (figure,) = figures(survey.document, survey.cube_of).at(survey.touchpoints[0].id)
    assert [value is None for value in figure.spark] == [True, False, True, False]


def test_ten_employees_are_asked_for_and_a_limit_can_only_be_raised():
    survey = Survey(1, segments=["Age"], account=json.dumps({hiding.PEOPLE: "employees"}))
    survey.ask(0, grouped(a=40, b=9, c=8))
    assert shown(survey, by="Age") == {"a": 40, "b": None, "c": None}
    assert hiding.limit(survey.document) == 5
    assert hiding.limit(survey.document, survey.data.id) == 10
    survey.document.apply(updating("", survey.map, privacy_limit=25))
    assert hiding.limit(survey.document, survey.data.id) == 25
    survey.document.apply(updating("", survey.document.map, privacy_limit=7))
    assert hiding.limit(survey.document, survey.data.id) == 10
    assert hiding.limit(survey.document) == 7


@given(
    st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 4)), st.integers(0, 30), max_size=30),
    st.integers(5, 12),
)
def test_no_single_group_is_left_hidden_among_shown_ones(table, least):
    months = [period_at(day_number(f"2026-{month:02}-01"), "month") for month in (1, 2, 3, 4, 5, 6)]
    sizes = {(months[month], value): n for (month, value), n in table.items()}
    families = hiding.families(sizes, "month")
    gone = hiding.hidden(sizes, families, least)
    assert all(key in gone for key, n in sizes.items() if 0 < n < least)
    for family in families:
        mine = [key for key in family if key in gone]
        others = [key for key in family if key not in gone and sizes[key] > 0]
        if mine and others:
            assert len(mine) >= 2
            assert sum(sizes[key] for key in mine) >= least


def hidden_by_search(sizes, families, least):
    """The same rule, each step searched anew."""
    gone = {key for key, n in sizes.items() if 0 < n < least}
    members = [[key for key in family if sizes.get(key, 0) > 0] for family in families]

    def exposed(family):
        mine = [sizes[key] for key in family if key in gone]
        return 0 < len(mine) < len(family) and (len(mine) < 2 or sum(mine) < least)

    while waiting := [family for family in members if exposed(family)]:
        shown = [key for key in waiting[0] if key not in gone]
        gone.add(min(shown, key=lambda key: (-sum(key in family for family in waiting), sizes[key])))
    return gone


@given(
    st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 4)), st.integers(0, 30), max_size=40),
    st.integers(5, 12),
)
def test_what_is_hidden_is_what_a_search_step_by_step_hides(table, least):
    months = [period_at(day_number(f"2026-{month:02}-01"), "month") for month in range(1, 10)]
    sizes = {(months[month], value): n for (month, value), n in table.items()}
    families = hiding.families(sizes, "month")
    assert hiding.hidden(sizes, families, least) == hidden_by_search(sizes, families, least)
