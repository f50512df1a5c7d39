"""What differs between a persona and the one that she was copied from, and taking over what a person chooses of it.

Goals, needs and scales are the same where the copy's id follows from the original's (`personacopy.derived`), else where
they say the same. Everything that is taken is one Change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, personacopy
from journeymap.model.change import Change, adding
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import Id, Persona, Slider, Trait

Part: TypeAlias = Trait | Slider

KINDS: Final = ("goal", "need", "frustration", "channel", "accessibility")


class Difference(Struct, frozen=True):
    """One thing that is not the same. `key` is the field, or the id of the part; `here` and `there` in words, "" where
    there is nothing. `own`: it stands only here and did not come from there, so a person may well want to keep it.
    """

    key: str
    label: str
    here: str
    there: str
    own: bool = False


def found(there: Document, persona: Persona) -> Persona:
    """The original in another map. Raises Failure where it is not there."""
    original = personacopy.known(there, personacopy.stable(persona))
    if original is None:
        said = _("“{map}” has no “{name}” any more; choose the map that she comes from.")
        raise Failure(said.format(map=there.map.title or _("Untitled map"), name=persona.name))
    return original


def differences(document: Document, persona_id: Id, there: Document) -> list[Difference]:
    """What differs, field by field, then goals and needs, then scales. Raises Failure where the original is not there."""
    persona = document.one(Persona, persona_id)
    original = found(there, persona)
    names = labels()
    listed = [
        Difference(name, names[name], _shown(persona, name), _shown(original, name))
        for name in personacopy.FIELDS
        if getattr(persona, name) != getattr(original, name)
    ]
    for mine, theirs in _pairs(document, persona_id, there, original.id):
        if mine is None and theirs is not None:
            listed.append(Difference(personacopy.derived(persona_id, theirs.id), _label(theirs), "", words(theirs)))
        elif mine is not None and theirs is None:
            listed.append(Difference(mine.id, _label(mine), words(mine), "", not personacopy.is_derived(mine.id)))
        elif mine is not None and theirs is not None and _content(mine) != _content(theirs):
            listed.append(Difference(mine.id, _label(mine), words(mine), words(theirs)))
    return listed


def updated(document: Document, persona_id: Id, there: Document, taken: Collection[str]) -> Change:
    """Takes over the differences with these keys, as one step. Raises Failure where the original is not there."""
    persona = document.one(Persona, persona_id)
    original = found(there, persona)
    draft = Draft(document)
    fields = {name: getattr(original, name) for name in personacopy.FIELDS if name in taken}
    if fields:
        draft.take(commands.edit(draft.document, persona_id, **fields))
    for mine, theirs in _pairs(document, persona_id, there, original.id):
        if mine is None and theirs is not None:
            key = personacopy.derived(persona_id, theirs.id)
            if key in taken:
                _add(draft, persona_id, key, theirs)
        elif mine is not None and mine.id in taken:
            if theirs is None:
                draft.take(commands.delete(draft.document, mine.id))
            else:
                draft.take(commands.edit(draft.document, mine.id, **_content(theirs)))
    return draft.change(_("Update persona from origin"))


def labels() -> Mapping[str, str]:
    """What the fields are called."""
    return {
        "name": _("Name"), "role": _("Role"), "line": _("In a line"), "age": _("Age"), "quote": _("Says"),
        "avatar": _("Drawn avatar"), "picture_hash": _("Picture"), "interviews": _("Interviews"),
        "evidence": _("Evidence"),
    }  # fmt: skip


def kind_name(kind: str) -> str:
    """What one entry of a list is called."""
    return {
        "goal": _("Goal"), "need": _("Need"), "frustration": _("Frustration"), "channel": _("Channel"),
        "accessibility": _("Accessibility need"),
    }[kind]  # fmt: skip


def words(part: Part) -> str:
    """A goal, need or scale in words."""
    if isinstance(part, Trait):
        return part.text
    return _("{low} – {high}: {value} %").format(low=part.low, high=part.high, value=round(part.value * 100))


def _shown(persona: Persona, name: str) -> str:
    value = getattr(persona, name)
    if name == "picture_hash":
        return _("a picture") if value else ""
    if name == "avatar":
        return avatar_name(value) if value else ""
    return "" if value is None else str(value)


def avatar_name(name: str) -> str:
    """What a drawn head is called."""
    return {
        "long-hair": _("long hair"), "grey-glasses": _("grey, glasses"), "short-hair": _("short hair"),
        "bun": _("bun"), "curly": _("curly hair"), "beard": _("beard"), "bob-glasses": _("bob, glasses"),
        "grey-bob": _("grey bob"), "headscarf": _("headscarf"), "shaven": _("shaven"),
    }.get(name, name)  # fmt: skip


def _label(part: Part) -> str:
    return kind_name(part.kind) if isinstance(part, Trait) else _("Scale")


def _content(part: Part) -> dict[str, Any]:
    names = ("kind", "text") if isinstance(part, Trait) else ("low", "high", "value")
    return {name: getattr(part, name) for name in names}


def _parts(document: Document, persona_id: Id) -> list[Part]:
    # Each kind is a row of its own, with order keys of its own: kinds first, else ids would decide.
    traits = sorted(document.referring(Trait, "persona_id", persona_id), key=lambda one: KINDS.index(one.kind))
    return [*traits, *document.referring(Slider, "persona_id", persona_id)]


def _pairs(
    document: Document, persona_id: Id, there: Document, original_id: Id
) -> list[tuple[Part | None, Part | None]]:
    """Parts that are the same thing here and there, in the order of the original; then what stands only here, own last.

    Two copies of one original are compared too: then it is what they say that makes parts the same.
    """
    mine, theirs = _parts(document, persona_id), _parts(there, original_id)
    by_id = {one.id: one for one in mine}
    pairs: list[tuple[Part | None, Part | None]] = []
    waiting: list[tuple[int, Part]] = []
    for at, other in enumerate(theirs):
        same = by_id.pop(personacopy.derived(persona_id, other.id), None)
        pairs.append((same, other))
        if same is None:
            waiting.append((at, other))
    for at, other in waiting:
        same = next((one for one in by_id.values() if type(one) is type(other) and _alike(one, other)), None)
        if same is not None:
            del by_id[same.id]
            pairs[at] = (same, other)
    alone = sorted(by_id.values(), key=lambda one: not personacopy.is_derived(one.id))
    return [*pairs, *((one, None) for one in alone)]


def _alike(one: Part, other: Part) -> bool:
    if isinstance(one, Trait) and isinstance(other, Trait):
        return one.kind == other.kind and _plain(one.text) == _plain(other.text)
    if isinstance(one, Slider) and isinstance(other, Slider):
        return (_plain(one.low), _plain(one.high)) == (_plain(other.low), _plain(other.high))
    return False


def _plain(said: str) -> str:
    return " ".join(said.casefold().split())


def _add(draft: Draft, persona_id: Id, key: Id, theirs: Part) -> None:
    from journeymap.model.commands import rows
    from journeymap.model.records import with_fields

    made = with_fields(theirs, {"id": key, "persona_id": persona_id})
    place = rows.into(draft.document, made, None)
    made = with_fields(made, {"order": place.keys[0]})
    draft.take(adding("", made))
