"""Broken sources, made from real ones by a seed: cut, flipped, mixed, uneven, with NULs, far too wide, named with malice."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

NAMES = (
    "*",
    "[a-z]",
    "..",
    "a b",
    "http:__x",
    "%s%n",
    "-rf",
    "'; DROP",
    "ä\u202e",
    "con",
    "a" * 120,
    "$(id)",
    "?q=1",
    "{0}",
    "q\nq",
)
ENDS = (".csv", ".tsv", ".xlsx", ".sav", ".json", ".parquet", ".zip", "")


def real_files(shared: Path) -> list[Path]:
    """The export files that fuzzing begins with."""
    folders = ("qualtrics", "surveymonkey", "ga4", "forms", "sav", "tickets")
    return [path for folder in folders for path in sorted((shared / "formats" / folder).iterdir())]


def others(shared: Path, folder: Path) -> list[Path]:
    """Workbooks, Parquet, JSON, gzip and zip files made of real tables."""
    import pyarrow as pa
    from pyarrow import parquet

    small = (shared / "formats" / "surveymonkey" / "weather_dash_missing.csv").read_bytes()
    made = {
        "answers.csv.gz": gzip.compress(small, mtime=0),
        "answers.zip": zipped({"answers.csv": small}),
        "answers.json": b'[{"score": 5, "who": {"age": "18-29"}}, {"score": 3, "who": {"age": "30"}}]' * 1,
        "answers.ndjson": b'{"score": 5, "day": "2026-01-01"}\n{"score": 4, "day": "2026-01-02"}\n' * 20,
        "answers.xlsx": workbook([["score", "who"], *[[str(n % 5 + 1), "a"] for n in range(50)]]),
    }
    paths = []
    for name, content in made.items():
        (folder / name).write_bytes(content)
        paths.append(folder / name)
    table = pa.table({"score": [1, 2, 3, 4, 5] * 20, "who": ["a", "b", "c", "d", None] * 20})
    parquet.write_table(table, folder / "answers.parquet")
    return [*paths, folder / "answers.parquet"]


def hostile(seed: int, folder: Path) -> Path | None:
    """For every fiftieth seed a bomb, or what is no file: an address, a pattern, a way out of the folder; else None."""
    turn, place = seed // 50, seed % 50
    if place == 7:
        name, content = list(bombs().items())[turn % len(bombs())]
        path = folder / f"{turn}-{name}"
        path.write_bytes(content)
        return path
    return Path(NO_FILES[turn % len(NO_FILES)]) if place == 31 else None


NO_FILES = (
    "*",
    "*.csv",
    "[a-z]*",
    "../../../etc/hostname",
    "../no such file.csv",
    "/etc/shadow/..",
    "https://example.org/answers.csv",
    "s3://bucket/answers.parquet",
    "file:///etc/hostname",
    "http://[::1",
    "//server/share/answers.csv",
    ".",
    "..",
    "/dev/zero",
    "/dev/null",
    "/proc/self/mem",
    "a\0b.csv",
    "~/answers.csv",
    "$HOME/answers.csv",
    "answers.csv?query=1",
)


def broken(seed: int, sources: Sequence[Path], folder: Path) -> Path:
    """One broken source, the same for the same seed."""
    chance = random.Random(seed)
    source = chance.choice(sources)
    content = source.read_bytes()[:400_000]
    for _again in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(WAYS)(content, chance)
    end = chance.choice((source.suffix, source.suffix, source.suffix, chance.choice(ENDS)))
    name = chance.choice((f"source{seed}", f"source{seed}", chance.choice(NAMES).replace("/", "_")))
    path = folder / f"{name}{end}"
    if path.is_dir() or path.name in {"", ".", ".."}:
        path = folder / f"source{seed}{end}"
    path.write_bytes(content)
    return path


def _cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.choice((0, 0, 0, chance.randrange(len(content) + 1)))
    return content[start : start + chance.randrange(len(content) + 1)]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _byte in range(min(chance.choice((1, 3, 20, 300)), len(changed))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _mixed(content: bytes, chance: random.Random) -> bytes:
    """Other delimiters and line ends on some of the lines."""
    lines = content.split(b"\n")
    for place in range(len(lines)):
        if chance.random() < 0.3:
            lines[place] = lines[place].replace(b",", chance.choice((b";", b"\t", b"|", b",,", b"\r", b'","')))
    return chance.choice((b"\n", b"\r\n", b"\r", b"\n\n")).join(lines)


def _uneven(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _line in range(chance.randrange(1, 20)):
        place = chance.randrange(len(lines))
        lines[place] = chance.choice(
            (b"", b",,,,", lines[place] + b",more,and,more", lines[place][: len(lines[place]) // 2], b'"')
        )
    return b"\n".join(lines)


def _nuls(content: bytes, chance: random.Random) -> bytes:
    changed = content
    for _nul in range(chance.choice((1, 5, 2000))):
        place = chance.randrange(len(changed) + 1)
        changed = changed[:place] + b"\0" * chance.choice((1, 1, 4)) + changed[place:]
        if len(changed) > len(content) + 4000:
            break
    return changed


def _wide(content: bytes, chance: random.Random) -> bytes:
    """Ten thousand columns, or nearly as many as are read."""
    width = chance.choice((10_000, 4_990))
    lines = content.split(b"\n")[:6]
    return b"\n".join(line + b",x" * width for line in lines)


def _recoded(content: bytes, chance: random.Random) -> bytes:
    """The same text in other bytes."""
    text = content.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "utf-8-sig", "utf-32")), "replace"
    )


def _doubled(content: bytes, chance: random.Random) -> bytes:
    part = content[: chance.randrange(1, 5000)]
    return part + content if chance.random() < 0.5 else content + content


def _repacked(content: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return gzip.compress(content, mtime=0)
    return zipped({chance.choice(("a.csv", "../../a.csv", "/etc/a.csv", "a.xlsx", "C:\\a.csv", "*.csv")): content})


WAYS = (_cut, _flipped, _flipped, _mixed, _uneven, _nuls, _wide, _recoded, _doubled, _repacked)


# ---------------------------------------------------------------- bombs


@cache
def bombs() -> dict[str, bytes]:
    """Files that unpack, nest or spread far beyond their size."""
    entity = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
    )
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    nested = zipped({"a.zip": zipped({"a.zip": zipped({"a.csv": b"score\n5\n"})})})
    zeros = b"0" * 300_000_000
    return {
        "corner.xlsx": raw_workbook([("A", corner)]),
        "laughs.xlsx": raw_workbook([("A", '<row r="1"><c t="inlineStr"><is><t>&j;</t></is></c></row>')], entity),
        "zeros.csv.gz": gzip.compress(zeros, 9),
        "zeros.zip": zipped({"a.csv": zeros}),
        "zeros.xlsx": zipped({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": zeros}),
        "nested.zip": nested,
        "deep.json": b"[" * 3_000_000,
        "deeper.json": b'[{"a":' + b'{"a":' * 200_000,
        "wide.json": json.dumps([{f"k{n}": n for n in range(9000)}]).encode(),
        "laughs.xml": entity.encode() + b"<x>&j;</x>",
    }


# ---------------------------------------------------------------- files by hand


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{sheets}</Types>'
_SHEET_TYPE = '<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
_ROOT = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
_BOOK = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>'
_RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{sheets}</Relationships>'
_REL = '<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
_SHEET = '<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def workbook(rows: Sequence[Sequence[str]], *more: tuple[str, Sequence[Sequence[str]]], name: str = "Answers") -> bytes:
    """An XLSX file with these rows (numbers as numbers), and further sheets."""
    sheets = [(name, rows), *more]
    return raw_workbook(
        [(title, "".join(_row(number, row) for number, row in enumerate(table, 1))) for title, table in sheets]
    )


def raw_workbook(sheets: Sequence[tuple[str, str]], before: str = "") -> bytes:
    """An XLSX file whose sheets have this XML as their rows."""
    numbers = range(1, len(sheets) + 1)
    members = {
        "[Content_Types].xml": _TYPES.format(sheets="".join(_SHEET_TYPE.format(n=n) for n in numbers)),
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _BOOK.format(
            sheets="".join(
                f'<sheet name="{title}" sheetId="{n}" r:id="r{n}"/>' for n, (title, _rows) in enumerate(sheets, 1)
            )
        ),
        "xl/_rels/workbook.xml.rels": _RELS.format(sheets="".join(_REL.format(n=n) for n in numbers)),
        **{
            f"xl/worksheets/sheet{n}.xml": _SHEET.format(before=before, rows=rows)
            for n, (_title, rows) in enumerate(sheets, 1)
        },
    }
    return zipped({name: text.encode() for name, text in members.items()})


def _row(number: int, row: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(_cell(cell) for cell in row)}</row>'


def _cell(text: str) -> str:
    try:
        return f"<c><v>{float(text):g}</v></c>"
    except ValueError:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c t="inlineStr"><is><t>{escaped}</t></is></c>' if text else "<c/>"
