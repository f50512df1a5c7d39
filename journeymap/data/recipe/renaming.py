"""Columns that the file calls otherwise than the recipe: seen under the recipe's names from here on.

So the figures of a question keep one name over the years, and with it their series, their proposals and the segments
that personas are bound to.
"""

from __future__ import annotations

from journeymap.data.answers import tidy
from journeymap.data.recipe import Recipe
from journeymap.data.sources import Sample
from journeymap.data.sources.sample import called


def renamed(sample: Sample, recipe: Recipe) -> Sample:
    """The sample under the recipe's names. A column that has its own name in the file keeps it."""
    wanted = {_key(theirs): ours for theirs, ours in recipe.columns.renamed}
    if not wanted:
        return sample
    there = {_key(name) for name in sample.columns}
    named: dict[str, str] = {}
    for name in sample.columns:
        ours = wanted.get(_key(name), "")
        if ours and _key(ours) not in there and ours not in named.values():
            named[name] = ours
    if not named:
        return sample
    return called(sample, named)


def _key(name: str) -> str:
    return tidy(name).casefold()
