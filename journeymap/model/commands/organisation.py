"""Departments and channels: found by their name, or made."""

from __future__ import annotations

from typing import Any, Final

from journeymap.i18n import _
from journeymap.model import order
from journeymap.model.change import Change, adding, merged, updating
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.records import Channel, Department, Id, Touchpoint, new_id

ICONS: Final = (
    ("chatbot", ("bot",)),
    ("chat", ("chat", "messenger", "whatsapp", "instant")),
    ("email", ("mail",)),
    ("sms", ("sms", "text message")),
    ("app", ("app", "mobile", "phone app")),
    ("phone", ("phone", "call", "telefon", "hotline", "anruf")),
    ("social", ("social", "instagram", "facebook", "tiktok", "linkedin")),
    ("web", ("web", "online", "site", "portal", "browser")),
    ("invoice", ("invoice", "bill", "rechnung")),
    ("letter", ("letter", "post", "brief")),
    ("kiosk", ("kiosk", "machine", "automat", "terminal")),
    ("sign", ("sign", "beschilderung", "wegweiser")),
    ("voice", ("voice", "announce", "ansage", "loudspeaker")),
    ("train", ("train", "bus", "bahn")),
    ("shop", ("shop", "store", "filiale", "laden", "branch")),
    ("event", ("event", "fair", "messe")),
    ("tv", ("tv", "television", "radio")),
    ("newspaper", ("press", "print", "newspaper", "zeitung")),
    ("desk", ("desk", "counter", "schalter")),
    ("staff", ("staff", "person", "agent", "visit", "face")),
    ("van", ("delivery", "parcel", "courier", "lieferung")),
    ("product", ("product", "produkt", "device")),
)
"""An icon by a word in the channel's name, the more special first; names as in resources/icons.json."""


def icon_for(name: str) -> str:
    """The icon that suits a channel of that name; "" where none does."""
    lower = name.casefold()
    return next((icon for icon, words in ICONS if any(word in lower for word in words)), "")


def department(document: Document, name: str, *, external: bool = False) -> tuple[Id, Change]:
    """The department of that name (upper and lower case are one), and the Change that makes it where there is none."""
    row = document.all(Department)
    found = next((one for one in row if one.name.casefold() == name.strip().casefold()), None)
    if found is not None:
        return found.id, Change(_("Add department"))
    made = Department(new_id(), order.at_end(row, 1)[0], name.strip(), external)
    return made.id, adding(_("Add department"), made)


def channel(document: Document, name: str, icon: str | None = None) -> tuple[Id, Change]:
    """The channel of that name, and the Change that makes it where there is none (with an icon that suits its name)."""
    row = document.all(Channel)
    found = next((one for one in row if one.name.casefold() == name.strip().casefold()), None)
    if found is not None:
        return found.id, Change(_("Add channel"))
    made = Channel(new_id(), order.at_end(row, 1)[0], name.strip(), icon_for(name) if icon is None else icon)
    return made.id, adding(_("Add channel"), made)


def add_department(document: Document, name: str, *, external: bool = False) -> Change:
    """A department, unless there is one of that name."""
    return department(document, name, external=external)[1]


def add_channel(document: Document, name: str, icon: str | None = None) -> Change:
    """A channel, unless there is one of that name."""
    return channel(document, name, icon)[1]


def set_department(document: Document, touchpoint_id: Id, name: str | None) -> Change:
    """The department that owns a touchpoint, found by its name or made; None or "" takes it away."""
    return _assign(document, touchpoint_id, _("Change department"), "department_id", name, department)


def set_channel(document: Document, touchpoint_id: Id, name: str | None) -> Change:
    """The channel of a touchpoint, found by its name or made; None or "" takes it away."""
    return _assign(document, touchpoint_id, _("Change channel"), "channel_id", name, channel)


def _assign(document: Document, touchpoint_id: Id, label: str, field: str, name: str | None, find: Any) -> Change:
    touchpoint = rows.wanted(document, Touchpoint, touchpoint_id)
    if not (name or "").strip():
        return updating(label, touchpoint, **{field: None})
    id_, made = find(document, name)
    return merged(label, [made, updating(label, touchpoint, **{field: id_})])
