"""Dialects: what the tools that people export from do to a table. Told by what stands in the file, never by its name."""

from __future__ import annotations

from collections.abc import Sequence

from journeymap.data.dialects import forms, ga4, qualtrics, summed, surveymonkey, table, tickets
from journeymap.data.dialects.layout import Facts, Head, Layout

__all__ = ["Facts", "Head", "Layout", "laid_out"]

_KNOWN = (qualtrics.layout, surveymonkey.layout, ga4.layout, forms.layout, tickets.layout, summed.layout)


def laid_out(
    records: Sequence[Sequence[str]], *, sheet: str = "", name: str = "", header_rows: int | None = None
) -> Layout:
    """The layout of the file whose first records these are (blank ones left out); never fails for any text.

    `header_rows`, where a recipe says it, rules out every dialect. `sheet` is the table that is wanted of several.
    """
    head = Head(records, sheet, name)
    if header_rows is None:
        for known in _KNOWN:
            found = known(head)
            if found is not None:
                return found
    return table.layout(head, header_rows)
