"""Import of a survey of a million rows by `journeymap import`, the whole process: seconds and memory.

The file is made on the spot (seeded): a date, a respondent, the touchpoint of each row (20), three scores, two groups.
Beside it the time of the same process on the first thousand rows: what starting, importing and writing cost at least.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.timing import children_megabytes, process_seconds

ROWS = 1_000_000
RUNS = 5
RECIPE = """
[columns]
date = "Date"
respondent = "Respondent"
touchpoint = "Touchpoint"
segments = ["Gender", "Age"]

[[measure]]
kpi = "nps"
column = "Recommend"

[[measure]]
kpi = "csat"
column = "Satisfied"
scale = [1, 5]
missing = [9]

[[measure]]
kpi = "ces"
column = "Easy"
scale = [1, 7]
"""


def survey(path: Path, rows: int) -> None:
    """Writes the survey; the same rows every time."""
    chance = random.Random(2026)
    touchpoints = [f"Touchpoint {number}" for number in range(1, 21)]
    days = [(date(2025, 1, 1) + timedelta(days=number)).isoformat() for number in range(365)]
    genders, ages = ["female", "male", "diverse", ""], ["18-29", "30-44", "45-59", "60-74", "75+"]
    scores = [(a, b, c) for a in range(11) for b in (1, 2, 3, 4, 5, 9) for c in range(1, 8)]
    with path.open("w", encoding="utf-8") as file:
        file.write("Date,Respondent,Touchpoint,Recommend,Satisfied,Easy,Gender,Age\n")
        for start in range(0, rows, 50_000):
            count = min(50_000, rows - start)
            columns = (chance.choices(pool, k=count) for pool in (days, touchpoints, scores, genders, ages))
            file.writelines(
                f"{day},R{start + place:07d},{where},{nps},{csat},{ces},{gender},{age}\n"
                for place, (day, where, (nps, csat, ces), gender, age) in enumerate(zip(*columns, strict=True))
            )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="journeymap-bench-") as name:
        folder = Path(name)
        big, small, recipe, empty = (folder / file for file in ("big.csv", "small.csv", "r.toml", "empty.journey"))
        survey(big, ROWS)
        with big.open(encoding="utf-8") as lines:
            small.write_text("".join(islice(lines, 1001)), encoding="utf-8")
        recipe.write_text(RECIPE, encoding="utf-8")
        command = [sys.executable, "-m", "journeymap"]
        process_seconds([*command, "new", str(empty)])
        seconds: dict[str, list[float]] = {"small": [], "big": []}
        for run in range(RUNS):
            for source in (small, big):
                target = folder / f"{source.stem}-{run}.journey"
                shutil.copyfile(empty, target)
                arguments = ["import", str(target), str(source), "--recipe", str(recipe), "--json"]
                seconds[source.stem].append(process_seconds([*command, *arguments]))
        figures = {
            "rows": ROWS,
            "seconds": round(statistics.median(seconds["big"]), 3),
            "fastest": round(min(seconds["big"]), 3),
            "seconds_of_1000_rows": round(statistics.median(seconds["small"]), 3),
            "megabytes": round(children_megabytes()),
            "bars": {"seconds": 3.0, "megabytes": 600},
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
