"""Figures that others worked out from published files, reproduced by recipe: surveys of four years, published means, labels,
reviews in German and Turkish, transactions from Parquet, two tables joined.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from journeymap.data import prepare, read_recipe
from journeymap.model import kpi
from journeymap.model.breakdown import kpis
from journeymap.model.cube import EVERYBODY, Cube
from journeymap.model.document import Document
from journeymap.model.figures import figures
from journeymap.model.records import Map, State, new_id
from journeymap.model.tally import by_segment, tally

RECIPES = Path(__file__).parents[1] / "recipes"
FOURTH = 6e-5  # references are rounded to four decimals


def taken(recipe: str, *paths: Path, **columns):
    document = Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])
    read = read_recipe(RECIPES / recipe)
    return prepare(document, paths, replace(read, columns=replace(read.columns, **columns)))


def reference(folder: Path) -> dict:
    return json.loads((folder / "REFERENCE.json").read_text("utf-8"))


def counted(intake, measure, segment=EVERYBODY):
    return tally(intake.blocks[measure.id, segment])


def value(intake, measure) -> float:
    return kpi.estimate(measure, counted(intake, measure)).value


@pytest.mark.parametrize("year", ["2014", "2015", "2016", "2017"])
def test_four_years_of_an_airport_have_the_reference_figures(shared, year):
    folder = shared / "data" / "sfo_customer_survey"
    expected = reference(folder)[year]
    intake = taken("sfo-2014-2017.toml", *folder.glob(f"{year}*.csv"))
    assert intake.account["rows_read"] == expected["rows"]
    items = expected["touchpoints"] | expected["cleanliness"] | expected["ease_5easy_1difficult"]
    assert len(items) == 24
    for column, figures_ in items.items():
        share, rating = (
            next(one for one in intake.measures if one.column == column and one.kpi in names)
            for names in ({"csat", "ces"}, {"rating"})
        )
        assert share.n == rating.n == figures_["n"]
        assert share.rows - share.n == figures_["excluded"]
        assert value(intake, share) == pytest.approx(figures_["csat_pct"], abs=FOURTH)
        assert value(intake, rating) == pytest.approx(figures_["mean"], abs=FOURTH)
        assert kpi.share((1.0, 2.0), counted(intake, share)).value == pytest.approx(figures_["bottom2_pct"], abs=FOURTH)
    (without,) = [one for one in intake.measures if one.column == "Q15PROBLEM"]
    assert 100 - value(intake, without) == pytest.approx(expected["problem_rate_yes_of_yes_no_pct"], abs=FOURTH)


def test_the_nps_of_an_airport_is_the_reference_one_weighted_and_by_boarding_area(shared):
    folder = shared / "data" / "sfo_customer_survey"
    expected = reference(folder)["2017"]
    path = next(folder.glob("2017*.csv"))
    plain, weighted = taken("sfo-2017.toml", path), taken("sfo-2017.toml", path, weight="WEIGHT")
    nps = next(one for one in plain.measures if one.kpi == "nps")
    groups = by_segment(plain.blocks[nps.id, "BAREA"])
    for area, figures_ in expected["NPS_by_BAREA"].items():
        wanted = figures_["nps"] if isinstance(figures_, dict) else figures_
        assert kpi.estimate(nps, groups[area]).value == pytest.approx(wanted, abs=FOURTH)
    assert kpi.mean(replace(nps, statistic="mean"), counted(plain, nps)).value == pytest.approx(
        expected["NPS_NETPRO"]["mean"], abs=FOURTH
    )
    nps = next(one for one in weighted.measures if one.kpi == "nps")
    assert value(weighted, nps) == pytest.approx(expected["NPS_weighted_by_WEIGHT"], abs=FOURTH)


def test_published_means_stay_without_n_and_come_by_quarter(shared, empty_map):
    folder = shared / "data" / "va_hisp_quarterly"
    expected = reference(folder)
    intake = prepare(empty_map, [folder / "hisp-question-details.csv"], read_recipe(RECIPES / "va-questions.toml"))
    assert intake.account["rows_read"] == expected["rows"]
    assert sum(one.missing for one in intake.measures) == expected["no_data_cells"]
    empty_map.apply(intake.change)
    rows = [
        row.figure if hasattr(row, "figure") else row
        for row in kpis(empty_map, lambda _id: Cube(intake.blocks, intake.pairs), None, "quarter")
    ]
    names = {measure.id: intake.places[measure.id][0] for measure in intake.measures}
    found = {(names[row.measure_id], row.period): row for row in rows if row.value is not None}
    wanted = {
        (question, quarter): score
        for question, scores in expected["score_by_quarter"].items()
        for quarter, score in scores.items()
        if score is not None
    }
    assert {
        (question, period.replace(" ", "-")): row.value for (question, period), row in found.items()
    } == pytest.approx(wanted)
    assert all((row.n, row.low, row.high, row.hatched) == (None, None, None, True) for row in found.values())
    whole = figures(empty_map, lambda _id: Cube(intake.blocks, intake.pairs))
    for group in whole.touchpoint.values():
        for figure in group:
            mean = expected["mean_of_quarter_scores"][names[figure.measure_id]]
            assert figure.value == pytest.approx(mean, abs=6e-4)
            assert (figure.hatched, figure.status) == (True, "none")


def test_published_counts_and_percentages_are_numbers(shared):
    folder = shared / "data" / "va_hisp_quarterly"
    intake = taken("va-quarterly.toml", folder / "hisp-quarterly-data.csv")
    rate, respondents = intake.measures
    assert sorted(counted(intake, rate).codes) == [16.0, 17.0, 20.0, 31.0]
    answers = counted(intake, respondents)
    assert (
        sum(code * n for code, n in zip(answers.codes, answers.n, strict=True))
        == reference(folder)["respondents_total"]
    )
    assert (intake.data_set.first_day, intake.data_set.last_day) == ("2019-01-01", "2020-01-01")


def test_labelled_comments_have_the_reference_mean_on_their_scale(shared):
    folder = shared / "data" / "nhs_friends_and_family"
    expected = reference(folder)["phase1"]
    intake = taken("nhs.toml", folder / "phase1_text_data.csv")
    (measure,) = intake.measures
    assert measure.rows == expected["rows"]
    assert measure.n == expected["criticality_n_in_range"]
    assert measure.missing == expected["nulls"]["criticality"]
    assert value(intake, measure) == pytest.approx(expected["criticality_mean_in_range"], abs=FOURTH)


def test_german_reviews_have_the_reference_figures_by_brand(shared):
    folder = shared / "data" / "de_coffee_reviews"
    expected = reference(folder)
    intake = taken("coffee.toml", folder / "kaffee_reviews.csv")
    rating, csat = intake.measures
    assert (rating.rows, rating.n) == (expected["rows"], expected["n"])
    assert value(intake, rating) == pytest.approx(expected["mean"], abs=FOURTH)
    assert value(intake, csat) == pytest.approx(expected["csat_pct"], abs=FOURTH)
    assert kpi.share((1.0, 2.0), counted(intake, csat)).value == pytest.approx(expected["bottom2_pct"], abs=FOURTH)
    groups = by_segment(intake.blocks[rating.id, "brand"])
    assert {brand: kpi.estimate(rating, counts).value for brand, counts in groups.items()} == pytest.approx(
        expected["mean_by_brand"], abs=FOURTH
    )


def test_turkish_comments_in_utf16_have_the_reference_net_sentiment(shared):
    folder = shared / "data" / "tr_store_reviews_utf16"
    expected = reference(folder)
    intake = taken("stores-tr.toml", *folder.glob("*.csv"))
    (measure,) = intake.measures
    assert (measure.rows, measure.n) == (expected["rows"], expected["rows"])
    answers = counted(intake, measure)
    assert dict(zip(answers.codes, answers.n, strict=True)) == {
        100.0: expected["Durum"]["Olumlu"], 0.0: expected["Durum"]["Tarafsız"], -100.0: expected["Durum"]["Olumsuz"],
    }  # fmt: skip
    assert value(intake, measure) == pytest.approx(expected["net_sentiment_pct"], abs=6e-3)


def test_what_customers_spent_is_read_from_parquet(shared):
    folder = shared / "data" / "uci_online_retail"
    expected = reference(folder)
    intake = taken("retail.toml", folder / "online_retail.parquet")
    (measure,) = [one for one in intake.measures if one.kpi == "clv"]
    assert intake.account["rows_read"] == expected["rows"]
    assert measure.n == expected["customers"]
    assert value(intake, measure) == pytest.approx(expected["mean_net_revenue_per_customer"], abs=FOURTH)
    assert (intake.data_set.first_day, intake.data_set.last_day) == tuple(day[:10] for day in expected["date_range"])


@pytest.mark.parametrize(
    ("recipe", "figure"), [("olist-late.toml", "mean_score_late"), ("olist-on-time.toml", "mean_score_on_time")]
)
def test_reviews_joined_to_orders_have_the_reference_means(shared, recipe, figure):
    folder = shared / "data" / "olist_sample"
    intake = taken(recipe, folder / "olist_order_reviews_dataset.csv")
    (measure,) = intake.measures
    assert value(intake, measure) == pytest.approx(reference(folder)["join_orders_reviews"][figure], abs=FOURTH)
    report = intake.as_json()
    assert report["rows_read"] == reference(folder)["reviews"]["rows"]
    assert any("no partner" in warning for warning in report["warnings"])


def test_the_share_of_satisfied_passengers_is_the_reference_one(shared):
    folder = shared / "data" / "airline_passenger_satisfaction"
    intake = taken("airline-overall.toml", folder / "test.csv")
    assert value(intake, intake.measures[0]) == pytest.approx(reference(folder)["test"]["satisfied_pct"], abs=FOURTH)
