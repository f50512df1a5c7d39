"""What the action plan says: ranked pains with their actions, the finding, the sums. No drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from journeymap.formats import stamps
from journeymap.i18n import _, ngettext
from journeymap.model import journey, wording
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.priority import NO_WEIGHTS, Ranked, ranked
from journeymap.model.records import Action, Answer, Id, PainPoint, Touchpoint


class Row(Struct, frozen=True):
    """A pain with its rank and the actions that answer it; pain None: actions that answer none."""

    rank: int
    pain: PainPoint | None
    place: str  # "9 Queue for security": the touchpoint and its number on the map
    frequency: float | None  # the pain's own, else that of its touchpoint's figures
    weight: float | None  # the pain's priority, None where its frequency is not known
    actions: tuple[Action, ...]
    factors: str = ""  # what the weight is the product of, in words


def rows(document: Document, figures: Figures, drivers: Mapping[Id, float] = NO_WEIGHTS) -> list[Row]:
    """Pains by priority, those of unknown frequency after them by severity; at the end the actions without a pain.

    `drivers`: how much each touchpoint moves the overall judgement, 1 on average.
    """
    places = numbered(document)
    found = [
        Row(i, one.pain, places.get(one.pain.touchpoint_id, ""), one.frequency, one.score,
            answers_to(document, one.pain.id), factors(one))
        for i, one in enumerate(ranked(document, figures, drivers=drivers), 1)
    ]  # fmt: skip
    loose = [action for action in document.all(Action) if not document.referring(Answer, "action_id", action.id)]
    return [*found, *(Row(0, None, "", None, None, (action,)) for action in loose)]


def factors(one: Ranked) -> str:
    """Every factor of a pain's priority: "severity 5 × frequency 31 % × passed by 30 % × moment of truth 1.5"."""
    if one.frequency is None:
        return _("severity {n}; how often it happens is not known").format(n=one.severity)
    parts = [
        _("severity {n}").format(n=one.severity),
        _("frequency {share}").format(share=wording.share(one.frequency)),
    ]
    if one.measured:
        parts[-1] = _("dissatisfied here {share}").format(share=wording.share(one.frequency))
    parts.append(
        _("passed by {share}").format(share=wording.share(one.reach)) if one.reach_known else _("passed by all")
    )
    if one.moment > 1:
        parts.append(_("moment of truth {n}").format(n=wording.number(one.moment, 1)))
    if one.driver != 1:
        parts.append(_("key driver {n}").format(n=wording.number(one.driver, 2)))
    return " × ".join(parts)


def numbered(document: Document) -> dict[Id, str]:
    """Touchpoints by their number on the map, state by state, and their name."""
    return {one.id: f"{i} {one.name}" for i, one in enumerate(journey.every_touchpoint(document), 1)}


def answers_to(document: Document, pain_id: Id) -> tuple[Action, ...]:
    """The actions that answer a pain, by their number."""
    found = {answer.action_id for answer in document.referring(Answer, "pain_id", pain_id)}
    actions = (document.get(Action, id_) for id_ in found)
    return tuple(sorted((one for one in actions if one), key=lambda one: (one.number, one.id)))


def pains_of(document: Document, action_id: Id) -> list[PainPoint]:
    """The pains that an action answers."""
    found = (document.get(PainPoint, answer.pain_id) for answer in document.referring(Answer, "action_id", action_id))
    return [pain for pain in found if pain]


def impact_of(document: Document, action: Action) -> float | None:
    """The impact that was given, else that of the worst pain answered (its severity); None where neither is known."""
    if action.impact is not None:
        return float(action.impact)
    return max((float(pain.severity) for pain in pains_of(document, action.id)), default=None)


def reaches(found: Sequence[Row]) -> dict[Id, float]:
    """By action the largest frequency among the pains it answers; shares of different answers are never added."""
    largest: dict[Id, float] = {}
    for row in found:
        for action in row.actions:
            largest[action.id] = max(largest.get(action.id, 0.0), row.frequency or 0.0)
    return largest


# ---------------------------------------------------------------- the finding


def finding(found: Sequence[Row]) -> str:
    """The plan's headline, a sentence that its rows bear out."""
    pains = [row for row in found if row.pain is not None]
    actions = {action.id for row in found for action in row.actions}
    if not pains and not actions:
        return _("No pains and no actions have been recorded yet.")
    if not pains:
        return ngettext(
            "{count} action, and no pain that it answers yet.", "{count} actions, and no pain that they answer yet.",
            len(actions),
        ).format(count=stamps.few(len(actions)))  # fmt: skip
    if not actions:
        return ngettext(
            "{count} pain is known, and nothing is planned against it yet.",
            "{count} pains are known, and nothing is planned against them yet.",
            len(pains),
        ).format(count=stamps.few(len(pains)))
    if not pains[0].actions:
        return _("What hurts most has no answer yet: {pain}").format(pain=_sentence(pains[0]))
    half = fewest(pains)
    answered = sum(bool(row.actions) for row in pains)
    if half and share_of(pains, half) < 0.57:
        return ngettext(
            "{count} action answers half of all pain.", "{count} actions answer half of all pain.", len(half)
        ).format(count=stamps.few(len(half)))
    if half:
        return ngettext(
            "{count} action answers more than half of all pain.",
            "{count} actions answer more than half of all pain.",
            len(half),
        ).format(count=stamps.few(len(half)))
    if answered == len(pains):
        return ngettext("The pain has an answer.", "All {count} pains have an answer.", answered).format(
            count=stamps.few(answered).lower()
        )
    return ngettext(
        "{answered} of {count} pains has an answer.", "{answered} of {count} pains have an answer.", answered
    ).format(answered=stamps.few(answered), count=stamps.few(len(pains)).lower())


def _sentence(row: Row) -> str:
    text = row.pain.text.strip() if row.pain else ""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def fewest(pains: Sequence[Row]) -> list[Action]:
    """The fewest actions (taking at each step the one that adds most) that answer half of the pains' weight.

    Empty where they are not fewer than half of the actions, or where less than half of the weight is answered:
    the sentence would then be no finding. A pain counts once, however many actions answer it.
    """
    weights = {row.pain.id: row.weight or 0.0 for row in pains if row.pain}
    total = sum(weights.values())
    answers: dict[Id, set[Id]] = {}
    actions: dict[Id, Action] = {}
    for row in pains:
        for action in row.actions:
            actions[action.id] = action
            answers.setdefault(action.id, set()).add(row.pain.id if row.pain else "")
    taken: list[Action] = []
    covered: set[Id] = set()
    while total > 0 and sum(weights[id_] for id_ in covered) < total / 2:
        gain = {id_: sum(weights[pain] for pain in theirs - covered) for id_, theirs in answers.items()}
        best = max(gain, key=lambda id_: (gain[id_], -actions[id_].number, id_), default=None)
        if best is None or gain[best] <= 0:
            return []
        taken.append(actions[best])
        covered |= answers[best]
    return taken if len(taken) * 2 < len(actions) or len(taken) == 1 < len(actions) else []


def share_of(pains: Sequence[Row], actions: Sequence[Action]) -> float:
    """The share of the pains' weight that these actions answer, 0..1."""
    ids = {action.id for action in actions}
    total = sum(row.weight or 0.0 for row in pains)
    answered = sum(row.weight or 0.0 for row in pains if any(action.id in ids for action in row.actions))
    return answered / total if total else 0.0


class Sum(Struct, frozen=True):
    """A large figure and the words under it."""

    value: str
    words: str


def sums(document: Document, found: Sequence[Row]) -> list[Sum]:
    """Three figures at the head of the plan: what is answered, what it costs, what comes next."""
    pains = [row for row in found if row.pain is not None]
    actions = document.all(Action)
    return [_answered(pains), _cost(document, actions), _next(actions)]


def _answered(pains: Sequence[Row]) -> Sum:
    half = fewest(pains)
    if half:
        names = _(" and ").join(f"A{one.number}" for one in half) if len(half) < 3 else stamps.few(len(half))
        words = _("of all pain by priority, with {actions}").format(actions=names)
        return Sum(wording.share(share_of(pains, half)), words)
    answered = sum(bool(row.actions) for row in pains)
    return Sum(_("{part} of {whole}").format(part=answered, whole=len(pains)), _("pains have an action"))


def _cost(document: Document, actions: Sequence[Action]) -> Sum:
    known = [action.cost for action in actions if action.cost is not None]
    if not known:
        return Sum("–", _("no costs named yet"))
    value = stamps.money(sum(known), document.map.currency)
    if len(known) == len(actions):
        return Sum(value, ngettext("for the one action", "for all {n} actions", len(known)).format(n=len(known)))
    return Sum(value, _("for the {n} of {all} actions with a cost").format(n=len(known), all=len(actions)))


def _next(actions: Sequence[Action]) -> Sum:
    waiting = [action for action in actions if action.status != "done" and stamps.parsed(action.due)]
    if not waiting:
        done = sum(action.status == "done" for action in actions)
        return Sum(_("{part} of {whole}").format(part=done, whole=len(actions)), _("actions are done"))
    first = min(waiting, key=lambda action: (action.due, action.number))
    when = stamps.parsed(first.due)
    assert when is not None
    return Sum(
        stamps.day(when, year=False), _("{year}: A{number} is due first").format(year=when.year, number=first.number)
    )


def touchpoint_of(document: Document, pain: PainPoint) -> Touchpoint | None:
    """Where a pain stands."""
    return document.get(Touchpoint, pain.touchpoint_id)
