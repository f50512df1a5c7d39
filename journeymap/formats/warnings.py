"""What a person should know of printed pages: characters without a font, texts that were cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journeymap.i18n import _, ngettext
from journeymap.model.picture import Picture


def said(pages: Sequence[Picture], missing: Iterable[str]) -> tuple[str, ...]:
    """One sentence each for scripts that cannot be set, characters that no font has, and texts that end in "…"."""
    from journeymap.formats import faces

    unknown = dict.fromkeys(missing)
    unshaped = [letter for letter in unknown if faces.unshaped(letter)]
    plain = [letter for letter in unknown if letter not in unshaped]
    cut = list(dict.fromkeys(text for page in pages for text in page.cut))
    sentences = []
    if unshaped:
        sentences.append(
            _("Arabic, Hebrew and Indic writing cannot be set yet; boxes stand in place of {letters}.").format(
                letters=_listed(unshaped)
            )
        )
    if plain:
        sentences.append(_("No font here has {letters}; boxes stand in their place.").format(letters=_listed(plain)))
    if cut:
        sentences.append(
            ngettext(
                "{n} text did not fit and ends in “…”:{texts}",
                "{n} texts did not fit and end in “…”:{texts}",
                len(cut),
            ).format(n=len(cut), texts="\n  " + "\n  ".join(cut))
        )
    return tuple(sentences)


def _listed(letters: Sequence[str]) -> str:
    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:12])
    return shown if len(letters) <= 12 else _("{shown} and {n} more").format(shown=shown, n=len(letters) - 12)
