"""Published surveys, against figures that were computed independently of this program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeymap.data import guess, peek, prepare, read_recipe
from journeymap.model import kpi, tally
from journeymap.model.cube import EVERYBODY

RECIPES = Path(__file__).parents[1] / "recipes"


@pytest.fixture(scope="module")
def sfo(shared) -> Path:
    return next((shared / "data" / "sfo_customer_survey").glob("2017*.csv"))


@pytest.fixture(scope="module")
def airline(shared) -> Path:
    return shared / "data" / "airline_passenger_satisfaction" / "test.csv"


def reference(path: Path) -> dict:
    return json.loads((path.parent / "REFERENCE.json").read_text(encoding="utf-8"))


def estimate(intake, measure):
    return kpi.estimate(measure, tally.tally(intake.blocks[measure.id, EVERYBODY]))


def measure(intake, kpi_name, column):
    (found,) = [one for one in intake.measures if (one.kpi, one.column) == (kpi_name, column)]
    return found


def test_sfo_nps_is_the_published_one_at_journey_level(sfo, empty_map):
    intake = prepare(empty_map, [sfo], read_recipe(RECIPES / "sfo-2017.toml"))
    nps = measure(intake, "nps", "NETPRO")
    assert (nps.touchpoint_id, nps.phase_id) == (None, None)
    assert (nps.rows, nps.n, nps.missing, nps.unreadable) == (2831, 2746, 85, 0)
    assert intake.warnings == ()
    found = estimate(intake, nps)
    assert (found.value, found.low, found.high) == pytest.approx((39.8398, 37.1832, 42.4114), abs=1e-3)


def test_sfo_items_have_the_reference_means_and_shares(sfo, empty_map):
    intake = prepare(empty_map, [sfo], read_recipe(RECIPES / "sfo-2017.toml"))
    year = reference(sfo)["2017"]
    expected = {**year["touchpoints"]}
    assert len(expected) >= 15
    for column, figures in expected.items():
        rating, csat = measure(intake, "rating", column), measure(intake, "csat", column)
        assert rating.n == csat.n == figures["n"]
        assert rating.rows - rating.n == figures["excluded"]
        assert estimate(intake, rating).value == pytest.approx(figures["mean"], abs=6e-5)
        assert estimate(intake, csat).value == pytest.approx(figures["csat_pct"], abs=6e-5)
    for column, figures in year["ease_5easy_1difficult"].items():
        assert estimate(intake, measure(intake, "ces", column)).value == pytest.approx(figures["csat_pct"], abs=6e-5)


def test_airline_items_have_the_reference_means_and_shares(airline, empty_map):
    intake = prepare(empty_map, [airline], read_recipe(RECIPES / "airline.toml"))
    expected = reference(airline)["test"]
    items = expected["touchpoints_1to5_zero_excluded"]
    assert len(items) == 14
    for column, figures in items.items():
        rating, csat = measure(intake, "rating", column), measure(intake, "csat", column)
        assert (rating.n, rating.not_applicable) == (figures["n"], expected["zeros"][column])
        assert estimate(intake, rating).value == pytest.approx(figures["mean"], abs=6e-5)
        assert estimate(intake, csat).value == pytest.approx(figures["csat_pct"], abs=6e-5)
    assert intake.account["rows_read"] == expected["rows"]


def test_airline_is_guessed_right_but_for_its_blank_header(airline, empty_map):
    sample = peek(airline)
    assert sample.columns[0] == "column 1"
    assert len(sample.columns) == 25
    guessed = guess(sample, empty_map)
    roles = {role.column: role.kind for role in guessed.roles}
    items = set(reference(airline)["test"]["touchpoints_1to5_zero_excluded"])
    assert {name for name, role in roles.items() if role == "measure"} - items == {
        "Departure Delay in Minutes",
        "Arrival Delay in Minutes",
    }
    assert roles["id"] == "respondent"
    assert {roles[name] for name in ("Gender", "Customer Type", "Class")} == {"segment"}
    assert guessed.personal == {}
    intake = prepare(empty_map, [airline], guessed.recipe)
    for one in intake.measures:
        if one.kpi == "csat":
            figures = reference(airline)["test"]["touchpoints_1to5_zero_excluded"][one.column]
            assert estimate(intake, one).value == pytest.approx(figures["csat_pct"], abs=6e-5)
    delay = estimate(intake, measure(intake, "number", "Departure Delay in Minutes"))
    assert delay.value == pytest.approx(reference(airline)["test"]["mean_departure_delay_min"], abs=6e-5)


def test_sfo_is_guessed_with_its_codes_and_its_weight_only_offered(sfo, empty_map):
    guessed = guess(peek(sfo), empty_map)
    assert guessed.weight == "WEIGHT"
    assert guessed.recipe.columns.weight == ""
    questions = {question.column: question for question in guessed.recipe.questions}
    for column in reference(sfo)["2017"]["touchpoints"]:
        assert questions[column].scale == (1, 5)
        assert questions[column].not_applicable == (6.0,)
        assert 0.0 in questions[column].missing
    assert (questions["NETPRO"].kpi, questions["NETPRO"].missing, questions["NETPRO"].touchpoint) == (
        "nps",
        (11.0,),
        "",
    )
    intake = prepare(empty_map, [sfo], guessed.recipe)
    assert estimate(intake, measure(intake, "nps", "NETPRO")).value == pytest.approx(39.8398, abs=1e-3)
    assert intake.warnings == ()


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("de_coffee_reviews/kaffee_reviews.csv", None),
        ("tr_store_reviews_utf16/magaza_yorumlari_duygu_analizi.csv", "utf-16"),
    ],
)
def test_other_languages_and_encodings_are_peeked_at(shared, file, encoding):
    sample = peek(shared / "data" / file)
    assert len(sample.columns) > 1
    assert encoding is None or sample.encoding.startswith(encoding)
