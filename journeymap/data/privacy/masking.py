"""Taking personal data out of people's own words, before anything of them is shown to stay or stored.

What is found is replaced by what it was, in brackets: "[name] was rude, call me: [phone number]".
"""

from __future__ import annotations

from msgspec import Struct

from journeymap.data.privacy.identifiers import Span, identifiers
from journeymap.data.privacy.names import names
from journeymap.i18n import _


class Masked(Struct, frozen=True):
    """A text without the personal data that was found in it, and the kinds that were taken out."""

    text: str
    kinds: tuple[str, ...]


def personal_spans(text: str) -> list[Span]:
    """Identifiers, addresses and names of people in `text`, in their order, without overlaps."""
    found = identifiers(text)
    named = [span for span in names(text) if all(span.end <= one.start or one.end <= span.start for one in found)]
    return sorted([*found, *named], key=lambda span: span.start)


def mask(text: str) -> Masked:
    """`text` with everything personal that is found in it replaced by its kind in brackets."""
    return _replaced(text, personal_spans(text))


def mask_identifiers(text: str) -> Masked:
    """The same for what has a form of its own only: names of groups and places keep their words ("Paris", "Rose")."""
    return _replaced(text, identifiers(text))


def _replaced(text: str, spans: list[Span]) -> Masked:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], f"[{placeholder(span.kind)}]"]
        at = span.end
    return Masked("".join([*parts, text[at:]]), tuple(dict.fromkeys(span.kind for span in spans)))


def placeholder(kind: str) -> str:
    """What stands in the place of personal data."""
    return {
        "email": _("e-mail"),
        "phone": _("phone number"),
        "name": _("name"),
        "ip": _("network address"),
        "address": _("address"),
        "identity": _("number"),
    }[kind]
