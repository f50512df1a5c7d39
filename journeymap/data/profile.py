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
    """One column: `cells` are its filled cells, tidied; `words` its name in lower case, CamelCase and signs apart."""

    name: str
    cells: tuple[str, ...]
    rows: int
    decimal: str

    @cached_property
    def words(self) -> str:
        """The name as lower-case words."""
        apart = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|(?<=\d)(?=[A-Za-zÄÖÜ]{2})", " ", self.name)
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

    @property
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
        """Whether the name has words that match `pattern` (a regular expression over whole words)."""
        return re.search(rf"\b(?:{pattern})\b", self.words) is not None


def profiles(sample: Sample) -> list[Profile]:
    """The profile of every column."""
    columns = zip(*sample.rows, strict=True) if sample.rows else ((),) * len(sample.columns)
    return [
        Profile(name, tuple(filter(None, map(tidy, cells))), len(sample.rows), sample.decimal)
        for name, cells in zip(sample.columns, columns, strict=True)
    ]
