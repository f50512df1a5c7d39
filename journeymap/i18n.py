"""Translation through gettext, without Qt. Strings are marked with `_` and `ngettext` where they are shown."""

from __future__ import annotations

import gettext
from typing import Final

from journeymap import resources

DOMAIN: Final = "journeymap"
_current: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speaks `language` ("en", "de") from now on; English where there is no catalogue."""
    install(gettext.translation(DOMAIN, resources.folder("locale"), [language], fallback=True))


def install(translations: gettext.NullTranslations) -> None:
    """Speaks through `translations` from now on."""
    global _current
    _current = translations


def _(message: str) -> str:
    """The message in the current language."""
    return _current.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message in the current language and number."""
    return _current.ngettext(singular, plural, n)
