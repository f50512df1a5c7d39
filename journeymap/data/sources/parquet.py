"""Parquet by pyarrow (Apache-2.0), a batch at a time. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from journeymap.failure import Failure
from journeymap.i18n import _

MOST_ROWS = 50_000_000


def read(path: Path, _sheet: str) -> tuple[dict[str, Any], Iterator[Sequence[str]]]:
    """A header and the rows; lists and structures as JSON. Raises Failure."""
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    if file.metadata.num_rows > MOST_ROWS:
        raise Failure(
            _("{path} has {rows} rows; at most {most} can be read from Parquet.").format(
                path=path.name, rows=f"{file.metadata.num_rows:,}", most=f"{MOST_ROWS:,}"
            )
        )
    return {"header": True, "count": file.metadata.num_rows}, _records(file)


def _records(file: Any) -> Iterator[Sequence[str]]:
    yield list(file.schema_arrow.names)
    for batch in file.iter_batches(batch_size=10_000):
        yield from zip(*(_texts(column) for column in batch.columns), strict=True)


def _texts(column: Any) -> list[str]:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("s", kind.tz), safe=False)
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        from journeymap.data.sources.document import written

        return [written(value) for value in column.to_pylist()]
    return [text or "" for text in column.cast(pa.string()).to_pylist()]
