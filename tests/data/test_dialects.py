"""Every export file of the tools that people use: told by its signature, read to the row, or refused with the reason.

One line a file: dialect, rows read, rows left out, what the guess makes of some columns, and the KPI or the refusal.
"""

from __future__ import annotations

import pytest
from msgspec import Struct, field

from journeymap.data import guess, peek, prepare
from journeymap.failure import Failure

NOTHING = "looks like answers"
SUMS = "sum over many visits"
TESTS = "tests or previews"


class Expected(Struct, frozen=True):
    """What is expected of one file: `kinds` of columns, `kpis` as (kpi, how its column begins, n), or the `refusal`."""

    dialect: str
    rows: int
    columns: int
    kinds: dict[str, str] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    kpis: tuple[tuple[str, str, int], ...] = ()
    refusal: str = ""
    notes: tuple[str, ...] = ()
    unopened: str = ""  # the sentence of peek, where the file holds no table


def no_table(said: str) -> Expected:
    return Expected("", 0, 0, unopened=said)


_SENT = {"IPAddress": "personal", "RecipientEmail": "personal", "EndDate": "date", "Status": "other"}
QSF = no_table("definition of a Qualtrics survey")
LSS = no_table("structure of a LimeSurvey survey")

RANK = "Please rank the Star Wars films in order of preference with 1 being your favorite film in the franchise and 6 being your least favorite film."
FAVOUR = (
    "Please state whether you view the following characters favorably, unfavorably, or are unfamiliar with him/her."
)
STARS = tuple(
    ("csat", f"{FAVOUR}: {who}", n)
    for who, n in {
        "Han Solo": 814,
        "Luke Skywalker": 825,
        "Princess Leia Organa": 823,
        "Anakin Skywalker": 771,
        "Obi Wan Kenobi": 808,
        "Emperor Palpatine": 658,
        "Darth Vader": 816,
        "Lando Calrissian": 672,
        "Boba Fett": 680,
        "C-3P0": 812,
        "R2 D2": 820,
        "Jar Jar Binks": 712,
        "Padme Amidala": 650,
        "Yoda": 816,
    }.items()
)

COMFORT = tuple(
    ("rating", f"{asked}: ", n)
    for asked, counts in {
        "How comfortable do you feel when you": (88, 49, 103, 120, 90, 107, 92, 54, 57, 50),
        "How comfortable do you think someone outside your religion would be if they saw you": (102, 82, 111, 120, 106, 108, 98, 81, 80, 72),
        "How comfortable would you be seeing someone who practices a different religion from you": (198, 196, 196, 196, 194, 197, 196, 196, 196, 196),
    }.items()
    for n in counts
)  # fmt: skip

FILES = {
    # Qualtrics: legacy with two header rows, Python-style ImportIds, JSON ImportIds; API-shaped tables; definitions
    "qualtrics/qualtrics_legacy_bom_trailing_comma.csv": Expected("Qualtrics", 1, 15, {"Name": "personal", "IPAddress": "personal"}, refusal=NOTHING),
    "qualtrics/qualtrics_v3_german_labels.csv": Expected("Qualtrics", 1, 20, {"Status": "other", "Q2 - Topics": "other", "IPAddress": "personal"}, refusal=NOTHING),
    "qualtrics/insights_many_types.csv": Expected("Qualtrics", 5, 190, {**_SENT, "ResponseID": "respondent"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/legacy_many_types.csv": Expected("Qualtrics", 5, 189, {"ResponseID": "respondent", "EndDate": "date", "EmailAddress": "personal"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/insights_multi_answer_mc.csv": Expected("Qualtrics", 5, 36, {**_SENT, "Q3_1": "other", "Q4_10": "other"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/legacy_multi_answer_mc.csv": Expected("Qualtrics", 5, 35, {"Q3_1": "other"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/insights_multi_matrix.csv": Expected("Qualtrics", 5, 75, {"Q2_1_1": "other"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/insights_side_by_side.csv": Expected("Qualtrics", 25, 71, {"Q6#2_Q6_1_2_TEXT [QID6#2_1_2_TEXT]": "comment"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/insights_single_matrix.csv": Expected("Qualtrics", 5, 30, {}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/insights_single_mc.csv": Expected("Qualtrics", 5, 20, {}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/legacy_na_negative_recodes.csv": Expected("Qualtrics", 15, 48, {"Q2_1": "other", "Q2_4": "other"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/legacy_text_entry.csv": Expected("Qualtrics", 15, 40, {"MCSA_single_text_TEXT": "comment"}, refusal=NOTHING, notes=(TESTS,)),
    "qualtrics/fivetran_distribution_contact.csv": Expected("", 5, 13, refusal=NOTHING),
    "qualtrics/fivetran_question.csv": Expected("", 5, 19, refusal=NOTHING),
    "qualtrics/fivetran_question_option.csv": Expected("", 5, 7, refusal=NOTHING),
    "qualtrics/fivetran_question_response.csv": Expected("", 5, 11, refusal=NOTHING),
    "qualtrics/fivetran_sub_question.csv": Expected("", 5, 7, refusal=NOTHING),
    "qualtrics/fivetran_survey.csv": Expected("", 5, 74, refusal=NOTHING),
    "qualtrics/fivetran_survey_embedded_data.csv": Expected("", 5, 5, refusal=NOTHING),
    "qualtrics/fivetran_survey_response.csv": Expected("", 5, 19, {"ip_address": "personal"}, refusal=NOTHING),
    "qualtrics/better_sample.qsf": QSF,
    "qualtrics/many_types.qsf": QSF,
    "qualtrics/multi_answer_mc.qsf": QSF,
    "qualtrics/single_mc.qsf": QSF,
    "qualtrics/survey_logic.qsf": QSF,
    # SurveyMonkey: condensed, expanded, one header row, "-" for nothing, damaged bytes
    "surveymonkey/starwars_two_header_latin1.csv": Expected("SurveyMonkey", 1186, 38, {"RespondentID": "respondent", "Gender": "segment", "Age": "segment", f"{RANK}: Star Wars: Episode IV A New Hope": "other"}, kpis=STARS),
    "surveymonkey/midwest_expanded_multiselect.csv": Expected("SurveyMonkey", 248, 29, {"Gender": "segment", "Age": "segment", "RespondentID": "respondent", "Which of the following states do you consider part of the Midwest? Please select all that apply.: Illinois": "other"}, refusal=NOTHING),
    "surveymonkey/religion_other_column.csv": Expected("SurveyMonkey", 198, 48, {"What is your present religion, if any?": "segment"}, kpis=COMFORT),
    "surveymonkey/comma_single_header.csv": Expected("SurveyMonkey", 199, 13, {"RespondentID": "respondent", "Gender": "segment"}, refusal=NOTHING),
    "surveymonkey/weather_dash_missing.csv": Expected("SurveyMonkey", 199, 9, {"RespondentID": "respondent", "Age": "segment"}, refusal=NOTHING),
    # GA4: banner, stacked, empty, French, padded by Excel, without banner
    "ga4/banner_stripped_ddmmyyyy.csv": Expected("Google Analytics 4", 59, 11, {"Date": "date", "Hour": "other", "Sessions": "other"}, refusal=SUMS),
    "ga4/ecommerce_overview_empty_tables.csv": Expected("Google Analytics 4", 0, 3, refusal="empty", notes=("12 tables", "2023-03-22 to 2023-04-18")),
    "ga4/empty_report_header_only.csv": Expected("Google Analytics 4", 0, 9, refusal="empty", notes=("2023-03-22 to 2023-04-18",)),
    "ga4/event_by_date_ua.csv": Expected("Google Analytics 4", 241, 7, {"Date": "date"}, refusal=SUMS, notes=("2023-07-08 to 2024-03-04",)),
    "ga4/events_report.csv": Expected("Google Analytics 4", 39, 6, {"Date range": "date"}, refusal=SUMS, notes=("2023-01-01 to 2023-12-31",)),
    "ga4/firebase_dashboard_multitable_empty.csv": Expected("Google Analytics 4", 6, 7, refusal=SUMS, notes=("17 tables", "Retention cohorts")),
    "ga4/fr_semicolon_decimal_comma_testdata.csv": Expected("Google Analytics 4", 2, 7, {"Date range": "date", "Sessions": "other", "Revenu total": "other"}, refusal=SUMS, notes=("2026-07-01 to 2026-09-28",)),
    "ga4/pages_and_screens_2025.csv": Expected("Google Analytics 4", 16, 9, {"Date range": "date"}, refusal=SUMS, notes=("2025-01-01 to 2025-12-31",)),
    "ga4/pages_with_querystring_multi.csv": Expected("Google Analytics 4", 109, 3, {"Date range": "date"}, refusal=SUMS),
    "ga4/reports_snapshot_multitable_en.csv": Expected("Google Analytics 4", 28, 2, {"Nth day": "date"}, refusal=SUMS, notes=("15 tables", "Where do your new users come from?")),
    "ga4/resaved_by_excel_trailing_commas.csv": Expected("Google Analytics 4", 58, 10, {"Date + hour (YYYYMMDDHH)": "date"}, refusal=SUMS),
    # Forms
    "forms/google_forms_responses.csv": Expected("Google Forms", 21, 2, {"Timestamp": "constant", "Full Name": "personal"}, refusal=NOTHING),
    "forms/typeform_old_format_columns_per_choice.csv": Expected("Typeform", 1, 20, {"#": "respondent", "Submit Date (UTC)": "date", "Vad": "other"}, refusal=NOTHING),
    "forms/limesurvey_date_time.lss": LSS,
    "forms/limesurvey_two_languages.lss": LSS,
    # SPSS
    "sav/iris.sav": Expected("SPSS", 150, 5, {"Species": "segment"}, refusal=NOTHING),
    "sav/labelled-str.sav": Expected("SPSS", 2, 1, refusal=NOTHING),
    "sav/missing_test.sav": Expected("SPSS", 2, 1, refusal=NOTHING),
    "sav/ordered_category.sav": Expected("SPSS", 4, 1, refusal=NOTHING),
    "sav/sample.sav": Expected("SPSS", 5, 7, {}, refusal=NOTHING),
    "sav/sample.zsav": Expected("SPSS", 5, 7, {}, refusal=NOTHING),
    "sav/sample_missing.sav": Expected("SPSS", 7, 7, refusal=NOTHING),
    "sav/simple_alltypes.sav": Expected("SPSS", 6, 12, {"bool1": "other", "ca_subvar_1": "other"}, refusal=NOTHING),
    "sav/tegulu.sav": Expected("SPSS", 1, 2, refusal=NOTHING),
    "sav/test_width.sav": Expected("Qualtrics", 5, 4, {"StartDate": "date", "ResponseId": "respondent", "Finished": "other", "Duration__in_seconds_": "other"}, refusal=NOTHING),
    # Help desks
    "tickets/intercom_contact_history_data.csv": Expected("Intercom", 9, 48, {"created_at": "date", "updated_at": "other"}, refusal=NOTHING),
    "tickets/intercom_conversation_history_data.csv": Expected("Intercom", 9, 30, {"created_at": "date", "first_contact_reply_created_at": "other"}, {"an earlier state of the same record": 7}, refusal=NOTHING, notes=("one customer is not one ticket",)),
    "tickets/intercom_conversation_part_history_data.csv": Expected("Intercom", 9, 16, {"created_at": "date"}, refusal=NOTHING, notes=("one customer is not one ticket",)),
    "tickets/zendesk_ticket_comment_data.csv": Expected("Zendesk", 20, 10, {"created": "date", "_fivetran_synced": "other"}, refusal=NOTHING),
    "tickets/zendesk_ticket_data.csv": Expected("Zendesk", 10, 36, {"created_at": "date", "updated_at": "other", "requester_id": "respondent", "recipient": "personal", "description": "comment", "status": "segment", "merged_ticket_ids": "other"}, {"deleted": 2}, refusal=NOTHING),
    "tickets/zendesk_ticket_field_history_data.csv": Expected("Zendesk", 38, 6, {"updated": "date", "field_name": "segment", "value": "other"}, refusal=NOTHING),
    "tickets/zendesk_ticket_tag_data.csv": Expected("Zendesk", 10, 3, refusal=NOTHING),
    "tickets/zendesk_user_data.csv": Expected("Zendesk", 10, 32, {"name": "personal", "email": "personal"}, refusal=NOTHING),
}  # fmt: skip


def test_every_export_file_has_its_line(shared):
    folders = ("qualtrics", "surveymonkey", "ga4", "forms", "sav", "tickets")
    found = {f"{folder}/{path.name}" for folder in folders for path in (shared / "formats" / folder).iterdir()}
    assert found == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_an_export_file_is_read_as_its_tool_means_it(shared, empty_map, name):
    path, expected = shared / "formats" / name, FILES[name]
    if expected.unopened:
        with pytest.raises(Failure, match=expected.unopened):
            peek(path)
        return
    sample = peek(path)
    assert (sample.facts.dialect, sample.count, len(sample.columns)) == (
        expected.dialect,
        expected.rows,
        expected.columns,
    )
    assert sample.count == len(sample.rows) + sum(expected.dropped.values()) or len(sample.rows) == 1000
    for note in expected.notes:
        assert any(note in said for said in sample.facts.notes), note
    kinds = roles(sample, empty_map)
    assert {column: kinds.get(column) for column in expected.kinds} == expected.kinds
    if expected.refusal:
        with pytest.raises(Failure, match=expected.refusal):
            guess(sample, empty_map)
        return
    report = prepare(empty_map, [path], guess(sample, empty_map).recipe).as_json()
    assert report["rows_dropped"] == expected.dropped
    assert [(one["kpi"], one["n"]) for one in report["measures"]] == [(kpi, n) for kpi, _column, n in expected.kpis]
    for one, (_kpi, begins, _n) in zip(report["measures"], expected.kpis, strict=True):
        assert one["column"].startswith(begins)


def roles(sample, document) -> dict[str, str]:
    """The kind of every column, also where the guess finds no answers."""
    from journeymap.data.guessing.guess import _Guessing

    return {role.column: role.kind for role in _Guessing(sample, document).roles()}
