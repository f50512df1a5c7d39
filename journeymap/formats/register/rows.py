"""The register as data: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from journeymap.formats import tables
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import RegisterEntry
from journeymap.model.register import FIELDS, Place, basis, condition, field_name, gaps, lacking, no_data, places, told

_COLUMNS = ("phase", "touchpoint", "data", "purpose", "legal_basis", "special", "retention", "recipients", "missing")


def head() -> list[str]:
    """The names of the columns of a table of the register."""
    return [field_name(name) for name in _COLUMNS]


def table_row(place: Place, entry: RegisterEntry | None) -> list[str]:
    """One line of such a table; a touchpoint without an entry says why it has none."""
    if entry is None:
        nothing = no_data() if place.none else ""
        return [place.phase.name, place.touchpoint.name, nothing, "", "", "", "", "", "" if nothing else _("entry")]
    lacks = ", ".join(field_name(name) for name in lacking(entry))
    shown = [worded(entry, name) for name in _COLUMNS[2:-1]]
    return [place.phase.name, place.touchpoint.name, *shown, lacks]


def worded(entry: RegisterEntry, name: str) -> str:
    """A field of an entry in words."""
    value = str(getattr(entry, name))
    return {"legal_basis": basis, "special": condition}.get(name, str)(value)


def register_csv(document: Document) -> bytes:
    """Every entry, and a line for each touchpoint without one; in the style of the map's language."""
    rows = [head(), *(row for place in places(document) for row in _rows(place))]
    return tables.csv_file(rows, document.map.language)


def _rows(place: Place) -> Iterator[list[str]]:
    for entry in place.entries or (None,):
        yield table_row(place, entry)


def register_json(document: Document) -> bytes:
    """The register with its gaps; `legal_basis` and `special` as in the file (`6b`, `9a`, own words) and in words."""
    found = places(document)
    gap = gaps(found)
    whole = {
        "map": document.map.title,
        "touchpoints": [_place(place) for place in found],
        "gaps": {
            "without_entry": [place.touchpoint.name for place in gap.open],
            "lacking": dict(gap.lacking),
            "told": told(gap),
        },
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _place(place: Place) -> dict[str, Any]:
    return {
        "phase": place.phase.name,
        "touchpoint": place.touchpoint.name,
        "number": place.number,
        "no_personal_data": place.none is not None,
        "entries": [
            {name: getattr(entry, name) for name in FIELDS}
            | {"legal_basis_words": worded(entry, "legal_basis"), "special_words": worded(entry, "special")}
            | {"missing": list(lacking(entry))}
            for entry in place.entries
        ],
    }
