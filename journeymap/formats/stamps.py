"""Dates, sums of money and spans as they are printed; figures of the map are worded by `model.wording`."""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _, point
from journeymap.model.days import day, month, parsed
from journeymap.model.wording import NARROW, count, number

__all__ = ["day", "month", "parsed"]

_SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}


def period(first: str, last: str) -> str:
    """1 Sep – 31 Oct 2026, from ISO dates; what is not known is left out."""
    start, end = parsed(first), parsed(last)
    if start is None or end is None:
        known = start or end
        return day(known) if known else ""
    if start == end:
        return day(end)
    return f"{day(start, year=start.year != end.year)} – {day(end)}"


def money(value: float, currency: str) -> str:
    """€ 152 k, in German 152 Tsd. €; the code of the currency where it has no sign."""
    sign = _SYMBOLS.get(currency, currency)
    for size, unit in ((1e9, _("bn")), (1e6, _("m")), (1e3, _("k"))):
        if abs(value) >= (10 * size if size == 1e3 else size):
            amount = value / size
            text = f"{amount:.1f}".removesuffix(".0").replace(".", point()) if abs(amount) < 10 else f"{amount:.0f}"
            return _priced(sign, f"{text}{NARROW}{unit}")
    return _priced(sign, count(round(value)))


def _priced(sign: str, amount: str) -> str:
    # The order is that of the language: € 152 k, 152 Tsd. €.
    return _("{currency} {amount}").format(currency=sign, amount=amount).replace(" ", NARROW)


def span(low: float | None, high: float | None, unit: str) -> str:
    """58–63 %; one end where the other is not known, "" where neither is."""
    if low is None or high is None or low == high:
        known = high if low is None else low
        return "" if known is None else _plain(known) + _unit(unit)
    return f"{_plain(low)}–{_plain(high)}{_unit(unit)}"


def _plain(value: float) -> str:
    return number(value, 0 if abs(value) >= 10 or float(value).is_integer() else 1)


def _unit(unit: str) -> str:
    return "" if unit in {"", "points"} else NARROW + unit


def few(number: int) -> str:
    """A small number in words at the head of a sentence."""
    words = (_("No"), _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"))
    return words[number] if number < len(words) else str(number)
