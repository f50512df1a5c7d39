"""Published sums: a row for each quarter or month instead of one for each answer ("17%", "8,586,476", "No Data").

A year and a quarter (or month) in columns of their own become one date. How many answers stand behind a row is unknown
unless a column says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from journeymap.data.dialects import layout as ways
from journeymap.data.dialects.layout import Column, Facts, Head, Layout, clean, tidy
from journeymap.i18n import _

_YEAR = {"year", "jahr", "fiscal year", "fy", "fiscal_year", "año", "année"}
_PARTS = {"quarter": 3, "quartal": 3, "qtr": 3, "trimestre": 3, "month": 1, "monat": 1, "mes": 1, "mois": 1}
_VALUE = re.compile(r"\b(average|avg|mean|score|rate|percent|pct|share|index|durchschnitt|mittelwert|anteil|quote)\b")
DATE = "Period"


def layout(head: Head) -> Layout | None:
    """The layout of a table of sums by period, or None."""
    headers = [clean(cell) for cell in head.records[0]] if head.records else []
    folded = [header.casefold().replace("_", " ") for header in headers]
    year = next((place for place, name in enumerate(folded) if name in _YEAR), None)
    part = next((place for place, name in enumerate(folded) if name in _PARTS), None)
    if year is None or part is None or not any(_VALUE.search(name) for name in folded):
        return None
    months = _PARTS[folded[part]]
    rows = [row for row in head.records[1:] if len(row) > max(year, part)]
    if not rows or not all(re.fullmatch(r"(?:fy)?\d{4}", tidy(row[year]).casefold()) for row in rows[:50]):
        return None
    if not all(re.fullmatch(r"q?\d{1,2}", tidy(row[part]).casefold()) for row in rows[:50]):
        return None

    def day(cells: Sequence[str]) -> str:
        numbers = [re.sub(r"\D", "", cell) for cell in cells]
        if not all(numbers) or not 1 <= int(numbers[1]) <= 12 // months:
            return ""
        return f"{int(numbers[0]):04}-{(int(numbers[1]) - 1) * months + 1:02}-01"

    names = ways.names([*headers, DATE])
    kinds = {
        names[-1]: ("date", _("the first day of the period, from “{year}” and “{part}”").format(year=headers[year], part=headers[part])),
        names[year]: ("other", _("part of the date")),
        names[part]: ("other", _("part of the date")),
    }  # fmt: skip
    refusal = _("Each row is a sum or a mean of many answers, no answer. Say in a recipe which column is a figure, with aggregate = true.")  # fmt: skip
    columns = (*ways.columns(headers), Column(names[-1], (year, part), day))
    return Layout(columns, 1, len(headers), headers=tuple(headers), facts=Facts("sums by period", kinds=kinds, refusal=refusal))  # fmt: skip
