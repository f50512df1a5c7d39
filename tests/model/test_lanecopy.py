"""A lane goes to another map with all that stands in it; what is no lane, or a broken one, does no harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import commands, lanecopy, lanes, rules, theme
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.outline import build
from journeymap.model.records import Action, Answer, Card, Emotion, Lane, PainPoint, Persona, Touchpoint


def a_map(*names: str, people: tuple[str, ...] = ("Ines",)) -> Draft:
    points = [{"name": name} for name in names]
    return build(
        {"personas": [{"name": one} for one in people], "phases": [{"name": "P", "touchpoints": points}]}, "Trial"
    )


def lane(draft: Draft, kind: str) -> str:
    found = next((one.id for one in draft.document.all(Lane) if one.kind == kind), None)
    return found or draft.do(commands.add_lane, kind)


def point(document: Document, name: str) -> str:
    return next(one.id for one in document.all(Touchpoint) if one.name == name)


def fill(draft: Draft, kind: str, name: str, text: str) -> None:
    at, row = point(draft.document, name), lane(draft, kind)
    match kind:
        case lanes.QUOTES:
            draft.do(commands.add_quote, text, touchpoint_id=at)
        case lanes.STORIES:
            draft.do(commands.add_story, at, f"As Ines I want {text}")
        case lanes.PAINS:
            draft.do(commands.add_pain, at, text)
        case lanes.OPPORTUNITIES:
            draft.do(commands.add_opportunity, at, text)
        case lanes.EMOTION:
            draft.do(commands.set_emotion, draft.document.all(Persona)[0].id, at, -1.0, text)
        case lanes.CHANNELS:
            draft.take(commands.set_channel(draft.document, at, text))
        case lanes.DEPARTMENTS:
            draft.take(commands.set_department(draft.document, at, text))
        case lanes.ACTIONS:
            draft.do(commands.add_action, text, kpi_touchpoint_id=at)
        case lanes.STORYBOARD:
            draft.do(commands.add_attachments, row, at, [commands.Thing(text, "image/png", "a" * 64)])
        case lanes.FILES:
            draft.do(commands.add_attachments, row, at, [commands.Thing(text, url="https://example.org")])
        case _:
            draft.do(commands.add_card, row, at, text)


WORDLESS = lanes.LINES | {lanes.ARC, lanes.CHART}
KINDS = [kind for kind in lanes.KINDS if lanecopy.copies(kind) and kind not in WORDLESS]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_goes_to_another_map_by_the_names_of_touchpoints(kind):
    here, there = a_map("Ask", "Buy", "Use"), a_map("Use", "Other", "ask")
    for name in ("Ask", "Use", "Buy"):
        fill(here, kind, name, f"said at {name}")
    pack = lanecopy.read(json.dumps(lanecopy.packed(here.document, lane(here, kind))))
    found = lanecopy.laid(there.document, pack)
    rules.check(there.document, found.change)
    there.document.apply(found.change)
    assert (found.by, found.placed, found.left) == ("name", 2, 1)
    assert not rules.faults(there.document)
    again = lanecopy.packed(there.document, found.lane)
    said = {thing["at"]: json.dumps(thing) for thing in again["things"]}
    assert "said at Use" in said[0]
    assert "said at Ask" in said[2]
    assert "1 entry found no place" in lanecopy.told(there.document, found)


def test_where_no_name_is_known_the_order_counts_and_the_other_way_can_be_asked_for():
    here, there = a_map("Ask", "Buy", "Use"), a_map("One", "Two", "Use")
    for name in ("Ask", "Buy"):
        fill(here, lanes.NEEDS, name, name)
    pack = lanecopy.packed(here.document, lane(here, lanes.NEEDS))
    found = lanecopy.laid(there.document, pack)
    assert (found.by, found.placed, found.left, found.other) == ("order", 2, 0, True)
    assert lanecopy.laid(there.document, pack, by="name").left == 2


def test_looks_order_and_people_come_along_and_strangers_are_said():
    here, there = a_map("Ask", people=("Ines", "Otto")), a_map("Ask")
    row = here.do(commands.add_lane, lanes.NEEDS, "Wants", "By heart")
    here.take(commands.colour_lane(here.document, row, "p3"))
    ines, otto = here.document.all(Persona)
    for n, who in enumerate((ines, otto, ines)):
        here.do(commands.add_card, row, point(here.document, "Ask"), f"{n}", persona_id=who.id, span=1)
    found = lanecopy.laid(there.document, lanecopy.packed(here.document, row))
    there.document.apply(found.change)
    made = there.document.one(Lane, found.lane)
    assert (made.name, made.hint, made.colour) == ("Wants", "By heart", "p3")
    cards = there.document.referring(Card, "touchpoint_id", point(there.document, "Ask"))
    assert [card.text for card in cards] == ["0", "1", "2"]
    assert [card.persona_id is None for card in cards] == [False, True, False]
    assert found.without == {"Otto"}


def test_a_kind_that_a_map_has_once_takes_the_entries_in():
    here, there = a_map("Ask"), a_map("Ask")
    fill(here, lanes.PAINS, "Ask", "Queue")
    fill(there, lanes.PAINS, "Ask", "Noise")
    fill(here, lanes.EMOTION, "Ask", "Ugh")
    fill(there, lanes.EMOTION, "Ask", "Oh")
    found = lanecopy.laid(there.document, lanecopy.packed(here.document, lane(here, lanes.PAINS)))
    there.document.apply(found.change)
    assert [(pain.number, pain.text) for pain in there.document.all(PainPoint)] == [(1, "Noise"), (2, "Queue")]
    found = lanecopy.laid(there.document, lanecopy.packed(here.document, lane(here, lanes.EMOTION)))
    assert found.left == 1  # what is felt there already stays
    assert there.document.count(Emotion) == 1


@pytest.mark.parametrize("kind", [lanes.JOURNEY, lanes.FIGURES])
def test_what_belongs_to_one_map_is_not_copied(kind):
    draft = a_map("Ask")
    with pytest.raises(Failure, match="belongs to this map"):
        lanecopy.packed(draft.document, lane(draft, kind))


def test_actions_answer_the_same_pains_there_and_what_is_unknown_is_said():
    here, there = a_map("Ask", "Buy"), a_map("Ask", "Buy")
    queue = here.do(commands.add_pain, point(here.document, "Ask"), "The queue")
    noise = here.do(commands.add_pain, point(here.document, "Buy"), "The noise")
    owner = commands.department(here.document, "Shop")
    here.take(owner[1])
    here.do(
        commands.add_action, "Open a second till", pains=[queue, noise], owner="J. Brandt", department_id=owner[0],
        due="2027-02-28", cost=900.0, effort=2, status="agreed",
    )  # fmt: skip
    lane(here, lanes.ACTIONS)
    known = there.do(commands.add_pain, point(there.document, "Ask"), " the  Queue")
    there.do(commands.add_action, "Something else")
    pack = lanecopy.read(json.dumps(lanecopy.packed(here.document, lane(here, lanes.ACTIONS))))
    found = lanecopy.laid(there.document, pack)
    rules.check(there.document, found.change)
    there.document.apply(found.change)
    assert not rules.faults(there.document)
    _other, made = there.document.all(Action)
    assert (made.number, made.title, made.owner, made.due) == (2, "Open a second till", "J. Brandt", "2027-02-28")
    assert (made.cost, made.effort, made.status, made.department_id) == (900.0, 2, "agreed", None)
    assert [one.pain_id for one in there.document.referring(Answer, "action_id", made.id)] == [known]
    assert made.kpi_touchpoint_id == point(there.document, "Buy")  # so it stands there too
    said = lanecopy.told(there.document, found)
    assert "1 answer was left out: what it answers is not on this map." in said
    assert "Not on this map: Shop." in said


def test_the_arc_and_what_a_chart_shows_go_along():
    here, there = a_map("Ask", "Buy"), a_map("Buy", "Ask")
    here.take(commands.edit(here.document, point(here.document, "Ask"), tension=4.5))
    there.document.apply(lanecopy.laid(there.document, lanecopy.packed(here.document, lane(here, lanes.ARC))).change)
    assert there.document.one(Touchpoint, point(there.document, "Ask")).tension == 4.5
    chart = lane(here, lanes.CHART)
    here.take(commands.edit(here.document, chart, kpi="nps", chart="trend"))
    found = lanecopy.laid(there.document, lanecopy.packed(here.document, chart))
    there.document.apply(found.change)
    made = there.document.one(Lane, found.lane)
    assert (made.kind, made.kpi, made.chart) == (lanes.CHART, "nps", "trend")
    assert not rules.faults(there.document)


GOOD = json.dumps(
    {"what": "journeymap lane", "lane": {"kind": "needs"}, "touchpoints": [{}], "things": [{"at": 0, "type": "Card"}]}
)
values = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["lane", "touchpoints", "things", "what"]),
    values,
    st.sampled_from(["Card", "Action", "Tension"]),
    st.sampled_from(
        ["kind", "at", "type", "text", "span", "persona", "name", "content_hash", "value", "action", "pains", "chance"]
    ),
    values,
)
def test_no_clipboard_breaks_a_map(part, value, type_, name, other):
    pack = json.loads(GOOD)
    pack["things"][0]["type"] = type_
    pack["things"][0][name] = other
    pack["lane"][name] = other
    if part != "what":
        pack[part] = value
    draft = a_map("Ask")
    try:
        found = lanecopy.laid(draft.document, lanecopy.read(json.dumps(pack)))
        rules.check(draft.document, found.change)
    except Failure:
        return
    draft.document.apply(found.change)
    assert not rules.faults(draft.document)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"what": "journeymap lane"}', "[" * 100_000, GOOD[:-1]])
def test_what_is_no_lane_is_said(text):
    with pytest.raises(Failure, match="no row of a map"):
        lanecopy.read(text)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK, theme.PRINT], ids=["light", "dark", "print"])
@pytest.mark.parametrize("tint", lanes.TINTS)
def test_texts_can_be_read_on_every_tint(tokens, tint):
    ground = theme.value(tokens, f"{tint}b")
    for ink in ("text", "text2", "text3"):
        assert theme.contrast(theme.value(tokens, ink), ground) >= 4.5, (tint, ink)
