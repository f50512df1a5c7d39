"""Gathers what the program says into the German catalogue, and compiles it: `python scripts/words.py`.

What is new comes without a translation and is printed; what nobody says any more goes. Babel does the work; its command
line would take every "%" for a placeholder, stamp each run with the time, and refuse to compile.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "locale" / "de" / "LC_MESSAGES"
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def gathered(known: Catalog) -> Catalog:
    """All that is said now, with the German that is known of it."""
    found = Catalog(locale="de", domain="journeymap", project="Journeymap", fuzzy=False)
    for _file, _line, message, *_rest in extract_from_dir(ROOT / "journeymap", keywords=KEYWORDS):
        id_ = tuple(message) if isinstance(message, list | tuple) else message
        old = known.get(id_)
        found.add(id_, old.string if old is not None else "")
    for each in found:
        each.flags.clear()
    return found


def main() -> None:
    """Writes both files; prints what has no German yet."""
    with (FOLDER / "journeymap.po").open("rb") as file:
        catalogue = gathered(read_po(file, locale="de"))
    head = '# The German of Journeymap.\nmsgid ""\nmsgstr ""\n"Language: de\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    head += '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    with (FOLDER / "journeymap.po").open("wb") as file:
        file.write(head.encode())
        write_po(file, catalogue, width=120, sort_output=True, no_location=True, omit_header=True)
    with (FOLDER / "journeymap.po").open("rb") as file:
        written = read_po(file, locale="de")
    with (FOLDER / "journeymap.mo").open("wb") as file:
        write_mo(file, written)
    for message in written:
        if message.id and not all([message.string] if isinstance(message.id, str) else message.string):
            print("no German yet:", message.id)


if __name__ == "__main__":
    main()
