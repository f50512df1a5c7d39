"""What a column of a sample looks like: its different texts, its numbers, and the words of its name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from journeymap.data.answers import number, tidy
from journeymap.data.sources import Sample


@dataclass(frozen=True)
class Profile:
    """One column: `cells` are its filled cells, tidied; `words` its name in lower case, CamelCase and signs apart.

    `text` is the question it asks, where the file has it beside a short name ("Q7_3").
    """

    name: str
    cells: tuple[str, ...]
    rows: int
    decimal: str
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
    def texts(self) -> Counter[str]:
        """The different cells and how often each occurs."""
        return Counter(self.cells)

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

    @property
    def whole(self) -> bool:
        """Whether every number is a whole one."""
        return all(value == int(value) for value in self.numbers)

    @property
    def unique(self) -> bool:
        """Whether no cell comes twice, in at least a few rows."""
        return len(self.cells) >= min(self.rows, 5) and len(self.texts) >= len(self.cells) * 0.98 and self.rows > 1

    @property
    def length(self) -> float:
        """The mean length of the filled cells, in characters."""
        return sum(map(len, self.cells)) / len(self.cells) if self.cells else 0.0

    def called(self, pattern: str) -> bool:
        """Whether name or question have words that match `pattern` (a regular expression over whole words)."""
        return re.search(rf"\b(?:{pattern})\b", self.said) is not None


def profiles(sample: Sample) -> list[Profile]:
    """The profile of every column: without the codes that the file declares as no answer, and by their labels where it
    has one for every code.
    """
    columns = zip(*sample.rows, strict=True) if sample.rows else ((),) * len(sample.columns)
    facts = sample.facts
    found = []
    for name, cells in zip(sample.columns, columns, strict=True):
        codes = {*facts.missing.get(name, ()), *facts.absent.get(name, ())}
        tidied = {cell: tidy(cell) for cell in set(cells)}
        if codes:
            tidied = {cell: "" if _among(text, codes) else text for cell, text in tidied.items()}
        texts = [text for cell in cells if (text := tidied[cell])]
        labels = facts.labels.get(name, {})
        if labels and all(text in labels for text in texts):
            texts = [tidy(labels[text]) for text in texts]
        found.append(Profile(name, tuple(texts), len(sample.rows), sample.decimal, facts.texts.get(name, "")))
    return found


def _among(text: str, codes: set[float | str]) -> bool:
    return text in codes or number(text) in codes
