"""Figures that others worked out from published files: every one is reproduced by a recipe, or said to be no KPI and why.

The way is that of a user: recipe, import, count cube, table of figures (see `published`, `references`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from data.published import NoKpi
from data.references import REFERENCES

FOURTH = 6e-5  # references are rounded to four decimals
COARSE = {
    # Rounded to two or three decimals by their author, or summed up, or kept in bins.
    ("tr_store_reviews_utf16", "net_sentiment_pct"): 6e-3,
    ("va_hisp_quarterly", "mean_of_quarter_scores"): 6e-4,
    ("ibm_telco_churn", "csv/sum_TotalCharges"): 0.1,
    ("cdnow", "revenue"): 0.01,
    ("uci_online_retail", "net_revenue_known_customers"): 0.01,
    ("olist_sample", "orders/median_delivery_days"): 2e-3,
}
WHOLE = {"cdnow/mean_transactions_per_customer": 100}
"""Ratios that the table of lines gives in percent."""


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield path, value
        return
    for key, inner in items:
        yield from leaves(inner, (*path, str(key)))


def line_of(folder: str, path: tuple[str, ...]):
    for pattern, how in REFERENCES[folder]:
        if len(pattern) <= len(path) and all(one in {"*", key} for one, key in zip(pattern, path, strict=False)):
            return pattern, how
    return None, None


def references(shared):
    return {
        path.parent.name: json.loads(path.read_text("utf-8")) for path in (shared / "data").glob("*/REFERENCE.json")
    }


def test_every_figure_of_every_reference_has_its_line(shared):
    known = references(shared)
    assert set(known) == set(REFERENCES)
    lost = [
        (folder, path)
        for folder, found in known.items()
        for path, _value in leaves(found)
        if line_of(folder, path)[0] is None
    ]
    assert not lost
    for folder, lines in REFERENCES.items():
        used = Counter(line_of(folder, path)[0] for path, _value in leaves(known[folder]))
        idle = [pattern for pattern, _how in lines if not used[pattern]]
        assert not idle, (folder, idle)


def test_what_is_said_to_be_no_kpi_is_little_and_has_a_reason(shared):
    kinds = Counter(
        isinstance(line_of(folder, path)[1], NoKpi)
        for folder, found in references(shared).items() if folder != "event_logs"
        for path, _value in leaves(found)
    )  # fmt: skip
    assert kinds[False] > 900
    assert kinds[True] < 130
    assert all(how.reason for lines in REFERENCES.values() for _path, how in lines if isinstance(how, NoKpi))


@pytest.mark.parametrize(
    "folder", [pytest.param(one, marks=pytest.mark.slow) if one == "uci_online_retail" else one for one in REFERENCES]
)
def test_the_figures_of_a_reference_are_reproduced_by_recipe(shared, folder):
    wrong = []
    for path, expected in leaves(references(shared)[folder]):
        pattern, how = line_of(folder, path)
        if isinstance(how, NoKpi):
            continue
        keys = [key for one, key in zip(pattern, path, strict=False) if one == "*"]
        found = how(shared / "data" / folder, keys)
        if not same(folder, path, found, expected):
            wrong.append(("/".join(path), found, expected))
    assert not wrong


def same(folder: str, path: tuple[str, ...], found: Any, expected: Any) -> bool:
    if expected is None or isinstance(expected, str):
        return found == (expected if expected is None else expected[:10])
    near = next(
        (near for (one, start), near in COARSE.items() if one == folder and "/".join(path).startswith(start)), FOURTH
    )
    return found is not None and found / WHOLE.get("/".join((folder, *path)), 1) == pytest.approx(expected, abs=near)
