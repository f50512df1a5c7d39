"""What a file declares of its answers, put into the question that was guessed: labels of codes, codes for no answer."""

from __future__ import annotations

from msgspec.structs import replace

from journeymap.data.answers import number, tidy
from journeymap.data.recipe import Code, Question
from journeymap.data.sources import Sample
from journeymap.i18n import _


def question(sample: Sample, guessed: Question, reason: str) -> tuple[Question, str]:
    """The guessed question as the file's own codes have it, and why."""
    facts, column = sample.facts, guessed.column
    if facts.labels.get(column) and guessed.labels:
        guessed, reason = (
            _by_code(guessed, dict(facts.labels[column])),
            _("{reason} (labels of the file)").format(reason=reason),
        )
    missing = (*guessed.missing, *(code for code in facts.missing.get(column, ()) if code not in guessed.missing))
    absent = tuple(code for code in facts.absent.get(column, ()) if code not in guessed.not_applicable)
    if absent:
        codes = ", ".join(f"{code:g}" if isinstance(code, float) else code for code in absent)
        reason = _("{reason}; negative codes ({codes}) taken as does not apply").format(reason=reason, codes=codes)
    kind, why = facts.kinds.get(column, ("", ""))
    if kind == "nps" and guessed.kpi != "nps" and guessed.scale in {(0.0, 10.0), (1.0, 10.0), ()}:
        guessed, reason = replace(guessed, kpi="nps", scale=(0.0, 10.0), touchpoint=""), why
    return replace(guessed, missing=missing, not_applicable=(*guessed.not_applicable, *absent)), reason


def _by_code(guessed: Question, labels: dict[str, str]) -> Question:
    """A question whose answers were guessed from the labels of codes, as a question about the codes."""
    worth = {tidy(text).casefold(): rank for text, rank in guessed.labels}
    ranks: dict[float, float] = {}
    missing: list[Code] = []
    absent: list[Code] = []
    gone = {tidy(text).casefold() for text in guessed.missing if isinstance(text, str)}
    apart = {tidy(text).casefold() for text in guessed.not_applicable if isinstance(text, str)}
    for text, label in labels.items():
        code = number(text)
        folded = tidy(label).casefold()
        if code is None:
            return guessed  # codes that are letters are read by their labels
        if folded in worth:
            ranks[code] = worth[folded]
        elif folded in gone:
            missing.append(code)
        elif folded in apart:
            absent.append(code)
    if len(ranks) < 2:
        return guessed
    low, high = min(ranks), max(ranks)
    turned = ranks[low] > ranks[high]
    return replace(
        guessed, labels=(), scale=(low, high), reversed=turned, missing=tuple(missing), not_applicable=tuple(absent)
    )
