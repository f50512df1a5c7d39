"""The verbs do what a person means by them."""

from __future__ import annotations

import pytest
from gestures import small_map

from journeymap.failure import Failure
from journeymap.model import commands, journey, lanes
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Action,
    Answer,
    Card,
    Channel,
    DataSet,
    Department,
    Emotion,
    KpiTarget,
    Lane,
    Link,
    Map,
    Measure,
    PainPoint,
    Persona,
    Phase,
    State,
    Touchpoint,
    Trait,
    Version,
    new_id,
)


@pytest.fixture
def document() -> Document:
    return small_map()


def done(document: Document, change: Change) -> Document:
    document.fits(change)
    document.apply(change)
    return document


def row(document: Document) -> list[str]:
    return [one.name for one in journey.every_touchpoint(document)]


def point(document: Document, name: str) -> Touchpoint:
    return next(one for one in document.all(Touchpoint) if one.name == name)


def bar(document: Document) -> Card:
    return next(one for one in document.all(Card) if one.text == "Engine")


def covered(document: Document) -> list[str]:
    names = row(document)
    at = names.index(document.one(Touchpoint, bar(document).touchpoint_id).name)
    return names[at : at + bar(document).span]


def test_a_new_map_has_the_usual_lanes_in_their_order_and_channels_with_icons() -> None:
    document = Document(commands.new_map("Weekend", client="Haldenau"))
    assert document.map.title == "Weekend"
    assert document.map.client == "Haldenau"
    assert [lane.kind for lane in document.all(Lane)] == list(lanes.DEFAULT)
    assert len(document.all(State)) == 1
    assert all(channel.icon for channel in document.all(Channel))


def test_a_touchpoint_is_added_before_another_or_at_the_end(document: Document) -> None:
    first, second = document.all(Phase)
    done(document, commands.add_touchpoint(document, first.id, "new", before_id=point(document, "T1").id))
    done(document, commands.add_touchpoint(document, second.id, "last"))
    assert row(document) == ["T0", "new", "T1", "T2", "T3", "last"]


def test_a_touchpoint_moves_to_another_phase(document: Document) -> None:
    second = document.all(Phase)[1]
    change = commands.move_touchpoint(document, point(document, "T0").id, second.id, point(document, "T3").id)
    done(document, change)
    assert row(document) == ["T1", "T2", "T0", "T3"]
    assert point(document, "T0").phase_id == second.id
    assert change.label == "Move touchpoint"


def test_dropping_a_touchpoint_where_it_was_changes_nothing(document: Document) -> None:
    here = point(document, "T0")
    assert not commands.move_touchpoint(document, here.id, here.phase_id, point(document, "T1").id)
    assert not commands.move_touchpoint(document, here.id, here.phase_id, here.id)


def test_a_bar_keeps_to_its_touchpoints_when_columns_come_move_and_go(document: Document) -> None:
    first, second = document.all(Phase)
    assert covered(document) == ["T1", "T2", "T3"]
    done(document, commands.add_touchpoint(document, second.id, "new", before_id=point(document, "T3").id))
    assert covered(document) == ["T1", "T2", "new", "T3"]
    done(document, commands.move_touchpoint(document, point(document, "new").id, first.id, point(document, "T0").id))
    assert covered(document) == ["T1", "T2", "T3"]
    done(document, commands.delete(document, point(document, "T2").id))
    assert covered(document) == ["T1", "T3"]
    done(document, commands.delete(document, point(document, "T1").id))
    assert covered(document) == ["T3"]


def test_a_bar_stays_with_its_beginning_when_a_phase_is_taken_out_from_under_it(document: Document) -> None:
    first, second = document.all(Phase)
    done(document, commands.move(document, second.id, first.id))
    assert row(document) == ["T2", "T3", "T0", "T1"]
    assert covered(document) == ["T1"]


def test_deleting_a_touchpoint_takes_what_cannot_stand_without_it_and_clears_what_only_mentions_it(
    document: Document,
) -> None:
    target = point(document, "T2")
    action = document.all(Action)[0]
    done(document, commands.edit(document, action.id, kpi_touchpoint_id=target.id))
    before = Document(document)
    change = commands.delete(document, target.id)
    done(document, change)
    assert not document.all(PainPoint)
    assert not document.all(Answer)
    assert not document.all(Link)
    assert document.one(Action, action.id).kpi_touchpoint_id is None
    assert len(document.all(Emotion)) == 3
    done(document, change.inverse())
    assert document == before


def test_deleting_several_things_is_one_step(document: Document) -> None:
    change = commands.delete(document, *(one.id for one in document.all(Phase)))
    done(document, change)
    assert not document.all(Touchpoint)
    assert change.label == "Delete 2 things"


def test_the_map_itself_cannot_be_deleted(document: Document) -> None:
    with pytest.raises(Failure, match="delete its file"):
        commands.delete(document, document.map.id)


@pytest.mark.parametrize(
    ("command", "more"),
    [(commands.rename, ("x",)), (commands.delete, ()), (commands.add_touchpoint, ("x",)), (commands.duplicate, ())],
)
def test_commands_on_what_is_gone_say_so(document: Document, command, more) -> None:
    with pytest.raises(Failure, match="not there any more"):
        command(document, new_id(), *more)


def test_a_duplicated_phase_brings_its_touchpoints_and_what_is_written_there(document: Document) -> None:
    second = document.all(Phase)[1]
    change = commands.duplicate(document, second.id)
    done(document, change)
    assert row(document) == ["T0", "T1", "T2", "T3", "T2", "T3"]
    assert len(document.all(Emotion)) == 6
    assert len(document.all(PainPoint)) == 1
    copy = document.one(Phase, commands.made(change))
    assert document.all(Phase)[-1] == copy


def test_a_duplicated_pain_gets_the_next_number(document: Document) -> None:
    done(document, commands.duplicate(document, document.all(PainPoint)[0].id))
    assert sorted(pain.number for pain in document.all(PainPoint)) == [1, 2]


def test_numbers_of_pains_and_actions_go_on(document: Document) -> None:
    target = point(document, "T0").id
    done(document, commands.add_pain(document, target, "second"))
    done(document, commands.add_action(document, "second"))
    assert [pain.number for pain in sorted(document.all(PainPoint), key=lambda one: one.number)] == [1, 2]
    assert [action.number for action in document.all(Action)] == [1, 2]


def test_departments_and_channels_are_found_by_name_or_made(document: Document) -> None:
    target = point(document, "T0").id
    done(document, commands.set_department(document, target, "  shop "))
    assert document.count(Department) == 2
    change = done(document, commands.set_channel(document, target, "Messenger")) and document.all(Channel)[-1]
    assert change.icon == "chat"
    assert point(document, "T0").channel_id == change.id
    done(document, commands.set_department(document, target, ""))
    assert point(document, "T0").department_id is None


def test_personas_get_hues_that_are_free(document: Document) -> None:
    for _ in range(3):
        done(document, commands.add_persona(document, "x"))
    assert sorted(one.hue for one in document.all(Persona)) == [1, 2, 3, 4]


def test_traits_are_ordered_within_their_kind(document: Document) -> None:
    persona = document.all(Persona)[0].id
    change = commands.add_trait(document, persona, "goal", "second")
    done(document, change)
    first = document.all(Trait)[0]
    done(document, commands.move(document, commands.made(change), first.id))
    assert [one.text for one in document.referring(Trait, "persona_id", persona)] == ["second", "be quick"]


def test_an_emotion_is_set_changed_and_taken_away(document: Document) -> None:
    persona, target = document.all(Persona)[0].id, point(document, "T0").id
    done(document, commands.set_emotion(document, persona, target, -2, "cold"))
    found = commands.emotion(document, persona, target)
    assert found is not None
    assert (found.value, found.note) == (-2, "cold")
    done(document, commands.set_emotion(document, persona, target, None))
    assert commands.emotion(document, persona, target) is None


def test_a_link_that_leads_back_is_a_loop(document: Document) -> None:
    names = {one.name: one.id for one in document.all(Touchpoint)}
    kinds = [
        next(iter(commands.link(document, names[a], names[b]).added.values())).kind
        for a, b in [("T3", "T0"), ("T0", "T3"), ("T1", "T0")]
    ]
    assert kinds == ["loop", "branch", "loop"]


def test_a_lane_goes_where_its_kind_belongs(document: Document) -> None:
    done(document, commands.add_lane(document, "actions"))
    kinds = [lane.kind for lane in document.all(Lane)]
    assert kinds.index("actions") == kinds.index("opportunities") + 1


def test_an_action_answers_a_pain_once(document: Document) -> None:
    pain, action = document.all(PainPoint)[0].id, document.all(Action)[0].id
    assert not commands.answer(document, pain, action)
    done(document, commands.unanswer(document, pain, action))
    done(document, commands.answer(document, pain, action))
    assert len(document.all(Answer)) == 1


def test_a_target_is_set_changed_and_taken_away(document: Document) -> None:
    target = point(document, "T0").id
    done(document, commands.set_target(document, "csat", 80, touchpoint_id=target))
    done(document, commands.set_target(document, "csat", 85, touchpoint_id=target))
    assert [one.value for one in document.all(KpiTarget)] == [85]
    done(document, commands.set_target(document, "csat", None, touchpoint_id=target))
    assert not document.all(KpiTarget)


def test_detaching_a_data_set_takes_its_measures(document: Document) -> None:
    data_set = DataSet(new_id(), "", "Autumn")
    measure = Measure(new_id(), data_set.id, touchpoint_id=point(document, "T0").id, kpi="csat", rows=3, n=3)
    change = commands.attach(document, data_set, [measure])
    assert change.label == "Import Autumn"
    done(document, change)
    done(document, commands.detach(document, data_set.id))
    assert not document.all(Measure)


def test_a_phase_is_split_at_a_touchpoint(document: Document) -> None:
    done(document, commands.split_phase(document, point(document, "T1").id, "Between"))
    assert [phase.name for phase in document.all(Phase)] == ["Before", "Between", "After"]
    assert row(document) == ["T0", "T1", "T2", "T3"]
    assert [one.name for one in document.referring(Touchpoint, "phase_id", document.all(Phase)[1].id)] == ["T1"]


def test_restoring_keeps_the_names_of_versions(document: Document) -> None:
    then = list(document)
    version = Version(new_id(), "before the workshop")
    done(document, Change("", {version.id: version}))
    done(document, commands.rename(document, document.map.id, "Other"))
    done(document, commands.restore(document, then))
    assert document.map.title == "Trial"
    assert document.all(Version) == [version]


def test_many_commands_are_one_step(document: Document) -> None:
    draft = Draft(document)
    phase = draft.do(commands.add_phase, "Third")
    draft.do(commands.add_touchpoint, phase, "T4")
    draft.do(commands.rename, phase, "Later")
    change = draft.change("Add from file")
    assert len(change.added) == 2
    assert not change.updated
    assert document.count(Phase) == 2
    done(document, change)
    assert document == draft.document


def test_edits_that_change_nothing_are_no_change(document: Document) -> None:
    assert not commands.edit(document, document.map.id, title="Trial")
    with pytest.raises(TypeError, match="no field"):
        commands.edit(document, document.map.id, colour="red")
    assert isinstance(document.all(Map)[0], Map)
