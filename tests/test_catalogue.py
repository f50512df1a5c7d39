"""The catalogue of German: whole, sound, and compiled from what is written down."""

from __future__ import annotations

import gettext
import io
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from journeymap import i18n, resources
from journeymap.data.sources import peek
from journeymap.failure import Failure
from journeymap.model import days, typed, wording
from journeymap.model.records import TypedKpi

PACKAGE = Path(i18n.__file__).parent
FOLDER = resources.folder("locale") / "de" / "LC_MESSAGES"


def said() -> set[str | tuple[str, ...]]:
    """Everything that the program marks to be translated."""
    found = extract_from_dir(PACKAGE, keywords={"_": None, "ngettext": (1, 2)})
    return {tuple(message) if isinstance(message, list) else message for _file, _line, message, *_rest in found}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "journeymap.po").open("rb") as file:
        return read_po(file, locale="de")


def spoken(message: Message) -> list[tuple[str, str]]:
    """English and German, for each number of a message."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string, strict=True))


def parts(text: str) -> list[str]:
    """The names in braces."""
    return sorted(name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None)


def test_everything_that_is_said_is_said_in_german_too(catalogue: Catalog) -> None:
    known = {message.id for message in catalogue if message.id and all(text for _english, text in spoken(message))}
    known |= {one[0] for one in known if not isinstance(one, str)}  # what is counted elsewhere may be said alone too
    assert {one for one in said() if one not in known} == set()
    assert not any(message.fuzzy for message in catalogue if message.id)


def test_nothing_is_kept_that_nobody_says_any_more(catalogue: Catalog) -> None:
    assert {message.id for message in catalogue if message.id} - said() == set()


def test_german_sentences_have_the_places_of_the_english_ones(catalogue: Catalog) -> None:
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        english = {tuple(parts(text)) for text, _german in spoken(message)}
        wrong += [german for _english, german in spoken(message) if tuple(parts(german)) not in english]
    assert wrong == []


def test_german_has_its_own_quotation_marks(catalogue: Catalog) -> None:
    texts = [german for message in catalogue if message.id for _english, german in spoken(message)]
    assert [text for text in texts if "”" in text] == []
    assert [text for text in texts if len(re.findall("„", text)) != len(re.findall("“", text))] == []


def test_what_is_compiled_is_what_is_written(catalogue: Catalog) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    kept = gettext.translation(i18n.DOMAIN, resources.folder("locale"), ["de"])
    for message in catalogue:
        for n, (english, german) in zip((1, 2), spoken(message), strict=False):
            if message.id:
                plural = message.id[1] if message.pluralizable else english
                assert (
                    kept.ngettext(message.id[0], plural, n) if message.pluralizable else kept.gettext(english)
                ) == german
    assert gettext.GNUTranslations(made).gettext("Undo") == kept.gettext("Undo") != "Undo"


@pytest.mark.usefixtures("german")
def test_numbers_and_days_are_german() -> None:
    assert wording.number(-1234.5, 1) == "−1\N{NARROW NO-BREAK SPACE}234,5"
    assert days.iso("2027-02-28") == "28. Feb 2027"


@pytest.mark.usefixtures("german")
def test_a_figure_typed_in_german_is_read_back() -> None:
    entry = TypedKpi(
        "t", touchpoint_id="h", kpi="csat", value=71.5, low=69.0, high=74.5, n=240, unit="%", period="Sep 2026"
    )
    line = typed.write(entry, 75.5)
    assert "71,5" in line
    found = typed.read(line)
    assert (found.kpi, found.value, found.low, found.high, found.n, found.target) == (
        "csat",
        71.5,
        69.0,
        74.5,
        240,
        75.5,
    )


@pytest.mark.usefixtures("german")
def test_a_child_process_says_in_german_why_it_cannot_read_a_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1" + bytes(range(200)) + b"PAR1")
    with pytest.raises(Failure) as said:
        peek(path)
    assert "kann nicht gelesen werden" in str(said.value) or "beschädigt" in str(said.value)
