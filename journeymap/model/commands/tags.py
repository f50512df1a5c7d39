"""Tags of a touchpoint: free labels, found by their name or made; one that nobody carries any more goes."""

from __future__ import annotations

from collections.abc import Iterable

from journeymap.i18n import _
from journeymap.model import order
from journeymap.model.change import Change
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.records import Id, Record, Tag, Tagging, Touchpoint, View, new_id


def set_tags(document: Document, touchpoint_id: Id, names: Iterable[str]) -> Change:
    """The tags of a touchpoint by their names (upper and lower case are one), all of them; none takes them away.

    A tag that is new is made; one that no touchpoint carries then goes, unless a saved view asks for it.
    """
    rows.wanted(document, Touchpoint, touchpoint_id)
    wanted: dict[str, str] = {}
    for name in (" ".join(name.split()) for name in names):
        if name:
            wanted.setdefault(name.casefold(), name)
    every = document.all(Tag)
    known = {tag.name.casefold(): tag for tag in every}
    carried = {one.tag_id: one for one in document.referring(Tagging, "touchpoint_id", touchpoint_id)}
    added: dict[Id, Record] = {}
    keep: set[Id] = set()
    fresh = [name for key, name in wanted.items() if key not in known]
    for key, name in zip(order.at_end(every, len(fresh)), fresh, strict=True):
        tag = Tag(new_id(), key, name)
        added[tag.id] = known[name.casefold()] = tag
    for key in wanted:
        tag = known[key]
        keep.add(tag.id)
        if tag.id not in carried:
            tagging = Tagging(new_id(), tag.id, touchpoint_id)
            added[tagging.id] = tagging
    removed: dict[Id, Record] = {one.id: one for id_, one in carried.items() if id_ not in keep}
    for id_ in carried.keys() - keep:
        if len(document.referring(Tagging, "tag_id", id_)) == 1 and not _asked(document, id_):
            removed[id_] = document.one(Tag, id_)
    return Change(_("Change tags"), added, {}, removed)


def _asked(document: Document, tag_id: Id) -> bool:
    return any(tag_id in view.tags for view in document.all(View))


def tags(document: Document, touchpoint_id: Id) -> list[Tag]:
    """The tags of a touchpoint in their order."""
    carried = {one.tag_id for one in document.referring(Tagging, "touchpoint_id", touchpoint_id)}
    return [tag for tag in document.all(Tag) if tag.id in carried] if carried else []
