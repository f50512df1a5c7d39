"""A figure as people write it in one line, and read it back: "CSAT 71 % ±3 n 240 target 75 Sep–Oct 2026".

Name, value and unit come first; interval, number of answers and target in any order; what is left is the period.
"""

from __future__ import annotations

import re
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import kpi
from journeymap.model.records import TypedKpi
from journeymap.model.wording import plain

_NUMBER: Final = r"[+-]?\d+(?:[.,]\d+)?"
_VALUE: Final = re.compile(rf"(?<![\w.,])({_NUMBER})\s*(%|€|\$|£|[^\W\d_]+)?")
_N: Final = re.compile(r"(?<!\w)n\s*[=:]?\s*(\d{1,3}(?:[ ,.']\d{3})+|\d+)(?![\d.,]*\d)", re.IGNORECASE)
_TARGET: Final = re.compile(rf"(?<!\w)(?:target|goal|ziel|→|->)\s*[=:]?\s*({_NUMBER})\s*(?:%|€|\$)?", re.IGNORECASE)
_HALF: Final = re.compile(rf"(?:±|\+/-|\+-)\s*({_NUMBER})")
_ENDS: Final = re.compile(
    rf"[\[(]?\s*(?<![\w.,])({_NUMBER})\s*(?:–|…|\.\.\.|(?<=\s)to(?=\s))\s*({_NUMBER})(?![\w])\s*[\])]?"
)
_UNITS: Final = frozenset(
    {"%", "€", "$", "£", "points", "pts", "ms", "s", "sec", "min", "h", "hours", "d", "days", "weeks", "months", "eur",
     "usd", "gbp", "chf", "tage", "std", "stunden", "punkte"}
)  # fmt: skip


class Line(Struct, frozen=True):
    """What a line says; None and "" where it does not say it."""

    kpi: str = ""
    name: str = ""  # where the KPI's own does not say it
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unit: str = ""
    period: str = ""
    target: float | None = None

    def fields(self) -> dict[str, Any]:
        """The fields of a `TypedKpi`, without its value and KPI."""
        known = kpi.KPIS.get(self.kpi)
        unit = self.unit or (known.unit if known is not None else "")
        named = {"name": self.name, "unit": unit, "period": self.period}
        return {**named, "low": self.low, "high": self.high, "n": self.n}


def read(text: str, about: Line | None = None) -> Line:
    """What a line says; `about` is the figure that stands there already, whose name need not be said again.

    Raises Failure where there is neither a name nor a figure to go by, or where a value cannot be.
    """
    bare = re.sub(r"(?<=\d)[\u202f\u00a0'](?=\d{3})", "", text).replace("\N{MINUS SIGN}", "-")
    bare = " ".join(bare.split())
    found, rest = _named(bare, about)
    rest, found = _taken(rest, found)
    value = _VALUE.search(rest)
    if value is not None:
        unit = (value.group(2) or "") if (value.group(2) or "").casefold() in _UNITS else ""
        end = value.end(2) if unit else value.end(1)
        found = replace(found, value=_number(value.group(1)), unit=unit)
        rest = rest[: value.start()] + " " + rest[end:]
    found = replace(found, period=" ".join(rest.replace(";", " ").split()).strip(" ,:"))
    return _checked(_framed(found))


def write(entry: TypedKpi, target: float | None = None) -> str:
    """A figure typed in by hand as one line; `read` takes it back."""
    known = kpi.KPIS.get(entry.kpi)
    unit = "" if entry.unit == "points" else entry.unit
    parts = [
        entry.name or (known.label() if known is not None else entry.kpi),
        plain(entry.value, 12) + f" {unit}".rstrip(),
    ]
    if entry.low is not None and entry.high is not None:
        parts.append(f"({plain(entry.low, 12)} … {plain(entry.high, 12)})")
    if entry.n is not None:
        parts.append(f"n {entry.n}")
    if target is not None:
        parts.append(_("target {value}").format(value=plain(target, 12)))
    return " ".join([*parts, entry.period]).strip()


def of(entry: TypedKpi) -> Line:
    """A record as a line."""
    return Line(entry.kpi, entry.name, entry.value, entry.low, entry.high, entry.n, entry.unit, entry.period)


def _named(text: str, about: Line | None) -> tuple[Line, str]:
    """The KPI, and the text behind its name."""
    names = {one.label().casefold(): name for name, one in kpi.KPIS.items() if name != "number"}
    names |= {name.replace("_", " "): name for name in kpi.KPIS if name != "number"}
    folded = text.casefold()
    if about is not None and about.name and folded.startswith(about.name.casefold()):
        return Line(about.kpi, about.name), text[len(about.name) :]
    for name in sorted(names, key=len, reverse=True):
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return Line(names[name]), text[len(name) :]
    first = re.search(
        rf"(?<![\w.,])(?:{_NUMBER}|±)|(?<!\w)(?:target|goal|ziel|→|->)(?!\w)|(?<!\w)n\s*[=:]?\s*\d", text, re.IGNORECASE
    )
    said = text[: first.start() if first is not None else len(text)].strip(" :,")
    rest = text[first.start() if first is not None else len(text) :]
    if said:
        return Line("number", said), rest
    if about is None or not about.kpi:
        raise Failure(_("Say what the figure is and how large, such as: CSAT 71 n 240."))
    return Line(about.kpi, about.name), rest


def _taken(rest: str, found: Line) -> tuple[str, Line]:
    """Target, number of answers and interval, taken out of the line."""
    for pattern, name in ((_TARGET, "target"), (_N, "n"), (_HALF, "high")):
        hit = pattern.search(rest)
        if hit is not None:
            number = _number(re.sub(r"[ ,.']", "", hit.group(1)) if name == "n" else hit.group(1))
            found = replace(found, **{name: int(number) if name == "n" else number})
            rest = rest[: hit.start()] + " " + rest[hit.end() :]
    hit = _ENDS.search(rest)
    value = _VALUE.search(rest)
    if hit is not None and value is not None and value.start() < hit.start(1):
        low, high = _number(hit.group(1)), _number(hit.group(2))
        if low <= _number(value.group(1)) <= high:  # else it is a period: 2025–2026
            found = replace(found, low=low, high=high)
            rest = rest[: hit.start()] + " " + rest[hit.end() :]
    return rest, found


def _framed(found: Line) -> Line:
    """± becomes the two ends."""
    if found.high is None or found.low is not None:
        return found
    if found.value is None:
        return replace(found, high=None)
    half = abs(found.high)
    return replace(found, low=round(found.value - half, 9), high=round(found.value + half, 9))


def _checked(found: Line) -> Line:
    known = kpi.KPIS.get(found.kpi)
    unit = found.unit or (known.unit if known is not None else "")
    bounds = (-100.0, 100.0) if found.kpi == "nps" else (0.0, 100.0) if unit == "%" and found.kpi != "number" else None
    for value in (found.value, found.target):
        if bounds is not None and value is not None and not bounds[0] <= value <= bounds[1]:
            raise Failure(
                _("{name} goes from {low} to {high}.").format(
                    name=known.label() if known is not None else found.name, low=f"{bounds[0]:g}", high=f"{bounds[1]:g}"
                )
            )
    if found.value is None and found.target is None:
        raise Failure(_("A figure needs a value, such as: CSAT 71 n 240."))
    if bounds is not None and found.low is not None and found.high is not None:
        return replace(found, low=max(bounds[0], found.low), high=min(bounds[1], found.high))
    return found


def _number(text: str) -> float:
    return float(text.replace(",", "."))
