"""Under every view: what is left out, what is made, and that following a change equals drawing anew."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from journeymap.model import journey, lanes, lens, metrics
from journeymap.model.change import adding, updating
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.layout.states import States, layout_of
from journeymap.model.picture import Box, Ellipse, Path
from journeymap.model.records import (
    Department,
    Emotion,
    Lane,
    PainPoint,
    Persona,
    Phase,
    Record,
    State,
    Tag,
    Tagging,
    Touchpoint,
    View,
)

from . import maps
from .damaged import missed

MEDIA = (metrics.SCREEN, metrics.paper(), metrics.summary(0.5), metrics.sketch(0.15))
seeds = st.integers(0, 2**32)


def with_to_be(records: list[Record], seed: int) -> list[Record]:
    """The same map with a second state: some touchpoints have counterparts, in nearly the same order."""
    rnd = Random(seed)
    made: list[Record] = [State("later", "a1", kind="to_be")]
    phases = [one for one in records if isinstance(one, Phase)]
    made += [replace(one, id=f"{one.id}*", state_id="later") for one in phases if rnd.random() < 0.8]
    kept = {one.id for one in made}
    for one in records:
        if isinstance(one, Touchpoint) and f"{one.phase_id}*" in kept and rnd.random() < 0.7:
            other = one.id if rnd.random() < 0.8 else None
            made.append(replace(one, id=f"{one.id}*", phase_id=f"{one.phase_id}*", counterpart_id=other))
    return [*records, *made]


def some_view(document: Document, kind: str, rnd: Random) -> View:
    """A view of that kind; a saved one restricts some more."""
    view = lens.builtin(kind, document)
    if rnd.random() < 0.5:
        return view

    def some(of: type[Record]) -> tuple[str, ...]:
        ids = [one.id for one in document.all(of)]
        return tuple(rnd.sample(ids, rnd.randint(1, len(ids)))) if ids and rnd.random() < 0.4 else ()

    return replace(
        view, id="own", lanes=some(Lane), personas=some(Persona), departments=some(Department), tags=some(Tag)
    )


@settings(max_examples=90, deadline=None)
@given(seeds, st.integers(1, 20), st.integers(1, 10), st.sampled_from(lens.KINDS))
@example(37, 16, 7, "states")  # a cell over several columns, of which some stand further apart than before
@example(201125, 17, 10, "personas")  # on paper the same place is added up in another order
@example(1024, 1, 3, "map")  # the only column with a mood goes, and those that stay have no label
@example(201156, 16, 1, "blueprint")  # the only persona that was shown goes, so all others are
def test_following_changes_equals_a_fresh_layout_under_every_view(
    seed: int, columns: int, edits: int, kind: str
) -> None:
    rnd = Random(seed)
    records = with_to_be(maps.random_map(seed, columns), seed)
    records += [Tag("tag", "a0", "Self-service"), *(Tagging(f"on{n}", "tag", f"t{n}") for n in range(0, columns, 2))]
    document = Document(records)
    view, figures = some_view(document, kind, rnd), maps.some_figures(document, seed)
    layout = layout_of(document, figures, MEDIA[seed % len(MEDIA)], view)
    for _ in range(edits):
        if rnd.random() < 0.5:
            layout.picture()
        change = maps.random_change(document, rnd)
        document.apply(change)
        figures = maps.other_figures(figures, document, rnd)
        layout.follow(change, figures)
    fresh = layout_of(document, figures, layout.metrics, view)
    assert layout.rows == fresh.rows
    assert [*layout.columns] == [*fresh.columns]
    mine, other = layout.picture(), fresh.picture()
    assert [group for group in mine.groups if group not in other.groups] == []
    assert mine == other


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(2, 20), st.sampled_from(lens.KINDS))
@example(4120695040, 4, "onepager")  # the scale of a chart changes where no column is shown
@example(3565, 9, "map")  # a hand-over stands far before the mood that it shows: nobody owns what lies between
@example(100468, 12, "onepager")  # a phase shows fewer touchpoints than before, though none of its own came or went
@example(102422, 12, "personas")  # two measured stretches become one, of which only a part has a band
@example(102615, 19, "personas")  # what stood where the end of the map has come to
@example(402870, 20, "states")  # in one state columns change places, and a phase is wider for it
@example(24866, 18, "map")  # chips are lower, so phases' lines stand higher, in a row as high as a person has set
def test_what_changed_lies_within_the_damage_under_every_view(seed: int, columns: int, kind: str) -> None:
    rnd = Random(seed)
    document = Document(with_to_be(maps.random_map(seed, columns), seed))
    view, figures = some_view(document, kind, rnd), maps.some_figures(document, seed)
    layout = layout_of(document, figures, metrics.SCREEN, view)
    for _ in range(3):
        before = layout.picture()
        change = maps.random_change(document, rnd)
        document.apply(change)
        figures = maps.other_figures(figures, document, rnd)
        damage = layout.follow(change, figures)
        if damage.everything:
            continue
        assert missed(damage, layout, before, layout.picture()) == [], change


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 20), st.sampled_from(lens.KINDS))
def test_a_layout_made_from_another_one_equals_one_made_alone(seed: int, columns: int, kind: str) -> None:
    document = Document(with_to_be(maps.random_map(seed, columns), seed))
    view, figures = some_view(document, kind, Random(seed)), maps.some_figures(document, seed)
    whole = Layout(document, figures, metrics.SCREEN)
    made = layout_of(document, figures, metrics.SCREEN, view, like=whole)
    assert made.picture() == layout_of(document, figures, metrics.SCREEN, view).picture()


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 30))
def test_counterparts_stand_in_one_line_and_no_two_columns_in_one_place(seed: int, columns: int) -> None:
    document = Document(with_to_be(maps.random_map(seed, columns), seed))
    layout = layout_of(document, Figures(), metrics.SCREEN, lens.builtin(lens.STATES, document))
    assert isinstance(layout, States)
    upper = {column.touchpoint_id: column for column in layout.columns if not column.touchpoint_id.endswith("*")}
    lower = [column for column in layout.columns if column.touchpoint_id.endswith("*")]
    for several in (list(upper.values()), lower):
        assert [one.x for one in several] == sorted({one.x for one in several})
    for column in lower:
        other = document.one(Touchpoint, column.touchpoint_id).counterpart_id
        if other is not None:
            assert column.x == upper[other].x  # the orders are the same here, so that all of them fit
    for block in layout.blocks:
        inside = layout.columns[block.first : block.last + 1]
        assert all(block.x <= one.x and one.x + one.width <= block.x + block.width for one in inside)


def small() -> Document:
    """Three phases with two touchpoints each, two personas, two states."""
    return Document(
        with_to_be(
            [
                one if not isinstance(one, Touchpoint) else replace(one, name=one.id)
                for one in maps.random_map(5, 12, dense=0.8)
            ],
            3,
        )
    )


def roles(layout: Layout) -> set[str]:
    return {group.meaning.role for group in layout.picture().groups}


def test_the_blueprint_leaves_out_what_customers_think_and_unfolds_what_is_behind() -> None:
    document = small()
    lane = next(lane for lane in document.all(Lane) if lane.kind == lanes.SUPPORT)
    document.apply(updating("fold", lane, folded=True))
    layout = layout_of(document, Figures(), metrics.SCREEN, lens.builtin(lens.BLUEPRINT, document))
    kinds = [document.one(Lane, row.lane_id).kind for row in layout.rows]
    assert {lanes.JOURNEY, lanes.FRONT_STAGE, lanes.BACK_STAGE, lanes.SUPPORT, lanes.LINE_VISIBILITY} <= {*kinds}
    assert not {lanes.THOUGHTS, lanes.EMOTION, lanes.PAINS} & {*kinds}
    place = layout.place(lane.id)
    assert place is not None
    assert place.height > metrics.SCREEN.folded
    assert str(lens.hidden(document, layout.lens)).endswith("lanes hidden")


def test_the_heat_map_has_a_row_for_every_kpi_and_says_status_by_shape_as_well() -> None:
    document = small()
    figures = maps.some_figures(document, 7, dense=0.9)
    layout = layout_of(document, figures, metrics.SCREEN, lens.builtin(lens.HEAT, document))
    rows = [row for row in layout.lens.rows if row.kpi is not None]
    assert {row.kpi for row in rows} == {
        (one.kpi, one.name) for several in figures.touchpoint.values() for one in several
    }
    chips = [group for group in layout.picture().groups if group.meaning.role == "chip"]
    drawn = {(group.meaning.touchpoint, group.meaning.record) for group in chips}
    for id_, several in figures.touchpoint.items():
        for figure in several:
            first = lens.of_row(several, (figure.kpi, figure.name))
            if first is not None and id_ in {column.touchpoint_id for column in layout.columns}:
                assert (id_, first.typed_id or first.measure_id) in drawn
    judged = {row.measure_id: row for several in figures.touchpoint.values() for row in several}
    for group in chips:
        figure = judged[group.meaning.record or ""]
        shapes = [item for item in group.items if isinstance(item, Path | Ellipse)]
        assert isinstance(group.items[0], Box)  # the ground, by colour
        assert bool(shapes) == (figure.value is not None)  # and a shape that says the same


def test_every_persona_has_a_row_of_her_own_with_nobody_else_on_it() -> None:
    document = small()
    layout = layout_of(document, Figures(), metrics.SCREEN, lens.builtin(lens.PERSONAS, document))
    people = document.all(Persona)
    rows = [row for row in layout.rows if lens.persona_of(row.lane_id)]
    assert [lens.persona_of(row.lane_id) for row in rows] == [one.id for one in people]
    lane = next(lane for lane in document.all(Lane) if lane.kind == lanes.EMOTION)
    assert {lens.real(row.lane_id) for row in rows} == {lane.id}
    for row in rows:
        who = lens.persona_of(row.lane_id)
        felt = [
            group
            for group in layout.picture().groups
            if group.meaning.role == "emotion" and row.y <= group.y + group.height / 2 < row.y + row.height
        ]
        ids = {
            document.one(Emotion, group.meaning.record).persona_id
            for group in felt
            if group.meaning.record not in {one.id for one in people}
        }
        assert ids <= {who}
        level = layout.mood_level(1.0, None, who)
        assert level is not None
        assert row.y < level < row.y + row.height
        assert layout.mood_at(level, None, who) == pytest.approx(1.0)


def test_one_phase_shows_its_touchpoints_with_the_numbers_they_have_on_the_whole_map() -> None:
    document = small()
    phases = journey.phases(document, "state")
    view = lens.builtin(lens.PHASE, document, phases[-1].id)
    layout = layout_of(document, Figures(), metrics.SCREEN, view)
    inside = document.referring(Touchpoint, "phase_id", phases[-1].id)
    assert [column.touchpoint_id for column in layout.columns] == [one.id for one in inside]
    every = [one.id for one in journey.touchpoints(document, "state")]
    assert [column.number for column in layout.columns] == [every.index(one.id) + 1 for one in inside]
    assert lens.hidden(document, layout.lens).touchpoints == len(every) - len(inside)


def test_a_one_pager_keeps_what_decides_and_the_first_of_every_phase() -> None:
    document = Document(maps.random_map(11, 60))
    layout = layout_of(document, Figures(), metrics.SCREEN, lens.builtin(lens.ONE_PAGE, document))
    shown = {column.touchpoint_id for column in layout.columns}
    every = list(journey.touchpoints(document, "state"))
    assert 0 < len(shown) < len(every)
    assert {one.id for one in every if one.moment_of_truth} <= shown
    assert {pain.touchpoint_id for pain in document.all(PainPoint) if pain.severity >= lens.GRAVE} <= shown
    filled = [
        phase for phase in journey.phases(document, "state") if document.referring(Touchpoint, "phase_id", phase.id)
    ]
    assert [block.phase.id for block in layout.blocks] == [phase.id for phase in filled]


def test_filters_leave_out_touchpoints_and_their_end_brings_them_back() -> None:
    document = small()
    owned = next(one for one in document.all(Touchpoint) if one.department_id and not one.id.endswith("*"))
    view = View("own", "a0", "Owned", "map", departments=(owned.department_id or "",))
    layout = layout_of(document, Figures(), metrics.SCREEN, view)
    here = {one.id for one in journey.touchpoints(document, "state") if one.department_id == owned.department_id}
    assert {column.touchpoint_id for column in layout.columns} == here
    change = updating("owner", owned, department_id=None)
    document.apply(change)
    layout.follow(change, Figures())
    assert owned.id not in {column.touchpoint_id for column in layout.columns}
    tagged = View("own", "a0", "Tagged", "map", tags=("tag",))
    document.apply(adding("tag", Tag("tag", "a0", "New"), Tagging("on", "tag", owned.id)))
    assert [one.touchpoint_id for one in layout_of(document, Figures(), metrics.SCREEN, tagged).columns] == [owned.id]


def test_views_are_found_by_name_or_kind_and_saved_ones_first() -> None:
    document = small()
    document.apply(adding("view", View("own", "a0", "Blueprint", "pains")))
    found = lens.find(document, "blueprint")
    assert found is not None
    assert found.id == "own"
    assert lens.is_saved(found)
    heat = lens.find(document, "KPI heat map")
    assert heat is not None
    assert heat.kind == lens.HEAT
    assert not lens.is_saved(heat)
    assert lens.find(document, "nonsense") is None
