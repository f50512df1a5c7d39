"""What the personas feel: a curve that says something, checked against reality, with its moments of truth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from journeymap.i18n import _
from journeymap.model.checker.remark import Remark, Sight
from journeymap.model.records import Emotion

ENOUGH: Final = 5
"""Points of a curve from which it can be flat."""

FLAT: Final = 1.0
"""The least distance between the best and the worst moment, of four."""


def flat(seen: Sight) -> Iterator[Remark]:
    """A curve without peak and trough, or no curve at all."""
    drawn = False
    for persona in seen.personas:
        here = {one.id for one in seen.touchpoints}
        felt = {one.touchpoint_id: one.value for one in seen.document.referring(Emotion, "persona_id", persona.id)}
        felt |= {at: one.value for (who, at), one in seen.figures.emotion.items() if who == persona.id}
        values = [value for at, value in felt.items() if at in here]
        drawn = drawn or bool(values)
        if len(values) >= ENOUGH and max(values) - min(values) < FLAT:
            yield Remark(
                "flat emotion",
                _("Nothing moves {name}: the curve is flat.").format(name=persona.name or _("this persona")),
                _("People remember the peak and the end. Where did it hurt, and where was it better than expected?"),
                (persona.id,),
            )
    if seen.personas and not drawn:
        yield Remark(
            "flat emotion",
            _("Nobody feels anything on this journey."),
            _("Say at each touchpoint how it feels, with + and −. That is what makes it a journey and not a process."),
            (seen.touchpoints[0].id,),
        )


def never_validated(seen: Sight) -> Iterator[Remark]:
    """Moods that were guessed, and no figure from customers beside them."""
    assumed = list(seen.document.all(Emotion))
    if len(assumed) < ENOUGH or seen.map.example or not seen.researched:
        return  # without any research, that is what is said
    heard = bool(seen.figures.emotion) or any(
        figure.value is not None
        for group in (*seen.figures.touchpoint.values(), *seen.figures.phase.values(), seen.figures.journey)
        for figure in group
    )
    if not heard:
        yield Remark(
            "never validated",
            _("Every mood on this map is assumed, and none was ever checked."),
            _("The workshop’s guess is a hypothesis. Ask customers at these touchpoints, and import what they answer."),
            (assumed[0].touchpoint_id,),
        )


def no_moment_of_truth(seen: Sight) -> Iterator[Remark]:
    """Everything is equally important."""
    if not any(one.moment_of_truth for one in seen.touchpoints):
        yield Remark(
            "no moment of truth",
            _("No moment of truth is marked."),
            _("A few moments decide whether somebody comes back. Mark them (Ctrl+M): they count half as much again."),
            level="hint",
        )
