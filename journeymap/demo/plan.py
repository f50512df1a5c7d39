"""What the team of the worked example made of the figures: targets, figures of other sources, pains, actions."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

TARGETS: Final = (
    ("Book the trip", "csat", 65.0),
    ("Book the trip", "conversion", 4.0),
    ("Get the e-mail", "csat", 75.0),
    ("Plan the way", "csat", 58.0),
    ("Take the train", "csat", 50.0),
    ("Find the entrance", "csat", 60.0),
    ("Check in", "ces", 85.0),
    ("Drop the bag", "csat", 78.0),
    ("Queue for security", "csat", 50.0),
    ("Queue for security", "number", 15.0),
    ("Pass the scanner", "csat", 55.0),
    ("Find gate and food", "csat", 60.0),
    ("Hear of the delay", "csat", 50.0),
    ("Hear of the delay", "conversion", 90.0),
    ("Board", "csat", 55.0),
    ("Find the metro", "csat", 75.0),
    ("Wait for the bag", "csat", 50.0),
    ("Wait for the bag", "response_time", 20.0),
    ("Look back", "csat", 65.0),
    (None, "nps", 30.0),
)
"""Touchpoint (None: the journey), KPI, target."""

TYPED: Final = (
    # Shares with Wilson's interval of the counts that the source gives: 1,402 of 41,208 and 110 of 268.
    ("Book the trip", "conversion", "Conversion", 3.40, 3.23, 3.58, 41_208, "%", "Web analytics"),
    ("Hear of the delay", "conversion", "Heard it", 41.0, 35.3, 47.0, 268, "%", "Observed at gates B1–B14"),
    ("Wait for the bag", "response_time", "First bag", 24.0, 22.0, 26.0, 318, "min", "Bag tracking, median"),
)
"""Operational figures from other systems: touchpoint, KPI, name, value, low, high, n, unit, source."""

PERIOD: Final = "Oct 2025 – Sep 2026"


class Hurt(Struct, frozen=True):
    """A pain in the team's words; frequency and evidence are those that the survey proposes at its touchpoint."""

    touchpoint: str
    text: str
    severity: int
    action: str


PAINS: Final = (
    Hurt("Queue for security", "Queue up to 40 min and nobody says how long", 5, "A1"),
    Hurt("Hear of the delay", "Announcement lost in the noise", 5, "A2"),
    Hurt("Check in", "Kiosk: small type, times out after 20 s", 4, "A3"),
    Hurt("Pass the scanner", "Tray rules differ from lane to lane", 3, "A4"),
    Hurt("Find the entrance", "Two entrances share one name", 3, "A5"),
    Hurt("Book the trip", "Bag price appears at the last step", 3, "A6"),
    Hurt("Wait for the bag", "No time for the first bag", 2, "A7"),
)


class Step(Struct, frozen=True):
    """An action of the plan; `expected` is what its KPI should become."""

    key: str
    title: str
    department: str
    owner: str
    start: str
    due: str
    status: str
    effort: int
    impact: int
    cost: float
    kpi: tuple[str, str]  # touchpoint, KPI or name of the figure
    expected: tuple[float, float] | None


STEPS: Final = (
    Step("A1", "Show the live wait in the app and above every lane", "Security", "J. Brandt", "2026-12-01", "2027-02-28",
         "in_progress", 2, 5, 42_000, ("Queue for security", "number"), (20, 25)),
    Step("A2", "Send gate messages as text and vibration; hearing loop at gates B1–B14", "Airline", "M. Okafor",
         "2027-01-01", "2027-03-31", "agreed", 4, 5, 88_000, ("Hear of the delay", "Heard it"), (70, 80)),
    Step("A3", "Kiosk: large-type mode, no time-out", "Handling", "S. Lindqvist", "2026-12-01", "2027-01-31",
         "in_progress", 1, 4, 18_000, ("Check in", "ces"), (80, 85)),
    Step("A4", "One tray rule, shown on a card at every lane", "Security", "J. Brandt", "2026-12-01", "2027-01-15",
         "agreed", 2, 3, 4_000, ("Pass the scanner", "csat"), (32, 40)),
    Step("A5", "One name per entrance, on signs, app and tickets", "Terminal", "R. Duarte", "2027-04-01", "2027-06-30",
         "proposed", 4, 3, 120_000, ("Find the entrance", "csat"), (45, 55)),
    Step("A6", "Show the full price from the first step", "Digital", "T. Weiss", "2027-03-01", "2027-04-30",
         "proposed", 3, 3, 35_000, ("Book the trip", "Conversion"), (3.6, 3.9)),
    Step("A7", "First-bag time on belt screens", "Handling", "S. Lindqvist", "2027-04-01", "2027-05-31",
         "proposed", 2, 2, 9_000, ("Wait for the bag", "csat"), None),
)  # fmt: skip
