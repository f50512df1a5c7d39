"""What a new map can begin with."""

from __future__ import annotations

import json

import pytest

from journeymap import resources, templates
from journeymap.failure import Failure
from journeymap.model import graph, journey, rules
from journeymap.model.document import Document
from journeymap.model.records import Channel, Phase


@pytest.mark.parametrize("name", templates.names())
def test_each_template_makes_a_sound_map(name: str) -> None:
    document = Document(templates.records(name, "Mine"))
    assert document.map.title == "Mine"
    assert rules.faults(document) == []
    assert graph.dead_ends(document) == []
    assert graph.unreachable(document) == []
    assert all(templates.about(name))
    known = resources.icons()
    assert all(channel.icon in known for channel in document.all(Channel))


def test_the_blank_one_comes_first_and_the_generic_journey_has_before_during_and_after() -> None:
    assert templates.names()[0] == "blank"
    document = Document(templates.records("customer-journey", "Mine"))
    assert document.count(Phase) == 5
    assert len(list(journey.every_touchpoint(document))) >= 12
    assert len(graph.loops(document).items) == 2


def test_two_maps_from_one_template_share_no_ids() -> None:
    one, other = (Document(templates.records("customer-journey", "x")) for _ in range(2))
    assert not {record.id for record in one} & {record.id for record in other}


def test_an_unknown_template_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(Failure, match="Choose one of: blank, customer-journey"):
        templates.records("nothing", "x")


def test_templates_are_plain_json() -> None:
    for path in resources.folder("templates").glob("*.json"):
        assert set(json.loads(path.read_text(encoding="utf-8"))) >= {"title", "about", "phases"}
