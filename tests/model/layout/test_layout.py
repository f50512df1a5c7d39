"""What must hold of every drawing of every map."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journeymap.model import commands, lanes, metrics
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout, contents
from journeymap.model.layout.compose import texts
from journeymap.model.picture import Box, Chart, Group, Item, Path, Picture, Text
from journeymap.model.records import Card, Emotion, Lane, Link, Opportunity, PainPoint, Persona, Phase, Touchpoint

from . import maps
from .damaged import missed, rounded

MEDIA = {
    "screen": metrics.SCREEN,
    "compact": metrics.screen("compact"),
    "A3": metrics.paper(),
    "A0": metrics.paper(2.92, 52),
    "summary": metrics.summary(0.5),
    "narrow": metrics.summary(0.36),
    "sketch": metrics.sketch(0.15),
}
seeds = st.integers(0, 2**32)


def drawn(seed: int, columns: int, medium: str) -> tuple[Document, Picture, Layout]:
    document = Document(maps.random_map(seed, columns))
    layout = Layout(document, maps.some_figures(document, seed), MEDIA[medium])
    return document, layout.picture(), layout


def reach(group: Group, text: Text) -> tuple[float, float, float, float]:
    """The box of a line on the page: from the ascender of its letters to their descender."""
    left = group.x + text.x - {"start": 0.0, "middle": text.width / 2, "end": text.width}[text.anchor]
    base = group.y + text.y
    return left, base - 0.73 * text.size, left + text.width, base + 0.2 * text.size


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 60), st.sampled_from(sorted(MEDIA)))
def test_no_two_texts_overlap(seed: int, columns: int, medium: str) -> None:
    _, picture, _ = drawn(seed, columns, medium)
    found = sorted((reach(group, text), text.text) for group in picture.groups for text in texts([group]))
    open_: list[tuple[tuple[float, float, float, float], str]] = []
    for box, words in found:
        open_ = [one for one in open_ if one[0][2] > box[0] + 0.01]
        for other, others in open_:
            apart = other[3] <= box[1] + 0.01 or box[3] <= other[1] + 0.01
            assert apart, f"{words!r} at {box} lies on {others!r} at {other}"
        open_.append((box, words))


def lines_of(group: Group) -> list[tuple[float, float, float, float]]:
    """The straight parts of a link's line on the page, as boxes without thickness."""
    line = next(item for item in group.items if isinstance(item, Path) and item.stroke is not None)
    ends = [(group.x + float(step[-2]), group.y + float(step[-1])) for step in line.steps if len(step) > 2]
    return [
        (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
        for one, other in pairwise(ends)
    ]


def crosses(line: tuple[float, float, float, float], box: tuple[float, float, float, float], slack: float) -> bool:
    return (
        line[0] < box[2] - slack and line[2] > box[0] + slack and line[1] < box[3] - slack and line[3] > box[1] + slack
    )


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(2, 60), st.integers(1, 40), st.sampled_from(["screen", "compact", "A3", "A0"]))
def test_links_cross_no_text_and_no_card(seed: int, columns: int, links: int, medium: str) -> None:
    rnd, found = Random(seed), maps.random_map(seed, columns)
    touchpoints = [one.id for one in found if isinstance(one, Touchpoint)]
    for n in range(links):
        source, target = rnd.choice(touchpoints), rnd.choice(touchpoints)
        label = rnd.choice(("", maps.words(rnd), maps.words(rnd)[:12]))
        kind = rnd.choice(("branch", "loop", "switch", "next"))
        found.append(Link(f"more{n}", source, target, kind, label, rnd.choice((None, 0.31))))
    picture = Layout(Document(found), Figures(), MEDIA[medium]).picture()
    k = MEDIA[medium].k
    cards = [group for group in picture.groups if group.meaning.role == "touchpoint"]
    words = [(group.meaning.record, reach(group, text)) for group in picture.groups for text in texts([group])]
    for group in picture.groups:
        if group.meaning.role != "link":
            continue
        for line in lines_of(group):
            for id_, box in words:
                # Its own words are set into the line, on a ground of their own.
                assert id_ == group.meaning.record or not crosses(line, box, 0.01), (group.meaning, id_)
            for card in cards:
                box = (card.x, card.y, card.x + card.width, card.y + card.height)
                assert not crosses(line, box, 2.1 * k), (group.meaning, card.meaning)


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 60), st.sampled_from(sorted(MEDIA)))
@example(124, 2, "A0")
def test_no_text_leaves_its_group_nor_the_page(seed: int, columns: int, medium: str) -> None:
    _, picture, _ = drawn(seed, columns, medium)
    for group in picture.groups:
        for text in texts([group]):
            left, top, right, foot = reach(group, text)
            slack = 0.3 * text.size
            assert left >= group.x - 0.01, (text.text, group)
            assert right <= group.x + group.width + 0.01, (text.text, group)
            assert top >= group.y - slack, (text.text, group)
            assert foot <= group.y + group.height + slack, (text.text, group)
            assert right <= picture.width + 0.01
            assert foot <= picture.height + 0.01


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 60))
def test_every_record_is_drawn(seed: int, columns: int) -> None:
    document, picture, _ = drawn(seed, columns, "screen")
    shown = {group.meaning.record for group in picture.groups}
    open_lanes = {lane.kind for lane in document.all(Lane) if not lane.folded}
    wanted = {
        Touchpoint: lanes.JOURNEY, Link: lanes.JOURNEY, Emotion: lanes.EMOTION, PainPoint: lanes.PAINS, Opportunity: lanes.OPPORTUNITIES,
    }  # fmt: skip
    for kind, lane in wanted.items():
        if lane in open_lanes:
            absent = [record for record in document.all(kind) if record.id not in shown]
            assert not absent
    assert not [phase for phase in document.all(Phase) if phase.id not in shown]
    assert not [lane for lane in document.all(Lane) if lane.id not in shown]
    folded = {lane.id for lane in document.all(Lane) if lane.folded}
    assert not [card for card in document.all(Card) if card.lane_id not in folded and card.id not in shown]


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 24), st.integers(1, 12))
@example(21238, 15, 3)
def test_following_changes_equals_a_fresh_layout(seed: int, columns: int, edits: int) -> None:
    document = Document(maps.random_map(seed, columns))
    figures, rnd = maps.some_figures(document, seed), Random(seed)
    layout = Layout(document, figures, MEDIA[("screen", "A3", "summary", "screen", "sketch")[seed % 5]])
    for _ in range(edits):
        if rnd.random() < 0.5:
            layout.picture()  # what was drawn before must be forgotten where it is stale
        change = maps.random_change(document, rnd)
        document.apply(change)
        figures = maps.other_figures(figures, document, rnd)
        layout.follow(change, figures)
    fresh = Layout(document, figures, layout.metrics)
    assert layout.rows == fresh.rows
    assert [*layout.columns] == [*fresh.columns]
    mine, other = layout.picture(), fresh.picture()
    assert [group for group in mine.groups if group not in other.groups] == []
    assert mine == other


def an_edit_far_from_labels(document: Document, rnd: Random) -> Change:
    """Something in the middle of a long map: columns come, go and change places, moods change between the extremes."""
    middle = [one for phase in document.all(Phase) for one in document.referring(Touchpoint, "phase_id", phase.id)]
    point = rnd.choice(middle[len(middle) // 2 - 4 : len(middle) // 2 + 4])
    row = [one.id for one in document.referring(Touchpoint, "phase_id", point.phase_id) if one.id != point.id]
    match rnd.choice(("move", "copy", "delete", "mood", "extreme")):
        case "move":
            return commands.move_touchpoint(document, point.id, point.phase_id, rnd.choice([None, *row]))
        case "copy":
            return commands.duplicate(document, point.id)
        case "delete":
            return commands.delete(document, point.id)
        case "extreme":
            return commands.set_emotion(document, document.all(Persona)[0].id, point.id, rnd.choice([-2, 2]))
    return commands.set_emotion(document, document.all(Persona)[0].id, point.id, rnd.choice([-1, 0, 0.5]))


@settings(max_examples=12, deadline=None)
@given(seeds, st.booleans())
def test_labels_of_a_long_map_stand_where_they_would_stand_anew(seed: int, felt_everywhere: bool) -> None:
    draft, rnd = Draft(commands.new_map("Long")), Random(seed)
    person = draft.do(commands.add_persona, "Ada")
    for p in range(8):
        phase = draft.do(commands.add_phase, f"Phase {p}")
        for n in range(8):
            point = draft.do(commands.add_touchpoint, phase, f"Touchpoint {n}")
            if felt_everywhere or n % 3:
                mood = {(0, 1): 1.5, (0, 4): -1.5}.get((p, n), rnd.choice([-1, -0.5, 0, 1]))
                draft.do(commands.set_emotion, person, point, mood)
    document = draft.document
    layout = Layout(document, Figures(), metrics.SCREEN)
    last: Change | None = None
    for _ in range(8):
        before = layout.picture()
        taken_back = last is not None and rnd.random() < 0.4
        change = last.inverse() if last is not None and taken_back else an_edit_far_from_labels(document, rnd)
        last = None if taken_back else change
        document.apply(change)
        damage = layout.follow(change, Figures())
        assert missed(damage, layout, before, layout.picture()) == [], change
        fresh = Layout(document, Figures(), layout.metrics).picture()
        now, anew = (
            [rounded(one) for one in picture.groups if one.meaning.field == "note"]
            for picture in (layout.picture(), fresh)
        )
        assert now == anew


@pytest.mark.parametrize("mood", [2, -2, 1.5, -1.5])
def test_a_peak_that_comes_back_is_marked_as_before(mood: float) -> None:
    """The extreme of a long curve is deleted, and the deletion undone: peak or trough are found anew both times."""
    draft = Draft(commands.new_map("Long"))
    person, phase = draft.do(commands.add_persona, "Ada"), draft.do(commands.add_phase, "Phase")
    points = [draft.do(commands.add_touchpoint, phase, f"Touchpoint {n}") for n in range(60)]
    for n, point in enumerate(points):
        draft.do(commands.set_emotion, person, point, {1: 1.5, 4: -1.5, 30: mood}.get(n, 0.5))
    document = draft.document
    layout = Layout(document, Figures(), metrics.SCREEN)
    gone = commands.delete(document, points[30])
    for change in (gone, gone.inverse()):
        layout.picture()
        document.apply(change)
        layout.follow(change, Figures())
        fresh = Layout(document, Figures(), layout.metrics).picture()
        for one, other in zip(layout.picture().groups, fresh.groups, strict=True):
            assert rounded(one) == rounded(other)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 12), st.integers(1, 12), st.booleans())
def test_curves_of_the_other_state_follow_every_change(seed: int, columns: int, edits: int, later: bool) -> None:
    document = Document(maps.to_be(seed, maps.random_map(seed, columns, (lanes.EMOTION,))))
    figures, rnd = maps.some_figures(document, seed), Random(seed)
    shown = [one.id for one in document.all(Touchpoint) if (one.phase_id == "after") == later] if later else None
    layout = Layout(document, figures, MEDIA["screen"], touchpoints=shown)
    for _ in range(edits):
        layout.picture()
        change = maps.random_change(document, rnd)
        document.apply(change)
        figures = maps.other_figures(figures, document, rnd)
        layout.follow(change, figures)
    fresh = Layout(document, figures, layout.metrics, touchpoints=shown)
    states = [{block.phase.state_id for block in one.blocks} for one in (layout, fresh)]
    if states[0] == states[1]:  # a page whose touchpoints have gone elsewhere shows another state when it is made anew
        assert layout.picture() == fresh.picture()


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(2, 24))
@example(18061, 2)  # the owner of a folded lane's touchpoints is deleted
def test_what_changed_lies_within_the_damage(seed: int, columns: int) -> None:
    document = Document(maps.random_map(seed, columns))
    figures, rnd = maps.some_figures(document, seed), Random(seed)
    layout = Layout(document, figures, MEDIA["screen"])
    for _ in range(4):
        before = layout.picture()
        change = maps.random_change(document, rnd)
        document.apply(change)
        figures = maps.other_figures(figures, document, rnd)
        damage = layout.follow(change, figures)
        if damage.everything:
            continue
        assert missed(damage, layout, before, layout.picture()) == [], change


def test_cells_and_name_of_a_row_that_stays_as_high_move_with_the_room_for_links() -> None:
    document = Document(maps.random_map(7, 6))
    journey = next(one for one in document.all(Lane) if one.kind == lanes.JOURNEY)
    for id_ in [one.id for one in document.all(Link)]:
        document.apply(commands.delete(document, id_))
    document.apply(commands.edit(document, journey.id, height=500))
    layout = Layout(document, Figures(), MEDIA["screen"])
    before, rows = layout.picture(), layout.rows
    change = commands.link(document, "t0", "t5", label="round about")
    document.apply(change)
    damage = layout.follow(change, Figures())
    assert layout.rows == rows
    assert layout.picture() == Layout(document, Figures(), layout.metrics).picture()
    assert missed(damage, layout, before, layout.picture()) == []


@settings(max_examples=15, deadline=None)
@given(seeds, st.integers(1, 60), st.floats(0, 1), st.floats(0, 1))
@example(0, 50, 0.984375, 0.25)  # a curve over fifty columns that ends in the first one in view
def test_what_is_visible_holds_every_group_that_touches_the_view(seed: int, columns: int, fx: float, fy: float) -> None:
    _, picture, layout = drawn(seed, columns, "screen")
    x, y, wide, high = fx * layout.width, layout.head_height + fy * layout.height, 400.0, 300.0
    shown = set(layout.visible(x, y, wide, high))
    for group in picture.groups:
        touches = group.x < x + wide and group.x + group.width > x and group.y < y + high and group.y + group.height > y
        if touches and group.meaning.role not in {"phase", "lane", "ground"} and group.x >= layout.names_width:
            assert group in shown


def test_an_empty_map_has_its_prompts_and_no_columns() -> None:
    document = Document(
        maps.random_map(1, 1)[:2]
        + [Lane(kind, key, kind) for kind, key in zip(lanes.DEFAULT, maps.keys(len(lanes.DEFAULT)), strict=True)]
    )
    layout = Layout(document, Figures(), MEDIA["screen"])
    prompts = {group.meaning.lane for group in layout.picture().groups if group.meaning.role == "prompt"}
    assert prompts == set(lanes.DEFAULT) - lanes.LINES
    assert not layout.columns
    printed = Layout(document, Figures(), MEDIA["A3"]).picture()
    assert not [group for group in printed.groups if group.meaning.role in {"prompt", "divider"}]


def test_phases_without_touchpoints_have_their_place() -> None:
    document = Document(maps.random_map(3, 4))
    layout = Layout(document, Figures(), MEDIA["screen"])
    phase = Phase("later", "state", "zz", "Later")
    change = maps.adding("add", phase)
    document.apply(change)
    layout.follow(change, Figures())
    place = layout.place("later")
    assert place is not None
    assert place.width == layout.metrics.pitch
    assert place.x + place.width == layout.width


def test_touchpoints_are_numbered_through_even_on_a_page_of_some() -> None:
    document = Document(maps.random_map(5, 12))
    every = [column.touchpoint_id for column in Layout(document, Figures(), MEDIA["A3"]).columns]
    page = Layout(document, Figures(), MEDIA["A3"], touchpoints=every[4:8])
    assert [column.number for column in page.columns] == [5, 6, 7, 8]


def test_a_link_that_leaves_the_page_ends_at_its_edge() -> None:
    records = [record for record in maps.random_map(5, 12, dense=0) if not isinstance(record, Link)]
    document = Document([*records, Link("over", "t5", "t10", "branch", "onwards")])
    page = Layout(document, Figures(), MEDIA["A3"], touchpoints=[f"t{i}" for i in range(4, 8)])
    group = next(group for group in page.picture().groups if group.meaning.role == "link")
    assert group.meaning.record == "over"
    assert group.x + group.width == pytest.approx(page.width, abs=4)


def test_a_broken_hand_over_carries_the_fall() -> None:
    document = Document(
        [record for record in maps.random_map(7, 2, dense=0) if not isinstance(record, Emotion | Touchpoint)]
        + [Touchpoint(f"t{i}", "phase0", f"a{i}", f"T{i}", department_id=f"department{i}") for i in range(2)]
        + [Emotion("before", "persona0", "t0", 1.0), Emotion("after", "persona0", "t1", -0.5)]
    )
    picture = Layout(document, Figures(), MEDIA["screen"]).picture()
    (over,) = [group for group in picture.groups if group.meaning.role == "handover"]
    assert [item.text for item in over.items if isinstance(item, Text)] == ["−1.5"]


def test_a_point_names_what_lies_under_it() -> None:
    document = Document(maps.random_map(11, 8))
    layout = Layout(document, maps.some_figures(document, 11), MEDIA["screen"])
    for column in layout.columns:
        place = layout.place(column.touchpoint_id, "lane-journey")
        assert place is not None
        found = layout.at(
            column.x + column.width / 2, place.y + place.height - layout.metrics.lane_pad - layout.metrics.card / 2
        )
        assert found is not None
        assert found.meaning.record == column.touchpoint_id


def test_each_record_can_be_found_on_the_map() -> None:
    document = Document(maps.random_map(12, 10))
    layout = Layout(document, Figures(), MEDIA["screen"])
    open_lanes = {lane.id for lane in document.all(Lane) if not lane.folded}
    for kind in (Touchpoint, Card, PainPoint, Opportunity, Link, Phase, Lane):
        for record in document.all(kind):
            if kind is Card and record.lane_id not in open_lanes:
                continue
            assert layout.place(record.id) is not None, record


def test_a_hidden_persona_is_not_drawn() -> None:
    records = [
        maps.replace(record, hidden=True) if isinstance(record, Persona) else record
        for record in maps.random_map(13, 8)
    ]
    picture = Layout(Document(records), Figures(), MEDIA["screen"]).picture()
    assert not [group for group in picture.groups if group.meaning.role in {"curve", "emotion"}]


def test_figures_with_few_answers_are_hollow_and_those_without_n_hatched() -> None:
    document = Document(maps.random_map(14, 3, (lanes.JOURNEY, lanes.FIGURES)))
    figure = maps.some_figures(document, 1, dense=1).at("t0")[0]
    figures = Figures(
        touchpoint={
            "t0": (maps.replace(figure, value=50.0, n=12, n_effective=None, status="open"),),
            "t1": (maps.replace(figure, value=50.0, n=None, n_effective=None, status="none"),),
            "t2": (maps.replace(figure, value=50.0, n=400, n_effective=None, status="met"),),
        }
    )
    picture = Layout(document, figures, MEDIA["screen"]).picture()
    chips = [group for group in picture.groups if group.meaning.role == "chip"]
    grounds = [next(item for item in chip.items if isinstance(item, Box)) for chip in chips]
    assert grounds[0].stroke is not None
    assert grounds[0].stroke.dash
    assert grounds[0].fill == "card"
    assert _lines(chips[1]) > 10
    assert grounds[2].fill == "metb"


def _lines(group: Group) -> int:
    return sum(type(item).__name__ == "Line" for item in group.items)


def test_longer_arcs_lie_outside_and_never_on_the_same_level() -> None:
    document = Document(maps.random_map(15, 30))
    from journeymap.model.layout.arcs import arcs
    from journeymap.model.layout.grid import Grid

    levels = defaultdict(list)
    for arc in arcs(Grid(document, Figures(), MEDIA["screen"])):
        levels[arc.level].append((arc.left, arc.right))
    for level in levels.values():
        for (_, right), (left, _) in pairwise(sorted(level)):
            assert left >= right


def test_spark_charts_keep_their_data() -> None:
    document = Document(maps.random_map(16, 2, (lanes.JOURNEY, lanes.FIGURES)))
    figure = maps.replace(
        maps.some_figures(document, 1, dense=1).at("t0")[0], value=5.0, n=99, spark=(1.0, None, 3.0), target=2.0
    )
    picture = Layout(document, Figures(touchpoint={"t0": (figure,)}), MEDIA["screen"]).picture()
    charts: list[Item] = [item for group in picture.groups for item in group.items if isinstance(item, Chart)]
    assert [(chart.values, chart.target) for chart in charts if isinstance(chart, Chart)] == [((1.0, None, 3.0), 2.0)]


def test_summaries_keep_every_column_where_it_is_and_sketches_have_no_text() -> None:
    document = Document(maps.random_map(17, 20))
    figures = maps.some_figures(document, 17)
    full, summary, sketch = (Layout(document, figures, MEDIA[name]) for name in ("screen", "summary", "sketch"))
    assert [*full.columns] == [*summary.columns] == [*sketch.columns]
    assert not list(texts(sketch.picture().groups))
    sizes = {round(text.size * 0.5) for text in texts(summary.picture().groups)}
    assert sizes == {11, 13}


def test_the_level_of_detail_follows_the_zoom() -> None:
    levels = [metrics.at_zoom(zoom).level for zoom in (1.5, 0.7, 0.69, 0.35, 0.34, 0.08)]
    assert levels == ["full", "full", "summary", "summary", "sketch", "sketch"]


def test_a_figure_of_a_phase_stands_over_its_columns() -> None:
    document = Document(maps.random_map(18, 9, (lanes.JOURNEY, lanes.FIGURES)))
    figure = maps.replace(maps.some_figures(document, 1, dense=1).at("t0")[0], value=5.0, n=99, measure_id="whole")
    layout = Layout(document, Figures(phase={"phase0": (figure,)}), MEDIA["screen"])
    (chip,) = [group for group in layout.picture().groups if group.meaning.role == "chip"]
    assert chip.meaning.record == "whole"
    block = layout.blocks[0]
    assert block.x < chip.x < chip.x + chip.width < block.x + block.width


def test_a_phase_that_alone_loses_its_figure_is_drawn_without_it() -> None:
    document = Document(maps.random_map(18, 9, (lanes.JOURNEY, lanes.FIGURES)))
    figure = maps.replace(maps.some_figures(document, 1, dense=1).at("t0")[0], measure_id="whole")
    layout = Layout(document, Figures(phase={"phase0": (figure,)}), MEDIA["screen"])
    assert layout.follow(Change(), Figures())
    assert [group for group in layout.picture().groups if group.meaning.role == "chip"] == []


def test_the_arrow_over_an_empty_phase_is_seen_from_its_middle() -> None:
    records = [record for record in maps.random_map(5, 2, dense=0) if not isinstance(record, Link | Touchpoint | Phase)]
    phases = [Phase(f"p{n}", "state", f"a{n}", f"P{n}") for n in range(4)]
    points = [Touchpoint("one", "p0", "a0", "One"), Touchpoint("two", "p3", "a0", "Two")]
    layout = Layout(Document([*records, *phases, *points]), Figures(), MEDIA["screen"])
    middle = next(block for block in layout.blocks if block.phase.id == "p1")
    shown = list(layout.visible(middle.x + 40, layout.head_height, 30, 200))
    assert any(group.x < middle.x and group.x + group.width > middle.x + 100 for group in shown if group.layer)


@settings(max_examples=15, deadline=None)
@given(seeds, st.integers(1, 30))
def test_what_is_gathered_together_is_what_each_touchpoint_has(seed: int, columns: int) -> None:
    made = maps.random_map(seed, columns)
    document = Document([*made, *maps.to_be(seed, made)])
    ids = [one.id for one in document.all(Touchpoint)]
    each = {id_: contents.gather(document, document.one(Touchpoint, id_)) for id_ in ids}
    assert contents.gather_all(document, [*ids, "gone"]) == each
