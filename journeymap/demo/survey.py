"""The survey of the worked example: about 3,000 invented answers with the structure that real ones have.

Each respondent has an underlying mood that colours all answers; each kind of traveller meets each touchpoint in
their own way; the security queue grows longer from quarter to quarter and pulls down what people say about it and
about the airport. People skip questions (empty, or 99), did not use a service (9), and a few do not know (11).

The generator is seeded and uses only the standard library, so the file is the same on every machine.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from msgspec import Struct

from journeymap.demo.comments import comment

SEED: Final = 20260930
RESPONDENTS: Final = 3000
FIRST_DAY: Final = datetime(2025, 10, 1)  # noqa: DTZ001  # a survey tool's local time, without a zone
DAYS: Final = 365
NO_ANSWER, DID_NOT_USE, DO_NOT_KNOW = 99, 9, 11

CITY, OLDER, FAMILY, BUSINESS = "City break", "65 and over", "Family", "Business"
TRAVELLERS: Final = {CITY: 0.34, OLDER: 0.18, FAMILY: 0.22, BUSINESS: 0.26}
AGES: Final = {
    CITY: (("18–34", 0.62), ("35–49", 0.27), ("50–64", 0.11)),
    OLDER: (("65+", 1.0),),
    FAMILY: (("18–34", 0.24), ("35–49", 0.63), ("50–64", 0.13)),
    BUSINESS: (("18–34", 0.22), ("35–49", 0.46), ("50–64", 0.32)),
}


class Item(Struct, frozen=True):
    """One question on a 1–5 scale: its column, the mean answer by kind of traveller, who was there, and the trend.

    `drift` is added to the mean from one quarter to the next; `share` is who used it (all, or by kind of traveller).
    """

    column: str
    means: tuple[float, float, float, float]  # city, older, family, business
    share: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    drift: float = 0.0
    spread: float = 1.0


ITEMS: Final[Mapping[str, Item]] = {
    "Book the trip": Item("Q2 Booking", (4.0, 2.6, 3.5, 4.1), drift=-0.04),
    "Get the e-mail": Item("Q3 Booking e-mail", (4.3, 3.8, 4.1, 4.2)),
    "Plan the way": Item("Q4 Planning the way", (3.9, 3.0, 3.7, 3.9), drift=0.03),
    "Take the train": Item("Q5 Train", (3.5, 3.8, 3.7, 3.6), (0.66, 0.44, 0.21, 0.52), drift=0.05),
    "Find the entrance": Item("Q6 Entrance", (2.8, 2.1, 2.6, 3.5)),
    "Check in": Item("Q7 Easy to check in", (4.55, 2.2, 3.9, 4.6), drift=0.06, spread=0.8),
    "Drop the bag": Item("Q8 Bag drop", (4.1, 4.3, 4.2, 4.1), (0.0, 0.93, 0.94, 0.31)),
    "Queue for security": Item("Q9 Security queue", (1.75, 2.25, 1.9, 2.5), drift=-0.24),
    "Pass the scanner": Item("Q11 Scanner", (2.6, 2.3, 2.7, 3.3), drift=-0.08),
    "Find gate and food": Item("Q12 Gate and food", (4.1, 3.3, 3.7, 3.8)),
    "Hear of the delay": Item("Q13 News of the delay", (2.15, 1.3, 2.2, 2.4), (0.29, 0.31, 0.28, 0.3), drift=-0.05),
    "Board": Item("Q14 Boarding", (3.45, 3.5, 3.9, 3.7), drift=0.04),
    "Wait for the bag": Item("Q15 Bag belt", (3.4, 2.5, 3.0, 3.1), (0.0, 0.9, 0.92, 0.28)),
    "Look back": Item("Q17 The trip as a whole", (3.95, 3.55, 3.8, 3.9), drift=-0.07, spread=0.9),
}
"""By touchpoint. Pilot questions at “Find the metro” were put to few people only."""

METRO: Final = Item("Q16 Metro in Lisbon (pilot)", (3.9, 3.4, 3.7, 3.8), (0.012, 0.006, 0.005, 0.006))
RECOMMEND, MINUTES = "Q1 Recommend", "Q10 Minutes in the queue"
COLUMNS: Final = (
    "Response ID", "Submitted", "E-mail", "Traveller", "Age group", RECOMMEND,
    *(column for item in ITEMS.values() for column in ((item.column, MINUTES) if item.column.startswith("Q9") else (item.column,))),
    METRO.column, "Comment",
)  # fmt: skip
QUEUE_BY_QUARTER: Final = (12.5, 14.0, 18.0, 20.5)
"""Median minutes in the security queue."""


def survey() -> str:
    """The file as text: semicolons, one header row, line ends as survey tools write them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(answers())
    return out.getvalue()


def answers() -> Iterator[dict[str, str]]:
    """The rows, in the order in which they were submitted."""
    chance = random.Random(SEED)  # noqa: S311  # invented answers, not secrets
    moments = sorted(_moment(chance) for _ in range(RESPONDENTS))
    for number, moment in enumerate(moments, 1):
        yield _respondent(chance, number, moment)


def _respondent(chance: random.Random, number: int, moment: datetime) -> dict[str, str]:
    kind = chance.choices(list(TRAVELLERS), list(TRAVELLERS.values()))[0]
    ages, weights = zip(*AGES[kind], strict=True)
    quarter = min(3, (moment - FIRST_DAY).days * 4 // DAYS)
    mood, wait = chance.gauss(0, 1), chance.gauss(0, 1)
    codes = {name: _code(chance, name, item, kind, quarter, mood, wait) for name, item in ITEMS.items()}
    return {
        "Response ID": f"R{number:05}",
        "Submitted": moment.strftime("%d.%m.%Y %H:%M"),
        "E-mail": f"guest{chance.randrange(10_000, 99_999)}@example.org" if chance.random() < 0.4 else "",
        "Traveller": kind,
        "Age group": chance.choices(ages, weights)[0],
        RECOMMEND: _recommend(chance, codes, mood, quarter),
        **{item.column: _cell(chance, codes[name]) for name, item in ITEMS.items()},
        METRO.column: _cell(chance, _code(chance, "Find the metro", METRO, kind, quarter, mood, wait)),
        MINUTES: _minutes(chance, quarter, wait),
        "Comment": comment(chance, kind == OLDER, {name: code for name, code in codes.items() if code}),
    }


def _moment(chance: random.Random) -> datetime:
    """When an answer was given: more in the holidays, most on Sunday and Monday evenings."""
    while True:
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        weight = {7: 1.0, 8: 1.0, 12: 0.85}.get(day.month, 0.6) * (1.0 if day.weekday() in {6, 0} else 0.7)
        if chance.random() < weight:
            return day + timedelta(minutes=round(min(1439.0, max(360.0, chance.gauss(1130, 170)))))


def _code(
    chance: random.Random, name: str, item: Item, kind: str, quarter: int, mood: float, wait: float
) -> int | None:
    """An answer 1–5, or None where the traveller did not come by here."""
    place = list(TRAVELLERS).index(kind)
    own = chance.gauss(0, 1)
    if name == "Queue for security":
        own = 0.55 * own - 0.83 * wait  # who waits long says so
    if chance.random() >= item.share[place]:
        return None
    wanted = min(4.9, max(1.1, item.means[place] + item.drift * (quarter - 1.5)))
    latent = level(wanted, item.spread) + item.spread * (0.55 * mood + 0.835 * own)
    return min(5, max(1, round(latent)))


@cache
def level(mean: float, spread: float) -> float:
    """The middle of a normal variable that, rounded to 1–5, has this mean; by bisection."""
    low, high = -3.0, 9.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        reached = 1 + sum(
            0.5 * (1 + math.erf((middle - cut) / (spread * math.sqrt(2)))) for cut in (1.5, 2.5, 3.5, 4.5)
        )
        low, high = (middle, high) if reached < mean else (low, middle)
    return (low + high) / 2


def _recommend(chance: random.Random, codes: Mapping[str, int | None], mood: float, quarter: int) -> str:
    """0–10: the underlying mood, and what weighs most: the queue, the news of a delay, the check-in, the price."""
    pull = {"Queue for security": 0.42, "Hear of the delay": 0.38, "Check in": 0.3, "Book the trip": 0.25}
    felt = sum(weight * ((codes[name] or 3) - 3) for name, weight in pull.items())
    score = 8.05 + 0.85 * mood + felt - 0.06 * quarter + chance.gauss(0, 1.25)
    draw = chance.random()
    if draw < 0.025:
        return str(DO_NOT_KNOW)
    return "" if draw < 0.06 else str(min(10, max(0, round(score))))


def _minutes(chance: random.Random, quarter: int, wait: float) -> str:
    """Minutes in the security queue as people remember them: skewed, and often rounded to five."""
    minutes = QUEUE_BY_QUARTER[quarter] * math.exp(0.52 * wait)
    step = 5 if minutes > 10 and chance.random() < 0.55 else 1
    draw = chance.random()
    return "" if draw < 0.09 else str(max(1, step * round(minutes / step)))


def _cell(chance: random.Random, code: int | None) -> str:
    if code is None:
        return str(DID_NOT_USE)
    draw = chance.random()
    return "" if draw < 0.035 else str(NO_ANSWER) if draw < 0.05 else str(code)
