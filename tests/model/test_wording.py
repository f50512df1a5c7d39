"""How figures are written."""

from __future__ import annotations

import pytest

from journeymap.model import wording
from journeymap.model.measured import Figure

CASES = [
    (Figure("nps", "NPS", "nps", 15.2, 10.4, 20.1, 912, unit="points"), "+15", "±5"),
    (Figure("nps", "NPS", "nps", -3.4, -9.0, 8.1, 40, unit="points"), "−3", "−9 … +8"),
    (Figure("csat", "CSAT", "share", 66.7, 45.4, 82.8, 21, unit="%"), "67\xa0%", "45–83"),
    (Figure("number", "Conversion", "share", 3.4, 3.22, 3.58, 41208, unit="%"), "3.4\xa0%", "±0.2"),
    (Figure("rating", "Rating", "mean", 3.94, 3.9, 3.98, 2000), "3.94", "±0.04"),
    (Figure("number", "Revenue", "mean", 1234567.0, None, None, None, unit="€"), "1\u202f234\u202f567\xa0€", ""),
    (Figure("csat", "CSAT", "share", None), "–", ""),
]


@pytest.mark.parametrize(("figure", "value", "interval"), CASES)
def test_value_and_interval(figure: Figure, value: str, interval: str) -> None:
    assert wording.value(figure) == value
    assert wording.interval(figure) == interval


def test_counts_part_thousands_and_say_when_unknown() -> None:
    assert wording.answers(CASES[3][0]) == "n 41\u202f208"
    assert wording.answers(Figure("csat", "CSAT", "share", 5.0)) == "n unknown"
    weighted = Figure("csat", "CSAT", "share", 5.0, n=100, n_effective=61.7)
    assert "62" in wording.answers(weighted)


def test_moods_carry_their_sign_and_nothing_has_a_negative_zero() -> None:
    assert [wording.mood(value) for value in (1.25, -1.5, 0.0, -0.04)] == ["+1.2", "−1.5", "0.0", "0.0"]


def test_the_half_width_claims_no_more_than_the_two_ends() -> None:
    lopsided = Figure(kpi="csat", name="CSAT", statistic="share", value=7.2, low=6.3, high=8.31, n=2833, unit="%")
    assert wording.interval(lopsided) == "6.3–8.3"
    assert wording.half_width(lopsided) == "±1.1"
