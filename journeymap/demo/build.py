"""How the worked example comes to be: the same steps that a team would take, one Change each, in a real file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from journeymap.data import Columns, Question, Recipe, Source, prepare
from journeymap.demo import plan, register, survey
from journeymap.demo.airport import AIRPORT, TITLE
from journeymap.i18n import _
from journeymap.model import commands, outline
from journeymap.model.draft import Draft
from journeymap.model.figures import figures
from journeymap.model.proposals import proposals
from journeymap.model.records import Id, Opportunity, PainPoint, Touchpoint
from journeymap.session import Session

DELIVERED: Final = "Version 1"
"""The version that says what the example was before anybody edited it."""


def recipe() -> Recipe:
    """How the survey is read."""
    items = {**survey.ITEMS, "Find the metro": survey.METRO}
    scaled = [
        Question(
            "ces" if name == "Check in" else "csat",
            item.column,
            touchpoint=name,
            scale=(1.0, 5.0),
            missing=(float(survey.NO_ANSWER),),
            not_applicable=(float(survey.DID_NOT_USE),),
        )
        for name, item in items.items()
    ]
    recommend = Question("nps", survey.RECOMMEND, scale=(0.0, 10.0), missing=(float(survey.DO_NOT_KNOW),))
    minutes = Question(
        "number", survey.MINUTES, touchpoint="Queue for security", statistic="p90", unit="min", name="Wait p90"
    )
    columns = Columns(
        date="Submitted",
        date_format="%d.%m.%Y %H:%M",
        respondent="Response ID",
        segments=("Traveller", "Age group"),
        comments=("Comment",),
        drop=("E-mail",),
    )
    return Recipe(Source(encoding="utf-8", delimiter=";"), columns, (recommend, *scaled, minutes))


def build(path: Path, source: Path) -> None:
    """Makes the example's map at `path`, which does not exist yet, with the survey at `source` imported."""
    with Session.create(path, list(outline.build(AIRPORT, TITLE).document)) as session:
        intake = prepare(session.document, [source], recipe(), name="Passenger survey")
        session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        _figures(session)
        _pains(session)
        _actions(session)
        _register(session)
        session.name_version(DELIVERED)
        session.flush()


def _figures(session: Session) -> None:
    draft = Draft(session.document)
    for touchpoint, kpi, value in plan.TARGETS:
        draft.do(commands.set_target, kpi, value, touchpoint_id=touchpoint and _at(draft, touchpoint))
    session.perform(draft.change(_("Set targets")))
    draft = Draft(session.document)
    for touchpoint, kpi, name, value, low, high, n, unit, source in plan.TYPED:
        draft.do(
            commands.type_kpi,
            kpi,
            value,
            touchpoint_id=_at(draft, touchpoint),
            name=name,
            low=low,
            high=high,
            n=n,
            unit=unit,
            period=plan.PERIOD,
            source=source,
        )
    session.perform(draft.change(_("Type in figures")))


def _pains(session: Session) -> None:
    """What the survey proposes is accepted where the team agrees, and put into its words."""
    found = proposals(session.document, figures(session.document, session.cube), session.cube)
    draft = Draft(session.document)
    for hurt in plan.PAINS:
        at = _at(draft, hurt.touchpoint)
        proposed = next(one for one in found if one.touchpoint_id == at and one.certain and one.frequency is not None)
        id_ = draft.do(commands.accept, proposed)
        draft.do(commands.edit, id_, text=hurt.text, severity=hurt.severity)
    session.perform(draft.change(_("Accept pains")))


def _actions(session: Session) -> None:
    draft = Draft(session.document)
    for step in plan.STEPS:
        pains, chance = _answered(draft, step.key)
        department, _made = commands.department(draft.document, step.department)
        touchpoint, kpi = step.kpi
        low, high = step.expected or (None, None)
        draft.do(
            commands.add_action,
            step.title,
            pains=pains,
            opportunity_id=chance,
            department_id=department,
            owner=step.owner,
            start=step.start,
            due=step.due,
            status=step.status,
            effort=step.effort,
            impact=step.impact,
            cost=step.cost,
            kpi=kpi,
            kpi_touchpoint_id=_at(draft, touchpoint),
            expected_low=low,
            expected_high=high,
        )
    session.perform(draft.change(_("Plan actions")))


def _register(session: Session) -> None:
    draft = Draft(session.document)
    for touchpoint, data, purpose, basis, special, retention, recipients in register.ENTRIES:
        draft.do(
            commands.add_entry,
            _at(draft, touchpoint),
            data=data,
            purpose=purpose,
            legal_basis=basis,
            special=special,
            retention=retention,
            recipients=recipients,
        )
    for touchpoint in register.NO_DATA:
        draft.do(commands.say_no_data, _at(draft, touchpoint))
    session.perform(draft.change(_("Fill in the register")))


def _answered(draft: Draft, key: str) -> tuple[list[Id], Id | None]:
    """The pains that an action answers, and the opportunity that it takes up."""
    numbered = sorted(draft.document.all(PainPoint), key=lambda pain: pain.number)
    mine = [pain for pain, hurt in zip(numbered, plan.PAINS, strict=True) if hurt.action == key]
    chances = [
        one.id for pain in mine for one in draft.document.referring(Opportunity, "touchpoint_id", pain.touchpoint_id)
    ]
    return [pain.id for pain in mine], chances[0] if chances else None


def _at(draft: Draft, name: str) -> Id:
    return outline.named(draft, Touchpoint, name)
