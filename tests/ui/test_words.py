"""Every word in the window can be translated: in a language of brackets, nothing stands outside them but the map's own words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from journeymap import templates
from journeymap.model.records import Persona, Phase, Touchpoint, field_names
from journeymap.ui.window import Window

NAMES = re.compile(
    r"Journeymap|English|Deutsch|NPS|CSAT|CES|KPI|CSV|PDF|PNG|JSON|UTF-8|A[0-4]\b|P\d+|A\d+|Letter|Tabloid|EUR|Ctrl|Shift|Alt|Enter|Tab|Esc|Del|F\d+|[OX]\b|p90"
)


def shown(widget: QWidget) -> Iterator[tuple[str, str]]:
    """(class, text) of everything that this widget and those in it say, also to a screen reader."""
    for one in (widget, *widget.findChildren(QWidget)):
        kind = type(one).__name__
        if isinstance(one, QLabel | QAbstractButton):
            yield kind, one.text()
        if isinstance(one, QLineEdit):
            yield kind, one.placeholderText()
        if isinstance(one, QComboBox):
            yield from ((kind, one.itemText(i)) for i in range(one.count()))
        for text in (one.toolTip(), one.accessibleName(), one.windowTitle()):
            yield kind, text
    for action in widget.findChildren(QAction):
        yield "QAction", action.text()


def untranslated(widget: QWidget, own: set[str]) -> set[tuple[str, str]]:
    """What has letters outside the brackets and is neither the map's own nor a name that no language changes."""
    found = set()
    for kind, text in shown(widget):
        rest = re.sub(r"⟦[^⟦⟧]*⟧", "", html.unescape(re.sub(r"<[^>]+>", "", text)))
        rest = re.sub(r"⟦[^⟦⟧]*⟧", "", rest)
        for word in sorted(own, key=len, reverse=True):
            rest = rest.replace(word, "")
        if re.search(r"[^\W\d_]{2,}", NAMES.sub("", rest)):
            found.add((kind, text))
    return found


def own_words(window: Window) -> set[str]:
    """Every text that a person has written into the map."""
    assert window.map is not None
    texts = {
        str(getattr(record, name))
        for record in window.map.document
        for name in field_names(type(record))
        if isinstance(getattr(record, name), str)
    }
    return {text for text in texts if len(text) > 1} | {window.map.session.path.name, window.map.session.path.stem}


@pytest.mark.usefixtures("pseudo")
def test_the_start_page_speaks_the_language(open_window: Callable[..., Window], tmp_path: Path) -> None:
    window = open_window()
    own = {
        tmp_path.name,
        str(tmp_path),
        *(text for name in templates.names() for text in templates.about(name)),
    }
    assert untranslated(window, own) == set()


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("kind", [None, Touchpoint, Phase, Persona])
def test_the_window_and_its_panels_speak_the_language(
    open_window: Callable[..., Window], map_file: Path, kind: type[Touchpoint | Phase | Persona] | None
) -> None:
    window = open_window(map_file)
    assert window.map is not None
    if kind is not None:
        window.selection.select(window.map.document.all(kind)[0].id)
    assert untranslated(window, own_words(window)) == set()
