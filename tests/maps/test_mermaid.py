"""Mermaid journeys: the same tasks as Mermaid's own parser, or a reason in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from foreign import MERMAID

from journeymap import maps
from journeymap.failure import Failure
from journeymap.maps import mermaid
from journeymap.model import rules
from journeymap.model.document import Document
from journeymap.model.records import Emotion, Persona, Phase, Touchpoint

# (text, what Mermaid 11.17.2 makes of it: title and tasks; None where it refuses the whole text)
VERDICTS = [
    ("journey\n a: 7: X", "", [("", "a", 7.0, ("X",))]),
    ("journey\n a: 0: X", "", [("", "a", 0.0, ("X",))]),
    ("journey\n a: -2: X", "", [("", "a", -2.0, ("X",))]),
    ("journey\n a: 3.5: X", "", [("", "a", 3.5, ("X",))]),
    ("journey\n a: 3,5: X", "", [("", "a", None, ("X",))]),
    ("journey\n a: good: X", "", [("", "a", None, ("X",))]),
    ("journey\n a: 5 stars: X", "", [("", "a", None, ("X",))]),
    ("journey\n a: : X", "", [("", "a", 0.0, ("X",))]),
    ("journey\n a: 4", "", [("", "a", 4.0, ())]),
    ("journey\n a: b: 4: X", "", [("", "a", None, ("4",))]),
    ("journey\n a: 4: X: note", "", [("", "a", 4.0, ("X",))]),
    ("journey\n a: 4: X %% c", "", [("", "a", 4.0, ("X %% c",))]),
    ("journey\n a: 4: X #1, Y", "", [("", "a", 4.0, ("X",))]),
    ("journey\n section S #1 x\n a: 4: X", "", [("S", "a", 4.0, ("X",))]),
    ("journey\n title T #1\n a: 4: X", "T", [("", "a", 4.0, ("X",))]),
    ("journey\n # comment\n a: 4: X", "", [("", "a", 4.0, ("X",))]),
    ("journey\n %% c\n%% d\n a: 4: X", "", [("", "a", 4.0, ("X",))]),
    ("journey\r\n\ttitle T\r\n\ta: 4: X\r\n", "T", [("", "a", 4.0, ("X",))]),
    ("\ufeffjourney\n title T\n a: 4: X", "T", [("", "a", 4.0, ("X",))]),
    ("journey title X\n a: 4: Y", "X", [("", "a", 4.0, ("Y",))]),
    ("---\ntitle: F\n---\njourney\n a: 4: X", "F", [("", "a", 4.0, ("X",))]),
    ("---\ntitle: F\n---\njourney\n title B\n a: 4: X", "B", [("", "a", 4.0, ("X",))]),
    ("journey\n title A<br/>B\n a<br>b: 4: X", "A\nB", [("", "a\nb", 4.0, ("X",))]),
    ("journey\n a #58; b#44;c: 4: X#44; Y, Z", "", [("", "a : b,c", 4.0, ("X, Y", "Z"))]),
    ("journey\n title deed signed: 4: X\n a: 4: Y", "deed signed: 4: X", [("", "a", 4.0, ("Y",))]),
    ("journey\n a：4：X: 3: Y", "", [("", "a：4：X", 3.0, ("Y",))]),
    ("journey\n SECTION S\n a:4:X", "", [("S", "a", 4.0, ("X",))]),
]


@pytest.mark.parametrize(("text", "title", "tasks"), VERDICTS)
def test_texts_are_read_as_mermaid_reads_them(text: str, title: str, tasks: list[tuple]) -> None:
    assert mermaid.tasks(text) == tasks
    assert mermaid.read(text, "x.mmd").title == title


@pytest.mark.parametrize(
    "text",
    ["journey\n a; b: 4: X", "journey\n call #1: 4: X", "journey\n section A: B\n a: 4: X", "journey\n just text\n a: 4: X",
     "journey\n section s\n section 5 form: 4: X", "journey\n journey map workshop: 5", "journey\n title A; b\n a: 4: X"],
)  # fmt: skip
def test_what_mermaid_refuses_is_read_with_a_reason_and_its_line(text: str) -> None:
    found = mermaid.read(text, "x.mmd")
    assert found.points
    assert any(loss.lines for loss in found.losses)


@pytest.mark.parametrize("text", ["JOURNEY\n a: 4: X", "", "journey\n", "journeys\n a: 4: X", "flowchart LR\n a --> b"])
def test_what_is_no_journey_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Failure, match="journey"):
        mermaid.read(text, "x.mmd")


def test_scores_are_held_within_one_to_five_and_said() -> None:
    found = mermaid.read(MERMAID, "x.mmd")
    assert [[mood.value for mood in point.moods] for point in found.points] == [[1, 1], [-1], [2], [], [0]]
    said = " / ".join(map(str, found.losses))
    assert "(7) was set to 5" in said
    assert "line 14: the score is no number" in said


def test_sections_of_one_name_stay_two_bands_on_a_new_map() -> None:
    document = Document(maps.records(mermaid.read(MERMAID, "x.mmd"), "x"))
    assert not rules.faults(document)
    assert [phase.name for phase in document.all(Phase)] == ["Book", "Ride", "Book"]
    assert [one.name for one in document.all(Touchpoint)].count("Fetch #12\nand go") == 1
    assert document.map.title == "A rented bicycle"


def test_on_an_open_map_names_are_found_and_nothing_comes_twice() -> None:
    document = Document(maps.records(mermaid.read("journey\n section book\n Pay: 1: INES\n", "x"), "x"))
    change = maps.add(document, mermaid.read(MERMAID, "x.mmd"))
    document.apply(change)
    assert [phase.name for phase in document.all(Phase)] == ["book", "Ride"]
    assert [persona.name for persona in document.all(Persona)] == ["INES", "Otto"]
    pay = next(one for one in document.all(Touchpoint) if one.name == "Pay")
    assert [mood.value for mood in document.referring(Emotion, "touchpoint_id", pay.id)] == [-2]
    with pytest.raises(Failure, match="already"):
        maps.add(document, mermaid.read(MERMAID, "x.mmd"))
    document.apply(change.inverse())
    assert document.count(Touchpoint) == 1


def test_several_blocks_of_markdown_become_one_map() -> None:
    text = "# Plan\n```mermaid\njourney\n title One\n section A\n x: 3: P\n```\ntext\n::: mermaid\njourney\n y: 4: P\n:::\n~~~mermaid\nflowchart LR\n a-->b\n~~~\n"
    found = mermaid.read(text, "plan.md")
    assert [(stage.name, [point.name for point in stage.points]) for stage in found.stages] == [
        ("A", ["x"]),
        ("Phase 1", ["y"]),
    ]
    assert [str(loss) for loss in found.losses] == ["a diagram of another type"]
    with pytest.raises(Failure, match="flowchart"):
        mermaid.read("```mermaid\ngraph TD\n a-->b\n```\n", "plan.md")


def test_actors_that_are_remarks_become_texts_not_personas() -> None:
    lines = "\n".join(f" Clerk: 3: does {n}, checks {n}" for n in range(10))
    found = mermaid.read(f"journey\n{lines}", "x.mmd")
    assert not found.people
    assert {said.text for point in found.points for said in point.said} == {
        f"{word} {n}" for n in range(10) for word in ("does", "checks")
    }


def test_the_same_tasks_as_the_official_parser_on_real_files(shared: Path) -> None:
    folder = shared / "formats" / "mermaid"
    verdicts = (folder / "_measured_mermaid_11.17.2_parser.txt").read_text(encoding="utf-8")
    seen = 0
    for path in sorted(folder.glob("*.mmd")):
        said = re.search(rf"^(OK|FAIL)\s+{re.escape(path.name)}(.*)$", verdicts, re.MULTILINE)
        assert said, path.name
        seen += 1
        if said.group(1) == "FAIL":
            try:
                assert maps.read(path).losses, path.name
            except Failure as failure:
                assert path.name in str(failure)  # noqa: PT017
            continue
        tasks = mermaid.tasks(path.read_text(encoding="utf-8"))
        scores, count = re.search(r"scores=(\S*)", said.group(2)), re.search(r"tasks=(\d+)", said.group(2))
        assert count
        assert scores
        assert len(tasks) == int(count.group(1)), path.name
        assert list(dict.fromkeys(f"{task[2]:g}" for task in tasks)) == scores.group(1).split("/"), path.name
        known = {actor for task in tasks for actor in task[3]}
        actors = re.search(r"actors=\[(.*?)\]?$", said.group(2))
        assert actors
        whole = re.findall(r'"((?:[^"\\]|\\.)*)"', actors.group(1))
        assert {name.replace('\\"', '"') for name in whole if name} <= known, path.name
    assert seen == 30


def test_real_diagrams_of_other_types_are_refused_by_their_type(shared: Path) -> None:
    for path in (shared / "formats" / "mermaid_not_journey").glob("*.mmd"):
        with pytest.raises(Failure, match=r"flowchart|state diagram"):
            maps.read(path)
