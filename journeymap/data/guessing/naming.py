"""From a column's name to the touchpoint that it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journeymap.data.answers import tidy

_LEAD = re.compile(
    r"^(?:"
    r"q(?:uestion)?[ ._-]?\d+(?:[a-z](?=[ ._:)-]))?[ ._:)-]*(?:\d+[ ._:)-]+)?|\d+[a-z]?[ ._:)-]+|"
    r"(?:how|wie) (?:would you rate|do you rate|satisfied (?:were|are) you with|easy (?:was|is) it to|zufrieden (?:waren|sind) sie mit|bewerten sie|einfach war)\s*|"
    r"(?:please )?rate\s*|satisfaction (?:with)?\s*|zufriedenheit (?:mit)?\s*|bewertung (?:von|des|der)?\s*|rating (?:of)?\s*|"
    r"(?:your|the|our|das|die|der|den|dem|unsere[rmn]?|ihre[rmn]?)\s+"
    r")",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s:_-]*(?:(?:was|war) (?:easy|einfach)|satisfaction|score|rating|rated|csat|ces|stars?|overall|zufriedenheit|bewertung|note|\?|\*)+\s*$",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "at",
        "in",
        "on",
        "to",
        "for",
        "with",
        "and",
        "or",
        "my",
        "your",
        "our",
        "was",
        "is",
        "were",
        "are",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "ein",
        "eine",
        "und",
        "am",
        "im",
        "an",
        "zu",
        "mit",
        "für",
        "von",
        "beim",
        "bei",
    ]
)


def subject(column: str) -> str:
    """What a column's name is about: "Q7_3 How satisfied were you with [Check-in]" → "Check-in"."""
    bracket = re.search(r"\[([^\]]+)\]\s*$", column) or re.search(
        r"[?:.…]\s*[-–]\s+(\S.*)$", column
    )  # a matrix: “… ? - item”
    text = tidy(bracket.group(1) if bracket else re.sub(r"\(\s*1\s*[=:–-].*\)\s*$", "", column))
    text = text.replace("_", " ").strip() if " " not in text else text
    while (shorter := _TAIL.sub("", _LEAD.sub("", text)).strip(" ?:.-–_")) and shorter != text:
        text = shorter
    return (text[:1].upper() + text[1:]) if text else column


def best_match(about: str, names: Sequence[str]) -> str:
    """The one of `names` that `about` means, or "": the same words, one within the other, or nearly the same letters."""
    if not names:
        return ""
    from rapidfuzz import fuzz

    asked = _words(about)
    best, chosen = 0.0, ""
    for name in names:
        known = _words(name)
        if not known or not asked:
            continue
        common = len(asked & known) / min(len(asked), len(known))
        alike = fuzz.ratio(" ".join(sorted(asked)), " ".join(sorted(known))) / 100
        score = max(alike, 0.9 if common == 1 else 0.0)
        if score > best:
            best, chosen = score, name
    return chosen if best >= 0.82 else ""


def _words(text: str) -> frozenset[str]:
    words = re.sub(r"[\W_]+", " ", text.replace("-", "")).casefold().split()
    return frozenset(word for word in words if word not in _FILLERS)
