"""A published map of 3 phases, 10 stages and 42 moments can be rebuilt, kept in a file and printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from published_map import rebuilt

from journeymap.model import graph, journey, rules
from journeymap.model.document import Document
from journeymap.model.records import Card, Lane, Phase, Touchpoint
from journeymap.session import Session


@pytest.fixture(scope="module")
def document(shared: Path) -> Document:
    return rebuilt(shared / "data" / "va_journey_map").document


def cards(document: Document, lane: str) -> list[Card]:
    found = next(one for one in document.all(Lane) if one.name == lane)
    return document.referring(Card, "lane_id", found.id)


def services_in_the_other_transcription(shared: Path) -> int:
    """The published map was transcribed twice; the JSON is not what the rebuilding reads."""
    path = shared / "data" / "va_journey_map" / "va_journeys_of_veterans_map.json"
    phases = json.loads(path.read_text(encoding="utf-8"))["phases"]
    return sum(
        len(moment["services"]) for phase in phases for stage in phase["lifeStages"] for moment in stage["moments"]
    )


def test_nothing_of_the_published_map_is_lost(document: Document, shared: Path) -> None:
    assert [phase.name for phase in document.all(Phase)] == [
        "Serving in and Separating from the Military",
        "Living Civilian Life",
        "Retiring and Aging",
    ]
    row = list(journey.every_touchpoint(document))
    assert len(row) == 42
    assert row[0].name == "Leaving home"
    assert row[-1].name == "Scheduling and planning a funeral service"
    assert sum(one.moment_of_truth for one in row) == 13
    assert all(bool(one.description) == one.moment_of_truth for one in row)
    assert len(cards(document, "Life stage")) == 10
    assert len(cards(document, "Services")) == services_in_the_other_transcription(shared) > 42
    assert rules.faults(document) == []


def test_the_stages_cover_every_moment_once(document: Document) -> None:
    row = [one.id for one in journey.every_touchpoint(document)]
    covered = [
        id_
        for card in cards(document, "Life stage")
        for at in [row.index(card.touchpoint_id)]
        for id_ in row[at : at + card.span]
    ]
    assert sorted(covered) == sorted(row)


def test_the_journey_is_one_way_from_joining_to_the_end(document: Document) -> None:
    row = [one.id for one in journey.every_touchpoint(document)]
    assert graph.paths(document, row[0], row[-1]).items == (tuple(row),)
    assert graph.dead_ends(document) == graph.unreachable(document) == []


def test_it_is_kept_in_a_file_and_read_back_the_same(document: Document, tmp_path: Path) -> None:
    with Session.create(tmp_path / "veterans.journey", list(document)) as session:
        session.flush()
    with Session.open(tmp_path / "veterans.journey") as session:
        assert session.document == document


def test_it_prints_on_a1_and_says_what_did_not_fit(document: Document, tmp_path: Path) -> None:
    from pypdf import PdfReader

    from journeymap.formats import export
    from journeymap.model.figures import Figures

    target = tmp_path / "veterans.pdf"
    done = export(document, Figures(), target, paper="A1", fit="rows")
    pages = PdfReader(target).pages
    for page in pages:
        assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [841, 594]
    printed = _bare(" ".join(page.extract_text() for page in pages))
    cut = _bare(" ".join(done.warnings))
    names = [one.name for one in document.all(Touchpoint)]
    assert all(_bare(name) in printed or _bare(name) in cut for name in names)
    assert sum(_bare(name) in printed for name in names) >= 30
    assert all(_bare(card.text) in printed for card in cards(document, "Services"))
    assert all(_bare(phase.name) in printed for phase in document.all(Phase))


def _bare(text: str) -> str:
    """Letters only: a line break or a hyphen at the end of a line is no difference."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
