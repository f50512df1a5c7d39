"""The nouns of a map: frozen records with UUID ids.

A record is a flat row: every field is a `str`, `int`, `float`, `bool`, one of these or None, or a tuple of strings or
numbers (only on records that never change). Lists that people edit are child records of their own, so that two
people can change different entries. `order` is a fractional key: text that sorts.
The store derives its tables from these classes. A new type is declared here, drawn once, migrated and tested.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from journeymap.model.record import Gone, Id, R, Record, Refers, Scalar, Value, new_id, with_fields

__all__ = ["Gone", "Id", "R", "Record", "Refers", "Scalar", "Value", "new_id", "with_fields"]  # handed on

# ---------------------------------------------------------------- the map and its people


class Map(Record, frozen=True):
    """The map itself; a document has exactly one."""

    title: str = ""
    scenario: str = ""
    finding: str = ""  # the one sentence that the map says
    client: str = ""
    team: str = ""
    owner: str = ""
    language: str = "en"
    currency: str = "EUR"
    example: bool = False  # invented content, and printed as such
    privacy_limit: int = 5  # customers; smaller groups are not shown, the limit can only be raised
    brand_id: Annotated[Id | None, Refers("Brand", "clear")] = None
    year_start: int = 1  # the month in which the fiscal year begins
    column_width: int = 0  # pitch of the columns on the screen, px at 100 %; 0: the usual one


class Brand(Record, frozen=True):
    """A client's colours and footer."""

    name: str = ""
    colour: str = "#0F5C63"
    logo_hash: str = ""
    font: str = ""
    footer: str = ""


class State(Record, frozen=True):
    """As-is or to-be: every phase belongs to one state."""

    order: str
    name: str = ""
    kind: str = "as_is"  # as_is | to_be


class Persona(Record, frozen=True):
    """A person, not an average; `segment_*` binds her to the respondents who are like her."""

    order: str
    name: str = ""
    line: str = ""  # "34, frequent city-breaker"
    age: int | None = None
    quote: str = ""
    hue: int = 1  # 1..6: hue and marker shape
    avatar: str = ""  # name of a drawn avatar
    picture_hash: str = ""
    interviews: int | None = None
    segment_column: str = ""
    segment_value: str = ""
    origin_id: str = ""  # the persona of another map that this one was copied from
    hidden: bool = False  # not drawn: no curve, no thoughts, not in the strip
    evidence: str = ""  # what she is known from, in words
    origin_map: str = ""  # the file from which she was copied, by its name
    role: str = ""  # what she does: "retired surveyor"


class Trait(Record, frozen=True):
    """One goal, need, frustration, channel or accessibility need of a persona."""

    persona_id: Annotated[Id, Refers("Persona")]
    order: str = ""
    kind: str = "goal"  # goal | need | frustration | channel | accessibility
    text: str = ""


class Slider(Record, frozen=True):
    """A skill or attitude of a persona between two named ends, 0..1."""

    persona_id: Annotated[Id, Refers("Persona")]
    order: str = ""
    low: str = ""
    high: str = ""
    value: float = 0.5


# ---------------------------------------------------------------- the journey


class Phase(Record, frozen=True):
    """A stage of the journey; touchpoints stand in it in their order."""

    state_id: Annotated[Id, Refers("State")]
    order: str = ""
    name: str = ""
    goal: str = ""
    duration: str = ""


class Department(Record, frozen=True):
    """Who owns touchpoints; `external` for partners."""

    order: str
    name: str = ""
    external: bool = False


class Channel(Record, frozen=True):
    """Where customer and organisation meet; `icon` names a drawn icon."""

    order: str
    name: str = ""
    icon: str = ""


class Touchpoint(Record, frozen=True):
    """One meeting of customer and organisation: a column of the map, a node of the graph."""

    phase_id: Annotated[Id, Refers("Phase")]
    order: str = ""
    name: str = ""
    description: str = ""
    channel_id: Annotated[Id | None, Refers("Channel", "clear")] = None
    department_id: Annotated[Id | None, Refers("Department", "clear")] = None
    owner: str = ""
    initiator: str = "customer"  # customer | organisation | other
    influence: str = "owned"  # owned | shared | earned
    outcome: str = ""  # "" | positive | neutral | negative
    moment_of_truth: bool = False
    message: str = ""
    reach: float | None = None  # share of customers who pass here, 0..1
    counterpart_id: Annotated[Id | None, Refers("Touchpoint", "clear")] = (
        None  # the as-is touchpoint that a to-be one replaces
    )
    tension: float | None = None  # the dramatic arc: how much is at stake here, 1 (calm) .. 5 (gripping)


class Link(Record, frozen=True):
    """An edge of the graph beyond the plain order of the grid (which is implied)."""

    source_id: Annotated[Id, Refers("Touchpoint")]
    target_id: Annotated[Id, Refers("Touchpoint")]
    kind: str = "branch"  # next | branch | loop | switch
    label: str = ""
    share: float | None = None  # of the customers at the source, 0..1
    persona_id: Annotated[Id | None, Refers("Persona", "clear")] = None


class Lane(Record, frozen=True):
    """A row of the map; see `model.lanes` for the kinds."""

    order: str
    kind: str = "text"
    name: str = ""
    hint: str = ""
    hidden: bool = False
    folded: bool = False
    colour: str = ""  # of its ground: "p1" … "p6"; "": the stage's own
    height: int = 0  # at least, px at 100 %; 0: as high as its highest cell
    kpi: str = ""  # what a chart of figures shows; "": what most touchpoints have
    chart: str = ""  # of figures: "": a bar each touchpoint; "trend": lines over periods


class Card(Record, frozen=True):
    """A text in a lane under a touchpoint; may span the following columns."""

    lane_id: Annotated[Id, Refers("Lane")]
    touchpoint_id: Annotated[Id, Refers("Touchpoint")]
    order: str = ""
    text: str = ""
    span: int = 1
    persona_id: Annotated[Id | None, Refers("Persona", "clear")] = None


class Emotion(Record, frozen=True):
    """What the workshop assumes a persona feels, -2..+2; the measured value is computed, never stored."""

    persona_id: Annotated[Id, Refers("Persona")]
    touchpoint_id: Annotated[Id, Refers("Touchpoint")]
    value: float = 0.0
    note: str = ""  # a few words at a peak or trough


class UserStory(Record, frozen=True):
    """As <persona> I want <want> so that <benefit>; with the expectation."""

    touchpoint_id: Annotated[Id, Refers("Touchpoint")]
    persona_id: Annotated[Id | None, Refers("Persona", "clear")] = None
    order: str = ""
    want: str = ""
    benefit: str = ""
    expectation: str = ""


class Tag(Record, frozen=True):
    """A free label."""

    order: str
    name: str = ""


class Tagging(Record, frozen=True):
    """A tag on a touchpoint."""

    tag_id: Annotated[Id, Refers("Tag")]
    touchpoint_id: Annotated[Id, Refers("Touchpoint")]


class Note(Record, frozen=True):
    """A remark at a touchpoint or on the map."""

    touchpoint_id: Annotated[Id | None, Refers("Touchpoint")] = None
    text: str = ""
    author: str = ""
    resolved: bool = False


class Attachment(Record, frozen=True):
    """A picture or file, stored once under the SHA-256 of its bytes; or a link, with `url` in place of the bytes."""

    touchpoint_id: Annotated[Id | None, Refers("Touchpoint")] = None
    lane_id: Annotated[Id | None, Refers("Lane")] = None
    order: str = ""
    name: str = ""
    media_type: str = ""
    content_hash: str = ""
    url: str = ""


class RegisterEntry(Record, frozen=True):
    """Which personal data a touchpoint processes, why, on what basis, how long; or that it processes none."""

    touchpoint_id: Annotated[Id, Refers("Touchpoint")]
    order: str = ""
    data: str = ""
    purpose: str = ""
    legal_basis: str = ""  # a key of `model.register.BASES`, or a person's own words
    retention: str = ""
    recipients: str = ""
    special: str = ""  # special categories of data: a key of `model.register.CONDITIONS`, or own words; "" for none
    source: str = ""  # the proposal it came from, so that none comes twice
    no_data: bool = False  # said by a person: no personal data is processed here


# ---------------------------------------------------------------- from evidence to action


class PainPoint(Record, frozen=True):
    """What hurts; `number` makes P1, P2 …; `source` names the proposal it came from, so that none comes twice."""

    touchpoint_id: Annotated[Id, Refers("Touchpoint")]
    order: str = ""
    number: int = 0
    text: str = ""
    severity: int = 3  # 1..5
    frequency: float | None = None  # share of respondents or cases, 0..1
    frequency_low: float | None = None
    frequency_high: float | None = None
    frequency_n: int | None = None
    evidence: str = ""
    source: str = ""


class Opportunity(Record, frozen=True):
    """What could be better here, before anyone has decided how."""

    touchpoint_id: Annotated[Id, Refers("Touchpoint")]
    order: str = ""
    text: str = ""


class Action(Record, frozen=True):
    """Something that will be done; `number` makes A1, A2 …; dates are ISO (2027-02-28)."""

    order: str
    number: int = 0
    title: str = ""
    owner: str = ""
    department_id: Annotated[Id | None, Refers("Department", "clear")] = None
    opportunity_id: Annotated[Id | None, Refers("Opportunity", "clear")] = None
    start: str = ""
    due: str = ""
    status: str = "proposed"  # proposed | agreed | in_progress | done
    effort: int | None = None  # 1..5
    impact: int | None = None  # 1..5; None: from the pains it answers
    cost: float | None = None
    kpi: str = ""
    kpi_touchpoint_id: Annotated[Id | None, Refers("Touchpoint", "clear")] = None
    expected_low: float | None = None
    expected_high: float | None = None


class Answer(Record, frozen=True):
    """An action answers a pain point; either may have several."""

    action_id: Annotated[Id, Refers("Action")]
    pain_id: Annotated[Id, Refers("PainPoint")]


class Dismissal(Record, frozen=True):
    """A proposed pain that a person has turned down; it is not proposed again."""

    source: str = ""
    reason: str = ""


class CheckAnswer(Record, frozen=True):
    """One answer of one respondent in a self-check."""

    touchpoint_id: Annotated[Id | None, Refers("Touchpoint")] = None
    questionnaire: str = ""
    question: str = ""
    respondent: str = ""
    score: int | None = None


# ---------------------------------------------------------------- data


class DataSet(Record, frozen=True):
    """An imported source: how it was read and what became of every row. Its cube lies beside it, by measure."""

    order: str
    name: str = ""
    source: str = ""  # file name, never a path
    fingerprint: str = ""  # SHA-256 of the source's bytes
    recipe: str = ""  # TOML
    account: str = ""  # JSON: rows_read, rows_used, rows_dropped, no_touchpoint, coarsened, …
    imported: str = ""  # ISO time
    first_day: str = ""  # ISO date or ""
    last_day: str = ""
    grain: str = "day"  # day | week | month | all (no dates)
    weighted: bool = False
    segments: tuple[str, ...] = ()
    series: str = ""  # data sets of the same questions, month after month, share one; "": its own id (`model.series`)


class Measure(Record, frozen=True):
    """One question or quantity of a data set at one touchpoint, in one phase, or on the journey (both None)."""

    data_set_id: Annotated[Id, Refers("DataSet")]
    order: str = ""
    touchpoint_id: Annotated[Id | None, Refers("Touchpoint")] = None
    phase_id: Annotated[Id | None, Refers("Phase")] = None
    kpi: str = ""  # nps csat ces rating number …
    name: str = ""  # what to call it where the KPI's own name is not enough
    column: str = ""
    statistic: str = "share"  # share | mean | median | p90 | nps
    unit: str = ""  # of the value: "%", "points", "h" …
    counted: str = "row"  # row | customer | session | case
    scale: tuple[float, ...] = ()  # (lowest, highest) code
    positive: tuple[float, ...] = ()  # codes that count as satisfied, as they stand in the file
    is_reversed: bool = False  # 1 is best
    rows: int = 0
    n: int = 0
    missing: int = 0
    not_applicable: int = 0
    unreadable: int = 0
    definition: str = ""  # which of a KPI's published forms, see `model.kpi.FORMS`; figures of two are never compared


class KpiTarget(Record, frozen=True):
    """A target for a KPI at a touchpoint, in a phase, or on the journey (both None)."""

    touchpoint_id: Annotated[Id | None, Refers("Touchpoint")] = None
    phase_id: Annotated[Id | None, Refers("Phase")] = None
    kpi: str = ""
    value: float = 0.0


class TypedKpi(Record, frozen=True):
    """A KPI typed in by hand; without n it is drawn hatched and takes no part in verdicts."""

    touchpoint_id: Annotated[Id | None, Refers("Touchpoint")] = None
    phase_id: Annotated[Id | None, Refers("Phase")] = None
    order: str = ""
    kpi: str = ""
    name: str = ""
    value: float = 0.0
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unit: str = ""
    period: str = ""
    source: str = ""


class Quote(Record, frozen=True):
    """What a customer said; stored only when a person has accepted it."""

    touchpoint_id: Annotated[Id | None, Refers("Touchpoint")] = None
    data_set_id: Annotated[Id | None, Refers("DataSet", "clear")] = None
    persona_id: Annotated[Id | None, Refers("Persona", "clear")] = None
    order: str = ""
    text: str = ""
    source: str = ""


# ---------------------------------------------------------------- views and versions


class View(Record, frozen=True):
    """A saved lens of the map: what is shown of it, by ids. Empty lists do not restrict."""

    order: str
    name: str = ""
    kind: str = "journey"
    lanes: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    states: tuple[str, ...] = ()  # two of them stand one below the other
    kpi: str = ""  # of a heat map


class Version(Record, frozen=True):
    """A named point in the map's history; its records lie in the store's snapshots."""

    name: str = ""
    time: str = ""
    author: str = ""
    seq: int = 0  # of the log


KINDS: dict[str, type[Record]] = {
    kind.__name__: kind
    for kind in (
        Map, Brand, State, Persona, Trait, Slider, Phase, Department, Channel, Touchpoint, Link, Lane, Card,
        Emotion, UserStory, Tag, Tagging, Note, Attachment, RegisterEntry, PainPoint, Opportunity, Action,
        Answer, Dismissal, CheckAnswer, DataSet, Measure, KpiTarget, TypedKpi, Quote, View, Version,
    )
}  # fmt: skip
"""Every record type by its name, owners before what refers to them."""

_FIELDS: Final = {kind: kind.__struct_fields__ for kind in KINDS.values()}
_DECLARED: Final = {kind: get_type_hints(kind, include_extras=True) for kind in KINDS.values()}
_HINTS: Final[dict[type[Record], dict[str, Any]]] = {
    kind: {name: get_args(hint)[0] if get_origin(hint) is Annotated else hint for name, hint in declared.items()}
    for kind, declared in _DECLARED.items()
}
_REFERENCES: Final[dict[type[Record], tuple[tuple[str, str, Gone], ...]]] = {
    kind: tuple(
        (name, *meant) for name, hint in declared.items() for meant in get_args(hint)[1:] if isinstance(meant, Refers)
    )
    for kind, declared in _DECLARED.items()
}


def hints(kind: type[Record]) -> dict[str, Any]:
    """The type of every field of `kind`, resolved."""
    return _HINTS[kind]


def references(kind: type[Record]) -> tuple[tuple[str, str, Gone], ...]:
    """The fields of `kind` that hold ids: (field, record type referred to, what to do when that goes)."""
    return _REFERENCES[kind]


def field_names(kind: type[Record]) -> tuple[str, ...]:
    """The names of the fields of `kind`, `id` first."""
    return _FIELDS[kind]
