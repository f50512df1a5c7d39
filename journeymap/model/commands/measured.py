"""Figures and their evidence: targets, typed figures, data sets, proposed pains, quotes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from journeymap.i18n import _
from journeymap.model.change import Change, adding, updating
from journeymap.model.commands import rows
from journeymap.model.commands.editing import delete
from journeymap.model.commands.plan import add_pain
from journeymap.model.document import Document
from journeymap.model.records import (
    DataSet,
    Dismissal,
    Id,
    KpiTarget,
    Measure,
    Phase,
    Quote,
    Record,
    Touchpoint,
    TypedKpi,
    new_id,
    with_fields,
)

if TYPE_CHECKING:
    from journeymap.model.proposals import Proposal


def set_target(
    document: Document, kpi: str, value: float | None, *, touchpoint_id: Id | None = None, phase_id: Id | None = None
) -> Change:
    """The target of a KPI at a touchpoint, in a phase, or (neither) on the journey; None takes it away."""
    _place(document, touchpoint_id, phase_id)
    label = _("Set target")
    found = next(
        (
            one
            for one in document.all(KpiTarget)
            if (one.kpi, one.touchpoint_id, one.phase_id) == (kpi, touchpoint_id, phase_id)
        ),
        None,
    )
    if value is None:
        return Change(label, removed={found.id: found} if found else {})
    if found is None:
        return adding(label, KpiTarget(new_id(), touchpoint_id, phase_id, kpi, float(value)))
    return updating(label, found, value=float(value))


def type_kpi(
    document: Document,
    /,
    kpi: str,
    value: float,
    *,
    touchpoint_id: Id | None = None,
    phase_id: Id | None = None,
    **fields: Any,
) -> Change:
    """A figure typed in by hand, at a touchpoint, in a phase, or (neither) on the journey."""
    _place(document, touchpoint_id, phase_id)
    typed = TypedKpi(new_id(), touchpoint_id, phase_id, "", kpi, value=float(value), **fields)
    place = rows.into(document, typed, None)
    made = with_fields(typed, {"order": place.keys[0]})
    return Change(_("Type in figure"), {made.id: made}, rows.reordered(document, place))


def attach(document: Document, data_set: DataSet, measures: Iterable[Measure], others: Iterable[Record] = ()) -> Change:
    """A data set with its measures, and what else its import makes (touchpoints that only the data knew, targets)."""
    place = rows.into(document, data_set, None)
    made = with_fields(data_set, {"order": place.keys[0]})
    label = _("Import {name}").format(name=data_set.name)
    return Change(label, adding("", *others, made, *measures).added, rows.reordered(document, place))


def detach(document: Document, data_set_id: Id) -> Change:
    """Takes a data set off the map; its counts stay in the file for undo."""
    data_set = rows.wanted(document, DataSet, data_set_id)
    return delete(document, data_set_id).named(_("Remove data {name}").format(name=data_set.name))


def accept(document: Document, proposal: Proposal) -> Change:
    """Puts a proposed pain on its touchpoint, with severity, frequency, evidence and where it came from."""
    change = add_pain(
        document,
        proposal.touchpoint_id,
        proposal.text,
        severity=proposal.severity,
        frequency=proposal.frequency,
        frequency_low=proposal.frequency_low,
        frequency_high=proposal.frequency_high,
        frequency_n=proposal.frequency_n,
        evidence=proposal.evidence,
        source=proposal.source,
    )
    return change.named(_("Accept pain"))


def dismiss(document: Document, proposal: Proposal, reason: str = "") -> Change:
    """Turns a proposed pain down; it is not proposed again."""
    if any(one.source == proposal.source for one in document.all(Dismissal)):
        return Change(_("Dismiss proposal"))
    return adding(_("Dismiss proposal"), Dismissal(new_id(), proposal.source, reason))


def add_quote(document: Document, /, text: str, *, touchpoint_id: Id | None = None, **fields: Any) -> Change:
    """What a customer said; call it only when a person has chosen to keep the sentence."""
    _place(document, touchpoint_id, None)
    quote = Quote(new_id(), touchpoint_id, text=text, **fields)
    place = rows.into(document, quote, None)
    made = with_fields(quote, {"order": place.keys[0]})
    return Change(_("Keep quote"), {made.id: made}, rows.reordered(document, place))


def _place(document: Document, touchpoint_id: Id | None, phase_id: Id | None) -> None:
    if touchpoint_id is not None:
        rows.wanted(document, Touchpoint, touchpoint_id)
    if phase_id is not None:
        rows.wanted(document, Phase, phase_id)
