"""Whether rows of one respondent come again: counted all the same, and said."""

from __future__ import annotations

from collections.abc import Sequence

from journeymap.data.answers import tidy
from journeymap.data.recipe import Recipe
from journeymap.data.recipe.resolve import column
from journeymap.data.sources import Sample
from journeymap.i18n import ngettext


def repeated(samples: Sequence[Sample], recipe: Recipe) -> list[str]:
    """A sentence for each source whose first rows name a respondent twice (in long form: at one touchpoint)."""
    if not recipe.columns.respondent:
        return []
    said = []
    for sample in samples:
        names = [column(sample, recipe.columns.respondent)]
        names += [column(sample, recipe.columns.touchpoint)] if recipe.columns.touchpoint else []
        places = [sample.columns.index(name) for name in names]
        keys = [tuple(tidy(row[place]) for place in places) for row in sample.rows]
        keys = [key for key in keys if key[0]]
        if again := len(keys) - len(set(keys)):
            said.append(
                ngettext(
                    "{n} of the first {rows} rows repeats a “{column}” of a row before; each row is counted.",
                    "{n} of the first {rows} rows repeat a “{column}” of a row before; each row is counted.",
                    again,
                ).format(n=again, rows=len(sample.rows), column=names[0])
            )
    return list(dict.fromkeys(said))
