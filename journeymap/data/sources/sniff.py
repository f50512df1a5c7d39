"""What a text file is made of: encoding, delimiter, decimal sign. Seen from its bytes, never from its name."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from msgspec import Struct

from journeymap.data.sources import charset
from journeymap.failure import Failure
from journeymap.i18n import _

CHUNK = 1 << 20
AT_ONCE = 4 * CHUNK
"""So much is read at a time: after each piece the thread waits for its turn while others import libraries."""
DELIMITERS = (",", ";", "\t", "|")
RARE = ("^", "~", "¦", "\x1f", "\x01")
"""Delimiters that are believed only where they cut every record alike."""

# Blank lines, and the line with which spreadsheets are told the delimiter.
_BLANK = r"(?:[ \t]*(?:\r\n|\n|\r))*"
_BEFORE = re.compile(rf'{_BLANK}(?:"?sep=(.)"?[ \t]*(?:\r\n|\n|\r){_BLANK})?', re.IGNORECASE)
# Control characters that no text file needs: all but tab, line ends, form feed and the old end-of-file mark.
_CONTROLS = bytes(set(range(32)) - {0, 9, 10, 12, 13, 26})
_SIGN = r"\s?[%€$£]?"
_DECIMAL_COMMA = re.compile(r"[-+]?(\d{1,3}([. \u00a0\u202f']\d{3})+|\d+),(\d{1,2}|\d{4,})" + _SIGN)
_DECIMAL_POINT = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)\.(\d{1,2}|\d{4,})" + _SIGN)


class Bytes(Struct, frozen=True):
    """One pass over a file: its encoding, SHA-256, size, how many NULs and how many damaged bytes it holds."""

    encoding: str
    fingerprint: str
    size: int
    nuls: int
    damaged: int = 0  # bytes that are no text, in a file that is UTF-8 but for them


def read_bytes(path: Path, encoding: str = "", most: int | None = None) -> Bytes:
    """Reads the whole file once, in pieces; of more than `most` bytes only so many, and then there is no fingerprint.
    `encoding`, where given, is taken as said.

    Raises Failure where the file cannot be read, is empty, is no text, or has a line that no table has.
    """
    digest, size, nuls = hashlib.sha256(), 0, 0
    utf8: codecs.IncrementalDecoder | None = None
    marked, broken, cut = encoding, False, False
    room = bytearray(AT_ONCE)
    with opened(path) as file:
        while read := file.readinto(room):
            chunk = room if read == len(room) else room[:read]
            if not size:
                marked = encoding or _marked(chunk)
                if encoding.casefold() in {"utf-8", "utf8"} and chunk.startswith(codecs.BOM_UTF8):
                    marked = "utf-8-sig"
                _refuse_binary(path, chunk, marked)
                seen = not encoding and marked in {"", "utf-8-sig"}
                utf8 = codecs.getincrementaldecoder("utf-8")() if seen else None
            if any(not _ends_a_line(chunk, at) for at in range(0, len(chunk) - CHUNK + 1, CHUNK)):
                raise Failure(
                    _("{path} has a line of more than a million characters; that is no table.").format(path=path.name)
                )
            digest.update(chunk)
            size += len(chunk)
            nuls += chunk.count(0) if b"\0" in chunk else 0
            if utf8 is not None and not _decodes(utf8, chunk):
                utf8, broken = None, True
            if cut := most is not None and size >= most:
                break
        broken = broken or (utf8 is not None and not _decodes(utf8, b"", final=not cut))
    if not size:
        raise Failure(_("{path} is empty.").format(path=path.name))
    damaged = 0
    if broken:
        marked, damaged = charset.other(path, marked)
    fingerprint = "" if cut else digest.hexdigest()
    return Bytes(marked or "utf-8", fingerprint, size, 0 if marked.startswith("utf-16") else nuls, damaged)


def opened(path: Path) -> io.BufferedReader:
    """The file, to be read. Raises Failure."""
    if path.is_dir():
        raise Failure(_("{path} is a folder; name a file.").format(path=path))
    if path.exists() and not path.is_file():
        raise Failure(_("{path} is not an ordinary file.").format(path=path))
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise Failure(_("There is no file {path}.").format(path=path)) from error
    except (OSError, ValueError) as error:
        raise _unread(path, error) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Within it, a disk or a network that fails is a Failure; so is one that is full when the table is written anew."""
    try:
        yield
    except OSError as error:
        raise _unread(path, error) from error


def _unread(path: Path, error: OSError | ValueError) -> Failure:
    reason = error.strerror if isinstance(error, OSError) else error
    return Failure(_("{path} cannot be read: {reason}.").format(path=path, reason=reason))


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes | bytearray, *, final: bool = False) -> bool:
    if chunk and chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _ends_a_line(chunk: bytes | bytearray, at: int) -> bool:
    """Whether a line ends within the megabyte from `at` on."""
    return chunk.find(b"\n", at, at + CHUNK) >= 0 or chunk.find(b"\r", at, at + CHUNK) >= 0


def _marked(chunk: bytes | bytearray) -> str:
    """The encoding that the first bytes give away: a byte order mark, or UTF-16's zeros; "" where they do not."""
    if chunk.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = chunk[:4096]
    even, odd = start[::2].count(0), start[1::2].count(0)
    most = len(start) * 0.3 / 2
    if odd > most and even < odd / 10:
        return "utf-16-le"
    if even > most and odd < even / 10:
        return "utf-16-be"
    return ""


def _refuse_binary(path: Path, chunk: bytes | bytearray, encoding: str) -> None:
    start = chunk[: 1 << 16]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    zeros = 0 if encoding.startswith("utf-16") else start.count(0)
    if not encoding.startswith("utf-16") and controls + zeros > max(len(start) // 100, 3):
        raise Failure(_("{path} is not a text table: it holds binary data.").format(path=path.name))


def first_text(path: Path, encoding: str, limit: int = 4 * CHUNK, *, damaged: bool = False) -> tuple[str, bool]:
    """The first `limit` characters of a file without NULs, and whether that is all of it. Raises Failure."""
    try:
        with path.open(encoding=encoding, newline="", errors="replace" if damaged else "strict") as file:
            text = file.read(limit)
            whole = not file.read(1)
    except (UnicodeError, LookupError) as error:
        raise unreadable(path, encoding) from error
    return text.replace("\0", ""), whole


def unreadable(path: Path, encoding: str) -> Failure:
    """The sentence for a file that is not in the encoding it was said to be in."""
    return Failure(_("{path} cannot be read as {encoding}.").format(path=path.name, encoding=encoding))


def records(text: str, delimiter: str, limit: int) -> list[list[str]]:
    """The first `limit` records of CSV text, blank lines left out. Raises csv.Error for a cell beyond all bounds."""
    rows = (row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row)
    return list(islice(rows, limit))


def beginning(text: str) -> tuple[int, str]:
    """How many characters stand before the header, and the delimiter where a line "sep=;" states it."""
    found = _BEFORE.match(text)
    return (found.end(), found.group(1) or "") if found else (0, "")


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the text into the most even table; a comma where nothing does.

    Each candidate is judged by the records themselves: how many have as many cells as the most common number.
    """
    best, chosen = 0.0, ","
    text = _table_part(text[: 1 << 18])
    for delimiter in DELIMITERS:
        try:
            found = records(text, delimiter, 100)
        except csv.Error:
            continue
        if not found:
            continue
        widths = Counter(len(row) for row in found)
        width, count = widths.most_common(1)[0]
        if width < 2:
            continue
        # Evenness first; more columns only decide between equally even tables. The header has to fit as well.
        score = count / len(found) + (0.5 if len(found[0]) == width else 0) + min(width, 100) / 1000
        if score > best:
            best, chosen = score, delimiter
    if best < 1.5:  # not even in every record: perhaps it is a sign that hardly anybody uses
        chosen = next((rare for rare in RARE if _is_even(text, rare)), chosen)
        best = max(best, float(chosen in RARE))
    return " " if not best and _in_columns(text) else chosen


def _is_even(text: str, delimiter: str) -> bool:
    """Whether a delimiter cuts several records, the header too, into equally many cells."""
    try:
        found = records(text, delimiter, 100)
    except csv.Error:
        return False
    widths = {len(row) for row in found}
    return len(found) > 2 and len(widths) == 1 and min(widths) > 1


def _table_part(text: str) -> str:
    """`text` without lines that begin with "#", where there are any at its beginning: the banner of a report."""
    if not text.lstrip('\ufeff" ').startswith("#"):
        return text
    lines = [line for line in text.splitlines(keepends=True) if not line.lstrip('\ufeff" ').startswith("#")]
    return "".join(lines) or text


def _in_columns(text: str) -> bool:
    """Whether the lines are columns parted by white space: as many words in each, several, at least one a number."""
    lines = [line.split() for line in text.splitlines()[:100] if line.strip()]
    width = len(lines[0]) if lines else 0
    if width < 2 or len(lines) < 3:
        return False
    even = sum(len(line) == width for line in lines[:-1]) == len(lines) - 1
    return even and all(any(re.fullmatch(r"[-+]?[\d.,]+", cell) for cell in line) for line in lines[1:-1])


def decimal_of(rows: Sequence[Sequence[str]]) -> str:
    """The decimal sign of the numbers in `rows`: a comma where numbers with a comma outnumber those with a point."""
    commas = points = 0
    for row in rows:
        for cell in row:
            if len(cell) < 24 and ("," in cell or "." in cell):
                commas += _DECIMAL_COMMA.fullmatch(cell.strip()) is not None
                points += _DECIMAL_POINT.fullmatch(cell.strip()) is not None
    return "," if commas > points else "."
