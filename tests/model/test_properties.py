"""What must hold for any change, however the map came to be."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from gestures import CHANCE, gesture, small_map
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from journeymap.model import commands, graph, rules
from journeymap.model.change import Change, merged, updating
from journeymap.model.document import Conflict, Document
from journeymap.model.draft import Draft
from journeymap.model.records import KINDS, Card, Touchpoint, references
from journeymap.session import Session


@pytest.fixture(scope="module", autouse=True)
def repeatable_ids() -> Iterator[None]:
    """The same ids in each run of an example: lists sort by id, so a replayed example must meet the same ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("journeymap.model.record.uuid4", lambda: UUID(int=CHANCE.getrandbits(128), version=4))
        yield


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def copy(document: Document) -> Document:
    return Document(document)


def allowed(document: Document, change: Change) -> bool:
    try:
        rules.check(document, change)
    except rules.Broken:
        return False
    return True


@QUICK
@given(st.data())
def test_a_change_and_then_its_inverse_is_the_identity(data: st.DataObject) -> None:
    document = small_map()
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(gesture(document))
        if not allowed(document, change):
            continue
        before = copy(document)
        document.apply(change)
        document.fits(change.inverse())
        document.apply(change.inverse())
        assert document == before
        assert change.inverse().inverse() == change
        document.apply(change)


@QUICK
@given(st.data())
def test_one_merged_change_has_the_effect_of_its_parts_in_turn(data: st.DataObject) -> None:
    document = small_map()
    start, original = copy(document), copy(document)
    parts = []
    for _ in range(data.draw(st.integers(1, 8))):
        change = data.draw(gesture(document))
        if allowed(document, change):
            document.apply(change)
            parts.append(change)
    whole = merged("all", parts)
    start.fits(whole)
    rules.check(start, whole)
    start.apply(whole)
    assert start == document
    start.apply(whole.inverse())
    assert start == original


FIELDS = {"name": st.text("abc", max_size=3), "owner": st.text("abc", max_size=3), "moment_of_truth": st.booleans(),
          "reach": st.none() | st.floats(0, 1)}  # fmt: skip


@QUICK
@given(st.fixed_dictionaries(FIELDS), st.sets(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=3))
def test_changes_to_different_fields_of_one_record_both_survive_in_either_order(values, mine) -> None:
    start = small_map()
    record = start.all(Touchpoint)[0]
    one = updating("one", record, **{name: value for name, value in values.items() if name in mine})
    other = updating("other", record, **{name: value for name, value in values.items() if name not in mine})
    results = []
    for order in ((one, other), (other, one)):
        document = copy(start)
        for change in order:
            document.fits(change)
            document.apply(change)
        results.append(document.one(Touchpoint, record.id))
    assert results[0] == results[1]
    assert all(getattr(results[0], name) == value for name, value in values.items())


def test_a_change_made_for_another_state_of_the_same_field_does_not_fit() -> None:
    document = small_map()
    record = document.all(Touchpoint)[0]
    late = updating("late", record, name="mine")
    document.apply(updating("first", record, name="yours"))
    with pytest.raises(Conflict):
        document.fits(late)


def same_reading(one: Document, other: Document) -> None:
    """Both answer every question of reading alike: order of lists, back-references, the graph."""
    for kind in KINDS.values():
        assert one.all(kind) == other.all(kind)
    assert one.spanning() == other.spanning() == [card for card in one.all(Card) if card.span > 1]
    for record in one:
        assert one.dependants(record.id) == other.dependants(record.id)
        for kind in KINDS.values():
            for name, _kind, _gone in references(kind):
                assert one.referring(kind, name, record.id) == other.referring(kind, name, record.id)
    assert set(one.graph()) == set(other.graph())
    assert graph.edges(one.graph()) == graph.edges(other.graph())


class Editing(RuleBasedStateMachine):
    """A person works on a map in a real file, undoes, redoes, closes and opens it."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "trial.journey"
        self.session = Session.create(self.path, list(small_map()))
        self.session.document.graph()

    @rule(data=st.data())
    def do(self, data: st.DataObject) -> None:
        document = self.session.document
        document.all(Touchpoint)  # a shelf that has been read is kept sorted
        change = data.draw(gesture(document))
        before = copy(document)
        if allowed(document, change):
            self.session.perform(change)
        else:
            with pytest.raises(rules.Broken):
                self.session.perform(change)
            assert document == before

    @rule()
    def undo(self) -> None:
        self.session.undo()

    @rule()
    def redo(self) -> None:
        self.session.redo()

    @rule()
    def reopen(self) -> None:
        self.session.flush()
        before = list(self.session.document)
        label = self.session.undo_label
        self.session.close()
        self.session = Session.open(self.path)
        assert self.session.document == Document(before)
        assert self.session.undo_label == label
        self.session.document.graph()

    @invariant()
    def document_and_graph_agree(self) -> None:
        if not hasattr(self, "session"):
            return
        document = self.session.document
        same_reading(document, Document(document))
        assert rules.faults(document) == []

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.flush()
            held = Document(self.session.document)
            self.session.close()
            again = Session.open(self.path)
            assert again.document == held
            again.close()
            self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


@QUICK
@given(st.data())
def test_restoring_an_earlier_map_takes_one_change(data: st.DataObject) -> None:
    document = small_map()
    then = list(document)
    draft = Draft(document)
    for _ in range(3):
        change = data.draw(gesture(draft.document))
        if allowed(draft.document, change):
            draft.take(change)
    back = commands.restore(draft.document, then)
    rules.check(draft.document, back)
    draft.document.apply(back)
    assert draft.document == Document(then)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_order_keys_put_each_thing_where_it_was_dropped(places: list[int]) -> None:
    from journeymap.model import order
    from journeymap.model.records import Tag

    row: list[Tag] = []
    for count, place in zip(itertools.count(), places, strict=False):
        at = min(place, len(row))
        found = order.place(row, at)
        assert not found.moved
        row.insert(at, Tag(f"{count:032x}", found.keys[0]))
        assert sorted(row, key=lambda tag: tag.order) == row
