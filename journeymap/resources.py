"""Where the fonts, icons, templates and catalogues are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The resource folder."""
    inside = _HERE / "_resources"
    return inside if inside.is_dir() else _HERE.parent / "resources"


def folder(name: str) -> Path:
    """A folder among the resources."""
    return root() / name


def font_file(family: str, weight: int) -> Path:
    """The static font of `family` ("Text", "Display", "Figures", "Noto") and `weight` (400, 500, 600, 700)."""
    return root() / "fonts" / f"JM{family}-{weight}.ttf"


@cache
def icons() -> dict[str, Any]:
    """Icon outlines by name: {"size": 16, "fill": bool, "steps": [["M", x, y], …]} on a 16-unit square, y down."""
    found: dict[str, Any] = json.loads((root() / "icons.json").read_text(encoding="utf-8"))
    return found
