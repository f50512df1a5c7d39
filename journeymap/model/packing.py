"""What other windows and programs put on the clipboard as JSON: read with bounds, its coarse shape checked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


def read(text: str, kind: str, longest: int, *, one: str, lists: Iterable[str]) -> dict[str, Any] | None:
    """A pack whose "what" is `kind`, with an object under `one` and a list of objects under each of `lists`; None where
    it is something else, or longer than `longest` characters.
    """
    if len(text) > longest:
        return None
    try:
        pack = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(pack, dict) or pack.get("what") != kind or not isinstance(pack.get(one), dict):
        return None
    for name in lists:
        rows = pack.get(name)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            return None
    return pack
