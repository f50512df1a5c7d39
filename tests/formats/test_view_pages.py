"""Every view as a PDF: what it leaves out is not on the page, what it makes is, and its name stands at the foot."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path

import pypdfium2
import pytest
from sample import figures_of, sample

from journeymap.cli import main
from journeymap.failure import Failure
from journeymap.formats import export
from journeymap.model import commands, lens
from journeymap.model.document import Document
from journeymap.model.records import PainPoint, Persona, Phase, Touchpoint
from journeymap.session import Session


def words(path: Path) -> str:
    """All text of a PDF, without line breaks."""
    pages = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


@pytest.fixture
def document() -> Document:
    made = sample()
    made.apply(commands.add_to_be(made))
    return made


@pytest.mark.parametrize("kind", lens.KINDS)
@pytest.mark.parametrize("fit", ["page", "rows"])
def test_each_view_is_a_pdf_that_names_it(document: Document, kind: str, fit: str, tmp_path: Path) -> None:
    view, figures = lens.builtin(kind, document), figures_of(document)
    done = export(document, figures, tmp_path / "map.pdf", view=view, fit=fit)
    said = words(done.paths[0])
    assert lens.name(kind) in said
    seen = lens.lens(document, view, figures)
    shown = [one for one in document.all(Touchpoint) if seen.touchpoints is None or one.id in seen.touchpoints]
    first = shown[0].name.split()[0]
    assert first in said
    numbered = any(re.search(rf"\bP{one.number}\b", said) for one in document.all(PainPoint))
    assert numbered == lens.fits(kind, "pains")


def test_two_states_stand_one_below_the_other_and_are_both_named(document: Document, tmp_path: Path) -> None:
    view = lens.builtin(lens.STATES, document)
    said = words(export(document, figures_of(document), tmp_path / "map.pdf", view=view).paths[0])
    name = document.all(Phase)[0].name
    assert said.count(name) >= 2
    assert "As-is, To-be" in said


def test_a_phase_alone_is_set_larger_than_the_whole_map(document: Document, tmp_path: Path) -> None:
    from datetime import datetime

    from journeymap.formats.papers import paper
    from journeymap.formats.sheet import _blank, _placed
    from journeymap.formats.sheet.folding import Subject

    figures, a3, now = figures_of(document), paper("A3"), datetime(2027, 1, 1, tzinfo=UTC)
    sizes = [
        _placed(_blank(a3), Subject(document, figures, view), now)[0][0].metrics.m
        for view in (None, lens.builtin(lens.PHASE, document))
    ]
    assert sizes[1] > sizes[0]


def test_the_command_line_takes_a_kind_a_saved_name_or_a_phase(
    document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sample.journey"
    with Session.create(path, list(document)) as session:
        view = lens.changed(None, session.document, personas=(session.document.all(Persona)[0].id,))
        session.perform(commands.save_view(session.document, view, "Only her"))
    phase = document.all(Phase)[1].name
    for number, name in enumerate(("heatmap", "Only her", f"phase: {phase}")):
        assert main(["export", str(path), str(tmp_path / f"{number}.pdf"), "--view", name]) == 0
    assert "Only her" in words(tmp_path / "1.pdf")
    assert document.all(Persona)[1].name not in words(tmp_path / "1.pdf")
    assert main(["export", str(path), str(tmp_path / "no.pdf"), "--view", "nonsense"]) == 1
    assert "“Only her”" in capsys.readouterr().err
    assert not (tmp_path / "no.pdf").exists()


def test_an_unknown_view_is_refused_in_words(document: Document) -> None:
    with pytest.raises(Failure, match="no view called “x”"):
        lens.wanted(document, "x")
