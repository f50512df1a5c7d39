"""Everything that an import has counted, to be compared with what another engine has counted of the same rows."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

from journeymap.data.making import Intake

NAMES = ("day", "place", "grp", "weight", "score", "nps", "wait", "opened", "closed", "who", "status", "price", "qty", "search", "pay", "mail")  # fmt: skip

WHOLE = """
[source]
filter = "status != 'test' and qty >= 1"
[columns]
date = "day"
touchpoint = "place"
segments = ["grp", "status"]
weight = "weight"
[[measure]]
kpi = "csat"
column = "score"
scale = [1, 5]
missing = [9, "no idea"]
[[measure]]
kpi = "nps"
column = "nps"
[[measure]]
kpi = "number"
column = "wait"
touchpoint = "Hall"
[[measure]]
kpi = "response_time"
from = "opened"
to = "closed"
unit = "min"
touchpoint = "Desk"
[[measure]]
kpi = "response_time"
from = "opened"
to = "closed"
hours = "Mon-Fri 9-17"
touchpoint = "Gate"
"""
CUSTOMERS = """
[columns]
date = "day"
segments = ["grp"]
[[measure]]
kpi = "churn"
customer = "who"
lost = { column = "status", codes = ["left", "Gone"] }
joined = { column = "status", codes = ["new"] }
[[measure]]
kpi = "retention"
customer = "who"
start = { column = "day", from = 2026-01-01, to = 2026-03-31 }
stayed = { column = "day", from = 2026-04-01 }
[[measure]]
kpi = "clv"
customer = "who"
amount = ["price", "qty"]
margin = 0.25
years = 3
[[measure]]
kpi = "conversion"
steps = ["search", "pay"]
[[measure]]
kpi = "clv"
column = "price"
years = 2
"""


def table(seed: int, size: int) -> list[tuple[str, ...]]:
    """Rows as a hurried export would hold them: blanks, words among numbers, dates that are none."""
    chance = random.Random(seed)

    def odd(usual: str, *others: str) -> str:
        return chance.choice(others) if chance.random() < 0.06 else usual

    found = []
    for number in range(size):
        day = f"2026-{chance.randint(1, 6):02}-{chance.randint(1, 28):02}"
        hour, minute = chance.randint(0, 22), chance.randint(0, 59)
        found.append((
            odd(day, "", "soon"), odd(chance.choice(["Desk", "Gate", "desk "]), "", "Ü-Bahn"),
            odd(chance.choice("abc"), "", " A"), odd(chance.choice(["0.5", "1", "2.25"]), "0", "", "heavy"),
            odd(str(chance.randint(1, 5)), "9", "no idea", "6", "", "x;y'\\"), odd(str(chance.randint(0, 10)), "11", ""),
            odd(f"{chance.lognormvariate(2, 1):.4f}", "", "-1,5", "1,234.5", "1e400", "many"),
            odd(f"{day} {hour:02}:{minute:02}:07", "", "never"), odd(f"{day} {hour + 1:02}:{minute:02}", "", "-", "2026-01-01"),
            odd(f"c{chance.randint(1, max(size // 4, 2))}", ""), odd(chance.choice(["stays", "left", "gone", "new"]), "", "test"),
            odd(f"{chance.lognormvariate(3, 1):.2f}", "", "€ 12.50", "free"), odd(str(chance.randint(1, 4)), "0", ""),
            odd(chance.choice(["yes", "no"]), "", "N"), odd(chance.choice(["1", "0"]), ""), f"m{number}@example.org",
        ))  # fmt: skip
    return found


def written(path: Path, rows: list[tuple[str, ...]]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_MINIMAL).writerows([NAMES, *rows])
    return path


def said_in(recipe: str, **source: str) -> str:
    """The recipe with more in its [source]."""
    more = "".join(f"{key} = {value!r}\n" for key, value in source.items())
    return recipe.replace("[source]\n", f"[source]\n{more}") if "[source]" in recipe else f"[source]\n{more}{recipe}"


def counted(intake: Intake) -> dict[str, Any]:
    """Cells, pairs and account of an intake, without ids and names."""
    names = {one.id: (place, one.kpi, one.column, intake.places[one.id]) for place, one in enumerate(intake.measures)}
    cells = {}
    for (measure, segment), block in intake.blocks.items():
        none = [0.0] * len(block.n)
        rows = zip(
            block.day, block.value, block.code, block.n, block.w or none, block.w2 or none, block.x or none,
            block.xx or none, strict=True,
        )  # fmt: skip
        for day, value, code, *sums in rows:
            cells[names[measure], segment, day, block.values[value], block.codes[code]] = tuple(sums)
    pairs = {
        (names[pair.a], names[pair.b]): (pair.n, pair.x, pair.y, pair.xx, pair.yy, pair.xy) for pair in intake.pairs
    }
    report = intake.as_json()
    del report["dataset"]
    return {
        "cells": cells,
        "pairs": pairs,
        "report": report,
        "days": (intake.data_set.first_day, intake.data_set.last_day),
    }


def same(one: Intake, other: Intake) -> None:
    """Both have counted the same: whole numbers exactly, sums to a billionth."""
    first, second = counted(one), counted(other)
    assert first["report"] == second["report"]
    assert first["days"] == second["days"]
    for part in ("cells", "pairs"):
        assert first[part].keys() == second[part].keys()
        for key, sums in first[part].items():
            for a, b in zip(sums, second[part][key], strict=True):
                assert abs(a - b) <= 1e-9 * max(1.0, abs(a)), (key, sums, second[part][key])
            assert sums[0] == second[part][key][0]
