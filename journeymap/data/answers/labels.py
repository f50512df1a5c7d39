"""Answers in words: what "Very satisfied" or "sehr zufrieden" is worth, and which words mean no answer.

English and German. Each family is a list of steps from worst to best; a step has several wordings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from journeymap.data.answers import tidy

_SATISFIED = (
    "very dissatisfied|extremely dissatisfied|completely dissatisfied|very unsatisfied|sehr unzufrieden|völlig unzufrieden|äußerst unzufrieden",
    "dissatisfied|somewhat dissatisfied|rather dissatisfied|unsatisfied|unzufrieden|eher unzufrieden|wenig zufrieden",
    "neutral|neither|neither satisfied nor dissatisfied|neither dissatisfied nor satisfied|ok|okay|teils teils|teils/teils|teils, teils|teils-teils|weder noch|weder zufrieden noch unzufrieden|mittelmäßig",
    "satisfied|somewhat satisfied|rather satisfied|zufrieden|eher zufrieden",
    "very satisfied|extremely satisfied|completely satisfied|sehr zufrieden|völlig zufrieden|äußerst zufrieden",
)
_AGREED = (
    "strongly disagree|completely disagree|stimme überhaupt nicht zu|stimme gar nicht zu|trifft überhaupt nicht zu|trifft gar nicht zu",
    "disagree|somewhat disagree|rather disagree|stimme nicht zu|stimme eher nicht zu|trifft eher nicht zu",
    "neutral|neither agree nor disagree|neither|undecided|teils teils|teils/teils|teils, teils|teils-teils|weder noch|unentschieden",
    "agree|somewhat agree|rather agree|stimme zu|stimme eher zu|trifft eher zu",
    "strongly agree|completely agree|stimme voll zu|stimme voll und ganz zu|stimme völlig zu|trifft voll zu|trifft voll und ganz zu|trifft völlig zu",
)
_EASY = (
    "very difficult|extremely difficult|very hard|sehr schwierig|sehr schwer|sehr umständlich",
    "difficult|somewhat difficult|rather difficult|hard|schwierig|eher schwierig|schwer|eher schwer",
    "neutral|neither|neither easy nor difficult|neither difficult nor easy|teils teils|teils/teils|weder noch|weder einfach noch schwierig",
    "easy|somewhat easy|rather easy|einfach|eher einfach|leicht|eher leicht",
    "very easy|extremely easy|sehr einfach|sehr leicht",
)
_GOOD = (
    "very poor|very bad|terrible|awful|sehr schlecht|furchtbar",
    "poor|bad|schlecht|eher schlecht",
    "fair|average|neutral|ok|okay|neither good nor poor|mittel|durchschnittlich|mittelmäßig|befriedigend",
    "good|gut|eher gut",
    "very good|excellent|outstanding|sehr gut|ausgezeichnet|hervorragend",
)
_EXCELLENT = ("poor|bad", "fair", "good", "very good", "excellent|outstanding")
_FAVOURED = (
    "very unfavorably|very unfavourably|very unfavorable|very unfavourable",
    "somewhat unfavorably|somewhat unfavourably|unfavorably|unfavourably|unfavorable|unfavourable",
    "neither favorably nor unfavorably (neutral)|neither favourably nor unfavourably|neutral",
    "somewhat favorably|somewhat favourably|favorably|favourably|favorable|favourable",
    "very favorably|very favourably|very favorable|very favourable",
)
_MET = (
    "worse than expected|schlechter als erwartet",
    "as expected|wie erwartet",
    "better than expected|besser als erwartet",
)
_APPLIES = (
    "trifft nicht zu|trifft gar nicht zu|trifft überhaupt nicht zu|stimme nicht zu|stimmt nicht|stimmt gar nicht",
    "trifft eher nicht zu|trifft weniger zu|trifft kaum zu|stimme eher nicht zu|stimmt eher nicht|stimmt kaum",
    "teils teils|teils/teils|teils, teils|teils-teils|teilweise|weder noch|neutral|unentschieden|trifft teilweise zu|stimmt teilweise",
    "trifft eher zu|trifft überwiegend zu|stimme eher zu|stimmt eher",
    "trifft zu|trifft voll zu|trifft voll und ganz zu|trifft genau zu|stimme zu|stimme voll zu|stimme voll und ganz zu|stimmt|stimmt genau|stimmt voll und ganz",
)
_GRADES = ("ungenügend", "mangelhaft", "ausreichend", "befriedigend", "gut", "sehr gut")
_YES = ("no|nein|false", "yes|ja|true")
_ENGLISH: tuple[str, ...] = ("not at all", "not so|not very|slightly", "somewhat|moderately", "very", "extremely")
_GERMAN: tuple[str, ...] = (
    "überhaupt nicht|gar nicht", "wenig|weniger|kaum|nicht so", "einigermaßen|mäßig|mittelmäßig|teilweise", "sehr",
    "äußerst|außerordentlich|extrem",
)  # fmt: skip
_MUCH: dict[str, tuple[str, ...]] = dict.fromkeys(
    ["satisfied", "easy", "comfortable|comfortably", "helpful", "useful", "clear", "friendly", "responsive", "likely", "effective",
     "knowledgeable", "convenient", "professional"], _ENGLISH,
) | dict.fromkeys(
    ["zufrieden", "einfach", "leicht", "hilfreich", "nützlich", "verständlich", "freundlich", "wahrscheinlich", "kompetent"], _GERMAN,
)  # fmt: skip
"""How much of an adjective: scales that begin at nothing."""


def _much(adjective: str, degrees: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        "|".join(f"{how} {what}" for how in degree.split("|") for what in adjective.split("|")) for degree in degrees
    )


_SPELLED: dict[str, tuple[str, ...]] = {
    "satisfied": _SATISFIED,
    "easy": _EASY,
    "agreed": _AGREED,
    "applies": _APPLIES,
    "excellent": _EXCELLENT,
    "good": _GOOD,
    "grades": _GRADES,
    "favoured": _FAVOURED,
    "met": _MET,
    "yes": _YES,
    **{f"much {name}": _much(name, degrees) for name, degrees in _MUCH.items()},
}
_FAMILIES = {name: tuple(step.casefold() for step in steps) for name, steps in _SPELLED.items()}  # ß is ss there
_CODES = {
    name: {wording: float(place) for place, step in enumerate(steps, 1) for wording in step.split("|")}
    for name, steps in _FAMILIES.items()
}
"""What each wording of a family is worth."""

EASE = frozenset({"easy", "much easy", "much einfach", "much leicht"})
"""Families that say how easy something was."""
NO_SATISFACTION = (
    frozenset(name for name in _FAMILIES if name.startswith("much ")) - EASE - {"much satisfied", "much zufrieden"}
)
"""Families that judge, but do not say how satisfied somebody is."""

NOT_APPLICABLE = frozenset(
    [
        "n/a",
        "unfamiliar (n/a)",
        "na",
        "not applicable",
        "does not apply",
        "did not use",
        "not used",
        "never used",
        "not available",
        "haven't used",
        "i don't do this",
        "i don’t do this",
        "have not used",
        "entfällt",
        "nicht genutzt",
        "nicht benutzt",
        "nicht zutreffend",
        "nie genutzt",
        "nicht verwendet",
        "habe ich nicht genutzt",
    ]
)
NO_ANSWER = frozenset(
    [
        "no answer",
        "blank",
        "don't know",
        "do not know",
        "dont know",
        "dk",
        "prefer not to say",
        "prefer not to answer",
        "refused",
        "no opinion",
        "unknown",
        "unsure",
        "not sure",
        "skipped",
        "-",
        "--",
        "–",
        ".",
        "?",
        "null",
        "none",
        "nan",
        "missing",
        "no data",
        "keine daten",
        "keine angabe",
        "ka",
        "k.a",
        "keine angaben",
        "weiß ich nicht",
        "weiss ich nicht",
        "k.a.",
        "k. a.",
        "weiß nicht",
        "weiss nicht",
        "keine antwort",
        "keine meinung",
        "unbekannt",
        "kann ich nicht beurteilen",
    ]
)

_PARTED = re.compile(r"\s*(?:/|,|;|\boder\b|\bor\b)\s*")
_NUMBERED = re.compile(r"(-?\d{1,2})\s*(?:[-–—=:).]|\(|\s)\s*(\D.*?)\)?")
_LETTERED = re.compile(r"(\D.*?)\s*[-–—=:(]\s*(-?\d{1,2})\)?")


def not_applicable(text: str) -> bool:
    """Whether words mean that a question does not apply."""
    folded = tidy(text).casefold()
    return folded in NOT_APPLICABLE or folded.strip("()") in NOT_APPLICABLE


def no_answer(text: str) -> bool:
    """Whether words mean no answer; two of them too: "weiß nicht / k. A."."""
    folded = tidy(text).casefold().strip("()")
    if folded in NO_ANSWER:
        return True
    parts = [part for part in _PARTED.split(folded) if part]
    return len(parts) > 1 and all(part in NO_ANSWER or part in NOT_APPLICABLE for part in parts)


class Worded(Struct, frozen=True):
    """Answers in words as codes: labels as they stand in the file, the scale, and whether 1 is best."""

    family: str
    labels: tuple[tuple[str, float], ...]
    scale: tuple[float, float]
    missing: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    reversed: bool = False


def worded(texts: Iterable[str]) -> Worded | None:
    """What a column of worded answers is worth, or None where its words are no answers that we know."""
    spelled = sorted({tidy(text) for text in texts} - {""})
    absent = tuple(text for text in spelled if not_applicable(text))
    missing = tuple(text for text in spelled if text not in absent and no_answer(text))
    spelled = [text for text in spelled if text not in absent and text not in missing]
    if not spelled:
        return None
    best: Worded | None = None
    folded = [text.casefold() for text in spelled]
    for name, steps in _FAMILIES.items():
        codes = _CODES[name]
        if len(spelled) > 1 and all(text in codes for text in folded):
            labels = tuple(sorted(((text, codes[text.casefold()]) for text in spelled), key=lambda label: label[1]))
            found = Worded(name, labels, (1.0, float(len(steps))), missing, absent)
            if best is None or _told_apart(found) > _told_apart(best):
                best = found
    return best or _numbered(spelled, missing, absent)


def _told_apart(found: Worded) -> int:
    """How many of the wordings are worth something different: "very" and "extremely" are one step only on some scales."""
    return len({code for _text, code in found.labels})


def _numbered(spelled: list[str], missing: tuple[str, ...], absent: tuple[str, ...]) -> Worded | None:
    """Numbers with words beside them, at least at the ends: "0 (not at all likely)", 1, 2 … "10 (very likely)"."""
    labels, words = [], {}
    for text in spelled:
        if re.fullmatch(r"-?\d{1,2}", text):
            words[float(text)] = ""
        elif (found := _NUMBERED.fullmatch(text)) or (found := _LETTERED.fullmatch(text)):
            one, other = found.groups()
            code, word = (one, other) if one.lstrip("-").isdigit() else (other, one)
            labels.append((text, float(code)))
            words[float(code)] = word
        else:
            return None
    if not labels or len(words) < 3:
        return None
    low, high = min(words), max(words)
    turned = good(words[low]) > good(words[high])
    return Worded("numbered", tuple(sorted(labels, key=lambda label: label[1])), (low, high), missing, absent, turned)


def good(words: str) -> int:
    """1 for words at the good end of a scale, −1 at the bad end, 0 where nothing is known."""
    folded = tidy(words).casefold().strip(" .")
    for steps in _FAMILIES.values():
        if folded in steps[-1].split("|") or folded in steps[-2].split("|"):
            return 1
        if folded in steps[0].split("|") or folded in steps[1].split("|"):
            return -1
    return 0
