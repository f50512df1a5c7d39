"""What the texts of each column mean, for whoever counts the rows: touchpoints, days, segments and answers become small
numbers, and it is said here which number each text stands for.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from journeymap.data import privacy
from journeymap.data.answers import MISSING, readings
from journeymap.data.answers.readings import Reading
from journeymap.data.counting.wanted import ANYWHERE, NOWHERE, Meant, Wanted
from journeymap.data.recipe import Question
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.cube import UNDATED


class Meaning(ABC):
    """Reads the `texts` of columns (by position), as a recipe takes them: the columns `p`, `d`, `s…` and `m…` of what is
    counted. What they mean is gathered in `meant`.
    """

    def __init__(self, wanted: Wanted, meant: Meant, texts: dict[int, list[str]]) -> None:
        self.wanted, self.meant, self.texts = wanted, meant, texts

    @abstractmethod
    def number(self, name: str, index: int, reading: Reading, default: int) -> None:
        """Takes up a column `name`: the number of each row's text in column `index`, `default` for an empty cell."""

    @abstractmethod
    def constant(self, name: str, number: int) -> None:
        """Takes up a column of one number."""

    def touchpoint(self) -> None:
        """Column `p`."""
        index = self.wanted.touchpoint
        if index is None:
            self.constant("p", ANYWHERE)
            return
        kept = self._kept(index)
        reading = readings.named(
            self.texts[index], self._name(index), readings.MOST_TOUCHPOINTS, lambda text: self.wanted.meant(text, kept)
        )
        self.meant.places = reading.meaning
        self.number("p", index, reading, NOWHERE)

    def date(self) -> None:
        """Column `d`."""
        index = self.wanted.date
        if index is None:
            self.constant("d", UNDATED)
            return
        reading, warning = readings.days(
            self.texts[index], self._name(index), self.wanted.date_format, day_first=self.wanted.day_first,
            timezone=self.wanted.timezone,
        )  # fmt: skip
        self.meant.warnings += [warning] if warning else []
        self.number("d", index, reading, UNDATED)

    def segments(self) -> None:
        """Columns `s…`: 0 for an empty cell."""
        values = []
        for number, index in enumerate(self.wanted.segments):
            reading = readings.named(self.texts[index], self._name(index), readings.MOST_VALUES, self._kept(index))
            values.append(("", *reading.meaning))
            reading.numbers = {text: place + 1 for text, place in reading.numbers.items()}
            self.number(f"s{number}", index, reading, 0)
        self.meant.values = tuple(values)

    def defined(self, index: int, asked: Question) -> tuple[Question, tuple[float, float]]:
        """See `readings.defined`."""
        return readings.defined(asked, self.texts[index], self.wanted.decimal)

    def judged(
        self, number: int, index: int, question: Question, line: tuple[float, float]
    ) -> tuple[Question, tuple[float, ...]]:
        """Column `m…` of a question whose answers are told apart; the question with its scale, and its codes. Raises
        Failure.
        """
        texts = self.texts[index]
        if len(texts) > readings.MOST_TEXTS:
            raise Failure(
                _("“{column}” holds more than {most} different answers; that is no {kpi} scale.").format(
                    column=question.column, most=readings.MOST_TEXTS, kpi=question.kpi.upper()
                )
            )
        reading, settled = readings.judged(texts, question, self.wanted.decimal)
        self.number(f"m{number}", index, reading, MISSING)
        self.meant.off_scale[number], self.meant.letters[number] = reading.off_scale, reading.letters
        return readings.lined(settled, line), tuple(code * line[0] + line[1] for code in reading.codes)

    def _name(self, index: int) -> str:
        return self.wanted.columns[index]

    def _kept(self, index: int) -> Callable[[str], str]:
        """What the map may keep of the texts of a column: pseudonyms, or names without anybody's number or address."""
        if index in self.wanted.pseudonymised:
            return privacy.pseudonymiser()
        labels = self.wanted.labels.get(index, {})
        return lambda text: privacy.mask_identifiers(labels.get(text, text)).text
