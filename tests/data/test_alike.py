"""Which names are proposed as the same, and which never."""

from __future__ import annotations

import pytest

from journeymap.data.guessing.alike import NEAR, likeness, nearest, pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Overall satisfaction", "Overall Satisfaction (1-5)"),
        ("*RESPNUM", "RESPNUM"),
        ("AIRLINE CODE", "AIRLINE_CODE"),
        ("Check-in", "Check in desk"),
        ("Wartezeit", "Warte-Zeit"),
        ("How was security?", "How was the security?"),
        ("Zufriedenheit gesamt", "Gesamt: Zufriedenheit"),
    ],
)
def test_a_slightly_changed_name_is_proposed(one: str, other: str) -> None:
    assert likeness(one, other) >= NEAR
    assert likeness(other, one) == pytest.approx(likeness(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Q7_1", "Q7_2"),
        ("Check-in", "Boarding"),
        ("Age", "Average"),
        ("Terminal 1", "Terminal 2"),
        ("", "x"),
        ("?", "!"),
    ],
)
def test_another_thing_is_not(one: str, other: str) -> None:
    assert likeness(one, other) < NEAR


def test_the_word_that_all_questions_share_tells_nothing() -> None:
    beside = ["Search: satisfaction", "Security: satisfaction"]
    assert pairs(["Boarding: satisfaction"], ["Lounge: satisfaction"], beside) == {}
    assert pairs(["Overall satisfaction"], ["Lounge: satisfaction", "Overall satisfaction (new)"], beside) == {
        "Overall satisfaction": "Overall satisfaction (new)"
    }


def test_no_new_name_is_given_twice_and_the_most_alike_has_it() -> None:
    assert pairs(["Score", "Scores"], ["scores (1-5)"]) == {"Scores": "scores (1-5)"}
    assert nearest("Bording", ["Boarding", "Landing"]) == "Boarding"
    assert nearest("Lounge", ["Boarding"]) == ""
