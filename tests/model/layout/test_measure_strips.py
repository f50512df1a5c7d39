"""What the lanes of measure draw: curves of two states, the arc and its climax, bars that can be compared, switches."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from journeymap.model import commands, lanes, metrics
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.layout.compose import texts
from journeymap.model.measured import Figure
from journeymap.model.outline import build
from journeymap.model.picture import Box, Chart, Ellipse, Group, Line, Path
from journeymap.model.records import Lane, Persona, Touchpoint

WRITTEN = {
    "personas": [{"name": "Ines"}],
    "phases": [
        {
            "name": "Ride",
            "touchpoints": [
                {"name": "Find", "channel": "Web", "emotions": {"Ines": 1.0}},
                {"name": "Book", "channel": "Web", "emotions": {"Ines": -1.0}},
                {"name": "Fetch", "channel": "Shop", "emotions": {"Ines": 0.5}},
                {"name": "Ride", "emotions": {"Ines": 1.5}},
                {"name": "Return", "channel": "Shop", "emotions": {"Ines": 0.0}},
            ],
        }
    ],
}


def made(*kinds: str) -> Draft:
    """A map that shows the journey and these lanes alone."""
    draft = Draft(build(WRITTEN, "Bicycle").document)
    for lane in draft.document.all(Lane):
        if lane.kind not in {lanes.JOURNEY, *kinds}:
            draft.do(commands.delete, lane.id)
    for kind in kinds:
        if not any(lane.kind == kind for lane in draft.document.all(Lane)):
            draft.do(commands.add_lane, kind)
    return draft


def at(document: Document, name: str) -> Touchpoint:
    return next(one for one in document.all(Touchpoint) if one.name == name)


def drawn(document: Document, kind: str, figures: Figures | None = None, **options: object) -> list[Group]:
    lane = next(one.id for one in document.all(Lane) if one.kind == kind)
    layout = Layout(document, figures or Figures(), metrics.SCREEN, **options)  # type: ignore[arg-type]
    return [group for group in layout.picture().groups if group.meaning.lane == lane and group.meaning.role != "lane"]


def later(draft: Draft, mood: float) -> str:
    """A to-be touchpoint that stands for Book."""
    state = draft.do(commands.add_state, "To-be", kind="to_be")
    phase = draft.do(commands.add_phase, "Later", state_id=state)
    there = draft.do(commands.add_touchpoint, phase, "Book by one tap")
    also = draft.do(commands.add_touchpoint, phase, "Fetch by code")
    draft.do(commands.edit, there, counterpart_id=at(draft.document, "Book").id)
    draft.do(commands.edit, also, counterpart_id=at(draft.document, "Fetch").id)
    for id_ in (there, also):
        draft.do(commands.set_emotion, draft.document.all(Persona)[0].id, id_, mood)
    return there


def test_what_is_aimed_at_is_dotted_beside_the_mood_as_it_is() -> None:
    draft = made(lanes.EMOTION)
    later(draft, 2.0)
    groups = drawn(draft.document, lanes.EMOTION)
    strokes = [item.stroke for group in groups for item in group.items if isinstance(item, Path) and item.stroke]
    assert [one for one in strokes if one.cap == "round" and one.dash]
    assert "to-be" in "".join(text.text for text in texts(groups))
    [mark] = [
        one
        for one in groups
        if one.meaning.alt == "Ines: +2.0, to-be" and one.meaning.touchpoint == at(draft.document, "Book").id
    ]
    assert mark.meaning.record is not None


def test_beside_the_mood_that_is_aimed_at_the_one_as_it_is_is_grey() -> None:
    draft = made(lanes.EMOTION)
    later(draft, 2.0)
    ids = [one.id for one in draft.document.all(Touchpoint) if one.counterpart_id is not None]
    groups = drawn(draft.document, lanes.EMOTION, touchpoints=ids)
    strokes = [item.stroke for group in groups for item in group.items if isinstance(item, Path) and item.stroke]
    assert [one for one in strokes if one.colour == "control"]


def test_the_arc_has_its_climax_named_once_and_none_where_it_is_flat() -> None:
    draft = made(lanes.ARC)
    for name, value in (("Find", 1.0), ("Book", 4.0), ("Ride", 5.0), ("Return", 2.0)):
        draft.do(commands.edit, at(draft.document, name).id, tension=value)
    groups = drawn(draft.document, lanes.ARC)
    marks = {one.meaning.touchpoint: one for one in groups if one.meaning.role == "tension"}
    assert set(marks) == {at(draft.document, name).id for name in ("Find", "Book", "Ride", "Return")}
    named = [id_ for id_, one in marks.items() if "climax" in one.meaning.alt]
    assert named == [at(draft.document, "Ride").id]
    for touchpoint in draft.document.all(Touchpoint):
        draft.do(commands.edit, touchpoint.id, tension=3.0)
    assert not [one for one in drawn(draft.document, lanes.ARC) if "climax" in one.meaning.alt]


def test_a_channel_that_stays_is_a_straight_line_and_a_switch_crosses_the_rows() -> None:
    groups = drawn(made(lanes.CHANNELS).document, lanes.CHANNELS)
    switches = [one.meaning.alt for one in groups if one.meaning.role == "switch"]
    assert switches == ["Switch from Web to Shop"]  # none to or from the touchpoint without a channel
    dots = [one for one in groups if one.meaning.role == "channel"]
    assert [sum(isinstance(item, Ellipse) and item.fill == "text2" for item in one.items) for one in dots] == [
        1,
        1,
        1,
        0,
        1,
    ]


FIGURE = Figure(
    "csat", "CSAT", "share", 70.0, 66.0, 74.0, 400, 400.0, "%", target=75.0, status="missed", measure_id="m"
)


def shown(document: Document, **figures: Figure) -> Figures:
    return Figures({at(document, name).id: (figure,) for name, figure in figures.items()})


def test_a_bar_has_its_interval_its_target_and_is_hollow_with_few_answers() -> None:
    document = made(lanes.CHART).document
    few = replace(FIGURE, n=12, n_effective=12.0, value=40.0, low=20.0, high=60.0)
    unknown = replace(FIGURE, n=None, n_effective=None, low=None, high=None, status="none")
    groups = drawn(document, lanes.CHART, shown(document, Find=FIGURE, Book=few, Fetch=unknown))
    bars = [one for one in groups if one.meaning.role == "chip"]
    assert len(bars) == 3
    inner = [next(item for item in one.items if isinstance(item, Chart)) for one in bars]
    boxes = [next(item for item in one.items if isinstance(item, Box)) for one in inner]
    assert [bool(box.stroke and box.stroke.dash) for box in boxes] == [False, True, False]
    assert boxes[0].fill == "missedb"
    assert boxes[1].fill is None
    assert [one.target for one in inner] == [75.0] * 3
    whiskers = [sum(isinstance(item, Line) and item.stroke.colour == "text2" for item in one.items) for one in inner]
    assert whiskers == [3, 3, 0]
    assert boxes[0].height > boxes[1].height


def test_what_was_not_asked_alike_is_written_and_not_drawn() -> None:
    document = made(lanes.CHART).document
    other = replace(FIGURE, statistic="mean", unit="", value=3.9, scale=(1.0, 5.0))
    groups = drawn(document, lanes.CHART, shown(document, Find=FIGURE, Book=FIGURE, Fetch=other))
    words = [text.text for text in texts(groups)]
    assert words.count("another scale") == 1
    assert sum(isinstance(item, Chart) for one in groups for item in one.items) == 2


def test_a_chart_is_about_what_most_touchpoints_have_unless_it_is_said() -> None:
    draft = made(lanes.CHART)
    lane = draft.document.all(Lane)[-1]
    nps = replace(FIGURE, kpi="nps", name="NPS", unit="points", statistic="nps", value=-10.0, low=-20.0, high=0.0)
    figures = shown(draft.document, Find=FIGURE, Book=FIGURE, Fetch=nps)
    names = [text.text for text in texts(Layout(draft.document, figures, metrics.SCREEN).names)]
    assert "CSAT" in names
    draft.do(commands.edit, lane.id, kpi="nps")
    assert len([one for one in drawn(draft.document, lanes.CHART, figures) if one.meaning.role == "chip"]) == 1


def test_a_trend_goes_through_the_values_of_the_periods() -> None:
    draft = made(lanes.CHART)
    draft.do(commands.edit, draft.document.all(Lane)[-1].id, chart="trend")
    figures = shown(draft.document, Find=replace(FIGURE, spark=(50.0, None, 65.0, 70.0)))
    [group] = [one for one in drawn(draft.document, lanes.CHART, figures) if one.meaning.role == "chip"]
    chart = next(item for item in group.items if isinstance(item, Chart))
    assert chart.values == (50.0, None, 65.0, 70.0)
    assert sum(isinstance(item, Line) for item in chart.items) == 1  # a gap stays a gap


def test_an_action_says_who_does_it_and_by_which_day() -> None:
    draft = made(lanes.ACTIONS)
    place = draft.document.all(Touchpoint)[0].id
    draft.do(commands.add_action, "Shorten the queue", owner="Ada", due="2027-02-28", kpi_touchpoint_id=place)
    assert "Ada, 28 Feb 2027" in [text.text for text in texts(drawn(draft.document, lanes.ACTIONS))]


@pytest.mark.parametrize("kind", [lanes.ARC, lanes.CHART, lanes.CHANNELS, lanes.ACTIONS])
def test_an_empty_lane_is_a_quiet_row(kind: str) -> None:
    draft = made(kind)
    for touchpoint in draft.document.all(Touchpoint):
        draft.do(commands.set_channel, touchpoint.id, None)
    [group] = drawn(draft.document, kind)
    assert group.meaning.role == "prompt"
    assert group.height == metrics.SCREEN.empty
