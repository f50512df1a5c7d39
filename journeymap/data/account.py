"""The account of an import: what became of every row, and what a person should know about it.

`rows_read = rows_used + Σ rows_dropped`; for each measure `rows = n + missing + not_applicable + unreadable`; in long
form, over the touchpoints of one column of answers, `Σ rows + no_touchpoint = rows_used`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from journeymap.data.answers import ANSWER, EPOCH, MISSING, NOT_APPLICABLE, UNREADABLE
from journeymap.data.answers.readings import OUTSIDE
from journeymap.data.counting.composing import STILL_OPEN
from journeymap.data.privacy import mask
from journeymap.data.recipe import Recipe
from journeymap.data.sources import Sample
from journeymap.data.sources.sample import nameless
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model.hiding import PEOPLE
from journeymap.model.records import DataSet, Id

if TYPE_CHECKING:
    from journeymap.data.counting.aggregate import Counted
    from journeymap.data.counting.wanted import Meant

MOST_NAMES: Final = 1000
"""So many names of columns are kept, to tell next month which are new."""
MOST_EXAMPLES: Final = 5


def account(
    samples: Sequence[Sample], recipe: Recipe, meant: Meant, counted: Counted, lost: Mapping[str, int]
) -> tuple[dict[str, Any], list[str]]:
    """The account as JSON-ready values, and its warnings as sentences.

    Raises Failure where no answer at all could be read although there were some: that is a wrong recipe.
    """
    dropped = {**lost, **counted.dropped}
    rows_read = counted.rows + sum(lost.values())
    warnings = list(dict.fromkeys([*meant.warnings, *_remarks(meant, counted)]))  # a column may carry two KPIs
    if counted.grain in {"week", "month"}:
        warnings.append(coarse(counted.grain))
    if recipe.columns.weight:
        warnings.append(_("Answers are weighted by “{column}”.").format(column=recipe.columns.weight))
    if any(sample.nuls for sample in samples):
        warnings.append(_("NUL characters in the source were left out."))
    _refuse_nothing(meant, counted)
    told = {
        "rows_read": rows_read,
        "rows_used": rows_read - sum(dropped.values()),
        "rows_dropped": dropped,
        "no_touchpoint": counted.no_touchpoint,
        "grain": counted.grain,
        "cells": counted.cells.num_rows,
        "columns": [shown_name(name) for name in samples[0].columns[:MOST_NAMES]],
        "strange": _strange(meant, counted),
        "sources": [
            {
                "name": nameless(sample.path.name),
                "fingerprint": sample.fingerprint,
                **({"inside": sample.inside} if sample.inside else {}),
                "encoding": sample.encoding,
                "delimiter": sample.delimiter,
            }
            for sample in samples
        ],
        "warnings": warnings,
        **({PEOPLE: recipe.source.people} if recipe.source.people else {}),
    }
    return told, warnings


def coarse(grain: str) -> str:
    """The sentence that says that days were put together."""
    if grain == "week":
        return _("There is so much that answers are kept by week, not by day.")
    return _("There is so much that answers are kept by month, not by day.")


def shown(text: str) -> str:
    """An example from the source as a sentence may show and the file may keep it."""
    return mask(text[:200]).text[:40]


def shown_name(name: str) -> str:
    """The name of a column as the file may keep it: a file without a header has its first row for names."""
    return mask(name[:200]).text


def _strange(meant: Meant, counted: Counted) -> dict[str, dict[str, list[Any]]]:
    """Per column of answers: codes off the scale, and texts that could not be read."""
    found: dict[str, dict[str, list[Any]]] = {}
    for number, total in _by_question(meant, counted):
        codes = list(meant.off_scale.get(number, ())[:MOST_EXAMPLES]) if total.get(OUTSIDE) else []
        texts = [shown(text) for text in meant.letters.get(number, ())[:MOST_EXAMPLES]] if total.get(UNREADABLE) else []
        if codes or texts:
            found[meant.questions[number].shown] = {"codes": codes, "texts": texts}
    return found


def fingerprints(told: str) -> list[str]:
    """The fingerprints of the sources in the account of a data set, and of what archives among them held; none where
    the account is not ours.
    """
    try:
        sources = json.loads(told)["sources"]
        return [one[key] for one in sources for key in ("fingerprint", "inside") if key in one]
    except (ValueError, KeyError, TypeError):
        return []


def told_of(data_set: DataSet) -> dict[str, Any]:
    """The account that a data set keeps; empty where it is not ours."""
    try:
        found = json.loads(data_set.account or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def places(data_sets: Iterable[DataSet]) -> dict[str, Id]:
    """What the data stand at, by the names that their sources use: touchpoints and phases. Later ones have the say."""
    found: dict[str, Id] = {}
    for data_set in data_sets:
        here = told_of(data_set).get("places", {})
        if isinstance(here, dict):
            found |= {str(name): str(id_) for name, id_ in here.items()}
    return found


def statuses(found: Mapping[int, int]) -> dict[str, int]:
    """The counts of a Measure from rows by status."""
    return {
        "rows": sum(found.values()),
        "n": found.get(ANSWER, 0),
        "missing": found.get(MISSING, 0) + found.get(STILL_OPEN, 0),
        "not_applicable": found.get(NOT_APPLICABLE, 0),
        "unreadable": found.get(UNREADABLE, 0) + found.get(OUTSIDE, 0),
    }


def iso(day: int | None) -> str:
    """A day since 1970-01-01 as ISO text; "" for none."""
    return "" if day is None else date.fromordinal(day + EPOCH).isoformat()


def _by_question(meant: Meant, counted: Counted) -> Iterator[tuple[int, dict[int, int]]]:
    """The rows by status of each question, over all its places."""
    for number in range(len(meant.questions)):
        total: dict[int, int] = {}
        for (question, _place), found in counted.statuses.items():
            if question == number:
                for status, rows in found.items():
                    total[status] = total.get(status, 0) + rows
        yield number, total


def _remarks(meant: Meant, counted: Counted) -> Iterator[str]:
    for number, total in _by_question(meant, counted):
        question = meant.questions[number]
        off = total.get(OUTSIDE, 0)
        if off and question.kpi == "response_time":
            yield ngettext(
                "“{column}”: {n} duration is negative or off the scale; are the two times the right way round?",
                "“{column}”: {n} durations are negative or off the scale; are the two times the right way round?",
                off,
            ).format(column=question.shown, n=off)
        elif off:
            codes = ", ".join(f"{code:g}" for code in meant.off_scale.get(number, ())[:5])
            yield ngettext(
                "“{column}”: {n} answer is off the scale {low:g}–{high:g} ({codes}); is that a code for no answer?",
                "“{column}”: {n} answers are off the scale {low:g}–{high:g} ({codes}); is that a code for no answer?",
                off,
            ).format(column=question.shown, n=off, low=question.scale[0], high=question.scale[1], codes=codes)
        if bad := total.get(UNREADABLE, 0):
            example = shown((meant.letters.get(number) or ("…",))[0])
            yield ngettext(
                "“{column}”: {n} answer cannot be read, for example “{example}”.",
                "“{column}”: {n} answers cannot be read, for example “{example}”.",
                bad,
            ).format(column=question.shown, n=bad, example=example)


def _refuse_nothing(meant: Meant, counted: Counted) -> None:
    totals = list(_by_question(meant, counted))
    if any(total.get(ANSWER) for _number, total in totals):
        return
    for number, total in totals:
        if total.get(UNREADABLE) or total.get(OUTSIDE):
            question = meant.questions[number]
            examples = meant.letters.get(number) or tuple(f"{code:g}" for code in meant.off_scale.get(number, ()))
            raise Failure(
                _(
                    "“{column}” holds no answer that can be read as {kpi}, for example “{example}”; give labels or another scale."
                ).format(column=question.shown, kpi=question.kpi.upper(), example=shown((examples or ("…",))[0]))
            )
