"""Tables as text: CSV files for spreadsheets, tab-separated rows for the clipboard. Every table that leaves goes through here.

Texts that a spreadsheet would take for a formula (they begin with `=`, `+`, `-`, `@`, a tab or a carriage return, also
behind blanks) are written with an apostrophe before them; numbers stay numbers, also negative ones. `read` takes that
apostrophe away again, and nothing else, so that what was written comes back unchanged. All texts are quoted: a
delimiter inside a text then parts no cell even where a program guesses another delimiter.

Files are UTF-8 with a byte order mark, which Excel needs to know it, with CRLF line ends (RFC 4180). Where a language
writes numbers with a comma, the delimiter is a semicolon, since that is what Excel expects there.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

Cell: TypeAlias = str | int | float | None

_FORMULA: Final = re.compile(r"'*[\s\x00-\x20\x7f\ufeff\u200b]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_COMMA: Final = frozenset(
    {"bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb", "nl", "nn",
     "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi"}
)  # fmt: skip
"""Languages that write a decimal comma."""


class Style(Struct, frozen=True):
    """How a table is written down."""

    delimiter: str = ","
    decimal: str = "."


CLIPBOARD: Final = Style("\t")


def style(language: str) -> Style:
    """The style that spreadsheets expect where `language` ("de", "de-AT", "en") is spoken."""
    return Style(";", ",") if language.replace("_", "-").split("-")[0].casefold() in _COMMA else Style()


def csv_file(rows: Iterable[Sequence[Cell]], language: str = "en") -> bytes:
    """Rows as the bytes of a CSV file; the first is the head."""
    return ("\ufeff" + text(rows, style(language))).encode("utf-8")


def clipboard(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as spreadsheets take them from the clipboard."""
    return text(rows, CLIPBOARD)


def text(rows: Iterable[Sequence[Cell]], how: Style) -> str:
    """Rows with their delimiters and CRLF. Not by the csv module: it knows no decimal comma beside quoted texts."""
    return "".join(how.delimiter.join(_written(cell, how) for cell in row) + "\r\n" for row in rows)


def _written(cell: Cell, how: Style) -> str:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    if isinstance(cell, str):
        return '"' + harmless(cell).replace('"', '""') + '"'
    return repr(cell).replace(".", how.decimal) if isinstance(cell, float) else str(int(cell))


def harmless(words: str) -> str:
    """`words` so that no spreadsheet takes them for a formula."""
    return "'" + words if _risky(words) else words


def plain(words: str) -> str:
    """What `harmless` was given."""
    return words[1:] if words.startswith("'") and _risky(words) else words


def _risky(words: str) -> bool:
    return _FORMULA.match(words) is not None


def read(written: str | bytes, delimiter: str | None = None) -> list[list[str]]:
    """The rows of a table that was written here or copied in a spreadsheet; without `delimiter` the first row tells it."""
    known = written.decode("utf-8-sig") if isinstance(written, bytes) else written.removeprefix("\ufeff")
    delimiter = delimiter or _delimiter(known)
    limit = csv.field_size_limit(max(len(known), 1))  # a cell may be as long as a field of a record
    try:
        rows = list(csv.reader(io.StringIO(known, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(limit)
    return [[plain(cell) for cell in row] for row in rows]


def _delimiter(known: str) -> str:
    """The sign that parts the cells of the first row, outside quotes; a tab wins, then whatever comes most."""
    head, quoted = {"\t": 0, ";": 0, ",": 0}, False
    for sign in known:
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in "\r\n":
            break
        elif not quoted and sign in head:
            head[sign] += 1
    return "\t" if head["\t"] else max(head, key=lambda sign: head[sign])
