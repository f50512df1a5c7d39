"""Whatever a file holds, the counts add up and agree with plain counting in Python."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.data import Columns, Question, Recipe, prepare
from journeymap.failure import Failure
from journeymap.model.cube import EVERYBODY, UNDATED, Block
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id

NPS = Question("nps", "recommend", scale=(0, 10), missing=(11.0, "no answer"))
CSAT = Question(
    "csat", "happy", scale=(1, 5), missing=(0.0,), not_applicable=(6.0, "n/a"), labels=(("very good", 5.0),)
)

texts = {
    "recommend": st.sampled_from(
        ["0", "3", "7", "9", "10", " 10 ", "11", "12", "-1", "7.5", "", "no answer", "great", "NaN", "1e1"]
    ),
    "happy": st.sampled_from(
        ["1", "2", "4", "5", "5.0", "Very  GOOD", "0", "6", "N/A", "", "8", "x;y", 'a "quoted" word', "two\nlines"]
    ),
    "day": st.sampled_from(["2026-01-31", "2026-02-01 18:22", "2026-02-30", "", "2025-12-31", "soon"]),
    "who": st.sampled_from(["a", "b", " A", "ü, ö", "", "c"]),
    "weight": st.sampled_from(["1", "0.5", "2.25", "0", "", "-1", "heavy"]),
    "where": st.sampled_from(["Search", "search ", "Check-in", "", "Boarding"]),
}
tables = st.lists(st.fixed_dictionaries(texts), min_size=1, max_size=40)


def read(question: Question, text: str) -> str | float:
    """What a cell means, said plainly and apart from the program."""
    text = " ".join(text.split()).lower()
    if text == "":
        return "missing"
    if question is NPS:
        known = {"0": 0, "3": 3, "7": 7, "9": 9, "10": 10, "1e1": 10}
        return known.get(text, "missing" if text in {"11", "no answer"} else "unreadable")
    known = {"1": 1, "2": 2, "4": 4, "5": 5, "5.0": 5, "very good": 5}
    return known.get(text, {"0": "missing", "6": "not_applicable", "n/a": "not_applicable"}.get(text, "unreadable"))


def day(text: str) -> int | None:
    try:
        return UNDATED if not text else (date.fromisoformat(text[:10]) - date(1970, 1, 1)).days
    except ValueError:
        return None


def weight(text: str) -> float | None:
    try:
        return float(text) if float(text) > 0 else None
    except ValueError:
        return None


def cells(block: Block) -> dict[tuple[int, str, float], tuple[float, ...]]:
    """The cells of a block by (day, value, code)."""
    keys = [
        (day, block.values[value], block.codes[code])
        for day, value, code in zip(block.day, block.value, block.code, strict=True)
    ]
    assert len(set(keys)) == len(keys)
    assert list(zip(block.day, block.value, block.code, strict=True)) == sorted(
        zip(block.day, block.value, block.code, strict=True)
    )
    sums = [tuple(block.n)] + ([tuple(block.w), tuple(block.w2)] if block.w else [])
    return dict(zip(keys, zip(*sums, strict=True), strict=True))


def written(folder: str, table: list[dict[str, str]], delimiter: str, encoding: str) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(texts), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(table)
    path = Path(folder) / "survey[1]*.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    table=tables,
    long=st.booleans(),
    dated=st.booleans(),
    weighted=st.booleans(),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
)
def test_counts_agree_with_plain_counting_and_add_up(table, long, dated, weighted, delimiter, encoding):
    columns = Columns(
        touchpoint="where" if long else "",
        date="day" if dated else "",
        date_format="%Y-%m-%d",
        weight="weight" if weighted else "",
        segments=("who",),
    )
    recipe = Recipe(columns=columns, questions=(NPS, CSAT))
    document = Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])
    used, dropped = [], Counter()
    for row in table:
        if dated and day(row["day"]) is None:
            dropped["no readable date"] += 1
        elif weighted and weight(row["weight"]) is None:
            dropped["no usable weight"] += 1
        else:
            used.append(row)
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder, table, delimiter, encoding)
        try:
            intake = prepare(document, [path], recipe)
        except Failure:
            answered = any(
                isinstance(read(q, row[q.column]), (int, float))
                for row in used
                if row["where"] or not long
                for q in (NPS, CSAT)
            )
            readable = not dated or any(day(row["day"]) not in {None, UNDATED} for row in table)
            assert not (answered and readable and not (long and all(not row["where"] for row in used)))
            return

    report = intake.as_json()
    assert report["rows_read"] == len(table)
    assert report["rows_dropped"] == dict(dropped)
    assert report["rows_used"] == len(used)
    assert report["no_touchpoint"] == (sum(not row["where"].strip() for row in used) if long else 0)

    places = sorted({row["where"].strip().lower() for row in used} - {""}) if long else [None]
    found = {
        (m["column"], m["touchpoint"] and m["touchpoint"].lower()): (m, measure)
        for m, measure in zip(report["measures"], intake.measures, strict=True)
    }
    if used:
        assert set(found) == {(q.column, place) for q in (NPS, CSAT) for place in places}
    for (column, place), (told, measure) in found.items():
        question = NPS if column == "recommend" else CSAT
        rows = [row for row in used if place is None or row["where"].strip().lower() == place]
        means = [read(question, row[column]) for row in rows]
        assert told["rows"] == len(rows) == told["n"] + told["missing"] + told["not_applicable"] + told["unreadable"]
        for status in ("missing", "not_applicable", "unreadable"):
            assert told[status] == means.count(status)
        for segment in (EVERYBODY, "who"):
            expected: dict = defaultdict(lambda: [0, 0.0, 0.0])
            for row, code in zip(rows, means, strict=True):
                if isinstance(code, str):
                    continue
                value = row["who"].strip().lower() if segment else ""
                cell = expected[day(row["day"]) if dated else UNDATED, value, float(code)]
                w = weight(row["weight"]) if weighted else 0.0
                cell[0], cell[1], cell[2] = cell[0] + 1, cell[1] + w, cell[2] + w * w
            block = intake.blocks.get((measure.id, segment))
            actual = {(d, v.lower(), c): sums for (d, v, c), sums in cells(block).items()} if block else {}
            assert set(actual) == set(expected)
            for key, sums in actual.items():
                assert sums == pytest.approx(tuple(expected[key][: 3 if weighted else 1]))
    if long:
        for column in ("recommend", "happy"):
            assert sum(m["rows"] for m in report["measures"] if m["column"] == column) + report["no_touchpoint"] == len(
                used
            )
    _check_pairs(intake, used, places)


def _check_pairs(intake, used, places):
    column = {measure.id: measure.column for measure in intake.measures}
    where = {measure.id: intake.places[measure.id][0] for measure in intake.measures}
    expected = {}
    for place in places:
        both = [
            (x, y)
            for row in used
            if place is None or row["where"].strip().lower() == place
            if not isinstance(x := read(NPS, row["recommend"]), str)
            and not isinstance(y := read(CSAT, row["happy"]), str)
        ]
        if both:
            expected[place] = (
                len(both), sum(x for x, _ in both), sum(y for _, y in both),
                sum(x * x for x, _ in both), sum(y * y for _, y in both), sum(x * y for x, y in both),
            )  # fmt: skip
    actual = {}
    for pair in intake.pairs:
        assert (column[pair.a], column[pair.b]) == ("recommend", "happy")
        assert where[pair.a] == where[pair.b]
        place = where[pair.a] and where[pair.a].lower()
        actual[place] = (pair.n, pair.x, pair.y, pair.xx, pair.yy, pair.xy)
    assert actual == expected
