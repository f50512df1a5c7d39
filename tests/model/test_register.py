"""The register of personal data: terms that are read back, gaps that are counted, offers of imports, pasted rows."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import commands, register, rules
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.outline import build
from journeymap.model.records import DataSet, Dismissal, Id, Measure, Phase, RegisterEntry, Touchpoint

WRITTEN = {
    "phases": [
        {"name": "Find", "touchpoints": [{"name": "Ask"}, {"name": "Reserve"}]},
        {"name": "Ride", "touchpoints": [{"name": "Fetch it"}, {"name": "Ask"}]},
    ]
}


@pytest.fixture
def document() -> Document:
    return build(WRITTEN, "A rented bicycle").document


def done(document: Document, change: Change) -> Id:
    rules.check(document, change)
    document.fits(change)
    document.apply(change)
    return next(iter(change.added), "")


def at(document: Document, name: str) -> Id:
    return next(one.id for one in document.all(Touchpoint) if one.name == name)


def data_of(document: Document, name: str) -> list[str]:
    return [one.data for one in document.referring(RegisterEntry, "touchpoint_id", at(document, name))]


FULL = {
    "data": "Name, telephone",
    "purpose": "Reserve",
    "legal_basis": "6b",
    "retention": "1 year",
    "recipients": "The shop",
}


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize("key", register.BASES)
def test_a_legal_basis_reads_back_from_how_it_is_printed(key: str) -> None:
    assert register.read_basis(register.basis(key)) == key
    assert register.read_basis(register.bases()[key].upper()) == key


@pytest.mark.parametrize("key", register.CONDITIONS)
def test_a_condition_reads_back_from_how_it_is_printed(key: str) -> None:
    assert register.read_condition(register.condition(key)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Art. 6(1)(b)", "6b"), ("Art. 6 Abs. 1 lit. b DSGVO", "6b"), ("Article 6 (1) (f) GDPR", "6f"), ("6b", "6b"),
        ("art 6 1 a", "6a"), ("Art. 6 Abs. 1 S. 1 lit. a", "Art. 6 Abs. 1 S. 1 lit. a"), ("Vertrag", "6b"),
        ("Berechtigtes Interesse", "6f"), ("consent", "6a"), ("§ 26 BDSG", "§ 26 BDSG"),
        ("Art. 6(1)(b), and (c) for invoices", "Art. 6(1)(b), and (c) for invoices"), ("", ""), ("60 bytes", "60 bytes"),
        ("6 boxes", "6 boxes"), ("Art. 6(1)(z)", "Art. 6(1)(z)"),
    ],
)  # fmt: skip
def test_a_legal_basis_is_read_as_people_write_it_and_more_than_that_stays_their_words(text: str, key: str) -> None:
    assert register.read_basis(text) == key


@given(st.text(max_size=40))
def test_reading_a_legal_basis_twice_changes_nothing(text: str) -> None:
    once = register.read_basis(text)
    assert register.read_basis(register.basis(once)) == once


@pytest.mark.parametrize("data", ["Wheelchair needed", "Rollstuhl", "Meal: halal", "Fingerprint", "Gesundheitsdaten"])
def test_special_categories_are_noticed(data: str) -> None:
    assert register.looks_special(data)
    assert not register.looks_special("Name, e-mail address, flight, seat")


# ---------------------------------------------------------------- entries


def test_entries_stand_in_their_order_and_move_between_touchpoints(document: Document) -> None:
    first = done(document, commands.add_entry(document, at(document, "Reserve"), data="one"))
    second = done(document, commands.add_entry(document, at(document, "Reserve"), data="two"))
    done(document, commands.add_entry(document, at(document, "Reserve"), before_id=second, data="between"))
    assert data_of(document, "Reserve") == ["one", "between", "two"]
    done(document, commands.move_entry(document, first, at(document, "Reserve"), None))
    assert data_of(document, "Reserve") == ["between", "two", "one"]
    done(document, commands.move_entry(document, first, at(document, "Fetch it"), None))
    assert (data_of(document, "Reserve"), data_of(document, "Fetch it")) == (["between", "two"], ["one"])
    assert not commands.move_entry(document, first, at(document, "Fetch it"), None)


def test_that_nothing_is_processed_gives_way_to_an_entry_and_comes_back_with_undo(document: Document) -> None:
    where = at(document, "Ask")
    done(document, commands.say_no_data(document, where))
    assert not commands.say_no_data(document, where)
    assert register.places(document)[0].none is not None
    change = commands.add_entry(document, where, data="Name")
    done(document, change)
    assert [one.no_data for one in document.referring(RegisterEntry, "touchpoint_id", where)] == [False]
    done(document, change.inverse())
    assert [one.no_data for one in document.referring(RegisterEntry, "touchpoint_id", where)] == [True]
    done(document, commands.set_entry(document, register.places(document)[0].none.id, data="Name"))  # type: ignore[union-attr]
    assert data_of(document, "Ask") == ["Name"]
    with pytest.raises(Failure, match="has entries"):
        commands.say_no_data(document, where)


def test_an_entry_cannot_say_both_that_there_are_data_and_that_there_are_none(document: Document) -> None:
    none = done(document, commands.say_no_data(document, at(document, "Ask")))
    with pytest.raises(rules.Broken, match="not both"):
        rules.check(document, commands.edit(document, none, data="Name"))


def test_a_copied_touchpoint_brings_its_entries_and_a_deleted_one_takes_them_along(document: Document) -> None:
    where = at(document, "Reserve")
    done(document, commands.add_entry(document, where, **FULL, source="register|personal|x"))
    copy = done(document, commands.duplicate(document, where))
    (entry,) = document.referring(RegisterEntry, "touchpoint_id", copy)
    assert (entry.data, entry.source) == (FULL["data"], "")
    change = commands.delete(document, where)
    done(document, change)
    assert [one.id for one in document.all(RegisterEntry)] == [entry.id]
    done(document, change.inverse())
    assert len(document.all(RegisterEntry)) == 2


# ---------------------------------------------------------------- gaps


def test_gaps_name_touchpoints_without_an_entry_and_fields_that_are_blank(document: Document) -> None:
    done(document, commands.add_entry(document, at(document, "Reserve"), **FULL))
    done(
        document, commands.add_entry(document, at(document, "Reserve"), **{**FULL, "retention": " ", "recipients": ""})
    )
    done(document, commands.add_entry(document, at(document, "Fetch it"), **{**FULL, "data": "Wheelchair needed"}))
    done(document, commands.say_no_data(document, register.places(document)[0].touchpoint.id))
    found = register.gaps(register.places(document))
    assert (found.touchpoints, found.entries, found.none, len(found.open)) == (4, 3, 1, 1)
    assert register.told(found) == [
        "1 touchpoint without an entry",
        "1 entry without a time of keeping",
        "1 entry without recipients",
        "1 entry that may hold special categories of data, without a condition of Art. 9",
    ]
    last = document.referring(RegisterEntry, "touchpoint_id", at(document, "Fetch it"))[0]
    done(document, commands.set_entry(document, last.id, special="9a"))
    assert "special" not in register.gaps(register.places(document)).lacking


# ---------------------------------------------------------------- offers


def surveyed(document: Document, account: object, *names: str, key: str = "s") -> None:
    document.apply(
        Change(
            added={
                key: DataSet(key, "a0", "Riders’ survey", account=json.dumps(account)),
                **{f"{key}{i}": Measure(f"{key}{i}", key, f"a{i}", at(document, name), kpi="csat", column=f"Q{i}")
                   for i, name in enumerate(names)},
            }
        )
    )  # fmt: skip


ACCOUNT = {
    "personal": {"E-mail": "e-mail addresses", "Given": "names of people", "Name": "names of people", "Odd": ""},
    "pseudonymised": {"Customer": "asked to be pseudonymised"},
}


def test_personal_columns_of_an_import_are_offered_once_each_fate(document: Document) -> None:
    surveyed(document, ACCOUNT, "Reserve", "Fetch it")
    left_out, hashed = register.offers(document)
    assert left_out.data == "E-mail addresses (“E-mail”), names of people (“Given”, “Name”), “Odd”"
    assert hashed.data == "“Customer”, pseudonymised (still personal data)"
    assert left_out.touchpoint_id == at(document, "Fetch it")
    assert "Riders’ survey" in left_out.purpose
    done(document, commands.take_offer(document, left_out, at(document, "Reserve")))
    assert data_of(document, "Reserve") == [left_out.data]
    assert register.offers(document) == [hashed]
    done(document, commands.dismiss_offer(document, hashed))
    assert register.offers(document) == []
    assert not commands.dismiss_offer(document, hashed)
    assert document.count(Dismissal) == 1


def test_next_months_file_offers_nothing_new_but_another_survey_does(document: Document) -> None:
    surveyed(document, ACCOUNT, "Reserve")
    surveyed(document, ACCOUNT, "Reserve", key="t")
    assert len(register.offers(document)) == 2
    surveyed(document, ACCOUNT, "Reserve", "Fetch it", key="u")
    assert len(register.offers(document)) == 4


@pytest.mark.parametrize("account", ["", [], {"personal": ["E-mail"]}, {"personal": {}}, 5, None])
def test_an_account_that_says_nothing_offers_nothing(document: Document, account: object) -> None:
    surveyed(document, account, "Reserve")
    assert register.offers(document) == []


def test_without_touchpoints_an_offer_has_no_place_yet() -> None:
    blank = build({}, "Blank").document
    assert blank.count(Phase) == 0
    surveyed(blank, ACCOUNT)
    assert [one.touchpoint_id for one in register.offers(blank)] == [None, None]


# ---------------------------------------------------------------- pasted rows


def paste(document: Document, rows: Sequence[Sequence[str]], where: Id | None = None) -> list[tuple[str, str, str]]:
    done(document, commands.add_entries(document, register.pasted(document, rows, where)))
    return [
        (place.touchpoint.name, entry.data, entry.legal_basis)
        for place in register.places(document)
        for entry in place.entries
    ]


def test_rows_are_read_by_the_names_of_their_columns(document: Document) -> None:
    rows = [
        ["Zweck", "Kontaktpunkt", "Rechtsgrundlage", "Personenbezogene Daten", "Bemerkung"],
        ["Reservieren", "reserve", "Art. 6 Abs. 1 lit. b DSGVO", "Name", "x"],
        ["Rechnung", "", "§ 147 AO", "Adresse", ""],
        ["", "", "", "", ""],
        ["Abholen", "3 Fetch it", "Einwilligung", "Ausweis", ""],
    ]
    assert paste(document, rows) == [
        ("Reserve", "Name", "6b"), ("Reserve", "Adresse", "§ 147 AO"), ("Fetch it", "Ausweis", "6a"),
    ]  # fmt: skip


def test_rows_without_names_are_read_in_the_order_of_the_table(document: Document) -> None:
    rows = [["Name", "Reserve it", "contract", "1 year", "Shop"], ["E-mail", "Confirm", "6a", "", ""]]
    assert paste(document, rows, at(document, "Fetch it")) == [("Fetch it", "Name", "6b"), ("Fetch it", "E-mail", "6a")]
    rows = [["Reserve", "Name", "Reserve it", "6f"], ["Fetch it", "Passport", "Deposit", "6b"]]
    assert ("Reserve", "Name", "6f") in paste(document, rows)


def test_of_two_touchpoints_of_one_name_the_phase_tells(document: Document) -> None:
    rows = [["Phase", "Touchpoint", "Personal data"], ["Ride", "Ask", "Voice"]]
    paste(document, rows)
    place = next(one for one in register.places(document) if one.entries)
    assert (place.phase.name, place.number) == ("Ride", 4)


def test_rows_for_touchpoints_that_are_not_there_are_refused_whole(document: Document) -> None:
    rows = [["Touchpoint", "Personal data"], ["Reserve", "Name"], ["Nowhere", "Name"], ["Elsewhere", "Name"]]
    with pytest.raises(Failure, match="“Nowhere”, “Elsewhere”"):
        register.pasted(document, rows, None)
    with pytest.raises(Failure, match="choose the touchpoint"):
        register.pasted(document, [["Name", "Purpose of it"]], None)
    for nothing in ([], [[""]], [["Touchpoint", "Personal data"]], [["", "", "6a"]]):
        with pytest.raises(Failure, match="nothing to paste"):
            register.pasted(document, nothing, at(document, "Ask"))
