"""Reading the tables of a recipe: each value has the type that is meant, or one sentence says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from journeymap.failure import Failure
from journeymap.i18n import _

Code = float | str
"""An answer as a recipe names it: a number, or text as it stands in the file."""

T = TypeVar("T")


def known(table: Mapping[str, Any], names: set[str], where: str) -> None:
    """Refuses a key that is none of `names`."""
    for key in table:
        if key in names:
            continue
        raise Failure(
            _("“{key}” in {where} is not known; known are: {names}.").format(
                key=key, where=where, names=", ".join(sorted(names))
            )
        )


def text(table: Mapping[str, Any], name: str, where: str) -> str:
    """The text of a key, "" where it is absent."""
    value = table.get(name, "")
    if not isinstance(value, str):
        raise Failure(_("“{name}” in {where} has to be text in quotes.").format(name=name, where=where))
    return value


def listed(table: Mapping[str, Any], name: str, where: str, read: Callable[[Any], T | None]) -> tuple[T, ...]:
    """The list of a key, empty where it is absent; `read` gives None for what is not meant."""
    value = table.get(name, [])
    found = [read(item) for item in value] if isinstance(value, list) else [None]
    if any(item is None for item in found):
        raise Failure(_("“{name}” in {where} has to be a list, such as {example}.").format(
            name=name, where=where, example='["Age"]' if read is as_text else "[4, 5]"
        ))  # fmt: skip
    return tuple(item for item in found if item is not None)


def as_text(value: Any) -> str | None:
    """Text, or None."""
    return value if isinstance(value, str) else None


def as_number(value: Any) -> float | None:
    """A number, or None; true and false are none."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def as_code(value: Any) -> Code | None:
    """A number or text, or None."""
    return value if isinstance(value, str) else as_number(value)
