"""Hundreds of broken files: each is read or refused in one sentence, in the end and in time."""

from __future__ import annotations

import random
from pathlib import Path

from foreign import ACROSS, ADVANCED, BROKEN, DOWN, EARLY, MERMAID, as_csv

from journeymap import maps, templates
from journeymap.failure import Failure
from journeymap.formats.mapjson import map_json
from journeymap.model import rules
from journeymap.model.document import Document
from journeymap.model.figures import Figures

COUNT = 400
SIGNS = [b"\0", b"<", b">", b"&", b'"', b"'", b"#", b";", b":", b"\n", b"%%", b"```mermaid\n", b"---\n", b"{", b"}", b"[", b"\xff\xfe", b"\xc3", b"]]>", b"\t", b",", b"9" * 40, b"-", b"(" * 50]  # fmt: skip


def _broken(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content) + 1)
        to = min(len(content), at + chance.choice((0, 1, 5, 40, 400)))
        piece = chance.choice((b"", chance.choice(SIGNS), content[at:to] * chance.choice((1, 2, 5))))
        content = content[:at] + piece + content[to:]
    return content[: 1 << 20]


def test_broken_files_are_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    chance = random.Random(20)
    whole = map_json(Document(templates.records("customer-journey", "x")), Figures())
    good = [("a.mmd", MERMAID.encode()), ("a.xml", ADVANCED.encode()), ("a.xml", EARLY.encode()), ("a.xml", BROKEN.encode()),
            ("a.json", whole), ("a.csv", as_csv(ACROSS).encode()), ("a.tsv", as_csv(DOWN, "\t").encode())]  # fmt: skip
    read, sentences = 0, []
    for number in range(COUNT):
        name, content = good[number % len(good)]
        path = tmp_path / name
        path.write_bytes(_broken(content, chance))
        try:
            found = maps.read(path)
            document = Document(maps.records(found, "x"))
        except Failure as failure:
            sentences.append(str(failure))
            continue
        assert not rules.faults(document), (number, name)
        read += 1
    assert not [said for said in sentences if "\n" in said or not 10 < len(said) < 400]
    assert COUNT // 4 < read < COUNT


def test_files_that_want_to_be_slow_are_not(tmp_path: Path) -> None:
    said: list[str] = []
    for name, content in (
        ("a.mmd", "journey\n" + " " * 200_000 + "\n a: 4: X"),
        ("a.mmd", "---\n" * 20_000), ("a.mmd", "%%{" * 50_000), ("a.md", "```mermaid\n" * 20_000),
        ("a.mmd", "journey\n" + "section " * 20_000), ("a.xml", "<CJML " + "a=b " * 30_000), ("a.xml", "<CJML>" + "<a>" * 30_000),
        ("a.xml", "<CJML>" + "<!--" * 30_000), ("a.csv", "Phase;Touchpoint;Emotion\n" + ";;" * 50_000),
        ("a.json", '{"format": "journeymap", "records": ' + "[" * 100_000), ("a.mmd", "journey\n a: " + "9" * 100_000 + ": X"),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        try:
            maps.records(maps.read(path), "x")
        except Failure as failure:
            said.append(str(failure))
    assert all("a." in one for one in said)
