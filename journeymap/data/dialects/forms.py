"""Typeform, Google Forms and LimeSurvey, told by the columns that each puts around the questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from journeymap.data.dialects import layout as ways
from journeymap.data.dialects.layout import Column, Drop, Facts, Head, Layout, clean, tidy
from journeymap.i18n import _

_HASH = re.compile(r"[0-9a-z]{32}")
_LIME = re.compile(r"(.+?)\s?\[([A-Za-z0-9_]+)\]")
_LIME_SYSTEM = {
    "lastpage",
    "startlanguage",
    "seed",
    "last page",
    "start language",
    "letzte seite",
    "start-sprache",
    "zufallsstartwert",
}
_SUBMITTED = {"submitdate", "date submitted", "datum abgeschickt"}


def layout(head: Head) -> Layout | None:
    """The layout of an export of one of these tools, or None."""
    headers = [clean(cell) for cell in head.records[0]] if head.records else []
    folded = [header.casefold() for header in headers]
    for told, made in ((_is_typeform, _typeform), (_is_limesurvey, _limesurvey), (_is_google, _google)):
        if told(head, folded):
            return made(head, headers)
    return None


Told = Callable[[Head, Sequence[str]], bool]


def _is_typeform(head: Head, folded: Sequence[str]) -> bool:
    if not folded:
        return False
    dated = {"start date (utc)", "submit date (utc)", "network id"} & set(folded)
    return bool(folded[0] == "#" and (dated or _HASH.fullmatch(head.cell(1, 0))))


def _is_google(_head: Head, folded: Sequence[str]) -> bool:
    return bool(folded) and folded[0] in {
        "timestamp",
        "zeitstempel",
        "horodateur",
        "marca temporal",
        "informazioni cronologiche",
    }


def _is_limesurvey(_head: Head, folded: Sequence[str]) -> bool:
    if not folded:
        return False
    first = folded[0] in {"id", "response id", "antwort id"}
    return first and bool(_SUBMITTED & set(folded[:4])) and bool(_LIME_SYSTEM & set(folded[:8]))


def _cells(head: Head, width: int) -> list[list[str]]:
    rows = [[*map(tidy, row), *[""] * (width - len(row))][:width] for row in head.records[1:]]
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _place in range(width)]


def _typeform(head: Head, headers: Sequence[str]) -> Layout:
    width = len(headers)
    names = ways.names(headers)
    cells = _cells(head, width)
    kinds: dict[str, tuple[str, str]] = {names[0]: ("respondent", _("Typeform’s key of the answer"))}
    for place, name in enumerate(names):
        if name.casefold() == "submit date (utc)":
            kinds[name] = ("date", _("when the answer was sent, UTC"))
        elif name.casefold() in {
            "start date (utc)",
            "network id",
            "response type",
            "tags",
            "stage date (utc)",
            "ending",
        }:
            kinds[name] = ("other", _("kept by Typeform"))
        elif cells[place] and any(cells[place]) and all(cell in {"", name} for cell in cells[place]):
            kinds[name] = ("other", _("one choice of a question with several answers"))
        elif mark := ways.separator(Counter(cells[place])):
            kinds[name] = ways.joined_choices(mark)
    return Layout(ways.columns(headers), 1, width, headers=tuple(headers), facts=Facts("Typeform", kinds=kinds))


def _google(head: Head, headers: Sequence[str]) -> Layout:
    width = len(headers)
    names = ways.names(headers)
    cells = _cells(head, width)
    kinds: dict[str, tuple[str, str]] = {}
    for place, name in enumerate(names[1:], 1):
        mark = ways.separator(Counter(cells[place]))
        if mark and sum(map(len, cells[place])) < 200 * max(len(cells[place]), 1):
            kinds[name] = ways.joined_choices(mark)
    texts = {name: match.group(1) for name in names if (match := _LIME.fullmatch(name))}
    columns = (Column(names[0], (0,), _google_time), *ways.columns(headers)[1:])
    if not any("GMT" in cell for cell in cells[0][:50]):
        columns = ways.columns(headers)
    return Layout(columns, 1, width, headers=tuple(headers), facts=Facts("Google Forms", texts, kinds))


def _google_time(cells: Sequence[str]) -> str:
    """Times such as "2018/09/06 12:06:16 AM GMT+2" and "Mon Sep 08 2025 13:58:23 GMT-0500 (…)" as dates that are read everywhere."""
    text = tidy(cells[0])
    found = re.match(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2} \d{4}) (\d{1,2}:\d{2}:\d{2})", text)
    if found:
        return f"{found.group(1)} {found.group(2)}"
    return re.sub(r"\s*GMT[+-]?\d*(:\d+)?.*$", "", text)


def _limesurvey(head: Head, headers: Sequence[str]) -> Layout:
    """Codes or full texts as headers; "Q1[SQ001]" is one choice of Q1; answers without a submit date are unfinished."""
    width = len(headers)
    names = ways.names(headers)
    cells = _cells(head, width)
    kinds: dict[str, tuple[str, str]] = {names[0]: ("respondent", _("LimeSurvey’s number of the answer"))}
    drops: tuple[Drop, ...] = ()
    for place, name in enumerate(names[1:], 1):
        part = _LIME.fullmatch(name)
        if name.casefold() in _SUBMITTED:
            kinds[name] = ("date", _("when the answer was sent"))
            if any(cells[place]):
                drops = (Drop("not finished", place, frozenset({""})),)
        elif name.casefold() in _LIME_SYSTEM:
            kinds[name] = ("other", _("kept by LimeSurvey"))
        elif part and ways.one_choice(cells[place]):
            kinds[name] = ways.choice_of(part.group(1))
    return Layout(
        ways.columns(headers), 1, width, drops=drops, headers=tuple(headers), facts=Facts("LimeSurvey", kinds=kinds)
    )
