"""How a table lies in its file: what stands before it, which records are its header, which rows are none of it.

A dialect (one module each beside this one) sees the first records of a file and gives a `Layout`; what it knows about
columns beyond their names are `Facts`. The layout then turns the records of the whole file into rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from journeymap.i18n import _

Record = Sequence[str]
"""The cells of one record of the file, as they stand there."""

Code = float | str
"""An answer: a number, or text as it stands in the file."""

LONGEST_NAME = 300
"""Questions are long, but no name is longer than this."""

TOO_MANY_CELLS = "more cells than columns"


class Facts(Struct, frozen=True):
    """What a file says about itself beyond its cells.

    `texts`: column → the question it asks. `kinds`: column → (kind, reason) where the dialect knows better than a guess;
    kind as in a guess, or "nps". `labels`: column → code as text → label. `missing` and `absent`: column → codes that mean
    no answer, or does not apply. `aliases`: other names of columns → column. `tables`: what else the file holds, as
    `sheet` of a recipe may name it, `table` the one that is read. `notes`: sentences for the account. `refusal`: why there is nothing to count,
    said where no recipe says otherwise.
    """

    dialect: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, tuple[Code, ...]] = field(default_factory=dict)
    absent: Mapping[str, tuple[Code, ...]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    table: str = ""
    notes: tuple[str, ...] = ()
    refusal: str = ""


class Head(Struct, frozen=True):
    """The first records of a file (blank ones left out), and which of its tables is wanted ("" for the likeliest)."""

    records: Sequence[Record]
    sheet: str = ""
    name: str = ""

    def cell(self, record: int, column: int) -> str:
        """A cell, tidied; "" beyond the end."""
        if record >= len(self.records) or column >= len(self.records[record]):
            return ""
        return tidy(self.records[record][column])


class Drop(Struct, frozen=True):
    """Rows left out: those whose cell in the file's column `index` is one of `texts` (lower case), and why.

    `always` where they are no rows at all; else a filter of the recipe decides in its place.
    """

    reason: str
    index: int
    texts: frozenset[str]
    always: bool = False


class Column(Struct, frozen=True):
    """One column of the table: its name, and the cells of a record that it is made of.

    Without `make` it is the first of `takes` that is filled; else `make` gets these cells.
    """

    name: str
    takes: tuple[int, ...]
    make: Callable[[Sequence[str]], str] | None = None


class Layout(Struct, frozen=True):
    """Where the table is: records `first` to `end` (None: the last) of the file are its rows.

    `width` is how many cells a record may fill; `headers` are the names as they stand in the file.
    """

    columns: tuple[Column, ...]
    first: int
    width: int
    end: int | None = None
    drops: tuple[Drop, ...] = ()
    headers: tuple[str, ...] = ()
    facts: Facts = Facts()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, each once."""
        return tuple(column.name for column in self.columns)

    @property
    def as_it_stands(self) -> bool:
        """Whether the file is this table: one header, nothing before, behind or between, every column as it is."""
        return (
            self.first == 1
            and self.end is None
            and not self.drops
            and len(self.columns) == self.width
            and all(column.takes == (place,) and not column.make for place, column in enumerate(self.columns))
        )

    def rows(self, records: Iterable[Record], dropped: Counter[str]) -> Iterator[Record]:
        """The rows of the table in the records of the file (all of them, the header too); counts what is left out.

        Short records are filled up: their last answers are missing.
        """
        plain = all(not column.make and len(column.takes) == 1 for column in self.columns)
        takes = [column.takes[0] for column in self.columns] if plain else []
        straight = takes == list(range(self.width))
        for number, record in enumerate(records):
            if number < self.first:
                continue
            if self.end is not None and number >= self.end:
                return
            reason = self.reason(record)
            if reason:
                dropped[reason] += 1
                continue
            cells = _filled_up(record, self.width)
            if straight:
                yield cells
            else:
                yield [cells[take] for take in takes] if plain else [_cell(column, cells) for column in self.columns]

    def reason(self, record: Record) -> str:
        """Why a record is no row, or ""."""
        for drop in self.drops:
            cell = record[drop.index] if drop.index < len(record) else ""
            if tidy(cell).casefold() in drop.texts:
                return drop.reason
        if len(record) > self.width and any(cell.strip() for cell in record[self.width :]):
            return TOO_MANY_CELLS
        return ""


def _filled_up(record: Record, width: int) -> Record:
    """A record with so many cells; most have them."""
    return record if len(record) == width else [*record, *[""] * (width - len(record))][:width]


def _cell(column: Column, cells: Sequence[str]) -> str:
    taken = [cells[take] for take in column.takes]
    if column.make:
        return column.make(taken)
    return next((cell for cell in taken if cell.strip()), "")


def filled(records: Iterable[Record]) -> int:
    """How many columns are needed for every cell that holds anything; at least one."""
    width = 1
    for record in records:
        place = len(record)
        while place > width and not record[place - 1].strip():
            place -= 1
        width = max(width, place)
    return width


# ---------------------------------------------------------------- names


def tidy(text: str) -> str:
    """`text` without surrounding and doubled white space, line breaks and no-break spaces too."""
    return " ".join(text.split())


def clean(header: str) -> str:
    """A header cell as words: without tags, entities of spaces, line breaks and byte order marks."""
    if "<" in header:
        header = re.sub(r"<[^<>]{1,200}>", " ", header)
    return tidy(header.replace("&nbsp;", " ").replace("\ufeff", "").replace("\ufffd", " "))


def names(headers: Sequence[str]) -> tuple[str, ...]:
    """Unique names for headers, in their order: a blank one becomes "column 3", the second of two equal ones " (2)"."""
    seen: Counter[str] = Counter()
    headers = [tidy(header)[:LONGEST_NAME] for header in headers]
    taken = set(headers)
    found = []
    for position, header in enumerate(headers, 1):
        name = header or f"column {position}"
        seen[name] += 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in taken:
            seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def columns(headers: Sequence[str]) -> tuple[Column, ...]:
    """One column for each header."""
    return tuple(Column(name, (place,)) for place, name in enumerate(names(headers)))


# ---------------------------------------------------------------- several answers to one question

NOT_CHOSEN = frozenset(
    {"", "not selected", "not checked", "-", "0", "no", "n", "nein", "nicht gewählt", "unchecked", "false"}
)
_CHOSEN = frozenset({"1", "yes", "y", "ja", "x", "true", "selected", "checked", "quoted"})
SEPARATORS = (" / ", ";", "|", ", ", ",")


Texts = Mapping[str, int]
"""The different cells of a column, as they stand there, and how often each does."""


def different(records: Sequence[Record], width: int) -> list[Counter[str]]:
    """The different cells of each of `width` columns."""
    even = (_filled_up(record, width) for record in records)
    return [Counter(column) for column in zip(*even, strict=True)] or [Counter() for _column in range(width)]


def one_choice(cells: Iterable[str], option: str = "") -> bool:
    """Whether a column holds nothing but "chosen" or "not chosen": blank or "Not selected" against a mark or one text."""
    kinds = {tidy(cell).casefold() for cell in cells}
    marks = kinds - NOT_CHOSEN
    if len(marks) > 1 or not kinds & {"", "not selected", "-"}:
        return False
    return not marks or marks <= _CHOSEN or not option or tidy(option).casefold() in marks


def choices(columns: Sequence[Iterable[str]]) -> bool:
    """Whether several columns are the choices of one question: in each one mark or nothing, and nothing somewhere."""
    marked = blank = False
    for column in columns:
        marks = set()
        for cell in column:
            said = tidy(cell).casefold()
            blank = blank or said in {"", "not selected"}
            if said not in NOT_CHOSEN:
                marks.add(said)
                if len(marks) > 1:  # most columns end here
                    return False
        marked = marked or bool(marks)
    return marked and blank


def separator(cells: Texts) -> str:
    """The separator of several answers in one cell, or "": parts that come again and again in ever other company.

    A leading separator (" / Biceps / Lats") tells at once.
    """
    some = list(cells.items())[:500]
    whole = "".join(cell for cell, _count in some)
    if not any(sign in whole for sign in "/;|,"):
        return ""
    texts = Counter({tidy(cell): count for cell, count in some if cell.strip()})
    total = texts.total()
    if total < 3:
        return ""
    for mark in SEPARATORS:
        sign = mark.strip() or mark
        joined = [cell for cell in texts if mark in f" {cell} "]
        if sum(texts[cell] for cell in joined) * 5 < total:
            continue
        if sign == "/" and all(cell.startswith("/") for cell in joined):
            return "/"
        parts: Counter[str] = Counter()
        for cell, count in texts.items():
            parts.update({part: count for part in {part.strip() for part in cell.split(sign)} if part})
        if len(parts) <= 40 and parts.total() >= 3 * len(parts) and len(texts) > len(parts) * 0.6:
            return sign
    return ""


def choice_of(question: str) -> tuple[str, str]:
    """The kind of a column that is one answer among several, and why."""
    return "other", _("one of the answers to “{question}”, of which several could be given").format(
        question=question[:60]
    )


def joined_choices(mark: str) -> tuple[str, str]:
    """The kind of a column with several answers in one cell, and why."""
    return "other", _("several answers in one cell, parted by “{mark}”").format(mark=mark)
