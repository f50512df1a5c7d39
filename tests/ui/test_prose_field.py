"""A field of several lines is as high as its text, and comes to rest wherever it stands."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from journeymap.ui.controls.fields import CALM_MS, ProseField


@pytest.mark.timeout(60)
@pytest.mark.parametrize("width", range(150, 214, 4))
def test_a_scroll_bar_that_comes_and_goes_with_a_line_does_not_chase_the_field_for_ever(qapp, width: int) -> None:
    area, page = QScrollArea(), QWidget()
    area.setWidgetResizable(True)
    column = QVBoxLayout(page)
    fields = [ProseField(f"Line {n}", page) for n in range(4)]
    for field in fields:
        field.show_value("Waiting without being told how long it will take to the gate")
        column.addWidget(field)
    area.setWidget(page)
    area.show()
    heights = set()
    for height in range(120, 420, 12):
        area.resize(width, height)
        QApplication.processEvents()
        heights.add(sum(field.height() for field in fields))
    QTest.qWait(CALM_MS + 50)
    resting = [field.size() for field in fields]
    for _ in range(20):
        QApplication.processEvents()
    assert [field.size() for field in fields] == resting
    for field in fields:
        lines = field.document().documentLayout().documentSize().height()
        assert field.height() >= lines * 13, "no line is cut off"
    area.close()
    area.deleteLater()


def test_a_field_grows_and_shrinks_with_its_text(qapp) -> None:
    field = ProseField("Note")
    field.resize(200, 30)
    field.show()
    low = field.height()
    field.show_value("One line\nand another\nand a third")
    QApplication.processEvents()
    assert field.height() > low + 20
    field.show_value("One line")
    QApplication.processEvents()
    assert field.height() == low
    field.close()
    field.deleteLater()
