"""Figures that names and values suggest beyond scales: churn, conversion, bounce, a customer's value, response times.

A few clear cases only. What is left out is one choice away in the import dialog; what is guessed wrongly costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from journeymap.data.guessing.profile import Profile
from journeymap.data.recipe.question import Question, Who
from journeymap.i18n import _

_YES_NO: Final = (
    {"yes", "no"},
    {"ja", "nein"},
    {"true", "false"},
    {"wahr", "falsch"},
    {"y", "n"},
    {"j", "n"},
    {"0", "1"},
)
_LEFT: Final = frozenset({"churned", "churn", "left", "lost", "cancelled", "canceled", "gekündigt", "abgewandert", "verloren"})  # fmt: skip
_JOINED: Final = frozenset({"joined", "new", "neu", "neukunde", "dazugekommen"})
_MEMBER: Final = r"customer|client|kunden?|member|mitglied|subscriber|abonnent|abo|vertrag|contract|churn"
_HAPPENED: Final = {
    "churn": r"churn|churned|abgewandert|abwanderung|gekündigt|kündigung",
    "conversion": r"converted|conversion|konversion|purchased|bestellt|gekauft",
    "bounce": r"bounced|abgesprungen|absprung",
}
_RATES: Final = {"bounce": r"bounce ?rates?|absprungrate", "conversion": r"conversion ?rates?|konversionsrate"}
_WORTH: Final = r"cltv|clv|lifetime value|kundenwert"
_ANSWERING: Final = r"first (?:reply|response|answer)|erst(?:e|er)? (?:antwort|reaktion)|erstantwort|beantwortet|antwort|replied|responded|first contact"
_SOLVED: Final = r"resolved|solved|closed|resolution|gelöst|geschlossen|erledigt|abgeschlossen"
_OPENED: Final = r"created|opened|submitted|received|reported|erstellt|eröffnet|eingang|eingegangen|gemeldet|angelegt"
_CUSTOMER: Final = r"(?:customer|client|kunden?|user|buyer|member) ?(?:id|no|nr|num|number|nummer|key)?"
_AMOUNT: Final = r"amount|betrag|revenue|umsatz|sales|dollar value|total|summe|order value|bestellwert"
_PRICE: Final = r"unit ?price|preis|price|stückpreis|einzelpreis"
_QUANTITY: Final = r"quantity|menge|qty|stück|anzahl"


def question(profile: Profile) -> tuple[Question, str] | None:
    """The figure of a single column by its name and values, and why."""
    if len(profile.texts) == 2 and {text.casefold() for text in profile.texts} in _YES_NO:
        for kpi, pattern in _HAPPENED.items():
            if profile.called(pattern):
                return Question(kpi, profile.name), _("yes or no: {kpi} by its name").format(kpi=kpi)
    if profile.numeric < 0.95 or not profile.numbers:
        return None
    for kpi, pattern in _RATES.items():
        if profile.called(pattern) and min(profile.numbers) >= 0 and max(profile.numbers) <= 100:
            return Question(kpi, profile.name, statistic="mean"), _("rates, averaged: each sums up many visits")
    if profile.called(_WORTH) and len(profile.numbers) > 10:
        return Question("clv", profile.name), _("a value for each customer")
    return None


def composed(columns: Sequence[Profile], dates: Sequence[str], kinds: Mapping[str, str]) -> list[Question]:
    """Figures from several columns: `dates` are those that hold points in time, `kinds` what each column is by now."""
    found = [*_response_times(columns, dates)]
    if not any(kind == "measure" and _is_churn(columns, name) for name, kind in kinds.items()):
        found += _churn(columns)
    return [*found, *_purchases(columns, kinds)]


def churned(columns: Sequence[Profile]) -> str:
    """The column of states, one of which is to have left; "" where there is none."""
    return next((question.lost.column for question in _churn(columns) if question.lost), "")


def _is_churn(columns: Sequence[Profile], name: str) -> bool:
    return any(one.name == name and one.called(_HAPPENED["churn"]) for one in columns)


def _churn(columns: Sequence[Profile]) -> list[Question]:
    for profile in columns:
        if not 2 <= len(profile.texts) <= 8:
            continue
        lost = tuple(text for text in profile.texts if text.casefold() in _LEFT)
        if lost and profile.called(_MEMBER):
            joined = tuple(text for text in profile.texts if text.casefold() in _JOINED)
            return [
                Question("churn", lost=Who(profile.name, lost), joined=Who(profile.name, joined) if joined else None)
            ]
    return []


def _response_times(columns: Sequence[Profile], dates: Sequence[str]) -> list[Question]:
    """From the opening of a case to its first answer, and to its end."""
    timed = [one for one in columns if one.name in dates and any(":" in text for text in list(one.texts)[:50])]
    begin = next((one for one in timed if one.called(_OPENED)), None)
    if begin is None:
        return []
    found = []
    for name, pattern in ((_("First reply"), _ANSWERING), (_("Solved"), _SOLVED)):
        end = next((one for one in timed if one.called(pattern) and one is not begin), None)
        if end is not None:
            found.append(Question("response_time", name=name, begin=begin.name, end=end.name))
    return found


def _purchases(columns: Sequence[Profile], kinds: Mapping[str, str]) -> list[Question]:
    """What each customer has spent, where customers come again."""
    customer = next(
        (
            one
            for one in columns
            if re.fullmatch(_CUSTOMER, one.words) and 2 * len(one.texts) <= max(len(one.cells), 1) * 1.9 and not one.unique
            and len(one.texts) > 5
        ),
        None,
    )  # fmt: skip
    if customer is None:
        return []
    money = [one for one in columns if kinds.get(one.name) in {"money", "other"} and one.numeric > 0.95]
    amount = next((one for one in money if one.called(_AMOUNT) and not one.called(_QUANTITY)), None)
    if amount is not None:
        return [Question("clv", customer=customer.name, amount=(amount.name,))]
    price = next((one for one in money if one.called(_PRICE)), None)
    quantity = next((one for one in money if one.called(_QUANTITY)), None)
    if price is not None and quantity is not None:
        return [Question("clv", customer=customer.name, amount=(price.name, quantity.name))]
    return []
