"""How record types stand in a file: a table each, in snake case, with a column for each field.

Apart from `tables`, so that reading a map needs no SQLAlchemy: a third of the time until a window shows it.
"""

from __future__ import annotations

import re
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin


def snake(name: str) -> str:
    """`KpiTarget` → `kpi_target`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def plain(hint: Any) -> tuple[type, bool]:
    """The Python type that values of a field have (str, int, float, bool or tuple) and whether None is allowed."""
    options = set(get_args(hint)) if get_origin(hint) in {Union, UnionType} else {hint}
    (kind,) = options - {NoneType}
    return (get_origin(kind) or kind), NoneType in options
