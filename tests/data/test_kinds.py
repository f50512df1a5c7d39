"""Every column has a kind and a reason: by hand-made tables, by a selection of real files, and (slow) by all of them."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from journeymap.data import guess, peek
from journeymap.data.guessing.guess import _Guessing
from journeymap.failure import Failure

KINDS = {
    "measure", "touchpoint", "date", "respondent", "segment", "weight", "comment", "duration", "money", "personal", "constant",
    "id", "other",
}  # fmt: skip
chance = random.Random(11)


def table(columns: dict[str, list[str]], delimiter: str = ";") -> str:
    lines = [list(columns), *zip(*columns.values(), strict=True)]
    return "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + "\n"


def some(*values: str, count: int = 90) -> list[str]:
    return [values[n % len(values)] for n in range(count)]


def kinds(path, document) -> dict[str, tuple[str, str]]:
    return {role.column: (role.kind, role.reason) for role in _Guessing(peek(path), document).roles()}


@pytest.fixture
def german(write):
    return write(
        table({
            "Antwort-ID": [f"A{number:05}" for number in range(90)],
            "Kundennummer": [str(70000 + number * 7919 % 31) for number in range(90)],
            "Eingang": [f"{number % 28 + 1:02}.10.2026 09:{number % 60:02}" for number in range(90)],
            "Wartezeit": [f"0{number % 5}:{number % 60:02}:00" for number in range(90)],
            "Umsatz": [f"{number * 13 % 400 + 3},95" for number in range(90)],
            "Zufriedenheit mit der Beratung": some("sehr zufrieden", "eher zufrieden", "teils/teils", "eher unzufrieden", "sehr unzufrieden", "weiß nicht / k. A."),
            "Schulnote Website": some("1", "2", "3", "4", "5", "6"),
            "Note für die Filiale": some("sehr gut", "gut", "befriedigend", "ausreichend", "mangelhaft", "ungenügend", "keine Angabe"),
            "Die Beratung war freundlich": some("trifft zu", "trifft eher zu", "teils teils", "trifft eher nicht zu", "trifft nicht zu", "k. A."),
            "Es war einfach": some("stimme voll zu", "stimme eher zu", "weder noch", "stimme eher nicht zu", "stimme gar nicht zu"),
            "Bundesland": some("Bayern", "Hessen", "Sachsen"),
            "Anmerkungen": [f"Bitte die Wartezeit an Schalter {number} kürzer machen" for number in range(90)],
            "E-Mail": [f"kunde{number}@firma.de" for number in range(90)],
        })
    )  # fmt: skip


def test_german_columns_have_the_kinds_that_a_german_reader_sees(german, empty_map):
    found = {name: kind for name, (kind, _reason) in kinds(german, empty_map).items()}
    assert found == {
        "Antwort-ID": "respondent",
        "Kundennummer": "id",
        "Eingang": "date",
        "Wartezeit": "duration",
        "Umsatz": "money",
        "Zufriedenheit mit der Beratung": "measure",
        "Schulnote Website": "measure",
        "Note für die Filiale": "measure",
        "Die Beratung war freundlich": "measure",
        "Es war einfach": "measure",
        "Bundesland": "segment",
        "Anmerkungen": "comment",
        "E-Mail": "personal",
    }


def test_german_answers_become_scales_with_the_best_at_the_right_end(german, empty_map):
    guessed = guess(peek(german), empty_map)
    by_name = {question.column: question for question in guessed.recipe.questions}
    satisfied = by_name["Zufriedenheit mit der Beratung"]
    assert dict(satisfied.labels) == {
        "sehr unzufrieden": 1,
        "eher unzufrieden": 2,
        "teils/teils": 3,
        "eher zufrieden": 4,
        "sehr zufrieden": 5,
    }
    assert satisfied.missing == ("weiß nicht / k. A.",)
    marks = by_name["Schulnote Website"]
    assert (marks.scale, marks.reversed, marks.not_applicable) == ((1, 6), True, ())
    words = by_name["Note für die Filiale"]
    assert (words.scale, dict(words.labels)["sehr gut"], words.missing) == ((1, 6), 6, ("keine Angabe",))
    applies = dict(by_name["Die Beratung war freundlich"].labels)
    assert (applies["trifft zu"], applies["trifft eher nicht zu"], applies["trifft nicht zu"]) == (5, 2, 1)
    assert by_name["Es war einfach"].kpi == "ces"


def test_what_customers_spent_is_suggested_where_they_come_again(german, empty_map):
    composed = [one for one in guess(peek(german), empty_map).recipe.questions if one.composed]
    assert [(one.kpi, one.customer, one.amount) for one in composed] == [("clv", "Kundennummer", ("Umsatz",))]


def test_cases_with_their_times_suggest_response_times(write, empty_map):
    path = write(
        table({
            "Ticket": [f"T-{number:04}" for number in range(90)],
            "Erstellt": [f"2026-10-{number % 28 + 1:02} 08:{number % 60:02}" for number in range(90)],
            "Erste Antwort": [f"2026-10-{number % 28 + 1:02} 11:{number % 60:02}" for number in range(90)],
            "Gelöst": [f"2026-10-{number % 28 + 1:02} 17:{number % 60:02}" for number in range(90)],
        })
    )  # fmt: skip
    found = guess(peek(path), empty_map).recipe.questions
    assert [(one.kpi, one.begin, one.end) for one in found] == [
        ("response_time", "Erstellt", "Erste Antwort"),
        ("response_time", "Erstellt", "Gelöst"),
    ]


def test_a_state_of_customers_says_who_left_and_an_order_s_state_does_not(write, empty_map):
    path = write(
        table({"Customer status": some("Stayed", "Churned", "Joined"), "Score": some("1", "2", "3", "4", "5")})
    )
    churn = [one for one in guess(peek(path), empty_map).recipe.questions if one.kpi == "churn"]
    assert [(one.lost.codes, one.joined.codes) for one in churn] == [(("Churned",), ("Joined",))]
    path = write(table({"Order status": some("delivered", "canceled"), "Score": some("1", "2", "3", "4", "5")}))
    assert {one.kpi for one in guess(peek(path), empty_map).recipe.questions} == {"csat"}


REAL = {
    "data/ibm_telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv": {
        "customerID": "respondent", "gender": "segment", "tenure": "duration", "MonthlyCharges": "money", "Churn": "measure",
        "Latitude": "other", "ZipCode": "id",
    },
    "data/cdnow/CDNOW_master.txt": {"customer_id": "id", "date": "date", "number_of_cds": "other", "dollar_value": "money"},
    "data/uci_online_shoppers/online_shoppers_intention.csv": {
        "Administrative_Duration": "duration", "BounceRates": "measure", "ExitRates": "other", "Region": "segment",
    },
    "data/olist_sample/olist_order_reviews_dataset.csv": {
        "review_id": "id", "order_id": "id", "review_score": "measure", "review_comment_message": "comment",
        "review_creation_date": "date",
    },
    "data/nhs_friends_and_family/phase1_text_data.csv": {"feedback": "comment", "row_index": "id", "label": "segment"},
    "data/support_tickets_synthetic/customer_support_tickets.csv": {
        "Ticket_ID": "id", "Customer_Name": "personal", "Customer_Email": "personal", "Ticket_Channel": "segment",
        "Customer_Satisfaction_Rating": "measure", "Customer_Age": "other",
    },
    "data/va_hisp_quarterly/hisp-quarterly-data.csv": {"respondents": "other", "response_rate": "other", "Period": "date"},
    "formats/ga4/pages_and_screens_2025.csv": {"Page path and screen class": "other", "Views": "other", "Date range": "date"},
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_columns_of_real_files_are_what_their_makers_say(name, shared, empty_map):
    found = kinds(shared / name, empty_map)
    wanted = REAL[name]
    assert {column: found[column][0] for column in wanted} == wanted


@pytest.mark.slow
def test_each_column_of_each_real_file_has_a_kind_and_a_reason(shared, empty_map):
    skip = {".md", ".json", ".mmd", ".pdf", ".xsd", ".xml", ".qsf", ".lss", ".xes"}
    seen: Counter[str] = Counter()
    files = 0
    for path in sorted([*shared.glob("formats/*/*"), *shared.glob("data/*/*")]):
        if path.suffix in skip or path.name.endswith((".xes.gz", "SOURCE.txt", "LICENSE.txt")):
            continue
        try:
            sample = peek(path)
        except Failure:
            continue
        files += 1
        for role in _Guessing(sample, empty_map).roles():
            assert role.kind in KINDS, (path.name, role)
            assert len(role.reason.split()) >= 2, (path.name, role)
            seen[role.kind] += 1
    assert files >= 60
    assert {
        "measure",
        "date",
        "respondent",
        "segment",
        "comment",
        "duration",
        "money",
        "id",
        "personal",
        "constant",
    } <= set(seen)
    assert seen["other"] < sum(seen.values()) * 0.7
