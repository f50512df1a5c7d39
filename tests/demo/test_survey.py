"""The invented survey has the structure of a real one, and is the same every time."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime
from statistics import correlation, mean

import pytest

from journeymap.demo import survey


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(survey.survey()), delimiter=";"))


def codes(rows: list[dict[str, str]], column: str) -> list[int]:
    return [int(row[column]) for row in rows if row[column] in {"1", "2", "3", "4", "5"}]


def moment(row: dict[str, str]) -> datetime:
    return datetime.strptime(row["Submitted"] + "+0000", "%d.%m.%Y %H:%M%z")


def quarter(row: dict[str, str]) -> int:
    return (moment(row).month + 2) // 3


def score(rows: list[dict[str, str]]) -> float:
    given = [int(row[survey.RECOMMEND]) for row in rows if row[survey.RECOMMEND] not in {"", "11"}]
    return 100 * mean((one >= 9) - (one <= 6) for one in given)


def test_it_is_the_same_every_time(rows: list[dict[str, str]]) -> None:
    assert survey.survey() == survey.survey()
    assert len(rows) == 3000
    assert list(rows[0]) == list(survey.COLUMNS)


def test_it_covers_four_quarters_in_order(rows: list[dict[str, str]]) -> None:
    moments = [moment(row) for row in rows]
    assert moments == sorted(moments)
    assert moments[0].date().isoformat() >= "2025-10-01"
    assert moments[-1].date().isoformat() <= "2026-09-30"
    assert all(count > 400 for count in Counter(map(quarter, rows)).values())


def test_people_skip_questions_do_not_use_things_and_do_not_know(rows: list[dict[str, str]]) -> None:
    train = Counter(row["Q5 Train"] for row in rows)
    assert train["9"] > 1000
    assert 10 < train["99"] < 100
    assert 10 < train[""] < 150
    assert 30 < Counter(row[survey.RECOMMEND] for row in rows)["11"] < 150


def test_the_queue_grows_and_pulls_the_score_down(rows: list[dict[str, str]]) -> None:
    by = {q: [row for row in rows if quarter(row) == q] for q in (4, 1, 2, 3)}
    waits = {q: sorted(int(row[survey.MINUTES]) for row in some if row[survey.MINUTES]) for q, some in by.items()}
    medians = [waits[q][len(waits[q]) // 2] for q in (4, 1, 2, 3)]
    assert medians == sorted(medians)
    assert medians[-1] >= 1.4 * medians[0]
    assert mean(codes(by[3], "Q9 Security queue")) < mean(codes(by[4], "Q9 Security queue")) - 0.3
    assert score(by[3]) < score(by[4]) - 8


def test_answers_hang_together(rows: list[dict[str, str]]) -> None:
    def together(a: str, b: str) -> float:
        both = [
            (int(row[a]), int(row[b])) for row in rows if row[a] in set("12345") and row[b].isdigit() and row[b] != "11"
        ]
        return correlation(*zip(*both, strict=True))

    for name, item in survey.ITEMS.items():
        assert together(item.column, survey.RECOMMEND) > 0.15, name
    assert together("Q9 Security queue", survey.MINUTES) < -0.4


def test_kinds_of_travellers_meet_the_same_place_differently(rows: list[dict[str, str]]) -> None:
    easy = {
        kind: mean(codes([row for row in rows if row["Traveller"] == kind], "Q7 Easy to check in"))
        for kind in survey.TRAVELLERS
    }
    assert easy[survey.CITY] > 4.3
    assert easy[survey.OLDER] < 2.5


def test_the_level_gives_the_mean_that_is_asked_for() -> None:
    from math import erf, sqrt

    for wanted in (1.2, 3.0, 4.7):
        middle = survey.level(wanted, 0.9)
        reached = 1 + sum(0.5 * (1 + erf((middle - cut) / (0.9 * sqrt(2)))) for cut in (1.5, 2.5, 3.5, 4.5))
        assert reached == pytest.approx(wanted, abs=1e-4)


def test_comments_speak_of_what_was_bad_or_good(rows: list[dict[str, str]]) -> None:
    spoken = [row for row in rows if row["Comment"]]
    assert 500 < len(spoken) < 1300
    about_queue = [row for row in spoken if "half an hour" in row["Comment"]]
    assert about_queue
    assert all(int(row["Q9 Security queue"]) <= 2 for row in about_queue if row["Q9 Security queue"] not in {"", "99"})
