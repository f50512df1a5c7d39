"""In a language whose words are a third longer nothing is cut that matters: buttons, headings, figures."""

from __future__ import annotations

import gettext
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication

from journeymap import i18n
from journeymap.demo import MAP, write_demo
from journeymap.ui.controls import ink
from journeymap.ui.dialogs.versions import VersionsDialog
from journeymap.ui.panels.flat import Column, FlatTable, Row
from journeymap.ui.panels.table import TouchpointTable
from journeymap.ui.window import Window

KEPT = re.compile(r"(\{[^}]*\}|<[^>]+>|&\w+;)")


class Longer(gettext.NullTranslations):
    """English with every word a third longer."""

    def gettext(self, message: str) -> str:
        parts = KEPT.split(message)
        return "".join(part if n % 2 else re.sub(r"[A-Za-z]{3,}", _longer, part) for n, part in enumerate(parts))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _longer(word: re.Match[str]) -> str:
    return word[0] + ("lichkeiten" * 9)[: math.ceil(len(word[0]) * 0.35)]


@pytest.fixture
def longer() -> Iterator[None]:
    i18n.install(Longer())
    yield
    i18n.use("en")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("longer")
    write_demo(folder)
    return folder / MAP


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("page", ["map", "table", "personas", "plan", "evidence", "register", "check"])
def test_every_button_is_whole_and_in_the_window(
    open_window: Callable[..., Window], example: Path, qapp: QApplication, page: str
) -> None:
    window = open_window(example, size=(1366, 768))
    window.show_view(page)
    qapp.processEvents()
    seen = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    assert seen
    for one in seen:
        assert one.width() >= one.minimumSizeHint().width(), one.text()
        place = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
        assert place.right() <= window.width(), one.text()
        assert place.left() >= 0, one.text()


@pytest.mark.usefixtures("longer")
def test_the_headings_of_the_table_are_whole(open_window: Callable[..., Window], example: Path) -> None:
    window = open_window(example, size=(1366, 768))
    window.show_view("table")
    (table,) = window.findChildren(TouchpointTable)
    for place, column in enumerate(table.touchpoints.columns):
        assert table.columnWidth(place) >= ink.text_width(column.title, weight=600), column.title


def test_figures_are_never_cut_for_words(qapp: QApplication) -> None:
    columns = (Column("Touchpoint, called by a long name", 40), Column("n", 2, right=True), Column("Meaning", 40))
    table = FlatTable("Figures", columns)
    table.resize(420, 200)
    table.show()
    table.show_rows([Row(None, ("Here", "1 234 567", "fix it first"))])
    qapp.processEvents()
    assert table.columnWidth(1) >= ink.text_width("1 234 567", figures=True)
    table.close()


@pytest.mark.usefixtures("longer")
def test_the_prompt_of_who_signs_is_whole(open_window: Callable[..., Window], example: Path) -> None:
    window = open_window(example)
    assert window.map is not None
    dialog = VersionsDialog(window.map, window)
    dialog.show()
    assert dialog.author.width() >= ink.text_width(dialog.author.placeholderText())
    dialog.close()
