"""Small numbers in place of text while a source is scanned: columns of few different texts never become text at all.

Ten million rows of six texts are a gigabyte, and what is asked of them afterwards is only which text it is. So the texts
that occur are looked up beforehand, in pieces all over the file. A row with a text that was not met there keeps its texts
beside it, and gets its number afterwards. Numbers follow the order of numbers, then of letters, so that what a text means
is often its number and a constant.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct, field

from journeymap.data import answers
from journeymap.data.answers import EPOCH
from journeymap.data.sources import Readable

MOST_MET = 4_000
"""A column of more different texts in the pieces is read as text."""

PIECES, PIECE = 32, 1 << 15
_LONGEST = 200  # letters of a text that is worth a number
_ALWAYS = 100  # so few different texts are never too many


class Words(Struct):
    """The texts of the columns `asked` (positions in the staged table) that are staged as numbers: `known[column]` is
    text → number. Of those `valued` a number counts as what it is worth, however it is written. `dates` is the one of them with days, which a file in their order shows only a few of. `quoted`
    says that quotation marks were met, `occur` that all texts in `known` stand in the table; no cell of the columns `full` is
    empty.
    """

    asked: frozenset[int] = frozenset()
    valued: frozenset[int] = frozenset()
    dates: int | None = None
    known: dict[int, dict[str, int]] = field(default_factory=dict)
    quoted: bool = False
    occur: bool = False
    full: frozenset[int] = frozenset()

    def meet(self, readables: Iterable[Readable], columns: Sequence[str]) -> None:
        """Looks into the sources for the texts that occur. Columns of too many are left out of `known`."""
        if not self.asked:
            return
        met: dict[int, dict[str, None]] = {index: {} for index in sorted(self.asked)}
        rows = 0
        for readable in readables:
            places = {index: readable.columns.index(columns[index]) for index in met}
            for some in self._rows(readable):
                rows += len(some)
                cells = list(zip(*some, strict=True))
                for index, place in places.items():
                    met[index].update(dict.fromkeys(cells[place] if cells else ()))
        for index, texts in met.items():
            texts.pop("", None)
            if len(texts) > max(_ALWAYS, min(MOST_MET, rows // 4)):
                continue
            days = _between(list(texts)) if index == self.dates else {}
            short = (text for text in texts | days if len(text) <= _LONGEST and "\0" not in text)
            self.known[index] = {text: number for number, text in enumerate(sorted(short, key=_rank))}

    def _rows(self, readable: Readable) -> Iterator[list[Sequence[str]]]:
        """The sample, and rows from pieces all over the file. What comes of a piece that begins within a cell never occurs."""
        width = len(readable.columns)
        yield [row for row in readable.sample.rows if len(row) == width]
        with readable.path.open("rb") as file:
            size = file.seek(0, 2)
            for start in range(0, size, max(size // PIECES, PIECE)):
                file.seek(start)
                piece = file.read(PIECE)
                self.quoted = self.quoted or b'"' in piece
                lines = piece.decode("utf-8", "ignore").splitlines()
                try:
                    found = list(csv.reader(lines[1:-1], delimiter=readable.delimiter))
                except csv.Error:
                    continue
                yield [row for row in found if len(row) == width]


def _between(texts: Sequence[str]) -> dict[str, None]:
    """All days from the first of `texts` to the last, written as they are; none where they are no plain days."""
    formats = answers.date_formats(texts)
    if not formats or not formats[0].startswith("%"):
        return {}
    days = [day for text in texts if (day := answers.day(text, formats[0])) is not None]
    first, last = min(days), max(days)
    if last - first > MOST_MET:
        return {}
    written = [date.fromordinal(day + EPOCH).strftime(formats[0]) for day in range(first, last + 1)]
    return dict.fromkeys(written) if len({*written} & {*texts}) * 2 > len(texts) else {}


def _rank(text: str) -> tuple[float, str, str]:
    return (float(text) if text.isdecimal() and len(text) < 10 else float("inf"), text.casefold(), text)
