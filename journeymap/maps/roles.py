"""What a heading of somebody's own map means: a guess with its reason, to be corrected by hand or in a recipe.

Two layouts are known. *across*: phases along the top (in merged cells), touchpoints below, lanes as row names at the
left. *down*: one row a touchpoint, with columns for phase, channel, thought and so on. Headings in English and German.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.maps.ratings import Ratings
from journeymap.maps.sheets import Sheet

ACROSS, DOWN = "across", "down"
LEAVE: Final = "leave"
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "phase": ("phase", "phasen", "stage", "stages", "phases", "journey phase", "journey stage", "abschnitt", "etappe", "stadium", "step group", "kategorie der phase"),
    "touchpoint": (
        "touchpoint", "touchpoints", "touch point", "contact point", "kontaktpunkt", "kontaktpunkte", "berührungspunkt", "berührungspunkte",
        "step", "steps", "schritt", "schritte", "customer action", "customer actions", "user action", "user actions", "kundenaktion",
        "kundenaktionen", "kundenaktivität", "kundenaktivitäten", "kundenhandlung", "aktivität", "aktivitäten", "activity", "activities",
        "doing", "tut", "handlung", "handlungen", "interaction", "interaktion", "interaktionen", "task", "aufgabe", "moment",
    ),
    "description": ("description", "beschreibung", "details", "notes", "notizen", "anmerkung", "bemerkung", "kommentar", "comment"),
    "channel": ("channel", "channels", "kanal", "kanäle", "medium", "media", "kontaktkanal", "device"),
    "thoughts": (
        "thought", "thoughts", "thinking", "gedanke", "gedanken", "denkt", "was denkt der kunde", "customer thoughts", "quote", "quotes",
        "zitat", "zitate", "kundenstimme", "needs", "need", "bedürfnis", "bedürfnisse", "question", "questions", "fragen", "mindset",
    ),
    "emotion": ("emotion", "emotions", "emotionen", "feeling", "feelings", "gefühl", "gefühle", "stimmung", "mood", "zufriedenheit", "satisfaction", "experience", "emotional", "erlebnis", "sentiment", "score", "fühlt"),
    "pain": ("pain", "pains", "pain point", "pain points", "painpoint", "painpoints", "pain-point", "problem", "probleme", "problems", "schmerzpunkt", "schmerzpunkte", "frustration", "frustrations", "barrier", "barriers", "hürde", "hürden", "barrieren", "issues", "issue", "ärgernis"),
    "severity": ("severity", "schwere", "schweregrad", "impact", "priorität", "priority"),
    "opportunity": ("opportunity", "opportunities", "chance", "chancen", "potenzial", "potenziale", "potential", "idea", "ideas", "idee", "ideen", "improvement", "verbesserung", "verbesserungen", "gain", "gains"),
    "action": ("action", "actions", "measure", "measures", "maßnahme", "maßnahmen", "massnahme", "massnahmen", "solution", "solutions", "lösung", "lösungen", "todo", "to-do"),
    "owner": ("owner", "responsible", "verantwortlich", "verantwortlicher", "verantwortliche", "zuständig", "process owner", "ansprechpartner", "wer"),
    "department": ("department", "departments", "abteilung", "abteilungen", "team", "bereich", "fachbereich", "unit"),
    "goal": ("goal", "goals", "ziel", "ziele", "customer goal", "kundenziel", "user goal", "user goals", "objective"),
    "front_stage": ("front stage", "frontstage", "onstage", "on stage", "visible actions", "vordergrund", "sichtbare aktionen", "employee actions", "mitarbeiteraktionen"),
    "back_stage": ("back stage", "backstage", "back office", "backoffice", "hintergrund", "unsichtbare aktionen", "internal processes", "interne prozesse"),
    "support": ("support", "support processes", "supporting processes", "unterstützende prozesse", "systems", "system", "systeme", "tools", "it-systeme", "it systems", "support systems", "technology"),
    "staff": ("employee experience", "mitarbeitererlebnis", "staff", "mitarbeiter", "employees"),
    "truth": ("moment of truth", "moments of truth", "moment der wahrheit", "mot"),
    "tags": ("tag", "tags", "label", "labels", "schlagwort", "schlagworte"),
    "persona": ("persona", "personas", "actor", "akteur", "kunde", "customer", "user", "customer type", "kundentyp", "zielgruppe"),
}  # fmt: skip
_BY_WORD: Final = {word: role for role, words in _WORDS.items() for word in words}
ROLES: Final = (*_WORDS, "text", LEAVE)
_BEYOND: Final = 15  # rows, or columns, in which headings are looked for
_TELLING: Final = {
    "channel",
    "thoughts",
    "emotion",
    "pain",
    "opportunity",
    "action",
    "owner",
    "department",
    "front_stage",
    "back_stage",
}


def name(role: str) -> str:
    """What a role is called."""
    return {
        "phase": _("Phase"), "touchpoint": _("Touchpoint"), "description": _("Description"), "channel": _("Channel"),
        "thoughts": _("Thoughts"), "emotion": _("Emotion"), "pain": _("Pain"), "severity": _("Severity"),
        "opportunity": _("Opportunity"), "action": _("Action"), "owner": _("Owner"), "department": _("Department"),
        "goal": _("Goal of the phase"), "front_stage": _("Front stage"), "back_stage": _("Back stage"),
        "support": _("Support"), "staff": _("Staff"), "truth": _("Moment of truth"), "tags": _("Tags"),
        "persona": _("Persona"), "text": _("A lane of its own"), LEAVE: _("Leave out"),
    }[role]  # fmt: skip


class Line(Struct, frozen=True):
    """One heading: a column where touchpoints go down, a row where they go across. `place` counts from 0."""

    place: int
    heading: str
    role: str
    reason: str = ""
    person: str = ""


class Mapping(Struct, frozen=True):
    """How a sheet is read. `head` is the row of the headings (down) or the column of the row names (across), from 0."""

    direction: str
    head: int
    lines: tuple[Line, ...]
    sheet: str = ""

    def line(self, role: str) -> Line | None:
        """The first line with that role."""
        return next((line for line in self.lines if line.role == role), None)

    def with_role(self, place: int, role: str) -> Mapping:
        """Another role for one heading; a touchpoint, a phase and the like there are only once."""
        single = {"phase", "touchpoint", "severity", "truth", "persona", "goal"}

        def changed(line: Line) -> Line:
            if line.place == place:
                return replace(line, role=role, reason=_("chosen by hand"))
            return replace(line, role="text", reason="") if role in single and line.role == role else line

        return replace(self, lines=tuple(changed(line) for line in self.lines))


def role_of(heading: str) -> tuple[str, str]:
    """(role, person) of a heading: "Emotion (Anna)" is ("emotion", "Anna"); ("", "") for an unknown one."""
    text = " ".join(heading.split()).strip(" :*?!.")
    inside = re.search(r"[(\[–:-]\s*([^()\[\]]+?)\s*[)\]]?$", text)
    bare = re.split(r"[(\[/:|–]", text)[0].strip(" :*?!.-").casefold()
    for word in (text.casefold(), bare):
        if word in _BY_WORD:
            role = _BY_WORD[word]
            person = (
                inside.group(1)
                if inside and role in {"emotion", "thoughts"} and word == bare and text.casefold() != bare
                else ""
            )
            return role, person if not re.search(r"\d|[/+]", person) else ""
    parts = bare.split()
    if len(parts) in {2, 3, 4}:  # "Gedanken des Kunden", "Customer's thoughts", "Emotion Anna"
        for word in (parts[0], parts[-1], " ".join(parts[:2]), " ".join(parts[-2:])):
            if word in _BY_WORD:
                return _BY_WORD[word], ""
    return "", ""


def guess(sheet: Sheet, file: str) -> Mapping:
    """The likelier layout with a role for each heading. Raises Failure where no heading says what it is."""
    down, across = _headings(sheet), _headings(sheet.turned())
    if not down[1] and not across[1]:
        raise Failure(
            _("{name}: no row or column of headings such as “Phase”, “Touchpoint” or “Emotion” was found.").format(
                name=file
            )
        )
    direction = DOWN if down[1] >= across[1] else ACROSS
    return laid(sheet, direction, (down if direction == DOWN else across)[0])


def laid(sheet: Sheet, direction: str, head: int | None = None) -> Mapping:
    """The roles of a layout whose direction a person has chosen."""
    turned = sheet if direction == DOWN else sheet.turned()
    head = _headings(turned)[0] if head is None else min(max(head, 0), len(turned.rows) - 1)
    lines: list[Line] = []
    taken: set[str] = set()
    for place, heading in enumerate(turned.rows[head]):
        values = [row[place] for row in turned.rows[head + 1 :] if row[place]]
        role, person = role_of(heading)
        reason = _("its heading says so") if role else ""
        if role in taken & {"phase", "touchpoint", "persona"}:
            role, reason = "text", _("there is one already")
        if not role:
            role, reason = _by_content(heading, values)
        taken.add(role)
        if heading or values:
            lines.append(Line(place, heading, role, reason, person))
    return _completed(Mapping(direction, head, tuple(lines), sheet.name), turned)


def _by_content(heading: str, values: list[str]) -> tuple[str, str]:
    if not values:
        return LEAVE, _("it is empty")
    if not heading:
        return LEAVE, _("it has no heading")
    ratings = Ratings(values)
    if (
        len(values) > 2
        and all(ratings.readable(value) for value in values)
        and any(not value.isdigit() or int(value) < 11 for value in values)
    ):
        faces = any(not re.match(r"[\d+.,-]", value) for value in values)
        if faces:
            return "emotion", _("it holds feelings")
    return "text", _("an unknown heading becomes a lane of this name")


def _completed(mapping: Mapping, turned: Sheet) -> Mapping:
    """Across, the phases often stand in a first row without a name: it is taken where nothing else is the phase."""
    if mapping.line("phase") is not None:
        return mapping
    touchpoint = mapping.line("touchpoint")
    for line in mapping.lines:
        named = line.heading and line.reason == _("its heading says so")
        before = touchpoint is None or line.place < touchpoint.place
        values = sum(bool(row[line.place]) for row in turned.rows[mapping.head + 1 :])
        if (
            not named
            and before
            and values > (1 if mapping.direction == ACROSS else 0)
            and (not line.heading or touchpoint is None)
        ):
            reason = _("it stands before everything else")
            return replace(
                mapping,
                lines=tuple(replace(one, role="phase", reason=reason) if one is line else one for one in mapping.lines),
            )
    return mapping


def _headings(sheet: Sheet) -> tuple[int, float]:
    """The row with the most known headings, and how many different roles it names."""
    best, found = 0, 0.0
    for number, row in enumerate(sheet.rows[:_BEYOND]):
        roles = {role for cell in row if len(cell) < 60 and (role := role_of(cell)[0])}
        worth = len(roles) + 0.5 * ("touchpoint" in roles) + 0.5 * ("phase" in roles) if len(roles) > 1 else 0
        if worth > found:
            best, found = number, worth
    return best, found


def is_map(sheet: Sheet) -> bool:
    """Whether a table is a map rather than answers: its headings name lanes, and hardly a touchpoint comes twice."""
    try:
        mapping = guess(sheet, "")
    except Failure:
        return False
    turned = sheet if mapping.direction == DOWN else sheet.turned()
    roles = {line.role for line in mapping.lines}
    touchpoint, phase = mapping.line("touchpoint"), mapping.line("phase")
    if len(roles & _TELLING) < (1 if touchpoint and phase else 2) or not (touchpoint or phase):
        return False
    rows = turned.rows[mapping.head + 1 :]
    if touchpoint is None:
        return mapping.direction == ACROSS or len(rows) <= 100
    names = [(row[phase.place] if phase else "", row[touchpoint.place]) for row in rows if row[touchpoint.place]]
    return bool(names) and len(names) <= 2000 and len(set(names)) >= 0.7 * len(names)


# ---------------------------------------------------------------- recipe


def to_toml(mapping: Mapping) -> str:
    """The mapping as a recipe that a person can edit."""
    import tomli_w

    head = {
        "direction": mapping.direction,
        "head": mapping.head + 1,
        **({"sheet": mapping.sheet} if mapping.sheet else {}),
    }
    roles = {line.heading or f"#{line.place + 1}": line.role for line in mapping.lines}
    return tomli_w.dumps({"map": head, "roles": roles})


def is_recipe(path: Path) -> bool:
    """Whether a recipe is one of a map's table."""
    try:
        return "map" in tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False


def sheet_of(recipe: Path) -> str:
    """The sheet that a recipe names, "" for none. Raises Failure."""
    return str(_recipe(recipe)["map"].get("sheet", ""))


def from_toml(path: Path, sheet: Sheet) -> Mapping:
    """The mapping that a recipe says, for this sheet. Raises Failure with the key that cannot be carried out."""
    said = _recipe(path)
    head = said["map"].get("head", 1)
    direction = said["map"].get("direction", DOWN)
    if direction not in {ACROSS, DOWN} or not isinstance(head, int) or head < 1:
        raise Failure(
            _('{path}: [map] needs direction = "across" or "down" and head = a number from 1.').format(path=path.name)
        )
    mapping = laid(sheet, direction, head - 1)
    roles = said.get("roles", {})
    places = {line.heading or f"#{line.place + 1}": line.place for line in mapping.lines}
    for heading, role in roles.items() if isinstance(roles, dict) else ():
        if role not in ROLES:
            raise Failure(
                _("{path}: “{role}” is no role; it can be {roles}.").format(
                    path=path.name, role=role, roles=", ".join(ROLES)
                )
            )
        if heading not in places:
            raise Failure(_("{path}: the table has no heading “{heading}”.").format(path=path.name, heading=heading))
        mapping = mapping.with_role(places[heading], role)
    return mapping


def _recipe(path: Path) -> dict[str, Any]:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Failure(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)) from error
    except ValueError as error:
        raise Failure(_("{path} is no recipe: {reason}.").format(path=path.name, reason=error)) from error
    if not isinstance(said.get("map"), dict):
        raise Failure(_("{path} is a recipe for data, not for a map; it has no [map].").format(path=path.name))
    return said
