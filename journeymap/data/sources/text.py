"""Text tables: CSV with any delimiter, and columns parted by white space. Bytes to records, the whole file in passing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from msgspec import Struct

from journeymap.data.recipe import Source
from journeymap.data.sources import sniff
from journeymap.failure import Failure
from journeymap.i18n import _

# A cell that swallows this many lines is a quotation mark that nobody closed.
_MOST_LINES = 1000
BLANKS = " "
"""In place of a delimiter: any run of white space."""


class Text(Struct, frozen=True):
    """A text file and how it is read; `start` characters stand before the table."""

    path: Path
    encoding: str
    delimiter: str
    start: int = 0
    nuls: int = 0
    damaged: int = 0

    @property
    def plain(self) -> bool:
        """Whether the file is UTF-8 as it stands."""
        return (
            self.encoding in {"utf-8", "utf-8-sig"}
            and not (self.nuls or self.start or self.damaged)
            and self.delimiter != BLANKS
        )


def look(
    path: Path, said: Source, rows: int, most: int | None = None, found: sniff.Bytes | None = None
) -> tuple[Text, list[list[str]], bool, str]:
    """How a text file is read, its first records, whether these are all, and its fingerprint. Raises Failure.

    Of more than `most` bytes only so many are looked at; its fingerprint is "" then. `found`: what its bytes say, where
    they have been read.
    """
    found = found or sniff.read_bytes(path, said.encoding, most)
    text, whole = sniff.first_text(path, found.encoding, damaged=bool(found.damaged))
    if not text.strip("\ufeff \t\r\n\f\x1a"):
        raise Failure(_("{path} is empty.").format(path=path.name))
    start, stated = sniff.beginning(text)
    text = text[start:]
    delimiter = said.delimiter or stated or sniff.delimiter_of(text)
    how = Text(path, found.encoding, delimiter, start, found.nuls, found.damaged)
    limit = len(text) if whole else rows
    try:
        records = list(islice(_split(io.StringIO(text, newline=""), delimiter), limit))
    except csv.Error as error:
        raise no_table(path, error) from error
    if not whole and len(records) < rows:
        records = records[:-1]  # cut off in the middle
    if not records:
        raise Failure(_("{path} has no header row.").format(path=path.name))
    return how, records, whole, found.fingerprint


def records(how: Text) -> Iterator[list[str]]:
    """Every record of the file, blank ones left out. Raises Failure, with the line, for what is no table."""
    with _opened(how) as lines:
        yield from _checked(lines, how)


def _checked(lines: Iterator[str], how: Text) -> Iterator[list[str]]:
    if how.delimiter == BLANKS:
        yield from _split(lines, BLANKS)
        return
    reader = csv.reader(lines, delimiter=how.delimiter)
    line = 0
    try:
        for row in reader:
            if reader.line_num - line > _MOST_LINES:
                raise Failure(
                    _("In {path} a quotation mark is opened in line {line} and not closed.").format(
                        path=how.path.name, line=line + 1
                    )
                )
            line = reader.line_num
            if row:
                yield row
    except csv.Error as error:
        raise no_table(how.path, error, line + 1) from error
    except UnicodeError as error:
        raise sniff.unreadable(how.path, how.encoding) from error


def _split(lines: Iterator[str] | io.StringIO, delimiter: str) -> Iterator[list[str]]:
    if delimiter == BLANKS:
        return (cells for line in lines if (cells := line.split()))
    return (row for row in csv.reader(lines, delimiter=delimiter) if row)


@contextmanager
def _opened(how: Text) -> Iterator[Iterator[str]]:
    errors = "replace" if how.damaged else "strict"
    with how.path.open(encoding=how.encoding, newline="", errors=errors) as file:
        left = how.start
        while left > 0 and (skipped := file.read(min(left, sniff.CHUNK))):
            left -= len(skipped.replace("\0", ""))
        wide = how.encoding.lower().startswith(("utf-16", "utf-32"))  # every character has zeros there
        yield (line.replace("\0", "") for line in file) if how.nuls or wide else file


def no_table(path: Path, error: csv.Error, line: int = 1) -> Failure:
    """The sentence for text that cannot be read as a table."""
    if "field larger" in str(error):
        return Failure(
            _("{path} has a cell of more than 131,072 characters at line {line}; that is no table.").format(
                path=path.name, line=line
            )
        )
    return Failure(
        _("{path} is no text table: {reason} at line {line}.").format(path=path.name, reason=error, line=line)
    )


def safe_name(name: str) -> str:
    """A file name of our own that still says where it comes from: no folders, no wildcards."""
    last = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[^\w .-]", "_", last).strip(". ")[-80:] or "table"
