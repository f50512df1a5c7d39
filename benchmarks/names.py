"""How many names of people in running text the privacy filter finds, on text that its rules were not written for.

Labelled text is not part of the repository: JOURNEYMAP_CORPORA names a folder with files in the columns of CoNLL
(`word label` or `number word label …`, a blank line between sentences, person labels ending in PER or person), such as
GermEval 2014 (news and encyclopaedia, German), wikigold (encyclopaedia, English), WNUT 2017 (posts, English). Recall: of
the labelled names, how many are masked whole, and how many at least in part. Precision: of the masked, how many touch a label.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from journeymap.data.privacy.names import names


def sentences(path: Path) -> Iterator[list[tuple[str, bool, bool]]]:
    """Words with whether they belong to a person's name, and whether a new one begins there."""
    sentence: list[tuple[str, bool, bool]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t") if "\t" in line else line.split()
        if len(parts) < 2 or line.startswith("#\t"):
            if sentence:
                yield sentence
            sentence = []
            continue
        word, label = (parts[1], parts[2]) if parts[0].isdigit() and len(parts) >= 4 else (parts[0], parts[1])
        person = label.upper().endswith(("-PER", "-PERSON"))
        sentence.append((word, person, person and label.startswith("B")))
    if sentence:
        yield sentence


def people(sentence: list[tuple[str, bool, bool]]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence as text, and where its names are."""
    text, spans, within = "", [], False
    for word, person, begins in sentence:
        gap = "" if not text or word in {".", ",", ";", ":", "!", "?", ")", "'s", "’s"} or text.endswith("(") else " "
        start = len(text) + len(gap)
        text += gap + word
        if person and within and not begins:
            spans[-1] = (spans[-1][0], len(text))
        elif person:
            spans.append((start, len(text)))
        within = person
    return text, spans


def measured(path: Path) -> dict[str, float | int]:
    """Recall and precision on one file."""
    labelled = whole = touched = masked = right = 0
    for sentence in sentences(path):
        text, spans = people(sentence)
        found = [(span.start, span.end) for span in names(text)]
        labelled, masked = labelled + len(spans), masked + len(found)
        hidden = {place for start, end in found for place in range(start, end)}
        for start, end in spans:
            letters = [place for place in range(start, end) if text[place].isalpha()]
            seen = sum(place in hidden for place in letters)
            touched += seen > 0
            whole += seen == len(letters)
        right += sum(any(start < e and s < end for s, e in spans) for start, end in found)
    return {
        "names": labelled,
        "recall_whole": round(whole / max(labelled, 1), 3),
        "recall_in_part": round(touched / max(labelled, 1), 3),
        "precision": round(right / max(masked, 1), 3),
    }


def main() -> None:
    folder = os.environ.get("JOURNEYMAP_CORPORA")
    if not folder:
        print(json.dumps({"skipped": "JOURNEYMAP_CORPORA names no folder with labelled text"}))
        return
    files = sorted(path for path in Path(folder).iterdir() if path.suffix in {".conll", ".tsv"})
    print(json.dumps({path.name: measured(path) for path in files}))


if __name__ == "__main__":
    main()
