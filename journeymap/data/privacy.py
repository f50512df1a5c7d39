"""Columns that look personal: e-mail, phone, names, addresses, network addresses; by what they are called and hold.

Such a column is left out unless the recipe uses it on purpose, and the account says so. A score is never personal,
whatever its column is called ("Address change was easy").
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeymap.data.answers import number, tidy
from journeymap.data.recipe import Recipe
from journeymap.data.resolve import used_columns
from journeymap.data.sources import Sample
from journeymap.i18n import _

_ENOUGH = 300  # rows tell what a column holds

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?:\+|00)[\d\s()./-]{7,20}|\(?0\d{2,5}\)?[\s/-][\d\s/-]{4,15}|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?")
_STREET = re.compile(
    r"(?:\d+[a-z]? [\w.' -]+ (?:street|st|road|rd|avenue|ave|lane|drive|dr)\.?|[\w.' -]+(?:straße|strasse|str\.|weg|platz|allee|gasse) ?\d+ ?[a-z]?)",
    re.IGNORECASE,
)

# Words that a column's name is made of (lower case, without signs), and what they say it holds.
_NAMES = {
    "email": r"e ?mails?( address(es)?| adresse)?|e ?mail ?adresse|mail( address)?|recipient ?email|mailadresse",
    "phone": r"(tele)?phone( number| no)?|tel|tel nr|mobile( number| phone)?|cell ?phone|telefon(nummer)?|handy(nummer)?|rufnummer|fax",
    "name": r"name|(first|last|given|family|full|middle|user|customer|client|guest|passenger|patient|contact|respondent|recipient ?first|recipient ?last) ?name|surname|forename|vorname|nachname|familienname|kundenname|ansprechpartner|vor und nachname|geburtsname",
    "ip": r"ip|ip ?addr(ess)?|ip ?adresse|ipaddress",
    "address": r"(street|home|postal|mailing|billing|shipping)? ?address( line)?( ?\d)?|street|straße|strasse|anschrift|(post|wohn)?adresse|hausnummer",
    "birth": r"(date of )?birth ?(day|date)?|dob|birthday|geburts(datum|tag)",
    "identity": r"ssn|social security( number)?|passport( number| no)?|iban|tax ?id|steuer ?(id|nummer)|personalausweis(nummer)?|kontonummer|credit ?card( number)?|kreditkarte(nnummer)?",
    "place": r"(location ?)?(latitude|longitude)|breitengrad|längengrad|geo ?(location|coordinates)",
}
_CALLED = {kind: re.compile(pattern) for kind, pattern in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """Personal columns that are left out, with the reason, and sentences about those that the recipe uses all the same."""

    dropped: dict[str, str]
    kept: tuple[str, ...]


def found(sample: Sample, recipe: Recipe) -> Found:
    """What looks personal in a source, and what the recipe drops or uses of it."""
    looks = personal(sample)
    used = used_columns(sample, recipe)
    dropped = {column: why for column, why in looks.items() if column not in used}
    asked = {_("asked to be left out"): recipe.columns.drop}
    dropped |= {
        column: looks.get(column, why) for why, names in asked.items() for column in names if column in sample.columns
    }
    kept = tuple(
        _("“{column}” looks personal ({why}); it is used because the recipe says so.").format(column=column, why=why)
        for column, why in looks.items()
        if column in used
    )
    return Found(dropped, kept)


def personal(sample: Sample) -> dict[str, str]:
    """The columns of a sample that look personal, each with the reason in a few words."""
    found = {}
    for index, column in enumerate(sample.columns):
        kind = kind_of(column, [row[index] for row in sample.rows[:_ENOUGH]])
        if kind:
            found[column] = reason(kind)
    return found


def reason(kind: str) -> str:
    """What a kind of personal data is called."""
    return {
        "email": _("e-mail addresses"),
        "phone": _("phone numbers"),
        "name": _("names of people"),
        "ip": _("network addresses"),
        "address": _("postal addresses"),
        "birth": _("dates of birth"),
        "identity": _("identity or account numbers"),
        "place": _("places of people"),
    }[kind]


def kind_of(column: str, cells: Sequence[str]) -> str:
    """The kind of personal data that a column seems to hold, or ""."""
    filled = [tidy(cell) for cell in cells if cell.strip()]
    by_content = _held(filled)
    if by_content:
        return by_content
    if filled and _scores(filled):
        return ""
    return next((kind for words in _called(column) for kind, said in _CALLED.items() if said.fullmatch(words)), "")


def _held(filled: Sequence[str]) -> str:
    """By content: an e-mail address in every tenth cell is too many; the others have to be the rule."""
    if not filled:
        return ""
    if sum(_EMAIL.search(cell) is not None for cell in filled) * 10 >= len(filled):
        return "email"
    for kind, held in (
        ("ip", _is_ip),
        ("phone", _PHONE.fullmatch),
        ("identity", _IBAN.fullmatch),
        ("address", _STREET.search),
    ):
        if sum(bool(held(cell)) for cell in filled) * 2 > len(filled):
            return kind
    return ""


def _is_ip(cell: str) -> bool:
    if cell.count(".") != 3 and ":" not in cell:
        return False
    try:
        ipaddress.ip_address(cell)
    except ValueError:
        return False
    return True


def _scores(filled: Sequence[str]) -> bool:
    """Whether the cells are small numbers, or a few texts that come again and again, as answers do."""
    small = sum((value := number(cell)) is not None and abs(value) < 1000 for cell in filled)
    return small * 5 >= len(filled) * 4 or (len(filled) >= 30 and len(set(filled)) <= 7)


def _called(column: str) -> Iterator[str]:
    """The name in lower-case words; CamelCase apart; as a whole, and without a leading "your" or number."""
    apart = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", column)
    words = " ".join(re.sub(r"[\W_]+", " ", apart).casefold().split()).replace("strasse", "straße")
    yield words
    shorter = re.sub(
        r"^(?:(?:q ?\d+|\d+|your|ihre?|deine?|please enter your|what is your|wie lautet ihre?) )+", "", words
    )
    if shorter != words:
        yield shorter
