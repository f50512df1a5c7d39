"""Figures written in one line and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import typed
from journeymap.model.records import TypedKpi
from journeymap.model.typed import Line, read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CSAT 71 n 240", Line("csat", "", 71, n=240)),
        ("csat: 71,5 %", Line("csat", "", 71.5, unit="%")),
        ("NPS −12 n=1 048", Line("nps", "", -12, n=1048)),
        ("NPS -12 n 1\u202f048", Line("nps", "", -12, n=1048)),
        ("CSAT 71 % ±3 n 240 target 75 Sep–Oct 2026", Line("csat", "", 71, 68, 74, 240, "%", "Sep–Oct 2026", 75)),
        ("CSAT 71 (68 … 74) n 240 2025–2026", Line("csat", "", 71, 68, 74, 240, "", "2025–2026")),
        ("CSAT 99 ±3", Line("csat", "", 99, 96, 100)),  # a share ends at 100
        ("Response time 38 min → 15", Line("response_time", "", 38, unit="min", target=15)),
        ("Waiting in line 12.5 min", Line("number", "Waiting in line", 12.5, unit="min")),
        ("CSAT target 75", Line("csat", target=75)),
        ("Rating 3.9 n 57 2026-Q3", Line("rating", "", 3.9, n=57, period="2026-Q3")),
    ],
)
def test_a_line_says_a_figure(text: str, said: Line) -> None:
    assert read(text) == said


@pytest.mark.parametrize("text", ["", "71", "CSAT", "CSAT 140", "NPS -120 n 4", "CSAT n 240"])
def test_what_is_no_figure_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Failure):
        read(text)


def test_a_figure_that_stands_there_need_not_be_named_again() -> None:
    assert read("64 n 12", Line("csat")) == Line("csat", "", 64, n=12)
    assert read("Friendliness 64", Line("csat", "Friendliness")) == Line("csat", "Friendliness", 64)


numbers = st.integers(-1000, 1000).map(lambda n: n / 10)


@given(
    st.sampled_from(["csat", "nps", "rating", "response_time", "churn", "number"]),
    numbers,
    st.none() | st.integers(0, 10**7),
    st.none() | st.tuples(st.integers(0, 50), st.integers(0, 50)),
    st.sampled_from(["", "Sep–Oct 2026", "2026-Q3"]),
    st.none() | st.integers(0, 100),
)
def test_what_is_written_is_read_back(
    name: str, value: float, n: int | None, ends: tuple[int, int] | None, period: str, target: int | None
) -> None:
    value = abs(value) if name != "nps" else value
    unit = {"csat": "%", "churn": "%", "nps": "points", "response_time": "h", "number": "min"}.get(name, "")
    called = "Waiting" if name == "number" else ""
    low, high = (None, None) if ends is None else (value - ends[0], value + ends[1])
    if name in {"csat", "churn", "nps"} and (
        low is not None and (low < -100 or (low < 0 and name != "nps") or (high or 0) > 100)
    ):
        low = high = None
    entry = TypedKpi("t", "at", None, "a0", name, called, value, low, high, n, unit, period)
    said = read(typed.write(entry, target), typed.of(entry))
    assert (said.kpi, said.name, said.value, said.n, said.period, said.target) == (
        name,
        called,
        value,
        n,
        period,
        target,
    )
    assert (said.low, said.high) == (pytest.approx(low), pytest.approx(high))
    assert said.unit in {unit, ""}
