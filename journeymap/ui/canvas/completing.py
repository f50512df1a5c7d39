"""While a channel or a department is typed, the rest of a name that the map knows already is offered: the next key
replaces it, Enter takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from journeymap.model.document import Document
from journeymap.model.records import Channel, Department

if TYPE_CHECKING:
    from journeymap.ui.canvas.editor import Editor
    from journeymap.ui.canvas.edits import Spot

_LONG = "typed"
"""The editor's property of how long the text was, without what was offered."""


def rest(document: Document, field: str, typed: str) -> str:
    """What completes `typed` to the first name of its kind that begins so; "" where none does."""
    if not typed or field not in {"channel", "department"}:
        return ""
    known = document.all(Channel) if field == "channel" else document.all(Department)
    start = typed.casefold()
    return next((one.name[len(typed) :] for one in known if one.name.casefold().startswith(start)), "")


def begin(editor: Editor, document: Document, spot: Spot, *, typed: bool) -> None:
    """A text is opened: with its first letter `typed`, or as it stands."""
    editor.setProperty(_LONG, 0 if typed else len(editor.toPlainText()))
    complete(editor, document, spot)


def complete(editor: Editor, document: Document, spot: Spot | None) -> None:
    """Adds the rest behind what was typed at the end, selected; after a deletion nothing is added."""
    cursor, typed = editor.textCursor(), editor.toPlainText()
    before = int(editor.property(_LONG) or 0)
    editor.setProperty(_LONG, len(typed))
    more = rest(document, spot.field, typed) if spot is not None and len(typed) > before and cursor.atEnd() else ""
    if not more:
        return
    editor.blockSignals(True)
    cursor.insertText(more)
    cursor.setPosition(len(typed))
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.blockSignals(False)
