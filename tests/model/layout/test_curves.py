"""Curves never say more than the data."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from journeymap.model.curves import bands, curve, monotone, rounded, samples

values = st.lists(st.floats(-2, 2), min_size=2, max_size=30)
gaps = st.floats(0.5, 300)


@st.composite
def points(draw: st.DrawFn) -> list[tuple[float, float]]:
    ys = draw(values)
    x, found = 0.0, []
    for y in ys:
        found.append((x, y))
        x += draw(gaps)
    return found


@given(points())
def test_a_curve_stays_between_its_neighbouring_points(data) -> None:
    for (x0, y0), (x1, y1) in pairwise(data):
        inside = [(x, y) for x, y in samples(data, 24) if x0 <= x <= x1]
        assert all(min(y0, y1) - 1e-9 <= y <= max(y0, y1) + 1e-9 for _, y in inside)


@given(points())
def test_a_curve_rises_and_falls_with_its_points_only(data) -> None:
    for n in range(len(data) - 1):
        ys = [y for _, y in samples(data, 12)[12 * n : 12 * n + 13]]
        steps = [after - before for before, after in pairwise(ys)]
        assert all(step >= -1e-9 for step in steps) or all(step <= 1e-9 for step in steps)


@given(points(), st.integers(0, 29), st.floats(-2, 2))
def test_one_point_moves_two_segments_on_either_side_only(data, at: int, y: float) -> None:
    at %= len(data)
    moved = [*data[:at], (data[at][0], y), *data[at + 1 :]]
    for n, (one, other) in enumerate(zip(monotone(data), monotone(moved), strict=True)):
        if n < at - 2 or n > at + 1:
            assert one == other


@given(points())
def test_a_curve_goes_through_its_points(data) -> None:
    ends = [(step[-2], step[-1]) for step in curve(data)]
    assert ends == data


@given(points(), st.floats(0.01, 0.5))
def test_a_band_is_closed_and_as_long_as_its_points(data, half: float) -> None:
    upper, lower = ([(x, y + sign * half) for x, y in data] for sign in (1, -1))
    (steps,) = bands(upper, lower)
    assert steps[0][0] == "M"
    assert steps[-1] == ("Z",)
    assert sum(step[0] == "C" for step in steps) == 2 * (len(data) - 1)


@given(points(), st.lists(st.booleans(), min_size=12, max_size=12))
def test_there_is_a_band_only_where_there_is_something_between_its_curves(data, wide: list[bool]) -> None:
    upper = [(x, y + by * 0.5) for (x, y), by in zip(data, wide, strict=False)]
    found = [*bands(upper, data[: len(upper)])]
    assert bool(found) == any(wide[: len(upper)])
    drawn = sum(step[0] == "C" for steps in found for step in steps) // 2
    apart = sum(wide[n] or wide[n + 1] for n in range(len(upper) - 1))
    assert apart <= drawn <= len(upper) - 1


def test_corners_are_never_rounder_than_their_sides_allow() -> None:
    steps = rounded([(0, 0), (0, -10), (4, -10), (4, 0)], 50)
    xs = [part for step in steps for part in step[1::2]]
    assert min(xs) >= 0
    assert max(xs) <= 4
