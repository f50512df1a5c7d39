"""Personal data in people's own words: what is found goes, what is none stays; pseudonyms stay the same under one key."""

from __future__ import annotations

import os
import re
import stat

import pytest

from journeymap.data import Columns, Question, Recipe, prepare
from journeymap.data.privacy import mask, mask_identifiers, pseudonymiser
from journeymap.data.privacy.identifiers import iban, luhn
from journeymap.failure import Failure


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to anna.b+x@mail.example.co.uk please", "write to [e-mail] please"),
        ("anna (at) web.de", "[e-mail]"),
        ("IBAN DE89 3704 0044 0532 0130 00, danke", "IBAN [number], danke"),
        ("gb82west12345698765432", "[number]"),
        ("card 4111 1111 1111 1111 was charged twice", "card [number] was charged twice"),
        ("from 192.168.17.4 and 2001:db8::8a2e:370:7334", "from [network address] and [network address]"),
        ("call me on +44 20 7946 0958!", "call me on [phone number]!"),
        ("Rückruf bitte 0171 / 9988776", "Rückruf bitte [phone number]"),
        ("tel. 030-12345", "tel. [phone number]"),
        ("(415) 555-2671 after six", "[phone number] after six"),
        ("I live at 12 Baker Street", "I live at [address]"),
        ("Lindenallee 5a, 10115 Berlin", "[address]"),
        ("order 20260114998877 never came", "order [number] never came"),
        ("Frau Müller war sehr nett", "Frau [name] war sehr nett"),
        ("Thanks to Sarah and Dr. Chatterjee", "Thanks to [name] and Dr. [name]"),
        ("Mein Name ist Ayşe Yıldız.", "Mein Name ist [name]."),
        ("Michael J. Thompson was rude. Thompson again!", "[name] was rude. [name] again!"),
        ("Kind regards, Zoltan", "Kind regards, [name]"),
    ],
)
def test_personal_data_in_sentences_is_masked(text, masked):
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "I waited 45 minutes on 12.03.2026 at 10:15:30, gate B22.",
        "Das hat 1.299,00 Euro gekostet, am 2026-01-31 15:30.",
        "Version 1.2.3 costs 1,000,000 and 25 %",
        "The nurse will see you. May I ask? Mark it with a cross.",
        "Die Frau an der Kasse war sehr freundlich, der Kaffee auch.",
        "Nothing. Everything was great! Very Good Service",
        "Ich will mehr Platz im Bus und im Zug nach Berlin",
        "We flew from London to Paris in August 2025",
        "",
    ],
)
def test_plain_sentences_stay_as_they_are(text):
    assert mask(text).text == text


def test_groups_and_places_keep_their_names_but_not_somebodys_number():
    assert mask_identifiers("Paris").text == "Paris"
    assert mask_identifiers("Victoria Station").text == "Victoria Station"
    assert mask_identifiers("VIP anna@b.org").text == "VIP [e-mail]"


def test_check_digits_are_checked():
    assert iban("DE89370400440532013000") == 22
    assert iban("DE88370400440532013000") == 0
    assert luhn("5500 0000 0000 0004")
    assert not luhn("5500 0000 0000 0005")


def test_a_pseudonym_is_the_same_under_one_key_and_another_under_the_next(tmp_path):
    one, other = tmp_path / "here" / "one.key", tmp_path / "other.key"
    first = pseudonymiser(one)
    again = pseudonymiser(one)
    assert first("Customer 17") == again(" customer  17 ") != first("Customer 18")
    assert pseudonymiser(other)("Customer 17") != first("Customer 17")
    assert re.fullmatch(r"p-[a-z2-7]{16}", first("Customer 17"))
    assert first("  ") == ""


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_only_its_user_may_read_the_key(tmp_path):
    key = tmp_path / "pseudonym.key"
    pseudonymiser(key)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["pseudonym.key"]
    key.chmod(0o644)
    with pytest.raises(Failure, match="chmod 600"):
        pseudonymiser(key)


def test_a_broken_key_is_refused_and_not_replaced(tmp_path):
    key = tmp_path / "pseudonym.key"
    key.write_text("abc\n")
    key.chmod(0o600)
    with pytest.raises(Failure, match="not a key"):
        pseudonymiser(key)
    assert key.read_text() == "abc\n"


def test_a_pseudonymised_segment_keeps_its_groups_without_their_names(write, empty_map, tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEYMAP_KEY", str(tmp_path / "k" / "pseudonym.key"))
    path = write("Account,score\n" + "".join(f"Cust-{n % 3}-Huber,{n % 5 + 1}\n" for n in range(60)))
    recipe = Recipe.from_toml(
        '[columns]\nsegments = ["Account"]\npseudonymise = ["Account"]\n[[measure]]\nkpi = "csat"\ncolumn = "score"\n'
    )
    intake = prepare(empty_map, [path], recipe)
    (block,) = [block for (_measure, column), block in intake.blocks.items() if column == "Account"]
    values = {value for value in block.values if value}
    assert len(values) == 3
    assert all(value.startswith("p-") for value in values)
    assert "Huber" not in repr(intake).replace("Account", "")
    report = intake.as_json()
    assert report["pseudonymised"] == ["Account"]
    assert report["personal"] == ["Account"]
    again = prepare(empty_map, [path], recipe)
    assert {value for b in again.blocks.values() for value in b.values} >= values


def test_a_column_cannot_be_both_dropped_and_pseudonymised(write, empty_map):
    path = write("Account,score\na,1\nb,2\n")
    columns = Columns(drop=("Account",), pseudonymise=("Account",))
    with pytest.raises(Failure, match="both drops and pseudonymises"):
        prepare(empty_map, [path], Recipe(columns=columns, questions=(Question("csat", "score"),)))


def test_an_answer_that_cannot_be_read_is_shown_without_its_owner(write, empty_map):
    path = write("score\n" + "5\n4\n" * 20 + "ask anna.b@example.org\n")
    intake = prepare(empty_map, [path], Recipe(questions=(Question("csat", "score"),)))
    assert any("[e-mail]" in warning for warning in intake.warnings)
    assert "anna" not in repr(intake)


def test_a_month_is_no_phone_number() -> None:
    assert mask("survey 2026-03").text == "survey 2026-03"
