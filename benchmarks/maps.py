"""Maps to measure on: the worked example, and one of any size with all its lanes filled. Run alone it prints nothing."""

from __future__ import annotations

from pathlib import Path

from journeymap.model import commands, lanes, order
from journeymap.model.records import (
    Card,
    Channel,
    Emotion,
    Lane,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Record,
    State,
    Touchpoint,
    new_id,
)
from journeymap.session import Session


def demo_map(folder: Path) -> Path:
    """The worked example's map, without its PDFs."""
    from journeymap.demo import write_demo

    written = write_demo(folder / "demo")
    return next(path for path in written if path.suffix == ".journey")


def large_map(folder: Path, touchpoints: int, each: int = 10) -> Path:
    """A map of that many touchpoints in phases of `each`, with eight filled lanes and two personas."""
    path = folder / f"large-{touchpoints}.journey"
    Session.create(path, large(touchpoints, each)).close()
    return path


def large(touchpoints: int, each: int = 10) -> list[Record]:
    """The records of such a map."""
    found = commands.new_map("A large map")
    state = next(record for record in found if isinstance(record, State))
    lane = {record.kind: record.id for record in found if isinstance(record, Lane)}
    channels = [record.id for record in found if isinstance(record, Channel)]
    keys = order.several(None, None, max(touchpoints, each))
    people = [Persona(new_id(), keys[i], f"Persona {i + 1}", hue=i + 1) for i in range(2)]
    found += people
    for i in range(touchpoints):
        if i % each == 0:
            phase = Phase(new_id(), state.id, keys[i // each], f"Phase {i // each + 1}")
            found.append(phase)
        one = Touchpoint(new_id(), phase.id, keys[i % each], f"Touchpoint number {i + 1}", channel_id=channels[i % 8])
        texts = {
            lanes.THOUGHTS: f"What number {i + 1} makes me think", lanes.FRONT_STAGE: f"Desk {i + 1}",
            lanes.BACK_STAGE: f"Team {i + 1}", lanes.SUPPORT: f"System {i + 1}",
        }  # fmt: skip
        found.append(one)
        found += [Card(new_id(), lane[kind], one.id, keys[0], text) for kind, text in texts.items()]
        found += [Emotion(new_id(), person.id, one.id, ((i * 7 + n) % 9 - 4) / 2) for n, person in enumerate(people)]
        found.append(PainPoint(new_id(), one.id, keys[0], i + 1, f"What hurts at {i + 1}", i % 5 + 1))
        found.append(Opportunity(new_id(), one.id, keys[0], f"Better at {i + 1}"))
    return found
