"""Qualtrics exports, three eras: V1…V10 with two header rows, ImportIds as Python text, ImportIds as JSON.

Told by the ImportIds of the third record or by the V columns of the first, never by words: the second record speaks the
language of the person who exported. With one header row (SPSS files, exports tidied by hand) by the columns kept about answers. Columns are called by their export tag; where a tag comes twice, the ImportId is
added, and ImportId and question text find the column as well. A recode of −99 means "seen but not answered".
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from journeymap.data.dialects import layout as ways
from journeymap.data.dialects.layout import Code, Column, Drop, Facts, Head, Layout, Texts, clean, tidy
from journeymap.i18n import _, ngettext

# Codes of the column Status, and their labels in the languages seen.
_TESTS = frozenset({"1", "2", "9", "17", "survey preview", "survey test", "spam preview", "offline preview", "umfragevorschau",
                    "umfragetest", "vorschau", "aperçu de l'enquête", "vista previa de la encuesta"})  # fmt: skip
_SPAM = frozenset({"8", "12", "40", "spam", "imported spam", "ex spam", "possible spam"})
_UNFINISHED = frozenset({"0", "false", "falsch", "faux", "falso", "onwaar", "no"})
_SPSS_UNFINISHED = frozenset({"1", "false"})

_NOT_ASKED = re.compile(r"(?:.*[ _-])?(?:first click|last click|page submit|click count|_?do(?:_.*)?|browser.*|resolution|operating system|"
                        r"version|topics|parent topics|sentiment.*|partopics|actionability|effort numeric)$", re.IGNORECASE)  # fmt: skip
_SYSTEM = frozenset({"status", "finished", "progress", "responseset", "responsesetid", "distributionchannel", "locationaccuracy",
                     "externalreference", "externaldatareference", "duration (in seconds)", "duration",
                     "duration__in_seconds_"})  # fmt: skip
_LEGACY = re.compile(r"v([1-9]|10)")


def layout(head: Head) -> Layout | None:
    """The layout of a Qualtrics export, or None."""
    import_ids = _import_ids(head.records[2]) if len(head.records) > 2 else []
    legacy = _is_legacy(head)
    if not import_ids and not legacy and not _is_plain(head):
        return None
    tags = [clean(cell) for cell in head.records[0]]
    first = 3 if import_ids else 2 if legacy else 1
    texts = [clean(cell) for cell in head.records[1]] if first > 1 else []
    width = _width(tags, texts, head.records[first:])
    tags, texts = _padded(tags, width), _padded(texts, width)
    if legacy and not import_ids:
        tags = [text if _LEGACY.fullmatch(tag.casefold()) else tag for tag, text in zip(tags, texts, strict=True)]
    ids = [_plain_id(id_) for id_ in _padded(import_ids, width)]
    names = _names(tags, ids)
    cells = ways.different(head.records[first:], width)
    facts = _facts(names, texts, ids, cells)
    keys = [id_.casefold() or name.casefold() for id_, name in zip(ids, names, strict=True)]
    drops, notes = _drops(keys, cells)
    facts = replace(facts, notes=notes)
    columns = tuple(Column(name, (place,)) for place, name in enumerate(names))
    return Layout(columns, first, width, drops=drops, headers=tuple(tags), facts=facts)


def _is_legacy(head: Head) -> bool:
    tags = [head.cell(0, place).lstrip("\ufeff").casefold() for place in range(3)]
    return tags == ["v1", "v2", "v3"] and head.cell(1, 0).casefold() in {"responseid", "response id", "antwort-id"}


def _is_plain(head: Head) -> bool:
    tags = {clean(cell).casefold() for cell in head.records[0]} if head.records else set()
    return {"responseid", "finished"} <= tags and bool({"startdate", "enddate", "recordeddate"} & tags)


def _import_ids(record: Sequence[str]) -> list[str]:
    """The ImportIds of a record of them, "" for cells without; empty where the record is none."""
    found = [_import_id(cell) if "ImportId" in cell else "" for cell in record]
    filled = sum(bool(cell.strip()) for cell in record)
    return found if filled and sum(map(bool, found)) * 2 > filled else []


def _import_id(cell: str) -> str:
    """{"ImportId":"QID2","choiceId":"1"} → "QID2_1"; JSON today, Python text before 2021."""
    try:
        known = json.loads(cell)
    except (ValueError, RecursionError):
        try:
            known = ast.literal_eval(cell.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return ""
    if not isinstance(known, dict):
        return ""
    parts = [str(known.get("ImportId", "")), *(str(known[key]) for key in ("loopId", "choiceId") if key in known)]
    return "_".join(filter(None, parts))


def _plain_id(id_: str) -> str:
    return id_.replace("-", "_")


def _width(tags: Sequence[str], texts: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Without the phantom column of a trailing delimiter."""
    return ways.filled([tags, texts, *(line[: max(len(tags), len(texts))] for line in rows)])


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))][:width]


def _names(tags: Sequence[str], ids: Sequence[str]) -> tuple[str, ...]:
    twice = {tag for tag, count in Counter(tags).items() if count > 1}
    told = [f"{tag} [{id_}]" if tag in twice and id_ else tag for tag, id_ in zip(tags, ids, strict=True)]
    return ways.names(told)


# ---------------------------------------------------------------- what the columns are


def _facts(names: Sequence[str], texts: Sequence[str], ids: Sequence[str], cells: Sequence[Texts]) -> Facts:
    spoken = {name: text for name, text in zip(names, texts, strict=True) if text and text != name}
    kinds: dict[str, tuple[str, str]] = {}
    scores = _scores(names, ids, kinds)
    for name, id_, column in zip(names, ids, cells, strict=True):
        if name in kinds:
            continue
        if (id_ or name).casefold() in _SYSTEM or name.casefold() in _SYSTEM:
            kinds[name] = ("other", _("kept by Qualtrics about the answer"))
        elif name not in scores and _NOT_ASKED.fullmatch(name):
            kinds[name] = ("other", _("measured or derived by Qualtrics, not asked"))
        elif (mark := ways.separator(column)) and not _spoken(column):
            kinds[name] = ways.joined_choices(mark)
    kinds |= _choices(names, texts, cells, kinds)
    missing, absent = _recodes(names, cells)
    aliases: dict[str, str] = {}
    known, spoken_by = set(names), Counter(texts)
    for name, id_, text in zip(names, ids, texts, strict=True):
        for other in (id_, text):
            if other and other not in known and spoken_by[other] < 2:
                aliases.setdefault(other, name)
    return Facts("Qualtrics", spoken, kinds, missing=missing, absent=absent, aliases=aliases)


def _spoken(column: Texts) -> bool:
    """Whether the cells are sentences, whose commas part nothing."""
    told = [(cell, count) for cell, count in column.items() if cell.strip()]
    return bool(told) and sum(cell.count(" ") * count for cell, count in told) >= 4 * sum(
        count for _cell, count in told
    )


def _scores(names: Sequence[str], ids: Sequence[str], kinds: dict[str, tuple[str, str]]) -> set[str]:
    """The columns that have a group column beside them ("Q1_NPS_GROUP"); the groups are put down as not to be counted."""
    scores = set()
    for name, id_ in zip(names, ids, strict=True):
        told = next((known for known in (name, id_) if known.upper().endswith("_NPS_GROUP")), "")
        if not told:
            continue
        stem = told[: -len("_NPS_GROUP")]
        score = next((other for other, its in zip(names, ids, strict=True) if stem in {other, its}), "")
        kinds[name] = ("other", _("the groups of “{score}”, which is counted itself").format(score=score or stem))
        if score:
            scores.add(score)
            kinds[score] = ("nps", _("Qualtrics keeps its promoters and detractors beside it"))
    return scores


def _choices(
    names: Sequence[str],
    texts: Sequence[str],
    cells: Sequence[Texts],
    kinds: dict[str, tuple[str, str]],
) -> dict[str, tuple[str, str]]:
    """Columns of one question of which each is one choice: "Q2_1", "Q2_-1", filled with 1 or their own text, or blank."""
    families: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        found = re.fullmatch(r"(.+?)_-?\d+", name)
        if found and name not in kinds:
            families[found.group(1)].append(place)
    chosen: dict[str, tuple[str, str]] = {}
    for base, places in families.items():
        if len(places) > 1 and ways.choices([cells[place] for place in places]):
            question = re.split(r"\s*-\s*(?=[^-]*$)", texts[places[0]])[0] or base
            chosen |= {names[place]: ways.choice_of(question) for place in places}
    return chosen


def _recodes(
    names: Sequence[str], cells: Sequence[Texts]
) -> tuple[dict[str, tuple[Code, ...]], dict[str, tuple[Code, ...]]]:
    """−99 means seen but not answered; other negative recodes beside positive ones that a choice does not apply."""
    missing: dict[str, tuple[Code, ...]] = {}
    absent: dict[str, tuple[Code, ...]] = {}
    for name, column in zip(names, cells, strict=True):
        kinds = _few_codes(column)
        negative = sorted(float(cell) for cell in kinds if cell.startswith("-"))
        if not negative or len(negative) == len(kinds):
            continue
        missing[name] = (-99.0,)
        others = tuple(code for code in negative if code != -99)
        if others:
            absent[name] = others
    return missing, absent


def _few_codes(column: Texts) -> set[str]:
    """The different cells, if they are small whole numbers and few; else none. Most columns end it at their first cell."""
    kinds: set[str] = set()
    for cell in column:
        text = tidy(cell)
        if text and not _SMALL.fullmatch(text):
            return set()
        kinds.add(text)
        if len(kinds) > 201:
            return set()
    kinds.discard("")
    return kinds if len(kinds) <= 200 else set()


_SMALL = re.compile(r"-?\d{1,4}")


# ---------------------------------------------------------------- rows that are no answers


def _drops(keys: Sequence[str], cells: Sequence[Texts]) -> tuple[tuple[Drop, ...], tuple[str, ...]]:
    """Previews, tests, spam and unfinished answers; but tests are kept where there is nothing else."""
    drops: list[Drop] = []
    notes: list[str] = []
    if "status" in keys:
        place = keys.index("status")
        said = sum(cells[place].values())
        if said and all(tidy(cell).casefold() in _TESTS for cell in cells[place]):
            notes.append(
                ngettext(
                    "The only answer is a test (Status); it is used all the same.",
                    "All {n} answers are tests or previews (Status); they are used all the same.",
                    said,
                ).format(n=said)
            )
        else:
            drops.append(Drop("survey preview or test", place, _TESTS))
        drops.append(Drop("spam", place, _SPAM))
    if "finished" in keys:
        place = keys.index("finished")
        kinds = {tidy(cell).casefold() for cell in cells[place]}
        spss = bool(kinds) and kinds <= {"1", "2"} and "2" in kinds  # the labels of the .sav: 1 False, 2 True
        drops.append(Drop("not finished", place, _SPSS_UNFINISHED if spss else _UNFINISHED))
    return tuple(drops), tuple(notes)
