"""What every test may ask for."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from journeymap import i18n

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"  # whatever the machine speaks, also in the processes that tests start
# On a server the same examples every time, so that a failure is the change's; at a desk new ones every time.
settings.register_profile("server", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("server")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and reference figures; tests that need it skip, visibly, where it is absent."""
    folder = Path(os.environ.get("JOURNEYMAP_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"needs the reference data in {folder.name}/, which is not here")
    return folder


class Pseudo(gettext.NullTranslations):
    """A language in which every translated text stands in double brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture
def german() -> Iterator[None]:
    i18n.use("de")
    yield
    i18n.use("en")


@pytest.fixture
def pseudo() -> Iterator[None]:
    i18n.install(Pseudo())
    yield
    i18n.use("en")
