"""One column of a large file while it is scanned: small numbers in place of its cells, and what they stand for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate

from journeymap.data.counting.engine import Arrow

LEAST, GREATEST = -999, 999
"""Whole numbers between these are known by their texts too."""


class Refused(Exception):
    """The file is none that this way of reading is made for."""


class Otherwise(Exception):
    """The file has to be read again, with `column` as what it turned out to be."""

    def __init__(self, column: int) -> None:
        self.column = column


class Texts:
    """The texts of one column that have `numbers`, which of these are `met`, and whether a cell is `empty`.

    Several threads may look up; one alone may settle what has no number yet.
    """

    def __init__(self, numbers: Mapping[str, int], most: int) -> None:
        import pyarrow as pa

        self.cells = pa.binary()
        self.numbers = dict(numbers)
        self.met: set[int] = set()
        self.empty = False
        self._most = most
        self._texts = _binary(sorted(self.numbers, key=self.numbers.__getitem__))

    @property
    def known(self) -> dict[str, int]:
        """The texts that stand in the column, and their numbers."""
        return {text: number for text, number in self.numbers.items() if number in self.met}

    @property
    def expected(self) -> range:
        """Numbers that the column is going to have."""
        return range(len(self.numbers))

    def look_up(self, cells: Arrow) -> Arrow:
        """The number of each text, NULL where it has none."""
        import pyarrow as pa
        import pyarrow.compute as pc

        return pc.index_in(cells, value_set=self._texts).cast(pa.int16(), safe=False)

    def settled(self, cells: Arrow, numbers: Arrow) -> Arrow:
        """The same numbers, NULL only where the text is empty: new texts get the next ones. Raises Refused."""
        if numbers.null_count:
            without = set(cells.filter(numbers.is_null()).unique().to_pylist())
            self.empty |= b"" in without
            if new := sorted(without - {b""}):
                self._add(new)
                numbers = self.look_up(cells)
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
        self._texts = _binary(self.numbers)


class Whole:
    """A column of whole numbers, of which only the value matters: Arrow reads them in half of the time that
    texts take, and each is its own number. ("07" counts as 7, as it does wherever answers are read.) `met` are those that
    were met beforehand.
    """

    def __init__(self, column: int, met: Iterable[str] = ()) -> None:
        import pyarrow as pa

        values = [*map(int, met)]
        self.expected = range(min(values, default=0), max(values, default=-1) + 1)
        self.cells = pa.int16()
        self.met: set[int] = set()
        self.empty = False
        self._column = column
        self._texts = _binary(map(str, range(LEAST, GREATEST + 1)))

    @staticmethod
    def fits(texts: Iterable[str]) -> bool:
        """Whether there are texts, and all are small whole numbers, written plainly."""
        texts = set(texts)
        return bool(texts) and texts <= _PLAIN

    @property
    def known(self) -> dict[str, int]:
        """The numbers that stand in the column, as texts."""
        return {str(number): number for number in sorted(self.met)}

    def look_up(self, cells: Arrow) -> Arrow:
        """The numbers themselves; of a piece that was read as texts, those of plain ones, else NULL."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if cells.type == self.cells:
            return cells
        return pc.add(pc.index_in(cells, value_set=self._texts), pa.scalar(LEAST, pa.int32())).cast(self.cells)

    def settled(self, cells: Arrow, numbers: Arrow) -> Arrow:
        """The same numbers, NULL where the cell is empty. Raises Otherwise where one is no plain number."""
        if numbers.null_count:
            self.empty = True
            if cells.type != self.cells and set(cells.filter(numbers.is_null()).unique().to_pylist()) - {b""}:
                raise Otherwise(self._column)
        if not self._covers(numbers):
            self.met.update(numbers.unique().drop_null().to_pylist())
        return numbers

    def _covers(self, numbers: Arrow) -> bool:
        """Whether all have been met, as far as the least and the greatest tell."""
        import pyarrow.compute as pc

        ends = pc.min_max(numbers).as_py()
        if ends["min"] is None:
            return True
        low, high = min(self.met, default=0), max(self.met, default=-1)
        return len(self.met) == high - low + 1 and low <= ends["min"] and ends["max"] <= high


_PLAIN = frozenset(map(str, range(LEAST, GREATEST + 1)))


def _binary(texts: Iterable[str]) -> Arrow:
    """An Arrow array of texts (pyarrow's own way imports pandas)."""
    import pyarrow as pa

    cells = [text.encode() for text in texts]
    ends = array("i", accumulate(map(len, cells), initial=0))
    return pa.Array.from_buffers(pa.binary(), len(cells), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(cells))])
