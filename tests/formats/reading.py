"""Reading PDFs back, the way another program does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2


def squeezed(text: str) -> str:
    """Without spaces and hyphens at line ends, so that broken lines compare with what was written."""
    return re.sub(r"[\s\u00a0\u202f\u00ad\ufffe-]+", "", text)


def text_of(path: Path) -> str:
    """All text in the order of the pages' operators, by PDFium."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def fonts_of(path: Path) -> list[Any]:
    """Every font dictionary of the file."""
    found = {}
    for page in pypdf.PdfReader(path).pages:
        for reference in page["/Resources"].get("/Font", {}).values():
            font = reference.get_object()
            found[font["/BaseFont"]] = font
    return list(found.values())


def images_of(path: Path) -> int:
    """How many raster pictures the pages hold."""
    return sum(len(page.images) for page in pypdf.PdfReader(path).pages)


def outline_of(path: Path) -> list[Any]:
    """The bookmarks as nested titles."""

    def titles(entries: list[Any]) -> list[Any]:
        return [titles(entry) if isinstance(entry, list) else entry.title for entry in entries]

    return titles(pypdf.PdfReader(path).outline)


def links_of(path: Path) -> list[tuple[int, int]]:
    """(page of the link, page it leads to) of every link within the file."""
    reader = pypdf.PdfReader(path)
    pages = {page.indirect_reference.idnum: i for i, page in enumerate(reader.pages)}
    found = []
    for i, page in enumerate(reader.pages):
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            target = note.get("/Dest") or note["/A"]["/D"]
            target = target if isinstance(target, list) else reader.named_destinations[str(target)].dest_array
            found.append((i, pages[target[0].idnum]))
    return found
