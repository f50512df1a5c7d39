"""CJML: the dialects of its writers, actual journeys beside planned ones, and files that are no XML."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign import ADVANCED, BROKEN, EARLY

from journeymap import maps
from journeymap.failure import Failure
from journeymap.maps import cjml
from journeymap.model import lanes, rules
from journeymap.model.document import Document
from journeymap.model.records import (
    Card,
    Channel,
    Department,
    Emotion,
    Lane,
    PainPoint,
    Persona,
    Phase,
    Tag,
    Touchpoint,
)


def test_a_planned_journey_with_what_actually_happened() -> None:
    found = cjml.read(ADVANCED, "rent.xml")
    document = Document(maps.records(found, "x"))
    assert not rules.faults(document)
    assert document.map.title == "Rent a bicycle"
    assert [(phase.name, phase.goal) for phase in document.all(Phase)] == [("Book", "Choose one"), ("Ride", "")]
    book, ride = document.all(Phase)
    assert [one.name for one in document.referring(Touchpoint, "phase_id", book.id)] == [
        "Reads the offer", "Calls about it", "Measures her height",
    ]  # fmt: skip
    fetch = document.referring(Touchpoint, "phase_id", ride.id)[0]
    assert {one.text for one in document.all(PainPoint)} == {
        "Did not take place in 1 of 1 actual journeys", "Failed in 1 of 1 actual journeys",
    }  # fmt: skip
    assert [mood.value for mood in document.referring(Emotion, "touchpoint_id", fetch.id)] == [-1]
    thoughts = next(lane.id for lane in document.all(Lane) if lane.kind == lanes.THOUGHTS)
    assert [card.text for card in document.all(Card) if card.lane_id == thoughts] == ["Too small"]
    assert {one.name for one in document.all(Tag)} == {"Deviation", "Ad hoc"}
    assert {one.name for one in document.all(Channel)} == {"E-mail", "Face to face", "Phone"}
    assert {one.name for one in document.all(Department)} == {"Wheels", "Ghost"}
    assert [one.name for one in document.all(Persona)] == ["Ines"]
    first = document.referring(Touchpoint, "phase_id", book.id)[0]
    assert first.initiator == "organisation"
    assert "2026-05-02" in document.referring(Touchpoint, "phase_id", book.id)[1].description


def test_what_the_map_has_no_place_for_is_said() -> None:
    said = " / ".join(map(str, cjml.read(ADVANCED, "rent.xml").losses))
    assert "journeyStatus" in said
    assert "not declared (Ghost)" in said
    assert "scale from 1 to 5" in said


@pytest.mark.parametrize("text", [EARLY, BROKEN])
def test_the_dialects_of_2022_are_read_also_where_they_are_no_xml(text: str) -> None:
    found = cjml.read(text, "early.xml")
    assert len(found.points) == 2
    assert found.people[0].name in {"Ines", "Ines & Otto"}
    assert "mended" in str(found.losses[0])


def test_signs_that_were_not_escaped_are_mended() -> None:
    found = cjml.read(ADVANCED.replace("Calls about it", "Calls R&D & waits"), "rent.xml")
    assert "Calls R&D & waits" in [point.name for point in found.points]
    assert "mended" in str(found.losses[0])


def test_actual_journeys_alone_become_phases_of_their_own() -> None:
    text = ADVANCED.replace("plannedJourney>", "actualJourney>").replace(
        "Rent a bicycle</plannedReference", "PJ1</plannedReference"
    )
    found = cjml.read(text, "rent.xml")
    assert [stage.name for stage in found.stages] == ["Rent a bicycle: Book", "Rent a bicycle: Ride", "Ines, May"]


def test_a_planned_journey_of_another_name_is_told_by_its_touchpoints() -> None:
    found = cjml.read(ADVANCED.replace("<plannedReference>Rent a bicycle", "<plannedReference>PJ1"), "rent.xml")
    assert len(found.stages) == 2
    assert any("told by its touchpoints" in str(loss) for loss in found.losses)


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><CJML><plannedJourney>&b;</plannedJourney></CJML>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CJML><journeyTitle>&x;</journeyTitle></CJML>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_entities_that_fill_the_memory_or_open_other_files_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "map.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Failure, match="entities"):
        maps.read(path)


@pytest.mark.parametrize("text", ["<CJML/>", "<CJML><plannedJourney/></CJML>", "<html><p>x</p></html>", "<log/>"])
def test_what_holds_no_journey_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "map.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Failure, match=r"map\.xml"):
        maps.read(path)


def test_real_samples(shared: Path) -> None:
    folder = shared / "formats" / "cjml"
    official = maps.read(folder / "official_site_sample_v2.xml")
    assert [(point.name, point.channel, point.department) for point in official.points] == [
        ("Customer creates account", "Web", "Bookis")
    ]
    assert "Bookis" in str(official.losses[0])
    web = maps.read(folder / "derived_web_editor_dialect.xml")
    assert [(stage.name, [point.name for point in stage.points]) for stage in web.stages] == [
        ("Discover", ["Reads newsletter", "Calls about a wrong price", "Checks the fridge"]), ("Buy", ["Places order"]),
    ]  # fmt: skip
