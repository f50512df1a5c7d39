"""Which question a column answers, by its name and its values: in words, on a scale, in a battery, or as a quantity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from journeymap.data import answers
from journeymap.data.answers import labels, scales
from journeymap.data.guessing import kinds
from journeymap.data.guessing.profile import Profile
from journeymap.data.recipe import Question
from journeymap.i18n import _

_RECOMMEND = r"recommend\w*|nps|netpro\w*|net promoter\w*|promoter score|weiterempfehl\w*|empfehl\w*|refer"
_EASY = r"easy|effort\w*|ces|einfach|leicht|mühelos|aufwand"
_JUDGED = r"satisf\w*|zufried\w*|csat|rating|rate|rated|score|stars|star rating|sterne|bewertung\w*|noten?|schulnoten?|zensur|benotung|quality|qualität|experience"
_GRADE = r"schulnoten?|noten?|zensur|benotung"
_WAITING = r"reply|response|antwort\w*|wait|waiting|warte\w*|resolution|resolve|lösung\w*|bearbeitung\w*"
_UNITS = {
    "min": r"minutes?|mins?|minuten",
    "h": r"hours?|hrs?|stunden",
    "s": r"seconds?|secs?|sekunden",
    "d": r"days|tage",
}


def worded(profile: Profile) -> tuple[Question, str] | None:
    """The question that answers in words belong to, and why it is taken for that."""
    if len(profile.texts) > 30:
        return None
    words = labels.worded(profile.texts)
    if words is None:
        return None
    plain = words.family == "yes"
    if plain and not profile.called(f"{_JUDGED}|{_RECOMMEND}|{_EASY}"):
        return None
    kpi = "csat"
    if words.scale == (0.0, 10.0) and profile.called(_RECOMMEND):
        kpi = "nps"
    elif words.scale == (1.0, 5.0) and (words.family in labels.EASE or profile.called(_EASY)):
        kpi = "ces"
    elif words.scale[1] > 7 or words.family in labels.NO_SATISFACTION:
        kpi = "rating"
    question = Question(
        kpi,
        profile.name,
        scale=words.scale,
        missing=words.missing,
        not_applicable=words.not_applicable,
        labels=words.labels,
        reversed=words.reversed,
    )
    return question, _("answers in words, from “{low}” to “{high}”").format(
        low=words.labels[0][0], high=words.labels[-1][0]
    )


def numbered(profile: Profile, battery: scales.Scale | None) -> tuple[Question, str] | None:
    """The question that numbers on a scale belong to, those of its battery where it stands in one; and why."""
    if profile.numeric < 0.8 or len(profile.numbers) > 15 or not profile.whole:
        return None
    words = tuple(text for text in profile.texts if answers.number(text, profile.decimal) is None)
    if profile.called(_RECOMMEND) and not profile.called("group|gruppe|category"):
        found = scales.recommendation(profile.numbers)
        if found:
            return _question("nps", profile, found, words), _("“recommend”, 0 to 10")
    scale = battery or scales.scale_of(profile)
    if profile.called(_GRADE) and (grades := scales.grades(profile.numbers)):
        scale = grades
    if scale is None or not (battery or profile.called(f"{_JUDGED}|{_EASY}|{_RECOMMEND}")):
        return None
    kpi = "rating" if scale.high > 7 else "csat"
    if scale.high == 5 and profile.called(_EASY):
        kpi = "ces"
    reason = _("answers from {low:g} to {high:g}").format(low=scale.low, high=scale.high)
    if scale.not_applicable or scale.missing:
        codes = ", ".join(f"{code:g}" for code in (*scale.missing, *scale.not_applicable))
        reason = _("{reason}; {codes} taken as no answer or does not apply").format(reason=reason, codes=codes)
    question = _question(kpi, profile, scale, words)
    turned = _says_reversed(profile)
    return replace(question, reversed=turned), _("{reason}; 1 is best").format(reason=reason) if turned else reason


def _question(kpi: str, profile: Profile, scale: scales.Scale, words: Sequence[str]) -> Question:
    absent = tuple(text for text in words if labels.not_applicable(text))
    missing = tuple(text for text in words if text not in absent and labels.no_answer(text))
    return Question(
        kpi,
        profile.name,
        scale=(float(scale.low), float(scale.high)),
        missing=(*scale.missing, *missing),
        not_applicable=(*scale.not_applicable, *absent),
    )


def _says_reversed(profile: Profile) -> bool:
    """Whether the name itself says that 1 is best: a school mark, or "(1 = very satisfied …)"."""
    if profile.called(_GRADE):
        return True
    best = re.search(r"\b1\s*(?:=|:|–|-|is)\s*([^\d,;/)\]…]+)", profile.name)
    return best is not None and labels.good(re.split(r"\s+(?:to|bis|and|und)\b", best.group(1))[0]) > 0


def quantity(profile: Profile) -> tuple[Question, str] | None:
    """The question that quantities belong to whose name says their unit, and why."""
    if profile.numeric < 0.95 or len(profile.numbers) < 10:
        return None
    if profile.called("hour|stunde") and profile.whole and max(profile.numbers) <= 24:
        return None  # of the day
    for unit, pattern in _UNITS.items():
        if profile.called(pattern) and profile.called(_WAITING):
            question = Question("response_time", profile.name, unit=unit)
            return question, _("a response time in {unit}").format(unit=unit)
        if profile.called(pattern):
            return Question("number", profile.name, unit=unit), _("a quantity in {unit}").format(unit=unit)
    return None


def batteries(columns: Sequence[Profile]) -> dict[str, scales.Scale]:
    """Columns on the same scale that share a question number, or stand together without one: one question about many
    things. A single column of small numbers is as likely a group of people, unless it has the very codes of a battery.
    """
    on_scale = {}
    for profile in columns:
        scale = scales.scale_of(profile) if profile.numeric >= 0.8 and not profile.called(kinds.GROUPS) else None
        if scale:
            on_scale[profile.name] = scale
    found: dict[str, scales.Scale] = {}
    for members in _families(columns, on_scale):
        if len(members) >= 3:
            scale = scales.together([on_scale[name] for name in members])
            codes = {code for profile in columns if profile.name in members for code in profile.numbers}
            if {scale.low, scale.high} <= codes:  # a list of things to choose from has small numbers too
                found |= dict.fromkeys(members, scale)
    telling = {scale for scale in found.values() if scale.not_applicable or scale.missing}
    for name, scale in on_scale.items():
        if name not in found and scale in telling and not re.search("times|often|oft|frequen|häufig", name.casefold()):
            found[name] = scale
    return found


def _families(columns: Sequence[Profile], on_scale: dict[str, scales.Scale]) -> list[list[str]]:
    """Names of columns that belong together: by question number and ends of the scale, else by standing together."""
    numbered: dict[tuple[str, float, float], list[str]] = defaultdict(list)
    runs: list[list[str]] = [[]]
    last: tuple[float, float] | None = None
    for profile in columns:
        scale = on_scale.get(profile.name)
        number = re.match(
            r"[A-Za-z]{1,10}[ _.]?\d+(?![.:)]?\s+\w{3})", profile.name
        )  # "Q7ART", not "Q7 Security queue"
        if scale and number:
            numbered[number.group(0).casefold(), scale.low, scale.high].append(profile.name)
        ends = (scale.low, scale.high) if scale and not number else None
        if ends != last:
            runs.append([])
        if ends:
            runs[-1].append(profile.name)
        last = ends
    return [*numbered.values(), *runs]
