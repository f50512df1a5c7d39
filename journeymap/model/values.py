"""What a field of a record may hold: its type, its range, its length, in words a person understands."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin

from journeymap.i18n import _
from journeymap.model import lanes
from journeymap.model.records import Record, hints

LONGEST: Final = 100_000
"""Characters in one field; a recipe or an account of rows may be long, a name never is."""
LONGEST_ORDER: Final = 400
INTEGERS: Final = range(-(2**63), 2**63)

RANGES: Final[Mapping[tuple[str, str], tuple[float, float]]] = {
    ("Persona", "age"): (0, 130),
    ("Persona", "hue"): (1, 6),
    ("Persona", "interviews"): (0, 1_000_000),
    ("Map", "privacy_limit"): (5, 1_000_000),
    ("Map", "year_start"): (1, 12),
    ("Map", "column_width"): (0, 1000),
    ("Lane", "height"): (0, 2000),
    ("Slider", "value"): (0, 1),
    ("Touchpoint", "reach"): (0, 1),
    ("Touchpoint", "tension"): (1, 5),
    ("Link", "share"): (0, 1),
    ("Card", "span"): (1, 100_000),
    ("Emotion", "value"): (-2, 2),
    ("PainPoint", "number"): (0, 1_000_000),
    ("PainPoint", "severity"): (1, 5),
    ("PainPoint", "frequency"): (0, 1),
    ("PainPoint", "frequency_low"): (0, 1),
    ("PainPoint", "frequency_high"): (0, 1),
    ("PainPoint", "frequency_n"): (0, math.inf),
    ("Action", "number"): (0, 1_000_000),
    ("Action", "effort"): (1, 5),
    ("Action", "impact"): (1, 5),
    ("Action", "cost"): (0, math.inf),
    ("TypedKpi", "n"): (0, math.inf),
    ("Measure", "rows"): (0, math.inf),
    ("Measure", "n"): (0, math.inf),
    ("Measure", "missing"): (0, math.inf),
    ("Measure", "not_applicable"): (0, math.inf),
    ("Measure", "unreadable"): (0, math.inf),
    ("Version", "seq"): (0, math.inf),
}

CHOICES: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("State", "kind"): frozenset({"as_is", "to_be"}),
    ("Trait", "kind"): frozenset({"goal", "need", "frustration", "channel", "accessibility"}),
    ("Touchpoint", "initiator"): frozenset({"customer", "organisation", "other"}),
    ("Touchpoint", "influence"): frozenset({"owned", "shared", "earned"}),
    ("Touchpoint", "outcome"): frozenset({"", "positive", "neutral", "negative"}),
    ("Link", "kind"): frozenset({"next", "branch", "loop", "switch"}),
    ("Lane", "kind"): frozenset(lanes.KINDS),
    ("Lane", "chart"): frozenset({"", "trend"}),
    ("Lane", "colour"): frozenset({"", "p1", "p2", "p3", "p4", "p5", "p6"}),
    ("Action", "status"): frozenset({"proposed", "agreed", "in_progress", "done"}),
    ("DataSet", "grain"): frozenset({"day", "week", "month", "all"}),
}

DATES: Final = frozenset({("Action", "start"), ("Action", "due"), ("DataSet", "first_day"), ("DataSet", "last_day")})
COLOURS: Final = frozenset({("Brand", "colour")})
_URL: Final = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


def fault(record: Record, name: str) -> str:
    """What is wrong with one field of a record, as the end of a sentence; "" where nothing is."""
    value = getattr(record, name)
    kind = type(record)
    wanted = hints(kind)[name]
    if type(value) is not wanted and not _fits(value, wanted):
        return _("the field “{field}” cannot hold {value}.").format(field=name, value=repr(value)[:40])
    if isinstance(value, str):
        return _text_fault(kind.__name__, name, value)
    if isinstance(value, tuple):
        return next((wrong for part in value if (wrong := _number_fault(part))), "")
    return _number_fault(value) or _range_fault(kind.__name__, name, value)


def _fits(value: object, wanted: Any) -> bool:
    """Whether a value has a declared type. True and False are no numbers; a whole number is a number."""
    if isinstance(wanted, UnionType):
        return any(_fits(value, one) for one in get_args(wanted))
    if get_origin(wanted) is tuple:
        return isinstance(value, tuple) and all(_fits(one, get_args(wanted)[0]) for one in value)
    if wanted is NoneType:
        return value is None
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, wanted)


def _text_fault(kind: str, name: str, text: str) -> str:
    longest = LONGEST_ORDER if name == "order" else LONGEST
    if len(text) > longest:
        return _("the text in “{field}” has {n} characters, more than the {most} that fit.").format(
            field=name, n=len(text), most=longest
        )
    if "\x00" in text or (not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        return _("the text in “{field}” holds signs that cannot be written.").format(field=name)
    allowed = CHOICES.get((kind, name))
    if allowed is not None and text not in allowed:
        return _("“{value}” is no choice for “{field}”; it can be {choices}.").format(
            value=text[:40], field=name, choices=", ".join(sorted(one for one in allowed if one))
        )
    if (kind, name) in DATES and text and not _is_date(text):
        return _("“{value}” is no date; write it as year-month-day, such as 2027-02-28.").format(value=text[:40])
    if (kind, name) in COLOURS and not _COLOUR.fullmatch(text):
        return _("“{value}” is no colour; write it as #RRGGBB, such as #0F5C63.").format(value=text[:40])
    if (kind, name) == ("Attachment", "url") and text and not _URL.fullmatch(text):
        return _("“{value}” is no link; it begins with https://, http:// or mailto:.").format(value=text[:60])
    return ""


def _number_fault(value: object) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return _("a figure must be a number, not {value}.").format(value=value)
    if isinstance(value, int) and value not in INTEGERS:
        return _("the number is too large.")
    return ""


def _range_fault(kind: str, name: str, value: object) -> str:
    limits = RANGES.get((kind, name))
    if limits is None or not isinstance(value, int | float):
        return ""
    least, most = limits
    if least <= value <= most:
        return ""
    if most == math.inf:
        return _("“{field}” is {value}, but cannot be below {least}.").format(
            field=_field(name), value=f"{value:g}", least=f"{least:g}"
        )
    return _("“{field}” is {value}, but goes from {least} to {most}.").format(
        field=_field(name), value=f"{value:g}", least=f"{least:g}", most=f"{most:g}"
    )


def _field(name: str) -> str:
    """What a field with a range is called."""
    return {
        "age": _("age"),
        "hue": _("colour"),
        "privacy_limit": _("smallest group"),
        "value": _("value"),
        "reach": _("share of customers"),
        "share": _("share"),
        "span": _("columns"),
        "column_width": _("column width"),
        "height": _("height"),
        "tension": _("tension"),
        "severity": _("severity"),
        "frequency": _("frequency"),
        "effort": _("effort"),
        "impact": _("impact"),
        "cost": _("cost"),
        "n": _("answers"),
    }.get(name, name)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2027-02-28")
