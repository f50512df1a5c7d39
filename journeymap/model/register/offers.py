"""What imports found: personal columns that a data set's account names, as entries that a person can take over.

The map keeps none of these columns (or pseudonyms of them, which are still personal data); but who holds the source
processes them, and that belongs into the register.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from msgspec import Struct

from journeymap.i18n import _
from journeymap.model import journey
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Dismissal, Id, Measure, RegisterEntry


class Offer(Struct, frozen=True):
    """A proposed entry; `touchpoint_id` is where it may belong (None on a map without touchpoints)."""

    data_set_id: Id
    touchpoint_id: Id | None
    data: str
    purpose: str
    source: str
    pseudonymised: bool


def offers(document: Document) -> list[Offer]:
    """The entries that the map's data sets suggest and that nobody has taken over or dismissed yet."""
    known = {one.source for one in document.all(RegisterEntry)} | {one.source for one in document.all(Dismissal)}
    found: dict[str, Offer] = {}
    for data_set in document.all(DataSet):
        for fate, columns in _personal(data_set).items():
            offer = _offer(document, data_set, fate, columns) if columns else None
            if offer is not None and offer.source not in known:
                found.setdefault(offer.source, offer)
    return list(found.values())


def _personal(data_set: DataSet) -> dict[str, dict[str, str]]:
    """By fate ("personal": left out, "pseudonymised") the columns with their reasons; none where the account is not ours."""
    try:
        account = json.loads(data_set.account)
    except ValueError:
        return {}
    parts = {fate: account.get(fate) for fate in ("personal", "pseudonymised")} if isinstance(account, dict) else {}
    return {
        fate: {str(column): str(reason) for column, reason in columns.items()}
        for fate, columns in parts.items()
        if isinstance(columns, dict)
    }


def _offer(document: Document, data_set: DataSet, fate: str, columns: Mapping[str, str]) -> Offer:
    hashed = fate == "pseudonymised"
    data = _described(columns)
    if hashed:
        data = _("{columns}, pseudonymised (still personal data)").format(columns=data)
    purpose = _("Measuring what customers experience: “{name}”").format(name=data_set.name or data_set.source)
    return Offer(
        data_set.id, _where(document, data_set), data, purpose, _source(document, data_set, fate, columns), hashed
    )


def _described(columns: Mapping[str, str]) -> str:
    """What the columns hold, each kind with the columns' names: "e-mail addresses (“E-mail”), …"."""
    asked = {_("asked to be left out"), _("asked to be pseudonymised"), ""}
    kinds: dict[str, list[str]] = {}
    for column, reason in columns.items():
        kinds.setdefault("" if reason in asked else reason, []).append(_("“{column}”").format(column=column))
    parts = [
        _("{kind} ({columns})").format(kind=kind, columns=", ".join(names)) for kind, names in kinds.items() if kind
    ]
    text = ", ".join([*parts, *kinds.get("", [])])
    return text[:1].upper() + text[1:]


def _source(document: Document, data_set: DataSet, fate: str, columns: Mapping[str, str]) -> str:
    """What an offer is known by: the columns and the questions beside them, so that next month's file is no news."""
    asked = sorted({one.column for one in document.referring(Measure, "data_set_id", data_set.id)})
    text = json.dumps([sorted(columns), asked], ensure_ascii=False)
    return f"register|{fate}|{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _where(document: Document, data_set: DataSet) -> Id | None:
    """The last touchpoint that the data set measures (a survey comes after what it asks about), else the map's last."""
    row = [one.id for one in journey.every_touchpoint(document)]
    measured = {one.touchpoint_id for one in document.referring(Measure, "data_set_id", data_set.id)}
    return next((id_ for id_ in reversed(row) if id_ in measured), row[-1] if row else None)
