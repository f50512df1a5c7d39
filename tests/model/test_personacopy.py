"""A persona goes to another map and knows where she comes from; what changed there is shown and taken one by one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import commands, origin, personacopy, rules
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.outline import build
from journeymap.model.records import DataSet, Id, Persona, Slider, Trait

HEINZ = {
    "name": "Heinz", "role": "Retired surveyor", "line": "travels twice a year", "age": 71, "avatar": "grey-glasses",
    "quote": "I want to understand.", "interviews": 6, "evidence": "6 interviews at the gate", "hue": 4,
    "segment_column": "Age", "segment_value": "65 and over",
    "traits": [["goal", "At the gate early"], ["need", "Large type"], ["accessibility", "Hearing aid"]],
    "sliders": [["Never flew", "Flies often", 0.3]],
}  # fmt: skip


def home() -> Draft:
    return build({"personas": [HEINZ]}, "Home")


def away(*people: str) -> Draft:
    return build({"personas": [{"name": name} for name in people]}, "Away")


def only(document: Document, name: str = "Heinz") -> Persona:
    return next(one for one in document.all(Persona) if one.name == name)


def parts(document: Document, persona: Id) -> list[tuple[object, ...]]:
    traits = [(one.kind, one.text) for one in document.referring(Trait, "persona_id", persona)]
    return [*traits, *((one.low, one.high, one.value) for one in document.referring(Slider, "persona_id", persona))]


def copied(source: Draft, target: Draft, file: str = "home.journey") -> Persona:
    pack = personacopy.packed(source.document, only(source.document).id, file)
    change = personacopy.pasted(target.document, personacopy.read(json.dumps(pack)))
    rules.check(target.document, change)
    target.take(change)
    return only(target.document)


def test_a_copy_has_all_that_she_is_and_knows_where_she_comes_from() -> None:
    source, target = home(), away("Ines")
    her, copy = only(source.document), copied(source, target)
    assert all(getattr(copy, name) == getattr(her, name) for name in personacopy.FIELDS)
    assert parts(target.document, copy.id) == parts(source.document, her.id)
    assert (copy.origin_id, copy.origin_map, copy.id != her.id) == (her.id, "home.journey", True)
    assert copy.hue == 4
    assert target.document.all(Persona)[-1] == copy


def test_a_taken_colour_gives_way_and_data_that_are_not_here_are_not_bound() -> None:
    source, target = home(), away("Ines")
    target.take(commands.edit(target.document, only(target.document, "Ines").id, hue=4))
    copy = copied(source, target)
    assert copy.hue != 4
    assert (copy.segment_column, copy.segment_value) == ("", "")


def test_the_same_segment_in_the_data_of_the_other_map_is_kept() -> None:
    source, target = home(), away()
    target = Draft([*target.document, DataSet("d", "a0", segments=("Age",))])
    assert copied(source, target).segment_value == "65 and over"


def test_pasted_twice_is_refused_in_a_sentence() -> None:
    source, target = home(), away()
    copied(source, target)
    for where in (source, target):
        with pytest.raises(Failure, match="on this map already"):
            personacopy.pasted(where.document, personacopy.packed(source.document, only(source.document).id, "x"))


def test_a_copy_of_a_copy_is_the_same_person() -> None:
    first, second, third = home(), away(), away()
    copied(first, second)
    pack = personacopy.packed(second.document, only(second.document).id, "second.journey")
    assert (pack["id"], pack["map"]) == (only(first.document).id, "home.journey")
    third.take(personacopy.pasted(third.document, pack))
    with pytest.raises(Failure, match="already"):
        personacopy.pasted(first.document, pack)
    assert origin.found(first.document, only(third.document)).id == only(first.document).id


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"what": "journeymap lane"}', '{"what": "journeymap persona"}',
     '{"what": "journeymap persona", "id": 3, "fields": {}, "traits": [], "sliders": []}',
     '{"what": "journeymap persona", "id": "a", "fields": {}, "traits": [1], "sliders": []}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_persona_is_refused(text: str) -> None:
    with pytest.raises(Failure, match="no persona"):
        personacopy.read(text)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_hostile_pack_is_refused_or_makes_a_sound_map(data: st.DataObject) -> None:
    target = away("Ines")
    names = [*personacopy.FIELDS, "segment_column", "hue"]
    fields = {name: data.draw(junk) for name in data.draw(st.lists(st.sampled_from(names), max_size=4))}
    part = st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "kind", "text", "low", "high", "value"), junk))
    pack = {
        "what": personacopy.KIND, "id": data.draw(st.text(min_size=1, max_size=5)), "map": data.draw(junk),
        "hue": data.draw(junk), "fields": fields,
        "traits": data.draw(st.lists(part | st.just({"id": "t", "kind": "goal", "text": "x"}), max_size=4)),
        "sliders": data.draw(st.lists(part | st.just({"value": 0.5}), max_size=4)),
    }  # fmt: skip
    try:
        change = personacopy.pasted(target.document, personacopy.read(json.dumps(pack)))
        rules.check(target.document, change)
    except Failure:
        return
    target.take(change)
    assert rules.faults(target.document) == []


# ---------------------------------------------------------------- update from origin


def test_nothing_differs_right_after_copying() -> None:
    source, target = home(), away("Ines")
    assert origin.differences(target.document, copied(source, target).id, source.document) == []


def changed() -> tuple[Draft, Draft, Persona]:
    """Heinz at home has got older, wants something else, lost a need, got another; his scale moved. The copy has a goal of its own."""
    source, target = home(), away("Ines")
    copy = copied(source, target)
    target.do(commands.add_trait, copy.id, "goal", "Only here")
    her = only(source.document)
    goal, need = (next(one for one in source.document.all(Trait) if one.kind == kind) for kind in ("goal", "need"))
    (scale,) = source.document.referring(Slider, "persona_id", her.id)
    for change in (
        commands.edit(source.document, her.id, age=72, role=""),
        commands.edit(source.document, goal.id, text="At the gate an hour early"),
        commands.delete(source.document, need.id),
        commands.edit(source.document, scale.id, value=0.4),
    ):
        source.take(change)
    source.do(commands.add_trait, her.id, "frustration", "Two names for one place")
    return source, target, copy


def test_every_difference_is_named_with_both_sides() -> None:
    source, target, copy = changed()
    found = origin.differences(target.document, copy.id, source.document)
    assert [(one.label, one.here, one.there, one.own) for one in found] == [
        ("Role", "Retired surveyor", "", False),
        ("Age", "71", "72", False),
        ("Goal", "At the gate early", "At the gate an hour early", False),
        ("Frustration", "", "Two names for one place", False),
        ("Scale", "Never flew – Flies often: 30 %", "Never flew – Flies often: 40 %", False),
        ("Need", "Large type", "", False),
        ("Goal", "Only here", "", True),
    ]


def test_all_that_is_taken_is_one_change_and_nothing_else_happens() -> None:
    source, target, copy = changed()
    keys = {one.key for one in origin.differences(target.document, copy.id, source.document) if not one.own}
    change = origin.updated(target.document, copy.id, source.document, keys)
    rules.check(target.document, change)
    before = Document(target.document)
    target.take(change)
    left = origin.differences(target.document, copy.id, source.document)
    assert [(one.here, one.own) for one in left] == [("Only here", True)]
    assert only(target.document).hue == copy.hue
    target.take(change.inverse())
    assert target.document == before


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, 6)))
def test_any_choice_leaves_exactly_the_rest(chosen: set[int]) -> None:
    source, target, copy = changed()
    found = origin.differences(target.document, copy.id, source.document)
    keys = {found[i].key for i in chosen}
    target.take(origin.updated(target.document, copy.id, source.document, keys))
    left = {one.key for one in origin.differences(target.document, copy.id, source.document)}
    assert left == {one.key for one in found} - keys
    assert rules.faults(target.document) == []


def test_an_original_that_is_gone_is_said() -> None:
    source, target = home(), away()
    copy = copied(source, target)
    source.take(commands.delete(source.document, only(source.document).id))
    with pytest.raises(Failure, match="has no “Heinz” any more"):
        origin.differences(target.document, copy.id, source.document)
