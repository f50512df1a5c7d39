"""Every text of a map is found, where it is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model import commands
from journeymap.model.change import Change, adding
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.outline import build
from journeymap.model.records import KINDS, Channel, Lane, Tag, Tagging, Touchpoint, hints, new_id
from journeymap.model.texts import FIELDS, Texts, fold

WRITTEN = {
    "personas": [{"name": "Zoë", "quote": "I want it now"}],
    "departments": [{"name": "Buchung"}],
    "phases": [
        {
            "name": "Find",
            "touchpoints": [
                {"name": "Ask", "channel": "Café", "thoughts": ["Zoë", "Is the Straße open?"], "emotions": {"Zoë": 1}},
                {"name": "Look", "channel": "Café", "opportunity": "A café near"},
            ],
        }
    ],
}


def document() -> Document:
    return Document(build(WRITTEN, "A café").document)


NOT_WRITTEN = {
    "Map": {"language", "currency"}, "Brand": {"name", "colour", "logo_hash", "font", "footer"}, "State": {"kind"},
    "Persona": {"avatar", "picture_hash", "segment_column", "segment_value", "origin_id", "origin_map"},
    "Trait": {"kind"}, "Channel": {"icon"}, "Touchpoint": {"initiator", "influence", "outcome"}, "Link": {"kind"},
    "Lane": {"kind", "colour", "kpi", "chart"}, "Note": {"author"}, "Attachment": {"media_type", "content_hash"},
    "RegisterEntry": {"legal_basis", "special", "source"}, "PainPoint": {"source"}, "Action": {"start", "due", "status", "kpi"},
    "Dismissal": {"source", "reason"}, "CheckAnswer": {"questionnaire", "question", "respondent"},
    "DataSet": {"fingerprint", "recipe", "account", "imported", "first_day", "last_day", "grain", "series"},
    "Measure": {"kpi", "name", "column", "statistic", "unit", "counted", "definition"}, "KpiTarget": {"kpi"},
    "TypedKpi": {"kpi", "unit", "period"}, "View": {"kind", "kpi"}, "Version": {"name", "time", "author"},
}  # fmt: skip
"""Fields of text that are not looked through: chosen from a list, computed, or kept by the program."""


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_text_is_looked_through_or_named_as_left_out(kind):
    texts = {name for name, hint in hints(kind).items() if hint is str} - {"id", "order"}
    left = {
        name for name in texts if name not in FIELDS.get(kind, ()) and name not in NOT_WRITTEN.get(kind.__name__, ())
    }
    assert not {name for name in left if not name.endswith("_id")}


def found(map_: Document, words: str) -> list[tuple[str, str]]:
    """(text, touchpoint's name) of every hit."""
    name = lambda id_: map_.one(Touchpoint, id_).name if id_ else ""  # noqa: E731
    return [(place.text, name(place.touchpoint)) for place in Texts(map_).find(words)]


def test_hits_come_column_by_column_and_a_channel_is_hit_wherever_it_is_used():
    hits = found(document(), "cafe")
    assert hits == [("A café", ""), ("Café", "Ask"), ("Café", "Look"), ("A café near", "Look")]


def test_case_accents_and_sharp_s_do_not_matter():
    assert found(document(), "STRASSE") == [("Is the Straße open?", "Ask")]
    assert found(document(), "zoe")[0][0] == "Zoë"


def test_a_hit_says_the_row_it_is_seen_in():
    map_ = document()
    rows = {lane.id: lane.kind for lane in map_.all(Lane)}
    kinds = [rows.get(place.lane or "") for place in Texts(map_).find("café")]
    assert kinds == [None, "journey", "journey", "opportunities"]  # without a lane of channels the card shows it


def test_a_tag_leads_to_the_touchpoints_that_have_it():
    map_ = document()
    look = next(one for one in map_.all(Touchpoint) if one.name == "Look")
    tag = Tag(new_id(), "a0", "quick win")
    map_.apply(adding("", tag, Tagging(new_id(), tag.id, look.id)))
    (hit,) = Texts(map_).find("QUICK")
    assert (hit.record, hit.touchpoint) == (look.id, look.id)


def test_a_lane_is_found_by_its_kinds_name_until_it_has_its_own():
    map_ = document()
    assert ("Thoughts", "") in found(map_, "thoughts")
    lane = next(one for one in map_.all(Lane) if one.kind == "thoughts")
    map_.apply(commands.rename(map_, lane.id, "Voices"))
    assert not found(map_, "thoughts")
    assert ("Voices", "") in found(map_, "voices")


def test_no_words_find_nothing():
    assert Texts(document()).find("  ") == []


@given(st.text(min_size=1, max_size=20), st.text(max_size=6), st.text(max_size=6))
def test_what_is_written_is_found_by_any_piece_of_it(text, before, behind):
    draft = Draft(document())
    channel = draft.do(commands.add_channel, before + text + behind)
    draft.take(commands.edit(draft.document, draft.document.all(Touchpoint)[0].id, channel_id=channel))
    map_ = draft.document
    piece = " ".join(text.split())
    written, at = map_.one(Channel, channel).name, map_.all(Touchpoint)[0].id
    if fold(piece) and fold(piece) in fold(written):  # an accent by itself is no word
        assert at in {hit.record for hit in Texts(map_).find(piece)}


def test_an_empty_change_changes_nothing_found():
    map_ = document()
    before = Texts(map_).find("café")
    map_.apply(Change())
    assert Texts(map_).find("café") == before
