"""Own templates: a map kept as one, a new map begun from it, and what a broken file says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from journeymap import templates
from journeymap.demo.airport import AIRPORT
from journeymap.failure import Failure
from journeymap.model import commands, lanes, outline, rules
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    KINDS,
    Lane,
    Note,
    Persona,
    Record,
    RegisterEntry,
    Touchpoint,
    View,
    field_names,
    new_id,
    references,
)
from journeymap.templates import own
from journeymap.templates.carried import CARRIED, begun, carried


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setattr(own, "folder", lambda: folder)
    return folder


def told(document: Document) -> Counter[str]:
    """What a map says, without ids: what a record refers to is told in its place."""

    def tell(one: Record) -> str:
        row = {name: getattr(one, name) for name in field_names(type(one)) if name not in {"id", "title"}}
        for name, value in row.items():
            if isinstance(value, tuple):
                row[name] = [tell(document.record(id_)) if id_ in document else id_ for id_ in value]
        for name, _kind, _gone in references(type(one)):
            row[name] = tell(document.record(row[name])) if row[name] in document else row[name]
        return f"{type(one).__name__} {row}"

    return Counter(tell(one) for one in document)


def whole_map() -> Document:
    """The worked example with everything that must stay behind."""
    draft = Draft(outline.build(AIRPORT, "Mine").document)
    point = draft.document.all(Touchpoint)[8]
    pain = draft.do(commands.add_pain, point.id, "No number", severity=4, frequency=0.31, evidence="12 letters")
    draft.do(
        commands.add_action, "Say the wait", pains=[pain], owner="J. Brandt", due="2027-02-28", cost=9000.0,
        status="agreed",
    )  # fmt: skip
    draft.do(commands.type_kpi, "csat", 54.0, touchpoint_id=point.id, n=1187, unit="%")
    draft.do(commands.add_quote, "Nobody told us", touchpoint_id=point.id, source="Survey")
    draft.do(commands.add_entry, point.id, data="Boarding pass", purpose="Security", legal_basis="contract")
    records = list(draft.document)
    lanes_ = tuple(lane.id for lane in draft.document.all(Lane)[:2])
    people = tuple(one.id for one in draft.document.all(Persona)[:1])
    records += [
        Note(new_id(), point.id, "Ask J.", "R. Duarte"),
        View(new_id(), "a", "Only Mara", lanes=lanes_, personas=people),
    ]
    return Document(records)


def test_map_to_template_to_new_map_is_equal_in_what_it_carries() -> None:
    document = whole_map()
    name = own.save(document, "Our airport map", "As we do it.")
    new = Document(templates.records(name, "Next airport"))
    assert new.map.title == "Next airport"
    assert rules.faults(new) == []
    assert told(new) == told(Document(carried(document)))
    assert not {one.id for one in new} & {one.id for one in document}


@pytest.mark.parametrize("name", templates.names())
def test_every_built_in_template_survives_the_round_trip(name: str) -> None:
    document = Document(carried(Document(templates.records(name, "Mine", "de"))))
    kept_as = own.save(document, "Ä Größe / ../x")
    new = Document(templates.records(kept_as, "Mine"))
    assert told(new) == told(document)


def test_lanes_of_every_kind_come_along_with_what_stands_in_them() -> None:
    cells = {kind: f"said in {kind}" for kind in outline.CELLS}
    bars = {kind: [["Ask", "Buy", f"bar of {kind}"]] for kind in sorted(lanes.BARS)}
    point = {"name": "Ask", "channel": "Shop", "department": "Sales", "tension": 4.0, "opportunity": "A form", **cells}
    point |= {"pains": [{"text": "Queue"}], "stories": [{"want": "a till"}], "emotions": {"Ines": [-1.0, "Ugh"]}}
    written = {
        "personas": [{"name": "Ines"}],
        "phases": [{"name": "P", "touchpoints": [point, {"name": "Buy"}]}],
        "actions": [{"title": "Second till", "answers": ["P1"]}],
        "bars": bars,
        "lanes": {"shown": list(lanes.KINDS), "charts": [["nps", "trend"]]},
    }
    document = outline.build(written, "Mine").document
    assert {lane.kind for lane in document.all(Lane)} == set(lanes.KINDS)
    name = own.save(document, "Every row")
    new = Document(templates.records(name, "Mine"))
    assert rules.faults(new) == []
    assert told(new) == told(document)
    assert {lane.kind for lane in new.all(Lane)} == set(lanes.KINDS)


def test_what_belongs_to_one_map_only_stays_behind(kept: Path) -> None:
    own.save(whole_map(), "Our airport map")
    text = (kept / "our-airport-map.json").read_text(encoding="utf-8")
    for word in (
        "R. Duarte",
        "J. Brandt",
        "Haldenau Airport",
        "Nobody told us",
        "12 letters",
        "Boarding pass",
        "2027-02-28",
        "Ask J.",
    ):
        assert word not in text, word
    held = set(json.loads(text)["records"])
    assert held <= {kind.__name__ for kind in CARRIED}
    assert not held & {
        "Quote",
        "Note",
        "RegisterEntry",
        "DataSet",
        "Measure",
        "TypedKpi",
        "Version",
        "Attachment",
        "Brand",
    }


def test_a_kind_of_record_is_either_carried_or_known_to_stay_behind() -> None:
    behind = {"Brand", "Note", "Attachment", "RegisterEntry", "Dismissal", "CheckAnswer", "DataSet", "Measure", "TypedKpi",
              "Quote", "Version"}  # fmt: skip
    assert {kind.__name__ for kind in CARRIED} | behind == set(KINDS)
    assert RegisterEntry not in CARRIED


def test_one_of_the_same_title_is_replaced_and_the_list_goes_by_title(kept: Path) -> None:
    document = Document(templates.records("blank", "x", "en"))
    first = own.save(document, "Workshop")
    assert own.exists("workshop ")
    assert own.save(document, "Workshop", "Second.") == first
    own.save(document, "Audit")
    assert [(one.title, one.about) for one in own.every()] == [("Audit", ""), ("Workshop", "Second.")]
    assert not list(kept.glob(".*"))


def test_a_deleted_one_is_gone_and_can_be_put_back() -> None:
    name = own.save(Document(templates.records("airport", "x", "en")), "Mine")
    text = own.delete(name)
    assert own.every() == []
    with pytest.raises(Failure, match="not there any more"):
        templates.records(name, "x")
    own.put_back(name, text)
    assert templates.about(name) == ("Mine", "")
    assert len(templates.records(name, "x")) > 100


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "journeymap", "records": []}', "[" * 5000, "\ud800"])
def test_a_broken_own_template_is_one_sentence(kept: Path, text: str) -> None:
    kept.mkdir()
    (kept / "torn.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    (found,) = own.every()
    assert found.title == "torn"
    assert "torn" in found.problem
    assert "\n" not in found.problem
    with pytest.raises(Failure, match="torn"):
        templates.records("own:torn", "x")


def test_a_template_whose_records_do_not_fit_is_refused_with_the_reason(kept: Path) -> None:
    name = own.save(Document(templates.records("airport", "x", "en")), "Mine")
    whole = json.loads((kept / "mine.json").read_text(encoding="utf-8"))
    del whole["records"]["Phase"]
    (kept / "mine.json").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(Failure, match="no sound map"):
        templates.records(name, "x")


def test_what_somebody_added_to_the_file_by_hand_stays_out_of_the_map(kept: Path) -> None:
    document = Document([*templates.records("airport", "x", "en")])
    name = own.save(document, "Mine")
    whole = json.loads((kept / "mine.json").read_text(encoding="utf-8"))
    whole["records"]["Note"] = [{"id": "n", "touchpoint_id": None, "text": "secret", "author": "A"}]
    whole["records"]["Map"][0]["client"] = "Somebody"
    (kept / "mine.json").write_text(json.dumps(whole), encoding="utf-8")
    new = Document(templates.records(name, "x"))
    assert new.count(Note) == 0
    assert new.map.client == ""


@pytest.mark.parametrize("name", ["own:", "own:../x", "own:a/b", "own:..\\x"])
def test_a_name_cannot_lead_out_of_the_folder(name: str) -> None:
    with pytest.raises(Failure):
        templates.records(name, "x")
    with pytest.raises(Failure):
        own.delete(name)


def test_a_template_without_a_name_or_a_place_is_refused(kept: Path) -> None:
    document = Document(templates.records("blank", "x", "en"))
    with pytest.raises(Failure, match="needs a name"):
        own.save(document, "  ")
    kept.write_text("a file where the folder should be")
    with pytest.raises(Failure, match="cannot be kept"):
        own.save(document, "Mine")
    assert own.every() == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_every_title_gives_a_file_name_inside_the_folder(title: str) -> None:
    stem = own._stem(title)
    assert stem
    assert Path(stem).name == stem
    assert not set(stem) & set('/\\:*?"<>|. ')
    assert len(stem) <= 80


def test_a_new_map_has_new_ids_and_the_same_links() -> None:
    records = carried(Document(templates.records("airport", "x", "en")))
    one = Document(begun(records, "a"))
    assert [replace(r, id="") for r in one.all(Lane)] == [replace(r, id="") for r in Document(records).all(Lane)]
