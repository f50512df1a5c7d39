"""What the texts of each column mean: touchpoints, days, segment values, answers. From distinct texts, never from rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import inf
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from journeymap.data import answers
from journeymap.data.answers import ANSWER, EPOCH, UNREADABLE
from journeymap.data.recipe.question import HAPPENED, Question
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.cube import UNDATED

MOST_TEXTS = 20_000
"""More different texts than this are no scale, no touchpoint names and no segment."""
MOST_MOMENTS = 500_000
"""So many different times of day are moved to another zone."""
MOST_EXACT = 1_000
"""Quantities with more different texts than this are kept in bins."""
MOST_VALUES = 500
"""A segment divides people into few groups."""
MOST_TOUCHPOINTS = 5_000

OUTSIDE = -4
"""In place of a code while counting: a number off the scale. Reported among the unreadable."""
NO_DAY = -(2**31) + 1
"""In place of a day while counting: a date that cannot be read."""

# The usual scales, narrowest first; the first that holds every answer is taken where a recipe names none.
_SCALES = ((0.0, 1.0), (1.0, 2.0), (1.0, 5.0), (0.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0))


class Reading(Struct):
    """Text → number, as a small table for the engine, and what the numbers stand for (`meaning[number]`)."""

    numbers: dict[str, int]
    meaning: tuple[str, ...] = ()
    codes: tuple[float, ...] = ()
    off_scale: tuple[float, ...] = ()
    letters: tuple[str, ...] = ()


def named(texts: Sequence[str], column: str, most: int, kept: Callable[[str], str] = answers.tidy) -> Reading:
    """Names (of touchpoints, of segment values): equal but for white space and case is the same name; empty is −1.

    `kept` says what is kept of a text: the text itself, or less, where it is personal.
    """
    said = {text: answers.tidy(kept(text)) for text in texts}
    spelled: dict[str, str] = {}
    for text in said.values():
        spelled.setdefault(text.casefold(), text)
    spelled.pop("", None)
    if len(spelled) > most:
        raise Failure(
            _("“{column}” holds more than {most} different values; it cannot name touchpoints or segments.").format(
                column=column, most=most
            )
        )
    names = sorted(spelled.values(), key=lambda name: (name.casefold(), name))
    place = {name.casefold(): index for index, name in enumerate(names)}
    return Reading({text: place.get(name.casefold(), -1) for text, name in said.items()}, tuple(names))


def days(
    texts: Sequence[str], column: str, date_format: str, *, day_first: bool = False, timezone: str = ""
) -> tuple[Reading, str]:
    """Days since 1970-01-01 by text, UNDATED where it is empty, NO_DAY where it cannot be read; and a warning or "".

    Raises Failure where no date is readable at all, or nothing tells day and month apart.
    """
    written = [text for text in texts if text.strip()]
    warning = ""
    zone = ZoneInfo(timezone) if timezone else None
    if date_format:
        formats = [date_format]
    else:
        formats = answers.date_formats(written, day_first=day_first)
        if not formats and written:
            raise Failure(
                _("“{column}” holds no dates that can be read, such as “{text}”; state date_format.").format(
                    column=column, text=written[0][:40]
                )
            )
        if len(formats) > 1:
            warning = _(
                "“{column}” does not tell day and month apart; read as {format}. State date_format if that is wrong."
            ).format(column=column, format=formats[0])
    numbers = {}
    for text in texts:
        number = answers.day(text, formats[0], zone) if text.strip() and formats else UNDATED
        numbers[text] = NO_DAY if number is None else number
    if written and all(numbers[text] == NO_DAY for text in written):
        raise Failure(
            _("No date in “{column}” fits {format}, for example “{text}”.").format(
                column=column, format=formats[0], text=written[0][:40]
            )
        )
    return Reading(numbers), warning


def week_and_month(number: int) -> tuple[int, int]:
    """The Monday of the week and the first of the month of a day since 1970-01-01; UNDATED stays."""
    if number == UNDATED:
        return number, number
    found = date.fromordinal(number + EPOCH)
    return number - found.weekday(), number - found.day + 1


def most_exact(question: Question) -> int:
    """How many different texts of a quantity are kept as they are; more are kept in bins."""
    return MOST_EXACT if question.kpi == "number" else MOST_TEXTS


def defined(question: Question, texts: Sequence[str], decimal: str) -> tuple[Question, tuple[float, float]]:
    """A question with what its KPI means by its answers, and the line (factor, offset) from a cell to the value.

    Yes and no are 1 and 0. A rate that is averaged is in percent, whether it is written as 0.17 or as 17. A duration
    is never negative. Revenue becomes value.
    """
    if question.kpi == "clv":
        return question, (question.worth.factor, -question.worth.acquisition_cost)
    if question.kpi == "response_time":
        return replace(question, scale=question.scale or (0.0, inf)), (1.0, 0.0)
    if question.kpi not in HAPPENED:
        return question, (1.0, 0.0)
    if question.quantity:
        numbers = [value for text in texts if (value := answers.number(text, decimal)) is not None]
        scale = question.scale or ((0.0, 1.0) if max(numbers, default=0.0) <= 1 else (0.0, 100.0))
        return replace(question, scale=scale), (100.0 if scale == (0.0, 1.0) else 1.0, 0.0)
    if question.labels or question.scale or question.positive:
        return question, (1.0, 0.0)
    return replace(question, scale=(0.0, 1.0), labels=_YES_NO, positive=(1.0,)), (1.0, 0.0)


def lined(question: Question, line: tuple[float, float]) -> Question:
    """The question with its scale in the units of the value."""
    if line == (1.0, 0.0) or not question.scale:
        return question
    low, high = sorted(end * line[0] + line[1] for end in question.scale)
    return replace(question, scale=(low, high))


_YES_NO = (
    *((word, 1.0) for word in ("yes", "true", "ja", "wahr", "y", "t", "j")),
    *((word, 0.0) for word in ("no", "false", "nein", "falsch", "n", "f")),
)


def judged(texts: Sequence[str], question: Question, decimal: str) -> tuple[Reading, Question]:
    """Answers by text: an index into `codes`, or the status in its place; and the question with its scale settled."""
    if not question.scale and not question.quantity:
        question = replace(question, scale=_scale(texts, question, decimal))
    read = answers.reader(question, decimal)
    found = {text: read(text) for text in texts}
    codes = tuple(sorted({seen.code for seen in found.values() if seen.status == ANSWER}))
    place = {code: index for index, code in enumerate(codes)}
    numbers = {
        text: place[seen.code] if seen.status == ANSWER else (OUTSIDE if seen.outside else seen.status)
        for text, seen in found.items()
    }
    off = tuple(sorted({seen.code for seen in found.values() if seen.outside}))
    letters = tuple(text for text, number in numbers.items() if number == UNREADABLE)
    return Reading(numbers, codes=codes, off_scale=off, letters=letters), question


def _scale(texts: Sequence[str], question: Question, decimal: str) -> tuple[float, ...]:
    """The narrowest usual scale that holds every answer; an NPS always has 0–10."""
    if question.kpi == "nps":
        return (0.0, 10.0)
    read = answers.reader(question, decimal)
    codes = [seen.code for seen in map(read, texts) if seen.status == ANSWER]
    if not codes:
        return ()
    for low, high in _SCALES:
        if low <= min(codes) and max(codes) <= high:
            return (low, high)
    return (min(codes), max(codes)) if min(codes) < max(codes) else ()
