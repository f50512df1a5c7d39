"""A user story in words, and back: “As Ines I want to know where my bag is so that I can plan my ride”.

What is typed is read by its lead words, in English and in German, in whatever lines it comes; without any, the lines
are what is wanted, what for, and what is expected, in this order.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import Persona, UserStory

_WHO: Final = re.compile(r"^\s*(?:as|als)\s+(?:an?\s+|eine?\s+)?", re.IGNORECASE)
_WANT: Final = re.compile(
    r"(?:^|[\s,.;])(?:I\s+(?:would\s+like|want|need)|(?:möchte|will|brauche|wünsche)\s+ich|ich\s+(?:möchte|will|brauche))\b[\s,]*",
    re.IGNORECASE,
)
_FOR: Final = re.compile(r"(?:^|[\s,.;])(?:so\s+that|in\s+order\s+to|damit|sodass|um)\b[\s,]*", re.IGNORECASE)
_EXPECT: Final = re.compile(r"(?:^|[\s,.;])(?:expects?|expected|expectation|erwartet|erwartung)\s*:?\s+", re.IGNORECASE)


class Told(NamedTuple):
    """The parts of a story; `who` is a name as it was written, "" where nobody is named."""

    who: str
    want: str
    benefit: str
    expectation: str


def lines(document: Document, story: UserStory) -> list[str]:
    """The story as a person reads and types it, a line for each part that it has."""
    persona = document.get(Persona, story.persona_id)
    parts = (
        (_("As {persona}"), "persona", persona.name if persona is not None else ""),
        (_("I want {want}"), "want", story.want),
        (_("so that {benefit}"), "benefit", story.benefit),
        (_("Expected: {expectation}"), "expectation", story.expectation),
    )
    return [words.format(**{name: value}) for words, name, value in parts if value]


def written(document: Document, story: UserStory) -> str:
    """The story as a text to edit."""
    return "\n".join(lines(document, story))


def told(document: Document, story: UserStory) -> str:
    """The story in one line, which reads back as the same story."""
    return " ".join(lines(document, story))


def read(text: str) -> Told:
    """The parts of a typed story."""
    text = text.strip()
    places = sorted(
        (found.start(), found.end(), name)
        for name, lead in (("want", _WANT), ("benefit", _FOR), ("expectation", _EXPECT))
        if (found := lead.search(text)) is not None
    )
    if not any(name == "want" for *_place, name in places):
        plain = [line.strip() for line in text.splitlines() if line.strip()]
        if len(plain) > 1 or not places:
            return _by_line(plain)
    ends = [*(start for start, _end, _name in places[1:]), len(text)]
    parts = {name: _tidy(text[end:stop]) for (_start, end, name), stop in zip(places, ends, strict=True)}
    head = text[: places[0][0]] if places else text
    who = _tidy(_WHO.sub("", head)) if _WHO.match(head) else ""
    want = parts.get("want", "") or ("" if who else _tidy(head))
    return Told(who, want, parts.get("benefit", ""), parts.get("expectation", ""))


def _by_line(plain: list[str]) -> Told:
    """Want, benefit, expectation; a first line “As …” names who."""
    who = ""
    if plain and _WHO.match(plain[0]) and len(plain) > 1:
        who, plain = _tidy(_WHO.sub("", plain[0])), plain[1:]
    leads = (_FOR, _EXPECT)
    parts = [plain[0] if plain else ""]
    for number, line in enumerate(plain[1:3]):
        found = leads[number].match(line)
        parts.append(line[found.end() :] if found else line)
    parts += [""] * (3 - len(parts))
    return Told(who, *(_tidy(part) for part in parts))


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def person(document: Document, name: str) -> Persona | None:
    """The persona of that name; “frequent flyer” finds nobody, “ines” finds Ines."""
    wanted = name.casefold()
    people = document.all(Persona)
    exact = (one for one in people if one.name.casefold() == wanted)
    first = (one for one in people if wanted and one.name.casefold().split()[:1] == [wanted])
    return next(exact, None) or next(first, None)
