"""The printed map: what stands on it, that it can be read, and that folding never cuts."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from reading import squeezed
from sample import figures_of, large, records, sample

from journeymap.formats.compose import theme_of
from journeymap.formats.ink import Page
from journeymap.formats.papers import paper
from journeymap.formats.sheet import sheet
from journeymap.formats.sheet.facts import facts
from journeymap.formats.sheet.folding import Subject
from journeymap.formats.sheet.legend import Entry, _lines, _long, entries
from journeymap.model.avatars import HEADS, avatar
from journeymap.model.change import updating
from journeymap.model.document import Document
from journeymap.model.picture import Box, Ellipse, Group, Item, Line, Path, Picture, Text
from journeymap.model.records import Brand, Lane, Link, Persona, Touchpoint

MADE = datetime(2026, 11, 12)  # noqa: DTZ001


def made(
    document: Document, name: str = "A3", fit: str = "page", orientation: str = "landscape"
) -> tuple[list[Picture], tuple[str, ...]]:
    composed = sheet(document, figures_of(document), paper(name, orientation), fit, made=MADE)
    return composed.pages, composed.warnings


def words(pages: list[Picture]) -> str:
    texts = (item.text for page in pages for group in page.groups for item in group.items if isinstance(item, Text))
    return squeezed(" ".join(texts))


def edges(group: Group) -> tuple[float, float, float, float]:
    """The rectangle that a group's text and boxes cover on the page."""
    xs, ys = [group.x], [group.y]
    for item in group.items:
        if isinstance(item, Text) and not item.rotate:
            left = item.x - {"start": 0.0, "middle": item.width / 2, "end": item.width}[item.anchor]
            xs += [group.x + left, group.x + left + item.width]
            ys += [group.y + item.y - item.size * 0.8, group.y + item.y + item.size * 0.2]
        elif isinstance(item, Box):
            xs += [group.x + item.x, group.x + item.x + item.width]
            ys += [group.y + item.y, group.y + item.y + item.height]
    return min(xs), min(ys), max(xs), max(ys)


def inside(page: Picture) -> None:
    for group in page.groups:
        left, top, right, bottom = edges(group)
        assert left >= -0.5, group.meaning
        assert top >= -0.5, group.meaning
        assert right <= page.width + 0.5, group.meaning
        assert bottom <= page.height + 0.5, group.meaning


@pytest.mark.parametrize("name", ["A3", "A4"])
def test_a_title_of_several_lines_keeps_off_the_rule_below(name: str) -> None:
    document = sample()
    title = "Schadensregulierung einer Wohngebäudeversicherung, von der Meldung bis zur Zahlung"
    document.apply(updating("", document.map, title=title))
    page = made(document, name)[0][0]
    head = next(
        one
        for one in page.groups
        if any(isinstance(item, Text) and item.size > 20 and "Schaden" in item.text for item in one.items)
    )
    lines = [item for item in head.items if isinstance(item, Text) and item.weight == 700 and item.text in title]
    rule = max(item.y1 for item in head.items if isinstance(item, Line))
    assert len(lines) > 1
    for line in lines:
        assert line.y + line.size * 0.24 < rule, line.text


def test_the_head_says_client_title_finding_edition_personas_and_figures() -> None:
    text = words(made(sample(example=True))[0])
    for said in (
        "Velo Station", "Customer experience", "A weekend on a rented bicycle", "when something breaks", "As-is", "12 Nov 2026",
        "Example: people, figures and quotes are invented", "Ines", "29, rides on Sundays", "“If it rolls, I am happy.”",
        "On the road before nine", "8 interviews", "Otto", "+15", "±5", "NPS, target +30", "moments of truth",
        "pains, 1 severe", "14 interviews", "page 1 of 1",
    ):  # fmt: skip
        assert squeezed(said) in text


def test_invented_content_is_marked_and_real_content_is_not() -> None:
    assert squeezed("are invented") not in words(made(sample())[0])


def test_facts_count_what_is_on_the_map() -> None:
    document = sample()
    found = [(fact.value, fact.addition) for fact in facts(document, figures_of(document))]
    assert found == [("+15", "±5"), ("2", ""), ("5", ""), ("0", "of 3")]


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("name", ["A4", "A3", "A1", "Letter", "Tabloid"])
@pytest.mark.parametrize("fit", ["page", "rows"])
def test_nothing_leaves_the_page(name: str, fit: str, orientation: str) -> None:
    pages, _warnings = made(sample(example=True), name, fit, orientation)
    for page in pages:
        inside(page)
    if fit == "page":
        assert len(pages) == 1


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("name", ["A4", "A3", "A2", "Letter"])
def test_folded_rows_keep_every_text_whole_and_legible(name: str, orientation: str) -> None:
    document = sample()
    pages, warnings = made(document, name, "rows", orientation)
    assert warnings == ()
    assert not any(page.cut for page in pages)
    assert min(page.smallest for page in pages) >= 6.95
    shown = {group.meaning.record for page in pages for group in page.groups}
    assert {one.id for one in document.all(Touchpoint)} <= shown


def test_folded_rows_repeat_phases_and_lane_names_and_stand_below_each_other() -> None:
    pages, _warnings = made(large(40), "A3", "rows")
    assert len(pages) > 1
    for page in pages:
        names = [group for group in page.groups if group.meaning.role == "lane"]
        assert any(isinstance(item, Text) and item.text == "Journey" for group in names for item in group.items)
        phases = [edges(group) for group in page.groups if group.meaning.role == "phase"]
        assert phases
        for one, other in pairwise(sorted(phases, key=lambda box: (box[1], box[0]))):
            assert other[0] > one[0] or other[1] > one[3]


def test_every_touchpoint_of_a_long_journey_comes_once_in_order() -> None:
    document = large(60)
    pages, _warnings = made(document, "A2", "rows")
    numbers = [mark.title.split()[0] for page in pages for mark in page.bookmarks if mark.level == 1]
    assert [int(number) for number in dict.fromkeys(numbers)] == list(range(1, 61))


def test_a_phase_longer_than_a_row_is_cut_between_touchpoints() -> None:
    found = [
        replace(one, phase_id="f000", order=f"b{one.id[1:]:0>4}") if isinstance(one, Touchpoint) else one
        for one in large(30)
    ]
    pages, warnings = made(Document(found), "A4", "rows")
    assert warnings == ()
    assert len(pages) > 2
    for page in pages:
        inside(page)


def test_a_page_too_small_to_read_says_its_size_what_would_do_and_how_to_fold() -> None:
    _pages, warnings = made(sample(), "A4", "page")
    assert len(warnings) == 1
    assert "A4" in warnings[0]
    assert "A3 would do" in warnings[0]
    assert "--fit rows" in warnings[0]
    size = float(warnings[0].split(" pt")[0].rsplit(" ", 1)[1])
    assert 3 < size < 7


def test_a_poster_below_fourteen_points_is_warned_of() -> None:
    _pages, warnings = made(large(100), "A0", "page")
    assert len(warnings) == 1
    assert "14 pt" in warnings[0]
    assert made(sample(), "A0", "page")[1] == ()


def test_a_long_journey_on_one_page_is_folded_there_rather_than_shrunk_to_grey() -> None:
    pages, _warnings = made(large(100), "A0", "page")
    assert len(pages) == 1
    assert pages[0].smallest >= 7
    tops = {round(group.y) for group in pages[0].groups if group.meaning.role == "phase"}
    assert len(tops) > 1


def test_type_grows_with_the_paper() -> None:
    sizes = [made(sample(), name)[0][0].smallest for name in ("A3", "A2", "A1", "A0")]
    assert sizes == pytest.approx([7.0, 10.0, 14.3, 20.4], abs=0.5)


def test_the_legend_names_exactly_what_occurs() -> None:
    document = sample()
    said = {entry.words for entry in entries(Subject(document, figures_of(document)))}
    assert {"moment of truth", "target met", "target missed", "partner", "loop"} <= said
    assert not any("with 95 % band" in each for each in said)
    assert "fewer than 30 answers" not in said
    plain = Document(
        replace(one, moment_of_truth=False) if isinstance(one, Touchpoint) else one
        for one in document
        if not isinstance(one, Link) and not (isinstance(one, Lane) and one.kind == "figures")
    )
    left = {entry.words for entry in entries(Subject(plain, figures_of(plain)))}
    assert not left & {"moment of truth", "target met", "target missed", "loop", "branch"}


def test_a_brand_colours_the_map() -> None:
    document = Document([*records(brand_id="brand"), Brand("brand", "Other", "#7A1FA2")])
    assert theme_of(document)["phase"] == "#7A1FA2"
    assert theme_of(sample())["phase"] == "#0F5C63"


def test_a_map_without_anything_is_a_sheet_all_the_same() -> None:
    from journeymap.model.records import Map, State

    for found in ([Map("map")], [Map("map", title="Empty"), State("s", "a0")]):
        for fit in ("page", "rows"):
            pages, _warnings = made(Document(found), "A4", fit)
            inside(pages[0])


@pytest.mark.parametrize("count", [0, 1, 3, 6])
def test_any_number_of_personas_fits(count: int) -> None:
    found = [one for one in records() if not isinstance(one, Persona) and getattr(one, "persona_id", None) is None]
    found += [
        Persona(
            f"q{i}",
            f"a{i}",
            f"Person {i}",
            "58, a line that is rather long",
            quote="Something that is said at some length " * 2,
            hue=i + 1,
        )
        for i in range(count)
    ]
    for orientation in ("landscape", "portrait"):
        pages, _warnings = made(Document(found), "A3", "page", orientation)
        inside(pages[0])
        assert all(squeezed(f"Person {i}") in words(pages) for i in range(count))


@settings(max_examples=15, deadline=None)
@given(title=st.text(max_size=150), finding=st.text(max_size=300), quote=st.text(max_size=200))
def test_any_text_in_the_head_stays_on_the_page(title: str, finding: str, quote: str) -> None:
    found = [
        replace(one, quote=quote) if isinstance(one, Persona) else one for one in records(title=title, finding=finding)
    ]
    pages, _warnings = made(Document(found), "A4")
    inside(pages[0])


@pytest.mark.parametrize("name", HEADS)
def test_an_avatar_stays_within_its_disc(name: str) -> None:
    for item in avatar(name, 2, 0, 0, 64):
        for x, y in _points(item):
            assert (x - 32) ** 2 + (y - 32) ** 2 <= 32.7**2, (name, item)


def _points(item: Item) -> list[tuple[float, float]]:
    match item:
        case Ellipse():
            return [
                (item.x + item.rx, item.y),
                (item.x - item.rx, item.y),
                (item.x, item.y + item.ry),
                (item.x, item.y - item.ry),
            ]
        case Path():
            return [(float(step[-2]), float(step[-1])) for step in item.steps if len(step) > 1]
        case Line():
            return [(item.x1, item.y1), (item.x2, item.y2)]
    return []


@pytest.mark.parametrize("width", [300.0, 420.0, 560.0, 2000.0])
def test_no_entry_of_the_legend_stands_alone_on_its_last_line(width: float) -> None:
    ink = Page(1000, 700, 1.0).ink()
    found = [Entry(10, lambda _ink, _x, _y: None, words) for words in ("moment of truth", "loop", "branch", "measured",
             "assumed", "target met", "target missed", "severity", "mood breaks at a hand-over")]  # fmt: skip
    lines = _lines(ink, found, width)
    assert [entry for some in lines for entry in some] == found
    assert len(lines) == 1 or len(lines[-1]) > 1
    for some in lines:
        assert sum(_long(ink, entry) for entry in some) - 13 <= width
