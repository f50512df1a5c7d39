"""Tables of a help desk: Zendesk, Freshdesk, Intercom and their kind, told by the columns only such a table has.

What looks like a duration is often a point in time there ("First Response Time: 2023-06-01 12:15:36"), one customer has
several tickets, some are open, and tables of history hold a ticket once for every change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from journeymap.data.dialects import layout as ways
from journeymap.data.dialects.layout import Drop, Facts, Head, Layout, clean, tidy
from journeymap.i18n import _

_SIGNATURES = (
    ("Zendesk", {"requester_id", "submitter_id"}),
    ("Zendesk", {"ticket_id", "field_name", "value"}),
    ("Zendesk", {"ticket_id", "tag"}),
    ("Zendesk", {"ticket_id", "body", "public"}),
    ("Zendesk", {"requester", "ticket id", "subject"}),
    ("Zendesk", {"role", "ticket_restriction", "two_factor_auth_enabled"}),
    ("Freshdesk", {"ticket id", "created time", "resolved time"}),
    ("Freshdesk", {"requester_id", "responder_id", "fr_due_by"}),
    ("Intercom", {"conversation_rating_value", "source_author_id"}),
    ("Intercom", {"conversation_id", "part_type"}),
    ("Intercom", {"signed_up_at", "unsubscribed_from_emails"}),
    ("Tickets", {"ticket id", "time to resolution"}),
    ("Tickets", {"ticket id", "first response time"}),
)
_CUSTOMER = (
    "requester_id",
    "source_author_id",
    "customer email",
    "requester email",
    "requester",
    "contact_id",
    "customer_id",
    "author_id",
)
_OPENED = ("created_at", "created", "created time", "created at", "date of purchase", "updated")
_OPEN = frozenset(
    {
        "new",
        "open",
        "pending",
        "hold",
        "on-hold",
        "pending customer response",
        "waiting on customer",
        "snoozed",
        "2",
        "3",
    }
)
_WRITTEN = frozenset({"description", "body", "comment", "raw_subject", "subject", "source_body", "source_subject",
                      "conversation_rating_remark", "ticket description", "ticket subject", "resolution"})  # fmt: skip
_NO_GROUPS = frozenset({"merged_ticket_ids", "value", "old_value", "new_value"})
_ACTIVE = "_fivetran_active"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*|\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d\d.*")


def layout(head: Head) -> Layout | None:
    """The layout of a table of tickets, or None."""
    headers = [clean(cell) for cell in head.records[0]] if head.records else []
    folded = {header.casefold(): place for place, header in reversed(list(enumerate(headers)))}
    tool = next((name for name, told in _SIGNATURES if told <= set(folded)), "")
    if not tool:
        return None
    width = len(headers)
    rows = [[*map(tidy, row), *[""] * (width - len(row))][:width] for row in head.records[1:]]
    cells = [list(column) for column in zip(*rows, strict=True)] or [[] for _place in range(width)]
    names = ways.names(headers)
    drops = _drops(folded)
    used = [row for row in rows if not any(row[drop.index].casefold() in drop.texts for drop in drops)]
    facts = Facts(tool, kinds=_kinds(names, folded, cells), notes=_notes(folded, used))
    return Layout(ways.columns(headers), 1, width, drops=drops, headers=tuple(headers), facts=facts)


def _drops(folded: dict[str, int]) -> tuple[Drop, ...]:
    drops = []
    if _ACTIVE in folded:
        drops.append(Drop("an earlier state of the same record", folded[_ACTIVE], frozenset({"false"})))
    if "status" in folded:
        drops.append(Drop("deleted", folded["status"], frozenset({"deleted", "spam"})))
    return tuple(drops)


def _kinds(names: Sequence[str], folded: dict[str, int], cells: Sequence[Sequence[str]]) -> dict[str, tuple[str, str]]:
    kinds: dict[str, tuple[str, str]] = {}
    opened = next((folded[name] for name in _OPENED if name in folded and any(cells[folded[name]])), None)
    customer = next((folded[name] for name in _CUSTOMER if name in folded), None)
    for place, name in enumerate(names):
        filled = [cell for cell in cells[place] if cell]
        if place == opened and filled and all(map(_MOMENT.fullmatch, filled)):
            kinds[name] = ("date", _("when the ticket was opened"))
        elif filled and sum(_MOMENT.fullmatch(cell) is not None for cell in filled) * 10 >= 9 * len(filled):
            kinds[name] = ("other", _("a point in time, not a duration"))
        elif place == customer and filled and not any("@" in cell for cell in filled):
            kinds[name] = ("respondent", _("the customer; one customer may have several tickets"))
        elif (
            name.casefold().startswith("_fivetran")
            or name.casefold().endswith(("_id", " id"))
            or name.casefold() == "id"
        ):
            kinds[name] = ("other", _("a key of the help desk"))
        elif name.casefold() in _WRITTEN:
            kinds[name] = ("comment", _("what the customer or the agent wrote; not stored"))
        elif name.casefold() in _NO_GROUPS:
            kinds[name] = ("other", _("a key of the help desk"))
    return kinds


def _notes(folded: dict[str, int], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    notes = []
    customer = next((folded[name] for name in _CUSTOMER if name in folded), None)
    if customer is not None and rows:
        known = {row[customer] for row in rows} - {""}
        if 0 < len(known) < len(rows):
            notes.append(_("The first {n} tickets come from {customers} customers: one customer is not one ticket.").format(
                n=len(rows), customers=len(known)
            ))  # fmt: skip
    state = next((folded[name] for name in ("status", "state", "ticket status") if name in folded), None)
    if state is not None:
        waiting = sum(row[state].casefold() in _OPEN for row in rows)
        if waiting:
            notes.append(_("Of the first {n} tickets {open} are not solved yet.").format(n=len(rows), open=waiting))
    return tuple(notes)
