"""What export tools do to a table, in small files written for it: each trap with what has to come of it."""

from __future__ import annotations

import json

import pytest

from journeymap.data import Columns, Question, Recipe, Source, guess, peek, prepare
from journeymap.model.cube import EVERYBODY
from journeymap.model.tally import tally


def qualtrics(
    rows, columns=("Status", "Finished", "Q1", "Q1_NPS_GROUP", "Q2_1", "Q2_-1", "Q3", "Q4", "Q5", "Q5")
) -> str:
    """A current export: tags, localised texts over several lines, ImportIds as JSON."""
    ids = {"Status": "status", "Finished": "finished", "Q1": "QID1", "Q1_NPS_GROUP": "QID1_NPS_GROUP", "Q2_1": "QID2_1",
           "Q2_-1": "QID2_-1", "Q3": "QID3", "Q4": "QID4"}  # fmt: skip
    texts = {"Status": "Antworttyp", "Finished": "Beendet", "Q1": "Wie wahrscheinlich ist es, dass Sie uns\nweiterempfehlen?", "Q1_NPS_GROUP": "… - Group",
             "Q2_1": "Was haben Sie genutzt? - Telefon", "Q2_-1": "Was haben Sie genutzt? - Nichts", "Q3": "Wie zufrieden sind Sie mit der Beratung?", "Q4": "Welche Kanäle?"}  # fmt: skip
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerow([texts.get(column, "Doppelt") for column in columns])
    import_ids = [ids.get(column, f"QID5_{place}") for place, column in enumerate(columns)]
    writer.writerow([json.dumps({"ImportId": id_, "timeZone": "America/Denver"}) for id_ in import_ids])
    writer.writerows(rows)
    return out.getvalue()


ROWS = [
    ["0", "1", "9", "3", "1", "", "4", "1,3", "NA", "x"],
    ["0", "1", "10", "3", "", "1", "5", "2", "NA", "y"],
    ["1", "1", "0", "1", "1", "", "1", "1", "", "x"],  # a preview
    ["0", "0", "0", "1", "", "", "1", "", "", "x"],  # not finished
    ["8", "1", "0", "1", "", "", "1", "", "", "x"],  # spam
    ["0", "1", "3", "1", "1", "", "-99", "1,2,3", "yes", "y"],
    ["0", "1", "7", "2", "", "", "-1", "3", "NA", "y"],
    ["0", "1", "8", "2", "1", "", "3", "1,2", "NA", "x"],
    ["0", "1", "6", "1", "", "1", "2", "2,3", "yes", "x"],
    ["0", "1", "10", "3", "", "1", "1", "1,3", "yes", "x"],
]


def test_qualtrics_drops_previews_and_unfinished_answers_with_their_counts(write, empty_map):
    path = write(qualtrics(ROWS))
    guessed = guess(peek(path), empty_map)
    report = prepare(empty_map, [path], guessed.recipe).as_json()
    assert report["rows_read"] == 10
    assert report["rows_dropped"] == {"survey preview or test": 1, "not finished": 1, "spam": 1}
    (nps,) = [one for one in report["measures"] if one["kpi"] == "nps"]
    assert (nps["column"], nps["n"]) == ("Q1", 7)


def test_qualtrics_groups_and_multi_selects_in_both_spellings_are_counted_once_or_not_at_all(write, empty_map):
    guessed = guess(peek(write(qualtrics(ROWS))), empty_map)
    kinds = {role.column: (role.kind, role.reason) for role in guessed.roles}
    assert kinds["Q1_NPS_GROUP"][0] == "other"
    assert "“Q1”" in kinds["Q1_NPS_GROUP"][1]
    assert kinds["Q2_1"] == kinds["Q2_-1"]
    assert kinds["Q2_1"][0] == "other"
    assert "several" in kinds["Q2_1"][1]
    assert (kinds["Q4"][0], "several answers in one cell" in kinds["Q4"][1]) == ("other", True)
    assert [question.kpi for question in guessed.recipe.questions].count("nps") == 1


def test_qualtrics_negative_recodes_are_no_scores(write, empty_map):
    path = write(qualtrics(ROWS))
    (question,) = [one for one in guess(peek(path), empty_map).recipe.questions if one.column == "Q3"]
    assert -99.0 in question.missing
    assert -1.0 in question.not_applicable
    assert question.scale == (1, 5)
    report = prepare(empty_map, [path], Recipe(questions=(question,))).as_json()
    (measure,) = report["measures"]
    assert (measure["n"], measure["missing"], measure["not_applicable"], measure["unreadable"]) == (5, 1, 1, 0)
    # A recipe that says nothing of −99 is told by the file.
    plain = Recipe(questions=(Question("csat", "Q3", scale=(1, 5), not_applicable=(-1.0,)),))
    assert prepare(empty_map, [path], plain).measures[0].missing == 1


def test_qualtrics_columns_of_one_name_are_told_apart_by_import_id_and_found_by_it(write, empty_map):
    path = write(qualtrics(ROWS))
    assert peek(path).columns[-2:] == ("Q5 [QID5_8]", "Q5 [QID5_9]")
    recipe = Recipe(columns=Columns(segments=("QID5_9",)), questions=(Question("nps", "QID1"),))
    intake = prepare(empty_map, [path], recipe)
    assert intake.data_set.segments == ("Q5 [QID5_9]",)
    assert sorted(intake.blocks[intake.measures[0].id, "Q5 [QID5_9]"].values) == ["x", "y"]


def test_the_text_na_is_an_answer(write, empty_map):
    path = write(qualtrics(ROWS))
    recipe = Recipe(columns=Columns(segments=("Q5 [QID5_8]",)), questions=(Question("nps", "Q1"),))
    intake = prepare(empty_map, [path], recipe)
    assert sorted(intake.blocks[intake.measures[0].id, "Q5 [QID5_8]"].values) == ["NA", "yes"]


def test_a_filter_decides_in_place_of_the_dialect(write, empty_map):
    path = write(qualtrics(ROWS))
    recipe = Recipe(Source(filter="Status = '0'"), questions=(Question("nps", "Q1"),))
    report = prepare(empty_map, [path], recipe).as_json()
    assert (report["rows_read"], report["rows_dropped"]) == (10, {"Status = '0'": 2})
    assert report["measures"][0]["n"] == 8  # the unfinished one is used now


def test_old_qualtrics_exports_have_python_import_ids_and_dashes(write):
    text = qualtrics(ROWS).splitlines()
    header = text.index(next(line for line in text if "ImportId" in line))
    text[header] = ",".join(f"\"{{'ImportId': 'QID{place}-1'}}\"" for place in range(10))
    sample = peek(write("\n".join(text)))
    assert sample.facts.dialect == "Qualtrics"
    assert sample.facts.aliases["QID2_1"] == "Q1"
    assert len(sample.rows) == 10  # no Status and no Finished known: nothing is left out


def test_qualtrics_is_told_by_its_own_columns_where_only_one_header_row_is_left(write, tmp_path, empty_map):
    rows = "ResponseId,EndDate,Status,Finished,How satisfied are you?\n" + "".join(
        f"R_{n},2026-05-{n + 1:02} 10:00:00,{int(n == 7)},{int(n < 15)},{n % 5 + 1}\n" for n in range(20)
    )
    path = write(rows)
    sample = peek(path)
    assert sample.facts.dialect == "Qualtrics"
    report = prepare(empty_map, [path], guess(sample, empty_map).recipe).as_json()
    assert report["rows_dropped"] == {"survey preview or test": 1, "not finished": 5}
    assert report["measures"][0]["n"] == 14


def test_unfinished_answers_of_a_qualtrics_file_of_spss_are_left_out_by_its_labels(tmp_path, empty_map):
    import pandas as pd
    import pyreadstat

    path = tmp_path / "q.sav"
    frame = pd.DataFrame(
        {"ResponseId": [f"R_{n}" for n in range(20)], "StartDate": ["2026-05-01 10:00:00"] * 20,
         "Finished": [1.0] * 4 + [2.0] * 16, "Q1": [float(n % 5 + 1) for n in range(20)]}
    )  # fmt: skip
    words = {1: "Very dissatisfied", 2: "Dissatisfied", 3: "Neutral", 4: "Satisfied", 5: "Very satisfied"}
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"Finished": {1: "False", 2: "True"}, "Q1": words})
    sample = peek(path)
    assert (sample.facts.dialect, sample.count) == ("Qualtrics", 20)
    report = prepare(empty_map, [path], guess(sample, empty_map).recipe).as_json()
    assert report["rows_dropped"] == {"not finished": 4}
    assert [(one["kpi"], one["column"], one["n"]) for one in report["measures"]] == [("csat", "Q1", 16)]


def test_surveymonkey_puts_an_expanded_answer_together_and_keeps_multi_selects_apart(write, empty_map):
    head = [
        "Respondent ID,Collector ID,How satisfied are you with the check-in?,,,What did you use?,,Comments",
        ",,Satisfied,Neutral,Dissatisfied,App,Counter,Open-Ended Response",
    ]
    rows = [
        f"{number},7,{'Satisfied,,' if number % 3 else ',,Dissatisfied'},{'App' if number % 2 else 'Not selected'},{'-' if number % 5 else 'Counter'},fine"
        for number in range(1, 31)
    ]
    path = write("\r\n".join([*head, *rows]) + "\r\n")
    sample = peek(path)
    assert sample.facts.dialect == "SurveyMonkey"
    assert sample.columns == (
        "Respondent ID",
        "Collector ID",
        "How satisfied are you with the check-in?",
        "What did you use?: App",
        "What did you use?: Counter",
        "Comments",
    )
    guessed = guess(sample, empty_map)
    (question,) = guessed.recipe.questions
    assert question.kpi == "csat"
    intake = prepare(empty_map, [path], guessed.recipe)
    counts = tally(intake.blocks[intake.measures[0].id, EVERYBODY])
    assert dict(zip(counts.codes, counts.n, strict=True)) == {2.0: 10, 4.0: 20}
    kinds = {role.column: role.kind for role in guessed.roles}
    assert kinds["What did you use?: App"] == kinds["What did you use?: Counter"] == "other"


def test_surveymonkey_headers_lose_breaks_tags_and_hard_spaces(write):
    text = 'Respondent ID,"How\nis\xa0it?<br/>","Other ""thing"""\r\n,Response,Response\r\n' + "1,4,x\r\n" * 6
    assert peek(write(text)).columns == ("Respondent ID", "How is it?", 'Other "thing"')


def test_typeform_joined_choices_have_a_leading_separator(write, empty_map):
    parts = [" / Biceps / Lats", " / Lats", " / Biceps / Chest", " / Chest", ""]
    lines = [
        f"{number:032x},{parts[number % 5]},{number % 5 + 1},2018-03-26 14:25:43,2018-03-{number % 28 + 1:02} 23:26:09,5583"
        for number in range(40)
    ]
    path = write(
        "#,Which muscles?,How satisfied are you?,Start Date (UTC),Submit Date (UTC),Network ID\n" + "\n".join(lines)
    )
    guessed = guess(peek(path), empty_map)
    kinds = {role.column: role.kind for role in guessed.roles}
    assert kinds["Which muscles?"] == "other"
    assert guessed.recipe.columns.date == "Submit Date (UTC)"
    assert guessed.recipe.columns.respondent == "#"
    assert [question.kpi for question in guessed.recipe.questions] == ["csat"]


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (["9/6/2018 0:06:16", "9/26/2018 0:06:16"], "2018-09-06"),
        (["06.09.2018 00:06:16", "26.09.2018 10:06:16"], "2018-09-06"),
        (["2018/09/06 12:06:16 AM GMT+2", "2018/09/26 12:06:16 PM GMT+2"], "2018-09-06"),
        (["Thu Sep 06 2018 13:58:23 GMT-0500 (Central Daylight Time)", "Wed Sep 26 2018 13:58:23 GMT-0500 (CDT)"], "2018-09-06"),
    ],
)  # fmt: skip
def test_google_forms_dates_follow_the_locale_of_the_sheet(write, empty_map, times, first):
    lines = [f"{times[number % 2]},{number % 5 + 1},A" for number in range(20)]
    path = write("Timestamp,How satisfied are you?,Name of shop\n" + "\n".join(lines))
    guessed = guess(peek(path), empty_map)
    assert guessed.recipe.columns.date == "Timestamp"
    intake = prepare(empty_map, [path], guessed.recipe)
    assert (intake.data_set.first_day, intake.data_set.last_day) == (first, "2018-09-26")
    assert intake.warnings == ()


def test_limesurvey_has_a_mark_semicolons_and_a_last_blank_line(write, empty_map):
    rows = [
        f'"{number}";"{"" if number == 3 else f"2026-01-{number:02} 10:00:00"}";"2";"de";"17";"A{number % 5 + 1}";"{"Y" if number % 2 else ""}";"N"'
        for number in range(1, 21)
    ]
    text = (
        '"id";"submitdate";"lastpage";"startlanguage";"seed";"Q1";"Q2[SQ001]";"Q2[SQ002]"\r\n'
        + "\r\n".join(rows)
        + "\r\n\r\n"
    )
    path = write("\ufeff" + text)
    sample = peek(path)
    assert (sample.facts.dialect, sample.encoding, sample.delimiter) == ("LimeSurvey", "utf-8-sig", ";")
    labels = tuple((f"A{code}", float(code)) for code in range(1, 6))
    recipe = Recipe(
        columns=Columns(date="submitdate"), questions=(Question("csat", "Q1", scale=(1, 5), labels=labels),)
    )
    report = prepare(empty_map, [path], recipe).as_json()
    assert (report["rows_read"], report["rows_dropped"], report["measures"][0]["n"]) == (20, {"not finished": 1}, 19)


EXPLORATION = """# ----------------------------------------
# shop - GA4
# Free form 1
# 20230515-20230521
# ----------------------------------------

Page path,Views,Active users
,1200,300,Grand total
"/a,b?x=1#top",700,200
/page#c,500,100
"""


def test_ga4_totals_with_one_field_more_are_left_out_and_addresses_keep_their_hash(write, empty_map):
    path = write(EXPLORATION)
    sample = peek(path)
    assert sample.columns == ("Page path", "Views", "Active users", "Date range")
    assert sample.rows == (("/a,b?x=1#top", "700", "200", "2023-05-21"), ("/page#c", "500", "100", "2023-05-21"))
    recipe = Recipe(
        columns=Columns(touchpoint="Page path", date="Date range"), questions=(Question("number", "Views"),)
    )
    intake = prepare(empty_map, [path], recipe)
    assert intake.as_json()["rows_dropped"] == {"row of totals": 1}
    assert sorted(intake.created["touchpoints"]) == ["/a,b?x=1#top", "/page#c"]
    assert intake.data_set.last_day == "2023-05-21"


def test_ga4_tables_are_chosen_by_number_title_or_headers(shared, empty_map):
    path = shared / "formats" / "ga4" / "reports_snapshot_multitable_en.csv"
    users = peek(path)
    assert (users.columns, users.rows[27]) == (("Nth day", "Users"), ("2023-05-21", "1"))
    seconds = peek(path, Source(sheet="3"))
    assert (seconds.columns, seconds.rows[27]) == (("Nth day", "Average engagement time"), ("2023-05-21", "135"))
    assert peek(path, Source(sheet="Nth day, New users")).rows[27] == ("2023-05-21", "2")
    assert len({peek(path, Source(sheet=sheet)).fingerprint for sheet in ("", "3")}) == 2


def test_ga4_french_numbers_with_signs_and_blanks_are_numbers(shared, empty_map):
    path = shared / "formats" / "ga4" / "fr_semicolon_decimal_comma_testdata.csv"
    sample = peek(path)
    assert (sample.delimiter, sample.decimal) == (";", ",")
    questions = tuple(Question("number", column) for column in ("Sessions", "Taux d'engagement", "Revenu total"))
    intake = prepare(empty_map, [path], Recipe(columns=Columns(date="Date range"), questions=questions))
    sums = [sum(code * n for code, n in zip(*_codes(intake, measure), strict=True)) for measure in intake.measures]
    assert sums == [2000, 117.5, 1334.56]


def _codes(intake, measure):
    counts = tally(intake.blocks[measure.id, EVERYBODY])
    return counts.codes, counts.n
