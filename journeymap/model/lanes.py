"""The kinds of lane a map may have: their names, hints, prompts, order and ground.

`Lane.name` and `Lane.hint` stay empty until a person types their own; then `title` and `subtitle` say the
default in the language of the moment. What stands in a lane:

==================  =========================================================================================
kind                content
==================  =========================================================================================
journey             the touchpoints themselves, as cards with channel, number, O/X and moment of truth; links above
channels            one row of dots for each `Channel` in use
thoughts, needs     `Card`s of a persona (`persona_id`), in the customer's words
quotes              `Quote`s: kept from a data set, or written down by hand
stories             `UserStory`s: as whom, what, what for, and what is expected
storyboard          `Attachment`s with `lane_id` that are pictures, each with a caption
emotion             `Emotion`s (assumed) and measured emotion, one curve a persona
arc                 `Touchpoint.tension`, one curve: how much is at stake, whether it feels good or bad
figures             `Figure`s, one chip each
chart               `Figure`s of one KPI (`Lane.kpi`) on one scale: a bar each, or (`Lane.chart`) a line over periods
pains               `PainPoint`s
opportunities       `Opportunity`s
actions             `Action`s, under the touchpoints of the pains that they answer
front_stage, text   `Card`s, plain text in the cell
staff               `Card`s; a first line such as "+1" is how the staff feel (−2 … +2), one such as "2.9 / 5" their own
                    score; the rest are their words
back_stage, support `Card`s, as bars over `span` columns; so are systems and policies, each with its icon
files               `Attachment`s with `lane_id`: files, and links
departments         bars over the touchpoints of one `Department`; hand-overs between them
line_*              a dividing line with its name; no cells
==================  =========================================================================================
"""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _, once
from journeymap.model.records import Lane

JOURNEY: Final = "journey"
CHANNELS: Final = "channels"
THOUGHTS: Final = "thoughts"
NEEDS: Final = "needs"
QUOTES: Final = "quotes"
STORIES: Final = "stories"
STORYBOARD: Final = "storyboard"
EMOTION: Final = "emotion"
ARC: Final = "arc"
FIGURES: Final = "figures"
CHART: Final = "chart"
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
SYSTEMS: Final = "systems"
POLICIES: Final = "policies"
DEPARTMENTS: Final = "departments"
FILES: Final = "files"
TEXT: Final = "text"

KINDS: Final = (
    JOURNEY, CHANNELS, THOUGHTS, NEEDS, QUOTES, STORIES, STORYBOARD, EMOTION, ARC, FIGURES, CHART, PAINS, OPPORTUNITIES, ACTIONS,
    LINE_INTERACTION, FRONT_STAGE, STAFF, LINE_VISIBILITY, BACK_STAGE, LINE_INTERNAL, SUPPORT, SYSTEMS, POLICIES,
    DEPARTMENTS, FILES, TEXT,
)  # fmt: skip
"""Every kind, in the order in which a person would expect them on the page."""

_ON_DEMAND: Final = frozenset({CHANNELS, ARC, CHART, NEEDS, QUOTES, STORIES, ACTIONS, SYSTEMS, POLICIES, FILES, TEXT})
DEFAULT: Final = tuple(kind for kind in KINDS if kind not in _ON_DEMAND)
"""The lanes of a new map. Channel and action already stand on the touchpoint's card and on the pain; the rest is
added when somebody wants it.
"""

LINES: Final = frozenset({LINE_INTERACTION, LINE_VISIBILITY, LINE_INTERNAL})
"""Dividers: a named line, no cells."""

CARDS: Final = frozenset({THOUGHTS, NEEDS, FRONT_STAGE, STAFF, BACK_STAGE, SUPPORT, SYSTEMS, POLICIES, TEXT})
"""Lanes whose cells hold `Card` records."""

PERSONAL: Final = frozenset({THOUGHTS, NEEDS})
"""Card lanes whose cards say whose they are."""

BARS: Final = frozenset({BACK_STAGE, SUPPORT, SYSTEMS, POLICIES})
"""Card lanes drawn as bars over `span` columns."""

ATTACHED: Final = frozenset({STORYBOARD, FILES})
"""Lanes whose cells hold `Attachment` records."""

SEVERAL: Final = CARDS | ATTACHED | {CHART}
"""Kinds of which a map may have more than one; of the others it has one at most."""

TINTS: Final = ("p1", "p2", "p3", "p4", "p5", "p6")
"""What a lane's ground may be coloured with (`Lane.colour`): the tints of the personas."""

_STAGES: Final = {FRONT_STAGE: 1, STAFF: 1, BACK_STAGE: 2, SUPPORT: 3, SYSTEMS: 3, POLICIES: 3}


def stage(kind: str) -> int:
    """The ground of the lane: 0 the customer's sheet, 1 front stage, 2 back stage, 3 support."""
    return _STAGES.get(kind, 0)


def title(lane: Lane) -> str:
    """The lane's own name, or its kind's."""
    return lane.name or name(lane.kind)


def subtitle(lane: Lane) -> str:
    """The lane's own hint, or its kind's."""
    return lane.hint or hint(lane.kind)


@once
def name(kind: str) -> str:
    """What a lane of this kind is called; the kind itself where it is unknown (a newer file)."""
    return {
        JOURNEY: _("Journey"),
        CHANNELS: _("Channels"),
        THOUGHTS: _("Thoughts"),
        NEEDS: _("Needs"),
        QUOTES: _("Customer words"),
        STORIES: _("User stories"),
        STORYBOARD: _("Storyboard"),
        EMOTION: _("Emotion"),
        ARC: _("Dramatic arc"),
        FIGURES: _("Figures"),
        CHART: _("Chart"),
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
        SYSTEMS: _("Systems"),
        POLICIES: _("Policies"),
        DEPARTMENTS: _("Departments"),
        FILES: _("Files and links"),
        TEXT: _("Text"),
    }.get(kind, kind)


@once
def hint(kind: str) -> str:
    """The quiet line under the lane's name; "" where the name says it all."""
    return {
        JOURNEY: _("What they do, and through which channel"),
        CHANNELS: _("Where they meet us"),
        THOUGHTS: _("In their own words"),
        NEEDS: _("What they want to get done"),
        QUOTES: _("Filled mark: from data; hollow: written down"),
        STORIES: _("As whom, what, what for"),
        EMOTION: _("Measured solid, assumed dashed"),
        ARC: _("How much is at stake, 1 … 5"),
        FIGURES: _("95 % interval, answers, trend, target"),
        PAINS: _("Severity, frequency, action"),
        ACTIONS: _("Status, owner, due"),
        STAFF: _("How it is for those who serve"),
        DEPARTMENTS: _("Drop at hand-over"),
    }.get(kind, "")


@once
def prompt(kind: str) -> str:
    """What an empty lane invites a person to do; "" for lines."""
    return {
        JOURNEY: _("Type the first thing the customer does, or press Enter"),
        CHANNELS: _("Give touchpoints a channel"),
        THOUGHTS: _("Write down what customers think"),
        NEEDS: _("What do they need here?"),
        QUOTES: _("Write down what a customer said, or keep a quote from the data"),
        STORIES: _("I want … so that …"),
        STORYBOARD: _("Drop pictures here, or press Enter"),
        EMOTION: _("Press + or − on a touchpoint to say how it feels"),
        ARC: _("Press 1 … 5 on a touchpoint: from calm to gripping"),
        FIGURES: _("Import a survey, or type one in: CSAT 71 n 240"),
        CHART: _("Import a survey, or type one in: CSAT 71 n 240"),
        PAINS: _("What hurts here?"),
        OPPORTUNITIES: _("What could be better?"),
        ACTIONS: _("Answer a pain with an action"),
        FRONT_STAGE: _("What does the customer see of us?"),
        STAFF: _("How is it for the people who serve?"),
        BACK_STAGE: _("Who works behind the scenes?"),
        SUPPORT: _("What keeps this running?"),
        SYSTEMS: _("Which systems carry this?"),
        POLICIES: _("Which rules apply here?"),
        DEPARTMENTS: _("Give touchpoints an owner"),
        FILES: _("Drop files here, or paste a link"),
        TEXT: _("Type here"),
    }.get(kind, "")


@once
def purpose(kind: str) -> str:
    """One line that says what a lane of this kind is for, where one is chosen; "" for an unknown kind."""
    return {
        JOURNEY: _("What the customer does, step by step"),
        CHANNELS: _("Where customers meet us: a row of dots for each channel"),
        THOUGHTS: _("What goes through their heads, persona by persona"),
        NEEDS: _("What they need to get done here"),
        QUOTES: _("What customers really said, from data or by hand"),
        STORIES: _("As a persona I want … so that …, and what is expected"),
        STORYBOARD: _("Pictures: photographs, sketches, screens"),
        EMOTION: _("How it feels: a curve for each persona"),
        ARC: _("How gripping it is, whether it feels good or bad"),
        FIGURES: _("What is measured: value, interval, answers, target"),
        CHART: _("One figure along the journey: bars, or lines over periods"),
        PAINS: _("What hurts, how badly, how often"),
        OPPORTUNITIES: _("What could be better, before anyone decides how"),
        ACTIONS: _("What will be done about it"),
        LINE_INTERACTION: _("Below it: what the customer meets of us"),
        FRONT_STAGE: _("What the customer sees of us"),
        STAFF: _("Employee experience: how it is for those who serve, −2 to +2 and in words"),
        LINE_VISIBILITY: _("Below it: what the customer does not see"),
        BACK_STAGE: _("Who works behind the scenes"),
        LINE_INTERNAL: _("Below it: what supports those who serve"),
        SUPPORT: _("Processes that keep it running"),
        SYSTEMS: _("Software and machines that carry it"),
        POLICIES: _("Rules, laws and agreements that apply"),
        DEPARTMENTS: _("Who owns the touchpoint, and where it is handed over"),
        FILES: _("Documents and links beside the journey"),
        TEXT: _("Anything else, in words"),
    }.get(kind, "")


def icon(kind: str) -> str:
    """The icon of a kind where lanes are chosen."""
    return {
        JOURNEY: "card", CHANNELS: "phone", THOUGHTS: "chat", NEEDS: "target", QUOTES: "quotes", STORIES: "user",
        STORYBOARD: "image", EMOTION: "curve", ARC: "lightning", FIGURES: "gauge", CHART: "table", PAINS: "warning", OPPORTUNITIES: "star",
        ACTIONS: "check", FRONT_STAGE: "shop", STAFF: "staff", BACK_STAGE: "people", SUPPORT: "refresh",
        SYSTEMS: "gear", POLICIES: "shield", DEPARTMENTS: "handover", FILES: "link", TEXT: "note",
    }.get(kind, "lane")  # fmt: skip


def groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The kinds by what they speak of, with the title of each group: for menus."""
    return (
        (_("The customer"), (JOURNEY, CHANNELS, THOUGHTS, NEEDS, QUOTES, STORIES, STORYBOARD, EMOTION, ARC)),
        (_("What follows from it"), (FIGURES, CHART, PAINS, OPPORTUNITIES, ACTIONS)),
        (
            _("The organisation"),
            (
                LINE_INTERACTION, FRONT_STAGE, STAFF, LINE_VISIBILITY, BACK_STAGE, LINE_INTERNAL, SUPPORT, SYSTEMS,
                POLICIES, DEPARTMENTS,
            ),
        ),
        (_("Anything else"), (FILES, TEXT)),
    )  # fmt: skip
