"""How the staff feel at a touchpoint: a number from −2 to +2 at the head of what they say, such as “+1 Calm today”.

It stands in the text of the card, signed, so that it is typed, pasted and read like any other text.
"""

from __future__ import annotations

import re
from typing import Final

LEAST, MOST = -2.0, 2.0
_MOOD: Final = re.compile(r"([+−-])([0-2](?:[.,]\d)?)(?=\s|$)|(0)(?=\s*(?:\n|$))")


def read(text: str) -> tuple[float | None, str]:
    """(mood, the words after it); None where no signed number from −2 to +2 stands first."""
    match = _MOOD.match(text.strip())
    if match is None:
        return None, text
    value = float((match[2] or match[3]).replace(",", "."))
    value = -value if match[1] in {"−", "-"} else value
    if not LEAST <= value <= MOST:
        return None, text
    return value, text.strip()[match.end() :].strip()


def written(mood: float, words: str) -> str:
    """The text of a card with that mood: the number alone in its line, then the words."""
    number = f"{mood:+g}".replace("-", "−") if mood else "0"
    return f"{number}\n{words}" if words else number


def nudged(text: str, by: float) -> str:
    """The text with the mood so much higher or lower, kept on the scale; from 0 where it had none."""
    mood, words = read(text)
    return written(min(MOST, max(LEAST, (mood or 0.0) + by)), words)
