"""From a file to a Change: where measures go, what is created, what is refused, what is said."""

from __future__ import annotations

import json

import pytest

from journeymap.data import Columns, Question, Recipe, Source, prepare
from journeymap.failure import Failure
from journeymap.model.cube import EVERYBODY, UNDATED
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Map, Measure, Phase, State, Touchpoint, new_id

CSAT = Question("csat", "score", scale=(1.0, 5.0))


def imported(document: Document, *paths, recipe: Recipe | None = None, **options):
    intake = prepare(document, list(paths), recipe or Recipe(questions=(CSAT,)), **options)
    document.fits(intake.change)
    document.apply(intake.change)
    return intake


def names(document, kind):
    return [one.name for one in document.all(kind)]


def test_a_measure_without_a_place_belongs_to_the_journey(write, small_map):
    intake = imported(small_map, write("score\n5\n4\n1\n"))
    (measure,) = small_map.all(Measure)
    assert (measure.touchpoint_id, measure.phase_id) == (None, None)
    assert small_map.one(DataSet, measure.data_set_id).name == "survey"
    assert intake.as_json()["measures"] == [
        {"kpi": "csat", "touchpoint": None, "phase": None, "column": "score", "unit": "row",
         "rows": 3, "n": 3, "missing": 0, "not_applicable": 0, "unreadable": 0}
    ]  # fmt: skip


def test_touchpoints_and_phases_are_found_by_name_or_made(write, small_map):
    path = write("a,b,c,d\n5,4,3,2\n1,2,3,4\n")
    recipe = Recipe(
        questions=(
            Question("csat", "a", touchpoint="CHECK-IN "),
            Question("csat", "b", touchpoint="Arrival"),
            Question("csat", "c", phase="before"),
            Question("csat", "d", phase="Long after"),
        )
    )
    intake = imported(small_map, path, recipe=recipe)
    assert intake.created == {"phases": ["Imported", "Long after"], "touchpoints": ["Arrival"]}
    assert intake.as_json()["created"] == {"phases": 2, "touchpoints": 1, "kpis": 4, "pain_points": 0, "quotes": 0}
    assert names(small_map, Phase) == ["Before", "After", "Imported", "Long after"]
    arrival = next(one for one in small_map.all(Touchpoint) if one.name == "Arrival")
    assert small_map.one(Phase, arrival.phase_id).name == "Imported"
    assert [small_map.get(Touchpoint, one.touchpoint_id) is not None for one in intake.measures] == [
        True,
        True,
        False,
        False,
    ]


def test_on_an_empty_map_touchpoints_come_into_a_phase_of_their_own(write):
    document = Document([Map(new_id(), title="Nothing")])
    imported(
        document,
        write("score,where\n5,B\n4,a\n3,B\n"),
        recipe=Recipe(columns=Columns(touchpoint="where"), questions=(CSAT,)),
    )
    assert names(document, State) == ["As is"]
    assert names(document, Phase) == ["Imported"]
    assert names(document, Touchpoint) == ["a", "B"]


def test_the_touchpoint_of_today_is_meant_before_that_of_tomorrow(write):
    today, tomorrow = State(new_id(), "a1", "Today", "as_is"), State(new_id(), "a0", "Tomorrow", "to_be")
    phases = [Phase(new_id(), state.id, "a0", "Only") for state in (tomorrow, today)]
    points = [Touchpoint(new_id(), phase.id, "a0", "Search") for phase in phases]
    document = Document([Map(new_id()), tomorrow, today, *phases, *points])
    intake = imported(
        document, write("score\n5\n"), recipe=Recipe(questions=(Question("csat", "score", touchpoint="search"),))
    )
    assert intake.measures[0].touchpoint_id == points[1].id


def test_the_same_source_twice_is_refused_unless_asked_for(write, small_map):
    path = write("score\n5\n")
    imported(small_map, path)
    with pytest.raises(Failure, match="already"):
        prepare(small_map, [path], Recipe(questions=(CSAT,)))
    renamed = write("score\n5\n", "renamed.csv")
    with pytest.raises(Failure, match=r"renamed\.csv"):
        prepare(small_map, [renamed], Recipe(questions=(CSAT,)))
    with pytest.raises(Failure, match="already"):
        prepare(small_map, [write("score\n4\n", "new.csv"), renamed], Recipe(questions=(CSAT,)))
    imported(small_map, path, again=True)
    assert len(small_map.all(DataSet)) == 2
    assert [one.order for one in small_map.all(DataSet)] == sorted({one.order for one in small_map.all(DataSet)})


def test_several_files_become_one_data_set(write, small_map):
    first = write("score,who\n5,a\n4,b\n", "january.csv")
    second = write("who;score\nc;3\nd;x\n".encode("utf-16"), "february.csv")
    intake = imported(small_map, first, second, name="Winter")
    assert intake.data_set.name == "Winter"
    assert intake.data_set.source == "january.csv, february.csv"
    assert intake.as_json()["rows_read"] == 4
    assert (intake.measures[0].n, intake.measures[0].unreadable) == (3, 1)
    with pytest.raises(Failure, match=r"january\.csv"):
        prepare(small_map, [first], Recipe(questions=(CSAT,)))


def test_files_that_do_not_belong_together_are_refused(write, small_map):
    first, second = write("score\n5\n", "one.csv"), write("points\n5\n", "two.csv")
    with pytest.raises(Failure, match=r"two\.csv"):
        prepare(small_map, [first, second], Recipe(questions=(CSAT,)))
    with pytest.raises(Failure, match="same file"):
        prepare(small_map, [first, first], Recipe(questions=(CSAT,)))


def test_duplicate_headers_are_told_apart_by_position(write, small_map):
    path = write("score,,score,score (2)\n5,x,1,3\n4,y,1,3\n")
    recipe = Recipe(
        questions=(
            CSAT,
            Question("csat", "score (3)", scale=(1.0, 5.0)),
            Question("csat", "score (2)", scale=(1.0, 5.0)),
        )
    )
    intake = imported(small_map, path, recipe=recipe)
    means = []
    for measure in intake.measures:
        block = intake.blocks[measure.id, EVERYBODY]
        means.append(sum(block.codes[code] * n for code, n in zip(block.code, block.n, strict=True)) / sum(block.n))
    assert means == [4.5, 1.0, 3.0]


def test_days_become_days_and_the_data_set_knows_its_first_and_last(write, small_map):
    path = write("score,day\n5,31.12.2025\n4,01.01.2026 18:00\n3,\n2,never\n")
    intake = imported(small_map, path, recipe=Recipe(columns=Columns(date="day"), questions=(CSAT,)))
    assert (intake.data_set.first_day, intake.data_set.last_day, intake.data_set.grain) == (
        "2025-12-31",
        "2026-01-01",
        "day",
    )
    assert list(intake.blocks[intake.measures[0].id, EVERYBODY].day) == [UNDATED, 20453, 20454]
    assert intake.as_json()["rows_dropped"] == {"no readable date": 1}


def test_day_and_month_that_cannot_be_told_apart_are_said_so(write, small_map):
    path = write("score,day\n5,01/02/2026\n4,03/04/2026\n")
    intake = imported(small_map, path, recipe=Recipe(columns=Columns(date="day"), questions=(CSAT,)))
    assert any("day and month" in warning for warning in intake.warnings)
    told = Recipe(columns=Columns(date="day", date_format="%d/%m/%Y"), questions=(CSAT,))
    certain = prepare(small_map, [path], told, again=True)
    assert (certain.warnings, certain.data_set.first_day) == ((), "2026-02-01")
    # One day beyond the twelfth tells them apart.
    clear = write("score,day\n5,01/02/2026\n4,23/04/2026\n", "clear.csv")
    assert (
        imported(small_map, clear, recipe=Recipe(columns=Columns(date="day"), questions=(CSAT,))).data_set.first_day
        == "2026-02-01"
    )


def test_where_days_are_written_first_they_are_read_first(write, small_map):
    path = write("score;day\n5;01/02/2026\n4;03/04/2026\n")
    intake = imported(small_map, path, recipe=Recipe(columns=Columns(date="day"), questions=(CSAT,)))
    assert (intake.data_set.first_day, intake.data_set.last_day) == ("2026-02-01", "2026-04-03")
    assert any("day and month" in warning for warning in intake.warnings)


def test_decimal_commas_and_reversed_scales_and_labels(write, small_map):
    path = write('mark;words;weight\n1,0;gut;"1,5"\n2,0;schlecht;0,5\n9;weiß nicht;1\n')
    recipe = Recipe(
        Source(decimal=","),
        Columns(weight="weight"),
        (
            Question("csat", "mark", scale=(1.0, 6.0), missing=(9.0,), reversed=True),
            Question(
                "csat", "words", scale=(1.0, 2.0), labels=(("gut", 2.0), ("schlecht", 1.0)), missing=("weiß nicht",)
            ),
        ),
    )
    intake = imported(small_map, path, recipe=recipe)
    assert [(one.n, one.missing) for one in intake.measures] == [(2, 1), (2, 1)]
    assert intake.measures[0].is_reversed
    block = intake.blocks[intake.measures[0].id, EVERYBODY]
    assert (block.codes, list(block.w), list(block.w2)) == ((1.0, 2.0), [1.5, 0.5], [2.25, 0.25])
    assert intake.data_set.weighted


def test_a_scale_is_taken_from_the_answers_where_the_recipe_names_none(write, small_map):
    path = write("five,seven,ten,yes\n1,7,0,1\n5,2,10,0\n4,6,9,1\n")
    recipe = Recipe(
        questions=(
            Question("csat", "five"),
            Question("csat", "seven"),
            Question("rating", "ten"),
            Question("csat", "yes"),
            Question("ces", "seven", touchpoint="Search"),
        )
    )
    measures = imported(small_map, path, recipe=recipe).measures
    assert [one.scale for one in measures] == [(1, 5), (1, 7), (0, 10), (0, 1), (1, 7)]
    assert [one.statistic for one in measures] == ["share", "share", "mean", "share", "mean"]


def test_a_share_of_ten_codes_has_to_be_stated(write, small_map):
    path = write("ten\n1\n10\n")
    with pytest.raises(Failure, match="positive"):
        prepare(small_map, [path], Recipe(questions=(Question("csat", "ten", scale=(1.0, 10.0)),)))
    stated = Question("csat", "ten", scale=(1.0, 10.0), positive=(9.0, 10.0))
    assert imported(small_map, path, recipe=Recipe(questions=(stated,))).measures[0].positive == (9.0, 10.0)


def test_the_data_set_keeps_recipe_and_account(write, small_map):
    recipe = Recipe(columns=Columns(segments=("who",), drop=("mail",)), questions=(CSAT,))
    intake = imported(small_map, write("score,who,mail\n5,a,x\n9,b,y\n"), recipe=recipe)
    kept = small_map.all(DataSet)[0]
    assert Recipe.from_toml(kept.recipe) == recipe
    account = json.loads(kept.account)
    assert account["rows_read"] == account["rows_used"] == 2
    assert account["sources"][0]["fingerprint"] == kept.fingerprint
    assert list(account["personal"]) == ["mail"]
    assert kept.segments == ("who",)
    assert set(intake.blocks) == {(intake.measures[0].id, EVERYBODY), (intake.measures[0].id, "who")}


def test_progress_rises_to_one(write, small_map):
    seen = []
    imported(small_map, write("score\n5\n"), progress=lambda part, text: seen.append((part, text)))
    assert [part for part, _text in seen] == sorted(part for part, _text in seen)
    assert seen[-1][0] == 1.0
    assert all(text for _part, text in seen)


def test_a_recipe_without_measures_and_one_that_contradicts_itself_are_refused(write, small_map):
    path = write("score\n5\n")
    with pytest.raises(Failure, match="no measure"):
        prepare(small_map, [path], Recipe())
    with pytest.raises(Failure, match="drops"):
        prepare(small_map, [path], Recipe(columns=Columns(drop=("score",)), questions=(CSAT,)))
