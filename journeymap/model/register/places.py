"""Every touchpoint with its entries, and what the register lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from journeymap.i18n import _, ngettext
from journeymap.model import journey
from journeymap.model.document import Document
from journeymap.model.records import Phase, RegisterEntry, State, Touchpoint
from journeymap.model.register.terms import looks_special

FIELDS: Final = ("data", "purpose", "legal_basis", "retention", "recipients", "special")
"""What an entry says, in the order of its columns; `special` only where special categories of data are processed."""


class Place(Struct, frozen=True):
    """A touchpoint with its number on the map and its entries. `none`: a person has said that it processes nothing
    personal; without that and without entries nobody has thought about it yet.
    """

    phase: Phase
    touchpoint: Touchpoint
    number: int
    entries: tuple[RegisterEntry, ...]
    none: RegisterEntry | None
    state: str = ""  # named where the map has several states

    @property
    def open(self) -> bool:
        """Whether nobody has said anything yet."""
        return not self.entries and self.none is None


def places(document: Document) -> list[Place]:
    """All touchpoints in the order of the map."""
    states = document.all(State)
    several = len(states) > 1
    found: list[Place] = []
    for state in states:
        name = (state.name or (_("To-be") if state.kind == "to_be" else _("As-is"))) if several else ""
        for touchpoint in journey.touchpoints(document, state.id):
            mine = document.referring(RegisterEntry, "touchpoint_id", touchpoint.id)
            entries = tuple(one for one in mine if not one.no_data)
            none = next((one for one in mine if one.no_data), None) if not entries else None
            phase = document.one(Phase, touchpoint.phase_id)
            found.append(Place(phase, touchpoint, len(found) + 1, entries, none, name))
    return found


def lacking(entry: RegisterEntry) -> tuple[str, ...]:
    """The fields of an entry that are still to be filled in; `special` where the data look like a special category."""
    if entry.no_data:
        return ()
    blank = tuple(name for name in FIELDS[:-1] if not getattr(entry, name).strip())
    special = looks_special(entry.data) and not entry.special.strip()
    return (*blank, "special") if special else blank


class Gaps(Struct, frozen=True):
    """What the register lacks: touchpoints without an entry, and how many entries lack which field."""

    touchpoints: int
    entries: int
    none: int
    open: tuple[Place, ...]
    lacking: Mapping[str, int]

    def __bool__(self) -> bool:
        return bool(self.open or self.lacking)


def gaps(found: Sequence[Place]) -> Gaps:
    """Counts what is missing."""
    count = Counter(name for place in found for entry in place.entries for name in lacking(entry))
    entries = sum(len(place.entries) for place in found)
    none = sum(place.none is not None for place in found)
    ordered = {name: count[name] for name in FIELDS if count[name]}
    return Gaps(len(found), entries, none, tuple(place for place in found if place.open), ordered)


def told(gap: Gaps) -> list[str]:
    """The gaps as short sentences without a full stop, the gravest first: "12 touchpoints without an entry"."""
    said = []
    if gap.open:
        n = len(gap.open)
        said.append(ngettext("{n} touchpoint without an entry", "{n} touchpoints without an entry", n).format(n=n))
    for name, n in gap.lacking.items():
        said.append(_lack(name, n).format(n=n))
    return said


def _lack(name: str, n: int) -> str:
    return {
        "data": ngettext("{n} entry without data", "{n} entries without data", n),
        "purpose": ngettext("{n} entry without a purpose", "{n} entries without a purpose", n),
        "legal_basis": ngettext("{n} entry without a legal basis", "{n} entries without a legal basis", n),
        "retention": ngettext("{n} entry without a time of keeping", "{n} entries without a time of keeping", n),
        "recipients": ngettext("{n} entry without recipients", "{n} entries without recipients", n),
        "special": ngettext(
            "{n} entry that may hold special categories of data, without a condition of Art. 9",
            "{n} entries that may hold special categories of data, without a condition of Art. 9",
            n,
        ),
    }[name]
