"""Listening once more to the source of a data set, for quotes: the map keeps no comment and no path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from journeymap.data import account
from journeymap.data.comments.hearing import LIMIT, Listened, Progress, listen
from journeymap.data.recipe import Recipe
from journeymap.data.sources import peek
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.records import DataSet


def again(
    data_set: DataSet,
    paths: Sequence[Path],
    touchpoints: Sequence[str],
    *,
    limit: int = LIMIT,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Listened]:
    """What `listen` hears in `paths`, by the recipe of the data set. Raises Failure where one of them is not, byte for
    byte, a file that was imported: quotes would then stand beside figures of something else.
    """
    recipe = Recipe.from_toml(data_set.recipe)
    known = {data_set.fingerprint, *account.fingerprints(data_set.account)}
    for path in paths:
        if peek(path, recipe.source).fingerprint not in known:
            raise Failure(
                _("{path} is not the file that was imported as “{name}”, or it has changed since.").format(
                    path=path.name, name=data_set.name
                )
            )
    return listen(paths, recipe, touchpoints, limit=limit, progress=progress, cancelled=cancelled)
