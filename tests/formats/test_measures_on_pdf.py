"""Each lane of measure on paper: its words are found in the PDF, and its shapes are in the page's drawing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from reading import images_of, squeezed, text_of
from sample import figures_of, sample

from journeymap.formats import export
from journeymap.formats.papers import paper
from journeymap.formats.sheet import sheet
from journeymap.model import commands, journey, lanes
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures, figures
from journeymap.model.picture import Box, Chart, Ellipse, Group, Item, Line
from journeymap.model.picture import Path as Steps
from journeymap.model.records import Lane, PainPoint, Persona, State

MADE = datetime(2026, 11, 12, 9, 30)  # noqa: DTZ001


def filled() -> Document:
    """The sample with every lane of measure shown, and a to-be state whose touchpoints stand for some of it."""
    draft = Draft(sample())
    for kind in (lanes.ARC, lanes.CHANNELS, lanes.CHART, lanes.CHART, lanes.ACTIONS):
        draft.do(commands.add_lane, kind)
    charts = [one for one in draft.document.all(Lane) if one.kind == lanes.CHART]
    draft.do(commands.edit, charts[0].id, kpi="csat")
    draft.do(commands.edit, charts[1].id, kpi="csat", chart="trend")
    row = list(journey.touchpoints(draft.document, draft.document.all(State)[0].id))
    for n, touchpoint in enumerate(row):
        draft.do(commands.edit, touchpoint.id, tension=(1.0, 2.0, 5.0, 3.5)[n % 4])
        draft.do(commands.set_channel, touchpoint.id, ("Web", "Phone")[n // 2 % 2])
    for touchpoint, value, n in ((row[0], 71, 240), (row[1], 64, 12), (row[2], 58, None)):
        draft.do(commands.type_kpi, "csat", value, touchpoint_id=touchpoint.id, n=n, unit="%")
        draft.do(commands.set_target, "csat", 75.0, touchpoint_id=touchpoint.id)
    pain = draft.document.all(PainPoint)[0]
    draft.do(commands.add_action, "One more desk", pains=[pain.id], status="agreed")
    state = draft.do(commands.add_state, "To-be", kind="to_be")
    phase = draft.do(commands.add_phase, "Later", state_id=state)
    for touchpoint in row[:3]:
        later = draft.do(commands.add_touchpoint, phase, touchpoint.name + ", new")
        draft.do(commands.edit, later, counterpart_id=touchpoint.id)
        draft.do(commands.set_emotion, draft.document.all(Persona)[0].id, later, 1.5)
    return draft.document


def shown(document: Document) -> Figures:
    """The sample's own figures with those typed in."""
    whole, typed = figures_of(document), figures(document, lambda _id: (_ for _ in ()).throw(KeyError(_id)))
    joined = {id_: (*whole.at(id_), *typed.at(id_)) for id_ in {*whole.touchpoint, *typed.touchpoint}}
    return Figures(joined, whole.phase, whole.journey, whole.emotion)


@pytest.fixture(scope="module")
def document() -> Document:
    return filled()


@pytest.fixture(scope="module")
def groups(document: Document) -> list[Group]:
    composed = sheet(document, shown(document), paper("A1", "landscape"), "page", made=MADE)
    return [group for page in composed.pages for group in page.groups]


@pytest.fixture(scope="module")
def text(document: Document, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("measures") / "map.pdf"
    export(document, shown(document), path, paper="A1", made=MADE)
    assert images_of(path) == 0  # lines and shapes, no rasters
    return squeezed(text_of(path))


def items(groups: list[Group], kind: str, document: Document) -> Iterator[Item]:
    of = {one.id for one in document.all(Lane) if one.kind == kind}
    for group in groups:
        if group.meaning.lane in of:
            for item in group.items:
                yield from item.items if isinstance(item, Chart) else (item,)


WORDS = {
    lanes.EMOTION: ("to-be", "assumed", "peak", "trough", "ending"),
    lanes.ARC: ("Dramatic arc", "climax"),
    lanes.CHANNELS: ("Channels", "Phone"),
    lanes.DEPARTMENTS: ("Departments",),
    lanes.FIGURES: ("CSAT", "71 %", "n 240", "n 12", "n unknown", "fewer than 30 answers"),
    lanes.CHART: ("95 % interval; target dashed", "over time; target dashed", "n 240"),
    lanes.PAINS: ("Pains", "P1"),
    lanes.ACTIONS: ("One more desk",),
}


@pytest.mark.parametrize("kind", WORDS)
def test_the_words_of_a_lane_are_in_the_file(text: str, kind: str) -> None:
    for words in WORDS[kind]:
        assert squeezed(words) in text, words


def dotted(item: Item) -> bool:
    return (
        isinstance(item, Steps) and item.stroke is not None and item.stroke.cap == "round" and len(item.stroke.dash) > 0
    )


SHAPES = {
    lanes.EMOTION: dotted,  # the curve that is aimed at
    lanes.ARC: lambda item: isinstance(item, Steps) and item.fill == "brand",
    lanes.CHANNELS: lambda item: isinstance(item, Steps) and item.stroke is not None,  # from row to row
    lanes.DEPARTMENTS: lambda item: isinstance(item, Line),  # a hand-over
    lanes.FIGURES: lambda item: isinstance(item, Box) and item.stroke is not None and bool(item.stroke.dash),
    lanes.CHART: lambda item: isinstance(item, Box) and item.stroke is not None and bool(item.stroke.dash),
    lanes.PAINS: lambda item: isinstance(item, Ellipse) and item.fill == "pain",
    lanes.ACTIONS: lambda item: isinstance(item, Ellipse | Steps),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_the_marks_of_a_lane_are_drawn(groups: list[Group], document: Document, kind: str) -> None:
    assert any(SHAPES[kind](item) for item in items(groups, kind, document))
