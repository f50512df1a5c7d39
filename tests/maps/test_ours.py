"""Our own JSON: what is written is read back, record for record, as far as the file carries it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap import maps, templates
from journeymap.failure import Failure
from journeymap.formats.mapjson import map_json
from journeymap.maps import ours
from journeymap.model import commands, lanes, rules
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures
from journeymap.model.records import Action, Attachment, Emotion, Lane, PainPoint, Persona, Phase, Touchpoint, Trait

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Small maps with every kind of content."""
    draft = Draft(commands.new_map(draw(TEXTS)))
    people = [draft.do(commands.add_persona, draw(TEXTS)) for _ in range(draw(st.integers(0, 2)))]
    thoughts = next(lane.id for lane in draft.document.all(Lane) if lane.kind == lanes.THOUGHTS)
    points = []
    for _ in range(draw(st.integers(1, 3))):
        phase = draft.do(commands.add_phase, draw(TEXTS))
        for _ in range(draw(st.integers(0, 3))):
            point = draft.do(commands.add_touchpoint, phase, draw(TEXTS), reach=draw(st.none() | st.floats(0, 1)))
            points.append(point)
            draft.do(commands.add_card, thoughts, point, draw(TEXTS), persona_id=people[0] if people else None)
            pain = draft.do(commands.add_pain, point, draw(TEXTS), severity=draw(st.integers(1, 5)))
            if draw(st.booleans()):
                draft.do(commands.add_action, draw(TEXTS), pains=[pain])
                draft.do(commands.set_channel, point, "Kiosk")
            for person in people:
                draft.do(commands.set_emotion, person, point, draw(st.floats(-2, 2)), draw(TEXTS))
    for person in people:
        draft.do(commands.add_trait, person, "goal", draw(TEXTS))
    if len(points) > 1:
        draft.do(commands.link, points[0], points[-1])
    return draft.document


@given(documents())
@settings(max_examples=25, deadline=None)
def test_reading_back_gives_the_same_records(document: Document) -> None:
    found = ours.read(map_json(document, Figures()).decode(), "map.json")
    assert Document(found.records) == document
    assert not found.losses


@given(documents(), documents())
@settings(max_examples=25, deadline=None)
def test_one_map_added_to_another_is_sound_comes_once_and_is_taken_back_in_one_step(
    one: Document, other: Document
) -> None:
    before = Document(one)
    found = ours.read(map_json(other, Figures()).decode(), "map.json")
    try:
        change = maps.add(one, found)
    except Failure:
        assert other.count(Touchpoint) <= one.count(Touchpoint)  # nothing new
        return
    rules.check(one, change)
    one.apply(change)
    assert not rules.faults(one)
    assert one.count(Touchpoint) <= before.count(Touchpoint) + other.count(Touchpoint)
    numbers = [pain.number for pain in one.all(PainPoint)]
    assert len(set(numbers)) == len(numbers)
    one.apply(change.inverse())
    assert one == before


def test_a_map_added_to_itself_changes_nothing() -> None:
    document = Document(templates.records("customer-journey", "Mine"))
    with pytest.raises(Failure, match="already"):
        maps.add(document, ours.read(map_json(document, Figures()).decode(), "map.json"))


def test_names_that_are_there_are_found() -> None:
    draft = Draft(commands.new_map("One"))
    ines = draft.do(commands.add_persona, "Ines")
    draft.do(commands.add_trait, ines, "goal", "Fast")
    draft.do(
        commands.set_emotion, ines, draft.do(commands.add_touchpoint, draft.do(commands.add_phase, "Book"), "Pay"), 1.0
    )
    one = Document(draft.document)
    draft.do(commands.add_action, "New cash desk")
    phase = draft.document.all(Phase)[0].id
    draft.do(commands.set_emotion, ines, draft.do(commands.add_touchpoint, phase, "Ride"), 2.0)
    one.apply(maps.add(one, ours.read(map_json(draft.document, Figures()).decode(), "map.json")))
    assert [one_.name for one_ in one.all(Touchpoint)] == ["Pay", "Ride"]
    assert (one.count(Phase), one.count(Persona), one.count(Trait), one.count(Emotion), one.count(Action)) == (
        1,
        1,
        1,
        2,
        1,
    )


def test_what_the_file_cannot_carry_is_counted() -> None:
    draft = Draft(commands.new_map("One"))
    whole = json.loads(map_json(draft.document, Figures()))
    whole["records"]["Attachment"] = [{"id": "a", "order": "a0", "name": "x.png", "content_hash": "ff"}] * 1
    whole["records"]["DataSet"] = [{"id": "d", "order": "a0", "name": "Survey"}]
    whole["records"]["Dream"] = [{"id": "z"}]
    whole["records"]["Map"][0]["mood"] = "fine"
    found = ours.read(json.dumps(whole), "map.json")
    said = " / ".join(map(str, found.losses))
    assert all(word in said for word in ("data set", "picture", "Dream", "Map.mood"))
    assert not Document(found.records).count(Attachment)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda whole: whole.update(format="other"), "journeymap"),
        (lambda whole: whole.update(version=9), "newer"),
        (lambda whole: whole["records"].pop("Map"), "one map"),
        (lambda whole: whole["records"]["Map"].append({"name": "x"}), "no id"),
        (
            lambda whole: whole["records"].update(Phase=[{"id": "p", "state_id": "nowhere", "order": "a0"}]),
            "not on the map",
        ),
        (lambda whole: whole["records"].update(Phase=[{"id": "p"}]), "lacks a field"),
        (lambda whole: whole["records"].update(Emotion=7), "no list"),
        (lambda whole: whole["records"]["Lane"][0].update(kind="dance"), "no choice"),
        (lambda whole: whole["records"]["Lane"][0].update(order={"a": 1}), "cannot hold"),
        (lambda whole: whole["records"]["State"].append(whole["records"]["State"][0]), "same id"),
    ],
)
def test_unsound_files_are_refused_with_what_is_wrong(change: object, word: str) -> None:
    whole = json.loads(map_json(Document(commands.new_map("One")), Figures()))
    change(whole)  # type: ignore[operator]
    with pytest.raises(Failure, match=word):
        ours.read(json.dumps(whole), "map.json")


def test_the_demo_map_comes_back(tmp_path: Path) -> None:
    document = Document(templates.records("customer-journey", "Mine"))
    path = tmp_path / "map.json"
    path.write_bytes(map_json(document, Figures()))
    assert Document(maps.records(maps.read(path), "x")) == document
