"""The line at the foot says what the figures are made of, and nothing that adds up what must not be added."""

from __future__ import annotations

from pathlib import Path

from handmade import written

from journeymap.data import Columns, Question, Recipe, prepare
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Map, State, new_id
from journeymap.ui.status import data_text, data_tip

RECIPE = Recipe(
    columns=Columns(date="Day", touchpoint="Place"), questions=(Question("csat", "Rating", scale=(1.0, 5.0)),)
)


def month(path: Path, number: int, rows: int) -> Path:
    table: list[list[object]] = [["Rating", "Place", "Day"]]
    table += [[n % 5 + 1, "Desk" if n % 2 else "Door", f"2026-{number:02}-{n % 28 + 1:02}"] for n in range(rows)]
    return written(path / f"{number}.csv", table)


def brought(document: Document, path: Path, *, follows: DataSet | None = None) -> DataSet:
    intake = prepare(document, [path], RECIPE, follows=follows)
    document.apply(intake.change)
    return intake.data_set


def empty() -> Document:
    return Document([Map(new_id(), title="Shop"), State(new_id(), "a0", "As is")])


def test_without_data_nothing_is_said():
    assert data_text(empty()) == data_tip(empty()) == ""


def test_all_rows_of_one_file_are_its_answers_wherever_they_belong(tmp_path):
    document = empty()
    brought(document, month(tmp_path, 1, 60))
    assert data_text(document) == "60 answers to 28 Jan 2026"


def test_of_months_of_one_survey_the_newest_counts_and_the_others_are_its_trend(tmp_path):
    document = empty()
    january = brought(document, month(tmp_path, 1, 60))
    february = brought(document, month(tmp_path, 2, 40), follows=january)
    assert data_text(document) == "40 answers to 28 Feb 2026"
    assert data_tip(document) == f"{february.name}: 40 answers, 1 Feb 2026 – 28 Feb 2026, 1 older data set as its trend"


def test_different_data_sets_are_not_added_up(tmp_path):
    document = empty()
    brought(document, month(tmp_path, 1, 60))
    brought(document, month(tmp_path, 3, 30))
    assert data_text(document) == "2 data sets to 28 Mar 2026"
    assert [line.split(": ")[1] for line in data_tip(document).splitlines()] == [
        "60 answers, 1 Jan 2026 – 28 Jan 2026", "30 answers, 1 Mar 2026 – 28 Mar 2026",
    ]  # fmt: skip
