"""`journeymap --help` as a whole process, beside a bare Python that does nothing."""

from __future__ import annotations

import json
import sys

from benchmarks.timing import medians


def main() -> None:
    """Prints median seconds."""
    found = medians(
        {"help": [sys.executable, "-m", "journeymap", "--help"], "bare_python": [sys.executable, "-c", ""]}, runs=9
    )
    print(json.dumps({"help_s": found["help"], "bare_python_s": found["bare_python"], "bar_s": 0.3}))


if __name__ == "__main__":
    main()
