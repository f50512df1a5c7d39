"""Which scale a column of whole numbers is on, and which of its numbers are no answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from journeymap.data.guessing.profile import Profile

NO_ANSWER = frozenset({-1.0, -9.0, -88.0, -99.0, -999.0, 77.0, 88.0, 97.0, 98.0, 99.0, 998.0, 999.0})
"""Numbers that are no answer on any scale in use."""

_SCALES = ((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (1.0, 10.0))


class Scale(Struct, frozen=True):
    """(lowest, highest) and the numbers beside it that mean no answer or does not apply."""

    low: float
    high: float
    missing: tuple[float, ...] = ()
    not_applicable: tuple[float, ...] = ()


def recommendation(numbers: Iterable[float]) -> Scale | None:
    """The 0–10 scale of "would you recommend us", with 11 and the like as no answer; None where it cannot be one."""
    codes = set(numbers)
    inside = {code for code in codes if 0 <= code <= 10}
    outside = codes - inside
    if outside - NO_ANSWER - {11.0, 12.0} or len(inside) < 2 or max(inside) <= 5:
        return None
    return Scale(0.0, 10.0, tuple(sorted(outside)))


def grades(numbers: Iterable[float]) -> Scale | None:
    """German school marks, 1 to 6 of which 1 is best; None where the numbers are none."""
    codes = set(numbers)
    missing = codes & (NO_ANSWER | {0.0, 9.0})
    inside = codes - missing
    if len(inside) < 3 or not inside <= {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}:
        return None
    return Scale(1.0, 6.0, _sorted(missing))


def scale_of(profile: Profile) -> Scale | None:
    """The rating scale that a column seems to be on, or None.

    1–5 with a 6 but no 7 is taken as "does not apply", with a 0 beside it as "no answer", a 0 alone as "does not
    apply": the codes that surveys use. It is a guess, shown as one.
    """
    codes = set(profile.numbers)
    if not codes or not profile.whole or profile.numeric < 0.5:
        return None
    missing = codes & NO_ANSWER
    rest = codes - missing
    for low, high in _SCALES:
        inside = {code for code in rest if low <= code <= high}
        beside = rest - inside
        if len(inside) < min(4, high - low) or profile.numbers.total() == 0:
            continue
        if high == 5 and beside <= {0.0, 6.0, 8.0, 9.0}:
            return _of_five(beside, missing)
        if high == 7 and {6.0, 7.0} & inside and beside <= {0.0, 8.0, 9.0} and len(inside) >= 5:
            absent = beside & {0.0, 8.0}
            return Scale(1.0, 7.0, _sorted(missing | (beside - absent)), _sorted(absent))
        if high == 10 and len(inside) >= 6 and beside <= {11.0, 12.0}:
            return Scale(low, high, _sorted(missing | beside))
    return None


def together(found: Sequence[Scale]) -> Scale:
    """One scale for the columns of one battery: what is no answer in one of them is none in the others."""
    missing = {code for scale in found for code in scale.missing}
    absent = {code for scale in found for code in scale.not_applicable} - missing
    if 0.0 in missing | absent and absent & {6.0, 8.0}:  # a zero beside a "does not apply" is a blank
        missing, absent = missing | {0.0}, absent - {0.0}
    return Scale(found[0].low, found[0].high, _sorted(missing), _sorted(absent))


def _of_five(beside: set[float], missing: set[float]) -> Scale:
    if 0.0 in beside and beside & {6.0, 8.0}:
        return Scale(1.0, 5.0, _sorted(missing | (beside & {0.0, 9.0})), _sorted(beside & {6.0, 8.0}))
    return Scale(1.0, 5.0, _sorted(missing | (beside & {9.0})), _sorted(beside - {9.0}))


def _sorted(codes: Iterable[float]) -> tuple[float, ...]:
    return tuple(sorted(codes))
