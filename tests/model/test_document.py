"""Reading a document is quick and stays right while it changes."""

from __future__ import annotations

from journeymap.model import commands, lanes
from journeymap.model.change import adding
from journeymap.model.document import Document
from journeymap.model.history import Entry, replay
from journeymap.model.records import Card, Lane, Phase, State, Tag, Touchpoint, new_id


def large(touchpoints: int) -> Document:
    records = commands.new_map("Large")
    state = next(one for one in records if isinstance(one, State))
    phase = Phase(new_id(), state.id, "a0", "All")
    points = [Touchpoint(new_id(), phase.id, f"b{at:06}", f"T{at}") for at in range(touchpoints)]
    rows = [one for one in records if isinstance(one, Lane)][:8]
    cards = [Card(new_id(), lane.id, point.id, "a0", "x") for lane in rows for point in points]
    return Document([*records, phase, *points, *cards])


def test_lists_are_the_callers_own() -> None:
    document = large(3)
    document.all(Touchpoint).clear()
    assert len(document.all(Touchpoint)) == 3
    document.referring(Card, "lane_id", document.all(Lane)[0].id).clear()
    assert len(document.referring(Card, "lane_id", document.all(Lane)[0].id)) == 3


def test_records_with_the_same_key_stand_in_the_order_of_their_ids_everywhere() -> None:
    tags = [Tag(f"{at:032x}", "a0") for at in (3, 1, 2)]
    document = Document(tags)
    assert document.all(Tag) == sorted(tags, key=lambda tag: tag.id)
    document.apply(adding("", Tag(f"{0:032x}", "a0")))
    assert [int(tag.id, 16) for tag in document.all(Tag)] == [0, 1, 2, 3]


def test_undo_and_redo_are_rebuilt_from_the_log() -> None:
    history = replay(
        [
            (1, "Add phase", "do", None),
            (2, "Add touchpoint", "do", None),
            (3, "Add touchpoint", "undo", 2),
            (4, "Add phase", "undo", 1),
            (5, "Add phase", "redo", 1),
        ]
    )
    assert history.undos == [Entry(1, "Add phase")]
    assert history.redo_label == "Add touchpoint"
    history.did(Entry(6, "Rename phase"))
    assert history.redo_label == ""
    assert history.undo_label == "Rename phase"
    history.forget(6)
    assert history.undo_label == "Add phase"


def test_every_kind_of_lane_has_a_name_and_invites() -> None:
    for kind in lanes.KINDS:
        assert lanes.name(kind) != kind
        assert bool(lanes.prompt(kind)) != (kind in lanes.LINES)
    lane = Lane("1" * 32, "a0", lanes.THOUGHTS, name="Voices")
    assert lanes.title(lane) == "Voices"
    assert lanes.subtitle(lane) == "In their own words"
