"""Everything that a recipe can say is chosen in the import dialog, by mouse and keys: menus, figures of several columns,
what answers mean, pseudonyms, touchpoints, sheets, and the same data once more with changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from handmade import tickets, workbook, written
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from journeymap.data import Columns, Question, Recipe, Source, peek
from journeymap.data.recipe.question import Who
from journeymap.model.records import DataSet, Measure
from journeymap.session import Session
from journeymap.ui.dialogs import asking, counting
from journeymap.ui.dialogs.choices import Choices
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.dialogs.table import STRIP
from journeymap.ui.map import OpenMap

LEFT = Qt.MouseButton.LeftButton


def settled(dialog: ImportDialog, seconds: float = 30) -> None:
    """Until nothing is looked at, waited for or counted."""
    end = monotonic() + seconds
    while monotonic() < end:
        QApplication.processEvents()
        if not (dialog._looking.running or dialog._counting.running or dialog._pause.isActive()):
            break
        QTest.qWait(10)
    QApplication.processEvents()


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    yield opened
    opened.close()


@pytest.fixture
def opened(open_map: OpenMap) -> Iterator[Callable[..., ImportDialog]]:
    dialogs: list[ImportDialog] = []

    def open_(path: Path, **more: str) -> ImportDialog:
        dialog = ImportDialog(open_map, path, **more)
        dialog._pause.setInterval(20)  # the hand of a test rests at once
        dialog.resize(1366, 768)
        dialog.show()
        dialogs.append(dialog)
        settled(dialog)
        return dialog

    yield open_
    for dialog in dialogs:
        dialog._leave()
        dialog.deleteLater()
    QApplication.processEvents()


def press(button: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(button, LEFT, pos=at or button.rect().center())
    QApplication.processEvents()


def pick(text: str) -> None:
    """Presses an entry of the menu that is open, with the mouse."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == text)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    QApplication.processEvents()


def pill(dialog: ImportDialog, column: str) -> None:
    """Presses the role above a column."""
    assert dialog.table is not None
    assert dialog.choices is not None
    strip, section = dialog.table.strip, dialog.choices.place(column)
    dialog.table.show_column(column)
    QApplication.processEvents()
    at = QPoint(strip.sectionViewportPosition(section) + 30, STRIP - 40)
    QTest.mouseClick(strip.viewport(), LEFT, pos=at)
    QApplication.processEvents()


def figures(dialog: ImportDialog, kpi: str) -> list[float | None]:
    assert dialog.counted is not None, dialog.message.text()
    return [figure.value for _place, figure in dialog.counted.figures if figure.kpi == kpi]


def test_delimiter_and_encoding_are_chosen_from_their_menus(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    assert dialog.choices is not None
    press(dialog.head.delimiter)
    pick("Comma")
    settled(dialog)
    assert len(dialog.choices.columns) == 1
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    pick("Semicolon")
    settled(dialog)
    assert len(dialog.choices.columns) == 9
    press(dialog.head.encoding)
    pick("MAC-ROMAN")
    settled(dialog)
    assert dialog.choices.sample.encoding == "mac-roman"
    assert dialog.choices.recipe.source == Source(encoding="mac-roman", delimiter=";")


def test_a_role_and_what_a_column_is_besides_are_chosen_from_its_menu(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    assert dialog.choices is not None
    pill(dialog, "Kunde")
    pick("Pseudonym")
    pill(dialog, "Kanal")
    pick("Touchpoint")
    pill(dialog, "Kanal")
    pick("Also a segment")
    settled(dialog)
    columns = dialog.choices.to_recipe().columns
    assert columns.pseudonymise == ("Kunde",)
    assert columns.touchpoint == "Kanal"
    assert "Kanal" in columns.segments
    assert dialog.counted is not None
    assert any(line.text == "Kunde" and line.end == "keyed pseudonym" for line in dialog.summary.personal.lines)
    assert dialog.table is not None
    cell = dialog.table.rows.index(0, dialog.choices.place("Kunde"))
    assert cell.data() == "K•••"


def test_response_time_and_churn_are_made_from_several_columns(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    assert dialog.choices is not None
    while dialog.choices.figures:
        dialog.choices.remove_figure(0)
    press(dialog.band.add)
    pick("Response time between two columns")
    settled(dialog)
    assert [(one.begin, one.end) for one in dialog.choices.figures] == [("Gemeldet am", "Erste Antwort")]
    assert dialog.popover is not None
    assert "h" in dialog.popover.live.accessibleName()
    QTest.keyClick(dialog.popover, Qt.Key.Key_Escape)
    press(dialog.band.add)
    pick("Churn: who left")
    settled(dialog)
    assert dialog.choices.figures[1].lost == Who("Zustand", ("Gekündigt",))
    assert dialog.popover is not None
    joined = dialog.popover.parts.whos["joined"]
    joined.column.chosen.emit("Zustand")
    new = next(code for code in joined.codes._codes if code.text() == "Neu")
    press(new)
    settled(dialog)
    churn = dialog.choices.figures[1]
    assert churn.joined == Who("Zustand", ("Neu",))
    assert figures(dialog, "churn") == [50.0]
    press(dialog.popover.away)
    settled(dialog)
    assert len(dialog.choices.figures) == 1
    assert figures(dialog, "churn") == []


def test_conversion_through_steps_is_said_to_be_whole_only_with_two_steps(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    press(dialog.band.add)
    pick("Conversion through steps")
    settled(dialog)
    popover = dialog.popover
    assert popover is not None
    assert popover.message.text() == "Name at least two steps, in their order."
    assert not dialog.go.isEnabled()
    for name in ("Kasse", "Korb"):
        popover.parts.steps.adding.named.emit(name)
    settled(dialog)
    assert popover.parts.steps.names == ("Kasse", "Korb")
    popover.parts.steps._move(1)
    settled(dialog)
    assert popover.message.text() == ""
    assert dialog.go.isEnabled()
    assert figures(dialog, "conversion") == [75.0]


def test_what_answers_mean_is_set_answer_by_answer(opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    assert dialog.choices is not None
    before = figures(dialog, "csat")
    dialog.ask_question(dialog.choices.place("Urteil"), QPoint(100, 100))
    popover = dialog.popover
    assert popover is not None
    assert {text: field.value() for text, field in popover.answers.fields.items()} == {
        "sehr zufrieden": "5",
        "zufrieden": "4",
        "unzufrieden": "2",
        "k. A.": asking.NO_ANSWER,
    }
    popover.answers.fields["unzufrieden"].chosen.emit("4")
    settled(dialog)
    popover.answers.fields["k. A."].chosen.emit(asking.NO_MATTER)
    settled(dialog)
    question = dialog.choices.columns[dialog.choices.place("Urteil")].question
    assert question is not None
    assert dict(question.labels)["unzufrieden"] == 4
    assert (question.missing, question.not_applicable) == ((), ("k. A.",))
    assert before != figures(dialog, "csat") == [100.0]


def test_rows_and_time_zone_are_chosen_and_a_fault_stands_at_its_field(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    assert dialog.choices is not None
    chosen = dialog.choices.to_recipe().questions
    press(dialog.head.more)
    field = dialog.head.reading.filter
    field.setFocus()
    QTest.keyClicks(field, "Kanal = 'Web'")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settled(dialog)
    assert dialog.counted is not None
    assert dialog.counted.intake.account["rows_used"] == 60
    assert dialog.choices.to_recipe().questions == chosen
    field.selectAll()
    QTest.keyClicks(field, "Kanal ==== 'Web'")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settled(dialog)
    assert "cannot be understood" in dialog.head.reading.message.text()
    assert not dialog.go.isEnabled()


def test_of_a_workbook_with_two_sheets_the_other_one_is_chosen(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        {
            "Notes": [["Key", "Text"], ["a", "b"], ["c", "d"]],
            "Answers": [["Rating of the shop", "Kanal"], *([n % 5 + 1, "Web"] for n in range(40))],
        },
    )
    dialog = opened(path)
    assert not dialog.head.sheet.isHidden()
    assert dialog.head.sheet.text() == "Notes"
    assert dialog.head.delimiter.isHidden()
    press(dialog.head.sheet)
    pick("Answers")
    settled(dialog)
    assert dialog.head.sheet.text() == "Answers"
    assert dialog.go.text() == "Import 40 answers"
    assert dialog.choices is not None
    assert dialog.choices.to_recipe().source.sheet == "Answers"


def test_names_of_touchpoints_are_confirmed_altered_and_left_out(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    names = ["Fetch it", "Return  it", "Ride alongg", "Test", "Repair"]
    rows: list[list[object]] = [["Touchpoint", "Satisfaction"], *([names[n % 5], n % 5 + 1] for n in range(200))]
    dialog = opened(written(tmp_path / "long.csv", rows))
    matching = dialog.summary.matching
    assert matching.fields["Ride alongg"].value() == "\0new"
    press(matching.offers["Ride alongg"])
    settled(dialog)
    dialog.summary.matching.fields["Test"].chosen.emit("\0out")
    settled(dialog)
    dialog.summary.matching.fields["Repair"].chosen.emit("Return it")
    settled(dialog)
    assert dialog.choices is not None
    assert dict(dialog.choices.to_recipe().columns.touchpoints) == {
        "Ride alongg": "Ride along",
        "Test": "",
        "Repair": "Return it",
    }
    assert dialog.counted is not None
    places = {place: figure.n for place, figure in dialog.counted.figures}
    assert places == {"Fetch it": 40, "Return it": 80, "Ride along": 40}
    assert dialog.counted.intake.account["no_touchpoint"] == 40
    assert not dialog.counted.intake.created["touchpoints"]


def test_the_same_data_once_more_with_changes_are_one_step(
    opened: Callable[..., ImportDialog], open_map: OpenMap, tmp_path: Path
) -> None:
    path = tickets(tmp_path / "tickets.csv")
    opened(path).bring_in()
    first = open_map.document.all(DataSet)[0]
    again = opened(path, instead=first.id)
    assert again.message.text() == ""
    assert again.choices is not None
    assert again.choices.to_recipe().questions == Recipe.from_toml(first.recipe).questions
    again.choices.choose("Urteil", "other")
    settled(again)
    again.bring_in()
    sets = open_map.document.all(DataSet)
    assert [one.name for one in sets] == ["tickets"]
    assert sets[0].id != first.id
    assert "Urteil" not in {one.column for one in open_map.document.all(Measure)}
    open_map.undo()
    assert open_map.document.all(DataSet) == [first]
    assert "Urteil" in {one.column for one in open_map.document.all(Measure)}


def test_the_preview_follows_the_map_that_is_edited_beside_it(
    opened: Callable[..., ImportDialog], open_map: OpenMap, tmp_path: Path
) -> None:
    from journeymap.model import commands
    from journeymap.model.records import Touchpoint

    rows: list[list[object]] = [
        ["Touchpoint", "Satisfaction"],
        *([["Fetch it", "Return it"][n % 2], n % 5 + 1] for n in range(60)),
    ]
    dialog = opened(written(tmp_path / "long.csv", rows))
    point = next(one for one in open_map.document.all(Touchpoint) if one.name == "Fetch it")
    open_map.perform(commands.rename(open_map.document, point.id, "Pick it up"))
    settled(dialog)
    assert dialog.counted is not None
    assert dialog.counted.intake.created["touchpoints"] == ["Fetch it"]


def test_choices_that_would_be_lost_are_named_once_and_then_left(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    assert dialog.choices is not None
    dialog.choices.choose("Kanal", "other")
    settled(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not on the map" in dialog.message.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_tab_goes_from_the_figures_to_the_rows_and_on(opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    dialog.band.add.setFocus()
    assert dialog.focusWidget() is dialog.band.add
    QTest.keyClick(dialog.band.add, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.table
    assert dialog.table is not None
    QTest.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.summary.figures


def test_the_reason_of_a_guess_is_read_under_the_rows(opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    assert dialog.table is not None
    dialog.table.show_column("Urteil")
    assert dialog.reasons.name.text() == "Urteil"
    assert "answers in words" in dialog.reasons.reason.text()


def test_the_text_of_the_recipe_is_shown_and_reads_back(opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = opened(tickets(tmp_path / "tickets.csv"))
    press(dialog.head.recipe)
    pick("Show its text …")
    assert dialog.choices is not None
    assert Recipe.from_toml(dialog.head.text.text.toPlainText()) == dialog.choices.to_recipe()
    dialog.head.text.close()


def test_comments_are_heard_again_only_where_what_they_depend_on_changes(
    opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    rows: list[list[object]] = [["Satisfaction", "What could we do better?", "Age group"]]
    rows += [[n % 5 + 1, f"The queue at desk {n} was far too long for us", ["30s", "60s"][n % 2]] for n in range(150)]
    dialog = opened(written(tmp_path / "said.csv", rows))
    assert dialog.choices is not None
    heard = dialog._ears.kept[1]
    assert heard
    place = dialog.choices.place("Satisfaction")
    question = dialog.choices.columns[place].question
    assert question is not None
    dialog.choices.add(Question("number", "Satisfaction", name="The mean"))
    settled(dialog)
    assert dialog.counted is not None
    assert dialog._ears.kept[1] is heard
    dialog.choices.choose("Age group", "other")
    settled(dialog)
    assert dialog._ears.kept[1] is not heard


def everything(folder: Path) -> tuple[Choices, Recipe]:
    """A recipe with every key, and the choices that are made of it."""
    recipe = Recipe(
        Source(encoding="cp1252", delimiter=";", decimal=",", header_rows=1, filter="Kanal = 'Web'", timezone="Europe/Berlin"),
        Columns(
            touchpoint="Kanal", date="Gemeldet am", date_format="%d.%m.%Y", respondent="Fall", segments=("Kanal", "Zustand"),
            drop=("Korb",), pseudonymise=("Kunde",), touchpoints=(("Web", "Fetch it"), ("Laden", "")),
        ),
        (
            Question("csat", "Urteil", scale=(1, 5), labels=(("zufrieden", 4),), missing=("k. A.",), positive=(4, 5), name="Urteil"),
            Question("rating", "Urteil", scale=(1, 5), reversed=True, not_applicable=(9,)),
            Question("response_time", begin="Gemeldet am", end="Erste Antwort", unit="min", statistic="p90"),
            Question("churn", lost=Who("Zustand", ("Gekündigt",)), joined=Who("Zustand", ("Neu",)), customer="Kunde"),
            Question("conversion", steps=("Korb", "Kasse")),
        ),
    )  # fmt: skip
    sample = peek(tickets(folder / "tickets.csv"), recipe.source)
    return Choices.recipes(sample, recipe), recipe


def test_every_key_of_a_recipe_goes_through_the_dialog_unharmed(tmp_path: Path) -> None:
    choices, recipe = everything(tmp_path)
    assert choices.to_recipe() == recipe
    kept = counting._kept(choices.sample, choices, None)
    assert kept.to_recipe() == recipe


def test_every_key_of_a_question_can_be_set(tmp_path: Path) -> None:
    """All fields of a question, but for the column itself, are asked for by some figure."""
    asked: set[str] = set()
    for kpi in ("nps", "csat", "number", "clv", "response_time", "bounce"):
        asked |= set(asking.keys(Question(kpi, "x"), composed=False))
    for kpi in asking.COMPOSED:
        asked |= set(asking.keys(Question(kpi), composed=True))
    asked |= {"touchpoint", "phase"} if "place" in asked else set()
    asked |= {"labels"} if "answers" in asked else set()
    asked |= {"worth"} if set(asking.WORTH) <= asked else set()
    assert set(Question.__struct_fields__) <= asked


def test_yes_and_no_stay_what_they_are_when_another_answer_is_said_to_mean_something() -> None:
    question = Question("churn", "Left")
    assert [asking.meaning(question, text, ".") for text in ("Yes", "no", "maybe")] == ["1", "0", asking.UNREAD]
    said = asking.mean(question, "maybe", asking.NO_ANSWER, ".")
    assert [asking.meaning(said, text, ".") for text in ("Yes", "no", "maybe")] == ["1", "0", asking.NO_ANSWER]


def test_what_is_heard_in_comments_has_a_place_and_a_name(opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    rows: list[list[object]] = [["Satisfaction", "Comment"]]
    rows += [[n % 5 + 1, f"The queue at desk {n} was far too long for us"] for n in range(60)]
    dialog = opened(written(tmp_path / "said.csv", rows))
    assert dialog.choices is not None
    pill(dialog, "Comment")
    pick("Sentiment …")
    assert dialog.popover is not None
    dialog.popover.place.chosen.emit("touchpoint Fetch it")
    settled(dialog)
    recipe = dialog.choices.to_recipe()
    assert recipe.sentiments == (Question("sentiment", "Comment", touchpoint="Fetch it"),)
    assert Choices.recipes(dialog.choices.sample, recipe).to_recipe() == recipe
    dialog.choices.choose("Comment", "other")
    assert dialog.choices.to_recipe().sentiments == ()
