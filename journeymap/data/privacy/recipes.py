"""Personal data in what names things: headers of columns, and the recipe that the map keeps.

A column that is called by somebody's address ("How was your call with anna@example.org?") is seen without it from the
first look on, and a recipe that says the whole name finds it all the same. What a recipe compares answers with cannot be
masked without counting something else, so that it is kept, and said.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from msgspec.structs import replace

from journeymap.data.privacy.identifiers import identifiers
from journeymap.data.privacy.masking import mask_identifiers, placeholder
from journeymap.data.recipe import Recipe
from journeymap.data.recipe.question import Question, Who
from journeymap.i18n import _


def cleaned(recipe: Recipe, known: Collection[str] = ()) -> Recipe:
    """The recipe without identifiers in the names of columns, measures and places; `known` places keep theirs."""
    columns = recipe.columns
    single: dict[str, Any] = {
        name: _masked(getattr(columns, name)) for name in ("touchpoint", "date", "respondent", "weight")
    }
    lists: dict[str, Any] = {
        name: tuple(map(_masked, getattr(columns, name))) for name in ("segments", "comments", "drop", "pseudonymise")
    }
    return replace(
        recipe,
        columns=replace(columns, **single, **lists),
        questions=tuple(_question(one, known) for one in recipe.questions),
    )


def kept_of(recipe: Recipe) -> list[str]:
    """A sentence where the recipe compares with what looks personal: its filter, its codes, its labels."""
    said: list[object] = [recipe.source.filter]
    for one in recipe.questions:
        said += [*one.missing, *one.not_applicable, *(label for label, _code in one.labels)]
        said += [code for who in (one.start, one.lost, one.joined, one.stayed) if who is not None for code in who.codes]
        said += one.steps if one.column else ()
    kinds = dict.fromkeys(
        placeholder(span.kind) for text in said if isinstance(text, str) for span in identifiers(text)
    )  # fmt: skip
    if not kinds:
        return []
    return [
        _("The recipe itself holds personal data ({kinds}), and the map keeps the recipe; take it out where you can.").format(
            kinds=", ".join(kinds)
        )
    ]  # fmt: skip


def _question(question: Question, known: Collection[str]) -> Question:
    names: dict[str, Any] = {
        name: _masked(getattr(question, name)) for name in ("column", "begin", "end", "customer", "name")
    }
    places: dict[str, Any] = {
        name: said if (said := getattr(question, name)) in known else _masked(said) for name in ("touchpoint", "phase")
    }
    whos: dict[str, Any] = {name: _who(getattr(question, name)) for name in ("start", "lost", "joined", "stayed")}
    steps = question.steps if question.column else tuple(map(_masked, question.steps))
    return replace(question, **names, **places, **whos, steps=steps, amount=tuple(map(_masked, question.amount)))


def _who(who: Who | None) -> Who | None:
    return None if who is None else replace(who, column=_masked(who.column))


def _masked(name: str) -> str:
    return mask_identifiers(name).text if name else name
