"""How a command speaks: text for people, or one JSON document."""

from __future__ import annotations

import argparse
import json
from typing import Any


def say(arguments: argparse.Namespace, document: dict[str, Any], text: str) -> None:
    """Prints text, or with --json the document."""
    print(json.dumps(document, ensure_ascii=False, indent=2) if arguments.json else text)
