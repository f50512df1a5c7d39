"""A persona as plain data, for the clipboard; and what that means on another map.

A copy knows where it comes from: `origin_id` is the id that the persona had on her first map and keeps on all others,
`origin_map` the name of that map's file. Her goals, needs and scales get ids that follow from hers and from what they
had there, so that they are recognised later (`model.origin`). What is read may come from any program, so nothing in it
is trusted: types are checked here, values by the rules as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import NAMESPACE_OID, UUID, uuid5

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, order, packing, segments
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.quotation import quoted
from journeymap.model.records import Id, Persona, Slider, Trait
from journeymap.model.values import CHOICES

MIME: Final = "application/x-journeymap-persona"
KIND: Final = "journeymap persona"
LONGEST: Final = 16_000_000
"""Characters of a packed persona, her picture and all."""

FIELDS: Final = ("name", "role", "line", "age", "quote", "avatar", "picture_hash", "interviews", "evidence")
"""What a persona is on every map; colour, place, and the data behind her are a map's own."""
_BOUND: Final = ("segment_column", "segment_value")
_NUMBERS: Final = ("age", "interviews")


def stable(persona: Persona) -> Id:
    """The id by which she is known on all maps."""
    return persona.origin_id or persona.id


def derived(persona_id: Id, part_id: Id) -> Id:
    """The id that a goal or scale has on the copy with the id `persona_id`."""
    name = f"{persona_id} {part_id}".encode("utf-8", "replace").decode()  # a foreign id may hold anything
    return uuid5(NAMESPACE_OID, name).hex


def is_derived(part_id: Id) -> bool:
    """Whether a goal or scale came along with a copy; what is made on a map has another kind of id."""
    try:
        return UUID(part_id).version == 5
    except ValueError:
        return False


# ---------------------------------------------------------------- copying


def packed(document: Document, persona_id: Id, file: str) -> dict[str, Any]:
    """A persona as plain data; `file` is the name of the map's file."""
    persona = document.one(Persona, persona_id)
    traits = document.referring(Trait, "persona_id", persona_id)
    scales = document.referring(Slider, "persona_id", persona_id)
    return {
        "what": KIND,
        "id": stable(persona),
        "map": persona.origin_map if persona.origin_id else file,
        "hue": persona.hue,
        "fields": {name: getattr(persona, name) for name in (*FIELDS, *_BOUND)},
        "traits": [{"id": one.id, "kind": one.kind, "text": one.text} for one in traits],
        "sliders": [{"id": one.id, "low": one.low, "high": one.high, "value": one.value} for one in scales],
    }


def text(document: Document, persona_id: Id) -> str:
    """A persona in words, for other programs."""
    persona = document.one(Persona, persona_id)
    who = ", ".join(part for part in (persona.name, persona.role, persona.line) if part)
    lines = [who, quoted(persona.quote, document) if persona.quote.strip() else ""]
    lines += [one.text for one in document.referring(Trait, "persona_id", persona_id)]
    return "\n".join(line for line in lines if line)


# ---------------------------------------------------------------- reading


def read(packed_text: str) -> dict[str, Any]:
    """A packed persona from text. Raises Failure where it is none."""
    pack = packing.read(packed_text, KIND, LONGEST, one="fields", lists=("traits", "sliders"))
    if pack is None or not isinstance(pack.get("id"), str) or not pack["id"]:
        raise Failure(_("What is on the clipboard is no persona of a map."))
    return pack


def known(document: Document, stable_id: Id) -> Persona | None:
    """The persona of a map who is the same person, whatever her id is there."""
    return next((one for one in document.all(Persona) if stable_id in {one.id, one.origin_id}), None)


def pasted(document: Document, pack: Mapping[str, Any]) -> Change:
    """A packed persona on a map, as the last one, in her colour where that is free. Raises Failure where she is there."""
    there = known(document, pack["id"])
    if there is not None:
        said = _("“{name}” is on this map already; nothing was pasted. Duplicate her there to make a variant.")
        raise Failure(said.format(name=there.name or _("No name")))
    fields = _fields(pack["fields"])
    if fields["segment_column"] not in segments.columns(document):
        fields |= dict.fromkeys(_BOUND, "")  # the data that she was bound to are not here
    hue = pack.get("hue")
    if isinstance(hue, int) and 1 <= hue <= commands.HUES and hue not in {one.hue for one in document.all(Persona)}:
        fields["hue"] = hue
    home = pack.get("map")
    origin = {"origin_id": pack["id"], "origin_map": home if isinstance(home, str) else ""}
    made = commands.add_persona(document, fields.pop("name"), **fields, **origin)
    persona = commands.made(made)
    return Change(_("Paste persona"), {**made.added, **_parts(persona, pack)})


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in (*FIELDS, *_BOUND):
        value = given.get(name)
        if name in _NUMBERS:
            found[name] = value if isinstance(value, int) and not isinstance(value, bool) else None
        else:
            found[name] = value if isinstance(value, str) else ""
    return found


def _parts(persona: Id, pack: Mapping[str, Any]) -> dict[Id, Trait | Slider]:
    kinds = CHOICES["Trait", "kind"]
    found: dict[Id, Trait | Slider] = {}
    traits = [one for one in pack["traits"] if str(one.get("kind")) in kinds and isinstance(one.get("text"), str)]
    for key, one in zip(order.several(None, None, len(traits)), traits, strict=True):
        id_ = derived(persona, str(one.get("id")))
        found[id_] = Trait(id_, persona, key, one["kind"], one["text"])
    scales = [one for one in pack["sliders"] if isinstance(one.get("value"), int | float) and 0 <= one["value"] <= 1]
    for key, one in zip(order.several(None, None, len(scales)), scales, strict=True):
        id_ = derived(persona, str(one.get("id")))
        low, high = (one[end] if isinstance(one.get(end), str) else "" for end in ("low", "high"))
        found[id_] = Slider(id_, persona, key, low, high, float(one["value"]))
    return found
