"""What the head of the map says in figures: the journey's own figure, moments of truth, pains, broken hand-overs."""

from __future__ import annotations

import json

from msgspec import Struct

from journeymap.formats import compose
from journeymap.i18n import _, ngettext
from journeymap.model import journey, wording
from journeymap.model.document import Document
from journeymap.model.figures import Figure, Figures
from journeymap.model.records import DataSet, PainPoint, Persona, Touchpoint, Trait

GRAVE = 5
"""A pain of this severity is called severe."""


class Fact(Struct, frozen=True):
    """A large value, a small addition behind it, and words below."""

    value: str
    addition: str
    words: str


def facts(document: Document, figures: Figures) -> list[Fact]:
    """At most four facts about the printed state."""
    state = compose.state_of(document)
    touchpoints = list(journey.touchpoints(document, state.id)) if state else []
    shown = {one.id for one in touchpoints}
    pains = [pain for pain in document.all(PainPoint) if pain.touchpoint_id in shown]
    found = [_journey(figures) or _size(touchpoints)]
    moments = sum(one.moment_of_truth for one in touchpoints)
    if moments:
        found.append(Fact(str(moments), "", ngettext("moment of truth", "moments of truth", moments)))
    if pains:
        grave = sum(pain.severity >= GRAVE for pain in pains)
        words = ngettext("pain", "pains", len(pains))
        if grave:
            words = ngettext("{pains}, {n} severe", "{pains}, {n} severe", grave).format(pains=words, n=grave)
        found.append(Fact(str(len(pains)), "", words))
    over = journey.handovers(document, state.id, moods(document, figures)) if state else []
    if over:
        broken = sum(one.fall is not None and one.fall <= journey.BREAK for one in over)
        words = ngettext("hand-over breaks the mood", "hand-overs break the mood", broken)
        found.append(Fact(str(broken), _("of {n}").format(n=len(over)), words))
    return found


def moods(document: Document, figures: Figures) -> dict[tuple[str, str], float]:
    """What every persona feels at every touchpoint: measured where it is, else assumed."""
    return {**journey.assumed(document), **{key: one.value for key, one in figures.emotion.items()}}


def _journey(figures: Figures) -> Fact | None:
    """The NPS of the journey, else its first figure."""
    known = [figure for figure in figures.journey if figure.value is not None]
    if not known:
        return None
    figure = next((one for one in known if one.kpi == "nps"), known[0])
    words = figure.name
    if figure.target is not None:
        words = _("{name}, target {value}").format(name=words, value=wording.value(_at_target(figure)))
    else:
        words = f"{words}, {wording.answers(figure)}"
    return Fact(wording.value(figure), wording.interval(figure), words)


def _at_target(figure: Figure) -> Figure:
    from msgspec.structs import replace

    return replace(figure, value=figure.target)


def _size(touchpoints: list[Touchpoint]) -> Fact:
    phases = len({one.phase_id for one in touchpoints})
    words = ngettext("touchpoint", "touchpoints", len(touchpoints))
    return Fact(str(len(touchpoints)), "", ngettext("{what} in {n} phase", "{what} in {n} phases", phases).format(
        what=words, n=phases))  # fmt: skip


def goal(document: Document, persona: Persona) -> str:
    """The persona's first goal."""
    traits = document.referring(Trait, "persona_id", persona.id)
    return next((one.text for one in traits if one.kind == "goal"), "")


def data_of(figures: Figures, persona: Persona) -> str:
    """What stands behind a persona: answers like hers, interviews."""
    answers = max((one.n for key, one in figures.emotion.items() if key[0] == persona.id), default=0)
    parts = []
    if answers:
        parts.append(_("n = {n}").format(n=wording.count(answers)))
    if persona.interviews:
        parts.append(
            ngettext("{n} interview", "{n} interviews", persona.interviews).format(n=wording.count(persona.interviews))
        )
    return " · ".join(parts)


def source(document: Document) -> str:
    """The whole map's data in a few words: "1 212 survey answers and 14 interviews"."""
    answers = sum(_used(one) for one in document.all(DataSet))
    interviews = sum(persona.interviews or 0 for persona in document.all(Persona))
    parts = []
    if answers:
        parts.append(ngettext("{n} answer", "{n} answers", answers).format(n=wording.count(answers)))
    if interviews:
        parts.append(ngettext("{n} interview", "{n} interviews", interviews).format(n=wording.count(interviews)))
    return _(" and ").join(parts)


def _used(data_set: DataSet) -> int:
    try:
        used = json.loads(data_set.account or "{}").get("rows_used", 0)
    except (ValueError, AttributeError):
        return 0
    return used if isinstance(used, int) else 0
