"""Remarks written down: as text, and as plain data for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.i18n import _, ngettext
from journeymap.model import words
from journeymap.model.checker.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.model.document import Document


def as_json(document: Document, remarks: Sequence[Remark]) -> dict[str, Any]:
    """{"mistakes", "hints", "remarks": [{"rule", "level", "text", "why", "places": [name], "mend"}]}; "mend" is what
    the window offers to do, or null.
    """
    return {
        "mistakes": sum(one.level == "mistake" for one in remarks),
        "hints": sum(one.level == "hint" for one in remarks),
        "remarks": [
            {
                "rule": one.rule, "level": one.level, "text": one.text, "why": one.why,
                "places": places(document, one), "mend": one.cure or None,
            }
            for one in remarks
        ],
    }  # fmt: skip


def text(document: Document, remarks: Sequence[Remark]) -> str:
    """The same for people."""
    if not remarks:
        return _("Nothing to criticise.")
    count = sum(one.level == "mistake" for one in remarks)
    hints = len(remarks) - count
    head = [
        ngettext("{n} mistake", "{n} mistakes", count).format(n=count) if count else "",
        ngettext("{n} hint", "{n} hints", hints).format(n=hints) if hints else "",
    ]
    lines = [", ".join(part for part in head if part)]
    for one in remarks:
        lines += ["", f"{'▲' if one.level == 'mistake' else '·'} {one.text}", f"  {one.why}"]
        named = places(document, one)
        if named and len(one.records) > 1:
            more = len(one.records) - len(named)
            lines.append(_("  Where: {places}").format(places=", ".join(named) + (f" + {more}" if more > 0 else "")))
    return "\n".join(lines)


def places(document: Document, remark: Remark, most: int = 12) -> list[str]:
    """The names of the first places of a remark."""
    records = [document.record(id_) for id_ in remark.records[:most]]
    return [words.name(record) or words.noun(type(record)) for record in records if record is not None]
