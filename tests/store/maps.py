"""Maps to store: a small one with one of everything that refers to something, and one of any size."""

from __future__ import annotations

from array import array

from journeymap.model import order
from journeymap.model.cube import EVERYBODY, Block, BlockKey, Pair
from journeymap.model.records import (
    Action,
    Answer,
    Card,
    Channel,
    DataSet,
    Department,
    Emotion,
    Lane,
    Link,
    Map,
    Measure,
    PainPoint,
    Persona,
    Phase,
    Record,
    State,
    Tag,
    Tagging,
    Touchpoint,
    Trait,
    View,
)


def small() -> list[Record]:
    """Two phases, three touchpoints, and something of most kinds."""
    return [
        Map("map", "Ünterwegs", finding="Waiting hurts – “most”", brand_id=None),
        State("state", "a0", "As-is"),
        Persona("persona", "a0", "Léa", age=34),
        Trait("trait", "persona", "a0", "need", "speed"),
        Phase("before", "state", "a0", "Before"),
        Phase("after", "state", "a1", "After"),
        Department("department", "a0", "Service"),
        Channel("channel", "a0", "Web", "web"),
        Touchpoint("search", "before", "a0", "Search", channel_id="channel", reach=0.5),
        Touchpoint("buy", "before", "a1", "Buy", department_id="department", moment_of_truth=True),
        Touchpoint("call", "after", "a0", "Call"),
        Link("link", "call", "search", "loop", "again", 0.25),
        Lane("lane", "a0", "text", "Thoughts"),
        Card("card", "lane", "buy", "a0", "so many fields", persona_id="persona"),
        Emotion("emotion", "persona", "buy", -1.5, "lost"),
        Tag("tag", "a0", "mobile"),
        Tagging("tagging", "tag", "search"),
        PainPoint("pain", "buy", "a0", 1, "form too long", 4, 0.4, 0.3, 0.5, 120, source="s"),
        Action("action", "a0", 1, "shorten the form", cost=12000.0),
        Answer("answer", "action", "pain"),
        View("view", "a0", "Mine", lanes=("lane",), personas=("persona", "x")),
    ]


def data_set() -> tuple[list[Record], dict[BlockKey, Block], list[Pair]]:
    """A data set of two measures with its blocks and pairs."""
    records: list[Record] = [
        DataSet("data", "a0", "Survey", "survey.csv", "f" * 64, segments=("Gender",), weighted=True),
        Measure("m1", "data", "a0", "buy", None, "csat", scale=(1.0, 5.0), positive=(4.0, 5.0), rows=7, n=7),
        Measure("m2", "data", "a1", None, None, "nps", scale=(0.0, 10.0), rows=5, n=5),
    ]
    plain = Block(("",), (1.0, 5.0), array("i", [10, 10]), array("i", [0, 0]), array("i", [0, 1]), array("q", [3, 4]),
                  array("d"), array("d"))  # fmt: skip
    weighted = Block(("f", "m"), (0.5, 10.0), array("i", [-(2**31), 5]), array("i", [0, 1]), array("i", [1, 0]),
                     array("q", [2, 2**40]), array("d", [1.5, 2.5]), array("d", [2.25, 6.25]),
                     array("d", [0.1, 0.2]), array("d", [0.01, 0.04]))  # fmt: skip
    blocks = {("m1", EVERYBODY): plain, ("m1", "Gender"): weighted, ("m2", EVERYBODY): plain}
    return records, blocks, [Pair("m1", "m2", 4, 1.0, 2.0, 3.0, 4.0, 5.0)]


def same(one: Block, other: Block) -> bool:
    """Whether two blocks hold the same cells."""
    return all(getattr(one, name) == getattr(other, name) for name in Block.__struct_fields__)


def large(touchpoints: int, lanes: int = 8) -> list[Record]:
    """A map of that many columns with a card in every lane of each."""
    keys = order.several(None, None, touchpoints)
    phases = max(1, touchpoints // 20)
    made: list[Record] = [Map("map", "Large"), State("state", "a0", "As-is")]
    made += [Phase(f"phase{i}", "state", keys[i], f"Phase {i}") for i in range(phases)]
    made += [Lane(f"lane{i}", keys[i], "text", f"Lane {i}") for i in range(lanes)]
    for i in range(touchpoints):
        made.append(Touchpoint(f"touchpoint{i:027}", f"phase{i * phases // touchpoints}", keys[i], f"Touchpoint {i}",
                               "What happens here, in a sentence of a usual length."))  # fmt: skip
        made += [Card(f"card{i:05}in{lane:026}", f"lane{lane}", made[-1].id, "a0", f"A thought about {i} in lane {lane}")
                 for lane in range(lanes)]  # fmt: skip
    return made
