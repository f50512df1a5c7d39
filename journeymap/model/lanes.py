"""The kinds of lane a map may have: their names, hints, prompts, order and ground.

`Lane.name` and `Lane.hint` stay empty until a person types their own; then `title` and `subtitle` say the
default in the language of the moment. What stands in a lane:

==================  =========================================================================================
kind                content
==================  =========================================================================================
journey             the touchpoints themselves, as cards with channel, number, O/X and moment of truth; links above
channels            one row of dots for each `Channel` in use
thoughts            `Card`s of a persona (`persona_id`), in the customer's words
storyboard          `Attachment`s with `lane_id`
emotion             `Emotion`s (assumed) and measured emotion, one curve a persona
figures             `Figure`s, one chip each
pains               `PainPoint`s
opportunities       `Opportunity`s
actions             `Action`s, under the touchpoints of the pains that they answer
front_stage, text   `Card`s, plain text in the cell
staff               `Card`s; a first line such as "2.9 / 5" is the staff's own score, the rest their words
back_stage, support `Card`s, as bars over `span` columns
departments         bars over the touchpoints of one `Department`; hand-overs between them
line_*              a dividing line with its name; no cells
==================  =========================================================================================
"""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _
from journeymap.model.records import Lane

JOURNEY: Final = "journey"
CHANNELS: Final = "channels"
THOUGHTS: Final = "thoughts"
STORYBOARD: Final = "storyboard"
EMOTION: Final = "emotion"
FIGURES: Final = "figures"
PAINS: Final = "pains"
OPPORTUNITIES: Final = "opportunities"
ACTIONS: Final = "actions"
LINE_INTERACTION: Final = "line_interaction"
FRONT_STAGE: Final = "front_stage"
STAFF: Final = "staff"
LINE_VISIBILITY: Final = "line_visibility"
BACK_STAGE: Final = "back_stage"
LINE_INTERNAL: Final = "line_internal"
SUPPORT: Final = "support"
DEPARTMENTS: Final = "departments"
TEXT: Final = "text"

KINDS: Final = (
    JOURNEY, CHANNELS, THOUGHTS, STORYBOARD, EMOTION, FIGURES, PAINS, OPPORTUNITIES, ACTIONS, LINE_INTERACTION,
    FRONT_STAGE, STAFF, LINE_VISIBILITY, BACK_STAGE, LINE_INTERNAL, SUPPORT, DEPARTMENTS, TEXT,
)  # fmt: skip
"""Every kind, in the order in which a person would expect them on the page."""

DEFAULT: Final = tuple(kind for kind in KINDS if kind not in {CHANNELS, ACTIONS, TEXT})
"""The lanes of a new map. Channel and action already stand on the touchpoint's card and on the pain."""

LINES: Final = frozenset({LINE_INTERACTION, LINE_VISIBILITY, LINE_INTERNAL})
"""Dividers: a named line, no cells."""

CARDS: Final = frozenset({THOUGHTS, FRONT_STAGE, STAFF, BACK_STAGE, SUPPORT, TEXT})
"""Lanes whose cells hold `Card` records."""

BARS: Final = frozenset({BACK_STAGE, SUPPORT})
"""Card lanes drawn as bars over `span` columns."""

SEVERAL: Final = frozenset({THOUGHTS, STORYBOARD, FRONT_STAGE, STAFF, BACK_STAGE, SUPPORT, TEXT})
"""Kinds of which a map may have more than one; of the others it has one at most."""

_STAGES: Final = {FRONT_STAGE: 1, STAFF: 1, BACK_STAGE: 2, SUPPORT: 3}


def stage(kind: str) -> int:
    """The ground of the lane: 0 the customer's sheet, 1 front stage, 2 back stage, 3 support."""
    return _STAGES.get(kind, 0)


def title(lane: Lane) -> str:
    """The lane's own name, or its kind's."""
    return lane.name or name(lane.kind)


def subtitle(lane: Lane) -> str:
    """The lane's own hint, or its kind's."""
    return lane.hint or hint(lane.kind)


def name(kind: str) -> str:
    """What a lane of this kind is called; the kind itself where it is unknown (a newer file)."""
    return {
        JOURNEY: _("Journey"),
        CHANNELS: _("Channels"),
        THOUGHTS: _("Thoughts"),
        STORYBOARD: _("Storyboard"),
        EMOTION: _("Emotion"),
        FIGURES: _("Figures"),
        PAINS: _("Pains"),
        OPPORTUNITIES: _("Opportunities"),
        ACTIONS: _("Actions"),
        LINE_INTERACTION: _("Line of interaction"),
        FRONT_STAGE: _("Front stage"),
        STAFF: _("Staff"),
        LINE_VISIBILITY: _("Line of visibility"),
        BACK_STAGE: _("Back stage"),
        LINE_INTERNAL: _("Internal interaction"),
        SUPPORT: _("Support"),
        DEPARTMENTS: _("Departments"),
        TEXT: _("Text"),
    }.get(kind, kind)


def hint(kind: str) -> str:
    """The quiet line under the lane's name; "" where the name says it all."""
    return {
        JOURNEY: _("What they do, and through which channel"),
        CHANNELS: _("Where they meet us"),
        THOUGHTS: _("In their own words"),
        EMOTION: _("Measured solid, assumed dashed"),
        FIGURES: _("95 % interval, answers, trend, target"),
        PAINS: _("Severity, frequency, action"),
        ACTIONS: _("Status, owner, due"),
        STAFF: _("How it is for those who serve"),
        DEPARTMENTS: _("Drop at hand-over"),
    }.get(kind, "")


def prompt(kind: str) -> str:
    """What an empty lane invites a person to do; "" for lines."""
    return {
        JOURNEY: _("Type the first thing the customer does, or press Enter"),
        CHANNELS: _("Give touchpoints a channel"),
        THOUGHTS: _("Write down what customers say"),
        STORYBOARD: _("Drop pictures here, or press Enter"),
        EMOTION: _("Press + or − on a touchpoint to say how it feels"),
        FIGURES: _("Import a survey, or type in a figure"),
        PAINS: _("What hurts here?"),
        OPPORTUNITIES: _("What could be better?"),
        ACTIONS: _("Answer a pain with an action"),
        FRONT_STAGE: _("What does the customer see of us?"),
        STAFF: _("How is it for the people who serve?"),
        BACK_STAGE: _("Who works behind the scenes?"),
        SUPPORT: _("Which systems carry this?"),
        DEPARTMENTS: _("Give touchpoints an owner"),
        TEXT: _("Type here"),
    }.get(kind, "")
