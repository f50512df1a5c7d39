"""The import dialog on a wide survey: from its opening in a running program until rows, roles and reasons are painted.

A generated Qualtrics export of 300 columns, three header rows and 2,000 answers. Each run is a process of its own whose
window system and map stand before the clock starts; everything else (reading, guessing, its imports, the table) is in
the time. Beside it the same dialog on a survey of three columns: what a window of this kind costs anyway.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import looking

ROWS, RUNS = 2_000, 5
OPEN = """
import sys, time
from pathlib import Path
from journeymap.model.outline import build
from journeymap.session import Session
from journeymap.ui import app as application
from journeymap.ui.map import OpenMap
app = application.application()
file = Path(sys.argv[2])
Session.create(file, list(build({}, "Empty").document)).close()
open_map = OpenMap(Session.open(file))
open_map.layout
start, used = time.perf_counter(), time.process_time()
from journeymap.ui.dialogs.import_ import ImportDialog
dialog = ImportDialog(open_map, Path(sys.argv[1]))
dialog.count = lambda: None
dialog.resize(1366, 768)
dialog.show()
while dialog.table is None:
    app.processEvents()
    time.sleep(0.005)
dialog.grab()
print(time.perf_counter() - start, len(dialog.choices.columns), len(dialog.choices.to_recipe().questions), time.process_time() - used)
dialog.close()
open_map.close()
"""


def _opened(path: Path, folder: Path, run: int) -> list[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(path), str(folder / f"{path.stem}-{run}.journey")],
        capture_output=True, text=True, check=True, env=environment,
    )  # fmt: skip
    return done.stdout.split()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="journeymap-bench-") as name:
        folder = Path(name)
        wide, narrow = folder / "wide.csv", folder / "narrow.csv"
        looking.survey(wide, ROWS)
        narrow.write_text(
            "Rating;Region;Day\n" + "".join(f"{n % 5 + 1};{n % 3};2026-01-{n % 28 + 1:02}\n" for n in range(200))
        )
        runs = [(_opened(wide, folder, run), _opened(narrow, folder, run)) for run in range(RUNS)]
        figures = {
            "columns": int(runs[0][0][1]),
            "rows": ROWS,
            "questions_guessed": int(runs[0][0][2]),
            "seconds": round(statistics.median(float(one[0]) for one, _other in runs), 3),
            "of_the_processor": round(statistics.median(float(one[3]) for one, _other in runs), 3),
            "seconds_of_three_columns": round(statistics.median(float(other[0]) for _one, other in runs), 3),
            "bars": {"seconds": 1.0},
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
