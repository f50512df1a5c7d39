"""Days as people read them."""

from __future__ import annotations

from datetime import date, timedelta

from journeymap.i18n import _


def month(number: int) -> str:
    """The short name of a month, 1 to 12."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )[number - 1]  # fmt: skip


def parsed(iso: str) -> date | None:
    """The day of an ISO date or time; None for anything else."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def day(when: date, *, year: bool = True) -> str:
    """28 Feb 2027."""
    text = _("{day} {month}").format(day=when.day, month=month(when.month))
    return f"{text} {when.year}" if year else text


def months(first: str, last: str) -> str:
    """Whole months between two ISO dates in short: "Oct 2025 – Sep 2026", "Sep – Oct 2026", "Oct 2026"; else ""."""
    start, end = parsed(first), parsed(last)
    if start is None or end is None or start.day != 1 or (end + timedelta(days=1)).day != 1 or start > end:
        return ""
    said = f"{month(end.month)} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return said
    return f"{month(start.month)}{f' {start.year}' if start.year != end.year else ''} – {said}"


def iso(text: str) -> str:
    """An ISO date as people read it; anything else as it stands."""
    when = parsed(text)
    return day(when) if when is not None else text
