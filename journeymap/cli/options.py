"""The options of the commands, as the contract has them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from journeymap.i18n import _

PAPERS: Final = ("A4", "A3", "A2", "A1", "A0", "Letter", "Tabloid")


def named(text: str) -> Path:
    """A path on the command line. An empty one (a variable that was not set) would mean this folder: it is refused."""
    return Path(source(text))


def source(text: str) -> str:
    """A file or an address; not nothing. Raises ArgumentTypeError, which argparse turns into a sentence and exit code 2."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("no file was named"))
    return text


def new_options(new: argparse.ArgumentParser) -> None:
    """Of `new`."""
    new.add_argument("map", metavar="MAP", type=named)
    begin = new.add_mutually_exclusive_group()
    begin.add_argument(
        "--template",
        metavar="NAME",
        default="blank",
        help=_("what to begin with: {names}").format(names=_template_names()),
    )
    begin.add_argument(
        "--from",
        metavar="FILE",
        dest="source",
        type=named,
        help=_("a map of another program: .mmd, .md, .xml (CJML), .json, .csv, .xlsx"),
    )
    new.add_argument(
        "--lang", choices=("en", "de"), help=_("the language of the template; that of the system when absent")
    )
    new.add_argument("--recipe", metavar="FILE", type=named, help=_("how to read a table (TOML); guessed when absent"))
    new.add_argument("--save-recipe", metavar="FILE", type=named, help=_("write how the table was read"))


def import_options(import_: argparse.ArgumentParser) -> None:
    """Of `import`."""
    import_.add_argument("map", metavar="MAP", type=named)
    import_.add_argument(
        "sources",
        metavar="SOURCE",
        type=source,
        nargs="+",
        help=_("files, or the address of a database: postgresql://user@host/name"),
    )
    import_.add_argument(
        "--recipe", metavar="FILE", type=named, help=_("how to read the source (TOML); guessed when absent")
    )
    import_.add_argument("--table", metavar="NAME", help=_("the table of a database that is counted"))
    import_.add_argument("--query", metavar="SELECT", help=_("a query in its place"))
    import_.add_argument("--name", metavar="DATASET", help=_("what to call the data set"))
    import_.add_argument("--save-recipe", metavar="FILE", type=named, help=_("write the recipe that was used"))
    import_.add_argument("--dry-run", action="store_true", help=_("count and report, change nothing"))
    import_.add_argument(
        "--again", action="store_true", help=_("import although the same source is on the map already")
    )
    import_.add_argument("--refresh", metavar="DATASET", help=_("the source is the next period of this data set"))
    import_.add_argument("--separate", action="store_true", help=_("the source continues no data set of the map"))
    import_.add_argument(
        "--rename",
        metavar="OLD=NEW",
        action="append",
        default=[],
        help=_("the source calls the column or touchpoint OLD now NEW (nothing: it is gone)"),
    )
    import_.add_argument(
        "--add", metavar="COLUMN", action="append", default=[], help=_("count this new column of a refresh too")
    )


def export_options(export: argparse.ArgumentParser) -> None:
    """Of `export`."""
    export.add_argument("map", metavar="MAP", type=named)
    export.add_argument(
        "out",
        metavar="OUT",
        type=named,
        help=_("its suffix chooses the format: .pdf, .png, .json; the register also .csv"),
    )
    export.add_argument("--document", choices=("map", "plan", "register", "personas"), default="map")
    export.add_argument(
        "--view",
        metavar="LENS",
        help=_('what the map shows: {names}, a saved view\'s name, or "phase: NAME"').format(
            names="onepager, journey, blueprint, heatmap, pains, personas, states"
        ),
    )
    export.add_argument("--paper", choices=PAPERS)
    export.add_argument(
        "--orientation", choices=("portrait", "landscape"), help=_("by default portrait for personas, else landscape")
    )
    export.add_argument(
        "--fit", choices=("page", "rows"), default="page", help=_("all on one page, or folded into rows")
    )


def _template_names() -> str:
    from journeymap.resources import folder

    found = {path.name.split(".")[0] for path in folder("templates").glob("*.json")}
    return ", ".join([*sorted(found), _("own:NAME for your own")])
