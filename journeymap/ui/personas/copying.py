"""Personas on the clipboard: copied on one map, pasted on another, with picture and origin."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtWidgets import QApplication

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, personacopy
from journeymap.model.change import Change
from journeymap.model.document import Conflict
from journeymap.model.records import Id, Persona
from journeymap.ui import pictures
from journeymap.ui.map import OpenMap

if TYPE_CHECKING:
    from journeymap.ui.window import Window


def copy(open_map: OpenMap, persona_id: Id) -> str:
    """Puts a persona on the clipboard; what is to be said of it."""
    document, session = open_map.document, open_map.session
    persona = document.get(Persona, persona_id)
    if persona is None:
        return ""
    pack = personacopy.packed(document, persona_id, session.path.name)
    content = session.blob(persona.picture_hash) if persona.picture_hash else None
    if content is not None:
        pack["picture"] = base64.b64encode(content).decode()
    data = QMimeData()
    data.setText(personacopy.text(document, persona_id))
    data.setData(personacopy.MIME, QByteArray(json.dumps(pack).encode()))
    QApplication.clipboard().setMimeData(data)
    name = persona.name or _("No name")
    return _("“{name}” copied: open another map and paste there.").format(name=name)


def on_clipboard() -> bool:
    """Whether a persona waits on the clipboard."""
    data = QApplication.clipboard().mimeData()
    return data is not None and data.hasFormat(personacopy.MIME)


def paste(open_map: OpenMap) -> Id:
    """Puts the persona of the clipboard on this map, as one step; her id. Raises Failure where that cannot be."""
    if open_map.session.read_only:
        raise Failure(_("This map is open for reading only; nothing can be changed in it."))
    data = QApplication.clipboard().mimeData()
    pack = personacopy.read(bytes(data.data(personacopy.MIME).data()).decode("utf-8", "replace"))
    change: Change = personacopy.pasted(open_map.document, pack)
    if pack["fields"].get("picture_hash"):
        pack["fields"]["picture_hash"] = _picture(open_map, pack)
        change = personacopy.pasted(open_map.document, pack)
    open_map.session.perform(change)
    return commands.made(change)


def paste_on_map(window: Window) -> None:
    """Puts the persona of the clipboard on the open map, selects her, and says so; in a sentence where that cannot be."""
    if window.map is None:
        return
    try:
        made = paste(window.map)
    except (Failure, Conflict) as problem:
        window.tell(str(problem))
        return
    window.selection.select(made, cell=window.selection.cell)
    name = window.map.document.one(Persona, made).name or _("No name")
    window.status.tell(_("“{name}” pasted; the page of personas shows all of her.").format(name=name))


def show_page(window: object, persona_id: Id) -> None:
    """Shows all of a persona in the middle of the window."""
    from journeymap.ui.window import Window

    if isinstance(window, Window):
        window.selection.select(persona_id, cell=window.selection.cell)
        window.show_view("personas")


_TOLD = (b"Exif", b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"ns.adobe.com")
"""What pictures say beside what is seen; those that this program keeps say nothing."""


def _picture(open_map: OpenMap, pack: dict[str, Any]) -> str:
    """Keeps the picture that came along; its hash, "" where it is none. One that says more than is seen is written anew."""
    try:
        content = base64.b64decode(str(pack.get("picture", "")), validate=True)
        if not content:
            return ""
        kept = pictures.taken(content)
    except (binascii.Error, ValueError, Failure):
        return ""
    clean = not any(sign in content for sign in _TOLD)
    return open_map.session.keep_blob(content if clean else kept.content)
