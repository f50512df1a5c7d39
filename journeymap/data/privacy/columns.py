"""Columns that look personal: e-mail, phone, names, addresses, accounts; by what they are called and what they hold.

Such a column is left out unless the recipe uses it on purpose, and the account says so. A score is never personal,
whatever its column is called ("Address change was easy").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from journeymap.data.answers import number, tidy
from journeymap.data.privacy.identifiers import identifiers, luhn
from journeymap.data.privacy.names import known, names
from journeymap.data.privacy.pseudonyms import key_file
from journeymap.data.recipe import Recipe
from journeymap.data.sources import Sample
from journeymap.i18n import _
from journeymap.model import wording

_ENOUGH = 300  # rows tell what a column holds
_LOOKS = 100  # of their cells are looked into
_SHORTEST = 6  # characters of an identifier
_DECIMAL = re.compile(r"[-+]?\d*[.,]\d+(?:[eE][-+]?\d+)?")  # 0.2847177143 is a weight, not a telephone

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


class Found(Struct, frozen=True):
    """Personal columns that are left out or pseudonymised, with the reason, and sentences about those that the recipe
    uses all the same.
    """

    dropped: dict[str, str]
    pseudonymised: dict[str, str]
    kept: tuple[str, ...]


def found(sample: Sample, recipe: Recipe) -> Found:
    """What looks personal in a source, and what the recipe drops, pseudonymises or uses of it."""
    from journeymap.data.recipe.resolve import column, used_columns  # leads to the counting

    looks = personal(sample)
    hashed = {
        name: looks.get(name, _("asked to be pseudonymised"))
        for name in (column(sample, said) for said in recipe.columns.pseudonymise)
    }
    used = used_columns(sample, recipe) | set(hashed)
    dropped = {name: why for name, why in looks.items() if name not in used}
    asked = {_("asked to be left out"): recipe.columns.drop}
    dropped |= {name: looks.get(name, why) for why, names in asked.items() for name in names if name in sample.columns}
    kept = tuple(
        _("“{column}” looks personal ({why}); it is used because the recipe says so.").format(column=name, why=why)
        for name, why in looks.items()
        if name in used and name not in hashed
    )
    return Found(dropped, hashed, (*kept, *_key_of(hashed)))


def _key_of(hashed: Collection[str]) -> Iterator[str]:
    """Where the key of the pseudonyms is: said to the person, never kept in the map."""
    if hashed:
        yield _(
            "{columns}: kept as pseudonyms, which are still personal data. Their key is the file {path}; a colleague whose"
            " figures have to fit yours needs a copy of it."
        ).format(columns=wording.listed(hashed), path=key_file())


def personal(sample: Sample) -> dict[str, str]:
    """The columns of a sample that look personal, each with the reason in a few words."""
    found = {}
    for index, name in enumerate(sample.columns):
        kind = kind_of(name, [row[index] for row in sample.rows[:_ENOUGH]])
        if kind:
            found[name] = reason(kind)
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


def kind_of(column: str, cells: Sequence[str], *, tidied: bool = False) -> str:
    """The kind of personal data that a column seems to hold, or ""; `tidied` where cells are so and none is empty."""
    filled = Counter(cells[:_ENOUGH])  # each different cell is looked at once
    if not tidied:
        raw, filled = filled, Counter()
        for cell, count in raw.items():
            if text := tidy(cell):
                filled[text] += count
    by_content = _held(filled)
    if by_content:
        return by_content
    if filled and _scores(filled):
        return ""
    return next((kind for words in _called(column) for kind, said in _CALLED.items() if said.fullmatch(words)), "")


def _held(filled: Counter[str]) -> str:
    """By content: in a column of short cells an e-mail address in every tenth is too many, the others have to be the
    rule, each nearly the whole of its cell. What people say in sentences is masked where it is used, not left out.
    """
    if not filled or _spoken(filled):
        return ""
    seen: Counter[str] = Counter()
    items = list(filled.items())
    looked = items[:: max(1, len(items) // _LOOKS)]
    total = sum(count for _cell, count in looked)
    for cell, count in looked:
        if len(cell) < _SHORTEST or _DECIMAL.fullmatch(cell):
            continue
        spans = identifiers(cell)
        covered = sum(span.end - span.start for span in spans)
        for kind in {span.kind for span in spans}:
            # A bare run of digits is any number, unless it checks.
            bare = kind == "identity" and cell.isdigit() and not luhn(cell)
            if kind == "email" or (covered * 3 >= len(cell) * 2 and not bare):
                seen[kind] += count
    if seen["email"] * 10 >= total:
        return "email"
    for kind, cells in seen.most_common():
        if cells * 2 > total:
            return kind
    return "name" if _people(filled) else ""


def _spoken(filled: Counter[str]) -> bool:
    """Whether cells are sentences rather than entries of a form."""
    return sum(cell.count(" ") * count for cell, count in filled.items()) >= 5 * filled.total()


def _people(different: Counter[str]) -> bool:
    """Whether most cells are a name and little else: two to four words, the first or last of them a first name."""
    if len(different) < 2:
        return False
    few = len(different) < min(different.total(), 5)  # three agents, say: each has to be a first and a last name
    first, last = known()
    full = 0
    for cell in different:
        words = cell.replace(",", " ").casefold().split()
        if not 2 <= len(words) <= 4:
            continue
        both = words[0] in first and words[-1] in last
        if (few and not both) or not (both or (words[0] in first and len(words) == 2) or words[-1] in first):
            continue  # what is cheap to see comes first
        full += all(_LETTERS.fullmatch(word) for word in words) and bool(names(cell))
    return full == len(different) if few else full * 10 >= len(different) * 6


_LETTERS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*")


def _scores(filled: Counter[str]) -> bool:
    """Whether the cells are small numbers, or a few texts that come again and again, as answers do."""
    total = filled.total()
    if total >= 30 and len(filled) <= 7:
        return True
    small = sum(count for cell, count in filled.items() if (value := number(cell)) is not None and abs(value) < 1000)
    return small * 5 >= total * 4


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
