"""Edges of the graph beyond the order of the grid."""

from __future__ import annotations

from journeymap.i18n import _
from journeymap.model import journey
from journeymap.model.change import Change, adding
from journeymap.model.commands import rows
from journeymap.model.commands.editing import delete
from journeymap.model.document import Document
from journeymap.model.records import Id, Link, Touchpoint, new_id


def link(
    document: Document,
    source_id: Id,
    target_id: Id,
    *,
    kind: str | None = None,
    label: str = "",
    share: float | None = None,
    persona_id: Id | None = None,
) -> Change:
    """A way from one touchpoint to another; `kind` by default "loop" where it leads back, else "branch"."""
    source, target = rows.wanted(document, Touchpoint, source_id), rows.wanted(document, Touchpoint, target_id)
    found = kind or ("loop" if _leads_back(document, source, target) else "branch")
    return adding(_("Link touchpoints"), Link(new_id(), source_id, target_id, found, label, share, persona_id))


def unlink(document: Document, *link_ids: Id) -> Change:
    """Takes links away."""
    return delete(document, *link_ids).named(_("Remove link"))


def _leads_back(document: Document, source: Touchpoint, target: Touchpoint) -> bool:
    if source.phase_id == target.phase_id:
        return (target.order, target.id) <= (source.order, source.id)
    row = [touchpoint.id for touchpoint in journey.touchpoints(document, journey.state_of(document, source.id))]
    return target.id in row and row.index(target.id) < row.index(source.id)
