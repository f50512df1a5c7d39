"""What the published references do not say of their figures: intervals, names, what is not called churn, what is open."""

from __future__ import annotations

import json

import pytest
from data.published import By, told

from journeymap.data import prepare, read_recipe
from journeymap.data.making import Intake
from journeymap.model import kpi
from journeymap.model.records import Measure
from journeymap.model.tally import tally


def estimate(intake: Intake, measure: Measure) -> kpi.Estimate:
    return kpi.estimate(measure, tally(intake.blocks[measure.id, ""]))


def golden(shared, number: int) -> dict:
    return json.loads((shared / "data" / "golden.json").read_text("utf-8"))["share"][number]


def test_of_the_listed_customers_so_many_left_and_that_is_not_called_churn(shared):
    intake = told(shared / "data" / "ibm_telco_churn", "telco", "*.csv").intake
    (left,) = [one for one in intake.measures if one.kpi == "churn"]
    assert "Churn" not in kpi.label(left)
    assert "listed" in kpi.formula(left)
    assert left.counted == "customer"
    found, expected = estimate(intake, left), golden(shared, 5)
    assert (found.low, found.high) == pytest.approx((expected["low"], expected["high"]), abs=1e-3)


def test_churn_by_definition_leaves_those_who_joined_out_of_both_counts(shared):
    one = told(shared / "data" / "ibm_telco_churn", "telco-status", "*.xlsx")
    churn, listed = one.measure(f"churn {kpi.AT_START}"), one.measure(f"churn {kpi.LISTED}")
    assert (churn.rows, churn.n, churn.not_applicable) == (7043, 6589, 454)
    found, expected = estimate(one.intake, churn), golden(shared, 6)
    assert (found.low, found.high) == pytest.approx((expected["low"], expected["high"]), abs=1e-3)
    assert one.value("retention") == pytest.approx(100 - found.value)
    assert kpi.comparable(churn) != kpi.comparable(listed)


def test_conversion_is_a_share_of_sessions_and_bounce_a_mean_of_rates(shared):
    one = told(shared / "data" / "uci_online_shoppers", "shoppers", "*.csv")
    found, expected = estimate(one.intake, one.measure("conversion")), golden(shared, 7)
    assert (found.value, found.low, found.high) == pytest.approx(
        (expected["value"], expected["low"], expected["high"]), abs=1e-3
    )
    assert "not a share" in kpi.formula(one.measure("bounce")) or "no" in kpi.formula(one.measure("bounce"))


def test_negative_durations_are_counted_and_said(shared):
    one = told(shared / "data" / "support_tickets_synthetic", "tickets", "*.csv")
    time = one.measure("response_time")
    assert (time.n or 0) + time.missing + time.unreadable == time.rows
    assert any(f"{time.unreadable} durations are negative" in warning for warning in one.intake.warnings)


def test_orders_that_have_not_come_are_open(shared):
    one = told(shared / "data" / "olist_sample", "olist-orders", "olist_orders_dataset.csv")
    (delivery,) = one.intake.measures
    assert one.intake.as_json()["measures"][0]["open"] == delivery.missing == delivery.rows - delivery.n > 0


def test_reviews_without_an_order_are_said_to_have_no_partner(shared):
    one = told(shared / "data" / "olist_sample", "olist-late", "olist_order_reviews_dataset.csv")
    assert any("no partner" in warning for warning in one.intake.warnings)


def test_surveys_of_four_years_are_one_data_set(shared, empty_map):
    """Four surveys of one airport, whose column names drift, by the columns that they share."""
    paths = sorted((shared / "data" / "sfo_customer_survey").glob("201*.csv"))
    recipe = read_recipe(By("sfo-2014-2017", ()).path)
    intake = prepare(empty_map, paths, recipe)
    assert intake.account["rows_read"] == 2818 + 2958 + 3087 + 2831
    assert len(intake.account["sources"]) == 4
    wifi = next(one for one in intake.measures if one.column == "Q7WIFI")
    assert wifi.n == 1956 + 2102 + 2333 + 2142
