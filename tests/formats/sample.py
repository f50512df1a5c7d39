"""Maps to print: a full one, and one of any size. All invented."""

from __future__ import annotations

from journeymap.model import lanes
from journeymap.model.document import Document
from journeymap.model.figures import Figures, figures
from journeymap.model.records import (
    Action,
    Answer,
    Card,
    Channel,
    Department,
    Emotion,
    KpiTarget,
    Lane,
    Link,
    Map,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Record,
    State,
    Touchpoint,
    Trait,
    TypedKpi,
)

PHASES = [
    (
        "Find a bicycle",
        "See what there is, and what it costs",
        "2 days",
        ["Ask friends", "Compare shops", "Reserve online"],
    ),
    ("Fetch it", "Ride off within ten minutes", "1 hour", ["Find the shop", "Sign the papers", "Have it adjusted"]),
    (
        "Ride",
        "Enjoy the trip, whatever happens",
        "3 days",
        ["Ride along the river", "Mend a flat tyre", "Ask for help"],
    ),
    ("Bring it back", "Pay what was agreed", "30 min", ["Return after hours", "Pay the bill", "Look back"]),
]
PAINS = [  # place, text, severity, frequency, n, evidence
    (
        8,
        "Nobody answers when the tyre is flat",
        5,
        0.31,
        412,
        "31 % of 412 riders waited longer than an hour for help; the target is 10 %.",
    ),
    (
        4,
        "The papers take longer than the ride to the lake",
        4,
        0.22,
        655,
        "22 % of 655 answers are 1 or 2 of 5; the rest of the shop stands at 6 %.",
    ),
    (
        9,
        "The key box is not where the message says",
        3,
        0.12,
        190,
        "23 of 190 late returns were photographed at the wrong door.",
    ),
    (2, "The price grows at the last step", 3, None, None, "Said in 4 of 14 interviews."),
    (10, "Deposit comes back after weeks", 2, 0.06, 655, ""),
]
ACTIONS = [  # title, department, owner, due, start, status, effort, impact, cost, kpi, place, low, high, pains
    ("Put a repair line behind the number on the frame", 2, "J. Brandt", "2027-02-28", "2026-12-01", "in_progress", 2, None, 60000.0, "csat", 8, 70.0, 80.0, [0]),
    ("Sign on the phone before coming, with the same words as on paper", 0, "M. Okafor", "2027-03-31", "2027-01-10", "agreed", 3, 4, 48000.0, "csat", 4, 75.0, 82.0, [1]),
    ("Move the key box to the door with the lamp", 1, "S. Lind", "2027-01-15", "2026-12-15", "done", 1, 3, 900.0, "", None, None, None, [2]),
    ("Show the full price from the first step", 0, "", "", "", "proposed", None, None, None, "", None, None, None, []),
]  # fmt: skip


def sample(**changes: object) -> Document:
    """Twelve touchpoints in four phases, two personas, two lines of a blueprint, pains, actions, figures."""
    return Document(records(**changes))


def records(**changes: object) -> list[Record]:
    """The records of `sample`; `changes` are fields of the Map."""
    values = {
        "title": "A weekend on a rented bicycle", "client": "Velo Station", "team": "Customer experience",
        "finding": "The mood breaks when something breaks, and at the desk before the ride begins.",
        "scenario": "Two people rent bicycles for a long weekend",
    }  # fmt: skip
    found: list[Record] = [
        Map("map", **{**values, **changes}),  # type: ignore[arg-type]
        State("state", "a0", "As-is"),
        Department("d0", "a0", "Booking"), Department("d1", "a1", "Shop"), Department("d2", "a2", "Roadside partner", external=True),
        Channel("c0", "a0", "Web", "web"), Channel("c1", "a1", "Staff", "staff"), Channel("c2", "a2", "Phone", "phone"),
        Persona("p0", "a0", "Ines", "29, rides on Sundays", 29, "“If it rolls, I am happy.”".strip("“”"), 1, "woman-1", interviews=8),
        Persona("p1", "a1", "Otto", "67, first trip since years", 67, "I want to know whom to call.", 2, "man-2", interviews=6),
        Trait("g0", "p0", "a0", "goal", "On the road before nine"), Trait("g1", "p1", "a0", "goal", "Never be stranded"),
    ]  # fmt: skip
    found += [Lane(f"lane-{kind}", f"a{i:02}", kind) for i, kind in enumerate(lanes.DEFAULT)]
    return [*found, *_journey(), *_plan()]


def _journey() -> list[Record]:
    found: list[Record] = []
    i = 0
    moods = [0.8, 0.9, -0.2, 0.4, -1.1, 0.9, 1.8, -1.7, -0.9, -0.4, 0.2, 0.9]
    for p, (name, goal, duration, steps) in enumerate(PHASES):
        found.append(Phase(f"f{p}", "state", f"a{p}", name, goal, duration))
        for s, step in enumerate(steps):
            found.append(
                Touchpoint(
                    f"t{i}", f"f{p}", f"a{s}", step, channel_id=f"c{i % 3}", department_id=f"d{p % 3}",
                    moment_of_truth=i in {4, 7}, reach=1.0 if i != 7 else 0.3,
                )
            )  # fmt: skip
            found.append(Emotion(f"e0-{i}", "p0", f"t{i}", moods[i], "the wind, the river" if i == 6 else ""))
            found.append(
                Emotion(f"e1-{i}", "p1", f"t{i}", max(-2.0, moods[i] - 0.4), "nobody picks up" if i == 7 else "")
            )
            if i % 2 == 0:
                words = f"“{step}? I thought that would be easier.”"
                found.append(Card(f"k-th-{i}", "lane-thoughts", f"t{i}", "a0", words, persona_id=f"p{i // 2 % 2}"))
            found.append(Card(f"k-fs-{i}", "lane-front_stage", f"t{i}", "a0", f"Sign {i + 1}, desk"))
            i += 1
    found += [
        Card("k-bs-0", "lane-back_stage", "t0", "a0", "Fleet planning", 3), Card("k-bs-1", "lane-back_stage", "t4", "a0", "Workshop", 2),
        Card("k-su-0", "lane-support", "t2", "a0", "Reservation system", 4),
        Link("l0", "t4", "t2", "loop", "Wrong size: choose again", 0.05), Link("l1", "t6", "t9", "branch", "No trouble", 0.7, "p0"),
        TypedKpi("y0", "t4", None, "a0", "csat", "CSAT", 54.0, 50.2, 57.8, 655, "%", "2026"), KpiTarget("x0", "t4", None, "csat", 75.0),
        TypedKpi("y1", "t8", None, "a0", "csat", "CSAT", 41.0, 36.0, 46.0, 412, "%", "2026"), KpiTarget("x1", "t8", None, "csat", 70.0),
        TypedKpi("y2", None, None, "a0", "nps", "NPS", 15.0, 10.0, 20.0, 912, "points", "2026"), KpiTarget("x2", None, None, "nps", 30.0),
        TypedKpi("y3", "t10", None, "a0", "ces", "CES", 91.0, 89.0, 93.0, 604, "%", "2026"), KpiTarget("x3", "t10", None, "ces", 80.0),
    ]  # fmt: skip
    return found


def _plan() -> list[Record]:
    found: list[Record] = []
    for i, (place, text, severity, frequency, n, evidence) in enumerate(PAINS):
        low = frequency and max(0.0, frequency - 0.03)
        high = frequency and frequency + 0.03
        found.append(
            PainPoint(f"pain{i}", f"t{place}", f"a{i}", i + 1, text, severity, frequency, low, high, n, evidence)
        )
    found.append(Opportunity("o0", "t8", "a0", "A number that is answered in a minute"))
    for i, (title, dep, owner, due, start, status, effort, impact, cost, kpi, place, low, high, pains) in enumerate(
        ACTIONS
    ):
        found.append(
            Action(
                f"act{i}", f"a{i}", i + 1, title, owner, f"d{dep}", None, start, due, status, effort, impact, cost, kpi,
                f"t{place}" if place is not None else None, low, high,
            )
        )  # fmt: skip
        found += [Answer(f"ans{i}-{pain}", f"act{i}", f"pain{pain}") for pain in pains]
    return found


def large(touchpoints: int = 100) -> Document:
    """Eight lanes with something in every cell."""
    kinds = ["journey", "thoughts", "emotion", "pains", "opportunities", "front_stage", "back_stage", "departments"]
    found: list[Record] = [
        Map("map", title="A long journey", client="Test", finding="Where it hurts."),
        State("state", "a0", "As-is"),
        Persona("p0", "a0", "Ines", "29", hue=1), Persona("p1", "a1", "Otto", "67", hue=2),
        *(Department(f"d{i}", f"a{i}", f"Department {i}") for i in range(4)),
        *(Lane(f"lane-{kind}", f"a{i:02}", kind) for i, kind in enumerate(kinds)),
    ]  # fmt: skip
    for i in range(touchpoints):
        phase = i // 10
        if i % 10 == 0:
            found.append(Phase(f"f{phase:03}", "state", f"a{phase:03}", f"Phase number {phase + 1}", "Get on with it"))
        found += [
            Touchpoint(f"t{i}", f"f{phase:03}", f"a{i % 10}", f"Touchpoint {i + 1} with a name", department_id=f"d{i // 3 % 4}"),
            Emotion(f"e0-{i}", "p0", f"t{i}", (i * 7 % 40) / 10 - 2), Emotion(f"e1-{i}", "p1", f"t{i}", (i * 11 % 40) / 10 - 2),
            Card(f"th{i}", "lane-thoughts", f"t{i}", "a0", f"“What is this, number {i}, and why?”", persona_id="p0"),
            Card(f"fs{i}", "lane-front_stage", f"t{i}", "a0", f"Sign number {i} at the door"),
            Card(f"bs{i}", "lane-back_stage", f"t{i}", "a0", f"Team {i}"),
            PainPoint(f"pain{i}", f"t{i}", f"a{i:04}", i + 1, f"Pain of touchpoint number {i}", i % 5 + 1, 0.1, 0.08, 0.12, 300),
            Opportunity(f"o{i}", f"t{i}", f"a{i:04}", f"Chance number {i}"),
        ]  # fmt: skip
    return Document(found)


def figures_of(document: Document) -> Figures:
    """The figures that were typed in; these maps have no data sets."""
    return figures(document, _no_cube)


def _no_cube(data_set_id: str) -> object:
    raise KeyError(data_set_id)
