"""A first recipe from names and values: English and German, wide and long, words and numbers."""

from __future__ import annotations

import random

import pytest

from journeymap.data import guess, peek, prepare
from journeymap.data.guessing.naming import best_match, subject
from journeymap.failure import Failure

chance = random.Random(4)


def table(columns: dict[str, list[str]], delimiter: str = ",") -> str:
    rows = zip(*columns.values(), strict=True)
    quoted = [[f'"{cell}"' for cell in row] for row in rows]
    return "\n".join(delimiter.join(line) for line in [[f'"{name}"' for name in columns], *quoted]) + "\n"


def choose(pool: str | list[str], count: int = 120) -> list[str]:
    return chance.choices(pool.split("|") if isinstance(pool, str) else pool, k=count)


def roles(guessed) -> dict[str, str]:
    return {role.column: role.kind for role in guessed.roles}


def questions(guessed) -> dict:
    return {question.column: question for question in guessed.recipe.questions}


@pytest.fixture
def english(write):
    return write(
        table(
            {
                "Response ID": [str(48000 + number) for number in range(120)],
                "Start Date": ["2026-03-01 10:00:00"] * 60 + ["2026-03-05 11:30:00"] * 60,
                "Submitted": ["2026-03-02 10:05:00"] * 60 + ["2026-03-06 11:35:00"] * 60,
                "Email": [f"person{number}@example.org" for number in range(120)],
                "IP Address": [f"10.0.0.{number}" for number in range(120)],
                "Gender": choose("female|male|diverse"),
                "How likely are you to recommend us?": choose([str(code) for code in range(11)]),
                "Check in was easy": choose("1|2|3|4|5"),
                "How satisfied were you with the feedback form?": choose("1|2|3|4|5|9"),
                "Search satisfaction": choose("Very satisfied|Satisfied|Neutral|Dissatisfied|Very dissatisfied|N/A"),
                "Overall satisfaction": choose("1|2|3|4|5"),
                "Weight": choose("0.5|1.25|2"),
                "What could we do better?": [f"Please make step {number} quicker and simpler" for number in range(120)],
                "Country code": ["DE"] * 120,
            }
        )
    )


def test_english_wide_survey(english, small_map):
    guessed = guess(peek(english), small_map)
    assert roles(guessed) == {
        "Response ID": "respondent",
        "Start Date": "other",
        "Submitted": "date",
        "Email": "personal",
        "IP Address": "personal",
        "Gender": "segment",
        "How likely are you to recommend us?": "measure",
        "Check in was easy": "measure",
        "How satisfied were you with the feedback form?": "measure",
        "Search satisfaction": "measure",
        "Overall satisfaction": "measure",
        "Weight": "weight",
        "What could we do better?": "comment",
        "Country code": "constant",
    }
    found = questions(guessed)
    nps = found["How likely are you to recommend us?"]
    assert (nps.kpi, nps.scale, nps.touchpoint) == ("nps", (0, 10), "")
    easy = found["Check in was easy"]
    assert (easy.kpi, easy.touchpoint) == ("ces", "Check-in")
    form = found["How satisfied were you with the feedback form?"]
    assert (form.kpi, form.touchpoint, form.missing) == ("csat", "Feedback", (9.0,))
    search = found["Search satisfaction"]
    assert (search.touchpoint, search.not_applicable) == ("Search", ("N/A",))
    assert dict(search.labels)["Very satisfied"] == 5
    assert found["Overall satisfaction"].touchpoint == ""
    assert guessed.recipe.columns.drop == ("Email", "IP Address")
    assert (guessed.weight, guessed.recipe.columns.weight) == ("Weight", "")
    assert all(guessed.reasons[column] for column in roles(guessed))


def test_a_guess_can_be_imported_as_it_is(english, small_map):
    intake = prepare(small_map, [english], guess(peek(english), small_map).recipe)
    assert intake.created == {"phases": [], "touchpoints": []}
    assert set(intake.personal) == {"Email", "IP Address"}
    assert intake.data_set.first_day == "2026-03-02"
    assert all(measure.n for measure in intake.measures)


def test_german_long_survey_with_decimal_commas(write, small_map):
    path = write(
        table(
            {
                "Datum": choose("31.01.2026|15.02.2026|01.03.2026"),
                "Kontaktpunkt": choose("Search|Check-in|Feedback"),
                "Zufriedenheit": choose("sehr zufrieden|eher zufrieden|teils teils|eher unzufrieden|sehr unzufrieden|keine Angabe"),
                "Weiterempfehlung": choose([str(code) for code in range(11)]),
                "Geschlecht": choose("w|m|d"),
                "Gewicht": choose("0,5|1,25|2,0"),
            },
            ";",
        ),
        encoding="cp1252",
    )  # fmt: skip
    sample = peek(path)
    assert (sample.delimiter, sample.decimal) == (";", ",")
    guessed = guess(sample, small_map)
    assert roles(guessed) == {
        "Datum": "date",
        "Kontaktpunkt": "touchpoint",
        "Zufriedenheit": "measure",
        "Weiterempfehlung": "measure",
        "Geschlecht": "segment",
        "Gewicht": "weight",
    }
    found = questions(guessed)
    assert dict(found["Zufriedenheit"].labels)["eher unzufrieden"] == 2
    assert found["Zufriedenheit"].missing == ("keine Angabe",)
    assert found["Weiterempfehlung"].kpi == "nps"
    intake = prepare(small_map, [path], guessed.recipe)
    assert len(intake.measures) == 6
    assert intake.created["touchpoints"] == []


def test_numbers_with_words_and_a_scale_that_runs_backwards(write, empty_map):
    path = write(
        table(
            {
                "Rate the check-in": choose("1 = very good|2 = good|3|4|5 = very poor"),
                "Recommend": choose(["0 (not at all likely)", *map(str, range(1, 10)), "10 (extremely likely)"]),
                "Booking (1 = very satisfied, 5 = very dissatisfied) rating": choose("1|2|3|4|5"),
            }
        )
    )
    found = questions(guess(peek(path), empty_map))
    checkin = found["Rate the check-in"]
    assert (checkin.reversed, checkin.scale, dict(checkin.labels)["1 = very good"]) == (True, (1, 5), 1)
    assert (found["Recommend"].kpi, found["Recommend"].reversed, found["Recommend"].scale) == ("nps", False, (0, 10))
    assert found["Booking (1 = very satisfied, 5 = very dissatisfied) rating"].reversed


def test_groups_of_people_are_no_ratings(write, empty_map):
    path = write(
        table(
            {
                "Age": choose("1|2|3|4|5"),
                "Income group": choose("1|2|3|4|5"),
                "Bags": choose("1|2"),
                "Service score": choose("1|2|3|4|5"),
                "NPS": choose([str(code) for code in range(11)]),
                "NPS group": choose("Detractor|Passive|Promoter"),
            }
        )
    )
    guessed = guess(peek(path), empty_map)
    assert {name for name, role in roles(guessed).items() if role == "measure"} == {"Service score", "NPS"}


def test_a_file_without_answers_is_said_so(write, empty_map):
    path = write(
        table({"City": choose("Rome|Oslo"), "Note to self": [f"text {number} about things" for number in range(120)]})
    )
    with pytest.raises(Failure, match="looks like answers"):
        guess(peek(path), empty_map)


@pytest.mark.parametrize(
    ("column", "about"),
    [
        ("Q7_3 How satisfied were you with [Check-in]", "Check-in"),
        ("Q7ART", "ART"),
        ("How satisfied are you with the security control?", "Security control"),
        ("Wie zufrieden waren Sie mit der Gepäckausgabe?", "Gepäckausgabe"),
        ("checkin_rating", "Checkin"),
        ("3. Seat comfort", "Seat comfort"),
        ("Quality", "Quality"),
        ("Wie zufrieden waren Sie mit den Schritten Ihrer Buchung? - Bezahlung", "Bezahlung"),
    ],
)
def test_the_subject_of_a_column(column, about):
    assert subject(column) == about


def test_names_are_matched_with_the_touchpoints_they_mean():
    names = ["Check-in", "Security", "Boarding", "Baggage claim"]
    assert best_match("checkin", names) == "Check-in"
    assert best_match("Security control", names) == "Security"
    assert best_match("Baggage clam", names) == "Baggage claim"
    assert best_match("Lounge", names) == ""


def test_numbered_questions_about_different_things_on_one_scale_are_one_battery(write, empty_map):
    path = write(
        table(
            {
                "Q1 Recommend": choose([str(code) for code in range(11)]),
                "Q2 Booking": choose("1|2|3|4|5|9"),
                "Q3 Check-in": choose("1|2|3|4|5"),
                "Q4 Security queue": choose("1|2|3|4|5|9"),
                "Q5 The trip as a whole": choose("1|2|3|4|5"),
                "Comment": choose(["The queue went out to the stairs.", "Nobody said how long it takes."]),
            }
        )
    )
    guessed = guess(peek(path), empty_map)
    found = questions(guessed)
    assert [found[name].touchpoint for name in ("Q2 Booking", "Q3 Check-in", "Q4 Security queue")] == [
        "Booking",
        "Check-in",
        "Security queue",
    ]
    assert all(found[name].missing == (9.0,) for name in ("Q2 Booking", "Q4 Security queue"))
    assert found["Q5 The trip as a whole"].touchpoint == ""
    assert roles(guessed)["Comment"] == "comment"


@pytest.mark.parametrize(
    ("words", "kpi", "codes"),
    [
        ("Not at all satisfied,Not so satisfied,Somewhat satisfied,Very satisfied,Extremely satisfied", "csat", [1, 2, 3, 4, 5]),
        ("Not so easy,Somewhat easy,Very easy,Extremely easy", "ces", [2, 3, 4, 5]),
        ("Not at all helpful,Somewhat helpful,Extremely helpful", "rating", [1, 3, 5]),
        ("Überhaupt nicht zufrieden,Weniger zufrieden,Sehr zufrieden,Äußerst zufrieden", "csat", [1, 2, 4, 5]),
        ("Very satisfied,Satisfied,Neutral", "csat", [3, 4, 5]),
    ],
)  # fmt: skip
def test_scales_that_begin_at_nothing_are_told_from_those_with_a_middle(write, empty_map, words, kpi, codes):
    answers = words.split(",")
    path = write("How was it?\n" + "\n".join(answers * 5) + "\n")
    (question,) = guess(peek(path), empty_map).recipe.questions
    assert (question.kpi, question.scale) == (kpi, (1, 5))
    assert sorted(code for _text, code in question.labels) == codes


def test_small_numbers_without_an_end_of_the_scale_are_no_battery(write, empty_map):
    """Four things to choose from, asked of three fruits."""
    path = write("Q22_1,Q22_2,Q22_3\n" + "1,2,4\n3,4,1\n2,1,3\n4,3,2\n" * 4)
    with pytest.raises(Failure, match="looks like answers"):
        guess(peek(path), empty_map)
