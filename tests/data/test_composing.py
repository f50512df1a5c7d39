"""Answers that stand in no single column: who counts, what is open, what adds up."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from journeymap.data import Recipe, answers, prepare
from journeymap.data.making import Intake
from journeymap.failure import Failure
from journeymap.model import kpi
from journeymap.model.breakdown import kpis
from journeymap.model.cube import Cube
from journeymap.model.measured import measured
from journeymap.model.tally import by_segment, tally


def taken(empty_map, path, recipe: str) -> Intake:
    intake = prepare(empty_map, [path], Recipe.from_toml(recipe))
    for told in intake.as_json()["measures"]:
        assert told["rows"] == told["n"] + told["missing"] + told["not_applicable"] + told["unreadable"]
    return intake


def value(intake: Intake, place: int = 0) -> float | None:
    measure = intake.measures[place]
    return kpi.value(measure, tally(intake.blocks[measure.id, ""]))


TIMES = "[[measure]]\nkpi = 'response_time'\nfrom = 'Opened'\nto = 'Replied'\n"


def test_times_are_read_in_many_spellings_and_what_is_open_is_counted(write, empty_map):
    path = write(
        "Opened;Replied\n"
        "31.03.2026 09:00;31.03.2026 11:30\n"
        "31.03.2026 23:00:30;01.04.2026 01:00:30\n"
        "31.03.2026 9:00;\n"
        "31.03.2026 9:00;-\n"
        ";31.03.2026 9:00\n"
        "31.03.2026 10:00;31.03.2026 9:00\n"
        "soon;31.03.2026 9:00\n"
        "31.03.2026 9:00;31.03.2026 29:00\n"
    )
    intake = taken(empty_map, path, TIMES)
    (told,) = intake.as_json()["measures"]
    assert (told["rows"], told["n"], told["missing"], told["unreadable"], told["open"]) == (8, 2, 3, 3, 2)
    assert told["unit"] == "case"
    assert value(intake) == pytest.approx(2.5)  # of four cases the second
    assert any("1 duration is negative" in warning for warning in intake.warnings)
    (measure,) = intake.measures
    assert (measure.column, measure.unit, measure.definition) == ("Opened → Replied", "h", kpi.CLOCK)


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("2026-03-31T10:00:00+02:00", "2026-03-31T08:30:00Z", 30),
        ("3/31/2026 11:50 AM", "3/31/2026 12:20 PM", 30),
        ("3/31/2026 12:10 AM", "3/31/2026 1:10 AM", 60),
        ("2026-03-31", "2026-04-01", 1440),
        ("2026-03-31 10:00:00.250", "2026-03-31 10:01:00.750", 1),
    ],
)
def test_every_spelling_of_a_time_gives_its_minutes(write, empty_map, begin, end, minutes):
    path = write("Opened,Replied\n" + f"{begin},{end}\n" * 5 + "2026-12-31,2026-12-31\n" * ("-" in begin))
    intake = taken(empty_map, path, TIMES + "unit = 'min'\n")
    assert value(intake) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", 0), (" 7:29 PM", 70_140), ("T18:22:05+02:00", 58_925), ("12:00 am", 0), ("18.22 Uhr", 66_120), ("25:00", None),
     ("13:00 PM", None), ("07:61", None), ("T00:30:00-05:00", 19_800)],
)  # fmt: skip
def test_times_of_day(text, seconds):
    assert answers.clock(text) == seconds


def test_durations_may_be_written_as_clocks_show_them(write, empty_map):
    path = write("Wait\n02:15:00\n1 day 02:15\n0:45\n-0:10\nlong\n")
    intake = taken(empty_map, path, "[[measure]]\nkpi = 'response_time'\ncolumn = 'Wait'\n")
    block = intake.blocks[intake.measures[0].id, ""]
    assert block.codes == (0.75, 2.25, 26.25)
    assert intake.measures[0].unreadable == 2


def test_many_durations_stand_in_bins_with_exact_sums_and_their_open_cases(write, empty_map, monkeypatch):
    monkeypatch.setattr("journeymap.data.counting.composing.MOST_TEXTS", 500)
    chance = random.Random(2)
    seconds = [round(chance.lognormvariate(8, 1.3)) for _ in range(3000)]
    lines = [f"2026-03-01 00:00:00,{_stamp(each)}" for each in seconds] + ["2026-03-01 00:00:00,"] * 70
    path = write("Opened,Replied\n" + "\n".join(lines) + "\n")
    intake = taken(empty_map, path, TIMES + "unit = 's'\n")
    (measure,) = intake.measures
    block = intake.blocks[measure.id, ""]
    counts = tally(block)
    assert (measure.n, measure.missing, kpi.open_cases(measure, counts)) == (3000, 70, 70)
    assert len(block.codes) < 400
    done = kpi.closed(measure, counts)
    assert sum(done.x) == pytest.approx(sum(seconds))
    found, straight = kpi.estimate(measure, counts), sorted(seconds)
    # The open ones have waited longest of all: the middle is that of 3,070.
    assert found.value == pytest.approx((straight[1534] + straight[1535]) / 2, rel=0.024)
    assert found.low <= straight[1482]
    assert found.high >= straight[1587]
    assert any("70 cases are still open; they count as having waited until 2026-" in each for each in intake.warnings)
    empty_map.apply(intake.change)
    assert "70 cases are still open" in measured(empty_map, measure, block).note


def test_an_open_case_counts_as_long_as_it_has_waited(write, empty_map):
    rows = "".join(f"2026-03-{day:02} 09:00,2026-03-{day:02} {10 + day % 7}:00\n" for day in range(1, 15))
    path = write("Opened,Replied\n" + rows + "2026-03-10 16:00,\n2026-03-14 09:00,\n2026-03-14 10:00,\n")
    intake = taken(empty_map, path, TIMES)
    counts = tally(intake.blocks[intake.measures[0].id, ""])
    # The last moment in the file is the 14th, 10:00.
    assert [round(code, 4) for code in counts.codes if code < 0] == [-90.0, -1.0, -0.0003]


OFFICE = TIMES + "hours = '{hours}'\n"


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        ("2026-03-27 16:00", "2026-03-30 10:00", 2.0),  # Friday afternoon to Monday morning
        ("2026-03-28 11:00", "2026-03-29 18:00", 0.0),  # a weekend
        ("2026-03-30 07:00", "2026-03-30 21:00", 8.0),
        ("2026-03-23 09:00", "2026-04-06 09:00", 80.0),
        ("2026-03-30T15:00:00+02:00", "2026-03-31T10:00:00+02:00", 3.0),  # the clock of the file
        ("1969-12-31 09:00", "1970-01-02 12:00", 19.0),
    ],
)
def test_only_the_hours_of_business_count(write, empty_map, begin, end, hours):
    path = write("Opened,Replied\n" + f"{begin},{end}\n" * 6)
    intake = taken(empty_map, path, OFFICE.format(hours="Mo-Fr 9-17"))
    assert value(intake) == pytest.approx(hours)
    (measure,) = intake.measures
    assert "business hours (Mon-Fri 9-17)" in kpi.formula(measure)
    clock = taken(empty_map, path, TIMES).measures[0]
    assert kpi.comparable(measure) != kpi.comparable(clock)


def test_business_hours_agree_with_counting_every_minute(write, empty_map):
    chance = random.Random(3)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    pairs = []
    for _i in range(40):
        begin = start + timedelta(minutes=chance.randrange(60 * 24 * 20))
        pairs.append((begin, begin + timedelta(minutes=chance.randrange(60 * 24 * 9))))
    windows = [(range(5), 540, 750), (range(5), 810, 1080), (range(5, 6), 540, 780)]

    def works(at: datetime) -> bool:
        minute = at.hour * 60 + at.minute
        return any(at.weekday() in days and first <= minute < last for days, first, last in windows)

    wanted = sum(
        sum(works(begin + timedelta(minutes=i)) for i in range(int((end - begin).total_seconds() // 60)))
        for begin, end in pairs
    )
    path = write("Opened,Replied\n" + "".join(f"{begin:%Y-%m-%d %H:%M},{end:%Y-%m-%d %H:%M}\n" for begin, end in pairs))
    recipe = OFFICE.format(hours="Mon-Fri 9-12:30, Mon-Fri 13:30-18, Sat 9-13") + "unit = 'min'\nstatistic = 'mean'\n"
    assert value(taken(empty_map, path, recipe)) * len(pairs) == pytest.approx(wanted)


@pytest.mark.parametrize("hours", ["always", "Fri-Mon 9-17", "Mon 17-9", "Mon-Fri 9-17, Wed 16-20", "Xyz 9-17"])
def test_hours_that_are_none_are_refused_in_a_sentence(hours):
    with pytest.raises(Failure, match="hours"):
        Recipe.from_toml(OFFICE.format(hours=hours))


def _stamp(seconds: int) -> str:
    day, rest = divmod(seconds, 86_400)
    return f"2026-03-{1 + day:02} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"


STATUS = "who,status,plan\n1,Stayed,a\n2,Churned,a\n3,Joined,a\n4,Stayed,b\n5,,b\n6,Churned,b\n7,Stayed,b\n"
LEFT = "lost = { column = 'status', codes = ['churned'] }\n"
NEW = "joined = { column = 'status', codes = ['Joined'] }\n"


def test_churn_by_definition_and_of_the_listed_are_two_figures(write, empty_map):
    recipe = f"[columns]\nsegments = ['plan']\n[[measure]]\nkpi = 'churn'\n{LEFT}{NEW}[[measure]]\nkpi = 'churn'\n{LEFT}[[measure]]\nkpi = 'retention'\n{LEFT}{NEW}"
    intake = taken(empty_map, write(STATUS), recipe)
    churn, listed, kept = intake.measures
    assert (churn.rows, churn.n, churn.missing, churn.not_applicable) == (7, 5, 1, 1)
    assert (listed.n, listed.missing, listed.not_applicable) == (6, 1, 0)
    assert [value(intake, place) for place in range(3)] == pytest.approx([40, 100 / 3, 60])
    assert (churn.definition, listed.definition, kept.definition) == (kpi.AT_START, kpi.LISTED, kpi.AT_START)
    groups = by_segment(intake.blocks[churn.id, "plan"])
    assert {group: kpi.value(churn, counts) for group, counts in groups.items()} == pytest.approx(
        {"a": 50, "b": 100 / 3}
    )


def test_who_was_there_at_the_start_may_be_a_column_and_a_date_of_leaving_means_lost(write, empty_map):
    path = write("active in January,left on\nyes,\nyes,2026-02-03\nno,2026-02-03\nno,\nyes,\n,\n")
    intake = taken(empty_map, path, "[[measure]]\nkpi = 'churn'\nstart = 'active in January'\nlost = 'left on'\n")
    assert (intake.measures[0].n, value(intake)) == (3, pytest.approx(100 / 3))


def test_customers_are_counted_once_however_many_rows_they_have(write, empty_map):
    path = write("customer,day,price,quantity\na,2026-01-05,10,2\na,2026-02-01,5,1\nb,2026-01-07,7,-1\nb,2026-01-09,9,1\nc,2026-01-01,x,1\n,2026-01-01,3,1\nd,2026-01-02,,1\n")  # fmt: skip
    intake = taken(
        empty_map, path,
        "[columns]\ndate = 'day'\n[[measure]]\nkpi = 'clv'\ncustomer = 'customer'\namount = ['price', 'quantity']\nmargin = 0.5\nacquisition_cost = 1\n",
    )  # fmt: skip
    (measure,) = intake.measures
    assert (measure.rows, measure.n, measure.missing, measure.unreadable, measure.counted) == (4, 2, 1, 1, "customer")
    assert intake.blocks[measure.id, ""].codes == (0.0, 11.5)
    assert measure.unit == empty_map.map.currency
    assert any("1 row names no “customer”" in warning for warning in intake.warnings)
    assert kpi.formula(measure) == "mean of sum of a customer’s transactions × 50 % margin − 1"


def test_revenue_becomes_value_by_margin_years_and_cost(write, empty_map):
    path = write("revenue\n" + "400\n" * 9)
    recipe = "[[measure]]\nkpi = 'clv'\ncolumn = 'revenue'\nyears = 5\nacquisition_cost = 300\n"
    assert value(taken(empty_map, path, recipe)) == pytest.approx(1700)
    intake = taken(empty_map, path, recipe + "margin = 0.25\n")
    assert value(intake) == pytest.approx(200)
    assert "25 % margin" in kpi.formula(intake.measures[0])


def test_steps_in_columns_or_in_events_in_long_form(write, empty_map):
    path = write("visit,page,shop\n1,home,A\n1,pay,A\n2,home,A\n3,pay,A\n4,Home,B\n4,pay ,B\n,home,B\n")
    intake = taken(
        empty_map, path,
        "[columns]\ntouchpoint = 'shop'\n[[measure]]\nkpi = 'conversion'\ncolumn = 'page'\ncustomer = 'visit'\nsteps = ['home', 'pay']\n",
    )  # fmt: skip
    assert [(told["touchpoint"], told["rows"], told["n"]) for told in intake.as_json()["measures"]] == [
        ("A", 3, 2),
        ("B", 1, 1),
    ]
    assert [value(intake, place) for place in range(2)] == [50.0, 100.0]


def test_rates_are_averaged_in_percent_whichever_way_they_are_written(write, empty_map):
    recipe = "[[measure]]\nkpi = 'bounce'\ncolumn = 'rate'\nstatistic = 'mean'\n"
    assert value(taken(empty_map, write("rate\n0.1\n0.3\n"), recipe)) == pytest.approx(20)
    assert value(taken(empty_map, write("rate\n10\n30\n"), recipe)) == pytest.approx(20)


def test_weights_are_kept(write, empty_map):
    path = write("gone,w\nyes,3\nno,1\n")
    intake = taken(empty_map, path, "[columns]\nweight = 'w'\n[[measure]]\nkpi = 'churn'\nlost = 'gone'\n")
    assert value(intake) == pytest.approx(75)
    found = kpi.estimate(intake.measures[0], tally(intake.blocks[intake.measures[0].id, ""]))
    assert (found.n, found.n_effective) == (2, pytest.approx(1.6))


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        ("[[measure]]\nkpi = 'response_time'\nfrom = 'a'\nto = 'zz'\n", "zz"),
        ("[[measure]]\nkpi = 'response_time'\nfrom = 'a'\nto = 'b'\n", "a"),
        ("[[measure]]\nkpi = 'churn'\nlost = { column = 'a', from = 2026-01-01 }\n", "date"),
        ("[[measure]]\nkpi = 'churn'\ncolumn = 'a'\n", "churn"),
    ],
)
def test_what_the_columns_do_not_hold_is_said_in_a_sentence(write, empty_map, recipe, said):
    path = write("a,b\nred,green\nblue,yellow\n")
    with pytest.raises(Failure) as caught:
        taken(empty_map, path, recipe)
    assert said.casefold() in str(caught.value).casefold()
    assert "\n" not in str(caught.value)


def test_a_survey_of_employees_shows_no_group_below_ten(write, empty_map):
    path = write("Team,Mood\n" + "Sales,4\n" * 30 + "Legal,2\n" * 9 + "Board,5\n" * 8)
    recipe = "[source]\npeople = 'employees'\n[columns]\nsegments = ['Team']\n[[measure]]\nkpi = 'csat'\ncolumn = 'Mood'\nscale = [1, 5]\n"
    intake = taken(empty_map, path, recipe)
    empty_map.apply(intake.change)
    rows = kpis(empty_map, lambda _id: Cube(intake.blocks), by="Team")
    assert {row.figure.segment[0][1]: row.figure.n for row in rows} == {"Sales": 30, "Legal": None, "Board": None}
    assert "people" in Recipe.from_toml(recipe).to_toml()
    with pytest.raises(Failure, match="customers"):
        Recipe.from_toml("[source]\npeople = 'aliens'\n")
