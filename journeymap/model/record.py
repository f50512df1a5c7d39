"""What every record is: frozen, with an id, and fields that may hold the ids of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, cast
from uuid import uuid4

Id = str
Scalar = str | int | float | bool | None
Value = Scalar | tuple[Scalar, ...]
Gone = Literal["remove", "clear"]


def new_id() -> Id:
    """A fresh record id: 32 hexadecimal digits of a random UUID."""
    return uuid4().hex


def refers(kind: str, gone: Gone = "remove") -> Any:
    """Declares a required field that holds the id of a `kind`; `gone` says what happens when that record goes."""
    return field(metadata={"refers": kind, "gone": gone})


def may_refer(kind: str, gone: Gone = "clear") -> Any:
    """Declares an optional field that holds the id of a `kind` or None."""
    return field(default=None, metadata={"refers": kind, "gone": gone})


@dataclass(frozen=True, slots=True)
class Record:
    """Anything a map is made of."""

    id: Id


R = TypeVar("R", bound=Record)


def with_fields(record: R, values: Mapping[str, Value]) -> R:
    """A copy of `record` with other values in some fields."""
    return replace(record, **cast("dict[str, Any]", values))
