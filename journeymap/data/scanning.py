"""Large CSV files without quotation marks, read by Arrow into the numbers of their texts: piece by piece, on two threads.

DuckDB spends as long on making texts into numbers as on reading them; Arrow does it while it reads. Without quotation
marks a row is a line and a cell ends at the next delimiter, so that a file can be cut at any line, and both read it alike.
Whatever is not quite like that (see `_pieces`) is refused here, and DuckDB reads it as ever.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from journeymap.data.encoding import Words
from journeymap.data.engine import THREADS, Arrow, Engine
from journeymap.data.sources import Readable

SMALLEST = 4 << 20
"""Files of fewer bytes are read by DuckDB: two ways to start cost more than one."""
PIECE = 2 << 20
AHEAD = 2 * THREADS
"""So many pieces are read or parsed while one is numbered."""
MOST_WAITING = 1 << 23
"""So many numbers (of two bytes) wait in memory before they go into the table."""


class Refused(Exception):
    """The file is none that this way of reading is made for."""


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
    known = [dict(words.known[index]) for index in range(len(columns))]
    met: list[set[str]] = [set() for _column in columns]

    def numbered() -> Iterator[list[Arrow]]:
        for readable in readables:
            for table in _tables(readable, columns):
                engine.go_on()
                yield [
                    _numbers(column, texts, here, most)
                    for column, texts, here in zip(table.columns, known, met, strict=True)
                ]

    _fill(engine, name, len(columns), numbered())
    for index, (texts, here) in enumerate(zip(known, met, strict=True)):
        words.known[index] = {text: number for text, number in texts.items() if text in here}
    words.occur = True
    words.full = frozenset(index for index, here in enumerate(met) if "" not in here)


def _fill(engine: Engine, name: str, width: int, parts: Iterable[list[Arrow]]) -> None:
    """Makes the table of pieces of its `width` columns. While the engine takes some in, the next ones are read."""
    import pyarrow as pa

    schema = pa.schema([(f"c{place}", pa.int16()) for place in range(width)])
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


def _tables(readable: Readable, columns: Sequence[str]) -> Iterator[Arrow]:
    """The wanted columns of each piece of the file, in its order. Some pieces are read ahead."""
    import pyarrow as pa
    from pyarrow import csv

    wanted = [f"h{readable.columns.index(column)}" for column in columns]
    text = pa.dictionary(pa.int32(), pa.string())
    reading = csv.ReadOptions(
        use_threads=False, block_size=PIECE + 1, column_names=[f"h{index}" for index in range(len(readable.columns))]
    )
    cut = csv.ParseOptions(delimiter=readable.delimiter, quote_char=False)
    told = csv.ConvertOptions(
        include_columns=list(dict.fromkeys(wanted)),
        column_types=dict.fromkeys(wanted, text),
        null_values=[],
        check_utf8=False,  # each different text is decoded once
    )

    def parsed(piece: memoryview) -> Arrow:
        try:
            return csv.read_csv(pa.BufferReader(piece), reading, cut, told).select(wanted)
        except pa.ArrowInvalid as error:
            raise Refused from error

    with ThreadPoolExecutor(THREADS, "import-scan") as pool:
        ahead: deque[Future[Arrow]] = deque()
        try:
            for piece in _pieces(readable):
                ahead.append(pool.submit(parsed, piece))
                if len(ahead) > AHEAD:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
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


def _numbers(column: Arrow, known: dict[str, int], met: set[str], most: int) -> Arrow:
    """A number for each row of a column with a dictionary, none where the text is empty. New texts are added to `known`,
    all of them to `met`.
    """
    import pyarrow as pa

    found = []
    for chunk in column.chunks:
        try:
            texts = chunk.dictionary.to_pylist()
        except UnicodeDecodeError as error:
            raise Refused from error
        met.update(texts)
        meant = array("h", [known.setdefault(text, len(known)) if text else 0 for text in texts])
        if len(known) > most:
            raise Refused
        given = None if "" not in texts else sum(1 << place for place, text in enumerate(texts) if text)
        bits = None if given is None else pa.py_buffer(given.to_bytes(len(texts) // 8 + 1, "little"))
        numbers = pa.Array.from_buffers(pa.int16(), len(meant), [bits, pa.py_buffer(meant)])
        found.append(pa.DictionaryArray.from_arrays(chunk.indices, numbers, safe=False).dictionary_decode())
    return found[0] if len(found) == 1 else pa.concat_arrays(found or [pa.nulls(0, pa.int16())])
