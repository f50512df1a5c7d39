"""What a column of a sample looks like: its different texts, its numbers, and the words of its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property

from msgspec import Struct

from journeymap.data.answers import number, tidy
from journeymap.data.sources import Sample


class Profile(Struct, frozen=True, dict=True):
    """One column: `cells` are its filled cells, tidied, `texts` the different ones and how often each occurs; `words` its
    name in lower case, CamelCase and signs apart.

    `text` is the question it asks, where the file has it beside a short name ("Q7_3").
    """

    name: str
    cells: tuple[str, ...]
    rows: int
    decimal: str
    texts: Mapping[str, int]
    text: str = ""

    @cached_property
    def words(self) -> str:
        """The name as lower-case words."""
        return self._words(self.name)

    @cached_property
    def said(self) -> str:
        """Name and question as lower-case words."""
        return self._words(f"{self.name} {self.text}")

    @staticmethod
    def _words(text: str) -> str:
        apart = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|(?<=\d)(?=[A-Za-zÄÖÜ]{2})", " ", text)
        return " ".join(re.sub(r"[\W_]+", " ", apart).casefold().split())

    @cached_property
    def numbers(self) -> Counter[float]:
        """The cells that are numbers, by value."""
        found: Counter[float] = Counter()
        for text, count in self.texts.items():
            value = number(text, self.decimal)
            if value is not None:
                found[value] += count
        return found

    @cached_property
    def numeric(self) -> float:
        """The share of the filled cells that are numbers."""
        return self.numbers.total() / len(self.cells) if self.cells else 0.0

    @cached_property
    def whole(self) -> bool:
        """Whether every number is a whole one."""
        return all(value == int(value) for value in self.numbers)

    @property
    def unique(self) -> bool:
        """Whether no cell comes twice, in at least a few rows."""
        return len(self.cells) >= min(self.rows, 5) and len(self.texts) >= len(self.cells) * 0.98 and self.rows > 1

    @cached_property
    def length(self) -> float:
        """The mean length of the filled cells, in characters."""
        return sum(map(len, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def blanks(self) -> int:
        """How many blanks stand between the words of all filled cells."""
        return sum(text.count(" ") * count for text, count in self.texts.items())

    def called(self, pattern: str) -> bool:
        """Whether name or question have words that match `pattern` (a regular expression over whole words)."""
        return _whole_words(pattern).search(self.said) is not None

    def named(self, pattern: str) -> bool:
        """The same of the name alone: a question's text speaks of many things."""
        return _whole_words(pattern).search(self.words) is not None


@cache
def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


def profiles(sample: Sample) -> list[Profile]:
    """The profile of every column: without the codes that the file declares as no answer, and by their labels where it
    has one for every code.
    """
    columns = zip(*sample.rows, strict=True) if sample.rows else ((),) * len(sample.columns)
    facts = sample.facts
    found = []
    for name, cells in zip(sample.columns, columns, strict=True):
        counts = Counter(cells)  # everything that follows looks at each different cell once
        codes = {*facts.missing.get(name, ()), *facts.absent.get(name, ())}
        tidied = {cell: tidy(cell) for cell in counts}
        if codes:
            tidied = {cell: "" if _among(text, codes) else text for cell, text in tidied.items()}
        labels = facts.labels.get(name, {})
        if labels and all(text in labels for text in tidied.values() if text):
            tidied = {cell: tidy(labels[text]) if text else "" for cell, text in tidied.items()}
        texts: dict[str, int] = {}
        for cell, text in tidied.items():
            if text:
                texts[text] = texts.get(text, 0) + counts[cell]
        filled = tuple(filter(None, map(tidied.__getitem__, cells)))
        found.append(Profile(name, filled, len(sample.rows), sample.decimal, texts, facts.texts.get(name, "")))
    return found


def _among(text: str, codes: set[float | str]) -> bool:
    return text in codes or number(text) in codes
