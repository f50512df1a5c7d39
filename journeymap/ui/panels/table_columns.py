"""The columns of the table of touchpoints: what each says of one, and what a text typed there means. No Qt in here.

A cell that holds several things has a line for each; a line break inside one is written as ↵.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Final

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, lanes, stories, wording
from journeymap.model.change import Change
from journeymap.model.commands.tags import set_tags, tags
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import (
    Action,
    Answer,
    Card,
    Channel,
    Department,
    Id,
    Lane,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Record,
    State,
    Tag,
    Touchpoint,
    UserStory,
)

Read = Callable[[Document, Touchpoint], str]
Write = Callable[[Document, Id, str], Change]

BREAK: Final = "↵"


class Column(Struct, frozen=True):
    """A column: `read` gives the text of a cell, `write` the Change that a text means (None: it is only shown).

    `several`: a line each; `offers`: what may be chosen; `width` in pixels.
    """

    key: str
    title: str
    read: Read
    write: Write | None = None
    several: bool = False
    offers: Callable[[Document], Sequence[str]] | None = None
    width: int = 140


def columns(document: Document) -> list[Column]:
    """Those of a map as it is now: some stand for a lane or a persona."""
    return [
        *_grid(document),
        *_cards(document),
        *(_mood(persona) for persona in document.all(Persona)),
        *_found(),
        *_details(),
    ]


# ---------------------------------------------------------------- the touchpoint itself


def _grid(document: Document) -> Iterator[Column]:
    if document.count(State) > 1:
        yield Column("state", _("State"), _state, width=80)
    yield Column("phase", _("Phase"), _phase, _set_phase, offers=_names(Phase), width=160)
    yield Column("name", _("Touchpoint"), lambda _document, one: one.name, _set_name, width=190)
    yield Column(
        "truth", _("Key moment"), lambda _document, one: _yes(one.moment_of_truth), _set_truth,
        offers=lambda _document: (_("yes"), _("no")), width=110,
    )  # fmt: skip
    yield Column("channel", _("Channel"), _named("channel_id", Channel), commands.set_channel, offers=_names(Channel))
    yield Column(
        "department", _("Department"), _named("department_id", Department), commands.set_department,
        offers=_names(Department),
    )  # fmt: skip
    yield _field("owner", _("Owner"))


def _details() -> Iterator[Column]:
    yield _chosen(
        "outcome", _("Outcome"), {"": "", "positive": _("positive"), "neutral": _("neutral"), "negative": _("negative")}
    )
    yield _chosen(
        "initiator", _("Who begins"),
        {"customer": _("customer"), "organisation": _("organisation"), "other": _("somebody else")},
    )  # fmt: skip
    yield _chosen("influence", _("Influence"), {"owned": _("owned"), "shared": _("shared"), "earned": _("earned")})
    yield Column("reach", _("Reach"), _reach, _set_reach, width=80)
    yield Column("tension", _("Tension"), _tension, _set_tension, width=80)
    yield _field("description", _("Description"), 220)
    yield _field("message", _("Message"), 180)
    yield Column(
        "tags", _("Tags"), lambda document, one: ", ".join(tag.name for tag in tags(document, one.id)),
        lambda document, id_, text: set_tags(document, id_, text.replace("\n", ",").split(",")), offers=_names(Tag),
    )  # fmt: skip


def _state(document: Document, one: Touchpoint) -> str:
    state = document.one(State, document.one(Phase, one.phase_id).state_id)
    return state.name or (_("As-is") if state.kind == "as_is" else _("To-be"))


def _phase(document: Document, one: Touchpoint) -> str:
    return document.one(Phase, one.phase_id).name


def _set_phase(document: Document, id_: Id, text: str) -> Change:
    """To the end of the phase of that name; a name that is new makes a phase behind this one."""
    here = document.one(Phase, document.one(Touchpoint, id_).phase_id)
    if not text or text.casefold() == here.name.casefold():
        return Change()
    row = document.referring(Phase, "state_id", here.state_id)
    found = next((one for one in row if one.name.casefold() == text.casefold()), None)
    if found is not None:
        return commands.move_touchpoint(document, id_, found.id)
    draft, after = Draft(document), row[row.index(here) + 1 :]
    made = draft.do(commands.add_phase, text, state_id=here.state_id, before_id=after[0].id if after else None)
    draft.take(commands.move_touchpoint(draft.document, id_, made))
    return draft.change(_("Move to a new phase"))


def _set_name(document: Document, id_: Id, text: str) -> Change:
    return commands.rename(document, id_, text) if text else Change()


def _yes(said: bool) -> str:
    return _("yes") if said else ""


def _set_truth(document: Document, id_: Id, text: str) -> Change:
    key = text.casefold()
    if key in {"", "no", "nein", "0", "false", _("no").casefold()}:
        return commands.edit(document, id_, moment_of_truth=False)
    if key in {"yes", "ja", "x", "1", "true", "✓", _("yes").casefold()}:
        return commands.edit(document, id_, moment_of_truth=True)
    raise Failure(_("“{text}” is neither yes nor no.").format(text=text))


def _field(field: str, title: str, width: int = 140) -> Column:
    return Column(
        field, title, lambda _document, one: str(getattr(one, field)).replace("\n", f" {BREAK} "),
        lambda document, id_, text: commands.edit(document, id_, **{field: _unbroken(text)}), width=width,
    )  # fmt: skip


def _chosen(field: str, title: str, words: dict[str, str]) -> Column:
    """A field with a few values, each with its word."""

    def write(document: Document, id_: Id, text: str) -> Change:
        key = text.casefold()
        value = next((value for value, word in words.items() if key in {value.casefold(), word.casefold()}), None)
        if value is None and not text:
            value = next(iter(words))
        if value is None:
            known = ", ".join(word for word in words.values() if word)
            raise Failure(_("“{text}” is none of: {known}.").format(text=text, known=known))
        return commands.edit(document, id_, **{field: value})

    return Column(
        field, title, lambda _document, one: words.get(str(getattr(one, field)), str(getattr(one, field))), write,
        offers=lambda _document: [word for word in words.values() if word], width=110,
    )  # fmt: skip


def _reach(_document: Document, one: Touchpoint) -> str:
    return "" if one.reach is None else f"{wording.plain(one.reach * 100)} %"


def _set_reach(document: Document, id_: Id, text: str) -> Change:
    if not text:
        return commands.edit(document, id_, reach=None)
    value = _number(text.removesuffix("%").strip())
    if value is None or not 0 <= value <= 100:
        raise Failure(_("The share of customers who pass here is 0 to 100 %, not “{text}”.").format(text=text))
    return commands.edit(document, id_, reach=value / 100)


def _tension(_document: Document, one: Touchpoint) -> str:
    return "" if one.tension is None else wording.plain(one.tension)


def _set_tension(document: Document, id_: Id, text: str) -> Change:
    value = _number(text) if text else None
    if text and (value is None or not 1 <= value <= 5):
        raise Failure(_("How much is at stake is 1 (calm) to 5 (gripping), not “{text}”.").format(text=text))
    return commands.edit(document, id_, tension=value)


def _names(kind: type[Record]) -> Callable[[Document], list[str]]:
    return lambda document: [str(getattr(one, "name", "")) for one in document.all(kind)]


def _named(field: str, kind: type[Record]) -> Read:
    def read(document: Document, one: Touchpoint) -> str:
        record = document.get(kind, getattr(one, field))
        return str(getattr(record, "name", "")) if record is not None else ""

    return read


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None


# ---------------------------------------------------------------- what is felt


def _mood(persona: Persona) -> Column:
    who = persona.id

    def read(document: Document, one: Touchpoint) -> str:
        mood = commands.emotion(document, who, one.id)
        return "" if mood is None else f"{mood.value:+g}".replace("-", "−").replace("+0", "0")

    def write(document: Document, id_: Id, text: str) -> Change:
        value = _number(text) if text else None
        if text and (value is None or not -2 <= value <= 2):
            raise Failure(_("A mood is −2 to +2, not “{text}”.").format(text=text))
        return commands.set_emotion(document, who, id_, value)

    return Column(
        f"mood {who}", _("Mood: {persona}").format(persona=persona.name or _("Persona")), read, write, width=100
    )


# ---------------------------------------------------------------- cells of several things


def _cards(document: Document) -> Iterator[Column]:
    """A column for every lane of texts, also one that is folded or hidden on the map."""
    for lane in document.all(Lane):
        if lane.kind in lanes.CARDS:
            yield _list(
                f"lane {lane.id}",
                lanes.title(lane),
                partial(_in_lane, lane.id),
                partial(_card_text, personal=lane.kind in lanes.PERSONAL),
                partial(_write_card, personal=lane.kind in lanes.PERSONAL),
                partial(_add_card, lane.id, lane.kind in lanes.PERSONAL),
            )


def _in_lane(lane: Id, document: Document, at: Id) -> list[Card]:
    return [card for card in document.referring(Card, "touchpoint_id", at) if card.lane_id == lane]


def _card_text(document: Document, record: Record, *, personal: bool) -> str:
    """The words, behind the name of whose they are where there are several people."""
    card = document.one(Card, record.id)
    who = document.get(Persona, card.persona_id) if personal and document.count(Persona) > 1 else None
    return f"{who.name}: {card.text}" if who is not None and who.name else card.text


def _whose(document: Document, text: str, *, personal: bool) -> tuple[Id | None, str]:
    """The persona whom a line names, and the rest of it."""
    name, colon, rest = text.partition(":")
    if personal and colon and rest.strip():
        found = next(
            (one for one in document.all(Persona) if one.name and one.name.casefold() == name.strip().casefold()), None
        )
        if found is not None:
            return found.id, rest.strip()
    return None, text


def _write_card(document: Document, record: Record, text: str, *, personal: bool) -> Change:
    who, words = _whose(document, text, personal=personal)
    card = document.one(Card, record.id)
    return commands.edit(document, card.id, text=words, persona_id=who or card.persona_id)


def _add_card(lane: Id, personal: bool, document: Document, at: Id, text: str) -> Change:
    who, words = _whose(document, text, personal=personal)
    if personal and who is None:
        who = next((one.id for one in document.all(Persona)), None)
    return commands.add_card(document, lane, at, words, persona_id=who)


def _found() -> Iterator[Column]:
    yield _list("pains", _("Pains (severity)"), _of(PainPoint), _pain_text, _write_pain, _add_pain)
    yield _list("opportunities", _("Opportunities"), _of(Opportunity), _text, _write_text, commands.add_opportunity)
    yield _list("actions", _("Actions"), _actions, _title, _write_title, _add_action)
    yield _list(
        "quotes", _("Customer words"), _of(Quote), _text, _write_text,
        lambda document, at, text: commands.add_quote(document, text, touchpoint_id=at),
    )  # fmt: skip
    yield _list(
        "stories", _("User stories"), _of(UserStory),
        lambda document, one: stories.told(document, document.one(UserStory, one.id)),
        lambda document, one, text: commands.tell_story(document, one.id, text),
        commands.add_story,
    )  # fmt: skip


def _of(kind: type[Record]) -> Callable[[Document, Id], Sequence[Record]]:
    return lambda document, at: document.referring(kind, "touchpoint_id", at)


def _text(document: Document, record: Record) -> str:  # noqa: ARG001
    return str(getattr(record, "text", ""))


def _write_text(document: Document, record: Record, text: str) -> Change:
    return commands.edit(document, record.id, text=text)


def _title(document: Document, record: Record) -> str:
    return document.one(Action, record.id).title


def _write_title(document: Document, record: Record, text: str) -> Change:
    return commands.edit(document, record.id, title=text)


def _pain_text(document: Document, record: Record) -> str:
    pain = document.one(PainPoint, record.id)
    return f"{pain.text} ({pain.severity})"


def _severe(text: str) -> tuple[str, int | None]:
    """A text and the severity in brackets behind it."""
    if len(text) > 3 and text.endswith(")") and text[-3] == "(" and text[-2] in "12345":
        return text[:-3].rstrip(), int(text[-2])
    return text, None


def _write_pain(document: Document, record: Record, text: str) -> Change:
    words, severity = _severe(text)
    pain = document.one(PainPoint, record.id)
    return commands.edit(document, pain.id, text=words, severity=severity or pain.severity)


def _add_pain(document: Document, at: Id, text: str) -> Change:
    words, severity = _severe(text)
    return commands.add_pain(document, at, words, severity=severity or 3)


def _actions(document: Document, at: Id) -> list[Action]:
    pains = document.referring(PainPoint, "touchpoint_id", at)
    answers = (answer for pain in pains for answer in document.referring(Answer, "pain_id", pain.id))
    found = dict.fromkeys(answer.action_id for answer in answers)
    return [document.one(Action, id_) for id_ in found]


def _add_action(document: Document, at: Id, text: str) -> Change:
    pains = document.referring(PainPoint, "touchpoint_id", at)
    if not pains:
        raise Failure(_("An action answers a pain: write down the pain first."))
    return commands.add_action(document, text, pains=[pains[0].id])


def _list(
    key: str,
    title: str,
    of: Callable[[Document, Id], Sequence[Record]],
    text: Callable[[Document, Record], str],
    write: Callable[[Document, Record, str], Change],
    add: Callable[[Document, Id, str], Change],
) -> Column:
    """A column of lists: a line each; what is typed is compared line by line, so that what stays keeps what hangs on it."""

    def read(document: Document, one: Touchpoint) -> str:
        return "\n".join(_broken(text(document, record)) for record in of(document, one.id))

    def put(document: Document, id_: Id, typed: str) -> Change:
        there = list(of(document, id_))
        old = [_broken(text(document, record)) for record in there]
        new = [line for line in map(str.strip, typed.splitlines()) if line]
        if old == new:
            return Change()
        draft = Draft(document)
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            pairs = min(j - i, m - k)
            for record, line in zip(there[i : i + pairs], new[k : k + pairs], strict=True):
                draft.take(write(draft.document, record, _unbroken(line)))
            if j - i > pairs:
                draft.take(commands.delete(draft.document, *(one.id for one in there[i + pairs : j])))
            for line in new[k + pairs : m]:
                made = draft.do(add, id_, _unbroken(line))
                if made and j < len(there):
                    draft.take(commands.move(draft.document, made, there[j].id))
        return draft.change(_("Edit {what}").format(what=title))

    return Column(key, title, read, put, several=True, width=220)


def _broken(text: str) -> str:
    return f" {BREAK} ".join(line.strip() for line in text.splitlines()) if "\n" in text else text


def _unbroken(text: str) -> str:
    return "\n".join(part.strip() for part in text.split(BREAK)) if BREAK in text else text
