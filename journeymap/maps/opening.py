"""From a file to a map: what it is by its content, never by its name alone, and who reads it."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Final

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.maps import cjml, markup, mermaid, ours, roles, sheets, table
from journeymap.maps.brought import Brought
from journeymap.maps.roles import Mapping
from journeymap.maps.sheets import Sheet

MOST: Final = 64 << 20
MOST_TABLE: Final = 8 << 20
"""Bytes of a table that a person can have laid out as a map."""
DATABASE: Final = b"SQLite format 3\0"
PATTERNS: Final = (
    "*.mmd",
    "*.mermaid",
    "*.md",
    "*.xml",
    "*.cjml",
    "*.json",
    "*.csv",
    "*.tsv",
    "*.xlsx",
    "*.xls",
    "*.ods",
)


def kind(path: Path) -> str:
    """What a file is: mermaid, cjml, json (ours) or table (a sheet that is laid out as a map); "" for what is no map.

    Raises Failure where the file cannot be read.
    """
    found = written_kind(path)
    return found if found or path.stat().st_size > MOST_TABLE or not _may_be_table(_start(path)) else _table_kind(path)


def written_kind(path: Path) -> str:
    """The kind of a file that is no table: mermaid, cjml or json; else "". Looks at its beginning only. Raises Failure."""
    content = _start(path)
    text = None if content.startswith((DATABASE, *sheets.WORKBOOKS)) else _decoded(content)
    if not text:
        return ""
    stripped = text.lstrip("\ufeff \t\r\n")
    if path.suffix.casefold() in {".mmd", ".mermaid"} or mermaid.is_mermaid(text):
        return "mermaid"
    if cjml.is_cjml(text):
        return "cjml"
    ours_ = stripped.startswith("{") and '"format"' in stripped[:400] and '"journeymap"' in stripped[:400]
    return "json" if ours_ else ""


def _may_be_table(content: bytes) -> bool:
    if not content or content.startswith(DATABASE):
        return False
    if content.startswith(sheets.WORKBOOKS):
        return True
    text = _decoded(content)
    return text is not None and not text.lstrip("\ufeff \t\r\n").startswith(("<", "[", "{"))


def is_map(path: Path) -> bool:
    """Whether a file holds a map rather than measurements. Raises Failure where it cannot be read."""
    return bool(kind(path))


def read(path: Path, mapping: Mapping | None = None, recipe: Path | None = None) -> Brought:
    """The map in a file; a table is read by the mapping, else the recipe, else the guess. Raises Failure with one sentence."""
    path = Path(path)
    found = kind(path)
    if mapping is not None or recipe is not None or found == "table":
        sheet = sheet_of(path, recipe, mapping)
        mapping = mapping or (roles.from_toml(recipe, sheet) if recipe else roles.guess(sheet, path.name))
        return table.read(sheet, mapping, path.name)
    if not found:
        raise Failure(_refusal(path))
    text = _decoded(_whole(path)) or ""
    if found == "mermaid":
        return mermaid.read(text, path.name)
    return cjml.read(text, path.name) if found == "cjml" else ours.read(text, path.name)


def sheet_of(path: Path, recipe: Path | None = None, mapping: Mapping | None = None) -> Sheet:
    """The sheet of a table, the one that recipe or mapping name. Raises Failure."""
    return sheets.read(path, roles.sheet_of(recipe) if recipe else mapping.sheet if mapping else "")


def _refusal(path: Path) -> str:
    start = _start(path)
    if not start:
        return _("{path} is empty.").format(path=path.name)
    if start.startswith(DATABASE):
        return _("{path} is a database; a map of this program is opened, not brought in.").format(path=path.name)
    text = _decoded(start)
    if text is not None and (name := markup.root_name(text)) and text.lstrip("\ufeff \t\r\n").startswith("<"):
        return _("{path} is XML of another kind (“{name}”); of XML only CJML can be read as a map.").format(
            path=path.name, name=name
        )
    return _(
        "{path} is no map that can be read: neither Mermaid, CJML, JSON of this program, nor a table with phases or touchpoints."
    ).format(path=path.name)


def _table_kind(path: Path) -> str:
    try:
        return "table" if roles.is_map(sheets.read(path)) else ""
    except Failure:
        return ""


def _start(path: Path) -> bytes:
    from journeymap.data.sources import sniff

    with sniff.opened(path) as file:
        return file.read(1 << 18)


def _whole(path: Path) -> bytes:
    from journeymap.data.sources import sniff

    with sniff.opened(path) as file:
        content = file.read(MOST + 1)
    if len(content) > MOST:
        raise Failure(_("{path} is larger than {most} MB; no map is.").format(path=path.name, most=MOST >> 20))
    return content


def _decoded(content: bytes) -> str | None:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252; None for what is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if b"\0" in content[: 1 << 14]:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(content) - 4:  # cut off in the middle of a sign
            return content[: error.start].decode("utf-8-sig")
        return content.decode("cp1252", "replace")


def is_ours_text(text: str) -> bool:
    """Whether a text on the clipboard is JSON of this program."""
    try:
        return ours.is_ours(json.loads(text))
    except (ValueError, RecursionError):
        return False
