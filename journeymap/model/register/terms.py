"""The words of the register: legal bases, conditions for special categories, usual times of keeping.

Source: Regulation (EU) 2016/679 (GDPR), Articles 6(1), 9(1) and 9(2). What is kept in a map is a key ("6b", "9a"), so
that it reads well in every language, or a person's own words where no key fits (another law, a paragraph of one).
"""

from __future__ import annotations

import re
from typing import Final

from journeymap.i18n import _

BASES: Final = ("6a", "6b", "6c", "6d", "6e", "6f")
"""Article 6(1), points (a) to (f)."""
CONDITIONS: Final = ("9a", "9b", "9c", "9d", "9e", "9f", "9g", "9h", "9i", "9j")
"""Article 9(2), points (a) to (j)."""

# As people write an article: in full, the German way with Abs. and lit., or short as in 6b and 9 II a.
_ARTICLE: Final = r"(?:art(?:icle|ikel)?\.?\s*)?{article}\s*(?:abs(?:atz)?\.?\s*)?[(\s]*(?:{paragraph})?[)\s]*(?:(?:lit|point|buchst(?:abe)?)\.?\s*)?\(?\s*([{letters}])\s*\)?(?![\w])"
_SIX: Final = re.compile(_ARTICLE.format(article=6, paragraph="1|I", letters="a-f"), re.IGNORECASE)
_NINE: Final = re.compile(_ARTICLE.format(article=9, paragraph="2|II", letters="a-j"), re.IGNORECASE)

# Words as people write them into a spreadsheet, in English and German.
_PLAIN: Final = {
    "consent": "6a", "einwilligung": "6a", "contract": "6b", "performance of a contract": "6b", "vertrag": "6b",
    "vertragserfüllung": "6b", "legal obligation": "6c", "rechtliche verpflichtung": "6c", "gesetzliche pflicht": "6c",
    "vital interests": "6d", "vital interest": "6d", "lebenswichtige interessen": "6d", "public task": "6e",
    "public interest": "6e", "öffentliche aufgabe": "6e", "öffentliches interesse": "6e", "legitimate interest": "6f",
    "legitimate interests": "6f", "berechtigtes interesse": "6f", "berechtigte interessen": "6f",
}  # fmt: skip

# What Article 9(1) names, and what it is called where customers meet an organisation.
_SPECIAL: Final = re.compile(
    r"health|medical|illness|diseas|disab|wheelchair|allerg|diagnos|patient|pregnan|hearing aid|impair|reduced mobility"
    r"|gesundheit|krank|behinder|rollstuhl|schwanger|medizin|diagnose|eingeschränkte[rn]? mobilität"
    r"|religio|philosoph|halal|kosher|koscher|weltanschau|ethnic|ethnisch|racial|\brace\b|rasse"
    r"|political|politisch|trade union|gewerkschaft|sexual|sexuell|sex life|genetic|genetisch"
    r"|biometri|fingerprint|fingerabdr|face recognition|facial|gesichtserkenn|iris scan",
    re.IGNORECASE,
)


def bases() -> dict[str, str]:
    """The legal bases by their key, in the words of the moment."""
    return {
        "6a": _("consent"),
        "6b": _("contract"),
        "6c": _("legal obligation"),
        "6d": _("vital interests"),
        "6e": _("public task"),
        "6f": _("legitimate interests"),
    }


def conditions() -> dict[str, str]:
    """The conditions under which special categories of data may be processed, by their key."""
    return {
        "9a": _("explicit consent"),
        "9b": _("employment and social law"),
        "9c": _("vital interests of someone who cannot consent"),
        "9d": _("members of a foundation, association or union"),
        "9e": _("made public by the person"),
        "9f": _("legal claims"),
        "9g": _("substantial public interest"),
        "9h": _("health or social care"),
        "9i": _("public health"),
        "9j": _("archiving, research, statistics"),
    }


def basis(key: str) -> str:
    """A legal basis as it is printed: "Art. 6(1)(b) contract …"; own words as they are."""
    known = bases().get(key)
    return _("Art. 6(1)({point}) {words}").format(point=key[1], words=known) if known else key


def condition(key: str) -> str:
    """A condition for special categories as it is printed: "Art. 9(2)(a) explicit consent"; own words as they are."""
    known = conditions().get(key)
    return _("Art. 9(2)({point}) {words}").format(point=key[1], words=known) if known else key


def condition_short(key: str) -> str:
    """The same in few letters: "and Art. 9(2)(a)"."""
    return _("and Art. 9(2)({point})").format(point=key[1]) if key in CONDITIONS else key


def retentions() -> list[str]:
    """Usual times of keeping; what is right depends on purpose and law, so all of them can be overwritten."""
    return [
        _("until the purpose is met"),
        _("72 hours"),
        _("30 days"),
        _("90 days"),
        _("6 months"),
        _("1 year"),
        _("2 years"),
        _("3 years from the end of the year"),
        _("6 years (business letters, Germany)"),
        _("8 years (invoices, Germany)"),
        _("10 years (books and annual accounts, Germany)"),
        _("until the contract ends"),
        _("until consent is withdrawn"),
    ]


def read_basis(text: str) -> str:
    """The key of a legal basis that somebody wrote down; the text itself where it says something else, or more."""
    return _read(text, _SIX, "6", {basis(key): key for key in BASES} | _lowered(bases()) | _PLAIN)


def read_condition(text: str) -> str:
    """The key of a condition for special categories; the text itself where it says something else, or more."""
    return _read(text, _NINE, "9", {condition(key): key for key in CONDITIONS} | _lowered(conditions()))


def _lowered(names: dict[str, str]) -> dict[str, str]:
    return {name: key for key, name in names.items()}


def _read(text: str, article: re.Pattern[str], number: str, known: dict[str, str]) -> str:
    """A known text, or an article with nothing behind it but the law's name or what the point is called."""
    text = " ".join(text.split())
    names = {name.casefold(): key for name, key in known.items()}
    if text.casefold() in names:
        return names[text.casefold()]
    found = article.match(text)
    if found is None:
        return text
    key = number + found[1].lower()
    rest = re.sub(r"^(?:gdpr|ds-?gvo)\b", "", text[found.end() :].strip(" :–-,;"), flags=re.IGNORECASE).strip(
        " :–-,;()"
    )
    return key if not rest or names.get(rest.casefold()) == key else text


def looks_special(data: str) -> bool:
    """Whether a description of data names what may be a special category (Art. 9(1)): health, religion, biometrics …"""
    return _SPECIAL.search(data) is not None


def no_data() -> str:
    """What a table says at a touchpoint of which a person has said that it processes nothing personal."""
    return _("no personal data")


def field_name(name: str) -> str:
    """What a field of an entry is called at the head of a column."""
    return {
        "phase": _("Phase"),
        "touchpoint": _("Touchpoint"),
        "data": _("Personal data"),
        "purpose": _("Purpose"),
        "legal_basis": _("Legal basis"),
        "special": _("Special categories"),
        "retention": _("Kept for"),
        "recipients": _("Recipients"),
        "missing": _("Missing"),
    }[name]
