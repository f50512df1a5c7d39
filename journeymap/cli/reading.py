"""Commands that read a map: its figures, its documents."""

from __future__ import annotations

import argparse
import sys

from journeymap.cli.saying import say


def kpis(arguments: argparse.Namespace) -> int:
    """Prints the figures."""
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
        say(arguments, figures_json(document, rows, drivers, found), figures_text(document, rows, drivers, found))
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Writes a document."""
    from journeymap.formats import export
    from journeymap.model import lens
    from journeymap.model.behind import behind
    from journeymap.model.drivers import key_drivers
    from journeymap.model.figures import figures
    from journeymap.session import Session

    with Session.open(arguments.map, read_only=True) as session:
        document, known = session.document, figures(session.document, session.cube)
        done = export(
            document, known, arguments.out, kind=arguments.document,
            paper=arguments.paper, orientation=arguments.orientation, fit=arguments.fit, pictures=session.blob,
            drivers=key_drivers(document, session.cube) if arguments.document == "plan" else (),
            view=lens.wanted(document, arguments.view) if arguments.view else None,
            behind=behind(document, session.cube, known) if arguments.document == "personas" else None,
        )  # fmt: skip
    for warning in done.warnings:
        print(warning, file=sys.stderr)
    files = [str(path) for path in done.paths]
    say(arguments, {"files": files, "warnings": list(done.warnings)}, "\n".join(files))
    return 0
