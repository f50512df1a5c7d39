"""SurveyMonkey exports: a row of questions, a row of options; condensed or expanded.

In the expanded kind even a question with one answer has a column for each option; where no row has two of them, they are
put together again. "Not selected", "-" and a blank all mean that an option was not chosen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from journeymap.data.dialects import layout as ways
from journeymap.data.dialects.layout import Column, Facts, Head, Layout, clean, tidy
from journeymap.i18n import _

_FIRST = frozenset({"respondentid", "respondent id"})
_WHOLE = frozenset({"response", "open-ended response"})
_OPTIONS = _WHOLE | {"other (please specify)", "comments"}
_ABOUT = frozenset({"collectorid", "collector id", "respondentid", "respondent id"})


def layout(head: Head) -> Layout | None:
    """The layout of a SurveyMonkey export, or None."""
    questions = [clean(cell) for cell in head.records[0]] if head.records else []
    if not questions:
        return None
    known = questions[0].casefold() in _FIRST
    options = [clean(cell) for cell in head.records[1]] if len(head.records) > 1 else []
    two = _has_options(options, known=known)
    if not known and not two:
        return None
    first = 2 if two else 1
    width = max(len(questions), len(options) if two else 0)
    questions = [*questions, *[""] * (width - len(questions))]
    options = [*options, *[""] * (width - len(options))][:width] if two else [""] * width
    rows = [[*map(tidy, row), *[""] * (width - len(row))][:width] for row in head.records[first:]]
    cells = [list(column) for column in zip(*rows, strict=True)] or [[] for _place in range(width)]
    return _laid(first, width, _groups(questions, options), options, cells)


def _has_options(options: Sequence[str], *, known: bool) -> bool:
    """Whether the second record names options: "Response" and the like, below blanks of the first."""
    telling = sum(cell.casefold() in _OPTIONS for cell in options)
    if known:
        return bool(options) and not options[0] and any(options)
    return telling >= 2 and len(set(options)) < len(options)


def _groups(questions: Sequence[str], options: Sequence[str]) -> list[tuple[str, list[int]]]:
    """The columns of each question: it stands over the first of them, and reaches to the next."""
    groups: list[tuple[str, list[int]]] = []
    for place, question in enumerate(questions):
        if question or not groups or not options[place]:
            groups.append((question or options[place] or f"column {place + 1}", [place]))
        else:
            groups[-1][1].append(place)
    return groups


def _laid(
    first: int,
    width: int,
    groups: Sequence[tuple[str, list[int]]],
    options: Sequence[str],
    cells: Sequence[Sequence[str]],
) -> Layout:
    made: list[tuple[str, tuple[int, ...]]] = []
    kinds: dict[int, tuple[str, str]] = {}
    texts: dict[int, str] = {}
    for question, places in groups:
        if _expanded(places, options, cells):
            texts[len(made)] = question
            made.append((question, tuple(places)))
            continue
        choices = len(places) > 1 and _choices(places, options, cells)
        for place in places:
            option = options[place]
            whole = not option or option.casefold() in _WHOLE
            if question.casefold() in _ABOUT:
                kinds[len(made)] = (
                    "respondent" if "respondent" in question.casefold() else "other",
                    _("kept by SurveyMonkey"),
                )
            elif len(places) > 1 and re.search(r"\brank(ed|ing)?\b", question, re.IGNORECASE):
                kinds[len(made)] = ("other", _("a rank among others, not a score"))
            elif choices and option.casefold() not in _OPTIONS:
                kinds[len(made)] = ways.choice_of(question)
            texts[len(made)] = question if whole else f"{question}: {option}"
            made.append((question if whole else f"{question}: {option}", (place,)))
    names = ways.names([name for name, _places in made])
    columns = tuple(Column(name, places) for name, (_told, places) in zip(names, made, strict=True))
    facts = Facts(
        "SurveyMonkey",
        {names[place]: text for place, text in texts.items() if text != names[place]},
        {names[place]: kind for place, kind in kinds.items()},
    )
    return Layout(columns, first, width, headers=names, facts=facts)


def _expanded(places: Sequence[int], options: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    """One answer spread over a column for each option: every cell is its option's text, and no row has two of them."""
    if len(places) < 2 or not cells[places[0]]:
        return False
    filled = 0
    for row in zip(*(cells[place] for place in places), strict=True):
        found = [(cell, options[place]) for cell, place in zip(row, places, strict=True) if _chosen(cell)]
        if len(found) > 1 or any(_key(cell) != _key(option) for cell, option in found):
            return False
        filled += len(found)
    return filled >= 5 and filled * 3 >= len(cells[places[0]])


def _choices(places: Sequence[int], options: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    """Whether each column is one option: its own text or a mark, or not chosen."""
    asked = [place for place in places if options[place].casefold() not in _OPTIONS]
    marks = Counter(ways.one_choice(map(tidy, cells[place]), options[place]) for place in asked)
    return marks[True] * 2 > len(asked)


def _chosen(cell: str) -> bool:
    return cell.casefold() not in {"", "not selected", "-"}


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
