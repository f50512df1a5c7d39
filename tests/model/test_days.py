"""Stretches of days in short."""

from __future__ import annotations

import pytest

from journeymap.model import days


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-10-01", "2026-09-30", "Oct 2025 – Sep 2026"),
        ("2026-09-01", "2026-10-31", "Sep – Oct 2026"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2026-01-01", "2026-12-31", "Jan – Dec 2026"),
        ("2026-09-02", "2026-10-31", ""),
        ("2026-09-01", "2026-10-30", ""),
        ("2026-10-01", "2026-08-31", ""),
        ("", "2026-10-31", ""),
    ],
)
def test_whole_months_are_said_as_months(first: str, last: str, said: str) -> None:
    assert days.months(first, last) == said
