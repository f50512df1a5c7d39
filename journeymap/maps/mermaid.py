"""Mermaid `journey` diagrams, as Mermaid 11 itself reads them: https://mermaid.js.org/syntax/userJourney.html.

    journey
        title My working day
        section Go to work
            Make tea: 5: Me, Cat

What Mermaid does in silence is done here too, and said: text after # is cut, a score that is no number is none, a
fourth field is dropped. What Mermaid refuses with the whole file is read as it stands, or left out line by line, and
said. Scores run from 1 to 5 and become −2 … +2.
"""

from __future__ import annotations

import html
import math
import re

from msgspec import Struct, field

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.maps.brought import Brought, Losses, Mood, Point, Said, Stage, crowd
from journeymap.model import lanes

FORMAT = "mermaid"
CROWD = 12
"""So many different actors who hardly ever come back are no people but remarks."""

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,}|:::)[ \t]*\{?\.?mermaid(?:-example)?\b")
_FRONT_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"^\s*%%")
_ENTITY = re.compile(r"#(\w+);")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_JOURNEY = re.compile(r"journey(?=\s|$)")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_KINDS = {
    "flowchart": "flowchart", "graph": "flowchart", "sequencediagram": "sequence diagram", "classdiagram": "class diagram",
    "statediagram": "state diagram", "erdiagram": "entity relationship diagram", "gantt": "Gantt chart", "pie": "pie chart",
    "mindmap": "mind map", "timeline": "timeline", "gitgraph": "Git graph", "quadrantchart": "quadrant chart",
    "requirementdiagram": "requirement diagram", "sankey": "Sankey diagram", "xychart": "XY chart", "block": "block diagram",
    "kanban": "Kanban board", "c4context": "C4 diagram", "architecture": "architecture diagram", "zenuml": "ZenUML diagram",
}  # fmt: skip
# Stand-ins for # ; : and , that were written as entities: they part nothing.
_KEPT = {"#": "\ue000", ";": "\ue001", ":": "\ue002", ",": "\ue003"}
_BACK = {ord(sign): text for text, sign in _KEPT.items()}


def is_mermaid(text: str) -> bool:
    """Whether a text is a Mermaid diagram of any type, or Markdown with one inside."""
    blocks = _blocks(_plain(text))
    kind = _type(blocks[0][0])
    # Other types have names that also head columns ("timeline", "block"): only the unmistakable ones count.
    known = kind in {"journey", "flowchart"} or kind.endswith("diagram") or (kind == "graph" and "--" in text)
    return len(blocks) > 1 or blocks[0][1] > 1 or known


def is_journey(text: str) -> bool:
    """Whether a text is a journey diagram, or Markdown with one inside."""
    return any(_type(block) == "journey" for block, _line in _blocks(_plain(text)))


def read(text: str, name: str) -> Brought:
    """The journeys of a text, one after the other. `name` is the file's, for sentences. Raises Failure where there is none."""
    text = _plain(text)
    found = [(block, line) for block, line in _blocks(text) if _type(block) == "journey"]
    if not found:
        raise Failure(_refusal(text, name))
    losses = Losses()
    others = sum(1 for block, _line in _blocks(text) if _type(block) != "journey")
    if others:
        losses.note(_("a diagram of another type"), count=others)
    diagrams = [_diagram(block, line, losses) for block, line in found]
    if not any(one.tasks for one in diagrams):
        raise Failure(_("{name} is a journey diagram without a task; there is nothing to bring in.").format(name=name))
    title = next((one.title for one in diagrams if one.title), "")
    return _brought(diagrams, title, losses)


def _refusal(text: str, name: str) -> str:
    kind = next((_type(block) for block, _line in _blocks(text)), "")
    if kind in _KINDS:
        return _("{name} is a Mermaid {kind}, not a journey; only journey diagrams are maps.").format(
            name=name, kind=_KINDS[kind]
        )
    return _("{name} is no Mermaid journey: its first line must be “journey”.").format(name=name)


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _blocks(text: str) -> list[tuple[str, int]]:
    """The diagrams in a text, each with the number of its first line; the text itself where it is no Markdown."""
    found: list[tuple[str, int]] = []
    fence, inside, first = "", [""], 0
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            if line.strip().startswith(fence) and not line.strip().strip("`~:"):
                found.append(("\n".join(inside), first))
                fence = ""
            else:
                inside.append(line)
        elif opened := _FENCE.match(line):
            fence, inside, first = opened.group(1), [], number + 1
    if fence:  # never closed: it goes to the end of the text
        found.append(("\n".join(inside), first))
    return found or [(text, 1)]


def _parted(block: str) -> tuple[str, str]:
    """The front matter of a diagram, and the diagram without what may stand before its type; every line stays in its place."""
    lines = block.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    front = ""
    if lines[first].strip() == "---":
        last = next((number for number in range(first + 1, len(lines)) if lines[number].strip() == "---"), None)
        if last is not None:
            front = "\n".join(lines[first + 1 : last])
            lines[: last + 1] = [""] * (last + 1)
    return front, _undirected("\n".join(lines))


def _undirected(text: str) -> str:
    """Without directives: %%{ … }%%."""
    out: list[str] = []
    at = 0
    while (start := text.find("%%{", at)) >= 0 and (end := text.find("}%%", start)) >= 0:
        out += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join(out) + text[at:]


def _type(block: str) -> str:
    """The type of a diagram by its first line that is no comment: "journey", a key of `_KINDS`, or ""."""
    for line in _parted(block)[1].split("\n"):
        if not line.strip() or _COMMENT.match(line):
            continue
        if _JOURNEY.match(line.strip()):
            return "journey"
        word = re.match(r"[A-Za-z0-9]+", line.strip())
        # A word with a comma or a semicolon behind it is the head of a table.
        known = word.group().lower() if word and not re.match(r"\s*[,;\t|]", line.strip()[word.end() :]) else ""
        return next((kind for kind in _KINDS if known == kind or known.removesuffix("v2") == kind), "")
    return ""


# ---------------------------------------------------------------- one diagram


class _Task(Struct):
    section: int
    name: str
    score: float | None
    actors: list[str]


class _Diagram(Struct):
    title: str = ""
    about: str = ""
    sections: list[str] = field(default_factory=lambda: [""])
    tasks: list[_Task] = field(default_factory=list)


def tasks(text: str) -> list[tuple[str, str, float | None, tuple[str, ...]]]:
    """(section, task, score as written, actors) of the journeys in a text: what other programs would see too."""
    losses = Losses()
    return [
        (diagram.sections[task.section], task.name, task.score, tuple(task.actors))
        for block, line in _blocks(_plain(text)) if _type(block) == "journey"
        for diagram in [_diagram(block, line, losses)]
        for task in diagram.tasks
    ]  # fmt: skip


def _diagram(block: str, first: int, losses: Losses) -> _Diagram:
    made = _Diagram()
    front, bare = _parted(block)
    said = _FRONT_TITLE.search(front)
    made.title = said.group(1).strip("\"'") if said else ""
    begun = describing = False
    for number, raw in enumerate(bare.split("\n"), first):
        line = raw.strip()
        if describing:
            made.about += "\n" + line.rstrip("}").strip()
            describing = "}" not in line
            continue
        if not line or _COMMENT.match(line) or (line.startswith("#") and not _ENTITY.match(line)):
            continue
        if not begun:
            begun = True
            line = line.removeprefix("journey").strip()
            if not line:
                continue
        describing = _line(made, line, number, losses)
    made.about = made.about.strip()
    return made


def _line(made: _Diagram, line: str, number: int, losses: Losses) -> bool:
    """Takes one line in. True where it begins a description of several lines."""
    line = _ENTITY.sub(lambda found: _sign(found.group(1)), line)
    low = line.lower()
    word = re.match(r"(title|section|acctitle|accdescr)\b\s*", low)
    kind = word.group(1) if word else ""
    rest = line[word.end() :] if word else line
    if kind in {"acctitle", "accdescr"} and rest[:1] in {":", "{"}:
        text = _text(rest[1:].rstrip("}"))
        if kind == "accdescr":
            made.about = text
        elif not made.title:
            made.title = text
        return rest[0] == "{" and "}" not in rest
    if kind == "title" and rest:
        if re.search(r":\s*\d\s*(:|$)", rest):
            losses.note(
                _("begins with the word “title” and so is the diagram’s title, as in Mermaid, not a task"), number
            )
        made.title = _text(_cut(rest, number, losses, ";"))
    elif kind == "section" and rest and not re.search(r":\s*\d+(\.\d+)?\s*(:|$)", rest):
        made.sections.append(_text(_cut(rest, number, losses, ":;")))
    else:
        if word or low.startswith("journey"):
            losses.note(
                _("a task that begins with a word of Mermaid’s own; Mermaid refuses it, read as a task"), number
            )
        _task(made, line, number, losses)
    return False


def _task(made: _Diagram, line: str, number: int, losses: Losses) -> None:
    name, colon, data = line.partition(":")
    if not colon or not name.strip():
        losses.note(_("no task: a name, a colon and a score are needed; left out"), number)
        return
    if "#" in name or ";" in name:
        losses.note(_("a sign that Mermaid refuses in a name (# or ;), read as it stands"), number)
    parts = _cut(data, number, losses, ";").split(":")
    score = _score(parts[0])
    if score is None:
        losses.note(_("the score is no number; no emotion was set"), number)
    if len(parts) > 2:
        losses.note(_("more than a score and actors; the rest was dropped, as Mermaid does"), number)
    actors = [_text(one) for one in parts[1].split(",")] if len(parts) > 1 else []
    if "" in actors and len(actors) > 1:
        losses.note(_("an actor without a name"), number)
    section = len(made.sections) - 1
    made.tasks.append(_Task(section, _text(name), score, [one for one in actors if one]))


def _cut(text: str, number: int, losses: Losses, refused: str) -> str:
    """Without what stands behind #, which Mermaid takes for a comment; signs that it refuses are noted and kept."""
    kept, sign, _rest = text.partition("#")
    if sign:
        losses.note(_("text after # was cut, as Mermaid does"), number)
    if any(one in kept for one in refused):
        losses.note(
            _("a sign that Mermaid refuses here ({signs}), read as it stands").format(signs=" ".join(refused)), number
        )
    return kept


def _sign(name: str) -> str:
    sign = html.unescape(f"&#{name};" if name.isdigit() else f"&{name};")
    return _KEPT.get(sign, sign)


def _text(text: str) -> str:
    """A text as a person reads it: breaks as lines, entities as signs, no blanks at its ends."""
    lines = (part.strip() for part in _BREAK.split(text))
    return "\n".join(lines).translate(_BACK).strip()


def _score(text: str) -> float | None:
    """A score as JavaScript reads a number: nothing is 0. None for what is none."""
    text = text.strip()
    if not text:
        return 0.0
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


# ---------------------------------------------------------------- what becomes of it


def _brought(diagrams: list[_Diagram], title: str, losses: Losses) -> Brought:
    mentions = [actor for one in diagrams for task in one.tasks for actor in task.actors]
    remarks = len(set(mentions)) > CROWD and len(mentions) < 2 * len(set(mentions))
    if remarks:
        text = _(
            "actors that hardly ever come back look like remarks, not like people; they stand as texts under the task"
        )
        losses.note(text, count=len(set(mentions)))
        mentions = []
    people = crowd(mentions)
    hidden = sum(person.hidden for person in people)
    if hidden:
        losses.note(
            _("a persona is hidden, so that the picture stays readable; the eye in the outline shows it"), count=hidden
        )
    if len(diagrams) > 1 and len({one.title for one in diagrams if one.title}) > 1:
        losses.note(_("the title of a further diagram"), count=len([one for one in diagrams if one.title]) - 1)
    stages = tuple(
        Stage(
            name or (one.title if len(diagrams) > 1 else "") or _("Phase 1"),
            tuple(_point(task, losses, remarks=remarks) for task in one.tasks if task.section == place),
        )
        for one in diagrams
        for place, name in enumerate(one.sections)
        if name or any(task.section == place for task in one.tasks)
    )
    about = "\n".join(one.about for one in diagrams if one.about)
    return Brought(FORMAT, title, {"scenario": about} if about else {}, people, stages, (), losses.all())


def _point(task: _Task, losses: Losses, *, remarks: bool) -> Point:
    moods: tuple[Mood, ...] = ()
    if task.score is not None:
        score = min(5.0, max(1.0, task.score))
        if score != task.score:
            text = _("a score outside 1 to 5 ({score}) was set to {held}")
            losses.note(text.format(score=f"{task.score:g}", held=f"{score:g}"))
        moods = tuple(Mood(person, score - 3) for person in dict.fromkeys(task.actors if not remarks else ()) or ("",))
    said = tuple(Said(lanes.TEXT, actor, _("Actors")) for actor in task.actors) if remarks else ()
    return Point(task.name, moods=moods, said=said)
