"""Rows of a spreadsheet as entries: by the names of their columns, or by their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import Id
from journeymap.model.register.places import FIELDS, Place, places
from journeymap.model.register.terms import field_name, no_data, read_basis, read_condition

# What such columns are called, in English and German; compared without case and signs.
_HEADS: Final = {
    "phase": ("phase", "stage"),
    "touchpoint": ("touchpoint", "contact point", "kontaktpunkt", "process", "prozess", "verarbeitungstätigkeit"),
    "data": ("personal data", "data", "categories of data", "daten", "personenbezogene daten", "datenkategorien"),
    "purpose": ("purpose", "purposes", "zweck", "zwecke"),
    "legal_basis": ("legal basis", "basis", "lawful basis", "rechtsgrundlage"),
    "special": ("special categories", "special category", "article 9", "art 9", "besondere kategorien"),
    "retention": ("kept for", "retention", "retention period", "time limits", "löschfrist", "speicherdauer", "frist"),
    "recipients": ("recipients", "recipient", "empfänger"),
}
_ORDER: Final = FIELDS
Fields = dict[str, str]


def pasted(document: Document, rows: Sequence[Sequence[str]], touchpoint_id: Id | None) -> list[tuple[Id, Fields]]:
    """The entries that `rows` hold, each with its touchpoint: the one that the row names, else `touchpoint_id`.

    A first row of known names says what the columns are; without one they are read in the order of FIELDS, after a
    touchpoint where the first column names some. Raises Failure where a touchpoint is not on the map, or is not said.
    """
    filled = [[cell.strip() for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    found = places(document)
    columns = _columns(filled, found)
    body = filled[1:] if filled and names_columns(filled[0]) else filled
    entries: list[tuple[Id, Fields]] = []
    unknown: list[str] = []
    above = ""  # merged cells name a touchpoint once, for the rows below it too
    for row in body:
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if name}
        where = cells.get("touchpoint", "") or above
        above = where
        fields = {name: cells.get(name, "") for name in FIELDS if cells.get(name)}
        if (not fields.get("data") and not fields.get("purpose")) or fields.get("data") == no_data():
            continue  # a touchpoint without an entry
        id_ = _touchpoint(found, where, cells.get("phase", "")) if where else touchpoint_id
        if id_ is None:
            unknown.append(where)
            continue
        entries.append((id_, _read(fields)))
    _refuse(unknown)
    if not entries:
        raise Failure(
            _("There is nothing to paste: copy rows with at least a column of personal data from a spreadsheet first.")
        )
    return entries


def _refuse(unknown: list[str]) -> None:
    named = list(dict.fromkeys(name for name in unknown if name))
    if named:
        raise Failure(
            _("Nothing was pasted, since these touchpoints are not on the map: {names}.").format(
                names=", ".join(f"“{name[:40]}”" for name in named[:5]) + (" …" if len(named) > 5 else "")
            )
        )
    if unknown:
        raise Failure(_("Nothing was pasted: choose the touchpoint that the rows belong to first."))


def _read(fields: Fields) -> Fields:
    readers = {"legal_basis": read_basis, "special": read_condition}
    return {name: readers.get(name, str)(text) for name, text in fields.items()}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())


def _heads() -> dict[str, str]:
    known = {head: name for name, heads in _HEADS.items() for head in heads}
    return known | {_plain(field_name(name)): name for name in _HEADS}


def names_columns(row: Sequence[str]) -> bool:
    """Whether a row names columns: at least two known names, and more of them than other texts."""
    known = _heads()
    texts = [_plain(cell) for cell in row if cell]
    hits = sum(text in known for text in texts)
    return hits >= 2 and hits * 2 > len(texts)


def _columns(rows: Sequence[Sequence[str]], found: Sequence[Place]) -> list[str]:
    """The field that each column holds, "" for none."""
    if not rows:
        return []
    if names_columns(rows[0]):
        known = _heads()
        return [known.get(_plain(cell), "") for cell in rows[0]]
    first = [row[0] for row in rows if row[0]]
    named = sum(_touchpoint(found, cell, "") is not None for cell in first)
    return ["touchpoint", *_ORDER] if named * 2 > len(first) else list(_ORDER)


def _touchpoint(found: Sequence[Place], text: str, phase: str) -> Id | None:
    """The touchpoint of a name, with or without its number before it; the one in the named phase where there are several."""
    text = " ".join(text.split()).casefold()
    hits = [
        place
        for place in found
        if text in {place.touchpoint.name.casefold(), f"{place.number} {place.touchpoint.name}".casefold()} and text
    ]
    near = [place for place in hits if place.phase.name.casefold() == phase.casefold()]
    return (near or hits)[0].touchpoint.id if hits else None
