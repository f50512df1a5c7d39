"""Edges of the graph beyond the order of the grid."""

from __future__ import annotations

from journeymap.i18n import _
from journeymap.model import journey
from journeymap.model.change import Change, adding, updating
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
    """A way from one touchpoint to another; `kind` by default what `kind_between` says."""
    rows.wanted(document, Touchpoint, source_id)
    rows.wanted(document, Touchpoint, target_id)
    found = kind or kind_between(document, source_id, target_id)
    return adding(_("Link touchpoints"), Link(new_id(), source_id, target_id, found, label, share, persona_id))


def kind_between(document: Document, source_id: Id, target_id: Id) -> str:
    """What a way is by its ends: "loop" where it leads back, "switch" where the channel changes, else "branch"."""
    source, target = rows.wanted(document, Touchpoint, source_id), rows.wanted(document, Touchpoint, target_id)
    if _leads_back(document, source, target):
        return "loop"
    switched = source.channel_id and target.channel_id and source.channel_id != target.channel_id
    return "switch" if switched else "branch"


def reroute(document: Document, link_id: Id, *, source_id: Id | None = None, target_id: Id | None = None) -> Change:
    """Another beginning or end for a link; loop and branch follow the new direction, any other kind stays."""
    old = rows.wanted(document, Link, link_id)
    ends = (source_id or old.source_id, target_id or old.target_id)
    for end in ends:
        rows.wanted(document, Touchpoint, end)
    was = kind_between(document, old.source_id, old.target_id)
    kind = kind_between(document, *ends) if old.kind == was else old.kind
    return updating(_("Reroute link"), old, source_id=ends[0], target_id=ends[1], kind=kind)


def unlink(document: Document, *link_ids: Id) -> Change:
    """Takes links away."""
    return delete(document, *link_ids).named(_("Remove link"))


def _leads_back(document: Document, source: Touchpoint, target: Touchpoint) -> bool:
    if source.phase_id == target.phase_id:
        return (target.order, target.id) <= (source.order, source.id)
    row = [touchpoint.id for touchpoint in journey.touchpoints(document, journey.state_of(document, source.id))]
    return target.id in row and row.index(target.id) < row.index(source.id)
