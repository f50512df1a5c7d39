"""Works on a new map for a while, and writes into `acks` beside it what it was told is saved. Then power fails, on paper."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import maps
from worker import step

from journeymap.failure import Failure
from journeymap.session import Event, Session


def main(folder: Path, steps: int) -> None:
    """Creates `map.journey` in `folder` and takes that many steps."""
    dice = random.Random(5)
    acks = os.open(folder / "acks", os.O_CREAT | os.O_WRONLY)
    session = Session.create(folder / "map.journey", maps.small())
    said = session._standing.seen.seq
    os.write(acks, f"{said} \n".encode())

    def heard(event: Event) -> None:
        nonlocal said
        if event.kind == "saved" and event.change:
            said += 1
            os.write(acks, f"{said} {event.change.label}\n".encode())

    session.listen(heard)
    for number in range(steps):
        try:
            step(session, dice, f"step {number}")
        except Failure:
            continue
        if number % 3:
            session.flush()
    session.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
