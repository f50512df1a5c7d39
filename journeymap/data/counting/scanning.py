"""Large CSV files without quotation marks, read by Arrow into the numbers of their texts: piece by piece, on two threads.

DuckDB spends as long on making texts into numbers as on reading them; Arrow does it while it reads. Without quotation
marks a row is a line and a cell ends at the next delimiter, so that a file can be cut at any line, and both read it alike.
Whatever is not quite like that (see `_pieces`) is refused here, and DuckDB reads it as ever.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import accumulate

from journeymap.data.counting.encoding import Words
from journeymap.data.counting.engine import THREADS, Arrow, Engine
from journeymap.data.sources import Readable

SMALLEST = 4 << 20
"""Files of fewer bytes are read by DuckDB: two ways to start cost more than one."""
PIECE = 4 << 20
AHEAD = 2 * THREADS
"""So many pieces are read or parsed while one is numbered."""
MOST_WAITING = 1 << 23
"""So many numbers (of one or two bytes) wait in memory before they go into the table."""
MOST_OF_A_BYTE, FEW = 128, 100
"""So many texts have numbers of one byte, a third less to store; it is tried where no more than `FEW` are known beforehand.
(Signed: of unsigned ones DuckDB does not know the least and the greatest once they are cast, and counts in a hash table.)
"""


class Refused(Exception):
    """The file is none that this way of reading is made for."""


class _Outgrown(Refused):
    """There are more different texts in `column` than numbers of one byte."""

    def __init__(self, column: int) -> None:
        self.column = column


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


def scan(
    engine: Engine, name: str, readables: Sequence[Readable], columns: Sequence[str], words: Words, most: int
) -> None:
    """Makes the table `name` of `columns` (`c0`, `c1` …), all as numbers of their texts, empty cells as NULL.

    Texts that are new get the next numbers, at most `most` a column; `words.known` has those that occur. Raises Refused,
    and then there is no table and `words` is as it was.
    """
    small = {index for index, texts in words.known.items() if len(texts) <= FEW}
    while True:
        known = [_Known(index, words.known[index], most, small=index in small) for index in range(len(columns))]
        try:
            _fill(engine, name, known, _numbered(engine, readables, columns, known))
        except _Outgrown as outgrown:
            small.remove(outgrown.column)
        else:
            break
    for index, one in enumerate(known):
        words.known[index] = {text: number for text, number in one.numbers.items() if number in one.met}
    words.occur = True
    words.full = frozenset(index for index, one in enumerate(known) if not one.empty)
    words.small = frozenset(small)


def _numbered(
    engine: Engine, readables: Sequence[Readable], columns: Sequence[str], known: Sequence[_Known]
) -> Iterator[list[Arrow]]:
    for readable in readables:
        for texts, numbers in _parts(readable, columns, known):
            engine.go_on()
            yield [one.settled(*column) for one, *column in zip(known, texts, numbers, strict=True)]


def _fill(engine: Engine, name: str, known: Sequence[_Known], parts: Iterable[list[Arrow]]) -> None:
    """Makes the table of pieces of its columns. While the engine takes some in, the next ones are read."""
    import pyarrow as pa

    schema = pa.schema([(f"c{place}", one.type) for place, one in enumerate(known)])
    taken: Future[None] | None = None
    with ThreadPoolExecutor(1, "import-fill") as pool:
        try:
            for batches in _together(pa.RecordBatch.from_arrays(columns, schema=schema) for columns in parts):
                table, more = pa.Table.from_batches(batches, schema), taken is not None
                if taken is not None:
                    taken.result()
                taken = pool.submit(engine.pack, name, table, more=more)
            taken = taken or pool.submit(engine.pack, name, schema.empty_table())
            taken.result()
        except Refused:
            if taken is not None:
                taken.result()
                engine.drop(name)
            raise


def _together(batches: Iterable[Arrow]) -> Iterator[list[Arrow]]:
    """As many at a time as may wait."""
    waiting: list[Arrow] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows * each.num_columns for each in waiting) >= MOST_WAITING:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


# ---------------------------------------------------------------- reading


def _parts(
    readable: Readable, columns: Sequence[str], known: Sequence[_Known]
) -> Iterator[tuple[list[Arrow], list[Arrow]]]:
    """The wanted columns of each piece of the file, in its order, and their numbers as far as known. Some are read ahead."""
    import pyarrow as pa
    from pyarrow import csv

    wanted = [f"h{readable.columns.index(column)}" for column in columns]
    reading = csv.ReadOptions(
        use_threads=False, block_size=PIECE + 1, column_names=[f"h{index}" for index in range(len(readable.columns))]
    )
    cut = csv.ParseOptions(delimiter=readable.delimiter, quote_char=False)
    told = csv.ConvertOptions(
        include_columns=list(dict.fromkeys(wanted)), column_types=dict.fromkeys(wanted, pa.binary()), null_values=[]
    )

    def parsed(piece: memoryview) -> list[tuple[list[Arrow], list[Arrow]]]:
        try:
            table = csv.read_csv(pa.BufferReader(piece), reading, cut, told).select(wanted)
        except pa.ArrowInvalid as error:
            raise Refused from error
        batches = [batch.columns for batch in table.to_batches()]
        return [(texts, [one.look_up(column) for one, column in zip(known, texts, strict=True)]) for texts in batches]

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


# ---------------------------------------------------------------- numbers


class _Known:
    """The texts of one column that have `numbers`, which of these are `met`, and whether a cell is `empty`.

    Several threads may look up; one alone may settle what has no number yet.
    """

    def __init__(self, column: int, numbers: Mapping[str, int], most: int, *, small: bool) -> None:
        import pyarrow as pa

        self.numbers = dict(numbers)
        self.type = pa.int8() if small else pa.int16()
        self._column, self._small = column, small
        self.met: set[int] = set()
        self.empty = False
        self._most = most
        self._texts = _binary(sorted(self.numbers, key=self.numbers.__getitem__))

    def look_up(self, texts: Arrow) -> Arrow:
        """The number of each text, NULL where it has none."""
        import pyarrow.compute as pc

        return pc.index_in(texts, value_set=self._texts).cast(self.type)

    def settled(self, texts: Arrow, numbers: Arrow) -> Arrow:
        """The same numbers, NULL only where the text is empty: new texts get the next ones. Raises Refused."""
        if numbers.null_count:
            without = set(texts.filter(numbers.is_null()).unique().to_pylist())
            self.empty |= b"" in without
            if new := sorted(without - {b""}):
                self._add(new)
                numbers = self.look_up(texts)
        if len(self.met) < len(self.numbers):
            self.met.update(numbers.unique().drop_null().to_pylist())
        return numbers

    def _add(self, new: Iterable[bytes]) -> None:
        """Numbers texts, some of which another piece may have brought already."""
        try:
            for text in new:
                self.numbers.setdefault(text.decode(), len(self.numbers))
        except UnicodeDecodeError as error:
            raise Refused from error
        if len(self.numbers) > self._most:
            raise Refused
        if self._small and len(self.numbers) > MOST_OF_A_BYTE:
            raise _Outgrown(self._column)
        self._texts = _binary(self.numbers)


def _binary(texts: Iterable[str]) -> Arrow:
    """An Arrow array of texts (pyarrow's own way imports pandas)."""
    import pyarrow as pa

    cells = [text.encode() for text in texts]
    ends = array("i", accumulate(map(len, cells), initial=0))
    return pa.Array.from_buffers(pa.binary(), len(cells), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(cells))])
