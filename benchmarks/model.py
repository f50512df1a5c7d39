"""One edit in memory (command, rules, document) on maps of growing size, without drawing and without the disk."""

from __future__ import annotations

import json
import statistics
import time

from benchmarks.maps import large
from journeymap.model import commands, rules
from journeymap.model.document import Document
from journeymap.model.records import Card

SIZES = (500, 5000, 20_000)


def edit_ms(touchpoints: int, edits: int = 50) -> float:
    """Median milliseconds of one text edit."""
    document = Document(large(touchpoints))
    cards = document.all(Card)
    times = []
    for i in range(edits):
        start = time.perf_counter()
        change = commands.edit(document, cards[i * 7].id, text=f"changed {i}")
        rules.check(document, change)
        document.apply(change)
        times.append(time.perf_counter() - start)
    return round(1000 * statistics.median(times), 4)


def main() -> None:
    """Prints milliseconds by number of touchpoints."""
    print(json.dumps({"edit_in_memory_ms": {size: edit_ms(size) for size in SIZES}}))


if __name__ == "__main__":
    main()
