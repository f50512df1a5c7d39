"""The checker catches the ten classic mistakes, one planted in a sound map each, and leaves sound maps in peace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from journeymap import templates
from journeymap.model import commands, lanes
from journeymap.model.checker import mend, remarks
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures, figures
from journeymap.model.outline import build
from journeymap.model.records import Emotion, Lane, Map, PainPoint, Phase, Touchpoint, TypedKpi

SOUND = {
    "map": {"scenario": "A family hires four bicycles for a weekend", "finding": "The return spoils the ride"},
    "departments": [{"name": "Booking"}, {"name": "Shop"}, {"name": "Workshop"}],
    "personas": [{"name": "Ines", "line": "41, rides with three children", "interviews": 9}],
    "phases": [
        {"name": "Look around", "touchpoints": [
            {"name": "Ask friends", "department": "Booking", "emotions": {"Ines": 0.5}},
            {"name": "Compare shops", "department": "Booking", "emotions": {"Ines": 0.0}},
        ]},
        {"name": "Hire", "touchpoints": [
            {"name": "Choose the bicycles", "department": "Shop", "emotions": {"Ines": 1.0}, "moment_of_truth": True},
            {"name": "Sign the papers", "department": "Shop", "emotions": {"Ines": -1.0}},
        ]},
        {"name": "Ride", "touchpoints": [
            {"name": "Ride along the river", "department": "Workshop", "emotions": {"Ines": 2.0}},
            {"name": "Mend a flat tyre", "department": "Workshop", "emotions": {"Ines": -1.5}},
        ]},
        {"name": "Return and remember", "touchpoints": [
            {"name": "Bring them back", "department": "Shop", "emotions": {"Ines": -0.5}},
            {"name": "Tell the neighbours", "department": "Booking", "emotions": {"Ines": 1.0}},
        ]},
    ],
}  # fmt: skip


def sound() -> Draft:
    """A map that an expert would let pass: research, owners, a curve, a finding, an answered pain."""
    draft = build(SOUND, "Hiring bicycles")
    points = {one.name: one.id for one in draft.document.all(Touchpoint)}
    draft.do(commands.type_kpi, "csat", 61.0, touchpoint_id=points["Mend a flat tyre"], n=240, source="Survey 2026")
    pain = draft.do(commands.add_pain, points["Mend a flat tyre"], "Nobody answers the phone", severity=5)
    draft.do(commands.add_action, "A number that is answered", pains=[pain])
    return draft


def said(document: Document) -> set[str]:
    """The rules that have something to say."""
    return {remark.rule for remark in remarks(document, of(document))}


def of(document: Document) -> Figures:
    """The figures of a map whose figures are typed in."""

    def none(data_set_id: str) -> object:
        raise KeyError(data_set_id)

    return figures(document, none)


def test_a_sound_map_is_left_in_peace() -> None:
    assert said(sound().document) == set()


@pytest.mark.parametrize("name", templates.names())
def test_a_template_that_is_marked_as_an_example_raises_no_alarm(name: str) -> None:
    document = Document(templates.records(name, "New"))
    if document.map.example or name == "blank":
        assert said(document) == set()


def change_all(draft: Draft, kind: type, **fields: object) -> None:
    """Gives a field of every record of a kind another value."""
    for record in list(draft.document.all(kind)):
        draft.do(commands.edit, record.id, **fields)


def no_research(draft: Draft) -> None:
    draft.do(commands.edit, next(iter(draft.document.all(TypedKpi))).id, n=None)
    change = commands.delete(draft.document, *[one.id for one in draft.document.all(TypedKpi)])
    draft.take(change)
    for persona in draft.document.all(_persona()):
        draft.do(commands.edit, persona.id, interviews=None)


def _persona() -> type:
    from journeymap.model.records import Persona

    return Persona


def mixed_up(draft: Draft) -> None:
    lane = {one.kind: one.id for one in draft.document.all(Lane)}
    draft.do(commands.move, lane[lanes.BACK_STAGE], lane[lanes.LINE_INTERACTION])


def everything(draft: Draft) -> None:
    phase = draft.document.all(Phase)[1]
    owner = draft.document.all(Touchpoint)[0].department_id
    for number in range(60):
        draft.do(commands.add_touchpoint, phase.id, f"Look at bicycle {number}", department_id=owner)


def nobody(draft: Draft) -> None:
    draft.take(commands.delete(draft.document, *[one.id for one in draft.document.all(_persona())]))


def only_the_sale(draft: Draft) -> None:
    first, _hire, *rest = draft.document.all(Phase)
    draft.take(commands.delete(draft.document, first.id, *[one.id for one in rest]))
    phase = draft.document.all(Phase)[0]
    for number in range(4):
        draft.do(commands.add_touchpoint, phase.id, f"Sign form {number}", owner="Shop")


def company(draft: Draft) -> None:
    draft.do(commands.rename, draft.document.all(Touchpoint)[3].id, "Customer data entry in CRM")


def flat(draft: Draft) -> None:
    for emotion in draft.document.all(Emotion):
        draft.do(commands.edit, emotion.id, value=0.5)


def unchecked(draft: Draft) -> None:
    draft.take(commands.delete(draft.document, *[one.id for one in draft.document.all(TypedKpi)]))


def poster(draft: Draft) -> None:
    from journeymap.model.records import Action, PainPoint

    gone = [*draft.document.all(Action), *draft.document.all(PainPoint)]
    draft.take(commands.delete(draft.document, *[one.id for one in gone]))
    draft.do(commands.edit, draft.document.map.id, finding="")


def ownerless(draft: Draft) -> None:
    change_all(draft, Touchpoint, department_id=None)


PLANTED: dict[str, tuple[Callable[[Draft], None], str]] = {
    "no research": (no_research, "no research"),
    "map and blueprint mixed up": (mixed_up, "map and blueprint mixed up"),
    "everything in one map": (everything, "everything in one map"),
    "no persona": (nobody, "no persona"),
    "no phases before and after": (only_the_sale, "no phase before"),
    "company words": (company, "company words"),
    "flat emotion": (flat, "flat emotion"),
    "never validated": (unchecked, "never validated"),
    "workshop output as the result": (poster, "workshop output as the result"),
    "no owner": (ownerless, "no owner"),
}


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_caught_and_leads_to_its_place(mistake: str) -> None:
    plant, rule = PLANTED[mistake]
    draft = sound()
    plant(draft)
    found = [one for one in remarks(draft.document, of(draft.document)) if one.level == "mistake"]
    assert rule in {one.rule for one in found}
    assert all(id_ in draft.document for one in found for id_ in one.records)
    assert {one.rule for one in found} <= {rule, "no phase after"}, "nothing else is blamed"


@pytest.mark.parametrize("mistake", PLANTED)
def test_what_can_be_mended_is_mended_in_one_step_that_can_be_undone(mistake: str) -> None:
    draft = sound()
    PLANTED[mistake][0](draft)
    document = draft.document
    for remark in remarks(document, of(document)):
        if remark.mend is None:
            with pytest.raises(ValueError, match="cannot be mended"):
                mend(document, remark)
            continue
        before = set(document)
        change = mend(document, remark)
        document.apply(change)
        assert remark.rule not in said(document)
        document.apply(change.inverse())
        assert set(document) == before


def test_a_map_just_begun_is_not_criticised() -> None:
    draft = Draft(commands.new_map("New"))
    phase = draft.do(commands.add_phase, "Buy")
    for number in range(4):
        draft.do(commands.add_touchpoint, phase, f"Step {number}")
    assert remarks(draft.document, Figures()) == []


def test_an_example_is_not_asked_for_research() -> None:
    draft = sound()
    no_research(draft)
    draft.do(commands.edit, draft.document.map.id, example=True)
    assert said(draft.document) == set()


@pytest.mark.parametrize(
    "line", ["55 % female, 1.4 children", "Durchschnittskunde", "the average shopper", "1,4 Kinder"]
)
def test_a_persona_that_is_a_statistic_is_told_apart_from_a_person(line: str) -> None:
    draft = sound()
    persona = draft.document.all(_persona())[0]
    assert "average persona" not in said(draft.document)
    draft.do(commands.edit, persona.id, line=line)
    assert "average persona" in said(draft.document)


@pytest.mark.parametrize(
    "name",
    ["Customer receives confirmation", "Kunde erhält Bestätigung", "Lead qualification", "Antragsbearbeitung", "KYC"],
)
def test_the_companys_words_are_known_in_both_languages(name: str) -> None:
    draft = sound()
    draft.do(commands.rename, draft.document.all(Touchpoint)[0].id, name)
    assert "company words" in said(draft.document)


@pytest.mark.parametrize(
    "name",
    ["Customer service answers", "Kundendienst anrufen", "Read the user manual", "Proceed to the gate", "Gast sein"],
)
def test_ordinary_words_are_not_taken_for_the_companys(name: str) -> None:
    draft = sound()
    draft.do(commands.rename, draft.document.all(Touchpoint)[0].id, name)
    assert "company words" not in said(draft.document)


def test_the_map_record_is_where_remarks_on_the_whole_lead() -> None:
    draft = sound()
    everything(draft)
    found = next(one for one in remarks(draft.document, Figures()) if one.rule == "everything in one map")
    assert isinstance(draft.document.record(found.records[0]), Map)
    assert replace(found, mend=None) == found


def test_pains_without_an_answer_stand_with_the_worst_first() -> None:
    draft = sound()
    for n, touchpoint in enumerate(draft.document.all(Touchpoint)[:5]):
        draft.do(commands.add_pain, touchpoint.id, f"Pain {n}", severity=5 if n == 3 else 4)
    (remark,) = [one for one in remarks(draft.document, of(draft.document)) if one.rule == "pains without an answer"]
    found = [draft.document.record(id_) for id_ in remark.records]
    assert [(one.severity, one.text) for one in found if isinstance(one, PainPoint)] == [
        (5, "Pain 3"), *((4, f"Pain {n}") for n in (0, 1, 2, 4)),
    ]  # fmt: skip
