"""Reading one cell: as an answer to a question, as a number, as a day. Each distinct text is read once, here.

The engine finds the distinct texts of a column and counts rows; what a text means is decided in plain Python, in one
place, so that the preview of the import, the counting and the tests cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import cache, lru_cache

from msgspec import Struct

from journeymap.data.recipe.question import UNITS, Question
from journeymap.data.recipe.tables import Code

ANSWER, MISSING, NOT_APPLICABLE, UNREADABLE = 0, -1, -2, -3
"""What a cell is. The negative ones stand in place of a code while counting."""

LONGEST_NUMBER = 200
"""Characters; with the two digits of an exponent what is read stays within the range of every database's numbers."""

_PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?", re.ASCII)
_GROUPS = {
    ".": re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII),
    ",": re.compile(r"[-+]?\d{1,3}([. ']\d{3})+(,\d*)?", re.ASCII),
}
_THOUSANDS = re.compile(
    r"[-+]?[1-9]\d{0,2}(\.\d{3})+", re.ASCII
)  # with a decimal comma: 1.234 is a thousand, 0.234 a slip


_WORDY = re.compile(r"[^\W\d_eE]")
"""A letter that stands in no number: most cells of words are told by their first."""
_CURRENCIES = "€$£¥"
_UNITS = "%" + _CURRENCIES


class Read(Struct, frozen=True):
    """What a cell says: its status and, for an ANSWER, its code; `outside` where the code is off the scale."""

    status: int
    code: float = 0.0
    outside: bool = False


def tidy(text: str) -> str:
    """`text` without surrounding and doubled white space (no-break spaces too), to be compared."""
    return " ".join(text.split())


def number(text: str, decimal: str = ".") -> float | None:
    """The number that `text` is, with `decimal` as its decimal sign and thousands grouped or not; else None."""
    return None if _WORDY.search(text) else _number(text, decimal)


@lru_cache(maxsize=8192)  # columns of a survey hold the same few texts
def _number(text: str, decimal: str) -> float | None:
    if (decimal == "." or text.isdigit()) and _PLAIN.fullmatch(text):  # as most are
        return float(text) if len(text) <= LONGEST_NUMBER else None
    text = _bare(tidy(text).replace("−", "-"))
    plain = text.replace(",", ".") if decimal == "," and "." not in text else text
    if not _PLAIN.fullmatch(plain) or (decimal == "," and _THOUSANDS.fullmatch(text)):
        if not _GROUPS[decimal].fullmatch(text):
            return None
        plain = re.sub(r"[ ']", "", text)
        plain = plain.replace(",", "") if decimal == "." else plain.replace(".", "").replace(",", ".")
    return float(plain) if len(text) <= LONGEST_NUMBER else None


def _bare(text: str) -> str:
    """A number without a percent sign behind it or a currency beside it: "17%", "1 234,56 €", "$12.50"."""
    if text and (text[-1] in _UNITS or text[0] in _CURRENCIES):
        return text.rstrip(_UNITS).rstrip().lstrip(_CURRENCIES).lstrip()
    return text


def reader(question: Question, decimal: str = ".") -> Callable[[str], Read]:
    """The function that reads the cells of `question`: text → Read.

    Labels come first, then numbers; then the codes that mean no answer or does not apply; then the scale.
    """
    labels = {tidy(label).casefold(): code for label, code in question.labels}
    missing, absent = _Codes(question.missing), _Codes(question.not_applicable)
    whole = question.kpi == "nps"
    low, high = question.scale or (float("-inf"), float("inf"))

    def read(text: str) -> Read:
        text = tidy(text)
        if not text:
            return Read(MISSING)
        folded = text.casefold()
        code = labels[folded] if folded in labels else number(text, decimal)
        if code is None and question.kpi == "response_time":
            code = _lasting(text, question.unit)
        if missing.have(folded, code):
            return Read(MISSING)
        if absent.have(folded, code):
            return Read(NOT_APPLICABLE)
        if code is None:
            return Read(UNREADABLE)
        if not low <= code <= high or (whole and code != int(code)):
            return Read(UNREADABLE, code, outside=True)
        return Read(ANSWER, code)

    return read


class _Codes:
    """Codes of a recipe, some numbers, some text."""

    def __init__(self, codes: Iterable[Code]) -> None:
        codes = tuple(codes)
        self.texts = {tidy(code).casefold() for code in codes if isinstance(code, str)}
        self.numbers = {code for code in codes if not isinstance(code, str)}

    def have(self, folded: str, number: float | None) -> bool:
        return folded in self.texts or (number is not None and number in self.numbers)


# ---------------------------------------------------------------- times

_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(?:Uhr)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?",
    re.ASCII,
)
_LASTING = re.compile(r"(-?)(?:(\d+) ?d(?:ays?)?,? ?)?(\d{1,5}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?", re.ASCII)


def clock(text: str, *, local: bool = False) -> int | None:
    """Seconds since midnight of a time of day: " 7:29 PM", "T18:22:05+02:00" (less two hours, unless the time
    is to be `local`); 0 where it is empty.
    """
    text = tidy(text).removeprefix("T").strip()
    if not text:
        return 0
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    half, zone = found.group(4), found.group(5)
    if hour > (12 if half else 24) or minute > 59 or second > 60:
        return None
    if half:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return hour * 3600 + minute * 60 + second - (0 if local else _offset(zone or ""))


def _offset(zone: str) -> int:
    digits = re.sub(r"\D", "", zone)
    if not digits:
        return 0
    seconds = int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60
    return -seconds if zone[0] == "-" else seconds


def _lasting(text: str, unit: str) -> float | None:
    """A duration written as a clock shows it, "02:15:00" or "1 day 02:15", in a unit."""
    found = _LASTING.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.group(2, 3, 4, 5))
    whole = days * 86_400 + hours * 3600 + minutes * 60 + seconds
    return (-whole if found.group(1) else whole) / UNITS[unit or "h"]


# ---------------------------------------------------------------- days

EPOCH = date(1970, 1, 1).toordinal()

QUARTER, UNIX = "quarter", "unix"
"""Ways of writing a day that no strftime code has: "2026-Q3", "Q3 2026"; seconds, milli- or microseconds since 1970."""

DATE_FORMATS = (
    "%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d", "%d.%m.%y", "%m/%d/%y",
    "%d/%m/%y", "%d %b %Y", "%b %d %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%Y-%m", QUARTER, UNIX,
)  # fmt: skip
"""The ways of writing a day that are tried, in this order."""

_SEPARATORS = re.compile(r"[T ](?=\d{1,2}[:.]\d{2})|[T ](?=\d{1,2}\s*[AaPp]\.?[Mm])")


def day_part(text: str) -> str:
    """`text` without a time of day behind it: "2026-10-31 18:22:05+02:00" → "2026-10-31"."""
    text = tidy(text)
    return _SEPARATORS.split(text, maxsplit=1)[0].rstrip(",")


def day(text: str, date_format: str, zone: tzinfo | None = None) -> int | None:
    """Days since 1970-01-01 of a date (a time behind it is dropped), or None where `date_format` does not fit.

    A time that says its own zone is moved to `zone` first, where one is given.
    """
    if date_format == QUARTER:
        return _quarter(tidy(text))
    if date_format == UNIX:
        return _unix(tidy(text), zone)
    if zone is not None and (moved := _moved(tidy(text), zone)) is not None:
        return moved
    part = day_part(text)
    found = _day(part, date_format)
    return found if found is not None or part == text else _day(tidy(text), date_format)


@lru_cache(maxsize=8192)  # one day has many answers
def _day(text: str, date_format: str) -> int | None:
    shape = _shape(date_format)
    if shape is not None and not shape.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, date_format).date().toordinal() - EPOCH  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return None


_DIGITS = {"Y": r"\d{4}", "m": r"\d{1,2}", "d": r"\d{1,2}", "y": r"\d{2}", "b": r"[^\W\d]+\.?", "B": r"[^\W\d]+"}


@cache
def _shape(date_format: str) -> re.Pattern[str] | None:
    """What a date of this format looks like, roughly; None for formats with other parts than days.

    Python's own reader of dates builds an expression for each format and remembers only five of them.
    """
    parts = re.split(r"%(.)", date_format)
    if not set(parts[1::2]) <= set(_DIGITS):
        return None
    found = "".join(
        _DIGITS[part] if place % 2 else re.escape(part).replace(r"\ ", r"\s+") for place, part in enumerate(parts)
    )
    return re.compile(found)


def _quarter(text: str) -> int | None:
    """The first day of a quarter."""
    found = re.fullmatch(r"(\d{4})[ -/]?[Qq]([1-4])|[Qq]([1-4])[ -/]?(\d{4})", text)
    if not found:
        return None
    year, part = int(found.group(1) or found.group(4)), int(found.group(2) or found.group(3))
    return date(year, part * 3 - 2, 1).toordinal() - EPOCH if year else None


def _unix(text: str, zone: tzinfo | None) -> int | None:
    """The day of a point in time: 10 digits of seconds, 13 of milliseconds, 16 of microseconds, since 2000 or so."""
    if not re.fullmatch(r"\d{10}|\d{13}|\d{16}", text) or text[0] == "0":
        return None
    moment = datetime.fromtimestamp(int(text[:10]), zone or UTC)
    return moment.date().toordinal() - EPOCH


def _moved(text: str, zone: tzinfo) -> int | None:
    try:
        moment = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return moment.astimezone(zone).date().toordinal() - EPOCH


def date_formats(texts: Sequence[str], *, day_first: bool = False) -> list[str]:
    """The known formats that read the most of `texts`; several where they cannot be told apart.

    Of those, the first is the likelier one: with the month first, or with the day where `day_first` says that the file
    comes from where days are written so (semicolons, decimal commas). Empty where no format reads even half of them. Formats that fail on a few texts from all over are not tried on all.
    """
    parts = sorted({day_part(text) for text in texts if text.strip()})
    few = parts[:: max(len(parts) // 20, 1)]
    likely = [known for known in DATE_FORMATS if _read(few, known) * 2 >= len(few)]
    scores = {known: _read(parts, known) for known in likely}
    best = max(scores.values(), default=0)
    alike = [known for known in likely if best and scores[known] == best and best * 2 >= len(parts)]
    return sorted(alike, key=lambda known: not known.startswith("%d")) if day_first else alike


def _read(parts: Sequence[str], date_format: str) -> int:
    return sum(day(part, date_format) is not None for part in parts)
