"""What must hold of every slide of every map: it can be read from the back of a room, and nothing is lost or overlaps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from journeymap.model import commands, journey, lens
from journeymap.model.change import adding
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.layout.compose import texts
from journeymap.model.outline import build
from journeymap.model.picture import Box, Path
from journeymap.model.records import Note, Phase, Touchpoint
from journeymap.model.slides import HIGH, LEAST, WIDE, Deck, Slide
from journeymap.model.slides.title import shares

from . import maps

seeds = st.integers(0, 2**32)


def every(deck: Deck) -> list[Slide]:
    """All slides, those with more detail too."""
    return [slide for n in range(len(deck.columns)) for slide in (deck.columns[n], *deck.below(n))]


def of_kind(deck: Deck, *kinds: str) -> list[Slide]:
    return [slide for slide in every(deck) if slide.kind in kinds]


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(1, 14), st.sampled_from(lens.KINDS))
def test_no_type_is_smaller_than_three_per_cent_of_the_height(seed: int, columns: int, kind: str) -> None:
    document = Document(maps.random_map(seed, columns))
    deck = Deck(document, maps.some_figures(document, seed), lens.builtin(kind, document))
    for slide in every(deck):
        picture = deck.picture(slide)
        assert (picture.width, picture.height) == (WIDE, HIGH)
        assert LEAST / HIGH >= 0.03
        assert picture.smallest >= LEAST, slide


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 14))
def test_no_two_texts_of_a_story_overlap_and_none_leaves_the_slide(seed: int, columns: int) -> None:
    document = Document(maps.random_map(seed, columns))
    deck = Deck(document, maps.some_figures(document, seed))
    for slide in of_kind(deck, "story", "title", "plan"):
        boxes = []
        for group in deck.picture(slide).groups:
            for text in texts([group]):
                left = group.x + text.x - {"start": 0.0, "middle": text.width / 2, "end": text.width}[text.anchor]
                base = group.y + text.y
                boxes.append((left, base - 0.73 * text.size, left + text.width, base + 0.2 * text.size, text.text))
        for left, top, right, foot, words in boxes:
            assert left >= -0.5, words
            assert right <= WIDE + 0.5, words
            assert top >= 0, words
            assert foot <= HIGH, words
        for one, other in ((a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]):
            apart = (
                one[2] <= other[0] + 0.01
                or other[2] <= one[0] + 0.01
                or one[3] <= other[1] + 0.01
                or other[3] <= one[1] + 0.01
            )
            assert apart, (slide, one, other)


@pytest.mark.usefixtures("pseudo")
def test_every_phase_is_named_in_the_band_of_the_first_slide() -> None:
    names = ["Beschwerden", "Vorbereiten", "In der Klinik", "Nach Hause", "Danach"]
    phases = [
        {"name": name, "touchpoints": [{"name": f"{name} {n}"} for n in range(1 + 3 * (k % 2))]}
        for k, name in enumerate(names)
    ]
    deck = Deck(build({"phases": phases}, "Hüfte").document, Figures())
    said = [text.text for text in texts(deck.picture(deck.columns[0]).groups)]
    assert [one for one in said if one in names] == names


@given(st.lists(st.tuples(st.integers(1, 20), st.floats(10, 400)), min_size=1, max_size=12))
def test_room_is_parted_by_weight_as_far_as_every_need_is_met(parts: list[tuple[int, float]]) -> None:
    weights, needs = [one for one, _need in parts], [need for _one, need in parts]
    found = shares(1456, weights, needs)
    assert sum(found) == pytest.approx(1456)
    if sum(needs) <= 1456:
        assert all(one >= need - 1e-6 for one, need in zip(found, needs, strict=True))


@pytest.mark.parametrize("worst", [0, 1, 2])
def test_no_word_touches_the_border_of_the_worst_column(worst: int) -> None:
    moods = [1.0 if n != worst else -1.5 for n in range(3)]
    points = [{"name": f"T{n}", "emotions": {"Ines": [mood, "as I feared"]}} for n, mood in enumerate(moods)]
    document = build({"personas": [{"name": "Ines"}], "phases": [{"name": "P", "touchpoints": points}]}, "M").document
    deck = Deck(document, Figures())
    (slide,) = of_kind(deck, "story")
    groups = deck.picture(slide).groups
    (tint,) = [box for group in groups for box in group.items if isinstance(box, Box) and box.fill == "trough"]
    assert (tint.x <= 0) == (worst == 0)
    assert (tint.x + tint.width >= WIDE) == (worst == 2)
    for group in groups:
        for text in texts([group]):
            left = group.x + text.x
            right = left + text.width
            if not tint.y < group.y + text.y < tint.y + tint.height:
                continue
            inside = left >= tint.x and right <= tint.x + tint.width
            if inside:
                assert left - tint.x >= 6, text.text
                assert tint.x + tint.width - right >= 6, text.text
            ground = {"trough"} if inside else {"panel", None}
            assert text.halo in ground | {None}, text.text


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 30))
def test_every_touchpoint_has_its_story_in_order_and_none_is_shown_twice(seed: int, columns: int) -> None:
    document = Document(maps.random_map(seed, columns))
    deck = Deck(document, Figures())
    told = [id_ for slide in deck.columns if slide.kind == "story" for id_ in slide.touchpoints]
    assert told == [one.id for one in journey.touchpoints(document, "state")]
    assert all(1 <= len(slide.touchpoints) <= 4 for slide in deck.columns if slide.kind == "story")


def test_a_long_phase_is_cut_into_parts_of_nearly_equal_length() -> None:
    document = Document(maps.random_map(3, 1))
    phase = document.all(Phase)[0]
    for name in "abcdefghi":
        document.apply(commands.add_touchpoint(document, phase.id, name))
    deck = Deck(document, Figures())
    parts = [slide for slide in deck.columns if slide.phase_id == phase.id]
    sizes = [len(slide.touchpoints) for slide in parts]
    assert sum(sizes) == len(document.referring(Touchpoint, "phase_id", phase.id))
    assert max(sizes) - min(sizes) <= 1 or sizes[-1] >= max(sizes) - 2
    assert [(slide.part, slide.parts) for slide in parts] == [(n, len(parts)) for n in range(1, len(parts) + 1)]


def test_the_curve_runs_on_beyond_the_edges_where_the_journey_does() -> None:
    document = Document(maps.random_map(8, 12, dense=1.0))
    deck = Deck(document, Figures())
    stories = [slide for slide in deck.columns if slide.kind == "story"]

    def reach(slide: Slide) -> tuple[float, float]:
        paths = [item for group in deck.picture(slide).groups if group.meaning.role == "curve" for item in group.items]
        xs = [float(step[-2]) for path in paths if isinstance(path, Path) for step in path.steps if len(step) > 2]
        return min(xs), max(xs)

    assert reach(stories[0])[0] > 0
    assert reach(stories[-1])[1] < WIDE
    for before, after in pairwise(stories):
        assert reach(before)[1] > WIDE
        assert reach(after)[0] < 0


def test_below_a_story_are_its_lanes_and_every_row_of_the_view_is_on_one_of_them() -> None:
    document = Document(maps.random_map(21, 6, dense=0.9))
    deck = Deck(document, maps.some_figures(document, 21))
    for n, slide in enumerate(deck.columns):
        if slide.kind != "story":
            continue
        shown = [row for page in deck.below(n) for row in page.rows]
        assert len(shown) == len(set(shown))
        cards = {
            group.meaning.record
            for page in deck.below(n)
            for group in deck.picture(page).groups
            if group.meaning.role == "card"
        }
        from journeymap.model.records import Card, Lane

        open_lanes = {lane.id for lane in document.all(Lane) if not lane.folded}
        wanted = {
            card.id
            for card in document.all(Card)
            if card.touchpoint_id in slide.touchpoints and card.lane_id in open_lanes
        }
        assert wanted <= cards


def test_views_that_are_about_lanes_begin_with_them() -> None:
    document = Document(maps.random_map(21, 6, dense=0.9))
    deck = Deck(document, maps.some_figures(document, 21), lens.builtin(lens.BLUEPRINT, document))
    assert {slide.kind for slide in deck.columns} <= {"title", "lanes", "plan"}
    one = Deck(document, Figures(), lens.builtin(lens.PHASE, document))
    assert len({slide.phase_id for slide in one.columns if slide.phase_id}) == 1


def test_tomorrows_story_lies_below_todays() -> None:
    document = Document(maps.random_map(4, 4))
    document.apply(commands.add_to_be(document))
    deck = Deck(document, Figures(), lens.builtin(lens.STATES, document))
    first = next(n for n, slide in enumerate(deck.columns) if slide.kind == "story")
    below = [slide for slide in deck.below(first) if slide.kind == "story"]
    twins = {document.one(Touchpoint, id_).counterpart_id for slide in below for id_ in slide.touchpoints}
    assert twins == set(deck.columns[first].touchpoints)
    assert below[0].state == "To-be"


def test_notes_are_those_of_the_touchpoints_shown_and_resolved_ones_are_not() -> None:
    document = Document(maps.random_map(4, 3))
    ids = [one.id for one in journey.touchpoints(document, "state")]
    document.apply(
        adding(
            "note",
            Note("n1", ids[0], "Tell the story of the kiosk"),
            Note("n2", ids[0], "Done", resolved=True),
            Note("n3", None, "Welcome"),
        )
    )
    touchpoint = document.one(Touchpoint, ids[0])
    deck = Deck(document, Figures())
    slide = deck.at(deck.place_of(ids[0]))
    assert deck.notes(slide) == [(touchpoint.name, "Tell the story of the kiosk")]
    assert deck.notes(deck.at(0)) == [("", "Welcome")]


def test_an_empty_map_has_a_title() -> None:
    document = Document(maps.random_map(1, 1))
    document.apply(commands.delete(document, *(one.id for one in document.all(Phase))))
    deck = Deck(replace_title(document), Figures())
    assert deck.columns[0].kind == "title"
    assert deck.picture(deck.at(0)).groups


def replace_title(document: Document) -> Document:
    return Document(replace(record, title="") if record.id == document.map.id else record for record in document)
