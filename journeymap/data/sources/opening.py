"""From a path to a table: what kind of source it is, by its first bytes; its sample; and its rows as the engine reads them."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count, islice
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from journeymap.data.address import Address
from journeymap.data.dialects import Facts, Layout, laid_out
from journeymap.data.dialects import table as tables
from journeymap.data.dialects.layout import choice_of, names
from journeymap.data.private import folder as private_folder
from journeymap.data.recipe import Join, Source
from journeymap.data.sources import archive, sniff, text
from journeymap.data.sources.apart import converted
from journeymap.data.sources.joining import Partners, partners
from journeymap.data.sources.sample import MOST_COLUMNS, SAMPLE_ROWS, Readable, Sample, called, nameless
from journeymap.data.sources.text import Text
from journeymap.data.watching import Cancelled
from journeymap.failure import Failure
from journeymap.i18n import _

_HEAD = SAMPLE_ROWS + 100
"""So many records are looked at: a sample and what may stand before it."""
GLANCE = 8 * sniff.CHUNK
_DEEPEST = 3  # archives within archives


class _Opened(Struct, frozen=True):
    """A source as text: how it is read, its first records, and what it says of itself."""

    how: Text
    records: list[list[str]]
    whole: bool
    fingerprint: str
    kind: str = "text"
    told: dict[str, Any] | None = None
    note: str = ""
    inside: str = ""  # the fingerprint of what an archive holds


def peek(
    path: Path | Address, source: Source | None = None, cancelled: Cancelled = None, read: sniff.Bytes | None = None
) -> Sample:
    """Looks at the beginning of a source, a file or a database; `source` says what is not to be detected, `cancelled`
    when nobody waits for it any more, `read` what the bytes of a text file say, where they have been read.

    Raises Failure with one sentence for anything that holds no table. Leaves nothing behind.
    """
    if isinstance(path, Address):
        from journeymap.data import databases

        return databases.look(path, source or Source(), cancelled)
    if source is not None and (source.table or source.query):
        raise Failure(
            _("The recipe reads a table of a database, and {path} is a file; name the database’s address.").format(
                path=Path(path).name
            )
        )
    with (
        sniff.reading(Path(path)),
        private_folder() as private,
    ):
        opened = _opened(Path(path), source or Source(), Path(private), _HEAD, cancelled, read=read)
        return _unnamed(_sample(Path(path), source or Source(), opened))


def glance(path: Path, source: Source) -> Sample | None:
    """What `peek` will most likely say of a large text file, by its first megabytes; it has no fingerprint yet.

    None for other files, and where that is not enough to tell.
    """
    if source.table or source.query or source.sheet or source.join:
        return None
    with suppress(Failure), sniff.reading(path):
        if path.stat().st_size > GLANCE and _kind(path) == "text":
            how, records, whole, fingerprint = text.look(path, source, _HEAD, GLANCE)
            return _unnamed(_sample(path, source, _Opened(how, records, whole, fingerprint)))
    return None


def plain(
    sample: Sample, folder: Path, number: int, source: Source | None = None, cancelled: Cancelled = None
) -> Readable:
    """The source as the engine can read it: the file itself under a name of our own, or its table in `folder`.

    A name of our own, because the engine reads `*` and `[` in a name as a pattern. Raises Failure.
    """
    with sniff.reading(sample.path):
        return _plain(sample, folder, number, source or Source(), cancelled)


def _plain(sample: Sample, folder: Path, number: int, said: Source, cancelled: Cancelled) -> Readable:
    own = folder / f"unpacked-{number}"
    own.mkdir(exist_ok=True)
    target = folder / f"source-{number}.csv"
    if sample.kind == "text":
        how = Text(sample.path, sample.encoding, sample.delimiter, sample.start, sample.nuls, sample.damaged)
    else:
        opened = _opened(sample.path, said, own, None, cancelled)
        how = opened.how
        sample = replace(sample, facts=_told(opened, sample.facts))
    layout = sample.layout
    if how.plain and layout is not None and layout.as_it_stands and not said.join:
        _shown_as(how.path, target)
        return Readable(target, how.delimiter, sample.columns, sample, again=how.path)
    return _written(replace(sample, encoding=how.encoding, delimiter=how.delimiter), how, target, said)


def tidied(readable: Readable, source: Source | None = None) -> Readable:
    """The source written anew as strict CSV, for files that the engine refuses. Raises Failure where that cannot be done.

    Short rows are filled up (their last answers are missing), rows with more cells than columns are left out and
    counted, line ends and quotation marks are made uniform.
    """
    target = readable.path.with_name(f"{readable.path.stem}-tidy.csv")
    sample = readable.sample
    how = Text(
        readable.again or readable.path, sample.encoding, readable.delimiter, sample.start, sample.nuls, sample.damaged
    )
    with sniff.reading(sample.path):
        done = _written(sample, how, target, source or Source())
    with suppress(OSError):
        readable.path.unlink()
    return done


def _shown_as(path: Path, target: Path) -> None:
    try:
        target.symlink_to(path.resolve())
    except OSError:  # Windows asks for a privilege
        shutil.copyfile(path, target)


def _written(sample: Sample, how: Text, target: Path, said: Source) -> Readable:
    """Writes the rows of the table as strict CSV."""
    dropped: Counter[str] = Counter()
    layout = sample.layout
    assert layout is not None
    rows, names = layout.rows(text.records(how), dropped), layout.names
    lonely: list[tuple[Partners, Counter[str]]] = []
    for join in said.join:
        beside, alone = _partners(sample.path, join, said.encoding, names), Counter[str]()
        rows, names = beside.beside(names, rows, alone), (*names, *beside.columns)
        lonely.append((beside, alone))
    with target.open("w", encoding="utf-8", newline="", errors="replace") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(sample.columns)
        writer.writerows(rows)
    notes = tuple(beside.note(alone.total()) for beside, alone in lonely if alone)
    return Readable(target, ",", sample.columns, sample, dict(dropped), notes)


# ---------------------------------------------------------------- opening


def _opened(
    path: Path,
    said: Source,
    folder: Path,
    rows: int | None,
    cancelled: Cancelled = None,
    depth: int = 0,
    read: sniff.Bytes | None = None,
) -> _Opened:
    """The source as text; `rows` records are enough (None: all have to be there)."""
    kind = _kind(path)
    if kind == "text":
        how, records, whole, fingerprint = text.look(path, said, _HEAD, found=read)
        return _Opened(how, records, whole, _fingerprint(path, said.sheet) if said.sheet else fingerprint)
    fingerprint = _fingerprint(path, said.sheet)
    if kind in {"gzip", "archive"}:
        if depth >= _DEEPEST:
            raise Failure(_("{path} is an archive within archives; unpack it first.").format(path=path.name))
        inner, note, sheet = _unpacked(kind, path, said, folder, cancelled)
        found = _opened(inner, replace(said, sheet=sheet), folder, rows, cancelled, depth + 1)
        inside = found.inside or found.fingerprint
        return replace(found, fingerprint=fingerprint, kind=kind, note=note or found.note, inside=inside)
    target = _free(folder, "table.csv")
    told = converted(kind, path, target, sheet=said.sheet, rows=rows, cancelled=cancelled)
    how = Text(target, "utf-8", ",")
    records = list(islice(text.records(how), _HEAD))
    if not records:
        raise Failure(_("{path} is empty.").format(path=path.name))
    whole = rows is None or told["rows"] < rows
    return _Opened(how, records, whole, fingerprint, kind, told)


def _kind(path: Path) -> str:
    """What the first bytes say: text, gzip, archive, workbook, parquet, spss or document (JSON). Raises Failure."""
    with sniff.opened(path) as file:
        start = file.read(1 << 14)
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return archive.check_workbook(path)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "workbook"
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith((b"$FL2", b"$FL3")):
        return "spss"
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if words.startswith(b"<?xml") or words[:200].lower().startswith((b"<!doctype", b"<html")):
        raise _markup(path, start)
    if words.startswith((b"{", b"[")) and _is_json(words):
        return "document"
    return "text"


def _is_json(words: bytes) -> bool:
    """Whether text that begins with a bracket is JSON, and no table whose first header does."""
    if words.startswith(b"{"):
        return words[1:].lstrip()[:1] in {b'"', b"}"}
    return words[1:].lstrip()[:1] in {b"{", b"[", b"]"} and b'"' in words[:4096]


def _markup(path: Path, start: bytes) -> Failure:
    if b"LimeSurveyDocType" in start:
        return Failure(
            _(
                "{path} is the structure of a LimeSurvey survey and holds no answers; export its responses as CSV."
            ).format(path=path.name)
        )
    return Failure(_("{path} is markup (XML or HTML), not a table; export it as CSV.").format(path=path.name))


def _unpacked(kind: str, path: Path, said: Source, folder: Path, cancelled: Cancelled) -> tuple[Path, str, str]:
    """The file inside, a note, and the sheet that is still to be chosen within it."""
    inside = _free(folder, "inside")
    inside.mkdir()
    if kind == "gzip":
        return archive.gunzipped(path, inside, cancelled), "", said.sheet
    inner, names = archive.unzipped(path, inside, said.sheet, cancelled)
    named = said.sheet in {name.rsplit("/", 1)[-1] for name in names} | set(names)
    return inner, "", "" if named else said.sheet


def _free(folder: Path, name: str) -> Path:
    return next(path for number in count() if not (path := folder / f"{number}-{name}").exists())


def _fingerprint(path: Path, sheet: str) -> str:
    """The SHA-256 of a file's bytes; another for each of its sheets that is asked for by name."""
    digest = hashlib.sha256()
    with sniff.opened(path) as file:
        while chunk := file.read(sniff.CHUNK):
            digest.update(chunk)
    if sheet:
        digest.update(json.dumps(sheet).encode())
    return digest.hexdigest()


# ---------------------------------------------------------------- samples


def _sample(path: Path, said: Source, opened: _Opened) -> Sample:
    widest = max(map(len, opened.records[:5]))
    if widest > MOST_COLUMNS:
        raise Failure(
            _("{path} has {count} columns; at most {most} can be read.").format(
                path=path.name, count=widest, most=MOST_COLUMNS
            )
        )
    layout = _layout(path, said, opened)
    dropped: Counter[str] = Counter()
    rows: Iterator[Sequence[str]] = layout.rows(opened.records, dropped)
    names = layout.names
    for join in said.join:
        beside = _partners(path, join, said.encoding, names)
        rows, names = beside.beside(names, rows, Counter()), (*names, *beside.columns)
    kept = [tuple(row) for row in rows]
    shown = tuple(kept[:SAMPLE_ROWS])
    facts = _told(opened, layout.facts)
    return Sample(
        path,
        names,
        shown,
        opened.how.encoding,
        opened.how.delimiter,
        said.decimal or _decimal(shown),
        len(kept) + dropped.total() if opened.whole else _count(opened),
        opened.fingerprint,
        layout.headers,
        opened.how.nuls,
        opened.how.start,
        opened.how.damaged,
        opened.kind,
        facts,
        layout,
        opened.inside,
    )


def _decimal(rows: Sequence[Sequence[str]]) -> str:
    """The decimal sign; only columns with a comma or a point somewhere are looked into."""
    told = []
    for column in zip(*rows, strict=True):
        whole = "".join(column)
        if "," in whole or "." in whole:
            told.append(column)
    return sniff.decimal_of(told)


def _unnamed(sample: Sample) -> Sample:
    """The sample without anybody's address or number in the names of its columns, or in what they ask."""
    bare = tuple(nameless(name) for name in sample.columns)
    if bare != sample.columns:
        sample = called(sample, dict(zip(sample.columns, names(bare), strict=True)))
    texts = {name: nameless(text) for name, text in sample.facts.texts.items()}
    return replace(sample, facts=replace(sample.facts, texts=texts))


def _count(opened: _Opened) -> int | None:
    counted = (opened.told or {}).get("count")
    return int(counted) if isinstance(counted, int) else None


def _layout(path: Path, said: Source, opened: _Opened) -> Layout:
    """Where the table lies. A filter of the recipe decides which answers are used in place of the dialect."""
    layout = _found(path, said, opened)
    return replace(layout, drops=tuple(drop for drop in layout.drops if drop.always)) if said.filter else layout


def _found(path: Path, said: Source, opened: _Opened) -> Layout:
    certain = opened.told is not None and opened.told.get("header")
    if certain and said.header_rows is None:
        found = laid_out(opened.records, sheet=said.sheet, name=path.name)
        if found.facts.dialect and found.first == 1:
            return found
        return tables.given(opened.records[0], Facts())
    return laid_out(opened.records, sheet=said.sheet, name=path.name, header_rows=said.header_rows)


def _told(opened: _Opened, facts: Facts) -> Facts:
    """The facts with what the format itself says: labels, codes for no answer, sets of answers, other sheets."""
    notes = [opened.note] if opened.note else []
    if opened.how.damaged:
        notes.append(
            _("Some characters are damaged (no text in {encoding}); they were replaced.").format(
                encoding=opened.how.encoding
            )
        )
    told = opened.told or {}
    sheets = tuple(told.get("sheets", ()))
    if len(sheets) > 1:
        read = told.get("sheet")
        if read:
            notes.append(_("Of {n} sheets “{sheet}” was read.").format(n=len(sheets), sheet=read))
        facts = replace(facts, tables=sheets, table=str(read or ""))
    kinds = dict(facts.kinds)
    for label, members in told.get("sets", {}).items():
        kinds |= dict.fromkeys(members, choice_of(label))
    return replace(
        facts,
        dialect=facts.dialect or ("SPSS" if opened.kind == "spss" else ""),
        texts={**told.get("texts", {}), **facts.texts},
        labels={**told.get("labels", {}), **facts.labels},
        missing={**{name: _codes(codes) for name, codes in told.get("missing", {}).items()}, **facts.missing},
        kinds=kinds,
        notes=tuple(dict.fromkeys([*facts.notes, *notes])),
    )


def _codes(texts: list[str]) -> tuple[float | str, ...]:
    found: list[float | str] = []
    for one in texts:
        try:
            found.append(float(one))
        except ValueError:
            found.append(one)
    return tuple(found)


def _partners(path: Path, join: Join, encoding: str, columns: tuple[str, ...]) -> Partners:
    """The other table of a join; its place is told from the source's folder."""
    other = path.parent / join.file
    alone = Source(encoding=encoding, sheet=join.sheet)
    with private_folder() as private:
        opened = _opened(other, alone, Path(private), None)
        layout = _layout(other, alone, opened)
        return partners(other, join.on, columns, layout.names, layout.rows(text.records(opened.how), Counter()))
