"""What an import says of a small CSV file, to hold one way of reading or counting against another; and random rows."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from journeymap.data import Recipe, prepare
from journeymap.failure import Failure

RECIPE = """
[columns]
date = "Day"
touchpoint = "Where"
segments = ["Group", "Land"]
[[measure]]
kpi = "nps"
column = "Score"
[[measure]]
kpi = "csat"
column = "Happy"
scale = [1, 5]
"""
HEAD = ("Day", "Where", "Score", "Happy", "Group", "Land", "Note")


def outcome(document, path, recipe=RECIPE):
    """All that an import says, with the ids left out; or its refusal."""
    try:
        intake = prepare(document, [path], Recipe.from_toml(recipe))
    except Failure as failure:
        return str(failure)
    names = {measure.id: (intake.places[measure.id], measure.kpi) for measure in intake.measures}
    told = {key: value for key, value in intake.account.items() if key not in {"places", "open"}}
    cells = Counter()
    for (measure_id, column), block in intake.blocks.items():
        for n, day, value, code in zip(block.n, block.day, block.value, block.code, strict=True):
            cells[names[measure_id], column, day, block.values[value], block.codes[code]] += n
    pairs = {
        (names[pair.a], names[pair.b]): (pair.n, pair.x, pair.y, pair.xx, pair.yy, pair.xy) for pair in intake.pairs
    }
    counts = {
        names[one.id]: (one.rows, one.n, one.missing, one.not_applicable, one.unreadable, one.scale)
        for one in intake.measures
    }
    return told, cells, pairs, counts, intake.warnings, intake.data_set.first_day, intake.data_set.last_day


texts = st.sampled_from(
    ["", "", "Post", "Anruf", "Café", "  Post ", "日本", "n/a", "-", "#x", "'", "a b", "\u2028", "x\x0by"]
)
cells = st.tuples(
    st.sampled_from(["2026-01-03", "2026-01-04", "2026-02-28", "2026-05-01", "", "soon"]),
    texts,
    st.sampled_from(["0", "7", "10", "11", "-1", "", "07", "nine", "99", "+7", "7.0", "0x7", "-0", "1e1", "200"])
    | st.sampled_from(["0", "7", "10", "11", "-1", ""]),
    st.sampled_from(["1", "5", "3", "", "N/A", " 4", "4 ", "0X4"]) | st.sampled_from(["1", "2", "3"]),
    texts,
    texts,
    st.text(st.characters(codec="utf-8", exclude_characters='\r\n",', exclude_categories=["Cs"]), max_size=8),
)


def written(path, lines):
    path.write_text("\n".join([",".join(HEAD), *lines]) + "\n", encoding="utf-8")
    return path
