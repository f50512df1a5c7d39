"""The records of questions: which statistic, which published form of the KPI, what was counted, in which unit."""

from __future__ import annotations

from journeymap.data.counting.hours import Hours
from journeymap.data.recipe.question import HAPPENED, STAYING, Question, Worth
from journeymap.model import kpi
from journeymap.model.records import Measure, new_id


def measure_of(question: Question, currency: str) -> Measure:
    """The record of a settled question, not yet standing anywhere; `currency` is that of the map."""
    plain = question.composed and not question.quantity
    return Measure(
        new_id(),
        "",
        kpi=question.kpi,
        name=question.name,
        column=question.shown,
        statistic=_statistic(question),
        unit=_unit(question, currency),
        counted=_counted(question),
        scale=(0.0, 1.0) if plain else () if question.kpi == "response_time" else question.scale,
        positive=(1.0,) if plain else question.positive,
        is_reversed=question.reversed,
        definition=definition(question),
    )


def definition(question: Question) -> str:
    """Which form of its KPI a question asks for, as `model.kpi` knows them; "" for the only one."""
    if question.kpi in STAYING:
        return kpi.AT_START if question.start or question.joined else kpi.LISTED
    if question.kpi == "response_time" and question.begin:
        return f"{kpi.OFFICE} {Hours.read(question.hours)}" if question.hours else kpi.CLOCK
    if question.kpi == "clv":
        worth = question.worth
        numbers = f" {worth.years:g} {worth.margin:g} {worth.acquisition_cost:g} {worth.discount:g}"
        form = kpi.HISTORIC if question.amount else kpi.FORMULA if worth != Worth() else ""
        return form + (numbers if worth != Worth() else "")
    return kpi.STEPS if question.steps else kpi.SUMMED if question.aggregate else ""


def _statistic(question: Question) -> str:
    if question.kpi == "nps":
        return "nps"
    if question.statistic:
        return question.statistic
    if question.aggregate:
        return "mean"
    if question.kpi == "ces" and not question.positive and question.scale != (1.0, 5.0):
        return "mean"  # the other published form: the mean of a 1–7 item
    return kpi.definition(question.kpi).statistic


def _unit(question: Question, currency: str) -> str:
    if question.unit:
        return question.unit
    if question.kpi in HAPPENED and question.quantity:
        return "%"
    return {"response_time": "h", "clv": currency}.get(question.kpi, "")


def _counted(question: Question) -> str:
    if question.customer or question.kpi in {*STAYING, "clv"}:
        return "customer"
    return {"response_time": "case", "conversion": "session", "dropoff": "session", "bounce": "session"}.get(
        question.kpi, "row"
    )
