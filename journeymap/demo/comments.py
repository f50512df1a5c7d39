"""What the invented respondents write when they write something."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Final

LOW: Final[Mapping[str, tuple[str, ...]]] = {
    "Book the trip": (
        "The bag price only came up when I was about to pay.",
        "I could not tell whether my suitcase was included.",
    ),
    "Get the e-mail": ("Four attachments and none of them the ticket.",),
    "Plan the way": ("The planner sent me to the car park although I come by train.",),
    "Take the train": ("Train was full and nobody said which end is closer to the terminal.",),
    "Find the entrance": (
        "Two doors with the same name. I went to the wrong one.",
        "Signs say T1 everywhere, but which T1?",
    ),
    "Check in": (
        "The machine went back to the start before I had read the page.",
        "Letters too small on the kiosk, a young man helped me.",
    ),
    "Drop the bag": ("Only one counter open.",),
    "Queue for security": (
        "Nobody tells you how long it takes. I nearly missed my flight.",
        "Queue out to the stairs, two lanes open.",
        "More than half an hour and not one word.",
        "I do not mind waiting if I know how long.",
        "We queued with two small children and nobody cared.",
    ),
    "Pass the scanner": (
        "Belt on in one lane, belt off in the next.",
        "Got shouted at because of a tablet. Last time it could stay in the bag.",
    ),
    "Find gate and food": ("Everything after security was closed at 21:00.",),
    "Hear of the delay": (
        "Everyone stood up and left. I had not heard anything.",
        "The loudspeaker is impossible to understand at gate B12.",
        "Gate changed on one screen only.",
        "The airline app knew before the airport did.",
    ),
    "Board": ("All rows at once. Chaos.",),
    "Wait for the bag": ("Forty minutes for a bag on a one-hour flight.", "No idea which belt."),
}

HIGH: Final[Mapping[str, tuple[str, ...]]] = {
    "Check in": ("Check-in took less than a minute.", "Kiosk was quick and simple."),
    "Drop the bag": ("The lady at the bag counter took her time and looked at me.", "Friendly at the counter."),
    "Get the e-mail": ("Everything in one mail. Good.",),
    "Find gate and food": ("Nice seats by the window, good coffee.",),
    "Board": ("Boarding by rows, at last.",),
    "Take the train": ("Train right under the terminal, worth it.",),
}

GENERAL: Final = ("All fine.", "Okay.", "Too many questions.", "Will fly from here again.")


def comment(chance: random.Random, talkative: bool, codes: Mapping[str, int]) -> str:
    """A comment about what was worst (or best), or nothing, as with most people."""
    if chance.random() > (0.38 if talkative else 0.27):
        return ""
    bad = [name for name, code in codes.items() if code <= 2 and name in LOW]
    good = [name for name, code in codes.items() if code == 5 and name in HIGH]
    if bad and chance.random() < 0.8:
        worst = min(codes[name] for name in bad)
        return chance.choice(LOW[chance.choice([name for name in bad if codes[name] == worst])])
    if good and chance.random() < 0.7:
        return chance.choice(HIGH[chance.choice(good)])
    return chance.choice(GENERAL)
