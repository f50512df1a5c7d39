"""What people type is read generously and refused in one sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.ui.panels import reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", 12.5), ("12,5", 12.5), (" 48 000 ", 48000.0), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("−3", -3.0),
        ("31 %", 31.0), ("38 min", 38.0), ("", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert reading.number(text) == value


@pytest.mark.parametrize("text", ["soon", "1-2", "nan", "inf", "1e999", "--", "%"])
def test_what_is_no_number_is_said(text: str) -> None:
    with pytest.raises(Failure, match="not a number"):
        reading.number(text)


@pytest.mark.parametrize(
    "text", ["2027-02-28", "28.02.2027", "28.2.27", "28 Feb 2027", "28 February 2027", "Feb 28, 2027"]
)
def test_dates(text: str) -> None:
    assert reading.day(text) == "2027-02-28"


@pytest.mark.parametrize("text", ["30.02.2027", "31 Feb 2027", "tomorrow", "2027"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(Failure, match="not a date"):
        reading.day(text)


@given(st.dates())
def test_a_date_that_is_shown_can_be_typed_again(when: object) -> None:
    iso = when.isoformat()
    if int(iso[:4]) >= 1000:
        assert reading.day(reading.show_day(iso)) == iso


@given(st.integers(0, 10_000))
def test_a_share_that_is_shown_can_be_typed_again(hundredths: int) -> None:
    share = hundredths / 10_000
    assert reading.percent(reading.show_percent(share)) == pytest.approx(share)


@given(st.floats(-1e9, 1e9))
def test_a_number_that_is_shown_can_be_typed_again(value: float) -> None:
    again = reading.number(reading.show(value))
    assert again is not None
    assert again == pytest.approx(value, rel=1e-6, abs=1e-6)


@given(st.text())
def test_nothing_that_is_typed_breaks_the_readers(text: str) -> None:
    for read in (reading.number, reading.day, reading.percent, reading.month, reading.whole(1, 5)):
        with suppress(Failure):
            read(text)


@pytest.mark.parametrize(("text", "number"), [("", 1), ("4", 4), ("Apr", 4), ("april", 4), ("Oct.", 10), ("12", 12)])
def test_a_month_is_typed_by_name_or_number(text: str, number: int) -> None:
    assert reading.month(text) == number
    assert reading.month(reading.show_month(number)) == number


@pytest.mark.parametrize("text", ["13", "0", "Foo", "A"])
def test_what_is_no_month_is_said(text: str) -> None:
    with pytest.raises(Failure, match="month"):
        reading.month(text)
