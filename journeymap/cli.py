"""The headless commands: `journeymap demo | new | import | kpis | export | verify`. No Qt, no display.

Exit codes: 0 done · 1 the input or the map is at fault (one sentence on standard error) · 2 wrong usage ·
70 a defect of the program. With --json one JSON document stands on standard output and nothing else.
Everything heavy is imported by the command that needs it, so that --help answers at once.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeymap import __version__
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext

if TYPE_CHECKING:
    from journeymap.data.address import Address
    from journeymap.data.intake import Intake
    from journeymap.data.recipe import Recipe
    from journeymap.data.refresh import Fit
    from journeymap.session import Session

COMMANDS = ("demo", "new", "import", "kpis", "export", "verify")
PAPERS = ("A4", "A3", "A2", "A1", "A0", "Letter", "Tabloid")


def main(argv: Sequence[str]) -> int:
    """Runs one command; returns its exit code (argparse exits with 2 itself on wrong usage)."""
    arguments = parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has gone: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(_("Stopped. The map is as it was."), file=sys.stderr)
        return 1
    except Exception:  # noqa: BLE001  (the outermost door: whatever comes here is a defect, and is reported as one)
        print(_("This is a defect of the program; the map is as it was. Please report these lines:"), file=sys.stderr)
        traceback.print_exc()
        return 70


def parser() -> argparse.ArgumentParser:
    """The command line as the contract has it; what is not real yet is not in it."""
    top = argparse.ArgumentParser(
        prog="journeymap",
        description=_(
            "Customer journey maps on your own machine. Without a command: the window, on MAP or on the start page."
        ),
        usage="journeymap [MAP] | journeymap {" + ",".join(COMMANDS) + "} …",
    )
    top.add_argument("--version", action="version", version=f"Journeymap {__version__}")
    commands = top.add_subparsers(title=_("commands"), metavar="", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        made.add_argument("--json", action="store_true", help=_("print one JSON document instead of text"))
        return made

    demo = command("demo", _demo, _("write a complete worked example: survey, map, PDFs"))
    demo.add_argument("folder", metavar="DIR", type=Path)
    _new_options(command("new", _new, _("make a new map, also from a map of another program")))
    _import_options(
        command("import", _import, _("turn a survey file into figures on the map, or add a map from elsewhere"))
    )
    kpis = command("kpis", _kpis, _("print the figures of a map with their intervals"))
    kpis.add_argument("map", metavar="MAP", type=Path)
    kpis.add_argument(
        "--by",
        metavar="COLUMN",
        help=_("a segment column of the data, or persona, or phase (its touchpoints together)"),
    )
    kpis.add_argument("--period", choices=("day", "week", "month", "quarter", "year", "fiscal"))
    _export_options(command("export", _export, _("write the map, the action plan or the register of personal data")))
    verify = command("verify", _verify, _("is the file sound"))
    verify.add_argument("map", metavar="MAP", type=Path)
    return top


def _new_options(new: argparse.ArgumentParser) -> None:
    new.add_argument("map", metavar="MAP", type=Path)
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
        type=Path,
        help=_("a map of another program: .mmd, .md, .xml (CJML), .json, .csv, .xlsx"),
    )
    new.add_argument("--recipe", metavar="FILE", type=Path, help=_("how to read a table (TOML); guessed when absent"))
    new.add_argument("--save-recipe", metavar="FILE", type=Path, help=_("write how the table was read"))


def _import_options(import_: argparse.ArgumentParser) -> None:
    import_.add_argument("map", metavar="MAP", type=Path)
    import_.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help=_("files, or the address of a database: postgresql://user@host/name"),
    )
    import_.add_argument(
        "--recipe", metavar="FILE", type=Path, help=_("how to read the source (TOML); guessed when absent")
    )
    import_.add_argument("--table", metavar="NAME", help=_("the table of a database that is counted"))
    import_.add_argument("--query", metavar="SELECT", help=_("a query in its place"))
    import_.add_argument("--name", metavar="DATASET", help=_("what to call the data set"))
    import_.add_argument("--save-recipe", metavar="FILE", type=Path, help=_("write the recipe that was used"))
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


def _export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument("map", metavar="MAP", type=Path)
    export.add_argument(
        "out",
        metavar="OUT",
        type=Path,
        help=_("its suffix chooses the format: .pdf, .png, .json; the register also .csv"),
    )
    export.add_argument("--document", choices=("map", "plan", "register"), default="map")
    export.add_argument("--paper", choices=PAPERS)
    export.add_argument("--orientation", choices=("portrait", "landscape"), default="landscape")
    export.add_argument(
        "--fit", choices=("page", "rows"), default="page", help=_("all on one page, or folded into rows")
    )


def _template_names() -> str:
    from journeymap.resources import folder

    return ", ".join(sorted(path.stem for path in folder("templates").glob("*.json")))


def _say(arguments: argparse.Namespace, document: dict[str, Any], text: str) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2) if arguments.json else text)


def _demo(arguments: argparse.Namespace) -> int:
    from journeymap.demo import write_demo

    written = write_demo(arguments.folder)
    _say(arguments, {"files": [str(path) for path in written]}, "\n".join(str(path) for path in written))
    return 0


def _new(arguments: argparse.Namespace) -> int:
    from journeymap import templates
    from journeymap.session import Session

    if arguments.source is not None:
        return _new_from(arguments)
    records = templates.records(arguments.template, title=arguments.map.stem)
    with Session.create(arguments.map, records) as session:
        session.flush()
    _say(arguments, {"map": str(arguments.map), "template": arguments.template}, str(arguments.map))
    return 0


def _new_from(arguments: argparse.Namespace) -> int:
    from journeymap import maps
    from journeymap.maps import report
    from journeymap.model.document import Document
    from journeymap.session import Session

    brought = maps.read(arguments.source, recipe=arguments.recipe)
    records = maps.records(brought, arguments.map.stem)
    with Session.create(arguments.map, records) as session:
        session.flush()
    _keep_mapping(arguments, arguments.source)
    made = report.whole(Document(records))
    found = {"map": str(arguments.map), **report.as_json(brought, arguments.source.name, made)}
    _say(arguments, found, f"{report.text(brought, arguments.source.name)}\n{arguments.map}")
    return 0


def _keep_mapping(arguments: argparse.Namespace, source: Path) -> None:
    """Writes how a table was read, where that was asked for."""
    from journeymap.maps import opening, roles

    if not arguments.save_recipe:
        return
    if opening.kind(source) != "table" and arguments.recipe is None:
        raise Failure(_("{source} is no table, so there is no recipe to write.").format(source=source.name))
    sheet = opening.sheet_of(source, arguments.recipe)
    mapping = roles.from_toml(arguments.recipe, sheet) if arguments.recipe else roles.guess(sheet, source.name)
    arguments.save_recipe.write_text(roles.to_toml(mapping), encoding="utf-8")


def _are_maps(arguments: argparse.Namespace) -> bool:
    """Whether the sources are maps from elsewhere: by their content, or by a recipe that says so."""
    from journeymap import maps
    from journeymap.maps import roles

    if arguments.recipe is not None:
        return roles.is_recipe(arguments.recipe)
    return all(Path(source).is_file() and maps.is_map(Path(source)) for source in arguments.sources)


def _import_maps(arguments: argparse.Namespace) -> int:
    from journeymap import maps
    from journeymap.maps import report
    from journeymap.model.draft import Draft
    from journeymap.session import Session

    with Session.open(arguments.map) as session:
        draft = Draft(session.document)
        found, texts = [], []
        for source in map(Path, arguments.sources):
            brought = maps.read(source, recipe=arguments.recipe)
            change = maps.add(draft.document, brought)
            draft.take(change)
            found.append(report.as_json(brought, source.name, change))
            texts.append(report.text(brought, source.name, change))
            _keep_mapping(arguments, source)
        if arguments.dry_run:
            texts.append(_("Nothing was changed (dry run)."))
        else:
            session.perform(draft.change(change.label))
            session.flush()
    _say(arguments, {"maps": found}, "\n".join(texts))
    return 0


def _import(arguments: argparse.Namespace) -> int:
    if _are_maps(arguments):
        return _import_maps(arguments)
    from journeymap import data
    from journeymap.data import refresh
    from journeymap.session import Session

    with Session.open(arguments.map) as session:
        arguments.sources = [_reached(source) for source in arguments.sources]
        recipe = data.read_recipe(arguments.recipe) if arguments.recipe else None
        read = data.Source(table=arguments.table or "", query=arguments.query or "")
        if recipe is not None and (read.table or read.query):
            recipe = replace(recipe, source=replace(recipe.source, table=read.table, query=read.query))
        fit, hint = refresh.chosen(
            session.document,
            arguments.sources,
            recipe=recipe,
            named=arguments.refresh or "",
            separate=arguments.separate,
        )
        difference: dict[str, Any] | None = None
        try:
            if fit is not None:
                recipe, intake, difference = _refreshed(arguments, session, fit)
            else:
                recipe = recipe or data.guess(data.peek(arguments.sources[0], read), session.document).recipe
                recipe = refresh.with_names(
                    recipe, refresh.decided(session.document, None, arguments.rename, recipe=recipe)
                )
                intake = data.prepare(
                    session.document, arguments.sources, recipe, name=arguments.name, again=arguments.again
                )
        except data.AlreadyImported as failure:
            raise Failure(_("{sentence} To do so, add --again.").format(sentence=failure)) from failure
        intake = _heard(arguments, session, intake, recipe)
        if not arguments.dry_run:
            session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
            session.flush()
        if arguments.save_recipe:
            data.write_recipe(arguments.save_recipe, recipe)
        report = intake.as_json()
        report["warnings"] += [hint] if hint else []
        text = _account(report, session, dry=arguments.dry_run)
        if difference is not None:
            report["difference"] = difference
            text = "\n".join([*difference["sentences"], "", text])
        _say(arguments, report, text)
    return 0


def _reached(source: str) -> Path | Address:
    """The file, or the database: tried at once, so that its password is asked for before anything else."""
    from journeymap.data.address import Address, located

    found = located(source)
    if not isinstance(found, Address):
        return found
    from journeymap.data.databases import connect, passwords

    tries = 3 if sys.stdin.isatty() and sys.stderr.isatty() else 0
    while True:
        try:
            connect(found).close()
        except passwords.PasswordNeeded as needed:
            if not tries:
                raise Failure(
                    _("{sentence} Set {variable}, or run this in a terminal to be asked for it.").format(
                        sentence=needed, variable=passwords.VARIABLE
                    )
                ) from None
            tries -= 1
            print(needed, file=sys.stderr)
            found = found.knowing(getpass.getpass(_("Password: "), stream=sys.stderr))
            continue
        if found.secret is not None and _wanted(_("Keep it in the system’s keyring? [y/N] ")):
            kept = passwords.keep(found, found.secret.reveal())
            print(_("It is kept.") if kept else _("This system has no keyring that would take it."), file=sys.stderr)
        return found


def _wanted(question: str) -> bool:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "j", "ja"}


def _refreshed(arguments: argparse.Namespace, session: Session, fit: Fit) -> tuple[Recipe, Intake, dict[str, Any]]:
    """The source counted as the next period of a data set. What is called otherwise is taken only where it was said;
    a dry run counts as if it were, and says so.
    """
    from journeymap.data import difference, refresh
    from journeymap.model.moves import past_blocks

    said = refresh.decided(session.document, fit, arguments.rename)
    said = replace(said, add=tuple(arguments.add))
    asked = {old: new for old, new in fit.proposed.items() if old not in said.columns}
    file = arguments.sources[0].name
    if asked and not arguments.dry_run:
        raise Failure(difference.proposal(file, asked, {}))
    found = refresh.refresh(
        session.document, past_blocks(session.document, session.cube, fit.data_set), arguments.sources, fit,
        replace(said, columns={**said.columns, **asked}), name=arguments.name, again=arguments.again,
    )  # fmt: skip
    if found.touchpoints and not arguments.dry_run:
        raise Failure(difference.proposal(file, {}, dict(found.touchpoints)))
    told = refresh.as_json(replace(found, renamed={old: new for old, new in said.columns.items() if new}), fit, said)
    if asked or found.touchpoints:
        told["sentences"].append(difference.proposal(file, asked, dict(found.touchpoints)))
    told["sentences"].insert(0, difference.title(fit.data_set))
    return found.recipe, found.intake, told


def _heard(arguments: argparse.Namespace, session: Session, intake: Intake, recipe: Recipe) -> Intake:
    """The intake with what the comments say, where the recipe names comments."""
    if not recipe.columns.comments:
        return intake
    from journeymap.data import comments
    from journeymap.model import hiding
    from journeymap.model.records import Touchpoint

    touchpoints = session.document.all(Touchpoint)
    names, limit = [one.name for one in touchpoints], hiding.limit(session.document)
    heard = comments.listen(arguments.sources, recipe, names, limit=limit)
    return comments.bring(intake, heard, touchpoints)


def _account(report: dict[str, Any], session: Session, *, dry: bool) -> str:
    lines = [
        _("{name}: {used} of {read} rows used").format(
            name=report["dataset"], used=report["rows_used"], read=report["rows_read"]
        )
    ]
    lines += [f"  {count} × {reason}" for reason, count in report["rows_dropped"].items() if count]
    if report["no_touchpoint"]:
        lines.append(_("  {n} rows name no touchpoint").format(n=report["no_touchpoint"]))
    for measure in report["measures"]:
        where = measure["touchpoint"] or measure["phase"] or _("the journey")
        lines.append(
            _(
                "  {kpi} at {where}: n {n}, no answer {missing}, does not apply {na}, unreadable {bad}  ({column})"
            ).format(
                kpi=measure["kpi"],
                where=where,
                n=measure["n"],
                missing=measure["missing"],
                na=measure["not_applicable"],
                bad=measure["unreadable"],
                column=measure["column"],
            )
        )
    if report["personal"]:
        lines.append(_("Personal columns left out: {names}").format(names=", ".join(report["personal"])))
    lines += _themes(report["comments"])
    lines += report["warnings"]
    if dry:
        lines.append(_("Nothing was changed (dry run)."))
    else:
        lines += _proposed(session)
    return "\n".join(lines)


def _themes(heard: list[dict[str, Any]]) -> list[str]:
    lines = []
    for one in heard:
        lines.append(_("{n} comments in “{column}”:").format(n=one["comments"], column=one["column"]))
        turns = {"rising": _(", rising"), "falling": _(", falling")}
        lines += [
            _("  {share:.0f} % speak of: {name} ({n}{turn})").format(
                share=100 * theme["share"], name=theme["name"], n=theme["count"], turn=turns.get(theme["change"], "")
            )
            for theme in one["themes"]
        ]
    return lines


def _proposed(session: Session) -> list[str]:
    from journeymap.model.figures import figures
    from journeymap.model.proposals import proposals

    found = proposals(session.document, figures(session.document, session.cube), session.cube)
    certain = [proposal for proposal in found if proposal.certain]
    if not certain:
        return []
    count = len(certain)
    head = ngettext(
        "{n} pain point is proposed; accept it in the window:",
        "{n} pain points are proposed; accept them in the window:",
        count,
    )
    return [head.format(n=count), *(f"  {proposal.evidence}" for proposal in certain)]


def _kpis(arguments: argparse.Namespace) -> int:
    from journeymap.formats.figuretext import figures_json, figures_text
    from journeymap.model.breakdown import kpis
    from journeymap.model.drivers import key_drivers
    from journeymap.model.figures import figures
    from journeymap.session import Session

    with Session.open(arguments.map, read_only=True) as session:
        document, whole = session.document, arguments.by is None and arguments.period is None
        rows = kpis(document, session.cube, by=arguments.by, period=arguments.period)
        drivers = key_drivers(document, session.cube) if whole else []
        found = figures(document, session.cube) if whole else None
        _say(arguments, figures_json(document, rows, drivers, found), figures_text(document, rows, drivers, found))
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from journeymap.formats import export
    from journeymap.model.figures import figures
    from journeymap.session import Session

    with Session.open(arguments.map, read_only=True) as session:
        done = export(
            session.document, figures(session.document, session.cube), arguments.out, kind=arguments.document,
            paper=arguments.paper, orientation=arguments.orientation, fit=arguments.fit,
        )  # fmt: skip
    for warning in done.warnings:
        print(warning, file=sys.stderr)
    files = [str(path) for path in done.paths]
    _say(arguments, {"files": files, "warnings": list(done.warnings)}, "\n".join(files))
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from journeymap.store.verify import verify

    report = verify(arguments.map)
    if report.sound or arguments.json or len(report.checks) > 1:
        _say(arguments, report.as_json(), str(report))
    if not report.sound:
        fault = next(fault for check in report.checks for fault in check.faults)
        raise Failure(_("{map} is not sound: {fault}").format(map=arguments.map, fault=fault))
    return 0
