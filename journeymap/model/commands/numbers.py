"""The running numbers of pains (P1, P2 …) and actions (A1, A2 …)."""

from __future__ import annotations

from journeymap.model.document import Document
from journeymap.model.records import Action, PainPoint


def next_number(document: Document, kind: type[PainPoint] | type[Action]) -> int:
    """One more than the highest number in use; numbers of deleted ones in between stay free, papers may name them."""
    return max((record.number for record in document.all(kind)), default=0) + 1
