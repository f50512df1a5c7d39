"""`journeymap demo` writes a whole deliverable, and never over somebody's work."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from pypdf import PdfReader

from journeymap import demo
from journeymap.failure import Failure
from journeymap.model import commands, graph, journey, register, rules
from journeymap.model.document import Document
from journeymap.model.figures import Figures, figures
from journeymap.model.records import (
    Action,
    Answer,
    Department,
    Link,
    Map,
    PainPoint,
    Persona,
    Phase,
    State,
    Touchpoint,
)
from journeymap.session import Session


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    demo.write_demo(folder)
    return folder


@pytest.fixture(scope="module")
def known(made: Path) -> tuple[Document, Figures]:
    with Session.open(made / demo.MAP, read_only=True) as session:
        document = Document(session.document)
        return document, figures(session.document, session.cube)


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the written example, to do things to."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def at(document: Document, name: str) -> Touchpoint:
    return next(one for one in document.all(Touchpoint) if one.name == name)


def test_it_writes_survey_recipe_map_and_four_pdfs(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == sorted(
        [demo.SURVEY, demo.RECIPE, demo.MAP, demo.MAP_PDF, demo.PLAN_PDF, demo.REGISTER_PDF, demo.PERSONAS_PDF]
    )


def test_the_map_is_what_the_issue_of_a_complete_example_asks(known) -> None:
    document, _ = known
    assert document.count(Persona) == 2
    assert document.count(Phase) == 5
    assert 16 <= document.count(Touchpoint) <= 18
    assert {link.kind for link in document.all(Link)} == {"loop", "branch"}
    assert document.count(Department) >= 3
    assert document.count(PainPoint) == document.count(Action) == document.count(Answer) == 7
    assert document.all(Map)[0].example
    assert rules.faults(document) == []


def test_its_graph_has_the_loop_the_branch_and_the_hand_overs(known) -> None:
    document, _ = known
    row = [one.id for one in journey.every_touchpoint(document)]
    assert len(graph.loops(document).items) == 2  # back to check-in, with or without the bag
    assert len(graph.paths(document, row[0], row[-1]).items) == 2
    assert graph.dead_ends(document) == graph.unreachable(document) == []
    assert len(journey.handovers(document, document.all(State)[0].id)) == 11


def test_the_finding_on_the_map_is_what_the_figures_say(known) -> None:
    document, known_figures = known
    felt = {
        (document.one(Persona, p).name, document.one(Touchpoint, t).name): one.value
        for (p, t), one in known_figures.emotion.items()
    }
    worst = {
        name: min((value, where) for (who, where), value in felt.items() if who == name)[1]
        for name in ("Mara", "Heinz")
    }
    assert worst == {"Mara": "Queue for security", "Heinz": "Hear of the delay"}


def test_figures_cover_four_quarters_with_targets_met_open_and_missed(known) -> None:
    document, known_figures = known
    (nps,) = known_figures.journey
    assert (nps.kpi, nps.status) == ("nps", "missed")
    assert len(nps.spark) >= 4
    found = {figure.status for group in known_figures.touchpoint.values() for figure in group}
    assert found >= {"met", "open", "missed"}
    wait = next(one for one in known_figures.at(at(document, "Queue for security").id) if one.name == "Wait p90")
    assert wait.better == "lower"
    assert wait.status == "missed"
    bag = next(one for one in known_figures.at(at(document, "Wait for the bag").id) if one.name == "First bag")
    assert bag.status == "missed"


def test_every_pain_comes_from_the_data_and_has_its_evidence(known) -> None:
    document, _ = known
    for pain in document.all(PainPoint):
        assert pain.source
        assert pain.frequency is not None
        assert pain.frequency_n
        assert "surely worse" in pain.evidence


def test_no_address_and_no_single_answer_is_in_the_file(made: Path) -> None:
    raw = (made / demo.MAP).read_bytes()
    assert b"@example.org" not in raw
    assert b"R00001" not in raw
    with sqlite3.connect(made / demo.MAP) as connection:
        dump = "\n".join(connection.iterdump())
    assert "@example.org" not in dump
    assert b"@example.org" in (made / demo.SURVEY).read_bytes()


def test_the_pdfs_are_on_their_paper_and_say_that_it_is_an_example(made: Path) -> None:
    for name, size in (
        (demo.MAP_PDF, (594, 420)), (demo.PLAN_PDF, (297, 210)), (demo.REGISTER_PDF, (297, 210)),
        (demo.PERSONAS_PDF, (210, 297)),
    ):  # fmt: skip
        pages = PdfReader(made / name).pages
        assert tuple(round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]) == size
        text = " ".join(pages[0].extract_text().split())
        assert "Example" in text
        assert "Haldenau Airport" in text
    assert len(PdfReader(made / demo.MAP_PDF).pages) == 1


def test_its_register_is_filled_in_with_the_gaps_that_are_usual(known) -> None:
    document, _ = known
    gap = register.gaps(register.places(document))
    assert (gap.entries, gap.none) == (20, 1)
    assert [place.touchpoint.name for place in gap.open] == ["Find the metro", "Look back"]
    assert dict(gap.lacking) == {"retention": 1, "recipients": 1, "special": 1}
    (offer,) = register.offers(document)
    assert "E-mail" in offer.data
    assert document.one(Touchpoint, offer.touchpoint_id).name == "Look back"


def test_run_again_it_makes_the_same_example_anew(folder: Path) -> None:
    said: list[str] = []
    demo.write_demo(folder, said.append)
    assert said == []
    assert not demo.edited(folder / demo.MAP)


def test_a_map_that_was_edited_is_kept_and_that_is_said(folder: Path) -> None:
    with Session.open(folder / demo.MAP) as session:
        session.perform(commands.rename(session.document, at(session.document, "Board").id, "Get on the plane"))
        session.flush()
    said: list[str] = []
    demo.write_demo(folder, said.append)
    assert len(said) == 1
    assert "was edited, so it is kept" in said[0]
    with Session.open(folder / demo.MAP) as session:
        assert at(session.document, "Get on the plane")
        assert session.undo_label == "Rename touchpoint"
    assert "Get on" in " ".join(PdfReader(folder / demo.MAP_PDF).pages[0].extract_text().split())


def test_something_else_under_the_maps_name_is_not_overwritten(folder: Path) -> None:
    (folder / demo.MAP).write_bytes(b"my shopping list")
    with pytest.raises(Failure):
        demo.write_demo(folder)
    assert (folder / demo.MAP).read_bytes() == b"my shopping list"


def test_a_folder_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Failure, match="cannot be written"):
        demo.write_demo(tmp_path / "file")
