"""How good the sentiment is on labelled comments, and how long 100,000 comments take.

Labelled comments are not part of the repository: with the folder `shared` beside it (or JOURNEYMAP_SHARED), the NHS
Friends and Family comments are judged question by question and German reviews as a whole; balanced accuracy with its
95 % interval against the commonest answer, and whether sentiment is shown as a figure there. The words were written with
a look at some of these comments; a trained model measured on data of its own kind would be measured more kindly still.
The time is that of 100,000 comments made on the spot (seeded), themes, sentiment and quotes together.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from pathlib import Path

from msgspec.structs import asdict

from journeymap.data.comments import Listened, listen
from journeymap.data.recipe import Recipe

COUNT = 100_000
SCORED = '[[measure]]\nkpi = "rating"\ncolumn = "{score}"\nscale = [{low}, 5]\n'
SOURCES = {
    "nhs": (
        "data/nhs_friends_and_family/phase1_text_data.csv",
        '[columns]\ntouchpoint = "question"\ncomments = ["feedback"]\n' + SCORED.format(score="criticality", low=-5),
    ),
    "german_reviews": (
        "data/de_coffee_reviews/kaffee_reviews.csv",
        '[columns]\ncomments = ["review"]\n' + SCORED.format(score="rating", low=1),
    ),
}


def judged(heard: Listened) -> dict[str, object]:
    """The figures of each question."""
    found: dict[str, object] = {}
    for place, judgement in sorted(heard.judged.items()):
        figures = {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in asdict(judgement).items()
            if name != "recalls"
        }
        seen = {f"{kind:+.0f} (n {n})": round(recall, 3) for kind, n, recall in judgement.recalls}
        found[place or "all"] = {**figures, "seen_as_such": seen}
    return found


def comments(path: Path) -> None:
    """Writes 100,000 comments of two to four sentences."""
    chance = random.Random(2026)
    subjects = "staff queue price parking website invoice delivery breakfast room app hotline refund luggage gate seat menu".split()  # noqa: SIM905
    verbs = ["was", "seemed", "is always", "was really not", "could be", "has become"]
    words = "great friendly slow terrible fine expensive helpful confusing late clean noisy perfect".split()  # noqa: SIM905
    with path.open("w", encoding="utf-8") as file:
        file.write("date,score,comment\n")
        for number in range(COUNT):
            said = [
                f"The {chance.choice(subjects)} {chance.choice(verbs)} {chance.choice(words)}"
                for _ in range(chance.randint(2, 4))
            ]
            file.write(f'2026-{1 + number % 12:02}-15,{chance.randint(1, 5)},"{". ".join(said)} {number}"\n')


def timed() -> dict[str, float | int]:
    with tempfile.TemporaryDirectory(prefix="journeymap-bench-") as folder:
        path = Path(folder) / "comments.csv"
        comments(path)
        recipe = Recipe.from_toml(
            '[columns]\ndate = "date"\ncomments = ["comment"]\n' + SCORED.format(score="score", low=1)
        )
        start = time.perf_counter()
        (heard,) = listen([path], recipe, [])
        return {"comments": heard.count, "themes": len(heard.themes), "seconds": round(time.perf_counter() - start, 1)}


def main() -> None:
    shared = Path(os.environ.get("JOURNEYMAP_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    figures: dict[str, object] = {"speed": timed(), "bars": {"seconds": 60}}
    for name, (file, toml) in SOURCES.items():
        if (shared / file).exists():
            (heard,) = listen([shared / file], Recipe.from_toml(toml), [])
            figures[name] = judged(heard)
        else:
            figures[name] = {"skipped": f"{file} is not beside the repository"}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
