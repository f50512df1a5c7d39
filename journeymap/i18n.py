"""Translation through gettext, without Qt. Strings are marked with `_` and `ngettext` where they are shown."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from functools import cache, wraps
from typing import Final

from journeymap import resources

DOMAIN: Final = "journeymap"
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
"""The languages that the program speaks, each called as it calls itself."""

_POINTS: Final = {"de": ","}
"""The decimal sign of languages that have another than English."""

_current: gettext.NullTranslations = gettext.NullTranslations()
_point = "."
_chosen: str | None = None


def use(language: str) -> None:
    """Speaks `language` ("en", "de") from now on; English where there is no catalogue."""
    global _chosen
    _chosen = language
    install(gettext.translation(DOMAIN, resources.folder("locale"), [language], fallback=True))


def install(translations: gettext.NullTranslations) -> None:
    """Speaks through `translations` from now on."""
    global _current, _point
    _current = translations
    _point = _POINTS.get(translations.info().get("language", ""), ".")


def language() -> str:
    """What `use` was told last, else what the system's settings say ("de"), else "en"."""
    return _chosen or of_system()


def point() -> str:
    """The decimal sign of the language spoken now."""
    return _point


def of_system() -> str:
    """What the system's settings say, by gettext's own variables; "en" where none names a language."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(":")[0].split(".")[0].split("_")[0].casefold()
        if value:
            return "en" if value in {"c", "posix"} else value
    return "en"


def _(message: str) -> str:
    """The message in the current language."""
    return _current.gettext(message)


def once(words: Callable[[str], str]) -> Callable[[str], str]:
    """Keeps what a function says of each key in the language spoken now: a table of words need not be read again."""

    @cache
    def said(_language: gettext.NullTranslations, key: str) -> str:
        return words(key)

    @wraps(words)
    def saying(key: str) -> str:
        return said(_current, key)

    return saying


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message in the current language and number."""
    return _current.ngettext(singular, plural, n)
