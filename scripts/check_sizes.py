"""Size limits as a check: function ≤ 60 lines, class ≤ 300, module ≤ 500. Tails, not medians, make code hard."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FUNCTION, CLASS, MODULE = 60, 300, 500
FOLDERS = ("journeymap", "benchmarks", "scripts")


def too_long(path: Path) -> Iterator[str]:
    """What in this module passes its limit."""
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    if lines > MODULE:
        yield f"{path}: {lines} lines (at most {MODULE}): which two things is it?"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            limit = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines (at most {limit})"


def main() -> int:
    """Prints every excess; 1 if there is any."""
    found = [line for folder in FOLDERS for path in sorted(Path(folder).rglob("*.py")) for line in too_long(path)]
    print("\n".join(found) or "sizes: all within the limits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
