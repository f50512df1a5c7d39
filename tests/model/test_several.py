"""Several records carried or copied at once: one step, in the order of the map, bars kept, and undone exactly."""

from __future__ import annotations

import gestures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import commands, journey, rules
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import Card, Lane, Link, Phase, State, Touchpoint


def order(document: Document) -> list[list[str]]:
    return [
        [one.name for one in document.referring(Touchpoint, "phase_id", phase.id)]
        for phase in journey.phases(document, document.all(State)[0].id)
    ]


def named(document: Document, *names: str) -> list[str]:
    found = {one.name: one.id for one in document.all(Touchpoint)}
    return [found[name] for name in names]


def larger() -> Document:
    """Three phases with eight touchpoints and a bar over four of them."""
    draft = Draft(commands.new_map("Trial"))
    phases = [draft.do(commands.add_phase, name) for name in ("A", "B", "C")]
    points = [draft.do(commands.add_touchpoint, phases[at // 3], f"T{at}") for at in range(8)]
    lane = next(one for one in draft.document.all(Lane) if one.kind == "support")
    draft.do(commands.add_card, lane.id, points[2], "Engine", span=4)
    return draft.document


def done(document: Document, change: Change) -> None:
    rules.check(document, change)
    before = set(document)
    document.apply(change)
    document.apply(change.inverse())
    assert set(document) == before
    document.apply(change)


def test_they_go_in_the_order_of_the_map_whatever_order_they_are_named_in() -> None:
    document = larger()
    phase = document.all(Phase)[2].id
    done(document, commands.move_touchpoints(document, named(document, "T4", "T0"), phase, named(document, "T7")[0]))
    assert order(document) == [["T1", "T2"], ["T3", "T5"], ["T6", "T0", "T4", "T7"]]


def test_before_one_of_themselves_means_before_the_next_that_stays() -> None:
    document = larger()
    phase = document.all(Phase)[0].id
    ids = named(document, "T0", "T1")
    assert not commands.move_touchpoints(document, ids, phase, ids[0])
    done(document, commands.move_touchpoints(document, [*ids, *named(document, "T5")], phase, ids[1]))
    assert order(document) == [["T0", "T1", "T5", "T2"], ["T3", "T4"], ["T6", "T7"]]


def test_one_that_is_gone_is_said() -> None:
    document = larger()
    with pytest.raises(Failure):
        commands.move_touchpoints(document, ["gone"], document.all(Phase)[0].id)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=1, max_size=5, unique=True), st.integers(0, 2), st.integers(0, 8))
def test_several_moved_at_once_stand_as_if_moved_one_by_one(numbers: list[int], to: int, place: int) -> None:
    document = larger()
    state = document.all(State)[0].id
    every = [one.id for one in journey.touchpoints(document, state)]
    ids, phase = [every[n] for n in numbers], journey.phases(document, state)[to].id
    row = [one.id for one in document.referring(Touchpoint, "phase_id", phase) if one.id not in ids]
    before = row[place] if place < len(row) else None
    one_by_one = Draft(document)
    for one in [one.id for one in journey.touchpoints(document, state) if one.id in ids]:
        one_by_one.take(commands.move_touchpoint(one_by_one.document, one, phase, before))
    done(document, commands.move_touchpoints(document, ids, phase, before))
    assert order(document) == order(one_by_one.document)


def test_copies_bring_along_what_hangs_on_them() -> None:
    document = gestures.small_map()
    first = document.all(Touchpoint)[0]
    phase = document.all(Phase)[1].id
    change = commands.copy_touchpoints(document, [first.id], phase)
    copy = commands.made(change)
    done(document, change)
    assert document.one(Touchpoint, copy).phase_id == phase
    assert len([one for one in document.dependants(copy) if one[1] == "touchpoint_id"]) >= 1


def test_texts_are_carried_each_to_its_own_cell_and_copied() -> None:
    document = larger()
    lane = next(one for one in document.all(Lane) if one.kind == "thoughts")
    points = named(document, "T0", "T1", "T2", "T3")
    cards = []
    for point in points[:2]:
        change = commands.add_card(document, lane.id, point, "Hm")
        cards.append(commands.made(change))
        document.apply(change)
    there = {cards[0]: (lane.id, points[2]), cards[1]: (lane.id, points[3])}
    done(document, commands.carry(document, there))
    assert [document.one(Card, card).touchpoint_id for card in cards] == points[2:]
    change = commands.carry(document, {cards[0]: (lane.id, points[0])}, copy=True)
    done(document, change)
    assert document.one(Card, commands.made(change)).touchpoint_id == points[0]
    assert document.one(Card, cards[0]).touchpoint_id == points[2]


def test_a_link_that_is_taken_elsewhere_follows_its_new_direction_unless_its_kind_was_chosen() -> None:
    document = larger()
    points = named(document, "T0", "T3", "T6")
    document.apply(commands.link(document, points[1], points[2]))
    (link,) = document.all(Link)
    done(document, commands.reroute(document, link.id, target_id=points[0]))
    assert document.one(Link, link.id).kind == "loop"
    document.apply(commands.edit(document, link.id, kind="switch"))
    done(document, commands.reroute(document, link.id, target_id=points[2]))
    assert document.one(Link, link.id).kind == "switch"


def test_a_link_can_be_renamed() -> None:
    document = larger()
    points = named(document, "T0", "T3")
    document.apply(commands.link(document, *points))
    (link,) = document.all(Link)
    done(document, commands.rename(document, link.id, "a way round"))
    assert document.one(Link, link.id).label == "a way round"
