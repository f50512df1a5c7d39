"""The first look at a wide survey: a Qualtrics export of 300 columns and 5,000 answers, from its path to the guessed recipe.

A process of its own for each run, timed inside it after the interpreter's start: what the import dialog waits for, with
nothing imported yet. Beside it the bare minimum: reading the file's bytes and its records with Python's own CSV reader.
"""

from __future__ import annotations

import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COLUMNS, ROWS, RUNS = 300, 5_000, 5
LOOK = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from journeymap.data import guess, peek
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id
sample = peek(Path(sys.argv[1]))
peeked = time.perf_counter()
guessed = guess(sample, Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")]))
done = time.perf_counter()
print(done - start, peeked - start, len(guessed.recipe.questions), len(sample.columns), sample.facts.dialect)
"""
BARE = """
import sys, time
start = time.perf_counter()
import csv
from itertools import islice
with open(sys.argv[1], "rb") as file:
    file.read()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    list(islice(csv.reader(file), 1003))
print(time.perf_counter() - start)
"""


def survey(path: Path, rows: int = ROWS) -> None:
    """Writes the export; the same every time: dates, ids, scores, matrices, multi-selects, texts."""
    chance = random.Random(19)
    fixed = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId", "RecipientEmail"]  # fmt: skip
    asked = [f"Q{number // 6 + 1}_{number % 6 + 1}" for number in range(COLUMNS - len(fixed))]
    kinds = [number // 6 % 5 for number in range(len(asked))]  # a question of six columns each
    texts = [
        "How satisfied were you with {}?",
        "Which of these did you use? - {}",
        "What could we do better about {}?",
        "How likely are you to recommend {}?",
        "How easy was {}?",
    ]
    words = ["queue", "staff", "price", "clean", "slow", "friendly", "nothing", "signs", "again", "never"]

    def cell(kind: int) -> str:
        match kind:
            case 0 | 4:
                return chance.choice(["1", "2", "3", "4", "5", "-99", ""])
            case 1:
                return chance.choice(["1", ""])
            case 2:
                return " ".join(chance.choices(words, k=chance.randrange(0, 12)))
        return str(chance.randrange(11))

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*fixed, *asked])
        writer.writerow([*fixed, *(texts[kind].format(f"item {number}") for number, kind in enumerate(kinds))])
        ids = ["startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished", "recordedDate", "_recordId", "recipientEmail"]  # fmt: skip
        writer.writerow([json.dumps({"ImportId": id_}) for id_ in [*ids, *(f"QID{name[1:]}" for name in asked)]])
        for row in range(rows):
            day = f"2026-{row % 12 + 1:02}-{row % 28 + 1:02} {row % 24:02}:{row % 60:02}:00"
            about = [
                day,
                day,
                "0",
                f"10.0.{row % 256}.{row % 200}",
                "100",
                str(row % 900 + 30),
                "1",
                day,
                f"R_{row:012}",
                "",
            ]
            writer.writerow([*about, *map(cell, kinds)])


def _seconds(code: str, path: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.split()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="journeymap-bench-") as name:
        path = Path(name) / "survey.csv"
        survey(path)
        looks = [_seconds(LOOK, path) for _run in range(RUNS)]
        bare = [float(_seconds(BARE, path)[0]) for _run in range(RUNS)]
        figures = {
            "columns": int(looks[0][3]),
            "rows": ROWS,
            "megabytes": round(path.stat().st_size / 1e6, 1),
            "questions_guessed": int(looks[0][2]),
            "dialect": looks[0][4],
            "seconds": round(statistics.median(float(look[0]) for look in looks), 3),
            "of_them_reading": round(statistics.median(float(look[1]) for look in looks), 3),
            "seconds_of_reading_bare": round(statistics.median(bare), 3),
            "bars": {"seconds": 1.0},
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
