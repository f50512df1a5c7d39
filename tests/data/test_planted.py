"""A thousand typed identifiers in columns, cells and comments: none is in the bytes of the file."""

from __future__ import annotations

import csv
import random
import re
import sqlite3
import zlib
from contextlib import suppress

import pytest
from data.planted import planted

from journeymap.cli import main
from journeymap.data import Recipe, peek, prepare
from journeymap.data.comments import listen
from journeymap.data.guessing.guess import guess
from journeymap.data.privacy import kind_of
from journeymap.data.recipe import read_recipe
from journeymap.model.commands import add_quote
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Map, State, Touchpoint, new_id
from journeymap.session import Session

CARRIERS = [
    "Please write to {} because nobody answered",
    "Rückmeldung bitte an {}, danke schön",
    "The queue at the counter was long ({}) and loud",
    "Mein Konto {} wurde falsch belastet!",
    "{}",
    "Reached me under: {}. The queue was terrible.",
    "Die Wartezeit war zu lang; erreichbar unter {} ab 18 Uhr",
    "It was ok, see {} or call",
]


@pytest.fixture
def survey(tmp_path):
    """(path, identifiers): by column name, under names that say nothing, in comments, among groups and scores."""
    identifiers = planted(1000)
    chance = random.Random(3)
    by_kind = {kind: [text for k, text in identifiers if k == kind] for kind in {k for k, _text in identifiers}}
    named, bare, spoken = {}, {}, []
    for kind, texts in by_kind.items():
        named[kind], bare[kind] = texts[:60], texts[60:110]
        spoken += texts[110:]
    path = tmp_path / "survey.csv"
    header = ["Email", "Phone", "IBAN", "IP address", "Credit card", "Street address", "c1", "c2", "c3", "c4", "c5", "c6", "Group", "Where", "Satisfied", "Comment"]  # fmt: skip
    kinds = ["email", "phone", "iban", "ip", "card", "address"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number in range(600):
            columns = [named[kind][number % 60] for kind in kinds] + [bare[kind][number % 50] for kind in kinds]
            text = spoken[number % len(spoken)]
            group = f"VIP {text}" if number % 40 == 7 else chance.choice(["A", "B", "C"])
            where = f"Desk {text}" if number % 150 == 11 else chance.choice(["Desk", "Gate", "Web shop"])
            score = f"5, ask {text}" if number % 30 == 5 else chance.randint(1, 5)
            writer.writerow([*columns, group, where, score, chance.choice(CARRIERS).format(text)])
    return path, [text for _kind, text in identifiers]


def test_none_of_a_thousand_typed_identifiers_is_in_the_bytes_of_the_file(survey, tmp_path, capsys):
    path, identifiers = survey
    file, recipe_file = tmp_path / "m.journey", tmp_path / "r.toml"
    assert main(["new", str(file), "--template", "blank"]) == 0
    recipe_file.write_text(
        '[columns]\ntouchpoint = "Where"\nsegments = ["Group"]\ncomments = ["Comment"]\n'
        '[[measure]]\nkpi = "csat"\ncolumn = "Satisfied"\nscale = [1, 5]\n'
    )
    assert main(["import", str(file), str(path), "--recipe", str(recipe_file), "--name", "Planted"]) == 0
    said = capsys.readouterr().out
    with Session.open(file) as session:  # a person accepts every quote that is offered
        for heard in listen([path], read_recipe(recipe_file), []):
            for theme in heard.themes:
                for text, _place in theme.quotes:
                    session.perform(add_quote(session.document, text))
        session.flush()
        assert session.document.map
    kept = everything(file)
    lost = {plain(text) for text in identifiers}
    found = [text for text in identifiers if text.encode() in kept[0] or text in kept[1] or text in said]
    assert not found, [kept[1][max(0, at - 60) : at + 60] for text in found if (at := kept[1].find(text)) >= 0]
    assert not [text for text in lost if text in plain(kept[1])]
    assert "[e-mail]" in kept[1], "quotes were stored, and masked"


def test_the_same_identifiers_are_found_as_columns_and_in_comments(survey):
    """What the guess says of the columns; each of the twelve is left out."""
    path, _identifiers = survey
    document = Document([Map(new_id(), title="m"), State(new_id(), "a0", "As is")])
    found = guess(peek(path), document)
    assert list(found.personal) == [
        "Email",
        "Phone",
        "IBAN",
        "IP address",
        "Credit card",
        "Street address",
        "c1",
        "c2",
        "c3",
        "c4",
        "c5",
        "c6",
    ]
    assert found.recipe.columns.comments == ("Comment",)


def test_nothing_that_names_things_brings_an_identifier_into_the_file(tmp_path, capsys):
    """The name of the file, headers of columns, what the recipe calls its measures, groups, places; answers shown as examples."""
    parts = ("name", "header", "column", "segment", "place", "label", "agent", "cell")
    mails = {part: f"{part}.person{number}@example.org" for number, part in enumerate(parts)}
    path = tmp_path / f"export {mails['name']} 0171 99887766.csv"
    header = f"How was your talk with {mails['header']}?,Score {mails['column']},Group {mails['segment']},Where"
    lines = [f"{n % 5 + 1},{n % 5 + 1},g{n % 3},Desk of {mails['place']}" for n in range(60)] + [
        f"ask {mails['cell']},1,g1,Web"
    ]
    path.write_text("\n".join([header, *lines]), "utf-8")
    recipe = tmp_path / "r.toml"
    recipe.write_text(
        f'[columns]\ntouchpoint = "Where"\nsegments = ["Group {mails["segment"]}"]\n'
        f'[[measure]]\nkpi = "csat"\ncolumn = "How was your talk with {mails["header"]}?"\nscale = [1, 5]\n'
        f'[[measure]]\nkpi = "rating"\nname = "Score by {mails["label"]}"\ncolumn = "Score {mails["column"]}"\nscale = [1, 5]\n'
        f'touchpoint = "Talk with {mails["agent"]}"\n'
    )
    file = tmp_path / "m.journey"
    assert main(["new", str(file), "--template", "blank"]) == 0
    assert main(["import", str(file), str(path), "--recipe", str(recipe)]) == 0
    said = capsys.readouterr().out
    bytes_, text = everything(file)
    assert not [one for one in [*mails.values(), "99887766"] if one.encode() in bytes_ or one in text or one in said]
    assert "How was your talk with [e-mail]?" in text
    with Session.open(file) as session:
        (data_set,) = session.document.all(DataSet)
        again = Recipe.from_toml(data_set.recipe)
        names = {one.name for one in session.document.all(Touchpoint)}
    assert {"Talk with [e-mail]", "Desk of [e-mail]", "Web"} <= names
    intake = prepare(Document([Map(new_id(), title="m"), State(new_id(), "a0", "As is")]), [path], again)
    assert [one.n for one in intake.measures][:1] == [60], "the recipe that was kept reads the same file"


def test_a_recipe_that_compares_with_an_identifier_is_told_that_the_map_keeps_it(tmp_path, capsys):
    path, recipe, file = tmp_path / "s.csv", tmp_path / "r.toml", tmp_path / "m.journey"
    path.write_text("who,score\n" + "".join(f"p{n}@example.org,{n % 5 + 1}\n" for n in range(40)))
    recipe.write_text(
        '[source]\nfilter = "who != \'p3@example.org\'"\n[[measure]]\nkpi = "csat"\ncolumn = "score"\nscale = [1, 5]\n'
    )
    assert main(["new", str(file), "--template", "blank"]) == 0
    assert main(["import", str(file), str(path), "--recipe", str(recipe)]) == 0
    assert "holds personal data (e-mail), and the map keeps the recipe" in capsys.readouterr().out


def test_a_column_of_few_names_is_personal_too_and_one_of_few_things_is_not():
    assert kind_of("Agent", ["Anna Schmidt", "John Miller", "Petra Huber"] * 20) == "name"
    assert kind_of("Where", ["Will Call", "Front Desk", "Web shop"] * 20) == ""
    assert kind_of("Town", ["Frankfurt Main", "Paris Nord", "San Diego"] * 20) == ""


def everything(file) -> tuple[bytes, str]:
    """The bytes of the file as they are, and every value of every table as text, compressed ones opened."""
    texts = []
    with sqlite3.connect(file) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    texts.append(opened(value) if isinstance(value, bytes) else str(value))
    return file.read_bytes(), "\n".join(texts)


def opened(value: bytes) -> str:
    with suppress(zlib.error):
        value = zlib.decompress(value)
    return value.decode("utf-8", "replace")


def plain(text: str) -> str:
    """Without the signs between digits and letters, so that another spelling of the same number is seen too."""
    return re.sub(r"[ ()/.:+-]", "", text.casefold()) if len(re.sub(r"\W", "", text)) >= 9 else text
