"""Works on a map until it is killed, and says on standard output what it was told is saved.

Started once; each line "path seed" on standard input forks a worker, whose process number is printed first
and "dead" last. In between come lines "saved NUMBER LABEL", written only after the session's saved mark.
"""

from __future__ import annotations

import os
import random
import sys
from array import array
from pathlib import Path

import maps

from journeymap.failure import Failure
from journeymap.model import commands
from journeymap.model.change import adding, updating
from journeymap.model.cube import EVERYBODY, Block
from journeymap.model.records import Card, DataSet, Measure, Touchpoint, new_id
from journeymap.session import Event, Session


def say(text: str) -> None:
    """One line, in one write, past every buffer."""
    os.write(1, f"{text}\n".encode())


def imported(dice: random.Random, label: str) -> tuple[list[DataSet | Measure], dict[tuple[str, str], Block]]:
    """A data set with a block of several thousand cells."""
    data = DataSet(new_id(), "a0", label)
    measure = Measure(new_id(), data.id, "a0")
    cells = dice.randrange(1, 8000)
    numbers = array("i", range(cells))
    noise = array("q", (dice.randrange(2**40) for _ in range(cells)))
    zeros = array("i", [0]) * cells
    return [data, measure], {
        (measure.id, EVERYBODY): Block(("",), (1.0,), numbers, zeros, zeros, noise, array("d"), array("d"))
    }


def step(session: Session, dice: random.Random, label: str) -> None:
    """One thing that a person might do."""
    document = session.document
    cards = document.all(Card)
    match dice.randrange(12):
        case 0:
            records, blocks = imported(dice, label)
            session.perform(adding(label, *records), blocks)
        case 1 if len(cards) > 5:
            session.perform(commands.delete(document, *(card.id for card in dice.sample(cards, 3))).named(label))
        case 2:
            session.undo()
        case 3:
            session.redo()
        case 4 if dice.random() < 0.2:
            session.name_version(label)
        case 5:
            session.keep_draft("buy", "name", label)
        case 6 | 7 | 8:
            new = [
                Card(new_id(), "lane", "buy", "a0", "x" * dice.randrange(20_000)) for _ in range(dice.randrange(1, 30))
            ]
            session.perform(adding(label, *new))
        case _:
            touchpoint = document.one(Touchpoint, dice.choice(["buy", "search", "call"]))
            session.perform(updating(label, touchpoint, name=label))


def work(path: Path, seed: int) -> None:
    """Changes the map without end."""
    dice = random.Random(seed)
    session = Session.open(path) if path.exists() else Session.create(path, maps.small())
    said = session._standing.seen.seq

    def heard(event: Event) -> None:
        nonlocal said
        if event.kind == "saved" and event.change:
            said += 1
            say(f"saved {said} {event.change.label}")

    session.listen(heard)
    say(f"saved {said} ")
    for number in range(10**9):
        try:
            step(session, dice, f"{seed}.{number}")
        except Failure as failure:
            say(f"failed {failure}")
        session.settle()
        if dice.random() < 0.3:
            session.flush()


def main() -> None:
    """Forks a worker for every line."""
    for line in sys.stdin:
        path, seed = line.rsplit(" ", 1)
        child = os.fork()
        if child == 0:
            try:
                work(Path(path), int(seed))
            finally:
                os._exit(1)
        say(f"worker {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
