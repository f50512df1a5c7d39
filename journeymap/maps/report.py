"""What came in from elsewhere and what did not, for people and for scripts."""

from __future__ import annotations

from typing import Any

from journeymap.i18n import _, ngettext
from journeymap.maps.adding import counted
from journeymap.maps.brought import Brought
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Persona, Phase, Touchpoint


def as_json(brought: Brought, source: str, added: Change | None = None) -> dict[str, Any]:
    """{"source", "format", "title", "created": {"phases", "touchpoints", "personas"}: names, "not_carried": [{text, count, lines}]}.

    `created` is what the change adds to an open map; of a new map everything.
    """
    kept = list(added.added.values()) if added is not None else list(brought.records)
    created = {
        "phases": [one.name for one in kept if isinstance(one, Phase)],
        "touchpoints": [one.name for one in kept if isinstance(one, Touchpoint)],
        "personas": [one.name for one in kept if isinstance(one, Persona)],
    }
    return {
        "source": source, "format": brought.format, "title": brought.title, "created": created,
        "not_carried": [loss.as_json() for loss in brought.losses],
    }  # fmt: skip


def text(brought: Brought, source: str, added: Change | None = None) -> str:
    """The same for a person: what it holds, what is new, and every loss in a line of its own."""
    lines = [_("{source}: {held}").format(source=source, held=", ".join(counted(brought)))]
    if added is not None:
        lines.append("  " + new(added))
    if brought.losses:
        lines.append(_("Not carried over as it stood:"))
        lines += [f"  {loss}" for loss in brought.losses]
    return "\n".join(lines)


def new(added: Change) -> str:
    """What a change adds, in a line."""
    phases = sum(isinstance(one, Phase) for one in added.added.values())
    points = sum(isinstance(one, Touchpoint) for one in added.added.values())
    return ", ".join(
        (
            ngettext("{n} new phase", "{n} new phases", phases).format(n=phases),
            ngettext("{n} new touchpoint", "{n} new touchpoints", points).format(n=points),
        )
    )


def whole(document: Document) -> Change:
    """A new map as the Change that makes it, for the report."""
    return Change("", {record.id: record for record in document})
