"""Feelings as other tools write them, as −2 … +2: numbers on a scale that all of them together give away, words, faces."""

from __future__ import annotations

import re
from collections.abc import Iterable

from journeymap.i18n import _
from journeymap.maps.brought import Losses

_WORDS = {
    2.0: ("very positive", "very good", "very happy", "delighted", "excellent", "sehr gut", "sehr positiv", "begeistert", "++", "😀", "😍", "😄", "🤩"),
    1.0: ("positive", "good", "happy", "satisfied", "gut", "positiv", "zufrieden", "froh", "+", "🙂", "😊", "☺", ":)", ":-)"),
    0.0: ("neutral", "ok", "okay", "mixed", "mittel", "gemischt", "o", "😐", ":|", ":-|"),
    -1.0: ("negative", "bad", "unhappy", "dissatisfied", "annoyed", "schlecht", "negativ", "unzufrieden", "genervt", "-", "–", "🙁", "☹", "😕", ":(", ":-("),
    -2.0: ("very negative", "very bad", "very unhappy", "angry", "terrible", "sehr schlecht", "sehr negativ", "wütend", "verärgert", "--", "😡", "😠", "😢", "😭"),
}  # fmt: skip
_BY_WORD = {word: value for value, words in _WORDS.items() for word in words}
_NUMBER = re.compile(r"([+\-−–]?\d{1,3}(?:[.,]\d+)?)\s*(?:/\s*\d+|%)?")


class Ratings:
    """One scale for all ratings of a file, found once: −2 … 2, 1 … 5, 0 … 10 or 0 … 100."""

    def __init__(self, texts: Iterable[str], losses: Losses | None = None) -> None:
        numbers = [number for text in texts if (number := _number(text)) is not None]
        low, high = min(numbers, default=1.0), max(numbers, default=5.0)
        if low < 0:
            most = next(most for most in (2, 3, 5, 10, 100, 1000) if max(-low, high) <= most)
            self._scale = (-float(most), float(most))
        else:
            self._scale = (
                (1.0, 5.0)
                if low >= 1 and high <= 5
                else (0.0, 5.0)
                if high <= 5
                else (0.0, 10.0)
                if high <= 10
                else (0.0, 100.0)
            )
        self._losses = losses
        if numbers and losses is not None and self._scale != (-2.0, 2.0):
            text = _("ratings were read on a scale from {low} to {high} and mapped to −2 to +2")
            losses.note(text.format(low=f"{self._scale[0]:g}", high=f"{self._scale[1]:g}"))

    @property
    def scale(self) -> tuple[float, float]:
        """The lowest and the highest that can be said."""
        return self._scale

    def value(self, text: str) -> float | None:
        """A rating as −2 … +2; None where there is none, or where it says nothing."""
        text = text.strip()
        if not text:
            return None
        word = _BY_WORD.get(text.casefold().rstrip("\ufe0f"))
        number = _number(text)
        if word is not None and number is None:
            return word
        if number is None:
            if self._losses is not None:
                self._losses.note(_("a rating that cannot be read as a feeling"))
            return None
        low, high = self._scale
        return min(2.0, max(-2.0, (number - low) / (high - low) * 4 - 2))

    def readable(self, text: str) -> bool:
        """Whether a text is a rating at all."""
        return _number(text) is not None or text.strip().casefold().rstrip("\ufe0f") in _BY_WORD


def _number(text: str) -> float | None:
    found = _NUMBER.fullmatch(text.strip())
    return float(found.group(1).replace(",", ".").replace("−", "-").replace("–", "-")) if found else None
