"""A recipe says exactly what it can do, and comes back from TOML as it went in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from journeymap.data import Columns, Question, Recipe, Source, prepare, read_recipe, write_recipe
from journeymap.data.recipe import KPIS, STATISTICS, Join
from journeymap.data.recipe.question import UNITS, Who, Worth, expanded
from journeymap.failure import Failure

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
lists = st.lists(names, max_size=3).map(tuple)
numbers = st.one_of(st.integers(-99, 999).map(float), st.floats(-50, 50, allow_nan=False))
codes = st.lists(st.one_of(numbers, names), max_size=3).map(tuple)
questions = st.builds(
    Question,
    kpi=st.sampled_from(KPIS),
    column=names.filter(bool),
    touchpoint=names,
    scale=st.sampled_from([(), (1.0, 5.0), (0.0, 10.0), (-2.5, 2.5)]),
    missing=codes,
    not_applicable=codes,
    labels=st.dictionaries(names, numbers, max_size=3).map(lambda labels: tuple(labels.items())),
    reversed=st.booleans(),
    positive=st.lists(numbers, max_size=3).map(tuple),
    statistic=st.sampled_from(["", *STATISTICS]),
    unit=names,
    name=names,
).map(lambda question: replace(question, unit="min") if question.kpi == "response_time" else question)
whos = st.one_of(
    st.builds(Who, names.filter(bool)),
    st.builds(Who, names.filter(bool), codes),
    st.builds(Who, names.filter(bool), first=st.just("2026-01-01"), last=st.just("2026-12-31")),
)
worths = st.builds(
    Worth, years=st.floats(0.5, 30), margin=st.floats(-1, 1), acquisition_cost=numbers, discount=st.floats(0, 1)
)
composed = st.one_of(
    st.builds(Question, st.just("response_time"), begin=names.filter(bool), end=names.filter(bool), unit=st.sampled_from(sorted(UNITS)),
              hours=st.sampled_from(["", "Mon-Fri 9-17", "Mon-Fri 9-12:30, Sat 9-13"])),
    st.builds(Question, st.sampled_from(["churn", "retention"]), customer=names, lost=whos, start=st.none() | whos,
              joined=st.none() | whos, stayed=st.none() | whos),
    st.builds(Question, st.just("clv"), customer=names.filter(bool), amount=st.lists(names.filter(bool), min_size=1, max_size=2).map(tuple),
              worth=worths),
    st.builds(Question, st.sampled_from(["conversion", "dropoff"]), customer=names,
              steps=st.lists(names.filter(bool), min_size=2, max_size=4, unique=True).map(tuple)),
)  # fmt: skip
recipes = st.builds(
    Recipe,
    source=st.builds(Source, encoding=names, delimiter=st.sampled_from(["", ";", "\t"]), decimal=st.sampled_from(["", ",", "."]),
                     header_rows=st.sampled_from([None, 0, 1, 3]), sheet=names, filter=names,
                     join=st.lists(st.builds(Join, names.filter(bool), names.filter(bool), names), max_size=3).map(tuple),
                     timezone=st.sampled_from(["", "Europe/Berlin"]), people=st.sampled_from(["", "customers", "employees"])),
    columns=st.builds(Columns, touchpoint=names, date=names, date_format=names, respondent=names, weight=names,
                      segments=lists, comments=lists, drop=lists),
    questions=st.lists(questions | composed, max_size=4).map(tuple),
)  # fmt: skip


@given(recipes)
def test_a_recipe_comes_back_from_toml_as_it_went_in(recipe):
    assert Recipe.from_toml(recipe.to_toml()) == recipe


def test_the_example_of_the_contract_is_read():
    recipe = Recipe.from_toml(
        """
        [source]
        encoding = "cp1252"
        delimiter = ";"
        decimal = ","
        [columns]
        touchpoint = "Contact point"
        date = "Submitted"
        date_format = "%d.%m.%Y"
        segments = ["Gender", "Age"]
        drop = ["Email", "IP Address"]
        [[measure]]
        kpi = "nps"
        column = "NETPRO"
        scale = [0, 10]
        missing = [11]
        not_applicable = [6]
        labels = { "Very satisfied" = 5, "Satisfied" = 4 }
        positive = [4, 5]
        """
    )
    assert recipe.source == Source("cp1252", ";", ",")
    assert recipe.columns.segments == ("Gender", "Age")
    assert recipe.questions[0].labels == (("Very satisfied", 5.0), ("Satisfied", 4.0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[source]\nsheet = 3", "sheet"),
        ("[source]\nheader_rows = -1", "header_rows"),
        ("[source]\nheader_rows = true", "header_rows"),
        ("[source]\njoin = { file = 'users.csv' }", "join"),
        ("[source]\njoin = [{ file = 'users.csv', on = 'id' }, { file = 'a.csv', by = 'id' }]", "join"),
        ("[source]\njoin = 'users.csv'", "join"),
        ("[source]\ntimezone = 'Mars/Olympus'", "timezone"),
        ("[[measure]]\nkpi = 'rating'\ncolumn = 'a'\naggregate = 1", "aggregate"),
        ("[[measure]]\nkpi = 'nps'\ncolumn = 'a'\naggregate = true", "aggregate"),
        ("[[measure]]\nkpi = 'csat'\ncolumn = 'a'\naggregate = true\nstatistic = 'share'", "summed up"),
        ("[[measure]]\nkpi = 'sentiment'\ncolumn = 'a'\nscale = [1, 5]", "sentiment"),
        ("[[measure]]\nkpi = 'nps'\ncolumn = 'a'\nfrom = 'Opened'", "from"),
        ("[[measure]]\nkpi = 'response_time'\nfrom = 'Opened'", "to"),
        ("[[measure]]\nkpi = 'response_time'\ncolumn = 'a'\nunit = 'moons'", "moons"),
        ("[[measure]]\nkpi = 'clv'\namount = 'Price'", "customer"),
        ("[[measure]]\nkpi = 'clv'\ncolumn = 'a'\nyears = 0", "years"),
        ("[[measure]]\nkpi = 'clv'\ncolumn = 'a'\nmargin = 'wide'", "margin"),
        ("[[measure]]\nkpi = 'churn'\njoined = 'New'", "lost"),
        ("[[measure]]\nkpi = 'churn'\nlost = 3", "lost"),
        ("[[measure]]\nkpi = 'churn'\nlost = { codes = ['x'] }", "lost"),
        ("[[measure]]\nkpi = 'retention'\nstayed = { column = 'day', from = 'May' }", "2026-03-31"),
        ("[[measure]]\nkpi = 'dropoff'\nsteps = ['home']", "two"),
        ("[[measure]]\nkpi = 'dropoff'\nsteps = ['home', 'pay']\ncolumn = 'page'", "customer"),
        ("[[measure]]\nkpi = 'csat'\nsteps = ['home', 'pay']", "steps"),
        ("[[measure]]\nkpi = 'nps'\ncolum = 'a'", "colum"),
        ("[[measure]]\nkpi = 'nps'", "column"),
        ("[[measure]]\ncolumn = 'a'", "kpi"),
        ("[[measure]]\nkpi = 'nps'\ncolumn = 3", "column"),
        ("[[measure]]\nkpi = 'csat'\ncolumn = 'a'\nscale = [5, 1]", "scale"),
        ("[[measure]]\nkpi = 'csat'\ncolumn = 'a'\nscale = 'wide'", "scale"),
        ("[[measure]]\nkpi = 'csat'\ncolumn = 'a'\nreversed = 'yes'", "reversed"),
        ("[[measure]]\nkpi = 'csat'\ncolumn = 'a'\nlabels = { good = 'very' }", "labels"),
        ("[[measure]]\nkpi = 'csat'\ncolumn = 'a'\ntouchpoint = 'T'\nphase = 'P'", "phase"),
        ("[[measure]]\nkpi = 'csat'\ncolumn = 'a'\nstatistic = 'mode'", "statistic"),
        ("[columns]\nsegments = 'Age'", "segments"),
        ("[source]\ndelimiter = ';;'", "delimiter"),
        ("[source]\ndecimal = 'x'", "decimal"),
        ("[sauce]\n", "sauce"),
        ("measure = 3", "measure"),
        ("source = 3", "source"),
        ("kpi = = 3", "TOML"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_in_words(text, said):
    with pytest.raises(Failure) as caught:
        Recipe.from_toml(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_drop_off_over_several_steps_is_one_figure_a_step():
    question = Question("dropoff", steps=("home", "search", "pay"), touchpoint="Shop")
    assert [(one.steps, one.name, one.touchpoint) for one in expanded(question)] == [
        (("home", "search"), "Drop-off: home → search", "Shop"),
        (("search", "pay"), "Drop-off: search → pay", "Shop"),
    ]
    whole = Question("conversion", steps=("home", "search", "pay"))
    assert expanded(whole) == [whole]


def test_a_recipe_file_is_written_and_read(tmp_path):
    recipe = Recipe(columns=Columns(date="Tag"), questions=(Question("nps", "Empfehlung ä"),))
    write_recipe(tmp_path / "r.toml", recipe)
    assert read_recipe(tmp_path / "r.toml") == recipe


def test_a_recipe_that_is_not_there_or_no_text_or_not_writable_is_said_so(tmp_path):
    (tmp_path / "noise.toml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "absent.toml", tmp_path, tmp_path / "noise.toml"):
        with pytest.raises(Failure):
            read_recipe(path)
    with pytest.raises(Failure):
        write_recipe(tmp_path / "no" / "r.toml", Recipe())


def test_the_recipes_of_the_tests_are_valid():
    found = sorted((Path(__file__).parents[1] / "recipes").glob("*.toml"))
    assert found
    for path in found:
        assert read_recipe(path).questions


def test_names_of_touchpoints_mean_others_or_are_left_out(write, small_map):
    path = write("Place,Satisfaction\n" + "Srch,4\nSearch,5\nTest,1\n" * 20)
    recipe = Recipe(
        columns=Columns(touchpoint="Place", touchpoints=(("srch", "Search"), ("Test", ""))),
        questions=(Question("csat", "Satisfaction", scale=(1, 5)),),
    )
    assert Recipe.from_toml(recipe.to_toml()) == recipe
    intake = prepare(small_map, [path], recipe)
    assert [measure.n for measure in intake.measures] == [40]
    assert (intake.account["no_touchpoint"], intake.created["touchpoints"]) == (20, [])
    with pytest.raises(Failure, match="touchpoints"):
        Recipe.from_toml('[columns]\ntouchpoints = ["Search"]')
