"""What a new map can begin with: every built-in template, in every language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from journeymap import cli, i18n, resources, templates
from journeymap.failure import Failure
from journeymap.formats import export
from journeymap.model import avatars, graph, journey, lanes, rules
from journeymap.model.checker import remarks
from journeymap.model.document import Document
from journeymap.model.figures import Figures, figures
from journeymap.model.records import (
    Action,
    Answer,
    Card,
    Channel,
    Department,
    Emotion,
    Lane,
    Link,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Touchpoint,
    Trait,
    TypedKpi,
    UserStory,
)
from journeymap.session import Session

NAMED = {
    "airport", "online-shop", "bank-account", "hospital-stay", "saas-onboarding", "public-service", "insurance-claim",
    "b2b-sale", "employee-onboarding",
}  # fmt: skip
"""Worked examples: whole maps of an invented organisation."""

ALL = [(name, spoken) for name in templates.names() for spoken in templates.LANGUAGES]
WORKED = [(name, spoken) for name, spoken in ALL if name in NAMED]

ENGLISH = frozenset(
    {
        "the",
        "and",
        "of",
        "with",
        "that",
        "they",
        "she",
        "he",
        "not",
        "for",
        "from",
        "this",
        "what",
        "who",
        "my",
        "your",
    }
)
GERMAN = frozenset(
    {
        "der",
        "das",
        "und",
        "nicht",
        "mit",
        "ist",
        "ein",
        "eine",
        "ich",
        "sie",
        "wie",
        "von",
        "zum",
        "zur",
        "auf",
        "dem",
        "den",
        "wir",
    }
)


@cache
def written(name: str, spoken: str) -> Any:
    return json.loads((resources.folder("templates") / f"{name}.{spoken}.json").read_text(encoding="utf-8"))


@cache
def made(name: str, spoken: str) -> Document:
    return Document(templates.records(name, "Mine", spoken))


def known(document: Document) -> Figures:
    def none(data_set_id: str) -> Any:
        raise KeyError(data_set_id)

    return figures(document, none)


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text that a person reads, without keywords such as the kind of a link."""
    if isinstance(value, dict):
        for name, inside in value.items():
            if name not in {
                "language",
                "currency",
                "icon",
                "kind",
                "influence",
                "initiator",
                "avatar",
                "kpi",
                "hidden",
            }:
                yield from texts(inside, name)
    elif isinstance(value, list):
        for inside in value[1:] if key == "traits" and value and isinstance(value[0], str) else value:
            yield from texts(inside, key)
    elif isinstance(value, str):
        yield value


def shape(value: Any) -> Any:
    """What is the same in every language: the structure, the numbers and the keywords."""
    if isinstance(value, dict):
        return [shape(one) for one in value.values()]
    if isinstance(value, list):
        return [shape(one) for one in value]
    return "text" if isinstance(value, str) else value


def test_all_ten_are_there_and_the_blank_one_comes_first() -> None:
    assert templates.names()[:2] == ["blank", "customer-journey"]
    assert set(templates.names()) == NAMED | {"blank", "customer-journey"}


@pytest.mark.parametrize(("name", "spoken"), ALL)
def test_each_template_makes_a_sound_map_in_its_language(name: str, spoken: str) -> None:
    document = made(name, spoken)
    assert document.map.title == "Mine"
    assert document.map.language == spoken
    assert rules.faults(document) == []
    assert graph.dead_ends(document) == []
    assert graph.unreachable(document) == []
    assert all(templates.about(name, spoken))
    icons = resources.icons()
    assert all(channel.icon in icons for channel in document.all(Channel))
    assert all(persona.avatar in avatars.HEADS or not persona.avatar for persona in document.all(Persona))


@pytest.mark.parametrize("name", templates.names())
def test_both_languages_have_one_shape_and_other_words(name: str) -> None:
    english, german = written(name, "en"), written(name, "de")
    assert shape(english) == shape(german)
    one, other = made(name, "en"), made(name, "de")
    for kind in (Phase, Touchpoint, Emotion, Link, Lane, Card, PainPoint, Action, Answer, UserStory, Opportunity):
        assert one.count(kind) == other.count(kind)
    assert sorted(felt.value for felt in one.all(Emotion)) == sorted(felt.value for felt in other.all(Emotion))
    pairs = list(zip(texts(english), texts(german), strict=True))
    long = [(en, de) for en, de in pairs if len(en.split()) > 2]
    assert [en for en, de in long if en == de] == []


@pytest.mark.parametrize(("name", "spoken"), ALL)
def test_each_template_is_written_in_its_language(name: str, spoken: str) -> None:
    foreign = GERMAN if spoken == "en" else ENGLISH
    for text in texts(written(name, spoken)):
        assert not foreign & set(re.findall(r"[a-zäöüß]+", text.casefold())), text
        assert not re.search(r"[“”]", text) or spoken == "en" or text.count("„") == text.count("“"), text
        assert "ß" not in text or spoken == "de"
        assert text == text.strip()


@pytest.mark.parametrize(("name", "spoken"), ALL)
def test_no_template_raises_an_alarm(name: str, spoken: str) -> None:
    document = made(name, spoken)
    assert [remark.text for remark in remarks(document, known(document))] == []
    assert document.map.example == (name != "blank")


@pytest.mark.parametrize(("name", "spoken"), WORKED)
def test_a_worked_example_is_a_whole_map(name: str, spoken: str) -> None:
    document = made(name, spoken)
    points = list(journey.every_touchpoint(document))
    assert 12 <= len(points) <= 20
    assert document.count(Phase) >= 5
    assert len(document.all(Persona)) == 2
    assert 2 <= sum(point.moment_of_truth for point in points) <= 5
    assert all(point.department_id and point.channel_id for point in points)
    assert len(document.all(Department)) >= 5
    assert {link.kind for link in document.all(Link)} == {"branch", "loop"}
    assert all(link.label and link.share for link in document.all(Link))
    assert document.map.scenario
    assert document.map.finding
    assert 2 <= len(document.all(UserStory)) <= 4
    assert all(one.want and one.benefit and one.expectation for one in document.all(UserStory))
    assert 3 <= len(document.all(PainPoint)) <= 6
    assert all(document.referring(Answer, "pain_id", pain.id) for pain in document.all(PainPoint))
    assert all(typed.n is None and typed.source for typed in document.all(TypedKpi))  # invented, so no verdicts


@pytest.mark.parametrize(("name", "spoken"), WORKED)
def test_its_personas_are_people_with_a_curve_that_says_something(name: str, spoken: str) -> None:
    document = made(name, spoken)
    needs_access = False
    for persona in document.all(Persona):
        assert persona.age
        assert str(persona.age) in persona.line
        assert persona.quote
        kinds = {trait.kind for trait in document.referring(Trait, "persona_id", persona.id)}
        assert kinds >= {"goal", "need", "frustration", "channel"}
        needs_access = needs_access or "accessibility" in kinds
        felt = [one for one in document.all(Emotion) if one.persona_id == persona.id]
        assert max(one.value for one in felt) >= 0.9
        assert min(one.value for one in felt) <= -0.9
        assert any(one.note for one in felt)
    assert needs_access


@pytest.mark.parametrize(("name", "spoken"), WORKED)
def test_every_lane_that_is_shown_is_filled(name: str, spoken: str) -> None:
    document = made(name, spoken)
    filled = {lanes.JOURNEY, lanes.DEPARTMENTS}
    by_kind = {
        lanes.EMOTION: Emotion,
        lanes.PAINS: PainPoint,
        lanes.OPPORTUNITIES: Opportunity,
        lanes.FIGURES: TypedKpi,
    }
    filled |= {kind for kind, record in by_kind.items() if document.count(record)}
    filled |= {lane.kind for lane in document.all(Lane) if document.referring(Card, "lane_id", lane.id)}
    shown = {lane.kind for lane in document.all(Lane) if not lane.hidden} - lanes.LINES
    assert shown - filled == set()
    assert len(shown) >= 6
    assert all(lane.name for lane in document.all(Lane))  # in the map's language, whatever the interface speaks


@pytest.mark.parametrize(("name", "spoken"), [one for one in ALL if one[0] != "blank"])
def test_everything_is_legible_on_a3(name: str, spoken: str, tmp_path: Path) -> None:
    document = made(name, spoken)
    printed = export(document, known(document), tmp_path / "map.pdf", kind="map", paper="A3")
    assert printed.warnings == ()  # no text is cut, none is below the least size


def test_two_maps_from_one_template_share_no_ids() -> None:
    one, other = (Document(templates.records("customer-journey", "x")) for _ in range(2))
    assert not {record.id for record in one} & {record.id for record in other}


def test_an_unknown_template_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(Failure, match="Choose one of: blank, customer-journey, airport"):
        templates.records("nothing", "x")


def test_the_language_is_that_of_the_interface_unless_another_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_chosen", None)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_AT.UTF-8")
    assert templates.about("airport")[0] == "Flughafen"
    assert templates.about("airport", "en")[0] == "Airport"
    monkeypatch.setenv("LANG", "fi_FI.UTF-8")
    assert templates.about("airport")[0] == "Airport"
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert i18n.language() == "en"
    monkeypatch.setattr(i18n, "_chosen", "de")
    assert templates.about("airport")[0] == "Flughafen"


def test_the_command_line_takes_a_template_in_a_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "laden.journey"
    assert cli.main(["new", str(target), "--template", "online-shop", "--lang", "de", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["language"] == "de"
    assert cli.main(["check", str(target), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remarks"] == []
    with Session.open(target, read_only=True) as session:
        assert "Größe wählen" in {point.name for point in session.document.all(Touchpoint)}
        assert session.document.map.title == "laden"
