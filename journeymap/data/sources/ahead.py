"""Large text files are read through beside the program, for their fingerprint and their encoding; until that is done, a
glance at their beginning says enough to begin with.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from journeymap.data.address import Address
from journeymap.data.counting.engine import LARGE
from journeymap.data.recipe import Source
from journeymap.data.sources.apart import read_through
from journeymap.data.sources.opening import glance, peek
from journeymap.data.sources.sample import Sample


class Ahead:
    """What is known of `sources` that are read as `source` says, and what will be known."""

    def __init__(self, sources: Sequence[Path | str], source: Source) -> None:
        """Begins with the large files."""
        large = [path for path in map(Path, sources) if path.is_file() and path.stat().st_size > LARGE]
        self._source = source
        self._coming: dict[Path, Future[Sample]] = {}
        if large:
            pool = ThreadPoolExecutor(1, "import-look")
            self._coming = {path: pool.submit(_looked_through, path, source) for path in large}
            pool.shutdown(wait=False)

    def look(self, path: Path | Address, source: Source) -> Sample:
        """As `peek`, but of a large text file without its fingerprint. Raises Failure."""
        coming = self._coming.get(path) if isinstance(path, Path) and source == self._source else None
        if coming is None or not isinstance(path, Path):
            return peek(path, source)
        return (None if coming.done() else glance(path, source)) or coming.result()

    def certain(self, sample: Sample) -> Sample:
        """What `peek` says of a file, as soon as it is known. Raises Failure."""
        coming = self._coming.get(sample.path)
        return sample if coming is None else coming.result()


def _looked_through(path: Path, source: Source) -> Sample:
    return peek(path, source, read=read_through(path, source.encoding))


def reads_alike(one: Sample, other: Sample) -> bool:
    """Whether two samples of a file are read in the same way."""
    return _way(one) == _way(other)


def _way(sample: Sample) -> tuple[object, ...]:
    return (
        sample.encoding, sample.delimiter, sample.decimal, sample.nuls, sample.damaged, sample.start,
        sample.columns, sample.headers, sample.rows,
    )  # fmt: skip
