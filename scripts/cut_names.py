"""Cuts resources/names.txt, the first names and surnames that the privacy filter knows, from two packages.

Run `python scripts/cut_names.py` with the `names` dependency group installed; the result is committed, so that the
program depends on neither. Faker (MIT) knows the names of German, Austrian, Swiss, British and American people;
`names` (MIT) carries those of the United States census of 1990 (public domain). Two lines of text: first names,
surnames; lower case, without accents lost, sorted.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.resources import files
from itertools import chain
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "resources" / "names.txt"
COUNTRIES = ("de_DE", "de_AT", "de_CH", "en_GB", "en_US")
NEIGHBOURS = (
    "tr_TR", "pl_PL", "it_IT", "es_ES", "fr_FR", "nl_NL", "en_IN", "en_IE", "hr_HR", "ro_RO", "pt_PT", "da_DK", "sv_SE",
    "no_NO", "fi_FI", "cs_CZ", "hu_HU", "sk_SK", "sl_SI", "lt_LT", "lv_LV", "et_EE",
)  # fmt: skip
"""Whose first names are met in German and English comments as well."""
MOST_SURNAMES = 8_000
"""Of the census, the most frequent first: rarer ones are as often words as people."""


def parts(names: object) -> set[str]:
    """The words of names: of "Anna-Lena" both; without particles and initials."""
    words = (word for name in names for word in re.split(r"[\s-]+", str(name)))  # type: ignore[attr-defined]
    return {word.casefold() for word in words if len(word) > 2 and word.isalpha()}


def census(name: str, most: int) -> list[str]:
    """The first column of a list of the census."""
    lines = (files("names") / name).read_text(encoding="ascii").splitlines()
    return [line.split()[0] for line in lines[:most]]


def main() -> None:
    """Writes the file."""
    first, last = set[str](), set[str]()
    for country in COUNTRIES:
        people = import_module(f"faker.providers.person.{country}").Provider
        first |= parts(people.first_names)
        last |= parts(people.last_names)
    for country in NEIGHBOURS:
        people = import_module(f"faker.providers.person.{country}").Provider
        lists = [getattr(people, name, ()) for name in ("first_names", "first_names_male", "first_names_female")]
        first |= {name for name in parts(chain(*lists)) if len(name) > 3}
    first |= parts(census("dist.female.first", 1400)) | parts(census("dist.male.first", 900))
    last |= parts(census("dist.all.last", MOST_SURNAMES))
    TARGET.write_text("\n".join(" ".join(sorted(names)) for names in (first, last)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
