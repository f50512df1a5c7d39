"""Large CSV files without quotation marks, read by Arrow into the numbers of their texts: piece by piece, on two threads.

DuckDB spends as long on making texts into numbers as on reading them; Arrow does it while it reads. Without quotation
marks a row is a line and a cell ends at the next delimiter, so that a file can be cut at any line, and both read it alike.
Whatever is not quite like that (see `_pieces`) is refused here, and DuckDB reads it as ever.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeAlias

from journeymap.data.counting.encoding import Words
from journeymap.data.counting.engine import THREADS, Arrow, Engine
from journeymap.data.counting.numbering import Otherwise, Refused, Texts, Whole
from journeymap.data.sources import Readable

SMALLEST = 4 << 20
"""Files of fewer bytes are read by DuckDB: two ways to start cost more than one."""
PIECE = 4 << 20
AHEAD = 2 * THREADS
"""So many pieces are read or parsed while one is numbered."""
MOST_WAITING = 1 << 23
"""So many numbers (of two bytes) wait in memory before they go into a table."""

Column: TypeAlias = "Texts | Whole"


def suits(readables: Sequence[Readable], columns: Sequence[str], words: Words) -> bool:
    """Whether all sources may be read this way, as far as one can tell beforehand."""
    return (
        len(words.known) == len(columns)
        and not words.quoted
        and sum(readable.path.stat().st_size for readable in readables) >= SMALLEST
        and all(
            len(readable.columns) > 1 and len(readable.delimiter) == 1 and readable.delimiter.isascii()
            for readable in readables
        )
    )


class Rows(Protocol):
    """Whoever takes the rows of a scan."""

    @property
    def at_once(self) -> int:
        """So many numbers are best taken at a time, at least."""

    def begin(self, expected: Sequence[range]) -> None:
        """Gets ready for rows; `expected` are the numbers that each column will have at least."""

    def forget(self) -> None:
        """Forgets the rows that were taken: they come again, or not at all."""

    def take(self, rows: Arrow) -> None:
        """Takes more rows: columns `c0`, `c1` … of small numbers, NULL where a cell is empty."""


class Table:
    """The rows as the table `name` of the engine."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name, self._there = engine, name, False

    @property
    def at_once(self) -> int:
        """To add a few rows takes as long as to add many."""
        return MOST_WAITING

    def begin(self, expected: Sequence[range]) -> None:
        """A table takes any number."""

    def forget(self) -> None:
        """Drops the table."""
        if self._there:
            self._engine.drop(self._name)
        self._there = False

    def take(self, rows: Arrow) -> None:
        """Adds rows to the table."""
        self._engine.pack(self._name, rows, more=self._there)
        self._there = True


def scan(
    engine: Engine, into: Rows, readables: Sequence[Readable], columns: Sequence[str], words: Words, most: int
) -> None:
    """Hands the rows of `columns` over (as `c0`, `c1` …), all as numbers of their texts, empty cells as NULL.

    Texts that are new get the next numbers, at most `most` a column; `words.known` has those that occur. Raises Refused,
    and then nothing was taken and `words` is as it was.
    """
    whole = {index for index in words.valued if Whole.fits(words.known[index])}
    while True:
        known = [
            Whole(index, words.known[index]) if index in whole else Texts(words.known[index], most)
            for index in range(len(columns))
        ]
        into.begin([one.expected for one in known])
        try:
            _fill(into, known, _numbered(engine, readables, columns, known))
        except Otherwise as otherwise:
            into.forget()
            whole.remove(otherwise.column)
        except Refused:
            into.forget()
            raise
        else:
            break
    words.known = {index: one.known for index, one in enumerate(known)}
    words.occur = True
    words.full = frozenset(index for index, one in enumerate(known) if not one.empty)


def _numbered(
    engine: Engine, readables: Sequence[Readable], columns: Sequence[str], known: Sequence[Column]
) -> Iterator[list[Arrow]]:
    for readable in readables:
        for cells, numbers in _parts(readable, columns, known):
            engine.go_on()
            yield [one.settled(*column) for one, *column in zip(known, cells, numbers, strict=True)]


def _fill(into: Rows, known: Sequence[Column], parts: Iterable[list[Arrow]]) -> None:
    """Hands over pieces of the columns. While some are taken in, the next ones are read."""
    import pyarrow as pa

    schema = pa.schema([(f"c{place}", pa.int16()) for place in range(len(known))])
    taken: Future[None] | None = None
    with ThreadPoolExecutor(1, "import-fill") as pool:
        found = (pa.RecordBatch.from_arrays(columns, schema=schema) for columns in parts)
        for batches in _together(found, into.at_once):
            if taken is not None:
                taken.result()
            taken = pool.submit(into.take, pa.Table.from_batches(batches, schema))
        taken = taken or pool.submit(into.take, schema.empty_table())
        taken.result()


def _together(batches: Iterable[Arrow], least: int) -> Iterator[list[Arrow]]:
    """As many at a time as make `least` numbers."""
    waiting: list[Arrow] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows * each.num_columns for each in waiting) >= least:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


# ---------------------------------------------------------------- reading


def _parts(
    readable: Readable, columns: Sequence[str], known: Sequence[Column]
) -> Iterator[tuple[list[Arrow], list[Arrow]]]:
    """The wanted columns of each piece of the file, in its order, and their numbers as far as known. Some are read ahead."""
    import pyarrow as pa
    from pyarrow import csv

    wanted = [f"h{readable.columns.index(column)}" for column in columns]
    reading = csv.ReadOptions(
        use_threads=False, block_size=PIECE + 1, column_names=[f"h{index}" for index in range(len(readable.columns))]
    )
    cut = csv.ParseOptions(delimiter=readable.delimiter, quote_char=False)
    whole = [one for one in known if isinstance(one, Whole)]

    def table(piece: memoryview, *, as_texts: bool) -> Arrow:
        types = {name: pa.binary() if as_texts else one.cells for name, one in zip(wanted, known, strict=True)}
        told = csv.ConvertOptions(include_columns=list(types), column_types=types, null_values=[""])
        return csv.read_csv(pa.BufferReader(piece), reading, cut, told).select(wanted)

    def parsed(piece: memoryview) -> list[tuple[list[Arrow], list[Arrow]]]:
        as_texts = bool(whole) and _hexadecimal(piece)
        try:
            try:
                found = table(piece, as_texts=as_texts)
            except pa.ArrowInvalid:
                if as_texts or not whole:
                    raise
                found = table(piece, as_texts=True)  # a cell that is no number, or no row
        except pa.ArrowInvalid as error:
            raise Refused from error
        batches = [batch.columns for batch in found.to_batches()]
        return [(cells, [one.look_up(column) for one, column in zip(known, cells, strict=True)]) for cells in batches]

    with ThreadPoolExecutor(THREADS, "import-scan") as pool:
        ahead: deque[Future[list[tuple[list[Arrow], list[Arrow]]]]] = deque()
        try:
            for piece in _pieces(readable):
                ahead.append(pool.submit(parsed, piece))
                if len(ahead) > AHEAD:
                    yield from ahead.popleft().result()
            while ahead:
                yield from ahead.popleft().result()
        finally:
            for future in ahead:
                future.cancel()


def _hexadecimal(piece: memoryview) -> bool:
    """Whether there may be a number such as 0x1F, which is one for Arrow and none for those who read answers."""
    data: bytes = piece.obj  # type: ignore[assignment]  # a memoryview cannot be searched
    # Two letters take thirty times as long to look for as one.
    return any(data.find(x, 0, len(piece)) >= 0 and data.find(b"0" + x, 0, len(piece)) >= 0 for x in (b"x", b"X"))


def _pieces(readable: Readable) -> Iterator[memoryview]:
    """The lines below the header, some megabytes of them at a time. Raises Refused where a row may not be a line."""
    with readable.path.open("rb", buffering=0) as file:
        size = file.seek(0, 2)
        file.seek(0)
        head = file.read(PIECE)
        file.seek(head.find(b"\n") + 1)
        ends = _ends(head, head.find(b"\n") + 1)
        while data := file.read(PIECE):
            end = data.rfind(b"\n") + 1
            if not end and file.tell() < size:
                raise Refused  # a line of megabytes
            if end and _ends(data, end) != ends:
                raise Refused
            end = end or len(data)
            file.seek(end - len(data), 1)
            if data.find(b'"', 0, end) >= 0:
                raise Refused
            yield memoryview(data)[:end]


def _ends(data: bytes, end: int) -> bool:
    """Whether the lines before `end` have CR LF at their ends, and not only LF. Raises Refused for both, or only CR."""
    if data.find(b"\r", 0, end) < 0:  # a third of the time of counting
        return False
    if not data.count(b"\r", 0, end) == data.count(b"\r\n", 0, end) == data.count(b"\n", 0, end):
        raise Refused
    return True
