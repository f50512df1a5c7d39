"""Maps for the layout's properties: random in size, content and language, with figures; and random edits to them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from msgspec.structs import replace

from journeymap.model import commands, lanes, order
from journeymap.model.change import Change, adding, merged, updating
from journeymap.model.document import Document
from journeymap.model.emotion import MeasuredEmotion
from journeymap.model.figures import Figures
from journeymap.model.measured import Figure
from journeymap.model.records import (
    Action,
    Answer,
    Attachment,
    Card,
    Channel,
    Department,
    Emotion,
    Lane,
    Link,
    Map,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Record,
    State,
    Touchpoint,
    UserStory,
)

SHORT = ("Pay", "Ask", "Öl", "Go on", "Wait", "Да", "Όχι", "予約", "OK 👍", "x", "")
WORDS = (
    "the queue moves slowly past the desk and nobody says why", "Datenschutzgrundverordnungsbeauftragter im Rechnungswesen",
    "Kundenzufriedenheitsbefragung, Wiederbeschaffungswert", "Ожидание багажа без объявления и без персонала",
    "Περιμένω στην ουρά χωρίς καμία ενημέρωση", "荷物を待っていますが、案内が何もありません。", "请在自助机上办理登机手续",
    "self-service/check-in, e-mail, phone", "Supercalifragilisticexpialidocious", "naïve façade, cœur, Ærøskøbing, Łódź",
    "emoji 😀 and 👩‍👩‍👧 in a text", "two\nlines", "W" * 40,
)  # fmt: skip
CARD_LANES = tuple(kind for kind in lanes.KINDS if kind in lanes.CARDS)


def words(rnd: Random) -> str:
    """A text, short or long, in any script."""
    if rnd.random() < 0.4:
        return rnd.choice(SHORT)
    return " ".join(rnd.choice(WORDS) for _ in range(rnd.choice((1, 1, 1, 2, 4))))


def keys(count: int) -> list[str]:
    """Order keys."""
    return order.several(None, None, count) if count else []


def random_map(seed: int, columns: int, kinds: tuple[str, ...] = lanes.KINDS, *, dense: float = 0.5) -> list[Record]:
    """Records of a map with `columns` touchpoints and every kind of thing on them."""
    rnd, tall = Random(seed), Random(seed + 1)
    made: list[Record] = [Map("map", "Trial"), State("state", "a0")]
    made += [
        Lane(f"lane-{kind}", key, kind, folded=rnd.random() < 0.05, height=500 * (tall.random() < 0.3))
        for kind, key in zip(kinds, keys(len(kinds)), strict=True)
    ]
    people = rnd.randint(1, 4)
    made += [Persona(f"persona{i}", key, words(rnd), hue=i % 6 + 1) for i, key in enumerate(keys(people))]
    made += [Channel(f"channel{i}", key, words(rnd), "web") for i, key in enumerate(keys(3))]
    made += [Department(f"department{i}", key, words(rnd), external=i == 1) for i, key in enumerate(keys(4))]
    phases = rnd.randint(1, max(1, columns // 3))
    made += [
        Phase(f"phase{i}", "state", key, words(rnd), words(rnd), rnd.choice(("", "3 days", words(rnd))))
        for i, key in enumerate(keys(phases))
    ]
    for i, key in enumerate(keys(columns)):
        made += _touchpoint(rnd, i, key, f"phase{min(phases - 1, i * phases // columns)}", dense, people)
    for i in range(columns // 4):
        ends = rnd.randrange(columns), rnd.randrange(columns)
        kind = rnd.choice(("branch", "loop", "switch"))
        made.append(
            Link(f"link{i}", f"t{ends[0]}", f"t{ends[1]}", kind, words(rnd)[:60], rnd.choice((None, 0.3)), "persona0")
        )
    return made


def to_be(seed: int, made: list[Record]) -> list[Record]:
    """The records of a map with a second state, some of whose touchpoints stand for those of the first."""
    rnd = Random(seed)
    before = [one.id for one in made if isinstance(one, Touchpoint)]
    people = [one.id for one in made if isinstance(one, Persona)]
    found: list[Record] = [State("later", "a1", "To-be", "to_be"), Phase("after", "later", "a0", "After")]
    for i, key in enumerate(keys(rnd.randint(1, max(1, len(before))))):
        found.append(Touchpoint(f"n{i}", "after", key, words(rnd), counterpart_id=rnd.choice([None, *before])))
        found += [Emotion(f"aim{i}-{who}", who, f"n{i}", rnd.uniform(-2, 2)) for who in people if rnd.random() < 0.6]
    return [*made, *found]


def _touchpoint(rnd: Random, i: int, key: str, phase: str, dense: float, people: int) -> list[Record]:
    at = f"t{i}"
    department, channel = (
        rnd.choice((None, f"department{rnd.randrange(4)}")),
        rnd.choice((None, f"channel{rnd.randrange(3)}")),
    )
    found: list[Record] = [
        Touchpoint(
            at,
            phase,
            key,
            words(rnd),
            channel_id=channel,
            department_id=department,
            moment_of_truth=rnd.random() < 0.2,
            tension=rnd.choice((None, 1.0, 2.5, 5.0)),
        )
    ]
    for kind in CARD_LANES:
        for n in range(rnd.choice((1, 1, 2)) if rnd.random() < dense else 0):
            who = "persona0" if kind in lanes.PERSONAL and rnd.random() < 0.7 else None
            found.append(
                Card(f"{kind}-{i}-{n}", f"lane-{kind}", at, f"a{n}", words(rnd), rnd.choice((1, 1, 2, 3)), who)
            )
    found += [
        Emotion(
            f"feel{i}-{n}", f"persona{n}", at, round(rnd.uniform(-2, 2), 1), words(rnd) if rnd.random() < 0.2 else ""
        )
        for n in range(people)
        if rnd.random() < dense + 0.2
    ]
    if rnd.random() < dense:
        found += [
            PainPoint(f"pain{i}-{n}", at, f"a{n}", i * 2 + n, words(rnd), rnd.randint(1, 5), rnd.choice((None, 0.31)))
            for n in range(rnd.choice((1, 1, 2)))
        ]
        found.append(Action(f"action{i}", key, i, words(rnd), words(rnd)[:20], due="2027-02-28", status="agreed"))
        found.append(Answer(f"answer{i}", f"action{i}", f"pain{i}-0"))
    if rnd.random() < dense / 2:
        found.append(Opportunity(f"chance{i}", at, "a0", words(rnd)))
    if rnd.random() < 0.05:
        found.append(Attachment(f"image{i}", at, "lane-storyboard", "a0", words(rnd), "image/png", "0" * 64))
    if rnd.random() < dense / 3:
        found.append(Quote(f"quote{i}", at, None, rnd.choice((None, "persona0")), "a0", words(rnd), words(rnd)[:30]))
        story = words(rnd), words(rnd), rnd.choice(("", words(rnd)))
        found.append(UserStory(f"story{i}", at, rnd.choice((None, "persona0")), "a0", *story))
        found.append(Attachment(f"link{i}-file", at, "lane-files", "a0", words(rnd), url="https://example.org/a/b"))
        found.append(Attachment(f"file{i}", at, "lane-files", "a1", "Report.pdf", "application/pdf", "1" * 64))
    return found


def some_figures(document: Document, seed: int, *, dense: float = 0.5) -> Figures:
    """Figures and measured emotions on the touchpoints of a map."""
    rnd = Random(seed)
    figures: dict[str, tuple[Figure, ...]] = {}
    felt: dict[tuple[str, str], MeasuredEmotion] = {}
    for touchpoint in document.all(Touchpoint):
        if rnd.random() < dense:
            figures[touchpoint.id] = tuple(_figure(rnd, touchpoint.id, n) for n in range(rnd.choice((1, 1, 2))))
        for persona in document.all(Persona):
            if rnd.random() < dense:
                value = rnd.uniform(-2, 2)
                ends = rnd.choice(((value - 0.2, value + 0.3), (None, None)))
                felt[persona.id, touchpoint.id] = MeasuredEmotion(
                    persona.id, touchpoint.id, value, *ends, rnd.randint(5, 900), "csat"
                )
    phases = {one.id: (_figure(rnd, one.id, 0),) for one in document.all(Phase) if rnd.random() < dense / 2}
    return Figures(touchpoint=figures, phase=phases, emotion=felt)


def _figure(rnd: Random, touchpoint: str, n: int) -> Figure:
    kpi, statistic, unit = rnd.choice(
        (("nps", "nps", "points"), ("csat", "share", "%"), ("rating", "mean", ""), ("number", "median", "min"))
    )
    value = rnd.choice((None, rnd.uniform(-90, 4000)))
    ends = (None, None) if value is None else (value - rnd.uniform(0, 30), value + rnd.uniform(0, 30))
    return Figure(
        kpi, rnd.choice(("CSAT", "Waiting time in the queue", "窓口")), statistic, value, *ends, rnd.choice((None, 12, 4321)),
        unit=unit, touchpoint_id=touchpoint, target=rnd.choice((None, 12.0)), status=rnd.choice(("met", "open", "missed", "none")),
        spark=tuple(rnd.choice((None, rnd.random())) for _ in range(rnd.randint(0, 6))), measure_id=f"m-{touchpoint}-{n}",
        note="hidden, fewer than 5",
    )  # fmt: skip


# ---------------------------------------------------------------- edits


def random_change(document: Document, rnd: Random) -> Change:
    """Something that a person might do to the map."""
    return rnd.choice(_EDITS)(document, rnd) or Change()


def _some(document: Document, rnd: Random, kind: type[Any]) -> Any:
    found = document.all(kind)
    return rnd.choice(found) if found else None


def _set(record: Record, field: str, value: Any) -> Change:
    before = getattr(record, field)
    return Change("edit", updated={record.id: {field: (before, value)}} if before != value else {})


def _text(document: Document, rnd: Random) -> Change | None:
    kind, field = rnd.choice(
        ((Touchpoint, "name"), (Card, "text"), (PainPoint, "text"), (Opportunity, "text"), (Phase, "name"), (Phase, "goal"),
         (Channel, "name"), (Department, "name"), (Persona, "name"), (Action, "title"), (Link, "label"), (Emotion, "note"),
         (Lane, "name"), (Lane, "hint"), (Quote, "text"), (UserStory, "want"), (Attachment, "name"))
    )  # fmt: skip
    record = _some(document, rnd, kind)
    return _set(record, field, words(rnd)) if record else None


def _value(document: Document, rnd: Random) -> Change | None:
    kind, field, value = rnd.choice(
        ((Emotion, "value", rnd.uniform(-2, 2)), (PainPoint, "severity", rnd.randint(1, 5)), (Card, "span", rnd.randint(1, 4)),
         (Touchpoint, "moment_of_truth", rnd.random() < 0.5), (Touchpoint, "department_id", f"department{rnd.randrange(4)}"),
         (Touchpoint, "channel_id", None), (Touchpoint, "tension", rnd.choice((None, 1.0, 4.5))), (Lane, "kpi", "nps"),
         (Lane, "chart", rnd.choice(("", "trend"))), (Lane, "folded", rnd.random() < 0.3), (Lane, "hidden", rnd.random() < 0.3),
         (Persona, "hidden", rnd.random() < 0.3), (Persona, "hue", rnd.randint(1, 6)), (Action, "number", rnd.randint(1, 99)),
         (Link, "kind", "loop"), (Department, "external", rnd.random() < 0.5), (PainPoint, "number", rnd.randint(1, 99)))
    )  # fmt: skip
    record = _some(document, rnd, kind)
    if record is None or (field == "department_id" and value not in document):
        return None
    return _set(record, field, value)


def _move(document: Document, rnd: Random) -> Change | None:
    touchpoint, phase = _some(document, rnd, Touchpoint), _some(document, rnd, Phase)
    if touchpoint is None or phase is None:
        return None
    inside = [one.id for one in document.referring(Touchpoint, "phase_id", phase.id) if one.id != touchpoint.id]
    return commands.move_touchpoint(document, touchpoint.id, phase.id, rnd.choice([None, *inside]))


def _hang_elsewhere(document: Document, rnd: Random) -> Change | None:
    record, touchpoint = (
        _some(document, rnd, rnd.choice((Card, PainPoint, Opportunity, Quote, UserStory, Attachment))),
        _some(document, rnd, Touchpoint),
    )
    return updating("move", record, touchpoint_id=touchpoint.id) if record and touchpoint else None


def _add(document: Document, rnd: Random) -> Change | None:
    phase, touchpoint = _some(document, rnd, Phase), _some(document, rnd, Touchpoint)
    choices: list[Callable[[], Change]] = [lambda: commands.add_phase(document, words(rnd))]
    if phase is not None:
        choices.append(lambda: commands.add_touchpoint(document, phase.id, words(rnd)))
    if touchpoint is not None:
        lane = _some(document, rnd, Lane)
        other = _some(document, rnd, Touchpoint)
        choices += [
            lambda: commands.add_pain(document, touchpoint.id, words(rnd)),
            lambda: commands.add_opportunity(document, touchpoint.id, words(rnd)),
            lambda: adding("link", Link(f"new{rnd.random()}", touchpoint.id, other.id, "branch", words(rnd)[:30])),
        ]
        if lane is not None and lane.kind in lanes.CARDS:
            choices.append(lambda: commands.add_card(document, lane.id, touchpoint.id, words(rnd)))
        persona = _some(document, rnd, Persona)
        if persona is not None:
            choices.append(lambda: commands.set_emotion(document, persona.id, touchpoint.id, rnd.uniform(-2, 2)))
    return rnd.choice(choices)()


def _delete(document: Document, rnd: Random) -> Change | None:
    kind = rnd.choice(
        (Touchpoint, Card, PainPoint, Emotion, Link, Phase, Lane, Persona, Channel, Department, Action, Opportunity)
    )
    record = _some(document, rnd, kind)
    return commands.delete(document, record.id) if record else None


def _several(document: Document, rnd: Random) -> Change | None:
    first = _text(document, rnd)
    if not first:
        return None
    trial = Document(list(document))
    trial.apply(first)
    second = _move(trial, rnd)
    return merged("both", [first, second]) if second else first


def _counterpart(document: Document, rnd: Random) -> Change | None:
    """A to-be touchpoint stands for another one, or for none."""
    later = [one for one in document.all(Touchpoint) if one.phase_id == "after"]
    before = [one.id for one in document.all(Touchpoint) if one.phase_id != "after"]
    return _set(rnd.choice(later), "counterpart_id", rnd.choice([None, *before])) if later else None


_EDITS = (_counterpart, _text, _text, _value, _value, _move, _hang_elsewhere, _add, _add, _delete, _several)


def other_figures(figures: Figures, document: Document, rnd: Random) -> Figures:
    """The figures after data came or went at one touchpoint; without those of touchpoints that are gone."""
    known = {one.id for one in document.all(Touchpoint)}
    people = {one.id for one in document.all(Persona)}
    here = {id_: several for id_, several in figures.touchpoint.items() if id_ in known}
    felt = {key: one for key, one in figures.emotion.items() if key[0] in people and key[1] in known}
    phases = {one.id: figures.phase[one.id] for one in document.all(Phase) if one.id in figures.phase}
    if phases and rnd.random() < 0.1:
        phases.pop(rnd.choice(sorted(phases)))
    if known and rnd.random() < 0.3:
        touchpoint = rnd.choice(sorted(known))
        here.pop(touchpoint, None)
        if rnd.random() < 0.6:
            here[touchpoint] = (_figure(rnd, touchpoint, 0),)
        for key in [key for key in felt if key[1] == touchpoint]:
            felt[key] = replace(felt[key], value=rnd.uniform(-2, 2))
    return Figures(touchpoint=here, phase=phases, emotion=felt)
