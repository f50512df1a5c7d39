"""Runs every benchmark in a process of its own and prints one JSON document: name → figures.

Machines differ and are noisy: read the ratios against the peer or the bare minimum of the same run, and medians.
`python -m benchmarks NAME …` runs some of them.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Prints the figures; 1 where a benchmark failed to run."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    found = {path.stem: path for path in sorted(HERE.glob("[a-z]*.py")) if path.stem not in {"timing", "maps"}}
    figures: dict[str, object] = {
        "machine": {"python": platform.python_version(), "system": platform.platform(terse=True)}
    }
    failed = False
    for name in names or list(found):
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], capture_output=True, text=True, cwd=HERE.parent, check=False
        )
        if done.returncode:
            failed = True
            figures[name] = {"failed": done.stderr.strip().splitlines()[-1:]}
        else:
            figures[name] = json.loads(done.stdout)
        print(f"{name}: done", file=sys.stderr)
    print(json.dumps(figures, indent=2))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
