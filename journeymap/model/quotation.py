"""Quotation marks in the language of a map: what a customer says in German stands in „…“, whatever the program speaks.

The marks are those of the Unicode CLDR (quotationStart, quotationEnd).
"""

from __future__ import annotations

from typing import Final

from journeymap.model.document import Document

ENGLISH: Final = ("“", "”")
_THIN: Final = "\N{NARROW NO-BREAK SPACE}"
MARKS: Final = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt", "et"), ("„", "“")),
    **dict.fromkeys(("pl", "hu", "ro", "hr", "sr"), ("„", "”")),
    **dict.fromkeys(("sv", "fi"), ("”", "”")),
    **dict.fromkeys(("es", "it", "pt", "nb", "nn", "no", "ru", "uk", "el"), ("«", "»")),
    "fr": (f"«{_THIN}", f"{_THIN}»"),
    "ja": ("「", "」"),
}
"""What stands before and after; every other language as in English."""

_ANY: Final = '“”„"«»「」' + _THIN


def quoted(words: str, document: Document) -> str:
    """What somebody says, in the quotation marks of the map's language, in place of any that it came with."""
    before, after = MARKS.get(document.map.language.split("-")[0].casefold(), ENGLISH)
    return f"{before}{bare(words)}{after}"


def bare(words: str) -> str:
    """Without quotation marks around it."""
    return words.strip().strip(_ANY).strip()
