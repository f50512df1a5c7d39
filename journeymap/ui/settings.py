"""What the window remembers between runs: its place, the last and recent maps, theme, open panels.

Kept by QSettings; the environment variable JOURNEYMAP_SETTINGS names a file to keep it in instead (tests, portable
installations).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from journeymap.i18n import LANGUAGES

RECENT = 12


class Settings:
    """Reads and writes one kind of thing per method; a damaged value reads as its default."""

    def __init__(self, path: str | Path | None = None) -> None:
        path = path or os.environ.get("JOURNEYMAP_SETTINGS")
        self._store = (
            QSettings(str(path), QSettings.Format.IniFormat) if path else QSettings("Journeymap", "Journeymap")
        )

    @property
    def theme(self) -> str:
        """One of system, light, dark."""
        found = str(self._store.value("theme", "system"))
        return found if found in {"system", "light", "dark"} else "system"

    @theme.setter
    def theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    @property
    def language(self) -> str:
        """The language of the program that was chosen; "" for that of the system."""
        found = str(self._store.value("language", "") or "")
        return found if found in LANGUAGES else ""

    @language.setter
    def language(self, choice: str) -> None:
        self._store.setValue("language", choice)

    @property
    def geometry(self) -> QByteArray | None:
        """The window's place, as Qt wrote it."""
        found = self._store.value("geometry")
        return found if isinstance(found, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    def place(self, name: str) -> QByteArray | None:
        """Where a dialog was, and how large, when it was closed last."""
        found = self._store.value(f"place/{name}")
        return found if isinstance(found, QByteArray) else None

    def keep_place(self, name: str, value: QByteArray) -> None:
        """Remembers it."""
        self._store.setValue(f"place/{name}", value)

    @property
    def folder(self) -> str:
        """The folder that data came from last; "" where it is gone."""
        found = str(self._store.value("folder", "") or "")
        return found if found and Path(found).is_dir() else ""

    @folder.setter
    def folder(self, path: str | Path) -> None:
        self._store.setValue("folder", str(path))

    @property
    def database(self) -> str:
        """The address of the database that was read last, without a password."""
        return str(self._store.value("database", ""))

    @database.setter
    def database(self, url: str) -> None:
        self._store.setValue("database", url)

    @property
    def template_language(self) -> str | None:
        """The language that templates were chosen in; None until someone has chosen."""
        found = str(self._store.value("template_language", "") or "")
        return found if found in {"en", "de"} else None

    @template_language.setter
    def template_language(self, language: str) -> None:
        self._store.setValue("template_language", language)

    def panel(self, name: str) -> bool:
        """Whether a side panel is open."""
        return str(self._store.value(f"panel/{name}", "true")).lower() != "false"

    def keep_panel(self, name: str, shown: bool) -> None:
        """Remembers whether a side panel is open."""
        self._store.setValue(f"panel/{name}", "true" if shown else "false")

    def view(self, path: Path) -> str:
        """Through what a map was looked at last, as `ui.viewing.written` says it; "" for the whole map."""
        return str(self._store.value(f"seen/{_key(path)}", "") or "")

    def keep_view(self, path: Path, text: str) -> None:
        """Remembers through what a map is looked at."""
        if text:
            self._store.setValue(f"seen/{_key(path)}", text)
        else:
            self._store.remove(f"seen/{_key(path)}")

    def place_in(self, path: Path) -> str:
        """Where one stood in a map when it was closed, as `ui.remembering.written` says it; "" where it is new."""
        return str(self._store.value(f"stood/{_key(path)}", "") or "")

    def keep_place_in(self, path: Path, text: str) -> None:
        """Remembers where one stands in a map."""
        self._store.setValue(f"stood/{_key(path)}", text)

    @property
    def author(self) -> str:
        """Who changes are signed by in the log: a name, a role, or "" for nobody (as it is until someone says so)."""
        return str(self._store.value("author", "") or "")

    def keep_author(self, author: str) -> None:
        """Remembers who changes are signed by."""
        self._store.setValue("author", author)

    @property
    def last(self) -> Path | None:
        """The map that was open when the window was closed."""
        found = str(self._store.value("last", "") or "")
        return Path(found) if found else None

    @property
    def recent(self) -> list[Path]:
        """Maps opened lately, the latest first; those that are gone are left out."""
        kept = self._store.value("recent", [])
        paths = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [Path(str(path)) for path in paths if path and Path(str(path)).is_file()]

    def opened(self, path: Path) -> None:
        """Remembers a map as the last one."""
        path = path.resolve()
        rest = [other for other in self.recent if other != path]
        self._store.setValue("recent", [str(one) for one in (path, *rest)][:RECENT])
        self._store.setValue("last", str(path))

    def closed(self) -> None:
        """The start page was left open: next time it opens again."""
        self._store.setValue("last", "")

    def flush(self) -> None:
        """Writes now."""
        self._store.sync()


def _key(path: Path) -> str:
    """A name for a file in the settings: no slashes, always as long."""
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
