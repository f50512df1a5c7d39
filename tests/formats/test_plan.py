"""The action plan: its finding is borne out by its rows, its pages go on, nothing is left out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from reading import links_of, outline_of, squeezed
from sample import PAINS, figures_of, records, sample
from test_sheet import inside, words

from journeymap.formats import export
from journeymap.formats.papers import paper
from journeymap.formats.plan import plan, rows
from journeymap.formats.plan.matrix import NAMES, bubbles
from journeymap.formats.plan.roadmap import ordered, span
from journeymap.model.document import Document
from journeymap.model.picture import Picture, Text
from journeymap.model.records import Action, Answer, Map, PainPoint, Record, State, Touchpoint

MADE = datetime(2026, 11, 12)  # noqa: DTZ001


def made(document: Document, name: str = "A4", orientation: str = "landscape") -> list[Picture]:
    return plan(document, figures_of(document), paper(name, orientation), made=MADE).pages


def finding(document: Document) -> str:
    return rows.finding(rows.rows(document, figures_of(document)))


def answered(*pairs: tuple[int, int], pains: int = 4, actions: int = 4) -> Document:
    """Pains of equal frequency and falling severity, and the actions (by number) that answer them."""
    found: list[Record] = [r for r in records() if not isinstance(r, PainPoint | Action | Answer)]
    found += [PainPoint(f"n{i}", f"t{i}", f"a{i}", i, f"Pain {i}", 6 - i, 0.1) for i in range(1, pains + 1)]
    found += [Action(f"c{i}", f"a{i}", i, f"Action {i}") for i in range(1, actions + 1)]
    found += [Answer(f"w{a}-{p}", f"c{a}", f"n{p}") for a, p in pairs]
    plain = [replace(r, moment_of_truth=False, reach=None) if isinstance(r, Touchpoint) else r for r in found]
    return Document(plain)


def test_pains_are_ranked_by_severity_frequency_and_importance() -> None:
    document = sample()
    found = rows.rows(document, figures_of(document))
    assert [row.pain.number for row in found if row.pain] == [1, 2, 3, 5, 4]
    assert found[0].weight == pytest.approx(5 * 0.31)
    assert found[1].weight == pytest.approx(4 * 0.22 * 1.5)
    assert "moment of truth 1.5" in found[1].factors
    assert found[4].weight is None
    assert [action.number for action in found[-1].actions] == [4]
    assert found[-1].pain is None


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (Document([Map("map"), State("s", "a0")]), "No pains and no actions have been recorded yet."),
        (answered(pains=0, actions=2), "Two actions, and no pain that they answer yet."),
        (answered(pains=3, actions=0), "Three pains are known, and nothing is planned against them yet."),
        (answered((1, 2)), "What hurts most has no answer yet: Pain 1."),
        (answered((1, 1), (1, 2), (2, 3)), "One action answers more than half of all pain."),
        (answered((1, 1), (2, 2), (3, 3), (4, 4)), "All four pains have an answer."),
        (answered((1, 1), (2, 2), (3, 3), pains=5), "Three of five pains have an answer."),
    ],
)
def test_the_headline_is_what_the_rows_bear_out(document: Document, sentence: str) -> None:
    assert finding(document) == sentence


def test_half_of_all_pain_is_counted_once_however_many_actions_answer_it() -> None:
    document = answered((1, 1), (2, 1), (3, 2), (4, 3), (5, 4), actions=5)
    found = rows.rows(document, figures_of(document))
    half = rows.fewest(found)
    assert [action.number for action in half] == [1, 3]
    assert rows.share_of(found, half) == pytest.approx(9 / 14)


def test_sums_say_over_how_many_actions_they_go() -> None:
    document = sample()
    found = [
        (one.value.replace("\u202f", " "), one.words)
        for one in rows.sums(document, rows.rows(document, figures_of(document)))
    ]
    assert found == [
        ("3 of 5", "pains have an action"),
        ("€ 109 k", "for the 3 of 4 actions with a cost"),
        ("28 Feb", "2027: A1 is due first"),
    ]


def test_pains_without_an_action_and_actions_without_a_pain_are_listed_as_such() -> None:
    text = words(made(sample()))
    assert text.count(squeezed("No action yet")) == 2
    assert text.count(squeezed("No pain named")) == 1
    assert squeezed("Without effort or impact: A4") in text
    assert squeezed("no date yet") in text


def test_every_pain_stands_with_its_evidence_interval_and_n() -> None:
    text = words(made(sample()))
    for _place, _words, _severity, _frequency, _n, evidence in PAINS:
        assert squeezed(evidence) in text
    assert squeezed("28–34 %") in text
    assert squeezed("No evidence has been written down.") in text


def test_a_figure_that_should_move_stands_now_and_expected() -> None:
    text = words(made(sample()))
    assert squeezed("41 % → 70–80 %") in text
    assert squeezed("no figure named") in text


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("name", ["A4", "A3", "Letter", "A0"])
def test_nothing_leaves_the_page_and_nothing_is_cut(name: str, orientation: str) -> None:
    for page in made(sample(example=True), name, orientation):
        inside(page)
        assert page.cut == ()
        assert page.smallest >= 6.99


def many(count: int) -> Document:
    found = [r for r in records() if not isinstance(r, PainPoint | Action | Answer)]
    for i in range(1, count + 1):
        found.append(
            PainPoint(
                f"n{i}",
                f"t{i % 12}",
                f"a{i:03}",
                i,
                f"Pain number {i} with some words to it",
                i % 5 + 1,
                i / 100,
                evidence=f"Seen {i} times.",
            )
        )
        found.append(
            Action(
                f"c{i}",
                f"a{i:03}",
                i,
                f"Do something about it, number {i}",
                start="2027-01-01",
                due=f"2027-{i % 12 + 1:02}-28",
                effort=i % 5 + 1,
            )
        )
        found.append(Answer(f"w{i}", f"c{i}", f"n{i}"))
    return Document(found)


def test_a_long_plan_goes_on_over_pages_with_its_head_repeated() -> None:
    pages = made(many(60))
    assert len(pages) > 5
    for page in pages:
        inside(page)
    text = [words([page]) for page in pages]
    tables = [page for page in text if squeezed("now → expected") in page]
    assert len(tables) >= 3
    for i in range(1, 61):
        assert sum(squeezed(f"Pain number {i} with some words to it") in page for page in text) >= 1
    assert all(squeezed(f"page {i} of {len(pages)}") in page for i, page in enumerate(text, 1))


def test_bubbles_stay_in_the_frame_apart_and_in_their_order() -> None:
    document = many(12)
    reach = rows.reaches(rows.rows(document, figures_of(document)))
    placed, left_out = bubbles(document, reach, 236, 164)
    assert len(placed) == 12
    assert left_out == []
    for one in placed:
        assert one.radius + 3.9 <= one.x * 236 <= 236 - one.radius - 3.9
        assert one.radius + NAMES - 0.1 <= one.y * 164 <= 164 - one.radius - NAMES + 0.1
    for i, one in enumerate(placed):
        for other in placed[:i]:
            distance = (((one.x - other.x) * 236) ** 2 + ((one.y - other.y) * 164) ** 2) ** 0.5
            assert distance > max(one.radius, other.radius) * 0.8
    largest = max(placed, key=lambda bubble: bubble.radius)
    assert largest.action.number == 12


def test_the_roadmap_covers_every_date_and_the_undated_come_last() -> None:
    document = sample()
    actions = ordered(document.all(Action))
    assert [action.number for action in actions] == [1, 3, 2, 4]
    over = span(actions)
    assert over is not None
    assert (over.first.isoformat(), over.months) == ("2026-12-01", 6)
    assert over.place(over.first) == 0
    assert span([action for action in actions if not action.due]) is None


def test_pain_and_action_link_to_each_other_and_the_outline_names_the_parts(tmp_path: Path) -> None:
    document = sample()
    path = tmp_path / "plan.pdf"
    export(document, figures_of(document), path, kind="plan")
    links = links_of(path)
    assert len(links) >= 10
    assert any(target < page for page, target in links)  # from the evidence back to the table
    outline = outline_of(path)
    assert "Evidence" in outline
    assert "Roadmap" in outline
    assert any("P1 Nobody answers" in title for entry in outline if isinstance(entry, list) for title in entry)


def test_figures_in_the_table_are_tabular() -> None:
    page = made(sample())[0]
    shares = [
        i
        for g in page.groups
        for i in g.items
        if isinstance(i, Text) and i.text.endswith("%") and i.text[0].isdigit() and g.meaning.role == "pain"
    ]
    assert shares
    assert all(item.figures for item in shares)
