"""Names of people in German and English text, by a list of names and a few rules about what stands before them.

A name is taken for one after a title or a greeting ("Frau", "Dr", "my name is"), where a known first name stands with
a capital, together with the surname behind it, and where a known surname stands alone that is no everyday word. This
finds many names, not all: how many is measured on text that the rules were not written for (`benchmarks/names.py`).
The lists are cut from packages (see NOTICE.md and scripts/cut_names.py).
"""

from __future__ import annotations

import re
from functools import cache

from journeymap import resources
from journeymap.data.privacy.identifiers import Span
from journeymap.data.privacy.words import EVERYDAY, NO_SURNAME, PLACES

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_CAPITAL = r"[A-ZÄÖÜÀ-Þ][\w'’-]*"
_TITLE = re.compile(
    r"\b(?:mrs?|ms|miss|mister|madam|sir|dr|doctor|prof(?:essor)?|nurse|sister|matron|consultant|physio|"
    r"frau|fräulein|herrn?|familie|doktor|schwester|pfleger(?:in)?|oberarzt|oberärztin|kollegin|kollege|hr|fr)\b\.?$",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:my name(?: is|'s)|name is|i am called|called myself|(?:named|called|surname|first name|name):?|ich heiße|mein name ist|"
    r"namens|heißt|signed|regards,?|sincerely,?|cheers,?|yours,?|grüßen?,?|gruß,?|lg,?|vg,?|mfg,?|gez\.|"
    r"dear|hi|hello|hey|liebe[rs]?|hallo|geb\.|geborene[rn]?|née|nee|"
    r"(?:served|helped|seen|treated|assisted|looked after|advised) by|spoke(?:n)? (?:to|with)|thanks? to|thank you,?|thanks,?)[\s,:–-]*$",
    re.IGNORECASE,
)
_LINKS = {
    "von",
    "van",
    "de",
    "der",
    "den",
    "zu",
    "vom",
    "zum",
    "al",
    "bin",
    "di",
    "da",
    "del",
    "la",
    "le",
    "ten",
    "ter",
    "o",
    "st",
    "mac",
}
_LONGEST = 4
"""Words of one name after its first."""


@cache
def known() -> tuple[frozenset[str], frozenset[str]]:
    """First names and surnames, in lower case."""
    first, last = (resources.root() / "names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(first.split()) - EVERYDAY, frozenset(last.split()) - EVERYDAY - NO_SURNAME - PLACES


def names(text: str) -> list[Span]:
    """The names of people in `text`, in their order. Titles stay: "Frau" is nobody."""
    words = list(_WORD.finditer(text))
    found: dict[int, Span] = {}
    place = 0
    while place < len(words):
        last = _ends(text, words, place)
        if last < place:
            place += 1
            continue
        for index in range(place, last + 1):
            found[index] = Span(words[place].start(), _end(words[last]), "name")
        place = last + 1
    if found:
        _again(words, found)
    return list(dict.fromkeys(found[index] for index in sorted(found)))


def _again(words: list[re.Match[str]], found: dict[int, Span]) -> None:
    """Who was named once is the same person further on, also with the surname alone."""
    seen = {_plain(words[index]) for index in found if words[index].group()[0].isupper()}
    seen = {plain for plain in seen if len(plain) > 2 and plain not in EVERYDAY}
    for index, word in enumerate(words):
        plain = _plain(word)
        if index not in found and word.group()[0].isupper() and (plain in seen or plain.removesuffix("s") in seen):
            found[index] = Span(word.start(), _end(word), "name")


def _ends(text: str, words: list[re.Match[str]], place: int) -> int:
    """The index of the last word of the name that begins at `place`, or −1 where none begins."""
    word = words[place]
    first, last = known()
    plain = _plain(word)
    capital = word.group()[0].isupper()
    before = text[max(0, word.start() - 40) : word.start()]
    titled = _TITLE.search(before.rstrip()) is not None and not before.rstrip(" ").endswith("\n")
    if _INTRODUCED.search(before) and (capital or _is(plain, first)) and plain not in EVERYDAY:
        return _extended(text, words, place)
    if not capital:
        return -1
    if titled and (_titled(words, place) or _is(plain, first) or _is(plain, last)):
        return _extended(text, words, place)
    following = _next(text, words, place)
    if _is(plain, first) and (plain not in PLACES or (following and _is(_plain(following), last))):
        return _extended(text, words, place)
    if _is(plain, last) and not _begins(text, word.start()) and len(plain) > 3:
        return place
    initial = len(plain) == 1 and word.group().endswith(".")
    if initial and following and _is(_plain(following), last):
        return _extended(text, words, place)
    return -1


def _titled(words: list[re.Match[str]], place: int) -> bool:
    """After a title any capitalised word is a name, but for what belongs to the language: "Frau und", "Dr. The"."""
    plain = _plain(words[place])
    return plain not in EVERYDAY and not _TITLE.fullmatch(words[place].group())


def _extended(text: str, words: list[re.Match[str]], place: int) -> int:
    """The last word of the name: initials, particles, capitalised words that follow directly."""
    last = place
    ahead = place + 1
    while ahead < len(words) and ahead - place <= _LONGEST and _joined(text, words[ahead - 1], words[ahead]):
        plain = _plain(words[ahead])
        if words[ahead].group()[0].isupper() and plain not in EVERYDAY:
            last = ahead
            if plain not in known()[0] and len(plain) > 1:
                break  # the surname
        elif plain not in _LINKS:
            break
        ahead += 1
    return last


def _joined(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    """Whether two words can belong to one name: only white space between them, and a full stop only after an initial."""
    short = len(word.group().rstrip(".")) <= 2 or _plain(word) in {"prof", "med", "phil", "ing"}
    between = text[word.end() : following.start()]
    return between in {" ", "  "} and (short or not word.group().endswith("."))


def _next(text: str, words: list[re.Match[str]], place: int) -> re.Match[str] | None:
    if place + 1 >= len(words) or text[words[place].end() : words[place + 1].start()].strip():
        return None
    return words[place + 1]


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins at `at`: there a capital says nothing."""
    before = text[:at].rstrip(" \"'“„«(–-*")
    return not before or before[-1] in ".!?:\n;"


def _plain(word: re.Match[str]) -> str:
    """The word in lower case, without a dot or an English genitive."""
    return re.sub(r"['’](?:s|ve|ll|re|m|d)$", "", word.group().rstrip(".")).casefold()


def _is(plain: str, among: frozenset[str]) -> bool:
    """Whether a word, its halves ("Anna-Lena"), or its German genitive ("Annas") is among the names."""
    if plain in among:
        return True
    if "-" in plain:
        first, last = known()
        return all(part in first or part in last for part in plain.split("-"))
    return len(plain) > 4 and plain.endswith("s") and plain[:-1] in among


def _end(word: re.Match[str]) -> int:
    """Where a word ends, without the full stop behind it (an initial keeps its own)."""
    text = word.group()
    return word.end() - (1 if text.endswith(".") and len(text) > 2 else 0)
