"""What people type into fields, read as values, and values written as they would type them.

Readers raise Failure with one sentence that says what was expected. Decimal comma and point are both understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from journeymap.failure import Failure
from journeymap.i18n import _, point
from journeymap.model import days
from journeymap.model.records import Value
from journeymap.model.wording import MINUS, NARROW

Read = Callable[[str], Value]
Write = Callable[[Value], str]

_DIGITS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y")
_WORDS = (
    re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[^\W\d_]{3,})\.?,? (?P<year>\d{4})"),
    re.compile(r"(?P<month>[^\W\d_]{3,})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"),
)
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def months() -> tuple[str, ...]:
    """The months, short, in the language of the moment."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip


def number(text: str) -> float | None:
    """A number, "" as None. A unit behind it is left aside."""
    plain = text.strip().replace(MINUS, "-").replace(NARROW, "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    plain = plain.rstrip("%€$£kKabcdefghijlmnopqrstuvwxyzABCDEFGHIJLMNOPQRSTUVWXYZ/")
    if not text.strip():
        return None
    if "," in plain and "." in plain:
        plain = plain.replace("," if plain.rfind(".") > plain.rfind(",") else ".", "")
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        raise Failure(_("“{text}” is not a number. Type digits, for example 12.5.").format(text=text.strip())) from None
    if value - value != 0:  # infinite or not a number at all
        raise Failure(_("“{text}” is not a number. Type digits, for example 12.5.").format(text=text.strip()))
    return value


def between(low: float, high: float) -> Read:
    """A reader of numbers within bounds."""

    def read(text: str) -> Value:
        value = number(text)
        if value is not None and not low <= value <= high:
            raise Failure(
                _("{value} is outside {low} to {high}.").format(value=show(value), low=show(low), high=show(high))
            )
        return value

    return read


def whole(low: int, high: int) -> Read:
    """A reader of whole numbers within bounds."""
    inside = between(low, high)

    def read(text: str) -> Value:
        value = inside(text)
        if isinstance(value, float):
            if value != int(value):
                raise Failure(_("{value} is not a whole number.").format(value=show(value)))
            return int(value)
        return value

    return read


def percent(text: str) -> Value:
    """A share typed as percent ("31", "31 %"), as 0..1."""
    value = between(0, 100)(text)
    return round(value / 100, 6) if isinstance(value, float) else None


def day(text: str) -> Value:
    """A date as people write it, as ISO text; "" for none."""
    plain = " ".join(text.split())
    if not plain:
        return ""
    for pattern in _DIGITS:
        try:
            return datetime.strptime(plain, pattern).date().isoformat()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    found = next((match for words in _WORDS if (match := words.fullmatch(plain)) is not None), None)
    if found is not None and (month := _month(found["month"])):
        try:
            return date(int(found["year"]), month, int(found["day"])).isoformat()
        except ValueError:
            pass
    raise Failure(_("“{text}” is not a date. Type it like 2027-02-28 or 28.02.2027.").format(text=plain))


def show(value: Value) -> str:
    """A number without needless decimals, a text as it is, None as nothing."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) < 1e6 else f"{value:.0f}"
        return text.replace(".", point())
    return str(value)


def show_percent(value: Value) -> str:
    """A share 0..1 as percent."""
    return f"{show(round(value * 100, 2))}{NARROW}%" if isinstance(value, float) else ""


def show_day(value: Value) -> str:
    """An ISO date as "28 Feb 2027"; what is no such date as it stands."""
    try:
        found = date.fromisoformat(str(value))
    except ValueError:
        return str(value or "")
    return f"{day_month(found)} {found.year}"


def day_month(when: date) -> str:
    """A day without its year: "28 Feb"."""
    return days.day(when, year=False)


def month(text: str) -> Value:
    """The number of a month by its name or number; January where nothing is said. Raises Failure."""
    word = text.strip().rstrip(".")
    found = int(word) if word.isdecimal() else _month(word) if len(word) >= 3 else 0 if word else 1
    if not 1 <= found <= 12:
        raise Failure(_("“{text}” is no month; write it as {example}.").format(text=text, example=months()[3]))
    return found


def show_month(value: Value) -> str:
    """A month by its short name."""
    return months()[int(value) - 1] if isinstance(value, int) and 1 <= value <= 12 else ""


def _month(word: str) -> int:
    """The number of a month by the beginning of its name, in the language of the moment or English; 0 for none."""
    folded = word.casefold()
    for names in (months(), _ENGLISH):
        for number, name in enumerate(names, 1):
            if folded.startswith(name.casefold()) or name.casefold().startswith(folded):
                return number
    return 0
