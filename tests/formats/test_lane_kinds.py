"""Every lane of words and files on the printed map: its text can be selected, its name stands beside it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image as Pillow

from journeymap.formats import export
from journeymap.model import commands, lanes
from journeymap.model.change import adding
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures
from journeymap.model.outline import build
from journeymap.model.records import DataSet, Lane, Persona, Touchpoint

WRITTEN = {
    "personas": [{"name": "Ines"}],
    "phases": [{"name": "Ride", "touchpoints": [{"name": "Fetch it"}, {"name": "Ride along"}]}],
}
SAID = {
    lanes.THOUGHTS: "Is it far?", lanes.NEEDS: "A map of the river", lanes.QUOTES: "They were kind.",
    lanes.OPPORTUNITIES: "A larger sign", lanes.FRONT_STAGE: "A counter", lanes.BACK_STAGE: "The workshop",
    lanes.SUPPORT: "Spare parts", lanes.SYSTEMS: "Booking", lanes.POLICIES: "Insurance", lanes.TEXT: "Anything",
}  # fmt: skip


class Sheet:
    """A map of two touchpoints on A3."""

    def __init__(self, folder: Path) -> None:
        self.draft, self.out = Draft(build(WRITTEN, "Trial").document), folder / "map.pdf"
        self.at, self.other = (one.id for one in self.draft.document.all(Touchpoint))

    def lane(self, kind: str) -> str:
        known = next((lane.id for lane in self.draft.document.all(Lane) if lane.kind == kind), None)
        return known or self.draft.do(commands.add_lane, kind)

    def words(self, pictures: dict[str, bytes] | None = None) -> str:
        export(self.draft.document, Figures(), self.out, pictures=(pictures or {}).get)
        page = pypdfium2.PdfDocument(self.out)[0]
        return " ".join(page.get_textpage().get_text_bounded().split())


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


@pytest.mark.parametrize("kind", SAID)
def test_a_text_is_printed_with_the_name_of_its_row(sheet, kind):
    row = sheet.lane(kind)
    before = sheet.words()
    assert lanes.name(kind) not in before.replace("Trial", "")  # an empty row is left out
    match kind:
        case lanes.QUOTES:
            sheet.draft.do(commands.add_quote, SAID[kind], touchpoint_id=sheet.at)
        case lanes.OPPORTUNITIES:
            sheet.draft.do(commands.add_opportunity, sheet.at, SAID[kind])
        case _:
            sheet.draft.do(commands.add_card, row, sheet.at, SAID[kind])
    found = sheet.words()
    assert SAID[kind] in found
    assert lanes.name(kind) in found


def test_steps_are_printed(sheet):
    assert "Fetch it" in sheet.words()


def test_a_user_story_is_printed_in_its_parts(sheet):
    sheet.lane(lanes.STORIES)
    story = "As Ines I want a helmet so that I am safe. Expected: it fits"
    sheet.draft.do(commands.add_story, sheet.at, story)
    found = sheet.words()
    for part in ("As Ines", "I want a helmet", "so that I am safe", "Expected: it fits"):
        assert part in found


def test_words_from_data_and_written_ones_are_told_apart(sheet):
    data = DataSet("data", "a0", "Riders 2026")
    sheet.draft.take(adding("", data))
    sheet.lane(lanes.QUOTES)
    sheet.draft.do(commands.add_quote, "Kind people", touchpoint_id=sheet.at, data_set_id="data")
    sheet.draft.do(commands.add_quote, "Rude people", touchpoint_id=sheet.other, source="Interview 3")
    found = sheet.words()
    assert "Riders 2026" in found
    assert "Interview 3" in found
    from journeymap.model.layout import Layout
    from journeymap.model.metrics import paper
    from journeymap.model.picture import Path as Drawn

    groups = {
        one.meaning.alt: one for one in Layout(sheet.draft.document, Figures(), paper(1.0, 64.6)).picture().groups
    }
    kept, typed = (next(one for alt, one in groups.items() if word in alt) for word in ("from data", "written down"))
    assert all(item.fill for item in kept.items if isinstance(item, Drawn))
    assert not any(item.fill for item in typed.items if isinstance(item, Drawn))


def test_the_staff_s_mood_and_score_are_printed(sheet):
    row = sheet.lane(lanes.STAFF)
    sheet.draft.do(commands.add_card, row, sheet.at, "-1.5 Hectic")
    sheet.draft.do(commands.add_card, row, sheet.other, "2.9 / 5\nTired")
    found = sheet.words()
    for part in ("−1.5", "Hectic", "2.9", "/ 5", "Tired"):
        assert part in found


def test_a_bar_covers_the_columns_that_it_spans(sheet):
    from journeymap.model.layout import Layout
    from journeymap.model.metrics import paper

    card = sheet.draft.do(commands.add_card, sheet.lane(lanes.SYSTEMS), sheet.at, "Booking")
    sheet.draft.take(commands.span_card(sheet.draft.document, card, 9))
    layout = Layout(sheet.draft.document, Figures(), paper(1.0, 64.6))
    first, last = layout.columns
    place = layout.place(card)
    assert place is not None
    assert place.x == first.x
    assert abs(place.x + place.width - last.x - last.width) < 0.01


def picture(wide: int, high: int) -> bytes:
    target = io.BytesIO()
    Pillow.new("RGB", (wide, high), (200, 10, 10)).save(target, "PNG")
    return target.getvalue()


def test_a_picture_is_printed_with_its_caption_and_a_missing_or_broken_one_is_a_frame(sheet):
    row = sheet.lane(lanes.STORYBOARD)
    things = [commands.Thing("At the counter", "image/png", mark * 64) for mark in "abcd"]
    sheet.draft.do(commands.add_attachments, row, sheet.at, things)
    from ui.test_pictures import bomb

    kept = {"a" * 64: picture(300, 200), "b" * 64: b"no picture", "c" * 64: bomb()}
    assert sheet.words(kept).count("At the counter") == 4
    page = pypdfium2.PdfDocument(sheet.out)[0]
    assert [item.type for item in page.get_objects()].count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1


def test_a_link_can_be_followed_from_the_page_and_a_file_is_named(sheet):
    row = sheet.lane(lanes.FILES)
    things = [
        commands.Thing("Prices", url="https://example.org/prices"),
        commands.Thing("Terms.pdf", "application/pdf", "a" * 64),
    ]
    sheet.draft.do(commands.add_attachments, row, sheet.at, things)
    found = sheet.words()
    for part in ("Prices", "example.org", "Terms.pdf", "PDF"):
        assert part in found
    assert b"https://example.org/prices" in sheet.out.read_bytes()


@pytest.mark.parametrize("kind", sorted(lanes.LINES))
def test_a_line_is_printed_where_something_stands_below_it(sheet, kind):
    below = {
        lanes.LINE_INTERACTION: lanes.FRONT_STAGE,
        lanes.LINE_VISIBILITY: lanes.BACK_STAGE,
        lanes.LINE_INTERNAL: lanes.SUPPORT,
    }
    assert lanes.name(kind) not in sheet.words()
    sheet.draft.do(commands.add_card, sheet.lane(below[kind]), sheet.at, "Somebody")
    assert lanes.name(kind) in sheet.words()


def test_what_belongs_to_a_hidden_persona_is_not_printed(sheet):
    document: Document = sheet.draft.document
    who = document.all(Persona)[0]
    sheet.lane(lanes.STORIES)
    sheet.draft.do(commands.add_story, sheet.at, "As Ines I want a helmet")
    sheet.draft.take(commands.edit(document, who.id, hidden=True))
    assert "helmet" not in sheet.words()
