"""Data sets that follow one another: the newest answer is shown, older ones are the trend, every day counts once."""

from __future__ import annotations

from array import array
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from journeymap.model import series
from journeymap.model.breakdown import kpis
from journeymap.model.cube import EVERYBODY, Block, Cube
from journeymap.model.document import Document
from journeymap.model.figures import figures
from journeymap.model.moves import moves, overlap, redefined
from journeymap.model.records import DataSet, KpiTarget, Map, Measure, Phase, State, Touchpoint
from journeymap.model.tally import day_number, tally

JANUARY = day_number("2026-01-01")


def block(first: int, *days: tuple[int, int]) -> Block:
    """(satisfied, dissatisfied) answers on each day from `first` on: codes 5 and 1."""
    cells = [(first + day, code, n) for day, pair in enumerate(days) for code, n in ((0, pair[1]), (1, pair[0])) if n]
    columns = list(zip(*cells, strict=True)) or [(), (), ()]
    return Block(
        ("",), (1.0, 5.0), array("i", columns[0]), array("i", [0] * len(cells)), array("i", columns[1]),
        array("q", columns[2]), array("d"), array("d"),
    )  # fmt: skip


def iso(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


class Months:
    """A map with one touchpoint, and data sets of one series that are put on it one by one."""

    def __init__(self) -> None:
        state = State("s", "a0", "As is")
        phase = Phase("p", "s", "a0", "Before")
        self.document = Document([Map("m", title="Months"), state, phase, Touchpoint("t", "p", "a0", "Security")])
        self.blocks: dict[str, Block] = {}

    def add(self, name: str, first: int, *days: tuple[int, int], **fields: object) -> Measure:
        sets = self.document.all(DataSet)
        found = {"series": sets[0].id if sets else "", **fields}
        asked = {key: found.pop(key) for key in ("scale", "positive", "column") if key in found}
        data_set = DataSet(
            name, f"a{len(sets)}", name, first_day=iso(first), last_day=iso(first + len(days) - 1), **found
        )
        measure = Measure(
            f"{name}-q", name, "a0", "t", kpi="csat", column="Security", scale=(1.0, 5.0), n=sum(map(sum, days))
        )
        measure = replace(measure, **asked)
        self.document = Document([*self.document, data_set, measure])
        self.blocks[measure.id] = block(first, *days)
        return measure

    def cube(self, data_set: str) -> Cube:
        return Cube({(id_, EVERYBODY): each for id_, each in self.blocks.items() if id_ == f"{data_set}-q"})

    def figure(self):
        (found,) = figures(self.document, self.cube).at("t")
        return found


@pytest.fixture
def months() -> Months:
    made = Months()
    made.add("jan", JANUARY, *[(8, 2)] * 31)
    return made


def test_two_months_are_one_figure_that_shows_the_newest_and_a_trend_of_both(months) -> None:
    months.add("feb", JANUARY + 31, *[(4, 6)] * 28)
    figure = months.figure()
    assert (figure.value, figure.n, figure.data_set_id) == (pytest.approx(40.0), 280, "feb")
    assert figure.spark == (pytest.approx(80.0), pytest.approx(40.0))
    assert figure.period == "1 Feb – 28 Feb 2026"


def test_a_target_of_the_touchpoint_goes_on_holding(months) -> None:
    months.document = Document([*months.document, KpiTarget("k", "t", None, "csat", 70.0)])
    assert months.figure().status == "met"
    months.add("feb", JANUARY + 31, *[(4, 6)] * 28)
    assert months.figure().status == "missed"


def test_an_older_month_that_comes_later_joins_the_trend_and_is_not_shown(months) -> None:
    months.add("dec", JANUARY - 31, *[(5, 5)] * 31)
    figure = months.figure()
    assert figure.data_set_id == "jan"
    assert figure.spark == (pytest.approx(50.0), pytest.approx(80.0))


def test_data_of_another_series_stand_beside_it(months) -> None:
    months.add("other", JANUARY + 31, *[(4, 6)] * 28, series="")
    assert {one.data_set_id for one in figures(months.document, months.cube).at("t")} == {"jan", "other"}


def test_another_definition_is_shown_alone_and_never_put_together_or_compared(months) -> None:
    new = months.add("feb", JANUARY + 31, *[(4, 6)] * 28, scale=(1.0, 7.0))
    figure = months.figure()
    assert (figure.data_set_id, figure.spark) == ("feb", ())
    assert moves(months.document, [new], lambda one: months.blocks[one.id]) == []
    assert [(one.id, other.id) for one, other in redefined(months.document, [new])] == [("jan-q", "feb-q")]


def test_a_question_that_was_not_asked_again_stays_with_its_own_period(months) -> None:
    months.add("feb", JANUARY + 31, *[(4, 6)] * 28, column="Lounge")
    assert {one.period for one in figures(months.document, months.cube).at("t")} == {
        "1 Jan – 31 Jan 2026",
        "1 Feb – 28 Feb 2026",
    }


def test_a_fall_beyond_chance_is_worse_and_the_same_again_is_no_clear_change(months) -> None:
    new = months.add("feb", JANUARY + 31, *[(4, 6)] * 28)
    (move,) = moves(months.document, [new], lambda one: months.blocks[one.id])
    assert (move.word, round(move.difference.value)) == ("worse", -40)
    again = months.add("mar", JANUARY + 59, *[(4, 6)] * 31)
    (move,) = moves(months.document, [again], lambda one: months.blocks[one.id])
    assert (move.word, move.before.n, move.after.n) == ("no clear change", 280, 310)


def test_of_a_file_that_holds_the_old_days_too_only_the_new_days_are_compared(months) -> None:
    new = months.add("both", JANUARY, *[(8, 2)] * 31, *[(4, 6)] * 28)
    (move,) = moves(months.document, [new], lambda one: months.blocks[one.id])
    assert (move.before.n, move.after.n, move.word) == (310, 280, "worse")
    shared = overlap(
        months.document, months.document.one(DataSet, "jan"), months.document.one(DataSet, "both"),
        lambda one: months.blocks[one.id],
    )  # fmt: skip
    assert (shared.count, shared.alike) == (31, 31)
    assert months.figure().n == 590


def test_periods_are_those_of_the_whole_series_and_say_whose_they_are(months) -> None:
    months.add("feb", JANUARY + 31, *[(4, 6)] * 28)
    rows = kpis(months.document, months.cube, period="month")
    assert [(row.figure.period, row.dataset, row.figure.n) for row in rows] == [
        ("2026-01", "jan", 310),
        ("2026-02", "feb", 280),
    ]
    assert rows[1].shift.word == "worse"
    assert [row.figure.n for row in kpis(months.document, months.cube, period="quarter")] == [590]


@given(st.lists(st.tuples(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)), min_size=1, max_size=4))  # fmt: skip
def test_every_day_counts_once_as_the_newest_data_that_cover_it_have_it(sets) -> None:
    months = Months()
    for number, (start, days) in enumerate(sets):
        months.add(f"d{number}", JANUARY + start, *days)
    order = [one.id for one in series.members(months.document, "d0")]
    line = [months.document.one(Measure, f"{id_}-q") for id_ in order]
    whole = series.joined(months.document, line, lambda one: months.blocks[one.id])
    expected: dict[int, int] = {}
    for id_ in order:  # a newer one takes away what lies behind its beginning, then adds its own
        start, days = sets[int(id_[1:])]
        expected = {day: n for day, n in expected.items() if day < start}
        for place, pair in enumerate(days):
            expected[start + place] = sum(pair)
    counted: dict[int, int] = {}
    for day, n in zip(whole.day, whole.n, strict=True):
        counted[day - JANUARY] = counted.get(day - JANUARY, 0) + n
    assert counted == {day: n for day, n in expected.items() if n}
    assert list(whole.day) == sorted(whole.day)
    assert tally(whole).answers == sum(expected.values())
