"""Which touchpoints of the map the names of a source mean: found by their words, confirmed or altered by a person. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from journeymap.data.answers import tidy
from journeymap.data.guessing.naming import best_match
from journeymap.ui.dialogs.choices import IGNORED, MEASURE, Choices

MOST = 200
"""Names in a column of touchpoints that are shown to be matched."""


class Match(Struct, frozen=True):
    """A name of the source and the touchpoint that it means: `meant` is "" where its rows are left out.

    `known`: the map has that touchpoint. `near`: one of the map's that is called nearly so, to be confirmed.
    """

    name: str
    meant: str
    known: bool = False
    near: str = ""


def matches(choices: Choices, names: Sequence[str]) -> list[Match]:
    """What each name of the source means, those to be looked at first; `names` are the map's touchpoints."""
    known = {tidy(name).casefold(): name for name in names}
    stated = {tidy(name).casefold(): meant for name, meant in choices.recipe.columns.touchpoints}
    column = choices.single("touchpoint")
    found = []
    for name in choices.texts(column)[:MOST] if column else _asked(choices):
        meant = stated.get(tidy(name).casefold(), name) if column else name
        here = known.get(tidy(meant).casefold(), "")
        said = tidy(name).casefold() in stated and bool(column)
        near = "" if here or said else best_match(name, names)
        found.append(Match(name, here or meant, bool(here), near))
    return sorted(found, key=lambda match: (match.known, not match.near))


def _asked(choices: Choices) -> list[str]:
    """The touchpoints that questions name, each once."""
    questions = [one.question for one in choices.columns if one.kind == MEASURE and one.question is not None]
    named = [question.touchpoint for question in (*questions, *choices.figures) if question.touchpoint]
    return list(dict.fromkeys(named))


def mean(choices: Choices, name: str, meant: str | None) -> None:
    """Says what a name means: a touchpoint, "" to leave it out, None for a touchpoint of that very name."""
    if choices.single("touchpoint"):
        choices.place_name(name, meant)
        return
    for place, column in enumerate(choices.columns):
        if column.kind == MEASURE and column.question is not None and column.question.touchpoint == name:
            if meant == "":
                choices.columns[place] = replace(column, kind=IGNORED)
            else:
                question = replace(column.question, touchpoint=meant or name)
                choices.columns[place] = replace(column, question=question)
    kept = [one for one in choices.figures if one.touchpoint != name or meant != ""]
    choices.figures = [replace(one, touchpoint=meant or name) if one.touchpoint == name else one for one in kept]
    choices.changed()
