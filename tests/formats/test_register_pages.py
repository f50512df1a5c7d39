"""The register as PDF, CSV and JSON: every touchpoint and every word of every entry is there, nothing is cut unsaid."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from reading import outline_of, squeezed
from sample import figures_of, records, sample
from test_sheet import inside, words

from journeymap.failure import Failure
from journeymap.formats import export, tables
from journeymap.formats.papers import paper
from journeymap.formats.register import register
from journeymap.model import register as terms
from journeymap.model.document import Document
from journeymap.model.picture import Picture
from journeymap.model.records import DataSet, Map, RegisterEntry, State

MADE = datetime(2026, 11, 12)  # noqa: DTZ001
FULL = (
    "Name, telephone number",
    "Reserve a bicycle",
    "6b",
    "3 years from the end of the year",
    "The shop; the insurer",
)


def filled(*more: RegisterEntry, **changes: object) -> Document:
    """Entries at most of the twelve touchpoints: complete ones, gaps, a stated none, two without a word."""
    found = [
        RegisterEntry("r0", "t0", "a0", *FULL),
        RegisterEntry("r1", "t0", "a1", "E-mail address", "Offers", "6a", "", ""),
        RegisterEntry("r2", "t2", "a0", "=Passport number", "Deposit", "§ 26 BDSG", "-3 days", "@nobody"),
        RegisterEntry("r3", "t4", "a0", "Wheelchair needed", "A fitting bicycle", "6b", "1 day", "The shop", "9a"),
        RegisterEntry("r4", "t5", "a0", "Allergies", "First aid", "6d", "1 day", "The shop"),
        RegisterEntry("r5", "t7", "a0", no_data=True),
        *(RegisterEntry(f"q{i}", f"t{i}", "a0", *FULL) for i in (1, 3, 6, 8, 9)),
    ]
    return Document([*records(**changes), *found, *more])


def made(document: Document, name: str = "A4", orientation: str = "landscape") -> list[Picture]:
    return register(document, paper(name, orientation), made=MADE).pages


def test_every_entry_stands_at_its_touchpoint_in_words() -> None:
    text = words(made(filled()))
    for said in (*FULL[:2], "Art. 6(1)(b) contract", "Art. 9(2)(a) explicit consent", "§ 26 BDSG", "=Passport number"):
        assert squeezed(said) in text
    assert text.count(squeezed("not stated")) >= 2
    assert squeezed("special categories? no condition of Art. 9 stated") in text
    assert squeezed("No personal data is processed here") in text
    assert text.count(squeezed("No entry yet")) == 2
    assert squeezed("Two of 12 touchpoints have no entry yet.") in text
    assert squeezed("2 touchpoints without an entry: 11 Pay the bill, 12 Look back") in text


def test_pseudonymised_data_is_called_personal_and_nothing_is_called_anonymous() -> None:
    text = words(made(filled()))
    assert squeezed("Pseudonymised data can be led back to a person") in text
    assert "anonym" not in text.casefold()


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("name", ["A4", "A3", "A2", "A0", "Letter", "Tabloid"])
def test_nothing_leaves_the_page_and_nothing_is_cut(name: str, orientation: str) -> None:
    for page in made(filled(example=True), name, orientation):
        inside(page)
        assert page.cut == ()
        assert page.smallest >= 6.99


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_long_texts_go_on_over_the_pages_with_every_word(orientation: str) -> None:
    long = [" ".join(f"{part}{i}" for i in range(count)) for part, count in (("data", 900), ("why", 700), ("who", 30))]
    more = RegisterEntry("long", "t10", "a0", long[0], long[1], "own words " * 80, "x" * 400, long[2])
    document = filled(more)
    pages = made(document, orientation=orientation)
    assert len(pages) > len(made(filled(), orientation=orientation))
    text = words(pages)
    for word in " ".join(long).split():
        assert word in text
    for page in pages:
        inside(page)
        assert page.cut == ()
        assert squeezed(f"page {pages.index(page) + 1} of {len(pages)}") in words([page])
    assert sum(squeezed("Pay the bill") in words([page]) for page in pages) >= 3


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for count in range(1, 24):
        extra = [RegisterEntry(f"x{i}", "t0", f"b{i:02}", *FULL) for i in range(count)]
        for page in made(filled(*extra)):
            phases = [group for group in page.groups if group.meaning.role == "phase"]
            for phase in phases:
                below = [g for g in page.groups if g.meaning.role in {"card", "prompt"} and g.y >= phase.y]
                assert below, f"{count} more entries"


def test_bookmarks_lead_to_phases_and_touchpoints(tmp_path: Path) -> None:
    path = tmp_path / "register.pdf"
    export(filled(), figures_of(filled()), path, kind="register")
    found = outline_of(path)
    assert "Find a bicycle" in str(found)
    assert "8 Mend a flat tyre" in str(found) or "8 " in str(found)
    assert path.read_bytes().startswith(b"%PDF")


def test_two_documents_printed_at_once_are_the_same_as_one_after_the_other(tmp_path: Path) -> None:
    """A preview is still being drawn when another document is chosen."""

    def print_(name: str) -> bytes:
        kind = name.split("-", maxsplit=1)[0]
        done = export(filled(), figures_of(filled()), tmp_path / f"{name}.pdf", kind=kind, made=MADE)
        return done.paths[0].read_bytes()

    kinds = ("map", "register", "plan")
    alone = [print_(kind) for kind in kinds]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(print_, [f"{kind}-{turn}" for turn in range(3) for kind in kinds]))
    assert together == alone * 3


def test_an_empty_register_says_what_to_do() -> None:
    text = words(made(sample()))
    assert squeezed("Nothing has been entered yet.") in text
    assert squeezed("How to begin") in text
    assert squeezed("Open the register at the top of the window") in text
    blank = Document([Map("map"), State("s", "a0")])
    assert squeezed("The map has no touchpoints yet.") in words(made(blank))


def test_what_imports_found_is_named_until_it_is_taken_over() -> None:
    account = json.dumps({"personal": {"E-mail": "e-mail addresses"}})
    document = Document([*filled(), DataSet("d", "a0", "Riders’ survey", account=account)])
    assert squeezed("E-mail addresses (“E-mail”)") in words(made(document))
    (offer,) = terms.offers(document)
    taken = RegisterEntry("o", "t0", "z", *FULL, source=offer.source)
    assert squeezed("Found by imports") not in words(made(Document([*document, taken])))


# ---------------------------------------------------------------- CSV and JSON


def written(document: Document, folder: Path, name: str) -> bytes:
    done = export(document, figures_of(document), folder / name, kind="register")
    return done.paths[0].read_bytes()


def test_the_csv_has_every_entry_and_no_formula(tmp_path: Path) -> None:
    data = written(filled(), tmp_path, "register.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + 10 + 3
    assert rows[0][1:3] == ["Touchpoint", "Personal data"]
    assert rows[2][-1] == "Kept for, Recipients"
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row)
    passport = next(row for row in tables.read(data) if "=Passport number" in row)
    assert (passport[6], passport[7]) == ("-3 days", "@nobody")


def test_a_german_map_gets_the_csv_that_a_german_spreadsheet_expects(tmp_path: Path) -> None:
    data = written(filled(language="de"), tmp_path, "register.csv").decode("utf-8-sig")
    assert data.splitlines()[0].count(";") == 8


def test_the_csv_pasted_back_gives_the_same_entries(tmp_path: Path) -> None:
    before = filled()
    rows = tables.read(written(before, tmp_path, "register.csv"))
    found = terms.pasted(Document(records()), rows, None)
    assert [
        (id_, fields["data"], fields.get("legal_basis", ""), fields.get("special", "")) for id_, fields in found
    ] == [
        (one.touchpoint_id, one.data, one.legal_basis, one.special)
        for place in terms.places(before)
        for one in place.entries
    ]


def test_the_json_says_entries_gaps_and_words(tmp_path: Path) -> None:
    whole = json.loads(written(filled(), tmp_path, "register.json"))
    first = whole["touchpoints"][0]
    assert (first["number"], first["touchpoint"], len(first["entries"])) == (1, "Ask friends", 2)
    assert first["entries"][0]["legal_basis"] == "6b"
    assert first["entries"][0]["legal_basis_words"] == "Art. 6(1)(b) contract"
    assert first["entries"][1]["missing"] == ["retention", "recipients"]
    assert whole["touchpoints"][7]["no_personal_data"] is True
    assert whole["gaps"]["without_entry"] == ["Pay the bill", "Look back"]


def test_a_map_or_plan_is_not_written_as_csv(tmp_path: Path) -> None:
    for kind in ("map", "plan"):
        with pytest.raises(Failure, match=r"\.pdf, \.png, \.json"):
            export(sample(), figures_of(sample()), tmp_path / "x.csv", kind=kind)
    assert not list(tmp_path.iterdir())
