"""Every key that a recipe may have is set in a window, by mouse and keys: a key without a control fails here."""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from handmade import tickets, workbook, written
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_import_choices import open_map, opened, pick, pill, press, settled

from journeymap.data import Recipe
from journeymap.failure import Failure
from journeymap.ui.controls.fields import ChoiceField, TextField
from journeymap.ui.dialogs.database import DatabaseDialog
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.dialogs.measure import MeasurePopover

__all__ = ["open_map", "opened"]

Act = Callable[[ImportDialog], None]
Step = tuple[Act, Any]
"""What a hand does, and what the recipe has under the key then."""

ELSEWHERE = {"source.table", "source.query", "source.sheet", "columns.renamed"}
"""Set where they belong: in the window of databases, of a workbook, of next month's file; each tried below or there."""


def known() -> set[str]:
    """Every key, asked of the reader itself: it names them when it meets one that it does not know."""
    found = set()
    for table, text in (("source", "[source]"), ("columns", "[columns]"), ("measure", "[[measure]]")):
        with pytest.raises(Failure) as caught:
            Recipe.from_toml(f"{text}\nnonsense = 1")
        found |= {f"{table}.{key}" for key in re.findall(r"\w+", str(caught.value).rpartition("known are:")[2])}
    return found


# ---------------------------------------------------------------- hands


def typed(field: TextField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()


def named(field: ChoiceField, text: str) -> None:
    """Types into a field that takes new names too."""
    line = field.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def turned(field: ChoiceField, text: str) -> None:
    """Goes through a list by the arrow keys until it shows `text`."""
    texts = [field.itemText(place) for place in range(field.count())]
    assert text in texts, texts
    field.setFocus()
    for _step in range(2 * len(texts)):
        if field.currentText() == text:
            return
        down = texts.index(text) > field.currentIndex()
        QTest.keyClick(field, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        QApplication.processEvents()
    pytest.fail(f"{text} cannot be reached")


def asked(act: Callable[[MeasurePopover], None]) -> Act:
    """Something done in the small window of a figure."""

    def do(dialog: ImportDialog) -> None:
        assert dialog.popover is not None
        act(dialog.popover)

    return do


def role(column: str, name: str) -> Act:
    def do(dialog: ImportDialog) -> None:
        pill(dialog, column)
        pick(name)

    return do


def menu(button: Callable[[ImportDialog], Any], entry: str) -> Act:
    def do(dialog: ImportDialog) -> None:
        press(button(dialog))
        pick(entry)

    return do


def who(key: str, column: str, code: str) -> Act:
    def do(popover: MeasurePopover) -> None:
        field = popover.parts.whos[key]
        turned(field.column, column)
        press(next(one for one in field.codes._codes if one.text() == code))

    return asked(do)


def meaning(text: str, means: str) -> Act:
    return asked(lambda popover: turned(popover.answers.fields[text], means))


def left_out(dialog: ImportDialog) -> None:
    turned(dialog.summary.matching.fields["Laden"], "Leave out")


def figure(name: str) -> Act:
    """A new figure of several columns."""
    return menu(lambda dialog: dialog.band.add, name)


def reading(act: Callable[[Any], None]) -> Act:
    """Something done in the small window of how the file is read."""

    def do(dialog: ImportDialog) -> None:
        if not dialog.head.reading.isVisible():
            press(dialog.head.more)
        act(dialog.head.reading)

    return do


def nothing(_dialog: ImportDialog) -> None:
    """What the step before has set as well."""


# ---------------------------------------------------------------- keys

SOURCE: dict[str, Step] = {
    "encoding": (menu(lambda dialog: dialog.head.encoding, "CP1252"), "cp1252"),
    "delimiter": (menu(lambda dialog: dialog.head.delimiter, "Semicolon"), ";"),
    "decimal": (reading(lambda field: turned(field.decimal, "Comma")), ","),
    "header_rows": (reading(lambda field: turned(field.rows, "1")), 1),
    "timezone": (reading(lambda field: typed(field.timezone, "Europe/Berlin")), "Europe/Berlin"),
    "filter": (reading(lambda field: typed(field.filter, "Kanal = 'Web'")), "Kanal = 'Web'"),
    "join": (
        reading(lambda field: typed(field.join, "towns.csv by Kanal")), {"file": "towns.csv", "on": "Kanal"},
    ),
    "people": (reading(lambda field: turned(field.people, "Employees: larger groups")), "employees"),
}  # fmt: skip
COLUMNS: dict[str, Step] = {
    "date": (role("Gemeldet am", "Date"), "Gemeldet am"),
    "date_format": (menu(lambda dialog: dialog.head.dates, "Day.month.year"), "%d.%m.%Y"),
    "touchpoint": (role("Kanal", "Touchpoint"), "Kanal"),
    "touchpoints": (left_out, {"Laden": ""}),
    "respondent": (role("Fall", "Respondent"), "Fall"),
    "weight": (role("Korb", "Weight"), "Korb"),
    "segments": (role("Zustand", "Segment"), ["Zustand"]),
    "comments": (role("Erste Antwort", "Comment"), ["Erste Antwort"]),
    "drop": (role("Kasse", "Left out"), ["Kasse"]),
    "pseudonymise": (role("Kunde", "Pseudonym"), ["Kunde"]),
}
ANSWERS: dict[str, Step] = {
    "column": (lambda dialog: dialog.ask_question(dialog.choices.place("Urteil"), QPoint(60, 60)), "Urteil"),  # type: ignore[union-attr]
    "kpi": (asked(lambda popover: turned(popover.kpi, "Rating")), "rating"),
    "touchpoint": (asked(lambda popover: named(popover.place, "Fetch it")), "Fetch it"),
    "name": (asked(lambda popover: typed(popover.name, "Judgement")), "Judgement"),
    "statistic": (asked(lambda popover: turned(popover.statistic, "median")), "median"),
    "scale": (asked(lambda popover: typed(popover.low, "0")), [0, 5]),
    "positive": (asked(lambda popover: press(popover.codes._codes[-1])), [5]),
    "labels": (meaning("unzufrieden", "1"), {"unzufrieden": 1, "zufrieden": 4, "sehr zufrieden": 5}),
    "reversed": (asked(lambda popover: press(popover.reversed)), True),
    "missing": (asked(lambda popover: typed(popover.missing, "99, k. A.")), [99, "k. A."]),
    "not_applicable": (asked(lambda popover: typed(popover.absent, "6")), [6]),
    "aggregate": (asked(lambda popover: press(popover.aggregate)), True),
}
TIMES: dict[str, Step] = {
    "kpi": (figure("Response time between two columns"), "response_time"),
    "from": (asked(lambda popover: turned(popover.parts.columns["begin"], "Erste Antwort")), "Erste Antwort"),
    "to": (asked(lambda popover: turned(popover.parts.columns["end"], "Gemeldet am")), "Gemeldet am"),
    "hours": (asked(lambda popover: typed(popover.hours, "Mon-Fri 9-17")), "Mon-Fri 9-17"),
    "unit": (asked(lambda popover: named(popover.unit, "min")), "min"),
    "phase": (asked(lambda popover: named(popover.place, "Phase: Ride")), "Ride"),
}
CHURN: dict[str, Step] = {
    "kpi": (figure("Churn: who left"), "churn"),
    "lost": (who("lost", "Kanal", "Web"), {"column": "Kanal", "codes": ["Web"]}),
    "joined": (who("joined", "Zustand", "Neu"), {"column": "Zustand", "codes": ["Neu"]}),
    "start": (who("start", "Korb", "ja"), {"column": "Korb", "codes": ["ja"]}),
    "customer": (asked(lambda popover: turned(popover.parts.columns["customer"], "Kunde")), "Kunde"),
}
STAYED: dict[str, Step] = {
    "kpi": (figure("Retention: who stayed"), "retention"),
    "stayed": (who("stayed", "Zustand", "Bestand"), {"column": "Zustand", "codes": ["Bestand"]}),
}
WORTH: dict[str, Step] = {
    "kpi": (figure("Customer value from purchases"), "clv"),
    "amount": (asked(lambda popover: named(popover.parts.amount.adding, "Korb")), ["Korb"]),
    "years": (asked(lambda popover: typed(popover.worth["years"], "5")), 5),
    "margin": (asked(lambda popover: typed(popover.worth["margin"], "0.25")), 0.25),
    "acquisition_cost": (asked(lambda popover: typed(popover.worth["acquisition_cost"], "300")), 300),
    "discount": (asked(lambda popover: typed(popover.worth["discount"], "0.05")), 0.05),
}
STEPS: dict[str, Step] = {
    "kpi": (figure("Conversion through steps"), "conversion"),
    "steps": (asked(lambda popover: named(popover.parts.steps.adding, "Korb")), ["Korb"]),
}
MEASURES = {"answers": ANSWERS, "times": TIMES, "churn": CHURN, "stayed": STAYED, "worth": WORTH, "steps": STEPS}


def test_every_key_of_a_recipe_has_a_control() -> None:
    mine = {f"source.{key}" for key in SOURCE} | {f"columns.{key}" for key in COLUMNS} | ELSEWHERE
    mine |= {f"measure.{key}" for steps in MEASURES.values() for key in steps}
    assert known() - mine == set(), "keys that no control of the window is known to set"
    assert mine <= known()


def looked(dialog: ImportDialog, seconds: float = 30) -> None:
    """Until the file was looked at under the present choices; what comes of them is counted once, in the end."""
    end = monotonic() + seconds
    while dialog._looking.running and monotonic() < end:
        QTest.qWait(5)
    QApplication.processEvents()
    assert not dialog._looking.running


def unhurried(dialog: ImportDialog) -> ImportDialog:
    dialog._pause.setInterval(600_000)
    return dialog


def table(dialog: ImportDialog, name: str) -> dict[str, Any]:
    assert dialog.choices is not None
    return dict(tomllib.loads(dialog.choices.to_recipe().to_toml()).get(name, {}))


def test_how_a_file_is_read_is_set_key_by_key(opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    written(tmp_path / "towns.csv", [["Kanal", "Stadt"], ["Web", "Ulm"], ["Laden", "Trier"]])
    dialog = unhurried(opened(tickets(tmp_path / "tickets.csv")))
    for key, (act, expected) in SOURCE.items():
        assert table(dialog, "source").get(key) != expected, key
        act(dialog)
        looked(dialog)
        assert table(dialog, "source").get(key) == expected, key
    assert set(table(dialog, "source")) == set(SOURCE)
    settled(dialog)
    assert dialog.choices is not None
    assert "Stadt" in dialog.choices.sample.columns
    assert dialog.counted is not None
    assert dialog.counted.intake.account["rows_used"] == 60


def test_what_columns_are_is_set_key_by_key(opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = unhurried(opened(tickets(tmp_path / "tickets.csv")))
    assert dialog.choices is not None
    for column in dialog.choices.sample.columns:
        if column != "Urteil":
            role(column, "Not used")(dialog)
    for key, (act, expected) in COLUMNS.items():
        assert table(dialog, "columns").get(key) != expected, key
        act(dialog)
        looked(dialog)
        assert table(dialog, "columns").get(key) == expected, key
    assert set(table(dialog, "columns")) == set(COLUMNS)


@pytest.mark.parametrize("name", MEASURES)
def test_a_figure_is_set_key_by_key(name: str, opened: Callable[..., ImportDialog], tmp_path: Path) -> None:
    dialog = unhurried(opened(tickets(tmp_path / "tickets.csv")))
    assert dialog.choices is not None
    while dialog.choices.figures:
        dialog.choices.remove_figure(0)
    for key, (act, expected) in MEASURES[name].items():
        act(dialog)
        looked(dialog)
        assert dialog.popover is not None
        assert dialog.popover.isVisible()
        measure = tomllib.loads(Recipe(questions=(dialog.popover.question,)).to_toml())["measure"][0]
        assert measure.get(key) == expected, (key, measure)
        assert dialog.popover.question in dialog.choices.to_recipe().questions, key


def test_of_a_workbook_the_sheet_and_of_a_database_table_or_query_are_set(
    opened: Callable[..., ImportDialog], tmp_path: Path, qtbot: Any
) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Notes": [["Key", "Text"], ["a", "b"], ["c", "d"]],
        "Answers": [["Rating of the shop", "Kanal"], *([n % 5 + 1, "Web"] for n in range(40))],
    }
    dialog = opened(workbook(tmp_path / "book.xlsx", sheets))
    menu(lambda shown: shown.head.sheet, "Answers")(dialog)
    settled(dialog)
    assert table(dialog, "source") == {"sheet": "Answers"}
    with sqlite3.connect(tmp_path / "a.db") as made:
        made.execute("CREATE TABLE visits (score INTEGER)")
        made.execute("CREATE TABLE other (a TEXT)")
    made.close()
    database = DatabaseDialog(None, f"sqlite:///{tmp_path}/a.db")
    qtbot.addWidget(database)
    database.show()
    database.ask()
    qtbot.waitUntil(database.connect_.isEnabled, timeout=20_000)
    QTest.keyClick(database.tables, Qt.Key.Key_End)
    assert database.source().table == "visits"  # type: ignore[union-attr]
    QTest.keyClicks(database.query, "select score from visits")
    assert database.source().query == "select score from visits"  # type: ignore[union-attr]
