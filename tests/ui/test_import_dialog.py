"""The import dialog on real files: the guess is shown, corrected, counted live, and brought in as one step."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.data import read_recipe
from journeymap.model.records import DataSet, Measure, PainPoint, Touchpoint
from journeymap.session import Session
from journeymap.ui.dialogs.choices import date_words
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.dialogs.parts import Code
from journeymap.ui.dialogs.table import STATE
from journeymap.ui.map import OpenMap

HEADERS = [
    "Response ID",
    "Submitted",
    "Email",
    "Age group",
    "Fetch it: satisfaction",
    "Return it: satisfaction",
    "Recommend us",
]


def survey(path: Path, rows: int = 240) -> Path:
    """A survey about two touchpoints of the small map; 9 is no answer."""
    chance = random.Random(3)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADERS)
        for number in range(rows):
            writer.writerow([
                1000 + number, f"{chance.randint(1, 28):02d}.10.2026", f"person{number}@mail.com", chance.choice(["30s", "60+"]),
                chance.choice([1, 1, 1, 2, 2, 3, 4, 5]), chance.choice([1, 2, 3, 4, 5, 5, 9]), chance.randint(0, 10),
            ])  # fmt: skip
    return path


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    yield opened
    opened.close()


@pytest.fixture
def opened(open_map: OpenMap) -> Iterator[Callable[[Path], ImportDialog]]:
    dialogs: list[ImportDialog] = []

    def open_(path: Path) -> ImportDialog:
        dialog = ImportDialog(open_map, path)
        dialog._pause.setInterval(20)  # the hand of a test rests at once
        dialog.resize(1366, 768)
        dialog.show()
        dialogs.append(dialog)
        settled(dialog)
        return dialog

    yield open_
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()
    QApplication.processEvents()


def settled(dialog: ImportDialog, seconds: float = 30) -> None:
    """Until nothing is looked at, waited for or counted."""
    end = monotonic() + seconds
    while monotonic() < end:
        QApplication.processEvents()
        if not (dialog._looking.running or dialog._counting.running or dialog._pause.isActive()):
            break
        QTest.qWait(10)
    QApplication.processEvents()


def column(dialog: ImportDialog, name: str) -> int:
    assert dialog.choices is not None
    return dialog.choices.place(name)


def figure(dialog: ImportDialog, name: str) -> float | None:
    assert dialog.counted is not None
    return next(each.value for place, each in dialog.counted.figures if place == name)


def test_the_guess_stands_above_the_columns(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    assert dialog.message.text() == ""
    assert dialog.choices is not None
    kinds = {one.name: one.kind for one in dialog.choices.columns}
    assert kinds["Submitted"] == "date"
    assert kinds["Email"] == "personal"
    assert kinds["Fetch it: satisfaction"] == "measure"
    assert dialog.go.text() == "Import 240 answers"
    assert "240 rows, 7 columns" in dialog.head.about.text()


def test_personal_cells_are_masked_and_no_answer_is_named(
    opened: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    assert dialog.table is not None
    rows = dialog.table.rows
    email = rows.index(0, column(dialog, "Email"))
    assert email.data() == "p•••@•••.com"
    assert email.data(STATE) == "personal"
    shown = [rows.index(row, column(dialog, "Return it: satisfaction")).data() for row in range(40)]
    assert "9, no answer" in shown


def test_every_row_is_accounted_for(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    lines = {line.text: line.end for line in dialog.summary.account.lines}
    assert lines["Used"] == "240"
    assert dialog.summary.personal.lines[0].text == "Email"
    assert dialog.summary.personal.lines[0].end == "left out"
    assert any("3 figures added" in line.text for line in dialog.summary.change.lines)


def test_a_correction_is_counted_at_once(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    before = figure(dialog, "Return it")
    dialog.ask_question(column(dialog, "Return it: satisfaction"), QPoint(300, 200))
    popover = dialog.popover
    assert popover is not None
    assert popover.live.accessibleName()
    codes = {code.text(): code for code in popover.findChildren(Code) if not code.isHidden()}
    assert codes["4"].isChecked()
    assert codes["5"].isChecked()
    QTest.mouseClick(codes["3"], Qt.MouseButton.LeftButton)
    settled(dialog)
    after = figure(dialog, "Return it")
    assert before is not None
    assert after is not None
    assert after > before


def test_turning_the_scale_round_turns_the_figure_round(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    before = figure(dialog, "Fetch it")
    dialog.ask_question(column(dialog, "Fetch it: satisfaction"), QPoint(300, 200))
    assert dialog.popover is not None
    QTest.mouseClick(dialog.popover.reversed, Qt.MouseButton.LeftButton)
    settled(dialog)
    assert before is not None
    after = figure(dialog, "Fetch it")
    assert after is not None
    assert after > 50 > before


def test_another_role_by_its_menu_leaves_the_column_out(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    dialog.choices.choose("Recommend us", "other")
    settled(dialog)
    assert dialog.counted is not None
    assert {measure.column for measure in dialog.counted.intake.measures} == {
        "Fetch it: satisfaction",
        "Return it: satisfaction",
    }


def test_import_is_one_step_that_undo_takes_back(
    opened: Callable[[Path], ImportDialog], open_map: OpenMap, tmp_path: Path
) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    got: list[str] = []
    dialog.imported.connect(got.append)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert got == [open_map.document.all(DataSet)[0].id]
    assert len(open_map.document.all(Measure)) == 3
    point = next(one for one in open_map.document.all(Touchpoint) if one.name == "Fetch it")
    assert open_map.figures.at(point.id)[0].n == 240
    assert "240 answers are on the map" in {
        words.accessibleName() for words in dialog.stack.currentWidget().findChildren(type(dialog.head.title))
    }
    open_map.undo()
    assert not open_map.document.all(DataSet)
    open_map.redo()
    assert open_map.figures.at(point.id)[0].n == 240


def test_after_the_import_the_pains_are_proposed_and_can_be_accepted(
    opened: Callable[[Path], ImportDialog], open_map: OpenMap, tmp_path: Path
) -> None:
    from journeymap.model import commands

    point = next(one for one in open_map.document.all(Touchpoint) if one.name == "Fetch it")
    open_map.perform(commands.set_target(open_map.document, "csat", 60.0, touchpoint_id=point.id))
    dialog = opened(survey(tmp_path / "survey.csv"))
    dialog.bring_in()
    rows = dialog.stack.currentWidget().proposals.rows
    assert rows
    QTest.mouseClick(rows[0].accept, Qt.MouseButton.LeftButton)
    assert open_map.document.all(PainPoint)[0].touchpoint_id == point.id


def test_next_months_file_is_read_by_last_months_recipe(
    opened: Callable[[Path], ImportDialog], open_map: OpenMap, tmp_path: Path
) -> None:
    first = opened(survey(tmp_path / "october.csv"))
    first.choices.choose("Recommend us", "other")
    settled(first)
    first.bring_in()
    second = opened(survey(tmp_path / "november.csv", rows=241))
    assert second.head.recipe.text() == "october"
    assert second.choices is not None
    assert second.choices.columns[column(second, "Recommend us")].kind == "other"
    assert second.go.text() == "Import 241 answers"


def test_the_same_data_are_not_brought_in_twice_by_accident(
    opened: Callable[[Path], ImportDialog], open_map: OpenMap, tmp_path: Path
) -> None:
    path = survey(tmp_path / "survey.csv")
    opened(path).bring_in()
    again = opened(path)
    assert "already" in again.message.text()
    assert not again.go.isEnabled()
    QTest.mouseClick(again.head.again, Qt.MouseButton.LeftButton)
    settled(again)
    assert again.go.isEnabled()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("binary.csv", bytes(range(256)) * 400),
        ("header.csv", b"a;b;c\n"),
        ("words.csv", b"Name;Town\nAnn;Bonn\nBob;Kiel\n"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_inline_and_the_map_stays(
    opened: Callable[[Path], ImportDialog], open_map: OpenMap, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    before = list(open_map.document)
    dialog = opened(path)
    assert dialog.message.text()
    assert "\n" not in dialog.message.text()
    assert "defect" not in dialog.message.text()
    assert not dialog.go.isEnabled()
    assert list(open_map.document) == before


def test_a_missing_file_and_a_folder_are_said_inline(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        dialog = opened(path)
        assert dialog.message.text()
        assert not dialog.go.isEnabled()
        assert not dialog.foot.save_recipe.isEnabled()


def test_a_recipe_can_be_saved_as_soon_as_there_is_a_table(
    opened: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    path = tmp_path / "words.csv"
    path.write_bytes(b"Name;Town\nAnn;Bonn\nBob;Kiel\n")
    assert opened(path).foot.save_recipe.isEnabled()


def test_a_wrong_delimiter_can_be_corrected(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    dialog.head.read_as("delimiter", ",")
    settled(dialog)
    assert not dialog.go.isEnabled()
    dialog.head.read_as("delimiter", ";")
    settled(dialog)
    assert dialog.go.text() == "Import 240 answers"


def test_closing_in_the_middle_of_counting_leaves_the_map_as_it_was(
    opened: Callable[[Path], ImportDialog], open_map: OpenMap, tmp_path: Path
) -> None:
    path = survey(tmp_path / "large.csv", rows=40_000)
    before = list(open_map.document)
    dialog = ImportDialog(open_map, path)
    dialog.show()
    while not dialog._counting.running:
        QTest.qWait(5)
    dialog.close()
    assert not dialog._counting.running
    assert list(open_map.document) == before
    dialog.deleteLater()


def test_the_recipe_can_be_kept_as_a_file(
    opened: Callable[[Path], ImportDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    target = tmp_path / "monthly.toml"
    monkeypatch.setattr("journeymap.ui.dialogs.source.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
    QTest.mouseClick(dialog.foot.save_recipe, Qt.MouseButton.LeftButton)
    assert dialog.choices is not None
    assert read_recipe(target) == dialog.choices.to_recipe()


def test_a_real_survey_is_guessed_with_not_applicable_codes(
    opened: Callable[[Path], ImportDialog], shared: Path
) -> None:
    dialog = opened(shared / "data" / "airline_passenger_satisfaction" / "test.csv")
    assert dialog.counted is not None, dialog.message.text()
    questions = {measure.column: measure for measure in dialog.counted.intake.measures}
    assert "Inflight wifi service" in questions
    assert questions["Inflight wifi service"].not_applicable > 0


def test_a_figure_leads_to_its_column(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    assert dialog.table is not None
    assert dialog.counted is not None
    QTest.mouseClick(dialog.summary.figures, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    first = dialog.counted.figures[0][1].measure_id
    measure = next(one for one in dialog.counted.intake.measures if one.id == first)
    assert dialog.table.currentIndex().column() == column(dialog, measure.column)


def test_escape_closes_and_stops_the_work(opened: Callable[[Path], ImportDialog], tmp_path: Path) -> None:
    dialog = opened(survey(tmp_path / "survey.csv"))
    dialog.count()
    assert dialog.table is not None
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog._counting.running


def test_dates_with_a_time_are_dates_also_where_the_format_says_the_time(
    opened: Callable[[Path], ImportDialog], tmp_path: Path
) -> None:
    path = tmp_path / "times.csv"
    rows = [f"{n % 28 + 1:02d}.10.2026 17:40;{n % 5 + 1}" for n in range(60)]
    path.write_text("\n".join(["Submitted;Fetch it: satisfaction", *rows, "31.09.2026 17:40;3"]), encoding="utf-8")
    dialog = opened(path)
    assert dialog.table is not None
    assert dialog.choices is not None
    model = dialog.table.model()
    place = column(dialog, "Submitted")
    for pattern in ("%d.%m.%Y", "%d.%m.%Y %H:%M"):
        recipe = dialog.choices.recipe
        dialog.choices.recipe = replace(recipe, columns=replace(recipe.columns, date_format=pattern))
        model.follow()
        assert [model.index(row, place).data(STATE) for row in (0, 60)] == ["", "bad"]
    assert date_words("%d.%m.%Y %H:%M") == "Day.month.year hour:minute"
