"""Sources: one function per kind of source that opens it as plain UTF-8 CSV for the counting engine.

CSV and TSV today: bytes, encoding and delimiter are looked at (`sniff`), the header is taken as it stands, and every
cell stays text. What the engine does not read as it is (another encoding, uneven rows) is written anew into a
private folder, which the caller removes.
"""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from journeymap.data import sniff
from journeymap.data.recipe import Source
from journeymap.failure import Failure
from journeymap.i18n import _

SAMPLE_ROWS = 1000
MOST_COLUMNS = 5000

# A cell that swallows this many lines is a quotation mark that nobody closed.
_MOST_LINES = 1000

TOO_MANY_CELLS = "more cells than columns"


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a source: what it looks like before anything is counted.

    `columns` are unique: a blank header becomes "column 3", the second of two equal ones gets " (2)". `rows` are the
    first records, each as long as `columns`. `count` is the number of records, or None where only counting would tell.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    decimal: str
    count: int | None
    fingerprint: str = ""
    headers: tuple[str, ...] = ()
    nuls: int = 0
    start: int = 0  # characters before the header: blank lines, a line "sep=;"

    def column(self, name: str) -> list[str]:
        """The cells of one column in the sample. Raises ValueError where there is no such column."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Readable:
    """A source as the engine reads it: a UTF-8 CSV file at a path without wildcards."""

    path: Path
    delimiter: str
    columns: tuple[str, ...]
    sample: Sample
    dropped: dict[str, int] = field(default_factory=dict)


def peek(path: Path, source: Source | None = None) -> Sample:
    """Looks at the beginning of a CSV or TSV file; `source` says what is not to be detected.

    Raises Failure with one sentence for anything that is no text table.
    """
    path = Path(path)
    said = source or Source()
    found = sniff.read_bytes(path, said.encoding)
    text, whole = sniff.first_text(path, found.encoding)
    if not text.strip("\ufeff \t\r\n\f\x1a"):
        raise Failure(_("{path} is empty.").format(path=path.name))
    start, stated = sniff.beginning(text)
    text = text[start:]
    delimiter = said.delimiter or stated or sniff.delimiter_of(text)
    try:
        records = sniff.records(text, delimiter, SAMPLE_ROWS + 1 if not whole else len(text))
    except csv.Error as error:
        raise _no_table(path, error) from error
    if not whole and len(records) <= SAMPLE_ROWS:
        records.pop()  # cut off in the middle
    if not records:
        raise Failure(_("{path} has no header row.").format(path=path.name))
    headers, rows = records[0], records[1:]
    if len(headers) > MOST_COLUMNS:
        raise Failure(
            _("{path} has {count} columns; at most {most} can be read.").format(
                path=path.name, count=len(headers), most=MOST_COLUMNS
            )
        )
    columns = names(headers)
    width = len(columns)
    shown = tuple(tuple([*row, *[""] * width][:width]) for row in rows[:SAMPLE_ROWS])
    return Sample(
        path,
        columns,
        shown,
        found.encoding,
        delimiter,
        said.decimal or sniff.decimal_of(shown),
        len(rows) if whole else None,
        found.fingerprint,
        tuple(headers),
        found.nuls,
        start,
    )


def names(headers: Sequence[str]) -> tuple[str, ...]:
    """Unique names for the headers of a file, in their order; spaces around them and line breaks in them go."""
    seen: Counter[str] = Counter()
    taken = {" ".join(header.split()) for header in headers}
    found = []
    for position, header in enumerate(headers, 1):
        name = " ".join(header.split()) or f"column {position}"
        seen[name] += 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in taken:
            seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def plain(sample: Sample, folder: Path, number: int) -> Readable:
    """The source as the engine can read it: the file itself under a name of our own, or its UTF-8 copy in `folder`.

    A name of our own, because the engine reads `*` and `[` in a name as a pattern.
    """
    target = folder / f"source-{number}.csv"
    if sample.encoding in {"utf-8", "utf-8-sig"} and not sample.nuls and not sample.start:
        try:
            target.symlink_to(sample.path.resolve())
        except OSError:  # Windows asks for a privilege
            shutil.copyfile(sample.path, target)
    else:
        _transcode(sample, target)
    return Readable(target, sample.delimiter, sample.columns, sample)


def _transcode(sample: Sample, target: Path) -> None:
    try:
        with (
            sample.path.open(encoding=sample.encoding, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            left = sample.start
            while text := source.read(sniff.CHUNK):
                text = text.replace("\0", "")
                copy.write(text[left:])
                left = max(left - len(text), 0)
    except UnicodeError as error:
        raise sniff.unreadable(sample.path, sample.encoding) from error


def tidied(readable: Readable) -> Readable:
    """The source written anew as strict CSV, for files that the engine refuses.

    Short rows are filled up (their last answers are missing), rows with more cells than columns are left out and
    counted, line ends and quotation marks are made uniform. Raises Failure where that cannot be done.
    """
    source = readable.path
    target = source.with_name(f"{source.stem}-tidy.csv")
    width = len(readable.columns)
    dropped: Counter[str] = Counter()
    with source.open(encoding="utf-8-sig", newline="") as lines, target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row in _records(lines, readable):
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                dropped[TOO_MANY_CELLS] += 1
            else:
                writer.writerow([*row, *[""] * width][:width])
    with suppress(OSError):
        source.unlink()
    return replace(readable, path=target, delimiter=",", dropped=dict(dropped))


def _records(lines: Iterator[str], readable: Readable) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=readable.delimiter)
    line = 0
    try:
        for row in reader:
            if reader.line_num - line > _MOST_LINES:
                raise Failure(
                    _("In {path} a quotation mark is opened in line {line} and not closed.").format(
                        path=readable.sample.path.name, line=line + 1
                    )
                )
            line = reader.line_num
            if row or len(readable.columns) == 1:
                yield row
    except csv.Error as error:
        raise _no_table(readable.sample.path, error, line + 1) from error


def _no_table(path: Path, error: csv.Error, line: int = 1) -> Failure:
    if "field larger" in str(error):
        return Failure(
            _("{path} has a cell of more than 131,072 characters at line {line}; that is no table.").format(
                path=path.name, line=line
            )
        )
    return Failure(
        _("{path} is no text table: {reason} at line {line}.").format(path=path.name, reason=error, line=line)
    )
