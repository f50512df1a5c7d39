"""What records are called in sentences: the noun of a kind and the name of a record."""

from __future__ import annotations

from journeymap.i18n import _
from journeymap.model import lanes
from journeymap.model.records import Action, Lane, PainPoint, Record


def noun(kind: type[Record]) -> str:
    """What a record of this type is called in the middle of a sentence."""
    return {
        "Map": _("map"),
        "Brand": _("brand"),
        "State": _("state"),
        "Persona": _("persona"),
        "Trait": _("trait"),
        "Slider": _("slider"),
        "Phase": _("phase"),
        "Department": _("department"),
        "Channel": _("channel"),
        "Touchpoint": _("touchpoint"),
        "Link": _("link"),
        "Lane": _("lane"),
        "Card": _("card"),
        "Emotion": _("emotion"),
        "UserStory": _("user story"),
        "Tag": _("tag"),
        "Tagging": _("tag"),
        "Note": _("note"),
        "Attachment": _("attachment"),
        "RegisterEntry": _("register entry"),
        "PainPoint": _("pain"),
        "Opportunity": _("opportunity"),
        "Action": _("action"),
        "Answer": _("answer to a pain"),
        "Dismissal": _("dismissed proposal"),
        "CheckAnswer": _("self-check answer"),
        "DataSet": _("data set"),
        "Measure": _("measure"),
        "KpiTarget": _("target"),
        "TypedKpi": _("figure"),
        "Quote": _("quote"),
        "View": _("view"),
        "Version": _("version"),
    }.get(kind.__name__, kind.__name__)


def name(record: Record) -> str:
    """What this record is called: its name, title or text; "" where it has none."""
    match record:
        case PainPoint():
            return f"P{record.number}"
        case Action():
            return f"A{record.number}"
        case Lane():
            return lanes.title(record)
    for field in ("name", "title", "text", "label"):
        value = getattr(record, field, "")
        if value:
            return str(value)
    return ""


def named(record: Record) -> str:
    """Noun and name: touchpoint “Check in”; only the noun where there is no name. Long names are cut at 40 characters."""
    called = name(record)
    if not called:
        return noun(type(record))
    short = called if len(called) <= 40 else called[:39].rstrip() + "…"
    return _("{noun} “{name}”").format(noun=noun(type(record)), name=short)
