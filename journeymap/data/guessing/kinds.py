"""What the columns are that ask nothing: ids, durations, money, groups, comments, the rest; each with a reason in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from journeymap.data.guessing.profile import Profile
from journeymap.i18n import _

GROUPS: Final = r"gender|sex|geschlecht|age|alter|altersgruppe|generation|region|country|land|city|state|class|klasse|type|typ|segment|group|gruppe|language|sprache|lang|income|einkommen|plan|tier|tarif|channel|kanal|device|gerät|market|branch|filiale|product|produkt|category|kategorie|purpose|zweck|status|terminal|area|quarter"
"""Names of columns that divide people."""

_SAID = r"comments?|kommentare?|feedback|anmerkung(en)?|suggestions?|remarks?|freitext|verbatim|reviews?|rezension(en)?"
_THINGS = r"description|beschreibung|product|produkt|artikel|item|title|titel|subject|betreff|url|link|path|page"
_KEY = r"ids?|nr|no|num|number|\w*nummer|key|code|guid|uuid|token|reference|referenz|hash|\w*kennung|zip|plz|postleitzahl|postcode|post code"
_KEYED = re.compile(rf"\b(?:{_KEY})$")
_LASTING = r"duration|dauer|seconds?|sekunden|minutes?|minuten|hours|stunden|tenure|laufzeit|wartezeit|waiting time|lead time|elapsed|zeitdauer"
_CLOCKED = re.compile(r"-?(?:\d+ ?d(?:ays?)?,? ?)?\d{1,5}:\d{2}(?::\d{2}(?:[.,]\d+)?)?")
_DAYTIME = re.compile(r"(?:^|\s)\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp][Mm])?$")
_MONEY = r"price|preis|amount|betrag|revenue|umsatz|charges?|costs?|kosten|sales|erlös|einnahmen|cltv|clv|spend|spent|payment value|invoice total|dollar|euro|eur|usd|kundenwert|monetary|gebühr|fee"
_PLACE = r"latitude|longitude|lat|lng|lon|breitengrad|längengrad"
_RATE = r"rates?|quote|share|anteil|percent|prozent|pct|ratio|taux"
_COUNT = r"count|anzahl|number of|users?|sessions?|views?|visits?|clicks?|events?|sitzungen|nutzer|aufrufe|besuche|quantity|menge|visitors|sent|surveyed|universe|respondents"


def rest(profile: Profile, *, full: bool) -> tuple[str, str]:
    """(kind, reason) of a column that is neither certain nor an answer; `full` where there are segments enough.

    Kinds: comment, segment, id, duration, money, other.
    """
    return _spoken(profile) or _key(profile) or _measured(profile) or _groups(profile, full=full) or _other(profile)


def _spoken(profile: Profile) -> tuple[str, str] | None:
    said = profile.length > 20 and profile.blanks >= 2 * len(profile.cells)
    own = profile.called(_SAID)
    if not said or not (own or len(profile.texts) * 2 > len(profile.cells)):
        return None
    if not own and (profile.named(_THINGS) or all(cell.isupper() for cell in list(profile.texts)[:50])):
        return "other", _("texts that describe things, not what people said")
    return "comment", _("text in people’s own words; not stored")


def _key(profile: Profile) -> tuple[str, str] | None:
    many = len(profile.texts) * 4 > len(profile.cells) and len(profile.texts) > 3
    if profile.numeric == 1 and profile.whole and many and _counts_up(profile):
        return "id", _("numbers the rows")
    if (
        (_KEYED.search(profile.words) or re.search(r"[A-Z]ID$", profile.name))
        and not profile.named(_COUNT)
        and (many or len(profile.texts) > 30)
    ):
        if profile.unique:
            return "id", _("an id, different in every row")
        return "id", _("an id that comes again: {count} different").format(count=len(profile.texts))
    bare = all(" " not in cell and any(map(str.isdigit, cell)) for cell in list(profile.texts)[:100])
    if profile.numeric < 0.2 and profile.unique and bare and profile.length >= 5 and not _links(profile):
        return "id", _("codes, different in every row")
    return None


def _counts_up(profile: Profile) -> bool:
    numbers = list(profile.numbers)
    return len(numbers) > 5 and len(numbers) == len(profile.cells) and numbers == [numbers[0] + n for n in range(len(numbers))]  # fmt: skip


def _links(profile: Profile) -> bool:
    texts = list(profile.texts)[:40]
    return sum(re.match(r"https?://|www\.|/", text) is not None for text in texts) * 2 > len(texts)


def _measured(profile: Profile) -> tuple[str, str] | None:
    """Quantities that are no KPI by themselves."""
    texts = list(profile.texts)[:100]
    clocks = sum(_CLOCKED.fullmatch(text) is not None for text in texts)
    if texts and clocks * 10 >= 9 * len(texts) and (profile.named(_LASTING) or max(map(len, texts)) > 8):
        return "duration", _("durations, written as hours and minutes")
    if profile.numeric < 0.9:
        return _times(texts)
    low, high = min(profile.numbers), max(profile.numbers)
    if profile.named(_LASTING):
        return "duration", _("a duration, {low:g} to {high:g}; its unit is not said").format(low=low, high=high)
    signs = sum(any(sign in text for sign in "€$£¥") for text in texts)
    if signs * 2 > len(texts) or (profile.named(_MONEY) and not profile.named(_RATE)):
        return "money", _("amounts, {low:g} to {high:g}").format(low=low, high=high)
    return None


def _times(texts: Sequence[str]) -> tuple[str, str] | None:
    if not texts or not all(_DAYTIME.search(text) for text in texts):
        return None
    if all(_DAYTIME.fullmatch(re.sub(r"^\d{1,2}/\d{1,2}/1899 |^1899-12-3\d ", "", text)) for text in texts):
        return "other", _("times of day")
    return "other", _("points in time, written in a way that is not known")


def _groups(profile: Profile, *, full: bool) -> tuple[str, str] | None:
    few = 2 <= len(profile.texts) <= (30 if profile.called(GROUPS) else 12)
    again = len(profile.cells) >= 3 * len(profile.texts)
    worded = profile.numeric < 0.2 and profile.length <= 40
    if not few or not again or not (profile.called(GROUPS) or worded):
        return None
    reason = _("{count} groups").format(count=len(profile.texts))
    if full:
        return "other", _("{reason}; not used, there are segments enough to begin with").format(reason=reason)
    return "segment", reason


def _other(profile: Profile) -> tuple[str, str]:
    """Why nothing is made of a column."""
    if profile.numeric >= 0.9:
        return "other", _number(profile)
    count = len(profile.texts)
    if _links(profile) and profile.length > 8:
        return "other", _("addresses or paths of pages")
    if profile.unique and len(profile.cells) > 1:
        return "other", _("short texts, all different")
    if profile.numeric > 0.2:
        return "other", _("numbers and words mixed; choose a role if it is an answer")
    if count == 1:
        return "other", _("one text only")
    if count <= 12:
        return "other", _("{count} different texts in few rows; a segment if there were more").format(count=count)
    return "other", _("{count} different texts; too many or too rare for groups").format(count=count)


def _number(profile: Profile) -> str:
    low, high = min(profile.numbers), max(profile.numbers)
    if profile.named(_PLACE):
        return _("a geographic position")
    if any(text.endswith("%") for text in list(profile.texts)[:20]) or (profile.named(_RATE) and high <= 100):
        return _("a rate, {low:g} to {high:g}; summed up before").format(low=low, high=high)
    if profile.named("age|alter|birth year|geburtsjahr"):
        return _("ages, {low:g} to {high:g}; groups of people once they are in bands").format(low=low, high=high)
    if set(profile.numbers) <= {0.0, 1.0}:
        return _("0 or 1; what it means is not said")
    if profile.whole and profile.named(_COUNT):
        return _("counts, {low:g} to {high:g}").format(low=low, high=high)
    if profile.whole and len(profile.numbers) <= 15 and high - low <= 30:
        return _("codes {low:g} to {high:g}; what they mean is not said").format(low=low, high=high)
    return _("numbers, {low:g} to {high:g}; choose a role if they are a figure").format(low=low, high=high)
