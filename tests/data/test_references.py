"""Published figures of real files, reproduced by recipe: churn, retention, value, conversion, drop-off, times."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from journeymap.data import prepare, read_recipe
from journeymap.data.intake import Intake
from journeymap.model import kpi
from journeymap.model.document import Document
from journeymap.model.records import Map, Measure, State, new_id
from journeymap.model.tally import by_segment, tally

RECIPES = Path(__file__).parents[1] / "recipes"
FOURTH = 6e-5  # references are rounded to four decimals


def taken(recipe: str, *paths: Path) -> Intake:
    document = Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])
    return prepare(document, paths, read_recipe(RECIPES / recipe))


def reference(folder: Path) -> dict:
    return json.loads((folder / "REFERENCE.json").read_text("utf-8"))


def one(intake: Intake, name: str, statistic: str | None = None, definition: str | None = None) -> Measure:
    (found,) = [
        each for each in intake.measures
        if name in {each.kpi, each.name}
        and (statistic is None or each.statistic == statistic)
        and (definition is None or each.definition == definition)
    ]  # fmt: skip
    return found


def value(intake: Intake, measure: Measure) -> float:
    return kpi.estimate(measure, tally(intake.blocks[measure.id, ""])).value


def by(intake: Intake, measure: Measure, column: str) -> dict[str, kpi.Estimate]:
    groups = by_segment(intake.blocks[measure.id, column])
    return {group: kpi.estimate(measure, counts) for group, counts in groups.items()}


def test_of_the_listed_customers_so_many_left_and_that_is_not_called_churn(shared):
    folder = shared / "data" / "ibm_telco_churn"
    expected = reference(folder)["csv"]
    intake = taken("telco.toml", *folder.glob("*.csv"))
    left, stayed = one(intake, "churn"), one(intake, "retention")
    assert value(intake, left) == pytest.approx(expected["churn_rate_pct"], abs=FOURTH)
    assert value(intake, stayed) == pytest.approx(expected["retention_rate_pct"], abs=FOURTH)
    assert "Churn" not in kpi.label(left)
    assert "listed" in kpi.formula(left)
    assert left.counted == "customer"
    for contract, share in expected["churn_pct_by_Contract"].items():
        assert by(intake, left, "Contract")[contract].value == pytest.approx(share, abs=FOURTH)
    assert value(intake, one(intake, "Tenure")) == pytest.approx(expected["mean_tenure_months"], abs=FOURTH)
    assert value(intake, one(intake, "Monthly charges")) == pytest.approx(expected["mean_MonthlyCharges"], abs=FOURTH)
    golden = json.loads((shared / "data" / "golden.json").read_text("utf-8"))["share"][5]
    found = kpi.estimate(left, tally(intake.blocks[left.id, ""]))
    assert (found.low, found.high) == pytest.approx((golden["low"], golden["high"]), abs=1e-3)


def test_churn_by_definition_leaves_those_who_joined_out_of_both_counts(shared, tmp_path):
    folder = shared / "data" / "ibm_telco_churn"
    expected = reference(folder)["xlsx_status"]
    intake = taken("telco-status.toml", _as_csv(folder / "Telco_customer_churn_status.xlsx", tmp_path))
    churn, listed = one(intake, "churn", definition=kpi.AT_START), one(intake, "churn", definition=kpi.LISTED)
    assert (churn.rows, churn.n, churn.not_applicable) == (7043, 6589, expected["status"]["Joined"])
    found = kpi.estimate(churn, tally(intake.blocks[churn.id, ""]))
    worked = json.loads((shared / "data" / "golden.json").read_text("utf-8"))
    assert found.value == pytest.approx(expected["churn_of_customers_at_start_pct"], abs=FOURTH)
    assert (found.low, found.high) == pytest.approx((worked["share"][6]["low"], worked["share"][6]["high"]), abs=1e-3)
    assert value(intake, listed) == pytest.approx(expected["churn_rate_pct"], abs=FOURTH)
    assert value(intake, one(intake, "retention")) == pytest.approx(100 - found.value)
    assert kpi.comparable(churn) != kpi.comparable(listed)
    assert value(intake, one(intake, "csat")) == pytest.approx(expected["satisfaction"]["csat_pct"], abs=FOURTH)
    assert value(intake, one(intake, "rating")) == pytest.approx(expected["satisfaction"]["mean"], abs=FOURTH)
    assert value(intake, one(intake, "clv")) == pytest.approx(expected["mean_CLTV"], abs=FOURTH)


def _as_csv(path: Path, folder: Path) -> Path:
    """The first sheet as CSV."""
    calamine = pytest.importorskip("python_calamine")
    rows = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    out = folder / "status.csv"
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return out


def test_what_customers_have_spent_comes_from_their_transactions(shared, tmp_path):
    folder = shared / "data" / "cdnow"
    expected = reference(folder)
    out = tmp_path / "cdnow.csv"
    lines = (folder / "CDNOW_master.txt").read_text("ascii").splitlines()
    out.write_text("\n".join(",".join(line.split()) for line in lines) + "\n", "ascii")
    intake = taken("cdnow.toml", out)
    assert intake.account["rows_read"] == expected["transactions"]
    mean, median = one(intake, "clv", "mean"), one(intake, "clv", "median")
    assert mean.n == mean.rows == expected["customers"]
    assert value(intake, mean) == pytest.approx(expected["mean_revenue_per_customer_historic_CLV"], abs=FOURTH)
    assert value(intake, mean) * mean.n == pytest.approx(expected["revenue"], abs=0.01)
    assert value(intake, median) == pytest.approx(expected["median_revenue_per_customer"], abs=FOURTH)
    kept = one(intake, "retention")
    assert value(intake, kept) == pytest.approx(expected["retention_pct_1998_of_all_1997_cohort"], abs=FOURTH)
    assert value(intake, one(intake, "Transaction")) == pytest.approx(expected["mean_transaction"], abs=FOURTH)


def test_conversion_is_a_share_of_sessions_and_bounce_a_mean_of_rates(shared):
    folder = shared / "data" / "uci_online_shoppers"
    expected = reference(folder)
    intake = taken("shoppers.toml", *folder.glob("*.csv"))
    conversion, bounce = one(intake, "conversion"), one(intake, "bounce")
    found = kpi.estimate(conversion, tally(intake.blocks[conversion.id, ""]))
    golden = json.loads((shared / "data" / "golden.json").read_text("utf-8"))["share"][7]
    assert (found.value, found.low, found.high) == pytest.approx(
        (golden["value"], golden["low"], golden["high"]), abs=1e-3
    )
    assert value(intake, bounce) == pytest.approx(expected["mean_BounceRates_pct"], abs=FOURTH)
    assert "no" in kpi.formula(bounce) or "not a share" in kpi.formula(bounce)
    assert 100 * value(intake, one(intake, "Exit rate")) == pytest.approx(expected["mean_ExitRates_pct"], abs=FOURTH)
    assert value(intake, one(intake, "Page value")) == pytest.approx(expected["mean_PageValues"], abs=FOURTH)
    kinds, rates = by(intake, conversion, "VisitorType"), by(intake, bounce, "VisitorType")
    for kind, figures in expected["by_VisitorType"].items():
        assert (kinds[kind].n, kinds[kind].value) == (
            figures["n"],
            pytest.approx(figures["conversion_pct"], abs=FOURTH),
        )
        assert rates[kind].value == pytest.approx(figures["bounce_pct"], abs=FOURTH)
    months = by(intake, conversion, "Month")
    for month, share in expected["by_Month_conv_pct"].items():
        assert months[month].value == pytest.approx(share, abs=FOURTH)


def test_negative_durations_are_counted_and_said_and_the_rest_has_the_reference_mean(shared):
    folder = shared / "data" / "support_tickets_synthetic"
    expected = reference(folder)
    intake = taken("tickets.toml", *folder.glob("*.csv"))
    time, csat, rating = (one(intake, name) for name in ("response_time", "csat", "rating"))
    assert (time.rows, time.unreadable) == (expected["rows"], expected["negative_durations"])
    assert time.n + time.missing + time.unreadable == time.rows
    assert any(f"{expected['negative_durations']} durations are negative" in warning for warning in intake.warnings)
    counts = tally(intake.blocks[time.id, ""])
    assert kpi.moments(time, counts)[0] == pytest.approx(expected["mean_hours_non_negative"], abs=FOURTH)
    assert value(intake, csat) == pytest.approx(expected["csat"]["csat_pct"], abs=FOURTH)
    for channel, figures in expected["by_channel"].items():
        assert by(intake, csat, "Ticket_Channel")[channel].value == pytest.approx(figures["csat_pct"], abs=FOURTH)
        assert by(intake, rating, "Ticket_Channel")[channel].value == pytest.approx(figures["mean"], abs=FOURTH)


STEPS = {
    "home": "home_page",
    "search": "search_page",
    "payment": "payment_page",
    "confirmation": "payment_confirmation",
}


def _visitors(folder: Path) -> tuple[list[list[str]], dict[str, set[str]]]:
    reached: dict[str, set[str]] = {}
    for step, table in STEPS.items():
        with (folder / f"{table}_table.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                reached.setdefault(row[0], set()).add(step)
    with (folder / "user_table.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file)), reached


def _check_funnel(intake: Intake, expected: dict) -> None:
    steps = [each for each in intake.measures if each.kpi == "dropoff"]
    whole = one(intake, "conversion")
    assert [each.column for each in steps] == [
        "home → search", "search → payment", "payment → confirmation"
    ]  # fmt: skip
    parts = {"device": expected["by_device"], "sex": expected["by_sex"]}
    for figure, measure in zip(expected["overall"]["step_dropoff_pct"].values(), steps, strict=True):
        assert value(intake, measure) == pytest.approx(figure, abs=FOURTH)
    assert [each.n for each in steps] == list(expected["overall"]["counts"].values())[:3]
    assert value(intake, whole) == pytest.approx(expected["overall"]["overall_conversion_pct"], abs=FOURTH)
    for column, groups in parts.items():
        for group, figures in groups.items():
            for figure, measure in zip(figures["step_dropoff_pct"].values(), steps, strict=True):
                assert by(intake, measure, column)[group].value == pytest.approx(figure, abs=FOURTH)
            assert by(intake, whole, column)[group].value == pytest.approx(
                figures["overall_conversion_pct"], abs=FOURTH
            )


def test_drop_off_is_counted_between_steps_one_row_a_visitor(shared, tmp_path):
    folder = shared / "data" / "web_funnel"
    users, reached = _visitors(folder)
    path = tmp_path / "wide.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow([*users[0], *STEPS])
        write.writerows(
            [*row, *("yes" if step in reached.get(row[0], ()) else "" for step in STEPS)] for row in users[1:]
        )
    _check_funnel(taken("funnel.toml", path), reference(folder))


def test_drop_off_is_the_same_from_page_views(shared, tmp_path):
    folder = shared / "data" / "web_funnel"
    users, reached = _visitors(folder)
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow([*users[0], "page"])
        write.writerows([*row, step] for row in users[1:] for step in STEPS if step in reached.get(row[0], ()))
    intake = taken("funnel-events.toml", path)
    assert {each.counted for each in intake.measures} == {"customer"}
    _check_funnel(intake, reference(folder))


def test_times_between_two_columns_have_the_reference_mean_and_median(shared):
    folder = shared / "data" / "olist_sample"
    expected = reference(folder)
    orders = taken("olist-orders.toml", folder / "olist_orders_dataset.csv")
    (delivery,) = orders.measures
    counts = tally(orders.blocks[delivery.id, ""])
    done = kpi.closed(delivery, counts)
    # The published median is that of the delivered; with those that still wait it is later.
    assert kpi.value(delivery, done) == pytest.approx(expected["orders"]["median_delivery_days"], abs=2e-3)
    assert kpi.value(delivery, done) < value(orders, delivery) < kpi.estimate(delivery, done).high + 0.2
    assert orders.as_json()["measures"][0]["open"] == delivery.missing == delivery.rows - delivery.n > 0
    reviews = taken("olist-reviews.toml", folder / "olist_order_reviews_dataset.csv")
    answer = one(reviews, "response_time")
    counts = tally(reviews.blocks[answer.id, ""])
    assert kpi.moments(answer, counts)[0] == pytest.approx(
        expected["reviews"]["mean_hours_creation_to_answer"], abs=FOURTH
    )
    assert value(reviews, answer) == pytest.approx(expected["reviews"]["median_hours_creation_to_answer"], abs=FOURTH)
    assert value(reviews, one(reviews, "csat")) == pytest.approx(expected["reviews"]["csat_pct"], abs=FOURTH)
    assert value(reviews, one(reviews, "rating")) == pytest.approx(expected["reviews"]["mean"], abs=FOURTH)
