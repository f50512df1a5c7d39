"""Import of a survey of ten million rows (about 460 MB), the whole process, beside the same counts made by hand.

The file is made on the spot (seeded) and gone afterwards: a date, a respondent, 200 touchpoints, three scores, six groups.
The peers count touchpoint × group × month × answer of each score, in processes of their own, in the same run: DuckDB by three
queries and by one with grouping sets, with the threads and the memory that the import has; pandas as one would write it,
with the whole file read (`pandas`, the peer of the bar) and with only the six columns that are needed (`pandas_six_columns`,
for comparison). All of them are measured in the same number of runs, in turn, and the bars are held against the medians of
the clock; where other programs kept the machine busy, `computed` is the fairer column.
Their counts are compared with those in the map's file, cell by cell. `computed` is processor time of all threads, which a
busy machine disturbs less than the clock; the import and DuckDB compute on two threads, pandas on one. Of growth: the same process on the first million rows. Of the cube: one KPI
by every period and group, and the whole table of all of them; the first reading of the file included.
"""

from __future__ import annotations

import gc
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.timing import Cost, process_cost
from journeymap.model import breakdown
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Measure, Touchpoint
from journeymap.model.tally import Length
from journeymap.session import Session

ROWS, FEWER = 10_000_000, 1_000_000
RUNS = 5
SCORES = {"Recommend": (0, 11), "Satisfied": (1, 6), "Easy": (1, 8)}
RECIPE = """
[columns]
date = "Date"
respondent = "Respondent"
touchpoint = "Touchpoint"
segments = ["Age"]

[[measure]]
kpi = "nps"
column = "Recommend"

[[measure]]
kpi = "csat"
column = "Satisfied"
scale = [1, 5]

[[measure]]
kpi = "ces"
column = "Easy"
scale = [1, 7]
"""
_DUCKDB = """
import duckdb, sys
con = duckdb.connect(config={{"threads": {threads}, "memory_limit": "{memory}", "temp_directory": sys.argv[2] + ".spill"}})
source = f"read_csv('{{sys.argv[1]}}')"
"""
THREE = (
    _DUCKDB
    + """
parts = [
    f"SELECT '{{score}}' AS score, Touchpoint, Age, date_trunc('month', Date) AS month, {{score}} AS answer, count(*) AS n"
    f" FROM {{source}} GROUP BY ALL"
    for score in ("Recommend", "Satisfied", "Easy")
]
con.execute(f"COPY ({{' UNION ALL '.join(parts)}}) TO '{{sys.argv[2]}}' (FORMAT csv)")
"""
)
ONE = (
    _DUCKDB
    + """
con.execute(f'''COPY (
    SELECT CASE WHEN Recommend IS NOT NULL THEN 'Recommend' WHEN Satisfied IS NOT NULL THEN 'Satisfied' ELSE 'Easy' END AS score,
           Touchpoint, Age, month, coalesce(Recommend, Satisfied, Easy) AS answer, n
    FROM (SELECT Touchpoint, Age, date_trunc('month', Date) AS month, Recommend, Satisfied, Easy, count(*) AS n FROM {{source}}
          GROUP BY GROUPING SETS ((Touchpoint, Age, month, Recommend), (Touchpoint, Age, month, Satisfied), (Touchpoint, Age, month, Easy)))
) TO '{{sys.argv[2]}}' (FORMAT csv)''')
"""
)
PANDAS = """
import pandas, sys
rows = pandas.read_csv(sys.argv[1], parse_dates=["Date"])
rows["month"] = rows["Date"].dt.to_period("M").dt.start_time
parts = []
for score in ("Recommend", "Satisfied", "Easy"):
    counted = rows.groupby(["Touchpoint", "Age", "month", score]).size().rename("n").reset_index()
    parts.append(counted.rename(columns={score: "answer"}).assign(score=score))
pandas.concat(parts)[["score", "Touchpoint", "Age", "month", "answer", "n"]].to_csv(sys.argv[2], index=False)
"""
SIX_COLUMNS = PANDAS.replace(
    "sys.argv[1], ", 'sys.argv[1], usecols=["Date", "Touchpoint", "Recommend", "Satisfied", "Easy", "Age"], ', 1
)
BARS = {"to_duckdb": 1.5, "pandas_to_ours": 3, "growth": 11, "megabytes": 1000}


def survey(path: Path, rows: int) -> None:
    """Writes the survey; the same rows every time."""
    import numpy as np

    chance = np.random.default_rng(2026)
    days = [(date(2025, 1, 1) + timedelta(days=number)).isoformat() for number in range(365)]
    touchpoints = [f"Touchpoint {number:03}" for number in range(1, 201)]
    groups = ["18-29", "30-39", "40-49", "50-59", "60-69", "70+"]
    with path.open("w", encoding="utf-8") as file:
        file.write(f"Date,Respondent,Touchpoint,{','.join(SCORES)},Age\n")
        for start in range(0, rows, 100_000):
            count = min(100_000, rows - start)
            bounds = [(0, len(days)), (0, len(touchpoints)), *SCORES.values(), (0, len(groups))]
            columns = [chance.integers(low, high, count).tolist() for low, high in bounds]
            file.writelines(
                f"{days[day]},R{start + place:07},{touchpoints[where]},{nps},{csat},{ces},{groups[group]}\n"
                for place, (day, where, nps, csat, ces, group) in enumerate(zip(*columns, strict=True))
            )


def counted_by_hand(path: Path) -> dict[tuple[str, ...], int]:
    """score, touchpoint, group, month, answer → n, as a peer wrote it."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    found = (line.split(",") for line in lines)
    return {
        (score, where, group, month[:7], str(int(float(answer)))): int(n)
        for score, where, group, month, answer, n in found
    }


def counted(path: Path) -> dict[tuple[str, ...], int]:
    """The same of the map's file."""
    found: dict[tuple[str, ...], int] = {}
    with Session.open(path, read_only=True) as session:
        cube = session.cube(session.document.all(DataSet)[0].id)
        for measure in session.document.all(Measure):
            assert measure.touchpoint_id
            block = cube.blocks[measure.id, "Age"]
            where = session.document.one(Touchpoint, measure.touchpoint_id).name
            for n, day, value, code in zip(block.n, block.day, block.value, block.code, strict=True):
                month = (date(1970, 1, 1) + timedelta(days=day)).isoformat()[:7]
                key = measure.column, where, block.values[value], month, str(int(block.codes[code]))
                found[key] = found.get(key, 0) + n
    return found


def asked(path: Path) -> dict[str, object]:
    """Milliseconds of one KPI of one touchpoint by each period and segment, first reading included; those of all of them.

    Every question is put to a map that has just been opened, in a program that has asked before, so that nothing but
    the imports is there. `computed`: of the processor, the median of three.
    """
    groups: tuple[str | None, ...] = (None, "Age")
    lengths: tuple[Length | None, ...] = (None, "day", "week", "month", "quarter", "year", "fiscal")
    questions = [(by, period) for by in groups for period in lengths]
    _asked(path, "nps", *questions[-1])
    one: dict[str, dict[str, float]] = {}
    for kpi in ("nps", "csat", "ces"):
        for by, period in questions:
            found = [_asked(path, kpi, by, period) for _run in range(3)]
            seconds, computed = (round(1000 * statistics.median(each), 1) for each in zip(*found, strict=True))
            one[f"{kpi} of {by or 'everybody'} by {period or 'all time'}"] = {"wall": seconds, "computed": computed}
    table = {}
    for by, period in ((None, None), ("Age", None), (None, "month"), ("Age", "month")):
        seconds, computed = (round(1000 * each) for each in _asked(path, None, by, period))
        table[f"{by or 'everybody'} by {period or 'all time'}"] = {"wall": seconds, "computed": computed}
    with Session.open(path, read_only=True) as session:
        kpis = session.document.count(Measure)
    worst = {unit: max(each[unit] for each in one.values()) for unit in ("wall", "computed")}
    return {"one_kpi": one, "worst": worst, "bar": 100, f"all_{kpis}_kpis": table}


def _asked(path: Path, kpi: str | None, by: str | None, period: Length | None) -> tuple[float, float]:
    """Seconds, and seconds of the processor, of one question; of one KPI of the first touchpoint, or (None) of all."""
    with Session.open(path, read_only=True) as session:
        document = session.document
        if kpi is not None:
            first = document.all(Touchpoint)[0]
            kept = {one.id for one in document.all(Measure) if (one.touchpoint_id, one.kpi) == (first.id, kpi)}
            document = Document(
                record
                for record in document
                if not isinstance(record, Measure | Touchpoint) or record.id in {*kept, first.id}
            )
        gc.collect()
        start, used = time.perf_counter(), time.process_time()
        rows = breakdown.kpis(document, session.cube, by, period)
        spent = time.perf_counter() - start, time.process_time() - used
        assert rows
        assert any(row.figure.value is not None for row in rows)
        return spent


def _cost(costs: Sequence[Cost]) -> dict[str, float]:
    return {
        "seconds": round(statistics.median(cost.seconds for cost in costs), 2),
        "computed": round(statistics.median(cost.computed for cost in costs), 2),
        "megabytes": round(max(cost.megabytes for cost in costs)),
    }


def main() -> None:
    from journeymap.data.counting.engine import MEMORY, THREADS

    with tempfile.TemporaryDirectory(prefix="journeymap-bench-") as name:
        folder = Path(name)
        big, small, recipe, empty = (folder / file for file in ("big.csv", "small.csv", "r.toml", "empty.journey"))
        survey(big, ROWS)
        with big.open(encoding="utf-8") as lines, small.open("w", encoding="utf-8") as fewer:
            fewer.writelines(islice(lines, FEWER + 1))
        recipe.write_text(RECIPE, encoding="utf-8")
        process_cost([sys.executable, "-m", "journeymap", "new", str(empty)])
        duckdb = {"threads": THREADS, "memory": MEMORY}
        peers = {
            "three_queries": THREE.format(**duckdb),
            "grouping_sets": ONE.format(**duckdb),
            "pandas": PANDAS,
            "pandas_six_columns": SIX_COLUMNS,
        }
        costs: dict[str, list[Cost]] = {name: [] for name in ("ours", "ours_on_a_million", *peers)}
        for _run in range(RUNS):
            for which, source in (("ours", big), ("ours_on_a_million", small)):
                target = folder / f"{which}.journey"
                shutil.copyfile(empty, target)
                command = ["import", str(target), str(source), "--recipe", str(recipe), "--json"]
                costs[which].append(process_cost([sys.executable, "-m", "journeymap", *command]))
            for peer, script in peers.items():
                command = [sys.executable, "-c", script, str(big), str(folder / f"{peer}.csv")]
                costs[peer].append(process_cost(command))
        ours = counted(folder / "ours.journey")
        same = {peer: counted_by_hand(folder / f"{peer}.csv") == ours for peer in peers}
        told = {which: _cost(found) for which, found in costs.items()}
        found = {
            "rows": ROWS,
            "bytes": big.stat().st_size,
            "threads": THREADS,
            "memory": MEMORY,
            "same_counts": same,
            **told,
        }
        asking = asked(folder / "ours.journey")
    ratios = _ratios(told)
    print(json.dumps({**found, "ratios": ratios, "bars": BARS, "met": _met(told, ratios), "asking_the_cube": asking}))


def _ratios(told: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    found = {}
    for unit in ("seconds", "computed"):
        ours = told["ours"][unit]
        found[unit] = {
            "to_three_queries": round(ours / told["three_queries"][unit], 2),
            "to_grouping_sets": round(ours / told["grouping_sets"][unit], 2),
            "pandas_to_ours": round(told["pandas"][unit] / ours, 2),
            "pandas_six_columns_to_ours": round(told["pandas_six_columns"][unit] / ours, 2),
            "growth": round(ours / told["ours_on_a_million"][unit], 2),
        }
    return found


def _met(told: dict[str, dict[str, float]], ratios: dict[str, dict[str, float]]) -> dict[str, bool]:
    """Which bars hold, by the clock. Of the two ways in DuckDB the faster one is the peer."""
    clock = ratios["seconds"]
    return {
        "to_duckdb": max(clock["to_three_queries"], clock["to_grouping_sets"]) <= BARS["to_duckdb"],
        "pandas_to_ours": clock["pandas_to_ours"] >= BARS["pandas_to_ours"],
        "growth": clock["growth"] <= BARS["growth"],
        "megabytes": told["ours"]["megabytes"] <= BARS["megabytes"],
    }


if __name__ == "__main__":
    main()
