"""What a map refuses, and in which words."""

from __future__ import annotations

import math

import pytest
from gestures import small_map

from journeymap.model import commands, rules
from journeymap.model.change import Change, adding, updating
from journeymap.model.document import Document
from journeymap.model.records import (
    Action,
    Answer,
    Card,
    Emotion,
    Lane,
    Link,
    Map,
    Measure,
    PainPoint,
    Persona,
    Phase,
    State,
    Touchpoint,
    new_id,
)


@pytest.fixture
def document() -> Document:
    return small_map()


def refusal(document: Document, change: Change) -> str:
    with pytest.raises(rules.Broken) as broken:
        rules.check(document, change)
    return str(broken.value)


def test_a_file_holds_one_map(document: Document) -> None:
    assert "exactly one map" in refusal(document, adding("", Map(new_id())))
    here = document.map
    assert "exactly one map" in refusal(document, Change("", removed={here.id: here}))


def test_the_last_state_stays(document: Document) -> None:
    state = document.all(State)[0]
    assert "at least one state" in refusal(document, commands.delete(document, state.id))


def test_references_must_lead_somewhere_of_the_right_kind(document: Document) -> None:
    assert "not on the map" in refusal(document, adding("", Touchpoint(new_id(), new_id(), name="lost")))
    persona = document.all(Persona)[0]
    message = refusal(document, adding("", Touchpoint(new_id(), persona.id, name="odd")))
    assert message == "Touchpoint “odd” needs a phase here, but persona “Mara” was given."


def test_nothing_is_left_pointing_at_what_goes(document: Document) -> None:
    phase = document.all(Phase)[0]
    message = refusal(document, Change("", removed={phase.id: phase}))
    assert message.startswith("Phase “Before” cannot go alone: touchpoint “T")


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (PainPoint, {"severity": 6}, "“severity” is 6, but goes from 1 to 5."),
        (PainPoint, {"frequency": 1.5}, "goes from 0 to 1"),
        (PainPoint, {"frequency_low": 0.5, "frequency_high": 0.2}, "lower limit 0.5 is above the upper one 0.2"),
        (Emotion, {"value": -2.5}, "“value” is -2.5, but goes from -2 to 2."),
        (Emotion, {"value": math.nan}, "must be a number, not nan"),
        (Card, {"span": 0}, "“columns” is 0"),
        (Action, {"due": "31.12.2026"}, "write it as year-month-day"),
        (Action, {"status": "later"}, "“later” is no choice"),
        (Action, {"cost": -1.0}, "cannot be below 0"),
        (Map, {"privacy_limit": 4}, "“smallest group” is 4"),
        (Map, {"title": "x" * 100_001}, "100001 characters"),
        (Map, {"title": "a\ud800"}, "cannot be written"),
        (Map, {"title": 5}, "cannot hold 5"),
        (Phase, {"name": None}, "cannot hold None"),
        (PainPoint, {"severity": True}, "cannot hold True"),
        (PainPoint, {"frequency_n": 2**63}, "too large"),
    ],
)
def test_values_out_of_their_range_are_refused_in_words(document: Document, kind, values, words) -> None:
    record = document.all(kind)[0]
    assert words in refusal(document, updating("", record, **values))


def test_a_link_does_not_lead_back_to_itself(document: Document) -> None:
    here = document.all(Touchpoint)[0].id
    assert "not back to itself" in refusal(document, adding("", Link(new_id(), here, here)))


def test_the_same_is_not_said_twice(document: Document) -> None:
    for kind in (Emotion, Answer, Link):
        record = document.all(kind)[0]
        twin = kind(new_id(), *(getattr(record, name) for name in record.__struct_fields__[1:]))
        refusal(document, adding("", twin))
    twice = [Emotion(new_id(), document.all(Persona)[0].id, document.all(Touchpoint)[0].id) for _ in range(2)]
    free = Document(one for one in document if not isinstance(one, Emotion))
    assert "one assumed emotion" in refusal(free, adding("", *twice))
    assert "The map has the lane “Journey” already" in refusal(document, adding("", Lane(new_id(), "a5", "journey")))


def test_replacing_what_must_be_single_is_allowed(document: Document) -> None:
    old = document.all(Emotion)[0]
    new = Emotion(new_id(), old.persona_id, old.touchpoint_id, 0.0)
    rules.check(document, Change("", {new.id: new}, removed={old.id: old}))


def test_a_target_is_given_once_a_place(document: Document) -> None:
    change = commands.set_target(document, "nps", 30)
    document.apply(change)
    twin = next(iter(change.added.values()))
    again = type(twin)(new_id(), None, None, "nps", 40.0)
    assert "has a target for that figure already" in refusal(document, adding("", again))


def test_the_counts_of_a_measure_add_up(document: Document) -> None:
    from journeymap.model.records import DataSet

    data = DataSet(new_id(), "a0", "Autumn")
    measure = Measure(new_id(), data.id, column="Q1", rows=10, n=8)
    assert "do not add up to its 10 rows" in refusal(document, adding("", data, measure))
    assert "not to two of them" in refusal(
        document,
        adding("", data, Measure(new_id(), data.id, "", document.all(Touchpoint)[0].id, document.all(Phase)[0].id)),
    )


def test_all_faults_of_a_foreign_document_are_told(document: Document) -> None:
    point = document.all(Touchpoint)[0]
    bad = Document([*document, Map(new_id()), PainPoint(new_id(), new_id(), severity=9),
                    Emotion(new_id(), document.all(Persona)[0].id, point.id)])  # fmt: skip
    assert len(rules.faults(bad)) == 3
    assert rules.faults(document) == []
