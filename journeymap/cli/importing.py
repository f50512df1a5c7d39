"""`journeymap import`: files and databases become figures on the map."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from journeymap.cli import stopping
from journeymap.cli.mapping import are_maps, import_maps
from journeymap.cli.reaching import reached
from journeymap.cli.saying import say
from journeymap.cli.telling import account
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    from journeymap.data.making import Intake
    from journeymap.data.recipe import Recipe
    from journeymap.data.recognising import Fit
    from journeymap.session import Session


def import_(arguments: argparse.Namespace) -> int:
    """Turns sources into figures on the map; maps from elsewhere are added."""
    if are_maps(arguments):
        return import_maps(arguments)
    with _all_at_once():
        return _import(arguments)


@contextmanager
def _all_at_once() -> Iterator[None]:
    """Reading the source and importing the libraries go on at the same time, on two threads that need Python by turns:
    they change often, or the reading waits five milliseconds for each of its pieces. Python looks for garbage seldom:
    imports make a lot and throw nothing away, a tenth of the time of a small import.
    """
    seldom, turn = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(2_000_000, *seldom[1:])
    sys.setswitchinterval(0.001)
    try:
        yield
    finally:
        # Counts as old what is there: else all of it is looked through at once, a twentieth of the whole time.
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*seldom)
        sys.setswitchinterval(turn)


def _import(arguments: argparse.Namespace) -> int:
    # These first: a large source is looked through while the rest is imported.
    from journeymap.data.recipe import Source, read_recipe
    from journeymap.data.sources.ahead import Ahead

    recipe = read_recipe(arguments.recipe) if arguments.recipe else None
    read = Source(table=arguments.table or "", query=arguments.query or "")
    if recipe is not None and (read.table or read.query):
        recipe = replace(recipe, source=replace(recipe.source, table=read.table, query=read.query))
    ahead = None if recipe is None else Ahead(arguments.sources, recipe.source)
    from journeymap import data
    from journeymap.data import recognising, refresh
    from journeymap.session import Session

    with Session.open(arguments.map) as session:
        arguments.sources = [reached(source) for source in arguments.sources]
        fit, hint = recognising.chosen(
            session.document,
            arguments.sources,
            recipe=recipe,
            named=arguments.refresh or "",
            separate=arguments.separate,
            source=read,
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
                    session.document,
                    arguments.sources,
                    recipe,
                    name=arguments.name,
                    again=arguments.again,
                    ahead=ahead,
                    progress=None if arguments.dry_run else _ready(session),
                )
        except data.AlreadyImported as failure:
            raise Failure(_("{sentence} To do so, add --again.").format(sentence=failure)) from failure
        intake = _heard(arguments, session, intake, recipe)
        if not arguments.dry_run:
            stopping.heed()
            session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        report = intake.as_json()
        report["warnings"] += [hint] if hint else []
        # What is proposed takes a while to find out, and is no part of the document; meanwhile the file is written.
        text = "" if arguments.json else account(report, session, dry=arguments.dry_run)
        session.flush()
        if arguments.save_recipe:
            data.write_recipe(arguments.save_recipe, recipe)
        if difference is not None:
            report["difference"] = difference
            text = "\n".join([*difference["sentences"], "", text])
        say(arguments, report, text)
    return 0


def _ready(session: Session) -> Callable[[float, str], None]:
    """What writing needs is imported while the rows are read, which needs little Python."""
    asked: list[None] = []

    def step(part: float, _text: str) -> None:
        if part > 0 and not asked:
            asked.append(None)
            session.get_ready()

    return step


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
    told = difference.as_json(replace(found, renamed={old: new for old, new in said.columns.items() if new}), fit, said)
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
