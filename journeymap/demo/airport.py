"""The worked example as it is written down: an invented airport, a weekend trip, two passengers (see `model.outline`)."""

from __future__ import annotations

from typing import Any, Final

from journeymap.demo.survey import CITY, OLDER

TITLE: Final = "Weekend flight to Lisbon"
MARA, HEINZ = "Mara", "Heinz"

MAP: Final = {
    "scenario": "Two passengers fly from Haldenau to Lisbon on a Friday afternoon and come back on Sunday: "
    "from the first idea to the last survey mail.",
    "finding": "The mood breaks twice: in the security queue, and when a delay is announced that Heinz cannot hear.",
    "client": "Haldenau Airport",
    "team": "Passenger Experience",
    "owner": "R. Duarte",
    "language": "en",
    "currency": "EUR",
    "example": True,
}

CHANNELS: Final = [
    {"name": "Social", "icon": "social"},
    {"name": "Web", "icon": "web"},
    {"name": "E-mail", "icon": "email"},
    {"name": "App", "icon": "app"},
    {"name": "Train", "icon": "train"},
    {"name": "Signage", "icon": "sign"},
    {"name": "Kiosk", "icon": "kiosk"},
    {"name": "Staff", "icon": "staff"},
    {"name": "Voice", "icon": "voice"},
]

DEPARTMENTS: Final = [
    {"name": "Marketing"},
    {"name": "Digital"},
    {"name": "Rail partner", "external": True},
    {"name": "Terminal"},
    {"name": "Handling"},
    {"name": "Security"},
    {"name": "Airline", "external": True},
    {"name": "Airport LIS", "external": True},
]

PERSONAS: Final = [
    {
        "name": MARA,
        "line": "34, frequent city-breaker",
        "age": 34,
        "avatar": "long-hair",
        "quote": "If I know how long it takes, I don’t mind waiting.",
        "interviews": 8,
        "segment_column": "Traveller",
        "segment_value": CITY,
        "traits": [
            ["goal", "Door to gate in under 70 minutes"],
            ["need", "A number: how long, how far, which door"],
            ["frustration", "Waiting without being told"],
            ["channel", "Phone first; paper never"],
        ],
        "sliders": [["New to flying", "Flies often", 0.9], ["Asks people", "Asks the phone", 0.85]],
    },
    {
        "name": HEINZ,
        "line": "71, travels twice a year, hearing aid",
        "age": 71,
        "avatar": "grey-glasses",
        "quote": "I don’t want help. I want to understand what is going on.",
        "interviews": 6,
        "segment_column": "Traveller",
        "segment_value": OLDER,
        "traits": [
            ["goal", "Never be the one who holds up the queue"],
            ["need", "Time to read, and someone who looks at him when speaking"],
            ["frustration", "Machines that go back to the start"],
            ["channel", "Printed paper, then a person"],
            ["accessibility", "Large type; announcements that can be read"],
        ],
        "sliders": [["New to flying", "Flies often", 0.3], ["Asks people", "Asks the phone", 0.15]],
    },
]

PLAN_AND_BOOK: Final[list[dict[str, Any]]] = [
    {
        "name": "Spot the fare",
        "channel": "Social",
        "department": "Marketing",
        "influence": "shared",
        "initiator": "organisation",
        "thoughts": [MARA, "“Lisbon for 79 euros? Friday could work.”"],
        "front_stage": "Post and fare ad",
        "emotions": {MARA: 1.2, HEINZ: 0.3},
    },
    {
        "name": "Book the trip",
        "channel": "Web",
        "department": "Digital",
        "owner": "T. Weiss",
        "moment_of_truth": True,
        "reach": 1.0,
        "thoughts": [HEINZ, "“Is the suitcase in the price or not?”"],
        "front_stage": "Booking pages",
        "emotions": {MARA: 0.8, HEINZ: 0.1},
        "opportunity": "Full price from the first step",
        "stories": [
            {
                "persona": HEINZ,
                "want": "to see the whole price, suitcase included, before I choose",
                "benefit": "I can compare with the other airport",
                "expectation": "One price, on the first page, that does not change",
            }
        ],
    },
    {
        "name": "Get the e-mail",
        "channel": "E-mail",
        "department": "Digital",
        "initiator": "organisation",
        "reach": 1.0,
        "thoughts": [MARA, "“All in one mail. Good.”"],
        "front_stage": "Booking mail",
        "emotions": {MARA: 1.0, HEINZ: 0.7},
    },
]

GETTING_THERE: Final[list[dict[str, Any]]] = [
    {
        "name": "Plan the way",
        "channel": "App",
        "department": "Digital",
        "reach": 0.8,
        "thoughts": [HEINZ, "“Rather two hours early than one minute late.”"],
        "front_stage": "Departure planner",
        "emotions": {MARA: 0.6, HEINZ: 0.4},
    },
    {
        "name": "Take the train",
        "channel": "Train",
        "department": "Rail partner",
        "influence": "shared",
        "reach": 0.48,
        "thoughts": [MARA, "“No traffic jam. Worth it.”"],
        "front_stage": "Train crew, platform sign",
        "emotions": {MARA: 0.9, HEINZ: 0.3},
    },
    {
        "name": "Find the entrance",
        "channel": "Signage",
        "department": "Terminal",
        "owner": "R. Duarte",
        "reach": 1.0,
        "thoughts": [HEINZ, "“North or Level 0? Both say T1.”"],
        "front_stage": "Wayfinding, info desk",
        "emotions": {MARA: 0.3, HEINZ: -0.2},
        "opportunity": "One name per door",
    },
]

CHECK_IN_AND_SECURITY: Final[list[dict[str, Any]]] = [
    {
        "name": "Check in",
        "channel": "Kiosk",
        "department": "Handling",
        "owner": "S. Lindqvist",
        "reach": 0.7,
        "thoughts": [HEINZ, "“It times out before I have read it.”"],
        "front_stage": "Kiosk, kiosk host",
        "staff": "2.9 / 5\n“I read it out all day.”",
        "emotions": {MARA: [0.9, "40 seconds, done"], HEINZ: -0.2},
        "opportunity": "A kiosk that waits for you",
        "stories": [
            {
                "persona": HEINZ,
                "want": "letters I can read and all the time I need",
                "benefit": "I do not hold up the people behind me",
                "expectation": "The machine waits until I am ready",
            }
        ],
    },
    {
        "name": "Drop the bag",
        "channel": "Staff",
        "department": "Handling",
        "reach": 0.38,
        "thoughts": [HEINZ, "“She looks at me when she speaks.”"],
        "front_stage": "Counter agent",
        "staff": "4.1 / 5\n“Time to talk.”",
        "emotions": {HEINZ: [0.7, "someone who looks at me"]},
    },
    {
        "name": "Queue for security",
        "channel": "Signage",
        "department": "Security",
        "owner": "J. Brandt",
        "moment_of_truth": True,
        "reach": 1.0,
        "thoughts": [MARA, "“Nobody tells us how long.”"],
        "front_stage": "Queue guide, lane signs",
        "staff": "2.4 / 5\n“No number to give.”",
        "emotions": {MARA: [-0.5, "half an hour, no word"], HEINZ: -0.6},
        "opportunity": "Say the wait, before and in the queue",
        "stories": [
            {
                "persona": MARA,
                "want": "to know how long the queue takes before I stand in it",
                "benefit": "I can decide when to leave home",
                "expectation": "A number in minutes that is right within five",
            }
        ],
    },
    {
        "name": "Pass the scanner",
        "channel": "Staff",
        "department": "Security",
        "owner": "J. Brandt",
        "reach": 1.0,
        "thoughts": [HEINZ, "“Belt on, belt off? Every lane differs.”"],
        "front_stage": "Screening officer",
        "staff": "2.7 / 5\n“New rules, no signs.”",
        "emotions": {MARA: -0.1, HEINZ: -0.5},
    },
]

WAIT_AND_BOARD: Final[list[dict[str, Any]]] = [
    {
        "name": "Find gate and food",
        "channel": "Signage",
        "department": "Terminal",
        "reach": 0.9,
        "thoughts": [MARA, "“Coffee, window, breathe.”"],
        "front_stage": "Gate screens, shops",
        "emotions": {MARA: 0.9, HEINZ: 0.2},
    },
    {
        "name": "Hear of the delay",
        "channel": "Voice",
        "department": "Airline",
        "owner": "M. Okafor",
        "influence": "shared",
        "initiator": "organisation",
        "moment_of_truth": True,
        "reach": 0.29,
        "thoughts": [HEINZ, "“Everyone got up. I had heard nothing.”"],
        "front_stage": "Loudspeaker, screens",
        "staff": "2.2 / 5\n“I shout. They miss it.”",
        "emotions": {MARA: -0.5, HEINZ: [-0.7, "had heard nothing"]},
        "opportunity": "Reach every ear: text, buzz, loop",
        "stories": [
            {
                "persona": HEINZ,
                "want": "to read what is announced",
                "benefit": "I need not watch what the others do",
                "expectation": "The message reaches me within a minute, without asking",
            }
        ],
    },
    {
        "name": "Board",
        "channel": "Staff",
        "department": "Handling",
        "reach": 1.0,
        "thoughts": [MARA, "“By rows, at last.”"],
        "front_stage": "Gate agent",
        "staff": "3.6 / 5\n“Rows work.”",
        "emotions": {MARA: 0.6, HEINZ: 0.5},
    },
]

ARRIVE_AND_AFTER: Final[list[dict[str, Any]]] = [
    {
        "name": "Find the metro",
        "channel": "Signage",
        "department": "Airport LIS",
        "influence": "earned",
        "reach": 0.4,
        "thoughts": [MARA, "“Metro in five minutes.”"],
        "front_stage": "Metro signs",
        "emotions": {MARA: 1.3, HEINZ: 0.7},
    },
    {
        "name": "Wait for the bag",
        "channel": "Signage",
        "department": "Handling",
        "owner": "S. Lindqvist",
        "reach": 0.36,
        "thoughts": [HEINZ, "“Which belt? How long?”"],
        "front_stage": "Belt screens",
        "emotions": {HEINZ: 0.1},
        "opportunity": "Promise the first bag",
    },
    {
        "name": "Look back",
        "channel": "E-mail",
        "department": "Marketing",
        "initiator": "organisation",
        "moment_of_truth": True,
        "reach": 1.0,
        "thoughts": [MARA, "“I’d go again. Just a later train.”"],
        "front_stage": "Survey mail",
        "emotions": {MARA: 1.2, HEINZ: 0.6},
    },
]

AIRPORT: Final[dict[str, Any]] = {
    "map": MAP,
    "channels": CHANNELS,
    "departments": DEPARTMENTS,
    "personas": PERSONAS,
    "phases": [
        {
            "name": "Plan & book",
            "goal": "Find a trip that fits the weekend",
            "duration": "6 weeks",
            "touchpoints": PLAN_AND_BOOK,
        },
        {
            "name": "Getting there",
            "goal": "Be at the right door, in time",
            "duration": "70 min",
            "touchpoints": GETTING_THERE,
        },
        {
            "name": "Check-in & security",
            "goal": "Get through without a fright",
            "duration": "58 min",
            "touchpoints": CHECK_IN_AND_SECURITY,
        },
        {
            "name": "Wait & board",
            "goal": "Know what happens next",
            "duration": "95 min",
            "touchpoints": WAIT_AND_BOARD,
        },
        {
            "name": "Arrive & after",
            "goal": "Start the weekend, end it well",
            "duration": "3 days",
            "touchpoints": ARRIVE_AND_AFTER,
        },
    ],
    "bars": {
        "back_stage": [
            ["Spot the fare", "Spot the fare", "Campaign team"],
            ["Book the trip", "Get the e-mail", "Fare and seat desk"],
            ["Take the train", "Take the train", "Train control"],
            ["Check in", "Drop the bag", "Kiosk support"],
            ["Queue for security", "Pass the scanner", "Shift planning"],
            ["Hear of the delay", "Board", "Gate and slot control"],
            ["Wait for the bag", "Wait for the bag", "Baggage crew"],
            ["Look back", "Look back", "Insight team"],
        ],
        "support": [
            ["Spot the fare", "Spot the fare", "Ads"],
            ["Book the trip", "Plan the way", "Booking engine, customer profile"],
            ["Take the train", "Take the train", "Rail data"],
            ["Find the entrance", "Find the entrance", "Sign CMS"],
            ["Check in", "Drop the bag", "Departure control"],
            ["Queue for security", "Pass the scanner", "Queue sensors"],
            ["Find gate and food", "Board", "Flight data (A-CDM)"],
            ["Wait for the bag", "Wait for the bag", "Bag tracking"],
            ["Look back", "Look back", "Survey tool"],
        ],
    },
    "links": [
        {
            "from": "Check in",
            "to": "Queue for security",
            "kind": "branch",
            "label": "Hand baggage only",
            "share": 0.62,
            "persona": MARA,
        },
        {
            "from": "Hear of the delay",
            "to": "Check in",
            "kind": "loop",
            "label": "Rebooked, start again at check-in",
            "share": 0.04,
        },
    ],
    "lanes": {"hidden": ["storyboard"]},
}
