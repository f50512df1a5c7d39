"""Commands on maps: the worked example, a new map, a map from elsewhere, what an expert would say, is the file sound."""

from __future__ import annotations

import argparse
from pathlib import Path

from journeymap.cli.saying import say
from journeymap.failure import Failure
from journeymap.i18n import _


def demo(arguments: argparse.Namespace) -> int:
    """Writes the worked example."""
    from journeymap.demo import write_demo

    written = write_demo(arguments.folder)
    say(arguments, {"files": [str(path) for path in written]}, "\n".join(str(path) for path in written))
    return 0


def new(arguments: argparse.Namespace) -> int:
    """Makes a new map, from a template or from a map of another program."""
    from journeymap import templates
    from journeymap.session import Session

    if arguments.source is not None:
        return _new_from(arguments)
    records = templates.records(arguments.template, arguments.map.stem, arguments.lang)
    with Session.create(arguments.map, records) as session:
        session.flush()
        language = session.document.map.language
    made = {"map": str(arguments.map), "template": arguments.template, "language": language}
    say(arguments, made, str(arguments.map))
    return 0


def _new_from(arguments: argparse.Namespace) -> int:
    from journeymap import maps
    from journeymap.maps import report
    from journeymap.model.document import Document
    from journeymap.session import Session

    brought = maps.read(arguments.source, recipe=arguments.recipe)
    records = maps.records(brought, arguments.map.stem)
    _keep_mapping(arguments, arguments.source)
    with Session.create(arguments.map, records) as session:
        session.flush()
    made = report.whole(Document(records))
    found = {"map": str(arguments.map), **report.as_json(brought, arguments.source.name, made)}
    say(arguments, found, f"{report.text(brought, arguments.source.name)}\n{arguments.map}")
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
    try:
        arguments.save_recipe.write_text(roles.to_toml(mapping), encoding="utf-8")
    except OSError as error:
        raise Failure(
            _("{path} cannot be written: {reason}.").format(path=arguments.save_recipe, reason=error.strerror)
        ) from error


def are_maps(arguments: argparse.Namespace) -> bool:
    """Whether the sources are maps from elsewhere: by their content, or by a recipe that says so."""
    if arguments.recipe is not None and not _may_be_of_a_map(arguments.recipe):
        return False
    from journeymap import maps
    from journeymap.maps import roles

    if arguments.recipe is not None:
        return roles.is_recipe(arguments.recipe)
    return all(Path(source).is_file() and maps.is_map(Path(source)) for source in arguments.sources)


def _may_be_of_a_map(recipe: Path) -> bool:
    """Spares most imports of data the package that reads maps. A file that is not there is told of later."""
    try:
        return b"map" in recipe.read_bytes()
    except OSError:
        return False


def import_maps(arguments: argparse.Namespace) -> int:
    """Adds the phases and touchpoints of maps from elsewhere: one step."""
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
    say(arguments, {"maps": found}, "\n".join(texts))
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Is the file sound. Raises Failure where it is not."""
    from journeymap.store.verify import verify

    report = verify(arguments.map)
    if report.sound or arguments.json or len(report.checks) > 1:
        say(arguments, report.as_json(), str(report))
    if not report.sound:
        fault = next(fault for check in report.checks for fault in check.faults)
        raise Failure(_("{map} is not sound: {fault}").format(map=arguments.map, fault=fault))
    return 0


def check(arguments: argparse.Namespace) -> int:
    """What an expert would criticise. Exit code 0 whatever is said: a poor map is not a fault of the file."""
    from journeymap.model.checker import remarks
    from journeymap.model.checker.report import as_json, text
    from journeymap.model.figures import figures
    from journeymap.session import Session

    with Session.open(arguments.map, read_only=True) as session:
        found = remarks(session.document, figures(session.document, session.cube))
        say(arguments, as_json(session.document, found), text(session.document, found))
    return 0
