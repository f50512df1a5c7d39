"""A map to PDF, whole process: the worked example to A3, and 100 touchpoints × 8 lanes to A0.

Against command-line Mermaid (`mmdc`) on a journey of 20 tasks where that is installed. Seconds, medians.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import medians
from journeymap.demo import MAP, write_demo
from journeymap.model.records import (
    Card,
    Department,
    Emotion,
    Lane,
    Map,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Record,
    State,
    Touchpoint,
)
from journeymap.session import Session

LANES = ("journey", "thoughts", "emotion", "pains", "opportunities", "front_stage", "back_stage", "departments")


def large(count: int) -> list[Record]:
    """A map of `count` touchpoints with something in every cell of eight lanes."""
    found: list[Record] = [
        Map("m" * 32, title="A long journey", finding="It hurts in the middle."),
        State("s" * 32, "a0", "As-is"),
        Persona("p0", "a0", "Ines", hue=1),
        Persona("p1", "a1", "Otto", hue=2),
        *(Department(f"d{i}", f"a{i}", f"Department {i}") for i in range(4)),
        *(Lane(f"lane-{kind}", f"a{i}", kind) for i, kind in enumerate(LANES)),
        *(Phase(f"f{i:03}", "s" * 32, f"a{i:03}", f"Phase {i + 1}", "Get on with it") for i in range(-(-count // 10))),
    ]
    for i in range(count):
        found += [
            Touchpoint(f"t{i}", f"f{i // 10:03}", f"a{i % 10}", f"Touchpoint {i + 1}", department_id=f"d{i // 3 % 4}"),
            Emotion(f"e{i}", "p0", f"t{i}", (i * 7 % 40) / 10 - 2),
            Emotion(f"g{i}", "p1", f"t{i}", (i * 11 % 40) / 10 - 2),
            Card(f"th{i}", "lane-thoughts", f"t{i}", "a0", f"“What is this, number {i}?”", persona_id="p0"),
            Card(f"fs{i}", "lane-front_stage", f"t{i}", "a0", f"Sign {i} at the door"),
            Card(f"bs{i}", "lane-back_stage", f"t{i}", "a0", f"Team {i}"),
            PainPoint(f"pp{i}", f"t{i}", f"a{i:04}", i + 1, f"Pain of number {i}", i % 5 + 1, 0.1, 0.08, 0.12, 300),
            Opportunity(f"o{i}", f"t{i}", f"a{i:04}", f"Chance {i}"),
        ]
    return found


def main() -> None:
    """Prints the figures as JSON."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_demo(folder)
        with Session.create(folder / "large.journey", large(100)) as session:
            session.flush()
        run = [sys.executable, "-m", "journeymap", "export"]
        contestants = {
            "demo_to_a3": [*run, str(folder / MAP), str(folder / "demo.pdf"), "--paper", "A3"],
            "100_by_8_to_a0": [*run, str(folder / "large.journey"), str(folder / "large.pdf"), "--paper", "A0"],
            "bare_python": [sys.executable, "-c", "pass"],
        }
        mermaid = shutil.which("mmdc")
        if mermaid:
            tasks = "\n".join(f"    Task {i}: {i % 5 + 1}: Me" for i in range(20))
            (folder / "tasks.mmd").write_text(
                f"journey\n    title Twenty tasks\n    section All\n{tasks}\n", encoding="utf-8"
            )
            contestants["mermaid_20_tasks"] = [
                mermaid,
                "-i",
                str(folder / "tasks.mmd"),
                "-o",
                str(folder / "tasks.pdf"),
            ]
        figures: dict[str, object] = {**medians(contestants)}
        if mermaid:
            figures["ratio_to_mermaid"] = round(
                float(str(figures["demo_to_a3"])) / float(str(figures["mermaid_20_tasks"])), 3
            )
    figures["bars"] = {"demo_to_a3": 1.0, "100_by_8_to_a0": 1.2, "ratio_to_mermaid": 0.4}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
