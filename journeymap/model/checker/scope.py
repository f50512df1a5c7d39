"""One actor, one scenario, from the first need to long after the sale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from journeymap.i18n import _, ngettext
from journeymap.model import commands
from journeymap.model.checker.remark import Remark, Sight
from journeymap.model.records import Emotion, Phase

MOST_TOUCHPOINTS: Final = 60
MOST_PERSONAS: Final = 4
MOST_PHASES: Final = 12
"""More than these and nobody reads the map; it wants to be several."""

BEFORE: Final = re.compile(
    r"aware|need|want|consider|research|search|plan|inspir|discover|explor|inform|look|compare|find|before|prepar|trigger"
    r"|interest|decide|choos|evaluat|learn|hear|apply|referr|symptom|attract|"
    r"bedarf|bedürf|wunsch|aufmerk|entdeck|such|überleg|orientier|informier|vergleich|plan|vor |vorher|vorbereit|auslöser"
    r"|interesse|entscheid|auswahl|anlass|bewerb|anbahn|überweis|symptom",
    re.IGNORECASE,
)
AFTER: Final = re.compile(
    r"after|use|using|service|support|help|loyal|renew|recommend|advoc|leav|cancel|return|complain|follow|stay|remember|retain"
    r"|grow|recover|home|review|settle|claim paid|live with|aftercare|keep|"
    r"nach|nutz|betreu|hilfe|treu|bind|verläng|empfehl|verlass|kündig|rückgab|beschwer|bleib|erinner|zuhause|danach|ausbau"
    r"|alltag|weitersag|erhol|abschied|austritt",
    re.IGNORECASE,
)
_AVERAGE: Final = re.compile(r"\d\s?%|\b\d[.,]\d\b|⌀|\baverage\b|\bdurchschnitt", re.IGNORECASE)


def no_persona(seen: Sight) -> Iterator[Remark]:
    """Nobody travels this journey."""
    if not seen.personas:
        yield Remark(
            "no persona",
            _("Nobody travels this journey."),
            _(
                "Without a person whose eyes it is seen through, a journey is a process chart. Add the persona it is about."
            ),
            cure=_("Add a persona"),
            mend=lambda document: commands.add_persona(document, _("New persona")),
        )


def average_persona(seen: Sight) -> Iterator[Remark]:
    """A persona who is a statistic: 55 % female, 1.4 children."""
    for persona in seen.personas:
        if _AVERAGE.search(f"{persona.name} {persona.line}"):
            yield Remark(
                "average persona",
                _("{name} is an average, not a person.").format(name=persona.name or _("The persona")),
                _("Nobody has 1.4 children. Describe one real person; the shares belong to the evidence."),
                (persona.id,),
            )


def no_scenario(seen: Sight) -> Iterator[Remark]:
    """The map does not say which situation it shows."""
    if not seen.map.scenario.strip():
        yield Remark(
            "no scenario",
            _("The map does not say which situation it shows."),
            _("One actor, one scenario: who wants what, under which circumstances? Write it into the scenario."),
            (seen.map.id,),
            "hint",
        )


def everything_in_one(seen: Sight) -> Iterator[Remark]:
    """More than a person can read."""
    document = seen.document
    travelling = [one for one in seen.personas if document.referring(Emotion, "persona_id", one.id)]
    why = _("A map of everything is read by nobody. Make one for each persona and scenario, and link them.")
    if len(seen.touchpoints) > MOST_TOUCHPOINTS:
        many = len(seen.touchpoints)
        text = ngettext("{count} touchpoint on one map.", "{count} touchpoints on one map.", many).format(count=many)
        yield Remark("everything in one map", text, why, (seen.map.id,))
    elif len(seen.phases) > MOST_PHASES:
        many = len(seen.phases)
        text = ngettext("{count} phase on one map.", "{count} phases on one map.", many).format(count=many)
        yield Remark("everything in one map", text, why, (seen.map.id,))
    elif len(travelling) > MOST_PERSONAS:
        text = _("{count} personas travel on one map.").format(count=len(travelling))
        yield Remark("everything in one map", text, why, (travelling[-1].id,))


def no_before_or_after(seen: Sight) -> Iterator[Remark]:
    """The journey begins at the counter, or ends there."""
    if not seen.phases:
        return
    first, last = seen.phases[0], seen.phases[-1]
    if len(seen.phases) < 2 or not BEFORE.search(_told(seen, first)):
        yield Remark(
            "no phase before",
            _("The journey has no phase before the purchase."),
            _(
                "It begins with a need, long before the first meeting. What made this person set out, and where did she look?"
            ),
            (first.id,),
            cure=_("Add a phase at the beginning"),
            mend=lambda document: commands.add_phase(document, _("Awareness"), before_id=first.id),
        )
    if len(seen.phases) < 2 or not AFTER.search(_told(seen, last)):
        yield Remark(
            "no phase after",
            _("The journey has no phase after the purchase."),
            _("Use, service, recommendation and leaving decide whether somebody comes back. Follow her home."),
            (last.id,),
            cure=_("Add a phase at the end"),
            mend=lambda document: commands.add_phase(document, _("Use and service")),
        )


def _told(seen: Sight, phase: Phase) -> str:
    """What a phase says of itself: its name, its goal, its touchpoints."""
    names = [one.name for one in seen.touchpoints if one.phase_id == phase.id]
    return " ".join((phase.name, phase.goal, *names))
