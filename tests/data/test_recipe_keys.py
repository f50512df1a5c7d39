"""Every key of a recipe does what it says: with it something else comes out than without it. None is taken and ignored."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from breaking import workbook

from journeymap.data import Recipe, peek, prepare
from journeymap.data.comments import listen
from journeymap.data.making import Intake
from journeymap.failure import Failure
from journeymap.model import kpi
from journeymap.model.cube import EVERYBODY
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id
from journeymap.model.tally import by_segment, tally

PLAIN = "score,who,day,ask\n5,a,2026-01-31,x\n4,b,2026-02-01,y\n4,a,2026-02-28,x\n1,b,2026-03-01,z\n9,a,2026-03-02,x\n"
CSAT = 'kpi = "csat"\ncolumn = "score"\nscale = [1, 5]'
MOVES = """case,opened,replied,state,paid,day,home,pay,page
1,2026-01-01 10:00,2026-01-01 12:00,left,10,2026-01-01,yes,,home
2,2026-01-02 10:00,2026-01-02 11:00,here,20,2026-01-02,yes,yes,home
2,2026-01-03 10:00,2026-01-03 12:00,new,5,2026-07-03,yes,,pay
3,2026-01-04 10:00,2026-01-04 16:00,here,40,2026-07-04,,,home
"""


def made(path: Path, source: str = "", columns: str = "", measure: str = CSAT, *more: Path) -> Intake:
    document = Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])
    recipe = f"[source]\n{source}\n[columns]\n{columns}\n[[measure]]\n{measure}\n"
    return prepare(document, [path, *more], Recipe.from_toml(recipe))


def value(intake: Intake) -> float:
    return kpi.estimate(intake.measures[0], tally(intake.blocks[intake.measures[0].id, EVERYBODY])).value


def codes(intake: Intake) -> list[float]:
    found = tally(intake.blocks[intake.measures[0].id, EVERYBODY])
    return [code for code, n in zip(found.codes, found.n, strict=True) for _each in range(n)]


def rows(intake: Intake) -> tuple[int, ...]:
    one = intake.measures[0]
    return one.rows, one.n, one.missing, one.not_applicable, one.unreadable


def dropped(intake: Intake) -> dict[str, int]:
    return dict(intake.account["rows_dropped"])


def groups(intake: Intake) -> dict[str, dict[str, int]]:
    one = intake.measures[0]
    return {
        column: {name: counts.answers for name, counts in by_segment(block).items()}
        for (id_, column), block in intake.blocks.items() if column and id_ == one.id
    }  # fmt: skip


def places(intake: Intake) -> list[Any]:
    return [*intake.places.values()]


def days(intake: Intake) -> tuple[str, str]:
    return intake.data_set.first_day, intake.data_set.last_day


# Key → (content, recipe without it, recipe with it, what is looked at, without, with); a recipe is (source, columns, measure).
Said = tuple[str, str, str]
Case = tuple[str | bytes, Said, Said, Callable[[Intake], Any], Any, Any]


def with_source(
    line: str, content: str | bytes, look: Callable[[Intake], Any], one: Any, other: Any, columns: str = ""
) -> Case:
    return content, ("", columns, CSAT), (line, columns, CSAT), look, one, other


def with_columns(line: str, content: str, look: Callable[[Intake], Any], one: Any, other: Any) -> Case:
    return content, ("", "", CSAT), ("", line, CSAT), look, one, other


def with_measure(
    line: str, content: str, look: Callable[[Intake], Any], one: Any, other: Any, base: str = CSAT
) -> Case:
    key = line.partition("=")[0].strip()
    kept = "\n".join(part for part in base.splitlines() if part.partition("=")[0].strip() != key)
    return content, ("", "", base), ("", "", f"{kept}\n{line}"), look, one, other


TWO_SHEETS = workbook([["score"], ["5"], ["4"]], ("Second", [["score"], ["1"]]), name="First")
CP437 = "score,who\n5,Köln\n4,Köln\n".encode("cp437")
REPLY = 'kpi = "response_time"\nfrom = "opened"\nto = "replied"'
CHURN = 'kpi = "churn"\nlost = { column = "state", codes = ["left"] }'
SPENT = 'kpi = "clv"\ncustomer = "case"\namount = "paid"'
STEPS = 'kpi = "dropoff"\nsteps = ["home", "pay"]'
WORDS = "score\ngood\nbad\n5\n"

CASES: dict[str, Case] = {
    "source.sheet": with_source('sheet = "Second"', TWO_SHEETS, codes, [4.0, 5.0], [1.0]),
    "source.encoding": with_source('encoding = "cp437"', CP437, groups, {"who": {"Kîln": 2}}, {"who": {"Köln": 2}}, 'segments = ["who"]'),
    "source.delimiter": with_source('delimiter = "|"', "score|who;x\n5|a;1\n4|b;2\n3|c;3\n", codes, Failure, [3.0, 4.0, 5.0]),
    "source.decimal": (
        "score\n1.234\n2.345\n",
        ("", "", 'kpi = "number"\ncolumn = "score"'), ('decimal = ","', "", 'kpi = "number"\ncolumn = "score"'),
        codes, [1.234, 2.345], [1234.0, 2345.0],
    ),
    "source.header_rows": with_source("header_rows = 2", "score,who\n5,Anna\n4,Ben\n3,Cem\n", codes, [3.0, 4.0, 5.0], Failure),
    "source.filter": with_source("filter = \"who = 'a'\"", PLAIN, dropped, {}, {"who = 'a'": 2}),
    "source.join": with_source('join = { file = "more.csv", on = "who" }', PLAIN, groups, Failure, {"town": {"Kiel": 2, "Ulm": 2}}, 'segments = ["town"]'),
    "source.timezone": with_source(
        'timezone = "Asia/Tokyo"', "score,at\n5,2026-03-01T23:30:00Z\n", days, ("2026-03-01", "2026-03-01"), ("2026-03-02", "2026-03-02"), 'date = "at"'
    ),
    "columns.touchpoint": with_columns('touchpoint = "ask"', PLAIN, places, [(None, None)], [("x", None), ("y", None), ("z", None)]),
    "columns.date": with_columns('date = "day"', PLAIN, days, ("", ""), ("2026-01-31", "2026-03-02")),
    "columns.date_format": (
        "score,on\n5,01/02/2026\n4,03/04/2026\n",
        ("", 'date = "on"\ndate_format = "%m/%d/%Y"', CSAT), ("", 'date = "on"\ndate_format = "%d/%m/%Y"', CSAT),
        days, ("2026-01-02", "2026-03-04"), ("2026-02-01", "2026-04-03"),
    ),
    "columns.respondent": with_columns(
        'respondent = "who"', PLAIN, lambda intake: [one for one in intake.warnings if "“who”" in one],
        [], ["3 of the first 5 rows repeat a “who” of a row before; each row is counted."],
    ),
    "columns.weight": with_columns('weight = "who"', "score,who\n5,3\n1,1\n", value, 50.0, 75.0),
    "columns.segments": with_columns('segments = ["who"]', PLAIN, groups, {}, {"who": {"a": 2, "b": 2}}),
    "columns.drop": with_columns('drop = ["who"]', PLAIN, lambda intake: list(intake.personal), [], ["who"]),
    "columns.pseudonymise": (
        PLAIN, ("", 'segments = ["who"]', CSAT), ("", 'segments = ["who"]\npseudonymise = ["who"]', CSAT),
        lambda intake: {name[:2] for name in groups(intake)["who"]}, {"a", "b"}, {"p-"},
    ),
    "measure.kpi": with_measure('kpi = "rating"', PLAIN, value, 75.0, 3.5),
    "measure.column": with_measure('column = "other"', "score,other\n5,1\n5,2\n", value, 100.0, 0.0),
    "measure.name": with_measure('name = "Smiles"', PLAIN, lambda intake: intake.measures[0].name, "", "Smiles"),
    "measure.touchpoint": with_measure('touchpoint = "Desk"', PLAIN, places, [(None, None)], [("Desk", None)]),
    "measure.phase": with_measure('phase = "Arrival"', PLAIN, places, [(None, None)], [(None, "Arrival")]),
    "measure.scale": with_measure("scale = [1, 9]", PLAIN, rows, (5, 4, 0, 0, 1), Failure),
    "measure.missing": with_measure("missing = [9]", PLAIN, rows, (5, 4, 0, 0, 1), (5, 4, 1, 0, 0)),
    "measure.not_applicable": with_measure("not_applicable = [9]", PLAIN, rows, (5, 4, 0, 0, 1), (5, 4, 0, 1, 0)),
    "measure.labels": with_measure("labels = { good = 5, bad = 1 }", WORDS, rows, (3, 1, 0, 0, 2), (3, 3, 0, 0, 0)),
    "measure.reversed": with_measure("reversed = true", "score\n1\n1\n1\n5\n", value, 25.0, 75.0),
    "measure.positive": with_measure("positive = [5]", PLAIN, value, 75.0, 25.0),
    "measure.statistic": with_measure('statistic = "mean"', PLAIN, value, 75.0, 3.5),
    "measure.unit": with_measure('unit = "min"', MOVES, lambda intake: (value(intake), intake.measures[0].unit), (2.0, "h"), (120.0, "min"), REPLY),
    "measure.from": with_measure('from = "day"', MOVES, value, 2.0, 11.5, REPLY),
    "measure.to": with_measure('to = "day"', MOVES, lambda intake: intake.measures[0].unreadable, 0, 2, REPLY),
    "measure.customer": with_measure('customer = "state"', MOVES, codes, [10.0, 25.0, 40.0], [5.0, 10.0, 60.0], SPENT),
    "measure.amount": with_measure('amount = ["paid", "paid"]', MOVES, codes, [10.0, 25.0, 40.0], [100.0, 425.0, 1600.0], SPENT),
    "measure.lost": with_measure('lost = { column = "state", codes = ["left", "here"] }', MOVES, value, 25.0, 75.0, CHURN),
    "measure.joined": with_measure('joined = { column = "state", codes = ["new"] }', MOVES, rows, (4, 4, 0, 0, 0), (4, 3, 0, 1, 0), CHURN),
    "measure.start": with_measure('start = "home"', MOVES, rows, (4, 4, 0, 0, 0), (4, 3, 0, 1, 0), CHURN),
    "measure.stayed": (
        MOVES, ("", "", 'kpi = "retention"\nlost = { column = "state", codes = ["left"] }'),
        ("", "", 'kpi = "retention"\nstayed = { column = "state", codes = ["here"] }'), value, 75.0, 50.0,
    ),
    "measure.steps": with_measure('steps = ["home", "home2"]', MOVES.replace("page", "home2"), value, 200 / 3, 0.0, STEPS),
    "measure.years": with_measure("years = 3", MOVES, codes, [10.0, 25.0, 40.0], [30.0, 75.0, 120.0], SPENT),
    "measure.margin": with_measure("margin = 0.5", MOVES, codes, [10.0, 25.0, 40.0], [5.0, 12.5, 20.0], SPENT),
    "measure.acquisition_cost": with_measure("acquisition_cost = 10", MOVES, codes, [10.0, 25.0, 40.0], [0.0, 15.0, 30.0], SPENT),
    "measure.discount": with_measure("discount = 0.25", MOVES, codes, [10.0, 25.0, 40.0], [8.0, 20.0, 32.0], SPENT),
    "measure.aggregate": with_measure("aggregate = true", PLAIN, lambda intake: intake.measures[0].definition, "", kpi.SUMMED,
                                      'kpi = "rating"\ncolumn = "score"\nscale = [1, 5]'),
}  # fmt: skip
ELSEWHERE = {
    "columns.comments": "test_comments_are_listened_to below",
    "source.table": "tests of databases",
    "source.query": "tests of databases",
}


@pytest.mark.parametrize("key", CASES)
def test_a_key_changes_what_comes_out_as_it_says(write, key):
    content, without, with_it, look, one, other = CASES[key]
    write("who,town\na,Kiel\nb,Ulm\n", "more.csv")
    path = write(content, "book.xlsx" if content == TWO_SHEETS else "survey.csv")
    for said, expected in ((without, one), (with_it, other)):
        if expected is Failure:
            with pytest.raises(Failure):
                look(made(path, *said))
        elif isinstance(expected, float) or (
            isinstance(expected, list) and all(isinstance(each, float) for each in expected)
        ):
            assert look(made(path, *said)) == pytest.approx(expected)
        else:
            assert look(made(path, *said)) == expected
    assert one != other


def test_comments_are_listened_to(write):
    path = write(
        "score,said\n"
        + "5,The queue at the counter was far too long today\n4,The staff at the counter was friendly\n" * 20
    )
    recipe = Recipe.from_toml(f'[columns]\ncomments = ["said"]\n[[measure]]\n{CSAT}')
    assert [one.count for one in listen([path], recipe, [])] == [40]
    assert listen([path], Recipe.from_toml(f"[[measure]]\n{CSAT}"), []) == []


def test_every_key_that_a_recipe_may_have_is_tried():
    """The keys are asked of the reader itself: it names those that it knows when it meets one that it does not."""
    known = set()
    for table, text in (("source", "[source]"), ("columns", "[columns]"), ("measure", "[[measure]]")):
        with pytest.raises(Failure) as caught:
            Recipe.from_toml(f"{text}\nnonsense = 1")
        known |= {f"{table}.{key}" for key in re.findall(r"\w+", str(caught.value).rpartition("known are:")[2])}
    tried = set(CASES) | set(ELSEWHERE)
    assert tried <= known | {"source.table", "source.query"}
    later = {
        "source.people",
        "columns.touchpoints",
        "columns.renamed",
        "measure.hours",
    }  # tried beside what they belong to
    assert known - tried <= later


def test_the_recipe_of_the_contract_is_made_of_these_keys(shared):
    text = (shared / "design" / "contract.md").read_text("utf-8")
    block = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert block
    named = set()
    for table, rest in re.findall(r"^\[+(\w+)\]+(.*?)(?=^\[|\Z)", block.group(1), re.DOTALL | re.MULTILINE):
        named |= {f"{table}.{key}" for key in re.findall(r"^(\w+)\s*=", rest, re.MULTILINE)}
    assert {"source.filter", "columns.weight", "measure.lost"} <= named
    assert named <= set(CASES) | set(ELSEWHERE)
    whole = tomllib.loads(block.group(1))
    assert set(whole) == {"source", "columns", "measure"}


def test_columns_of_the_file_are_found_by_peek_as_the_recipe_names_them(write):
    assert peek(write(PLAIN)).columns == ("score", "who", "day", "ask")
