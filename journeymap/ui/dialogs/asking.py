"""What is asked about a figure: which of its keys apply, what an answer means, and how a new one begins. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from journeymap.data import Question
from journeymap.data.answers import ANSWER, MISSING, NOT_APPLICABLE, date_formats, number, reader, tidy
from journeymap.data.answers.readings import defined
from journeymap.data.recipe.question import HAPPENED, STAYING, STEPPED, SUMMABLE, UNITS, Who
from journeymap.data.recipe.tables import Code
from journeymap.i18n import _
from journeymap.ui.dialogs import choices
from journeymap.ui.dialogs.choices import Choices

COMPOSED: Final = ("response_time", "churn", "retention", "clv", "conversion", "dropoff")
"""KPIs that may stand in several columns."""
WORTH: Final = ("years", "margin", "acquisition_cost", "discount")
MOST_ANSWERS = 40
"""Different answers that are listed, each with what it means."""

NO_ANSWER, NO_MATTER, UNREAD = "missing", "not_applicable", "unreadable"
"""What an answer can mean beside a code of the scale."""


def keys(question: Question, *, composed: bool) -> tuple[str, ...]:
    """The keys of a question that can be set, in the order in which they are asked."""
    if composed:
        return ("kpi", "place", "name", *_composed_keys(question.kpi))
    if question.kpi == "sentiment":
        return ("kpi", "place", "name")
    kpi, quantity = question.kpi, question.quantity
    found = ["kpi", "place", "name"]
    if kpi != "nps":
        found.append("statistic")
    if not quantity:
        if kpi not in HAPPENED:
            found += ["scale", "positive"] if kpi != "number" else ["scale"]
        found += ["answers"]
        if kpi != "nps" and kpi not in HAPPENED:
            found.append("reversed")
    found += ["missing", "not_applicable"]
    if kpi in {"number", "clv", "response_time"}:
        found.append("unit")
    if kpi == "clv":
        found += WORTH
    if kpi in SUMMABLE:
        found.append("aggregate")
    return tuple(found)


def _composed_keys(kpi: str) -> tuple[str, ...]:
    if kpi == "response_time":
        return ("begin", "end", "hours", "statistic", "unit")
    if kpi in STAYING:
        lost = ("lost", "joined", "start") if kpi == "churn" else ("stayed", "lost", "joined", "start")
        return (*lost, "customer")
    if kpi == "clv":
        return ("customer", "amount", "statistic", *WORTH)
    return ("column", "customer", "steps")


def lacking(question: Question, *, composed: bool) -> str:
    """What a figure still lacks to be counted, in one sentence, or ""."""
    if composed and question.kpi in STEPPED and len(question.steps) < 2:
        return _("Name at least two steps, in their order.")
    if composed and not (question.composed or question.column):
        return _("Choose the columns that it is worked out from.")
    return choices.lacking(question)


def described(kpi: str) -> str:
    """What a figure from several columns is, in the menu of new ones."""
    return {
        "response_time": _("Response time between two columns"),
        "churn": _("Churn: who left"),
        "retention": _("Retention: who stayed"),
        "clv": _("Customer value from purchases"),
        "conversion": _("Conversion through steps"),
        "dropoff": _("Drop-off at each step"),
    }[kpi]


def units(question: Question) -> list[str]:
    """The units that a question may be in; empty where any word will do."""
    return list(UNITS) if question.kpi == "response_time" else []


# ---------------------------------------------------------------- what answers mean


def listed(question: Question, texts: Sequence[str], decimal: str) -> list[str]:
    """The answers whose meaning has to be said or seen: words, and numbers off the scale."""
    low, high = question.scale if len(question.scale) == 2 else (float("-inf"), float("inf"))
    known = {tidy(label).casefold() for label, _code in question.labels}

    def told(text: str) -> bool:
        value = number(text, decimal)
        return value is None or tidy(text).casefold() in known or not low <= value <= high

    return [text for text in texts if told(text)][:MOST_ANSWERS]


def settled(question: Question, texts: Sequence[str], decimal: str) -> Question:
    """The question with what its KPI means by its answers: yes and no are 1 and 0."""
    return defined(question, texts, decimal or ".")[0]


def meaning(question: Question, text: str, decimal: str) -> str:
    """What an answer means under a question: a code as text ("4"), or one of the three words beside it."""
    read = reader(settled(question, (text,), decimal), decimal)(text)
    if read.status == ANSWER:
        return f"{read.code:g}"
    return {MISSING: NO_ANSWER, NOT_APPLICABLE: NO_MATTER}.get(read.status, UNREAD)


def mean(question: Question, text: str, meant: str, decimal: str) -> Question:
    """The question with another meaning for an answer: its code, or one of the three words."""
    if not question.quantity:
        question = settled(question, (text,), decimal)  # yes and no stay what they are beside what is said
    value = number(text, decimal)
    folded = tidy(text).casefold()

    def without(codes: tuple[Code, ...]) -> tuple[Code, ...]:
        return tuple(
            code for code in codes if code != value and (not isinstance(code, str) or tidy(code).casefold() != folded)
        )

    question = replace(
        question,
        labels=tuple(pair for pair in question.labels if tidy(pair[0]).casefold() != folded),
        missing=without(question.missing),
        not_applicable=without(question.not_applicable),
    )
    if meant in {NO_ANSWER, NO_MATTER}:
        added: Code = text if value is None else value
        if meant == NO_ANSWER:
            return replace(question, missing=(*question.missing, added))
        return replace(question, not_applicable=(*question.not_applicable, added))
    code = number(meant)
    if code is None or code == value:
        return question
    labels = sorted((*question.labels, (text, code)), key=lambda pair: pair[1])
    return replace(question, labels=tuple(labels))


# ---------------------------------------------------------------- a new figure


def fresh(kpi: str, given: Choices) -> Question:
    """A figure from several columns as it begins, with what the file's columns suggest."""
    customer = given.single("respondent")
    match kpi:
        case "response_time":
            times = [name for name in given.sample.columns if _is_time(given, name)]
            begin = next(iter(_named_of(times, _BEGINS)), next(iter(times), ""))
            rest = [name for name in times if name != begin]
            return Question(kpi, begin=begin, end=next(iter(_named_of(rest, _ENDS)), next(iter(rest), "")))
        case "churn" | "retention":
            who = _who(kpi, given)
            return Question(kpi, lost=who) if kpi == "churn" else Question(kpi, stayed=who)
        case "clv":
            return Question(kpi, customer=customer, amount=_named(given, ("amount", "price", "revenue", "umsatz", "betrag", "preis", "value"))[:1])  # fmt: skip
        case _ if kpi in STEPPED:
            return Question(kpi, steps=tuple(_named(given, ("step", "schritt"))))
    return Question(kpi)


def _is_time(given: Choices, name: str) -> bool:
    texts = given.texts(name)[:40]
    if not texts or all(text.isdigit() for text in texts) or not any(map(str.isdigit, texts[0])):
        return False
    return bool(date_formats(texts))


def _named(given: Choices, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in given.sample.columns if any(word in name.casefold() for word in words))


_BEGINS = ("created", "opened", "received", "start", "first", "erstellt", "eröffnet", "eingang", "beginn")
_ENDS = ("repl", "response", "resol", "solved", "closed", "end", "antwort", "gelöst", "geschlossen", "erledigt")


def _named_of(names: Sequence[str], words: Sequence[str]) -> list[str]:
    return [name for word in words for name in names if word in name.casefold()]


_LEFT = {"churn", "churned", "lost", "left", "cancelled", "canceled", "gekündigt", "abgewandert", "verloren", "inactive", "inaktiv"}  # fmt: skip
_STAYS = {"stayed", "active", "aktiv", "retained", "geblieben", "bestandskunde"}


def _who(kpi: str, given: Choices) -> Who | None:
    wanted = _LEFT if kpi == "churn" else _STAYS
    for name in given.sample.columns:
        texts = given.texts(name)
        found: tuple[Code, ...] = tuple(text for text in texts if text.casefold() in wanted)
        if found and len(texts) <= 20:
            return Who(name, found)
    return None
