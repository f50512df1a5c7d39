"""User stories in words and back, and the mood of staff at the head of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model import commands, staffmood, stories
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.outline import build
from journeymap.model.records import UserStory


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("As Ines I want to know the price so that I can compare", ("Ines", "to know the price", "I can compare", "")),
        ("As a rider, I want a helmet\nso that I am safe\nExpected: it fits", ("rider", "a helmet", "I am safe", "it fits")),
        ("Als Ines möchte ich wissen, was es kostet, damit ich vergleichen kann", ("Ines", "wissen, was es kostet", "ich vergleichen kann", "")),
        ("know the price", ("", "know the price", "", "")),
        ("know the price\ncompare\nwithin a minute", ("", "know the price", "compare", "within a minute")),
        ("I need help", ("", "help", "", "")),
        ("", ("", "", "", "")),
    ],
)  # fmt: skip
def test_a_story_is_read_by_its_lead_words(text, told):
    assert tuple(stories.read(text)) == told


words = st.text(alphabet=st.sampled_from("abc ÄÖ詰"), min_size=1, max_size=20).map(str.strip).filter(bool)


@given(words, words | st.just(""), words | st.just(""))
def test_what_is_written_reads_back(want, benefit, expectation):
    document = Document(build({"personas": [{"name": "Ines"}]}, "Trial").document)
    who = document.all(stories.Persona)[0]
    story = UserStory("story", "t", who.id, "a0", want, benefit, expectation)
    tidy = [" ".join(part.split()) for part in ("Ines", want, benefit, expectation)]
    assert list(stories.read(stories.written(document, story))) == tidy
    assert list(stories.read(stories.told(document, story))) == tidy


def test_a_story_told_anew_keeps_its_persona_unless_another_is_named():
    draft = Draft(build({"personas": [{"name": "Ines"}, {"name": "Otto B"}], "phases": [{"name": "P", "touchpoints": [{"name": "T"}]}]}, "Trial").document)  # fmt: skip
    ines, otto = draft.document.all(stories.Persona)
    touchpoint = draft.document.all(commands.editing.Touchpoint)[0]
    story = draft.do(commands.add_story, touchpoint.id, "I want a price", persona_id=ines.id)
    draft.take(commands.tell_story(draft.document, story, "As Ines\nI want two prices"))
    assert draft.document.one(UserStory, story).persona_id == ines.id
    draft.take(commands.tell_story(draft.document, story, "As Otto I want none"))
    assert draft.document.one(UserStory, story) == UserStory(story, touchpoint.id, otto.id, "a0", "none")
    draft.take(commands.tell_story(draft.document, story, "As somebody else I want none"))
    assert draft.document.one(UserStory, story).persona_id == otto.id
    draft.take(commands.tell_story(draft.document, story, "I want none"))
    assert draft.document.one(UserStory, story).persona_id is None


@pytest.mark.parametrize(
    ("text", "mood", "rest"),
    [("+1 Calm", 1.0, "Calm"), ("−0,5\nBusy day", -0.5, "Busy day"), ("-2", -2.0, ""), ("0", 0.0, ""), ("+3 people", None, "+3 people"),
     ("2.9 / 5\nTired", None, "2.9 / 5\nTired"), ("0 people here", None, "0 people here"), ("- none", None, "- none"), ("", None, "")],
)  # fmt: skip
def test_a_signed_number_at_the_head_is_the_mood_of_staff(text, mood, rest):
    assert staffmood.read(text) == (mood, rest)


@given(st.text(max_size=20), st.lists(st.sampled_from([-0.5, 0.5]), max_size=12))
def test_a_mood_stays_on_its_scale_and_keeps_the_words(words, steps):
    text, kept = words, staffmood.read(words)[1].strip()
    for step in steps:
        text = staffmood.nudged(text, step)
    mood, rest = staffmood.read(text)
    assert mood is None if not steps and staffmood.read(words)[0] is None else -2 <= (mood or 0) <= 2
    assert rest.strip() == kept
